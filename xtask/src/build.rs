//! `cargo xtask build`: the release build, `dist/`.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use equipoise::i18n::{SOURCES, Texts};
use equipoise::json::Problem;

use crate::failure::{Context as _, Failure, Result};
use crate::tools::{self, BuildTools};
use crate::{dist, names, paths, process, report};

/// How the compiler is told: see [`small`].
const SMALL: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

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
    // Trunk tells cargo to stay off the network too, so what the build needs is fetched before, for the standard
    // library as well.
    fetch(tools, &[])?;
    fetch(tools, &["--target", "wasm32-unknown-unknown"])?;
    let mut trunk = tools.command("trunk")?;
    // Trunk reads NO_COLOR as a yes or no of its own, and stops at the usual `1`.
    trunk
        .args(["build", "--release", "--color", "never"])
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE");
    small(&mut trunk);
    process::run("trunk build", &mut trunk)?;
    write_texts()?;
    shrink(tools)?;
    shorten_names()?;
    dist::check(&paths::dist())
}

/// Downloads what a build needs. Without a target that is everything of ours, but of the standard library only what it
/// needs on this machine; with one it is the reverse.
fn fetch(tools: &BuildTools, target: &[&str]) -> Result<()> {
    let mut fetch = tools.command("cargo")?;
    small(&mut fetch);
    fetch.args(["fetch", "--locked", "--color", "never"]).args(target);
    process::run("cargo fetch", &mut fetch).map(|_| ())
}

/// Compiles the standard library along with the rest, for size, and lets a panic stop the module without a text. That
/// takes a tenth off the download. These are settings that Rust still calls unstable, hence the first line; without
/// them (`trunk build`) the same program comes out, only larger.
pub(crate) fn small(command: &mut Command) {
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", SMALL);
}

/// Gives the module and its script short names for each other.
fn shorten_names() -> Result<()> {
    let (module, script) = (paths::dist().join("equipoise_bg.wasm"), paths::dist().join("equipoise.js"));
    let long = std::fs::read(&module).context(module.display())?;
    let glue = std::fs::read_to_string(&script).context(script.display())?;
    let (short, glue) = names::shorten(&long, &glue)?;
    std::fs::write(&module, short).context(module.display())?;
    std::fs::write(&script, glue).context(script.display())
}

/// Writes the language packs in their shipped form: the keys once, and the texts of each language in the same order.
fn write_texts() -> Result<()> {
    let folder = paths::dist().join("texts");
    std::fs::create_dir_all(&folder).context(folder.display())?;
    let mut all_keys: Option<String> = None;
    for (language, source) in SOURCES {
        let faulty = |problem: &Problem| Failure::new(format!("content/{language}.json, {}", problem.path));
        let texts = Texts::read(source)
            .map_err(|problems| problems.first().map_or_else(|| Failure::new("no problem"), faulty))?;
        let (keys, texts) = texts.pack();
        if all_keys.as_ref().is_some_and(|known| *known != keys) {
            return Err(Failure::new(format!(
                "content/{language}.json has other keys than the first language"
            )));
        }
        all_keys = Some(keys);
        let path = folder.join(format!("{language}.json"));
        std::fs::write(&path, texts).context(path.display())?;
    }
    let path = folder.join("keys.json");
    std::fs::write(&path, all_keys.unwrap_or_default()).context(path.display())
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
