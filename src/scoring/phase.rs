//! The phase profile: how much each phase describes the alliance now. Phases overlap and return; a later one is
//! not a better one, and no health is derived from them.

use super::{Asked, ParadoxScore, mean, put_in_order};
use crate::instrument::{Instrument, PhaseIx};

/// The scores of one phase.
#[derive(Clone, Debug, PartialEq)]
pub struct PhaseScore {
    /// Which phase.
    pub phase: PhaseIx,
    /// Mean of its answered items (0–100), when as many are answered as the form asks for.
    pub score: Option<f64>,
    /// How many of its items are answered.
    pub items: usize,
    /// Mean `both_and` of its scored paradoxes (0–100).
    pub paradox_score: Option<f64>,
}

pub(super) fn scores(
    instrument: &Instrument,
    asked: &Asked<'_>,
    paradoxes: &[ParadoxScore],
) -> Vec<PhaseScore> {
    let minimum = instrument.form(asked.form).phase_minimum;
    let score = |phase: PhaseIx| {
        let (score, items) = asked.mean(&instrument.phase(phase).items);
        let of_phase = paradoxes.iter().filter(|paradox| paradox.phase == Some(phase));
        let (paradox_score, _) = mean(of_phase.filter_map(|paradox| Some(paradox.both.as_ref()?.both_and)));
        PhaseScore { phase, score: score.filter(|_| minimum <= items), items, paradox_score }
    };
    instrument.phase_positions().map(score).collect()
}

/// The scored phases, highest first; ties in the instrument's order. Empty when fewer than two are scored,
/// for then there is nothing to compare.
fn ranked(phases: &[PhaseScore]) -> Vec<(PhaseIx, f64)> {
    let mut ranked: Vec<(PhaseIx, f64)> =
        phases.iter().filter_map(|phase| Some((phase.phase, phase.score?))).collect();
    if ranked.len() < 2 {
        return Vec::new();
    }
    put_in_order(&mut ranked, |left, right| right.1 < left.1);
    ranked
}

/// The highest phase, if it leads the next by at least `lead`.
pub(super) fn dominant(phases: &[PhaseScore], lead: f64) -> Option<PhaseIx> {
    match ranked(phases).as_slice() {
        [(first, high), (_, next), ..] if high - next >= lead => Some(*first),
        _ => None,
    }
}

/// The dominant phase, or all phases within `lead` of the highest, in the instrument's order.
pub(super) fn current(phases: &[PhaseScore], lead: f64) -> Vec<PhaseIx> {
    if let Some(dominant) = dominant(phases, lead) {
        return vec![dominant];
    }
    let ranked = ranked(phases);
    let Some((_, highest)) = ranked.first() else {
        return Vec::new();
    };
    let highest = *highest;
    let is_near = |phase: &&PhaseScore| phase.score.is_some_and(|score| highest - score <= lead);
    phases.iter().filter(is_near).map(|phase| phase.phase).collect()
}
