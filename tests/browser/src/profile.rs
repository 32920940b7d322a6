//! A browser profile that outlives a browser: for what must be there again after a crash.

use std::path::Path;

use crate::failed::Result;
use crate::folder::Folder;

/// A folder with everything a browser keeps. It is removed with the last copy of this value.
#[derive(Debug, Clone)]
pub struct Profile(Folder);

impl Profile {
    /// An empty profile.
    ///
    /// # Errors
    /// When no folder can be made for it.
    pub fn new() -> Result<Self> {
        Folder::new("profile").map(Self)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}
