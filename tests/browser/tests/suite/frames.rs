//! The page for frames, in a page of another origin: as high as its content, its options in the address, the focus in view,
//! its events passed on, and at work in a sandbox without storage.

use browser_tests::{
    Assessment, Browser, Options, Outcome, Page, STRICT, Server, Site, dist, dist_file, dist_with_header,
};
use serde_json::{Value, json};

/// What a strict page with a frame allows.
const AROUND: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; \
                      require-trusted-types-for 'script'; trusted-types 'none'; frame-src ";

/// Notes what frames say, and how often a frame was made higher or lower.
const LISTEN: &str = "window.heard = []; window.heights = []; window.raw = [];
    for (const name of ['ready', 'progress', 'complete', 'share', 'error'])
        addEventListener(`equipoise-${name}`, event => heard.push([name, event.target.tagName, event.detail]));
    addEventListener('message', ({ data, origin }) => raw.push([data?.equipoise, origin]));
    new MutationObserver(changes => changes.forEach(({ target }) => heights.push(target.style.height)))
        .observe(document, { subtree: true, attributes: true, attributeFilter: ['style'] });";

/// How a page of others dresses a frame.
const DRESS: &str = "iframe { width: 100%; border: 0; display: block; }";

/// A host on an origin of its own, with a frame that shows the page for frames with this in its address.
fn host(framed: &Server, query: &str, attributes: &str) -> browser_tests::Result<Server> {
    host_dressed(framed, query, attributes, DRESS)
}

/// The same with a style sheet of its own.
fn host_dressed(framed: &Server, query: &str, attributes: &str, css: &str) -> browser_tests::Result<Server> {
    let address = framed.address(&format!("/embed.html{query}"));
    let page = Page::html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Intranet</title><link rel=\"icon\" href=\"data:,\">
        <link rel=\"stylesheet\" href=\"/host.css\"><script type=\"module\" src=\"/frame.js\"></script></head><body>
        <h1>Our alliance</h1><iframe data-equipoise src=\"{address}\" {attributes}></iframe><footer>The end</footer></body></html>"
    ));
    let policy = format!("{AROUND}{}", framed.address("/"));
    let site = Site::new()
        .page("/host.html", page.policy(policy))
        .page("/frame.js", dist_file("frame.js")?)
        .page("/host.css", Page::file("host.css", css));
    Ok(Server::start(site, 0)?)
}

async fn open(host: &Server, options: Options) -> browser_tests::Result<Browser> {
    let browser = Browser::open(options.before_scripts(LISTEN)).await?;
    browser.goto(&host.address("/host.html")).await?;
    Ok(browser)
}

/// Clicks in the frame by a script: a driver that brings an element into view can't scroll the page around a frame of
/// another origin. Then waits for what that leads to.
async fn tap(browser: &Browser, css: &str, next: &str) -> browser_tests::Result<()> {
    let inside = browser.widget();
    inside.find(css).await?;
    inside.eval::<()>(&format!("root.querySelector({css:?}).click();")).await?;
    inside.find(next).await.map(drop)
}

/// Opens the taster.
async fn choose(browser: &Browser) -> browser_tests::Result<()> {
    tap(browser, "[data-form=taster]", "fieldset[data-item]").await
}

/// Answers the first question and goes on to the result.
async fn answer_one(browser: &Browser) -> browser_tests::Result<()> {
    tap(browser, "fieldset [value='5']", "fieldset [value='5']:checked").await?;
    tap(browser, "[data-action=review]", "[data-screen=review]").await?;
    tap(browser, "[data-action=result]", "[data-screen=result] .sentences").await
}

/// Waits until the frame is as high as its content, with no scroll bar in it, and stays so.
async fn fits(browser: &Browser) -> browser_tests::Result<f64> {
    browser.enter_frame("iframe").await?;
    let inner = "return document.documentElement.getBoundingClientRect().height;";
    let mut height: f64 = browser.eval(inner).await?;
    for _ in 0..100 {
        browser.next_frame().await?;
        let now: f64 = browser.eval(inner).await?;
        let outer: f64 = browser.eval("return innerHeight;").await?;
        let bar: bool = browser.eval("return innerWidth > document.documentElement.clientWidth;").await?;
        // Once the frame has grown, what it did without a bar takes a moment to be told.
        if (now - height).abs() < 0.01 && (outer - now).abs() < 1.5 && !bar {
            browser.leave_frames().await?;
            return Ok(now);
        }
        height = now;
    }
    let (outer, scrolls): (f64, String) =
        browser.eval("return [innerHeight, getComputedStyle(document.documentElement).overflowY];").await?;
    panic!("the frame is {outer} px high, its content {height} px, and its overflow {scrolls}");
}

#[tokio::test]
async fn it_is_as_high_as_its_content_and_shows_what_has_the_focus() -> Outcome {
    let framed = dist()?;
    let host = host(&framed, "?lang=nl&form=taster", "title=\"Vragenlijst\"")?;
    for width in [320, 1000] {
        let browser = open(&host, Options::default().size(width, 640)).await?;
        browser
            .wait_until("the frame to be ready", "return heard.some(([name]) => name === 'ready');")
            .await?;
        let start = fits(&browser).await?;
        browser.enter_frame("iframe").await?;
        let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
        assert_eq!(assessment.language().await?, "nl");
        assert_eq!(assessment.inside().count("[data-form]").await?, 1, "the form that was asked for");
        // A click of a person gives the frame the focus; without it WebKit lets no script of another origin take it.
        browser.widget().click("[data-language=nl]").await?;
        choose(&browser).await?;
        browser.leave_frames().await?;
        assert!((fits(&browser).await? - start).abs() > 50.0, "another page has another height");

        // From the foot of a page to the next one: its heading is at the top, and that is shown.
        browser.eval::<()>("scrollTo(0, document.documentElement.scrollHeight);").await?;
        browser.enter_frame("iframe").await?;
        tap(&browser, "[data-action=next]", "[data-screen=page]").await?;
        browser.leave_frames().await?;
        fits(&browser).await?;
        let near = "return Math.abs(scrollY - document.querySelector('iframe').offsetTop) < innerHeight / 2;";
        browser.wait_until("the heading in view", near).await?;

        let calm = "const count = heights.length;
            await new Promise(done => setTimeout(done, 400));
            return heights.length === count;";
        browser.wait_until("the height to be calm", calm).await?;
        let heights: Vec<String> = browser.eval("return heights;").await?;
        assert!(heights.len() < 12, "{heights:?}");
        let origins: Vec<(String, String)> = browser.eval("return raw;").await?;
        let frame = framed.address("/");
        assert!(origins.iter().all(|(_, origin)| frame.starts_with(origin.as_str())), "{origins:?}");
        browser.screenshot(&format!("frame-{width}")).await?;
        assert_eq!(browser.console().await?, Vec::<String>::new());
    }
    Ok(())
}

/// Waits until the frame scrolls what it has no place for, or does without.
async fn scrolls(browser: &Browser, scrolls: bool) -> Outcome {
    browser.enter_frame("iframe").await?;
    let overflow = "getComputedStyle(document.documentElement).overflowY";
    let is = if scrolls { "!==" } else { "===" };
    browser.wait_until("its scroll bar", &format!("return {overflow} {is} 'hidden';")).await?;
    browser.leave_frames().await?;
    Ok(())
}

#[tokio::test]
async fn a_style_sheet_of_the_host_does_not_cut_it_off() -> Outcome {
    let framed = dist()?;
    for css in [
        "iframe { height: auto; }",
        "iframe { height: 500px; }",
        "* { box-sizing: border-box; } iframe { height: 100%; border: 7px solid; }",
        "iframe { border: 7px solid; }",
    ] {
        let host = host_dressed(&framed, "?lang=en&form=taster", "", &[DRESS, css].concat())?;
        let browser = open(&host, Options::default()).await?;
        browser
            .wait_until("the frame to be ready", "return heard.some(([name]) => name === 'ready');")
            .await?;
        fits(&browser).await?;
        scrolls(&browser, false).await?;
    }

    // A host that means it: then the frame scrolls, from the beginning and also later.
    let firm = [DRESS, "iframe { height: 300px !important; }"].concat();
    let host = host_dressed(&framed, "?lang=en&form=taster", "", &firm)?;
    let browser = open(&host, Options::default()).await?;
    browser.wait_until("the height to be told", "return heights.length > 0;").await?;
    scrolls(&browser, true).await?;
    browser.enter_frame("iframe").await?;
    let (inner, content): (f64, f64) =
        browser.eval("return [innerHeight, document.documentElement.scrollHeight];").await?;
    assert!(inner < 301.0 && content > inner, "{inner} of {content}");
    browser.leave_frames().await?;

    let host = self::host(&framed, "?lang=en&form=taster", "")?;
    let browser = open(&host, Options::default()).await?;
    browser.wait_until("the frame to be ready", "return heard.some(([name]) => name === 'ready');").await?;
    fits(&browser).await?;
    browser.eval::<()>("document.querySelector('iframe').style.setProperty('max-height', '200px');").await?;
    scrolls(&browser, true).await?;
    browser.eval::<()>("document.querySelector('iframe').style.removeProperty('max-height');").await?;
    scrolls(&browser, false).await
}

#[tokio::test]
async fn its_events_become_events_of_the_frame_and_answers_never_leave_it() -> Outcome {
    let framed = dist()?;
    let host = host(&framed, "?lang=en&share-answers&form=taster", "")?;
    let browser = open(&host, Options::default()).await?;
    browser.wait_until("the frame to be ready", "return heard.some(([name]) => name === 'ready');").await?;
    framed.forget();
    host.forget();
    assert_eq!(browser.eval::<String>("return document.querySelector('iframe').title;").await?, "Equipoise");
    browser.enter_frame("iframe").await?;
    Assessment::at(&browser, "equipoise-assessment").await?;
    choose(&browser).await?;
    answer_one(&browser).await?;
    browser.leave_frames().await?;
    browser.wait_until("the result", "return heard.some(([name]) => name === 'complete');").await?;
    let heard: Vec<(String, String, Value)> = browser.eval("return heard;").await?;
    let told = |name: &str, detail: Value| (name.to_owned(), "IFRAME".to_owned(), detail);
    let expected = [
        told("ready", json!({})),
        told("progress", json!({ "answered": 1, "asked": 16 })),
        told("complete", json!({})),
    ];
    assert_eq!(heard, expected);
    assert_eq!((framed.seen(), host.seen()), (vec![], vec![]), "nothing is asked after ready");
    Ok(())
}

#[tokio::test]
async fn it_tells_nothing_to_another_host_than_the_one_that_is_named() -> Outcome {
    let framed = dist()?;
    let host = host(&framed, "?host=https://intranet.example", "height=\"300\"")?;
    let browser = open(&host, Options::default()).await?;
    browser.enter_frame("iframe").await?;
    Assessment::at(&browser, "equipoise-assessment").await?;
    choose(&browser).await?;
    browser.leave_frames().await?;
    let told: Vec<(String, String)> = browser.eval("return raw;").await?;
    assert!(told.iter().all(|(name, _)| name == "here"), "{told:?}");
    assert_eq!(browser.eval::<Vec<String>>("return heights;").await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn messages_of_others_are_passed_over() -> Outcome {
    let framed = dist()?;
    let host = host(&framed, "", "height=\"500\" title=\"Questions\"")?;
    // A frame of yet another origin that says it is ours.
    let other = Server::start(
        Site::new()
            .page(
                "/liar.html",
                Page::html("<!doctype html><title>Liar</title><script src=\"/liar.js\"></script>"),
            )
            .page(
                "/liar.js",
                Page::file("liar.js", "parent.postMessage({ equipoise: 'height', detail: 9 }, '*');"),
            ),
        0,
    )?;
    host.add(
        "/host.html",
        Page::html(format!(
            "<!doctype html><html lang=\"en\"><head><title>Host</title><link rel=\"icon\" href=\"data:,\"><script type=\"module\" src=\"/frame.js\"></script></head>
            <body><iframe id=\"ours\" data-equipoise src=\"{}\"></iframe>
            <iframe id=\"liar\" src=\"{}\"></iframe></body></html>",
            framed.address("/embed.html"),
            other.address("/liar.html"),
        ))
        .policy(""),
    );
    let browser = open(&host, Options::default()).await?;
    browser.wait_until("the lie", "return raw.some(([name, origin]) => name === 'height');").await?;
    browser.wait_until("the frame to be ready", "return heard.some(([name]) => name === 'ready');").await?;
    browser
        .wait_until("the frame to fit", "return document.querySelector('#ours').clientHeight > 200;")
        .await?;
    let liar: String = browser.eval("return document.querySelector('#liar').style.height;").await?;
    assert_eq!(liar, "", "the other frame is as it was");
    // What the page around says to it is a greeting or nothing.
    browser
        .eval::<()>("for (const data of [null, 7, 'hello', { equipoise: 'height', detail: 1 }, { equipoise: { a: 1 } }])
            for (const frame of document.querySelectorAll('iframe')) frame.contentWindow.postMessage(data, '*');")
        .await?;
    browser.enter_frame("#ours").await?;
    Assessment::at(&browser, "equipoise-assessment").await?;
    choose(&browser).await?;
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_questionnaire_of_another_origin_is_not_fetched() -> Outcome {
    let framed = dist()?;
    let host = host(&framed, "?instrument=https://elsewhere.example/own.json&share-answers=1", "")?;
    let browser = open(&host, Options::default()).await?;
    browser.enter_frame("iframe").await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assessment.inside().find("[data-form=full]").await?;
    let attributes: Vec<String> =
        browser.eval("return document.querySelector('equipoise-assessment').getAttributeNames();").await?;
    assert_eq!(attributes, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn in_a_sandbox_without_storage_it_works_and_says_what_that_means() -> Outcome {
    // In a sandbox the frame has no origin, so its own files are another's; the server has to allow that.
    // Nor is it `'self'` to WebKit, so the policy has to name the server.
    let framed = dist_with_header("Access-Control-Allow-Origin", "*")?;
    let policy = STRICT.replace("'self'", "'self' http://127.0.0.1:*");
    framed.add("/embed.html", dist_file("embed.html")?.policy(policy));
    let host = host(&framed, "?lang=en&form=taster", "sandbox=\"allow-scripts allow-downloads\"")?;
    let browser = open(&host, Options::default()).await?;
    browser.wait_until("the frame to be ready", "return heard.some(([name]) => name === 'ready');").await?;
    fits(&browser).await?;
    browser.enter_frame("iframe").await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assert_eq!(assessment.notices().await?, ["blocked"]);
    choose(&browser).await?;
    answer_one(&browser).await?;
    browser.leave_frames().await?;
    let origins: Vec<(String, String)> = browser.eval("return raw;").await?;
    assert!(origins.iter().all(|(_, origin)| origin == "null"), "{origins:?}");
    fits(&browser).await?;
    browser.screenshot("frame-sandboxed").await?;
    Ok(())
}

#[tokio::test]
async fn without_a_page_around_it_is_a_page() -> Outcome {
    let framed = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment =
        Assessment::open_page(&browser, &framed.address("/embed.html?form=quick&theme=dark")).await?;
    assessment.inside().find("[data-form=quick]").await?;
    let height: (f64, f64) = browser
        .eval("return [document.documentElement.scrollHeight, document.querySelector('equipoise-assessment').offsetHeight];")
        .await?;
    assert!(height.0 >= height.1);
    assert_eq!(browser.axe_without(&["landmark-one-main", "region"]).await?, Vec::<String>::new());
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}
