//! Kept results: dated, named, from oneself or brought along in a file or link. Kept apart from the answers, so that
//! answering never depends on how much is kept.

use crate::answers::{self, Stamp};
use crate::formats::result::ResultFile;
use crate::workbook::LONGEST_LINE;

/// The most results that are kept.
pub const MOST: usize = 200;
/// The most entries, with the traces of what was removed. As many as a reader takes.
pub const MOST_ENTRIES: usize = 2000;

/// What tells one kept result from another: the moment at which it was kept, or just after it where that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptId(pub Stamp);

/// Where a kept result is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Answered here.
    Own,
    /// From a file, a link or a code.
    Brought,
}

impl Origin {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Own, Self::Brought];

    /// The word in files and text keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Brought => "brought",
        }
    }
}

/// A kept result.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// What tells it from the others.
    pub id: KeptId,
    /// What someone calls it.
    pub name: String,
    /// Where it is from.
    pub origin: Origin,
    /// The result itself.
    pub file: ResultFile,
}

/// What came of keeping a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is kept.
    Yes(KeptId),
    /// The very same one was kept already.
    There(KeptId),
    /// There are as many as there may be.
    Full,
}

impl Added {
    /// The kept result, new or not.
    pub fn id(self) -> Option<KeptId> {
        match self {
            Self::Yes(id) | Self::There(id) => Some(id),
            Self::Full => None,
        }
    }
}

/// What came of bringing kept results back, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// How many came back.
    pub back: usize,
    /// How many were here already.
    pub there: usize,
    /// For how many there was no room.
    pub full: usize,
}

/// A result that is kept, or was: what was removed leaves its moment behind, so that another tab removes it too.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) id: KeptId,
    pub(crate) at: Stamp,
    pub(crate) kept: Option<Kept>,
}

/// All kept results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// In the order of their ids.
    entries: Vec<Entry>,
}

impl History {
    /// The kept results, the newest first: by the day of the result, and of one day by when they were kept.
    pub fn kept(&self) -> Vec<&Kept> {
        let mut kept: Vec<&Kept> =
            self.entries.iter().rev().filter_map(|entry| entry.kept.as_ref()).collect();
        crate::scoring::put_in_order(&mut kept, |left, right| right.file.day < left.file.day);
        kept
    }

    /// A kept result by its id.
    pub fn find(&self, id: KeptId) -> Option<&Kept> {
        self.entries.iter().find(|entry| entry.id == id)?.kept.as_ref()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.entries.iter().all(|entry| entry.kept.is_none())
    }

    /// Keeps a result, unless the very same one is there.
    pub fn add(&mut self, name: &str, origin: Origin, file: ResultFile, now: Stamp) -> Added {
        if let Some(there) = self.same(&file) {
            return Added::There(there);
        }
        if self.count() >= MOST {
            return Added::Full;
        }
        let id = self.free_id(KeptId(now));
        let kept = Kept { id, name: cut(name), origin, file };
        self.put(Entry { id, at: now, kept: Some(kept) });
        self.forget_oldest();
        Added::Yes(id)
    }

    /// The kept result that is the very same as this one.
    fn same(&self, file: &ResultFile) -> Option<KeptId> {
        let mut kept = self.entries.iter().filter_map(|entry| entry.kept.as_ref());
        kept.find(|kept| kept.file.is_same_result(file)).map(|kept| kept.id)
    }

    /// How many results are kept.
    fn count(&self) -> usize {
        self.entries.iter().filter(|entry| entry.kept.is_some()).count()
    }

    /// This id, or the first after it that nothing has.
    fn free_id(&self, mut id: KeptId) -> KeptId {
        while self.entries.iter().any(|entry| entry.id == id) {
            id.0 = answers::next(id.0);
        }
        id
    }

    /// Gives a kept result another name; an empty one changes nothing.
    pub fn rename(&mut self, id: KeptId, name: &str, now: Stamp) {
        let name = cut(name.trim());
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.id == id) else { return };
        if let Some(kept) = entry.kept.as_mut().filter(|_| !name.is_empty()) {
            kept.name = name;
            entry.at = now.max(entry.at.saturating_add(1));
        }
    }

    /// Removes a kept result.
    pub fn remove(&mut self, id: KeptId, now: Stamp) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.id == id) {
            *entry = Entry { id, at: now.max(entry.at.saturating_add(1)), kept: None };
        }
    }

    /// Takes over whatever is newer in another history; a tie goes the same way whichever side merges. Commutative,
    /// associative and idempotent, as far as there is room: of more than [`MOST`] results those that were kept last stay,
    /// and of more than [`MOST_ENTRIES`] the traces that are oldest go. Returns whether anything changed.
    pub fn merge(&mut self, other: &Self) -> bool {
        let mut changed = false;
        for entry in &other.entries {
            changed |= self.put(entry.clone());
        }
        let mut over = self.count().saturating_sub(MOST);
        self.entries.retain(|entry| {
            let goes = over > 0 && entry.kept.is_some();
            over -= usize::from(goes);
            !goes
        });
        self.forget_oldest();
        changed
    }

    /// Brings back what a file holds, also what was removed here since: somebody who takes their file out wants what is
    /// in it. What is kept here stays, and the traces in the file count for nothing.
    pub fn restore(&mut self, file: &Self, now: Stamp) -> Restored {
        let mut restored = Restored::default();
        // What was kept last goes first, in case there is no room for all.
        for entry in file.entries.iter().rev() {
            let Some(kept) = &entry.kept else { continue };
            match self.same(&kept.file) {
                Some(id) => {
                    restored.there += 1;
                    if id == entry.id {
                        // It may have got another name since.
                        self.put(entry.clone());
                    }
                }
                None if self.count() >= MOST => restored.full += 1,
                None => {
                    restored.back += 1;
                    self.bring_back(entry.at, kept.clone(), now);
                }
            }
        }
        self.forget_oldest();
        restored
    }

    /// Puts in a result that isn't kept here, later than the trace of its removal, so that it comes back in other tabs
    /// as well.
    fn bring_back(&mut self, at: Stamp, mut kept: Kept, now: Stamp) {
        let known = self.entries.iter().find(|entry| entry.id == kept.id);
        let at = match known {
            None => at,
            Some(Entry { kept: None, at: removed, .. }) => now.max(removed.saturating_add(1)),
            // Two results of one moment.
            Some(_) => {
                kept.id = self.free_id(kept.id);
                at
            }
        };
        self.put(Entry { id: kept.id, at, kept: Some(kept) });
    }

    /// Forgets the oldest traces of what was removed, where there are more entries than can be read again.
    fn forget_oldest(&mut self) {
        while self.entries.len() > MOST_ENTRIES {
            let traces = self.entries.iter().enumerate().filter(|(_, entry)| entry.kept.is_none());
            let Some((oldest, _)) = traces.min_by_key(|(_, entry)| (entry.at, entry.id)) else { return };
            self.entries.remove(oldest);
        }
    }

    /// Puts in an entry of a file in which an id may stand twice: then the second result gets an id of its own, so that
    /// none is lost.
    pub(crate) fn put_read(&mut self, mut entry: Entry) {
        let other = self.find(entry.id).zip(entry.kept.as_ref());
        if other.is_some_and(|(known, kept)| !known.file.is_same_result(&kept.file)) {
            entry.id = self.free_id(entry.id);
            if let Some(kept) = &mut entry.kept {
                kept.id = entry.id;
            }
        }
        self.put(entry);
    }

    /// Puts an entry in its place when it is newer than what is there.
    pub(crate) fn put(&mut self, entry: Entry) -> bool {
        let place = self.entries.partition_point(|known| known.id < entry.id);
        match self.entries.get_mut(place).filter(|known| known.id == entry.id) {
            None => {
                self.entries.insert(place, entry);
                true
            }
            Some(known) => {
                let newer = is_newer(&entry, known);
                if newer {
                    *known = entry;
                }
                newer
            }
        }
    }

    /// Every entry, those that were removed included, for writers of files.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// Of two entries of one moment a removal wins, then the later name in the alphabet, then the file that is longer or
/// has the later text; all that matters is that it is always the same one.
fn is_newer(left: &Entry, right: &Entry) -> bool {
    if left.at != right.at {
        return right.at < left.at;
    }
    match (&left.kept, &right.kept) {
        (None, Some(_)) => true,
        (_, None) => false,
        (Some(left), Some(right)) => {
            let text = |kept: &Kept| (kept.name.clone(), kept.origin, kept.file.as_read());
            text(right) < text(left)
        }
    }
}

/// At most as many characters as a name may have.
fn cut(name: &str) -> String {
    name.chars().take(LONGEST_LINE).collect()
}
