//! What is compiled into the module: our own crate, those it stands on, and Rust's standard library with what that
//! stands on. The compiler notes which files it read for each crate; those notes are gone through here, so the list is
//! what was compiled and not what a manifest allows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Context as _, Failure, Result};
use crate::tools::BuildTools;
use crate::{paths, process};

/// One crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    /// Its name in the registry.
    pub(super) name: String,
    /// Which one it is.
    pub(super) version: String,
    /// Its licence as an SPDX expression.
    pub(super) licence: String,
    /// SHA-256 of its package, as the lock file has it.
    pub(super) checksum: Option<String>,
    /// The licence texts in its folder, by name of the file.
    pub(super) texts: Vec<(String, String)>,
}

/// Everything that is in the module, in order of name.
///
/// # Errors
/// When it was not built here, or a crate says nothing of its licence.
pub(super) fn all(tools: &BuildTools) -> Result<Vec<Part>> {
    let sysroot = rustc(tools, &["--print", "sysroot"])?;
    let locks = [paths::root().join("Cargo.lock"), library(Path::new(&sysroot)).join("Cargo.lock")];
    let mut known = BTreeMap::new();
    for lock in locks {
        known.extend(locked(&std::fs::read_to_string(&lock).context(lock.display())?)?);
    }
    let compiled = compiled(&paths::target().join("wasm32-unknown-unknown/release/deps"))?;
    let mut parts = vec![standard_library(tools)?];
    for folder in compiled {
        let part = read(&folder)?;
        // A target folder may hold notes of an earlier build; the lock files say which versions are of this one.
        if let Some(checksum) = known.get(&(part.name.clone(), part.version.clone())) {
            parts.push(Part { checksum: Some(checksum.clone()), ..part });
        }
    }
    if parts.len() < 10 {
        return Err(
            Failure::new("what the compiler noted of this build is not there").remedy("cargo xtask dist")
        );
    }
    parts.sort();
    Ok(parts)
}

fn rustc(tools: &BuildTools, words: &[&str]) -> Result<String> {
    let mut command = Command::new("rustc");
    command.args(words).current_dir(paths::root());
    tools.wasm.apply(&mut command);
    process::ask(&mut command).ok_or_else(|| Failure::new("rustc doesn't answer"))
}

/// The version of the compiler, and so of the standard library.
///
/// # Errors
/// When there is no compiler.
pub(super) fn rust_version(tools: &BuildTools) -> Result<String> {
    let said = rustc(tools, &["--version"])?;
    said.split_whitespace().nth(1).map(str::to_owned).ok_or_else(|| Failure::new("rustc has no version"))
}

fn library(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib/src/rust/library")
}

/// Rust's own part of it. Its packages have no licence text everywhere, and of its two licences this one is the same
/// for everybody.
fn standard_library(tools: &BuildTools) -> Result<Part> {
    Ok(Part {
        name: "rust-std".to_owned(),
        version: rust_version(tools)?,
        licence: "MIT OR Apache-2.0".to_owned(),
        checksum: None,
        texts: vec![apache()?],
    })
}

/// The checksums in a lock file, by name and version.
fn locked(text: &str) -> Result<BTreeMap<(String, String), String>> {
    let lock: toml::Table = text.parse().context("Cargo.lock")?;
    let packages = lock.get("package").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let entry = |package: &toml::Value| {
        let field = |name: &str| package.get(name)?.as_str().map(str::to_owned);
        Some(((field("name")?, field("version")?), field("checksum")?))
    };
    Ok(packages.iter().filter_map(entry).collect())
}

/// The folders of all crates of a registry that the compiler read, by its notes in a folder.
fn compiled(notes: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut folders = BTreeSet::new();
    for entry in notes.read_dir().context(notes.display())? {
        let path = entry.context(notes.display())?.path();
        if path.extension().is_some_and(|ending| ending == "d") {
            let note = std::fs::read_to_string(&path).context(path.display())?;
            folders.extend(note.split_whitespace().filter_map(|file| crate_of(file.trim_end_matches(':'))));
        }
    }
    Ok(folders)
}

/// The folder of the crate that a file belongs to, when it came from a registry: `…/registry/src/<registry>/<crate>/…`.
fn crate_of(file: &str) -> Option<PathBuf> {
    let (before, after) = file.split_once("/registry/src/")?;
    let mut steps = after.split('/');
    let (registry, folder) = (steps.next()?, steps.next()?);
    steps.next()?;
    Some([before, "registry/src", registry, folder].iter().collect())
}

/// What a crate says of itself.
fn read(folder: &Path) -> Result<Part> {
    let path = folder.join("Cargo.toml");
    let manifest: toml::Table =
        std::fs::read_to_string(&path).context(path.display())?.parse().context(path.display())?;
    let field = |name: &str| {
        let value = manifest.get("package")?.get(name)?.as_str()?;
        Some(value.to_owned())
    };
    let missing = |what: &str| Failure::new(format!("{} has no {what}", path.display()));
    let licence = expression(&field("license").ok_or_else(|| missing("licence"))?);
    let mut texts = chosen(texts_in(folder)?);
    if texts.is_empty() {
        texts.extend(at_the_head(folder));
    }
    if texts.is_empty() {
        // Such a crate names its licences and has no text. Ours to choose is then the one that is the same for everybody.
        if !licence.contains("Apache-2.0") {
            return Err(missing("licence text"));
        }
        texts.push(apache()?);
    }
    let (name, version) = field("name").zip(field("version")).ok_or_else(|| missing("name or version"))?;
    Ok(Part { name, version, licence, checksum: None, texts })
}

/// An old way to write "or" in the new.
fn expression(licence: &str) -> String {
    licence.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ")
}

/// The licence texts in a crate's folder, and in the folder that some have for them.
fn texts_in(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in folder.read_dir().context(folder.display())? {
        let path = entry.context(folder.display())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_licence = ["LICEN", "COPYING", "UNLICEN", "NOTICE"]
            .iter()
            .any(|start| name.to_uppercase().starts_with(start));
        if is_licence && path.is_dir() {
            found.extend(texts_in(&path)?);
        } else if is_licence || folder.ends_with("LICENSES") {
            let text = std::fs::read_to_string(&path).context(path.display())?;
            found.push((name, text.replace("\r\n", "\n").trim().to_owned()));
        }
    }
    found.sort();
    Ok(found)
}

/// The licence text that some crates have at the head of their source instead.
fn at_the_head(folder: &Path) -> Option<(String, String)> {
    let source = std::fs::read_to_string(folder.join("src/lib.rs")).ok()?;
    Some(("src/lib.rs".to_owned(), granted(&source)?))
}

/// What the comment at the head of a source says, when it grants a licence.
fn granted(source: &str) -> Option<String> {
    let (comment, _) = source.strip_prefix("/*")?.split_once("*/")?;
    let line = |line: &str| line.trim().trim_start_matches('*').trim().to_owned();
    let text = comment.lines().map(line).collect::<Vec<_>>().join("\n");
    text.contains("Permission is hereby granted").then(|| text.trim().to_owned())
}

/// Of two licences to choose from, the shorter: without the text of Apache-2.0 where that of MIT is there as well.
fn chosen(mut texts: Vec<(String, String)>) -> Vec<(String, String)> {
    let is = |name: &str, licence: &str| name.to_uppercase().contains(licence);
    if texts.iter().any(|(name, _)| is(name, "MIT")) {
        texts.retain(|(name, _)| !is(name, "APACHE"));
    }
    texts
}

fn apache() -> Result<(String, String)> {
    let name = "LICENSE-APACHE";
    let text = std::fs::read_to_string(paths::root().join(name)).context(name)?;
    Ok((name.to_owned(), text.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_told_by_the_paths_of_their_files() {
        let folder = |file: &str| crate_of(file).map(|path| path.display().to_string());
        assert_eq!(
            folder("/h/.cargo/registry/src/index-1/yew-0.1.0/src/lib.rs").as_deref(),
            Some("/h/.cargo/registry/src/index-1/yew-0.1.0")
        );
        assert_eq!(folder("/h/equipoise/src/lib.rs"), None);
        assert_eq!(folder("/h/.cargo/registry/src/index-1/yew"), None);
    }

    #[test]
    fn checksums_are_read_from_a_lock_file() {
        let lock = "version = 4\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"ab\"\n[[package]]\nname = \"own\"\nversion = \"0.1.0\"\n";
        let expected = [(("a".to_owned(), "1.0.0".to_owned()), "ab".to_owned())];
        assert_eq!(locked(lock).expect("it is one"), expected.into());
    }

    #[test]
    fn of_two_texts_one_is_enough() {
        let texts =
            |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), String::new())).collect::<Vec<_>>();
        assert_eq!(
            chosen(texts(&["LICENSE-APACHE", "LICENSE-MIT", "NOTICE"])),
            texts(&["LICENSE-MIT", "NOTICE"])
        );
        assert_eq!(chosen(texts(&["LICENSE-Apache"])), texts(&["LICENSE-Apache"]));
    }

    #[test]
    fn a_licence_at_the_head_of_a_source_is_one() {
        let source = "/* \n * A library\n * \n * Permission is hereby granted to all.\n */\nfn it() {}";
        assert_eq!(granted(source).as_deref(), Some("A library\n\nPermission is hereby granted to all."));
        assert_eq!(granted("/* A library */"), None);
        assert_eq!(granted("//! A library\n/* Permission is hereby granted */"), None);
    }

    #[test]
    fn licences_are_expressions() {
        assert_eq!(expression("MIT/Apache-2.0"), "MIT OR Apache-2.0");
        assert_eq!(expression("Apache-2.0 / MIT"), "Apache-2.0 OR MIT");
        assert_eq!(expression("(MIT OR Apache-2.0) AND Unicode-3.0"), "(MIT OR Apache-2.0) AND Unicode-3.0");
    }
}
