//! `cargo xtask build`: the release build, `dist/`.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::failure::{Context as _, Result};
use crate::tools::{self, BuildTools};
use crate::{dist, paths, process, report};

/// Sets up, builds, and says how large the files are.
///
/// # Errors
/// When a tool is missing, the build fails, or `dist/` holds what a strict page may not.
pub fn command() -> Result<()> {
    let started = Instant::now();
    let tools = tools::for_build()?;
    release(&tools)?;
    let rows: Vec<Vec<String>> = dist::files(&paths::dist())?
        .iter()
        .map(|file| vec![file.name.clone(), report::bytes(file.bytes.len() as u64)])
        .collect();
    report::table(&["dist/", "bytes"], &rows);
    report::line(&format!("Built in {}.", report::seconds(started.elapsed())));
    Ok(())
}

/// Builds `dist/` and checks it.
///
/// # Errors
/// When the build fails, or `dist/` holds what a strict page may not.
pub fn release(tools: &BuildTools) -> Result<()> {
    let mut trunk = tools.command("trunk")?;
    // Trunk reads NO_COLOR as a yes or no of its own, and stops at the usual `1`.
    trunk.args(["build", "--release", "--color", "never"]).env_remove("NO_COLOR");
    process::run("trunk build", &mut trunk)?;
    shrink(tools)?;
    dist::check(&paths::dist())
}

/// Minifies scripts and styles in place.
fn shrink(tools: &BuildTools) -> Result<()> {
    let folder = paths::dist();
    let files: Vec<PathBuf> = dist::files(&folder)?
        .iter()
        .filter(|file| matches!(file.ending(), "js" | "css"))
        .map(|file| folder.join(&file.name))
        .collect();
    let mut esbuild = Command::new(tools.npm.program("esbuild"));
    esbuild
        .args(["--minify", "--charset=utf8", "--allow-overwrite", "--log-level=warning"])
        .arg(format!("--outdir={}", folder.display()))
        .arg(format!("--outbase={}", folder.display()))
        .args(files)
        .current_dir(folder.canonicalize().context("dist/")?);
    process::run("esbuild", &mut esbuild).map(|_| ())
}
