//! Keeping what was answered: when to read the storage, when to write, what to do when it is blocked, full or
//! holds something that can't be read. Nothing answered is ever lost to another tab, and nothing unreadable is
//! overwritten before a copy of it is kept.
//!
//! The storage itself comes in through [`Store`], so that tests can block, fill and corrupt it. What is kept comes in
//! through [`Keepable`]: the session under its key, and the kept results under another, each by a [`Keeper`] of its own.

use std::marker::PhantomData;

use crate::formats::history;
use crate::formats::record::Record;
use crate::history::History;
use crate::instrument::Instrument;
use crate::json::Problem;

/// How many names are tried for a copy before an earlier one of the same moment is given up.
const COPIES: u64 = 100;
/// What stands between a key and the number of a copy.
const COPY: &str = ".unreadable.";

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

    /// Takes a key out, with its text.
    ///
    /// # Errors
    /// When the storage can't be written.
    fn remove(&self, key: &str) -> Result<(), Refused>;

    /// All keys there are, those of others too.
    ///
    /// # Errors
    /// When the storage can't be read.
    fn keys(&self) -> Result<Vec<String>, Refused>;
}

/// Something that is kept under a key, by several tabs at once.
pub trait Keepable: Sized {
    /// Reads what is stored.
    ///
    /// # Errors
    /// Every problem with its JSON path.
    fn read(instrument: &Instrument, text: &str) -> Result<Self, Vec<Problem>>;

    /// The text to store.
    fn write(&self, instrument: &Instrument) -> String;

    /// Takes over whatever is newer in what another tab wrote.
    fn take_over(&mut self, other: &Self);
}

impl Keepable for Record {
    fn read(instrument: &Instrument, text: &str) -> Result<Self, Vec<Problem>> {
        Self::read(instrument, text)
    }

    fn write(&self, instrument: &Instrument) -> String {
        self.write(instrument)
    }

    fn take_over(&mut self, other: &Self) {
        self.merge(other);
    }
}

impl Keepable for History {
    fn read(instrument: &Instrument, text: &str) -> Result<Self, Vec<Problem>> {
        history::read(instrument, text)
    }

    fn write(&self, instrument: &Instrument) -> String {
        history::write(instrument, self)
    }

    fn take_over(&mut self, other: &Self) {
        self.merge(other);
    }
}

/// The key of the kept results that belong to a session's key.
#[must_use]
pub fn history_key(key: &str) -> String {
    [key, ".history"].concat()
}

/// What a key of ours holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The answers and what was written beside them.
    Session,
    /// The kept results.
    History,
    /// A copy of something that could not be read.
    Copy,
}

impl Holds {
    /// The last part of its text key.
    pub fn word(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::History => "history",
            Self::Copy => "copy",
        }
    }
}

/// Something of ours in the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its key.
    pub key: String,
    /// How many bytes key and text have together, in UTF-8.
    pub bytes: usize,
    /// What it is.
    pub holds: Holds,
}

/// Everything of ours in the storage, in the order of the keys.
///
/// # Errors
/// When the storage can't be read.
pub fn stored(store: &impl Store, key: &str) -> Result<Vec<Stored>, Refused> {
    let mut ours: Vec<(String, Holds)> = Vec::new();
    for name in store.keys()? {
        if let Some(holds) = holds(key, &name) {
            let place = ours.partition_point(|(known, _)| *known < name);
            ours.insert(place, (name, holds));
        }
    }
    ours.into_iter()
        .map(|(key, holds)| {
            let bytes = key.len() + store.get(&key)?.map_or(0, |text| text.len());
            Ok(Stored { key, bytes, holds })
        })
        .collect()
}

/// Removes everything of ours, and looks whether it is gone.
///
/// # Errors
/// When something is left, or can't be looked up.
pub fn erase(store: &impl Store, key: &str) -> Result<(), Refused> {
    for entry in stored(store, key)? {
        store.remove(&entry.key)?;
    }
    if stored(store, key)?.is_empty() { Ok(()) } else { Err(Refused) }
}

/// What a key holds, if it is one of ours.
fn holds(key: &str, name: &str) -> Option<Holds> {
    let rest = name.strip_prefix(key)?;
    match rest {
        "" => Some(Holds::Session),
        ".history" => Some(Holds::History),
        _ => {
            let rest = rest.strip_prefix(".history").unwrap_or(rest);
            let number = rest.strip_prefix(COPY)?;
            (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(Holds::Copy)
        }
    }
}

/// Whether a problem says that something belongs to another questionnaire or another version.
fn is_of_another(problem: &Problem) -> bool {
    problem.path.starts_with("$.instrument.") && problem.found.is_some()
}

/// The key of an own questionnaire's answers: no two questionnaires on one site get in each other's way, whatever
/// name the host gave. No id has a slash in it, so none can be taken for a key of something else.
#[must_use]
pub fn own_key(key: &str, instrument: &Instrument) -> String {
    [key, "/", instrument.id()].concat()
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
    /// What was stored belongs to another questionnaire, or to another version of this one; a copy of it is kept and
    /// answering starts afresh.
    Other,
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
            Self::Other => "of-another",
            Self::UnreadableLeftAlone => "left-alone",
        }
    }
}

/// Keeps one thing under one key.
#[derive(Debug)]
pub struct Keeper<S, K = Record> {
    store: S,
    key: String,
    last: Option<String>,
    /// What stands under the key must not be overwritten.
    hands_off: bool,
    /// Nothing is to be kept for now.
    private: bool,
    /// The storage holds all that was to be saved.
    holds_newest: bool,
    told: Vec<Trouble>,
    kept: PhantomData<K>,
}

impl<S: Store, K: Keepable> Keeper<S, K> {
    /// Looks under `key` for what belongs to `instrument`. `now` names the copy of something unreadable.
    pub fn open(
        store: S,
        instrument: &Instrument,
        key: String,
        now: u64,
    ) -> (Self, Option<K>, Option<Trouble>) {
        let mut keeper = Self {
            store,
            key,
            last: None,
            hands_off: false,
            private: false,
            holds_newest: true,
            told: Vec::new(),
            kept: PhantomData,
        };
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

    /// The storage.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Keeps nothing from now on, or keeps again. What was kept is not touched by that: see [`erase`].
    pub fn set_private(&mut self, private: bool) {
        self.private = private;
    }

    /// Whether nothing is kept for now.
    pub fn is_private(&self) -> bool {
        self.private
    }

    /// Whether the storage has all that was to be saved; otherwise it lives only as long as the page is open.
    pub fn holds_newest(&self) -> bool {
        self.holds_newest
    }

    /// Forgets what was written: it is erased, and whatever stood there no longer matters.
    pub fn forget(&mut self) {
        self.last = None;
        self.hands_off = false;
    }

    /// Writes `kept`, after taking over what another tab wrote meanwhile: afterwards `kept` holds the newest of
    /// everything. Returns a trouble the first time it is met.
    pub fn save(&mut self, instrument: &Instrument, kept: &mut K, now: u64) -> Option<Trouble> {
        self.holds_newest = false;
        if self.private {
            return None;
        }
        let trouble = self.write(instrument, kept, now);
        self.tell_once(trouble)
    }

    /// What another tab wrote, when `text` is that and not our own writing.
    pub fn notice(&mut self, instrument: &Instrument, text: &str) -> Option<K> {
        if self.private || self.hands_off || self.last.as_deref() == Some(text) {
            return None;
        }
        let kept = K::read(instrument, text).ok()?;
        self.last = Some(text.to_owned());
        Some(kept)
    }

    fn write(&mut self, instrument: &Instrument, kept: &mut K, now: u64) -> Option<Trouble> {
        if self.hands_off {
            return Some(Trouble::UnreadableLeftAlone);
        }
        let mut trouble = None;
        match self.store.get(&self.key) {
            Err(Refused) => return Some(Trouble::Blocked),
            Ok(Some(text)) if self.last.as_deref() != Some(&text) => {
                let (elsewhere, problem) = self.take_in(instrument, text, now);
                if let Some(elsewhere) = elsewhere {
                    kept.take_over(&elsewhere);
                }
                if problem == Some(Trouble::UnreadableLeftAlone) {
                    return problem;
                }
                trouble = problem;
            }
            Ok(_) => {}
        }
        let text = kept.write(instrument);
        if self.store.set(&self.key, &text).is_err() {
            return Some(Trouble::Full);
        }
        self.last = Some(text);
        self.holds_newest = true;
        trouble
    }

    /// Reads a stored text; keeps a copy when it can't be read.
    fn take_in(&mut self, instrument: &Instrument, text: String, now: u64) -> (Option<K>, Option<Trouble>) {
        let trouble = match K::read(instrument, &text) {
            Ok(kept) => {
                self.last = Some(text);
                return (Some(kept), None);
            }
            Err(problems) if problems.iter().any(is_of_another) => Trouble::Other,
            Err(_) => Trouble::Unreadable,
        };
        if self.store.set(&self.name_of_copy(&text, now), &text).is_err() {
            self.hands_off = true;
            return (None, Some(Trouble::UnreadableLeftAlone));
        }
        self.last = Some(text);
        (None, Some(trouble))
    }

    /// A key that holds nothing yet, or this same text already: an earlier copy is never overwritten.
    fn name_of_copy(&self, text: &str, now: u64) -> String {
        let name = |number: u64| [&self.key, COPY, &number.to_string()].concat();
        let is_free = |name: &String| !matches!(self.store.get(name), Ok(Some(kept)) if kept != text);
        (now..now.saturating_add(COPIES)).map(name).find(is_free).unwrap_or_else(|| name(now))
    }

    fn tell_once(&mut self, trouble: Option<Trouble>) -> Option<Trouble> {
        let trouble = trouble.filter(|trouble| !self.told.contains(trouble))?;
        self.told.push(trouble);
        Some(trouble)
    }
}
