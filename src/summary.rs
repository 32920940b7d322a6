//! The result in three plain sentences that a person can repeat: where things stand, what is held well, what to
//! talk about. They are made from the scores alone, and they are the text alternative of the charts as well.

use crate::chart;
use crate::compare::Gap;
use crate::i18n::Texts;
use crate::instrument::{Instrument, ParadoxIx, PhaseIx, Pole, Role};
use crate::scoring::{Both, Class, Quadrant, Report};

/// The three sentences, in order.
#[must_use]
pub fn sentences(instrument: &Instrument, texts: &Texts, report: &Report) -> [String; 3] {
    [
        where_it_is(instrument, texts, report),
        held_well(instrument, texts, report),
        talk(instrument, texts, report),
    ]
}

/// A list in words: "a", "a and b", "a, b and c".
#[must_use]
pub fn list(texts: &Texts, words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => {
            [&first.join(texts.get("ui.list.comma")), texts.get("ui.list.and"), last.as_str()].concat()
        }
    }
}

/// The name of a pole, as in "Trust".
pub fn pole_name<'a>(instrument: &Instrument, texts: &'a Texts, paradox: ParadoxIx, pole: Pole) -> &'a str {
    let key =
        ["instrument.paradoxes.", &instrument.paradox(paradox).id, ".", pole.letter(), ".name"].concat();
    texts.find(&key).unwrap_or(pole.letter())
}

/// The name of a paradox: both its poles.
#[must_use]
pub fn pair_name(instrument: &Instrument, texts: &Texts, paradox: ParadoxIx) -> String {
    let name = |pole| pole_name(instrument, texts, paradox, pole);
    texts.fill("ui.pair", &[("a", name(Pole::A)), ("b", name(Pole::B))])
}

/// The name of a phase.
pub fn phase_name<'a>(instrument: &'a Instrument, texts: &'a Texts, phase: PhaseIx) -> &'a str {
    let id = &instrument.phase(phase).id;
    texts.find(&["instrument.phases.", id, ".name"].concat()).unwrap_or(id)
}

/// The names of phases as they stand within a sentence, as a list.
#[must_use]
pub fn phases_in_words(instrument: &Instrument, texts: &Texts, phases: &[PhaseIx]) -> String {
    let word = |phase: &PhaseIx| {
        let id = &instrument.phase(*phase).id;
        texts.find(&["instrument.phases.", id, ".word"].concat()).unwrap_or(id).to_owned()
    };
    let words: Vec<String> = phases.iter().map(word).collect();
    list(texts, &words)
}

fn pairs(instrument: &Instrument, texts: &Texts, paradoxes: &[ParadoxIx]) -> String {
    let names: Vec<String> = paradoxes.iter().map(|paradox| pair_name(instrument, texts, *paradox)).collect();
    list(texts, &names)
}

fn where_it_is(instrument: &Instrument, texts: &Texts, report: &Report) -> String {
    if let Some(phase) = report.dominant {
        let phase = phases_in_words(instrument, texts, &[phase]);
        return texts.fill("ui.summary.phase-dominant", &[("phase", &phase)]);
    }
    if !asks_for_phases(instrument, report) {
        return match report.scored().count() {
            0 => texts.get("ui.summary.scored-none").to_owned(),
            scored => texts.count("ui.summary.scored", scored, &[]),
        };
    }
    if report.current.is_empty() {
        return texts.get("ui.summary.phase-none").to_owned();
    }
    let phases = phases_in_words(instrument, texts, &report.current);
    texts.fill("ui.summary.phase-transition", &[("phases", &phases)])
}

/// Where there are no phases, or the form asks nothing about them, there is nothing to say of any.
fn asks_for_phases(instrument: &Instrument, report: &Report) -> bool {
    let items = &instrument.form(report.form).items;
    items.iter().any(|item| matches!(instrument.item(*item).role, Role::Phase(_)))
}

fn held_well(instrument: &Instrument, texts: &Texts, report: &Report) -> String {
    if report.scored().next().is_none() {
        return texts.get("ui.summary.well-unknown").to_owned();
    }
    let held = report.held_well(instrument.thresholds().high);
    if held.is_empty() {
        return texts.get("ui.summary.well-none").to_owned();
    }
    texts.fill("ui.summary.well", &[("pairs", &pairs(instrument, texts, &held))])
}

fn talk(instrument: &Instrument, texts: &Texts, report: &Report) -> String {
    let Some(first) = report.talk_about.first().and_then(|paradox| report.paradox(*paradox)) else {
        return texts.get("ui.summary.talk-none").to_owned();
    };
    let asks = first.both.as_ref().is_some_and(|both| both.class < Class::Productive);
    let key = if asks { "ui.summary.talk" } else { "ui.summary.talk-calm" };
    texts.fill(key, &[("pairs", &pairs(instrument, texts, &report.talk_about))])
}

/// Which of a paradox's texts fits its scores: the last part of the keys under `talk` and `step`.
///
/// A blind spot is spoken of by the pole it leans to, also when neither pole gets much; in all other cases two
/// neglected poles come first. `None` when both are cared for and little tension is felt.
pub fn advice(both: &Both) -> Option<&'static str> {
    let neglected = both.quadrant == Quadrant::Neglected && both.class != Class::BlindSpot;
    if neglected {
        return Some("neglected");
    }
    if let Some(pole) = both.lean.pole() {
        return Some(pole.letter());
    }
    match both.quadrant {
        Quadrant::ALeads => Some(Pole::A.letter()),
        Quadrant::BLeads => Some(Pole::B.letter()),
        Quadrant::Neglected => Some("neglected"),
        Quadrant::Both if both.class == Class::Productive => Some("tense"),
        Quadrant::Both => None,
    }
}

/// The poles of a paradox that someone wants to change, with from where to where.
#[must_use]
pub fn gap_in_words(instrument: &Instrument, texts: &Texts, gap: &Gap) -> String {
    let one = |pole: Pole, from_to: Option<(f64, f64)>| {
        let (now, wished) = from_to.filter(|(now, wished)| now.total_cmp(wished).is_ne())?;
        let key = if wished > now { "ui.wish.more" } else { "ui.wish.less" };
        let name = pole_name(instrument, texts, gap.paradox, pole);
        let (now, wished) = (chart::round(now).to_string(), chart::round(wished).to_string());
        Some(texts.fill(key, &[("pole", name), ("now", &now), ("wished", &wished)]))
    };
    let parts: Vec<String> = [one(Pole::A, gap.a), one(Pole::B, gap.b)].into_iter().flatten().collect();
    parts.join("; ")
}

/// The question for each other and the first step that fit the scores of a paradox.
#[must_use]
pub fn question_and_step(
    instrument: &Instrument,
    texts: &Texts,
    paradox: ParadoxIx,
    both: &Both,
) -> (String, String) {
    match advice(both) {
        Some(advice) => {
            let id = &instrument.paradox(paradox).id;
            let text = |kind: &str| {
                texts.get(&["instrument.paradoxes.", id, ".", kind, ".", advice].concat()).to_owned()
            };
            (text("talk"), text("step"))
        }
        None => (texts.get("ui.each.calm-talk").to_owned(), texts.get("ui.each.calm-step").to_owned()),
    }
}
