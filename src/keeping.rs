//! Keeping what was answered: when to read the storage, when to write, what to do when it is blocked, full or
//! holds something that can't be read. Nothing answered is ever lost to another tab, and nothing unreadable is
//! overwritten before a copy of it is kept.
//!
//! The storage itself comes in through [`Store`], so that tests can block, fill and corrupt it.

use crate::formats::record::Record;
use crate::instrument::Instrument;

/// How many names are tried for a copy before an earlier one of the same moment is given up.
const COPIES: u64 = 100;

/// Storage that doesn't answer: blocked, full, or not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// A place that keeps texts by key: the browser's storage, or a stand-in for it.
pub trait Store {
    /// The text under a key.
    ///
    /// # Errors
    /// When the storage can't be read.
    fn get(&self, key: &str) -> Result<Option<String>, Refused>;

    /// Puts a text under a key, durably before it returns.
    ///
    /// # Errors
    /// When the storage can't be written, for instance because it is full.
    fn set(&self, key: &str, text: &str) -> Result<(), Refused>;
}

/// What someone should know about where their answers are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The storage can't be used: answers live as long as the page is open.
    Blocked,
    /// The storage can't hold more: the newest answers live as long as the page is open.
    Full,
    /// What was stored can't be read; a copy of it is kept and answering starts afresh.
    Unreadable,
    /// What was stored can't be read and can't be copied either, so it is left alone.
    UnreadableLeftAlone,
}

impl Trouble {
    /// The last part of its text key.
    pub fn word(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Full => "full",
            Self::Unreadable => "unreadable",
            Self::UnreadableLeftAlone => "left-alone",
        }
    }
}

/// Keeps one session under one key.
#[derive(Debug)]
pub struct Keeper<S> {
    store: S,
    key: String,
    last: Option<String>,
    /// What stands under the key must not be overwritten.
    hands_off: bool,
    told: Vec<Trouble>,
}

impl<S: Store> Keeper<S> {
    /// Looks under `key` for a session of `instrument`. `now` names the copy of something unreadable.
    pub fn open(
        store: S,
        instrument: &Instrument,
        key: String,
        now: u64,
    ) -> (Self, Option<Record>, Option<Trouble>) {
        let mut keeper = Self { store, key, last: None, hands_off: false, told: Vec::new() };
        let (record, trouble) = match keeper.store.get(&keeper.key) {
            Err(Refused) => (None, Some(Trouble::Blocked)),
            Ok(None) => (None, None),
            Ok(Some(text)) => keeper.take_in(instrument, text, now),
        };
        let trouble = keeper.tell_once(trouble);
        (keeper, record, trouble)
    }

    /// The key under which the session is kept.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Writes `record`, after taking over what another tab wrote meanwhile: afterwards `record` holds the newest
    /// answer to every item. Returns a trouble the first time it is met.
    pub fn save(&mut self, instrument: &Instrument, record: &mut Record, now: u64) -> Option<Trouble> {
        let trouble = self.write(instrument, record, now);
        self.tell_once(trouble)
    }

    /// What another tab wrote, when `text` is that and not our own writing.
    pub fn notice(&mut self, instrument: &Instrument, text: &str) -> Option<Record> {
        if self.hands_off || self.last.as_deref() == Some(text) {
            return None;
        }
        let record = Record::read(instrument, text).ok()?;
        self.last = Some(text.to_owned());
        Some(record)
    }

    fn write(&mut self, instrument: &Instrument, record: &mut Record, now: u64) -> Option<Trouble> {
        if self.hands_off {
            return Some(Trouble::UnreadableLeftAlone);
        }
        let mut trouble = None;
        match self.store.get(&self.key) {
            Err(Refused) => return Some(Trouble::Blocked),
            Ok(Some(text)) if self.last.as_deref() != Some(&text) => {
                let (elsewhere, problem) = self.take_in(instrument, text, now);
                if let Some(elsewhere) = elsewhere {
                    record.answers.merge(&elsewhere.answers);
                }
                if problem == Some(Trouble::UnreadableLeftAlone) {
                    return problem;
                }
                trouble = problem;
            }
            Ok(_) => {}
        }
        let text = record.write(instrument);
        if self.store.set(&self.key, &text).is_err() {
            return Some(Trouble::Full);
        }
        self.last = Some(text);
        trouble
    }

    /// Reads a stored text; keeps a copy when it can't be read.
    fn take_in(
        &mut self,
        instrument: &Instrument,
        text: String,
        now: u64,
    ) -> (Option<Record>, Option<Trouble>) {
        if let Ok(record) = Record::read(instrument, &text) {
            self.last = Some(text);
            return (Some(record), None);
        }
        if self.store.set(&self.name_of_copy(&text, now), &text).is_err() {
            self.hands_off = true;
            return (None, Some(Trouble::UnreadableLeftAlone));
        }
        self.last = Some(text);
        (None, Some(Trouble::Unreadable))
    }

    /// A key that holds nothing yet, or this same text already: an earlier copy is never overwritten.
    fn name_of_copy(&self, text: &str, now: u64) -> String {
        let name = |number: u64| [&self.key, ".unreadable.", &number.to_string()].concat();
        let is_free = |name: &String| !matches!(self.store.get(name), Ok(Some(kept)) if kept != text);
        (now..now.saturating_add(COPIES)).map(name).find(is_free).unwrap_or_else(|| name(now))
    }

    fn tell_once(&mut self, trouble: Option<Trouble>) -> Option<Trouble> {
        let trouble = trouble.filter(|trouble| !self.told.contains(trouble))?;
        self.told.push(trouble);
        Some(trouble)
    }
}
