//! What should happen in the world after something happened in the session, as values: the root component carries
//! them out, tests compare them.

use crate::instrument::ItemIx;
use crate::workbook::ActionId;

/// One thing to carry out.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write the session to storage, before the next frame.
    Save,
    /// Put the focus somewhere once the screen is drawn.
    Focus(Target),
    /// Let a screen reader say something.
    Announce(Announcement),
    /// Tell the host page something.
    Emit(HostEvent),
}

/// Where the focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The heading of the screen.
    Heading,
    /// The statement of an item.
    Item(ItemIx),
    /// The first field of an action.
    Action(ActionId),
    /// The button that adds an action.
    Actions,
}

/// What a screen reader says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announcement {
    /// So many of so many are answered.
    Progress {
        /// Answered, "don't know" included.
        answered: usize,
        /// Asked in all.
        asked: usize,
    },
    /// An answer was taken out.
    Cleared,
    /// Answers from another tab were taken over.
    TakenOver,
    /// An action was added.
    ActionAdded,
    /// An action was taken out.
    ActionRemoved,
}

/// What the host page hears. Counts only: what was answered stays inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostEvent {
    /// An answer was given or cleared.
    Progress {
        /// Answered, "don't know" included.
        answered: usize,
        /// Asked in all.
        asked: usize,
    },
    /// The result was asked for.
    Complete,
}
