//! The radar and the ring: every word in its place at every width, every axis in reach, and no drawing of what isn't known.

use browser_tests::native::{self, Stored};
use browser_tests::{Assessment, Browser, Options, Outcome, Page, Rect, Server, dist};
use serde::Deserialize;

/// A page that gives the widget all its width.
const BARE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/bare.css"></head>
<body><equipoise-assessment></equipoise-assessment><script type="module" src="/element.js"></script></body></html>"#;

fn bare() -> browser_tests::Result<Server> {
    let server = dist()?;
    server.add("/bare.html", Page::html(BARE));
    server.add("/bare.css", Page::file("bare.css", "body { margin: 0; }"));
    Ok(server)
}

/// Opens the result of these answers, with nothing beside the widget.
async fn result<'a>(
    browser: &'a Browser,
    server: &Server,
    stored: &Stored,
) -> browser_tests::Result<Assessment<'a>> {
    Assessment::store(browser, server, &stored.text()).await?;
    let assessment = Assessment::open_page(browser, &server.address("/bare.html")).await?;
    assessment.resume().await?;
    assessment.inside().find("svg.radar-chart").await?;
    Ok(assessment)
}

/// A word in a chart, or one letter of a name that follows an arc.
#[derive(Debug, Deserialize)]
struct Word {
    text: String,
    rect: Rect,
    /// Which text element it belongs to.
    element: usize,
}

#[derive(Debug, Deserialize)]
struct Drawing {
    edge: Rect,
    words: Vec<Word>,
}

/// Everything that is written in a chart, with the ink of straight texts and the letters of bent ones.
const READ: &str = "const svg = root.querySelector(CHART);
    const plain = ({ x, y, width, height }) => ({ x, y, width, height });
    const words = [];
    [...svg.querySelectorAll('text')].forEach((text, element) => {
        if (!text.querySelector('textPath')) {
            // A line's box is higher than its letters; what is cut off here is empty.
            const { x, y, width, height } = text.getBoundingClientRect();
            words.push({ element, text: text.textContent, rect: { x, y: y + height * .12, width, height: height * .76 } });
            return;
        }
        const { a, b, c, d, e, f } = text.getScreenCTM();
        for (let letter = 0; letter < text.getNumberOfChars(); letter++) {
            const { x, y, width, height } = text.getExtentOfChar(letter);
            words.push({ element, text: text.textContent, rect: { x: a * x + c * y + e, y: b * x + d * y + f,
                width: width * a, height: height * d } });
        }
    });
    return { edge: plain(svg.getBoundingClientRect()), words };";

/// What is wrong with a chart; empty when everything is in its place.
async fn faults(assessment: &Assessment<'_>, chart: &str) -> browser_tests::Result<Vec<String>> {
    let drawing: Drawing = assessment.inside().eval(&READ.replace("CHART", &format!("'{chart}'"))).await?;
    let mut faults = Vec::new();
    let letters = drawing.words.iter().filter(|word| !word.text.trim().is_empty()).count();
    if letters == 0 {
        faults.push("nothing is written".to_owned());
    }
    for (place, word) in drawing.words.iter().enumerate() {
        if !drawing.edge.contains(&word.rect, 1.0) {
            faults.push(format!("{:?} is cut off: {:?} in {:?}", word.text, word.rect, drawing.edge));
        }
        let others = drawing.words[place + 1..].iter().filter(|other| other.element != word.element);
        for other in others.filter(|other| other.rect.overlaps(&word.rect, 1.0)) {
            faults.push(format!(
                "{:?} is on {:?}: {:?} and {:?}",
                word.text, other.text, word.rect, other.rect
            ));
        }
    }
    Ok(faults)
}

async fn everything_is_in_its_place(form: &str, example: &str, percent: u32) -> Outcome {
    let server = bare()?;
    let browser = Browser::open(Options::default()).await?;
    let given = native::example(example);
    let mut all = Vec::new();
    for language in ["nl", "en"] {
        let stored = Stored::result(form, &given).language(language);
        let assessment = result(&browser, &server, &stored).await?;
        browser.text_size(percent).await?;
        for width in [280, 320, 500, 800, 1400] {
            browser.resize(width, 900).await?;
            browser.next_frame().await?;
            let at = format!("{form}, {language}, {width} px, {percent} %");
            let out = assessment.sticking_out().await?;
            all.extend(out.into_iter().map(|out| format!("{at}: {out}")));
            for chart in ["svg.radar-chart", "svg.ring-chart"] {
                let faults = faults(&assessment, chart).await?;
                all.extend(faults.into_iter().map(|fault| format!("{at}, {chart}: {fault}")));
            }
            browser.screenshot_full(&format!("charts-{form}-{language}-{width}-{percent}")).await?;
        }
        browser.resize(1400, 900).await?;
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
    Ok(())
}

#[tokio::test]
async fn every_word_has_its_place() -> Outcome {
    everything_is_in_its_place("full", "random complete", 100).await
}

#[tokio::test]
async fn every_word_has_its_place_when_text_is_twice_as_large() -> Outcome {
    everything_is_in_its_place("full", "random complete", 200).await
}

#[tokio::test]
async fn the_taster_has_four_axes_and_room_for_them() -> Outcome {
    everything_is_in_its_place("taster", "taster random", 100).await?;
    let server = bare()?;
    let browser = Browser::open(Options::default()).await?;
    let stored = Stored::result("taster", &native::example("taster random"));
    let assessment = result(&browser, &server, &stored).await?;
    assert_eq!(assessment.inside().count("svg.radar-chart [data-axis]").await?, 4);
    assert_eq!(assessment.inside().count("tr[data-row]").await?, 4);
    Ok(())
}

/// The numbers in a text, in order.
fn numbers(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_axis_says_its_values_to_pointer_and_finger() -> Outcome {
    let server = bare()?;
    for (width, finger) in [(1400, false), (320, true)] {
        let browser = Browser::open(Options::default().size(width, 900)).await?;
        let stored = Stored::result("full", &native::example("random complete"));
        let assessment = result(&browser, &server, &stored).await?;
        let inside = assessment.inside();
        assert_eq!(inside.count("svg.radar-chart [role=option]").await?, 12);
        for (index, (paradox, cells)) in assessment.figures().await?.rows.iter().enumerate() {
            let axis = format!("[data-axis=\"{}\"]", index + 1);
            let number = inside.find(&format!("{axis} .axis-number")).await?;
            if finger {
                number.touch().await?;
            } else {
                number.hover().await?;
            }
            inside.find(&format!("{axis}[aria-selected=true]")).await?;
            assert_eq!(inside.count("[aria-selected=true]").await?, 1);
            let said = inside.text(".readout").await?;
            let label = inside.find(&axis).await?.attribute("aria-label").await?.unwrap_or_default();
            assert!(said.starts_with(&label), "{said:?} is not what a screen reader says: {label:?}");
            let expected = [&[(index + 1).to_string()], &cells[..3]].concat();
            assert_eq!(numbers(&label), expected, "{paradox}");
        }
        // What was chosen stays, wherever the pointer passes on its way to the button.
        let number = inside.find("[data-axis=\"12\"] .axis-number").await?;
        if finger {
            number.touch().await?;
        } else {
            number.click().await?;
        }
        inside.find("[data-axis=\"3\"] .axis-number").await?.hover().await?;
        inside.find("[data-axis=\"3\"][aria-selected=true]").await?;
        // A hand arrives before it presses.
        inside.find("[data-action=more]").await?.hover().await?;
        inside.find("[data-axis=\"12\"][aria-selected=true]").await?;
        inside.click("[data-action=more]").await?;
        inside.find("details[data-paradox=\"inward-outward\"][open]").await?;
        browser.wait_for_focus("details[data-paradox=\"inward-outward\"] > summary").await?;
    }
    Ok(())
}

#[tokio::test]
async fn names_below_a_narrow_radar_choose_an_axis() -> Outcome {
    let server = bare()?;
    let browser = Browser::open(Options::default().size(280, 700)).await?;
    let stored = Stored::result("full", &native::example("random complete"));
    let assessment = result(&browser, &server, &stored).await?;
    let inside = assessment.inside();
    assert_eq!(inside.count(".axis-names button").await?, 12);
    inside.click(".axis-names li:nth-child(5) button").await?;
    inside.find("[data-axis=\"5\"][aria-selected=true]").await?;
    assert!(inside.text(".readout").await?.starts_with("5. "));
    Ok(())
}

#[tokio::test]
async fn what_is_not_scored_is_a_gap_and_no_zero() -> Outcome {
    let server = bare()?;
    let browser = Browser::open(Options::default()).await?;
    let mut given = native::example("random complete");
    given.retain(|item, _| !item.starts_with("trust-control.a") && !item.starts_with("phase.evolving"));
    let stored = Stored::result("full", &given).language("nl");
    let assessment = result(&browser, &server, &stored).await?;
    let inside = assessment.inside();

    let axis = "svg.radar-chart [data-axis=\"4\"]";
    assert_eq!(inside.count(&format!("{axis} > .mark-a")).await?, 0, "a gap for trust");
    assert_eq!(inside.count(&format!("{axis} > .mark-b")).await?, 1, "control is known");
    let marks = [inside.count(".axis > .mark-a").await?, inside.count(".axis > .mark-b").await?];
    assert_eq!(marks, [11, 12]);
    let label = inside.find(axis).await?.attribute("aria-label").await?.unwrap_or_default();
    assert_eq!(label, "4. Vertrouwen – Controle: niet in beeld");
    assert_eq!(inside.text("[data-tilt=trust-control] .tilt-said").await?, "niet in beeld");
    assert_eq!(inside.count("[data-tilt=trust-control] .tilt-end").await?, 0);
    assert_eq!(inside.count("svg.ring-chart .ring-fill").await?, 3);
    assert_eq!(inside.texts("svg.ring-chart .ring-value").await?[2], "–");
    assert_eq!(assessment.figures().await?, native::figures("full", &given, "nl"));
    Ok(())
}
