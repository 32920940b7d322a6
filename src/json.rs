//! Reading JSON that people wrote: every value is taken together with its path, and every problem is noted
//! instead of stopping at the first, so that an author sees all that is wrong at once.
//!
//! Contact points: [`crate::instrument`] and [`crate::formats`] read through a [`Node`]; the screens and the
//! command line put a [`Problem`] into words with [`Problem::describe`].

use std::cell::RefCell;

use serde_json::{Map, Number, Value};

use crate::chart::path;
use crate::i18n::Texts;

/// The most that is quoted of a value that was found where another was expected, in characters.
const EXCERPT: usize = 40;
/// Up to here a float holds every whole number.
const EXACT: f64 = 9_007_199_254_740_991.0;
/// The most problems that are noted of one text.
pub const MOST: usize = 1000;

/// Something that is wrong in a JSON text: where, what was found there, and what was expected.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where, as a JSON path that starts at `$`, such as `$.paradoxes[3].phase`.
    pub path: String,
    /// A short excerpt of what was found; `None` when there was nothing.
    pub found: Option<String>,
    /// What was expected there.
    pub expected: Expected,
}

/// What was expected at the place of a [`Problem`].
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// Well-formed JSON; it broke off at this line and column (both from 1).
    Json {
        /// Line of the first character that doesn't fit, from 1.
        line: usize,
        /// Column of that character, from 1.
        column: usize,
    },
    /// An object with named fields.
    Object,
    /// A list.
    List,
    /// A list with a number of entries from `min` to `max`.
    ListOf {
        /// The fewest entries.
        min: usize,
        /// The most entries.
        max: usize,
    },
    /// A text that isn't empty.
    Text,
    /// `true` or `false`.
    Truth,
    /// A number from `min` to `max`.
    Number {
        /// The lowest number allowed.
        min: f64,
        /// The highest number allowed.
        max: f64,
    },
    /// A whole number from `min` to `max`.
    Whole {
        /// The lowest number allowed.
        min: u32,
        /// The highest number allowed.
        max: u32,
    },
    /// One of these words or ids, listed as they are to be written.
    OneOf(String),
    /// An id of small letters, digits, `-` and `.`, of at most 64 characters.
    Id,
    /// An id that nothing else has.
    NewId,
    /// An id that the instrument has.
    KnownItem,
    /// One of these fields, or a name that begins with `x-`.
    Field(String),
    /// A name that stands once in its object.
    Once,
    /// Nothing: there are no phases.
    NoPhase,
    /// Nothing: a choice needs two phases.
    NoChoice,
    /// A language tag, such as `nl` or `de-CH`.
    Tag,
    /// The id of a paradox of the instrument.
    KnownParadox,
    /// The id of a pole, or of an item about one.
    KnownPole,
    /// A calendar day, as `2026-11-23`.
    Day,
    /// A text of at most so many characters.
    Shorter(usize),
    /// An answer to a statement: a whole number from 1 to 5, or `null` for "don't know".
    Degree,
    /// A version that this program knows, and the newest it knows.
    Version(u32),
    /// The number that follows from the answers.
    Recomputed(String),
}

impl Problem {
    /// The problem as one sentence in the language of `texts`: where, what was found, what was expected.
    #[must_use]
    pub fn describe(&self, texts: &Texts) -> String {
        let path = self.path.as_str();
        if let Expected::Json { line, column } = self.expected {
            let (line, column) = (line.to_string(), column.to_string());
            return texts.fill("ui.problem.broken", &[("path", path), ("line", &line), ("column", &column)]);
        }
        let expected = self.expected.describe(texts);
        match &self.found {
            None => texts.fill("ui.problem.missing", &[("path", path), ("expected", &expected)]),
            Some(found) => {
                texts.fill("ui.problem.found", &[("path", path), ("found", found), ("expected", &expected)])
            }
        }
    }
}

impl Expected {
    /// What was expected, in words that go on a sentence.
    pub(crate) fn describe(&self, texts: &Texts) -> String {
        let plain = |key: &str| texts.get(key).to_owned();
        let range = |key: &str, min: String, max: String| texts.fill(key, &[("min", &min), ("max", &max)]);
        match self {
            // Said as a sentence of its own.
            Self::Json { .. } => String::new(),
            Self::Object => plain("ui.problem.object"),
            Self::List => plain("ui.problem.list"),
            Self::ListOf { min, max } => range("ui.problem.list-of", min.to_string(), max.to_string()),
            Self::Text => plain("ui.problem.text"),
            Self::Truth => plain("ui.problem.truth"),
            Self::Number { min, max } => range("ui.problem.number", decimal(*min), decimal(*max)),
            Self::Whole { min, max } => range("ui.problem.whole", min.to_string(), max.to_string()),
            Self::OneOf(list) => texts.fill("ui.problem.one-of", &[("list", list)]),
            Self::Id => plain("ui.problem.id"),
            Self::NewId => plain("ui.problem.new-id"),
            Self::KnownItem => plain("ui.problem.known-item"),
            Self::Field(list) => texts.fill("ui.problem.field", &[("list", list)]),
            Self::Once => plain("ui.problem.once"),
            Self::NoPhase => plain("ui.problem.no-phase"),
            Self::NoChoice => plain("ui.problem.no-choice"),
            Self::Tag => plain("ui.problem.tag"),
            Self::KnownParadox => plain("ui.problem.known-paradox"),
            Self::KnownPole => plain("ui.problem.known-pole"),
            Self::Day => plain("ui.problem.day"),
            Self::Shorter(most) => texts.fill("ui.problem.shorter", &[("max", &most.to_string())]),
            Self::Degree => plain("ui.problem.degree"),
            Self::Version(newest) => texts.fill("ui.problem.version", &[("newest", &newest.to_string())]),
            Self::Recomputed(value) => texts.fill("ui.problem.recomputed", &[("value", value)]),
        }
    }
}

/// The problems noted so far while a text is read.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    /// Notes one more, up to [`MOST`]: nobody reads on after so many, and a text of any size is done with in bounded
    /// memory.
    pub fn note(&self, path: String, found: Option<String>, expected: Expected) {
        let mut problems = self.0.borrow_mut();
        if problems.len() < MOST {
            problems.push(Problem { path, found, expected });
        }
    }

    /// `value` when nothing was noted and there is one; otherwise all that was noted.
    ///
    /// # Errors
    /// The problems, in the order in which they were met.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Vec<Problem>> {
        let problems = self.0.into_inner();
        value.filter(|_| problems.is_empty()).ok_or(problems)
    }
}

/// Parses a text, and says where it breaks off when it isn't JSON.
///
/// # Errors
/// One problem with line and column.
pub fn parse(text: &str) -> Result<Value, Vec<Problem>> {
    serde_json::from_str(text).map_err(|error| {
        vec![Problem {
            path: "$".to_owned(),
            found: None,
            // Where a text ends at the start of a line, serde_json counts column 0.
            expected: Expected::Json { line: error.line(), column: error.column().max(1) },
        }]
    })
}

/// A whole number from 0 on. Some programs write every number with a point, so `4.0` is one, as JSON Schema has it.
pub(crate) fn whole(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| whole_float(value.as_f64()?))
}

/// The same of a number that was read already.
pub(crate) fn whole_float(number: f64) -> Option<u64> {
    (number.fract() == 0.0 && (0.0..=EXACT).contains(&number)).then_some(number as u64)
}

/// A value as text, by the writer that the stored session uses: `Display` would bring another one into the download.
#[must_use]
pub fn compact(value: &Value) -> String {
    // Nothing in a value can't be written.
    serde_json::to_string(value).unwrap_or_default()
}

/// The same for people to read, over several lines.
#[must_use]
pub fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// Where a [`Node`] stands: a chain from the root, written out only when a problem is noted.
#[derive(Clone, Copy, Debug)]
enum Place<'a> {
    Root,
    Field(&'a Place<'a>, &'a str),
    Entry(&'a Place<'a>, usize),
}

impl Place<'_> {
    fn write(&self, out: &mut String) {
        match self {
            Self::Root => out.push('$'),
            Self::Field(parent, name) => {
                parent.write(out);
                step_to_field(out, name);
            }
            Self::Entry(parent, index) => {
                parent.write(out);
                step_to_entry(out, *index);
            }
        }
    }
}

/// Adds a field's name to a path.
pub(crate) fn step_to_field(path: &mut String, name: &str) {
    let plain =
        (1..=EXCERPT).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain {
        path.push('.');
        path.push_str(name);
    } else {
        path.push('[');
        path.push_str(&quoted(name));
        path.push(']');
    }
}

/// Adds an entry's position to a path.
pub(crate) fn step_to_entry(path: &mut String, index: usize) {
    path.push('[');
    path.push_str(&index.to_string());
    path.push(']');
}

/// A value (or the lack of one) with its path. Readers return `None` after they noted what is wrong.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    value: Option<&'a Value>,
    place: Place<'a>,
    problems: &'a Problems,
}

impl<'a> Node<'a> {
    /// The root of a parsed text.
    pub fn root(value: &'a Value, problems: &'a Problems) -> Self {
        Self { value: Some(value), place: Place::Root, problems }
    }

    /// The field of that name, present or not.
    pub fn field<'b>(&'b self, name: &'b str) -> Node<'b> {
        let value = self.value.and_then(|value| value.get(name));
        Node { value, place: Place::Field(&self.place, name), problems: self.problems }
    }

    /// Whether there is a value other than `null`.
    pub fn is_present(&self) -> bool {
        self.value.is_some_and(|value| !value.is_null())
    }

    /// Reads one entry of a list with `read`, when the list is that long.
    pub fn entry<T>(&self, index: usize, read: impl FnOnce(Node<'_>) -> Option<T>) -> Option<T> {
        let value = self.value.and_then(|value| value.get(index));
        read(Node { value, place: Place::Entry(&self.place, index), problems: self.problems })
    }

    /// The raw value, if there is one.
    pub fn value(&self) -> Option<&'a Value> {
        self.value
    }

    /// The JSON path of this place.
    pub fn path(&self) -> String {
        let mut path = String::new();
        self.place.write(&mut path);
        path
    }

    /// Notes that something else was expected here.
    pub fn reject<T>(&self, expected: Expected) -> Option<T> {
        self.problems.note(self.path(), self.value.map(excerpt), expected);
        None
    }

    /// An object's fields.
    pub fn object(&self) -> Option<&'a Map<String, Value>> {
        match self.value.and_then(Value::as_object) {
            None => self.reject(Expected::Object),
            fields => fields,
        }
    }

    /// Reads every entry of a list with `read`; entries that can't be read are noted and left out.
    pub fn list<T>(&self, read: impl FnMut(Node<'_>) -> Option<T>) -> Option<Vec<T>> {
        self.list_of(0, usize::MAX, read)
    }

    /// As [`Node::list`], with a bound on the number of entries; what is wrong with the entries of a list that is too
    /// short or too long is noted all the same, up to the bound.
    pub fn list_of<T>(
        &self,
        min: usize,
        max: usize,
        mut read: impl FnMut(Node<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Some(entries) = self.value.and_then(Value::as_array) else {
            return self.reject(Expected::List);
        };
        let fits = (min..=max).contains(&entries.len());
        if !fits {
            self.reject::<()>(Expected::ListOf { min, max });
        }
        let node = |(index, value)| Node {
            value: Some(value),
            place: Place::Entry(&self.place, index),
            problems: self.problems,
        };
        let within = &entries[..entries.len().min(max)];
        let read = within.iter().enumerate().filter_map(|entry| read(node(entry))).collect();
        fits.then_some(read)
    }

    /// A text that isn't empty.
    pub fn text(&self) -> Option<&'a str> {
        match self.value.and_then(Value::as_str).filter(|text| !text.trim().is_empty()) {
            None => self.reject(Expected::Text),
            text => text,
        }
    }

    /// A text that isn't empty, of at most so many characters.
    pub fn text_of(&self, max: usize) -> Option<&'a str> {
        let text = self.text()?;
        if text.chars().nth(max).is_some() {
            return self.reject(Expected::Shorter(max));
        }
        Some(text)
    }

    /// An id: small letters, digits, `-` and `.`, at most 64 characters.
    pub fn id(&self) -> Option<&'a str> {
        let fits = |id: &&str| {
            !id.is_empty()
                && id.len() <= 64
                && id.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.'))
        };
        match self.value.and_then(Value::as_str).filter(fits) {
            None => self.reject(Expected::Id),
            id => id,
        }
    }

    /// `true` or `false`.
    pub fn truth(&self) -> Option<bool> {
        match self.value.and_then(Value::as_bool) {
            None => self.reject(Expected::Truth),
            truth => truth,
        }
    }

    /// A number from `min` to `max`.
    pub fn number(&self, min: f64, max: f64) -> Option<f64> {
        match self.value.and_then(Value::as_f64).filter(|n| (min..=max).contains(n)) {
            None => self.reject(Expected::Number { min, max }),
            number => number,
        }
    }

    /// A whole number from `min` to `max`.
    pub fn whole(&self, min: u32, max: u32) -> Option<u32> {
        let whole = self.value.and_then(whole).and_then(|n| u32::try_from(n).ok());
        match whole.filter(|n| (min..=max).contains(n)) {
            None => self.reject(Expected::Whole { min, max }),
            number => number,
        }
    }

    /// The position of this text in `words`.
    pub fn one_of(&self, words: &[&str]) -> Option<usize> {
        let word = self.value.and_then(Value::as_str);
        match word.and_then(|word| words.iter().position(|known| *known == word)) {
            None => self.reject(Expected::OneOf(words.join(", "))),
            position => position,
        }
    }
}

/// A short, harmless quotation of a value: texts in quotes, lists and objects by their size.
pub(crate) fn excerpt(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number_in_words(number),
        Value::Array(entries) => ["[", &entries.len().to_string(), "]"].concat(),
        Value::Object(fields) => ["{", &fields.len().to_string(), "}"].concat(),
        Value::String(text) => quoted(text),
    }
}

fn number_in_words(number: &Number) -> String {
    match (number.as_i64(), number.as_u64(), number.as_f64()) {
        (Some(whole), ..) => whole.to_string(),
        (_, Some(whole), _) => whole.to_string(),
        (.., number) => number.map_or_else(|| "…".to_owned(), decimal),
    }
}

/// A number with at most two decimals, and `≈` before it when that is not all of it: enough to find it in the file,
/// and no float formatter in the download. What is too large to be written so is `…`.
fn decimal(number: f64) -> String {
    if number.abs() >= 1e18 {
        return "…".to_owned();
    }
    if number.fract() == 0.0 {
        return (number as i64).to_string();
    }
    let rounded = (number * 100.0).round() / 100.0;
    let sign = if rounded - number == 0.0 { "" } else { "≈" };
    [sign, &path::number(number)].concat()
}

/// The start of a text in quotes, with control characters escaped as JSON does it, so that they do nothing to a
/// terminal.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for (count, character) in text.chars().enumerate() {
        if count == EXCERPT {
            quoted.push('…');
            break;
        }
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            character if character.is_control() => {
                // None of these is beyond U+009F.
                let digit = |place: u32| char::from_digit((u32::from(character) >> place) & 15, 16);
                quoted.push_str("\\u00");
                quoted.extend([4, 0].into_iter().filter_map(digit));
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
