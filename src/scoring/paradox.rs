//! One paradox: its two poles, and what follows from having both.

use super::Asked;
use crate::instrument::{Instrument, ParadoxIx, PhaseIx, Pole, Thresholds};

/// The scores of one paradox. All scores are 0–100.
#[derive(Clone, Debug, PartialEq)]
pub struct ParadoxScore {
    /// Which paradox.
    pub paradox: ParadoxIx,
    /// The phase it is put in.
    pub phase: Option<PhaseIx>,
    /// Attention for pole A: the mean of its answered items; `None` when none is answered.
    pub a: Option<f64>,
    /// Attention for pole B, as for A.
    pub b: Option<f64>,
    /// How many items of pole A are answered.
    pub items_a: usize,
    /// How many items of pole B are answered.
    pub items_b: usize,
    /// Felt tension, from its own item.
    pub tension: Option<f64>,
    /// What follows from both poles; `None` unless both are scored.
    pub both: Option<Both>,
}

/// What can be said once both poles of a paradox are scored.
#[derive(Clone, Debug, PartialEq)]
pub struct Both {
    /// `B − A`, −100 (all attention to A) to 100 (all to B).
    pub tilt: f64,
    /// `100 − |A − B|`, 0–100. Never shown on its own: two neglected poles are in perfect balance too.
    pub balance: f64,
    /// `(A + B)/2`, 0–100.
    pub level: f64,
    /// `min(A, B)`, 0–100: only high when both poles are cared for. The headline figure.
    pub both_and: f64,
    /// What may be said about the tilt.
    pub lean: Lean,
    /// Which poles are cared for.
    pub quadrant: Quadrant,
    /// What to do with it.
    pub class: Class,
}

/// What may be said about a tilt, given how many answers are behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// Too little difference to speak of.
    Balanced,
    /// It may lean to this pole.
    Possible(Pole),
    /// It leans to this pole.
    Clear(Pole),
    /// The form can't tell.
    Unsaid,
}

impl Lean {
    /// The pole that it leans to, possibly or clearly.
    pub fn pole(self) -> Option<Pole> {
        match self {
            Self::Possible(pole) | Self::Clear(pole) => Some(pole),
            Self::Balanced | Self::Unsaid => None,
        }
    }

    /// The word in result files and text keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Balanced => "balanced",
            Self::Possible(_) => "possible",
            Self::Clear(_) => "clear",
            Self::Unsaid => "unsaid",
        }
    }
}

/// Which poles are cared for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quadrant {
    /// Both are high.
    Both,
    /// Only A is high.
    ALeads,
    /// Only B is high.
    BLeads,
    /// Neither is high.
    Neglected,
}

impl Quadrant {
    /// The word in result files and text keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::ALeads => "a-leads",
            Self::BLeads => "b-leads",
            Self::Neglected => "neglected",
        }
    }
}

/// What to do with a paradox, in order of how much it asks for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Tension is felt and not both poles are cared for.
    Urgent,
    /// A clear lean that is not felt as tension.
    BlindSpot,
    /// Neither pole is cared for.
    Neglected,
    /// It leans, or one pole leads.
    Leaning,
    /// Both poles are cared for, and the tension between them is felt.
    Productive,
    /// Both poles are cared for, and little tension is felt.
    Calm,
}

impl Class {
    /// The word in result files and text keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::BlindSpot => "blind-spot",
            Self::Neglected => "neglected",
            Self::Leaning => "leaning",
            Self::Productive => "productive",
            Self::Calm => "calm",
        }
    }
}

pub(super) fn score(instrument: &Instrument, asked: &Asked<'_>, position: ParadoxIx) -> ParadoxScore {
    let paradox = instrument.paradox(position);
    let (a, items_a) = asked.mean(&paradox.a);
    let (b, items_b) = asked.mean(&paradox.b);
    let tension = paradox.tension.and_then(|item| asked.score(item));
    let fewest = items_a.min(items_b);
    let both = a.zip(b).map(|(a, b)| both(instrument.thresholds(), a, b, fewest, tension));
    ParadoxScore { paradox: position, phase: paradox.phase, a, b, items_a, items_b, tension, both }
}

fn both(thresholds: &Thresholds, a: f64, b: f64, fewest: usize, tension: Option<f64>) -> Both {
    let tilt = b - a;
    let both_and = a.min(b);
    let lean = lean(thresholds, tilt, fewest);
    let quadrant = quadrant(a >= thresholds.high, b >= thresholds.high);
    Both {
        tilt,
        balance: 100.0 - tilt.abs(),
        level: f64::midpoint(a, b),
        both_and,
        lean,
        quadrant,
        class: class(thresholds, both_and, lean, quadrant, tension),
    }
}

/// With two answers behind each pole a tilt of 25 still comes about by chance in 28 % of cases when attention is
/// truly equal, and one of 30 in 8 %; with a single answer 25 comes about in 60 %, and 50 rarely. Hence the two
/// rules: `fewest` is the smaller number of answered items of the two poles.
fn lean(thresholds: &Thresholds, tilt: f64, fewest: usize) -> Lean {
    let size = tilt.abs();
    let pole = if tilt < 0.0 { Pole::A } else { Pole::B };
    if fewest < 2 {
        return if size < thresholds.lean_clear_single { Lean::Unsaid } else { Lean::Clear(pole) };
    }
    if size < thresholds.lean_possible {
        Lean::Balanced
    } else if size <= thresholds.lean_clear {
        Lean::Possible(pole)
    } else {
        Lean::Clear(pole)
    }
}

fn quadrant(a_high: bool, b_high: bool) -> Quadrant {
    match (a_high, b_high) {
        (true, true) => Quadrant::Both,
        (true, false) => Quadrant::ALeads,
        (false, true) => Quadrant::BLeads,
        (false, false) => Quadrant::Neglected,
    }
}

/// The first rule that fits decides; rules that use tension are passed over when it wasn't answered.
fn class(
    thresholds: &Thresholds,
    both_and: f64,
    lean: Lean,
    quadrant: Quadrant,
    tension: Option<f64>,
) -> Class {
    let felt = tension.map(|tension| tension >= thresholds.tension_felt);
    if felt == Some(true) && both_and < thresholds.high {
        return Class::Urgent;
    }
    if felt == Some(false) && matches!(lean, Lean::Clear(_)) {
        return Class::BlindSpot;
    }
    if quadrant == Quadrant::Neglected {
        return Class::Neglected;
    }
    if lean.pole().is_some() || quadrant != Quadrant::Both {
        return Class::Leaning;
    }
    if felt == Some(true) { Class::Productive } else { Class::Calm }
}
