//! The instrument: which phases, paradoxes, items and forms there are, in which order they are asked, and which
//! thresholds the scoring uses. All of it is data, read from JSON by [`Instrument::read`]: the built-in
//! `content/instrument.json` goes through the same door as an organisation's own questionnaire.
//!
//! Texts are not part of it; they live in language packs ([`crate::i18n`]) under the same ids.

mod paging;
mod read;

pub use paging::{Page, pages};
pub(crate) use read::read;

/// The built-in instrument: twelve paradoxes in four phases.
pub const BUILT_IN: &str = include_str!("../../content/instrument.json");

/// Position of an item in [`Instrument::items`]. Only meaningful within its own instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemIx(pub(crate) u16);

/// Position of a phase in [`Instrument::phases`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PhaseIx(pub(crate) u8);

/// Position of a paradox in [`Instrument::paradoxes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ParadoxIx(pub(crate) u8);

/// Position of a form in [`Instrument::forms`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FormIx(pub(crate) u8);

impl ItemIx {
    /// The position as an index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl PhaseIx {
    /// The position as an index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl ParadoxIx {
    /// The position as an index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl FormIx {
    /// The position as an index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// One of the two poles of a paradox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pole {
    /// The first pole, such as trust.
    A,
    /// The second pole, such as control.
    B,
}

impl Pole {
    /// `a` or `b`, as in ids and text keys.
    pub fn letter(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }
}

/// What an item measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Attention for one pole of a paradox.
    Pole(ParadoxIx, Pole),
    /// How much the tension of a paradox is felt.
    Tension(ParadoxIx),
    /// How much a phase describes the alliance.
    Phase(PhaseIx),
    /// The phase that fits best, chosen from all.
    Choice,
}

/// One question or statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its id, such as `trust-control.a1`.
    pub id: String,
    /// What it measures.
    pub role: Role,
}

/// Where the pair of poles comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// The authors of the book name this pair.
    Book,
    /// The authors describe the tension; the pair's name is ours.
    Theme,
    /// Chiefly from alliance research.
    Literature,
    /// An organisation's own paradox.
    Own,
}

impl Provenance {
    /// The word in the data and in text keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Book => "book",
            Self::Theme => "theme",
            Self::Literature => "literature",
            Self::Own => "own",
        }
    }
}

/// A phase of the life of an alliance, and the items that describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Its id, such as `forming`.
    pub id: String,
    /// Its items.
    pub items: Vec<ItemIx>,
}

/// Two poles that pull against each other, and the items that measure them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paradox {
    /// Its id, such as `trust-control`.
    pub id: String,
    /// The phase it is put in; `None` in an instrument without phases.
    pub phase: Option<PhaseIx>,
    /// Where the pair comes from.
    pub provenance: Provenance,
    /// Items of pole A.
    pub a: Vec<ItemIx>,
    /// Items of pole B.
    pub b: Vec<ItemIx>,
    /// The item that asks for felt tension.
    pub tension: Option<ItemIx>,
}

/// A selection of the items, in the order in which they are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its id, such as `quick`.
    pub id: String,
    /// About how many minutes it takes, from and to.
    pub minutes: (u32, u32),
    /// How many items of a phase must be answered before the phase is scored.
    pub phase_minimum: usize,
    /// Whether the form carries an overall figure.
    pub overall: bool,
    /// Its items in published order: pole items mixed, then tension, then phases and the choice.
    pub items: Vec<ItemIx>,
}

/// The numbers that decide what may be said. They are conversation thresholds, not norms.
#[derive(Clone, Debug, PartialEq)]
pub struct Thresholds {
    /// |tilt| from which a lean is possible, with two or more answered items at both poles (0–100).
    pub lean_possible: f64,
    /// |tilt| above which a lean is clear, with two or more answered items at both poles (0–100).
    pub lean_clear: f64,
    /// |tilt| from which a lean is clear when a pole has a single answered item (0–100).
    pub lean_clear_single: f64,
    /// The pole score from which a pole counts as cared for (0–100).
    pub high: f64,
    /// The tension from which it counts as felt (0–100).
    pub tension_felt: f64,
    /// How far the highest phase must lead to be dominant; within it phases are in transition (0–100).
    pub phase_lead: f64,
    /// How many paradoxes must be scored before there is an overall figure.
    pub overall_minimum: usize,
    /// From how many pole items on identical answers are remarked upon.
    pub straight_line_items: usize,
    /// The mean of the pole items above which agreeing with everything is remarked upon (0–100).
    pub yes_saying_above: f64,
    /// Seconds an item under which answering is called fast.
    pub fast_seconds_per_item: f64,
    /// The share of the form, as a fraction, under which it is called incomplete.
    pub complete_share: (u32, u32),
}

/// What is asked and by which numbers it is scored. Made only by [`Instrument::read`], so it is always sound:
/// every position in it points to something, and every item has one role.
#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    id: String,
    version: String,
    page_size: usize,
    items: Vec<Item>,
    phases: Vec<Phase>,
    paradoxes: Vec<Paradox>,
    choice: Option<ItemIx>,
    deepening: bool,
    forms: Vec<Form>,
    thresholds: Thresholds,
    /// All items, in the order of their ids.
    by_id: Vec<ItemIx>,
}

impl Instrument {
    /// Its id, such as `alliance-paradoxes`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its version, such as `1`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The most statements on a page.
    pub fn page_size(&self) -> usize {
        self.page_size
    }

    /// All items: of the paradoxes in order (pole A, pole B, tension), then of the phases, then the choice.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The phases in order.
    pub fn phases(&self) -> &[Phase] {
        &self.phases
    }

    /// The paradoxes in order, those of a phase together.
    pub fn paradoxes(&self) -> &[Paradox] {
        &self.paradoxes
    }

    /// The item that asks for the phase that fits best.
    pub fn choice(&self) -> Option<ItemIx> {
        self.choice
    }

    /// Whether the deepening modules come after the result: they are about alliances.
    pub fn has_deepening(&self) -> bool {
        self.deepening
    }

    /// The forms, in the order of the file: in the built-in instrument from short to long, and a longer one has
    /// all items of a shorter one.
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// The conversation thresholds.
    pub fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    /// The item at a position.
    ///
    /// # Panics
    /// With a position of another instrument.
    pub fn item(&self, item: ItemIx) -> &Item {
        &self.items[item.index()]
    }

    /// The phase at a position.
    ///
    /// # Panics
    /// With a position of another instrument.
    pub fn phase(&self, phase: PhaseIx) -> &Phase {
        &self.phases[phase.index()]
    }

    /// The paradox at a position.
    ///
    /// # Panics
    /// With a position of another instrument.
    pub fn paradox(&self, paradox: ParadoxIx) -> &Paradox {
        &self.paradoxes[paradox.index()]
    }

    /// The form at a position.
    ///
    /// # Panics
    /// With a position of another instrument.
    pub fn form(&self, form: FormIx) -> &Form {
        &self.forms[form.index()]
    }

    /// The item with an id.
    pub fn find_item(&self, id: &str) -> Option<ItemIx> {
        find(&self.items, &self.by_id, id).ok().map(|place| self.by_id[place])
    }

    /// The phase with an id.
    pub fn find_phase(&self, id: &str) -> Option<PhaseIx> {
        self.phases.iter().position(|phase| phase.id == id).map(|index| PhaseIx(index as u8))
    }

    /// The paradox with an id.
    pub fn find_paradox(&self, id: &str) -> Option<ParadoxIx> {
        self.paradoxes.iter().position(|paradox| paradox.id == id).map(|index| ParadoxIx(index as u8))
    }

    /// The form with an id.
    pub fn find_form(&self, id: &str) -> Option<FormIx> {
        self.forms.iter().position(|form| form.id == id).map(|index| FormIx(index as u8))
    }

    /// All positions of paradoxes, in order.
    pub fn paradox_positions(&self) -> impl Iterator<Item = ParadoxIx> + use<> {
        (0..self.paradoxes.len()).map(|index| ParadoxIx(index as u8))
    }

    /// All positions of phases, in order.
    pub fn phase_positions(&self) -> impl Iterator<Item = PhaseIx> + use<> {
        (0..self.phases.len()).map(|index| PhaseIx(index as u8))
    }

    /// All positions of forms, in order.
    pub fn form_positions(&self) -> impl Iterator<Item = FormIx> + use<> {
        (0..self.forms.len()).map(|index| FormIx(index as u8))
    }

    /// All positions of items, in order.
    pub fn item_positions(&self) -> impl Iterator<Item = ItemIx> + use<> {
        (0..self.items.len()).map(|index| ItemIx(index as u16))
    }

    /// The paradoxes of a phase.
    pub fn paradoxes_of(&self, phase: PhaseIx) -> impl Iterator<Item = ParadoxIx> + '_ {
        self.paradox_positions().filter(move |&paradox| self.paradox(paradox).phase == Some(phase))
    }
}

/// Where an id stands in a list of items that is in the order of their ids, or where it would.
fn find(items: &[Item], by_id: &[ItemIx], id: &str) -> Result<usize, usize> {
    by_id.binary_search_by(|item| items[item.index()].id.as_str().cmp(id))
}
