//! `cargo xtask bench`: the budget table, and what each dependency costs.
//!
//! The pages are measured by the program `bench` of the browser tests; this brings what it needs and adds what can be
//! told without a browser.

mod attribution;
mod dependencies;
mod yardsticks;

use std::process::Command;

use crate::engine::Engine;
use crate::failure::{Context as _, Failure, Result};
use crate::{build, paths, process, report, size, tools};

/// Measures and prints.
///
/// # Errors
/// When something can't be measured. A budget that isn't kept is shown, and is no error: times are noisy.
pub fn command() -> Result<()> {
    let tools = tools::for_build()?;
    let browser = tools::for_browser(Engine::Chromium)?;
    let packages = tools::for_yardsticks()?;
    report::heading("== release build");
    build::release(&tools)?;
    report::heading("== yardstick pages");
    let folder = yardsticks::make(&tools, &packages)?;
    report::heading("== scoring, native");
    let score = native_score()?;
    report::heading("== pages in Chromium, processor ÷ 4");
    let mut bench = Command::new("cargo");
    bench
        .args(["run", "--quiet", "--package", "browser-tests", "--bin", "bench"])
        .env("EQUIPOISE_DIST", paths::dist())
        .env("EQUIPOISE_YARDSTICKS", &folder)
        .env("EQUIPOISE_SCORE_NS", score.map_or(String::new(), |nanoseconds| nanoseconds.to_string()))
        .current_dir(paths::root());
    browser.apply(&mut bench);
    // It prints as it goes, so its output is not collected.
    let status = bench.status().context("bench")?;
    if !status.success() {
        return Err(Failure::new(format!("the pages could not be measured: {status}")));
    }
    report::heading("== what each dependency costs");
    dependencies::print(&tools)?;
    report::heading("== where the code of the module comes from");
    attribution::print()
}

/// The time that `benches/score.rs` gives for scoring one result, in nanoseconds.
fn native_score() -> Result<Option<f64>> {
    let mut bench = Command::new("cargo");
    bench.args(["bench", "--package", "equipoise", "--no-default-features", "--bench", "score"]);
    let done = process::run("cargo bench", bench.current_dir(paths::root()))?;
    report::output(&done.output.lines().filter(|line| line.contains("ns")).collect::<Vec<_>>().join("\n"));
    Ok(done.output.lines().find(|line| line.starts_with("score one result")).and_then(nanoseconds))
}

/// The first number that stands before `ns` or `µs`.
fn nanoseconds(line: &str) -> Option<f64> {
    let words: Vec<&str> = line.split_whitespace().collect();
    words.windows(2).find_map(|pair| {
        let number: f64 = pair[0].replace([',', '_'], "").parse().ok()?;
        match pair[1].trim_end_matches([',', ';', '.']) {
            "ns" => Some(number),
            "µs" | "us" => Some(number * 1000.0),
            _ => None,
        }
    })
}

/// What a further language adds to the download: its own file, or what it makes the built-in texts grow by.
///
/// # Errors
/// When the texts can't be read.
pub fn further_language() -> Result<u64> {
    let measured = size::measure()?;
    let packs =
        measured.languages.iter().filter(|size| size::is_first_language(&size.name)).map(|size| size.brotli);
    if let Some(largest) = packs.max() {
        return Ok(largest);
    }
    let read = |name: &str| std::fs::read(paths::root().join("content").join(name)).context(name);
    let (nl, en) = (read("nl.json")?, read("en.json")?);
    let both = crate::serve::brotli(&[nl.as_slice(), en.as_slice()].concat()).len();
    Ok((both - crate::serve::brotli(&nl).len().min(both)) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_from_a_line() {
        assert_eq!(nanoseconds("score one result: 8,123 ns, median of 401 runs"), Some(8123.0));
        assert_eq!(nanoseconds("score one result  2.5 µs"), Some(2500.0));
        assert_eq!(nanoseconds("nothing here"), None);
    }
}
