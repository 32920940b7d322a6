//! What could be better in a questionnaire that can be used: the content rules for items (docs/own-questionnaire.md), as
//! far as a program can tell. A warning keeps nobody from anything.

use super::letters::{in_small, is_of_word};
use super::{Language, Questionnaire};
use crate::i18n::Texts;
use crate::instrument::{Form, Instrument, ItemIx, Paradox, Pole, Role};

/// The most warnings: who has more begins with these.
const MOST: usize = 200;
/// The most characters of a statement that is read at a glance, and of a pole's name that fits beside an axis.
const SHORT: usize = 120;
const SHORT_NAME: usize = 30;
/// From how many letters on two words are taken for forms of one when they begin alike.
const STEM: usize = 5;

/// Words that join two ideas, and words that deny, by language. Whoever agrees with half of a statement, or disagrees
/// with a denial, can't be understood.
const JOINING: [(&str, &[&str]); 5] = [
    ("nl", &["en", "én", "of", "maar"]),
    ("en", &["and", "or", "but"]),
    ("de", &["und", "oder", "aber"]),
    ("fr", &["et", "ou", "mais"]),
    ("es", &["y", "o", "pero"]),
];
const DENYING: [(&str, &[&str]); 5] = [
    ("nl", &["niet", "geen", "nooit", "niemand", "nergens", "zonder", "zelden"]),
    (
        "en",
        &["not", "no", "never", "nobody", "none", "without", "rarely", "don’t", "doesn’t", "isn’t", "can’t"],
    ),
    ("de", &["nicht", "kein", "keine", "keinen", "nie", "niemand", "ohne"]),
    ("fr", &["ne", "pas", "jamais", "sans", "aucun", "aucune"]),
    ("es", &["no", "nunca", "sin", "nadie", "ningún", "ninguna"]),
];

/// A rule that is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A statement about a pole has a word of the other pole's name.
    OtherPole,
    /// A statement is long.
    Long,
    /// A statement joins two ideas.
    Double,
    /// A statement denies.
    Negation,
    /// A statement is more than one sentence.
    Sentences,
    /// The question about tension doesn't name a pole.
    Tension,
    /// Two items have the same text.
    Same,
    /// A text that another language has is missing.
    Missing,
    /// A pole has more items than the other.
    Unequal,
    /// A pole has a single item.
    Single,
    /// A paradox has no question about tension.
    NoTension,
    /// The poles of a paradox stand next to each other.
    Adjacent,
    /// A form asks about one pole alone.
    OneSided,
    /// A form mixes statements, tension and phases.
    Sections,
    /// A pole's name is long.
    LongName,
    /// A phase has no items.
    EmptyPhase,
    /// A threshold for a clear lean is under that for a possible one, or a share is over one.
    Thresholds,
    /// The interface doesn't speak this language.
    Interface,
}

impl Rule {
    /// The word in text keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::OtherPole => "other-pole",
            Self::Long => "long",
            Self::Double => "double",
            Self::Negation => "negation",
            Self::Sentences => "sentences",
            Self::Tension => "tension",
            Self::Same => "same",
            Self::Missing => "missing",
            Self::Unequal => "unequal",
            Self::Single => "single",
            Self::NoTension => "no-tension",
            Self::Adjacent => "adjacent",
            Self::OneSided => "one-sided",
            Self::Sections => "sections",
            Self::LongName => "long-name",
            Self::EmptyPhase => "empty-phase",
            Self::Thresholds => "thresholds",
            Self::Interface => "interface",
        }
    }
}

/// Something that could be better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Where, as a JSON path.
    pub path: String,
    /// Which rule.
    pub rule: Rule,
    /// The word or the number that it is about; empty for none.
    pub word: String,
    /// The text that it is about; empty for none.
    pub text: String,
}

impl Warning {
    /// What is the matter and what to do, in a sentence or two.
    #[must_use]
    pub fn describe(&self, texts: &Texts) -> String {
        texts.fill(&["ui.author.rule.", self.rule.word()].concat(), &[("word", &self.word)])
    }
}

/// Goes through the rules; what comes first stands first in the file.
#[must_use]
pub fn lint(questionnaire: &Questionnaire) -> Vec<Warning> {
    let instrument = &*questionnaire.instrument;
    let mut warnings = Warnings(Vec::new());
    for (index, paradox) in instrument.paradoxes().iter().enumerate() {
        warnings.paradox(index, paradox);
    }
    for (index, phase) in instrument.phases().iter().enumerate() {
        if phase.items.is_empty() {
            warnings.add(path(&["$.phases[", &index.to_string(), "]"]), Rule::EmptyPhase, &phase.id);
        }
    }
    let thresholds = instrument.thresholds();
    let (share, whole) = thresholds.complete_share;
    if thresholds.lean_possible > thresholds.lean_clear || share > whole {
        warnings.add("$.thresholds".to_owned(), Rule::Thresholds, "");
    }
    for (index, form) in instrument.forms().iter().enumerate() {
        warnings.form(instrument, index, form);
    }
    for language in &questionnaire.languages {
        warnings.language(questionnaire, language);
    }
    warnings.0
}

fn path(parts: &[&str]) -> String {
    parts.concat()
}

struct Warnings(Vec<Warning>);

/// The text of an item, and where it stands.
struct Statement<'a> {
    path: String,
    text: &'a str,
}

impl Warnings {
    fn add(&mut self, path: String, rule: Rule, word: &str) {
        if self.0.len() < MOST {
            self.0.push(Warning { path, rule, word: word.to_owned(), text: String::new() });
        }
    }

    /// As [`Warnings::add`], about a statement.
    fn say(&mut self, statement: &Statement<'_>, rule: Rule, word: &str) {
        let before = self.0.len();
        self.add(statement.path.clone(), rule, word);
        if let Some(added) = self.0.get_mut(before) {
            statement.text.clone_into(&mut added.text);
        }
    }

    fn paradox(&mut self, index: usize, paradox: &Paradox) {
        let at = || path(&["$.paradoxes[", &index.to_string(), "]"]);
        if paradox.a.len() != paradox.b.len() {
            self.add(at(), Rule::Unequal, &paradox.id);
        } else if paradox.a.len() == 1 {
            self.add(at(), Rule::Single, &paradox.id);
        }
        if paradox.tension.is_none() {
            self.add(at(), Rule::NoTension, &paradox.id);
        }
    }

    fn form(&mut self, instrument: &Instrument, index: usize, form: &Form) {
        let at = |place: usize| path(&["$.forms[", &index.to_string(), "].items[", &place.to_string(), "]"]);
        let pole = |item: ItemIx| match instrument.item(item).role {
            Role::Pole(paradox, pole) => Some((paradox, pole)),
            Role::Tension(_) | Role::Phase(_) | Role::Choice => None,
        };
        let section = |item: ItemIx| match instrument.item(item).role {
            Role::Pole(..) => 0,
            Role::Tension(_) => 1,
            Role::Phase(_) | Role::Choice => 2,
        };
        for (place, pair) in form.items.windows(2).enumerate() {
            let poles = pole(pair[0]).zip(pole(pair[1]));
            if poles.is_some_and(|((left, a), (right, b))| left == right && a != b) {
                self.add(at(place + 1), Rule::Adjacent, &instrument.item(pair[1]).id);
            }
            if section(pair[1]) < section(pair[0]) {
                self.add(at(place + 1), Rule::Sections, &instrument.item(pair[1]).id);
            }
        }
        for paradox in instrument.paradox_positions() {
            let asks = |which: Pole| form.items.iter().any(|item| pole(*item) == Some((paradox, which)));
            if asks(Pole::A) != asks(Pole::B) {
                let at = path(&["$.forms[", &index.to_string(), "]"]);
                self.add(at, Rule::OneSided, &instrument.paradox(paradox).id);
            }
        }
    }

    fn language(&mut self, questionnaire: &Questionnaire, language: &Language) {
        let instrument = &*questionnaire.instrument;
        if language.primary() != language.interface {
            let path = path(&["$.texts[\"", &language.tag, "\"]"]);
            self.add(path, Rule::Interface, language.interface);
        }
        let mut seen: Vec<(String, &str)> = Vec::new();
        for item in instrument.items() {
            let Some(text) = language.find(&path(&["instrument.items.", &item.id])) else { continue };
            let path = path(&["$.texts[\"", &language.tag, "\"].items[\"", &item.id, "\"]"]);
            let statement = Statement { path, text };
            self.item(instrument, language, item.role, &statement);
            let plain = in_small(text);
            if let Some((_, other)) = seen.iter().find(|(known, _)| *known == plain) {
                self.say(&statement, Rule::Same, other);
            } else {
                seen.push((plain, &item.id));
            }
        }
        for paradox in instrument.paradoxes() {
            for letter in ["a", "b"] {
                let name = language.find(&name_key(paradox, letter)).unwrap_or_default();
                if name.chars().count() > SHORT_NAME {
                    let start = ["$.texts[\"", &language.tag, "\"].paradoxes[\"", &paradox.id, "\"]."];
                    self.add(path(&[&start.concat(), letter, ".name"]), Rule::LongName, name);
                }
            }
        }
        let mut told: Vec<&str> = Vec::new();
        for other in questionnaire.languages.iter().filter(|other| other.tag != language.tag) {
            for key in other.keys().filter(|key| !language.says(key)) {
                if !told.contains(&key) {
                    told.push(key);
                    self.add(path_of(&language.tag, key), Rule::Missing, &other.tag);
                }
            }
        }
    }

    fn item(&mut self, instrument: &Instrument, language: &Language, role: Role, statement: &Statement<'_>) {
        let text = statement.text;
        let words = words_of(text);
        let count = text.chars().count();
        if count > SHORT {
            self.say(statement, Rule::Long, &count.to_string());
        }
        let inside = text.trim_end().trim_end_matches(['.', '!', '?', '…', '”', '’']);
        if [". ", "! ", "? "].iter().any(|end| inside.contains(end)) {
            self.say(statement, Rule::Sentences, "");
        }
        let of_list = |lists: &[(&str, &'static [&'static str])]| {
            let list =
                lists.iter().find(|(tag, _)| *tag == language.primary()).map_or(&[][..], |(_, list)| list);
            words.iter().find(|word| list.contains(&word.as_str())).cloned()
        };
        let names = |paradox: &Paradox| {
            ["a", "b"].map(|letter| words_of(language.find(&name_key(paradox, letter)).unwrap_or_default()))
        };
        match role {
            Role::Pole(paradox, pole) => {
                let [a, b] = names(instrument.paradox(paradox));
                let (own, other) = if pole == Pole::A { (a, b) } else { (b, a) };
                let told = other.iter().filter(|word| !own.contains(word)).find(|word| is_in(word, &words));
                if let Some(word) = told {
                    self.say(statement, Rule::OtherPole, word);
                }
                if let Some(word) = of_list(&JOINING) {
                    self.say(statement, Rule::Double, &word);
                }
                if let Some(word) = of_list(&DENYING) {
                    self.say(statement, Rule::Negation, &word);
                }
            }
            Role::Tension(paradox) => {
                for letter in ["a", "b"] {
                    let name =
                        language.find(&name_key(instrument.paradox(paradox), letter)).unwrap_or_default();
                    if !words_of(name).iter().any(|word| is_in(word, &words)) {
                        self.say(statement, Rule::Tension, name);
                    }
                }
            }
            Role::Phase(_) | Role::Choice => {}
        }
    }
}

fn name_key(paradox: &Paradox, letter: &str) -> String {
    path(&["instrument.paradoxes.", &paradox.id, ".", letter, ".name"])
}

fn words_of(text: &str) -> Vec<String> {
    // A soft hyphen says where a name may break.
    in_small(text)
        .replace('\u{ad}', "")
        .replace('\'', "’")
        .split(|c| !is_of_word(c))
        .map(|word| word.trim_matches('’').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether a word of a name stands among these words: whole, or in another form of it. Two long words are forms of one
/// when they begin alike for most of the name.
fn is_in(word: &str, words: &[String]) -> bool {
    let letters = word.chars().count();
    // Articles and such give nothing away.
    if letters < 3 {
        return false;
    }
    words.iter().any(|other| {
        let alike = word.chars().zip(other.chars()).take_while(|(left, right)| left == right).count();
        other == word || alike >= STEM && alike * 5 >= letters * 3
    })
}

/// Where the text of a key stands in the file.
fn path_of(tag: &str, key: &str) -> String {
    let place = match key {
        "ui.result.title" => "result".to_owned(),
        "ui.name.label" => "name".to_owned(),
        _ => {
            let moved = [("ui.start.form.", "forms."), ("ui.wish.", "wish."), ("instrument.", "")];
            let place = moved.iter().find_map(|(start, to)| Some([to, key.strip_prefix(start)?].concat()));
            place.unwrap_or_else(|| key.to_owned())
        }
    };
    path(&["$.texts[\"", tag, "\"].", &place])
}
