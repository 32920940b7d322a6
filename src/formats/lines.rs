//! A great many results, one a line (JSON Lines). A result written as most programs write it is read straight into
//! answers, without a tree of values in between, and its scores are written straight from the report: about ten times
//! as fast as [`ResultFile`]. Everything else, and everything that is wrong, goes to [`ResultFile`], which decides: so
//! both give the same verdict, the same problems and the same text on every line.

use std::fmt;
use std::io::{self, BufRead, Read};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::Serialize;
use serde_json::Value;

use super::result::{FORMAT, ResultFile, VERSION};
use super::twice;
use crate::answers::{Answer, Answers, Degree};
use crate::day::Day;
use crate::instrument::{FormIx, Instrument, ItemIx, ParadoxIx, PhaseIx, Role};
use crate::json::{Problem, whole_float};
use crate::scoring::{self, ParadoxScore, Report};
use crate::workbook::LONGEST_LINE;

/// The longest line that is read, in bytes, its end left out: a hundred times what a full result needs.
pub const LONGEST: usize = 1_000_000;
/// The name of the field with the scores.
const SCORES: &str = "\"scores\"";
/// What the names of fields begin with that will never get a meaning here.
const FOREIGN: &str = "x-";

/// A line that holds no text to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It has more than [`LONGEST`] bytes.
    TooLong,
    /// It isn't UTF-8 from this byte on, counted from 1.
    NotText(usize),
}

/// Takes an input apart into lines and holds no more than one of them.
#[derive(Debug)]
pub struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    /// The lines of an input.
    pub fn new(input: R) -> Self {
        Self { input, buffer: Vec::new(), number: 0 }
    }

    /// The number of the line that was read last, from 1; blank lines count.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next line that isn't blank, without its end; `None` after the last.
    ///
    /// # Errors
    /// When the input can't be read any further.
    pub fn next_line(&mut self) -> io::Result<Option<Result<&str, Unreadable>>> {
        loop {
            self.buffer.clear();
            // One byte for the end of the line, and one to notice that there is more.
            let most = LONGEST as u64 + 2;
            if self.input.by_ref().take(most).read_until(b'\n', &mut self.buffer)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if self.buffer.last() == Some(&b'\n') {
                self.buffer.pop();
            } else if self.buffer.len() > LONGEST {
                self.skip_to_end_of_line()?;
            }
            if self.buffer.len() > LONGEST {
                return Ok(Some(Err(Unreadable::TooLong)));
            }
            if !is_blank(&self.buffer) {
                break;
            }
        }
        let text = std::str::from_utf8(&self.buffer);
        Ok(Some(text.map_err(|error| Unreadable::NotText(error.valid_up_to() + 1))))
    }

    fn skip_to_end_of_line(&mut self) -> io::Result<()> {
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(());
            }
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let length = end.map_or(chunk.len(), |end| end + 1);
            self.input.consume(length);
            if end.is_some() {
                return Ok(());
            }
        }
    }
}

/// Whether a line has nothing but white space, and perhaps the mark that some programs begin a file with.
fn is_blank(line: &[u8]) -> bool {
    line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line).iter().all(u8::is_ascii_whitespace)
}

/// A result on a line, scored.
#[derive(Debug)]
pub struct Line {
    report: Report,
    mismatches: Vec<Problem>,
    repeated: Vec<String>,
    source: Source,
}

#[derive(Debug)]
enum Source {
    /// As most programs write it, with the scores as they are written, if they were needed already.
    Plain(Plain, Option<Vec<u8>>),
    /// Any other.
    File(Box<ResultFile>),
}

/// Reads lines, and remembers how they are usually laid out.
#[derive(Debug)]
pub struct Reader<'a> {
    instrument: &'a Instrument,
    /// Which item came after which on an earlier line: before all others at first, then after each. Programs write
    /// their items in the same order again and again, and looking there first saves searching.
    followers: Vec<Option<ItemIx>>,
}

impl<'a> Reader<'a> {
    /// A reader of results that belong to `instrument`.
    #[must_use]
    pub fn new(instrument: &'a Instrument) -> Self {
        Self { instrument, followers: vec![None; instrument.items().len() + 1] }
    }

    /// Reads a result and scores it.
    ///
    /// # Errors
    /// Those of [`ResultFile::read`].
    pub fn read(&mut self, text: &str) -> Result<Line, Vec<Problem>> {
        if let Some(line) = self.read_plain(text) {
            return Ok(line);
        }
        let file = ResultFile::read(self.instrument, text)?;
        let (report, mismatches) = (file.report(self.instrument), file.mismatches(self.instrument));
        Ok(Line { report, mismatches, repeated: repeated(text), source: Source::File(Box::new(file)) })
    }

    /// `None` when the line has anything that isn't usual.
    fn read_plain(&mut self, text: &str) -> Option<Line> {
        let Some((head, rest)) = text.split_once(SCORES) else {
            let plain = self.plain(text)?;
            let report = scoring::score(self.instrument, plain.form, &plain.answers, None);
            return Some(Line::plain(report, plain, None));
        };
        let (head, stored) = scores_at_end(head, rest)?;
        // What stands before the scores is a whole result, when an end is put to it; so the name was one of the
        // outermost, and not part of a text. Scores that are what follows from the answers needn't be read at all.
        let plain = self.plain(&[head, "}"].concat())?;
        let report = scoring::score(self.instrument, plain.form, &plain.answers, None);
        let mut scores = Vec::with_capacity(stored.len());
        Scores { instrument: self.instrument, out: &mut scores }.write(&report);
        if stored != "null" && !is_written_as(stored.as_bytes(), &scores) {
            return None;
        }
        Some(Line::plain(report, plain, Some(scores)))
    }

    fn plain(&mut self, text: &str) -> Option<Plain> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let plain = Root(self).deserialize(&mut deserializer).ok()?;
        deserializer.end().ok()?;
        Some(plain)
    }
}

/// The names that stand twice in a text that is JSON, as paths; the last of each counts. What stands in fields that
/// will never get a meaning here is left out.
#[must_use]
pub fn repeated(text: &str) -> Vec<String> {
    let foreign = ["$[\"", FOREIGN].concat();
    let paths = twice::find(text.trim_start_matches('\u{feff}')).into_iter().map(|twice| twice.path);
    paths.filter(|path| !path.starts_with(&foreign)).collect()
}

impl Line {
    /// One without anything unusual: nothing stands in it twice, and its scores are right.
    fn plain(report: Report, plain: Plain, scores: Option<Vec<u8>>) -> Self {
        let source = Source::Plain(plain, scores);
        Self { report, mismatches: Vec::new(), repeated: Vec::new(), source }
    }

    /// What follows from the answers.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Where the scores on the line differ from what follows from the answers.
    pub fn mismatches(&self) -> &[Problem] {
        &self.mismatches
    }

    /// The file that the line was read as: none where it holds answers to the questionnaire alone.
    pub fn file(&self) -> Option<&ResultFile> {
        match &self.source {
            Source::Plain(..) => None,
            Source::File(file) => Some(file),
        }
    }

    /// The names that stand twice on the line: see [`repeated`].
    pub fn repeated(&self) -> &[String] {
        &self.repeated
    }

    /// The name of the alliance.
    pub fn label(&self) -> Option<&str> {
        self.text("label")
    }

    /// The day on which it was completed.
    pub fn day(&self) -> Option<Day> {
        Day::read(self.text("completed")?)
    }

    fn text(&self, name: &str) -> Option<&str> {
        match &self.source {
            Source::Plain(plain, _) => plain.text(name),
            Source::File(file) => file.field(name)?.as_str(),
        }
    }

    /// Adds the result with its scores to `out`, as [`ResultFile::write`] writes it; no end of line.
    pub fn write(&self, instrument: &Instrument, out: &mut Vec<u8>) {
        match &self.source {
            Source::Plain(plain, scores) => {
                plain.write(instrument, out);
                out.extend_from_slice(b",\"scores\":");
                match scores {
                    Some(scores) => out.extend_from_slice(scores),
                    None => Scores { instrument, out }.write(&self.report),
                }
                out.push(b'}');
            }
            Source::File(file) => out.extend_from_slice(file.write(instrument).as_bytes()),
        }
    }
}

/// What stands before the scores that end a line, and those scores, from what stands before and after their name;
/// `None` when it isn't as simple as that.
fn scores_at_end<'a>(head: &'a str, rest: &'a str) -> Option<(&'a str, &'a str)> {
    let head = head.trim_end_matches(is_space).strip_suffix(',')?;
    let rest = rest.trim_start_matches(is_space).strip_prefix(':')?;
    let stored = rest.trim_end_matches(is_space).strip_suffix('}')?;
    Some((head, stored.trim_matches(is_space)))
}

/// What JSON takes for space within a line.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r')
}

/// Whether `stored` is `written`, apart from spaces between its parts, and whole numbers without `.0`. Texts in
/// `written` have no escapes.
fn is_written_as(stored: &[u8], written: &[u8]) -> bool {
    let parts = |byte: u8| matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':');
    if stored == written {
        return true;
    }
    let (mut at, mut place, mut before, mut in_text) = (0, 0, b'{', false);
    while let Some(&next) = written.get(place) {
        let found = stored.get(at).copied();
        if found == Some(next) {
            in_text ^= next == b'"';
            (at, place, before) = (at + 1, place + 1, next);
            continue;
        }
        match (found, &written[place..]) {
            _ if in_text => return false,
            (Some(b' ' | b'\t' | b'\r'), [next, ..]) => {
                let spaces = stored[at..].iter().take_while(|byte| is_space(char::from(**byte))).count();
                let after = stored.get(at + spaces).copied();
                if !parts(before) && !after.is_some_and(parts) || after != Some(*next) && *next != b'.' {
                    return false;
                }
                at += spaces;
            }
            (Some(found), [b'.', b'0', after, ..]) if parts(found) && parts(*after) => place += 2,
            _ => return false,
        }
    }
    at == stored.len()
}

/// Adds a value as JSON. Writing to memory doesn't fail, and all values here can be written.
fn json(out: &mut Vec<u8>, value: &impl Serialize) {
    let written = serde_json::to_writer(out, value);
    debug_assert!(written.is_ok(), "{written:?}");
}

/// A result without anything unusual, and without scores.
#[derive(Debug)]
struct Plain {
    form: FormIx,
    answers: Answers,
    /// The answered items, as they stood on the line.
    given: Vec<ItemIx>,
    /// The fields, as they stood on the line.
    fields: Vec<Field>,
}

#[derive(Debug)]
enum Field {
    Format,
    Version,
    Instrument,
    Form,
    Answers,
    Text(&'static str, Option<String>),
    Foreign(String, Value),
}

/// The fields that are a text or nothing.
const TEXTS: [&str; 5] = ["language", "completed", "label", "side", "perspective"];

impl Field {
    fn name(&self) -> &str {
        match self {
            Self::Format => "format",
            Self::Version => "version",
            Self::Instrument => "instrument",
            Self::Form => "form",
            Self::Answers => "answers",
            Self::Text(name, _) => name,
            Self::Foreign(name, _) => name,
        }
    }
}

impl Plain {
    fn text(&self, name: &str) -> Option<&str> {
        self.fields.iter().find_map(|field| match field {
            Field::Text(known, text) if *known == name => text.as_deref(),
            _ => None,
        })
    }

    /// All fields, without the end of the object.
    fn write(&self, instrument: &Instrument, out: &mut Vec<u8>) {
        let mut before = b'{';
        for field in &self.fields {
            out.push(before);
            before = b',';
            json(out, &field.name());
            out.push(b':');
            match field {
                Field::Format => json(out, &FORMAT),
                Field::Version => json(out, &VERSION),
                Field::Instrument => {
                    out.extend_from_slice(b"{\"id\":");
                    json(out, &instrument.id());
                    out.extend_from_slice(b",\"version\":");
                    json(out, &instrument.version());
                    out.push(b'}');
                }
                Field::Form => json(out, &instrument.form(self.form).id),
                Field::Answers => self.write_answers(instrument, out),
                Field::Text(_, text) => json(out, text),
                Field::Foreign(_, value) => json(out, value),
            }
        }
    }

    fn write_answers(&self, instrument: &Instrument, out: &mut Vec<u8>) {
        out.push(b'{');
        for (place, item) in self.given.iter().enumerate() {
            out.extend_from_slice(if place > 0 { b",\"" } else { b"\"" });
            // Small letters, digits, `-` and `.`: an id is never escaped.
            out.extend_from_slice(instrument.item(*item).id.as_bytes());
            out.extend_from_slice(b"\":");
            match self.answers.get(*item) {
                Some(Answer::Degree(degree)) => out.push(b'0' + degree.number()),
                Some(Answer::Phase(phase)) => json(out, &instrument.phase(phase).id),
                Some(Answer::DontKnow) | None => out.extend_from_slice(b"null"),
            }
        }
        out.push(b'}');
    }
}

/// A plain result. Whatever isn't usual is an error, which nobody sees: [`ResultFile`] reads the line again.
struct Root<'r, 'a>(&'r mut Reader<'a>);

impl<'de> DeserializeSeed<'de> for Root<'_, '_> {
    type Value = Plain;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Plain, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Root<'_, '_> {
    type Value = Plain;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a plain result")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Plain, M::Error> {
        let reader = self.0;
        let instrument = reader.instrument;
        let unusual = || M::Error::custom("unusual");
        let (mut form, mut answers) = (None, None);
        let mut fields: Vec<Field> = Vec::with_capacity(12);
        while let Some(field) = map.next_key_seed(Name)? {
            if fields.iter().any(|earlier| earlier.name() == field.name()) {
                return Err(unusual());
            }
            let field = match field {
                Field::Format => map.next_value_seed(Word(&[FORMAT])).map(|_| Field::Format)?,
                Field::Version if map.next_value::<u32>()? == VERSION => Field::Version,
                Field::Version => return Err(unusual()),
                Field::Instrument => map.next_value_seed(Whose(instrument)).map(|()| Field::Instrument)?,
                Field::Form => {
                    form = Some(map.next_value_seed(FormId(instrument))?);
                    Field::Form
                }
                Field::Answers => {
                    answers = Some(map.next_value_seed(Given(reader))?);
                    Field::Answers
                }
                Field::Text(name, _) => {
                    let text: Option<String> = map.next_value()?;
                    if !text.as_deref().is_none_or(|text| is_usual(name, text)) {
                        return Err(unusual());
                    }
                    Field::Text(name, text)
                }
                Field::Foreign(name, _) => Field::Foreign(name, map.next_value()?),
            };
            fields.push(field);
        }
        let has = |name: &str| fields.iter().any(|field| field.name() == name);
        match (form, answers) {
            (Some(form), Some((answers, given)))
                if ["format", "version", "instrument"].into_iter().all(has) =>
            {
                Ok(Plain { form, answers, given, fields })
            }
            _ => Err(unusual()),
        }
    }
}

/// Whether a text needs no closer look.
fn is_usual(name: &str, text: &str) -> bool {
    match name {
        "perspective" => matches!(text, "own" | "partner"),
        "label" | "side" => text.len() <= LONGEST_LINE,
        _ => true,
    }
}

/// The name of one of the outermost fields, still without its value.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Field;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Field, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Field;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Field, E> {
        match name {
            "format" => Ok(Field::Format),
            "version" => Ok(Field::Version),
            "instrument" => Ok(Field::Instrument),
            "form" => Ok(Field::Form),
            "answers" => Ok(Field::Answers),
            _ if name.starts_with(FOREIGN) => Ok(Field::Foreign(name.to_owned(), Value::Null)),
            _ => match TEXTS.into_iter().find(|known| *known == name) {
                Some(known) => Ok(Field::Text(known, None)),
                None => Err(E::custom("unusual")),
            },
        }
    }
}

/// One of these words; gives its position.
struct Word<'a>(&'a [&'a str]);

impl<'de> DeserializeSeed<'de> for Word<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Word<'_> {
    type Value = usize;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a known word")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<usize, E> {
        self.0.iter().position(|known| *known == word).ok_or_else(|| E::custom("unusual"))
    }
}

/// The id of a form.
struct FormId<'a>(&'a Instrument);

impl<'de> DeserializeSeed<'de> for FormId<'_> {
    type Value = FormIx;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<FormIx, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for FormId<'_> {
    type Value = FormIx;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the id of a form")
    }

    fn visit_str<E: Error>(self, id: &str) -> Result<FormIx, E> {
        self.0.find_form(id).ok_or_else(|| E::custom("unusual"))
    }
}

/// The instrument's id and version, in this order and nothing else.
struct Whose<'a>(&'a Instrument);

impl<'de> DeserializeSeed<'de> for Whose<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Whose<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("this instrument")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        for (name, value) in [("id", self.0.id()), ("version", self.0.version())] {
            if map.next_key_seed(Word(&[name]))?.is_none() {
                return Err(M::Error::custom("unusual"));
            }
            map.next_value_seed(Word(&[value]))?;
        }
        match map.next_key::<IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(M::Error::custom("unusual")),
        }
    }
}

/// The answers, and the items in the order in which they stand there.
struct Given<'r, 'a>(&'r mut Reader<'a>);

impl<'de> DeserializeSeed<'de> for Given<'_, '_> {
    type Value = (Answers, Vec<ItemIx>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Given<'_, '_> {
    type Value = (Answers, Vec<ItemIx>);

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("answers by item")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let Reader { instrument, followers } = self.0;
        let mut answers = Answers::new(instrument);
        let mut given: Vec<ItemIx> = Vec::with_capacity(instrument.items().len());
        loop {
            let follower = &mut followers[given.last().map_or(0, |last| last.index() + 1)];
            let Some(item) = map.next_key_seed(ItemId { instrument, likely: *follower })? else {
                return Ok((answers, given));
            };
            *follower = Some(item);
            let answer = map.next_value_seed(AnswerTo { instrument, item })?;
            // Of an item that stands there twice the last counts; that is left to the other reader.
            if answers.is_answered(item) || !answers.set(instrument, item, Some(answer), 0) {
                return Err(M::Error::custom("unusual"));
            }
            given.push(item);
        }
    }
}

/// The id of an item, most likely this one.
struct ItemId<'a> {
    instrument: &'a Instrument,
    likely: Option<ItemIx>,
}

impl<'de> DeserializeSeed<'de> for ItemId<'_> {
    type Value = ItemIx;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<ItemIx, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for ItemId<'_> {
    type Value = ItemIx;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the id of an item")
    }

    fn visit_str<E: Error>(self, id: &str) -> Result<ItemIx, E> {
        let likely = self.likely.filter(|item| self.instrument.item(*item).id == id);
        likely.or_else(|| self.instrument.find_item(id)).ok_or_else(|| E::custom("unusual"))
    }
}

/// The answer to an item, of the kind that it asks for.
struct AnswerTo<'a> {
    instrument: &'a Instrument,
    item: ItemIx,
}

impl<'de> DeserializeSeed<'de> for AnswerTo<'_> {
    type Value = Answer;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Answer, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for AnswerTo<'_> {
    type Value = Answer;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an answer")
    }

    fn visit_unit<E: Error>(self) -> Result<Answer, E> {
        Ok(Answer::DontKnow)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Answer, E> {
        let degree = u8::try_from(number).ok().and_then(Degree::new);
        degree.map(Answer::Degree).ok_or_else(|| E::custom("unusual"))
    }

    /// Some programs write every number with a point.
    fn visit_f64<E: Error>(self, number: f64) -> Result<Answer, E> {
        let number = whole_float(number).ok_or_else(|| E::custom("unusual"))?;
        self.visit_u64(number)
    }

    fn visit_str<E: Error>(self, id: &str) -> Result<Answer, E> {
        let is_choice = self.instrument.item(self.item).role == Role::Choice;
        let phase = self.instrument.find_phase(id).filter(|_| is_choice);
        phase.map(Answer::Phase).ok_or_else(|| E::custom("unusual"))
    }
}

/// Writes the `scores` object of a report, to the letter as [`super::scores`] has it, without values in between. Ids and
/// words are small letters, digits, `-` and `.`, so nothing in it is ever escaped.
struct Scores<'a> {
    instrument: &'a Instrument,
    out: &'a mut Vec<u8>,
}

impl Scores<'_> {
    fn write(&mut self, report: &Report) {
        let instrument = self.instrument;
        let phase = |phase: PhaseIx| instrument.phase(phase).id.as_str();
        let paradox = |paradox: &ParadoxIx| instrument.paradox(*paradox).id.as_str();
        self.put("{\"paradoxes\":[");
        for (place, score) in report.paradoxes.iter().enumerate() {
            self.put(if place > 0 { ",{\"id\":" } else { "{\"id\":" });
            self.word(Some(paradox(&score.paradox)));
            self.put(",\"phase\":");
            self.word(score.phase.map(phase));
            self.paradox(score);
        }
        self.put("],\"phases\":{");
        for (place, score) in report.phases.iter().enumerate() {
            self.put(if place > 0 { "," } else { "" });
            self.word(Some(phase(score.phase)));
            self.number(":{\"score\":", score.score);
            self.number(",\"paradox_score\":", score.paradox_score);
            self.put("}");
        }
        self.put("},\"dominant\":");
        self.word(report.dominant.map(phase));
        self.list(",\"current\":[", report.current.iter().map(|position| phase(*position)));
        self.put(",\"choice\":");
        self.word(report.choice.map(phase));
        self.put(",\"choice_differs\":");
        self.put(if report.choice_differs { "true" } else { "false" });
        self.number(",\"overall\":", report.overall);
        self.list(",\"attention\":[", report.attention.iter().map(paradox));
        self.list(",\"talk_about\":[", report.talk_about.iter().map(paradox));
        self.list(",\"flags\":[", report.flags.iter().map(|flag| flag.word()));
        self.put("}");
    }

    fn paradox(&mut self, score: &ParadoxScore) {
        let both = score.both.as_ref();
        self.number(",\"a\":", score.a);
        self.number(",\"b\":", score.b);
        self.put(",\"items_a\":");
        self.put(&score.items_a.to_string());
        self.put(",\"items_b\":");
        self.put(&score.items_b.to_string());
        self.number(",\"tension\":", score.tension);
        self.number(",\"tilt\":", both.map(|both| both.tilt));
        self.number(",\"balance\":", both.map(|both| both.balance));
        self.number(",\"level\":", both.map(|both| both.level));
        self.number(",\"both_and\":", both.map(|both| both.both_and));
        self.put(",\"lean\":");
        self.word(both.map(|both| both.lean.word()));
        self.put(",\"quadrant\":");
        self.word(both.map(|both| both.quadrant.word()));
        self.put(",\"class\":");
        self.word(both.map(|both| both.class.word()));
        self.put("}");
    }

    fn put(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn word(&mut self, word: Option<&str>) {
        let Some(word) = word else { return self.put("null") };
        self.put("\"");
        self.put(word);
        self.put("\"");
    }

    fn list<'w>(&mut self, name: &str, words: impl Iterator<Item = &'w str>) {
        self.put(name);
        for (place, word) in words.enumerate() {
            self.put(if place > 0 { "," } else { "" });
            self.word(Some(word));
        }
        self.put("]");
    }

    /// A number of full precision. Most are quarters of a whole number from 0 to 100, and those are written without
    /// looking for the shortest text.
    fn number(&mut self, name: &str, value: Option<f64>) {
        self.put(name);
        let Some(value) = value else { return self.put("null") };
        let quarters = value.abs() * 4.0;
        if quarters.fract() != 0.0 || quarters > 400.0 {
            return json(self.out, &value);
        }
        if value < 0.0 {
            self.out.push(b'-');
        }
        let (whole, rest) = (quarters as u16 / 4, quarters as usize % 4);
        if whole >= 100 {
            self.out.push(b'1');
        }
        if whole >= 10 {
            self.out.push(b'0' + (whole / 10 % 10) as u8);
        }
        self.out.push(b'0' + (whole % 10) as u8);
        self.put([".0", ".25", ".5", ".75"][rest]);
    }
}
