//! An organisation's own questionnaire: an instrument and its texts in one or more languages, in a single file
//! (docs/own-questionnaire.md). [`Questionnaire::read`] takes it or tells everything that is wrong with it; [`lint()`]
//! says what could be better; [`Questionnaire::texts`] dresses it in the interface's own texts, so that every text
//! that a screen asks for is there and none speaks of another subject.
//!
//! Whatever such a file says is text, and never interpreted as anything else.

mod defaults;
mod fault;
mod letters;
mod lint;
mod nearest;
mod texts;

use std::rc::Rc;

use serde_json::Value;

use crate::formats::{intake, twice};
use crate::i18n::{self, LANGUAGES, Texts};
use crate::instrument::{self, Instrument};
use crate::json::{Expected, Node, Problem, Problems};

pub use fault::{Fault, Told};
pub use lint::{Rule, Warning, lint};

/// The most bytes of a questionnaire.
pub const MOST_BYTES: usize = intake::MOST_BYTES;
/// The most names without a meaning that are told of one object, and the most that are named instead.
const MOST_STRANGE: usize = 100;
const MOST_NAMED: usize = 12;

/// The name of the format.
pub const FORMAT: &str = "equipoise-instrument";

/// The fields of the file, besides those that begin with `x-`. `$schema` is for editors.
const FIELDS: [&str; 12] = [
    "$schema",
    "format",
    "format_version",
    "id",
    "version",
    "page_size",
    "phases",
    "choice",
    "paradoxes",
    "thresholds",
    "forms",
    "deepening",
];

/// A questionnaire that can be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Questionnaire {
    /// What is asked.
    pub instrument: Rc<Instrument>,
    /// In which words, a language each, in the order of the file; at least one.
    pub languages: Vec<Language>,
}

/// The texts of a questionnaire in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Language {
    /// Its tag, such as `nl` or `de-CH`.
    pub tag: String,
    /// What its speakers call it.
    pub name: String,
    /// The language of the interface around it: one that ships.
    pub interface: &'static str,
    /// Its texts by the keys of the screens.
    said: Vec<(String, String)>,
}

impl Questionnaire {
    /// Reads a questionnaire: the bytes of a file, or a text that stood in a page.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let text = intake::text_of(bytes, MOST_BYTES).map_err(Fault::File)?;
        let value = intake::parse(text, 1).map_err(Fault::File)?;
        if let Some(fault) = other_file(&value) {
            return Err(fault);
        }
        let problems = Problems::default();
        for twice in twice::find(text) {
            problems.note(twice.path, Some("2 ×".to_owned()), Expected::Once);
        }
        let whole = defaults::fill_in(&value);
        let root = Node::root(&whole, &problems);
        only(&root, &[&FIELDS[..], &["texts"]].concat());
        fields_of_instrument(&root);
        let instrument = instrument::read(&root);
        let languages = texts::read(&root.field("texts"), &texts::Wanted::of(&whole));
        let both = instrument.zip(languages);
        let read = both.map(|(instrument, languages)| {
            let instrument = Rc::new(together(instrument, whole));
            Self { instrument, languages }
        });
        problems.finish(read).map_err(|problems| Fault::Problems(of_file(problems, &value)))
    }

    /// The place of the language that someone gets who would like these, in this order: the same tag, or else one
    /// of the same language; or else the first of the file.
    pub fn language_for<'a>(&self, wanted: impl IntoIterator<Item = &'a str>) -> usize {
        let tags = || self.languages.iter().map(|language| language.tag.as_str());
        wanted.into_iter().find_map(|tag| place_of(tags(), tag)).unwrap_or(0)
    }

    /// All texts of one of its languages, with those of the interface around them: `interface` has the pack of a
    /// language that ships, complete.
    pub fn texts(&self, language: &Language, interface: &Texts) -> Texts {
        texts::dress(&self.instrument, language, interface)
    }
}

/// The key of the name of a language, in the texts of a questionnaire.
pub const LANGUAGE_NAME: &str = "own.language";

/// The place of a language among others: the same tag, or else one of the same language.
#[must_use]
pub fn place_of<'a>(mut tags: impl Iterator<Item = &'a str> + Clone, wanted: &str) -> Option<usize> {
    let same = tags.clone().position(|tag| tag.eq_ignore_ascii_case(wanted));
    let primary = |tag: &str| i18n::primary(tag).eq_ignore_ascii_case(i18n::primary(wanted));
    same.or_else(|| tags.position(primary))
}

/// The interface's language for texts in this language: its own, or else the first that ships.
fn interface_for(tag: &str) -> &'static str {
    i18n::shipped(tag).unwrap_or(LANGUAGES[0].0)
}

/// A file of another kind would be nothing but problems.
fn other_file(value: &Value) -> Option<Fault> {
    let format = value.get("format");
    match format.and_then(Value::as_str) {
        Some(FORMAT) => None,
        Some("equipoise-texts") => Some(Fault::Texts),
        Some(other) => Some(Fault::OtherFormat(crate::json::quoted(other))),
        None if value.is_object() && (format.is_some() || value.get("paradoxes").is_some()) => None,
        None => Some(Fault::Nothing),
    }
}

/// The instrument with the paradoxes of a phase together, in the order of the phases, as the charts draw them: a file
/// may have them in any order. It is read anew then, for everything in it points to positions.
fn together(instrument: Instrument, mut whole: Value) -> Instrument {
    let phases = || instrument.paradoxes().iter().map(|paradox| paradox.phase);
    if phases().is_sorted() {
        return instrument;
    }
    if let Some(paradoxes) = whole.get_mut("paradoxes").and_then(Value::as_array_mut) {
        let mut of_file = std::mem::take(paradoxes).into_iter().map(Some).collect::<Vec<_>>();
        for phase in instrument.phase_positions().map(Some) {
            let of_phase = phases().zip(&mut of_file).filter(|(of, _)| *of == phase);
            paradoxes.extend(of_phase.filter_map(|(_, paradox)| paradox.take()));
        }
    }
    let problems = Problems::default();
    instrument::read(&Node::root(&whole, &problems)).unwrap_or(instrument)
}

/// The problems that stand in the file. Forms that were filled in follow from what is in it: whatever is wrong with
/// them was told where it stands.
fn of_file(mut problems: Vec<Problem>, value: &Value) -> Vec<Problem> {
    let is_filled_in = |problem: &Problem| value["forms"].is_null() && problem.path.starts_with("$.forms");
    if !problems.iter().all(is_filled_in) {
        problems.retain(|problem| !is_filled_in(problem));
    }
    problems
}

/// Notes the names in an object that mean nothing: a name that is written wrongly would be passed over in silence.
fn only(node: &Node<'_>, known: &[&str]) {
    let Some(fields) = node.value().and_then(Value::as_object) else { return };
    let is_strange = |name: &&String| !name.starts_with("x-") && !known.contains(&name.as_str());
    for name in fields.keys().filter(is_strange).take(MOST_STRANGE) {
        // What was meant comes first, for the list may be long.
        let meant = nearest::nearest(name, known.iter().copied());
        let others = known.iter().copied().filter(|other| Some(*other) != meant);
        let mut list: Vec<&str> = meant.into_iter().chain(others).take(MOST_NAMED).collect();
        if known.len() > MOST_NAMED {
            list.push("…");
        }
        node.field(name).reject::<()>(Expected::Field(list.join(", ")));
    }
}

/// As [`only`], for the objects of the instrument; what they hold is for its own reader to judge.
fn fields_of_instrument(root: &Node<'_>) {
    let each = |name: &str, known: &[&str]| {
        let list = root.field(name);
        let count = list.value().and_then(Value::as_array).map_or(0, Vec::len);
        for index in 0..count {
            list.entry(index, |entry| {
                only(&entry, known);
                Some(())
            });
        }
    };
    each("phases", &["id", "items"]);
    each("paradoxes", &["id", "phase", "provenance", "a", "b", "tension"]);
    each("forms", &["id", "minutes", "phase_minimum", "overall", "items"]);
    only(&root.field("thresholds"), &defaults::THRESHOLDS);
}
