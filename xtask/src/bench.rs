//! `cargo xtask bench`: the budget table.

use crate::failure::{Failure, Result};

/// Measures and prints.
///
/// # Errors
/// When something can't be measured.
pub fn command() -> Result<()> {
    Err(Failure::new("not there yet"))
}
