//! The outlines of the radar: as many lines as the gaps leave.

use super::{AxisSpec, Frame, Outline};
use crate::chart::path::Path;
use crate::chart::{Point, drawable};

/// The direction of an axis, in degrees.
pub(super) fn angle(index: usize, axes: usize) -> f64 {
    (index as f64 + 0.5) * 360.0 / axes.max(1) as f64
}

/// One of the three scores of every axis, joined.
pub(super) fn outline(
    frame: &Frame,
    axes: &[AxisSpec<'_>],
    score: impl Fn(&AxisSpec<'_>) -> Option<f64>,
) -> Outline {
    let places: Vec<Option<Point>> = axes
        .iter()
        .enumerate()
        .map(|(at, axis)| drawable(score(axis)).map(|value| frame.place(angle(at, axes.len()), value)))
        .collect();
    join(&places)
}

/// Joins neighbours round the circle. Starting behind a gap keeps a run that passes the last axis in one piece.
pub(super) fn join(places: &[Option<Point>]) -> Outline {
    let mut path = Path::new();
    let Some(gap) = places.iter().position(Option::is_none) else {
        return whole(places);
    };
    let (before, behind) = places.split_at(gap);
    let mut run: Vec<Point> = Vec::new();
    for place in behind.iter().chain(before).chain(&[None]) {
        if let Some(place) = place {
            run.push(*place);
            continue;
        }
        if run.len() > 1 {
            push_run(&mut path, &run);
        }
        run.clear();
    }
    Outline { path: path.finish(), closed: false }
}

fn whole(places: &[Option<Point>]) -> Outline {
    let all: Vec<Point> = places.iter().flatten().copied().collect();
    let mut path = Path::new();
    if all.len() > 1 {
        push_run(&mut path, &all);
    }
    let closed = all.len() > 2;
    if closed {
        path.close();
    }
    Outline { path: path.finish(), closed }
}

fn push_run(path: &mut Path, run: &[Point]) {
    for (at, place) in run.iter().enumerate() {
        if at == 0 {
            path.move_to(*place);
        } else {
            path.line_to(*place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(scored: &str) -> (String, bool) {
        let places: Vec<Option<Point>> = scored
            .chars()
            .enumerate()
            .map(|(at, mark)| (mark == '*').then_some(Point { x: at as f64, y: 0.0 }))
            .collect();
        let outline = join(&places);
        (outline.path, outline.closed)
    }

    #[test]
    fn lines_break_at_gaps_and_close_only_when_whole() {
        for (scored, expected, closed) in [
            ("", "", false),
            ("*", "", false),
            ("**", "M0 0L1 0", false),
            ("***", "M0 0L1 0L2 0Z", true),
            (".**", "M1 0L2 0", false),
            ("*.*", "M2 0L0 0", false),
            ("*.*.", "", false),
            ("**.**.", "M3 0L4 0M0 0L1 0", false),
            ("**.**", "M3 0L4 0L0 0L1 0", false),
            ("...", "", false),
        ] {
            assert_eq!(path(scored), (expected.to_owned(), closed), "{scored}");
        }
    }
}
