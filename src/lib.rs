//! Equipoise: a reflection questionnaire for alliances, scored and drawn on the device itself.
//!
//! The modules, in reading order:
//! - [`instrument`]: phases, paradoxes, items and forms, read from data and checked;
//! - [`answers`]: what someone answered, item by item, never invalid;
//! - [`session`]: where someone is, and a pure update; [`effect`]: what is to be done about it, as values;
//! - [`scoring`]: from answers to a report of plain data;
//! - [`formats`]: what is written down and read back, and [`json`], reading with the path of what is wrong;
//! - [`keeping`]: when to read and write the browser's storage;
//! - [`chart`]: geometry as plain numbers, apart from drawing;
//! - [`i18n`]: language packs.
//!
//! All of this builds and tests with `--no-default-features`: no Yew, no web-sys.

pub mod answers;
pub mod chart;
pub mod effect;
pub mod formats;
pub mod i18n;
pub mod instrument;
pub mod json;
pub mod keeping;
pub mod scoring;
pub mod session;
