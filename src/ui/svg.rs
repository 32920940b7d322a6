//! The few SVG elements that the charts are made of: attributes and classes only, as the strict policy asks.

use crate::chart::path::number;
use crate::chart::{ArcText, Point};
use crate::ui::node::{Node, el, leaf};

/// A drawing of this many pixels; the view box is in pixels too.
pub(super) fn svg(class: &'static str, width: f64, height: f64) -> Node {
    let (width, height) = (number(width), number(height));
    el("svg", class)
        .set("width", &width)
        .set("height", &height)
        .set("viewBox", &["0 0 ", &width, " ", &height].concat())
}

/// A path.
pub(super) fn path(class: &'static str, data: &str) -> Node {
    el("path", class).set("d", data)
}

/// A text centred on a point.
pub(super) fn text_at(class: &'static str, at: Point, text: &str) -> Node {
    leaf("text", class, text).set("x", &number(at.x)).set("y", &number(at.y)).attr("text-anchor", "middle")
}

/// A name that follows an arc. `id` names the arc within the shadow root.
pub(super) fn along_arc(class: &'static str, id: &str, arc: &ArcText, name: &str) -> Node {
    let follow = leaf("textPath", "", name).set("href", &["#", id].concat()).attr("startOffset", "50%");
    let text =
        el("text", class).set("font-size", &number(arc.font)).attr("text-anchor", "middle").add(follow);
    el("g", "").add(path("along", &arc.path).set("id", id)).add(text)
}
