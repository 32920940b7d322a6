//! The result file, version 1: `{"format":"equipoise-result","version":1,"instrument":{"id","version"},"form",
//! "language","completed","label","side","perspective","answers","scores"}`. It holds ids and numbers only, so it
//! opens in any language. Fields that this program doesn't know are kept as they are.

use serde_json::{Map, Value};

use super::{scores, wire};
use crate::answers::{Answers, Stamp};
use crate::instrument::{FormIx, Instrument};
use crate::json::{self, Expected, Node, Problem, Problems};
use crate::scoring::{self, Report};

/// The format's name.
pub const FORMAT: &str = "equipoise-result";
/// The version that is written, and the newest that is read.
pub const VERSION: u32 = 1;
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
    /// All fields of the file, known or not, as they stood there.
    fields: Map<String, Value>,
}

impl ResultFile {
    /// Reads a result file that belongs to `instrument`.
    ///
    /// # Errors
    /// Every problem with its JSON path. Wrong scores are no error: see [`ResultFile::mismatches`].
    pub fn read(instrument: &Instrument, text: &str) -> Result<Self, Vec<Problem>> {
        let value = json::parse(text.trim_start_matches('\u{feff}'))?;
        let problems = Problems::default();
        let file = read(instrument, &Node::root(&value, &problems));
        problems.finish(file)
    }

    /// The value of a field of the file, known or not; `None` when it is missing or `null`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// A new result of these answers, with scores filled in.
    ///
    /// `completed` is the moment of completion in UTC, as in `2026-11-23T10:00:00Z`.
    #[must_use]
    pub fn new(
        instrument: &Instrument,
        form: FormIx,
        answers: Answers,
        language: &str,
        completed: Option<&str>,
    ) -> Self {
        let items = instrument.form(form).items.iter();
        let written: Map<String, Value> = items
            .filter_map(|item| {
                let answer = answers.get(*item)?;
                Some((instrument.item(*item).id.clone(), wire::write_answer(instrument, answer)))
            })
            .collect();
        let value = serde_json::json!({
            "format": FORMAT,
            "version": VERSION,
            "instrument": { "id": instrument.id(), "version": instrument.version() },
            "form": instrument.form(form).id,
            "language": language,
            "completed": completed,
            "label": null,
            "side": null,
            "perspective": "own",
            "answers": written,
        });
        let fields = match value {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        Self { form, answers, fields }
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
        self.to_json(instrument).to_string()
    }

    /// As [`ResultFile::write`], on lines of their own for people to read.
    #[must_use]
    pub fn write_pretty(&self, instrument: &Instrument) -> String {
        format!("{:#}", self.to_json(instrument))
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
    Some(ResultFile { form: form?, answers, fields: fields.clone() })
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
    let text = value.to_string();
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => [&text[..end], "…"].concat(),
        None => text,
    }
}
