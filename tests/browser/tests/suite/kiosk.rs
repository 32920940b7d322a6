//! A screen that strangers share: one form, nothing kept, nothing left behind, and a question before anything is erased.

use browser_tests::native::Given;
use browser_tests::{Assessment, Browser, Options, Outcome, SAID, Scheme, Server, dist_with_main};
use equipoise::answers::{Answer, Answers, Degree};
use equipoise::day::Day;
use equipoise::formats::link::{self, Shared};
use equipoise::instrument::Instrument;
use equipoise::qr::draw;
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

/// A clock that a test puts forward.
const CLOCK: &str = "{ const now = Date.now; Date.now = () => now() + Number(document.documentElement?.dataset.later ?? 0); }";

fn server_for(attributes: &str) -> browser_tests::Result<Server> {
    dist_with_main(&format!("<equipoise-assessment mode=\"kiosk\" {attributes}></equipoise-assessment>"))
}

async fn open(server: &Server, options: Options) -> browser_tests::Result<Browser> {
    let browser = Browser::open(options.before_scripts(SAID).before_scripts(CLOCK)).await?;
    browser.goto(&server.address("/host.html")).await?;
    Ok(browser)
}

/// Answers every page that comes, and goes on to the result.
async fn answer_all(assessment: &Assessment<'_>) -> Outcome {
    while assessment.screen().await? != "review" {
        let given: Given = assessment.items().await?.into_iter().map(|item| (item, "4".to_owned())).collect();
        assessment.answer_page(&given).await?;
        assessment.next().await?;
    }
    assessment.inside().click("[data-action=result]").await?;
    assessment.inside().find(".app[data-screen=result] .sentences").await?;
    Ok(())
}

/// The code of what [`answer_all`] answers, on this day.
fn code() -> String {
    let instrument = Instrument::built_in();
    let form = instrument.find_form("taster").expect("a form");
    let mut answers = Answers::new(&instrument);
    for item in &instrument.form(form).items {
        answers.set(&instrument, *item, Degree::new(4).map(Answer::Degree), 1);
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis() as u64;
    let shared = Shared { form, answers, day: Some(Day::of(now)), label: None, workbook: None };
    link::encode(&instrument, &shared).expect("it fits")
}

/// What is read aloud.
async fn said(assessment: &Assessment<'_>) -> browser_tests::Result<String> {
    assessment.inside().eval("return root.querySelector('[role=status].quiet').textContent;").await
}

async fn kept(browser: &Browser) -> browser_tests::Result<usize> {
    browser.eval("return localStorage.length + sessionStorage.length;").await
}

#[tokio::test]
async fn someone_answers_looks_and_makes_room_for_the_next() -> Outcome {
    let server = server_for("lang=\"nl\" storage=\"local\"")?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    let inside = assessment.inside();
    assert_eq!(inside.count("[data-form]").await?, 1, "the shortest form alone");
    server.forget();
    inside.find("[data-form=taster]").await?;
    assert!(inside.text(".promise").await?.contains("gewist zodra je stopt"));
    assert_eq!(inside.count(".foot, .kiosk *, [data-action=home]").await?, 0);
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    inside.click("[data-language=en]").await?;
    assessment.choose("taster").await?;
    answer_all(&assessment).await?;
    inside.find(".further section").await?;
    // Nothing to write, to keep, or to save on a machine that isn't one's own.
    assert_eq!(inside.count("textarea, .take, .extend, .modules, [data-action=print], .foot").await?, 0);
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    assert_eq!(kept(&browser).await?, 0);
    let path: String = inside.eval("return root.querySelector('.qr-dark').getAttribute('d');").await?;
    let link = format!("{}#r={}", server.address("/host.html"), code());
    assert_eq!(path, draw(&link).expect("it fits").path, "a phone reads the result off the screen");
    inside.click("[data-action=kiosk-done]").await?;
    assert_eq!(assessment.screen().await?, "start");
    assert_eq!(assessment.language().await?, "nl", "the next person gets the language of the page");
    browser.wait_for_focus("h1").await?;
    assert_eq!(said(&assessment).await?, "Alles is gewist. De volgende kan beginnen.");
    assert_eq!(inside.count(".resume, .kept").await?, 0, "nothing is left of the one before");
    assessment.choose("taster").await?;
    assert_eq!(inside.count("input:checked").await?, 0);
    let said: Vec<Value> = browser.eval("return said;").await?;
    assert_eq!(said, [json!(["ready", {}]), json!(["complete", {}])]);
    assert_eq!(server.seen(), [], "nothing is asked of a server");
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn whoever_scanned_a_result_looks_at_it_on_their_own_phone() -> Outcome {
    let server = server_for("lang=\"en\" idle=\"5\"")?;
    let browser =
        Browser::open(Options::default().size(360, 700).before_scripts(SAID).before_scripts(CLOCK)).await?;
    browser.goto(&server.address(&format!("/host.html#r={}", code()))).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    let inside = assessment.inside();
    inside.find(".app[data-screen=kept] .sentences").await?;
    inside.find(".take").await?;
    assert_eq!(inside.count(".kiosk").await?, 0, "it is no kiosk there");
    assert!(!browser.address().await?.contains("#r="));
    assert_eq!(kept(&browser).await?, 0);
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    browser.screenshot("kiosk-phone").await?;
    Ok(())
}

#[tokio::test]
async fn stopping_halfway_is_asked_twice() -> Outcome {
    let server = server_for("lang=\"en\" form=\"quick\"")?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    let inside = assessment.inside();
    assessment.choose("quick").await?;
    let item = assessment.items().await?.remove(0);
    assessment.answer(&item, "2").await?;
    inside.click("[data-action=kiosk-stop]").await?;
    inside.find("[data-action=kiosk-stop-yes]").await?;
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    inside.click("[data-action=kiosk-stop-no]").await?;
    inside.gone("[data-action=kiosk-stop-yes]").await?;
    browser.wait_for_focus("[data-action=kiosk-stop]").await?;
    assert_eq!(inside.count("input:checked").await?, 1, "nothing is lost");
    inside.click("[data-action=kiosk-stop]").await?;
    inside.click("[data-action=kiosk-stop-yes]").await?;
    assert_eq!(assessment.screen().await?, "start");
    Ok(())
}

#[tokio::test]
async fn whoever_walked_away_is_asked_first_and_then_forgotten() -> Outcome {
    let server = server_for("lang=\"en\" idle=\"5\"")?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    let inside = assessment.inside();
    assessment.choose("taster").await?;
    let item = assessment.items().await?.remove(0);
    assessment.answer(&item, "2").await?;
    let asks = "return Boolean(document.querySelector('equipoise-assessment').shadowRoot.querySelector('[data-kiosk=asks]'));";
    browser.wait_until("someone is asked", asks).await?;
    let question = inside.text(".kiosk-question [role=alert]").await?;
    assert!(question.contains("In 20 seconds"), "{question}");
    let in_view = "const box = root.querySelector('.kiosk-question').getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight && document.documentElement.scrollHeight > innerHeight + 200;";
    assert!(inside.eval::<bool>(in_view).await?, "it is in view, wherever someone is on a long page");
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    browser.screenshot("kiosk-asks").await?;
    inside.click("[data-action=kiosk-stay]").await?;
    inside.gone("[data-kiosk=asks]").await?;
    assert_eq!(inside.count("input:checked").await?, 1, "nothing is lost");
    // Nobody comes: the page's clock is put forward, as twenty-five seconds of waiting show nothing more.
    browser.eval::<()>("document.documentElement.dataset.later = 25_000; return null;").await?;
    let is_over = "return document.querySelector('equipoise-assessment').shadowRoot.querySelector('.app').dataset.screen === 'start';";
    browser.wait_until("everything is erased", is_over).await?;
    inside.find("[data-form=taster]").await?;
    assert_eq!(said(&assessment).await?, "Everything is erased. The next person can begin.");
    // On the start there is nothing to erase, and nobody is asked.
    browser.eval::<()>("document.documentElement.dataset.later = 90_000; return null;").await?;
    browser.eval::<()>("return new Promise(done => setTimeout(done, 2500));").await?;
    assert_eq!(inside.count("[data-kiosk=asks]").await?, 0);
    Ok(())
}

#[tokio::test]
async fn a_language_left_at_the_start_is_not_the_next_persons() -> Outcome {
    let server = server_for("lang=\"nl\" idle=\"5\"")?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assessment.speak("en").await?;
    browser.eval::<()>("document.documentElement.dataset.later = 25_000; return null;").await?;
    assessment.inside().find(".app[lang=nl]").await?;
    assert_eq!(assessment.screen().await?, "start");
    assert_eq!(
        assessment.inside().count("[data-kiosk=asks]").await?,
        0,
        "nothing is lost, so nobody is asked"
    );

    // What the page wants from now on is for the next person too.
    browser.eval::<()>("document.querySelector('equipoise-assessment').lang = 'en'; return null;").await?;
    assessment.inside().find(".app[lang=en]").await?;
    assessment.speak("nl").await?;
    browser.eval::<()>("document.documentElement.dataset.later = 60_000; return null;").await?;
    assessment.inside().find(".app[lang=en]").await?;

    // It offers one form, whatever the page asks for.
    let set = "const it = document.querySelector('equipoise-assessment');";
    browser.eval::<()>(&format!("{set} it.form = 'quick'; return null;")).await?;
    assessment.inside().find("[data-form=quick]").await?;
    browser.eval::<()>(&format!("{set} it.form = 'qick'; return null;")).await?;
    assessment.inside().find("[data-form=taster]").await?;
    assert_eq!(assessment.inside().count("[data-form]").await?, 1);
    let console = browser.console().await?;
    assert_eq!(console.len(), 1, "{console:?}");
    assert!(console[0].contains("form=\"qick\" is not known here; offering the shortest"), "{console:?}");
    Ok(())
}

#[tokio::test]
async fn an_idle_time_that_makes_no_sense_is_warned_about() -> Outcome {
    let server = server_for("lang=\"en\" idle=\"soon\" form=\"none\"")?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assessment.inside().find("[data-form=taster]").await?;
    let console = browser.console().await?.join("\n");
    assert!(console.contains("is no number of seconds from 5 to 3600; asking after 90"), "{console}");
    assert!(console.contains("is not known here; offering the shortest"), "{console}");
    let idle: String = browser.eval("const it = document.querySelector('equipoise-assessment'); it.idle = '30'; return it.getAttribute('idle');").await?;
    assert_eq!(idle, "30");
    Ok(())
}

#[tokio::test]
async fn nobody_finds_the_answers_of_another_mode() -> Outcome {
    let server = server_for("lang=\"en\" id=\"it\"")?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    browser.eval::<()>("document.querySelector('#it').removeAttribute('mode'); return null;").await?;
    assessment.ready().await?;
    assessment.choose("taster").await?;
    let item = assessment.items().await?.remove(0);
    assessment.answer(&item, "2").await?;
    browser.eval::<()>("document.querySelector('#it').mode = 'kiosk'; return null;").await?;
    assessment.ready().await?;
    assessment.choose("taster").await?;
    assert_eq!(assessment.inside().count("input:checked").await?, 0);
    Ok(())
}

#[tokio::test]
async fn it_fits_at_every_width() -> Outcome {
    let server = server_for("lang=\"nl\"")?;
    for (width, scheme) in [(320, Scheme::Light), (800, Scheme::Dark), (1400, Scheme::Light)] {
        let browser = open(&server, Options::default().size(width, 900).scheme(scheme)).await?;
        let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
        browser.screenshot_full(&format!("kiosk-start-{width}")).await?;
        assessment.choose("taster").await?;
        assessment.inside().click("[data-action=kiosk-stop]").await?;
        browser.screenshot_full(&format!("kiosk-page-{width}")).await?;
        assert_eq!(assessment.sticking_out().await?, Vec::<String>::new(), "{width}");
        assessment.inside().click("[data-action=kiosk-stop-no]").await?;
        answer_all(&assessment).await?;
        assessment.inside().find(".further section").await?;
        assert_eq!(assessment.sticking_out().await?, Vec::<String>::new(), "{width}");
        browser.screenshot_full(&format!("kiosk-result-{width}")).await?;
    }
    Ok(())
}
