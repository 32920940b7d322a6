//! What `docs/recipes.md` and the README tell people to copy, tried as it stands there: below `/equipoise/`, under the
//! policy that the recipe for the server sends.

use browser_tests::native;
use browser_tests::{Assessment, Browser, Options, Outcome, Page, Server, dist_at, dist_file};

const RECIPES: &str = include_str!("../../../../docs/recipes.md");
const README: &str = include_str!("../../../../README.md");

/// The blocks of code of one language in a part of a text.
fn blocks<'a>(text: &'a str, heading: &str, language: &str) -> Vec<&'a str> {
    let (_, part) = text.split_once(heading).unwrap_or_else(|| panic!("{heading} is there"));
    let part = part.split("\n## ").next().unwrap_or_default();
    let fence = format!("```{language}\n");
    part.split(fence.as_str()).skip(1).map(|after| after.split("```").next().unwrap_or_default()).collect()
}

/// The policies that the recipe for nginx sends, in order.
fn policies() -> Vec<&'static str> {
    let block = blocks(RECIPES, "\n## nginx\n", "nginx")[0];
    let header = "add_header Content-Security-Policy \"";
    block.split(header).skip(1).map(|after| after.split('"').next().unwrap_or_default()).collect()
}

/// A site with the build below `/equipoise/` and a page with this in it, under the recipe's own policy.
fn site(body: &str) -> browser_tests::Result<Server> {
    let server = dist_at("/equipoise/")?;
    let page = format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Host</title><link rel=icon href=data:,></head><body>{body}</body></html>"
    );
    server.add("/host.html", Page::html(page).policy(format!("{}; frame-src 'self'", policies()[0])));
    Ok(server)
}

/// Someone goes through the shortest form.
async fn works(assessment: &Assessment<'_>) -> Outcome {
    let given = native::example("taster random");
    assert_eq!(assessment.go_through("taster", &given).await?, native::figures("taster", &given, "en"));
    Ok(())
}

#[tokio::test]
async fn snippets_for_a_page_work_as_they_stand() -> Outcome {
    let own = blocks(RECIPES, "\n## A page of your own\n", "html");
    let readme = blocks(README, "\n## Put it on a page\n", "html");
    assert_eq!((own.len(), readme.len()), (2, 2));
    for snippet in own.into_iter().chain(readme) {
        // The hash in a text may be of another compiler; the command that makes it looks after that.
        let built = dist_file("element.js")?.body;
        let snippet = renewed(snippet, &built);
        let server = site(&snippet)?;
        let browser = Browser::open(Options::default()).await?;
        let assessment = Assessment::open_page(&browser, &server.address("/host.html")).await?;
        works(&assessment).await?;
        assert_eq!(browser.console().await?, Vec::<String>::new(), "{snippet}");
    }
    Ok(())
}

/// A snippet with the name and hash of this build, where it has those of another: it must differ in nothing else.
fn renewed(snippet: &str, element: &[u8]) -> String {
    if !snippet.contains("integrity") {
        return snippet.to_owned();
    }
    let fresh = xtask::ship::snippet(element);
    let plain = |text: &str| blank(&blank(text, "/element."), "integrity=\"");
    assert_eq!(plain(snippet), plain(&fresh));
    fresh
}

/// A text without what stands between a start and the next quotation mark.
fn blank(text: &str, start: &str) -> String {
    let (before, after) = text.split_once(start).unwrap_or_else(|| panic!("{start} is in {text}"));
    [before, start, after.split_once('"').map_or("", |(_, after)| after)].concat()
}

#[tokio::test]
async fn a_script_that_was_changed_does_not_run() -> Outcome {
    let built = dist_file("element.js")?.body;
    let snippet = renewed(blocks(RECIPES, "\n## A page of your own\n", "html")[0], &built);
    let server = site(&snippet)?;
    let mut changed = built.clone();
    changed.extend(b"\ndocument.title = 'changed';");
    server.add(
        &format!("/equipoise/{}", xtask::shipped::name("element.js", &built)),
        Page::file("element.js", changed),
    );
    let browser = Browser::open(Options::default()).await?;
    browser.goto(&server.address("/host.html")).await?;
    let (title, defined): (String, bool) =
        browser.eval("return [document.title, !!customElements.get('equipoise-assessment')];").await?;
    assert_eq!((title.as_str(), defined), ("Host", false));
    Ok(())
}

#[tokio::test]
async fn the_frame_grows_with_what_is_in_it() -> Outcome {
    let snippet = blocks(RECIPES, "\n## A frame\n", "html")[0];
    let server = site(snippet)?;
    let browser = Browser::open(Options::default()).await?;
    browser.goto(&server.address("/host.html")).await?;
    let grown = "const { style, clientHeight } = document.querySelector('iframe');
        return parseFloat(style.height) > 0 && clientHeight !== 700;";
    browser.wait_until("the frame to be as high as its content", grown).await?;
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn the_policies_are_those_under_which_everything_is_tested() -> Outcome {
    let [all, framed, single] = policies()[..] else { panic!("three places: {:?}", policies()) };
    assert_eq!(all, format!("{}; frame-ancestors 'self'", browser_tests::STRICT));
    assert_eq!(framed, format!("{all} https://intranet.example.org"));
    let server = dist_at("/equipoise/")?;
    server.add("/equipoise/equipoise.html", dist_file("equipoise.html")?.policy(single));
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open_page(&browser, &server.address("/equipoise/equipoise.html")).await?;
    works(&assessment).await
}

#[tokio::test]
async fn the_package_is_imported_by_its_name() -> Outcome {
    // As npm installs it, and as a page without a bundler finds it.
    let server = dist_at("/node_modules/equipoise/")?;
    let package = std::fs::read_to_string(xtask::paths::target().join("package/package.json"))?;
    let package: serde_json::Value = serde_json::from_str(&package).expect("it is JSON");
    let entry = package["exports"]["."]["default"].as_str().expect("it has an entry").trim_start_matches('.');
    for path in [&package["main"], &package["exports"]["./element.js"]["default"]] {
        assert_eq!(path.as_str().map(|path| path.trim_start_matches('.')), Some(entry));
    }
    let page = format!(
        "<!doctype html><html lang=en><title>Host</title><link rel=icon href=data:,>
        <script type=importmap>{{ \"imports\": {{ \"equipoise\": \"/node_modules/equipoise{entry}\" }} }}</script>
        <script type=module>import \"equipoise\";</script><equipoise-assessment lang=en></equipoise-assessment></html>"
    );
    server.add("/host.html", Page::html(page).policy(""));
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open_page(&browser, &server.address("/host.html")).await?;
    works(&assessment).await
}

#[tokio::test]
async fn without_what_https_brings_it_works_to_the_end() -> Outcome {
    // Browsers count this machine as secure, so what they would keep back is taken away.
    let plain = "for (const name of ['clipboard', 'serviceWorker', 'mediaDevices', 'storage', 'locks'])
            Object.defineProperty(Navigator.prototype, name, { configurable: true, get: () => undefined });
        Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined });
        delete Crypto.prototype.randomUUID;
        Object.defineProperty(window, 'isSecureContext', { get: () => false });";
    let server = site(blocks(RECIPES, "\n## A page of your own\n", "html")[1])?;
    let browser = Browser::open(Options::default().before_scripts(plain).downloads()?).await?;
    let assessment = Assessment::open_page(&browser, &server.address("/host.html")).await?;
    works(&assessment).await?;
    for (action, name) in [("result-file", "equipoise-result-*.json"), ("page", "equipoise-report-*.html")] {
        assessment.inside().click(&format!("[data-action={action}]")).await?;
        browser.downloaded(name).await?;
    }
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}
