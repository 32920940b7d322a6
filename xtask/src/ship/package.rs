//! The package for npm: the files of `dist/`, with what npm wants to know of them. npm itself packs it, and says what it
//! packed; that must be all of it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::snippets;
use crate::dist::File;
use crate::failure::{Context as _, Failure, Result};
use crate::{paths, process};

/// Where its own files are in the repository.
const SOURCE: &str = "package";

/// What types of the element are called, where there are any.
const TYPES: &str = "equipoise.d.ts";

/// The package's own description, with its version, and without types where there are none.
pub(super) fn manifest(version: &str, files: &[File]) -> Result<String> {
    let path = paths::root().join(SOURCE).join("package.json");
    let mut manifest: Value = serde_json::from_str(&std::fs::read_to_string(&path).context(path.display())?)
        .context(path.display())?;
    manifest["version"] = version.into();
    if !files.iter().any(|file| file.name == TYPES) {
        without_types(&mut manifest);
    }
    Ok(format!("{manifest:#}\n"))
}

/// A description that promises no types.
fn without_types(value: &mut Value) {
    if let Some(fields) = value.as_object_mut() {
        fields.remove("types");
        fields.values_mut().for_each(without_types);
    }
}

/// Makes the package of the files that ship; what it is called in the folder.
///
/// # Errors
/// When npm refuses, or packs something else.
pub(super) fn write(version: &str, files: &[File], folder: &Path) -> Result<String> {
    let work = work(files, version)?;
    let mut npm = Command::new("npm");
    npm.args(["pack", "--json", "--ignore-scripts", "--loglevel=error", "--pack-destination"])
        .arg(folder)
        .current_dir(&work);
    let said = process::run("npm pack", &mut npm)?.output;
    let (name, packed) = packed(&said)?;
    let wanted: BTreeSet<String> = files
        .iter()
        .map(|file| file.name.clone())
        .chain(["package.json", "README.md"].map(str::to_owned))
        .collect();
    if packed == wanted {
        return Ok(name);
    }
    let differ: Vec<&String> = packed.symmetric_difference(&wanted).collect();
    Err(Failure::new(format!("npm packed something else than what ships: {differ:?}")))
}

/// The package's folder as it will be installed.
fn work(files: &[File], version: &str) -> Result<PathBuf> {
    let work = paths::target().join("package");
    if work.exists() {
        std::fs::remove_dir_all(&work).context(work.display())?;
    }
    let readme = paths::root().join(SOURCE).join("README.md");
    let readme = std::fs::read_to_string(&readme).context(readme.display())?;
    let element = files.iter().find(|file| file.name == crate::dist::ELEMENT);
    let element = element.ok_or_else(|| Failure::new("element.js is missing"))?;
    let readme = readme.replace("{{snippet}}", &snippets::tag(&element.bytes));
    let own = [("package.json", manifest(version, files)?), ("README.md", readme)];
    let own = own.map(|(name, text)| File { name: name.to_owned(), bytes: text.into_bytes() });
    for file in files.iter().chain(&own) {
        let path = work.join(&file.name);
        let folder = path.parent().unwrap_or(&work);
        std::fs::create_dir_all(folder).context(folder.display())?;
        std::fs::write(&path, &file.bytes).context(path.display())?;
    }
    Ok(work)
}

/// The package's file and what is in it, as npm says it.
fn packed(said: &str) -> Result<(String, BTreeSet<String>)> {
    let said: Value = serde_json::from_str(said).context("npm pack")?;
    // Newer versions of npm say it by package, older ones in a list.
    let package = said.get(0).or_else(|| said.as_object()?.values().next());
    let name = package.and_then(|package| package["filename"].as_str());
    let files = package.and_then(|package| package["files"].as_array());
    let (name, files) = name.zip(files).ok_or_else(|| Failure::new("npm pack didn't say what it packed"))?;
    let files = files.iter().filter_map(|file| file["path"].as_str()).map(str::to_owned).collect();
    Ok((name.to_owned(), files))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_promised_only_where_there_are_some() {
        let types = File { name: TYPES.to_owned(), bytes: Vec::new() };
        let with = manifest("1.2.3", &[types]).expect("it is JSON");
        let without = manifest("1.2.3", &[]).expect("it is JSON");
        assert!(with.contains("\"version\": \"1.2.3\"") && with.matches(TYPES).count() == 3, "{with}");
        assert!(!without.contains("types") && without.contains("./element.js"), "{without}");
    }

    #[test]
    fn what_npm_says_is_read() {
        let list = r#"[{"filename":"e-1.tgz","files":[{"path":"a"},{"path":"b/c"}]}]"#;
        let named = r#"{"e":{"filename":"e-1.tgz","files":[{"path":"a"},{"path":"b/c"}]}}"#;
        for said in [list, named] {
            let (name, files) = packed(said).expect("it says so");
            assert_eq!((name.as_str(), files.len()), ("e-1.tgz", 2));
        }
        assert!(packed("[]").is_err());
    }
}
