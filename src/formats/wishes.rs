//! Wishes as they are written: `{"items":{"trust-control.a1":5},"poles":{"trust-control.a":4}}` in a result file; in a
//! stored session each is a pair of the degree (`null` when it was taken out) and the moment.

use serde_json::{Map, Value, json};

use super::wire;
use crate::answers::{Degree, Stamp};
use crate::instrument::{Instrument, ItemIx, ParadoxIx, Pole, Role};
use crate::json::{Expected, Node};
use crate::wishes::Wishes;

/// Whether each wish stands with its moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moments {
    /// As in a stored session.
    With,
    /// As in a result file; read, they all get this moment.
    Without(Stamp),
}

/// The wishes as JSON; `None` when there is nothing to write.
pub(super) fn to_json(instrument: &Instrument, wishes: &Wishes, moments: Moments) -> Option<Value> {
    let one = |degree: Option<Degree>, at: Stamp| {
        let number = degree.map(Degree::number);
        match moments {
            Moments::With => (at > 0 || number.is_some()).then(|| json!([number, at])),
            Moments::Without(_) => number.map(Value::from),
        }
    };
    let items: Map<String, Value> = instrument
        .item_positions()
        .filter_map(|item| {
            let wish = one(wishes.item(item), wishes.item_stamp(item))?;
            Some((instrument.item(item).id.clone(), wish))
        })
        .collect();
    let poles: Map<String, Value> = all_poles(instrument)
        .filter_map(|(paradox, pole)| {
            let wish = one(wishes.pole(paradox, pole), wishes.pole_stamp(paradox, pole))?;
            Some((pole_id(instrument, paradox, pole), wish))
        })
        .collect();
    (!items.is_empty() || !poles.is_empty()).then(|| json!({ "items": items, "poles": poles }))
}

/// Reads what [`to_json`] wrote.
pub(super) fn read(node: &Node<'_>, instrument: &Instrument, moments: Moments) -> Option<Wishes> {
    let mut wishes = Wishes::new(instrument);
    node.object()?;
    let items = node.field("items");
    if items.is_present() {
        for id in items.object()?.keys() {
            let field = items.field(id);
            let Some(item) = pole_item(&field, instrument, id) else { continue };
            if let Some((degree, at)) = read_wish(&field, moments) {
                wishes.set_item(instrument, item, degree, at);
            }
        }
    }
    let poles = node.field("poles");
    if poles.is_present() {
        for id in poles.object()?.keys() {
            let field = poles.field(id);
            let Some((paradox, pole)) = find_pole(instrument, id) else {
                field.reject::<()>(Expected::KnownPole);
                continue;
            };
            if let Some((degree, at)) = read_wish(&field, moments) {
                wishes.set_pole(paradox, pole, degree, at);
            }
        }
    }
    Some(wishes)
}

fn read_wish(node: &Node<'_>, moments: Moments) -> Option<(Option<Degree>, Stamp)> {
    match moments {
        Moments::Without(at) => Some((Some(wire::read_degree(node)?), at)),
        Moments::With => {
            if node.value().and_then(Value::as_array).map(Vec::len) != Some(2) {
                return node.reject(Expected::ListOf { min: 2, max: 2 });
            }
            let at = node.entry(1, |stamp| wire::stamp(&stamp))?;
            let degree = node.entry(0, |degree| {
                if degree.is_present() { wire::read_degree(&degree).map(Some) } else { Some(None) }
            })?;
            Some((degree, at))
        }
    }
}

fn pole_item(node: &Node<'_>, instrument: &Instrument, id: &str) -> Option<ItemIx> {
    let item = wire::read_item(node, instrument, id)?;
    match instrument.item(item).role {
        Role::Pole(..) => Some(item),
        Role::Tension(_) | Role::Phase(_) | Role::Choice => node.reject(Expected::KnownPole),
    }
}

fn all_poles(instrument: &Instrument) -> impl Iterator<Item = (ParadoxIx, Pole)> {
    instrument.paradox_positions().flat_map(|paradox| [(paradox, Pole::A), (paradox, Pole::B)])
}

fn pole_id(instrument: &Instrument, paradox: ParadoxIx, pole: Pole) -> String {
    [&instrument.paradox(paradox).id, ".", pole.letter()].concat()
}

fn find_pole(instrument: &Instrument, id: &str) -> Option<(ParadoxIx, Pole)> {
    let (paradox, letter) = id.rsplit_once('.')?;
    let pole = [Pole::A, Pole::B].into_iter().find(|pole| pole.letter() == letter)?;
    Some((instrument.find_paradox(paradox)?, pole))
}
