//! What the result file and the stored session write in the same way: the instrument's name and single answers.

use serde_json::Value;

use crate::answers::{Answer, Degree, LATEST, Stamp};
use crate::instrument::{Instrument, ItemIx, ParadoxIx, Role};
use crate::json::{self, Expected, Node};

/// Checks that a file belongs to this instrument, in this version.
pub(super) fn check_instrument(node: &Node<'_>, instrument: &Instrument) -> Option<()> {
    node.object()?;
    node.field("id").one_of(&[instrument.id()])?;
    node.field("version").one_of(&[instrument.version()])?;
    Some(())
}

/// An answer as JSON: 1–5, a phase's id, or `null` for "don't know".
pub(super) fn write_answer(instrument: &Instrument, answer: Answer) -> Value {
    match answer {
        Answer::Degree(degree) => Value::from(degree.number()),
        Answer::Phase(phase) => Value::from(instrument.phase(phase).id.as_str()),
        Answer::DontKnow => Value::Null,
    }
}

/// The item that a field of `answers` names.
pub(super) fn read_item(node: &Node<'_>, instrument: &Instrument, id: &str) -> Option<ItemIx> {
    match instrument.find_item(id) {
        None => node.reject(Expected::KnownItem),
        item => item,
    }
}

/// The answer at a node, of the kind that the item asks for.
pub(super) fn read_answer(node: &Node<'_>, instrument: &Instrument, item: ItemIx) -> Option<Answer> {
    if !node.is_present() {
        return Some(Answer::DontKnow);
    }
    if instrument.item(item).role == Role::Choice {
        let ids: Vec<&str> = instrument.phases().iter().map(|phase| phase.id.as_str()).collect();
        let index = node.one_of(&ids)?;
        return instrument.phase_positions().nth(index).map(Answer::Phase);
    }
    read_degree(node).map(Answer::Degree)
}

/// A degree, 1–5.
pub(super) fn read_degree(node: &Node<'_>) -> Option<Degree> {
    let number = node.value().and_then(json::whole).and_then(|number| u8::try_from(number).ok());
    match number.and_then(Degree::new) {
        None => node.reject(Expected::Degree),
        degree => degree,
    }
}

/// The paradox with the id at a node.
pub(super) fn read_paradox(node: &Node<'_>, instrument: &Instrument) -> Option<ParadoxIx> {
    match node.value().and_then(Value::as_str).and_then(|id| instrument.find_paradox(id)) {
        None => node.reject(Expected::KnownParadox),
        paradox => paradox,
    }
}

/// A moment in milliseconds since 1970.
pub(super) fn stamp(node: &Node<'_>) -> Option<Stamp> {
    match node.value().and_then(json::whole).filter(|at| *at <= LATEST) {
        None => node.reject(Expected::Number { min: 0.0, max: LATEST as f64 }),
        at => at,
    }
}
