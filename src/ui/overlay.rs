//! Several results on one radar, and changes from one to another: drawn on the same radar as a single result, with the
//! same names around it.

use super::node::{Node, each, el, leaf};
use super::parts::View;
use super::svg::{along_arc, path, svg, text_at};
use crate::chart::Point;
use crate::chart::path::number;
use crate::chart::radar::overlay::{Arrow, arrows, marker, overlay};
use crate::chart::radar::{
    AxisGeometry, AxisSpec, LabelLine, Layout, RadarGeometry, RadarSpec, SectorSpec, radar,
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

    fn lay_out(&self, width: f64, font: f64) -> RadarGeometry {
        let axes: Vec<AxisSpec<'_>> = self
            .names
            .iter()
            .map(|[a, b]| AxisSpec { label_a: a, label_b: b, ..AxisSpec::default() })
            .collect();
        let sectors: Vec<SectorSpec<'_>> =
            self.sectors.iter().map(|(name, axes)| SectorSpec { name, axes: *axes }).collect();
        radar(&RadarSpec { width, font, axes: &axes, sectors: &sectors })
    }
}

/// One outline for each result; `values` has its scores, axis by axis.
pub(super) fn results(
    view: &View<'_>,
    axes: &Axes,
    label: &str,
    values: &[Vec<Option<f64>>],
) -> Option<Node> {
    let size = view.size?;
    let geometry = axes.lay_out(size.width, size.font);
    let series = overlay(&geometry, values);
    let lines = series.iter().zip(SERIES).map(|(series, class)| {
        let marks = series.marks.iter().flatten().map(|mark| path("series-mark", &mark.path)).collect();
        el("g", class).add(path("series-line", &series.outline.path)).all(marks)
    });
    Some(chart(axes, &geometry, size.font, label, lines.collect()))
}

/// An arrow for each pole that changes; `changes` has from and to, axis by axis, for pole A and pole B.
pub(super) fn changes(
    view: &View<'_>,
    axes: &Axes,
    label: &str,
    changes: &[[Option<(f64, f64)>; 2]],
) -> Option<Node> {
    let size = view.size?;
    let geometry = axes.lay_out(size.width, size.font);
    let arrow = |arrow: &Arrow, line: &'static str, mark: &'static str| {
        el("g", "").add(path(line, &arrow.path)).add(path(mark, &arrow.from.path))
    };
    let mut drawn: Vec<Node> = Vec::new();
    for [a, b] in arrows(&geometry, changes) {
        drawn.extend(a.map(|a| arrow(&a, "arrow-a", "mark-a")));
        drawn.extend(b.map(|b| arrow(&b, "arrow-b", "mark-b")));
    }
    Some(chart(axes, &geometry, size.font, label, drawn))
}

fn chart(axes: &Axes, geometry: &RadarGeometry, font: f64, label: &str, drawn: Vec<Node>) -> Node {
    let sector = |sector: &crate::chart::radar::SectorGeometry| {
        let along = ["overlay-name-", &sector.index.to_string()].concat();
        let name = axes.sectors.get(sector.index).map_or("", |(name, _)| name);
        let class = if sector.tint == 1 { "tint-1" } else { "tint-0" };
        el("g", class)
            .add(path("wedge", &sector.wedge))
            .add(path("band", &sector.band))
            .maybe(sector.name.as_ref().map(|arc| along_arc("sector-name", &along, arc, name)))
    };
    let axis = |(index, axis): (usize, &AxisGeometry)| {
        let place = text_at("axis-number", axis.number, &(index + 1).to_string());
        el("g", "")
            .add(path("axis-line", &axis.line))
            .add(place.set("font-size", &number(geometry.number_font)))
            .maybe(axis.label.as_ref().map(names_at))
    };
    let picture = svg("overlay-chart", geometry.width, geometry.height)
        .attr("role", "img")
        .set("aria-label", label)
        .set("font-size", &number(font))
        .all(each(&geometry.sectors, sector))
        .all(each(&geometry.rings, |ring| path("scale-ring", &ring.path)))
        .all(each(geometry.axes.iter().enumerate(), axis))
        .maybe(geometry.rings.first().map(|ring| path("hub", &ring.path)))
        .all(drawn);
    let list = (geometry.layout == Layout::Compact).then(|| {
        let entry = |[a, b]: &[String; 2]| leaf("li", "", &[a, " – ", b].concat());
        el("ol", "agenda").all(each(&axes.names, entry))
    });
    el("div", "radar-box").add(picture).maybe(list)
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
