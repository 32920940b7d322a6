//! The pages of others that the browser tests put the element into: one made with Yew, one made with React.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Context as _, Result};
use crate::tools::{self, BuildTools};
use crate::{paths, process};

/// Where they are once they are built.
pub fn folder() -> PathBuf {
    paths::target().join("hosts")
}

/// Builds them.
///
/// # Errors
/// When one can't be built.
pub fn build(tools: &BuildTools) -> Result<()> {
    yew(tools)?;
    react(tools)
}

/// Built without the settings that make our own program small: somebody else's isn't.
fn yew(tools: &BuildTools) -> Result<()> {
    let target = folder().join("target");
    let mut cargo = tools.command("cargo")?;
    cargo
        .args([
            "build",
            "--package",
            "yew-host",
            "--locked",
            "--target",
            "wasm32-unknown-unknown",
            "--color",
            "never",
        ])
        .env("CARGO_TARGET_DIR", &target);
    process::run("cargo build", &mut cargo)?;
    let mut bindgen = tools.command("wasm-bindgen")?;
    bindgen
        .args(["--target", "web", "--no-typescript", "--out-name", "yew-host", "--out-dir"])
        .arg(folder().join("yew"))
        .arg(target.join("wasm32-unknown-unknown/debug/yew-host.wasm"));
    process::run("wasm-bindgen", &mut bindgen)?;
    let boot = folder().join("yew/boot.js");
    std::fs::copy(paths::root().join("tests/hosts/yew/boot.js"), &boot).context(boot.display())?;
    Ok(())
}

fn react(tools: &BuildTools) -> Result<()> {
    let packages = tools::for_hosts()?;
    let mut esbuild = Command::new(tools.npm.program("esbuild"));
    esbuild
        .arg(paths::root().join("tests/hosts/react/host.jsx"))
        .args([
            "--bundle",
            "--jsx=automatic",
            "--minify",
            "--log-level=warning",
            "--define:process.env.NODE_ENV=\"production\"",
        ])
        .arg(format!("--outfile={}", folder().join("react/host.js").display()))
        .env("NODE_PATH", packages.path().join("node_modules"));
    process::run("esbuild", &mut esbuild).map(|_| ())
}
