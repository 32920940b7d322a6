//! What is written down and read back: each format versioned, each readable for ever. Wire types live only here.
//!
//! - [`result`]: the result file, ids and numbers only; scores are recomputed when one is read.
//! - [`record`]: what the browser's storage holds while someone answers; [`history`]: what it holds of kept results.
//! - [`backup`]: both of these in one file, to take along and bring back.
//! - [`scores`]: a report as the `scores` object of a result file.

pub mod backup;
pub mod history;
pub mod record;
pub mod result;
pub mod scores;
mod wire;
mod wishes;
mod workbook;
