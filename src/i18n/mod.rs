//! Language packs: every text of the instrument and of the interface, by key, in one language at a time.
//!
//! A pack is a JSON file in `content/`; its nested names joined by dots are the keys
//! (`ui.start.title`, `instrument.items.trust-control.a1`). A missing key yields the key itself, so nothing
//! panics on an incomplete pack; `tests/content.rs` sees to it that the packs that ship are complete.

use std::rc::Rc;

use serde_json::Value;

use crate::json::{self, Expected, Node, Problem, Problems};

/// The languages that ship: tag, and what speakers call it. The first is the fallback.
pub const LANGUAGES: [(&str, &str); 2] = [("en", "English"), ("nl", "Nederlands")];

/// The packs as people write them, by language: for programs that run without a browser, and for tests. The widget
/// fetches the shipped form of the pack in use, so none of this is in its download.
pub const SOURCES: [(&str, &str); 2] =
    [("en", include_str!("../../content/en.json")), ("nl", include_str!("../../content/nl.json"))];

/// The keys of packs in their shipped form, in order: one list for all languages.
pub type Keys = Rc<[String]>;

/// What the keys begin with that the first screens ask for, those until the questions are answered. These texts are
/// downloaded first, and all others with the further part.
const FIRST: [&str; 18] = [
    "instrument.choices.",
    "instrument.honesty",
    "instrument.instruction",
    "instrument.items.",
    "instrument.lead",
    "instrument.question",
    "instrument.scale.",
    "instrument.source",
    "instrument.title",
    "ui.foot.",
    "ui.language.",
    "ui.notice.",
    "ui.page.",
    "ui.review.",
    "ui.say.",
    "ui.start.",
    "ui.wait.",
    "language",
];

/// What the keys begin with that only few pages ask for: those with an own questionnaire, for its author, for a group,
/// or on a screen that strangers share.
const APART: [&str; 4] = ["own.", "ui.author.", "ui.kiosk.", "ui.together."];

/// What the keys begin with of what is said when the program can't start or breaks down.
const FAILED: &str = "failed.";

/// When texts are downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// With the element itself, as no program is there to say them.
    Element,
    /// Before the first screen.
    First,
    /// Right after it.
    Further,
    /// Only where the part is needed that stands apart.
    Apart,
}

impl Part {
    /// The part to which a key belongs.
    pub fn of(key: &str) -> Self {
        let begins = |starts: &[&str]| starts.iter().any(|start| key.starts_with(start));
        match () {
            () if begins(&FIRST) => Self::First,
            () if begins(&APART) => Self::Apart,
            () if key.starts_with(FAILED) => Self::Element,
            () => Self::Further,
        }
    }
}

/// All texts of one language, or those of the first part.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts {
    language: String,
    lists: Vec<List>,
    whole: bool,
}

/// Texts with their keys, as they are downloaded together.
#[derive(Clone, Debug, PartialEq)]
struct List {
    /// In order, so that a text is found by halving.
    keys: Keys,
    /// The texts of these keys, in the same order.
    values: Vec<String>,
}

impl Texts {
    /// Reads a pack as people write it.
    ///
    /// # Errors
    /// Every problem of the text, with its JSON path.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let value = json::parse(text)?;
        let problems = Problems::default();
        let root = Node::root(&value, &problems);
        let language = root.field("language").text().map(str::to_owned);
        let mut flat = Flat::default();
        flat.take_in(&value, "", &problems);
        let lists = vec![List { keys: flat.keys.into(), values: flat.texts }];
        let texts = language.map(|language| Self { language, lists, whole: true });
        problems.finish(texts)
    }

    /// The pack of a shipped language, for programs that run without a browser; English for any other tag.
    #[must_use]
    pub fn built_in(tag: &str) -> Self {
        let language = shipped(tag).unwrap_or(LANGUAGES[0].0);
        let source = SOURCES.iter().find(|(known, _)| *known == language).map_or("", |(_, source)| source);
        let none = |_| Self { language: language.to_owned(), lists: Vec::new(), whole: true };
        Self::read(source).unwrap_or_else(none)
    }

    /// A part of the pack in its shipped form: the keys, which all languages share, and the texts in the same order.
    /// What is the same in every language travels once.
    #[must_use]
    pub fn pack(&self, part: Part) -> (String, String) {
        let (keys, texts): (Vec<&str>, Vec<&str>) =
            self.entries().filter(|(key, _)| Part::of(key) == part).unzip();
        let texts = serde_json::json!({ "language": self.language, "texts": texts });
        (serde_json::json!(keys).to_string(), texts.to_string())
    }

    /// The keys of packs in their shipped form.
    ///
    /// # Errors
    /// Every problem of the text, with its JSON path.
    pub fn unpack_keys(keys: &str) -> Result<Keys, Vec<Problem>> {
        let value = json::parse(keys)?;
        let problems = Problems::default();
        let keys = Node::root(&value, &problems).list(|key| key.text().map(str::to_owned));
        problems.finish(keys.map(Rc::from))
    }

    /// Reads a part of a pack in its shipped form.
    ///
    /// # Errors
    /// Every problem of the text, with its JSON path; a pack with more or fewer texts than keys is one.
    pub fn unpack(keys: &Keys, text: &str) -> Result<Self, Vec<Problem>> {
        let value = json::parse(text)?;
        let problems = Problems::default();
        let root = Node::root(&value, &problems);
        let language = root.field("language").text().map(str::to_owned);
        let count = keys.len();
        let texts = root.field("texts").list_of(count, count, |text| text.text().map(str::to_owned));
        let both = language.zip(texts);
        problems.finish(both.map(|(language, values)| {
            let list = List { keys: Rc::clone(keys), values };
            Self { language, lists: vec![list], whole: false }
        }))
    }

    /// These texts, and further ones of the same language: nothing is missing then.
    #[must_use]
    pub fn with(mut self, further: Self) -> Self {
        self.lists.extend(further.lists);
        self.whole = true;
        self
    }

    /// All texts of one language from keys with their texts; of a key that stands there twice the last counts.
    #[must_use]
    pub fn of(language: &str, entries: Vec<(String, String)>) -> Self {
        let mut flat = Flat::default();
        for (key, text) in entries {
            flat.put(key, text);
        }
        let lists = vec![List { keys: flat.keys.into(), values: flat.texts }];
        Self { language: language.to_owned(), lists, whole: true }
    }

    /// Whether the further texts are here as well.
    pub fn is_whole(&self) -> bool {
        self.whole
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
        self.lists.iter().find_map(|list| {
            let place = list.keys.binary_search_by(|known| known.as_str().cmp(key)).ok()?;
            list.values.get(place).map(String::as_str)
        })
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

    /// Every key with its text, in the order of the keys; the further ones after the first when they came later.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lists
            .iter()
            .flat_map(|list| list.keys.iter().map(String::as_str).zip(list.values.iter().map(String::as_str)))
    }
}

/// The shipped language for a tag such as `nl-BE`; region and script are passed over.
pub fn shipped(tag: &str) -> Option<&'static str> {
    let primary = primary(tag);
    LANGUAGES.iter().map(|(language, _)| *language).find(|language| language.eq_ignore_ascii_case(primary))
}

/// Languages that are written from right to left; ours aren't, and a questionnaire may bring any.
const RIGHT_TO_LEFT: [&str; 8] = ["ar", "dv", "fa", "he", "ps", "sd", "ur", "yi"];

/// The direction in which a language is written, as the attribute `dir` has it.
pub fn direction(tag: &str) -> &'static str {
    if RIGHT_TO_LEFT.contains(&primary(tag)) { "rtl" } else { "ltr" }
}

/// The language of a tag, without region and script: `nl` of `nl-BE`.
pub fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
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

/// A pack's texts with their joined keys, kept in the order of the keys.
#[derive(Default)]
struct Flat {
    keys: Vec<String>,
    texts: Vec<String>,
}

impl Flat {
    fn put(&mut self, key: String, text: String) {
        match self.keys.binary_search(&key) {
            Ok(place) => self.texts[place] = text,
            Err(place) => {
                self.keys.insert(place, key);
                self.texts.insert(place, text);
            }
        }
    }

    fn take_in(&mut self, value: &Value, key: &str, problems: &Problems) {
        let join = |name: &str| if key.is_empty() { name.to_owned() } else { [key, ".", name].concat() };
        match value {
            Value::String(text) => self.put(key.to_owned(), text.clone()),
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.take_in(value, &join(name), problems);
                }
            }
            Value::Array(entries) => {
                for (index, value) in entries.iter().enumerate() {
                    self.take_in(value, &join(&index.to_string()), problems);
                }
            }
            other => problems.note(["$.", key].concat(), Some(json::excerpt(other)), Expected::Text),
        }
    }
}
