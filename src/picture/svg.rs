//! Writing SVG: attributes and texts only go in through here, escaped, so whatever a person wrote is text and nothing
//! else. Presentation attributes alone, no style sheet, so that every drawing program takes it as it is.

use crate::chart::Point;
use crate::chart::path::number;

/// An SVG text under construction.
#[derive(Debug, Default)]
pub(super) struct Svg {
    out: String,
    open: Vec<&'static str>,
}

impl Svg {
    /// Opens an element that will have others in it.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push('>');
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push_str("/>");
    }

    /// An element with a text in it. Soft hyphens are left out: they only say where a word may break.
    pub(super) fn text(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.tag(name, attributes);
        self.out.push('>');
        push_escaped(&mut self.out, text);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// A text at a point, in this size.
    pub(super) fn words(&mut self, at: Point, size: f64, anchor: &str, more: &[(&str, &str)], text: &str) {
        let (x, y, size) = (number(at.x), number(at.y), number(size));
        let own: [(&str, &str); 4] = [("x", &x), ("y", &y), ("font-size", &size), ("text-anchor", anchor)];
        self.text("text", &[&own, more].concat(), text);
    }

    /// A path.
    pub(super) fn path(&mut self, data: &str, more: &[(&str, &str)]) {
        if !data.is_empty() {
            self.empty("path", &[&[("d", data)], more].concat());
        }
    }

    /// The finished text.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out.push('\n');
        self.out
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            push_escaped(&mut self.out, value);
            self.out.push('"');
        }
    }
}

/// XML has no way at all to write some control characters, so those are left out.
fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => out.push(' '),
            '\u{ad}' | '\u{fffe}' | '\u{ffff}' => {}
            character if character.is_control() => {}
            character => out.push(character),
        }
    }
}
