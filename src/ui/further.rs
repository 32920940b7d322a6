//! The doors to the further part: what is downloaded right after the first screen. The build splits the module here
//! (`xtask/src/split.rs`): each function of this file becomes a stub in the first part, and what only these functions
//! reach moves to the further one.
//!
//! Nothing in the first part may call one of them before the further part is here: only `App::view` does, and it asks
//! first. None may be inlined, or there would be no door left to split at.

use super::node::Node;
use super::parts::View;

/// The result.
#[inline(never)]
pub(super) fn result(view: &View<'_>) -> Node {
    super::result::view(view)
}
