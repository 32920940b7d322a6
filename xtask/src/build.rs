//! `cargo xtask build`: the release build, `dist/`.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use equipoise::i18n::{Part, SOURCES, Texts};
use equipoise::json::Problem;

use crate::failure::{Context as _, Failure, Result};
use crate::tools::{self, BuildTools};
use crate::{dist, names, paths, process, report, split};

/// From how many instructions on a function is named that could have been expected to move.
const LARGE: u64 = 100;

/// How the compiler is told: see [`small`].
const SMALL: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none \
                     -Csymbol-mangling-version=v0";

/// Where the module is split: see [`split`] and `src/ui/further.rs`. A screen or export that only a finished assessment
/// needs gets a door in that file. Its Rust module is listed here when it has closures that listen to events, or
/// implements traits: these are called by their address, and only their name tells where they belong.
const DOORS: [&str; 1] = ["equipoise::ui::further"];
const PLACES: [&str; 21] = [
    "equipoise::chart",
    "equipoise::compare",
    "equipoise::deepening",
    "equipoise::formats",
    "equipoise::history",
    "equipoise::picture",
    "equipoise::scoring",
    "equipoise::summary",
    "equipoise::ui::aside",
    "equipoise::ui::deepen",
    "equipoise::ui::desk",
    "equipoise::ui::dom::clipboard",
    "equipoise::ui::dom::download",
    "equipoise::ui::dom::files",
    "equipoise::ui::dom::raster",
    "equipoise::ui::dom::requests",
    "equipoise::ui::overlay",
    "equipoise::ui::result",
    "equipoise::ui::small",
    "equipoise::ui::subject",
    "equipoise::ui::wish",
];

/// Files of `content/` that are built in and that only the further part reads. None for now: a stored session may hold
/// answers to the deepening modules, so the first part reads those as well.
const FILES: [&str; 0] = [];

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
    split_module(tools)?;
    write_texts(Part::First, "texts")?;
    write_texts(Part::Further, "texts/further")?;
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

/// Splits the module in what is needed first and what comes right after, each as small as can be.
fn split_module(tools: &BuildTools) -> Result<()> {
    let [first, further] = [dist::MODULE, dist::FURTHER_MODULE].map(|name| paths::dist().join(name));
    let whole = std::fs::read(&first).context(first.display())?;
    let content = paths::root().join("content");
    let files: Vec<Vec<u8>> =
        FILES.iter().filter_map(|name| std::fs::read(content.join(name)).ok()).collect();
    let rules = split::Rules { doors: &DOORS, places: &PLACES, files: &files };
    let parts = split::split(&whole, &rules)?;
    for (file, bytes) in [(&first, &parts.first), (&further, &parts.further)] {
        std::fs::write(file, bytes).context(file.display())?;
        let mut opt = tools.command("wasm-opt")?;
        opt.args(["-Oz", "--strip-producers", "--strip-target-features"]).arg(file).arg("-o").arg(file);
        process::run("wasm-opt", &mut opt)?;
    }
    tell(&parts.summary);
    Ok(())
}

/// Says what moved, and what of the further part's modules is large and didn't.
fn tell(summary: &split::Summary) {
    let split::Summary { moved, doors, addressed, shared, data, kept } = summary;
    report::line(&format!(
        "The further part has {moved} functions, {addressed} of them called by address; the first enters it through \
         {doors} stubs and shares {shared} functions with it. Files of {data} bytes went along."
    ));
    for (name, size) in kept.iter().filter(|(_, size)| *size >= LARGE) {
        report::line(&format!(
            "  {name} ({size} instructions) stays in the first part, which needs it as well"
        ));
    }
}

/// Gives the module and its script short names for each other.
fn shorten_names() -> Result<()> {
    let (module, script) = (paths::dist().join(dist::MODULE), paths::dist().join("equipoise.js"));
    let long = std::fs::read(&module).context(module.display())?;
    let glue = std::fs::read_to_string(&script).context(script.display())?;
    let (short, glue) = names::shorten(&long, &glue)?;
    std::fs::write(&module, short).context(module.display())?;
    std::fs::write(&script, glue).context(script.display())
}

/// Writes a part of the language packs in its shipped form: the keys once, and the texts of each language in the same
/// order.
fn write_texts(part: Part, folder: &str) -> Result<()> {
    let folder = paths::dist().join(folder);
    std::fs::create_dir_all(&folder).context(folder.display())?;
    let mut all_keys: Option<String> = None;
    for (language, source) in SOURCES {
        let faulty = |problem: &Problem| Failure::new(format!("content/{language}.json, {}", problem.path));
        let texts = Texts::read(source)
            .map_err(|problems| problems.first().map_or_else(|| Failure::new("no problem"), faulty))?;
        let (keys, texts) = texts.pack(part);
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
