//! Every screen with axe, light and dark, narrow and wide; targets, headings, reflow, large text, forced colours.

use browser_tests::native::{self, Given, Stored};
use browser_tests::{Assessment, Browser, Engine, Options, Outcome, Scheme, Server, dist};

/// Everything that can be pressed or chosen, without what is inside a sentence.
const TARGETS: &str = "button, summary, .option, a, .axis .hit";

/// What is wrong with the screen that is shown, narrow and wide, light and dark. The same sheets give the same colours in
/// every engine, so one of them looks at all four, and the others at two in which each width and each light is met.
async fn faults(browser: &mut Browser, name: &str) -> browser_tests::Result<Vec<String>> {
    let mut all = Vec::new();
    for width in [1400, 320] {
        browser.resize(width, 900).await?;
        for scheme in [Scheme::Light, Scheme::Dark] {
            let is_met = (width == 1400) == (scheme == Scheme::Light);
            if !is_met && browser.engine() != Engine::Chromium {
                continue;
            }
            browser.scheme(scheme).await?;
            browser.next_frame().await?;
            let faults = browser.axe().await?;
            all.extend(faults.into_iter().map(|fault| format!("{name}, {width} px, {scheme:?}: {fault}")));
        }
        let assessment = Assessment::at(browser, "equipoise-assessment").await?;
        let shape = [
            assessment.sticking_out().await?,
            small_targets(&assessment).await?,
            headings(&assessment).await?,
        ];
        all.extend(shape.into_iter().flatten().map(|fault| format!("{name}, {width} px: {fault}")));
    }
    Ok(all)
}

/// What is smaller than a finger needs.
async fn small_targets(assessment: &Assessment<'_>) -> browser_tests::Result<Vec<String>> {
    let body = format!(
        "return [...root.querySelectorAll('{TARGETS}')]
            .filter(it => it.checkVisibility({{ visibilityProperty: true }}))
            .map(it => [it, it.getBoundingClientRect()])
            .filter(([, box]) => box.height < 43.9 || box.width < 43.9)
            .map(([it, box]) => `${{it.cloneNode(false).outerHTML}} ${{it.textContent.slice(0, 30)}} is `
                + `${{box.width.toFixed(1)}} × ${{box.height.toFixed(1)}}`);"
    );
    assessment.inside().eval(&body).await
}

/// Headings that skip a level, and a screen that doesn't begin with the first.
async fn headings(assessment: &Assessment<'_>) -> browser_tests::Result<Vec<String>> {
    let body = "const shown = [...root.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(it => it.checkVisibility());
        const level = it => Number(it.tagName[1]);
        const faults = shown.filter((it, place) => level(it) > (place ? level(shown[place - 1]) + 1 : 1));
        if (shown.filter(it => level(it) === 1).length !== 1) faults.push(root.querySelector('h1') ?? root.firstChild);
        return faults.map(it => `heading out of order: ${it.outerHTML.slice(0, 80)}`);";
    assessment.inside().eval(body).await
}

/// Words that are cut off by the box they stand in.
async fn cut_off(assessment: &Assessment<'_>) -> browser_tests::Result<Vec<String>> {
    let body = "return [...root.querySelectorAll('.app *')]
        .filter(it => it.checkVisibility() && !it.closest('svg, .quiet, .scroll') && it.tagName !== 'PROGRESS')
        .filter(it => ['hidden', 'clip'].includes(getComputedStyle(it).overflowX) || it.matches('button, .option, .tag'))
        .filter(it => it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1)
        .map(it => `${it.cloneNode(false).outerHTML} ${it.textContent.slice(0, 40)}: ${it.scrollWidth} × ${it.scrollHeight} `
            + `in ${it.clientWidth} × ${it.clientHeight}`);";
    assessment.inside().eval(body).await
}

/// Colours that are just changing from light to dark are no colours to judge.
fn calm() -> Options {
    Options::default().reduced_motion()
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

async fn start<'a>(browser: &'a Browser, server: &Server) -> browser_tests::Result<Assessment<'a>> {
    Assessment::open(browser, server).await
}

#[tokio::test]
async fn the_start_is_sound() -> Outcome {
    let server = dist()?;
    let mut browser = Browser::open(calm()).await?;
    start(&browser, &server).await?;
    let mut all = faults(&mut browser, "start").await?;

    let stored = Stored::page("full", &native::example("random, a fifth missing"), 3);
    Assessment::open_with(&browser, &server, &stored).await?;
    all.extend(faults(&mut browser, "start with resume").await?);

    browser.widget().click("[data-action=start-over]").await?;
    browser.widget().find("[data-action=start-over-yes]").await?;
    all.extend(faults(&mut browser, "start over").await?);

    browser.widget().click("details.about summary").await?;
    all.extend(faults(&mut browser, "start with details").await?);

    Assessment::store(&browser, &server, "not ours").await?;
    let assessment = start(&browser, &server).await?;
    assert_eq!(assessment.notices().await?, ["unreadable"]);
    all.extend(faults(&mut browser, "notice").await?);
    none(&all);
    Ok(())
}

#[tokio::test]
async fn the_pages_are_sound() -> Outcome {
    let server = dist()?;
    let mut browser = Browser::open(calm().language("nl")).await?;
    let assessment = start(&browser, &server).await?;
    assessment.choose("full").await?;
    let mut all = faults(&mut browser, "page").await?;

    let given = native::example("random, a fifth missing");
    let last = native::items("full").len();
    for (name, page) in [("page with answers", 0), ("choice page", last)] {
        let stored = Stored::page("full", &given, page);
        let assessment = Assessment::open_with(&browser, &server, &stored).await?;
        assessment.resume().await?;
        all.extend(faults(&mut browser, name).await?);
    }
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assert_eq!(assessment.inside().count("fieldset[data-item=\"phase.choice\"]").await?, 1);
    assessment.review().await?;
    all.extend(faults(&mut browser, "review with open items").await?);
    none(&all);
    Ok(())
}

#[tokio::test]
async fn the_result_is_sound() -> Outcome {
    let server = dist()?;
    let mut browser = Browser::open(calm()).await?;
    let stored = Stored::result("full", &native::example("random complete"));
    Assessment::open_with(&browser, &server, &stored).await?.resume().await?;
    browser.widget().find("svg.radar-chart").await?;
    let mut all = faults(&mut browser, "result").await?;

    browser.widget().click("[data-axis=\"5\"] .axis-number").await?;
    browser.widget().find("[data-action=more]").await?;
    all.extend(faults(&mut browser, "result with an axis").await?);

    browser.widget().eval::<()>("root.querySelectorAll('details').forEach(it => it.open = true);").await?;
    all.extend(faults(&mut browser, "result with all details").await?);
    none(&all);
    Ok(())
}

#[tokio::test]
async fn other_results_are_sound() -> Outcome {
    let server = dist()?;
    let mut browser = Browser::open(calm().language("nl")).await?;
    let mut all = Vec::new();
    let missing = native::example("quick, half missing");
    let results = [("taster", native::example("taster random")), ("quick", missing), ("full", Given::new())];
    for (form, given) in results {
        let mut given = given;
        if given.is_empty() {
            given.insert("trust-control.a1".to_owned(), "3".to_owned());
        }
        let assessment = Assessment::open_with(&browser, &server, &Stored::result(form, &given)).await?;
        assessment.resume().await?;
        all.extend(faults(&mut browser, &format!("{form} result")).await?);
    }
    none(&all);
    Ok(())
}

/// Opens each screen in turn, at the size of the browser.
async fn each_screen(browser: &Browser, server: &Server, percent: u32) -> browser_tests::Result<Vec<String>> {
    let mut all = Vec::new();
    let given = native::example("random, a fifth missing");
    for language in ["nl", "en"] {
        let last = Stored::page("full", &given, native::items("full").len());
        let screens = [
            ("start", Stored::page("full", &given, 0)),
            ("page", Stored::page("full", &given, 0)),
            ("choice", last),
            ("review", Stored::review("full", &given)),
            ("result", Stored::result("full", &given)),
        ];
        for (screen, stored) in screens {
            let assessment = Assessment::open_with(browser, server, &stored.language(language)).await?;
            browser.text_size(percent).await?;
            if screen != "start" {
                assessment.resume().await?;
            }
            assessment
                .inside()
                .eval::<()>("root.querySelectorAll('details').forEach(it => it.open = true);")
                .await?;
            browser.next_frame().await?;
            let name = format!("{screen}, {language}, {percent} %");
            let faults = [assessment.sticking_out().await?, cut_off(&assessment).await?];
            all.extend(faults.into_iter().flatten().map(|fault| format!("{name}: {fault}")));
            let width: u32 = browser.eval("return innerWidth;").await?;
            browser.screenshot_full(&format!("reflow-{screen}-{language}-{width}-{percent}")).await?;
        }
    }
    Ok(all)
}

#[tokio::test]
async fn at_four_hundred_per_cent_nothing_has_to_be_scrolled_sideways() -> Outcome {
    let server = dist()?;
    // 1280 px at 400 % are 320 CSS pixels.
    let browser = Browser::open(Options::default().size(320, 256)).await?;
    none(&each_screen(&browser, &server, 100).await?);
    Ok(())
}

#[tokio::test]
async fn text_may_be_twice_as_large() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().size(640, 800)).await?;
    none(&each_screen(&browser, &server, 200).await?);
    Ok(())
}

#[tokio::test]
async fn the_systems_own_colours_show_everything() -> Outcome {
    let server = dist()?;
    let mut browser = Browser::open(Options::default().size(800, 900).forced_colours()).await?;
    let given = native::example("random complete");
    for scheme in [Scheme::Light, Scheme::Dark] {
        browser.scheme(scheme).await?;
        for (name, stored) in
            [("page", Stored::page("full", &given, 0)), ("result", Stored::result("full", &given))]
        {
            let assessment = Assessment::open_with(&browser, &server, &stored).await?;
            assessment.resume().await?;
            browser.next_frame().await?;
            browser.screenshot_full(&format!("forced-{name}-{scheme:?}").to_lowercase()).await?;
            // What is drawn must differ from what it is drawn on: a fill that fell back to the canvas is not seen.
            let unseen: Vec<String> = assessment
                .inside()
                .eval(
                    "const canvas = getComputedStyle(root.querySelector('.equipoise')).backgroundColor;
                    const seen = { 'svg text': 'fill', '.axis > .mark-a': 'fill', '.axis > .mark-b': 'fill', '.line-a': 'stroke',
                        '.line-b': 'stroke', '.current .ring-fill': 'fill', '.tilt-end': 'stroke', '.bar-a': 'fill' };
                    return Object.entries(seen).flatMap(([css, property]) => [...root.querySelectorAll(css)]
                        .filter(it => getComputedStyle(it)[property] === canvas).map(it => `${css} ${it.outerHTML.slice(0, 80)}`));",
                )
                .await?;
            none(&unseen);
        }
    }
    Ok(())
}

#[tokio::test]
async fn who_wants_less_motion_gets_none() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().reduced_motion()).await?;
    let stored = Stored::result("full", &native::example("random complete"));
    let assessment = Assessment::open_with(&browser, &server, &stored).await?;
    let moving = "return [...root.querySelectorAll('*')].flatMap(it => [it, '::before'].map((_, which) =>
            getComputedStyle(it, which ? '::before' : null)))
        .filter(style => style.transitionDuration.split(',').some(time => parseFloat(time) > 0) || style.animationName !== 'none')
        .length;";
    assert_eq!(assessment.inside().eval::<u32>(moving).await?, 0, "on the start");
    assessment.resume().await?;
    assert_eq!(assessment.inside().eval::<u32>(moving).await?, 0, "on the result");
    browser.screenshot("reduced-motion-result").await?;
    Ok(())
}
