//! Language packs: every text of the instrument and of the interface, by key, in one language at a time.
//!
//! A pack is a JSON file in `content/`; its nested names joined by dots are the keys
//! (`ui.start.title`, `instrument.items.trust-control.a1`). A missing key yields the key itself, so nothing
//! panics on an incomplete pack; `tests/content.rs` sees to it that the packs that ship are complete.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::json::{self, Expected, Node, Problem, Problems};

/// The packs that are built in: language tag and JSON text, the first being the fallback.
///
/// They are part of the WebAssembly module, so that changing the language never asks the network for anything.
pub const BUILT_IN: [(&str, &str); 2] =
    [("en", include_str!("../../content/en.json")), ("nl", include_str!("../../content/nl.json"))];

/// All texts of one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts {
    language: String,
    by_key: BTreeMap<String, String>,
}

impl Texts {
    /// Reads a pack.
    ///
    /// # Errors
    /// Every problem of the text, with its JSON path.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let value = json::parse(text)?;
        let problems = Problems::default();
        let root = Node::root(&value, &problems);
        let language = root.field("language").text().map(str::to_owned);
        let mut by_key = BTreeMap::new();
        flatten(&value, "", &mut by_key, &problems);
        problems.finish(language.map(|language| Self { language, by_key }))
    }

    /// The built-in pack for a language tag such as `nl` or `nl-BE`; English when there is none for it.
    #[must_use]
    pub fn built_in(tag: &str) -> Self {
        let (_, text) = BUILT_IN[built_in_index(tag).unwrap_or(0)];
        // The packs that ship are read by a test; an empty pack would show keys, which is still no panic.
        Self::read(text).unwrap_or_else(|_| Self { language: "en".to_owned(), by_key: BTreeMap::new() })
    }

    /// The language tag of this pack, such as `nl`.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The text of a key, or the key itself when the pack lacks it.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// The text of a key, if the pack has it.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.by_key.get(key).map(String::as_str)
    }

    /// The text of a key with every `{name}` replaced by its value.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// The text of `key` + `.one` or `.other`, as the number asks for, with `{n}` and other values filled in.
    ///
    /// Dutch and English tell one from all others; a language with more forms adds them here.
    pub fn count(&self, key: &str, n: usize, values: &[(&str, &str)]) -> String {
        let form = if n == 1 { ".one" } else { ".other" };
        let n = n.to_string();
        self.fill(&[key, form].concat(), &[&[("n", n.as_str())], values].concat())
    }

    /// Every key with its text, in the order of the keys.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_key.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }
}

/// The position in [`BUILT_IN`] of the pack for a language tag; region and script are passed over.
pub fn built_in_index(tag: &str) -> Option<usize> {
    let primary = tag.split(['-', '_']).next().unwrap_or(tag);
    BUILT_IN.iter().position(|(language, _)| language.eq_ignore_ascii_case(primary))
}

/// Goes through the text once, so that a value with braces in it is never taken for a placeholder.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let place = after.split_once('}');
        let value = place.and_then(|(name, _)| values.iter().find(|(known, _)| *known == name));
        if let (Some((_, tail)), Some((_, value))) = (place, value) {
            filled.push_str(value);
            rest = tail;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

fn flatten(value: &Value, key: &str, by_key: &mut BTreeMap<String, String>, problems: &Problems) {
    let join = |name: &str| if key.is_empty() { name.to_owned() } else { [key, name].join(".") };
    match value {
        Value::String(text) => {
            by_key.insert(key.to_owned(), text.clone());
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                flatten(value, &join(name), by_key, problems);
            }
        }
        Value::Array(entries) => {
            for (index, value) in entries.iter().enumerate() {
                flatten(value, &join(&index.to_string()), by_key, problems);
            }
        }
        other => problems.note(["$.", key].concat(), Some(other.to_string()), Expected::Text),
    }
}
