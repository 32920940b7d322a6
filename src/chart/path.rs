//! Path data (`d` of an SVG path) written with as few characters, and as little code, as possible.
//!
//! Formatting an `f64` through `core::fmt` brings some 7 KB of compressed code along; two decimals need none of it.

use super::Point;

/// Builds path data out of absolute M, L, A and Z commands.
#[derive(Clone, Debug, Default)]
pub struct Path {
    data: String,
}

impl Path {
    /// An empty path.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts a part at `to`.
    pub fn move_to(&mut self, to: Point) -> &mut Self {
        self.data.push('M');
        self.point(to)
    }

    /// A straight line to `to`.
    pub fn line_to(&mut self, to: Point) -> &mut Self {
        self.data.push('L');
        self.point(to)
    }

    /// An arc of a circle with this radius (pixels) to `to`: the longer way round when `large`, clockwise when so said.
    pub fn arc_to(&mut self, radius: f64, large: bool, clockwise: bool, to: Point) -> &mut Self {
        self.data.push('A');
        push_number(&mut self.data, radius);
        self.data.push(' ');
        push_number(&mut self.data, radius);
        self.data.push_str(if large { " 0 1 " } else { " 0 0 " });
        self.data.push_str(if clockwise { "1 " } else { "0 " });
        self.point(to)
    }

    /// Closes the part.
    pub fn close(&mut self) -> &mut Self {
        self.data.push('Z');
        self
    }

    /// The path data; the builder is empty afterwards.
    pub fn finish(&mut self) -> String {
        core::mem::take(&mut self.data)
    }

    fn point(&mut self, point: Point) -> &mut Self {
        push_number(&mut self.data, point.x);
        self.data.push(' ');
        push_number(&mut self.data, point.y);
        self
    }
}

/// A number as an attribute: at most two decimals, rounded half away from zero. What is no number becomes 0.
pub fn number(value: f64) -> String {
    let mut out = String::new();
    push_number(&mut out, value);
    out
}

/// Appends a number as [`number`] writes it.
pub fn push_number(out: &mut String, value: f64) {
    // The cast turns NaN into 0 and anything beyond the range into its end: never a panic, never "NaN" in a path.
    let hundredths = (value * 100.0).round() as i64;
    if hundredths < 0 {
        out.push('-');
    }
    let (whole, rest) = (hundredths.unsigned_abs() / 100, (hundredths.unsigned_abs() % 100) as u8);
    push_digits(out, whole);
    if rest == 0 {
        return;
    }
    out.push('.');
    out.push(digit(rest / 10));
    if !rest.is_multiple_of(10) {
        out.push(digit(rest % 10));
    }
}

fn push_digits(out: &mut String, value: u64) {
    if value >= 10 {
        push_digits(out, value / 10);
    }
    out.push(digit((value % 10) as u8));
}

fn digit(value: u8) -> char {
    char::from(b'0' + value)
}
