//! The `wasm32-unknown-unknown` target: by rustup, or from Debian's packages where rustup's server can't be reached.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::setup::{Need, Setup};
use crate::failure::{Failure, Result};
use crate::{paths, process, report};

const TARGET: &str = "wasm32-unknown-unknown";

/// The toolchain that Debian's packages are linked as.
const DEBIAN: &str = "debian";

/// The minor version of the oldest Rust that compiles this repository: `rust-version` in `Cargo.toml`.
const OLDEST: &str = "95";

/// Which toolchain compiles to WebAssembly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WasmTarget {
    /// The one in use.
    Rustup,
    /// Debian's, because rustup could not fetch the target.
    Debian,
}

impl WasmTarget {
    /// Makes the cargo that a command starts use the right toolchain.
    pub fn apply(self, command: &mut Command) {
        // Cargo tells its children which cargo started them; that must not win over the toolchain chosen here.
        command.env_remove("CARGO");
        if self == Self::Debian {
            command.env("RUSTUP_TOOLCHAIN", DEBIAN);
        }
    }
}

/// Finds or installs the target.
pub(super) fn ensure(setup: &mut Setup) -> Result<WasmTarget> {
    let need = Need {
        name: "the wasm32 target",
        why: "lets Rust compile to WebAssembly, with a standard library made small",
        about: "5 s (2 min where it has to come from Debian's packages)",
        line: "rustup target add wasm32-unknown-unknown && rustup component add rust-src",
    };
    setup.ensure(&need, find, install)
}

fn find() -> Option<WasmTarget> {
    let sysroot =
        process::ask(Command::new("rustc").args(["--print", "sysroot"]).current_dir(paths::root()))?;
    if has_target(Path::new(&sysroot)) && has_source(Path::new(&sysroot)) {
        return Some(WasmTarget::Rustup);
    }
    let linked = || process::ask(Command::new("rustup").args(["toolchain", "list"])).unwrap_or_default();
    (has_target(Path::new("/usr"))
        && has_source(Path::new("/usr"))
        && linked().lines().any(|line| line.starts_with(DEBIAN)))
    .then_some(WasmTarget::Debian)
}

fn has_target(sysroot: &Path) -> bool {
    let library: PathBuf = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    let Ok(entries) = library.read_dir() else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.strip_prefix("libstd-")
            .and_then(|rest| rest.rsplit_once('.'))
            .is_some_and(|(_, ending)| ending == "rlib")
    })
}

/// Whether the standard library's source is there: the release build compiles it anew, for size.
fn has_source(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib/src/rust/library/std").is_dir()
}

fn by_rustup() -> Result<()> {
    for (name, words) in [
        ("rustup target add", ["target", "add", TARGET]),
        ("rustup component add", ["component", "add", "rust-src"]),
    ] {
        let mut rustup = Command::new("rustup");
        process::run(name, rustup.args(words).current_dir(paths::root()))?;
    }
    Ok(())
}

fn install() -> Result<()> {
    let Err(failure) = by_rustup() else { return Ok(()) };
    if !super::browser::is_debian_root() {
        return Err(failure);
    }
    report::line("    rustup can't fetch it: compiling it from Debian's packages, about 2 min");
    let mut shell = Command::new("sh");
    shell.args(["-c", include_str!("wasm-target-debian.sh"), "set-up", OLDEST]);
    process::run("the wasm32 target from Debian", &mut shell)
        .map(|_| ())
        .map_err(|second| Failure::new(format!("{failure}; then {second}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_rust_is_the_one_that_the_workspace_names() {
        let manifest = std::fs::read_to_string(paths::root().join("Cargo.toml")).expect("it is there");
        assert!(manifest.contains(&format!("rust-version = \"1.{OLDEST}\"")));
    }
}
