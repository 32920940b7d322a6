//! Several results on one radar, and changes from one to another: drawn on the same radar as a single result, with the
//! same names around it, once for the screen and once for paper.

use super::dom::size::Size;
use super::node::{Node, each, el, leaf};
use super::parts::View;
use super::result::PAPER;
use super::svg::{along_arc, path, svg, text_at};
use crate::chart::Point;
use crate::chart::path::number;
use crate::chart::radar::overlay::{Arrow, arrows, marker, overlay};
use crate::chart::radar::{
    AxisGeometry, AxisSpec, FEWEST, LabelLine, Layout, RadarGeometry, RadarSpec, SectorSpec, radar,
};
use crate::instrument::{ParadoxIx, PhaseIx, Pole};
use crate::summary;

/// The class of each result's line and marker.
const SERIES: [&str; 6] = ["series-1", "series-2", "series-3", "series-4", "series-5", "series-6"];

/// The axes that are shown, with their names.
pub(super) struct Axes {
    paradoxes: Vec<ParadoxIx>,
    names: Vec<[String; 2]>,
    sectors: Vec<(String, usize)>,
}

impl Axes {
    /// The paradoxes that are worth an axis.
    pub(super) fn new(view: &View<'_>, shown: impl Fn(ParadoxIx) -> bool) -> Self {
        let instrument = view.instrument();
        let paradoxes: Vec<ParadoxIx> =
            instrument.paradox_positions().filter(|paradox| shown(*paradox)).collect();
        let name = |paradox, pole| summary::pole_name(instrument, view.texts, paradox, pole).to_owned();
        let names =
            paradoxes.iter().map(|paradox| [name(*paradox, Pole::A), name(*paradox, Pole::B)]).collect();
        let count = |phase: PhaseIx| {
            paradoxes.iter().filter(|paradox| instrument.paradox(**paradox).phase == Some(phase)).count()
        };
        let sectors = instrument
            .phase_positions()
            .map(|phase| (summary::phase_name(instrument, view.texts, phase).to_owned(), count(phase)))
            .filter(|(_, axes)| *axes > 0)
            .collect();
        Self { paradoxes, names, sectors }
    }

    /// The paradoxes, axis by axis.
    pub(super) fn paradoxes(&self) -> &[ParadoxIx] {
        &self.paradoxes
    }

    /// Whether there is a picture: on fewer axes than make a radar what is shown is told in words alone.
    pub(super) fn are_enough(&self) -> bool {
        self.paradoxes.len() >= FEWEST
    }

    fn lay_out(&self, size: Size) -> RadarGeometry {
        let axes: Vec<AxisSpec<'_>> = self
            .names
            .iter()
            .map(|[a, b]| AxisSpec { label_a: a, label_b: b, ..AxisSpec::default() })
            .collect();
        let sectors: Vec<SectorSpec<'_>> =
            self.sectors.iter().map(|(name, axes)| SectorSpec { name, axes: *axes }).collect();
        radar(&RadarSpec { width: size.width, font: size.font, axes: &axes, sectors: &sectors })
    }
}

/// What the charts of a kind are called where they are drawn: their classes, and how the ids of their arcs begin. Two
/// kinds can stand on one screen with other axes, and an arc is found by its id alone.
struct Place {
    chart: &'static str,
    list: &'static str,
    ids: &'static str,
}

/// Where a chart is drawn: on the screen, and on paper.
type Places = [Place; 2];

const fn places(on_screen: &'static str, on_paper: &'static str) -> Places {
    [
        Place { chart: "overlay-chart screen-only", list: "agenda screen-only", ids: on_screen },
        Place { chart: "overlay-print print-only", list: "agenda print-only", ids: on_paper },
    ]
}

const RESULTS: Places = places("results-name-", "results-print-name-");
const CHANGES: Places = places("changes-name-", "changes-print-name-");

/// One outline for each result; `values` has its scores, axis by axis.
pub(super) fn results(
    view: &View<'_>,
    axes: &Axes,
    label: &str,
    values: &[Vec<Option<f64>>],
) -> Option<Node> {
    let drawn = |geometry: &RadarGeometry| {
        let series = overlay(geometry, values);
        let lines = series.iter().zip(SERIES).map(|(series, class)| {
            let marks = series.marks.iter().flatten().map(|mark| path("series-mark", &mark.path)).collect();
            el("g", class).add(path("series-line", &series.outline.path)).all(marks)
        });
        lines.collect()
    };
    charts(view, axes, &RESULTS, label, &drawn)
}

/// As [`results`], below the names of the lines.
pub(super) fn with_legend(
    view: &View<'_>,
    axes: &Axes,
    label: &str,
    names: &[&str],
    values: &[Vec<Option<f64>>],
) -> Node {
    el("div", "overlay").add(legend(names)).maybe(results(view, axes, label, values))
}

/// An arrow for each pole that changes; `changes` has from and to, axis by axis, for pole A and pole B.
pub(super) fn changes(
    view: &View<'_>,
    axes: &Axes,
    label: &str,
    changes: &[[Option<(f64, f64)>; 2]],
) -> Option<Node> {
    let arrow = |arrow: &Arrow, line: &'static str, mark: &'static str| {
        el("g", "").add(path(line, &arrow.path)).add(path(mark, &arrow.from.path))
    };
    let drawn = |geometry: &RadarGeometry| {
        let mut drawn: Vec<Node> = Vec::new();
        for [a, b] in arrows(geometry, changes) {
            drawn.extend(a.map(|a| arrow(&a, "arrow-a", "mark-a")));
            drawn.extend(b.map(|b| arrow(&b, "arrow-b", "mark-b")));
        }
        drawn
    };
    charts(view, axes, &CHANGES, label, &drawn)
}

/// The chart for the screen, and the same as it is printed: always as wide as paper, so that a telephone prints what a
/// large screen prints. Nothing on fewer axes than make a radar.
fn charts(
    view: &View<'_>,
    axes: &Axes,
    places: &Places,
    label: &str,
    drawn: &dyn Fn(&RadarGeometry) -> Vec<Node>,
) -> Option<Node> {
    if !axes.are_enough() {
        return None;
    }
    let sizes = [view.size, Some(PAPER)];
    let charts = places.iter().zip(sizes).filter_map(|(place, size)| {
        let size = size?;
        let geometry = axes.lay_out(size);
        let chart = chart(axes, &geometry, place, size.font, label, drawn(&geometry));
        Some([Some(chart), names_below(axes, &geometry, place)])
    });
    Some(el("div", "radar-box").all(charts.flatten().flatten().collect()))
}

fn chart(
    axes: &Axes,
    geometry: &RadarGeometry,
    place: &Place,
    font: f64,
    label: &str,
    drawn: Vec<Node>,
) -> Node {
    let sector = |sector: &crate::chart::radar::SectorGeometry| {
        let along = [place.ids, &sector.index.to_string()].concat();
        let name = axes.sectors.get(sector.index).map_or("", |(name, _)| name);
        let class = if sector.tint == 1 { "tint-1" } else { "tint-0" };
        el("g", class)
            .add(path("wedge", &sector.wedge))
            .add(path("band", &sector.band))
            .maybe(sector.name.as_ref().map(|arc| along_arc("sector-name", &along, arc, name)))
    };
    let axis = |(index, axis): (usize, &AxisGeometry)| {
        let number_at = text_at("axis-number", axis.number, &(index + 1).to_string());
        el("g", "")
            .add(path("axis-line", &axis.line))
            .add(number_at.set("font-size", &number(geometry.number_font)))
            .maybe(axis.label.as_ref().map(names_at))
    };
    svg(place.chart, geometry.width, geometry.height)
        .attr("role", "img")
        .set("aria-label", label)
        .set("font-size", &number(font))
        .all(each(&geometry.sectors, sector))
        .all(each(&geometry.rings, |ring| path("scale-ring", &ring.path)))
        .all(each(geometry.axes.iter().enumerate(), axis))
        .maybe(geometry.rings.first().map(|ring| path("hub", &ring.path)))
        .all(drawn)
}

/// The names where there is no room for them around the circle, under the same numbers.
fn names_below(axes: &Axes, geometry: &RadarGeometry, place: &Place) -> Option<Node> {
    let entry = |[a, b]: &[String; 2]| leaf("li", "", &[a, " – ", b].concat());
    (geometry.layout == Layout::Compact).then(|| el("ol", place.list).all(each(&axes.names, entry)))
}

fn names_at(label: &crate::chart::radar::Label) -> Node {
    let line = |line: &LabelLine| {
        leaf("text", "axis-label", &line.text)
            .set("x", &number(line.at.x))
            .set("y", &number(line.at.y))
            .attr("text-anchor", label.anchor.as_str())
    };
    el("g", "").all(each(label.a.lines.iter().chain(&label.b.lines), line))
}

/// Which line and marker is whose.
pub(super) fn legend(names: &[&str]) -> Node {
    let entry = |(index, name): (usize, &&str)| {
        let at = Point { x: 16.0, y: 8.0 };
        let sample = el("svg", SERIES[index.min(SERIES.len() - 1)])
            .attr("viewBox", "0 0 32 16")
            .attr("aria-hidden", "true")
            .add(path("series-line", "M0 8L32 8"))
            .add(path("series-mark", &marker(index, at, 5.0).path));
        el("li", "").add(sample).text(name)
    };
    el("ul", "legend series").all(each(names.iter().enumerate(), entry))
}
