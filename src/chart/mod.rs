//! Geometry of the charts as plain numbers and path strings: the radar, the tilt chart and the phase ring.
//!
//! Nothing here knows of a browser. A view measures its container, asks for the geometry in real pixels and draws it
//! with SVG attributes alone; a test asks for the same geometry and checks it. One user unit is one CSS pixel.
//!
//! Shared conventions: y points down; angles are in degrees, 0 at twelve o'clock, clockwise; a score is 0–100; and
//! what has no score is a gap, never a zero.

pub(crate) mod arc;
pub mod path;
pub mod radar;
pub mod ring;
pub mod text;
pub mod tilt;

pub use arc::ArcText;

/// A place, in pixels from the top left corner of the view box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// An upright box, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Never negative.
    pub width: f64,
    /// Never negative.
    pub height: f64,
}

impl Rect {
    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Bottom edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Whether two boxes share any area; boxes that only touch do not.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// How far the nearest place of the box is from `point`; zero inside it.
    pub fn distance(&self, point: Point) -> f64 {
        let dx = (self.x - point.x).max(point.x - self.right()).max(0.0);
        let dy = (self.y - point.y).max(point.y - self.bottom()).max(0.0);
        (dx * dx + dy * dy).sqrt()
    }

    /// The box of this size around `centre`.
    pub(crate) fn around(centre: Point, width: f64, height: f64) -> Self {
        Self { x: centre.x - width / 2.0, y: centre.y - height / 2.0, width, height }
    }

    pub(crate) fn moved(self, by: Point) -> Self {
        Self { x: self.x + by.x, y: self.y + by.y, ..self }
    }
}

impl Point {
    pub(crate) fn moved(self, by: Self) -> Self {
        Self { x: self.x + by.x, y: self.y + by.y }
    }
}

/// A score as a screen shows it: the nearest whole number, a half away from zero.
pub fn round(score: f64) -> i32 {
    score.round() as i32
}

/// A score that can be drawn: within 0–100, or a gap when it is missing or no number.
fn drawable(score: Option<f64>) -> Option<f64> {
    score.filter(|value| value.is_finite()).map(|value| length(value, 0.0, 100.0))
}

/// A length from the page, kept within what can be drawn: a detached element measures 0, a bad style anything.
pub(crate) fn length(value: f64, least: f64, most: f64) -> f64 {
    // Not `clamp`: its panic message prints floats, and the code for that is 7 KB of the download.
    if value.is_finite() { value.max(least).min(most) } else { least }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_rounds_away_from_zero() {
        for (score, shown) in [(0.5, 1), (-0.5, -1), (62.5, 63), (62.49, 62), (-37.5, -38), (f64::NAN, 0)] {
            assert_eq!(round(score), shown, "{score}");
        }
    }

    #[test]
    fn no_score_and_no_number_are_gaps_and_the_rest_is_bounded() {
        assert_eq!(drawable(None), None);
        assert_eq!(drawable(Some(f64::NAN)), None);
        assert_eq!(drawable(Some(-3.0)), Some(0.0));
        assert_eq!(drawable(Some(130.0)), Some(100.0));
    }

    #[test]
    fn boxes_that_touch_do_not_overlap() {
        let left = Rect { x: 0.0, y: 0.0, width: 10.0, height: 10.0 };
        assert!(!left.overlaps(&Rect { x: 10.0, ..left }));
        assert!(left.overlaps(&Rect { x: 9.9, ..left }));
        assert!((left.distance(Point { x: 13.0, y: 14.0 }) - 5.0).abs() < 1e-9);
    }
}
