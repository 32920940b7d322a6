//! The harness itself, on pages from memory: what it says of a page must be true before it is believed of ours.

use browser_tests::{Browser, Key, Options, Outcome, Page, Profile, Rect, Scheme, Server, Site};
use serde_json::{Value, json};

/// A page with a widget of the right name, that needs neither the build nor inline scripts.
const PAGE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stand-in</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"></head><body><main><h1>A page</h1>
<equipoise-assessment></equipoise-assessment></main><script type="module" src="./widget.js"></script></body></html>"#;

const WIDGET: &str = r#"customElements.define('equipoise-assessment', class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = `<h2 tabindex="-1">Inside</h2><button id="one">Count</button> <output>0</output>
      <fieldset><legend>Five</legend><label><input type="radio" name="r" value="1"> One</label>
      <label><input type="radio" name="r" value="2"> Two</label></fieldset>`;
    const output = root.querySelector('output');
    const kept = () => { try { return +localStorage.count || 0; } catch { return -1; } };
    output.value = kept();
    root.querySelector('button').addEventListener('click', () => {
      output.value = kept() + 1;
      localStorage.count = output.value;
    });
  }
});"#;

fn server() -> browser_tests::Result<Server> {
    let site = Site::new().page("/", Page::html(PAGE)).page("/widget.js", Page::file("widget.js", WIDGET));
    Ok(Server::start(site, 0)?)
}

#[tokio::test]
async fn it_finds_clicks_and_types_in_the_shadow_root() -> Outcome {
    let server = server()?;
    let browser = Browser::open(Options::default().size(320, 640)).await?;
    browser.goto(&server.address("/")).await?;
    let widget = browser.widget();

    widget.click("#one").await?;
    widget.with_text("Count").await?.click().await?;
    widget.click_role("button", "Count").await?;
    widget.tap("#one").await?;
    assert_eq!(widget.text("output").await?, "4");
    assert_eq!(widget.names("radio").await?, ["One", "Two"]);

    widget.eval::<()>("root.querySelector('h2').focus();").await?;
    browser.press(Key::Tab).await?;
    browser.wait_for_focus("#one").await?;
    browser.press(Key::Tab).await?;
    browser.type_text(" ").await?;
    assert!(widget.find("input[value='1']").await?.is_chosen().await?, "{}", browser.focused().await?);
    browser.press(Key::Down).await?;
    assert!(widget.find("input[value='2']").await?.is_chosen().await?);

    let viewport: (u32, u32) = browser.eval("return [innerWidth, innerHeight];").await?;
    assert_eq!(viewport, (320, 640));
    let rects: Vec<Rect> = widget.rects("label").await?;
    assert!(rects.len() == 2 && !rects[0].overlaps(&rects[1], 0.0), "{rects:?}");
    let picture = browser.screenshot_full("harness").await?;
    assert!(picture.is_file());
    Ok(())
}

#[tokio::test]
async fn it_sees_requests_errors_and_faults() -> Outcome {
    let server = server()?;
    let browser = Browser::open(Options::default()).await?;
    browser.goto(&server.address("/")).await?;
    browser.widget().find("output").await?;
    let paths: Vec<String> = server.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths, ["/", "/widget.js"]);
    assert_eq!(browser.requests().await?.len(), 2);
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    assert_eq!(browser.axe().await?, Vec::<String>::new());

    browser.forget_logs().await?;
    server.forget();
    browser.eval::<()>("await fetch('./nothing');").await?;
    assert_eq!(browser.requests().await?.len(), 1);
    assert_eq!(server.seen().len(), 1);
    assert_eq!(browser.console_errors().await?.len(), 1, "a 404 is an error");

    // The policy is in force, and what it blocks is seen.
    browser.forget_logs().await?;
    browser.eval::<()>("document.body.setAttribute('style', 'color: red');").await?;
    let errors = browser.console_errors().await?;
    assert!(errors.iter().any(|error| error.contains("Content Security Policy")), "{errors:?}");

    // A fault inside the shadow root is found.
    browser.widget().eval::<()>("root.append(document.createElement('input'));").await?;
    let faults = browser.axe().await?;
    assert!(faults.iter().any(|fault| fault.starts_with("label")), "{faults:?}");
    Ok(())
}

#[tokio::test]
async fn it_plays_other_devices_and_people() -> Outcome {
    let server = server()?;
    let options = Options::default().size(280, 500).scheme(Scheme::Dark).language("nl").reduced_motion();
    let blocked = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } });";
    let mut browser = Browser::open(options.before_scripts(blocked)).await?;
    browser.goto(&server.address("/")).await?;
    assert_eq!(browser.widget().text("output").await?, "-1", "storage throws");
    let seen: Value = browser.eval("const is = query => matchMedia(query).matches;
        return [innerWidth, is('(prefers-color-scheme: dark)'), is('(prefers-reduced-motion: reduce)'), navigator.language,
            new Intl.NumberFormat().format(1.5)];").await?;
    assert_eq!(seen, json!([280, true, true, "nl", "1,5"]));
    browser.scheme(Scheme::Light).await?;
    assert!(browser.eval::<bool>("return matchMedia('(prefers-color-scheme: light)').matches;").await?);
    browser.cpu_throttle(4).await?;
    browser.network_slow_4g().await?;
    browser.reload().await?;
    let waited: f64 =
        browser.eval("return performance.getEntriesByType('navigation')[0].responseEnd;").await?;
    assert!(waited > 140.0, "a slow network takes its time: {waited}");
    Ok(())
}

#[tokio::test]
async fn a_profile_outlives_a_crash() -> Outcome {
    let server = server()?;
    let profile = Profile::new()?;
    let browser = Browser::open(Options::default().profile(&profile)).await?;
    browser.goto(&server.address("/")).await?;
    browser.widget().click("#one").await?;
    browser.crash().await?;

    let browser = Browser::open(Options::default().profile(&profile)).await?;
    browser.goto(&server.address("/")).await?;
    assert_eq!(browser.widget().text("output").await?, "1");
    browser.open_tab().await?;
    browser.goto(&server.address("/")).await?;
    browser.widget().click("#one").await?;
    browser.close_tab().await?;
    browser.reload().await?;
    assert_eq!(browser.widget().text("output").await?, "2");
    browser.close();
    Ok(())
}
