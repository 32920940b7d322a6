//! Notes, actions and names as they are written: in a result file by themselves, in a stored session each with the
//! moment it was written.
//!
//! Result file: `"notes":{"overall":"…","trust-control":"…"}`, `"actions":[{"text","owner","due","state","about"}]`.
//! Stored session: `{"label":["…",at],"notes":{"overall":["…",at]},"actions":[{"id","at","text",…}]}`; what was taken
//! out is `null` in a pair, and an action with an `id` and an `at` alone.

use serde_json::{Map, Value, json};

use crate::answers::Stamp;
use crate::day::Day;
use crate::instrument::Instrument;
use crate::json::{Expected, Node};
use crate::workbook::{
    About, Action, ActionId, LONGEST_LINE, LONGEST_NOTE, MOST_ACTIONS, Progress, Workbook, Written,
};

/// The name under which the note about the whole stands.
const OVERALL: &str = "overall";

/// The notes of a result file; `None` when there are none.
pub(super) fn notes(instrument: &Instrument, workbook: &Workbook) -> Option<Value> {
    let notes: Map<String, Value> = workbook
        .notes()
        .map(|(about, note)| (about_word(instrument, about).to_owned(), Value::from(note)))
        .collect();
    (!notes.is_empty()).then_some(Value::Object(notes))
}

/// The actions of a result file; `None` when there are none.
pub(super) fn actions(instrument: &Instrument, workbook: &Workbook) -> Option<Value> {
    // Two tabs together may have more than a file may.
    let actions = workbook.actions().take(MOST_ACTIONS);
    let actions: Vec<Value> = actions.map(|(_, action)| Value::Object(fields(instrument, action))).collect();
    (!actions.is_empty()).then_some(Value::Array(actions))
}

/// Reads the notes, actions and name of a result file; each gets the moment `at`.
pub(super) fn read_plain(root: &Node<'_>, instrument: &Instrument, at: Stamp) -> Option<Workbook> {
    let mut workbook = Workbook::default();
    let label = root.field("label");
    if label.is_present() {
        // An empty name is none: many programs write an empty cell so.
        let label = any_text(&label, LONGEST_LINE)?;
        if !label.trim().is_empty() {
            workbook.name(label, at);
        }
    }
    let notes = root.field("notes");
    if notes.is_present() {
        for name in notes.object()?.keys() {
            let note = notes.field(name);
            let Some(about) = read_about(&note, instrument, name) else { continue };
            if let Some(text) = any_text(&note, LONGEST_NOTE).filter(|text| !text.trim().is_empty()) {
                workbook.write(about, text, at);
            }
        }
    }
    let actions = root.field("actions");
    if actions.is_present() {
        let read = actions.list_of(0, MOST_ACTIONS, |action| read_action(&action, instrument))?;
        for action in read {
            workbook.add(action, at);
        }
    }
    Some(workbook)
}

/// Everything with its moments; `None` when nothing was ever written.
pub(super) fn with_moments(instrument: &Instrument, workbook: &Workbook) -> Option<Value> {
    let pair = |written: &Written<String>| json!([written.value, written.at]);
    let notes: Map<String, Value> = workbook
        .written_notes()
        .iter()
        .map(|(about, note)| (about_word(instrument, *about).to_owned(), pair(note)))
        .collect();
    let actions: Vec<Value> =
        workbook.written_actions().iter().map(|(id, action)| entry(instrument, *id, action)).collect();
    let label = workbook.written_label();
    if label.is_none() && notes.is_empty() && actions.is_empty() {
        return None;
    }
    Some(json!({ "label": label.map(pair), "notes": notes, "actions": actions }))
}

fn entry(instrument: &Instrument, id: ActionId, action: &Written<Action>) -> Value {
    let mut entry = action.value.as_ref().map_or_else(Map::new, |action| fields(instrument, action));
    entry.insert("id".to_owned(), Value::from(id.0));
    entry.insert("at".to_owned(), Value::from(action.at));
    Value::Object(entry)
}

/// Reads what [`with_moments`] wrote.
pub(super) fn read_with_moments(node: &Node<'_>, instrument: &Instrument) -> Option<Workbook> {
    let mut workbook = Workbook::default();
    node.object()?;
    let label = node.field("label");
    if label.is_present() {
        workbook.put_label(read_pair(&label, LONGEST_LINE)?);
    }
    let notes = node.field("notes");
    for name in notes.object()?.keys() {
        let note = notes.field(name);
        let Some(about) = read_about(&note, instrument, name) else { continue };
        if let Some(note) = read_pair(&note, LONGEST_NOTE) {
            workbook.put_note(about, note);
        }
    }
    let actions = node.field("actions").list(|action| {
        let id = super::wire::stamp(&action.field("id"))?;
        let at = super::wire::stamp(&action.field("at"))?;
        let is_there = action.field("text").value().is_some();
        let value = if is_there { Some(read_action(&action, instrument)?) } else { None };
        Some((ActionId(id), Written { at, value }))
    })?;
    for (id, action) in actions {
        workbook.put_read(id, action);
    }
    Some(workbook)
}

fn read_pair(node: &Node<'_>, longest: usize) -> Option<Written<String>> {
    if node.value().and_then(Value::as_array).map(Vec::len) != Some(2) {
        return node.reject(Expected::ListOf { min: 2, max: 2 });
    }
    let at = node.entry(1, |stamp| super::wire::stamp(&stamp))?;
    let value = node.entry(0, |text| {
        if text.is_present() { bounded(&text, longest).map(|text| Some(text.to_owned())) } else { Some(None) }
    })?;
    Some(Written { at, value })
}

fn fields(instrument: &Instrument, action: &Action) -> Map<String, Value> {
    let about = action.about.map(|paradox| instrument.paradox(paradox).id.as_str());
    let owner = Some(action.owner.as_str()).filter(|owner| !owner.is_empty());
    [
        ("text", Value::from(action.text.as_str())),
        ("owner", Value::from(owner)),
        ("due", Value::from(action.due.map(|due| due.to_string()))),
        ("state", Value::from(action.progress.word())),
        ("about", Value::from(about)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

fn read_action(node: &Node<'_>, instrument: &Instrument) -> Option<Action> {
    node.object()?;
    // An action that is still empty is one that someone is about to write.
    let text = any_text(&node.field("text"), LONGEST_LINE)?.to_owned();
    let owner = node.field("owner");
    let owner = if owner.is_present() { any_text(&owner, LONGEST_LINE)?.to_owned() } else { String::new() };
    let due = node.field("due");
    let due = if due.is_present() { Some(read_day(&due)?) } else { None };
    let words = Progress::ALL.map(Progress::word);
    let state = node.field("state");
    let progress = if state.is_present() { Progress::ALL[state.one_of(&words)?] } else { Progress::Open };
    let about = node.field("about");
    let about = if about.is_present() { Some(super::wire::read_paradox(&about, instrument)?) } else { None };
    Some(Action { text, owner, due, progress, about })
}

fn read_day(node: &Node<'_>) -> Option<Day> {
    match node.value().and_then(Value::as_str).filter(|text| text.len() == 10).and_then(Day::read) {
        None => node.reject(Expected::Day),
        day => day,
    }
}

/// A text that isn't empty and not longer than that.
pub(super) fn bounded<'a>(node: &Node<'a>, longest: usize) -> Option<&'a str> {
    node.text_of(longest)
}

/// A text that may be empty, not longer than that.
pub(super) fn any_text<'a>(node: &Node<'a>, longest: usize) -> Option<&'a str> {
    match node.value().and_then(Value::as_str).filter(|text| text.trim().is_empty()) {
        Some(blank) if blank.chars().nth(longest).is_none() => Some(blank),
        _ => bounded(node, longest),
    }
}

fn about_word(instrument: &Instrument, about: About) -> &str {
    match about {
        About::Overall => OVERALL,
        About::Paradox(paradox) => &instrument.paradox(paradox).id,
    }
}

fn read_about(node: &Node<'_>, instrument: &Instrument, name: &str) -> Option<About> {
    if name == OVERALL {
        return Some(About::Overall);
    }
    match instrument.find_paradox(name) {
        Some(paradox) => Some(About::Paradox(paradox)),
        None => node.reject(Expected::KnownParadox),
    }
}
