//! With the keyboard alone, from the page's load to the last axis of the radar.

use browser_tests::native::{self, Given, Stored};
use browser_tests::{Assessment, Browser, Key, Options, Outcome, dist};

/// The radios of an item.
fn radios(item: &str) -> String {
    format!("fieldset[data-item=\"{item}\"] input")
}

#[tokio::test]
async fn the_taster_goes_from_load_to_radar() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    let given = native::example("taster random");

    assessment.tab_to("[data-form=taster]").await?;
    browser.press(Key::Enter).await?;
    browser.wait_for_focus("h1").await?;
    let mut pages = 0;
    while assessment.screen().await? == "page" {
        let place = assessment.place().await?;
        for item in assessment.items().await? {
            assessment.tab_to(&radios(&item)).await?;
            browser.type_text(&given[&item]).await?;
            browser.wait_for_focus(&format!("{}[value=\"{}\"]:checked", radios(&item), given[&item])).await?;
        }
        assert_eq!(assessment.place().await?, place, "nothing advances by itself");
        assessment.tab_to("[data-action=next]").await?;
        if pages % 2 == 0 {
            browser.press(Key::Enter).await?;
        } else {
            browser.type_text(" ").await?;
        }
        browser.wait_for_focus("h1").await?;
        assert_ne!(assessment.place().await?, place);
        pages += 1;
    }
    assert_eq!((assessment.screen().await?.as_str(), pages), ("review", 4));

    assessment.tab_to("[data-action=result]").await?;
    browser.type_text(" ").await?;
    browser.wait_for_focus(".result h1").await?;
    assert_eq!(assessment.figures().await?, native::figures("taster", &given, "en"));

    assessment.tab_to("[data-axis]").await?;
    let axes = [
        (None, 1),
        (Some(Key::Right), 2),
        (Some(Key::Down), 3),
        (Some(Key::End), 4),
        (Some(Key::Right), 1),
        (Some(Key::Left), 4),
        (Some(Key::Up), 3),
        (Some(Key::Home), 1),
        (Some(Key::Right), 2),
    ];
    for (key, axis) in axes {
        if let Some(key) = key {
            browser.press(key).await?;
        }
        browser
            .wait_for_focus(&format!("[data-axis=\"{axis}\"][aria-selected=true][tabindex=\"0\"]"))
            .await?;
        assert!(assessment.inside().text(".readout").await?.starts_with(&format!("{axis}. ")));
    }
    assessment.tab_to("[data-action=more]").await?;
    browser.press(Key::Enter).await?;
    browser.wait_for_focus("details[open] > summary").await?;
    browser.type_text(" ").await?;
    assessment.inside().gone("details.paradox[open]").await.map_err(Into::into)
}

#[tokio::test]
async fn digits_arrows_and_delete_work_within_a_group_only() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    assessment.choose("full").await?;
    browser.wait_for_focus("h1").await?;

    browser.type_text("3").await?;
    browser.press(Key::Delete).await?;
    assert_eq!(assessment.chosen().await?, Given::new(), "the heading has the focus");
    assessment.tab_to("[data-language=nl]").await?;
    browser.type_text("4").await?;
    assert_eq!(assessment.chosen().await?, Given::new(), "a button has the focus");

    let items = assessment.items().await?;
    assessment.tab_to(&radios(&items[0])).await?;
    for value in ["1", "5", "0", "2"] {
        browser.type_text(value).await?;
        browser.wait_for_focus(&format!("{}[value=\"{value}\"]:checked", radios(&items[0]))).await?;
    }
    for (key, value) in [(Key::Right, "3"), (Key::Down, "4"), (Key::Left, "3"), (Key::Up, "2")] {
        browser.press(key).await?;
        browser.wait_for_focus(&format!("{}[value=\"{value}\"]:checked", radios(&items[0]))).await?;
    }
    for value in ["6", "9", "x"] {
        browser.type_text(value).await?;
    }
    assert_eq!(assessment.chosen().await?, Given::from([(items[0].clone(), "2".to_owned())]));

    browser.press(Key::Delete).await?;
    assessment.inside().gone(":checked").await?;
    browser.wait_for_focus(&radios(&items[0])).await?;
    browser.type_text("4").await?;
    assessment.inside().find(":checked").await?;
    browser.press(Key::Backspace).await?;
    assessment.inside().gone(":checked").await?;
    browser.type_text(" ").await?;
    assessment.inside().find(":checked").await?;
    assert!(assessment.stored().await?["answers"][&items[0]][0].is_number(), "kept at once");

    // The button that clears is reached by Tab and leaves the focus near.
    assessment.tab_to(&format!("fieldset[data-item=\"{}\"] [data-action=clear]", items[0])).await?;
    browser.press(Key::Enter).await?;
    assessment.inside().gone(":checked").await?;
    browser.press(Key::Tab).await?;
    browser.wait_for_focus(&radios(&items[1])).await?;
    assert_eq!(assessment.place().await?, format!("page {}", items[0]));
    Ok(())
}

#[tokio::test]
async fn digits_choose_a_phase_by_its_place() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let last = Stored::page("quick", &native::example("quick, half missing"), 100);
    let assessment = Assessment::open_with(&browser, &server, &last).await?;
    assessment.resume().await?;
    let choice = radios("phase.choice");
    assessment.tab_to(&choice).await?;
    for (digit, phase) in [("3", "evolving"), ("1", "forming"), ("0", "0"), ("4", "transforming")] {
        browser.type_text(digit).await?;
        browser.wait_for_focus(&format!("{choice}[value=\"{phase}\"]:checked")).await?;
    }
    browser.type_text("5").await?;
    assert_eq!(assessment.chosen().await?["phase.choice"], "transforming", "there is no fifth phase");
    Ok(())
}

#[tokio::test]
async fn every_change_of_screen_ends_on_its_heading() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().size(800, 500)).await?;
    let given = native::example("random, a fifth missing");
    let assessment = Assessment::open_with(&browser, &server, &Stored::page("full", &given, 1)).await?;
    for action in ["resume", "next", "back", "review", "back", "home", "resume", "next", "result", "back"] {
        assessment.tab_to(&format!("[data-action={action}]")).await?;
        let place = assessment.place().await?;
        browser.press(Key::Enter).await?;
        browser.wait_for_focus("h1").await?;
        assert_ne!(assessment.place().await?, place, "{action} leads elsewhere");
        let top: f64 =
            assessment.inside().eval("return root.querySelector('h1').getBoundingClientRect().top;").await?;
        assert!((0.0..500.0).contains(&top), "after {action} the heading is in view: {top}");
    }
    // From the review straight to an open item: there, and not on the heading.
    let open = assessment.inside().texts(".open .jump").await?;
    assessment.tab_to(".open .jump").await?;
    browser.press(Key::Enter).await?;
    browser.wait_for_focus("fieldset input").await?;
    let legend: String = assessment
        .inside()
        .eval("return root.activeElement.closest('fieldset').querySelector('legend').textContent;")
        .await?;
    assert_eq!(legend, open[0]);
    Ok(())
}
