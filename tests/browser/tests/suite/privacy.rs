//! What is answered stays on the device: no request, no cookie, one key in storage, nothing in the console.

use browser_tests::native;
use browser_tests::{Ability, Assessment, Browser, ELEMENT, Options, Outcome, STRICT, dist, host_page};

/// Notes when the element says that it is ready.
const WATCH: &str = "window.said = [];
    for (const name of ['ready', 'progress', 'complete', 'error'])
        addEventListener(`equipoise-${name}`, event => window.said.push([name, event.detail]), true);";

/// Waits until everything is there.
async fn ready(browser: &Browser) -> Outcome {
    browser
        .wait_until("the element to be ready", "return window.said.some(([name]) => name === 'ready');")
        .await?;
    Ok(())
}

#[tokio::test]
async fn nothing_is_asked_of_any_server_after_the_start() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().language("nl").before_scripts(WATCH)).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    ready(&browser).await?;
    let origin = server.address("/");
    let asked = browser.requests().await?;
    assert!(asked.len() > 5, "the log works: {asked:?}");
    for request in asked {
        assert!(request.address.starts_with(&origin) && request.method == "GET", "{request:?}");
    }
    let start: Vec<_> = server.seen();
    assert!(start.iter().all(|seen| seen.status == 200 && !seen.path.contains('?')), "{start:?}");

    browser.forget_logs().await?;
    server.forget();
    let given = native::example("random complete");
    assessment.choose("taster").await?;
    assessment.answer_to_review(&given).await?;
    assessment.result().await?;
    assessment.speak("en").await?;
    assessment.extend("full").await?;
    assessment.speak("nl").await?;
    assessment.answer_page(&given).await?;
    assessment.review().await?;
    assessment.result().await?;
    assessment.inside().eval::<()>("root.querySelectorAll('details').forEach(it => it.open = true);").await?;
    assessment.inside().click("[data-axis=\"1\"] .axis-number").await?;
    browser.resize(400, 800).await?;
    browser.next_frame().await?;
    assessment.home().await?;
    assessment.inside().click("[data-action=start-over]").await?;
    assessment.inside().click("[data-action=start-over-yes]").await?;
    browser.next_frame().await?;

    assert_eq!(browser.requests().await?, [], "by the browser's own log");
    assert_eq!(server.seen(), [], "by the server's");
    assert_eq!(browser.console().await?, Vec::<String>::new());
    let resources: Vec<String> = browser
        .eval("return performance.getEntriesByType('resource').map(it => it.name).filter(name => !name.startsWith(location.origin));")
        .await?;
    assert_eq!(resources, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn one_key_is_kept_and_no_cookie() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    assert_eq!(browser.eval::<Vec<String>>("return Object.keys(localStorage);").await?, Vec::<String>::new());
    assessment.choose("taster").await?;
    assessment.answer_to_review(&native::example("taster random")).await?;
    assessment.result().await?;
    let kept: (Vec<String>, u32, String, u32, u32) = browser
        .eval(
            "return [Object.keys(localStorage), sessionStorage.length, document.cookie,
            (await indexedDB.databases()).length, (await caches.keys()).length];",
        )
        .await?;
    assert_eq!(kept, (vec!["equipoise".to_owned()], 0, String::new(), 0, 0));
    let address = browser.address().await?;
    assert_eq!(address, server.address("/"), "nothing in the address either");
    Ok(())
}

#[tokio::test]
async fn the_host_page_hears_counts_and_no_answers() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().before_scripts(WATCH)).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    ready(&browser).await?;
    assessment.choose("taster").await?;
    let items = assessment.items().await?;
    assessment.answer(&items[0], "5").await?;
    assessment.answer(&items[1], "0").await?;
    assessment.clear(&items[0]).await?;
    assessment.review().await?;
    assessment.result().await?;
    let said: serde_json::Value = browser.eval("return window.said;").await?;
    assert_eq!(
        said,
        serde_json::json!([
            ["ready", {}],
            ["progress", { "answered": 1, "asked": 16 }],
            ["progress", { "answered": 2, "asked": 16 }],
            ["progress", { "answered": 1, "asked": 16 }],
            ["complete", {}],
        ])
    );
    Ok(())
}

#[tokio::test]
async fn it_keeps_to_the_strict_policy_on_every_screen() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().before_scripts(WATCH)).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    ready(&browser).await?;
    let given = native::example("taster random");
    let look = "return [root.querySelectorAll('[style]').length, root.querySelectorAll('style, script, link, img, iframe').length,
        document.querySelectorAll('[style], style, script:not([src])').length, root.adoptedStyleSheets.length];";
    // The two sheets of its own: what is seen first, and what comes after it.
    let clean = (0, 0, 0, 2);
    assert_eq!(assessment.inside().eval::<(u32, u32, u32, u32)>(look).await?, clean);
    assessment.choose("taster").await?;
    assert_eq!(assessment.inside().eval::<(u32, u32, u32, u32)>(look).await?, clean);
    assessment.answer_to_review(&given).await?;
    assert_eq!(assessment.inside().eval::<(u32, u32, u32, u32)>(look).await?, clean);
    assessment.result().await?;
    assert_eq!(assessment.inside().eval::<(u32, u32, u32, u32)>(look).await?, clean);
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

/// What comes of a text where markup is expected: the name of the error, or `taken`.
const MARKUP: &str = "try { document.createElement('div').innerHTML = '<p>'; return 'taken'; }
    catch (error) { return error.name; }";

#[tokio::test]
async fn no_script_can_make_markup_of_a_text_in_the_page_in_the_frame_or_around_the_element() -> Outcome {
    let server = dist()?;
    server.add("/host.html", host_page(ELEMENT, "<equipoise-assessment></equipoise-assessment>"));
    let frame = host_page("", "<iframe title=\"Questions\" src=\"/embed.html\"></iframe>");
    server.add("/around.html", frame.policy(format!("{STRICT}; frame-src 'self'")));
    let browser = Browser::open(Options::default()).await?;
    for path in ["/", "/host.html", "/around.html"] {
        browser.goto(&server.address(path)).await?;
        if path == "/around.html" {
            browser.enter_frame("iframe").await?;
        }
        Assessment::at(&browser, "equipoise-assessment").await?;
        let came = if browser.lacks(Ability::TrustedTypes).await? { "taken" } else { "TypeError" };
        assert_eq!(browser.eval::<String>(MARKUP).await?, came, "{path}");
    }
    Ok(())
}
