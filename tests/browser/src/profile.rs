//! A browser profile that outlives a browser: for what must be there again after a crash.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::failed::Result;
use crate::folder::Folder;
use crate::session::Session;

/// A folder with everything a browser keeps. It is removed with the last copy of this value.
#[derive(Debug, Clone)]
pub struct Profile {
    folder: Folder,
    /// A browser that stays open in between: where a driver lets no profile be kept, it is as long as that.
    session: Arc<Mutex<Option<Arc<Session>>>>,
}

impl Profile {
    /// An empty profile.
    ///
    /// # Errors
    /// When no folder can be made for it.
    pub fn new() -> Result<Self> {
        Ok(Self { folder: Folder::new("profile")?, session: Arc::default() })
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn keep(&self, session: &Arc<Session>) {
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(session));
    }

    pub(crate) fn take(&self) -> Option<Arc<Session>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
