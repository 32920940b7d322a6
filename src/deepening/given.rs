//! What someone answered in the modules, each answer with the moment it was given: newest wins, as with the answers to
//! the questionnaire.

use super::{Ask, Deepening, QuestionIx};
use crate::answers::{Degree, Stamp};

/// An answer to one question.
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    at: Stamp,
    value: Option<Value>,
}

/// The answers, by question; open ones are simply not there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// In the order of the questions.
    entries: Vec<(QuestionIx, Entry)>,
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
        match self.entries.binary_search_by_key(&question, |(question, _)| *question) {
            Ok(place) => {
                let old = self.entries[place].1.at;
                self.entries[place].1 = Entry { at: at.max(old.saturating_add(1)), value };
            }
            Err(place) if value.is_some() => self.entries.insert(place, (question, Entry { at, value })),
            Err(_) => {}
        }
        true
    }

    /// Puts an entry as it was written, when it is newer than what is there. For readers of files, after
    /// [`Given::fits`].
    pub(crate) fn put(&mut self, question: QuestionIx, value: Option<Value>, at: Stamp) {
        let entry = Entry { at, value };
        match self.entries.binary_search_by_key(&question, |(question, _)| *question) {
            Ok(place) if self.entries[place].1 < entry => self.entries[place].1 = entry,
            Ok(_) => {}
            Err(place) => self.entries.insert(place, (question, entry)),
        }
    }

    /// The answer to a question.
    pub fn get(&self, question: QuestionIx) -> Option<Value> {
        let place = self.entries.binary_search_by_key(&question, |(question, _)| *question).ok()?;
        self.entries[place].1.value
    }

    /// Whether a question is answered with an option, or its answer includes it.
    pub fn has(&self, question: QuestionIx, option: usize) -> bool {
        match self.get(question) {
            Some(Value::One(place)) => usize::from(place) == option,
            Some(Value::Several(set)) => option < 16 && set >> option & 1 == 1,
            _ => false,
        }
    }

    /// Every entry with its moment, those that were taken out included, for writers of files.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (QuestionIx, Option<Value>, Stamp)> {
        self.entries.iter().map(|(question, entry)| (*question, entry.value, entry.at))
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
        for (question, entry) in &other.entries {
            self.put(*question, entry.value, entry.at);
        }
        *self != before
    }
}
