//! `cargo xtask build`: the release build, `dist/`.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use equipoise::i18n::{Part, SOURCES, Texts};
use equipoise::json::Problem;

use crate::failure::{Context as _, Failure, Result};
use crate::tools::{self, BuildTools};
use crate::{dist, glue, names, paths, process, report, shipped, single, split};

/// Below this address wasm-opt takes for granted that nothing is.
const LOW: i32 = 1024;

/// What wasm-opt does, tried out for what is smallest once it is compressed: control flow is laid flat and built up
/// again, and the order of the rest matters. The lowest addresses are the end of the stack, which nothing points to.
const OPTIMISE: [&str; 13] = [
    "-Oz",
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Os",
    "-Os",
    "--local-cse",
    "-Os",
    "--flatten",
    "--rereloop",
    "-Os",
    "--local-cse",
    "-Os",
];

/// What it does to a module that it reads anew: locals have other names then, and it finds more. Without what is for
/// tools only.
const AGAIN: [&str; 4] = ["-Os", "--strip-debug", "--strip-producers", "--strip-target-features"];

/// From how many instructions on a function is named that could have been expected to move.
const LARGE: u64 = 100;

/// How the compiler is told: see [`small`]. Functions that do the same stay apart until the module is split, so that each
/// has the name of the part it belongs to; wasm-opt makes one of them afterwards.
const SMALL: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none \
                     -Csymbol-mangling-version=v0 -Zmerge-functions=disabled";

/// Where the module is split: see [`split`] and `src/ui/further.rs`. A screen or export that only a finished assessment
/// needs gets a door in that file. Its Rust module is listed here when it has closures that listen to events, or
/// implements traits: these are called by their address, and only their name tells where they belong.
/// So is what of other crates only the further part needs.
const DOORS: [&str; 2] = ["equipoise::ui::apart::door", "equipoise::ui::further"];
const PLACES: [&str; 34] = [
    "alloc::boxed::Box<dyn core::error::Error",
    "equipoise::chart",
    "equipoise::compare",
    "equipoise::deepening",
    "equipoise::formats",
    "equipoise::group",
    "equipoise::history",
    "equipoise::kiosk",
    "equipoise::own",
    "equipoise::picture",
    "equipoise::qr",
    "equipoise::scoring",
    "equipoise::summary",
    "equipoise::ui::app::App>::copy",
    "equipoise::ui::app::App>::rasterise",
    "equipoise::ui::apart",
    "equipoise::ui::aside",
    "equipoise::ui::deepen",
    "equipoise::ui::desk",
    "equipoise::ui::dom::clipboard",
    "equipoise::ui::dom::download",
    "equipoise::ui::dom::files",
    "equipoise::ui::dom::raster",
    "equipoise::ui::dom::requests",
    "equipoise::ui::handing",
    "equipoise::ui::overlay",
    "equipoise::ui::result",
    "equipoise::ui::small",
    "equipoise::ui::subject",
    "equipoise::ui::wish",
    "gloo_file",
    "js_sys::futures::future_to_promise::<<equipoise::ui::app::App>::rasterise",
    "qrcodegen",
    "serde_json::value::Value as core::fmt::Display",
];

/// What only few pages need: an own questionnaire and its author, a group, a screen that strangers share. It makes up a
/// part that stands apart, and that no other page downloads.
const APART: [&str; 7] = [
    "equipoise::formats::group",
    "equipoise::group",
    "equipoise::kiosk",
    "equipoise::own",
    "equipoise::qr",
    "equipoise::ui::apart",
    "qrcodegen",
];

/// Files of `content/` that are built in and that only the further part reads.
const FILES: [&str; 1] = ["deepening.json"];

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
    write_texts(Part::Apart, "texts/apart")?;
    shorten_names()?;
    make_factory()?;
    shrink_styles(tools)?;
    bundle(tools)?;
    shrink_frames(tools)?;
    single::write_shell(esbuild(tools)?)?;
    shipped::rename(&paths::dist())?;
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
    let names = [dist::MODULE, dist::FURTHER_MODULE, dist::APART_MODULE];
    let [first, further, other] = names.map(|name| paths::dist().join(name));
    let whole = std::fs::read(&first).context(first.display())?;
    leave_low_memory(&whole)?;
    let content = paths::root().join("content");
    let files: Vec<Vec<u8>> =
        FILES.iter().filter_map(|name| std::fs::read(content.join(name)).ok()).collect();
    let rules = split::Rules { doors: &DOORS, places: &PLACES, apart: &APART, files: &files };
    let parts = split::split(&whole, &rules)?;
    let apart =
        parts.apart.as_ref().ok_or_else(|| Failure::new("nothing is found of the part that stands apart"))?;
    for (file, bytes) in [(&first, &parts.first), (&further, &parts.further), (&other, apart)] {
        std::fs::write(file, bytes).context(file.display())?;
        for passes in [&OPTIMISE[..], &AGAIN] {
            let mut opt = tools.command("wasm-opt")?;
            opt.args(passes).arg(file).arg("-o").arg(file);
            process::run("wasm-opt", &mut opt)?;
        }
    }
    tell(&parts.summary);
    Ok(())
}

/// Refuses a module that has data where [`OPTIMISE`] takes for granted that nothing is.
fn leave_low_memory(module: &[u8]) -> Result<()> {
    let module = walrus::Module::from_buffer(module).context("the module")?;
    let is_low = |data: &walrus::Data| match data.kind {
        walrus::DataKind::Active { offset: walrus::ConstExpr::Value(walrus::ir::Value::I32(at)), .. } => {
            at < LOW
        }
        _ => false,
    };
    if module.data.iter().any(is_low) {
        return Err(Failure::new(
            "the module has data at its lowest addresses, which wasm-opt is told are unused",
        ));
    }
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
    let (module, script) = (paths::dist().join(dist::MODULE), paths::dist().join(glue::SCRIPT));
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

/// Makes a factory of wasm-bindgen's script: see [`glue`].
fn make_factory() -> Result<()> {
    let path = paths::dist().join(glue::SCRIPT);
    let script = std::fs::read_to_string(&path).context(path.display())?;
    std::fs::write(&path, glue::factory(&script)?).context(path.display())
}

/// Minifies style sheets in place.
fn shrink_styles(tools: &BuildTools) -> Result<()> {
    let folder = paths::dist();
    let files: Vec<PathBuf> = dist::files(&folder)?
        .iter()
        .filter(|file| file.ending() == "css")
        .map(|file| folder.join(&file.name))
        .collect();
    let mut esbuild = esbuild(tools)?;
    esbuild
        .arg(format!("--outdir={}", folder.display()))
        .arg(format!("--outbase={}", folder.display()))
        .args(files);
    process::run("esbuild", &mut esbuild).map(|_| ())
}

/// Makes one script of the element, what it is made of, and the glue: one request, and one thing to check.
fn bundle(tools: &BuildTools) -> Result<()> {
    let folder = paths::dist();
    let mut esbuild = esbuild(tools)?;
    esbuild
        .args(["--bundle", "--format=esm"])
        .arg(format!("--define:FAILED={}", failed()?))
        .arg(format!("--outfile={}", folder.join(dist::ELEMENT).display()))
        .arg(folder.join(dist::ELEMENT));
    process::run("esbuild", &mut esbuild)?;
    let (parts, script) = (folder.join(dist::ELEMENT_PARTS), folder.join(glue::SCRIPT));
    std::fs::remove_dir_all(&parts).context(parts.display())?;
    std::fs::remove_file(&script).context(script.display())
}

/// Minifies the scripts for frames: one for the page within, one for the page around it.
fn shrink_frames(tools: &BuildTools) -> Result<()> {
    let folder = paths::dist();
    let parts = folder.join(dist::FRAME_PARTS);
    let mut esbuild = esbuild(tools)?;
    esbuild
        .arg(format!("--outdir={}", folder.display()))
        .args(dist::FRAME_SCRIPTS.map(|name| parts.join(name)));
    process::run("esbuild", &mut esbuild)?;
    std::fs::remove_dir_all(&parts).context(parts.display())
}

/// What the element says when there is no program to ask, by language.
fn failed() -> Result<String> {
    let mut all = serde_json::Map::new();
    for (language, source) in SOURCES {
        let faulty = |error| Failure::new(format!("content/{language}.json: {error}"));
        let mut texts: serde_json::Value = serde_json::from_str(source).map_err(faulty)?;
        all.insert(language.to_owned(), texts["failed"].take());
    }
    Ok(serde_json::Value::Object(all).to_string())
}

/// A command that minifies, run in `dist/`.
///
/// # Errors
/// When there is no `dist/`.
pub(crate) fn esbuild(tools: &BuildTools) -> Result<Command> {
    let mut esbuild = Command::new(tools.npm.program("esbuild"));
    esbuild
        .args(["--minify", "--charset=utf8", "--allow-overwrite", "--log-level=warning"])
        .current_dir(paths::dist().canonicalize().context("dist/")?);
    Ok(esbuild)
}
