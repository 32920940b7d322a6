//! `cargo xtask test`: every test there is, step by step.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Result};
use crate::{build, paths, process, report, tools};

/// How much is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Everything,
    /// What needs no browser and no WebAssembly.
    Native,
}

/// What became of a step.
struct Outcome {
    name: &'static str,
    result: Result<Option<usize>>,
    took: Duration,
}

/// Runs the tests and prints a table of what was run.
///
/// # Errors
/// When anything failed; the other steps have been run all the same.
pub fn command(extent: Extent) -> Result<()> {
    let mut outcomes = vec![
        step("native tests", native),
        step("documentation tests", documentation),
        step("tests of the tools", tools_themselves),
    ];
    if extent == Extent::Everything {
        let built = step("release build", || build::release(&tools::for_build()?).map(|()| None));
        let ready = built.result.is_ok();
        outcomes.push(built);
        outcomes.push(step("browser tests", move || {
            if ready { browser() } else { Err(Failure::new("nothing was built")) }
        }));
    }
    summary(&outcomes)
}

fn step(name: &'static str, work: impl FnOnce() -> Result<Option<usize>>) -> Outcome {
    report::heading(&format!("== {name}"));
    let started = Instant::now();
    let result = work();
    let took = started.elapsed();
    match &result {
        Ok(Some(count)) => report::line(&format!("   {count} passed in {}", report::seconds(took))),
        Ok(None) => report::line(&format!("   done in {}", report::seconds(took))),
        Err(failure) => report::line(&format!("   FAILED: {failure}")),
    }
    Outcome { name, result, took }
}

fn native() -> Result<Option<usize>> {
    cargo(&["test", "--package", "equipoise", "--no-default-features", "--lib", "--tests", "--examples"])
}

fn documentation() -> Result<Option<usize>> {
    cargo(&["test", "--package", "equipoise", "--no-default-features", "--doc"])
}

fn tools_themselves() -> Result<Option<usize>> {
    cargo(&["test", "--package", "xtask"])
}

fn browser() -> Result<Option<usize>> {
    let tools = tools::for_browser()?;
    let mut command = Command::new("cargo");
    command.args(["test", "--package", "browser-tests", "--no-fail-fast", "--color", "never"]);
    command.env("EQUIPOISE_DIST", paths::dist()).env("EQUIPOISE_ARTIFACTS", paths::artifacts());
    if std::env::var_os("RUST_TEST_THREADS").is_none() {
        // A browser is several processes: more than two at a time make every one of them late.
        command.env("RUST_TEST_THREADS", "2");
    }
    tools.apply(&mut command);
    let passed = counted("cargo test", &mut command)?;
    report::line(&format!("   screenshots are in {}", paths::shown(&paths::artifacts())));
    Ok(passed)
}

fn cargo(words: &[&str]) -> Result<Option<usize>> {
    let mut command = Command::new("cargo");
    command.args(words).args(["--no-fail-fast", "--color", "never"]);
    counted("cargo test", &mut command)
}

fn counted(name: &str, command: &mut Command) -> Result<Option<usize>> {
    let done = process::run(name, command.current_dir(paths::root()))?;
    if ignored(&done.output) > 0 {
        return Err(Failure::new("a test is ignored, and nothing is to be skipped"));
    }
    Ok(Some(passed(&done.output)))
}

/// How many tests passed, by the lines with which each test program ends.
fn passed(output: &str) -> usize {
    results(output, " passed")
}

fn ignored(output: &str) -> usize {
    results(output, " ignored")
}

fn results(output: &str, word: &str) -> usize {
    let ends = output.lines().filter_map(|line| line.trim().strip_prefix("test result: "));
    ends.filter_map(|line| {
        line.split([';', '.']).find_map(|part| part.trim().strip_suffix(word)?.parse::<usize>().ok())
    })
    .sum()
}

fn summary(outcomes: &[Outcome]) -> Result<()> {
    let row = |outcome: &Outcome| {
        let tests =
            outcome.result.as_ref().ok().copied().flatten().map_or(String::new(), |count| count.to_string());
        let verdict = if outcome.result.is_ok() { "ok" } else { "FAILED" };
        vec![outcome.name.to_owned(), verdict.to_owned(), tests, report::seconds(outcome.took)]
    };
    report::heading("Summary");
    report::table(&["step", "", "tests", "time"], &outcomes.iter().map(row).collect::<Vec<_>>());
    let failed: Vec<&str> = outcomes.iter().filter(|one| one.result.is_err()).map(|one| one.name).collect();
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("{} failed", failed.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted_over_all_programs() {
        let output = "running 2 tests\n\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n\
                      test result: ok. 40 passed; 0 failed; 1 ignored; 0 measured\n";
        assert_eq!(passed(output), 42);
        assert_eq!(ignored(output), 1);
    }
}
