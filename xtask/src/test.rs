//! `cargo xtask test`: every test there is, step by step.

use std::collections::BTreeMap;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::engine::Engine;
use crate::failure::{Context as _, Failure, Result};
use crate::{hosts, paths, process, report, ship, tools};

/// How much is tested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// All of it, in these engines.
    Everything(Vec<Engine>),
    /// What needs no browser and no WebAssembly.
    Native,
}

/// What became of a step.
struct Outcome {
    name: String,
    result: Result<Option<usize>>,
    took: Duration,
}

/// Runs the tests and prints a table of what was run.
///
/// # Errors
/// When anything failed; the other steps have been run all the same.
pub fn command(extent: &Extent) -> Result<()> {
    let mut outcomes = vec![
        step("native tests", native),
        step("documentation tests", documentation),
        step("tests of the tools", tools_themselves),
    ];
    if let Extent::Everything(engines) = extent {
        let built = step("release build", || ship::all(&tools::for_build()?).map(|()| None));
        let ready = built.result.is_ok();
        outcomes.push(built);
        outcomes.push(step("host pages", || hosts::build(&tools::for_build()?).map(|()| None)));
        for engine in engines {
            outcomes.push(step(&format!("browser tests, {engine}"), move || {
                if ready { browser(*engine) } else { Err(Failure::new("nothing was built")) }
            }));
        }
    }
    summary(&outcomes)
}

fn step(name: &str, work: impl FnOnce() -> Result<Option<usize>>) -> Outcome {
    report::heading(&format!("== {name}"));
    let started = Instant::now();
    let result = work();
    let took = started.elapsed();
    match &result {
        Ok(Some(count)) => report::line(&format!("   {count} passed in {}", report::seconds(took))),
        Ok(None) => report::line(&format!("   done in {}", report::seconds(took))),
        Err(failure) => report::line(&format!("   FAILED: {failure}")),
    }
    Outcome { name: name.to_owned(), result, took }
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

fn browser(engine: Engine) -> Result<Option<usize>> {
    let tools = tools::for_browser(engine)?;
    // What one engine leaves must not be taken for what another does.
    let artifacts = match engine {
        Engine::Chromium => paths::artifacts(),
        other => paths::artifacts().join(other.word()),
    };
    let mut command = Command::new("cargo");
    command.args(["test", "--package", "browser-tests", "--no-fail-fast", "--color", "never"]);
    command.env("EQUIPOISE_DIST", paths::dist()).env("EQUIPOISE_ARTIFACTS", &artifacts);
    command.env("EQUIPOISE_HOSTS", hosts::folder());
    if std::env::var_os("RUST_TEST_THREADS").is_none() {
        // A browser is several processes: more than two at a time make every one of them late.
        command.env("RUST_TEST_THREADS", "2");
    }
    tools.apply(&mut command);
    std::fs::create_dir_all(&artifacts).context(paths::shown(&artifacts))?;
    let times = paths::times(&artifacts);
    std::fs::write(&times, "").context(paths::shown(&times))?;
    let counted = counted("cargo test", &mut command);
    slowest(&std::fs::read_to_string(&times).context(paths::shown(&times))?);
    let passed = counted?;
    report::line(&format!("   screenshots are in {}", paths::shown(&artifacts)));
    Ok(passed)
}

/// Prints the tests that had a browser for longest, of lines such as `4.21<tab>0.80<tab>name`: seconds, of which to open.
fn slowest(times: &str) {
    let tests = by_test(times);
    let (open, all) =
        tests.iter().fold((0.0, 0.0), |(open, all), test| (open + test.opening, all + test.all));
    report::line(&format!("   {all:.0} s with a browser, {open:.0} s of it to open one; the slowest:"));
    for test in tests.iter().take(10) {
        report::line(&format!("   {:>6.1} s  {}", test.all, test.name));
    }
}

/// How long a test had a browser, in seconds.
#[derive(Debug, Default, PartialEq)]
struct Taken {
    name: String,
    all: f64,
    opening: f64,
}

/// The time of each test, the longest first; one that opens several browsers has the sum.
fn by_test(times: &str) -> Vec<Taken> {
    let mut tests: BTreeMap<&str, Taken> = BTreeMap::new();
    for line in times.lines() {
        let mut parts = line.splitn(3, '\t');
        let mut seconds = || parts.next()?.parse::<f64>().ok();
        let (Some(all), Some(opening)) = (seconds(), seconds()) else { continue };
        let Some(name) = parts.next() else { continue };
        let test = tests.entry(name).or_insert_with(|| Taken { name: name.to_owned(), ..Taken::default() });
        test.all += all;
        test.opening += opening;
    }
    let mut sorted: Vec<Taken> = tests.into_values().collect();
    sorted.sort_by(|one, other| other.all.total_cmp(&one.all));
    sorted
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
        vec![outcome.name.clone(), verdict.to_owned(), tests, report::seconds(outcome.took)]
    };
    report::heading("Summary");
    report::table(&["step", "", "tests", "time"], &outcomes.iter().map(row).collect::<Vec<_>>());
    let failed: Vec<&str> =
        outcomes.iter().filter(|one| one.result.is_err()).map(|one| one.name.as_str()).collect();
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("{} failed", failed.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_test_comes_first_with_all_its_browsers() {
        let times = "1.50\t0.50\ta\n4.00\t0.25\tb\nnot a line\n3.00\t0.50\ta\n";
        let taken = |name: &str, all, opening| Taken { name: name.to_owned(), all, opening };
        assert_eq!(by_test(times), [taken("a", 4.5, 1.0), taken("b", 4.0, 0.25)]);
    }

    #[test]
    fn tests_are_counted_over_all_programs() {
        let output = "running 2 tests\n\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n\
                      test result: ok. 40 passed; 0 failed; 1 ignored; 0 measured\n";
        assert_eq!(passed(output), 42);
        assert_eq!(ignored(output), 1);
    }
}
