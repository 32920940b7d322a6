//! axe-core: one script, put into a page to look for accessibility faults.

use std::path::PathBuf;

use super::npm;
use super::setup::Setup;
use crate::failure::Result;

/// The script, installed when it isn't there.
pub(super) fn ensure(setup: &mut Setup) -> Result<PathBuf> {
    Ok(npm::ensure(setup, &npm::TOOLS)?.file("axe-core/axe.min.js"))
}
