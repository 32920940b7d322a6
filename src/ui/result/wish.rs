//! Now and a year from now: the way into the second pass, and what it shows: where someone wants to change most.

use super::Shown;
use crate::compare::{self, Gap};
use crate::session::{Msg, Pass};
use crate::summary;
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::overlay::{self, Axes};
use crate::ui::parts;

pub(super) fn section(shown: &Shown<'_>) -> Option<Node> {
    let view = shown.view;
    let wished = !shown.wishes.is_empty();
    if !shown.mine && !wished {
        return None;
    }
    let section = el("section", if wished { "wish" } else { "wish screen-only" })
        .add(leaf("h2", "", view.t("ui.wish.title")))
        .add(leaf("p", "screen-only", view.t("ui.wish.lead")))
        .all(if wished { told(shown) } else { Vec::new() })
        .maybe(shown.mine.then(|| ways(shown, wished)));
    Some(section)
}

fn ways(shown: &Shown<'_>, wished: bool) -> Node {
    let view = shown.view;
    let way = |pass: Pass, key: &str, action: &'static str| {
        let count: usize = view.session.wish_pages(pass).iter().map(Vec::len).sum();
        let label = view.fill(key, &[("n", &count.to_string())]);
        parts::button(view, "secondary", action, &label, Msg::WentToWish(pass))
    };
    let clear = || parts::button(view, "plain", "wish-clear", view.t("ui.wish.clear"), Msg::ClearedWishes);
    el("div", "actions")
        .add(way(Pass::Poles, "ui.wish.poles", "wish-poles"))
        .add(way(Pass::Items, "ui.wish.items", "wish-items"))
        .maybe(wished.then(clear))
}

/// The picture where there are axes enough for one, and the gaps in words, the largest first.
fn told(shown: &Shown<'_>) -> Vec<Node> {
    let view = shown.view;
    let gaps = compare::gaps(view.instrument(), shown.report.form, shown.report, shown.wishes);
    let agenda = compare::agenda(&gaps, shown.report);
    if agenda.is_empty() {
        return vec![leaf("p", "", view.t("ui.wish.none"))];
    }
    let entry = |gap: &Gap| {
        el("li", "")
            .set("data-gap", &view.instrument().paradox(gap.paradox).id)
            .add(leaf("strong", "", &view.pair(gap.paradox)))
            .text(": ")
            .text(&summary::gap_in_words(view.instrument(), view.texts, gap))
    };
    let of = |paradox| gaps.iter().find(|gap| gap.paradox == paradox);
    let axes = Axes::new(view, |paradox| of(paradox).is_some());
    let arrows: Vec<[Option<(f64, f64)>; 2]> = axes
        .paradoxes()
        .iter()
        .map(|paradox| of(*paradox).map_or([None, None], |gap| [gap.a, gap.b]))
        .collect();
    let mut nodes: Vec<Node> =
        overlay::changes(view, &axes, view.t("ui.wish.chart"), &arrows).into_iter().collect();
    nodes.push(leaf("h3", "", view.t("ui.wish.agenda")));
    nodes.push(el("ol", "agenda").all(each(&agenda, entry)));
    nodes
}
