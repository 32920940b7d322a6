//! The tilt chart: a row a paradox, leaning to pole A on the left or pole B on the right.
//!
//! Everything is a position in a row 200 units wide: unit 0 is all A, 100 the middle, 200 all B. The height is the
//! view's own affair.

use super::length;

/// Width of a row.
pub const WIDTH: f64 = 200.0;
/// Where the middle line stands.
pub const CENTRE: f64 = 100.0;
/// The tilts at which a row may carry a tick, −100 to 100.
pub const TICKS: [i8; 5] = [-100, -50, 0, 50, 100];

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TiltSpec {
    /// B − A, −100 to 100; `None` when a pole has no score.
    pub tilt: Option<f64>,
    /// The tilt below which nothing may be said, 0 to 100: 20 with two answers a pole, 50 with one.
    pub zone: f64,
}

/// A stretch of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Where it begins, 0 to 200.
    pub x: f64,
    /// How long it is.
    pub width: f64,
}

/// Where the parts of a row are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TiltRow {
    /// The zone in which nothing may be said, symmetric around the middle.
    pub zone: Span,
    /// From the middle to the tilt; `None` is a gap, a bar of no width is a tilt of zero.
    pub bar: Option<Span>,
    /// The tilt itself, 0 to 200; `None` is a gap.
    pub dot: Option<f64>,
}

/// Lays out one row.
pub fn row(spec: TiltSpec) -> TiltRow {
    let half = length(spec.zone, 0.0, 100.0);
    let dot = spec.tilt.filter(|tilt| tilt.is_finite()).map(position);
    TiltRow {
        zone: Span { x: CENTRE - half, width: 2.0 * half },
        bar: dot.map(|dot| Span { x: dot.min(CENTRE), width: (dot - CENTRE).abs() }),
        dot,
    }
}

/// Where a tilt (−100 to 100) is in a row, 0 to 200.
pub fn position(tilt: f64) -> f64 {
    CENTRE + length(tilt, -100.0, 100.0)
}
