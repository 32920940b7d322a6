//! What someone answered in the modules, each answer with the moment it was given: newest wins, as with the answers to
//! the questionnaire.
//!
//! Answers are held by ids and numbers, as they are written, and looked up in the modules when they are needed. So the
//! first download keeps them, brings them together and passes them on without knowing the modules, and an answer to a
//! question that only a newer version asks is not lost.

use super::{Ask, Deepening, QuestionIx};
use crate::answers::{Degree, Stamp};

/// An answer to one question, by places in the modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// The option at this place.
    One(u8),
    /// The options at the places whose bits are set; at least one.
    Several(u16),
    /// A whole number.
    Number(u32),
    /// A step or a degree, 1–5.
    Step(Degree),
}

/// An answer as it is held: it tells by itself what was answered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// The id of an option.
    One(String),
    /// The ids of options.
    Several(Vec<String>),
    /// A whole number, a step or a degree.
    Number(u32),
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    at: Stamp,
    value: Option<Held>,
}

/// The answers, by question; open ones are simply not there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// In the order of the questions' ids.
    entries: Vec<(String, Entry)>,
}

impl Given {
    /// Whether an answer is one that a question can have.
    pub fn fits(deepening: &Deepening, question: QuestionIx, value: Value) -> bool {
        let Some(question) = deepening.questions.get(question.index()) else { return false };
        match (&question.ask, value) {
            (Ask::One(options), Value::One(place)) => usize::from(place) < options.len(),
            (Ask::Several(options), Value::Several(set)) => set != 0 && u32::from(set) < 1 << options.len(),
            (Ask::Number { min, max }, Value::Number(number)) => (*min..=*max).contains(&number),
            (Ask::Steps | Ask::Degree, Value::Step(_)) => true,
            _ => false,
        }
    }

    /// Puts an answer in, or takes it out with `None`. Returns `false`, and changes nothing, when it doesn't fit.
    pub fn set(
        &mut self,
        deepening: &Deepening,
        question: QuestionIx,
        value: Option<Value>,
        at: Stamp,
    ) -> bool {
        if !value.is_none_or(|value| Self::fits(deepening, question, value)) {
            return false;
        }
        let held = value.map(|value| deepening.held(question, value));
        self.change(&deepening.question(question).id, held, at);
        true
    }

    /// The same for an answer that is known to fit.
    pub(crate) fn change(&mut self, id: &str, value: Option<Held>, at: Stamp) {
        match self.find(id) {
            Ok(place) => {
                let old = self.entries[place].1.at;
                self.entries[place].1 = Entry { at: at.max(old.saturating_add(1)), value };
            }
            Err(place) if value.is_some() => {
                self.entries.insert(place, (id.to_owned(), Entry { at, value }));
            }
            Err(_) => {}
        }
    }

    /// Puts an entry as it was written, when it is newer than what is there. For readers of files.
    pub(crate) fn put(&mut self, id: &str, value: Option<Held>, at: Stamp) {
        let entry = Entry { at, value };
        match self.find(id) {
            Ok(place) if self.entries[place].1 < entry => self.entries[place].1 = entry,
            Ok(_) => {}
            Err(place) => self.entries.insert(place, (id.to_owned(), entry)),
        }
    }

    fn find(&self, id: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|(known, _)| known.as_str().cmp(id))
    }

    /// What is held under the id of a question, whether or not it fits.
    pub(crate) fn held(&self, id: &str) -> Option<&Held> {
        self.entries[self.find(id).ok()?].1.value.as_ref()
    }

    /// The answer to a question; one that doesn't fit is none.
    pub fn get(&self, deepening: &Deepening, question: QuestionIx) -> Option<Value> {
        let asked = deepening.questions.get(question.index())?;
        let value = value_of(&asked.ask, self.held(&asked.id)?)?;
        Self::fits(deepening, question, value).then_some(value)
    }

    /// Whether a question is answered with an option, or its answer includes it.
    pub fn has(&self, deepening: &Deepening, question: QuestionIx, option: usize) -> bool {
        match self.get(deepening, question) {
            Some(Value::One(place)) => usize::from(place) == option,
            Some(Value::Several(set)) => option < 16 && set >> option & 1 == 1,
            _ => false,
        }
    }

    /// Without what doesn't fit these modules: what a file for others has of it.
    #[must_use]
    pub fn fitting(&self, deepening: &Deepening) -> Self {
        let fits =
            |id: &str| deepening.find(id).is_some_and(|question| self.get(deepening, question).is_some());
        Self { entries: self.entries.iter().filter(|(id, _)| fits(id)).cloned().collect() }
    }

    /// Every entry with its moment, those that were taken out included, for writers of files.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, Option<&Held>, Stamp)> {
        self.entries.iter().map(|(id, entry)| (id.as_str(), entry.value.as_ref(), entry.at))
    }

    /// Whether nothing is answered.
    pub fn is_empty(&self) -> bool {
        self.entries.iter().all(|(_, entry)| entry.value.is_none())
    }

    /// Takes all answers out, each with its moment, so that another tab does so too.
    pub fn clear(&mut self, at: Stamp) {
        for (_, entry) in &mut self.entries {
            *entry = Entry { at: at.max(entry.at.saturating_add(1)), value: None };
        }
    }

    /// Takes over every answer of `other` that is newer; a tie goes the same way whichever side merges. Commutative,
    /// associative and idempotent. Returns whether anything changed.
    pub fn merge(&mut self, other: &Self) -> bool {
        let before = self.clone();
        for (id, entry) in &other.entries {
            self.put(id, entry.value.clone(), entry.at);
        }
        *self != before
    }
}

impl Deepening {
    /// An answer as it is held.
    pub(crate) fn held(&self, question: QuestionIx, value: Value) -> Held {
        let options: &[String] = match &self.question(question).ask {
            Ask::One(options) | Ask::Several(options) => options,
            Ask::Number { .. } | Ask::Steps | Ask::Degree => &[],
        };
        match value {
            Value::One(place) => Held::One(options.get(usize::from(place)).cloned().unwrap_or_default()),
            Value::Several(set) => {
                let chosen = options.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1);
                Held::Several(chosen.map(|(_, option)| option.clone()).collect())
            }
            Value::Number(number) => Held::Number(number),
            Value::Step(step) => Held::Number(step.number().into()),
        }
    }
}

/// What is held, as an answer to a question that is asked so.
fn value_of(ask: &Ask, held: &Held) -> Option<Value> {
    let place = |options: &[String], option: &String| options.iter().position(|known| known == option);
    match (ask, held) {
        (Ask::One(options), Held::One(option)) => place(options, option).map(|place| Value::One(place as u8)),
        (Ask::Several(options), Held::Several(chosen)) => {
            let places = chosen.iter().map(|option| place(options, option));
            places.into_iter().try_fold(0, |set, place| Some(set | 1 << place?)).map(Value::Several)
        }
        (Ask::Number { .. }, Held::Number(number)) => Some(Value::Number(*number)),
        (Ask::Steps | Ask::Degree, Held::Number(number)) => {
            Degree::new(u8::try_from(*number).ok()?).map(Value::Step)
        }
        _ => None,
    }
}
