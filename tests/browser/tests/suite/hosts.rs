//! The element at its hosts: with files that are missing, in a folder, under their theme and their hostile styles, in a
//! shadow root of theirs, and taken out while it is still loading.

use browser_tests::native::{self, Stored};
use browser_tests::{
    Assessment, Browser, Options, Outcome, Page, Scheme, Server, dist, dist_at, dist_file, dist_without,
    host_page, shipped,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// Notes every event of ours that reaches the window.
const LISTEN: &str = "window.heard = [];
    for (const name of ['ready', 'progress', 'complete', 'error'])
        addEventListener(`equipoise-${name}`, event => heard.push([name, event.detail, event.target.tagName]));";

/// A host page with this in its body; the element's own script is at `script`.
fn page(body: &str, script: &str) -> Page {
    host_page("", &format!("{body}<script type=\"module\" src=\"{script}\"></script>"))
}

fn hosting(body: &str) -> browser_tests::Result<Server> {
    let server = dist()?;
    server.add("/host.html", page(body, "/element.js"));
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
        window.fetch = async (...all) => { await held[String(all[0]).match(/texts.(..)[.]/)?.[1]]; return real(...all); };";
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
        ("texts/en.json", r#"lang="en-GB""#, "nl", Failure::new("en", "The questionnaire")),
        ("texts/nl.json", r#"lang="xx""#, "nl-BE", Failure::new("nl", "De vragenlijst")),
        ("texts/keys.json", "", "fr", Failure::new("en", "The questionnaire")),
        ("styles/widget.css", "", "en-GB", Failure::new("en", "The questionnaire")),
    ] {
        let server = dist_without(missing)?;
        let body = format!("<equipoise-assessment {attributes}>{FALLBACK}</equipoise-assessment>");
        server.add("/host.html", page(&body, "/element.js"));
        let browser = Browser::open(Options::default().language(speaks).before_scripts(LISTEN)).await?;
        assert_eq!(fails(&browser, &server).await?, expected, "without {missing}");
    }
    Ok(())
}

#[tokio::test]
async fn after_a_failure_it_can_be_put_back_and_start() -> Outcome {
    let server = dist_without("equipoise_bg.wasm")?;
    let body = format!("<equipoise-assessment>{FALLBACK}</equipoise-assessment><aside></aside>");
    server.add("/host.html", page(&body, "/element.js"));
    let browser = Browser::open(Options::default().before_scripts(LISTEN)).await?;
    fails(&browser, &server).await?;

    server.add(&format!("/{}", shipped("equipoise_bg.wasm")?), dist_file("equipoise_bg.wasm")?);
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
    server.add("/host.html", page(body, "./over/here/element.js"));
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

/// Everything that a hostile page makes its own children inherit.
const INHERITED: &str = "border-collapse: collapse; caption-side: bottom; caret-color: red; cursor: none; empty-cells: hide;
    fill: red; font-kerning: none; font-size-adjust: 0.9; font-stretch: condensed; font-style: italic;
    font-variant-caps: small-caps; font-variant-ligatures: none; font-variant-numeric: oldstyle-nums; hyphens: auto;
    letter-spacing: 0.5em; line-break: anywhere; list-style: square inside; orphans: 9; overflow-wrap: normal;
    paint-order: stroke; quotes: '<' '>'; stroke: red; tab-size: 1; text-align: end; text-align-last: end;
    text-indent: 3em; text-rendering: geometricPrecision; text-shadow: 3px 3px red; text-transform: uppercase;
    text-underline-offset: 1em; white-space: nowrap; widows: 9; word-break: break-all; word-spacing: 2em;
    -webkit-text-fill-color: transparent; -webkit-text-stroke: 2px red;";

/// What of it a text of ours has: each property whose value is not what it is where nothing is inherited; and how many of
/// them the page really hands down in this engine.
const GOT_IN: &str = "const probe = document.body.appendChild(document.createElement('i'));
    probe.style.all = 'initial';
    const handed = document.body.appendChild(document.createElement('i'));
    const [fresh, hostile, ours] = [probe, handed, root.querySelector('.instruction')].map(it => getComputedStyle(it));
    const names = ['border-collapse', 'caption-side', 'cursor', 'empty-cells', 'fill', 'font-kerning', 'font-size-adjust',
        'font-stretch', 'font-style', 'font-variant-caps', 'font-variant-ligatures', 'font-variant-numeric', 'hyphens',
        'letter-spacing', 'line-break', 'list-style-type', 'list-style-position', 'orphans', 'paint-order', 'quotes', 'stroke',
        'tab-size', 'text-align', 'text-align-last', 'text-indent', 'text-rendering', 'text-shadow', 'text-transform',
        'text-underline-offset', 'white-space', 'widows', 'word-break', 'word-spacing', '-webkit-text-stroke-width'];
    const value = (style, name) => style.getPropertyValue(name);
    const got = names.filter(name => value(ours, name) !== value(fresh, name))
        .map(name => `${name}: ${value(ours, name)}`);
    for (const name of ['-webkit-text-fill-color', 'caret-color'])
        if (!['auto', ours.color].includes(value(ours, name))) got.push(`${name}: ${value(ours, name)}`);
    const count = names.filter(name => value(hostile, name) !== value(fresh, name)).length;
    probe.remove(); handed.remove();
    return [got, count];";

#[tokio::test]
async fn a_hostile_page_changes_nothing() -> Outcome {
    const JS: &str = "document.addEventListener('keydown', event => { if (/[0-9]/.test(event.key)) event.preventDefault(); });";
    let css = format!(
        "* {{ all: unset; }} html {{ font-size: 40px; }} body {{ font: italic 9px serif; {INHERITED} }}
        p, button, .item, .app {{ display: none; }}"
    );
    let server = dist()?;
    server.add("/hostile.css", Page::file("hostile.css", css));
    server.add("/hostile.js", Page::file("hostile.js", JS));
    let body = r#"<link rel="stylesheet" href="/hostile.css"><script src="/hostile.js"></script>
        <equipoise-assessment theme="dark"></equipoise-assessment>"#;
    server.add("/host.html", page(body, "/element.js"));
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
    let (got_in, handed_down): (Vec<String>, usize) = inside.eval(GOT_IN).await?;
    assert_eq!(got_in, Vec::<String>::new());
    assert!(handed_down >= 20, "the page is hostile: {handed_down}");

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
    // Lines of ours run from side to side, also where those of the page run down.
    let set = async |name: &str, value: &str| {
        let body = format!(
            "const page = document.body.style; page[{name:?}] = {value:?};
            const h1 = document.querySelector('equipoise-assessment').shadowRoot.querySelector('h1');
            const found = getComputedStyle(h1)[{name:?}]; page[{name:?}] = ''; return found;"
        );
        browser.eval::<String>(&body).await
    };
    assert_eq!(set("writingMode", "vertical-rl").await?, "horizontal-tb");
    // A page that hides the element, or keeps the pointer from it, hides all of it.
    assert_eq!(set("visibility", "hidden").await?, "hidden");
    assert_eq!(set("pointerEvents", "none").await?, "none");
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
