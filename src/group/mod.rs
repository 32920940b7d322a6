//! Several people's results taken together: how they lie spread on every paradox, which way the group leans, and how far
//! its sides (partner organisations) are apart.
//!
//! Nothing here knows who someone is. Below a [`Floor`] there are no numbers at all, also where few have answered one
//! question, so that nobody's answers can be read off. [docs/scoring.md](../../docs/scoring.md) tells the same in words.

mod gathering;
mod overview;
mod statistics;
mod tallies;

pub use gathering::{Added, Gathering, MOST, Member};
pub use overview::{Overview, Side};
pub use statistics::Statistics;
use tallies::Tallies;

use crate::instrument::{Instrument, ParadoxIx, Pole};
use crate::scoring::{Report, put_in_order};

/// With so many answers behind each pole a small lean may be spoken of.
const MANY_ANSWERS: usize = 10;
/// With fewer than this nothing may be said of a lean.
const FEW_ANSWERS: usize = 5;
/// With many answers, a mean tilt below this is none.
const LEANS: f64 = 15.0;
/// With few, nothing is said of a mean tilt below this.
const LEANS_OF_FEW: f64 = 20.0;
/// From this mean tilt on the group leans clearly.
const LEANS_CLEARLY: f64 = 25.0;

/// The fewest results of which anything but their number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Floor {
    /// What holds unless somebody decides otherwise: 5.
    #[default]
    Usual,
    /// The lowest that a facilitator may choose: 3.
    Lowered,
}

impl Floor {
    /// How many results it asks for.
    #[must_use]
    pub fn fewest(self) -> usize {
        match self {
            Self::Usual => 5,
            Self::Lowered => 3,
        }
    }
}

/// What may be said of the way a group leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupLean {
    /// Both poles get about as much.
    Balanced,
    /// It may lean to this pole.
    Possible(Pole),
    /// It leans to this pole.
    Clear(Pole),
    /// Too few answers to tell.
    Unsaid,
}

impl GroupLean {
    /// The word in files and text keys.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Balanced => "balanced",
            Self::Possible(_) => "possible",
            Self::Clear(_) => "clear",
            Self::Unsaid => "unsaid",
        }
    }

    /// The pole that it leans to.
    #[must_use]
    pub fn pole(self) -> Option<Pole> {
        match self {
            Self::Possible(pole) | Self::Clear(pole) => Some(pole),
            Self::Balanced | Self::Unsaid => None,
        }
    }

    /// From |mean tilt| m, and how many answers are behind each pole. Errors are taken as independent, so it is
    /// optimistic: with equal attention in truth, under 1 % come out clear from 10 answers on, and under 5 % below.
    fn of(mean_tilt: f64, answers: usize) -> Self {
        let size = mean_tilt.abs();
        let pole = if mean_tilt < 0.0 { Pole::A } else { Pole::B };
        match () {
            () if answers < FEW_ANSWERS => Self::Unsaid,
            () if size >= LEANS_CLEARLY => Self::Clear(pole),
            () if answers >= MANY_ANSWERS && size < LEANS => Self::Balanced,
            () if answers < MANY_ANSWERS && size < LEANS_OF_FEW => Self::Unsaid,
            () => Self::Possible(pole),
        }
    }
}

/// A paradox in a group. Each measure is there only when enough people have a score of it.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupScore {
    /// Which paradox.
    pub paradox: ParadoxIx,
    /// Pole A, 0–100.
    pub a: Option<Statistics>,
    /// Pole B, 0–100.
    pub b: Option<Statistics>,
    /// B − A, −100 to 100.
    pub tilt: Option<Statistics>,
    /// min(A, B), 0–100.
    pub both_and: Option<Statistics>,
    /// Felt tension, 0–100.
    pub tension: Option<Statistics>,
    /// What may be said of the mean tilt.
    pub lean: Option<GroupLean>,
}

impl GroupScore {
    /// A pole.
    #[must_use]
    pub fn pole(&self, pole: Pole) -> Option<&Statistics> {
        match pole {
            Pole::A => self.a.as_ref(),
            Pole::B => self.b.as_ref(),
        }
    }

    /// How mixed the answers are: the larger of the standard deviations of its poles.
    #[must_use]
    pub fn mixed(&self) -> Option<f64> {
        let of = |pole: &Option<Statistics>| pole.as_ref().and_then(|pole| pole.deviation);
        let (a, b) = (of(&self.a), of(&self.b));
        a.into_iter().chain(b).reduce(f64::max)
    }
}

/// Every paradox of the instrument, in its order, over these reports.
#[must_use]
pub fn score(instrument: &Instrument, reports: &[&Report], floor: Floor) -> Vec<GroupScore> {
    let mut tallies = Tallies::default();
    for report in reports {
        tallies.add(report);
    }
    tallies.scores(instrument, floor)
}

/// In which order paradoxes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the instrument has them.
    #[default]
    Published,
    /// Those first on which people differ most.
    Mixed,
    /// Those first of which both poles get least.
    Lowest,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Published, Self::Mixed, Self::Lowest];

    /// The word in text keys.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Mixed => "mixed",
            Self::Lowest => "lowest",
        }
    }
}

/// Puts paradoxes in order; those without a number come last, and ties stay in the instrument's order.
pub fn put(scores: &mut [GroupScore], order: Order) {
    match order {
        Order::Published => {}
        Order::Mixed => {
            let mixed = |score: &GroupScore| score.mixed().unwrap_or(f64::NEG_INFINITY);
            put_in_order(scores, |left, right| mixed(right) < mixed(left));
        }
        Order::Lowest => {
            let both = |score: &GroupScore| score.both_and.as_ref().map_or(f64::INFINITY, |both| both.median);
            put_in_order(scores, |left, right| both(left) < both(right));
        }
    }
}

/// Where the sides of a group are furthest apart on a paradox.
#[derive(Clone, Debug, PartialEq)]
pub struct Between {
    /// Which paradox.
    pub paradox: ParadoxIx,
    /// On which of its poles.
    pub pole: Pole,
    /// The side with the lowest median, and that median (0–100).
    pub low: (usize, f64),
    /// The side with the highest.
    pub high: (usize, f64),
}

impl Between {
    /// How far the medians are apart, 0–100.
    #[must_use]
    pub fn gap(&self) -> f64 {
        self.high.1 - self.low.1
    }
}

/// The gaps between the sides' medians, the largest first: an agenda for a meeting. `sides` has the scores of each side,
/// as [`score`] gives them; a side is told by its place in that list. Of a paradox the pole counts on which they are
/// furthest apart; where nobody differs there is no entry.
#[must_use]
pub fn between(instrument: &Instrument, sides: &[&[GroupScore]]) -> Vec<Between> {
    let widest = |paradox: ParadoxIx| {
        let a = between_on(sides, paradox, Pole::A);
        let b = between_on(sides, paradox, Pole::B);
        a.into_iter().chain(b).reduce(|best, other| if other.gap() > best.gap() { other } else { best })
    };
    let mut gaps: Vec<Between> =
        instrument.paradox_positions().filter_map(widest).filter(|between| between.gap() > 0.0).collect();
    put_in_order(&mut gaps, |left, right| right.gap() < left.gap());
    gaps
}

fn between_on(sides: &[&[GroupScore]], paradox: ParadoxIx, pole: Pole) -> Option<Between> {
    let median = |(side, scores): (usize, &&[GroupScore])| {
        Some((side, scores.get(paradox.index())?.pole(pole)?.median))
    };
    let medians: Vec<(usize, f64)> = sides.iter().enumerate().filter_map(median).collect();
    let low = medians.iter().copied().reduce(|low, other| if other.1 < low.1 { other } else { low })?;
    let high = medians.iter().copied().reduce(|high, other| if other.1 > high.1 { other } else { high })?;
    (medians.len() > 1).then_some(Between { paradox, pole, low, high })
}
