//! What someone answered, item by item. An answer that doesn't fit its item can't be put in, and every entry
//! knows when it was made, so that two tabs can be brought together without losing either's newest answer.

use crate::instrument::{Instrument, ItemIx, PhaseIx, Role};

/// Milliseconds since 1970 at which something was answered; 0 when that isn't known.
pub type Stamp = u64;

/// The latest moment that is taken for one: the largest whole number that every reader of JSON keeps exact, and
/// later than any browser's clock can stand, so that what a wrong clock wrote can be read back.
pub(crate) const LATEST: Stamp = 9_007_199_254_740_991;

/// The moment right after one, for an id that is taken; after the latest comes 0.
pub(crate) fn next(at: Stamp) -> Stamp {
    if at < LATEST { at + 1 } else { 0 }
}

/// To what degree a statement holds: 1 (not at all) to 5 (very strongly).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Degree(u8);

impl Degree {
    /// All degrees, from low to high.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// The degree for a number; `None` outside 1–5.
    #[must_use]
    pub fn new(number: u8) -> Option<Self> {
        (1..=5).contains(&number).then_some(Self(number))
    }

    /// The number, 1–5.
    pub fn number(self) -> u8 {
        self.0
    }

    /// `s = 100·(x − 1)/4`: the degree on the scale of all scores, 0–100.
    pub fn score(self) -> f64 {
        100.0 * f64::from(self.0 - 1) / 4.0
    }
}

/// An answer to one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// To what degree a statement holds.
    Degree(Degree),
    /// The phase that fits best.
    Phase(PhaseIx),
    /// "I don't know, or it doesn't apply": looked at, and scored as missing.
    DontKnow,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    at: Stamp,
    answer: Option<Answer>,
}

/// The answers to an instrument's items. Open items are simply not there.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    entries: Vec<Entry>,
}

impl Answers {
    /// No answers yet to the items of `instrument`.
    #[must_use]
    pub fn new(instrument: &Instrument) -> Self {
        Self { entries: vec![Entry::default(); instrument.items().len()] }
    }

    /// Whether an answer is of the kind that an item asks for.
    pub fn fits(instrument: &Instrument, item: ItemIx, answer: Answer) -> bool {
        let choice = instrument.item(item).role == Role::Choice;
        match answer {
            Answer::Degree(_) => !choice,
            Answer::Phase(phase) => choice && phase.index() < instrument.phases().len(),
            Answer::DontKnow => true,
        }
    }

    /// Puts an answer in, or takes it out with `None`. Returns `false`, and changes nothing, when it doesn't fit.
    pub fn set(&mut self, instrument: &Instrument, item: ItemIx, answer: Option<Answer>, at: Stamp) -> bool {
        let fits = answer.is_none_or(|answer| Self::fits(instrument, item, answer));
        let Some(entry) = self.entries.get_mut(item.index()).filter(|_| fits) else {
            return false;
        };
        // A clock that was set back, or gives no time at all, must not make the newest answer look old.
        let touched = entry.at > 0 || entry.answer.is_some();
        *entry = Entry { at: at.max(entry.at.saturating_add(u64::from(touched))), answer };
        true
    }

    /// The answer to an item; `None` when it is open.
    pub fn get(&self, item: ItemIx) -> Option<Answer> {
        self.entries.get(item.index())?.answer
    }

    /// The degree answered to a statement; `None` when it is open or not known.
    pub fn degree(&self, item: ItemIx) -> Option<Degree> {
        match self.get(item)? {
            Answer::Degree(degree) => Some(degree),
            Answer::Phase(_) | Answer::DontKnow => None,
        }
    }

    /// When an item was last answered or cleared; 0 when it never was.
    pub fn stamp(&self, item: ItemIx) -> Stamp {
        self.entries.get(item.index()).map_or(0, |entry| entry.at)
    }

    /// When the newest of the answers to `items` was given; `None` when none of them is answered, or none has a moment.
    pub fn newest(&self, items: &[ItemIx]) -> Option<Stamp> {
        let answered = items.iter().filter(|item| self.is_answered(**item));
        answered.map(|item| self.stamp(*item)).max().filter(|at| *at > 0)
    }

    /// Whether an item is answered, "don't know" included.
    pub fn is_answered(&self, item: ItemIx) -> bool {
        self.get(item).is_some()
    }

    /// Whether nothing is answered.
    pub fn is_empty(&self) -> bool {
        self.entries.iter().all(|entry| entry.answer.is_none())
    }

    /// Takes over every entry of `other` that is newer; a tie goes the same way whichever side merges.
    /// Commutative, associative and idempotent. Returns whether anything changed.
    pub fn merge(&mut self, other: &Self) -> bool {
        let mut changed = false;
        for (mine, theirs) in self.entries.iter_mut().zip(&other.entries) {
            if *mine < *theirs {
                changed |= mine.answer != theirs.answer;
                *mine = *theirs;
            }
        }
        changed
    }
}
