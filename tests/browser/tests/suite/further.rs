//! The further part: it comes right after the first screen, a result waits for it, and when it can't be fetched that is
//! said, with a way to try again.

use browser_tests::native::{self, Stored};
use browser_tests::{Assessment, Browser, Options, Outcome, Server, dist, dist_file, dist_without, shipped};

/// Notes each time that everything is there, and when; and what went wrong, also what nobody caught.
const READY: &str = "window.ready = []; window.wrong = [];
    addEventListener('equipoise-ready', () => ready.push(performance.now()), true);
    addEventListener('equipoise-error', ({ detail }) => wrong.push(detail.code), true);
    addEventListener('unhandledrejection', ({ reason }) => wrong.push(`uncaught: ${reason}`));";

/// Tries again, and then asks for the result: what comes of that, in a word.
const AGAIN: &str = "const element = document.querySelector('equipoise-assessment');
    element.shadowRoot.querySelector('[data-action=again]').click();
    await new Promise(done => setTimeout(done));
    return element.getResult().then(() => 'kept', () => 'refused');";

/// Holds every file of the further part back until `release()`.
const HOLD: &str = "const real = window.fetch;
    const held = new Promise(done => { window.release = done; });
    window.fetch = async (...all) => { if (/further/.test(String(all[0]))) await held; return real(...all); };";

const FORM: &str = "taster";

/// Opens a browser that kept a session, and the page in it, without waiting for the further part.
async fn open(server: &Server, options: Options, stored: &Stored) -> browser_tests::Result<Browser> {
    let browser = Browser::open(options.before_scripts(READY)).await?;
    Assessment::store(&browser, server, &stored.text()).await?;
    browser.goto(&server.address("/index.html")).await?;
    Ok(browser)
}

/// Sees that the result is as it should be, that everything is there, and that nothing is asked from then on.
async fn is_whole(browser: &Browser, server: &Server, language: &str) -> Outcome {
    let given = native::example("taster random");
    browser.wait_for_focus(".result h1").await?;
    let assessment = Assessment::at(browser, "equipoise-assessment").await?;
    browser.wait_until("equipoise-ready", "return ready.length;").await?;
    server.forget();
    assert_eq!(assessment.figures().await?, native::figures(FORM, &given, language));
    let other = if language == "nl" { "en" } else { "nl" };
    assessment.speak(other).await?;
    assert_eq!(assessment.figures().await?, native::figures(FORM, &given, other));
    browser.next_frame().await?;
    assert_eq!(server.seen(), [], "nothing is asked after ready");
    assert_eq!(browser.eval::<usize>("return ready.length;").await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_result_that_is_asked_for_early_waits_and_then_appears() -> Outcome {
    let given = native::example("taster random");
    for (at_review, stored) in [(true, Stored::review(FORM, &given)), (false, Stored::result(FORM, &given))] {
        let server = dist()?;
        let browser = open(&server, Options::default().language("nl").before_scripts(HOLD), &stored).await?;
        let inside = browser.widget();
        inside.click("[data-action=resume]").await?;
        if at_review {
            inside.click("[data-action=result]").await?;
        }
        browser.wait_for_focus("[data-wait=coming] h1").await?;
        assert_eq!(inside.text("[role=status].lead").await?, native::text("nl", "ui.wait.coming"));
        assert_eq!(inside.count("[data-action=again]").await?, 0, "there is nothing to do but wait");
        assert_eq!(browser.eval::<usize>("return ready.length;").await?, 0);
        assert_eq!(browser.axe().await?, Vec::<String>::new());
        // There and back again: nothing is lost, and the first screens work.
        inside.click("[data-action=back]").await?;
        inside.click("[data-action=result]").await?;
        inside.find("[data-wait=coming]").await?;

        browser.eval::<()>("release();").await?;
        is_whole(&browser, &server, "nl").await?;
        assert_eq!(browser.console().await?, Vec::<String>::new());
    }
    Ok(())
}

#[tokio::test]
async fn when_it_cannot_be_fetched_that_is_said_and_can_be_tried_again() -> Outcome {
    let given = native::example("taster random");
    for missing in ["equipoise_further.wasm", "texts/further/keys.json", "texts/further/en.json"] {
        let server = dist_without(missing)?;
        let browser = open(&server, Options::default(), &Stored::review(FORM, &given)).await?;
        // The first screens work in both languages all the same.
        let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
        let inside = assessment.inside();
        assessment.resume().await?;
        let kept = assessment.stored().await?;
        assessment.result().await?;
        assert_eq!(
            inside.text("[role=status].lead").await?,
            native::text("en", "ui.wait.failed"),
            "{missing}"
        );
        assessment.speak("nl").await?;
        assert_eq!(inside.text("[role=status].lead").await?, native::text("nl", "ui.wait.failed"));
        assert_eq!(browser.axe().await?, Vec::<String>::new());
        assessment.speak("en").await?;
        // The page is told as well, and what it asked for is refused instead of kept waiting.
        assert_eq!(browser.eval::<Vec<String>>("return wrong;").await?, ["load"], "{missing}");
        let asked = "return document.querySelector('equipoise-assessment').reset().then(() => 'kept', () => 'refused');";
        assert_eq!(browser.eval::<String>(asked).await?, "refused", "{missing}");

        // It may fail again.
        assert_eq!(browser.eval::<String>(AGAIN).await?, "refused", "{missing}");
        inside.find("[data-wait=failed]").await?;
        browser.wait_until("the second failure", "return wrong.length > 1;").await?;
        assert_eq!(browser.eval::<usize>("return ready.length;").await?, 0, "nothing is promised yet");
        assert_eq!(assessment.stored().await?["answers"], kept["answers"], "no answer is lost");

        server.add(&format!("/{}", shipped(missing)?), dist_file(missing)?);
        assert_eq!(browser.eval::<String>(AGAIN).await?, "kept", "{missing}");
        is_whole(&browser, &server, "en").await?;
        assert_eq!(browser.eval::<Vec<String>>("return wrong;").await?, ["load", "load"], "{missing}");
    }
    Ok(())
}

#[tokio::test]
async fn without_further_texts_of_one_language_the_other_has_its_result() -> Outcome {
    let given = native::example("taster random");
    let server = dist_without("texts/further/nl.json")?;
    let browser = open(&server, Options::default(), &Stored::result(FORM, &given)).await?;
    let inside = browser.widget();
    inside.click("[data-action=resume]").await?;
    inside.find(".result .calc").await?;
    assert_eq!(inside.count("[data-language=nl]:disabled").await?, 1, "it can't be chosen");
    assert!(browser.console().await?.iter().any(|line| line.contains("no texts for nl")));
    Ok(())
}

#[tokio::test]
async fn two_elements_share_one_further_part() -> Outcome {
    let server = dist()?;
    let page = "<!doctype html><html lang=en><title>Two</title><link rel=icon href='data:,'>
        <script type=module src=/element.js></script>
        <equipoise-assessment id=one></equipoise-assessment><equipoise-assessment id=two storage-key=two></equipoise-assessment>";
    server.add("/two.html", browser_tests::Page::html(page));
    let browser = Browser::open(Options::default().before_scripts(READY)).await?;
    browser.goto(&server.address("/two.html")).await?;
    browser.wait_until("both to be ready", "return ready.length === 2;").await?;
    let modules = server.seen().iter().filter(|seen| seen.path.starts_with("/equipoise_further.")).count();
    assert_eq!(modules, 1);
    server.forget();
    let given = native::example("taster random");
    for host in ["#one", "#two"] {
        let assessment = Assessment::at(&browser, host).await?;
        assert_eq!(assessment.go_through(FORM, &given).await?, native::figures(FORM, &given, "en"));
    }
    assert_eq!(server.seen(), [], "nothing is asked after ready");
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}
