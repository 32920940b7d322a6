//! The answers to the deepening modules as they are written, by question: an option's id, a list of those, a whole
//! number, or a step of 1–5. In a stored session each is a pair with its moment, `null` when it was taken out.
//!
//! Two readers: [`read_held`] takes what a session holds without knowing the modules, [`read`] sees that every answer of
//! a file fits its question.

use serde_json::{Map, Value as Json, json};

use super::wire;
use super::wishes::Moments;
use crate::answers::Stamp;
use crate::deepening::{Ask, Deepening, Given, Held, QuestionIx, Value};
use crate::json::{Expected, Node};

/// The answers as JSON; `None` when there is nothing to write.
pub(super) fn to_json(given: &Given, moments: Moments) -> Option<Json> {
    let fields: Map<String, Json> = given
        .entries()
        .filter_map(|(id, value, at)| {
            let value = value.map(write);
            let value = match moments {
                Moments::With => json!([value, at]),
                Moments::Without(_) => value?,
            };
            Some((id.to_owned(), value))
        })
        .collect();
    (!fields.is_empty()).then_some(Json::Object(fields))
}

fn write(held: &Held) -> Json {
    match held {
        Held::One(option) => option.as_str().into(),
        Held::Several(options) => options.iter().map(String::as_str).collect(),
        Held::Number(number) => (*number).into(),
    }
}

/// Reads what a session holds, pairs with moments, whatever it answers; nothing where nothing stands.
pub(super) fn read_held(node: &Node<'_>) -> Option<Given> {
    let mut given = Given::default();
    if node.is_present() {
        for id in node.object()?.keys() {
            if let Some((value, at)) = read_pair(&node.field(id)) {
                given.put(id, value, at);
            }
        }
    }
    Some(given)
}

fn read_any(node: &Node<'_>) -> Option<Held> {
    match node.value() {
        Some(Json::String(option)) => Some(Held::One(option.clone())),
        Some(Json::Array(_)) => node.list(|option| option.text().map(str::to_owned)).map(Held::Several),
        _ => node.whole(0, u32::MAX).map(Held::Number),
    }
}

/// Reads what [`to_json`] wrote into a file for others; nothing where nothing stands.
pub(super) fn read(node: &Node<'_>, at: Stamp) -> Option<Given> {
    let mut given = Given::default();
    if !node.is_present() {
        return Some(given);
    }
    let deepening = Deepening::built_in();
    for id in node.object()?.keys() {
        let field = node.field(id);
        let Some(question) = deepening.find(id) else {
            field.reject::<()>(Expected::KnownItem);
            continue;
        };
        if let Some(value) = read_value(&field, &deepening, question) {
            given.put(id, Some(deepening.held(question, value)), at);
        }
    }
    Some(given)
}

/// What is wrong was noted when this is `None`.
fn read_pair(node: &Node<'_>) -> Option<(Option<Held>, Stamp)> {
    if node.value().and_then(Json::as_array).map(Vec::len) != Some(2) {
        return node.reject(Expected::ListOf { min: 2, max: 2 });
    }
    let at = node.entry(1, |stamp| wire::stamp(&stamp))?;
    let value =
        node.entry(0, |value| if value.is_present() { read_any(&value).map(Some) } else { Some(None) })?;
    Some((value, at))
}

fn read_value(node: &Node<'_>, deepening: &Deepening, question: QuestionIx) -> Option<Value> {
    match &deepening.question(question).ask {
        Ask::One(options) => {
            let words: Vec<&str> = options.iter().map(String::as_str).collect();
            let place = node.one_of(&words)?;
            Some(Value::One(place as u8))
        }
        Ask::Several(options) => {
            let words: Vec<&str> = options.iter().map(String::as_str).collect();
            let places = node.list_of(1, options.len(), |option| option.one_of(&words))?;
            Some(Value::Several(places.into_iter().fold(0, |set, place| set | 1 << place)))
        }
        Ask::Number { min, max } => node.whole(*min, *max).map(Value::Number),
        Ask::Steps | Ask::Degree => wire::read_degree(node).map(Value::Step),
    }
}
