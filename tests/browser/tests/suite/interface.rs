//! What a page can ask of the element by properties, methods and attributes, and what it hears.

use browser_tests::native::{self, Stored};
use browser_tests::{Assessment, Browser, ELEMENT, Options, Outcome, Page, Server, dist, host_page};
use serde_json::{Value, json};

const LISTEN: &str = "window.heard = [];
    for (const name of ['ready', 'progress', 'complete', 'share', 'error'])
        addEventListener(`equipoise-${name}`, event => heard.push([name, event.detail]));
    addEventListener('equipoise-resize', event => { window.sized = event.detail; });";

fn server_with(attributes: &str) -> browser_tests::Result<Server> {
    let server = dist()?;
    let body = format!("<equipoise-assessment {attributes}></equipoise-assessment>");
    server.add("/host.html", host_page(ELEMENT, &body));
    Ok(server)
}

async fn open(server: &Server) -> browser_tests::Result<Browser> {
    let browser = Browser::open(Options::default().before_scripts(LISTEN).downloads()?).await?;
    browser.goto(&server.address("/host.html")).await?;
    Ok(browser)
}

/// Runs something with the element at hand.
async fn with<T: serde::de::DeserializeOwned>(browser: &Browser, body: &str) -> browser_tests::Result<T> {
    browser.eval(&format!("const element = document.querySelector('equipoise-assessment'); {body}")).await
}

/// A taster that was answered, as it is stored.
async fn answered(browser: &Browser, server: &Server) -> browser_tests::Result<native::Given> {
    let given = native::example("taster random");
    Assessment::store(browser, server, &Stored::result("taster", &given).text()).await?;
    Ok(given)
}

#[tokio::test]
async fn attributes_are_properties() -> Outcome {
    let server = server_with("form=\"quick\"")?;
    let browser = open(&server).await?;
    Assessment::at(&browser, "equipoise-assessment").await?;
    let read = "return ['form', 'instrument', 'loading', 'mode', 'result', 'storage', 'storageKey', 'theme', 'shareAnswers'].map(name => element[name]);";
    let expected = json!(["quick", "", "eager", "assess", "", "local", "equipoise", "auto", false]);
    assert_eq!(with::<Value>(&browser, read).await?, expected);
    with::<()>(&browser, "element.theme = 'dark'; element.shareAnswers = true; element.form = null;").await?;
    let names: Vec<String> = with(&browser, "return element.getAttributeNames().sort();").await?;
    assert_eq!(names, ["share-answers", "theme"]);
    Ok(())
}

#[tokio::test]
async fn what_was_set_before_the_element_was_defined_counts() -> Outcome {
    let server = dist()?;
    server.add(
        "/early.js",
        Page::file("early.js", "document.querySelector('equipoise-assessment').form = 'taster';"),
    );
    let body = "<equipoise-assessment></equipoise-assessment><script src=\"/early.js\"></script>";
    server.add("/host.html", host_page("", &[body, ELEMENT].concat()));
    let browser = open(&server).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assert_eq!(assessment.inside().count("[data-form]").await?, 1);
    assert_eq!(with::<String>(&browser, "return element.getAttribute('form');").await?, "taster");
    Ok(())
}

#[tokio::test]
async fn a_page_gets_the_result_only_when_it_asked_and_the_person_could_read_so() -> Outcome {
    for shares in [false, true] {
        let server = server_with(if shares { "share-answers lang=\"en\"" } else { "lang=\"en\"" })?;
        let browser = open(&server).await?;
        let given = answered(&browser, &server).await?;
        browser.goto(&server.address("/host.html")).await?;
        let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
        let promise = if shares { "ui.start.privacy.shared" } else { "ui.start.privacy.kept" };
        assert_eq!(assessment.inside().text(".promise p").await?, native::text("en", promise));
        assessment.resume().await?;
        let result: Value = with(&browser, "return await element.getResult();").await?;
        if shares {
            assert_eq!(result["format"], "equipoise-result");
            assert_eq!(result["answers"].as_object().map(serde_json::Map::len), Some(given.len()));
        } else {
            assert_eq!(result, Value::Null);
        }
        assessment.back().await?;
        assert_eq!(assessment.inside().count(".shared").await?, usize::from(shares));
        assessment.result().await?;
        assert_eq!(assessment.inside().count(".shared").await?, usize::from(shares));
        browser.wait_until("complete", "return heard.some(([name]) => name === 'complete');").await?;
        let detail: Value =
            browser.eval("return heard.findLast(([name]) => name === 'complete')[1];").await?;
        if shares {
            let result = &detail["result"];
            assert_eq!(result["form"], "taster");
            assert!(result.get("notes").is_none() && result["label"].is_null(), "{result}");
        } else {
            assert_eq!(detail, json!({}));
            // A page that asks later is told of at once.
            with::<()>(&browser, "element.shareAnswers = true;").await?;
            assessment.inside().find(".shared[role=status]").await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn there_is_a_result_once_it_was_opened_and_what_is_shown_is_one() -> Outcome {
    let ask = "return await element.getResult();";
    let given = native::example("taster random");
    let file: Value = serde_json::from_str(&native::result_file("taster", &given)).expect("it is JSON");
    let server = server_with("share-answers lang=\"en\"")?;
    let browser = open(&server).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assert_eq!(with::<Value>(&browser, ask).await?, Value::Null);
    assessment.choose("taster").await?;
    assert_eq!(with::<Value>(&browser, ask).await?, Value::Null, "a form is no result");
    assessment.answer_to_review(&given).await?;
    assert_eq!(with::<Value>(&browser, ask).await?, Value::Null, "nobody has seen it yet");
    assessment.result().await?;
    assert_eq!(with::<Value>(&browser, ask).await?["answers"], file["answers"]);
    assessment.back().await?;
    assert_eq!(with::<Value>(&browser, ask).await?["form"], "taster", "also while someone looks back");
    with::<()>(&browser, "await element.reset();").await?;
    assessment.inside().find("[data-screen=start]").await?;
    assert_eq!(with::<Value>(&browser, ask).await?, Value::Null);

    // One that shows a result has that one.
    let code = native::code("taster", &given);
    let server = server_with(&format!("mode=\"result\" result=\"{code}\" share-answers lang=\"en\""))?;
    let browser = open(&server).await?;
    Assessment::at(&browser, "equipoise-assessment").await?.inside().find("[data-screen=kept]").await?;
    let shown: Value = with(&browser, ask).await?;
    assert_eq!((&shown["form"], &shown["answers"]), (&file["form"], &file["answers"]));
    Ok(())
}

#[tokio::test]
async fn an_attribute_that_only_a_shared_screen_reads_starts_nothing_anew() -> Outcome {
    let server = server_with("storage=\"none\" lang=\"en\"")?;
    let browser = open(&server).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    browser.wait_until("ready", "return heard.some(([name]) => name === 'ready');").await?;
    assessment.choose("taster").await?;
    let item = assessment.items().await?[0].clone();
    assessment.answer(&item, "4").await?;
    let body = "element.idle = '30'; await new Promise(done => setTimeout(done, 50));
        return !!element.shadowRoot.querySelector('.app[data-screen=page]');";
    assert!(with::<bool>(&browser, body).await?, "the page of questions is still there");
    assert_eq!(assessment.chosen().await?.get(&item).map(String::as_str), Some("4"));
    let starts: usize = browser.eval("return heard.filter(([name]) => name === 'ready').length;").await?;
    assert_eq!(starts, 1);
    Ok(())
}

#[tokio::test]
async fn methods_load_reset_and_speak() -> Outcome {
    let server = server_with("lang=\"en\"")?;
    let browser = open(&server).await?;
    let given = answered(&browser, &server).await?;
    browser.goto(&server.address("/host.html")).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    with::<()>(&browser, "await element.setLanguage('nl');").await?;
    assessment.inside().find(".app[lang=nl]").await?;

    // A result that is loaded is told first, and changes nothing.
    let file = native::result_file("taster", &given);
    with::<()>(&browser, &format!("await element.load({file});")).await?;
    assessment.inside().find("[data-screen=open] [data-action=view-found]").await?;
    assessment.inside().click("[data-action=leave]").await?;

    with::<()>(&browser, "await element.load('nonsense');").await?;
    browser
        .wait_until(
            "the error",
            "return heard.some(([name, detail]) => name === 'error' && detail.code === 'result');",
        )
        .await?;
    assessment.inside().find(".refused[role=alert]").await?;
    assessment.inside().click("[data-action=leave]").await?;

    with::<()>(&browser, "await element.reset();").await?;
    assessment.inside().gone("[data-action=resume]").await?;
    let answers: Value = assessment.stored().await?["answers"].clone();
    let cleared = answers.as_object().is_some_and(|all| all.values().all(|pair| pair[0] == json!(false)));
    assert!(cleared, "{answers}");
    Ok(())
}

#[tokio::test]
async fn the_mode_result_shows_one_and_asks_nothing() -> Outcome {
    let given = native::example("taster random");
    let code = native::code("taster", &given);
    let server = server_with(&format!("mode=\"result\" result=\"{code}\" lang=\"en\""))?;
    let browser = open(&server).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assessment.inside().find("[data-screen=kept]").await?;
    assert_eq!(assessment.figures().await?, native::figures("taster", &given, "en"));
    let inside = assessment.inside();
    for way in ["[data-action=home]", "[data-action=aside-back]", ".foot", "[data-action=keep]"] {
        assert_eq!(inside.count(way).await?, 0, "{way}");
    }
    assert_eq!(browser.eval::<u32>("return localStorage.length;").await?, 0, "it is the page's");
    assert_eq!(browser.axe_without(&["landmark-one-main", "region"]).await?, Vec::<String>::new());

    // Without a code it shows what was answered here, or offers to open something.
    let server = server_with("mode=\"result\" lang=\"en\"")?;
    let browser = open(&server).await?;
    Assessment::at(&browser, "equipoise-assessment").await?.inside().find("[data-screen=open]").await?;
    let given = answered(&browser, &server).await?;
    browser.goto(&server.address("/host.html")).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assessment.inside().find("[data-screen=result]").await?;
    assert_eq!(assessment.figures().await?, native::figures("taster", &given, "en"));
    Ok(())
}

#[tokio::test]
async fn when_storage_changes_the_answers_come_along_and_to_another_key_they_do_not() -> Outcome {
    for (before, after) in [("none", "local"), ("local", "none"), ("session", "local")] {
        let server = server_with(&format!("storage=\"{before}\" lang=\"en\""))?;
        let browser = open(&server).await?;
        let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
        assessment.choose("taster").await?;
        let item = assessment.items().await?[0].clone();
        assessment.answer(&item, "4").await?;
        let starts = async |count: usize| {
            let ready = format!("return heard.filter(([name]) => name === 'ready').length === {count};");
            browser.wait_until("a new start", &ready).await
        };
        with::<()>(&browser, &format!("element.storage = '{after}';")).await?;
        starts(2).await?;
        assessment.resume().await?;
        assert_eq!(
            assessment.chosen().await?.get(&item).map(String::as_str),
            Some("4"),
            "{before} to {after}"
        );
        with::<()>(&browser, "element.storageKey = 'other';").await?;
        starts(3).await?;
        let resumable = assessment.inside().count("[data-action=resume]").await?;
        assert_eq!(resumable, 0, "{before} to {after}: they are under their own key");
    }
    Ok(())
}

#[tokio::test]
async fn it_tells_how_large_it_is_and_what_is_taken_along() -> Outcome {
    let server = server_with("lang=\"en\"")?;
    let browser = open(&server).await?;
    answered(&browser, &server).await?;
    browser.goto(&server.address("/host.html")).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assessment.resume().await?;
    browser
        .wait_until(
            "its size",
            "const { width, height } = document.querySelector('equipoise-assessment').shadowRoot.firstElementChild.getBoundingClientRect();
            return Math.abs(sized.height - height) < 2 && Math.abs(sized.width - width) < 2;",
        )
        .await?;
    assessment.inside().click("[data-action=csv]").await?;
    browser.wait_until("share", "return heard.some(([name]) => name === 'share');").await?;
    let kinds: Vec<Value> = browser
        .eval("return heard.filter(([name]) => name === 'share').map(([, detail]) => detail);")
        .await?;
    assert_eq!(kinds, [json!({ "kind": "csv" })]);
    Ok(())
}
