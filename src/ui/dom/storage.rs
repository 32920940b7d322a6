//! The browser's storage as a [`Store`]. Merely touching it may throw (blocked cookies, a sandboxed frame), so every
//! step is one that may fail; `gloo`'s own wrapper panics in that case.

use web_sys::Storage;

use crate::embed;
use crate::keeping::{Refused, Store};

/// Local or session storage, or none at all.
#[derive(Debug)]
pub(crate) struct BrowserStore(embed::Storage);

impl BrowserStore {
    /// The kind of storage that the host page asked for.
    pub(crate) fn new(kind: embed::Storage) -> Self {
        Self(kind)
    }

    fn open(&self) -> Result<Storage, Refused> {
        let window = gloo::utils::window();
        let storage = match self.0 {
            embed::Storage::Local => window.local_storage(),
            embed::Storage::Session => window.session_storage(),
            embed::Storage::None => return Err(Refused),
        };
        storage.ok().flatten().ok_or(Refused)
    }
}

impl Store for BrowserStore {
    fn get(&self, key: &str) -> Result<Option<String>, Refused> {
        self.open()?.get_item(key).map_err(|_| Refused)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Refused> {
        self.open()?.set_item(key, text).map_err(|_| Refused)
    }

    fn remove(&self, key: &str) -> Result<(), Refused> {
        self.open()?.remove_item(key).map_err(|_| Refused)
    }

    fn keys(&self) -> Result<Vec<String>, Refused> {
        let storage = self.open()?;
        let count = storage.length().map_err(|_| Refused)?;
        (0..count).filter_map(|index| storage.key(index).map_err(|_| Refused).transpose()).collect()
    }
}
