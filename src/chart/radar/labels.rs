//! Labels around the circle: the largest circle for which every label has a place of its own, or none at all.
//!
//! Everything is measured from the centre of the circle and moved into the view box at the end, because the height is
//! only known once the labels are placed.

use super::axis::{diamond, disc};
use super::outline::angle;
use super::{Anchor, AxisSpec, EDGE, Frame, Label, LabelBlock, LabelLine, MOST, Mark};
use crate::chart::arc::sin_cos;
use crate::chart::{Point, Rect, text};

/// A circle smaller than this (in units) is not worth having labels around it.
const LEAST: f64 = 9.0;
/// What the search takes off the radius at each step, in units.
const STEP: f64 = 0.25;
/// Height of a line, and where its base line is, in font sizes.
const LINE: f64 = 1.25;
const BASE: f64 = 0.95;
/// Between the two names of an axis.
const BETWEEN: f64 = 0.2;
/// Room for a marker beside a name.
const MARK: f64 = 1.1;
/// A name is not set wider than this, so that the eye finds its end.
const MEASURE: f64 = 18.0;
/// Between the band and a label, and between two labels.
const APART: f64 = 0.6;
/// How far a label may be moved away from its axis before it seems to belong to another.
const MOVED: f64 = 2.0;

/// A layout that fits.
pub(super) struct Fitted {
    pub(super) frame: Frame,
    pub(super) height: f64,
    pub(super) labels: Vec<Label>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Side {
    Right,
    Left,
    /// On the vertical line through the centre, where a single label stands below the circle.
    Below,
}

/// A label on its way to its place.
#[derive(Clone, Debug)]
struct Draft {
    side: Side,
    sin: f64,
    /// How far down the axis points, −1 to 1.
    down: f64,
    a: Vec<String>,
    b: Vec<String>,
    bounds: Rect,
}

/// What every label has in common.
#[derive(Clone, Copy, Debug)]
struct Space {
    font: f64,
    /// Half of the width of the view box.
    half: f64,
    /// The circle that labels keep out of.
    keep_out: f64,
}

/// The largest circle with all labels around it; `None` when there is no such circle of a sensible size.
pub(super) fn fit(axes: &[AxisSpec<'_>], width: f64, font: f64, banded: bool) -> Option<Fitted> {
    let half = width / 2.0 - EDGE;
    let around = Frame::new(0.0, font, banded).rim + APART * font;
    let mut radius = (MOST * font).min(half - around);
    while radius >= LEAST * font {
        let frame = Frame::new(radius, font, banded);
        let space = Space { font, half, keep_out: frame.rim + APART * font };
        if let Some(drafts) = place_all(axes, space) {
            return Some(fitted(frame, &drafts, width, font));
        }
        radius -= STEP * font;
    }
    None
}

fn place_all(axes: &[AxisSpec<'_>], space: Space) -> Option<Vec<Draft>> {
    let mut drafts: Vec<Draft> = axes
        .iter()
        .enumerate()
        .map(|(at, axis)| draft(axis, angle(at, axes.len()), space))
        .collect::<Option<_>>()?;
    for side in [Side::Right, Side::Left] {
        spread(&mut drafts, side, space)?;
    }
    drop_below(&mut drafts, space);
    legal(&drafts, space).then_some(drafts)
}

/// A label beside the end of its axis. Its width and its place depend on each other, so it is set twice.
fn draft(axis: &AxisSpec<'_>, degrees: f64, space: Space) -> Option<Draft> {
    let (sin, up) = sin_cos(degrees);
    let side = match sin {
        s if s > 1e-6 => Side::Right,
        s if s < -1e-6 => Side::Left,
        _ => Side::Below,
    };
    let mut draft = Draft { side, sin, down: -up, a: Vec::new(), b: Vec::new(), bounds: Rect::default() };
    draft.set(axis, space, sin.abs() * space.keep_out)?;
    let hugging = draft.bounds.x.abs().min(draft.bounds.right().abs());
    if side != Side::Below {
        draft.set(axis, space, hugging)?;
    }
    Some(draft)
}

impl Draft {
    /// Wraps both names into the room that begins `from` pixels beside the centre; `None` if a word had to be cut.
    fn set(&mut self, axis: &AxisSpec<'_>, space: Space, from: f64) -> Option<()> {
        let font = space.font;
        let room = match self.side {
            Side::Below => 2.0 * space.half,
            _ => space.half - from,
        };
        let measure = (room - MARK * font).min(MEASURE * font);
        let longest = text::longest_part(axis.label_a, font).max(text::longest_part(axis.label_b, font));
        if longest > measure {
            return None;
        }
        self.a = text::wrap(axis.label_a, measure, font);
        self.b = text::wrap(axis.label_b, measure, font);
        let widest = self.a.iter().chain(&self.b).map(|line| text::width(line, font)).fold(0.0, f64::max);
        let lines = self.a.len() + self.b.len();
        self.bounds.width = widest + MARK * font;
        self.bounds.height = (lines as f64 * LINE + BETWEEN) * font;
        // Beside the circle a label is centred on its axis, at the top it stands on it, at the bottom it hangs from it.
        self.bounds.y = self.down * space.keep_out - (1.0 - self.down) / 2.0 * self.bounds.height;
        self.lean(space);
        Some(())
    }

    /// Moves the label as near to the circle as its height allows.
    fn lean(&mut self, space: Space) {
        let nearest = self.bounds.y.max(-self.bounds.bottom()).max(0.0);
        let chord = (space.keep_out * space.keep_out - nearest * nearest).max(0.0).sqrt();
        let beside = chord.max(0.9 * self.sin.abs() * space.keep_out);
        self.bounds.x = match self.side {
            Side::Right => beside,
            Side::Left => -beside - self.bounds.width,
            Side::Below => -self.bounds.width / 2.0,
        };
    }

    fn shift(&mut self, down: f64, space: Space) {
        self.bounds.y += down;
        self.lean(space);
    }
}

/// Moves the labels of a side apart: from the middle upwards, and from the middle downwards.
fn spread(drafts: &mut [Draft], side: Side, space: Space) -> Option<()> {
    let mut order: Vec<usize> =
        drafts.iter().enumerate().filter(|(_, draft)| draft.side == side).map(|(at, _)| at).collect();
    // The axes go clockwise: downwards on the right, and up again on the left.
    if side == Side::Left {
        order.reverse();
    }
    let middle = order.iter().position(|&at| drafts[at].down > 0.0).unwrap_or(order.len());
    let (upper, lower) = order.split_at(middle);
    let apart = APART * space.font;
    let before: Vec<f64> = drafts.iter().map(|draft| draft.bounds.y).collect();
    if let (Some(&above), Some(&below)) = (upper.last(), lower.first()) {
        let overlap = drafts[above].bounds.bottom() + apart - drafts[below].bounds.y;
        if overlap > 0.0 {
            drafts[above].shift(-overlap / 2.0, space);
            drafts[below].shift(overlap / 2.0, space);
        }
    }
    for pair in upper.windows(2).rev() {
        let &[above, below] = pair else { continue };
        let overlap = drafts[above].bounds.bottom() + apart - drafts[below].bounds.y;
        drafts[above].shift(-overlap.max(0.0), space);
    }
    for pair in lower.windows(2) {
        let &[above, below] = pair else { continue };
        let overlap = drafts[above].bounds.bottom() + apart - drafts[below].bounds.y;
        drafts[below].shift(overlap.max(0.0), space);
    }
    let moved = |&at: &usize| (drafts[at].bounds.y - before[at]).abs() > MOVED * space.font;
    if order.iter().any(moved) { None } else { Some(()) }
}

/// The label on the vertical line goes below whatever reaches under the circle from the sides.
fn drop_below(drafts: &mut [Draft], space: Space) {
    let Some(at) = drafts.iter().position(|draft| draft.side == Side::Below) else { return };
    let mut own = drafts[at].bounds;
    own.y = space.keep_out;
    for other in drafts.iter().filter(|draft| draft.side != Side::Below) {
        if own.overlaps(&other.bounds) {
            own.y = other.bounds.bottom() + APART * space.font;
        }
    }
    drafts[at].bounds = own;
}

/// The pass that decides: inside the view box, off the circle, and no two in the same place.
fn legal(drafts: &[Draft], space: Space) -> bool {
    drafts.iter().enumerate().all(|(at, draft)| {
        let bounds = draft.bounds;
        bounds.x >= -space.half
            && bounds.right() <= space.half
            && bounds.distance(Point::default()) >= space.keep_out - 0.5 * APART * space.font
            && drafts.iter().skip(at + 1).all(|other| !bounds.overlaps(&other.bounds))
    })
}

fn fitted(mut frame: Frame, drafts: &[Draft], width: f64, font: f64) -> Fitted {
    let top = drafts.iter().map(|draft| draft.bounds.y).fold(-frame.rim, f64::min);
    let bottom = drafts.iter().map(|draft| draft.bounds.bottom()).fold(frame.rim, f64::max);
    frame.centre = Point { x: width / 2.0, y: EDGE - top };
    let labels = drafts.iter().map(|draft| label(draft, &frame, font)).collect();
    Fitted { frame, height: bottom - top + 2.0 * EDGE, labels }
}

fn label(draft: &Draft, frame: &Frame, font: f64) -> Label {
    let bounds = draft.bounds.moved(frame.centre);
    let anchor = if draft.side == Side::Left { Anchor::End } else { Anchor::Start };
    let below = bounds.y + (draft.a.len() as f64 * LINE + BETWEEN) * font;
    let block = |top: f64, lines: &[String], shape: fn(Point, f64) -> Mark| {
        let (edge, inwards) = match anchor {
            Anchor::Start => (bounds.x, font),
            Anchor::End => (bounds.right(), -font),
        };
        let mark = Point { x: edge + 0.42 * inwards, y: top + (BASE - 0.35) * font };
        let line = |(at, text): (usize, &String)| LabelLine {
            text: text.clone(),
            at: Point { x: edge + MARK * inwards, y: top + (at as f64 * LINE + BASE) * font },
        };
        LabelBlock {
            mark: shape(mark, frame.marker.min(0.34 * font)),
            lines: lines.iter().enumerate().map(line).collect(),
        }
    };
    Label { bounds, anchor, a: block(bounds.y, &draft.a, disc), b: block(below, &draft.b, diamond) }
}
