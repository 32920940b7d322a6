//! Changing the language at any moment: same place, same answers, same focus, other words.

use browser_tests::native::{self, Stored};
use browser_tests::{Assessment, Browser, Engine, Key, Options, Outcome, Page, dist};

/// Changes the language there and back, by mouse and by keyboard, and sees that nothing else changes.
async fn only_the_words_change(browser: &Browser, assessment: &Assessment<'_>) -> Outcome {
    let inside = assessment.inside();
    let (place, chosen) = (assessment.place().await?, assessment.chosen().await?);
    let before = inside.text("h1").await?;
    let numbers = assessment.figures().await?.rows;

    assessment.speak("nl").await?;
    let (dutch, label) = (inside.text("h1").await?, inside.texts("main, section").await?);
    assert_ne!(dutch, before, "on {place}");
    browser.wait_for_focus("[data-language=nl][aria-pressed=true]").await?;
    assert_eq!((assessment.place().await?, assessment.chosen().await?), (place.clone(), chosen.clone()));
    let there: Vec<_> = assessment.figures().await?.rows;
    let figures = |rows: &[(String, Vec<String>)]| {
        rows.iter().map(|(name, cells)| (name.clone(), cells[..7].to_vec())).collect::<Vec<_>>()
    };
    assert_eq!(figures(&there), figures(&numbers), "figures have no language");
    assert_eq!(inside.count("[lang]:not(.app, [data-language])").await?, 0, "one language at a time");

    // The focus is on the button and can go on from there: no trap, no jump to the top.
    if browser.engine() == Engine::WebKit {
        // It counts from inside a button that was clicked, so that no step back leads away from it: the focus comes
        // there by keyboard.
        browser.press(Key::Tab).await?;
        browser.press_shifted(Key::Tab).await?;
    }
    browser.press_shifted(Key::Tab).await?;
    browser.wait_for_focus("[data-language=en][aria-pressed=false]").await?;
    browser.press(Key::Enter).await?;
    inside.find(".app[lang=en]").await?;
    browser.wait_for_focus("[data-language=en]").await?;
    browser.press(Key::Tab).await?;
    browser.wait_for_focus("[data-language=nl]").await?;
    browser.press(Key::Tab).await?;
    assert!(!browser.focus_is("[data-language]").await?, "{}", browser.focused().await?);
    assert_eq!(inside.text("h1").await?, before);
    assert_ne!(inside.texts("main, section").await?, label);
    assert_eq!((assessment.place().await?, assessment.chosen().await?), (place, chosen));
    Ok(())
}

#[tokio::test]
async fn on_every_screen_only_the_words_change() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let given = native::example("random, a fifth missing");
    let assessment = Assessment::open_with(&browser, &server, &Stored::page("full", &given, 2)).await?;
    only_the_words_change(&browser, &assessment).await?;
    assessment.resume().await?;
    only_the_words_change(&browser, &assessment).await?;
    assessment.review().await?;
    only_the_words_change(&browser, &assessment).await?;
    assessment.result().await?;
    only_the_words_change(&browser, &assessment).await?;
    Ok(())
}

#[tokio::test]
async fn what_is_open_or_chosen_stays_so() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let stored = Stored::result("full", &native::example("random complete"));
    let assessment = Assessment::open_with(&browser, &server, &stored).await?;
    let inside = assessment.inside();
    inside.click("[data-action=start-over]").await?;
    inside.find("[data-action=start-over-yes]").await?;
    assessment.speak("nl").await?;
    assessment.speak("en").await?;
    assessment.resume().await?;

    inside.click("details[data-paradox=\"trust-control\"] summary").await?;
    inside.click("[data-axis=\"7\"] .axis-number").await?;
    inside.find("[data-axis=\"7\"][aria-selected=true]").await?;
    assessment.speak("nl").await?;
    assert_eq!(inside.count("details[data-paradox=\"trust-control\"][open]").await?, 1);
    assert_eq!(inside.count("[data-axis=\"7\"][aria-selected=true]").await?, 1);
    assert!(inside.text(".readout").await?.contains("Maatschappelijke betekenis"));
    Ok(())
}

#[tokio::test]
async fn the_chosen_language_wins_when_the_page_is_loaded_again() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().language("nl")).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    assert_eq!(assessment.language().await?, "nl", "the browser's language first");
    assessment.speak("en").await?;
    assert_eq!(assessment.stored().await?["language"], "en");
    assessment.reload().await?;
    assert_eq!(assessment.language().await?, "en");
    assert_eq!(assessment.inside().text("h1").await?, native::text("en", "instrument.title"));

    // Nobody's language is the first of those that ship.
    let browser = Browser::open(Options::default().language("ja")).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    assert_eq!(assessment.language().await?, "en");
    Ok(())
}

#[tokio::test]
async fn the_attribute_speaks_and_says_what_is_spoken() -> Outcome {
    let server = dist()?;
    let page = |lang: &str| {
        Page::html(format!(
            "<!doctype html><html lang=\"de\"><meta charset=\"utf-8\"><title>Page</title><link rel=\"icon\" href=\"data:,\">
            <equipoise-assessment {lang}></equipoise-assessment><script type=\"module\" src=\"/element.js\"></script></html>"
        ))
    };
    server.add("/dutch.html", page("lang=\"nl-BE\""));
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open_page(&browser, &server.address("/dutch.html")).await?;
    assert_eq!(assessment.language().await?, "nl", "the attribute before the browser");
    // Whatever the page is in, the widget says in which language its own words are.
    let spoken: Vec<String> = assessment
        .inside()
        .eval("return [...root.querySelectorAll('h1, p, button:not([lang])')].map(it => it.closest('[lang]')?.lang ?? '');")
        .await?;
    assert!(!spoken.is_empty() && spoken.iter().all(|lang| lang == "nl"), "{spoken:?}");

    browser.page().eval::<()>("root.querySelector('equipoise-assessment').lang = 'en';").await?;
    assessment.inside().find(".app[lang=en]").await?;
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}
