//! A browser profile that outlives a browser: for what must be there again after a crash.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::failed::Result;

/// A folder with everything a browser keeps. It is removed with the last copy of this value.
#[derive(Debug, Clone)]
pub struct Profile(Arc<Folder>);

#[derive(Debug)]
struct Folder(PathBuf);

impl Profile {
    /// An empty profile.
    ///
    /// # Errors
    /// When no folder can be made for it.
    pub fn new() -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("equipoise-profile-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(Self(Arc::new(Folder(folder))))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A browser that is just ending may still write into it; the system's own cleaning takes what is left.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
