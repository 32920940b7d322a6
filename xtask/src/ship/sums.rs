//! The hashes of all that ships: `SHA256SUMS`, which `sha256sum -c` reads, and `integrity.json` for pages.

use std::collections::BTreeMap;
use std::path::Path;

use crate::dist::{self, File};
use crate::failure::{Context as _, Result};
use crate::hashes;

/// What `sha256sum -c` reads.
pub(super) const SUMS: &str = "SHA256SUMS";

/// What a page writes into `integrity`, by file.
pub(super) const INTEGRITY: &str = "integrity.json";

/// Writes both for a folder.
///
/// # Errors
/// When it can't be read or written.
pub(super) fn write(folder: &Path) -> Result<()> {
    let files = dist::files(folder)?;
    let integrity: BTreeMap<&str, String> = files
        .iter()
        .filter(|file| ![SUMS, INTEGRITY].contains(&&*file.name))
        .map(|file| (file.name.as_str(), hashes::integrity(&file.bytes)))
        .collect();
    let path = folder.join(INTEGRITY);
    let text = serde_json::to_string_pretty(&integrity).context(INTEGRITY)?;
    std::fs::write(&path, text + "\n").context(path.display())?;
    std::fs::write(folder.join(SUMS), sums(&dist::files(folder)?)).context(SUMS)
}

/// A line for each file but the list itself.
pub(super) fn sums(files: &[File]) -> String {
    let line = |file: &File| format!("{}  {}\n", hashes::hex(&file.bytes), file.name);
    files.iter().filter(|file| file.name != SUMS).map(line).collect()
}
