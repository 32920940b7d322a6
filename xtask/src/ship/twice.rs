//! The same source gives the same bytes: everything is built once more from a copy in another folder, with nothing that
//! was built before, and compared.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::dist::{self, File};
use crate::failure::{Context as _, Failure, Result};
use crate::{paths, process, report};

/// Builds a second time elsewhere and compares with what is there.
///
/// # Errors
/// When the second build fails, or a file differs.
pub(super) fn check() -> Result<()> {
    let started = Instant::now();
    let copy = Copy::of(&paths::root())?;
    let mut again = Command::new(std::env::current_exe().context("this program")?);
    // A copy of this program, told to work on the copy of the source.
    again
        .args(["dist"])
        .env("EQUIPOISE_ROOT", &copy.0)
        .env("CARGO_TARGET_DIR", copy.0.join("target"))
        .current_dir(&copy.0);
    process::run("the second build", &mut again)?;
    let mut compared = 0;
    for folder in ["dist", "release"] {
        let (first, second) = (dist::files(&paths::root().join(folder))?, dist::files(&copy.0.join(folder))?);
        compared += first.len();
        let differ = differ(&first, &second);
        if !differ.is_empty() {
            return Err(Failure::new(format!(
                "{folder}/ differs when built in another folder: {}",
                differ.join(", ")
            )));
        }
        let places = [paths::root(), copy.0.clone()];
        if let Some(name) = told(&first, &places) {
            return Err(Failure::new(format!("{folder}/{name} names a folder of this machine")));
        }
    }
    let took = report::seconds(started.elapsed());
    report::line(&format!(
        "Built twice in different folders: {compared} files are the same to the byte ({took})."
    ));
    Ok(())
}

/// The names of files that are not the same in both.
fn differ(first: &[File], second: &[File]) -> Vec<String> {
    let same = |file: &&File, others: &[File]| {
        others.iter().any(|other| other.name == file.name && other.bytes == file.bytes)
    };
    let mut names: Vec<String> = first
        .iter()
        .filter(|file| !same(file, second))
        .chain(second.iter().filter(|file| !same(file, first)))
        .map(|file| file.name.clone())
        .collect();
    names.sort();
    names.dedup();
    names
}

/// A file in which a folder of this machine is named.
fn told<'a>(files: &'a [File], folders: &[PathBuf]) -> Option<&'a str> {
    let names = |file: &&File| {
        folders.iter().any(|folder| {
            let folder = folder.to_string_lossy();
            file.bytes.windows(folder.len()).any(|bytes| bytes == folder.as_bytes())
        })
    };
    files.iter().find(names).map(|file| file.name.as_str())
}

/// The source in another folder, gone with this value.
struct Copy(PathBuf);

impl Copy {
    fn of(root: &Path) -> Result<Self> {
        let copy = Self(std::env::temp_dir().join(format!("equipoise-again-{}", std::process::id())));
        copy_folder(root, &copy.0, true)?;
        Ok(copy)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // What can't be removed is left to the system's own cleaning.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Copies a folder, at its top without what is made from the rest.
fn copy_folder(from: &Path, to: &Path, is_top: bool) -> Result<()> {
    const MADE: [&str; 5] = [".git", "target", "dist", "release", "artifacts"];
    std::fs::create_dir_all(to).context(to.display())?;
    for entry in from.read_dir().context(from.display())? {
        let path = entry.context(from.display())?.path();
        let name = path.file_name().unwrap_or_default();
        let place = to.join(name);
        if path.is_dir() {
            let is_made =
                is_top && MADE.iter().any(|made| name == *made) || name == "node_modules" || name == "target";
            if !is_made {
                copy_folder(&path, &place, false)?;
            }
        } else if name != ".git" {
            std::fs::copy(&path, &place).context(path.display())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> File {
        File { name: name.to_owned(), bytes: text.into() }
    }

    #[test]
    fn whatever_differs_is_named() {
        let first = [file("a", "1"), file("b", "2"), file("c", "3")];
        let second = [file("a", "1"), file("b", "other"), file("d", "4")];
        assert_eq!(differ(&first, &second), ["b", "c", "d"]);
        assert!(differ(&first, &first).is_empty());
    }

    #[test]
    fn a_folder_that_is_named_is_found() {
        let files = [file("a", "nothing"), file("b", "\0/home/x/e/src/lib.rs")];
        assert_eq!(told(&files, &[PathBuf::from("/home/x/e")]), Some("b"));
        assert_eq!(told(&files, &[PathBuf::from("/home/y")]), None);
    }
}
