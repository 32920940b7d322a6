//! The programs that come by `cargo install`: Trunk, wasm-bindgen of exactly the crate's version, and the driver of
//! Firefox.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::setup::{Need, Setup};
use crate::failure::{Context as _, Failure, Result};
use crate::{paths, process, report};

/// The newest Trunk that Rust 1.95 compiles. It builds only with its own lock file.
const TRUNK: &str = "0.21.14";

/// The folder with the right `trunk` in it.
pub(super) fn trunk(setup: &mut Setup) -> Result<PathBuf> {
    let line = format!("cargo install --locked trunk@{TRUNK}");
    let name = format!("trunk {TRUNK}");
    let need = Need { name: &name, why: "builds the page", about: "8 min on two cores", line: &line };
    setup.ensure(&need, || find("trunk", "trunk", TRUNK), || install("trunk", TRUNK, true))
}

/// The folder with the right `wasm-bindgen` in it.
pub(super) fn wasm_bindgen(setup: &mut Setup) -> Result<PathBuf> {
    let lock = std::fs::read_to_string(paths::root().join("Cargo.lock")).context("Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen")
        .ok_or_else(|| Failure::new("Cargo.lock has no wasm-bindgen").remedy("cargo generate-lockfile"))?;
    let line = format!("cargo install wasm-bindgen-cli@{version}");
    let name = format!("wasm-bindgen {version}");
    let why = "joins Rust and JavaScript, and must equal the version in Cargo.lock";
    let need = Need { name: &name, why, about: "4 min on two cores", line: &line };
    // Its own lock file names crates that not every registry still has, so that comes second.
    let install_either = || {
        install("wasm-bindgen-cli", version, false).or_else(|_| install("wasm-bindgen-cli", version, true))
    };
    setup.ensure(&need, || find("wasm-bindgen-cli", "wasm-bindgen", version), install_either)
}

/// The version of geckodriver that is installed; one that is there already may be any.
const GECKODRIVER: &str = "0.37.1";

/// The driver of Firefox, if it is there.
pub fn geckodriver_found() -> Option<PathBuf> {
    let named = paths::variable("EQUIPOISE_GECKODRIVER").map(PathBuf::from);
    let cached =
        || Some(folder("geckodriver", GECKODRIVER).join("bin/geckodriver")).filter(|file| file.is_file());
    named.or_else(|| paths::on_path("geckodriver")).or_else(cached)
}

/// The driver of Firefox.
pub(super) fn geckodriver(setup: &mut Setup) -> Result<PathBuf> {
    let line = format!("cargo install geckodriver@{GECKODRIVER}");
    let name = format!("geckodriver {GECKODRIVER}");
    let need = Need { name: &name, why: "drives Firefox", about: "4 min on two cores", line: &line };
    let install_either =
        || install("geckodriver", GECKODRIVER, true).or_else(|_| install("geckodriver", GECKODRIVER, false));
    setup.ensure(&need, geckodriver_found, install_either)
}

fn find(package: &str, program: &str, version: &str) -> Option<PathBuf> {
    let cached = folder(package, version).join("bin").join(program);
    let file = paths::on_path(program).into_iter().chain([cached]).find(|file| has_version(file, version))?;
    file.parent().map(Path::to_path_buf)
}

fn has_version(file: &Path, version: &str) -> bool {
    let said = process::ask(Command::new(file).arg("--version"));
    said.is_some_and(|text| text.split_whitespace().any(|word| word == version))
}

fn folder(package: &str, version: &str) -> PathBuf {
    paths::cache().join("tools").join(format!("{package}-{version}"))
}

fn install(package: &str, version: &str, locked: bool) -> Result<()> {
    let mut command = Command::new("cargo");
    command.arg("install").arg("--root").arg(folder(package, version)).arg(format!("{package}@{version}"));
    if locked {
        command.arg("--locked");
    }
    // The build of a tool has no business in this repository's target directory, nor under its flags.
    command.env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS").current_dir(paths::cache_made()?);
    let how = if locked { "with its lock file" } else { "with the newest fitting crates" };
    report::line(&format!("    cargo install {package}@{version}, {how}"));
    process::run(&format!("cargo install {package}"), &mut command).map(|_| ())
}

/// The version of a package in the text of a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n\n[[package]]\nname = \"ab\"\nversion = \"4.0.0\"\n";
        assert_eq!(locked_version(lock, "a"), Some("1.2.3"));
        assert_eq!(locked_version(lock, "ab"), Some("4.0.0"));
        assert_eq!(locked_version(lock, "b"), None);
    }
}
