//! Reading and checking an instrument: the only way to make one. Notes every problem with its JSON path.

use serde_json::Value;

use super::{
    Form, Instrument, Item, ItemIx, Paradox, ParadoxIx, Phase, PhaseIx, Pole, Provenance, Role, Thresholds,
};
use crate::json::{self, Expected, Node, Problem, Problems};

/// The format's name and the newest version of it that is understood.
const FORMAT: &str = "equipoise-instrument";
const FORMAT_VERSION: u32 = 1;
/// The most characters of an instrument's version.
const LONGEST_VERSION: usize = 64;
const PROVENANCE: [Provenance; 4] =
    [Provenance::Book, Provenance::Theme, Provenance::Literature, Provenance::Own];

impl Instrument {
    /// Reads an instrument from JSON.
    ///
    /// # Errors
    /// Every problem that was found, each with its JSON path, what stood there and what was expected.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let value = json::parse(text)?;
        let problems = Problems::default();
        let instrument = read(&Node::root(&value, &problems));
        problems.finish(instrument)
    }

    /// The built-in instrument.
    ///
    /// # Panics
    /// Never in a build that passed its tests: they read it.
    #[must_use]
    pub fn built_in() -> Self {
        match Self::read(super::BUILT_IN) {
            Ok(instrument) => instrument,
            Err(_) => unreachable!("the built-in instrument is sound"),
        }
    }
}

/// Items by id while an instrument is read; an id can be taken once.
#[derive(Default)]
struct Register {
    items: Vec<Item>,
    /// In the order of the ids.
    by_id: Vec<ItemIx>,
}

impl Register {
    fn add(&mut self, node: &Node<'_>, role: Role) -> Option<ItemIx> {
        let id = node.id()?;
        let Err(place) = super::find(&self.items, &self.by_id, id) else {
            return node.reject(Expected::NewId);
        };
        let item = ItemIx(self.items.len() as u16);
        self.items.push(Item { id: id.to_owned(), role });
        self.by_id.insert(place, item);
        Some(item)
    }

    fn get(&self, id: &str) -> Option<ItemIx> {
        super::find(&self.items, &self.by_id, id).ok().map(|place| self.by_id[place])
    }
}

/// As [`Instrument::read`], from a place within another file.
pub(crate) fn read(root: &Node<'_>) -> Option<Instrument> {
    root.object()?;
    // What is wrong here doesn't keep anyone from reading on; that no instrument comes of it is sure once it is noted.
    let _ = root.field("format").one_of(&[FORMAT]);
    let version = root.field("format_version");
    if version.whole(1, u32::MAX).is_some_and(|version| version > FORMAT_VERSION) {
        return version.reject(Expected::Version(FORMAT_VERSION));
    }
    let id = root.field("id").id();
    let version = root.field("version").text_of(LONGEST_VERSION);
    let page_size = root.field("page_size").whole(1, 24);
    let phases = root.field("phases");
    let phase_ids = read_phase_ids(&phases);
    let mut register = Register::default();
    let paradoxes = root.field("paradoxes");
    let are_listed = paradoxes.value().is_some_and(Value::is_array);
    let paradoxes = read_paradoxes(&paradoxes, phase_ids.as_deref(), &mut register);
    // That it isn't a list is noted.
    let phases = phase_ids.and_then(|ids| read_phases(&phases, &ids, &mut register));
    let choice = root.field("choice");
    if choice.is_present() && phases.as_ref().is_some_and(|phases| phases.len() < 2) {
        choice.reject::<()>(Expected::NoChoice);
    }
    let choice = if choice.is_present() { register.add(&choice, Role::Choice) } else { None };
    let deepening = root.field("deepening");
    let deepening = deepening.is_present() && deepening.truth() == Some(true);
    let thresholds = read_thresholds(&root.field("thresholds"));
    // Without the paradoxes every id in the forms would be called unknown.
    let forms = if are_listed { read_forms(&root.field("forms"), &register) } else { None };
    Some(Instrument {
        id: id?.to_owned(),
        version: version?.to_owned(),
        page_size: page_size? as usize,
        items: register.items,
        phases: phases?,
        paradoxes: paradoxes?,
        choice,
        deepening,
        forms: forms?,
        thresholds: thresholds?,
        by_id: register.by_id,
    })
}

fn read_phase_ids(node: &Node<'_>) -> Option<Vec<String>> {
    let mut ids: Vec<String> = Vec::new();
    node.list_of(0, 8, |phase| new_id(&phase.field("id"), &mut ids))
}

fn new_id(node: &Node<'_>, taken: &mut Vec<String>) -> Option<String> {
    let id = node.id()?;
    if taken.iter().any(|known| known == id) {
        return node.reject(Expected::NewId);
    }
    taken.push(id.to_owned());
    Some(id.to_owned())
}

fn read_phases(node: &Node<'_>, ids: &[String], register: &mut Register) -> Option<Vec<Phase>> {
    node.list(|phase| {
        let id = phase.field("id").value().and_then(Value::as_str);
        let index = ids.iter().position(|known| Some(known.as_str()) == id);
        // An id that is wrong was noted before; the items count all the same, or the forms would seem wrong too.
        let role = Role::Phase(PhaseIx(index.unwrap_or(0) as u8));
        let items = phase.field("items").list_of(0, 12, |item| register.add(&item, role))?;
        Some(Phase { id: id?.to_owned(), items })
    })
}

fn read_paradoxes(
    node: &Node<'_>,
    phase_ids: Option<&[String]>,
    register: &mut Register,
) -> Option<Vec<Paradox>> {
    let mut index = 0;
    let mut ids: Vec<String> = Vec::new();
    node.list_of(2, 24, |paradox| {
        let position = ParadoxIx(index);
        index += 1;
        let id = new_id(&paradox.field("id"), &mut ids);
        // What can't be told from the phases is told of them alone.
        let phase = phase_ids.and_then(|ids| read_phase_of(&paradox.field("phase"), ids));
        let provenance = paradox.field("provenance").one_of(&PROVENANCE.map(Provenance::word));
        let mut poles = |name, pole| {
            paradox.field(name).list_of(1, 6, |item| register.add(&item, Role::Pole(position, pole)))
        };
        let (a, b) = (poles("a", Pole::A), poles("b", Pole::B));
        let tension = paradox.field("tension");
        let tension =
            if tension.is_present() { register.add(&tension, Role::Tension(position)) } else { None };
        Some(Paradox { id: id?, phase, provenance: PROVENANCE[provenance?], a: a?, b: b?, tension })
    })
}

/// `None` in an instrument without phases; otherwise a problem was noted, and no instrument comes of it.
fn read_phase_of(node: &Node<'_>, ids: &[String]) -> Option<PhaseIx> {
    if ids.is_empty() {
        return if node.is_present() { node.reject(Expected::NoPhase) } else { None };
    }
    let words: Vec<&str> = ids.iter().map(String::as_str).collect();
    node.one_of(&words).map(|index| PhaseIx(index as u8))
}

fn read_forms(node: &Node<'_>, register: &Register) -> Option<Vec<Form>> {
    let mut ids: Vec<String> = Vec::new();
    node.list_of(1, 8, |form| {
        let id = new_id(&form.field("id"), &mut ids);
        let minutes = form.field("minutes").list_of(2, 2, |n| n.whole(1, 240));
        let phase_minimum = form.field("phase_minimum").whole(1, 12);
        let overall = form.field("overall").truth();
        let items = read_form_items(&form.field("items"), register);
        let minutes = minutes?;
        Some(Form {
            id: id?,
            minutes: (*minutes.first()?, *minutes.last()?),
            phase_minimum: phase_minimum? as usize,
            overall: overall?,
            items: items?,
        })
    })
}

fn read_form_items(node: &Node<'_>, register: &Register) -> Option<Vec<ItemIx>> {
    let mut taken: Vec<ItemIx> = Vec::new();
    node.list_of(1, 500, |item| {
        let Some(position) = register.get(item.id()?) else {
            return item.reject(Expected::KnownItem);
        };
        if taken.contains(&position) {
            return item.reject(Expected::NewId);
        }
        taken.push(position);
        Some(position)
    })
}

fn read_thresholds(node: &Node<'_>) -> Option<Thresholds> {
    node.object()?;
    let score = |name: &str| node.field(name).number(0.0, 100.0);
    let count = |name: &str| node.field(name).whole(1, 500).map(|n| n as usize);
    let share = node.field("complete_share").list_of(2, 2, |n| n.whole(1, 100));
    let thresholds = (
        score("lean_possible"),
        score("lean_clear"),
        score("lean_clear_single"),
        score("high"),
        score("tension_felt"),
        score("phase_lead"),
        count("overall_minimum"),
        count("straight_line_items"),
        score("yes_saying_above"),
        node.field("fast_seconds_per_item").number(0.0, 60.0),
    );
    let share = share?;
    Some(Thresholds {
        lean_possible: thresholds.0?,
        lean_clear: thresholds.1?,
        lean_clear_single: thresholds.2?,
        high: thresholds.3?,
        tension_felt: thresholds.4?,
        phase_lead: thresholds.5?,
        overall_minimum: thresholds.6?,
        straight_line_items: thresholds.7?,
        yes_saying_above: thresholds.8?,
        fast_seconds_per_item: thresholds.9?,
        complete_share: (*share.first()?, *share.last()?),
    })
}
