//! `cargo xtask check`: formatting, clippy, documentation, and that the fuzz targets compile, with no warning allowed.

use std::process::Command;

use crate::failure::{Failure, Result};
use crate::tools::{self, WasmTarget};
use crate::{paths, process, report};

/// Runs every check, and says at the end which failed.
///
/// # Errors
/// When a check finds something.
pub fn command() -> Result<()> {
    let wasm = tools::for_wasm_check()?;
    let core = ["--package", "equipoise", "--no-default-features", "--all-targets"];
    let mut documentation = cargo(&["doc", "--workspace", "--no-deps", "--document-private-items"]);
    // Private items are documented too, so links to them work.
    documentation.env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links");
    let checks = [
        ("formatting", cargo(&["fmt", "--all", "--", "--check", "--color", "never"])),
        ("clippy", clippy(&["--workspace", "--all-targets"])),
        ("clippy without the interface", clippy(&core)),
        ("clippy for WebAssembly", for_wasm(wasm)),
        ("documentation", documentation),
        ("fuzz targets", fuzz_targets()),
    ];
    let failed: Vec<&str> = checks
        .into_iter()
        .filter_map(|(name, mut command)| (!passes(name, &mut command)).then_some(name))
        .collect();
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("{} found something", failed.join(", "))))
}

fn passes(name: &str, command: &mut Command) -> bool {
    match process::run(name, command) {
        Ok(done) => report::line(&format!("  {name}: ok ({})", report::seconds(done.took))),
        Err(failure) => {
            report::line(&format!("  {name}: FAILED ({failure})"));
            return false;
        }
    }
    true
}

fn cargo(words: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(words).env("CARGO_TERM_COLOR", "never").current_dir(paths::root());
    command
}

/// They are a workspace of their own, so nothing else would notice when one no longer compiles. Nothing is linked, so it
/// does without the fuzzer's own library, which needs a C++ compiler.
fn fuzz_targets() -> Command {
    let mut command = cargo(&["check", "--manifest-path", "fuzz/Cargo.toml", "--locked", "--bins"]);
    command
        .env("CARGO_TARGET_DIR", paths::target().join("fuzz"))
        .env("CUSTOM_LIBFUZZER_PATH", paths::root().join("fuzz/none.a"))
        .env("RUSTFLAGS", "-D warnings");
    command
}

fn clippy(words: &[&str]) -> Command {
    let mut command = cargo(&["clippy"]);
    command.args(words).args(["--", "-D", "warnings"]);
    command
}

fn for_wasm(target: WasmTarget) -> Command {
    let package = ["--package", "equipoise", "--features", "ui", "--target", "wasm32-unknown-unknown"];
    let mut command = match target {
        WasmTarget::Rustup => clippy(&package),
        // Debian's clippy is a newer one with rules of its own, so here the compiler's warnings count; what the host's
        // clippy says of the same code is said above.
        WasmTarget::Debian => {
            let mut command = cargo(&["check"]);
            command.args(package).env("RUSTFLAGS", "-D warnings");
            command
        }
    };
    target.apply(&mut command);
    command
}
