//! The element in pages of others: two of them, moved, taken out and put back, without WebAssembly, without scripts, misspelt.

use browser_tests::native::{self, Given};
use browser_tests::{
    Assessment, Browser, ELEMENT, Options, Outcome, Page, STRICT, Server, dist, host_page, shipped,
};
use serde_json::{Value, json};

/// Keeps what elements say, also before anyone listens.
const WATCH: &str = "window.said = [];
    for (const name of ['ready', 'error'])
        addEventListener(`equipoise-${name}`, event => window.said.push([name, event.target.id, event.detail]), true);";

fn page(body: &str) -> Page {
    host_page(ELEMENT, body)
}

fn server_with(body: &str) -> browser_tests::Result<Server> {
    let server = dist()?;
    server.add("/host.html", page(body));
    Ok(server)
}

async fn open(server: &Server, options: Options) -> browser_tests::Result<Browser> {
    let browser = Browser::open(options.before_scripts(WATCH)).await?;
    browser.goto(&server.address("/host.html")).await?;
    Ok(browser)
}

#[tokio::test]
async fn two_elements_with_two_keys_keep_apart() -> Outcome {
    let server = server_with(
        "<equipoise-assessment id=\"one\" storage-key=\"one\"></equipoise-assessment>
        <equipoise-assessment id=\"two\" storage-key=\"two\" lang=\"nl\" form=\"taster\"></equipoise-assessment>",
    )?;
    let browser = open(&server, Options::default()).await?;
    let one = Assessment::at(&browser, "#one").await?;
    let two = Assessment::at(&browser, "#two").await?;
    one.choose("quick").await?;
    two.choose("taster").await?;
    for (assessment, value) in [(&one, "1"), (&two, "5")] {
        let first = assessment.items().await?[0].clone();
        assessment.answer(&first, value).await?;
    }
    assert_eq!((one.chosen().await?.len(), two.chosen().await?.len()), (1, 1));
    assert_eq!((one.language().await?, two.language().await?), ("en".to_owned(), "nl".to_owned()));
    let keys: Vec<String> = browser.eval("return Object.keys(localStorage).sort();").await?;
    assert_eq!(keys, ["one", "two"]);
    let wasm = server.seen().iter().filter(|seen| seen.path.starts_with("/equipoise_bg.")).count();
    assert_eq!(wasm, 1, "the module is loaded once");

    one.reload().await?;
    two.ready().await?;
    one.resume().await?;
    two.resume().await?;
    assert_eq!(one.chosen().await?.into_values().collect::<Vec<_>>(), ["1"]);
    assert_eq!(two.chosen().await?.into_values().collect::<Vec<_>>(), ["5"]);
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_moved_element_stays_as_it_is() -> Outcome {
    let server = server_with("<div id=\"there\"></div><equipoise-assessment></equipoise-assessment>")?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assessment.choose("taster").await?;
    assessment.next().await?;
    let items = assessment.items().await?;
    assessment.answer(&items[0], "4").await?;
    let place = assessment.place().await?;
    browser
        .eval::<()>(
            "document.querySelector('#there').append(document.querySelector('equipoise-assessment'));
            await new Promise(done => setTimeout(done, 50));",
        )
        .await?;
    assert_eq!(assessment.place().await?, place);
    assert_eq!(assessment.chosen().await?, Given::from([(items[0].clone(), "4".to_owned())]));
    assessment.answer(&items[1], "2").await?;
    assessment.next().await?;
    assert_eq!(
        browser.eval::<Value>("return window.said;").await?,
        json!([["ready", "", {}]]),
        "started once"
    );
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn taken_out_and_put_back_it_goes_on() -> Outcome {
    let server = server_with("<equipoise-assessment><p>Shown meanwhile</p></equipoise-assessment>")?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assessment.choose("taster").await?;
    let items = assessment.items().await?;
    assessment.answer(&items[0], "4").await?;

    browser
        .eval::<()>(
            "window.kept = document.querySelector('equipoise-assessment'); kept.remove();
            await new Promise(done => setTimeout(done, 50));",
        )
        .await?;
    assert!(browser.eval::<bool>("return !kept.shadowRoot.querySelector('.app');").await?, "it is torn down");
    // What another tab writes meanwhile reaches nobody, and breaks nothing.
    browser
        .eval::<()>("dispatchEvent(new StorageEvent('storage', { key: 'equipoise', newValue: localStorage.equipoise }));")
        .await?;
    browser.eval::<()>("document.body.append(kept);").await?;
    assessment.ready().await?;
    assessment.resume().await?;
    assert_eq!(assessment.chosen().await?, Given::from([(items[0].clone(), "4".to_owned())]));

    // In and out faster than it can start.
    browser
        .eval::<()>(
            "for (let turn = 0; turn < 5; turn++) {
                kept.remove();
                await new Promise(done => setTimeout(done, turn));
                document.body.append(kept);
                await new Promise(done => setTimeout(done, turn));
            }",
        )
        .await?;
    assessment.ready().await?;
    assert_eq!(assessment.inside().count(".app").await?, 1);
    assessment.resume().await?;
    assert_eq!(assessment.chosen().await?.len(), 1);
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

/// Waits for the message that it can't open, and sees that nothing of the page is lost.
async fn says_that_it_cannot_open(browser: &Browser, language: &str, why: &str) -> Outcome {
    let inside = browser.widget();
    let message = inside.text("[role=alert] p").await?;
    assert_eq!(message, native::text(language, &format!("failed.{why}")));
    assert_eq!(
        inside.count("[role=alert] p").await?,
        1,
        "nothing was answered, so nothing is said to be kept"
    );
    assert_eq!(inside.count("[data-action=again]").await?, usize::from(why == "load"), "{why}");
    let spoken: String = inside.eval("return root.querySelector('[role=alert]').lang;").await?;
    assert_eq!(spoken, language);
    assert!(browser.page().find("#fallback").await?.is_shown().await?, "what stood inside stays");
    let said: Value = browser.eval("return window.said;").await?;
    assert_eq!(said.as_array().map(Vec::len), Some(1), "{said}");
    assert_eq!(said[0][0], "error");
    assert_eq!(said[0][2]["code"], why);
    assert!(said[0][2]["message"].as_str().is_some_and(|message| !message.is_empty()), "{said}");
    assert_eq!(
        browser.axe_without(&["landmark-one-main", "page-has-heading-one", "region"]).await?,
        Vec::<String>::new()
    );
    Ok(())
}

const WITH_FALLBACK: &str =
    "<equipoise-assessment><p id=\"fallback\">Ask Anna for the paper form.</p></equipoise-assessment>";

#[tokio::test]
async fn without_its_module_it_says_so() -> Outcome {
    let server = server_with(WITH_FALLBACK)?;
    server.add(
        &format!("/{}", shipped("equipoise_bg.wasm")?),
        Page::file("equipoise_bg.wasm", "not WebAssembly"),
    );
    says_that_it_cannot_open(&open(&server, Options::default()).await?, "en", "load").await
}

#[tokio::test]
async fn without_the_network_it_says_so() -> Outcome {
    let server = server_with(WITH_FALLBACK)?;
    let browser = Browser::open(Options::default().language("nl").before_scripts(WATCH)).await?;
    browser.block("*equipoise_bg.*").await?;
    browser.goto(&server.address("/host.html")).await?;
    says_that_it_cannot_open(&browser, "nl", "load").await?;

    // Once it can be reached, it opens when that is asked for.
    browser.block("nothing").await?;
    browser.widget().click("[data-action=again]").await?;
    Assessment::at(&browser, "equipoise-assessment").await?;
    Ok(())
}

#[tokio::test]
async fn under_a_policy_without_webassembly_it_says_so() -> Outcome {
    let server = dist()?;
    let policy = STRICT.replace(" 'wasm-unsafe-eval'", "");
    assert_ne!(policy, STRICT);
    server.add("/host.html", page(WITH_FALLBACK).policy(policy));
    let browser = open(&server, Options::default()).await?;
    says_that_it_cannot_open(&browser, "en", "blocked").await
}

#[tokio::test]
async fn without_texts_of_one_language_the_other_works() -> Outcome {
    let server = server_with("<equipoise-assessment></equipoise-assessment>")?;
    let browser = Browser::open(Options::default().before_scripts(WATCH)).await?;
    browser.block("*/texts/nl.*").await?;
    browser.goto(&server.address("/host.html")).await?;
    browser.wait_until("the element to be ready", "return window.said.length > 0;").await?;
    let widget = browser.widget();
    assert_eq!(widget.count("[data-language=nl]:disabled").await?, 1, "it can't be chosen");
    widget.click("[data-form=taster]").await?;
    widget.find("fieldset").await?;
    let console = browser.console().await?;
    assert!(console.iter().any(|line| line.contains("no texts for nl")), "{console:?}");
    Ok(())
}

#[tokio::test]
async fn without_scripts_the_page_says_what_it_is() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().without_scripts()).await?;
    browser.goto(&server.address("/")).await?;
    let said = browser.shown_text().await?;
    for words in [
        "Turn JavaScript on",
        "Zet JavaScript aan",
        "Everything stays on your own device",
        "twaalf paradoxen",
    ] {
        assert!(said.contains(words), "{words:?} in {said:?}");
    }
    browser.screenshot("no-script").await?;
    Ok(())
}

#[tokio::test]
async fn a_misspelt_attribute_is_named_and_passed_over() -> Outcome {
    let server = server_with(
        "<equipoise-assessment lang=\"xx\" form=\"fulll\" storage=\"cloud\" theme=\"purple\" \
        preset=\"glossy\" mode=\"asess\" loading=\"later\"></equipoise-assessment>",
    )?;
    let browser = open(&server, Options::default().language("nl")).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assert_eq!(assessment.language().await?, "nl", "the browser's language");
    assert_eq!(assessment.inside().count("[data-form]").await?, 3, "every form");
    assert_eq!(assessment.notices().await?, Vec::<String>::new());
    assessment.choose("taster").await?;
    let item = assessment.items().await?[0].clone();
    assessment.answer(&item, "4").await?;
    assert_eq!(browser.eval::<u32>("return localStorage.length + sessionStorage.length;").await?, 0);
    let console = browser.console().await?;
    assert!(console.iter().all(|line| line.starts_with("WARNING")), "{console:?}");
    for value in ["xx", "fulll", "cloud", "purple", "glossy", "asess", "later"] {
        let named = console.iter().filter(|line| line.contains(value)).count();
        assert_eq!(named, 1, "{value:?} is named once: {console:?}");
    }
    Ok(())
}

#[tokio::test]
async fn storage_may_be_the_tabs_or_none_at_all() -> Outcome {
    for (storage, kept) in [("session", (0, 1)), ("none", (0, 0)), ("local", (1, 0))] {
        let server =
            server_with(&format!("<equipoise-assessment storage=\"{storage}\"></equipoise-assessment>"))?;
        let browser = open(&server, Options::default()).await?;
        let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
        let key = if storage == "none" { "ui.start.privacy.memory" } else { "ui.start.privacy.kept" };
        assert_eq!(assessment.inside().text(".promise p").await?, native::text("en", key));
        assessment.choose("taster").await?;
        let item = assessment.items().await?[0].clone();
        assessment.answer(&item, "4").await?;
        let found: (u32, u32) = browser.eval("return [localStorage.length, sessionStorage.length];").await?;
        assert_eq!(found, kept, "{storage}");
        assert_eq!(assessment.notices().await?, Vec::<String>::new(), "{storage} was asked for");
    }
    Ok(())
}

#[tokio::test]
async fn two_that_keep_answers_under_one_name_are_named_once() -> Outcome {
    let plain = |id: &str| format!("<equipoise-assessment id=\"{id}\"></equipoise-assessment>");
    let other = |id: &str, attributes: &str| {
        format!("<equipoise-assessment id=\"{id}\" {attributes}></equipoise-assessment>")
    };
    let apart = [
        plain("one"),
        other("tab", "storage=\"session\""),
        other("none", "storage=\"none\""),
        other("kiosk", "mode=\"kiosk\""),
        other("group", "mode=\"group\""),
    ];
    let same = [plain("one"), plain("two"), plain("three")];
    for (body, ids, expected) in [
        (apart.concat(), &["#one", "#tab", "#none", "#kiosk", "#group"][..], 0),
        (same.concat(), &["#one", "#two", "#three"][..], 1),
    ] {
        let server = server_with(&body)?;
        let browser = open(&server, Options::default()).await?;
        for id in ids {
            browser.widget_at(id).find(".app").await?;
        }
        let console = browser.console().await?;
        let named = console.iter().filter(|line| line.contains("another storage-key")).count();
        assert_eq!(named, expected, "{console:?}");
    }
    Ok(())
}

#[tokio::test]
async fn attributes_may_change_while_it_runs() -> Outcome {
    let server = server_with("<equipoise-assessment></equipoise-assessment>")?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    let set = async |name: &str, value: &str| {
        let script =
            "document.querySelector('equipoise-assessment').setAttribute(arguments[0], arguments[1]);";
        browser.eval_with::<()>(script, vec![json!(name), json!(value)]).await
    };
    set("form", "quick").await?;
    assessment.inside().gone("[data-form=full]").await?;
    set("lang", "nl").await?;
    assessment.inside().find(".app[lang=nl]").await?;
    let paper = "return getComputedStyle(root.querySelector('.equipoise')).backgroundColor;";
    let light: String = assessment.inside().eval(paper).await?;
    set("theme", "dark").await?;
    assert_ne!(assessment.inside().eval::<String>(paper).await?, light);
    set("theme", "auto").await?;
    assert_eq!(assessment.inside().eval::<String>(paper).await?, light);
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}
