//! The result file, version 1: `{"format":"equipoise-result","version":1,"instrument":{"id","version"},"form",
//! "language","completed","label","side","perspective","answers","notes","actions","wished","deepening","scores"}`. Beside what
//! someone wrote it holds ids and numbers only, so it opens in any language. Fields that this program doesn't know are
//! kept as they are.

use serde_json::{Map, Value};

use super::wishes::{self, Moments};
use super::{deepening, scores, wire, workbook};
use crate::answers::{Answers, Stamp};
use crate::day::Day;
use crate::deepening::{Deepening, Given};
use crate::instrument::{FormIx, Instrument};
use crate::json::{self, Expected, Node, Problem, Problems};
use crate::scoring::{self, Report};
use crate::wishes::Wishes;
use crate::workbook::{LONGEST_LINE, Workbook};

/// The format's name.
pub const FORMAT: &str = "equipoise-result";
/// The version that is written, and the newest that is read.
pub const VERSION: u32 = 1;
/// Told from one's own place, or as one thinks the partner would.
const PERSPECTIVES: [&str; 2] = ["own", "partner"];
/// How far a number may differ from the recomputed one before it is reported: less than any screen shows.
const TOLERANCE: f64 = 1e-6;
/// The most that is quoted of scores that differ, in characters: enough for a list of twelve ids.
const EXCERPT: usize = 320;

/// A result as it was read: what was answered, and everything else that the file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultFile {
    /// The form that was answered.
    pub form: FormIx,
    /// The answers.
    pub answers: Answers,
    /// The day on which it was completed, if that is known.
    pub day: Option<Day>,
    /// The name of the alliance, notes and actions, as far as the file has them.
    pub workbook: Workbook,
    /// How it should be a year from now, as far as the file says.
    pub wishes: Wishes,
    /// The answers to the deepening modules, as far as the file has them.
    pub given: Given,
    /// All fields of the file, known or not, as they stood there.
    fields: Map<String, Value>,
}

/// What a new result is made of.
#[derive(Clone, Debug)]
pub struct Parts<'a> {
    /// The form that was answered.
    pub form: FormIx,
    /// The answers; those to items outside the form are left out.
    pub answers: Answers,
    /// The language it was answered in.
    pub language: &'a str,
    /// The moment of completion in UTC, as in `2026-11-23T10:00:00Z`, or the day alone.
    pub completed: Option<&'a str>,
    /// Notes, actions and the name of the alliance; empty for a file without them.
    pub workbook: Workbook,
    /// How it should be a year from now.
    pub wishes: Wishes,
    /// The answers to the deepening modules.
    pub given: Given,
}

impl ResultFile {
    /// Reads a result file that belongs to `instrument`.
    ///
    /// # Errors
    /// Every problem with its JSON path. Wrong scores are no error: see [`ResultFile::mismatches`].
    pub fn read(instrument: &Instrument, text: &str) -> Result<Self, Vec<Problem>> {
        let value = json::parse(text.trim_start_matches('\u{feff}'))?;
        Self::from_value(instrument, &value)
    }

    /// As [`ResultFile::read`], from JSON that was parsed already.
    ///
    /// # Errors
    /// Every problem with its JSON path.
    pub fn from_value(instrument: &Instrument, value: &Value) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let file = read(instrument, &Node::root(value, &problems));
        problems.finish(file)
    }

    /// The value of a field of the file, known or not; `None` when it is missing or `null`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// The side it is of: a partner organisation, as it was named there.
    #[must_use]
    pub fn side(&self) -> Option<&str> {
        self.field("side").and_then(Value::as_str).filter(|side| !side.trim().is_empty())
    }

    /// Leaves open of which side it is.
    pub(crate) fn forget_side(&mut self) {
        self.fields.shift_remove("side");
    }

    /// Whether someone answered as they think their partner would.
    #[must_use]
    pub fn is_of_partner(&self) -> bool {
        self.field("perspective").and_then(Value::as_str) == Some(PERSPECTIVES[1])
    }

    /// A new result, with scores filled in.
    #[must_use]
    pub fn new(instrument: &Instrument, parts: Parts<'_>) -> Self {
        let items = instrument.form(parts.form).items.iter();
        let written: Map<String, Value> = items
            .filter_map(|item| {
                let answer = parts.answers.get(*item)?;
                Some((instrument.item(*item).id.clone(), wire::write_answer(instrument, answer)))
            })
            .collect();
        let value = serde_json::json!({
            "format": FORMAT,
            "version": VERSION,
            "instrument": { "id": instrument.id(), "version": instrument.version() },
            "form": instrument.form(parts.form).id,
            "language": parts.language,
            "completed": parts.completed,
            "label": parts.workbook.label(),
            "side": null,
            "perspective": "own",
            "answers": written,
        });
        let mut fields = match value {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        let beside = [
            ("notes", workbook::notes(instrument, &parts.workbook)),
            ("actions", workbook::actions(instrument, &parts.workbook)),
            ("wished", wishes::to_json(instrument, &parts.wishes, Moments::Without(0))),
            (
                "deepening",
                deepening::to_json(&parts.given.fitting(&Deepening::built_in()), Moments::Without(0)),
            ),
        ];
        for (name, value) in beside {
            if let Some(value) = value {
                fields.insert(name.to_owned(), value);
            }
        }
        // What is written has no moments in it, so neither has the new result: it equals what is read back.
        let value = Value::Object(fields);
        let problems = Problems::default();
        let read = read(instrument, &Node::root(&value, &problems));
        read.unwrap_or_else(|| Self {
            form: parts.form,
            answers: parts.answers,
            day: None,
            workbook: Workbook::default(),
            wishes: Wishes::new(instrument),
            given: Given::default(),
            fields: Map::new(),
        })
    }

    /// As [`ResultFile::read`], from a place within another file.
    pub(super) fn read_node(instrument: &Instrument, node: &Node<'_>) -> Option<Self> {
        read(instrument, node)
    }

    /// Whether another file holds the same answers to the same form, of the same day, with the same things written.
    #[must_use]
    pub fn is_same_result(&self, other: &Self) -> bool {
        fn field<'a>(file: &'a ResultFile, name: &str) -> Option<&'a Value> {
            let is_blank = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
            file.field(name).filter(|value| !is_blank(value))
        }
        let names = ["label", "answers", "notes", "actions", "wished", "deepening"];
        self.form == other.form
            && self.day == other.day
            && names.iter().all(|name| field(self, name) == field(other, name))
    }

    /// The same result without anything that someone wrote or named: notes, actions, the alliance and the side. All
    /// else stays as it was read.
    #[must_use]
    pub fn bare(mut self) -> Self {
        for name in ["notes", "actions"] {
            self.fields.shift_remove(name);
        }
        for name in ["label", "side"] {
            if let Some(value) = self.fields.get_mut(name) {
                *value = Value::Null;
            }
        }
        self.workbook = Workbook::default();
        self
    }

    /// The file as it was read, without the scores, which follow from the answers.
    pub(crate) fn without_scores(&self) -> Value {
        let mut fields = self.fields.clone();
        fields.shift_remove("scores");
        Value::Object(fields)
    }

    /// The file as it was read, as text.
    pub(crate) fn as_read(&self) -> String {
        json::compact(&Value::Object(self.fields.clone()))
    }

    /// The report that follows from the answers.
    #[must_use]
    pub fn report(&self, instrument: &Instrument) -> Report {
        scoring::score(instrument, self.form, &self.answers, None)
    }

    /// Where the scores in the file differ from what follows from the answers; a remark that needs timing
    /// can't be recomputed and is not compared.
    #[must_use]
    pub fn mismatches(&self, instrument: &Instrument) -> Vec<Problem> {
        let mut found = Vec::new();
        if let Some(stored) = self.fields.get("scores").filter(|stored| !stored.is_null()) {
            let computed = scores::to_json(instrument, &self.report(instrument));
            compare(stored, &computed, "$.scores".to_owned(), &mut found);
        }
        found
    }

    /// The file as JSON text with `scores` computed anew and every other field as it was read.
    #[must_use]
    pub fn write(&self, instrument: &Instrument) -> String {
        json::compact(&self.to_json(instrument))
    }

    /// As [`ResultFile::write`], on lines of their own for people to read.
    #[must_use]
    pub fn write_pretty(&self, instrument: &Instrument) -> String {
        json::pretty(&self.to_json(instrument))
    }

    fn to_json(&self, instrument: &Instrument) -> Value {
        let mut fields = self.fields.clone();
        let mut computed = scores::to_json(instrument, &self.report(instrument));
        keep_fast(self.fields.get("scores"), &mut computed);
        fields.insert("scores".to_owned(), computed);
        Value::Object(fields)
    }
}

fn read(instrument: &Instrument, root: &Node<'_>) -> Option<ResultFile> {
    let fields = root.object()?;
    root.field("format").one_of(&[FORMAT])?;
    let version = root.field("version");
    if version.whole(1, u32::MAX)? > VERSION {
        return version.reject(Expected::Version(VERSION));
    }
    wire::check_instrument(&root.field("instrument"), instrument)?;
    let ids: Vec<&str> = instrument.forms().iter().map(|form| form.id.as_str()).collect();
    let form = root.field("form").one_of(&ids).and_then(|index| instrument.form_positions().nth(index));
    let mut answers = Answers::new(instrument);
    let node = root.field("answers");
    for id in node.object()?.keys() {
        let field = node.field(id);
        let Some(item) = wire::read_item(&field, instrument, id) else { continue };
        if let Some(answer) = wire::read_answer(&field, instrument, item) {
            answers.set(instrument, item, Some(answer), 0 as Stamp);
        }
    }
    let completed = read_completed(&root.field("completed"));
    let workbook = workbook::read_plain(root, instrument, 0);
    let wished = root.field("wished");
    let wishes = if wished.is_present() {
        wishes::read(&wished, instrument, Moments::Without(0))
    } else {
        Some(Wishes::new(instrument))
    };
    let given = deepening::read(&root.field("deepening"), 0);
    check_side(root);
    let mut fields = fields.clone();
    for name in ["answers", "wished", "deepening"] {
        if let Some(value) = fields.get_mut(name) {
            write_whole(value);
        }
    }
    Some(ResultFile {
        form: form?,
        answers,
        day: completed,
        workbook: workbook?,
        wishes: wishes?,
        given: given?,
        fields,
    })
}

/// Numbers with a point that are whole lose it, so that the same answers are the same file.
fn write_whole(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            if let Some(whole) = json::whole(value) {
                *value = whole.into();
            }
        }
        Value::Array(entries) => entries.iter_mut().for_each(write_whole),
        Value::Object(fields) => fields.values_mut().for_each(write_whole),
        _ => {}
    }
}

/// The day of completion. One that can't be read is none: the answers are worth more than their date.
fn read_completed(node: &Node<'_>) -> Option<Day> {
    node.value().and_then(Value::as_str).and_then(Day::read)
}

/// Which partner it is of, and whether it is told from their own place or as seen by others. What is wrong is noted.
fn check_side(root: &Node<'_>) {
    let (side, perspective) = (root.field("side"), root.field("perspective"));
    if side.is_present() {
        workbook::any_text(&side, LONGEST_LINE);
    }
    if perspective.is_present() {
        perspective.one_of(&PERSPECTIVES);
    }
}

/// Whether someone answered fast is known only where it was measured, so that remark is taken over.
fn keep_fast(stored: Option<&Value>, computed: &mut Value) {
    let had_fast = stored.is_some_and(|stored| has_fast(&stored["flags"]));
    if let Some(flags) = computed["flags"].as_array_mut().filter(|_| had_fast) {
        let place = flags.iter().position(|flag| flag == "incomplete").unwrap_or(flags.len());
        flags.insert(place, Value::from("fast"));
    }
}

fn has_fast(flags: &Value) -> bool {
    flags.as_array().is_some_and(|flags| flags.iter().any(|flag| flag == "fast"))
}

fn compare(stored: &Value, computed: &Value, path: String, found: &mut Vec<Problem>) {
    match (stored, computed) {
        (Value::Object(_), Value::Object(fields)) => {
            for (name, value) in fields {
                compare(&stored[name.as_str()], value, [&path, ".", name].concat(), found);
            }
        }
        (Value::Array(left), Value::Array(right)) if path == "$.scores.flags" => {
            let known = |flag: &&Value| *flag != "fast";
            if !left.iter().filter(known).eq(right.iter().filter(known)) {
                found.push(differs(stored, computed, path));
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(left, right, [&path, "[", &index.to_string(), "]"].concat(), found);
            }
        }
        _ if same(stored, computed) => {}
        _ => found.push(differs(stored, computed, path)),
    }
}

fn same(stored: &Value, computed: &Value) -> bool {
    match (stored.as_f64(), computed.as_f64()) {
        (Some(left), Some(right)) => (left - right).abs() <= TOLERANCE,
        _ => stored == computed,
    }
}

fn differs(stored: &Value, computed: &Value, path: String) -> Problem {
    let expected = Expected::Recomputed(excerpt(computed));
    Problem { path, found: Some(excerpt(stored)), expected }
}

fn excerpt(value: &Value) -> String {
    let text = json::compact(value);
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => [&text[..end], "…"].concat(),
        None => text,
    }
}
