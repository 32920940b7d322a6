//! What to talk about first.

use super::{Class, ParadoxScore, put_in_order};
use crate::instrument::{ParadoxIx, PhaseIx};

/// How many paradoxes are put forward to talk about.
const TALK_ABOUT: usize = 3;

/// The scored paradoxes: by class, then those of a current phase first, then the lowest `both_and`, then the
/// instrument's order.
pub(super) fn list(paradoxes: &[ParadoxScore], current: &[PhaseIx]) -> Vec<ParadoxIx> {
    let mut scored: Vec<(Class, bool, f64, ParadoxIx)> = paradoxes
        .iter()
        .filter_map(|score| {
            let both = score.both.as_ref()?;
            let elsewhere = !score.phase.is_some_and(|phase| current.contains(&phase));
            Some((both.class, elsewhere, both.both_and, score.paradox))
        })
        .collect();
    put_in_order(&mut scored, |left, right| {
        let (left_class, right_class) = ((left.0, left.1), (right.0, right.1));
        left_class < right_class || (left_class == right_class && left.2 < right.2)
    });
    scored.into_iter().map(|(.., paradox)| paradox).collect()
}

/// The first three of the list; what is productive or calm is left out unless nothing else is left.
pub(super) fn talk_about(paradoxes: &[ParadoxScore], attention: &[ParadoxIx]) -> Vec<ParadoxIx> {
    let asks = |paradox: &&ParadoxIx| {
        let both = paradoxes.get(paradox.index()).and_then(|score| score.both.as_ref());
        both.is_some_and(|both| both.class < Class::Productive)
    };
    let asking: Vec<ParadoxIx> = attention.iter().filter(asks).take(TALK_ABOUT).copied().collect();
    if asking.is_empty() { attention.iter().take(TALK_ABOUT).copied().collect() } else { asking }
}
