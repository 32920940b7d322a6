//! The programs and packages that come by npm, pinned by a lock file in the repository.
//!
//! A lock file's packages are installed once, into a folder of the cache that is named after the file's content:
//! a changed lock file gives a new folder, and an old clone keeps its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::setup::{Need, Setup};
use crate::failure::{Context as _, Failure, Result};
use crate::{paths, process};

/// A `package.json` and `package-lock.json` of this repository.
#[derive(Debug)]
pub(super) struct Packages {
    /// The folder they are in.
    folder: &'static str,
    /// What the set-up calls them.
    name: &'static str,
    why: &'static str,
}

/// What the build and the tests run.
pub(super) const TOOLS: Packages = Packages {
    folder: "xtask/npm",
    name: "wasm-opt, esbuild and axe-core (npm)",
    why: "make the download smaller and find accessibility faults",
};

/// What the yardstick page of the bench is made of.
pub(super) const YARDSTICKS: Packages = Packages {
    folder: "benches/yardsticks",
    name: "SurveyJS and Chart.js (npm)",
    why: "are what the bench compares with",
};

/// What the host pages of the browser tests are made of.
pub(super) const HOSTS: Packages = Packages {
    folder: "tests/hosts",
    name: "React (npm)",
    why: "is what pages around the element are made of",
};

/// The version of wasm-opt, as Trunk and `Trunk.toml` write it.
const WASM_OPT: &str = "132";

/// A folder with installed packages in `node_modules`.
#[derive(Debug, Clone)]
pub struct NpmFolder(PathBuf);

impl NpmFolder {
    /// A program that the packages bring.
    pub fn program(&self, name: &str) -> PathBuf {
        self.0.join("node_modules/.bin").join(name)
    }

    /// A file of a package.
    pub fn file(&self, path: &str) -> PathBuf {
        self.0.join("node_modules").join(path)
    }

    /// The folder that has `node_modules` in it.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

/// Finds or installs the packages of a lock file.
pub(super) fn ensure(setup: &mut Setup, packages: &Packages) -> Result<NpmFolder> {
    let NpmFolder(folder) = folder(packages)?;
    let source = paths::root().join(packages.folder);
    let line = format!("npm ci --prefix {}", packages.folder);
    let need = Need { name: packages.name, why: packages.why, about: "10 s", line: &line };
    let find = || folder.join("node_modules/.package-lock.json").is_file().then(|| NpmFolder(folder.clone()));
    setup.ensure(&need, find, || install(&source, &folder))
}

/// Where the packages of a lock file are, once installed.
pub(super) fn folder(packages: &Packages) -> Result<NpmFolder> {
    let lock = paths::root().join(packages.folder).join("package-lock.json");
    let lock = std::fs::read(&lock).context(lock.display())?;
    Ok(NpmFolder(paths::cache().join("npm").join(format!("{:016x}", fingerprint(&lock)))))
}

/// The folder with a `wasm-opt` for Trunk; `None` when the right one is on `PATH` already.
pub(super) fn wasm_opt_folder(npm: &NpmFolder) -> Result<Option<PathBuf>> {
    let own = paths::on_path("wasm-opt").and_then(|file| process::ask(Command::new(file).arg("--version")));
    if own.is_some_and(|text| text.split_whitespace().nth(2) == Some(WASM_OPT)) {
        return Ok(None);
    }
    let folder = npm.0.join("bin");
    let file = folder.join("wasm-opt");
    if !file.is_file() {
        std::fs::create_dir_all(&folder).context("wasm-opt")?;
        write_program(&file, &wrapper(&npm.file("binaryen/bin/wasm-opt")))?;
    }
    Ok(Some(folder))
}

/// Trunk asks for the version before every use, and Node takes a third of a second to say it.
fn wrapper(script: &Path) -> String {
    format!(
        "#!/bin/sh\nif [ \"${{1-}}\" = --version ]; then echo 'wasm-opt version {WASM_OPT}'; exit 0; fi\nexec node '{}' \"$@\"\n",
        script.display()
    )
}

fn write_program(file: &Path, text: &str) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(file, text).context(file.display())?;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).context(file.display())
}

fn install(source: &Path, folder: &Path) -> Result<()> {
    require_node()?;
    // Installed beside its place and moved there when whole: a stopped installation leaves nothing half.
    let partial = folder.with_extension(format!("partial-{}", std::process::id()));
    std::fs::create_dir_all(&partial).context(partial.display())?;
    for file in ["package.json", "package-lock.json"] {
        std::fs::copy(source.join(file), partial.join(file)).context(file)?;
    }
    let mut command = Command::new("npm");
    command
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&partial);
    process::run("npm ci", &mut command)?;
    if folder.exists() {
        std::fs::remove_dir_all(folder).context(folder.display())?;
    }
    std::fs::rename(&partial, folder).context(folder.display())
}

fn require_node() -> Result<()> {
    let missing = || Failure::new("it needs Node 20 or newer, with npm").remedy("apt-get install nodejs npm");
    let version = process::ask(Command::new("node").arg("--version")).ok_or_else(missing)?;
    let major: u32 =
        version.trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    if major < 20 || paths::on_path("npm").is_none() {
        return Err(missing());
    }
    Ok(())
}

/// FNV-1a: tells one lock file from another, the same for ever and on every machine.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_the_published_one() {
        assert_eq!(fingerprint(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(b"a"), 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn wasm_opt_has_one_version_everywhere() {
        let read = |file: &str| std::fs::read_to_string(paths::root().join(file)).expect(file);
        assert!(read("xtask/npm/package.json").contains(&format!("\"binaryen\": \"{WASM_OPT}.0.0\"")));
        assert!(read("Trunk.toml").contains(&format!("wasm_opt = \"version_{WASM_OPT}\"")));
    }

    #[test]
    fn lock_files_name_no_registry() {
        for packages in [TOOLS, YARDSTICKS, HOSTS] {
            let lock = paths::root().join(packages.folder).join("package-lock.json");
            let text = std::fs::read_to_string(lock).expect("the lock file is there");
            assert!(!text.contains("\"resolved\""), "{} names a registry", packages.folder);
        }
    }
}
