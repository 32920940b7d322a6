//! Reading and checking the modules. Notes every problem with its JSON path.

use super::{Ask, BUILT_IN, Deepening, Module, Question, QuestionIx, Rule, Thresholds};
use crate::json::{self, Expected, Node, Problem, Problems};

const FORMAT: &str = "equipoise-deepening";
const FORMAT_VERSION: u32 = 1;
const ASKS: [&str; 5] = ["one", "several", "number", "steps", "degree"];
/// The most options of a question: as many as an answer has bits.
const MOST_OPTIONS: usize = 16;

impl Deepening {
    /// Reads modules from JSON.
    ///
    /// # Errors
    /// Every problem that was found, each with its JSON path, what stood there and what was expected.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let value = json::parse(text)?;
        let problems = Problems::default();
        let deepening = read(&Node::root(&value, &problems));
        problems.finish(deepening)
    }

    /// The modules that ship.
    ///
    /// # Panics
    /// Never in a build that passed its tests: they read them.
    #[must_use]
    pub fn built_in() -> Self {
        match Self::read(BUILT_IN) {
            Ok(deepening) => deepening,
            Err(_) => unreachable!("the built-in modules are sound"),
        }
    }
}

fn read(root: &Node<'_>) -> Option<Deepening> {
    root.object()?;
    root.field("format").one_of(&[FORMAT])?;
    let version = root.field("format_version");
    if version.whole(1, u32::MAX)? > FORMAT_VERSION {
        return version.reject(Expected::Version(FORMAT_VERSION));
    }
    let thresholds = read_thresholds(&root.field("thresholds"));
    let mut questions: Vec<Question> = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    let modules = root.field("modules").list_of(1, 12, |module| {
        let id = module.field("id");
        let name = id.id()?;
        if ids.iter().any(|known| known == name) {
            return id.reject(Expected::NewId);
        }
        ids.push(name.to_owned());
        let rule = module.field("rule").one_of(&Rule::ALL.map(Rule::word));
        let asked = module.field("questions").list_of(1, 40, |question| {
            let read = read_question(&question, &questions)?;
            questions.push(read);
            Some(QuestionIx((questions.len() - 1) as u16))
        })?;
        Some(Module { id: name.to_owned(), rule: Rule::ALL[rule?], questions: asked })
    });
    Some(Deepening { modules: modules?, questions, thresholds: thresholds? })
}

fn read_thresholds(node: &Node<'_>) -> Option<Thresholds> {
    node.object()?;
    let place = |name: &str| node.field(name).number(0.0, 100.0);
    let step = |name: &str| node.field(name).whole(1, 5);
    let (below, from) = (place("network_below"), place("alliance_from"));
    let (business, felt) = (step("business_from"), step("felt_from"));
    Some(Thresholds {
        network_below: below?,
        alliance_from: from?,
        business_from: business?,
        felt_from: felt?,
    })
}

fn read_question(node: &Node<'_>, before: &[Question]) -> Option<Question> {
    let id = node.field("id");
    let name = id.id()?;
    if before.iter().any(|known| known.id == name) {
        return id.reject(Expected::NewId);
    }
    let ask = read_ask(node)?;
    let words = node.field("words");
    let words = if words.is_present() { words.id()?.to_owned() } else { name.to_owned() };
    let when = node.field("when");
    let when = if when.is_present() {
        when.list_of(1, MOST_OPTIONS, |when| read_when(&when, before))?
    } else {
        Vec::new()
    };
    Some(Question { id: name.to_owned(), ask, words, when })
}

fn read_ask(node: &Node<'_>) -> Option<Ask> {
    let options = || {
        let mut taken: Vec<String> = Vec::new();
        node.field("of").list_of(2, MOST_OPTIONS - 1, |option| {
            let id = option.id()?.to_owned();
            if taken.contains(&id) {
                return option.reject(Expected::NewId);
            }
            taken.push(id.clone());
            Some(id)
        })
    };
    match node.field("ask").one_of(&ASKS)? {
        0 => options().map(Ask::One),
        1 => options().map(Ask::Several),
        2 => {
            let (min, max) = (node.field("min").whole(0, u32::MAX), node.field("max").whole(0, u32::MAX));
            Some(Ask::Number { min: min?, max: max? })
        }
        3 => Some(Ask::Steps),
        _ => Some(Ask::Degree),
    }
}

/// `["profile.models", "secretariat"]`, one of the alternatives: an earlier question and one of its options.
fn read_when(node: &Node<'_>, before: &[Question]) -> Option<(QuestionIx, usize)> {
    let index = node.entry(0, |id| {
        let known = id.text().and_then(|name| before.iter().position(|question| question.id == name));
        if known.is_none() { id.reject(Expected::KnownItem) } else { known }
    })?;
    let options: Vec<&str> = match &before[index].ask {
        Ask::One(options) | Ask::Several(options) => options.iter().map(String::as_str).collect(),
        Ask::Number { .. } | Ask::Steps | Ask::Degree => Vec::new(),
    };
    let option = node.entry(1, |option| option.one_of(&options))?;
    Some((QuestionIx(index as u16), option))
}
