//! Reading files that were picked or dropped. Nothing longer than any file of ours is read.

use gloo::file::callbacks::{FileReader, read_as_bytes};
use gloo::file::{Blob, FileList};
use yew::Callback;

/// A file that was handed in: its name, and its bytes as far as it could and may be read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Handed {
    /// As the person knows it.
    pub(crate) name: String,
    /// What is in it.
    pub(crate) bytes: Result<Vec<u8>, Unread>,
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// Longer than any file of ours.
    TooLong,
    /// The browser can't read it: moved, or not allowed.
    Refused,
}

/// Reads files one by one; each is told as soon as it is there. The readers must be kept until then.
pub(crate) fn read(files: &FileList, longest: u64, told: &Callback<Handed>) -> Vec<FileReader> {
    files.iter().filter_map(|file| read_one(file.name(), file, longest, told.clone())).collect()
}

fn read_one(name: String, file: &Blob, longest: u64, told: Callback<Handed>) -> Option<FileReader> {
    if file.size() > longest {
        told.emit(Handed { name, bytes: Err(Unread::TooLong) });
        return None;
    }
    Some(read_as_bytes(file, move |read| {
        told.emit(Handed { name, bytes: read.map_err(|_| Unread::Refused) });
    }))
}
