//! "How was this calculated?": the formulas, worked out with this person's own numbers.

use super::{Shown, signed, talk, whole};
use crate::instrument::{ItemIx, Pole};
use crate::scoring::{Both, ParadoxScore};
use crate::ui::node::{Node, el, leaf};
use crate::ui::parts;

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    let lead = whole(Some(thresholds(shown).phase_lead));
    let phased = !view.instrument().phases().is_empty();
    let paragraph = |text: &str| leaf("p", "", text);
    parts::details(
        "calc",
        parts::titled(view.t("ui.calc.title")),
        el("div", "opened")
            .add(paragraph(view.t("ui.calc.item")))
            .add(paragraph(view.t("ui.calc.pole")))
            .maybe(example(shown))
            .add(paragraph(&lean(shown)))
            .add(paragraph(&high(shown)))
            .maybe(phased.then(|| paragraph(&view.fill("ui.calc.phase", &[("lead", &lead)]))))
            .add(paragraph(&talk::rule(shown)))
            .add(paragraph(view.t("ui.calc.rounding")))
            .add(paragraph(view.t("ui.calc.recompute"))),
    )
}

fn thresholds<'a>(shown: &'a Shown<'_>) -> &'a crate::instrument::Thresholds {
    shown.view.instrument().thresholds()
}

/// The paradox that is most worth talking about, worked out step by step.
fn example(shown: &Shown<'_>) -> Option<Node> {
    let score = shown.report.paradox(*shown.report.attention.first()?)?;
    let both = score.both.as_ref()?;
    let lines = [
        poles(shown, score),
        shown.view.fill("ui.calc.both", &[("both", &whole(Some(both.both_and)))]),
        tilt(shown, score, both),
    ];
    Some(parts::lines("work", &lines))
}

fn poles(shown: &Shown<'_>, score: &ParadoxScore) -> String {
    let view = shown.view;
    let paradox = view.instrument().paradox(score.paradox);
    view.fill(
        "ui.calc.example",
        &[
            ("a", shown.name(score, Pole::A)),
            ("b", shown.name(score, Pole::B)),
            ("work-a", &work(shown, &paradox.a)),
            ("work-b", &work(shown, &paradox.b)),
            ("score-a", &whole(score.a)),
            ("score-b", &whole(score.b)),
        ],
    )
}

/// The mean of the answered items, written out: "(75 + 50) / 2", or a single answer as it is.
fn work(shown: &Shown<'_>, items: &[ItemIx]) -> String {
    let form = shown.view.instrument().form(shown.report.form);
    let scores: Vec<String> = items
        .iter()
        .filter(|item| form.items.contains(item))
        .filter_map(|item| shown.subject.answers.degree(*item))
        .map(|degree| whole(Some(degree.score())))
        .collect();
    match scores.as_slice() {
        [only] => only.clone(),
        several => ["(", &several.join(" + "), ") / ", &several.len().to_string()].concat(),
    }
}

fn tilt(shown: &Shown<'_>, score: &ParadoxScore, both: &Both) -> String {
    shown.view.fill(
        "ui.calc.tilt",
        &[
            ("a", shown.name(score, Pole::A)),
            ("b", shown.name(score, Pole::B)),
            ("tilt", &signed(both.tilt)),
            ("level", &whole(Some(both.level))),
            ("balance", &whole(Some(both.balance))),
        ],
    )
}

fn lean(shown: &Shown<'_>) -> String {
    let thresholds = thresholds(shown);
    shown.view.fill(
        "ui.calc.lean",
        &[
            ("possible", &whole(Some(thresholds.lean_possible))),
            ("clear", &whole(Some(thresholds.lean_clear))),
            ("single", &whole(Some(thresholds.lean_clear_single))),
        ],
    )
}

/// The cut is 62.5: here, and only here, a half is shown, because rounding it would make the rule untrue.
fn high(shown: &Shown<'_>) -> String {
    let thresholds = thresholds(shown);
    let comma = if shown.view.texts.language() == "nl" { "," } else { "." };
    let high = crate::chart::path::number(thresholds.high).replace('.', comma);
    shown.view.fill("ui.calc.high", &[("high", &high), ("felt", &whole(Some(thresholds.tension_felt)))])
}
