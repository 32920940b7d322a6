//! Everything that is stored, in one file, version 1: `{"format":"equipoise-backup","version":1,"instrument":{…},
//! "session":{…},"history":{…}}`, each as the storage holds it, or `null`. What doesn't fit one file goes on in others,
//! each a backup by itself.
//!
//! Taken in, what is newer here stays, and what was removed here since comes back: [`History::restore`] and
//! [`to_bring_back`].

use serde_json::{Value, json};

use super::record::Record;
use super::{history, wire};
use crate::answers::Stamp;
use crate::history::History;
use crate::instrument::{Instrument, Pole};
use crate::json::{self, Expected, Node, Problem, Problems};
use crate::workbook::Written;

/// The format's name.
pub const FORMAT: &str = "equipoise-backup";
/// The version that is written, and the newest that is read.
pub const VERSION: u32 = 1;
/// The most bytes of a backup, or of a session, that is read. Several times [`LONGEST_WRITTEN`], because a single result goes into a file
/// however long it is, and nothing that fits here may become too long by being written anew.
pub const LONGEST: usize = 8_000_000;
/// The most bytes of a backup that is written, as far as it can be split.
pub const LONGEST_WRITTEN: usize = 4_000_000;
/// What a backup begins with, and a session by itself, apart from spaces.
const BEGINNINGS: [&[u8]; 2] = [b"{\"format\":\"equipoise-backup\"", b"{\"format\":\"equipoise-session\""];
/// In how many bytes that has to be found.
const WITHIN: usize = 100;

/// Everything that was stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Backup {
    /// The answers and what was written beside them.
    pub record: Option<Record>,
    /// The kept results.
    pub history: History,
}

impl Backup {
    /// Reads a backup that belongs to `instrument`.
    ///
    /// # Errors
    /// Every problem with its JSON path.
    pub fn read(instrument: &Instrument, text: &str) -> Result<Self, Vec<Problem>> {
        let value = json::parse(text.trim_start_matches('\u{feff}'))?;
        Self::from_value(instrument, &value)
    }

    /// As [`Backup::read`], from JSON that was parsed already.
    ///
    /// # Errors
    /// Every problem with its JSON path.
    pub fn from_value(instrument: &Instrument, value: &Value) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let backup = read(instrument, &Node::root(value, &problems));
        problems.finish(backup)
    }

    /// The backup as the texts of files, each a backup by itself: the session is in the first. None is longer than
    /// `most_bytes`, unless a session or a single result is.
    #[must_use]
    pub fn write(&self, instrument: &Instrument, most_bytes: usize) -> Vec<String> {
        let empty = Self { record: None, history: History::default() };
        let bare = empty.write_one(instrument).len();
        let mut part = Self { record: self.record.clone(), ..empty.clone() };
        let mut length = part.write_one(instrument).len();
        let mut files = Vec::new();
        for entry in self.history.entries() {
            let more = history::length(entry) + 1;
            if part != empty && length + more > most_bytes {
                files.push(part.write_one(instrument));
                (part, length) = (empty.clone(), bare);
            }
            part.history.put(entry.clone());
            length += more;
        }
        files.push(part.write_one(instrument));
        files
    }

    fn write_one(&self, instrument: &Instrument) -> String {
        let session = self.record.as_ref().map(|record| record.write(instrument));
        // Our own writing reads.
        let session = session.and_then(|text| serde_json::from_str::<Value>(&text).ok());
        let value = json!({
            "format": FORMAT,
            "version": VERSION,
            "instrument": { "id": instrument.id(), "version": instrument.version() },
            "session": session,
            "history": history::to_json(instrument, &self.history),
        });
        json::compact(&value)
    }
}

/// Whether an input begins as one that holds everything of somebody, and so may be longer than any other.
pub(super) fn may_be_long(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let start = start[..start.len().min(WITHIN)].iter().filter(|byte| !byte.is_ascii_whitespace());
    BEGINNINGS.into_iter().any(|beginning| start.clone().take(beginning.len()).eq(beginning))
}

/// The session of a file as it is to be merged with the one that is here: what was taken out here since, as by starting
/// over, comes back, and what is newer here stays.
#[must_use]
pub fn to_bring_back(instrument: &Instrument, file: &Record, here: &Record, now: Stamp) -> Record {
    let mut back = file.clone();
    // Later than the moment at which it was taken out, when that is what stands here.
    let later = |is_here: bool, at: Stamp, gone: Stamp| {
        (!is_here && gone > 0 && at <= gone).then(|| now.max(gone.saturating_add(1)))
    };
    for item in instrument.item_positions() {
        let (answers, wishes) = (&file.answers, &file.wishes);
        let at = later(here.answers.is_answered(item), answers.stamp(item), here.answers.stamp(item));
        if let (Some(at), Some(answer)) = (at, answers.get(item)) {
            back.answers.set(instrument, item, Some(answer), at);
        }
        let (wished, gone) = (here.wishes.item(item).is_some(), here.wishes.item_stamp(item));
        if let (Some(at), Some(wish)) = (later(wished, wishes.item_stamp(item), gone), wishes.item(item)) {
            back.wishes.set_item(instrument, item, Some(wish), at);
        }
    }
    for (paradox, pole) in
        instrument.paradox_positions().flat_map(|paradox| [(paradox, Pole::A), (paradox, Pole::B)])
    {
        let (wished, gone) =
            (here.wishes.pole(paradox, pole).is_some(), here.wishes.pole_stamp(paradox, pole));
        let at = later(wished, file.wishes.pole_stamp(paradox, pole), gone);
        if let (Some(at), Some(wish)) = (at, file.wishes.pole(paradox, pole)) {
            back.wishes.set_pole(paradox, pole, Some(wish), at);
        }
    }
    let gone = here.given.entries();
    for (id, _, gone) in gone.filter(|(_, value, _)| value.is_none()) {
        let held = file.given.entries().find(|(known, ..)| *known == id);
        if let Some((_, Some(value), at)) = held
            && let Some(at) = later(false, at, gone)
        {
            back.given.put(id, Some(value.clone()), at);
        }
    }
    write_back(&mut back, file, here, later);
    back
}

/// The same for what is written beside the answers.
fn write_back(
    back: &mut Record,
    file: &Record,
    here: &Record,
    later: impl Fn(bool, Stamp, Stamp) -> Option<Stamp>,
) {
    let (file, here) = (&file.workbook, &here.workbook);
    if let (Some(written), Some(gone)) = (file.written_label(), here.written_label()) {
        back.workbook.put_label(anew(written, gone, &later));
    }
    for (about, gone) in here.written_notes() {
        if let Some((_, written)) = file.written_notes().iter().find(|(known, _)| known == about) {
            back.workbook.put_note(*about, anew(written, gone, &later));
        }
    }
    for (id, gone) in here.written_actions() {
        if let Some((_, written)) = file.written_actions().iter().find(|(known, _)| known == id) {
            back.workbook.put(*id, anew(written, gone, &later));
        }
    }
}

/// What was written, at a later moment where it was taken out here.
fn anew<T: Clone>(
    written: &Written<T>,
    gone: &Written<T>,
    later: impl Fn(bool, Stamp, Stamp) -> Option<Stamp>,
) -> Written<T> {
    let at = later(gone.value.is_some(), written.at, gone.at).filter(|_| written.value.is_some());
    Written { at: at.unwrap_or(written.at), value: written.value.clone() }
}

fn read(instrument: &Instrument, root: &Node<'_>) -> Option<Backup> {
    root.object()?;
    root.field("format").one_of(&[FORMAT])?;
    let version = root.field("version");
    if version.whole(1, u32::MAX)? > VERSION {
        return version.reject(Expected::Version(VERSION));
    }
    wire::check_instrument(&root.field("instrument"), instrument)?;
    let session = root.field("session");
    let record = if session.is_present() { Some(Record::read_node(instrument, &session)?) } else { None };
    let kept = root.field("history");
    let history = if kept.is_present() { history::read_node(instrument, &kept)? } else { History::default() };
    Some(Backup { record, history })
}
