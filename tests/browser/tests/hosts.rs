//! The element at its hosts: with files that are missing, in a folder, under their theme and their hostile styles, in a
//! shadow root of theirs, and taken out while it is still loading.

use browser_tests::native::{self, Stored};
use browser_tests::{
    Assessment, Browser, Options, Outcome, Page, Scheme, Server, dist, dist_at, dist_file, dist_without,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// Notes every event of ours that reaches the window.
const LISTEN: &str = "window.heard = [];
    for (const name of ['ready', 'progress', 'complete', 'error'])
        addEventListener(`equipoise-${name}`, event => heard.push([name, event.detail, event.target.tagName]));";

/// A host page with this in its body; the element's own script is at `script`.
fn host_page(body: &str, script: &str) -> Page {
    Page::html(format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">
        <meta name="viewport" content="width=device-width"></head><body>{body}
        <script type="module" src="{script}"></script></body></html>"#
    ))
}

fn hosting(body: &str) -> browser_tests::Result<Server> {
    let server = dist()?;
    server.add("/host.html", host_page(body, "/element.js"));
    Ok(server)
}

async fn open<'a>(browser: &'a Browser, server: &Server) -> browser_tests::Result<Assessment<'a>> {
    Assessment::open_page(browser, &server.address("/host.html")).await
}

/// What was heard since the page opened: event, detail, element.
async fn heard(browser: &Browser) -> browser_tests::Result<Vec<(String, Value, String)>> {
    browser.eval("return heard;").await
}

/// How often each event was heard.
async fn count(browser: &Browser, event: &str) -> browser_tests::Result<usize> {
    Ok(heard(browser).await?.iter().filter(|(name, ..)| name == event).count())
}

#[tokio::test]
async fn taken_out_and_put_back_while_it_is_loading_it_opens_once() -> Outcome {
    // Each text waits for its own release, so that every moment of the start can be met.
    let hold = "const real = window.fetch; window.release = {};
        const held = {};
        for (const name of ['en', 'nl']) held[name] = new Promise(done => { release[name] = done; });
        window.fetch = async (...all) => { await held[String(all[0]).match(/texts.(..)[.]json/)?.[1]]; return real(...all); };";
    let server = hosting("<equipoise-assessment></equipoise-assessment>")?;
    let away = "const element = document.querySelector('equipoise-assessment'); element.remove();
        await new Promise(done => setTimeout(done, 50)); document.body.prepend(element);";
    for (before, after) in [("", "release.en(); release.nl();"), ("release.en();", "release.nl();")] {
        let options = Options::default().before_scripts(LISTEN).before_scripts(hold);
        let browser = Browser::open(options).await?;
        browser.goto(&server.address("/host.html")).await?;
        browser.eval::<()>(before).await?;
        if !before.is_empty() {
            browser.widget().find(".app").await?;
        }
        browser.eval::<()>(away).await?;
        browser.eval::<()>(after).await?;
        let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
        assert_eq!(assessment.inside().count(".app").await?, 1);
        browser.wait_until("ready", "return heard.length;").await?;
        assert_eq!(count(&browser, "ready").await?, 1);
        assessment.speak("nl").await?;
        assert_eq!(browser.console().await?, Vec::<String>::new());
    }
    Ok(())
}

/// What is seen when it could not start.
#[derive(Debug, Deserialize, PartialEq)]
struct Failure {
    role: String,
    lang: String,
    /// The first words of the message.
    said: String,
    /// What the host page wrote into the element, if it can be seen.
    fallback: Option<String>,
}

impl Failure {
    fn new(lang: &str, said: &str) -> Self {
        let fallback = Some("Write to us.".to_owned());
        Self { role: "alert".to_owned(), lang: lang.to_owned(), said: said.to_owned(), fallback }
    }
}

const FALLBACK: &str = "<p id='fallback'>Write to us.</p>";

/// Opens a host page, in which the element can't start, and tells what is seen.
async fn fails(browser: &Browser, server: &Server) -> browser_tests::Result<Failure> {
    browser.goto(&server.address("/host.html")).await?;
    browser.wait_until("equipoise-error", "return heard.length;").await?;
    let heard = heard(browser).await?;
    assert_eq!(heard.len(), 1, "{heard:?}");
    let (name, detail, element) = &heard[0];
    assert_eq!([name, element], ["error", "EQUIPOISE-ASSESSMENT"]);
    assert!(detail["message"].as_str().is_some_and(|message| message.len() > 10), "{detail}");
    browser
        .widget()
        .eval(
            "const alert = root.querySelector('[role=alert]');
            const fallback = document.querySelector('#fallback');
            const seen = fallback.checkVisibility() && fallback.getBoundingClientRect().height > 10;
            return { role: alert.role, lang: alert.lang, said: alert.textContent.split(' ').slice(0, 2).join(' '),
                fallback: seen ? fallback.textContent : null };",
        )
        .await
}

#[tokio::test]
async fn what_is_missing_is_said_and_the_hosts_own_words_stay() -> Outcome {
    for (missing, attributes, speaks, expected) in [
        ("equipoise_bg.wasm", r#"lang="nl""#, "en-GB", Failure::new("nl", "De vragenlijst")),
        ("equipoise.js", "", "nl", Failure::new("nl", "De vragenlijst")),
        ("texts/en.json", r#"lang="en-GB""#, "nl", Failure::new("en", "The questionnaire")),
        ("texts/nl.json", r#"lang="xx""#, "nl-BE", Failure::new("nl", "De vragenlijst")),
        ("texts/keys.json", "", "fr", Failure::new("en", "The questionnaire")),
        ("styles/widget.css", "", "en-GB", Failure::new("en", "The questionnaire")),
    ] {
        let server = dist_without(missing)?;
        let body = format!("<equipoise-assessment {attributes}>{FALLBACK}</equipoise-assessment>");
        server.add("/host.html", host_page(&body, "/element.js"));
        let browser = Browser::open(Options::default().language(speaks).before_scripts(LISTEN)).await?;
        assert_eq!(fails(&browser, &server).await?, expected, "without {missing}");
    }
    Ok(())
}

#[tokio::test]
async fn after_a_failure_it_can_be_put_back_and_start() -> Outcome {
    let server = dist_without("equipoise_bg.wasm")?;
    let body = format!("<equipoise-assessment>{FALLBACK}</equipoise-assessment><aside></aside>");
    server.add("/host.html", host_page(&body, "/element.js"));
    let browser = Browser::open(Options::default().before_scripts(LISTEN)).await?;
    fails(&browser, &server).await?;

    server.add("/equipoise_bg.wasm", dist_file("equipoise_bg.wasm")?);
    browser
        .eval::<()>("document.querySelector('aside').append(document.querySelector('equipoise-assessment'));")
        .await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assert_eq!(assessment.inside().count("[role=alert]").await?, 0, "the message is gone");
    let fallback: bool =
        browser.eval("return document.querySelector('#fallback').checkVisibility();").await?;
    assert!(!fallback);
    assessment.choose("taster").await?;
    Ok(())
}

const LIGHT: &str = "rgb(250, 247, 241)";
const DARK: &str = "rgb(20, 22, 27)";

/// The colour of the paper, as it is drawn.
async fn background(assessment: &Assessment<'_>) -> browser_tests::Result<String> {
    let body = "return getComputedStyle(root.querySelector('.equipoise')).backgroundColor;";
    assessment.inside().eval(body).await
}

#[tokio::test]
async fn its_theme_wins_over_the_persons_own() -> Outcome {
    let server = hosting("<equipoise-assessment></equipoise-assessment>")?;
    let set = |theme: &str| {
        format!("document.querySelector('equipoise-assessment').setAttribute('theme', '{theme}');")
    };
    for (scheme, own) in [(Scheme::Light, LIGHT), (Scheme::Dark, DARK)] {
        let browser = Browser::open(Options::default().scheme(scheme)).await?;
        let assessment = open(&browser, &server).await?;
        assert_eq!(background(&assessment).await?, own);
        for (theme, expected) in [("light", LIGHT), ("dark", DARK), ("auto", own)] {
            browser.eval::<()>(&set(theme)).await?;
            assert_eq!(background(&assessment).await?, expected, "{theme} for {scheme:?}");
        }
        assert_eq!(browser.console().await?, Vec::<String>::new());
        browser.eval::<()>(&set("pink")).await?;
        assert_eq!(background(&assessment).await?, own);
        let console = browser.console().await?;
        assert!(console.len() == 1 && console[0].contains("pink"), "it is named: {console:?}");
    }
    Ok(())
}

#[tokio::test]
async fn it_works_in_a_folder_of_a_larger_site() -> Outcome {
    let server = dist_at("/over/here/")?;
    let body = "<equipoise-assessment></equipoise-assessment>";
    server.add("/host.html", host_page(body, "./over/here/element.js"));
    let browser = Browser::open(Options::default()).await?;
    for path in ["/over/here/", "/host.html"] {
        let given = native::example("taster random");
        Assessment::store(&browser, &server, &Stored::result("taster", &given).text()).await?;
        server.forget();
        let assessment = Assessment::open_page(&browser, &server.address(path)).await?;
        assessment.resume().await?;
        assert_eq!(assessment.figures().await?, native::figures("taster", &given, "en"));
        let seen = server.seen();
        let here = |seen: &browser_tests::Seen| seen.path == path || seen.path.starts_with("/over/here/");
        assert!(seen.iter().all(|seen| seen.status == 200 && here(seen)), "{seen:?}");
        assert_eq!(browser.console().await?, Vec::<String>::new());
    }
    Ok(())
}

#[tokio::test]
async fn a_hostile_page_changes_nothing() -> Outcome {
    const CSS: &str = "* { all: unset; } html { font-size: 40px; }
        body { text-align: end; text-transform: uppercase; text-indent: 3em; white-space: nowrap; font: italic 9px serif; }
        p, button, .item, .app { display: none; }";
    const JS: &str = "document.addEventListener('keydown', event => { if (/[0-9]/.test(event.key)) event.preventDefault(); });";
    let server = dist()?;
    server.add("/hostile.css", Page::file("hostile.css", CSS));
    server.add("/hostile.js", Page::file("hostile.js", JS));
    let body = r#"<link rel="stylesheet" href="/hostile.css"><script src="/hostile.js"></script>
        <equipoise-assessment theme="dark"></equipoise-assessment>"#;
    server.add("/host.html", host_page(body, "/element.js"));
    let browser = Browser::open(Options::default()).await?;
    let assessment = open(&browser, &server).await?;
    assert_eq!(background(&assessment).await?, DARK);
    assessment.choose("full").await?;
    let inside = assessment.inside();
    let style: Vec<String> = inside
        .eval(
            "const style = getComputedStyle(root.querySelector('.instruction'));
            return [style.fontSize, style.textAlign, style.textTransform, style.textIndent, style.whiteSpace, style.fontStyle];",
        )
        .await?;
    assert_eq!(style, ["40px", "start", "none", "0px", "normal", "normal"]);

    let items = assessment.items().await?;
    inside.eval::<()>("root.querySelector('fieldset input').focus();").await?;
    browser.type_text("4").await?;
    inside.find("fieldset [value='4']:checked").await?;
    assert_eq!(assessment.chosen().await?[&items[0]], "4");
    assert_eq!(assessment.chosen().await?.len(), 1);

    assessment.review().await?;
    assessment.result().await?;
    for width in [1400, 600, 320] {
        browser.resize(width, 900).await?;
        browser.next_frame().await?;
        assert_eq!(assessment.sticking_out().await?, Vec::<String>::new(), "{width}");
    }
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn its_events_leave_the_shadow_root_it_stands_in() -> Outcome {
    let server = hosting("<div id='outer'></div>")?;
    let browser = Browser::open(Options::default().before_scripts(LISTEN)).await?;
    browser.goto(&server.address("/host.html")).await?;
    let nested = "const outer = document.querySelector('#outer').attachShadow({ mode: 'open' });
        outer.append(document.createElement('equipoise-assessment'));";
    browser.eval::<()>(nested).await?;
    browser.wait_until("ready", "return heard.length;").await?;
    assert_eq!(heard(&browser).await?, [("ready".to_owned(), json!({}), "DIV".to_owned())]);
    Ok(())
}
