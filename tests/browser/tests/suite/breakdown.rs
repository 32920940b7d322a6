//! When the program of an element breaks down, or there is nothing to start it with: what is said, what is kept, that it
//! can go on, and that other elements never notice.

use browser_tests::{
    Assessment, Browser, ELEMENT, Options, Outcome, Page, Server, dist, dist_without, host_page, native,
};
use serde_json::Value;

const MERGER: &str = include_str!("../../../../examples/merger.json");

const WATCH: &str = "window.said = [];
    for (const name of ['ready', 'error'])
        addEventListener(`equipoise-${name}`, event => window.said.push([name, event.target.id, event.detail.code ?? '']));";

/// From now on the browser refuses to change anything in the first element: a fault in the middle of drawing.
const REFUSE: &str = "const real = Element.prototype.setAttribute;
    window.mend = () => { Element.prototype.setAttribute = real; };
    Element.prototype.setAttribute = function (...given) {
        if (this.getRootNode().host?.id === 'one') throw new Error('refused');
        return real.apply(this, given);
    };";

fn two(attributes: &str) -> browser_tests::Result<Server> {
    let server = dist()?;
    let body = format!(
        "<equipoise-assessment id=\"one\" storage-key=\"one\" lang=\"en\" {attributes}></equipoise-assessment>
        <equipoise-assessment id=\"two\" storage-key=\"two\" lang=\"nl\"></equipoise-assessment>"
    );
    server.add("/host.html", host_page(ELEMENT, &body));
    Ok(server)
}

async fn answer_first(assessment: &Assessment<'_>, value: &str) -> browser_tests::Result<String> {
    assessment.choose("taster").await?;
    let item = assessment.items().await?[0].clone();
    assessment.answer(&item, value).await?;
    Ok(item)
}

#[tokio::test]
async fn a_fault_in_one_is_said_keeps_the_answers_and_leaves_the_other_alone() -> Outcome {
    for storage in ["local", "none"] {
        let server = two(&format!("storage=\"{storage}\""))?;
        let options = Options::default().before_scripts(WATCH).downloads()?;
        let browser = Browser::open(options).await?;
        browser.goto(&server.address("/host.html")).await?;
        let (one, two) = (Assessment::at(&browser, "#one").await?, Assessment::at(&browser, "#two").await?);
        let item = answer_first(&one, "4").await?;
        answer_first(&two, "2").await?;

        browser.eval::<()>(REFUSE).await?;
        one.inside().click("[data-action=next]").await?;
        let message = one.inside().find("[role=alert][data-why=stopped]").await?.text().await?;
        for key in ["stopped", "kept", "again", "save"] {
            let text = native::text("en", &format!("failed.{key}"));
            assert!(message.contains(&text), "{text:?} in {message:?}");
        }
        let said: Vec<(String, String, String)> = browser.eval("return said;").await?;
        let errors: Vec<_> = said.into_iter().filter(|(name, ..)| name == "error").collect();
        assert_eq!(errors, [("error".to_owned(), "one".to_owned(), "stopped".to_owned())]);
        assert_eq!(
            browser.axe_without(&["landmark-one-main", "page-has-heading-one", "region"]).await?,
            Vec::<String>::new()
        );
        assert!(browser.focus_is("[role=alert]").await?, "on {}", browser.focused().await?);
        if storage == "local" {
            browser.eval::<()>("scrollTo(0, 0);").await?;
            browser.screenshot("broken-down").await?;
        }

        // The other one goes on while the fault lasts.
        two.next().await?;
        let other = two.items().await?[0].clone();
        two.answer(&other, "5").await?;

        // What was answered can be taken along.
        one.inside().click("[data-action=save]").await?;
        let file = browser.downloaded("equipoise.json").await?;
        let saved: Value = serde_json::from_slice(&file.bytes).expect("it is JSON");
        assert!(saved.to_string().contains(&item), "{saved}");

        // Once the fault is gone, it goes on where it was.
        browser.eval::<()>("mend();").await?;
        one.inside().click("[data-action=again]").await?;
        one.ready().await?;
        one.resume().await?;
        one.back().await?;
        assert_eq!(one.chosen().await?.get(&item).map(String::as_str), Some("4"), "{storage}");
        assert_eq!(two.chosen().await?.get(&other).map(String::as_str), Some("5"));
    }
    Ok(())
}

#[tokio::test]
async fn on_a_screen_that_strangers_share_nothing_is_handed_on() -> Outcome {
    let server = two("mode=\"kiosk\"")?;
    let browser = Browser::open(Options::default().before_scripts(WATCH)).await?;
    browser.goto(&server.address("/host.html")).await?;
    // Somebody's own answers, kept under the same name on another page of this site.
    browser.eval::<()>("localStorage.setItem('one', '{}'); return null;").await?;
    let one = Assessment::at(&browser, "#one").await?;
    answer_first(&one, "4").await?;
    browser.eval::<()>(REFUSE).await?;
    one.inside().click("[data-action=next]").await?;
    one.inside().find("[role=alert][data-why=stopped]").await?;
    assert_eq!(
        one.inside().count("[data-action=save]").await?,
        0,
        "there is nothing to save for the next person"
    );
    browser.eval::<()>("mend();").await?;
    one.inside().click("[data-action=again]").await?;
    one.ready().await?;
    one.choose("taster").await?;
    assert_eq!(one.inside().count("input:checked").await?, 0);
    Ok(())
}

#[tokio::test]
async fn what_was_answered_of_an_own_questionnaire_is_found_before_there_is_a_program() -> Outcome {
    let server = dist_without("equipoise_bg.wasm")?;
    let body = "<equipoise-assessment id=\"one\" storage-key=\"one\" instrument=\"merger.json\"></equipoise-assessment>";
    server.add("/host.html", host_page(ELEMENT, body));
    server.add("/merger.json", Page::file("merger.json", MERGER));
    let browser = Browser::open(Options::default().before_scripts(WATCH).downloads()?).await?;
    browser.goto(&server.address("/host.html")).await?;
    let inside = browser.widget_at("#one");
    let failed = async |count: usize| {
        let count = format!("return said.filter(([name]) => name === 'error').length === {count};");
        browser.wait_until("a failed start", &count).await
    };
    failed(1).await?;
    assert_eq!(inside.count("[data-why=load]").await?, 1);
    assert_eq!(inside.count("[data-action=save]").await?, 0, "nothing is kept");

    let keep = "localStorage.setItem('one', 'of another questionnaire');
        localStorage.setItem('one/merger-paradoxes', 'what was answered');
        localStorage.setItem('one/merger-paradoxes.history', 'kept results');";
    browser.eval::<()>(keep).await?;
    inside.click("[data-action=again]").await?;
    failed(2).await?;
    inside.click("[data-action=save]").await?;
    assert_eq!(browser.downloaded("equipoise.json").await?.bytes, b"what was answered");

    // Of two questionnaires nobody knows which it is; and of several people's results none is handed on.
    browser.eval::<()>("localStorage.setItem('one/other', 'of yet another one');").await?;
    inside.click("[data-action=again]").await?;
    failed(3).await?;
    assert_eq!(inside.count("[data-action=save]").await?, 0);
    let group = "localStorage.removeItem('one/other'); document.querySelector('#one').mode = 'group';";
    browser.eval::<()>(group).await?;
    inside.click("[data-action=again]").await?;
    failed(4).await?;
    assert_eq!(inside.count("[data-action=save]").await?, 0);
    Ok(())
}

#[tokio::test]
async fn what_was_saved_after_a_breakdown_can_be_opened() -> Outcome {
    let server = two("storage=\"none\"")?;
    let browser = Browser::open(Options::default().before_scripts(WATCH).downloads()?).await?;
    browser.goto(&server.address("/host.html")).await?;
    let one = Assessment::at(&browser, "#one").await?;
    let item = answer_first(&one, "3").await?;
    browser.eval::<()>(REFUSE).await?;
    one.inside().click("[data-action=next]").await?;
    one.inside().click("[data-action=save]").await?;
    let file = browser.downloaded("equipoise.json").await?;
    browser.reload().await?;

    let one = Assessment::at(&browser, "#one").await?;
    one.inside().click("[data-action=open]").await?;
    one.inside().drop_files("[data-drop]", &[file]).await?;
    one.inside().click("[data-action=take-in]").await?;
    one.inside().click("[data-action=aside-back]").await?;
    one.resume().await?;
    one.back().await?;
    assert_eq!(one.chosen().await?.get(&item).map(String::as_str), Some("3"));
    Ok(())
}

#[tokio::test]
async fn an_old_browser_and_a_full_memory_are_told_apart() -> Outcome {
    let old = "delete Document.prototype.adoptedStyleSheets;";
    let full = "WebAssembly.Instance = class { constructor() { throw new RangeError('could not allocate memory'); } };";
    for (script, why, buttons) in [(old, "old", 0), (full, "memory", 1)] {
        let server = two("")?;
        let browser = Browser::open(Options::default().before_scripts(WATCH).before_scripts(script)).await?;
        browser.goto(&server.address("/host.html")).await?;
        let inside = browser.widget_at("#two");
        let message = inside.text(&format!("[data-why={why}] p")).await?;
        assert_eq!(message, native::text("nl", &format!("failed.{why}")));
        assert_eq!(inside.count("button").await?, buttons, "{why}");
    }
    Ok(())
}
