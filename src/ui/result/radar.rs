//! The radar: every paradox an axis, in four phase sectors, both poles as outlines that differ in line and marker, and
//! what both have as the calm core. Every axis can be reached by pointer, touch and arrow keys, and says its values.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};
use yew::Callback;
use yew::virtual_dom::ListenerKind;

use super::{PAPER, Shown, whole};
use crate::chart::path::number;
use crate::chart::radar::{
    AxisGeometry, AxisSpec, Label, LabelBlock, LabelLine, Layout, Mark, RadarGeometry, RadarSpec, Ring,
    SectorGeometry, SectorSpec, radar,
};
use crate::instrument::{ParadoxIx, Pole};
use crate::scoring::ParadoxScore;
use crate::summary;
use crate::ui::AppMsg;
use crate::ui::dom::focus;
use crate::ui::dom::size::Size;
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::svg::{along_arc, path, svg, text_at};

/// One axis: a paradox in words and figures.
struct Axis {
    paradox: ParadoxIx,
    a: String,
    b: String,
    score_a: Option<f64>,
    score_b: Option<f64>,
    both_and: Option<f64>,
    words: String,
    pair: String,
}

/// Everything that the drawing needs.
struct Drawn {
    axes: Vec<Axis>,
    sectors: Vec<(String, usize)>,
    pointed: Option<ParadoxIx>,
    label: String,
    send: Callback<AppMsg>,
}

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    let asked = shown.asked();
    let all = asked.len() == view.instrument().paradoxes().len();
    let title = if all { "ui.radar.title" } else { "ui.radar.title-some" };
    let drawn = Drawn {
        axes: asked.iter().enumerate().map(|(index, score)| axis(shown, index, score)).collect(),
        sectors: sectors(shown, &asked),
        pointed: view.pointed,
        label: view.t("ui.radar.label").to_owned(),
        send: view.send.clone(),
    };
    let picture = view.size.map(|size| picture(&drawn, size));
    let printed = view.in_full.then(|| printed(&drawn));
    el("section", "radar")
        .add(leaf("h2", "", view.t(title)))
        .add(leaf("p", "hint", view.t("ui.radar.how")))
        .add(legend(shown))
        .add(el("div", "radar-box screen-only").maybe(picture))
        .maybe(printed)
        .add(readout(shown))
}

fn axis(shown: &Shown<'_>, index: usize, score: &ParadoxScore) -> Axis {
    let view = shown.view;
    let name = |pole| summary::pole_name(view.instrument(), view.texts, score.paradox, pole).to_owned();
    let (a, b) = (name(Pole::A), name(Pole::B));
    let both_and = score.both.as_ref().map(|both| both.both_and);
    let key = if both_and.is_some() { "ui.radar.axis" } else { "ui.radar.axis-open" };
    let words = view.fill(
        key,
        &[
            ("number", &(index + 1).to_string()),
            ("a", &a),
            ("b", &b),
            ("score-a", &whole(score.a)),
            ("score-b", &whole(score.b)),
            ("both", &whole(both_and)),
        ],
    );
    let pair = view.pair(score.paradox);
    Axis { paradox: score.paradox, a, b, score_a: score.a, score_b: score.b, both_and, words, pair }
}

fn sectors(shown: &Shown<'_>, asked: &[&ParadoxScore]) -> Vec<(String, usize)> {
    let view = shown.view;
    let count = |phase| asked.iter().filter(|score| score.phase == Some(phase)).count();
    view.instrument()
        .phase_positions()
        .map(|phase| (summary::phase_name(view.instrument(), view.texts, phase).to_owned(), count(phase)))
        .filter(|(_, axes)| *axes > 0)
        .collect()
}

fn legend(shown: &Shown<'_>) -> Node {
    let entry = |shape: Node, key: &str| {
        let sample = el("svg", "").attr("viewBox", "0 0 32 12").add(shape);
        el("li", "").add(sample).text(shown.view.t(key))
    };
    let line = |class: &'static str, mark: &'static str, shape: &'static str| {
        el("g", "").add(path(class, "M0 6L32 6")).add(path(mark, shape))
    };
    let disc = "M12 6A4 4 0 0 1 20 6A4 4 0 0 1 12 6Z";
    el("ul", "legend")
        .attr("aria-hidden", "true")
        .add(entry(line("line-a", "mark-a", disc), "ui.radar.legend-a"))
        .add(entry(line("line-b", "mark-b", "M16 1L21 6L16 11L11 6Z"), "ui.radar.legend-b"))
        .add(entry(path("core", "M0 1L32 1L32 11L0 11Z"), "ui.radar.legend-core"))
}

/// The values of the paradox that was pointed at, and the way to read more about it.
fn readout(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    let Some(score) = view.pointed.and_then(|paradox| shown.report.paradox(paradox)) else {
        let words = [view.t("ui.radar.keys"), " ", view.t("ui.radar.select")].concat();
        return leaf("p", "readout", &words);
    };
    let mut line = el("p", "").add(leaf(
        "strong",
        "",
        &axis(shown, shown.number(score.paradox).saturating_sub(1), score).words,
    ));
    if let Some(both) = &score.both {
        line = line.text(": ").text(&shown.lean_words(score.paradox, both.lean));
    }
    let id = view.instrument().paradox(score.paradox).id.clone();
    let open = Rc::new(move |event: Event| {
        if let Some(button) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            focus::open_details(&button, &id);
        }
    });
    let more = leaf("button", "plain", view.t("ui.radar.more"))
        .attr("type", "button")
        .attr("data-action", "more")
        .does(ListenerKind::onclick, open);
    el("div", "readout").add(line).add(more)
}

fn geometry(drawn: &Drawn, size: Size) -> RadarGeometry {
    let axes: Vec<AxisSpec<'_>> = drawn
        .axes
        .iter()
        .map(|axis| AxisSpec {
            label_a: &axis.a,
            label_b: &axis.b,
            a: axis.score_a,
            b: axis.score_b,
            both_and: axis.both_and,
        })
        .collect();
    let sectors: Vec<SectorSpec<'_>> =
        drawn.sectors.iter().map(|(name, axes)| SectorSpec { name, axes: *axes }).collect();
    radar(&RadarSpec { width: size.width, font: size.font, axes: &axes, sectors: &sectors })
}

fn picture(drawn: &Drawn, size: Size) -> Node {
    let geometry = geometry(drawn, size);
    let options = drawn.axes.iter().zip(&geometry.axes).enumerate();
    let chart = svg("radar-chart", geometry.width, geometry.height)
        .attr("role", "listbox")
        .set("aria-label", &drawn.label)
        .attr("aria-describedby", super::SENTENCES)
        .set("font-size", &number(size.font))
        .add(background(drawn, &geometry, "radar-name-"))
        .add(outlines(&geometry))
        .all(each(options, |(index, (axis, at))| option(drawn, index, axis, at, geometry.number_font)));
    let names = (geometry.layout == Layout::Compact).then(|| names(drawn));
    el("div", "").add(chart).maybe(names)
}

/// The chart as it is printed: always as wide as paper, so that a telephone prints what a large screen prints. A
/// drawing of its own, because pages are also printed by the browser's menu, by a host page, and without a script.
fn printed(drawn: &Drawn) -> Node {
    let geometry = geometry(drawn, PAPER);
    let axes = drawn.axes.iter().zip(&geometry.axes).enumerate();
    let drawn_axis = |(index, (axis, at)): (usize, (&Axis, &AxisGeometry))| {
        let node = el("g", "").attr("role", "img").set("aria-label", &axis.words);
        in_words_and_marks(node, index, at, geometry.number_font)
    };
    svg("radar-print print-only", geometry.width, geometry.height)
        .attr("role", "group")
        .set("aria-label", &drawn.label)
        .set("font-size", &number(PAPER.font))
        .add(background(drawn, &geometry, "radar-print-name-"))
        .add(outlines(&geometry))
        .all(each(axes, drawn_axis))
}

fn background(drawn: &Drawn, geometry: &RadarGeometry, ids: &str) -> Node {
    let sector = |sector: &SectorGeometry| {
        let along = [ids, &sector.index.to_string()].concat();
        let name = drawn.sectors.get(sector.index).map_or("", |(name, _)| name);
        let class = match sector.tint {
            0 => "tint-0",
            1 => "tint-1",
            _ => "tint-2",
        };
        el("g", class)
            .add(path("wedge", &sector.wedge))
            .add(path("band", &sector.band))
            .maybe(sector.name.as_ref().map(|arc| along_arc("sector-name", &along, arc, name)))
    };
    el("g", "")
        .attr("aria-hidden", "true")
        .all(each(&geometry.sectors, sector))
        .all(each(&geometry.rings, |ring| path("scale-ring", &ring.path)))
        .all(each(&geometry.axes, |axis| path("axis-line", &axis.line)))
}

fn outlines(geometry: &RadarGeometry) -> Node {
    let font = number(geometry.scale_font);
    let figure = |ring: &Ring| {
        let at = ring.label?;
        Some(text_at("scale-figure", at, &ring.value.to_string()).set("font-size", &font))
    };
    let core = if geometry.core.closed { "core" } else { "core-line" };
    // The hub covers the core: a score of 0 lies on its edge, and what is inside means nothing.
    el("g", "")
        .attr("aria-hidden", "true")
        .add(path(core, &geometry.core.path))
        .maybe(geometry.rings.first().map(|ring| path("hub", &ring.path)))
        .all(geometry.rings.iter().filter_map(figure).collect())
        .add(path("line-a", &geometry.outline_a.path))
        .add(path("line-b", &geometry.outline_b.path))
}

/// One axis: what a pointer, a finger or the keyboard reaches, and what a screen reader says.
fn option(drawn: &Drawn, index: usize, axis: &Axis, geometry: &AxisGeometry, number_font: f64) -> Node {
    let selected = drawn.pointed == Some(axis.paradox);
    let reachable = selected || (drawn.pointed.is_none() && index == 0);
    let point = || AppMsg::Pointed(axis.paradox);
    let place = (index + 1).to_string();
    let node = el("g", "axis")
        .attr("role", "option")
        .attr("aria-selected", if selected { "true" } else { "false" })
        .set("aria-label", &axis.words)
        .attr("tabindex", if reachable { "0" } else { "-1" })
        .set("data-axis", &place)
        .says(ListenerKind::onfocus, &drawn.send, point())
        .says(ListenerKind::onclick, &drawn.send, point())
        .says(ListenerKind::onpointerover, &drawn.send, AppMsg::Hovered(Some(axis.paradox)))
        .says(ListenerKind::onpointerout, &drawn.send, AppMsg::Hovered(None))
        .does(ListenerKind::onkeydown, on_key(drawn.axes.len()))
        .add(path("hit", &geometry.hit))
        .add(path("axis-focus", &geometry.focus));
    in_words_and_marks(node, index, geometry, number_font)
}

/// Number, names and values of an axis.
fn in_words_and_marks(node: Node, index: usize, geometry: &AxisGeometry, number_font: f64) -> Node {
    let mark = |class: &'static str, mark: &Option<Mark>| mark.as_ref().map(|mark| path(class, &mark.path));
    let place = text_at("axis-number", geometry.number, &(index + 1).to_string());
    node.add(place.set("font-size", &number(number_font)))
        .maybe(geometry.label.as_ref().map(names_at))
        .maybe(mark("mark-a", &geometry.mark_a))
        .maybe(mark("mark-b", &geometry.mark_b))
}

fn names_at(label: &Label) -> Node {
    let block = |block: &LabelBlock, mark: &'static str| {
        let line = |line: &LabelLine| {
            leaf("text", "axis-label", &line.text)
                .set("x", &number(line.at.x))
                .set("y", &number(line.at.y))
                .attr("text-anchor", label.anchor.as_str())
        };
        el("g", "").add(path(mark, &block.mark.path)).all(each(&block.lines, line))
    };
    el("g", "").add(block(&label.a, "mark-a")).add(block(&label.b, "mark-b"))
}

/// In a narrow box the names stand below the circle, under the same numbers.
fn names(drawn: &Drawn) -> Node {
    let entry = |axis: &Axis| {
        let name = leaf("button", "axis-entry", &axis.pair).attr("type", "button");
        let msg = AppMsg::Pointed(axis.paradox);
        el("li", "").add(name.says(ListenerKind::onclick, &drawn.send, msg))
    };
    el("ol", "axis-names").all(each(&drawn.axes, entry))
}

/// Arrow keys walk along the axes, Home and End go to the first and the last.
fn on_key(count: usize) -> Rc<dyn Fn(Event)> {
    Rc::new(move |event: Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(axis) = target.and_then(|target| target.closest("[data-axis]").ok().flatten()) else {
            return;
        };
        let place = axis.get_attribute("data-axis").and_then(|place| place.parse::<usize>().ok());
        let Some(place) = place else { return };
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" if place == count => 1,
            "ArrowRight" | "ArrowDown" => place + 1,
            "ArrowLeft" | "ArrowUp" if place == 1 => count,
            "ArrowLeft" | "ArrowUp" => place - 1,
            "Home" => 1,
            "End" => count,
            _ => return,
        };
        event.prevent_default();
        let selector = ["[data-axis=\"", &next.to_string(), "\"]"].concat();
        let Some(svg) = axis.parent_element() else { return };
        if let Ok(Some(next)) = svg.query_selector(&selector) {
            // `focus` belongs to SVG elements as well; the binding only knows it of HTML elements.
            let _ = next.unchecked_ref::<HtmlElement>().focus();
        }
    })
}
