//! The three charts as SVG, each in a size of its own; the picture scales them into its frame.

use super::svg::Svg;
use super::{ACCENT, CORE, Chart, EDGE, INK, LINE, POLE_A, POLE_B, Picture, SOFT, WASH};
use crate::chart::path::number;
use crate::chart::radar::{self, AxisSpec, Mark, RadarGeometry, RadarSpec, SectorSpec};
use crate::chart::ring::{self, PhaseSpec, RingSpec};
use crate::chart::{self, Point, arc, text, tilt};
use crate::instrument::{FormIx, Instrument, ItemIx, ParadoxIx, Pole, Role};
use crate::scoring::ParadoxScore;
use crate::summary;

/// A chart that was laid out.
pub(super) struct Inner<'a> {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) draw: Box<dyn Fn(&mut Svg) + 'a>,
}

pub(super) fn draw<'a>(picture: &'a Picture<'a>, chart: Chart) -> Inner<'a> {
    match chart {
        Chart::Radar => radar(picture),
        Chart::Tilt => tilts(picture),
        Chart::Ring => phases(picture),
    }
}

/// The paradoxes that a form asks about.
pub(super) fn asked(instrument: &Instrument, form: FormIx) -> Vec<ParadoxIx> {
    let items = &instrument.form(form).items;
    let is_asked = |paradox: &ParadoxIx| {
        let about = |item: &ItemIx| match instrument.item(*item).role {
            Role::Pole(of, _) => of == *paradox,
            Role::Tension(_) | Role::Phase(_) | Role::Choice => false,
        };
        items.iter().any(about)
    };
    instrument.paradox_positions().filter(is_asked).collect()
}

/// Their scores.
fn scores<'a>(picture: &Picture<'a>) -> Vec<&'a ParadoxScore> {
    let asked = asked(picture.instrument, picture.report.form);
    picture.report.paradoxes.iter().filter(|score| asked.contains(&score.paradox)).collect()
}

fn pole(picture: &Picture<'_>, score: &ParadoxScore, pole: Pole) -> String {
    summary::pole_name(picture.instrument, picture.texts, score.paradox, pole).to_owned()
}

fn whole(score: Option<f64>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| chart::round(score).to_string())
}

/// Width and letters of the radar: wide enough for names around it.
const RADAR: (f64, f64) = (980.0, 17.0);
/// Height of the legend below it.
const LEGEND: f64 = 56.0;

fn radar<'a>(picture: &'a Picture<'a>) -> Inner<'a> {
    let scores = scores(picture);
    let names: Vec<[String; 2]> =
        scores.iter().map(|score| [pole(picture, score, Pole::A), pole(picture, score, Pole::B)]).collect();
    let axes: Vec<AxisSpec<'_>> = scores
        .iter()
        .zip(&names)
        .map(|(score, [a, b])| AxisSpec {
            label_a: a,
            label_b: b,
            a: score.a,
            b: score.b,
            both_and: score.both.as_ref().map(|both| both.both_and),
        })
        .collect();
    let sectors: Vec<(String, usize)> = picture
        .instrument
        .phase_positions()
        .map(|phase| {
            let count = scores.iter().filter(|score| score.phase == Some(phase)).count();
            (summary::phase_name(picture.instrument, picture.texts, phase).to_owned(), count)
        })
        .collect();
    let specs: Vec<SectorSpec<'_>> =
        sectors.iter().map(|(name, axes)| SectorSpec { name, axes: *axes }).collect();
    let (width, font) = RADAR;
    let geometry = radar::radar(&RadarSpec { width, font, axes: &axes, sectors: &specs });
    let (wide, height) = (geometry.width, geometry.height + LEGEND);
    let count = axes.len();
    Inner {
        width: wide,
        height,
        draw: Box::new(move |svg| {
            background(svg, &geometry);
            names_of_sectors(svg, &geometry, &sectors, count);
            outlines(svg, &geometry);
            labels(svg, &geometry, font);
            legend(svg, picture, Point { x: geometry.width / 2.0, y: geometry.height + 36.0 });
        }),
    }
}

fn background(svg: &mut Svg, geometry: &RadarGeometry) {
    for sector in &geometry.sectors {
        svg.path(&sector.wedge, &[("fill", if sector.tint == 1 { "#faf7f1" } else { "#ffffff" })]);
        svg.path(&sector.band, &[("fill", WASH)]);
    }
    for ring in &geometry.rings {
        svg.path(&ring.path, &[("fill", "none"), ("stroke", LINE)]);
    }
    for axis in &geometry.axes {
        svg.path(&axis.line, &[("stroke", LINE)]);
    }
}

/// Each name in the middle of its band, turned with it, and never upside down.
fn names_of_sectors(svg: &mut Svg, geometry: &RadarGeometry, sectors: &[(String, usize)], axes: usize) {
    let mut first = 0;
    for (name, count) in sectors {
        let middle = (first as f64 + *count as f64 / 2.0) * 360.0 / axes.max(1) as f64;
        first += count;
        if *count == 0 {
            continue;
        }
        let size = 0.95 * geometry.number_font;
        // The middle of the band, which is as much wider than the numbers as these are tall.
        let band = geometry.rim - 0.88 * geometry.number_font;
        let below = (90.0..270.0).contains(&middle);
        // The base line lies on the inner side of a name at the top and on the outer side of one at the bottom.
        let at =
            arc::polar(geometry.centre, if below { band + 0.35 * size } else { band - 0.35 * size }, middle);
        let turned = if below { middle - 180.0 } else { middle };
        let turn = ["rotate(", &number(turned), " ", &number(at.x), " ", &number(at.y), ")"].concat();
        svg.words(at, size, "middle", &[("transform", &turn), ("font-weight", "600")], name);
    }
}

fn outlines(svg: &mut Svg, geometry: &RadarGeometry) {
    if geometry.core.closed {
        svg.path(&geometry.core.path, &[("fill", CORE)]);
    } else {
        svg.path(&geometry.core.path, &[("fill", "none"), ("stroke", CORE), ("stroke-width", "6")]);
    }
    if let Some(hub) = geometry.rings.first() {
        svg.path(&hub.path, &[("fill", "#ffffff"), ("stroke", LINE)]);
    }
    for ring in &geometry.rings {
        if let Some(at) = ring.label {
            svg.words(at, geometry.scale_font, "middle", &[("fill", SOFT)], &ring.value.to_string());
        }
    }
    let line = [("fill", "none"), ("stroke-width", "2.5"), ("stroke-linejoin", "round")];
    svg.path(&geometry.outline_a.path, &[&line[..], &[("stroke", POLE_A)]].concat());
    svg.path(
        &geometry.outline_b.path,
        &[&line[..], &[("stroke", POLE_B), ("stroke-dasharray", "7 5")]].concat(),
    );
}

fn labels(svg: &mut Svg, geometry: &RadarGeometry, font: f64) {
    for (index, axis) in geometry.axes.iter().enumerate() {
        let soft = [("fill", SOFT)];
        svg.words(axis.number, geometry.number_font, "middle", &soft, &(index + 1).to_string());
        mark(svg, axis.mark_a.as_ref(), POLE_A);
        mark(svg, axis.mark_b.as_ref(), POLE_B);
        let Some(label) = &axis.label else { continue };
        for (block, fill) in [(&label.a, POLE_A), (&label.b, POLE_B)] {
            mark(svg, Some(&block.mark), fill);
            for line in &block.lines {
                svg.words(line.at, font, label.anchor.as_str(), &[], &line.text);
            }
        }
    }
}

fn mark(svg: &mut Svg, mark: Option<&Mark>, fill: &str) {
    if let Some(mark) = mark {
        svg.path(&mark.path, &[("fill", fill), ("stroke", "#ffffff"), ("stroke-width", "1.5")]);
    }
}

/// What line and marker mean, in a row around a point.
fn legend(svg: &mut Svg, picture: &Picture<'_>, middle: Point) {
    let size = 15.0;
    let keys = ["ui.radar.legend-a", "ui.radar.legend-b", "ui.radar.legend-core"];
    let words = keys.map(|key| picture.texts.get(key).to_owned());
    let room = |words: &String| 46.0 + text::width(words, size) + 28.0;
    let mut x = middle.x - words.iter().map(room).sum::<f64>() / 2.0;
    for (index, words) in words.iter().enumerate() {
        let y = middle.y - 0.36 * size;
        let from_to = |from: f64, to: f64| {
            ["M", &number(x + from), " ", &number(y), "L", &number(x + to), " ", &number(y)].concat()
        };
        let at = Point { x: x + 18.0, y };
        match index {
            0 => {
                svg.path(&from_to(0.0, 36.0), &[("stroke", POLE_A), ("stroke-width", "2.5")]);
                mark(svg, Some(&radar::overlay::marker(0, at, 6.0)), POLE_A);
            }
            1 => {
                let dashes = [("stroke", POLE_B), ("stroke-width", "2.5"), ("stroke-dasharray", "7 5")];
                svg.path(&from_to(0.0, 36.0), &dashes);
                mark(svg, Some(&radar::overlay::marker(1, at, 6.0)), POLE_B);
            }
            _ => svg.path(&from_to(0.0, 36.0), &[("stroke", CORE), ("stroke-width", "14")]),
        }
        svg.words(Point { x: x + 46.0, y: middle.y }, size, "start", &[], words);
        x += room(words);
    }
}

/// A row of the tilt chart.
const ROW: f64 = 58.0;
const TILT_WIDTH: f64 = 900.0;

fn tilts<'a>(picture: &'a Picture<'a>) -> Inner<'a> {
    let scores = scores(picture);
    Inner {
        width: TILT_WIDTH,
        height: scores.len() as f64 * ROW,
        draw: Box::new(move |svg| {
            for (index, score) in scores.iter().enumerate() {
                tilt_row(svg, picture, score, index as f64 * ROW);
            }
        }),
    }
}

fn tilt_row(svg: &mut Svg, picture: &Picture<'_>, score: &ParadoxScore, y: f64) {
    let thresholds = picture.instrument.thresholds();
    let single = score.items_a.min(score.items_b) < 2;
    let zone = if single { thresholds.lean_clear_single } else { thresholds.lean_possible };
    let row = tilt::row(tilt::TiltSpec { tilt: score.both.as_ref().map(|both| both.tilt), zone });
    let scale = TILT_WIDTH / tilt::WIDTH;
    let (base, bar) = (y + 20.0, y + 28.0);
    let a = [&pole(picture, score, Pole::A), "  ", &whole(score.a)].concat();
    let b = [&whole(score.b), "  ", &pole(picture, score, Pole::B)].concat();
    svg.words(Point { x: 0.0, y: base }, 17.0, "start", &[], &a);
    svg.words(Point { x: TILT_WIDTH, y: base }, 17.0, "end", &[], &b);
    let rect = |svg: &mut Svg, span: tilt::Span, top: f64, height: &str, fill: &str| {
        let (x, width, top) = (number(span.x * scale), number(span.width * scale), number(top));
        svg.empty("rect", &[("x", &x), ("y", &top), ("width", &width), ("height", height), ("fill", fill)]);
    };
    rect(svg, tilt::Span { x: 0.0, width: tilt::WIDTH }, bar + 4.0, "10", "#eee9df");
    rect(svg, row.zone, bar, "18", CORE);
    if let Some(span) = row.bar {
        let to_a = score.both.as_ref().is_some_and(|both| both.tilt < 0.0);
        rect(svg, span, bar + 5.0, "8", if to_a { POLE_A } else { POLE_B });
    }
    let line = |svg: &mut Svg, at: f64, stroke: &str, width: &str| {
        let (x, top, bottom) = (number(at * scale), number(bar), number(bar + 18.0));
        let data = ["M", &x, " ", &top, "L", &x, " ", &bottom].concat();
        svg.path(&data, &[("stroke", stroke), ("stroke-width", width)]);
    };
    line(svg, tilt::CENTRE, EDGE, "1");
    if let Some(dot) = row.dot {
        line(svg, dot, INK, "4");
    }
}

/// Side and letters of the phase ring.
const RING: (f64, f64) = (620.0, 24.0);

fn phases<'a>(picture: &'a Picture<'a>) -> Inner<'a> {
    let names: Vec<String> = picture
        .report
        .phases
        .iter()
        .map(|phase| summary::phase_name(picture.instrument, picture.texts, phase.phase).to_owned())
        .collect();
    let specs: Vec<PhaseSpec<'_>> = picture
        .report
        .phases
        .iter()
        .zip(&names)
        .map(|(phase, name)| PhaseSpec {
            name,
            score: phase.score,
            current: picture.report.current.contains(&phase.phase),
            chosen: picture.report.choice == Some(phase.phase),
        })
        .collect();
    let (width, font) = RING;
    let geometry = ring::ring(&RingSpec { width, font, phases: &specs });
    let side = geometry.side;
    let current: Vec<bool> = specs.iter().map(|phase| phase.current).collect();
    Inner {
        width: side,
        height: side,
        draw: Box::new(move |svg| {
            let step = 360.0 / geometry.phases.len().max(1) as f64;
            for (index, phase) in geometry.phases.iter().enumerate() {
                svg.path(&phase.track, &[("fill", "#ffffff"), ("stroke", LINE)]);
                let fill = if current[index] { ACCENT } else { "#c3a9bd" };
                svg.path(phase.fill.as_deref().unwrap_or_default(), &[("fill", fill)]);
                let edge = [("fill", "none"), ("stroke", ACCENT), ("stroke-width", "3")];
                svg.path(phase.edge.as_deref().unwrap_or_default(), &edge);
                svg.path(phase.choice.as_deref().unwrap_or_default(), &[("fill", INK)]);
                let score = picture.report.phases.get(index).and_then(|phase| phase.score);
                svg.words(
                    phase.value,
                    geometry.value_font,
                    "middle",
                    &[("font-weight", "600")],
                    &whole(score),
                );
                let middle = (index as f64 + 0.5) * step;
                ring_name(svg, &geometry, &names[index], middle);
            }
        }),
    }
}

/// A name outside its track, turned with it, and never upside down.
fn ring_name(svg: &mut Svg, geometry: &ring::RingGeometry, name: &str, middle: f64) {
    let size = 0.85 * geometry.value_font;
    let below = (90.0..270.0).contains(&middle);
    let distance = geometry.outer + if below { 1.15 * size } else { 0.5 * size };
    let at = arc::polar(geometry.centre, distance, middle);
    let turned = if below { middle - 180.0 } else { middle };
    let turn = ["rotate(", &number(turned), " ", &number(at.x), " ", &number(at.y), ")"].concat();
    svg.words(at, size, "middle", &[("transform", &turn), ("font-weight", "600")], name);
}
