//! Results side by side: what changed between two, what someone wishes to change, and where several are apart.
//!
//! What may be said of a change follows the rules for a tilt (`scoring`): a tilt is the difference between the means of
//! two sets of answers, and so is a change, so it comes about by chance just as often. Two answers behind each of the
//! two scores are needed to speak of a small one.

use crate::instrument::{FormIx, Instrument, ParadoxIx, Pole};
use crate::scoring::{Class, ParadoxScore, Report, put_in_order};
use crate::wishes::Wishes;

/// What may be said of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Too little to speak of.
    Same,
    /// It may have changed.
    Possible,
    /// It has changed.
    Clear,
    /// Too few answers to tell.
    Unsaid,
}

impl Said {
    /// The word in text keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Possible => "possible",
            Self::Clear => "clear",
            Self::Unsaid => "unsaid",
        }
    }
}

/// A pole then and now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Its score then (0–100).
    pub from: f64,
    /// Its score now.
    pub to: f64,
    /// What may be said of the difference.
    pub said: Said,
}

impl Change {
    /// `now − then`, −100 to 100.
    pub fn amount(&self) -> f64 {
        self.to - self.from
    }
}

/// A paradox then and now.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Which paradox.
    pub paradox: ParadoxIx,
    /// Pole A, when it is scored in both.
    pub a: Option<Change>,
    /// Pole B, likewise.
    pub b: Option<Change>,
    /// What to do with it, then and now, when both are scored.
    pub class: Option<(Class, Class)>,
}

impl Changed {
    /// The change of a pole.
    pub fn pole(&self, pole: Pole) -> Option<&Change> {
        match pole {
            Pole::A => self.a.as_ref(),
            Pole::B => self.b.as_ref(),
        }
    }
}

/// What changed from one result to another: every paradox of which a pole is scored in both, in the instrument's order.
#[must_use]
pub fn changes(instrument: &Instrument, then: &Report, now: &Report) -> Vec<Changed> {
    let changed = |(then, now): (&ParadoxScore, &ParadoxScore)| {
        let a = change(instrument, (then.a, then.items_a), (now.a, now.items_a));
        let b = change(instrument, (then.b, then.items_b), (now.b, now.items_b));
        let class = then.both.as_ref().zip(now.both.as_ref()).map(|(then, now)| (then.class, now.class));
        (a.is_some() || b.is_some()).then_some(Changed { paradox: then.paradox, a, b, class })
    };
    then.paradoxes.iter().zip(&now.paradoxes).filter_map(changed).collect()
}

/// A score with how many answers are behind it.
type Scored = (Option<f64>, usize);

fn change(instrument: &Instrument, then: Scored, now: Scored) -> Option<Change> {
    let (from, to) = (then.0?, now.0?);
    let thresholds = instrument.thresholds();
    let size = (to - from).abs();
    let said = if then.1.min(now.1) < 2 {
        if size < thresholds.lean_clear_single { Said::Unsaid } else { Said::Clear }
    } else if size < thresholds.lean_possible {
        Said::Same
    } else if size <= thresholds.lean_clear {
        Said::Possible
    } else {
        Said::Clear
    };
    Some(Change { from, to, said })
}

/// What someone wishes of a paradox.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// Which paradox.
    pub paradox: ParadoxIx,
    /// Pole A now and as wished, when both are known.
    pub a: Option<(f64, f64)>,
    /// Pole B, likewise.
    pub b: Option<(f64, f64)>,
}

impl Gap {
    /// `wished − now` of a pole, −100 to 100.
    pub fn amount(&self, pole: Pole) -> Option<f64> {
        let (now, wished) = match pole {
            Pole::A => self.a,
            Pole::B => self.b,
        }?;
        Some(wished - now)
    }

    /// The larger of the two gaps, whichever way it goes.
    pub fn size(&self) -> f64 {
        let size = |pole| self.amount(pole).map_or(0.0, f64::abs);
        size(Pole::A).max(size(Pole::B))
    }
}

/// The gaps between now and a year from now, in the instrument's order.
#[must_use]
pub fn gaps(instrument: &Instrument, form: FormIx, report: &Report, wishes: &Wishes) -> Vec<Gap> {
    let gap = |score: &ParadoxScore| {
        let wished = |pole| wishes.score(instrument, form, score.paradox, pole);
        let (a, b) = (score.a.zip(wished(Pole::A)), score.b.zip(wished(Pole::B)));
        (a.is_some() || b.is_some()).then_some(Gap { paradox: score.paradox, a, b })
    };
    report.paradoxes.iter().filter_map(gap).collect()
}

/// What there is to talk about by what is wished: the paradoxes with a gap, the largest first; of two that are equal,
/// the one that comes first in the attention list.
#[must_use]
pub fn agenda(gaps: &[Gap], report: &Report) -> Vec<Gap> {
    let attention = |gap: &Gap| {
        report.attention.iter().position(|paradox| *paradox == gap.paradox).unwrap_or(report.attention.len())
    };
    let mut agenda: Vec<Gap> = gaps.iter().filter(|gap| gap.size() > 0.0).cloned().collect();
    put_in_order(&mut agenda, |left, right| attention(left) < attention(right));
    put_in_order(&mut agenda, |left, right| right.size() < left.size());
    agenda
}

/// How far several results are apart on a paradox.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart {
    /// Which paradox.
    pub paradox: ParadoxIx,
    /// The lowest `both_and` (0–100).
    pub low: f64,
    /// The highest.
    pub high: f64,
}

impl Apart {
    /// How far apart they are, 0–100.
    pub fn spread(&self) -> f64 {
        self.high - self.low
    }
}

/// The paradoxes that at least two results have scored, those furthest apart first; ties in the instrument's order.
#[must_use]
pub fn apart(instrument: &Instrument, reports: &[&Report]) -> Vec<Apart> {
    let mut apart: Vec<Apart> = instrument
        .paradox_positions()
        .filter_map(|paradox| {
            let both_and = |report: &&Report| Some(report.paradox(paradox)?.both.as_ref()?.both_and);
            let scores: Vec<f64> = reports.iter().filter_map(both_and).collect();
            let low = scores.iter().copied().reduce(f64::min)?;
            let high = scores.iter().copied().reduce(f64::max)?;
            (scores.len() > 1).then_some(Apart { paradox, low, high })
        })
        .collect();
    put_in_order(&mut apart, |left, right| right.spread() < left.spread());
    apart
}
