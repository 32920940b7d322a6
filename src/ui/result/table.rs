//! Every figure in a table: the same as the charts, for who would rather read numbers.

use super::{Shown, signed, whole};
use crate::scoring::ParadoxScore;
use crate::summary;
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::parts;

/// Heading keys of the columns after the name.
const COLUMNS: [&str; 9] = ["a", "b", "both", "tilt", "level", "balance", "tension", "lean", "class"];

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    parts::details(
        "figures-table",
        parts::titled(view.t("ui.table.show")),
        el("div", "opened").add(scroll(shown)).maybe(overall(shown)),
    )
}

/// The table in a box of its own: where it is too wide, it scrolls sideways and the page doesn't.
fn scroll(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    let heading = |text: &str| leaf("th", "", text).attr("scope", "col");
    let headings = el("tr", "")
        .add(heading(view.t("ui.table.paradox")))
        .all(each(COLUMNS, |name| heading(&view.joined(&["ui.table.", name]))));
    let table = el("table", "")
        .add(leaf("caption", "", view.t("ui.table.caption")))
        .add(el("thead", "").add(headings))
        .add(el("tbody", "").all(each(shown.asked(), |score| row(shown, score))));
    el("div", "scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .set("aria-label", view.t("ui.table.title"))
        .add(table)
}

fn row(shown: &Shown<'_>, score: &ParadoxScore) -> Node {
    let view = shown.view;
    let both = score.both.as_ref();
    let cells = [
        whole(score.a),
        whole(score.b),
        whole(both.map(|both| both.both_and)),
        both.map_or_else(|| whole(None), |both| signed(both.tilt)),
        whole(both.map(|both| both.level)),
        whole(both.map(|both| both.balance)),
        whole(score.tension),
        both.map_or_else(
            || view.t("ui.table.none").to_owned(),
            |both| shown.lean_words(score.paradox, both.lean),
        ),
        both.map_or_else(String::new, |both| view.joined(&["ui.class.", both.class.word()])),
    ];
    let cell = |(cell, name): (String, &'static str)| leaf("td", "", &cell).attr("data-column", name);
    el("tr", "")
        .set("data-row", &view.instrument().paradox(score.paradox).id)
        .add(leaf("th", "", &view.pair(score.paradox)).attr("scope", "row"))
        .all(each(cells.into_iter().zip(COLUMNS), cell))
}

/// The overall figure never stands alone: the spread and the two lowest are beside it.
fn overall(shown: &Shown<'_>) -> Option<Node> {
    let (view, report) = (shown.view, shown.report);
    if !view.instrument().form(report.form).overall {
        return None;
    }
    let (Some(overall), Some((low, high))) = (report.overall, report.spread()) else {
        let minimum = view.instrument().thresholds().overall_minimum.to_string();
        return Some(leaf("p", "overall", &view.fill("ui.result.limits.no-overall", &[("n", &minimum)])));
    };
    let lowest: Vec<String> = report.lowest_two().into_iter().map(|paradox| view.pair(paradox)).collect();
    let words = view.fill(
        "ui.overall.text",
        &[
            ("n", &report.scored().count().to_string()),
            ("score", &whole(Some(overall))),
            ("low", &whole(Some(low))),
            ("high", &whole(Some(high))),
            ("pairs", &summary::list(view.texts, &lowest)),
        ],
    );
    Some(leaf("p", "overall", &words))
}
