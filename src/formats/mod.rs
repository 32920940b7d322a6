//! What is written down and read back: each format versioned, each readable for ever. Wire types live only here.
//!
//! - [`result`]: the result file, ids and numbers only; scores are recomputed when one is read.
//! - [`record`]: what the browser's storage holds while someone answers; [`history`]: what it holds of kept results.
//! - [`csv`], [`markdown`], [`calendar`]: for spreadsheets, minutes and calendars; written, not read. [`group`]: a
//!   group's numbers as a table.
//! - [`backup`]: both of these in one file, to take along and bring back.
//! - [`lines`]: a great many results, one a line: read, scored and written quickly.
//! - [`scores`]: a report as the `scores` object of a result file.
//! - [`link`]: the answers of a result as a short code in an address.
//! - [`intake`]: whatever a person drops or pastes, told apart, read, and every problem put into words.

pub mod backup;
pub mod calendar;
pub mod csv;
mod deepening;
pub mod group;
pub mod history;
pub mod intake;
pub mod lines;
pub mod link;
pub mod markdown;
pub mod record;
pub mod result;
pub mod scores;
pub(crate) mod twice;
mod wire;
mod wishes;
mod workbook;
