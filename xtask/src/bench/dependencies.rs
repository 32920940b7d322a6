//! What the download grows by with each dependency: the smallest program that uses it, built like the product.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Context as _, Failure, Result};
use crate::size::Size;
use crate::tools::BuildTools;
use crate::{build, paths, process, report, serve, shipped, size};

/// Each step adds a dependency to the one before.
const STEPS: [(&str, &str); 4] = [
    ("wasm-bindgen and Rust's own library", ""),
    ("+ Yew, one component", "yew"),
    ("+ gloo: events, timers, utils", "gloo"),
    ("+ serde_json, reading and writing", "serde_json"),
];

/// Builds the steps and prints what each adds, module and glue together.
pub(super) fn print(tools: &BuildTools) -> Result<()> {
    let mut rows = Vec::new();
    let mut before = 0;
    for (name, feature) in STEPS {
        let bytes = step(tools, feature)?;
        rows.push(row(name, bytes, before));
        before = bytes;
    }
    let measured = size::measure()?;
    let first = code(&measured.first_use, &["element.js", "equipoise_bg.wasm"])?;
    rows.push(row("+ Equipoise's own in the first part", first, before));
    let all = first + code(&measured.further, &["equipoise_further.wasm"])?;
    rows.push(row("+ Equipoise's own in the further part", all, first));
    report::table(&["wasm and its glue, brotli", "added", "together"], &rows);
    Ok(())
}

/// What these files take, found by the names that they had before their hash came into them.
fn code(sizes: &[Size], names: &[&str]) -> Result<u64> {
    names.iter().try_fold(0, |sum, name| {
        let found = sizes.iter().find(|size| shipped::plain(&size.name) == *name);
        found.map(|size| sum + size.brotli).ok_or_else(|| Failure::new(format!("dist/ has no {name}")))
    })
}

fn row(name: &str, bytes: u64, before: u64) -> Vec<String> {
    let added = report::bytes(bytes.saturating_sub(before));
    vec![name.to_owned(), added, report::bytes(bytes)]
}

/// The compressed size of the program with a feature.
fn step(tools: &BuildTools, feature: &str) -> Result<u64> {
    let target = paths::target().join("sizes");
    let mut cargo = tools.command("cargo")?;
    cargo
        .args(["build", "--release", "--locked", "--target", "wasm32-unknown-unknown", "--features", feature])
        .env("CARGO_TARGET_DIR", &target)
        .current_dir(paths::root().join("benches/yardsticks/sizes"));
    build::small(&mut cargo);
    process::run("cargo build", &mut cargo)?;
    let folder = target.join("out").join(if feature.is_empty() { "none" } else { feature });
    let mut bindgen = tools.command("wasm-bindgen")?;
    bindgen
        .args(["--target", "web", "--no-typescript", "--out-name", "sizes", "--out-dir"])
        .arg(&folder)
        .arg(target.join("wasm32-unknown-unknown/release/sizes.wasm"));
    process::run("wasm-bindgen", &mut bindgen)?;
    let module = optimised(tools, &folder)?;
    let glue = folder.join("small.js");
    let mut esbuild = Command::new(tools.npm.program("esbuild"));
    esbuild
        .arg(folder.join("sizes.js"))
        .args(["--minify", "--log-level=error"])
        .arg(format!("--outfile={}", glue.display()));
    process::run("esbuild", &mut esbuild)?;
    [module, glue].iter().try_fold(0, |sum, file| {
        let bytes = std::fs::read(file).context(file.display())?;
        Ok(sum + serve::brotli(&bytes).len() as u64)
    })
}

fn optimised(tools: &BuildTools, folder: &Path) -> Result<PathBuf> {
    let small = folder.join("small.wasm");
    let mut opt = tools.command("wasm-opt")?;
    opt.args(["-Oz", "--all-features"]).arg(folder.join("sizes_bg.wasm")).arg("-o").arg(&small);
    process::run("wasm-opt", &mut opt)?;
    Ok(small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_found_under_names_with_a_hash() {
        let size = |name: &str, brotli| Size { name: name.to_owned(), raw: 0, brotli };
        let sizes = [size("element.js", 9), size("equipoise_bg.4bKKp1xh.wasm", 100), size("index.html", 1)];
        assert_eq!(code(&sizes, &["element.js", "equipoise_bg.wasm"]), Ok(109));
        assert!(code(&sizes, &["equipoise_further.wasm"]).is_err(), "what is not there is not nothing");
    }
}
