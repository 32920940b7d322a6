//! Pictures of every screen, narrow, middling and wide, light and dark, for people to look at. The names stay the same.

use browser_tests::native::{self, Stored};
use browser_tests::{Assessment, Browser, Options, Outcome, Scheme, Server, dist};
use serde_json::json;

const WIDTHS: [u32; 3] = [320, 800, 1400];

/// Takes a screen in every width and light; the folder then holds `<name>-<language>-<width>-<light>.png`.
async fn shoot(browser: &mut Browser, name: &str) -> browser_tests::Result<()> {
    // The pointer rests where the last click was, and would light up what lies there now.
    browser.cdp("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": 1, "y": 1 })).await?;
    let language = Assessment::at(browser, "equipoise-assessment").await?.language().await?;
    for scheme in [Scheme::Light, Scheme::Dark] {
        browser.scheme(scheme).await?;
        for width in WIDTHS {
            browser.resize(width, 900).await?;
            browser.next_frame().await?;
            let light = if scheme == Scheme::Light { "light" } else { "dark" };
            let file = browser.screenshot_full(&format!("{name}-{language}-{width}-{light}")).await?;
            let bytes = std::fs::metadata(file)?.len();
            assert!(bytes > 5000, "{name} at {width} is empty: {bytes} bytes");
        }
    }
    Ok(())
}

/// Opens a stored session, goes on in it, and takes what comes.
async fn shoot_stored(
    browser: &mut Browser,
    server: &Server,
    name: &str,
    stored: &Stored,
) -> browser_tests::Result<()> {
    Assessment::open_with(browser, server, stored).await?.resume().await?;
    shoot(browser, name).await
}

#[tokio::test]
async fn the_way_to_the_result() -> Outcome {
    let server = dist()?;
    for language in ["nl", "en"] {
        let mut browser = Browser::open(Options::default().language(language).reduced_motion()).await?;
        Assessment::open(&browser, &server).await?;
        shoot(&mut browser, "start").await?;
        if language == "en" {
            continue;
        }
        let given = native::example("random, a fifth missing");
        let last = native::items("full").len();
        Assessment::open_with(&browser, &server, &Stored::page("full", &given, 2)).await?;
        shoot(&mut browser, "start-resume").await?;
        shoot_stored(&mut browser, &server, "page", &Stored::page("full", &given, 2)).await?;
        shoot_stored(&mut browser, &server, "page-choice", &Stored::page("full", &given, last)).await?;
        shoot_stored(&mut browser, &server, "review", &Stored::review("full", &given)).await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_results() -> Outcome {
    let server = dist()?;
    let mut browser = Browser::open(Options::default().reduced_motion()).await?;
    let full = native::example("random complete");
    let partly = native::example("quick, half missing");
    for language in ["nl", "en"] {
        let stored = Stored::result("full", &full).language(language);
        shoot_stored(&mut browser, &server, "result", &stored).await?;
    }
    let stored = Stored::result("taster", &native::example("taster random"));
    shoot_stored(&mut browser, &server, "result-taster", &stored).await?;
    shoot_stored(&mut browser, &server, "result-partly", &Stored::result("quick", &partly)).await?;

    Assessment::open_with(&browser, &server, &Stored::result("full", &full)).await?.resume().await?;
    let widget = browser.widget();
    widget.click("[data-axis=\"5\"] .axis-number").await?;
    widget.eval::<()>("root.querySelectorAll('details').forEach(it => it.open = true);").await?;
    shoot(&mut browser, "result-open").await?;
    browser.scheme(Scheme::Light).await?;
    browser.resize(794, 1123).await?;
    browser.print_media(true).await?;
    browser.next_frame().await?;
    browser.screenshot_full("result-print").await?;
    Ok(())
}
