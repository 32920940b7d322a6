//! Traces: each file is asked for once and nothing else ever is, everything works without a network, and what stays in
//! the browser is what the host page asked for.

use std::collections::BTreeSet;

use browser_tests::native::{self, Given};
use browser_tests::{Assessment, Browser, Engine, Options, Outcome, Page, Server, dist, plain};
use serde_json::{Value, json};

/// Notes when everything was there.
const NOTE_READY: &str =
    "addEventListener('equipoise-ready', () => { window.readyAt = performance.now(); });";

/// Everything that the browser keeps for this page, whoever put it there.
async fn kept(browser: &Browser) -> browser_tests::Result<Value> {
    let mut kept: Value = browser
        .eval(
            "return { local: Object.keys(localStorage), session: Object.keys(sessionStorage),
                databases: (await indexedDB.databases()).length, caches: await caches.keys(),
                workers: (await navigator.serviceWorker.getRegistrations()).length };",
        )
        .await?;
    kept["cookies"] = json!(browser.cookies().await?);
    Ok(kept)
}

fn only(local: &[&str], session: &[&str]) -> Value {
    json!({ "local": local, "session": session, "databases": 0, "caches": [], "workers": 0, "cookies": [] })
}

/// Inline styles and handlers, which a strict policy forbids, in the page and in the widget.
async fn inline(assessment: &Assessment<'_>) -> browser_tests::Result<Vec<String>> {
    let body =
        "return [document, root].flatMap(part => [...part.querySelectorAll('style, [style], [onclick]')])
        .map(it => it.cloneNode(false).outerHTML);";
    assessment.inside().eval(body).await
}

/// What someone does who wants to see everything: every answer, another language, every detail.
async fn looks_at_everything(assessment: &Assessment<'_>, given: &Given) -> Outcome {
    let mut found = inline(assessment).await?;
    assessment.choose("quick").await?;
    while assessment.screen().await? == "page" {
        assessment.answer_page(given).await?;
        found.extend(inline(assessment).await?);
        assessment.next().await?;
    }
    assessment.speak("nl").await?;
    found.extend(inline(assessment).await?);
    assessment.result().await?;
    let inside = assessment.inside();
    inside.find("svg.radar-chart").await?;
    inside.eval::<()>("root.querySelectorAll('summary').forEach(it => it.click());").await?;
    inside.gone("details:not([open])").await?;
    inside.find("svg.radar-chart [data-axis=\"3\"] .axis-number").await?.hover().await?;
    assessment.speak("en").await?;
    found.extend(inline(assessment).await?);
    assert_eq!(found, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn each_file_is_asked_for_once_and_nothing_else_ever() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().before_scripts(NOTE_READY)).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    browser.wait_until("equipoise-ready", "return window.readyAt;").await?;
    looks_at_everything(&assessment, &native::example("quick random")).await?;

    // Whatever comes later would be one too many.
    let everything = [
        "/",
        "/element.js",
        "/equipoise_bg.wasm",
        "/equipoise_further.wasm",
        "/later.txt",
        "/shell.txt",
        "/styles/further.css",
        "/styles/page.css",
        "/styles/widget.css",
        "/texts/en.json",
        "/texts/further/en.json",
        "/texts/further/keys.json",
        "/texts/further/nl.json",
        "/texts/keys.json",
        "/texts/nl.json",
    ];
    let mut seen: Vec<String> = server.seen().iter().map(|seen| plain(&seen.path)).collect();
    seen.sort();
    // The element reads its own script once more, for a page to be saved; WebKit keeps scripts apart from what is read.
    if browser.engine() == Engine::WebKit {
        let twice = seen.iter().filter(|path| *path == "/element.js").count();
        assert_eq!(twice, 2, "WebKit gives it from its cache now");
        seen.dedup();
    }
    assert_eq!(seen, everything, "by the server's log");
    let asked = browser.requests().await?;
    // What Firefox takes from its cache is in no log.
    let again = usize::from(browser.engine() != Engine::Firefox);
    assert_eq!(asked.len(), everything.len() + again, "by the browser's log: {asked:?}");
    let expected: BTreeSet<String> = everything.iter().map(|path| server.address(path)).collect();
    assert_eq!(asked.iter().map(|asked| plain(&asked.address)).collect::<BTreeSet<_>>(), expected);
    let late: Vec<String> = browser
        .eval("return performance.getEntriesByType('resource').filter(it => it.startTime > readyAt).map(it => it.name);")
        .await?;
    assert_eq!(late, Vec::<String>::new());
    assert_eq!(kept(&browser).await?, only(&["equipoise"], &[]));
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn everything_works_without_a_network_once_it_is_there() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().before_scripts(NOTE_READY)).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    browser.wait_until("equipoise-ready", "return window.readyAt;").await?;
    browser.offline(true).await?;
    let given = native::example("quick random");
    looks_at_everything(&assessment, &given).await?;
    assert_eq!(assessment.figures().await?, native::figures("quick", &given, "en"));
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

/// Opens a page whose element keeps answers in another way than usual, and answers one item.
async fn answers_one<'a>(
    browser: &'a Browser,
    server: &Server,
    storage: &str,
) -> browser_tests::Result<(Assessment<'a>, String)> {
    let page = format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,"></head>
        <body><equipoise-assessment storage="{storage}"></equipoise-assessment>
        <script type="module" src="/element.js"></script></body></html>"#
    );
    server.add("/host.html", Page::html(page));
    let assessment = Assessment::open_page(browser, &server.address("/host.html")).await?;
    assessment.choose("taster").await?;
    let item = assessment.items().await?.swap_remove(0);
    assessment.answer(&item, "5").await?;
    assessment.speak("nl").await?;
    Ok((assessment, item))
}

#[tokio::test]
async fn answers_may_be_kept_until_the_tab_is_closed() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let (assessment, item) = answers_one(&browser, &server, "session").await?;
    assert_eq!(kept(&browser).await?, only(&[], &["equipoise"]));
    assessment.reload().await?;
    assert_eq!(assessment.language().await?, "nl");
    assessment.resume().await?;
    assert_eq!(assessment.chosen().await?[&item], "5");

    browser.open_tab().await?;
    let other = Assessment::open_page(&browser, &server.address("/host.html")).await?;
    assert_eq!(other.inside().count("[data-action=resume]").await?, 0, "another tab knows nothing of it");
    assert_eq!(kept(&browser).await?, only(&[], &[]));
    Ok(())
}

#[tokio::test]
async fn answers_may_be_kept_nowhere() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let (assessment, item) = answers_one(&browser, &server, "none").await?;
    assessment.next().await?;
    assessment.back().await?;
    assert_eq!(assessment.chosen().await?[&item], "5", "as long as the page is open");
    assert_eq!(kept(&browser).await?, only(&[], &[]));

    // Nor is a result, and that is said each time.
    assessment.review().await?;
    assessment.result().await?;
    for _ in 0..2 {
        assessment.inside().click("[data-action=keep]").await?;
        browser.next_frame().await?;
        let told = assessment.inside().text("[data-take=keep] .told").await?;
        assert_eq!(told, native::text("nl", "ui.take.keep.refused"));
    }
    assert_eq!(kept(&browser).await?, only(&[], &[]));

    assessment.reload().await?;
    assert_eq!(assessment.language().await?, "en", "the browser's again");
    assert_eq!(assessment.inside().count("[data-action=resume]").await?, 0);
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}
