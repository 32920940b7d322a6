//! What the browser's storage holds while someone answers, version 2: where they are, what they answered and what they
//! wrote, each with the moment it was given, so that two tabs can be brought together. Version 1 had answers only.
//!
//! `{"format":"equipoise-session","version":2,"instrument":{…},"language":"nl","form":"full","screen":"page",
//! "page":3,"carried":["…"],"active_ms":81000,"answers":{"trust-control.a1":[4,1764000000000],…},"workbook":{…},"wishes":{…},"deepening":{…}}`.
//! The first of the pair is 1–5, a phase's id, `null` for "don't know", or `false` for an answer that was cleared.

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::wishes::{self, Moments};
use super::{deepening, wire, workbook};
use crate::answers::{Answer, Answers, Stamp};
use crate::deepening::Given;
use crate::instrument::{FormIx, Instrument, ItemIx};
use crate::json::{self, Expected, Node, Problem, Problems};
use crate::wishes::Wishes;
use crate::workbook::Workbook;

/// The format's name.
pub const FORMAT: &str = "equipoise-session";
/// The version that is written, and the newest that is read.
pub const VERSION: u32 = 2;
const PLACES: [Place; 4] = [Place::Start, Place::Page, Place::Review, Place::Result];

/// The kind of screen someone was on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nothing begun.
    Start,
    /// Answering.
    Page,
    /// Looking back before the result.
    Review,
    /// Looking at the result.
    Result,
}

impl Place {
    fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Page => "page",
            Self::Review => "review",
            Self::Result => "result",
        }
    }
}

/// A stored session.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The language that was chosen, if one was.
    pub language: Option<String>,
    /// The form being answered.
    pub form: Option<FormIx>,
    /// The kind of screen.
    pub place: Place,
    /// The page, from 0.
    pub page: usize,
    /// Items that were answered in a shorter form.
    pub carried: Vec<ItemIx>,
    /// Milliseconds spent answering, pauses left out.
    pub active_ms: u64,
    /// The answers with their moments.
    pub answers: Answers,
    /// Notes, actions and the name of the alliance.
    pub workbook: Workbook,
    /// How it should be a year from now.
    pub wishes: Wishes,
    /// The answers to the deepening modules.
    pub given: Given,
}

impl Record {
    /// Reads a stored session that belongs to `instrument`.
    ///
    /// # Errors
    /// Every problem with its JSON path.
    pub fn read(instrument: &Instrument, text: &str) -> Result<Self, Vec<Problem>> {
        let value = json::parse(text)?;
        let problems = Problems::default();
        let record = read(instrument, &Node::root(&value, &problems));
        problems.finish(record)
    }

    /// As [`Record::read`], from a place within another file.
    pub(super) fn read_node(instrument: &Instrument, node: &Node<'_>) -> Option<Self> {
        read(instrument, node)
    }

    /// Takes over whatever is newer in another record: answers, wishes, and what was written. Returns whether anything
    /// changed.
    pub fn merge(&mut self, other: &Self) -> bool {
        let answers = self.answers.merge(&other.answers);
        let workbook = self.workbook.merge(&other.workbook);
        let wishes = self.wishes.merge(&other.wishes);
        let given = self.given.merge(&other.given);
        answers || workbook || wishes || given
    }

    /// The session as JSON text.
    #[must_use]
    pub fn write(&self, instrument: &Instrument) -> String {
        let id = |item: &ItemIx| instrument.item(*item).id.as_str();
        let wire = Wire {
            format: FORMAT,
            version: VERSION,
            instrument: WireInstrument { id: instrument.id(), version: instrument.version() },
            language: self.language.as_deref().filter(|language| !language.trim().is_empty()),
            form: self.form.map(|form| instrument.form(form).id.as_str()),
            screen: self.place.word(),
            page: self.page,
            carried: self.carried.iter().map(id).collect(),
            active_ms: self.active_ms,
            answers: WireAnswers { instrument, answers: &self.answers },
            workbook: workbook::with_moments(instrument, &self.workbook),
            wishes: wishes::to_json(instrument, &self.wishes, Moments::With),
            deepening: deepening::to_json(&self.given, Moments::With),
        };
        // Texts and whole numbers only: there is nothing in it that can't be written.
        serde_json::to_string(&wire).unwrap_or_default()
    }
}

/// The stored session as it is written.
#[derive(Serialize)]
struct Wire<'a> {
    format: &'a str,
    version: u32,
    instrument: WireInstrument<'a>,
    language: Option<&'a str>,
    form: Option<&'a str>,
    screen: &'a str,
    page: usize,
    carried: Vec<&'a str>,
    active_ms: u64,
    answers: WireAnswers<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    workbook: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wishes: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deepening: Option<Value>,
}

#[derive(Serialize)]
struct WireInstrument<'a> {
    id: &'a str,
    version: &'a str,
}

/// Answers by item id, in the instrument's order.
struct WireAnswers<'a> {
    instrument: &'a Instrument,
    answers: &'a Answers,
}

impl Serialize for WireAnswers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (instrument, answers) = (self.instrument, self.answers);
        let touched = |item: &ItemIx| answers.stamp(*item) > 0 || answers.is_answered(*item);
        serializer.collect_map(instrument.item_positions().filter(touched).map(|item| {
            let answer = WireAnswer { instrument, answer: answers.get(item) };
            (instrument.item(item).id.as_str(), (answer, answers.stamp(item)))
        }))
    }
}

/// 1–5, a phase's id, `null` for "don't know", or `false` for an answer that was cleared.
struct WireAnswer<'a> {
    instrument: &'a Instrument,
    answer: Option<Answer>,
}

impl Serialize for WireAnswer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.answer {
            None => serializer.serialize_bool(false),
            Some(Answer::Degree(degree)) => serializer.serialize_u8(degree.number()),
            Some(Answer::Phase(phase)) => serializer.serialize_str(&self.instrument.phase(phase).id),
            Some(Answer::DontKnow) => serializer.serialize_unit(),
        }
    }
}

fn read(instrument: &Instrument, root: &Node<'_>) -> Option<Record> {
    root.object()?;
    root.field("format").one_of(&[FORMAT])?;
    let version = root.field("version");
    if version.whole(1, u32::MAX)? > VERSION {
        return version.reject(Expected::Version(VERSION));
    }
    wire::check_instrument(&root.field("instrument"), instrument)?;
    let language = root.field("language");
    let language = if language.is_present() { language.text().map(str::to_owned) } else { None };
    let form = root.field("form");
    let ids: Vec<&str> = instrument.forms().iter().map(|form| form.id.as_str()).collect();
    let form = if form.is_present() { Some(form.one_of(&ids)?) } else { None };
    let place = root.field("screen").one_of(&PLACES.map(Place::word));
    let page = root.field("page").whole(0, 1000);
    let carried = root.field("carried").list(|item| wire::read_item(&item, instrument, item.text()?));
    let active = root.field("active_ms").whole(0, u32::MAX);
    let answers = read_answers(instrument, &root.field("answers"));
    let written = root.field("workbook");
    let workbook = if written.is_present() {
        workbook::read_with_moments(&written, instrument)
    } else {
        Some(Workbook::default())
    };
    let wished = root.field("wishes");
    let wishes = if wished.is_present() {
        wishes::read(&wished, instrument, Moments::With)
    } else {
        Some(Wishes::new(instrument))
    };
    let given = deepening::read_held(&root.field("deepening"));
    Some(Record {
        language,
        form: form.and_then(|index| instrument.form_positions().nth(index)),
        place: PLACES[place?],
        page: page? as usize,
        carried: carried?,
        active_ms: u64::from(active?),
        answers: answers?,
        workbook: workbook?,
        wishes: wishes?,
        given: given?,
    })
}

fn read_answers(instrument: &Instrument, node: &Node<'_>) -> Option<Answers> {
    let mut answers = Answers::new(instrument);
    for id in node.object()?.keys() {
        let field = node.field(id);
        let Some(item) = wire::read_item(&field, instrument, id) else { continue };
        let Some((answer, at)) = read_entry(&field, instrument, item) else { continue };
        answers.set(instrument, item, answer, at);
    }
    Some(answers)
}

fn read_entry(node: &Node<'_>, instrument: &Instrument, item: ItemIx) -> Option<(Option<Answer>, Stamp)> {
    let Some([value, _]) = node.value().and_then(Value::as_array).map(Vec::as_slice) else {
        return node.reject(Expected::ListOf { min: 2, max: 2 });
    };
    let at = node.entry(1, |stamp| wire::stamp(&stamp))?;
    if value == &Value::Bool(false) {
        return Some((None, at));
    }
    let answer = node.entry(0, |value| wire::read_answer(&value, instrument, item))?;
    Some((Some(answer), at))
}
