//! The one tool of this repository: it brings what a machine lacks, builds, serves, tests and measures.
//!
//! Reading order:
//! - [`command`]: the commands and their words;
//! - [`tools`]: what must be on the machine, found or installed;
//! - [`build`]: `dist/`, with [`names`] made short; [`dist`]: what may be in it;
//! - [`serve`]: the server that `serve`, the browser tests and the bench share;
//! - [`mod@test`], [`check`], [`size`], [`mod@bench`]: the rest of the commands;
//! - [`paths`], [`process`], [`report`], [`failure`]: what they stand on.

pub mod bench;
pub mod build;
pub mod check;
pub mod command;
pub mod dist;
pub mod failure;
mod http;
pub mod names;
pub mod paths;
pub mod process;
pub mod report;
pub mod serve;
pub mod size;
pub mod split;
pub mod test;
pub mod tools;
mod wasm;
