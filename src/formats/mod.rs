//! What is written down and read back: each format versioned, each readable for ever. Wire types live only here.
//!
//! - [`result`]: the result file, ids and numbers only; scores are recomputed when one is read.
//! - [`record`]: what the browser's storage holds while someone answers.
//! - [`csv`]: a result as a table, for spreadsheets and programs; written, not read.
//! - [`lines`]: a great many results, one a line: read, scored and written quickly.
//! - [`scores`]: a report as the `scores` object of a result file.

pub mod csv;
pub mod lines;
pub mod record;
pub mod result;
pub mod scores;
mod wire;
