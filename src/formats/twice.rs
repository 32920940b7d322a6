//! Names that stand twice in one object. A parser keeps the last of them and says nothing, but an answer that stands
//! there twice was perhaps pasted together from two files, and nobody can know which one is meant.

use serde_json::{Map, Value};

use crate::json::{step_to_entry, step_to_field};

/// The most that are looked for; who has more sees these first.
const MOST: usize = 20;

/// A name that stands twice.
#[derive(Debug, PartialEq)]
pub(crate) struct Twice {
    /// The entry of the outermost list that it stands in; 0 where the outermost value is no list.
    pub(crate) entry: usize,
    /// Its JSON path, within that entry.
    pub(crate) path: String,
}

/// Finds names that stand twice in a text that is known to be JSON, nested no deeper than the parser allows.
pub(crate) fn find(text: &str) -> Vec<Twice> {
    let mut scan = Scan { rest: text.trim_start(), path: "$".to_owned(), entry: 0, found: Vec::new() };
    if scan.skip('[') {
        while !scan.skip(']') && !scan.rest.is_empty() {
            scan.value();
            scan.skip(',');
            scan.entry += 1;
        }
    } else {
        scan.value();
    }
    scan.found
}

struct Scan<'a> {
    rest: &'a str,
    path: String,
    entry: usize,
    found: Vec<Twice>,
}

impl<'a> Scan<'a> {
    /// Passes over space, and over `mark` if it comes next.
    fn skip(&mut self, mark: char) -> bool {
        self.rest = self.rest.trim_start();
        let after = self.rest.strip_prefix(mark);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn value(&mut self) {
        if self.skip('{') {
            self.fields();
        } else if self.skip('[') {
            self.entries();
        } else if self.rest.starts_with('"') {
            self.text();
        } else {
            let end = self.rest.find([',', ']', '}']).unwrap_or(self.rest.len());
            self.rest = &self.rest[end..];
        }
    }

    fn fields(&mut self) {
        let mut names = Map::new();
        while !self.skip('}') && !self.rest.is_empty() {
            let name = name_of(self.text());
            self.skip(':');
            let length = self.path.len();
            step_to_field(&mut self.path, &name);
            if names.insert(name, Value::Null).is_some() && self.found.len() < MOST {
                self.found.push(Twice { entry: self.entry, path: self.path.clone() });
            }
            self.value();
            self.path.truncate(length);
            self.skip(',');
        }
    }

    fn entries(&mut self) {
        let mut index = 0;
        while !self.skip(']') && !self.rest.is_empty() {
            let length = self.path.len();
            step_to_entry(&mut self.path, index);
            self.value();
            self.path.truncate(length);
            self.skip(',');
            index += 1;
        }
    }

    /// Passes over a text and returns it with its quotes.
    fn text(&mut self) -> &'a str {
        let mut escaped = false;
        let end = self.rest.bytes().skip(1).position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        let (text, rest) = self.rest.split_at(end.map_or(self.rest.len(), |end| end + 2));
        self.rest = rest.trim_start();
        text
    }
}

/// The name between quotes, its escapes resolved.
fn name_of(quoted: &str) -> String {
    let inside = quoted.trim_matches('"');
    if !inside.contains('\\') {
        return inside.to_owned();
    }
    match serde_json::from_str(quoted) {
        Ok(Value::String(name)) => name,
        _ => inside.to_owned(),
    }
}
