//! More than one result on a radar: outlines of several results, changes from one to another, and radars small enough to
//! stand in a list. They lie on a radar that was laid out without scores of its own, so labels, numbers and sectors are
//! the same everywhere.

use super::axis::{diamond, disc};
use super::outline::{angle, join};
use super::{AxisSpec, Frame, Mark, Outline, RadarGeometry};
use crate::chart::arc;
use crate::chart::path::Path;
use crate::chart::{Point, drawable, length};

/// How many results can be told apart on one radar, each by its own marker and dash.
pub const MOST: usize = 6;

/// One result on the radar.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its outline, broken where a score is missing.
    pub outline: Outline,
    /// Its marker on every axis on which it has a score.
    pub marks: Vec<Option<Mark>>,
}

/// The results on a radar: `values` has the scores (0–100, `None` is a gap) of each result, axis by axis. Those beyond
/// the sixth are left out.
#[must_use]
pub fn overlay(geometry: &RadarGeometry, values: &[Vec<Option<f64>>]) -> Vec<Series> {
    let count = values.len().min(MOST);
    let series = |index: usize| {
        let scores = &values[index];
        let places: Vec<Option<Point>> = scores
            .iter()
            .enumerate()
            .map(|(at, score)| drawable(*score).map(|score| place(geometry, angle(at, scores.len()), score)))
            .collect();
        let mark = |(at, place): (usize, &Option<Point>)| {
            let others = values.iter().take(count).enumerate().filter(|(other, _)| *other != index);
            let crowded = others.filter_map(|(_, other)| drawable(*other.get(at)?)).any(|other| {
                let apart = drawable(scores[at]).map_or(0.0, |score| (score - other).abs());
                apart * (geometry.radius - geometry.hub) / 100.0 < 2.3 * geometry.marker
            });
            let aside = if crowded { index as f64 - (count as f64 - 1.0) / 2.0 } else { 0.0 };
            let (sin, cos) = arc::sin_cos(angle(at, scores.len()));
            let by = 1.3 * geometry.marker * aside;
            Some(marker(index, (*place)?.moved(Point { x: cos * by, y: sin * by }), geometry.marker))
        };
        Series { marks: places.iter().enumerate().map(mark).collect(), outline: join(&places) }
    };
    (0..count).map(series).collect()
}

/// From one score to another on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Path data of the line with its head; of a small ring where nothing changes.
    pub path: String,
    /// The marker of where it starts.
    pub from: Mark,
}

/// The changes of both poles, axis by axis: `None` where one of the two scores is missing. Those of pole A lie to one
/// side of their axis and those of pole B to the other, so that neither hides the other.
#[must_use]
pub fn arrows(geometry: &RadarGeometry, changes: &[[Option<(f64, f64)>; 2]]) -> Vec<[Option<Arrow>; 2]> {
    let one = |at: usize, pole: usize, change: Option<(f64, f64)>| {
        let (from, to) = change?;
        let (from, to) = (drawable(Some(from))?, drawable(Some(to))?);
        let angle = angle(at, changes.len());
        let (sin, cos) = arc::sin_cos(angle);
        let by = geometry.marker * if pole == 0 { -1.1 } else { 1.1 };
        let aside = Point { x: cos * by, y: sin * by };
        let (start, end) =
            (place(geometry, angle, from).moved(aside), place(geometry, angle, to).moved(aside));
        let from = if pole == 0 {
            disc(start, 0.6 * geometry.marker)
        } else {
            diamond(start, 0.6 * geometry.marker)
        };
        Some(Arrow { path: arrow(start, end, geometry.marker), from })
    };
    let both = |(at, [a, b]): (usize, &[Option<(f64, f64)>; 2])| [one(at, 0, *a), one(at, 1, *b)];
    changes.iter().enumerate().map(both).collect()
}

fn arrow(start: Point, end: Point, marker: f64) -> String {
    let (dx, dy) = (end.x - start.x, end.y - start.y);
    let long = (dx * dx + dy * dy).sqrt();
    if long < 0.5 {
        return arc::circle(end, marker);
    }
    let (ux, uy) = (dx / long, dy / long);
    let head = (1.6 * marker).min(long);
    let side = |by: f64| Point { x: end.x - ux * head - uy * by, y: end.y - uy * head + ux * by };
    let mut path = Path::new();
    path.move_to(start).line_to(end);
    path.move_to(side(0.6 * head)).line_to(end).line_to(side(-0.6 * head));
    path.finish()
}

/// A radar without words, for lists.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallRadar {
    /// Width and height of the view box, in pixels.
    pub side: f64,
    /// Path data of the circle of score 100.
    pub rim: String,
    /// Path data of the circle of score 0.
    pub hub: String,
    /// Outline of pole A.
    pub outline_a: Outline,
    /// Outline of pole B.
    pub outline_b: Outline,
    /// What both poles have.
    pub core: Outline,
}

/// Lays out a small radar in a square of so many pixels.
#[must_use]
pub fn small(side: f64, axes: &[AxisSpec<'_>]) -> SmallRadar {
    let side = length(side, 24.0, 2000.0);
    let mut frame = Frame::new(side / 2.0 - 2.0, 1.0, false);
    frame.centre = Point { x: side / 2.0, y: side / 2.0 };
    SmallRadar {
        side,
        rim: arc::circle(frame.centre, frame.radius),
        hub: arc::circle(frame.centre, frame.hub),
        outline_a: super::outline::outline(&frame, axes, |axis| axis.a),
        outline_b: super::outline::outline(&frame, axes, |axis| axis.b),
        core: super::outline::outline(&frame, axes, |axis| axis.both_and),
    }
}

/// Where a score (0–100) is on the axis at an angle of a radar that was laid out.
fn place(geometry: &RadarGeometry, angle: f64, score: f64) -> Point {
    let distance = geometry.hub + (geometry.radius - geometry.hub) * score / 100.0;
    arc::polar(geometry.centre, distance, angle)
}

/// The marker of the first, second, … sixth result: all of about one size, each of its own shape.
#[must_use]
pub fn marker(index: usize, at: Point, size: f64) -> Mark {
    let r = 1.15 * size;
    let corners: &[(f64, f64)] = match index {
        0 => return disc(at, size),
        1 => return diamond(at, size),
        2 => &[(-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)],
        3 => &[(0.0, -1.05), (1.0, 0.8), (-1.0, 0.8)],
        4 => &[(0.0, 1.05), (1.0, -0.8), (-1.0, -0.8)],
        // A cross, as an outline.
        _ => &[
            (-0.3, -1.0),
            (0.3, -1.0),
            (0.3, -0.3),
            (1.0, -0.3),
            (1.0, 0.3),
            (0.3, 0.3),
            (0.3, 1.0),
            (-0.3, 1.0),
            (-0.3, 0.3),
            (-1.0, 0.3),
            (-1.0, -0.3),
            (-0.3, -0.3),
        ],
    };
    let mut path = Path::new();
    for (index, (x, y)) in corners.iter().enumerate() {
        let corner = Point { x: at.x + r * x, y: at.y + r * y };
        if index == 0 {
            path.move_to(corner);
        } else {
            path.line_to(corner);
        }
    }
    path.close();
    Mark { at, path: path.finish() }
}
