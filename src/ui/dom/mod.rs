//! The browser's edges: each module wraps one thing that is outside our control and may refuse.

pub(crate) mod address;
pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod download;
pub(crate) mod event;
pub(crate) mod files;
pub(crate) mod focus;
pub(crate) mod print;
pub(crate) mod raster;
pub(crate) mod requests;
pub(crate) mod size;
pub(crate) mod storage;
