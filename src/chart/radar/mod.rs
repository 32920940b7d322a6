//! The radar: every paradox an axis, both poles as outlines, and what both poles have as the core between them.
//!
//! Axis `i` of `n` points at `(i + 0.5) · 360 / n` degrees, so the axes of a sector fill its angle evenly and the first
//! sector starts at twelve o'clock. The scale begins at a small hub, not at the very centre: marks of low scores stay
//! apart, and nothing invites to read the area. Labels stand around the circle where they fit ([`Layout::Wide`]); else
//! the axes carry numbers and the labels belong in a list beside the chart ([`Layout::Compact`]).

mod axis;
mod labels;
mod outline;
pub mod overlay;

use super::arc::{self, ArcText, Segment};
use super::{Point, Rect, length};

/// The fewest axes with which a radar says anything: on two every outline is a line.
pub const FEWEST: usize = 3;

/// One axis: a paradox with its two poles.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AxisSpec<'a> {
    /// Name of pole A; soft hyphens (U+00AD) say where it may break.
    pub label_a: &'a str,
    /// Name of pole B.
    pub label_b: &'a str,
    /// Score of pole A, 0–100; `None` is a gap.
    pub a: Option<f64>,
    /// Score of pole B, 0–100; `None` is a gap.
    pub b: Option<f64>,
    /// What both poles have, 0–100; `None` is a gap.
    pub both_and: Option<f64>,
}

/// One sector: a phase and how many of the following axes belong to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SectorSpec<'a> {
    /// Name of the phase.
    pub name: &'a str,
    /// How many consecutive axes it has. Axes left over at the end belong to no sector.
    pub axes: usize,
}

/// What the radar shows, and in what space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RadarSpec<'a> {
    /// Width of the container, in pixels.
    pub width: f64,
    /// Font size of the labels, in pixels.
    pub font: f64,
    /// The axes, clockwise from twelve o'clock.
    pub axes: &'a [AxisSpec<'a>],
    /// The sectors, in the same order; empty for none.
    pub sectors: &'a [SectorSpec<'a>],
}

/// Where the pole names are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Around the circle.
    Wide,
    /// In a list beside the chart; the circle carries numbers only.
    Compact,
}

/// Everything a view needs to draw the radar.
#[derive(Clone, Debug, PartialEq)]
pub struct RadarGeometry {
    /// Where the labels are.
    pub layout: Layout,
    /// Width of the view box, in pixels: at most the width asked for.
    pub width: f64,
    /// Height of the view box, in pixels.
    pub height: f64,
    /// Centre of the circle.
    pub centre: Point,
    /// Distance of score 100 from the centre, in pixels.
    pub radius: f64,
    /// Distance of score 0 from the centre, in pixels.
    pub hub: f64,
    /// Distance from the centre that rings, numbers and bands stay within, in pixels. Labels are outside it.
    pub rim: f64,
    /// Half the size of a marker, in pixels.
    pub marker: f64,
    /// Font size of the numbers at the axes, in pixels.
    pub number_font: f64,
    /// Font size of the scale, in pixels.
    pub scale_font: f64,
    /// The scale: 0 (the hub), 25, 50, 75 and 100.
    pub rings: Vec<Ring>,
    /// The sectors that have axes.
    pub sectors: Vec<SectorGeometry>,
    /// The axes, in the order given.
    pub axes: Vec<AxisGeometry>,
    /// Outline of pole A.
    pub outline_a: Outline,
    /// Outline of pole B.
    pub outline_b: Outline,
    /// What both poles have.
    pub core: Outline,
}

/// A circle of the scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Ring {
    /// The score it stands for.
    pub value: u8,
    /// Path data of the circle.
    pub path: String,
    /// Middle of the base line of its figure (`text-anchor="middle"`); `None` where there is no room for one.
    pub label: Option<Point>,
}

/// A sector and the band with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct SectorGeometry {
    /// Which sector of the specification this is.
    pub index: usize,
    /// Path data of its background, from the hub to the outer ring.
    pub wedge: String,
    /// Which of the backgrounds it has, 0 to 2: neighbours differ.
    pub tint: u8,
    /// Path data of its part of the band around the circle.
    pub band: String,
    /// Its name along the band; `None` when it would be too small to read.
    pub name: Option<ArcText>,
}

/// An axis, and what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisGeometry {
    /// Its direction, in degrees.
    pub angle: f64,
    /// Path data of the line from the hub to the outer ring.
    pub line: String,
    /// Middle of the base line of its number (`text-anchor="middle"`).
    pub number: Point,
    /// The box of that number.
    pub number_bounds: Rect,
    /// The names of its poles, in [`Layout::Wide`].
    pub label: Option<Label>,
    /// Path data of the area to point at or touch.
    pub hit: String,
    /// Path data of the line around the axis while it has focus.
    pub focus: String,
    /// Marker of pole A: a disc.
    pub mark_a: Option<Mark>,
    /// Marker of pole B: a diamond.
    pub mark_b: Option<Mark>,
}

/// The marker of a scored pole.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its middle: at the score, moved aside a little when the other pole's marker is there too.
    pub at: Point,
    /// Path data of its shape.
    pub path: String,
}

/// The names of the two poles of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The box that holds both names and their markers.
    pub bounds: Rect,
    /// How the lines are set: away from the circle.
    pub anchor: Anchor,
    /// Pole A.
    pub a: LabelBlock,
    /// Pole B, below it.
    pub b: LabelBlock,
}

/// Which end of a line of text its position gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// `text-anchor="start"`.
    Start,
    /// `text-anchor="end"`.
    End,
}

impl Anchor {
    /// The value of `text-anchor`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

/// The name of a pole: a marker and some lines.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelBlock {
    /// The marker at the first line, on the side of the circle.
    pub mark: Mark,
    /// The lines, wrapped.
    pub lines: Vec<LabelLine>,
}

/// A line of a label.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelLine {
    /// What it says.
    pub text: String,
    /// Where its base line starts or ends, as [`Label::anchor`] says.
    pub at: Point,
}

/// An outline as path data: broken where a score is missing, closed only when none is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Path data; empty when no two neighbours are scored.
    pub path: String,
    /// Whether it is one closed line, and may have a (calm) fill.
    pub closed: bool,
}

/// The lengths everything else follows from, in pixels.
#[derive(Clone, Copy, Debug)]
struct Frame {
    centre: Point,
    radius: f64,
    hub: f64,
    /// The size of the chart's own figures and names.
    unit: f64,
    /// Outer edge of the numbers, inner edge of the band.
    numbers: f64,
    rim: f64,
    marker: f64,
}

/// Room for the numbers, and for the band around them, in units.
const NUMBERS: f64 = 1.75;
const BAND: f64 = 1.45;
/// Clear space at the edges of the view box, in pixels: room for half a stroke.
const EDGE: f64 = 3.0;
/// The circle never grows beyond this radius, in units: a whole chart fits a screen.
const MOST: f64 = 17.0;
/// Share of the radius that the hub has.
const HUB: f64 = 0.14;

impl Frame {
    fn new(radius: f64, unit: f64, banded: bool) -> Self {
        let numbers = radius + NUMBERS * unit;
        Self {
            centre: Point::default(),
            radius,
            hub: HUB * radius,
            unit,
            numbers,
            rim: if banded { numbers + BAND * unit } else { numbers },
            marker: (2.0 + 0.016 * radius).min(0.34 * unit),
        }
    }

    /// The largest frame in a square of this width. Figures shrink with it, so that the circle stays the main thing.
    fn compact(width: f64, font: f64, banded: bool) -> Self {
        let half = width / 2.0 - EDGE;
        let unit = font.min(half * 0.105);
        let around = if banded { NUMBERS + BAND } else { NUMBERS };
        let radius = (half - around * unit).min(MOST * unit);
        Self::new(radius, unit, banded)
    }

    /// Where a score (0–100) is on the axis at an angle.
    fn place(&self, angle: f64, score: f64) -> Point {
        arc::polar(self.centre, self.distance(score), angle)
    }

    fn distance(&self, score: f64) -> f64 {
        self.hub + (self.radius - self.hub) * score / 100.0
    }
}

/// Lays out the radar.
pub fn radar(spec: &RadarSpec<'_>) -> RadarGeometry {
    let width = length(spec.width, 40.0, 20_000.0);
    let font = length(spec.font, 4.0, 400.0);
    let banded = spec.sectors.iter().any(|sector| sector.axes > 0) && !spec.axes.is_empty();
    if let Some(fitted) = labels::fit(spec.axes, width, font, banded) {
        return draw(spec, fitted.frame, Layout::Wide, width, fitted.height, fitted.labels);
    }
    let mut frame = Frame::compact(width, font, banded);
    let side = 2.0 * (frame.rim + EDGE);
    frame.centre = Point { x: side / 2.0, y: side / 2.0 };
    draw(spec, frame, Layout::Compact, side, side, Vec::new())
}

fn draw(
    spec: &RadarSpec<'_>,
    frame: Frame,
    layout: Layout,
    width: f64,
    height: f64,
    labels: Vec<Label>,
) -> RadarGeometry {
    let scale_font = 0.72 * frame.unit;
    RadarGeometry {
        layout,
        width,
        height,
        centre: frame.centre,
        radius: frame.radius,
        hub: frame.hub,
        rim: frame.rim,
        marker: frame.marker,
        number_font: axis::number_font(&frame, spec.axes.len()),
        scale_font,
        rings: rings(&frame, scale_font),
        sectors: sectors(&frame, spec),
        axes: axis::axes(&frame, spec.axes, labels),
        outline_a: outline::outline(&frame, spec.axes, |axis| axis.a),
        outline_b: outline::outline(&frame, spec.axes, |axis| axis.b),
        core: outline::outline(&frame, spec.axes, |axis| axis.both_and),
    }
}

/// Figures stand at twelve o'clock, where no axis ever is, each just within its ring.
fn rings(frame: &Frame, font: f64) -> Vec<Ring> {
    let room = frame.distance(25.0) - frame.distance(0.0);
    [0_u8, 25, 50, 75, 100]
        .into_iter()
        .map(|value| {
            let distance = frame.distance(f64::from(value));
            let shown = value > 0 && (room >= 2.2 * font || (value % 50 == 0 && room >= 0.7 * font));
            let label = Point { x: frame.centre.x, y: frame.centre.y - distance + 0.95 * font };
            Ring { value, path: arc::circle(frame.centre, distance), label: shown.then_some(label) }
        })
        .collect()
}

fn sectors(frame: &Frame, spec: &RadarSpec<'_>) -> Vec<SectorGeometry> {
    let step = 360.0 / spec.axes.len().max(1) as f64;
    let mut first = 0_usize;
    let mut sectors = Vec::new();
    let mut bands = Vec::new();
    for (index, sector) in spec.sectors.iter().enumerate() {
        let end = first.saturating_add(sector.axes).min(spec.axes.len());
        if end > first {
            let (from, to) = (first as f64 * step, end as f64 * step);
            let band = Segment { inner: frame.numbers, outer: frame.rim, from, to };
            sectors.push(sector_geometry(frame, index, band));
            bands.push((band, sector.name));
        }
        first = end;
    }
    let names = arc::names(frame.centre, &bands, 0.85 * frame.unit);
    for (sector, name) in sectors.iter_mut().zip(names) {
        sector.name = name;
    }
    tint(&mut sectors);
    sectors
}

fn sector_geometry(frame: &Frame, index: usize, band: Segment) -> SectorGeometry {
    let wedge = Segment { inner: frame.hub, outer: frame.radius, ..band };
    SectorGeometry {
        index,
        wedge: arc::annular(frame.centre, wedge, 0.0),
        tint: 0,
        band: arc::annular(frame.centre, band, 3.0),
        name: None,
    }
}

/// Two backgrounds in turn; the last of an odd number would equal the first, its neighbour, so it gets a third.
fn tint(sectors: &mut [SectorGeometry]) {
    let odd = sectors.len() % 2 == 1 && sectors.len() > 1;
    for (at, sector) in sectors.iter_mut().enumerate() {
        sector.tint = u8::from(at % 2 == 1);
    }
    if odd && let Some(last) = sectors.last_mut() {
        last.tint = 2;
    }
}
