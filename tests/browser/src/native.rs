//! What the page has to show, worked out without a browser: the published examples, the core's own scorer and texts,
//! and sessions as the browser would have kept them.

use std::collections::BTreeMap;

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::day::Day;
use equipoise::deepening;
use equipoise::formats::intake;
use equipoise::formats::link::{self, Shared};
use equipoise::formats::record::{Place, Record};
use equipoise::formats::result::{Parts, ResultFile};
use equipoise::i18n::Texts;
use equipoise::instrument::{Instrument, ItemIx, ParadoxIx, PhaseIx, Role};
use equipoise::scoring::{self, ParadoxScore, Report};
use equipoise::summary;
use equipoise::wishes::Wishes;
use equipoise::workbook::Workbook;
use serde_json::Value;

use crate::assessment::Figures;

const VECTORS: &str = include_str!("../../data/vectors.json");

/// The moment of every answer in a [`Stored`] session, in milliseconds since 1970: 2020-09-13T12:26:40Z.
pub const ANSWERED: u64 = 1_600_000_000_000;

/// Answers by item, each as the value of its radio: `1` to `5`, `0` for "don't know", or a phase.
pub type Given = BTreeMap<String, String>;

/// The answers of a published example.
///
/// # Panics
/// When there is no example of that name.
pub fn example(name: &str) -> Given {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).unwrap_or_default();
    let vector = vectors.iter().find(|vector| vector["name"] == name);
    let answers = vector.and_then(|vector| vector["answers"].as_object());
    let Some(answers) = answers else { panic!("there is no example {name:?}") };
    let value = |answer: &Value| match answer {
        Value::Null => "0".to_owned(),
        Value::String(phase) => phase.clone(),
        number => number.to_string(),
    };
    answers.iter().map(|(item, answer)| (item.clone(), value(answer))).collect()
}

/// The built-in instrument.
pub fn instrument() -> Instrument {
    Instrument::built_in()
}

/// The items of a form, in the order in which they are asked.
///
/// # Panics
/// When there is no such form.
pub fn items(form: &str) -> Vec<String> {
    let instrument = instrument();
    let Some(form) = instrument.find_form(form) else { panic!("there is no form {form:?}") };
    instrument.form(form).items.iter().map(|item| instrument.item(*item).id.clone()).collect()
}

/// A text of a pack, to compare with what is shown.
pub fn text(language: &str, key: &str) -> String {
    Texts::built_in(language).get(key).to_owned()
}

/// What is said of something that was handed in, as far as it can't be taken.
pub fn refused(language: &str, bytes: &[u8]) -> Vec<String> {
    let taken = intake::read(&instrument(), bytes, Day::of(ANSWERED));
    let texts = Texts::built_in(language);
    taken.refusals.iter().flat_map(|refusal| refusal.describe(&texts)).collect()
}

/// What the result has to show for these answers, in this language.
///
/// # Panics
/// When there is no such form.
pub fn figures(form: &str, given: &Given, language: &str) -> Figures {
    let instrument = instrument();
    let texts = Texts::built_in(language);
    let Some(form) = instrument.find_form(form) else { panic!("there is no form {form:?}") };
    let report = scoring::score(&instrument, form, &answers(&instrument, given, 1), None);
    let id = |paradox: &ParadoxIx| instrument.paradox(*paradox).id.clone();
    let items = &instrument.form(form).items;
    let is_asked = |score: &&ParadoxScore| {
        items.iter().any(|item| match instrument.item(*item).role {
            Role::Pole(paradox, _) => paradox == score.paradox,
            _ => false,
        })
    };
    let scored = report.scored().next().is_some();
    let asked = report.paradoxes.iter().filter(is_asked).filter(|_| scored);
    Figures {
        rows: asked.map(|score| (id(&score.paradox), row(&instrument, &texts, score))).collect(),
        phases: instrument
            .phase_positions()
            .map(|phase| phase_line(&instrument, &texts, &report, phase))
            .collect(),
        talk: report.talk_about.iter().map(id).collect(),
        sentences: summary::sentences(&instrument, &texts, &report).into(),
    }
}

/// The code of these answers, as a link would have it.
///
/// # Panics
/// When there is no such form.
pub fn code(form: &str, given: &Given) -> String {
    let instrument = instrument();
    let Some(form) = instrument.find_form(form) else { panic!("there is no form {form:?}") };
    let answers = answers(&instrument, given, 1);
    let shared = Shared { form, answers, day: Day::read("2026-11-20"), label: None, workbook: None };
    link::encode(&instrument, &shared).expect("answers alone fit")
}

/// The result file of these answers.
///
/// # Panics
/// When there is no such form.
pub fn result_file(form: &str, given: &Given) -> String {
    let instrument = instrument();
    let Some(form) = instrument.find_form(form) else { panic!("there is no form {form:?}") };
    let parts = Parts {
        form,
        answers: answers(&instrument, given, 0),
        language: "en",
        completed: Some("2026-11-20"),
        workbook: Workbook::default(),
        wishes: Wishes::new(&instrument),
        given: deepening::Given::default(),
    };
    ResultFile::new(&instrument, parts).write_pretty(&instrument)
}

fn row(instrument: &Instrument, texts: &Texts, score: &ParadoxScore) -> Vec<String> {
    let both = score.both.as_ref();
    let lean = both.map_or_else(
        || texts.get("ui.table.none").to_owned(),
        |both| {
            let pole = both
                .lean
                .pole()
                .map_or("", |pole| summary::pole_name(instrument, texts, score.paradox, pole));
            texts.fill(&format!("ui.lean.{}", both.lean.word()), &[("pole", pole)])
        },
    );
    let class = both.map_or("", |both| texts.find(&format!("ui.class.{}", both.class.word())).unwrap_or("?"));
    vec![
        whole(score.a),
        whole(score.b),
        whole(both.map(|both| both.both_and)),
        whole(both.map(|both| both.tilt)),
        whole(both.map(|both| both.level)),
        whole(both.map(|both| both.balance)),
        whole(score.tension),
        lean,
        class.to_owned(),
    ]
}

fn phase_line(instrument: &Instrument, texts: &Texts, report: &Report, phase: PhaseIx) -> Vec<String> {
    let score = report.phases.iter().find(|one| one.phase == phase).and_then(|one| one.score);
    let key = if score.is_some() { "ui.ring.score" } else { "ui.ring.score-none" };
    let name = summary::phase_name(instrument, texts, phase);
    let mut line = vec![
        instrument.phase(phase).id.clone(),
        texts.fill(key, &[("phase", name), ("score", &whole(score))]),
    ];
    if report.current.contains(&phase) {
        line.push(texts.get("ui.ring.now").to_owned());
    }
    if report.choice == Some(phase) {
        line.push(texts.get("ui.ring.chosen").to_owned());
    }
    line
}

/// A score as it is printed: whole, a half away from zero, with a proper minus sign, a dash where there is none.
pub fn whole(score: Option<f64>) -> String {
    let Some(score) = score else { return "–".to_owned() };
    let rounded = (score.abs() + 0.5).floor();
    if score < 0.0 && rounded > 0.0 { format!("−{rounded}") } else { format!("{rounded}") }
}

/// A session as the browser keeps it, to open one in the middle of things.
#[derive(Debug, Clone)]
pub struct Stored {
    form: String,
    given: Given,
    place: Place,
    page: usize,
    language: Option<String>,
    beside: Option<Beside>,
}

/// What someone wrote and answered beside the questionnaire.
#[derive(Debug, Clone)]
pub struct Beside {
    /// The name of the alliance, notes and actions.
    pub workbook: Workbook,
    /// How it should be a year from now.
    pub wishes: Wishes,
    /// The answers to the deepening modules.
    pub given: deepening::Given,
}

impl Stored {
    /// Someone on the result of a form.
    pub fn result(form: &str, given: &Given) -> Self {
        Self {
            form: form.to_owned(),
            given: given.clone(),
            place: Place::Result,
            page: 0,
            language: None,
            beside: None,
        }
    }

    /// Someone who looks back before the result.
    pub fn review(form: &str, given: &Given) -> Self {
        Self { place: Place::Review, ..Self::result(form, given) }
    }

    /// Someone on a page of a form; the first is 0.
    pub fn page(form: &str, given: &Given, page: usize) -> Self {
        Self { place: Place::Page, page, ..Self::result(form, given) }
    }

    /// Who chose a language.
    #[must_use]
    pub fn language(mut self, language: &str) -> Self {
        self.language = Some(language.to_owned());
        self
    }

    /// Who wrote and answered this beside the questionnaire.
    #[must_use]
    pub fn beside(mut self, beside: Beside) -> Self {
        self.beside = Some(beside);
        self
    }

    /// The text in storage. Its answers are old: whatever is answered in the browser is newer.
    pub fn text(&self) -> String {
        let instrument = instrument();
        let beside = self.beside.clone().unwrap_or_else(|| Beside {
            workbook: Workbook::default(),
            wishes: Wishes::new(&instrument),
            given: deepening::Given::default(),
        });
        let record = Record {
            language: self.language.clone(),
            form: instrument.find_form(&self.form),
            place: self.place,
            page: self.page,
            carried: Vec::new(),
            active_ms: 600_000,
            answers: answers(&instrument, &self.given, ANSWERED),
            workbook: beside.workbook,
            wishes: beside.wishes,
            given: beside.given,
        };
        record.write(&instrument)
    }
}

/// Answers as the core has them, all given at one moment.
///
/// # Panics
/// When an item or an answer isn't known.
pub fn answers(instrument: &Instrument, given: &Given, at: u64) -> Answers {
    let mut answers = Answers::new(instrument);
    for (id, value) in given {
        let Some(item) = instrument.find_item(id) else { panic!("there is no item {id:?}") };
        let answer = answer(instrument, item, value);
        assert!(answers.set(instrument, item, Some(answer), at), "{value:?} is no answer to {id:?}");
    }
    answers
}

fn answer(instrument: &Instrument, item: ItemIx, value: &str) -> Answer {
    let degree = value.parse().ok().and_then(Degree::new).map(Answer::Degree);
    let phase = instrument.find_phase(value).map(Answer::Phase);
    match (value, degree.or(phase)) {
        ("0", _) => Answer::DontKnow,
        (_, Some(answer)) => answer,
        (_, None) => panic!("{value:?} is no answer to {}", instrument.item(item).id),
    }
}

/// Numbers that look random and are the same on every run.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall the same way for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to one less than `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % sides.max(1) as u64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_printed_as_people_write_them() {
        let printed = [None, Some(0.0), Some(62.5), Some(-37.5), Some(-0.2)].map(whole);
        assert_eq!(printed, ["–", "0", "63", "−38", "0"]);
    }

    #[test]
    fn examples_are_read_with_every_kind_of_answer() {
        let given = example("random complete");
        assert_eq!(given.len(), 77);
        assert_eq!(given["phase.choice"], "founding");
        assert!(Stored::page("full", &given, 3).text().contains("\"page\":3"));
    }
}
