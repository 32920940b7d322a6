//! What a questionnaire may leave out, filled in before it is read: thresholds, forms with their order, the number of
//! statements on a page. All follows from what it does say, so that the same file always gives the same questionnaire.

use serde_json::{Map, Value, json};

/// The names of the thresholds.
pub(super) const THRESHOLDS: [&str; 11] = [
    "lean_possible",
    "lean_clear",
    "lean_clear_single",
    "high",
    "tension_felt",
    "phase_lead",
    "overall_minimum",
    "straight_line_items",
    "yes_saying_above",
    "fast_seconds_per_item",
    "complete_share",
];

/// Ids of the items of a paradox or a phase, as far as they are texts.
struct Ids<'a> {
    poles: Vec<[Vec<&'a str>; 2]>,
    tensions: Vec<&'a str>,
    phases: Vec<Vec<&'a str>>,
    choice: Option<&'a str>,
}

/// The first entries of a list: as many as there may be, however long the list in the file is.
pub(super) fn list<'a>(value: &'a Value, name: &str, most: usize) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten().take(most)
}

fn texts<'a>(value: &'a Value, name: &str, most: usize) -> Vec<&'a str> {
    list(value, name, most).filter_map(Value::as_str).collect()
}

impl<'a> Ids<'a> {
    fn of(value: &'a Value) -> Self {
        let paradoxes = || list(value, "paradoxes", 24);
        Self {
            poles: paradoxes().map(|paradox| ["a", "b"].map(|pole| texts(paradox, pole, 6))).collect(),
            tensions: paradoxes().filter_map(|paradox| paradox["tension"].as_str()).collect(),
            phases: list(value, "phases", 8).map(|phase| texts(phase, "items", 12)).collect(),
            choice: value["choice"].as_str(),
        }
    }

    /// Items in the order in which they are asked, at most `most` of each pole and each phase.
    ///
    /// Pole items first, in rounds: one item of each paradox, of pole A and pole B in turn; then the other pole of
    /// each; then the next item. So the poles of a paradox are as far apart as there are paradoxes. Then tension, then
    /// the phases mixed, then the choice.
    fn ordered(&self, most: usize, with_tension: bool) -> Vec<&'a str> {
        let longest = |lists: &[Vec<&str>]| lists.iter().map(Vec::len).max().unwrap_or(0).min(most);
        let poles = self.poles.iter().map(|poles| longest(poles)).max().unwrap_or(0);
        let mut items: Vec<&str> = Vec::new();
        for round in 0..poles * 2 {
            let pole = |index: usize| (index + round) % 2;
            let of_round =
                |(index, poles): (usize, &[Vec<&'a str>; 2])| poles[pole(index)].get(round / 2).copied();
            items.extend(self.poles.iter().enumerate().filter_map(of_round));
        }
        if with_tension {
            items.extend(&self.tensions);
        }
        for round in 0..longest(&self.phases) {
            items.extend(self.phases.iter().filter_map(|items| items.get(round).copied()));
        }
        items.extend(self.choice);
        items
    }

    /// Whether a short form would leave anything out: every pole has more than one item.
    fn has_more(&self) -> bool {
        !self.poles.is_empty() && self.poles.iter().flatten().all(|items| items.len() > 1)
    }
}

/// The questionnaire with everything in it that its reader asks for, as far as that could be left out.
pub(super) fn fill_in(value: &Value) -> Value {
    let Some(given) = value.as_object() else { return value.clone() };
    let ids = Ids::of(value);
    let mut whole = given.clone();
    let missing = |whole: &Map<String, Value>, name: &str| whole.get(name).is_none_or(Value::is_null);
    if missing(&whole, "phases") {
        whole.insert("phases".to_owned(), json!([]));
    }
    if missing(&whole, "page_size") {
        whole.insert("page_size".to_owned(), json!(ids.poles.len().clamp(4, 6)));
    }
    if missing(&whole, "thresholds") {
        whole.insert("thresholds".to_owned(), json!({}));
    }
    if let Some(thresholds) = whole.get_mut("thresholds").and_then(Value::as_object_mut) {
        fill_in_thresholds(thresholds, &ids);
    }
    if missing(&whole, "forms") {
        whole.insert("forms".to_owned(), forms(&ids));
    }
    if let Some(paradoxes) = whole.get_mut("paradoxes").and_then(Value::as_array_mut) {
        for paradox in paradoxes.iter_mut().filter_map(Value::as_object_mut) {
            if missing(paradox, "provenance") {
                paradox.insert("provenance".to_owned(), json!("own"));
            }
        }
    }
    if let Some(phases) = whole.get_mut("phases").and_then(Value::as_array_mut) {
        for phase in phases.iter_mut().filter_map(Value::as_object_mut) {
            if missing(phase, "items") {
                phase.insert("items".to_owned(), json!([]));
            }
        }
    }
    Value::Object(whole)
}

/// Those of the built-in instrument; what counts paradoxes or items goes by how many there are.
fn fill_in_thresholds(thresholds: &mut Map<String, Value>, ids: &Ids<'_>) {
    let items: usize = ids.poles.iter().flatten().map(Vec::len).sum();
    let two_thirds = (ids.poles.len() * 2).div_ceil(3).max(1);
    for name in THRESHOLDS {
        if thresholds.contains_key(name) {
            continue;
        }
        let value = match name {
            "lean_possible" => json!(20),
            "lean_clear" => json!(30),
            "lean_clear_single" | "tension_felt" => json!(50),
            "high" => json!(62.5),
            "phase_lead" => json!(10),
            "overall_minimum" => json!(two_thirds),
            "straight_line_items" => json!(items.clamp(6, 12)),
            "yes_saying_above" => json!(85),
            "fast_seconds_per_item" => json!(1.5),
            _ => json!([2, 3]),
        };
        thresholds.insert(name.to_owned(), value);
    }
}

/// Everything; and before it a short form with one item of each pole, where there are more.
fn forms(ids: &Ids<'_>) -> Value {
    let full = ids.ordered(usize::MAX, true);
    let scored = ids.phases.iter().all(|items| items.len() >= 4);
    let form = |id: &str, items: &[&str], phase_minimum: u32| {
        json!({
            "id": id,
            "minutes": minutes(items.len()),
            "phase_minimum": phase_minimum,
            "overall": true,
            "items": items,
        })
    };
    let whole = form("full", &full, if scored { 2 } else { 1 });
    if ids.has_more() { json!([form("quick", &ids.ordered(1, false), 1), whole]) } else { json!([whole]) }
}

/// At the pace of the built-in instrument, 12 to 15 minutes for 77 items; at least one minute.
fn minutes(items: usize) -> [usize; 2] {
    let at = |minutes: usize| ((items * minutes + 38) / 77).clamp(1, 240);
    [at(12), at(15)]
}
