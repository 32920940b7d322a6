//! `cargo xtask dist`: everything that ships.
//!
//! `dist/` is what a server shows, as it is: the release build, the single file, schemas, licences, what to copy into a
//! page, and the hashes of all of it. `release/` has the same as a zip and as a package for npm.

mod archive;
mod bom;
mod package;
mod parts;
mod snippets;
mod sums;
mod twice;

use std::path::Path;
use std::time::Instant;

use crate::dist::File;
use crate::failure::{Context as _, Failure, Result};
use crate::tools::{self, BuildTools};
use crate::{build, dist, paths, report, single};

/// What is to be done beside making it all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// Nothing.
    Nothing,
    /// The snippets of the README and the documents are written anew.
    WriteSnippets,
    /// They are looked at, and everything is built a second time in another folder and compared.
    Check,
}

/// Files of the repository that go along, and under which name.
const ALONG: [(&str, &str); 6] = [
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("docs/backup.schema.json", "schemas/backup.schema.json"),
    ("docs/questionnaire.schema.json", "schemas/questionnaire.schema.json"),
    ("docs/result.schema.json", "schemas/result.schema.json"),
    ("types/equipoise.d.ts", "equipoise.d.ts"),
];

/// Sets up, makes all that ships, and says how large it is.
///
/// # Errors
/// When a tool is missing, a part can't be made, or a check finds something.
pub fn command(extra: Extra) -> Result<()> {
    let started = Instant::now();
    let tools = tools::for_build()?;
    all(&tools)?;
    for folder in [paths::dist(), paths::release()] {
        let row = |file: &File| vec![file.name.clone(), report::bytes(file.bytes.len() as u64)];
        let rows: Vec<Vec<String>> = dist::files(&folder)?.iter().map(row).collect();
        report::table(&[&format!("{}/", paths::shown(&folder)), "bytes"], &rows);
    }
    report::line(&format!("Made in {}.", report::seconds(started.elapsed())));
    let rust = parts::rust_version(&tools)?;
    match extra {
        Extra::Nothing => Ok(()),
        Extra::WriteSnippets => snippets::write(&rust),
        Extra::Check => {
            snippets::check(&rust)?;
            twice::check()
        }
    }
}

/// The lines that put the element into a page, with the hash of its script.
pub fn snippet(element: &[u8]) -> String {
    snippets::lines(element)
}

/// The release build and all that is made of it.
///
/// # Errors
/// When a part can't be made.
pub fn all(tools: &BuildTools) -> Result<()> {
    build::release(tools)?;
    single::write(build::esbuild(tools)?)?;
    let (folder, version) = (paths::dist(), version()?);
    for (from, to) in ALONG {
        let from = paths::root().join(from);
        if from.is_file() {
            put(&folder, to, &std::fs::read(&from).context(from.display())?)?;
        }
    }
    let element = folder.join(dist::ELEMENT);
    let element = std::fs::read(&element).context(element.display())?;
    put(&folder, snippets::FILE, snippets::file(&element).as_bytes())?;
    let parts = parts::all(tools)?;
    put(&folder, "THIRD-PARTY-LICENSES.txt", bom::licences(&parts).as_bytes())?;
    put(&folder, "bom.cdx.json", bom::cyclonedx(&version, &parts).as_bytes())?;
    sums::write(&folder)?;
    release(&version, &dist::files(&folder)?)
}

/// The archive and the package, in `release/`.
fn release(version: &str, files: &[File]) -> Result<()> {
    let folder = paths::release();
    if folder.exists() {
        std::fs::remove_dir_all(&folder).context(folder.display())?;
    }
    std::fs::create_dir_all(&folder).context(folder.display())?;
    let name = format!("equipoise-{version}");
    put(&folder, &format!("{name}.zip"), &archive::zip(&name, files)?)?;
    package::write(version, files, &folder)?;
    let list = sums::sums(&dist::files(&folder)?);
    put(&folder, sums::SUMS, list.as_bytes())
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    if let Some(within) = path.parent() {
        std::fs::create_dir_all(within).context(within.display())?;
    }
    std::fs::write(&path, bytes).context(path.display())
}

/// The version of Equipoise: that of its crate.
fn version() -> Result<String> {
    let path = paths::root().join("Cargo.toml");
    let manifest: toml::Table =
        std::fs::read_to_string(&path).context(path.display())?.parse().context(path.display())?;
    let version = manifest.get("package").and_then(|package| package.get("version")?.as_str());
    version.map(str::to_owned).ok_or_else(|| Failure::new("Cargo.toml has no version"))
}
