//! The results that a facilitator has gathered, as they came in.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::tallies::Tallies;
use crate::day::Day;
use crate::formats::result::ResultFile;
use crate::instrument::FormIx;
use crate::json;
use crate::scoring::Report;
use crate::workbook::LONGEST_LINE;

/// The most results in a group.
pub const MOST: usize = 10_000;

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// By what it is told apart here; never given twice.
    pub id: u32,
    /// What it is called in the list: a name, or where it came from.
    pub name: String,
    /// The form that was answered.
    pub form: FormIx,
    /// When it was completed, if that is known.
    pub day: Option<Day>,
    /// The side it is of.
    pub side: Option<String>,
    /// Its scores.
    pub report: Report,
    /// Whether it tells how someone thinks their partner would answer: it is kept, and counts for nobody's own view.
    pub is_of_partner: bool,
    /// The file, without side and scores.
    text: String,
}

/// What came of adding one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is in.
    Yes,
    /// It was in already.
    There,
    /// There are [`MOST`].
    Full,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathering {
    members: Vec<Member>,
    /// A hash of each member's text, so that the one that is the same is looked for only when there may be one.
    hashes: BTreeSet<u64>,
    given: u32,
    /// What all of them say of their own view, and those of each side; no side is empty.
    everybody: Tallies,
    sides: BTreeMap<String, Tallies>,
}

impl Gathering {
    /// Adds a result with its scores; `side` holds for one that doesn't name its own.
    pub fn add(&mut self, name: &str, file: &ResultFile, report: Report, side: &str) -> Added {
        if self.members.len() >= MOST {
            return Added::Full;
        }
        let own = file.side().map(str::to_owned);
        let mut bare = file.clone();
        bare.forget_side();
        let text = json::compact(&bare.without_scores());
        let is_new = self.hashes.insert(hash(&text));
        if !is_new && self.members.iter().any(|member| member.text == text) {
            return Added::There;
        }
        self.given += 1;
        let member = Member {
            id: self.given,
            name: name.to_owned(),
            form: file.form,
            day: file.day,
            side: own.as_deref().and_then(named).or_else(|| named(side)),
            report,
            is_of_partner: file.is_of_partner(),
            text,
        };
        self.count_in(&member);
        self.members.push(member);
        Added::Yes
    }

    /// Takes one out.
    pub fn remove(&mut self, id: u32) {
        let Some(place) = self.members.iter().position(|member| member.id == id) else { return };
        // Its hash stays, which does no harm: the texts decide.
        let member = self.members.remove(place);
        self.count_out(&member);
    }

    /// Gives one to a side; to none with an empty name.
    pub fn give_to(&mut self, id: u32, side: &str) {
        let Some(place) = self.members.iter().position(|member| member.id == id) else { return };
        let mut member = self.members.remove(place);
        self.count_out(&member);
        member.side = named(side);
        self.count_in(&member);
        self.members.insert(place, member);
    }

    fn count_in(&mut self, member: &Member) {
        if member.is_of_partner {
            return;
        }
        self.everybody.add(&member.report);
        if let Some(side) = &member.side {
            self.sides.entry(side.clone()).or_default().add(&member.report);
        }
    }

    fn count_out(&mut self, member: &Member) {
        if member.is_of_partner {
            return;
        }
        self.everybody.remove(&member.report);
        let Some(side) = &member.side else { return };
        if let Some(tallies) = self.sides.get_mut(side) {
            tallies.remove(&member.report);
            if tallies.n() == 0 {
                self.sides.remove(side);
            }
        }
    }

    /// All of them, in the order in which they came.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// What the results say that tell someone's own view.
    pub(super) fn everybody(&self) -> &Tallies {
        &self.everybody
    }

    /// What those of each side say, in the order in which the sides came.
    pub(super) fn sides(&self) -> Vec<(&str, &Tallies)> {
        let mut waiting: BTreeMap<&str, &Tallies> =
            self.sides.iter().map(|(name, tallies)| (name.as_str(), tallies)).collect();
        let mut sides = Vec::new();
        for member in self.members.iter().filter(|member| !member.is_of_partner) {
            if waiting.is_empty() {
                break;
            }
            sides.extend(member.side.as_deref().and_then(|side| waiting.remove_entry(side)));
        }
        sides
    }

    /// How many tell how someone thinks their partner would answer.
    pub fn of_partner(&self) -> usize {
        self.members.iter().filter(|member| member.is_of_partner).count()
    }

    /// All of them as the texts of files, sides included, each a list of results that can be handed in again: none is
    /// longer than `most_bytes`, or has more than `most_results`.
    #[must_use]
    pub fn write(&self, most_bytes: usize, most_results: usize) -> Vec<String> {
        let mut files: Vec<String> = Vec::new();
        let mut count = 0;
        for member in &self.members {
            let entry = member.write();
            match files.last_mut() {
                Some(file) if count < most_results && file.len() + entry.len() + 6 <= most_bytes => {
                    file.push_str(",\n");
                    file.push_str(&entry);
                }
                _ => {
                    files.push(["[\n", &entry].concat());
                    count = 0;
                }
            }
            count += 1;
        }
        for file in &mut files {
            file.push_str("\n]\n");
        }
        files
    }
}

impl Member {
    fn write(&self) -> String {
        let side = json::compact(&self.side.as_deref().into());
        // The text is an object with a format in it, so it goes on after a comma.
        ["{\"side\":", &side, ",", self.text.strip_prefix('{').unwrap_or("}")].concat()
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// A name as it is kept: without room around it, not empty, and no longer than a file may have it.
fn named(side: &str) -> Option<String> {
    let cut: String = side.trim_start().chars().take(LONGEST_LINE).collect();
    let side = cut.trim_end();
    (!side.is_empty()).then(|| side.to_owned())
}
