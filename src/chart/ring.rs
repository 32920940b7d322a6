//! The phase ring: how far an alliance is in each phase, as a ring that closes, never a ladder.
//!
//! The phases have the same places as the sectors of the radar: clockwise from twelve o'clock, in order. From the centre
//! outwards there are the values, the tracks that fill outwards with the score, the names, and the forced choice.

use super::arc::{self, ArcText, Segment};
use super::path::Path;
use super::{Point, Rect, drawable, length, text};

/// One phase.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PhaseSpec<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its score, 0–100; `None` is a gap.
    pub score: Option<f64>,
    /// Whether it is the dominant phase, or one of those in transition.
    pub current: bool,
    /// Whether it is the answer to the forced choice.
    pub chosen: bool,
}

/// What the ring shows, and in what space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RingSpec<'a> {
    /// Width of the container, in pixels.
    pub width: f64,
    /// Font size, in pixels.
    pub font: f64,
    /// The phases, clockwise from twelve o'clock.
    pub phases: &'a [PhaseSpec<'a>],
}

/// Everything a view needs to draw the ring.
#[derive(Clone, Debug, PartialEq)]
pub struct RingGeometry {
    /// Width and height of the view box, in pixels: at most the width asked for.
    pub side: f64,
    /// Centre of the ring.
    pub centre: Point,
    /// Distance of score 0 from the centre, in pixels.
    pub inner: f64,
    /// Distance of score 100 from the centre, in pixels.
    pub outer: f64,
    /// Font size of the values, in pixels.
    pub value_font: f64,
    /// Where a text in the centre has room, clear of the values.
    pub middle: Rect,
    /// The phases, in the order given.
    pub phases: Vec<PhaseGeometry>,
}

/// A phase, and what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct PhaseGeometry {
    /// Path data of the whole track.
    pub track: String,
    /// Path data of the filled part, from the inner edge outwards; `None` without a score, or with a score of 0.
    pub fill: Option<String>,
    /// Path data of an arc along the outer edge of the track, for the stroke of a current phase.
    pub edge: Option<String>,
    /// Its name along the rim; `None` when it would be too small to read.
    pub name: Option<ArcText>,
    /// Middle of the base line of its value (`text-anchor="middle"`), shown as a whole number or a dash.
    pub value: Point,
    /// The box of that value.
    pub value_bounds: Rect,
    /// Path data of the mark of the forced choice: a triangle outside the rim that points inwards.
    pub choice: Option<String>,
    /// Path data of the area to point at.
    pub hit: String,
}

/// The ring never grows beyond this radius, in units.
const MOST: f64 = 11.5;
/// Clear space at the edges of the view box, in pixels.
const EDGE: f64 = 2.0;
/// From the outside in, in units: the mark of the choice, the names, the space between names and tracks, the values.
const CHOICE: f64 = 1.0;
const NAMES: f64 = 1.5;
const BETWEEN: f64 = 0.25;
const VALUES: f64 = 1.6;
/// Share of the tracks in what is left inside the names.
const TRACK: f64 = 0.45;
/// Between two tracks, in pixels.
const GAP: f64 = 4.0;

#[derive(Clone, Copy, Debug)]
struct Frame {
    centre: Point,
    unit: f64,
    inner: f64,
    outer: f64,
    names: f64,
    rim: f64,
}

impl Frame {
    fn new(width: f64, font: f64) -> Self {
        let half = width / 2.0 - EDGE;
        let unit = font.min(half * 0.125);
        let whole = half.min(MOST * unit);
        let rim = whole - CHOICE * unit;
        let names = rim - NAMES * unit;
        let outer = names - BETWEEN * unit;
        let middle = whole + EDGE;
        let centre = Point { x: middle, y: middle };
        Self { centre, unit, inner: outer * (1.0 - TRACK), outer, names, rim }
    }
}

/// Lays out the ring.
pub fn ring(spec: &RingSpec<'_>) -> RingGeometry {
    let frame = Frame::new(length(spec.width, 40.0, 20_000.0), length(spec.font, 4.0, 400.0));
    let step = 360.0 / spec.phases.len().max(1) as f64;
    let value_font = value_font(&frame, spec.phases.len());
    let mut phases = Vec::new();
    let mut bands = Vec::new();
    for (at, phase) in spec.phases.iter().enumerate() {
        let track = Segment {
            inner: frame.inner,
            outer: frame.outer,
            from: at as f64 * step,
            to: (at + 1) as f64 * step,
        };
        phases.push(phase_geometry(&frame, phase, track, value_font));
        bands.push((Segment { inner: frame.names, outer: frame.rim, ..track }, phase.name));
    }
    for (phase, name) in phases.iter_mut().zip(arc::names(frame.centre, &bands, 0.95 * frame.unit)) {
        phase.name = name;
    }
    RingGeometry {
        side: 2.0 * frame.centre.x,
        centre: frame.centre,
        inner: frame.inner,
        outer: frame.outer,
        value_font,
        middle: middle(&frame, &phases),
        phases,
    }
}

fn phase_geometry(frame: &Frame, phase: &PhaseSpec<'_>, track: Segment, font: f64) -> PhaseGeometry {
    let Frame { centre, inner, outer, .. } = *frame;
    let filled = |score: f64| {
        let reach = Segment { outer: inner + (outer - inner) * score / 100.0, ..track };
        arc::annular(centre, reach, GAP)
    };
    let middle = f64::midpoint(track.from, track.to);
    let value = arc::polar(centre, value_radius(frame), middle);
    PhaseGeometry {
        track: arc::annular(centre, track, GAP),
        fill: drawable(phase.score).filter(|&score| score > 0.0).map(filled),
        edge: phase.current.then(|| edge(frame, track)),
        name: None,
        value: Point { x: value.x, y: value.y + 0.36 * font },
        value_bounds: Rect::around(value, text::bold_width("100", font), 1.1 * font),
        choice: phase.chosen.then(|| choice(frame, middle)),
        hit: arc::annular(centre, Segment { inner: 0.0, outer: frame.rim, ..track }, 0.0),
    }
}

fn value_radius(frame: &Frame) -> f64 {
    frame.inner - 0.5 * VALUES * frame.unit
}

/// The size of the values: smaller when many would touch.
fn value_font(frame: &Frame, phases: usize) -> f64 {
    let most = 0.95 * frame.unit;
    if phases < 3 {
        return most;
    }
    let widest = text::bold_width("100", 1.0);
    let diagonal = (widest * widest + 1.1 * 1.1).sqrt();
    let (sin, _) = arc::sin_cos(180.0 / phases as f64);
    let apart = 2.0 * value_radius(frame) * sin;
    most.min(0.96 * apart / diagonal)
}

/// Kept clear of the gaps at both ends, as the track is.
fn edge(frame: &Frame, track: Segment) -> String {
    let whole = track.to - track.from > 359.9;
    let gap = if whole { 0.0 } else { GAP / 2.0 / frame.outer * (180.0 / core::f64::consts::PI) };
    arc::arc(frame.centre, frame.outer, track.from + gap, track.to - gap)
}

fn choice(frame: &Frame, middle: f64) -> String {
    let foot = frame.rim + 0.95 * CHOICE * frame.unit;
    let half = 0.5 * CHOICE * frame.unit / foot * (180.0 / core::f64::consts::PI);
    let mut path = Path::new();
    path.move_to(arc::polar(frame.centre, frame.rim + 0.1 * frame.unit, middle))
        .line_to(arc::polar(frame.centre, foot, middle + half))
        .line_to(arc::polar(frame.centre, foot, middle - half))
        .close();
    path.finish()
}

/// The largest upright box around the centre that is inside the ring and clear of the values.
fn middle(frame: &Frame, phases: &[PhaseGeometry]) -> Rect {
    let round = (frame.inner - 0.2 * frame.unit).max(1.0);
    let mut best = Rect::around(frame.centre, 0.0, 0.0);
    for step in 1..20 {
        let half_height = round * f64::from(step) / 20.0;
        let chord = (round * round - half_height * half_height).sqrt();
        let half_width = phases
            .iter()
            .filter_map(|phase| beside(frame.centre, &phase.value_bounds, half_height))
            .fold(chord, f64::min);
        let candidate = Rect::around(frame.centre, 2.0 * half_width, 2.0 * half_height);
        if half_width > 0.0 && candidate.width * candidate.height > best.width * best.height {
            best = candidate;
        }
    }
    best
}

/// How wide half a box of this half height may be before it meets a value; `None` when it never does.
fn beside(centre: Point, value: &Rect, half_height: f64) -> Option<f64> {
    let above = centre.y - half_height >= value.bottom();
    let below = centre.y + half_height <= value.y;
    if above || below {
        return None;
    }
    Some((value.x - centre.x).max(centre.x - value.right()).max(0.0))
}
