//! The tilt chart: which way each paradox leans, from the middle outwards, with the zone in which nothing may be said.

use super::{Shown, whole};
use crate::chart::{path, tilt};
use crate::instrument::Pole;
use crate::scoring::ParadoxScore;
use crate::ui::node::{Node, each, el, leaf};

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    el("section", "tilt")
        .add(leaf("h2", "", view.t("ui.tilt.title")))
        .add(leaf("p", "hint", view.t("ui.tilt.how")))
        .add(el("ul", "tilt-list").all(each(shown.asked(), |score| row(shown, score))))
}

fn row(shown: &Shown<'_>, score: &ParadoxScore) -> Node {
    let view = shown.view;
    let said = match &score.both {
        Some(both) => shown.lean_words(score.paradox, both.lean),
        None => view.t("ui.table.none").to_owned(),
    };
    let value = |score: Option<f64>| leaf("span", "value", &whole(score));
    el("li", "")
        .set("data-tilt", &view.instrument().paradox(score.paradox).id)
        .add(leaf("span", "tilt-a", shown.name(score, Pole::A)).text(" ").add(value(score.a)))
        .add(el("span", "tilt-b").add(value(score.b)).text(" ").text(shown.name(score, Pole::B)))
        .add(bar(shown, score))
        .add(leaf("span", "tilt-said", &said))
}

fn bar(shown: &Shown<'_>, score: &ParadoxScore) -> Node {
    let thresholds = shown.view.instrument().thresholds();
    let single = score.items_a.min(score.items_b) < 2;
    let zone = if single { thresholds.lean_clear_single } else { thresholds.lean_possible };
    let tilt = score.both.as_ref().map(|both| both.tilt);
    let row = tilt::row(tilt::TiltSpec { tilt, zone });
    let class = if tilt.is_some_and(|tilt| tilt < 0.0) { "tilt-to-a" } else { "tilt-to-b" };
    let box_at = |class: &'static str, span: tilt::Span, y: &'static str, height: &'static str| {
        let (x, width) = (path::number(span.x), path::number(span.width));
        el("rect", class).set("x", &x).attr("y", y).set("width", &width).attr("height", height)
    };
    let line_at = |class: &'static str, x: f64| {
        let x = path::number(x);
        el("line", class).set("x1", &x).set("x2", &x).attr("y1", "0").attr("y2", "20")
    };
    let track = tilt::Span { x: 0.0, width: tilt::WIDTH };
    el("svg", "tilt-row")
        .attr("viewBox", "0 0 200 20")
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .add(box_at("tilt-track", track, "5", "10"))
        .add(box_at("tilt-zone", row.zone, "0", "20"))
        .maybe(row.bar.map(|bar| box_at(class, bar, "6", "8")))
        .add(line_at("tilt-middle", tilt::CENTRE))
        .maybe(row.dot.map(|x| line_at("tilt-end", x)))
}
