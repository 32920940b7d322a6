//! The browser's edges: each module wraps one thing that is outside our control and may refuse.

pub(crate) mod clock;
pub(crate) mod focus;
pub(crate) mod print;
pub(crate) mod size;
pub(crate) mod storage;
