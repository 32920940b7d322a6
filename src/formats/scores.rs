//! A [`Report`] as JSON, field by field as the published examples have it: full precision, ids and numbers only.

use serde_json::{Map, Value, json};

use crate::instrument::{Instrument, ParadoxIx, PhaseIx};
use crate::scoring::{ParadoxScore, Report};

/// The `scores` object of a result file.
#[must_use]
pub fn to_json(instrument: &Instrument, report: &Report) -> Value {
    let phase_id = |phase: PhaseIx| instrument.phase(phase).id.as_str();
    let paradox_ids = |list: &[ParadoxIx]| -> Vec<Value> {
        list.iter().map(|paradox| Value::from(instrument.paradox(*paradox).id.as_str())).collect()
    };
    let phases: Map<String, Value> = report
        .phases
        .iter()
        .map(|phase| {
            let scores = json!({ "score": phase.score, "paradox_score": phase.paradox_score });
            (phase_id(phase.phase).to_owned(), scores)
        })
        .collect();
    json!({
        "paradoxes": report.paradoxes.iter().map(|score| paradox(instrument, score)).collect::<Vec<_>>(),
        "phases": phases,
        "dominant": report.dominant.map(phase_id),
        "current": report.current.iter().map(|phase| phase_id(*phase)).collect::<Vec<_>>(),
        "choice": report.choice.map(phase_id),
        "choice_differs": report.choice_differs,
        "overall": report.overall,
        "attention": paradox_ids(&report.attention),
        "talk_about": paradox_ids(&report.talk_about),
        "flags": report.flags.iter().map(|flag| flag.word()).collect::<Vec<_>>(),
    })
}

fn paradox(instrument: &Instrument, score: &ParadoxScore) -> Value {
    let both = score.both.as_ref();
    json!({
        "id": instrument.paradox(score.paradox).id,
        "phase": score.phase.map(|phase| instrument.phase(phase).id.as_str()),
        "a": score.a,
        "b": score.b,
        "items_a": score.items_a,
        "items_b": score.items_b,
        "tension": score.tension,
        "tilt": both.map(|both| both.tilt),
        "balance": both.map(|both| both.balance),
        "level": both.map(|both| both.level),
        "both_and": both.map(|both| both.both_and),
        "lean": both.map(|both| both.lean.word()),
        "quadrant": both.map(|both| both.quadrant.word()),
        "class": both.map(|both| both.class.word()),
    })
}
