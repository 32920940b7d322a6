//! What the browser's storage holds of the kept results, version 1: `{"format":"equipoise-history","version":1,
//! "instrument":{…},"entries":[{"id","at","name","origin","result":{…}}]}`. A removed one has `id` and `at` alone.
//! The results are result files without their scores, which follow from the answers.

use serde_json::{Value, json};

use super::result::ResultFile;
use super::wire;
use crate::history::{Entry, History, Kept, KeptId, MOST_ENTRIES, Origin};
use crate::instrument::Instrument;
use crate::json::{self, Expected, Node, Problem, Problems};
use crate::workbook::LONGEST_LINE;

/// The format's name.
pub const FORMAT: &str = "equipoise-history";
/// The version that is written, and the newest that is read.
pub const VERSION: u32 = 1;

/// Reads kept results that belong to `instrument`.
///
/// # Errors
/// Every problem with its JSON path.
pub fn read(instrument: &Instrument, text: &str) -> Result<History, Vec<Problem>> {
    let value = json::parse(text)?;
    let problems = Problems::default();
    let history = read_node(instrument, &Node::root(&value, &problems));
    problems.finish(history)
}

/// The kept results as JSON text.
#[must_use]
pub fn write(instrument: &Instrument, history: &History) -> String {
    json::compact(&to_json(instrument, history))
}

pub(super) fn to_json(instrument: &Instrument, history: &History) -> Value {
    json!({
        "format": FORMAT,
        "version": VERSION,
        "instrument": { "id": instrument.id(), "version": instrument.version() },
        "entries": history.entries().iter().map(entry).collect::<Vec<_>>(),
    })
}

/// How many bytes an entry takes.
pub(super) fn length(one: &Entry) -> usize {
    json::compact(&entry(one)).len()
}

fn entry(entry: &Entry) -> Value {
    match &entry.kept {
        None => json!({ "id": entry.id.0, "at": entry.at }),
        Some(kept) => json!({
            "id": entry.id.0,
            "at": entry.at,
            "name": kept.name,
            "origin": kept.origin.word(),
            "result": kept.file.without_scores(),
        }),
    }
}

pub(super) fn read_node(instrument: &Instrument, root: &Node<'_>) -> Option<History> {
    root.object()?;
    root.field("format").one_of(&[FORMAT])?;
    let version = root.field("version");
    if version.whole(1, u32::MAX)? > VERSION {
        return version.reject(Expected::Version(VERSION));
    }
    wire::check_instrument(&root.field("instrument"), instrument)?;
    let entries = root.field("entries").list_of(0, MOST_ENTRIES, |entry| read_entry(instrument, &entry))?;
    let mut history = History::default();
    for entry in entries {
        history.put_read(entry);
    }
    Some(history)
}

fn read_entry(instrument: &Instrument, node: &Node<'_>) -> Option<Entry> {
    node.object()?;
    let id = KeptId(wire::stamp(&node.field("id"))?);
    let at = wire::stamp(&node.field("at"))?;
    let result = node.field("result");
    if !result.is_present() {
        return Some(Entry { id, at, kept: None });
    }
    let name = super::workbook::bounded(&node.field("name"), LONGEST_LINE)?.to_owned();
    let origin = Origin::ALL[node.field("origin").one_of(&Origin::ALL.map(Origin::word))?];
    let file = ResultFile::read_node(instrument, &result)?;
    Some(Entry { id, at, kept: Some(Kept { id, name, origin, file }) })
}
