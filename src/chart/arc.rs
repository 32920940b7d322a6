//! Circles, rings and names along an arc: what the radar and the phase ring share.
//!
//! Sines are computed here, so that a path is the same string on every platform and no maths library is downloaded.

use super::Point;
use super::path::Path;
use super::text;

/// A name that follows the rim: text centred (`startOffset="50%"`) on a path that never turns it upside down.
#[derive(Clone, Debug, PartialEq)]
pub struct ArcText {
    /// Path data for the `<textPath>` to follow; the text sits on it, as on a base line.
    pub path: String,
    /// The size at which the name fits, in pixels. Draw it as it is written: capitals or spacing would not fit.
    pub font: f64,
}

/// Below this size (pixels) a name is left to the list beside the chart.
const LEAST_NAME: f64 = 7.0;
/// How much of its arc a name may fill, so that neighbours stay apart.
const NAME_FILL: f64 = 0.92;

/// A part of a ring, between two radii (pixels) and two angles (degrees).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment {
    pub(crate) inner: f64,
    pub(crate) outer: f64,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

/// Sine and cosine of an angle in degrees, exact at quarter turns and within 1e-8 elsewhere.
pub(crate) fn sin_cos(degrees: f64) -> (f64, f64) {
    let turn = degrees - 360.0 * (degrees / 360.0).floor();
    let quarter = (turn / 90.0 + 0.5).floor();
    let x = (turn - 90.0 * quarter) * (core::f64::consts::PI / 180.0);
    let xx = x * x;
    let sin =
        x * (1.0 - xx / 6.0 * (1.0 - xx / 20.0 * (1.0 - xx / 42.0 * (1.0 - xx / 72.0 * (1.0 - xx / 110.0)))));
    let cos = 1.0 - xx / 2.0 * (1.0 - xx / 12.0 * (1.0 - xx / 30.0 * (1.0 - xx / 56.0 * (1.0 - xx / 90.0))));
    match quarter as u8 {
        1 => (cos, -sin),
        2 => (-sin, -cos),
        3 => (-cos, sin),
        _ => (sin, cos),
    }
}

/// The place at a distance (pixels) and an angle (degrees) from `centre`.
pub(crate) fn polar(centre: Point, radius: f64, degrees: f64) -> Point {
    let (sin, cos) = sin_cos(degrees);
    Point { x: centre.x + radius * sin, y: centre.y - radius * cos }
}

/// A whole circle.
pub(crate) fn circle(centre: Point, radius: f64) -> String {
    let mut path = Path::new();
    push_circle(&mut path, centre, radius, true);
    path.finish()
}

fn push_circle(path: &mut Path, centre: Point, radius: f64, clockwise: bool) {
    let top = Point { x: centre.x, y: centre.y - radius };
    let bottom = Point { x: centre.x, y: centre.y + radius };
    path.move_to(top).arc_to(radius, true, clockwise, bottom).arc_to(radius, true, clockwise, top).close();
}

/// An open arc, for a stroke.
pub(crate) fn arc(centre: Point, radius: f64, from: f64, to: f64) -> String {
    if to - from > 359.9 {
        return circle(centre, radius);
    }
    let mut path = Path::new();
    path.move_to(polar(centre, radius, from)).arc_to(
        radius,
        to - from > 180.0,
        true,
        polar(centre, radius, to),
    );
    path.finish()
}

/// A part of a ring as a closed path, kept `gap` pixels from its neighbours all along its straight sides.
pub(crate) fn annular(centre: Point, segment: Segment, gap: f64) -> String {
    let Segment { inner, outer, from, to } = segment;
    let mut path = Path::new();
    if to - from > 359.9 {
        // The hole runs the other way round, so that the usual fill rule leaves it open.
        push_circle(&mut path, centre, outer, true);
        if inner > 0.0 {
            push_circle(&mut path, centre, inner, false);
        }
        return path.finish();
    }
    let (outer_from, outer_to) = inset(outer, from, to, gap);
    let (inner_from, inner_to) = inset(inner, from, to, gap);
    path.move_to(polar(centre, outer, outer_from)).arc_to(
        outer,
        outer_to - outer_from > 180.0,
        true,
        polar(centre, outer, outer_to),
    );
    path.line_to(polar(centre, inner, inner_to));
    if inner > 0.0 {
        let large = inner_to - inner_from > 180.0;
        path.arc_to(inner, large, false, polar(centre, inner, inner_from));
    }
    path.close().finish()
}

/// The two angles moved towards each other by half a gap, which takes more degrees on a smaller circle.
fn inset(radius: f64, from: f64, to: f64, gap: f64) -> (f64, f64) {
    let half = (to - from) / 2.0;
    if radius <= 0.0 {
        return (from + half, from + half);
    }
    let by = (gap / 2.0 / radius * (180.0 / core::f64::consts::PI)).min(half);
    (from + by, to - by)
}

/// Names along the middles of their bands, all of one size: `most` (pixels), or as large as the tightest arc allows.
/// A name that would be unreadable is left out and does not count.
pub(crate) fn names(centre: Point, named: &[(Segment, &str)], most: f64) -> Vec<Option<ArcText>> {
    let fonts: Vec<Option<f64>> = named.iter().map(|&(band, name)| name_font(band, name, most)).collect();
    let shared = fonts.iter().flatten().copied().fold(most, f64::min);
    named.iter().zip(fonts).map(|(&(band, _), font)| font.map(|_| name(centre, band, shared))).collect()
}

/// The size at which a name fits its arc; `None` if that is unreadable.
fn name_font(band: Segment, name: &str, most: f64) -> Option<f64> {
    let (from, to) = upright(band.from, band.to);
    let room = (to - from) * (core::f64::consts::PI / 180.0) * middle(band) * NAME_FILL;
    let needed = text::bold_width(name, 1.0);
    if needed <= 0.0 {
        return None;
    }
    Some((room / needed).min(most)).filter(|&font| font >= LEAST_NAME.min(most))
}

fn name(centre: Point, band: Segment, font: f64) -> ArcText {
    let (from, to) = upright(band.from, band.to);
    let (_, up) = sin_cos(f64::midpoint(from, to));
    let mut path = Path::new();
    // Half of the height of a capital below the middle of the band: inwards above, outwards once the text is turned.
    if up < -1e-6 {
        let base = middle(band) + 0.35 * font;
        path.move_to(polar(centre, base, to)).arc_to(base, false, false, polar(centre, base, from));
    } else {
        let base = middle(band) - 0.35 * font;
        path.move_to(polar(centre, base, from)).arc_to(base, false, true, polar(centre, base, to));
    }
    ArcText { path: path.finish(), font }
}

fn middle(band: Segment) -> f64 {
    f64::midpoint(band.inner, band.outer)
}

/// Less than half a turn of the band: an arc that goes on would stand on its head at both ends.
fn upright(from: f64, to: f64) -> (f64, f64) {
    if to - from > 359.9 {
        return (-80.0, 80.0);
    }
    let middle = f64::midpoint(from, to);
    let half = ((to - from) / 2.0).min(80.0);
    (middle - half, middle + half)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: Point = Point { x: 0.0, y: 0.0 };

    #[test]
    fn sines_agree_with_the_library_and_are_exact_at_quarters() {
        for tenth in -7200..=7200 {
            let degrees = f64::from(tenth) / 10.0;
            let (sin, cos) = sin_cos(degrees);
            let (expected_sin, expected_cos) = degrees.to_radians().sin_cos();
            assert!((sin - expected_sin).abs() < 1e-8, "sin {degrees}");
            assert!((cos - expected_cos).abs() < 1e-8, "cos {degrees}");
        }
        assert_eq!(sin_cos(90.0), (1.0, 0.0));
        assert_eq!(sin_cos(540.0), (0.0, -1.0));
    }

    #[test]
    fn a_quadrant_without_gap_is_four_strokes() {
        let quadrant = Segment { inner: 5.0, outer: 10.0, from: 0.0, to: 90.0 };
        assert_eq!(annular(ORIGIN, quadrant, 0.0), "M0 -10A10 10 0 0 1 10 0L5 0A5 5 0 0 0 0 -5Z");
        let wedge = Segment { inner: 0.0, ..quadrant };
        assert_eq!(annular(ORIGIN, wedge, 0.0), "M0 -10A10 10 0 0 1 10 0L0 0Z");
    }

    #[test]
    fn a_whole_turn_is_two_circles() {
        let whole = Segment { inner: 5.0, outer: 10.0, from: 0.0, to: 360.0 };
        assert_eq!(
            annular(ORIGIN, whole, 4.0),
            "M0 -10A10 10 0 1 1 0 10A10 10 0 1 1 0 -10ZM0 -5A5 5 0 1 0 0 5A5 5 0 1 0 0 -5Z"
        );
    }

    const BAND: Segment = Segment { inner: 95.0, outer: 105.0, from: 0.0, to: 90.0 };

    #[test]
    fn a_name_runs_clockwise_above_and_the_other_way_below() {
        let below = Segment { from: 90.0, to: 180.0, ..BAND };
        let paths: Vec<Option<String>> = names(ORIGIN, &[(BAND, "Forming"), (below, "Founding")], 10.0)
            .into_iter()
            .map(|name| name.map(|name| name.path))
            .collect();
        assert_eq!(paths[0].as_deref(), Some("M0 -96.5A96.5 96.5 0 0 1 96.5 0"));
        assert_eq!(paths[1].as_deref(), Some("M0 103.5A103.5 103.5 0 0 0 103.5 0"));
    }

    #[test]
    fn names_share_a_size_and_an_unreadable_one_is_left_out() {
        let long = "long ".repeat(20);
        let named = [(BAND, "Forming"), (BAND, "Transforming together"), (BAND, long.as_str()), (BAND, "")];
        let fonts: Vec<Option<f64>> =
            names(ORIGIN, &named, 14.0).into_iter().map(|name| name.map(|name| name.font)).collect();
        assert!(fonts[0].is_some_and(|font| (LEAST_NAME..14.0).contains(&font)));
        assert_eq!(fonts[0], fonts[1]);
        assert_eq!(fonts[2..], [None, None]);
    }
}
