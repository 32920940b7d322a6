//! What someone writes beside the answers: notes, actions, and the name of their alliance. Kept like answers, each
//! entry with the moment it was written, so that two tabs can be brought together: newest wins.

use crate::answers::{self, Stamp};
use crate::day::Day;
use crate::instrument::ParadoxIx;

/// The most characters of a note.
pub const LONGEST_NOTE: usize = 4000;
/// The most characters of an action, of a name, and of whoever takes an action on.
pub const LONGEST_LINE: usize = 300;
/// The most actions.
pub const MOST_ACTIONS: usize = 200;

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The alliance as a whole.
    Overall,
    /// One paradox.
    Paradox(ParadoxIx),
}

/// How far an action is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// Not begun.
    #[default]
    Open,
    /// Begun.
    Doing,
    /// Done.
    Done,
}

impl Progress {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Open, Self::Doing, Self::Done];

    /// The word in files and text keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Doing => "doing",
            Self::Done => "done",
        }
    }
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Action {
    /// What.
    pub text: String,
    /// Who takes it on; empty when nobody is named.
    pub owner: String,
    /// By when.
    pub due: Option<Day>,
    /// How far it is.
    pub progress: Progress,
    /// The paradox it came from.
    pub about: Option<ParadoxIx>,
}

impl Action {
    /// Whether nothing was written in it yet: what, who and by when are open.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.owner.trim().is_empty() && self.due.is_none()
    }
}

/// What tells one action from another: the moment at which it was made, or just after it where that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActionId(pub Stamp);

/// Something written, and when. `None` was taken out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written<T> {
    /// When, so that the newest wins.
    pub at: Stamp,
    /// What, if it wasn't taken out.
    pub value: Option<T>,
}

/// Everything written beside the answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workbook {
    label: Option<Written<String>>,
    /// In the order of what they are about.
    notes: Vec<(About, Written<String>)>,
    /// In the order in which they were made.
    actions: Vec<(ActionId, Written<Action>)>,
}

impl Workbook {
    /// The name of the alliance, if one was given.
    pub fn label(&self) -> Option<&str> {
        self.label.as_ref()?.value.as_deref()
    }

    /// Names the alliance; an empty name takes it out. What is too long is cut.
    pub fn name(&mut self, label: &str, at: Stamp) {
        let written = written(label, LONGEST_LINE, self.label.as_ref().map_or(0, |old| old.at), at);
        self.label = Some(written);
    }

    /// The note about something, if there is one.
    pub fn note(&self, about: About) -> Option<&str> {
        let place = self.notes.binary_search_by_key(&about, |(about, _)| *about).ok()?;
        self.notes[place].1.value.as_deref()
    }

    /// Writes a note; an empty one takes it out. What is too long is cut.
    pub fn write(&mut self, about: About, text: &str, at: Stamp) {
        match self.notes.binary_search_by_key(&about, |(about, _)| *about) {
            Ok(place) => {
                let old = self.notes[place].1.at;
                self.notes[place].1 = written(text, LONGEST_NOTE, old, at);
            }
            Err(place) => self.notes.insert(place, (about, written(text, LONGEST_NOTE, 0, at))),
        }
    }

    /// All notes, that about the whole first, then in the instrument's order.
    pub fn notes(&self) -> impl Iterator<Item = (About, &str)> {
        self.notes.iter().filter_map(|(about, note)| Some((*about, note.value.as_deref()?)))
    }

    /// All actions, in the order in which they were made.
    pub fn actions(&self) -> impl Iterator<Item = (ActionId, &Action)> {
        self.actions.iter().filter_map(|(id, action)| Some((*id, action.value.as_ref()?)))
    }

    /// The actions in which something was written: what is printed and told to others.
    pub fn agreed(&self) -> impl Iterator<Item = (ActionId, &Action)> {
        self.actions().filter(|(_, action)| !action.is_blank())
    }

    /// One action.
    pub fn action(&self, id: ActionId) -> Option<&Action> {
        self.actions.iter().find(|(known, _)| *known == id)?.1.value.as_ref()
    }

    /// Adds an action; `None` when there are as many as there may be.
    pub fn add(&mut self, action: Action, at: Stamp) -> Option<ActionId> {
        if self.actions().count() >= MOST_ACTIONS {
            return None;
        }
        let mut id = ActionId(at);
        while self.actions.iter().any(|(known, _)| *known == id) {
            id.0 = id.0.wrapping_add(1);
        }
        self.put(id, Written { at, value: Some(fitted(action)) });
        Some(id)
    }

    /// Changes an action, or takes it out with `None`. Nothing happens when there is none with this id.
    pub fn change(&mut self, id: ActionId, action: Option<Action>, at: Stamp) {
        if let Some((_, old)) = self.actions.iter_mut().find(|(known, _)| *known == id) {
            *old = Written { at: at.max(old.at.saturating_add(1)), value: action.map(fitted) };
        }
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.label().is_none() && self.notes().next().is_none() && self.actions().next().is_none()
    }

    /// Takes everything out, each entry with its moment, so that another tab does so as well.
    pub fn clear(&mut self, at: Stamp) {
        let erase = |old: Stamp| at.max(old.saturating_add(1));
        if let Some(label) = &mut self.label {
            *label = Written { at: erase(label.at), value: None };
        }
        for (_, note) in &mut self.notes {
            *note = Written { at: erase(note.at), value: None };
        }
        for (_, action) in &mut self.actions {
            *action = Written { at: erase(action.at), value: None };
        }
    }

    /// Takes over every entry of `other` that is newer; a tie goes the same way whichever side merges. Commutative,
    /// associative and idempotent. Returns whether anything changed.
    pub fn merge(&mut self, other: &Self) -> bool {
        let before = self.clone();
        if other.label > self.label {
            self.label.clone_from(&other.label);
        }
        for (about, note) in &other.notes {
            self.put_note(*about, note.clone());
        }
        for (id, action) in &other.actions {
            self.put(*id, action.clone());
        }
        *self != before
    }

    /// Puts a note as it was written, when it is newer than what is there. For readers of files.
    pub(crate) fn put_note(&mut self, about: About, note: Written<String>) {
        match self.notes.binary_search_by_key(&about, |(about, _)| *about) {
            Ok(place) if self.notes[place].1 < note => self.notes[place].1 = note,
            Ok(_) => {}
            Err(place) => self.notes.insert(place, (about, note)),
        }
    }

    /// Puts an action as it was written, when it is newer than what is there. For readers of files.
    pub(crate) fn put(&mut self, id: ActionId, action: Written<Action>) {
        match self.actions.binary_search_by_key(&id, |(id, _)| *id) {
            Ok(place) if self.actions[place].1 < action => self.actions[place].1 = action,
            Ok(_) => {}
            Err(place) => self.actions.insert(place, (id, action)),
        }
    }

    /// Puts in an action of a file in which an id may stand twice: then the second action gets an id of its own, so that
    /// none is lost.
    pub(crate) fn put_read(&mut self, mut id: ActionId, action: Written<Action>) {
        let is_other = |known: &Written<Action>| {
            known.value.is_some() && action.value.is_some() && known.value != action.value
        };
        while self.actions.iter().any(|(known, written)| *known == id && is_other(written)) {
            id.0 = answers::next(id.0);
        }
        self.put(id, action);
    }

    /// Puts a name as it was written. For readers of files.
    pub(crate) fn put_label(&mut self, label: Written<String>) {
        if Some(&label) > self.label.as_ref() {
            self.label = Some(label);
        }
    }

    /// The name with its moment, for writers of files.
    pub(crate) fn written_label(&self) -> Option<&Written<String>> {
        self.label.as_ref()
    }

    /// Every note with its moment, those that were taken out included, for writers of files.
    pub(crate) fn written_notes(&self) -> &[(About, Written<String>)] {
        &self.notes
    }

    /// Every action with its moment, those that were taken out included, for writers of files.
    pub(crate) fn written_actions(&self) -> &[(ActionId, Written<Action>)] {
        &self.actions
    }
}

/// A text with its moment, later than the one before it.
fn written(text: &str, most: usize, old: Stamp, at: Stamp) -> Written<String> {
    let text = cut(text, most);
    let value = (!text.trim().is_empty()).then(|| text.to_owned());
    Written { at: if old > 0 { at.max(old.saturating_add(1)) } else { at }, value }
}

fn fitted(mut action: Action) -> Action {
    for line in [&mut action.text, &mut action.owner] {
        line.truncate(cut(line, LONGEST_LINE).len());
    }
    action
}

/// At most so many characters of a text.
fn cut(text: &str, most: usize) -> &str {
    match text.char_indices().nth(most) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}
