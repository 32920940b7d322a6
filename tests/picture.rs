//! Pictures that leave the page: well formed whatever people wrote, inside their frame, and standing by themselves.

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::i18n::Texts;
use equipoise::instrument::Instrument;
use equipoise::picture::{Background, Chart, Drawn, Frame, Picture, draw};
use equipoise::scoring::{self, Report};
use proptest::prelude::*;
use serde_json::Value;

const CHARTS: [Chart; 3] = [Chart::Radar, Chart::Tilt, Chart::Ring];
const FRAMES: [Frame; 3] = [Frame::Natural, Frame::Wide, Frame::Square];

/// The published examples: name and report.
fn examples(instrument: &Instrument) -> Vec<(String, Report)> {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("data/vectors.json")).expect("a list");
    vectors
        .iter()
        .map(|vector| {
            let mut answers = Answers::new(instrument);
            for (id, value) in vector["answers"].as_object().expect("answers") {
                let item = instrument.find_item(id).expect("an item");
                let answer = match value.as_u64() {
                    Some(number) => Degree::new(number as u8).map(Answer::Degree),
                    None => value.as_str().and_then(|id| instrument.find_phase(id)).map(Answer::Phase),
                };
                answers.set(instrument, item, answer, 1);
            }
            let form = instrument.find_form(vector["form"].as_str().expect("a form")).expect("a form");
            (
                vector["name"].as_str().expect("a name").to_owned(),
                scoring::score(instrument, form, &answers, None),
            )
        })
        .collect()
}

fn drawn(report: &Report, language: &str, label: Option<&str>, chart: Chart, frame: Frame) -> Drawn {
    let (instrument, texts) = (Instrument::built_in(), Texts::built_in(language));
    let picture =
        Picture { instrument: &instrument, texts: &texts, report, label, day: Some("25 november 2026") };
    draw(&picture, chart, frame, Background::White)
}

#[test]
fn every_picture_stands_by_itself() {
    let instrument = Instrument::built_in();
    for (name, report) in examples(&instrument) {
        for language in ["nl", "en"] {
            for (chart, frame) in CHARTS.into_iter().flat_map(|chart| FRAMES.map(|frame| (chart, frame))) {
                let picture = drawn(&report, language, None, chart, frame);
                let document = roxmltree::Document::parse(&picture.svg).expect("well formed");
                let root = document.root_element();
                assert_eq!(root.tag_name().namespace(), Some("http://www.w3.org/2000/svg"));
                let view = format!(
                    "0 0 {} {}",
                    root.attribute("width").expect("a width"),
                    root.attribute("height").expect("a height")
                );
                assert_eq!(root.attribute("viewBox"), Some(view.as_str()));
                let texts = Texts::built_in(language);
                let said = equipoise::summary::sentences(&instrument, &texts, &report).join(" ");
                let described = document
                    .descendants()
                    .find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "desc")));
                assert_eq!(described.and_then(|node| node.text()), Some(said.as_str()), "{name}");
                for node in document.descendants().filter(roxmltree::Node::is_element) {
                    let tag = node.tag_name().name();
                    assert!(["svg", "g", "path", "rect", "text", "title", "desc"].contains(&tag), "{tag}");
                    for attribute in node.attributes() {
                        let refers = attribute.value().contains("url(") || attribute.name().contains("href");
                        assert!(!refers && attribute.name() != "style" && attribute.name() != "class");
                        assert!(!attribute.value().contains("NaN") && !attribute.value().contains("inf"));
                    }
                }
                assert!(!picture.svg.contains('\u{ad}'), "soft hyphens would show");
            }
        }
    }
}

#[test]
fn every_pole_is_named_in_radar_and_tilt_chart() {
    let instrument = Instrument::built_in();
    let examples = examples(&instrument);
    let (_, report) = examples.iter().find(|(name, _)| name == "random complete").expect("it is published");
    for language in ["nl", "en"] {
        let texts = Texts::built_in(language);
        for chart in [Chart::Radar, Chart::Tilt] {
            let picture = drawn(report, language, None, chart, Frame::Natural);
            let words: String = roxmltree::Document::parse(&picture.svg)
                .expect("well formed")
                .descendants()
                .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")))
                .filter_map(|node| node.text().map(|text| format!("{text} ")))
                .collect();
            for paradox in instrument.paradoxes() {
                for pole in ["a", "b"] {
                    let name = texts
                        .get(&format!("instrument.paradoxes.{}.{pole}.name", paradox.id))
                        .replace('\u{ad}', "");
                    assert!(name.split(' ').all(|word| words.contains(word)), "{name} in {words}");
                }
            }
        }
    }
}

#[test]
fn transparent_is_the_same_without_its_background() {
    let instrument = Instrument::built_in();
    let (_, report) = examples(&instrument).remove(0);
    let texts = Texts::built_in("en");
    let picture = Picture { instrument: &instrument, texts: &texts, report: &report, label: None, day: None };
    let white = draw(&picture, Chart::Radar, Frame::Wide, Background::White).svg;
    let clear = draw(&picture, Chart::Radar, Frame::Wide, Background::Transparent).svg;
    assert_eq!(white.replacen("<rect width=\"1600\" height=\"900\" fill=\"#ffffff\"/>", "", 1), clear);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_name_is_text_whatever_is_in_it(label in "\\PC{1,60}|[<>&\"' a-z/=]{1,60}|\\p{Cc}{1,8}x") {
        let instrument = Instrument::built_in();
        let (_, report) = examples(&instrument).remove(0);
        let picture = drawn(&report, "en", Some(&label), Chart::Ring, Frame::Square);
        let document = roxmltree::Document::parse(&picture.svg).expect("well formed");
        let title = document.descendants().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "title")));
        let plain: String = label.chars()
            .map(|character| if matches!(character, '\n' | '\t' | '\r') { ' ' } else { character })
            .filter(|character| !character.is_control() && !matches!(character, '\u{ad}' | '\u{fffe}' | '\u{ffff}'))
            .collect();
        prop_assert_eq!(title.and_then(|node| node.text()).unwrap_or_default(), plain);
        let tags = document.descendants().filter(roxmltree::Node::is_element).all(|node| {
            ["svg", "g", "path", "rect", "text", "title", "desc"].contains(&node.tag_name().name())
        });
        prop_assert!(tags);
    }
}
