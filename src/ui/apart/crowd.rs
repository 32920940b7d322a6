//! What is shown of a group that is large enough: one picture, what to talk about, where its sides are apart, how the
//! answers lie, and all numbers.

use super::together::{TogetherMsg, button, said, slot};
use crate::chart::{self, path, radar};
use crate::group::{self, GroupLean, GroupScore, Order, Overview, Statistics};
use crate::instrument::{ParadoxIx, Pole};
use crate::summary;
use crate::ui::further;
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::overlay::Axes;
use crate::ui::parts::{self, View};

/// How many paradoxes there are to talk about.
const TALK: usize = 3;
/// The most sides beside everybody that one radar tells apart.
const MOST_SIDES: usize = radar::overlay::MOST - 1;

/// What is shown of a group that is large enough, with everybody's scores.
pub(super) fn view(view: &View<'_>, scores: &[GroupScore], overview: &Overview, order: Order) -> Vec<Node> {
    let is_scored = |score: &&GroupScore| score.a.is_some() || score.b.is_some();
    let known: Vec<GroupScore> = scores.iter().filter(is_scored).cloned().collect();
    if known.is_empty() {
        return vec![leaf("p", "lead", view.t("ui.together.nothing"))];
    }
    let sides: Vec<(&str, &[GroupScore])> = overview.large().collect();
    let small = overview.sides.len() - sides.len();
    let small =
        (small > 0).then(|| leaf("p", "hint", &view.texts.count("ui.together.small-sides", small, &[])));
    let mut shown = vec![
        picture(view, scores, &sides),
        talk(view, &known),
        slot((sides.len() > 1).then(|| sides_apart(view, &sides, overview))),
        slot(small),
    ];
    let mut ordered = known;
    group::put(&mut ordered, order);
    shown.push(spread(view, order, &ordered));
    shown.push(numbers(view, &ordered));
    shown
}

fn both_and(scores: &[GroupScore], paradox: ParadoxIx) -> Option<f64> {
    Some(scores.get(paradox.index())?.both_and.as_ref()?.median)
}

/// The group on one radar; its sides beside each other when there are two to five of them.
fn picture(view: &View<'_>, scores: &[GroupScore], sides: &[(&str, &[GroupScore])]) -> Node {
    let section = el("section", "").add(leaf("h2", "", view.t("ui.together.picture"))).add(leaf(
        "p",
        "hint",
        view.t("ui.together.picture-how"),
    ));
    let axes = Axes::new(view, |paradox| both_and(scores, paradox).is_some());
    if !axes.are_enough() {
        return section.add(leaf("p", "", view.t("ui.together.no-picture")));
    }
    let mut names = vec![view.t("ui.together.everybody")];
    let mut all = vec![scores];
    if sides.len() > 1 && sides.len() <= MOST_SIDES {
        names.extend(sides.iter().map(|(name, _)| name));
        all.extend(sides.iter().map(|(_, scores)| scores));
    }
    let values: Vec<Vec<Option<f64>>> = all
        .iter()
        .map(|scores| axes.paradoxes().iter().map(|paradox| both_and(scores, *paradox)).collect())
        .collect();
    section.add(further::overlay(view, &axes, view.t("ui.together.chart"), &names, &values))
}

/// The three on which people differ most, and the three of which both poles get least: the meeting's agenda.
fn talk(view: &View<'_>, known: &[GroupScore]) -> Node {
    let first = |order: Order, words: fn(&View<'_>, &GroupScore) -> Option<String>| {
        let mut scores = known.to_vec();
        group::put(&mut scores, order);
        let entry = |score: &GroupScore| {
            let said = words(view, score)?;
            let entry = el("li", "")
                .set("data-talk", &view.instrument().paradox(score.paradox).id)
                .add(leaf("strong", "", &view.pair(score.paradox)))
                .text(": ")
                .text(&said);
            Some(entry)
        };
        el("ol", "agenda").all(scores.iter().take(TALK).filter_map(entry).collect())
    };
    el("section", "")
        .add(leaf("h2", "", view.t("ui.together.talk")))
        .add(leaf("h3", "", view.t("ui.together.most-mixed")))
        .add(leaf("p", "hint", view.t("ui.together.most-mixed-how")))
        .add(first(Order::Mixed, mixed_words))
        .add(leaf("h3", "", view.t("ui.together.least")))
        .add(first(Order::Lowest, lowest_words))
}

fn mixed_words(view: &View<'_>, score: &GroupScore) -> Option<String> {
    let deviation = |pole| score.pole(pole).and_then(|pole| pole.deviation).unwrap_or(0.0);
    let pole = if deviation(Pole::A) >= deviation(Pole::B) { Pole::A } else { Pole::B };
    let name = summary::pole_name(view.instrument(), view.texts, score.paradox, pole);
    let statistics = score.pole(pole)?;
    let (low, high) = (whole(statistics.low), whole(statistics.high));
    Some(view.fill("ui.together.from-to", &[("pole", name), ("low", &low), ("high", &high)]))
}

fn lowest_words(view: &View<'_>, score: &GroupScore) -> Option<String> {
    let median = whole(score.both_and.as_ref()?.median);
    Some(view.fill("ui.together.both-get", &[("n", &median)]))
}

/// Where the sides are apart, the largest gap first.
fn sides_apart(view: &View<'_>, sides: &[(&str, &[GroupScore])], overview: &Overview) -> Node {
    let name = |(side, _): (usize, f64)| sides.get(side).map_or("", |(name, _)| name);
    let entry = |gap: &group::Between| {
        let pole = summary::pole_name(view.instrument(), view.texts, gap.paradox, gap.pole);
        let (low, high) = (whole(gap.low.1), whole(gap.high.1));
        let values = [
            ("pole", pole),
            ("low", low.as_str()),
            ("high", high.as_str()),
            ("low-side", name(gap.low)),
            ("high-side", name(gap.high)),
        ];
        el("li", "")
            .set("data-gap", &view.instrument().paradox(gap.paradox).id)
            .add(leaf("strong", "", &view.pair(gap.paradox)))
            .text(": ")
            .text(&view.fill("ui.together.gap", &values))
    };
    let section = el("section", "").add(leaf("h2", "", view.t("ui.together.sides"))).add(leaf(
        "p",
        "hint",
        view.t("ui.together.sides-how"),
    ));
    if overview.gaps.is_empty() {
        return section.add(leaf("p", "", view.t("ui.together.no-gap")));
    }
    section.add(el("ol", "agenda").all(each(&overview.gaps, entry)))
}

/// How people's answers lie spread, pole by pole.
fn spread(view: &View<'_>, chosen: Order, scores: &[GroupScore]) -> Node {
    let option = |order: Order| {
        let words = view.joined(&["ui.together.order.", order.word()]);
        (order.word(), words, said(TogetherMsg::Ordered(order)))
    };
    let order = parts::choice(
        view,
        "order",
        view.t("ui.together.order.label"),
        chosen.word(),
        Order::ALL.map(option).into(),
    );
    el("section", "spread")
        .add(leaf("h2", "", view.t("ui.together.spread")))
        .add(leaf("p", "hint", view.t("ui.together.spread-how")))
        .add(order)
        .add(el("ul", "spread-list").all(each(scores, |score| paradox(view, score))))
}

fn paradox(view: &View<'_>, score: &GroupScore) -> Node {
    let said = score.lean.map(|lean| lean_words(view, score.paradox, lean));
    el("li", "")
        .key(score.paradox.index())
        .set("data-spread", &view.instrument().paradox(score.paradox).id)
        .add(leaf("h3", "", &view.pair(score.paradox)))
        .add(strip(view, score, Pole::A))
        .add(strip(view, score, Pole::B))
        .maybe(said.map(|said| leaf("p", "tilt-said", &said)))
}

fn lean_words(view: &View<'_>, paradox: ParadoxIx, lean: GroupLean) -> String {
    let pole =
        lean.pole().map_or("", |pole| summary::pole_name(view.instrument(), view.texts, paradox, pole));
    view.fill(&["ui.together.lean.", lean.word()].concat(), &[("pole", pole)])
}

/// A pole from 0 to 100: from the lowest to the highest a line, the middle half of all people a box, and the median.
fn strip(view: &View<'_>, score: &GroupScore, pole: Pole) -> Node {
    let name = summary::pole_name(view.instrument(), view.texts, score.paradox, pole);
    let Some(statistics) = score.pole(pole) else {
        let none = leaf("span", "value", view.t("ui.together.too-few"));
        return el("div", "strip").add(leaf("span", "", name)).add(none);
    };
    let median = view.fill("ui.together.median", &[("n", &whole(statistics.median))]);
    el("div", "strip")
        .add(leaf("span", "", name))
        .add(leaf("span", "value", &median))
        .add(drawn(statistics, pole))
}

fn drawn(statistics: &Statistics, pole: Pole) -> Node {
    let at = |score: f64| path::number(chart::length(score, 0.0, 100.0));
    let line = |class: &'static str, x: f64, y1: &'static str, y2: &'static str| {
        el("line", class).set("x1", &at(x)).set("x2", &at(x)).attr("y1", y1).attr("y2", y2)
    };
    let rect = |class: &'static str, from: f64, to: f64, y: &'static str, height: &'static str| {
        el("rect", class)
            .set("x", &at(from))
            .set("width", &path::number((to - from).max(0.0)))
            .attr("y", y)
            .attr("height", height)
    };
    let box_class = match pole {
        Pole::A => "bar-a",
        Pole::B => "bar-b",
    };
    el("svg", "tilt-row")
        .attr("viewBox", "0 0 100 20")
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .add(rect("tilt-track", 0.0, 100.0, "5", "10"))
        .add(rect("spread-reach", statistics.low, statistics.high, "9", "2"))
        .add(rect(box_class, statistics.lower, statistics.upper, "6", "8"))
        .add(line("spread-end", statistics.low, "6", "14"))
        .add(line("spread-end", statistics.high, "6", "14"))
        .add(line("tilt-end", statistics.median, "2", "18"))
}

/// Every number in a table, to read and to take along.
fn numbers(view: &View<'_>, scores: &[GroupScore]) -> Node {
    const COLUMNS: [&str; 7] = ["n", "median", "quartiles", "range", "mean", "deviation", "measure"];
    let heading =
        |name: &str| leaf("th", "", &view.joined(&["ui.together.table.", name])).attr("scope", "col");
    let head = el("tr", "")
        .add(heading("paradox"))
        .add(heading(COLUMNS[6]))
        .all(each(&COLUMNS[..6], |name| heading(name)));
    let rows = scores.iter().flat_map(|score| rows(view, score)).collect();
    let table = el("table", "numbers")
        .add(leaf("caption", "", view.t("ui.together.table.caption")))
        .add(el("thead", "").add(head))
        .add(el("tbody", "").all(rows));
    let scroll = el("div", "scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .set("aria-label", view.t("ui.together.table.title"))
        .add(table);
    let save = button(view, "secondary", "save-table", "ui.together.save-table", TogetherMsg::SavesTable);
    parts::details(
        "figures-table",
        parts::titled(view.t("ui.together.table.title")),
        el("div", "opened").add(scroll).add(el("div", "actions").add(save)),
    )
}

fn rows(view: &View<'_>, score: &GroupScore) -> Vec<Node> {
    let pole = |pole| summary::pole_name(view.instrument(), view.texts, score.paradox, pole).to_owned();
    let named = |name: &str| view.joined(&["ui.together.measure.", name]);
    let measures = [
        (pole(Pole::A), &score.a),
        (pole(Pole::B), &score.b),
        (named("both"), &score.both_and),
        (named("tilt"), &score.tilt),
        (named("tension"), &score.tension),
    ];
    let known = measures.iter().filter_map(|(name, statistics)| Some((name, statistics.as_ref()?)));
    let row = |(name, statistics): (&String, &Statistics)| {
        let cells = [
            statistics.n.to_string(),
            whole(statistics.median),
            [whole(statistics.lower), whole(statistics.upper)].join(" – "),
            [whole(statistics.low), whole(statistics.high)].join(" – "),
            whole(statistics.mean),
            statistics.deviation.map_or_else(|| "–".to_owned(), whole),
        ];
        el("tr", "")
            .add(leaf("th", "", &view.pair(score.paradox)).attr("scope", "row"))
            .add(leaf("td", "", name))
            .all(each(&cells, |cell| leaf("td", "", cell)))
    };
    known.map(row).collect()
}

/// A whole number with a proper minus sign.
fn whole(number: f64) -> String {
    chart::round(number).to_string().replace('-', "−")
}
