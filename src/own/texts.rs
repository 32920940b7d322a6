//! The texts of a questionnaire: read language by language, each complete by itself, and put together with those of
//! the interface.

use serde_json::Value;

use super::defaults::list;
use super::{Language, only};
use crate::i18n::{self, LANGUAGES, Texts};
use crate::instrument::Instrument;
use crate::json::{Expected, Node};

/// The most characters: of a name that stands in a chart, of a statement, and of anything else.
const NAME: usize = 60;
const STATEMENT: usize = 300;
const LONGEST: usize = 1000;
/// The most entries of a list of tasks or pitfalls.
const ENTRIES: usize = 12;

/// Texts that are said once: the field, and the key of the screens.
const PLAIN: [(&str, &str); 8] = [
    ("title", "instrument.title"),
    ("lead", "instrument.lead"),
    ("question", "instrument.question"),
    ("instruction", "instrument.instruction"),
    ("honesty", "instrument.honesty"),
    ("source", "instrument.source"),
    ("result", "ui.result.title"),
    ("name", "ui.name.label"),
];
/// The objects with further texts.
const OBJECTS: [&str; 7] = ["scale", "items", "choices", "phases", "paradoxes", "forms", "wish"];
const SCALE: [&str; 6] = ["1", "2", "3", "4", "5", "dont-know"];
const WISH: [&str; 3] = ["question", "pole-question", "instruction"];
const OF_POLE: [&str; 4] = ["name", "meaning", "practice", "risk"];
/// The cases in which a question and a first step are given.
pub(super) const ADVICE: [&str; 4] = ["a", "b", "neglected", "tense"];
const PROVENANCE: [&str; 4] = ["book", "theme", "literature", "own"];

/// What texts are wanted for: ids as far as they could be read, so that texts are checked beside an instrument that is
/// wrong as well.
#[derive(Debug)]
pub(super) struct Wanted {
    items: Vec<String>,
    paradoxes: Vec<String>,
    phases: Vec<String>,
    forms: Vec<String>,
}

impl Wanted {
    pub(super) fn of(value: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let ids = |name, most| list(value, name, most).filter_map(|entry| text(&entry["id"])).collect();
        let mut items: Vec<String> = Vec::new();
        for paradox in list(value, "paradoxes", 24) {
            for pole in ["a", "b"] {
                items.extend(list(paradox, pole, 6).filter_map(text));
            }
            items.extend(text(&paradox["tension"]));
        }
        for phase in list(value, "phases", 8) {
            items.extend(list(phase, "items", 12).filter_map(text));
        }
        items.extend(text(&value["choice"]));
        let (paradoxes, phases, forms) = (ids("paradoxes", 24), ids("phases", 8), ids("forms", 8));
        Self { items, paradoxes, phases, forms }
    }
}

/// Reads the texts of every language; every language has all that is needed.
pub(super) fn read(node: &Node<'_>, wanted: &Wanted) -> Option<Vec<Language>> {
    let tags: Vec<&String> = node.object()?.keys().filter(|tag| !tag.starts_with("x-")).collect();
    if tags.is_empty() || tags.len() > 40 {
        return node.reject(Expected::ListOf { min: 1, max: 40 });
    }
    Some(tags.into_iter().filter_map(|tag| language(&node.field(tag), tag, wanted)).collect())
}

fn language(node: &Node<'_>, tag: &str, wanted: &Wanted) -> Option<Language> {
    if !is_tag(tag) {
        return node.reject(Expected::Tag);
    }
    node.object()?;
    let plain = PLAIN.iter().map(|(name, _)| *name);
    let known: Vec<&str> = ["language", "interface"].into_iter().chain(plain).chain(OBJECTS).collect();
    only(node, &known);
    let own_name = LANGUAGES.iter().find(|(shipped, _)| *shipped == tag).map_or(tag, |(_, name)| name);
    let name = optional(&node.field("language"), NAME).unwrap_or_else(|| own_name.to_owned());
    let interface = node.field("interface");
    let tags = LANGUAGES.map(|(tag, _)| tag);
    let interface = if interface.is_present() {
        interface.one_of(&tags).map(|index| tags[index])
    } else {
        Some(super::interface_for(tag))
    };
    let mut said = Said { entries: Vec::new(), wanted };
    said.all(node);
    Some(Language { tag: tag.to_owned(), name, interface: interface?, said: said.entries })
}

/// A tag that every browser takes: language, and perhaps script and region.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let language = parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && letters(part));
    let mut next = parts.next();
    if next.is_some_and(|part| part.len() == 4 && letters(part)) {
        next = parts.next();
    }
    let is_region = |part: &str| {
        part.len() == 2 && letters(part) || part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    language && next.is_none_or(is_region) && parts.next().is_none()
}

/// A text that may be left out.
fn optional(node: &Node<'_>, most: usize) -> Option<String> {
    if node.is_present() { node.text_of(most).map(str::to_owned) } else { None }
}

/// The texts of one language, key by key, while they are read.
struct Said<'a> {
    entries: Vec<(String, String)>,
    wanted: &'a Wanted,
}

impl Said<'_> {
    fn put(&mut self, key: &[&str], text: Option<String>) {
        if let Some(text) = text {
            self.entries.push((key.concat(), text));
        }
    }

    fn needed(&mut self, key: &[&str], node: &Node<'_>, most: usize) {
        self.put(key, node.text_of(most).map(str::to_owned));
    }

    fn optional(&mut self, key: &[&str], node: &Node<'_>, most: usize) {
        self.put(key, optional(node, most));
    }

    fn all(&mut self, node: &Node<'_>) {
        for (name, key) in PLAIN {
            let (field, most) = (node.field(name), if name == "name" { NAME } else { LONGEST });
            if name == "title" {
                self.needed(&[key], &field, STATEMENT);
            } else {
                self.optional(&[key], &field, most);
            }
        }
        self.fields(&node.field("scale"), "instrument.scale.", &SCALE, STATEMENT);
        self.fields(&node.field("wish"), "ui.wish.", &WISH, LONGEST);
        self.items(&node.field("items"));
        let choices = node.field("choices");
        let phases: Vec<&str> = self.wanted.phases.iter().map(String::as_str).collect();
        self.fields(&choices, "instrument.choices.", &phases, STATEMENT);
        self.each(&node.field("paradoxes"), &self.wanted.paradoxes, true, Self::paradox);
        self.each(&node.field("phases"), &self.wanted.phases, true, Self::phase);
        if node.field("forms").is_present() {
            self.each(&node.field("forms"), &self.wanted.forms, false, Self::form);
        }
    }

    /// An object of texts that may all be left out.
    fn fields(&mut self, node: &Node<'_>, start: &str, names: &[&str], most: usize) {
        if !node.is_present() || node.object().is_none() {
            return;
        }
        only(node, names);
        for name in names {
            self.optional(&[start, name], &node.field(name), most);
        }
    }

    fn items(&mut self, node: &Node<'_>) {
        if node.object().is_none() {
            return;
        }
        let ids: Vec<&str> = self.wanted.items.iter().map(String::as_str).collect();
        only(node, &ids);
        for id in ids {
            self.needed(&["instrument.items.", id], &node.field(id), STATEMENT);
        }
    }

    /// An object for each id.
    fn each(&mut self, node: &Node<'_>, ids: &[String], needed: bool, read: fn(&mut Self, &Node<'_>, &str)) {
        if ids.is_empty() && !node.is_present() || node.object().is_none() {
            return;
        }
        let known: Vec<&str> = ids.iter().map(String::as_str).collect();
        only(node, &known);
        for id in ids {
            let field = node.field(id);
            // A form can do without texts of its own.
            if (needed || field.is_present()) && field.object().is_some() {
                read(self, &field, id);
            }
        }
    }

    fn paradox(&mut self, node: &Node<'_>, id: &str) {
        only(node, &["a", "b", "both", "talk", "step", "source"]);
        let start = ["instrument.paradoxes.", id, "."].concat();
        for letter in ["a", "b"] {
            let pole = node.field(letter);
            if pole.object().is_none() {
                continue;
            }
            only(&pole, &OF_POLE);
            self.needed(&[&start, letter, ".name"], &pole.field("name"), NAME);
            for name in &OF_POLE[1..] {
                self.optional(&[&start, letter, ".", name], &pole.field(name), LONGEST);
            }
        }
        self.optional(&[&start, "both"], &node.field("both"), LONGEST);
        self.optional(&[&start, "source"], &node.field("source"), LONGEST);
        for kind in ["talk", "step"] {
            self.fields(&node.field(kind), &[&start, kind, "."].concat(), &ADVICE, LONGEST);
        }
    }

    fn phase(&mut self, node: &Node<'_>, id: &str) {
        only(node, &["name", "word", "question", "about", "tasks", "pitfalls", "next"]);
        let start = ["instrument.phases.", id, "."].concat();
        self.needed(&[&start, "name"], &node.field("name"), NAME);
        for (name, most) in [("word", NAME), ("question", STATEMENT), ("about", LONGEST), ("next", LONGEST)] {
            self.optional(&[&start, name], &node.field(name), most);
        }
        for name in ["tasks", "pitfalls"] {
            let list = node.field(name);
            if !list.is_present() {
                continue;
            }
            let mut texts = Vec::new();
            list.list_of(1, ENTRIES, |entry| {
                texts.push(entry.text_of(STATEMENT)?.to_owned());
                Some(())
            });
            for (index, text) in texts.into_iter().enumerate() {
                self.put(&[&start, name, ".", &index.to_string()], Some(text));
            }
        }
    }

    fn form(&mut self, node: &Node<'_>, id: &str) {
        only(node, &["name", "about"]);
        let start = ["ui.start.form.", id, "."].concat();
        self.optional(&[&start, "name"], &node.field("name"), NAME);
        self.optional(&[&start, "about"], &node.field("about"), STATEMENT);
    }
}

/// What a key begins with that the interface's pack says of the built-in instrument, and of no other.
const BUILT_IN: [&str; 3] = ["instrument.", "own.", "ui.start.form."];
/// A text that may be missing: what shows it leaves it out then.
const NOTHING: &str = "";

fn is_of_built_in(key: &str) -> bool {
    BUILT_IN.iter().any(|start| key.starts_with(start))
}

/// All texts of a language: those of the interface where they fit any subject; what the interface says of any own
/// questionnaire instead of what it says of the built-in one (`own.ui.…` for `ui.…`); what can be said of each id
/// without a text for it; and on top whatever the questionnaire says itself.
pub(super) fn dress(instrument: &Instrument, language: &Language, interface: &Texts) -> Texts {
    let mut entries: Vec<(String, String)> = Vec::new();
    let mut put = |key: String, text: &str| entries.push((key, text.to_owned()));
    let scale = |key: &str| key.starts_with("instrument.scale.");
    let deepening = |key: &str| key.starts_with("deepening.") || key.starts_with("ui.deepen.");
    for (key, text) in interface.entries() {
        let is_kept = if deepening(key) { instrument.has_deepening() } else { !is_of_built_in(key) };
        if is_kept || scale(key) {
            put(key.to_owned(), text);
        }
    }
    for (key, text) in interface.entries() {
        if let Some(key) = key.strip_prefix("own.").filter(|key| !key.starts_with("default.")) {
            put(key.to_owned(), text);
        }
    }
    put(super::LANGUAGE_NAME.to_owned(), &language.name);
    put("instrument.source".to_owned(), NOTHING);
    for word in PROVENANCE {
        put(["instrument.provenance.", word].concat(), NOTHING);
    }
    let said = |key: &str| {
        language.said.iter().find(|(known, _)| known == key).map_or(NOTHING, |(_, text)| text.as_str())
    };
    for paradox in instrument.paradoxes() {
        let start = ["instrument.paradoxes.", &paradox.id, "."].concat();
        let name = |letter: &str| said(&[&start, letter, ".name"].concat());
        let names = [("a", name("a")), ("b", name("b"))];
        for letter in ["a", "b"] {
            for name in OF_POLE {
                put([&start, letter, ".", name].concat(), NOTHING);
            }
        }
        for name in ["both", "source"] {
            put([&start, name].concat(), NOTHING);
        }
        for kind in ["talk", "step"] {
            for case in ADVICE {
                let key = ["own.default.", kind, ".", case].concat();
                put([&start, kind, ".", case].concat(), &interface.fill(&key, &names));
            }
        }
    }
    for phase in instrument.phases() {
        let start = ["instrument.phases.", &phase.id, "."].concat();
        let name = said(&[&start, "name"].concat());
        put(["instrument.choices.", &phase.id].concat(), name);
        put([&start, "word"].concat(), name);
        for name in ["question", "about", "next"] {
            put([&start, name].concat(), NOTHING);
        }
    }
    for (index, form) in instrument.forms().iter().enumerate() {
        let start = ["ui.start.form.", &form.id, "."].concat();
        let key = match form.id.as_str() {
            _ if instrument.forms().len() == 1 => "only",
            "quick" => "quick",
            "full" => "full",
            _ => "numbered",
        };
        let number = (index + 1).to_string();
        let name = interface.fill(&["own.default.form.", key].concat(), &[("n", &number)]);
        put([&start, "name"].concat(), &name);
        put([&start, "about"].concat(), NOTHING);
    }
    entries.extend(language.said.iter().cloned());
    Texts::of(&language.tag, entries)
}

impl Language {
    /// Whether it has a text of its own for this key.
    pub fn says(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// Its own text for a key.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.said.iter().find(|(known, _)| known == key).map(|(_, text)| text.as_str())
    }

    /// The keys of its texts, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.said.iter().map(|(key, _)| key.as_str())
    }

    /// The language without region.
    pub fn primary(&self) -> &str {
        i18n::primary(&self.tag)
    }
}
