//! The harness itself, on pages from memory: what it says of a page must be true before it is believed of ours.

use browser_tests::{
    Ability, Browser, File, Key, Options, Outcome, Page, Paper, Profile, Rect, Scheme, Server, Site,
};
use serde_json::{Value, json};

/// A page with a widget of the right name, that needs neither the build nor inline scripts.
const PAGE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stand-in</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"></head><body><main><h1>A page</h1>
<equipoise-assessment></equipoise-assessment></main><script type="module" src="./widget.js"></script></body></html>"#;

/// The widgets of this file are made of markup, which the strict policy forbids to scripts.
const MARKUP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:";

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
    let page = Page::html(PAGE).policy(MARKUP);
    let site = Site::new().page("/", page).page("/widget.js", Page::file("widget.js", WIDGET));
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
    let asked = browser.requests().await?;
    assert_eq!(asked.len(), 2, "{asked:?}");
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
    let there = browser.what_is_there().await;
    for said in
        [server.address("/").as_str(), "A page", "Inside", "the console ends with", "Content Security Policy"]
    {
        assert!(there.contains(said), "{said} is not in: {there}");
    }

    // A fault inside the shadow root is found.
    browser.widget().eval::<()>("root.append(document.createElement('input'));").await?;
    let faults = browser.axe().await?;
    assert!(faults.iter().any(|fault| fault.starts_with("label")), "{faults:?}");

    // A key that is shown is found, in words and in what is only said.
    browser
        .widget()
        .eval::<()>(
            "root.querySelector('output').textContent = 'ui.start.go';
        root.querySelector('output').title = 'ui.start.hint';",
        )
        .await?;
    let faults = browser.axe().await?;
    for key in ["ui.start.go", "ui.start.hint"] {
        assert!(faults.iter().any(|fault| fault.starts_with(&format!("the key {key} "))), "{faults:?}");
    }
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
    if !browser.lacks(Ability::SlowProcessor).await? {
        browser.cpu_throttle(4).await?;
    }
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

/// Two pages on paper: a heading, and after a break a word in a dark box.
const PAPER_STYLE: &str = "@page { margin: 25.4mm; } body { margin: 0; font: 20px sans-serif; }
    h1, p { margin: 0; } p { break-before: page; width: 2in; height: 1in; background: #333; print-color-adjust: exact; }";

#[tokio::test]
async fn it_prints_and_says_what_is_where() -> Outcome {
    let html = "<!doctype html><title>Paper</title><link rel='icon' href='data:,'><link rel='stylesheet' href='/paper.css'>
        <h1>Top &amp; first</h1><p>second</p>";
    let site =
        Site::new().page("/", Page::html(html)).page("/paper.css", Page::file("paper.css", PAPER_STYLE));
    let server = Server::start(site, 0)?;
    let browser = Browser::open(Options::default().size(320, 640)).await?;
    browser.goto(&server.address("/")).await?;
    if browser.lacks(Ability::Print).await? {
        return Ok(());
    }
    for (paper, height) in [(Paper::A4, 841.9), (Paper::LETTER, 792.0)] {
        let pdf = browser.print(&format!("harness-{}", paper.name), paper).await?;
        assert!(pdf.file().is_file());
        assert_eq!(pdf.sheets().len(), 2);
        assert!((pdf.sheets()[0].height - height).abs() < 1.0, "{}", pdf.sheets()[0].height);
        assert_eq!(pdf.sheets()[0].text(), "Top & first");
        assert_eq!(pdf.text().split_whitespace().collect::<Vec<_>>(), ["Top", "&", "first", "second"]);
        let word = &pdf.sheets()[1].lines[0][0];
        assert_eq!(word.text, "second");
        assert!((word.rect.x - 72.0).abs() < 1.0, "an inch from the edge: {:?}", word.rect);

        let ink = pdf.pictures(72)?[1].ink(100).ok_or_else(|| browser_tests::Trouble::new("no box"))?;
        let expected = Rect { x: 72.0, y: 72.0, width: 144.0, height: 72.0 };
        assert!(expected.contains(&ink, 2.0) && ink.contains(&expected, 2.0), "{ink:?}");
        pdf.keep_pictures(50)?;
        assert!(pdf.file().with_extension("2.png").is_file());
    }
    Ok(())
}

/// A widget that gives files and takes them, in every way there is.
const FILES: &str = r#"customElements.define('equipoise-assessment', class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = `<button id="first">First</button><button id="second">Second</button><button id="copy">Copy</button><button id="draw">Draw</button>
      <input type="file" id="pick" multiple hidden><div id="drop">Drop here</div><div id="other">Not here</div>
      <textarea id="text"></textarea><textarea id="taken"></textarea><output></output>`;
    const get = (id) => root.getElementById(id);
    const output = root.querySelector('output');
    const save = (name, text) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
      link.download = name;
      link.click();
    };
    const show = async (files) => {
      const texts = await Promise.all([...files].map(async (file) => `${file.name}=${await file.text()}`));
      output.value = texts.join(' ');
    };
    get('first').addEventListener('click', () => save('first-1.txt', 'één'));
    get('second').addEventListener('click', () => save('second.txt', 'two'));
    get('copy').addEventListener('click', () => navigator.clipboard.writeText('copied ✓'));
    get('draw').addEventListener('click', async () => {
      const canvas = new OffscreenCanvas(2, 2);
      canvas.getContext('2d').fillRect(0, 0, 2, 2);
      const picture = await canvas.convertToBlob({ type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
      output.value = 'drawn';
    });
    get('pick').addEventListener('change', (event) => show(event.target.files));
    get('drop').addEventListener('dragover', (event) => event.preventDefault());
    get('drop').addEventListener('drop', (event) => { event.preventDefault(); show(event.dataTransfer.files); });
    get('taken').addEventListener('paste', (event) => {
      event.preventDefault();
      output.value = event.clipboardData.getData('text/plain');
    });
  }
});"#;

#[tokio::test]
async fn files_go_in_and_come_out() -> Outcome {
    let page = Page::html(PAGE).policy(MARKUP);
    let site = Site::new().page("/", page).page("/widget.js", Page::file("widget.js", FILES));
    let server = Server::start(site, 0)?;
    let browser = Browser::open(Options::default().downloads()?).await?;
    browser.goto(&server.address("/")).await?;
    let widget = browser.widget();

    // One after the other: two at once are one too many for WebKit.
    widget.click("#second").await?;
    assert_eq!(browser.downloaded("second.txt").await?.text()?, "two");
    widget.click("#first").await?;
    let first = browser.downloaded("first-*.txt").await?;
    assert_eq!((first.name.as_str(), first.text()?.as_str()), ("first-1.txt", "één"));
    widget.click("#first").await?;
    assert_eq!(
        browser.downloaded("first-*").await?,
        first,
        "what was taken is gone, so the name is free again"
    );

    let files = [File::new("a.json", "{}"), File::new("b.csv", "één;2")];
    let said = async |wanted: &str| {
        widget
            .find("output")
            .await?
            .eval::<String>("return element.value;")
            .await
            .map(|said| (said == wanted).then_some(()))
    };
    widget.find("#pick").await?.pick(&files).await?;
    browser.wait("the picked files", async || said("a.json={} b.csv=één;2").await).await?;
    assert!(widget.drop_files("#drop", &files[1..]).await?);
    browser.wait("the dropped file", async || said("b.csv=één;2").await).await?;
    assert!(!widget.drop_files("#other", &files).await?, "nobody takes them there");

    widget.paste("#text", "pasted\nlines").await?;
    assert_eq!(widget.find("#text").await?.eval::<String>("return element.value;").await?, "pasted\nlines");
    widget.paste("#taken", "#r=code").await?;
    browser.wait("the pasted code", async || said("#r=code").await).await?;
    assert_eq!(widget.find("#taken").await?.eval::<String>("return element.value;").await?, "");

    browser.allow_clipboard().await?;
    widget.click("#copy").await?;
    let copied = async || browser.clipboard_text().await.map(|text| (text == "copied ✓").then_some(()));
    browser.wait("the copied text", copied).await?;
    assert_eq!(browser.clipboard("image/png").await?, None);
    widget.click("#draw").await?;
    browser.wait("the drawing", async || said("drawn").await).await?;
    let picture = browser.clipboard("image/png").await?.unwrap_or_default();
    assert!(picture.starts_with(b"\x89PNG"), "{picture:?}");
    Ok(())
}

#[tokio::test]
async fn a_browser_without_a_place_for_downloads_says_so() -> Outcome {
    let browser = Browser::open(Options::default()).await?;
    let trouble = browser.downloaded("*").await.expect_err("there is no folder");
    assert_eq!(trouble.to_string(), "this browser was opened without downloads");
    Ok(())
}
