//! Equipoise: a reflection questionnaire for alliances. It asks about twelve paradoxes and four phases, scores the
//! answers on the device itself, and draws the result.
//!
//! The modules in reading order:
//!
//! - [`instrument`]: what is asked, as data; [`i18n`]: in which words; [`json`]: how both are read and checked.
//! - [`own`]: an organisation's own questionnaire, read, checked and dressed in our texts.
//! - [`answers`]: what someone answered; [`scoring`]: what follows from it; [`summary`]: that, in sentences.
//! - [`workbook`]: what they write beside that; [`wishes`]: how it should be a year from now; [`day`]: calendar days.
//! - [`deepening`]: short modules that make the advice fit better; [`history`]: kept results; [`compare`]: results side by side.
//! - [`group`]: several people's results together; [`kiosk`]: when nobody is there any more.
//! - [`session`]: where someone is, as a pure state machine; [`effect`]: what it asks the world to do;
//!   [`keeping`]: how answers are kept in storage.
//! - [`formats`]: what is written down and read back; [`chart`]: the geometry of the drawings;
//!   [`picture`]: the drawings that leave the page.
//! - [`qr`]: a text that a phone reads off the screen.
//! - `ui` and `embed` (feature `ui`): the screens in Yew, and the way into a host page.
//!
//! Everything but the last two builds without a browser: `cargo test --no-default-features`.

pub mod answers;
pub mod chart;
pub mod compare;
pub mod day;
pub mod deepening;
pub mod effect;
pub mod formats;
pub mod group;
pub mod history;
pub mod i18n;
pub mod instrument;
pub mod json;
pub mod keeping;
pub mod kiosk;
pub mod own;
pub mod picture;
pub mod qr;
pub mod scoring;
pub mod session;
pub mod summary;
pub mod wishes;
pub mod workbook;

#[cfg(feature = "ui")]
pub mod embed;
#[cfg(feature = "ui")]
mod ui;
