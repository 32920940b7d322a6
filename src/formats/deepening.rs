//! The answers to the deepening modules as they are written, by question: an option's id, a list of those, a whole
//! number, or a step of 1–5. In a stored session each is a pair with its moment, `null` when it was taken out.

use serde_json::{Map, Value as Json, json};

use super::wire;
use super::wishes::Moments;
use crate::deepening::{Ask, Deepening, Given, QuestionIx, Value};
use crate::json::{Expected, Node};

/// The answers as JSON; `None` when there is nothing to write.
pub(super) fn to_json(given: &Given, moments: Moments) -> Option<Json> {
    given.entries().next()?;
    let deepening = Deepening::built_in();
    let fields: Map<String, Json> = given
        .entries()
        .filter_map(|(question, value, at)| {
            let value = value.map(|value| write(&deepening, question, value));
            let value = match moments {
                Moments::With => json!([value, at]),
                Moments::Without(_) => value?,
            };
            Some((deepening.question(question).id.clone(), value))
        })
        .collect();
    (!fields.is_empty()).then_some(Json::Object(fields))
}

fn write(deepening: &Deepening, question: QuestionIx, value: Value) -> Json {
    let options: &[String] = match &deepening.question(question).ask {
        Ask::One(options) | Ask::Several(options) => options,
        Ask::Number { .. } | Ask::Steps | Ask::Degree => &[],
    };
    match value {
        Value::One(place) => options.get(usize::from(place)).map(String::as_str).into(),
        Value::Several(set) => {
            let chosen = options.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1);
            chosen.map(|(_, option)| option.as_str()).collect()
        }
        Value::Number(number) => number.into(),
        Value::Step(step) => step.number().into(),
    }
}

/// Reads what [`to_json`] wrote; nothing where nothing stands.
pub(super) fn read(node: &Node<'_>, moments: Moments) -> Option<Given> {
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
        match moments {
            Moments::Without(at) => {
                if let Some(value) = read_value(&field, &deepening, question) {
                    given.put(question, Some(value), at);
                }
            }
            Moments::With => read_pair(&field, &deepening, question, &mut given).unwrap_or_default(),
        }
    }
    Some(given)
}

/// What is wrong was noted when this is `None`.
fn read_pair(node: &Node<'_>, deepening: &Deepening, question: QuestionIx, given: &mut Given) -> Option<()> {
    if node.value().and_then(Json::as_array).map(Vec::len) != Some(2) {
        return node.reject(Expected::ListOf { min: 2, max: 2 });
    }
    let at = node.entry(1, |stamp| wire::stamp(&stamp))?;
    let value = node.entry(0, |value| {
        if value.is_present() { read_value(&value, deepening, question).map(Some) } else { Some(None) }
    })?;
    given.put(question, value, at);
    Some(())
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
