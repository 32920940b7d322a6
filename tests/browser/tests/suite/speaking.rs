//! Which language is spoken: who decides, what a change asks of the network (nothing), and that answers given in two
//! languages are one set.

use browser_tests::native::{self, Stored};
use browser_tests::{Assessment, Browser, Options, Outcome, Page, Server, dist};

/// A page with an element in Dutch, as a Belgian site would say it.
const BELGIAN: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">
</head><body><equipoise-assessment lang="nl-BE"></equipoise-assessment><script type="module" src="/element.js"></script></body></html>"#;

/// Holds back the Dutch texts until `release()`.
const SLOW_DUTCH: &str = "const real = window.fetch;
    const held = new Promise(release => { window.release = release; });
    window.fetch = async (...all) => {
        if (/nl[.][^/]*json$/.test(all[0])) await held;
        return real(...all);
    };";

fn server() -> browser_tests::Result<Server> {
    let server = dist()?;
    server.add("/belgian.html", Page::html(BELGIAN));
    Ok(server)
}

/// Everything on the screen that isn't words: where someone is, what is chosen, what is open, how far.
async fn state(assessment: &Assessment<'_>) -> browser_tests::Result<Vec<String>> {
    let body =
        "return [...root.querySelectorAll('.app, [data-form], [data-item], input, progress, .jump, details, \
        [data-action], [data-row], [data-talk], [data-phase], [data-axis]')].map(it => [it.tagName,
            ...Object.values(it.dataset), it.value, it.checked, it.open, it.ariaSelected].join(' '));";
    assessment.inside().eval(body).await
}

#[tokio::test]
async fn a_change_asks_for_nothing_and_leaves_everything_else() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let given = native::example("random, a fifth missing");
    for stored in [
        Stored::page("full", &given, 3),
        // There are fewer pages: this is the last one, with the choice of a phase.
        Stored::page("full", &given, 99),
        Stored::review("full", &given),
        Stored::result("full", &given),
    ] {
        let assessment = Assessment::open_with(&browser, &server, &stored).await?;
        assessment.resume().await?;
        assessment.inside().eval::<()>("root.querySelectorAll('summary').forEach(it => it.click());").await?;
        assessment.inside().gone("details:not([open])").await?;
        let (place, before) = (assessment.place().await?, state(&assessment).await?);
        assert!(before.len() > 15, "{place}: {before:?}");
        server.forget();
        browser.forget_logs().await?;
        for language in ["nl", "en"] {
            assessment.speak(language).await?;
            assert_eq!(state(&assessment).await?, before, "{place} in {language}");
            let pressed = assessment.inside().find("[aria-pressed=true]").await?;
            assert_eq!(pressed.attribute("data-language").await?.as_deref(), Some(language));
        }
        assert_eq!(server.seen(), [], "{place}");
        assert_eq!(browser.requests().await?, [], "{place}");
        assert_eq!(browser.console().await?, Vec::<String>::new(), "{place}");
    }
    Ok(())
}

#[tokio::test]
async fn answers_given_in_two_languages_are_one_set() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    let given = native::example("taster random");
    assessment.choose("taster").await?;
    let mut languages = ["nl", "en"].iter().cycle();
    while assessment.screen().await? == "page" {
        for item in assessment.items().await? {
            assessment.answer(&item, &given[&item]).await?;
            assessment.speak(languages.next().unwrap_or(&"nl")).await?;
        }
        assessment.next().await?;
    }
    assert_eq!(assessment.read_back().await?, given);
    assessment.result().await?;
    let language = assessment.language().await?;
    assert_eq!(assessment.figures().await?, native::figures("taster", &given, &language));
    Ok(())
}

#[tokio::test]
async fn a_persons_choice_wins_over_page_and_browser_and_keeps_their_place() -> Outcome {
    let server = server()?;
    let browser = Browser::open(Options::default().language("nl")).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    assessment.choose("full").await?;
    assessment.next().await?;
    let item = &assessment.items().await?[0];
    assessment.answer(item, "4").await?;
    assessment.speak("en").await?;
    let place = assessment.place().await?;

    for path in ["/", "/belgian.html"] {
        let assessment = Assessment::open_page(&browser, &server.address(path)).await?;
        assert_eq!(assessment.language().await?, "en", "{path}");
        assessment.resume().await?;
        assert_eq!(assessment.place().await?, place);
        assert_eq!(assessment.chosen().await?[item], "4");
    }
    Ok(())
}

#[tokio::test]
async fn on_the_first_visit_the_page_decides_and_then_the_browser() -> Outcome {
    let server = server()?;
    for (speaks, path, language) in
        [("en-GB", "/belgian.html", "nl"), ("nl-BE", "/", "nl"), ("en-US", "/", "en"), ("fr", "/", "en")]
    {
        let browser = Browser::open(Options::default().language(speaks)).await?;
        let assessment = Assessment::open_page(&browser, &server.address(path)).await?;
        assert_eq!(assessment.language().await?, language, "{path} for someone who speaks {speaks}");
        let title = native::text(language, "instrument.title");
        assert_eq!(assessment.inside().text("h1").await?, title);
    }
    Ok(())
}

#[tokio::test]
async fn the_page_may_change_it_while_it_runs() -> Outcome {
    let server = server()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open_page(&browser, &server.address("/belgian.html")).await?;
    assessment.choose("full").await?;
    let item = &assessment.items().await?[0];
    assessment.answer(item, "2").await?;
    let before = state(&assessment).await?;
    server.forget();

    let set = "document.querySelector('equipoise-assessment').lang =";
    browser.eval::<()>(&format!("{set} 'en';")).await?;
    assessment.inside().find(".app[lang=en]").await?;
    assert_eq!(assessment.inside().text("h1").await?, native::text("en", "instrument.question"));
    browser.eval::<()>(&format!("{set} 'nl';")).await?;
    assessment.inside().find(".app[lang=nl]").await?;
    assert_eq!(state(&assessment).await?, before);
    // Without one the browser's own is left.
    browser.eval::<()>("document.querySelector('equipoise-assessment').removeAttribute('lang');").await?;
    assessment.inside().find(".app[lang=en]").await?;
    assert_eq!(assessment.chosen().await?[item], "2");
    assert_eq!(server.seen(), []);
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_language_that_is_still_on_its_way_is_waited_for() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().before_scripts(SLOW_DUTCH)).await?;
    browser.goto(&server.address("/")).await?;
    let inside = browser.widget();
    inside.find(".app[lang=en]").await?;
    assert_eq!(inside.count("[data-language=nl]:disabled").await?, 1, "it can't be chosen yet");
    browser.eval::<()>("document.querySelector('equipoise-assessment').lang = 'nl';").await?;
    inside.click("[data-form=taster]").await?;
    inside.find(".app[lang=en] fieldset").await?;
    browser.eval::<()>("release();").await?;
    inside.find(".app[lang=nl] fieldset").await?;
    assert_eq!(inside.text("h1").await?, native::text("nl", "instrument.question"));
    Ok(())
}
