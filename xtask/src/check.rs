//! `cargo xtask check`: formatting, clippy and documentation, with no warning allowed.

use std::process::Command;

use crate::failure::Result;
use crate::tools::{self, WasmTarget};
use crate::{paths, process, report};

/// Runs every check, and stops at the first that fails.
///
/// # Errors
/// When a check finds something.
pub fn command() -> Result<()> {
    let wasm = tools::for_wasm_check()?;
    run("formatting", &mut cargo(&["fmt", "--all", "--", "--check"]))?;
    run("clippy", &mut clippy(&["--workspace", "--all-targets"]))?;
    run(
        "clippy without the interface",
        &mut clippy(&["--package", "equipoise", "--no-default-features", "--all-targets"]),
    )?;
    run("clippy for WebAssembly", &mut for_wasm(wasm))?;
    let mut documentation = cargo(&["doc", "--workspace", "--no-deps", "--document-private-items"]);
    run("documentation", documentation.env("RUSTDOCFLAGS", "-D warnings"))
}

fn run(name: &str, command: &mut Command) -> Result<()> {
    let done = process::run(name, command)?;
    report::line(&format!("  {name}: ok ({})", report::seconds(done.took)));
    Ok(())
}

fn cargo(words: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(words).current_dir(paths::root());
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
        // Debian packs no clippy for this compiler. What clippy says of the same code is said above, on the host.
        WasmTarget::Debian => {
            let mut command = cargo(&["check"]);
            command.args(package).env("RUSTFLAGS", "-D warnings");
            command
        }
    };
    target.apply(&mut command);
    command
}
