//! `cargo xtask test`: every test there is, step by step.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::engine::Engine;
use crate::failure::{Context as _, Failure, Result};
use crate::verdicts::Failed;
use crate::{hosts, paths, process, report, ship, tools, verdicts};

/// Up to how many browser tests that failed are run again by themselves, which tells an unsteady one from a broken one.
const RUN_AGAIN: usize = 3;

/// How many lines of what a failed test said stand below the summary; all of it stands above.
const LINES_SHOWN: usize = 6;

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
    ended: Ended,
    took: Duration,
}

/// How a step ended.
struct Ended {
    verdict: Result<()>,
    /// How many tests passed, where it has any.
    passed: Option<usize>,
    /// The tests that failed.
    failed: Vec<Failed>,
    /// Those of them that failed by themselves too; `None` when that was not tried, or says nothing.
    again: Option<Vec<Failed>>,
}

impl Ended {
    /// What a run of tests says, by what it printed. Nothing is to be skipped.
    fn of(output: &str, ended: Result<()>) -> Self {
        let verdict = match verdicts::ignored(output) {
            0 => ended,
            _ => Err(Failure::new("a test is ignored, and nothing is to be skipped")),
        };
        Self {
            verdict,
            passed: Some(verdicts::passed(output)),
            failed: verdicts::failed(output),
            again: None,
        }
    }

    /// With what a run of the failed tests alone says. The verdict stays: what failed once has failed.
    fn with_again(self, alone: Self) -> Self {
        let ran = alone.passed.unwrap_or(0) + alone.failed.len();
        Self { again: (ran == self.failed.len()).then_some(alone.failed), ..self }
    }
}

impl From<Result<()>> for Ended {
    fn from(verdict: Result<()>) -> Self {
        Self { verdict, passed: None, failed: Vec::new(), again: None }
    }
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
        let built = step("release build", || tools::for_build().and_then(|tools| ship::all(&tools)).into());
        let ready = built.ended.verdict.is_ok();
        outcomes.push(built);
        outcomes
            .push(step("host pages", || tools::for_build().and_then(|tools| hosts::build(&tools)).into()));
        for engine in engines {
            outcomes.push(step(&format!("browser tests, {engine}"), move || {
                if !ready {
                    return Err(Failure::new("nothing was built")).into();
                }
                browser(*engine).unwrap_or_else(|failure| Err(failure).into())
            }));
        }
    }
    summary(&outcomes)
}

fn step(name: &str, work: impl FnOnce() -> Ended) -> Outcome {
    report::heading(&format!("== {name}"));
    let started = Instant::now();
    let ended = work();
    let took = started.elapsed();
    match (&ended.verdict, ended.passed) {
        (Ok(()), Some(count)) => report::line(&format!("   {count} passed in {}", report::seconds(took))),
        (Ok(()), None) => report::line(&format!("   done in {}", report::seconds(took))),
        (Err(failure), _) => report::line(&format!("   FAILED: {failure}")),
    }
    Outcome { name: name.to_owned(), ended, took }
}

fn native() -> Ended {
    cargo(&["test", "--package", "equipoise", "--no-default-features", "--lib", "--tests", "--examples"])
}

fn documentation() -> Ended {
    cargo(&["test", "--package", "equipoise", "--no-default-features", "--doc"])
}

fn tools_themselves() -> Ended {
    cargo(&["test", "--package", "xtask"])
}

fn browser(engine: Engine) -> Result<Ended> {
    let tools = tools::for_browser(engine)?;
    // What one engine leaves must not be taken for what another does.
    let artifacts = match engine {
        Engine::Chromium => paths::artifacts(),
        other => paths::artifacts().join(other.word()),
    };
    let mut command = suite(&artifacts);
    if std::env::var_os("RUST_TEST_THREADS").is_none() {
        // A browser is several processes: more than two at a time make every one of them late.
        command.env("RUST_TEST_THREADS", "2");
    }
    tools.apply(&mut command);
    std::fs::create_dir_all(&artifacts).context(paths::shown(&artifacts))?;
    let times = paths::times(&artifacts);
    std::fs::write(&times, "").context(paths::shown(&times))?;
    let first = counted(&mut command);
    slowest(&std::fs::read_to_string(&times).context(paths::shown(&times))?);
    report::line(&format!("   screenshots are in {}", paths::shown(&artifacts)));
    if !(1..=RUN_AGAIN).contains(&first.failed.len()) {
        return Ok(first);
    }
    let mut alone = suite(&artifacts);
    alone.args(["--", "--exact"]).args(first.failed.iter().map(|one| &one.name));
    tools.apply(alone.env("RUST_TEST_THREADS", "1"));
    report::line("   what failed, once more and one at a time:");
    Ok(first.with_again(counted(&mut alone)))
}

/// The browser suite, leaving what it leaves in `artifacts`.
fn suite(artifacts: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.args(["test", "--package", "browser-tests", "--no-fail-fast", "--color", "never"]);
    command.env("EQUIPOISE_DIST", paths::dist()).env("EQUIPOISE_ARTIFACTS", artifacts);
    command.env("EQUIPOISE_HOSTS", hosts::folder());
    command
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

fn cargo(words: &[&str]) -> Ended {
    let mut command = Command::new("cargo");
    command.args(words).args(["--no-fail-fast", "--color", "never"]);
    counted(&mut command)
}

fn counted(command: &mut Command) -> Ended {
    match process::attempt("cargo test", command.current_dir(paths::root())) {
        Ok(ended) => Ended::of(&ended.output, ended.well("cargo test")),
        Err(failure) => Err(failure).into(),
    }
}

fn summary(outcomes: &[Outcome]) -> Result<()> {
    report::heading("Summary");
    report::table(&["step", "", "tests", "time"], &outcomes.iter().map(row).collect::<Vec<_>>());
    for line in outcomes.iter().flat_map(told) {
        report::line(&line);
    }
    let failed: Vec<&str> =
        outcomes.iter().filter(|one| one.ended.verdict.is_err()).map(|one| one.name.as_str()).collect();
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("{} failed", failed.join(", "))))
}

fn row(outcome: &Outcome) -> Vec<String> {
    let (verdict, tests) = match &outcome.ended.verdict {
        Ok(()) => ("ok", outcome.ended.passed.map_or(String::new(), |count| count.to_string())),
        Err(_) => ("FAILED", String::new()),
    };
    vec![outcome.name.clone(), verdict.to_owned(), tests, report::seconds(outcome.took)]
}

/// What stands below the table of each test that failed, so that the end of a log says what to look at.
fn told(outcome: &Outcome) -> Vec<String> {
    let Ended { failed, again, .. } = &outcome.ended;
    let test = |one: &Failed| {
        let alone = match again {
            None => "",
            Some(again) if again.iter().any(|other| other.name == one.name) => ", and again by itself",
            Some(_) => ", and passed by itself",
        };
        let said = one.said.lines().take(LINES_SHOWN).map(|line| format!("    {line}"));
        let head = format!("\n{}: {} failed{alone}", outcome.name, one.name);
        [head].into_iter().chain(said).collect::<Vec<_>>()
    };
    failed.iter().flat_map(test).collect()
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

    fn ended(passed: usize, failed: &[&str]) -> Ended {
        let failed: Vec<Failed> = failed
            .iter()
            .map(|name| Failed { name: (*name).to_owned(), said: "too late".to_owned() })
            .collect();
        let verdict = if failed.is_empty() { Ok(()) } else { Err(Failure::new("ended with 101")) };
        Ended { verdict, passed: Some(passed), failed, again: None }
    }

    fn heads(ended: Ended) -> Vec<String> {
        let outcome = Outcome { name: "WebKit".to_owned(), ended, took: Duration::ZERO };
        told(&outcome).into_iter().filter(|line| line.starts_with('\n')).collect()
    }

    #[test]
    fn what_failed_has_failed_also_when_it_passes_by_itself() {
        let both = ended(207, &["a", "b"]).with_again(ended(1, &["b"]));
        assert!(both.verdict.is_err());
        assert_eq!(
            heads(both),
            ["\nWebKit: a failed, and passed by itself", "\nWebKit: b failed, and again by itself"]
        );
        assert!(ended(207, &["a"]).with_again(ended(1, &[])).verdict.is_err());
    }

    #[test]
    fn a_second_run_that_runs_nothing_says_nothing() {
        assert_eq!(heads(ended(208, &["a"]).with_again(ended(0, &[]))), ["\nWebKit: a failed"]);
    }

    #[test]
    fn what_was_said_stands_below_the_name() {
        let outcome = Outcome { name: "WebKit".to_owned(), ended: ended(1, &["a"]), took: Duration::ZERO };
        assert_eq!(told(&outcome), ["\nWebKit: a failed", "    too late"]);
    }

    #[test]
    fn nothing_is_skipped() {
        assert!(Ended::of("test result: ok. 3 passed; 0 failed; 1 ignored", Ok(())).verdict.is_err());
    }
}
