//! axe-core: one script, put into a page to look for accessibility faults.

use std::path::PathBuf;

use super::npm;
use super::setup::Setup;
use crate::failure::Result;

/// Its place among the packages.
const SCRIPT: &str = "axe-core/axe.min.js";

/// The script, if it is installed.
pub fn axe_found() -> Option<PathBuf> {
    let file = npm::folder(&npm::TOOLS).ok()?.file(SCRIPT);
    file.is_file().then_some(file)
}

/// The script, installed when it isn't there.
pub(super) fn ensure(setup: &mut Setup) -> Result<PathBuf> {
    Ok(npm::ensure(setup, &npm::TOOLS)?.file(SCRIPT))
}
