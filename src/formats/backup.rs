//! Everything that is stored, in one file, version 1: `{"format":"equipoise-backup","version":1,"instrument":{…},
//! "session":{…},"history":{…}}`, each as the storage holds it, or `null`. Taken in, it is merged with what is there.

use serde_json::{Value, json};

use super::record::Record;
use super::{history, wire};
use crate::history::History;
use crate::instrument::Instrument;
use crate::json::{self, Expected, Node, Problem, Problems};

/// The format's name.
pub const FORMAT: &str = "equipoise-backup";
/// The version that is written, and the newest that is read.
pub const VERSION: u32 = 1;

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
        let problems = Problems::default();
        let backup = read(instrument, &Node::root(&value, &problems));
        problems.finish(backup)
    }

    /// The backup as JSON text, on lines of its own for people to read.
    #[must_use]
    pub fn write(&self, instrument: &Instrument) -> String {
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
        format!("{value:#}")
    }
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
