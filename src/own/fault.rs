//! What is wrong with a questionnaire, in words: each problem with its place, what stands there, what was expected, and
//! what to do about it.

use super::nearest::nearest;
use crate::formats::intake::{DEEPEST, Reason};
use crate::i18n::Texts;
use crate::json::{Expected, Problem};

/// Why a questionnaire can't be used.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// It could not be fetched: the status that the server gave, or nothing when there was no answer.
    Unfetched(String),
    /// It isn't a text that can be read as JSON.
    File(Reason),
    /// It is a file of another kind: the name of its format.
    OtherFormat(String),
    /// It is the texts of a language by themselves.
    Texts,
    /// It is JSON, but nothing of ours.
    Nothing,
    /// All that is wrong in it.
    Problems(Vec<Problem>),
}

/// A problem in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Where, as a JSON path.
    pub path: String,
    /// A short excerpt of what stands there; empty when there is nothing.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What to do.
    pub hint: String,
    /// Path, what stands there and what was expected, in one sentence.
    pub text: String,
}

impl Fault {
    /// What is wrong, in a sentence or two, with what to do when that can be said at once.
    #[must_use]
    pub fn describe(&self, texts: &Texts) -> String {
        let place = |key: &str, line: usize, column: usize| {
            texts.fill(key, &[("line", &line.to_string()), ("column", &column.to_string())])
        };
        let plain = |key: &str| texts.get(key).to_owned();
        match self {
            Self::Unfetched(status) if status.is_empty() => plain("ui.author.fault.no-answer"),
            Self::Unfetched(status) => texts.fill("ui.author.fault.status", &[("status", status)]),
            Self::File(reason) => match reason {
                Reason::TooLarge(bytes, most) => {
                    let (size, most) = (bytes.div_ceil(1000).to_string(), (most / 1000).to_string());
                    texts.fill("ui.author.fault.too-large", &[("size", &size), ("most", &most)])
                }
                Reason::Empty => plain("ui.author.fault.empty"),
                Reason::Utf16 => plain("ui.author.fault.utf-16"),
                Reason::Utf8(byte) => texts.fill("ui.author.fault.utf-8", &[("byte", &byte.to_string())]),
                Reason::Deep => texts.fill("ui.author.fault.deep", &[("most", &DEEPEST.to_string())]),
                Reason::Huge { line, column } => place("ui.author.fault.huge", *line, *column),
                Reason::Broken { line, column } => place("ui.author.fault.broken", *line, *column),
                _ => plain("ui.author.fault.nothing"),
            },
            Self::OtherFormat(found) => texts.fill("ui.author.fault.other-format", &[("found", found)]),
            Self::Texts => plain("ui.author.fault.texts"),
            Self::Nothing => plain("ui.author.fault.nothing"),
            Self::Problems(problems) => texts.count("ui.author.problems", problems.len(), &[]),
        }
    }

    /// The problems in its parts, in words, in the order of the file.
    #[must_use]
    pub fn tell(&self, texts: &Texts) -> Vec<Told> {
        let Self::Problems(problems) = self else { return Vec::new() };
        problems.iter().map(|problem| told(problem, texts)).collect()
    }
}

fn told(problem: &Problem, texts: &Texts) -> Told {
    Told {
        path: problem.path.clone(),
        found: problem.found.clone().unwrap_or_default(),
        expected: problem.expected.describe(texts),
        hint: hint(problem, texts),
        text: problem.describe(texts),
    }
}

/// What to do about a problem.
fn hint(problem: &Problem, texts: &Texts) -> String {
    let found = problem.found.as_deref().unwrap_or_default();
    let meant = match &problem.expected {
        Expected::OneOf(list) => nearest(found.trim_matches('"'), list.split(", ")),
        Expected::Field(list) => nearest(last_name(&problem.path), list.split(", ")),
        _ => None,
    };
    if let Some(meant) = meant {
        return texts.fill("ui.author.hint.meant", &[("word", meant)]);
    }
    let word = match &problem.expected {
        Expected::Text if problem.found.is_none() && problem.path.starts_with("$.texts") => "needed",
        Expected::Json { .. } => "json",
        Expected::Object => "object",
        Expected::List => "list",
        Expected::ListOf { .. } => "list-of",
        Expected::Text => "text",
        Expected::Truth => "truth",
        Expected::Number { .. } | Expected::Whole { .. } | Expected::Degree => "number",
        Expected::OneOf(_) | Expected::Day | Expected::Recomputed(_) => "one-of",
        Expected::Id => "id",
        Expected::NewId => "new-id",
        Expected::KnownItem | Expected::KnownParadox | Expected::KnownPole => "known-item",
        Expected::Field(_) => "field",
        Expected::Once => "once",
        Expected::NoPhase | Expected::NoChoice => "no-phase",
        Expected::Tag => "tag",
        Expected::Version(_) => "version",
        Expected::Shorter(_) => "shorter",
    };
    texts.get(&["ui.author.hint.", word].concat()).to_owned()
}

/// The name at the end of a path: `phase` of `$.paradoxes[0].phase`, `a b` of `$["a b"]`.
fn last_name(path: &str) -> &str {
    if let Some(quoted) = path.strip_suffix("\"]") {
        return quoted.rsplit("[\"").next().unwrap_or(quoted);
    }
    path.rsplit('.').next().unwrap_or(path)
}
