//! The axes of the radar: line, number, areas and markers.

use super::outline::angle;
use super::{AxisGeometry, AxisSpec, Frame, Label, Mark, NUMBERS};
use crate::chart::arc::{self, Segment};
use crate::chart::path::Path;
use crate::chart::{Point, Rect, drawable, text};

/// Height and width of the box of a number, in font sizes.
const NUMBER_HEIGHT: f64 = 1.15;

/// The size of the numbers: smaller when there are so many that they would touch.
pub(super) fn number_font(frame: &Frame, axes: usize) -> f64 {
    let most = 0.82 * frame.unit;
    if axes < 3 {
        return most;
    }
    let (sin, _) = arc::sin_cos(180.0 / axes as f64);
    let apart = 2.0 * number_radius(frame) * sin;
    // Boxes stay apart in every direction when their diagonal is no longer than the way between their middles.
    let widest = number_width(axes, 1.0);
    let diagonal = (widest * widest + NUMBER_HEIGHT * NUMBER_HEIGHT).sqrt();
    most.min(0.96 * apart / diagonal)
}

fn number_radius(frame: &Frame) -> f64 {
    frame.radius + 0.58 * NUMBERS * frame.unit
}

fn number_width(number: usize, font: f64) -> f64 {
    text::width(&number.to_string(), font)
}

/// Every axis, with the labels given (none in a compact layout).
pub(super) fn axes(frame: &Frame, specs: &[AxisSpec<'_>], labels: Vec<Label>) -> Vec<AxisGeometry> {
    let mut labels = labels.into_iter();
    specs
        .iter()
        .enumerate()
        .map(|(index, spec)| axis(frame, index, specs.len(), spec, labels.next()))
        .collect()
}

fn axis(
    frame: &Frame,
    index: usize,
    count: usize,
    spec: &AxisSpec<'_>,
    label: Option<Label>,
) -> AxisGeometry {
    let angle = angle(index, count);
    let half = 180.0 / count as f64;
    let around = Segment { inner: 0.0, outer: frame.rim, from: angle - half, to: angle + half };
    let inside = Segment { inner: 0.5 * frame.hub, outer: frame.numbers - 1.5, ..around };
    let font = number_font(frame, count);
    let middle = arc::polar(frame.centre, number_radius(frame), angle);
    let (mark_a, mark_b) = marks(frame, angle, drawable(spec.a), drawable(spec.b));
    AxisGeometry {
        angle,
        line: line(frame, angle),
        number: Point { x: middle.x, y: middle.y + 0.36 * font },
        number_bounds: Rect::around(middle, number_width(index + 1, font), NUMBER_HEIGHT * font),
        label,
        hit: arc::annular(frame.centre, around, 0.0),
        focus: arc::annular(frame.centre, inside, 4.0),
        mark_a,
        mark_b,
    }
}

fn line(frame: &Frame, angle: f64) -> String {
    let mut path = Path::new();
    path.move_to(frame.place(angle, 0.0)).line_to(frame.place(angle, 100.0));
    path.finish()
}

/// The markers of both poles. When one would cover the other, each moves aside, A against the clock, B with it.
fn marks(frame: &Frame, angle: f64, a: Option<f64>, b: Option<f64>) -> (Option<Mark>, Option<Mark>) {
    let aside = match (a, b) {
        (Some(a), Some(b)) => aside(frame.marker, frame.distance(a) - frame.distance(b)),
        _ => 0.0,
    };
    let (sin, cos) = arc::sin_cos(angle);
    let by = Point { x: cos * aside, y: sin * aside };
    let a = a.map(|score| disc(frame.place(angle, score).moved(Point { x: -by.x, y: -by.y }), frame.marker));
    let b = b.map(|score| diamond(frame.place(angle, score).moved(by), frame.marker));
    (a, b)
}

/// How far each of two markers moves aside so that they are clear of each other; the further apart, the less.
fn aside(marker: f64, apart: f64) -> f64 {
    let clear = 2.3 * marker;
    let missing = clear * clear - apart * apart;
    if missing > 0.0 { missing.sqrt() / 2.0 } else { 0.0 }
}

/// The marker of pole A.
pub(super) fn disc(at: Point, size: f64) -> Mark {
    Mark { at, path: arc::circle(at, 0.9 * size) }
}

/// The marker of pole B.
pub(super) fn diamond(at: Point, size: f64) -> Mark {
    let reach = 1.15 * size;
    let mut path = Path::new();
    path.move_to(Point { y: at.y - reach, ..at })
        .line_to(Point { x: at.x + reach, ..at })
        .line_to(Point { y: at.y + reach, ..at })
        .line_to(Point { x: at.x - reach, ..at })
        .close();
    Mark { at, path: path.finish() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(a: f64, b: f64) -> f64 {
        let frame = Frame::new(200.0, 16.0, true);
        let (a, b) = marks(&frame, 75.0, Some(a), Some(b));
        let (a, b) = (a.expect("scored").at, b.expect("scored").at);
        ((a.x - b.x).powi(2) + (a.y - b.y).powi(2)).sqrt()
    }

    #[test]
    fn markers_at_one_score_stay_visible_side_by_side() {
        let clear = 2.3 * Frame::new(200.0, 16.0, true).marker;
        for (a, b) in [(50.0, 50.0), (50.0, 52.0), (0.0, 0.0), (100.0, 99.0), (20.0, 80.0)] {
            assert!(apart(a, b) > clear - 1e-6, "{a} and {b}");
        }
    }

    #[test]
    fn a_lone_marker_is_exactly_at_its_score() {
        let frame = Frame::new(200.0, 16.0, true);
        let (a, b) = marks(&frame, 90.0, Some(100.0), None);
        assert_eq!(a.expect("scored").at, Point { x: 200.0, y: 0.0 });
        assert_eq!(b, None);
    }
}
