//! Folders that a browser needs for a while: a profile, what it downloads, what is given to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::failed::Result;

/// A folder in the system's place for such things. It is removed with the last copy of this value.
#[derive(Debug, Clone)]
pub struct Folder(Arc<Held>);

#[derive(Debug)]
struct Held(PathBuf);

impl Folder {
    /// An empty folder; `what` is a part of its name.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn new(what: &str) -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("equipoise-{what}-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(Self(Arc::new(Held(folder))))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0.0
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // A browser that is just ending may still write into it; the system's own cleaning takes what is left.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
