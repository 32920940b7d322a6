//! When nobody is there any more: on a screen that strangers share, what someone answered and walked away from is
//! erased for the next person. They are asked first, and any touch or key is an answer.

use crate::answers::Stamp;

/// For how long someone is asked before everything is erased, in seconds: as long as accessible pages must give (WCAG
/// 2.2.1), and any touch gives all the time back.
pub const ASKED: u32 = 20;
/// After how many seconds without a touch or a key someone is asked, unless the host page says otherwise.
pub const PATIENCE: u32 = 90;
/// The least that a host page may ask for, in seconds.
pub const SHORTEST: u32 = 5;
/// The most: an hour.
pub const LONGEST: u32 = 3600;

/// What is to be done when nothing has been heard for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// Nothing: somebody may be reading.
    Quiet,
    /// To ask; so many seconds are left, 1 to [`ASKED`].
    Asks(u32),
    /// To erase everything.
    Over,
}

impl Idle {
    /// At the moment `now`, when the last touch or key was at `last`; someone is asked after `patience` seconds.
    #[must_use]
    pub fn at(now: Stamp, last: Stamp, patience: u32) -> Self {
        let quiet = now.saturating_sub(last) / 1000;
        let left = u64::from(patience + ASKED).saturating_sub(quiet);
        match u32::try_from(left) {
            Ok(0) => Self::Over,
            Ok(left) if left <= ASKED => Self::Asks(left),
            _ => Self::Quiet,
        }
    }
}

/// The seconds that a host page asks for, when they make sense.
#[must_use]
pub fn patience(asked: &str) -> Option<u32> {
    let seconds = asked.trim().parse().ok()?;
    (SHORTEST..=LONGEST).contains(&seconds).then_some(seconds)
}
