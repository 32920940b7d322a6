//! What a host may set: any accent stays readable in any preset, parts can be styled, and the page's direction, keys and styles stay
//! outside.

use browser_tests::native::{self, Stored};
use browser_tests::{Assessment, Browser, ELEMENT, Options, Outcome, Page, Scheme, Server, dist, host_page};
use serde_json::json;

fn server_with(body: &str, css: &str) -> browser_tests::Result<Server> {
    let server = dist()?;
    server.add("/host.css", Page::file("host.css", css));
    let head = ["<link rel=\"stylesheet\" href=\"/host.css\">", ELEMENT].concat();
    server.add("/host.html", host_page(&head, body));
    Ok(server)
}

const PLAIN: &str = "<equipoise-assessment lang=\"en\"></equipoise-assessment>";

/// The least contrasts over accents: of text in the accent on every ground, of text on the accent, and on the accent
/// under the pointer; then of all other text on every ground. A colour is read from a canvas, as it is painted.
const CONTRASTS: &str = "const element = document.querySelector('equipoise-assessment');
    const root = element.shadowRoot.querySelector('.equipoise');
    const probe = root.appendChild(document.createElement('i'));
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const luminance = value => {
        probe.style.color = value;
        context.fillStyle = '#000';
        context.fillStyle = getComputedStyle(probe).color;
        context.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map(byte => byte / 255)
            .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one, other) => {
        const [a, b] = [luminance(one), luminance(other)].sort((a, b) => b - a);
        return (a + 0.05) / (b + 0.05);
    };
    const accent = 'var(--accent)', hover = 'color-mix(in oklab, var(--accent) 88%, var(--ink))';
    const grounds = ['var(--paper)', 'var(--card)', 'var(--wash)'];
    const pairs = [...grounds.map(ground => [accent, ground]), ['var(--on-accent)', accent], ['var(--on-accent)', hover],
        ...['var(--ink)', 'var(--soft)'].flatMap(text => grounds.map(ground => [text, ground]))];
    const worst = pairs.map(() => [99, '']);
    for (const asked of arguments[0]) {
        element.style.setProperty('--equipoise-accent', asked);
        pairs.forEach((pair, index) => {
            if (index > 4 && asked !== arguments[0][0]) return;
            const found = contrast(...pair);
            if (found < worst[index][0]) worst[index] = [found, asked];
        });
    }
    element.style.removeProperty('--equipoise-accent');
    probe.remove();
    return worst;";

/// Random colours, and those at the corners: the same every time.
fn accents() -> Vec<String> {
    let mut dice = native::Dice::new(20_261_125);
    let mut byte = || dice.roll(256);
    let mut accents: Vec<String> =
        (0..200).map(|_| format!("rgb({} {} {})", byte(), byte(), byte())).collect();
    for corner in 0..8 {
        let level = |bit: u32| if corner >> bit & 1 == 1 { 255 } else { 0 };
        accents.push(format!("rgb({} {} {})", level(0), level(1), level(2)));
    }
    let others = [
        "transparent",
        "rgb(120 120 120 / 0.3)",
        "hsl(60 100% 50%)",
        "oklch(0.7 0.3 150)",
        "color(display-p3 0 1 0)",
    ];
    accents.extend(others.map(str::to_owned));
    accents
}

#[tokio::test]
async fn any_accent_is_readable_in_any_preset_and_so_is_what_is_written_on_it() -> Outcome {
    let server = server_with(PLAIN, "")?;
    let mut accents = accents();
    // Each preset's own as well.
    accents.push("initial".to_owned());
    for scheme in [Scheme::Light, Scheme::Dark] {
        let browser = Browser::open(Options::default().scheme(scheme)).await?;
        Assessment::open_page(&browser, &server.address("/host.html")).await?;
        for (preset, least) in [("paper", 4.5), ("plain", 4.5), ("contrast", 7.0)] {
            choose_preset(&browser, preset).await?;
            let worst: Vec<(f64, String)> = browser.eval_with(CONTRASTS, vec![json!(accents)]).await?;
            assert_eq!(worst.len(), 11);
            assert!(worst.iter().all(|(found, _)| *found >= least), "{preset}, {scheme:?}: {worst:?}");
            browser.screenshot(&format!("preset-{preset}-{scheme:?}").to_lowercase()).await?;
        }
        assert_eq!(browser.console().await?, Vec::<String>::new());
    }
    Ok(())
}

async fn choose_preset(browser: &Browser, preset: &str) -> Outcome {
    let set = "document.querySelector('equipoise-assessment').preset = arguments[0]; return null;";
    browser.eval_with::<()>(set, vec![json!(preset)]).await?;
    Ok(())
}

/// How the paper is painted, what is on it, and in which letters.
const LOOK: &str = "const element = document.querySelector('equipoise-assessment');
    const style = getComputedStyle(element.shadowRoot.querySelector('.equipoise'));
    const heading = getComputedStyle(element.shadowRoot.querySelector('h1'));
    return [element.preset, style.backgroundColor, style.color, heading.fontFamily.split(',')[0]];";

#[tokio::test]
async fn a_preset_is_an_attribute_and_a_property_and_what_the_page_sets_wins() -> Outcome {
    let server =
        server_with("<equipoise-assessment lang=\"en\" theme=\"light\"></equipoise-assessment>", "")?;
    let browser = Browser::open(Options::default()).await?;
    Assessment::open_page(&browser, &server.address("/host.html")).await?;
    let look = async || browser.eval::<[String; 4]>(LOOK).await;
    let paper = ["paper", "rgb(250, 247, 241)", "rgb(29, 36, 48)", "Charter"];
    assert_eq!(look().await?, paper, "it is the one that holds without any");
    choose_preset(&browser, "plain").await?;
    let attribute = "return document.querySelector('equipoise-assessment').getAttribute('preset');";
    assert_eq!(browser.eval::<String>(attribute).await?, "plain");
    assert_eq!(look().await?, ["plain", "rgb(255, 255, 255)", "rgb(28, 33, 38)", "system-ui"]);
    choose_preset(&browser, "contrast").await?;
    assert_eq!(look().await?, ["contrast", "rgb(255, 255, 255)", "rgb(0, 0, 0)", "system-ui"]);
    let dark = "document.querySelector('equipoise-assessment').theme = 'dark'; return null;";
    browser.eval::<()>(dark).await?;
    assert_eq!(look().await?, ["contrast", "rgb(0, 0, 0)", "rgb(255, 255, 255)", "system-ui"]);
    // Also when the page sets it for everything in it.
    let set = "document.documentElement.style.setProperty('--equipoise-paper', 'rgb(1, 2, 3)'); return null;";
    browser.eval::<()>(set).await?;
    assert_eq!(look().await?[1], "rgb(1, 2, 3)");
    browser.eval::<()>("document.documentElement.removeAttribute('style'); return null;").await?;
    assert_eq!(browser.console().await?, Vec::<String>::new());

    choose_preset(&browser, "glossy").await?;
    browser
        .eval::<()>("document.querySelector('equipoise-assessment').theme = 'light'; return null;")
        .await?;
    assert_eq!(look().await?[1..], paper[1..]);
    let console = browser.console().await?;
    assert!(console.len() == 1 && console[0].contains("preset=\"glossy\""), "it is named: {console:?}");
    Ok(())
}

#[tokio::test]
async fn an_accent_that_is_readable_stays_as_it_is() -> Outcome {
    let server = server_with(PLAIN, "equipoise-assessment { --equipoise-accent: #0b4f6c; }")?;
    let browser = Browser::open(Options::default()).await?;
    let given = native::example("taster random");
    Assessment::store(&browser, &server, &Stored::review("taster", &given).text()).await?;
    let assessment = Assessment::open_page(&browser, &server.address("/host.html")).await?;
    let painted: Vec<u8> = assessment
        .inside()
        .eval(
            "const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
            context.fillStyle = getComputedStyle(root.querySelector('.primary')).backgroundColor;
            context.fillRect(0, 0, 1, 1);
            return [...context.getImageData(0, 0, 1, 1).data];",
        )
        .await?;
    let close = painted.iter().zip([0x0b, 0x4f, 0x6c, 0xff]).all(|(one, other)| one.abs_diff(other) <= 1);
    assert!(close, "{painted:?}");
    browser.screenshot("accent").await?;
    Ok(())
}

#[tokio::test]
async fn parts_can_be_styled_and_are_there_under_their_names() -> Outcome {
    let css = "equipoise-assessment::part(primary) { border-radius: 0; } equipoise-assessment::part(heading) { font-weight: 400; }
        equipoise-assessment::part(form-card) { border-top-width: 11px; } equipoise-assessment::part(item) { padding-left: 33px; }";
    let server = server_with(PLAIN, css)?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open_page(&browser, &server.address("/host.html")).await?;
    let style = async |css: &str, name: &str| {
        let body = format!("return getComputedStyle(root.querySelector({css:?}))[{name:?}];");
        assessment.inside().eval::<String>(&body).await
    };
    assert_eq!(style("h1", "fontWeight").await?, "400");
    assert_eq!(style(".form-card", "borderTopWidth").await?, "11px");
    assessment.choose("taster").await?;
    assert_eq!(style(".primary", "borderTopLeftRadius").await?, "0px");
    assert_eq!(style("fieldset", "paddingLeft").await?, "33px");
    let parts = "return [...new Set([...root.querySelectorAll('[part]')].map(it => it.getAttribute('part')))].sort();";
    let parts: Vec<String> = assessment.inside().eval(parts).await?;
    let expected =
        ["bar", "foot", "heading", "item", "language", "option", "plain", "primary", "root", "secondary"];
    assert_eq!(parts, expected);
    Ok(())
}

#[tokio::test]
async fn in_a_page_from_right_to_left_it_reads_as_its_language_does() -> Outcome {
    let body = "<div dir=\"rtl\"><equipoise-assessment lang=\"en\"></equipoise-assessment></div>";
    let server = server_with(body, "")?;
    let browser = Browser::open(Options::default().size(320, 800)).await?;
    let assessment = Assessment::open_page(&browser, &server.address("/host.html")).await?;
    assessment.choose("full").await?;
    let direction: String =
        assessment.inside().eval("return getComputedStyle(root.querySelector('legend')).direction;").await?;
    assert_eq!(direction, "ltr");
    assert_eq!(assessment.sticking_out().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn what_is_typed_in_a_field_sets_off_no_shortcut_of_the_page() -> Outcome {
    let server = server_with(PLAIN, "")?;
    let watch = "window.keys = []; addEventListener('keydown', event => keys.push(event.key));";
    let browser = Browser::open(Options::default().before_scripts(watch)).await?;
    let given = native::example("taster random");
    Assessment::store(&browser, &server, &Stored::result("taster", &given).text()).await?;
    let assessment = Assessment::open_page(&browser, &server.address("/host.html")).await?;
    assessment.resume().await?;
    assessment.inside().find("textarea").await?;
    browser.eval::<()>("window.keys.length = 0;").await?;
    assessment.inside().eval::<()>("root.querySelector('textarea').focus();").await?;
    browser.type_text("gs/ 1").await?;
    let written: String = assessment.inside().eval("return root.querySelector('textarea').value;").await?;
    assert_eq!(written, "gs/ 1");
    assert_eq!(browser.eval::<Vec<String>>("return keys;").await?, Vec::<String>::new());
    browser.press(browser_tests::Key::Escape).await?;
    assert_eq!(
        browser.eval::<Vec<String>>("return keys;").await?,
        ["Escape"],
        "keys that leave are everybody's"
    );
    Ok(())
}
