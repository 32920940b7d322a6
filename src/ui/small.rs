//! A radar without words, for lists: what kind of picture a kept result is, at a glance.

use super::node::{Node, el};
use super::parts::View;
use super::svg::{path, svg};
use crate::chart::radar::overlay::small;
use crate::chart::radar::{AxisSpec, FEWEST};
use crate::scoring::Report;

/// Its side, in pixels.
const SIDE: f64 = 88.0;

pub(super) fn radar(view: &View<'_>, report: &Report, label: &str) -> Node {
    let asked = &view.instrument().form(report.form).items;
    let scores = report.paradoxes.iter().filter(|score| {
        let paradox = view.instrument().paradox(score.paradox);
        paradox.a.iter().any(|item| asked.contains(item))
    });
    let axes: Vec<AxisSpec<'_>> = scores
        .map(|score| AxisSpec {
            a: score.a,
            b: score.b,
            both_and: score.both.as_ref().map(|both| both.both_and),
            ..AxisSpec::default()
        })
        .collect();
    if axes.len() < FEWEST {
        return el("span", "small-radar");
    }
    let geometry = small(SIDE, &axes);
    let core = if geometry.core.closed { "core" } else { "core-line" };
    svg("small-radar", geometry.side, geometry.side)
        .attr("role", "img")
        .set("aria-label", label)
        .add(path("wedge", &geometry.rim))
        .add(path("scale-ring", &geometry.rim))
        .add(path(core, &geometry.core.path))
        .add(path("hub", &geometry.hub))
        .add(
            el("g", "thin")
                .add(path("line-a", &geometry.outline_a.path))
                .add(path("line-b", &geometry.outline_b.path)),
        )
}
