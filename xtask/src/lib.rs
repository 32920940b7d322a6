//! The one tool of this repository: it brings what a machine lacks, builds, serves, tests and measures.
//!
//! Reading order:
//! - [`command`]: the commands and their words;
//! - [`tools`]: what must be on the machine, found or installed;
//! - [`build`]: `dist/`, with [`names`] made short and [`glue`] made a factory; [`dist`]: what may be in it;
//! - [`engine`]: the browser engines that are tested;
//! - [`serve`]: the server that `serve`, the browser tests and the bench share;
//! - [`hosts`]: the pages of others that the browser tests put the element into;
//! - [`mod@test`], [`check`], [`size`], [`mod@bench`]: the rest of the commands;
//! - [`paths`], [`process`], [`report`], [`failure`]: what they stand on.

pub mod bench;
pub mod build;
pub mod check;
pub mod command;
pub mod dist;
pub mod engine;
pub mod failure;
pub mod glue;
pub mod hashes;
pub mod hosts;
mod http;
pub mod names;
pub mod pack;
pub mod paths;
pub mod process;
pub mod report;
pub mod serve;
pub mod ship;
pub mod shipped;
pub mod single;
pub mod size;
pub mod split;
pub mod test;
pub mod tools;
pub mod verdicts;
mod wasm;
