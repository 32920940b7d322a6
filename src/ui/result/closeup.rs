//! Every paradox up close: both poles, the figures, what may be said, what it means, a question, a step, and where the
//! pair comes from.

use super::{Shown, notes, talk, whole};
use crate::chart::path;
use crate::instrument::{PhaseIx, Pole};
use crate::scoring::{Both, ParadoxScore};
use crate::summary;
use crate::ui::node::{Node, el, leaf};
use crate::ui::parts;
use crate::workbook::About;

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    let mut section = el("section", "each").add(leaf("h2", "", view.t("ui.each.title")));
    for phase in view.instrument().phase_positions().map(Some).chain([None]) {
        section = section.maybe(group(shown, phase));
    }
    section
}

fn group(shown: &Shown<'_>, phase: Option<PhaseIx>) -> Option<Node> {
    let view = shown.view;
    let asked = shown.asked();
    let of_phase: Vec<Node> =
        asked.iter().filter(|score| score.phase == phase).map(|score| paradox(shown, score)).collect();
    let name = phase.map(|phase| summary::phase_name(view.instrument(), view.texts, phase));
    let heading = name.map(|name| leaf("h3", "phase-name", name));
    (!of_phase.is_empty()).then(|| el("div", "phase-group").maybe(heading).all(of_phase))
}

fn paradox(shown: &Shown<'_>, score: &ParadoxScore) -> Node {
    let view = shown.view;
    let id = &view.instrument().paradox(score.paradox).id;
    let class = score.both.as_ref();
    let class = class.map(|both| leaf("span", "tag", &view.joined(&["ui.class.", both.class.word()])));
    let summary = el("summary", "")
        .add(leaf("span", "number", &shown.number(score.paradox).to_string()))
        .add(level(score, leaf("h4", "", &view.pair(score.paradox)), "3"))
        .maybe(class);
    parts::details("paradox", summary, body(shown, score)).set("data-paradox", id)
}

fn body(shown: &Shown<'_>, score: &ParadoxScore) -> Node {
    let poles = el("div", "poles").add(pole(shown, score, Pole::A)).add(pole(shown, score, Pole::B));
    let advice = score.both.as_ref().map(|both| talk::question_and_step(shown, score.paradox, both));
    el("div", "paradox-body")
        .add(figures(shown, score))
        .maybe(parts::said("p", "both-why", &shown.view.paradox_text(score.paradox, "both")))
        .add(poles)
        .maybe(advice)
        .maybe(notes::field(shown, About::Paradox(score.paradox)))
        .maybe(parts::said("p", "provenance", &provenance(shown, score)))
}

fn figures(shown: &Shown<'_>, score: &ParadoxScore) -> Node {
    let view = shown.view;
    let (a, b) = (shown.name(score, Pole::A), shown.name(score, Pole::B));
    let said = match &score.both {
        Some(both) => said(shown, score, both),
        None if score.a.is_none() && score.b.is_none() => view.t("ui.each.not-scored-both").to_owned(),
        None => view.fill("ui.each.not-scored", &[("missing", if score.a.is_none() { a } else { b })]),
    };
    let tension = match score.tension {
        Some(_) => view.fill("ui.each.tension", &[("score", &whole(score.tension))]),
        None => view.t("ui.each.tension-none").to_owned(),
    };
    let line = view.fill(
        "ui.each.scores",
        &[
            ("a", a),
            ("b", b),
            ("score-a", &whole(score.a)),
            ("score-b", &whole(score.b)),
            ("both", &whole(score.both.as_ref().map(|both| both.both_and))),
        ],
    );
    el("div", "figures")
        .add(bars(score))
        .add(leaf("p", "scores", &line))
        .add(leaf("p", "said", &said))
        .add(leaf("p", "tension", &tension))
        .maybe(few(shown, score, Pole::A, score.items_a))
        .maybe(few(shown, score, Pole::B, score.items_b))
}

/// What may be said: which poles are cared for, and the lean.
fn said(shown: &Shown<'_>, score: &ParadoxScore, both: &Both) -> String {
    let (a, b) = (shown.name(score, Pole::A), shown.name(score, Pole::B));
    let quadrant = shown.view.fill(&["ui.quadrant.", both.quadrant.word()].concat(), &[("a", a), ("b", b)]);
    let mut lean = shown.lean_words(score.paradox, both.lean);
    if let Some(first) = lean.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    [&quadrant, " ", &lean, "."].concat()
}

/// A remark where one of several items of a pole was left open.
fn few(shown: &Shown<'_>, score: &ParadoxScore, pole: Pole, items: usize) -> Option<Node> {
    let asked = super::asked_items(shown.view, shown.report.form, score.paradox);
    let words = || shown.view.fill("ui.each.few", &[("pole", shown.name(score, pole))]);
    (0 < items && items < asked).then(|| leaf("p", "hint", &words()))
}

/// Both poles as bars on one scale, with the lower of the two marked: that is what both have.
fn bars(score: &ParadoxScore) -> Node {
    let mut svg = el("svg", "bars")
        .attr("viewBox", "0 0 100 24")
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true");
    for (value, y, class) in [(score.a, "2", "bar-a"), (score.b, "14", "bar-b")] {
        svg = svg.add(bar("bar-track", y, 100.0)).maybe(value.map(|value| bar(class, y, value)));
    }
    svg.maybe(score.both.as_ref().map(|both| {
        let x = path::number(both.both_and);
        el("line", "bar-both").set("x1", &x).set("x2", &x).attr("y1", "0").attr("y2", "24")
    }))
}

fn bar(class: &'static str, y: &'static str, width: f64) -> Node {
    el("rect", class).attr("x", "0").attr("y", y).set("width", &path::number(width)).attr("height", "8")
}

fn pole(shown: &Shown<'_>, score: &ParadoxScore, pole: Pole) -> Node {
    let view = shown.view;
    let text = |name: &str| view.paradox_text(score.paradox, &[pole.letter(), ".", name].concat());
    let (value, class) = match pole {
        Pole::A => (score.a, "pole pole-a"),
        Pole::B => (score.b, "pole pole-b"),
    };
    let mut told = Vec::new();
    for name in ["meaning", "practice", "risk"] {
        let text = text(name);
        if !text.is_empty() {
            told.push(leaf("dt", "", &view.joined(&["ui.each.", name])));
            told.push(leaf("dd", "", &text));
        }
    }
    let list = (!told.is_empty()).then(|| el("dl", "").all(told));
    let name = leaf("h5", "", &text("name")).add(leaf("span", "value", &whole(value)));
    el("div", class).add(level(score, name, "4")).maybe(list)
}

/// A heading, which without a phase above it is a level higher.
fn level(score: &ParadoxScore, heading: Node, level: &'static str) -> Node {
    if score.phase.is_some() { heading } else { heading.attr("aria-level", level) }
}

fn provenance(shown: &Shown<'_>, score: &ParadoxScore) -> String {
    // An own questionnaire may say it of each paradox by itself.
    let paradox = shown.view.instrument().paradox(score.paradox);
    let own = shown.view.texts.find(&["instrument.paradoxes.", &paradox.id, ".source"].concat());
    own.filter(|own| !own.is_empty()).map_or_else(
        || shown.view.joined(&["instrument.provenance.", paradox.provenance.word()]),
        str::to_owned,
    )
}
