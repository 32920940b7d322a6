//! The element in pages that others made with Yew and with React: theirs and ours do what each is asked, and nothing of
//! the other's.

use browser_tests::{Assessment, Browser, Options, Outcome, Page, Server, dist_with_hosts, host_page};

/// A page with this in its body and these scripts.
fn page(body: &str, scripts: &[&str]) -> Page {
    let script = |address: &&str| format!("<script type=\"module\" src=\"{address}\"></script>");
    let scripts = scripts.iter().map(script).collect::<Vec<_>>().concat();
    host_page(&scripts, body)
}

async fn open(server: &Server) -> browser_tests::Result<Browser> {
    let browser = Browser::open(Options::default()).await?;
    browser.goto(&server.address("/host.html")).await?;
    Ok(browser)
}

async fn output(browser: &Browser, css: &str) -> browser_tests::Result<String> {
    browser.eval(&format!("return document.querySelector({css:?}).textContent;")).await
}

#[tokio::test]
async fn another_program_of_yews_is_not_taken_for_ours() -> Outcome {
    let server = dist_with_hosts()?;
    server.add("/host.html", page("", &["/element.js", "/yew/boot.js"]));
    let browser = open(&server).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assessment.choose("taster").await?;
    let items = assessment.items().await?;
    for item in &items {
        assessment.answer(item, "4").await?;
    }
    assessment.next().await?;
    assessment.back().await?;
    assert_eq!(assessment.chosen().await?.len(), items.len());
    // Each click in ours reached the box around it once, as any click would, and never a button of theirs.
    let counts = output(&browser, "#counts").await?;
    let (own, around) = counts.split_once(' ').expect("two counts");
    assert_eq!(own, "0", "their button counted clicks in ours");
    let clicked = items.len() + 3;
    let around: usize = around.parse().expect("a number");
    // A click on a label is one on its radio too.
    assert!((clicked..=2 * clicked).contains(&around), "{around} for {clicked}");

    browser.page().click("#own").await?;
    browser
        .wait_until("their count", "return document.querySelector('#counts').textContent.startsWith('1 ');")
        .await?;
    assert_eq!(assessment.screen().await?, "page", "drawn anew around it, ours stays as it is");

    // They take it out, and put another in.
    browser.page().click("#toggle").await?;
    browser.page().gone("equipoise-assessment").await?;
    browser.page().click("#toggle").await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assessment.resume().await?;
    assert_eq!(assessment.chosen().await?.len(), items.len());
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_react_page_sets_properties_and_hears_events() -> Outcome {
    let server = dist_with_hosts()?;
    server.add("/host.html", page("<div id=\"react\"></div>", &["/element.js", "/react/host.js"]));
    let browser = open(&server).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    let names: Vec<String> = browser
        .eval("return document.querySelector('equipoise-assessment').getAttributeNames().sort();")
        .await?;
    assert_eq!(names, ["form", "lang", "storage-key"]);
    assert_eq!(assessment.inside().count("[data-form]").await?, 1);
    assessment.choose("taster").await?;
    let item = assessment.items().await?[0].clone();
    assessment.answer(&item, "2").await?;
    browser
        .wait_until("the count", "return document.querySelector('#counts').textContent === '1 of 16';")
        .await?;

    browser.page().click("#speak").await?;
    assessment.inside().find(".app[lang=nl]").await?;
    assert_eq!(assessment.chosen().await?.len(), 1, "another language, and nothing else");

    // Moved in the document, it is where it was.
    browser.page().click("#turn").await?;
    browser
        .wait_until("the other order", "return document.querySelector('p + equipoise-assessment');")
        .await?;
    browser.next_frame().await?;
    assert_eq!(assessment.screen().await?, "page");
    assert_eq!(assessment.chosen().await?.len(), 1);

    browser.page().click("#share").await?;
    assessment.review().await?;
    assessment.inside().find(".shared").await?;
    assessment.result().await?;
    browser
        .wait_until("the result", "return document.querySelector('#result').textContent === 'taster';")
        .await?;
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}
