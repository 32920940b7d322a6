//! Two to six results side by side: one radar with an outline for each, what changed between two, and where several
//! are furthest apart.

use super::section;
use crate::compare::{self, Apart, Change, Changed, Said};
use crate::day::Day;
use crate::history::KeptId;
use crate::instrument::{ParadoxIx, Pole};
use crate::scoring::{Report, put_in_order};
use crate::summary;
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::overlay::Axes;
use crate::ui::parts::{self, View};
use crate::ui::subject::{self, Subject};
use crate::ui::{overlay, small};

/// From so many results on each also gets a small radar of its own.
const CROWD: usize = 5;

/// A result with the name it goes by here, and its day; without one it comes first.
struct Named {
    name: String,
    report: Report,
    day: Option<Day>,
}

pub(super) fn parts(view: &View<'_>) -> Vec<Node> {
    let mut named: Vec<Named> = view.desk.chosen.iter().filter_map(|id| named(view, *id)).collect();
    // Oldest first, so that two of them are then and now.
    put_in_order(&mut named, |left, right| left.day < right.day);
    let reports: Vec<&Report> = named.iter().map(|named| &named.report).collect();
    let apart = compare::apart(view.instrument(), &reports);
    if apart.is_empty() {
        return vec![leaf("p", "lead", view.t("ui.compare.none"))];
    }
    let mut shown = vec![leaf("p", "hint", view.t("ui.compare.how")), picture(view, &named)];
    if let [then, now] = named.as_slice() {
        shown.push(changes(view, then, now));
    }
    shown.push(furthest(view, &apart));
    if named.len() >= CROWD {
        shown.push(multiples(view, &named));
    }
    shown
}

fn named(view: &View<'_>, id: Option<KeptId>) -> Option<Named> {
    match id {
        None => {
            let subject = Subject::of_session(view.session)?;
            let name = view.t("ui.history.now").to_owned();
            Some(Named { name, report: subject.report, day: subject.day })
        }
        Some(id) => {
            let kept = view.history.find(id)?;
            let report = kept.file.report(view.instrument());
            Some(Named { name: kept.name.clone(), report, day: subject::day_of(&kept.file) })
        }
    }
}

/// `both_and` of each result on every paradox that at least one has scored.
fn picture(view: &View<'_>, named: &[Named]) -> Node {
    let both_and = |report: &Report, paradox: ParadoxIx| {
        report.paradox(paradox).and_then(|score| score.both.as_ref()).map(|both| both.both_and)
    };
    let axes =
        Axes::new(view, |paradox| named.iter().any(|named| both_and(&named.report, paradox).is_some()));
    let values: Vec<Vec<Option<f64>>> = named
        .iter()
        .map(|named| axes.paradoxes().iter().map(|paradox| both_and(&named.report, *paradox)).collect())
        .collect();
    let names: Vec<&str> = named.iter().map(|named| named.name.as_str()).collect();
    let section = section(view, "ui.compare.names");
    if !axes.are_enough() {
        // Without a picture nothing needs to be told apart.
        let names: Vec<String> = named.iter().map(|named| named.name.clone()).collect();
        return section.add(parts::lines("", &names));
    }
    let picture = overlay::results(view, &axes, view.t("ui.compare.chart"), &values);
    section.add(overlay::legend(&names)).maybe(picture)
}

/// What changed from the first to the second, pole by pole, in a picture and in words.
fn changes(view: &View<'_>, then: &Named, now: &Named) -> Node {
    let changed = compare::changes(view.instrument(), &then.report, &now.report);
    let how = view.fill("ui.compare.change-how", &[("then", &then.name), ("now", &now.name)]);
    let of = |paradox: ParadoxIx| changed.iter().find(|changed| changed.paradox == paradox);
    let axes = Axes::new(view, |paradox| of(paradox).is_some());
    // Only what may be said gets an arrow.
    let from_to = |change: Option<&Change>| {
        let said = change.filter(|change| matches!(change.said, Said::Possible | Said::Clear))?;
        Some((said.from, said.to))
    };
    let arrows: Vec<[Option<(f64, f64)>; 2]> = axes
        .paradoxes()
        .iter()
        .map(|paradox| {
            [Pole::A, Pole::B].map(|pole| from_to(of(*paradox).and_then(|changed| changed.pole(pole))))
        })
        .collect();
    let row = |changed: &Changed| {
        let cell = |pole| leaf("td", "", &words(view, changed, pole));
        el("tr", "")
            .set("data-change", &view.instrument().paradox(changed.paradox).id)
            .add(leaf("th", "", &view.pair(changed.paradox)).attr("scope", "row"))
            .add(cell(Pole::A))
            .add(cell(Pole::B))
    };
    let heading = |key: &str| leaf("th", "", view.t(key)).attr("scope", "col");
    let head =
        el("tr", "").add(heading("ui.compare.paradox")).add(heading("ui.table.a")).add(heading("ui.table.b"));
    let table = el("table", "words")
        .add(leaf("caption", "quiet", view.t("ui.compare.change")))
        .add(el("thead", "").add(head))
        .add(el("tbody", "").all(each(&changed, row)));
    section(view, "ui.compare.change")
        .add(leaf("p", "hint", &how))
        .maybe(overlay::changes(view, &axes, view.t("ui.compare.change-chart"), &arrows))
        .add(
            el("div", "scroll")
                .attr("tabindex", "0")
                .attr("role", "region")
                .set("aria-label", view.t("ui.compare.change"))
                .add(table),
        )
}

/// What may be said of a pole's change, with its name.
fn words(view: &View<'_>, changed: &Changed, pole: Pole) -> String {
    let name = summary::pole_name(view.instrument(), view.texts, changed.paradox, pole);
    let Some(change) = changed.pole(pole) else {
        return [name, ": ", view.t("ui.compare.missing")].concat();
    };
    let more = change.to > change.from;
    let key = match (change.said, more) {
        (Said::Same, _) => "ui.compare.same",
        (Said::Unsaid, _) => "ui.compare.unsaid",
        (Said::Possible, true) => "ui.compare.possible-more",
        (Said::Possible, false) => "ui.compare.possible-less",
        (Said::Clear, true) => "ui.compare.clear-more",
        (Said::Clear, false) => "ui.compare.clear-less",
    };
    let (from, to) = (whole(change.from), whole(change.to));
    [name, ": ", &view.fill(key, &[("from", &from), ("to", &to)])].concat()
}

fn whole(score: f64) -> String {
    crate::chart::round(score).to_string()
}

/// Where they are furthest apart, in words.
fn furthest(view: &View<'_>, apart: &[Apart]) -> Node {
    let entry = |apart: &Apart| {
        let spread = [("low", whole(apart.low)), ("high", whole(apart.high))];
        let filled = spread.each_ref().map(|(name, value)| (*name, value.as_str()));
        el("li", "")
            .set("data-apart", &view.instrument().paradox(apart.paradox).id)
            .add(leaf("strong", "", &view.pair(apart.paradox)))
            .text(": ")
            .text(&view.fill("ui.compare.spread", &filled))
    };
    section(view, "ui.compare.apart").add(el("ol", "agenda").all(each(apart, entry)))
}

/// Each by itself, small, where one picture of all of them is a crowd.
fn multiples(view: &View<'_>, named: &[Named]) -> Node {
    let entry = |named: &Named| {
        let picture = view.fill("ui.history.picture", &[("name", &named.name)]);
        el("li", "").add(small::radar(view, &named.report, &picture)).add(leaf("span", "", &named.name))
    };
    section(view, "ui.compare.each").add(el("ul", "multiples").all(each(named, entry)))
}
