//! What Rust's test runner printed: how many passed, and which failed with what they said.

/// A test that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// Its name, such as `keeping::a_reload_at_any_moment_loses_nothing`.
    pub name: String,
    /// What it said, without empty lines at its ends and the stack below it; empty when it said nothing.
    pub said: String,
}

/// How many tests passed, by the lines with which each test program ends.
#[must_use]
pub fn passed(output: &str) -> usize {
    results(output, " passed")
}

/// How many tests were left out as `#[ignore]`.
#[must_use]
pub fn ignored(output: &str) -> usize {
    results(output, " ignored")
}

fn results(output: &str, word: &str) -> usize {
    let ends = output.lines().filter_map(|line| line.trim().strip_prefix("test result: "));
    ends.filter_map(|line| {
        line.split([';', '.']).find_map(|part| part.trim().strip_suffix(word)?.parse::<usize>().ok())
    })
    .sum()
}

/// The tests that failed, in the order in which they ended. None when the program did not get as far as its tests.
#[must_use]
pub fn failed(output: &str) -> Vec<Failed> {
    let name = |line: &str| Some(line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?.to_owned());
    let names = output.lines().filter_map(|line| name(line.trim()));
    names.map(|name| Failed { said: said(output, &name), name }).collect()
}

/// What stands below `---- name stdout ----`, up to the stack, the next test or the list of names.
fn said(output: &str, name: &str) -> String {
    let head = format!("---- {name} stdout ----");
    let lines = output.lines().skip_while(|line| *line != head).skip(1);
    let own = lines.take_while(|line| !["failures:", "stack backtrace:"].contains(line) && !is_head(line));
    own.collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}

fn is_head(line: &str) -> bool {
    line.starts_with("---- ") && line.ends_with(" stdout ----")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "running 3 tests\n\
        test a::one ... ok\n\
        test a::two ... FAILED\n\
        test b::three ... FAILED\n\
        \n\
        failures:\n\
        \n\
        ---- a::two stdout ----\n\
        Error: no such button\n  at suite/a.rs:12:3\n\
        \n\
        ---- b::three stdout ----\n\
        \n\
        thread 'b::three' panicked at suite/b.rs:4:5:\nleft: 1\nstack backtrace:\n   0: begin_unwind\n\
        \n\
        \n\
        failures:\n    a::two\n    b::three\n\
        \n\
        test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.02s\n";

    #[test]
    fn tests_are_counted_over_all_programs() {
        let output = "running 2 tests\n\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n\
                      test result: ok. 40 passed; 0 failed; 1 ignored; 0 measured\n";
        assert_eq!(passed(output), 42);
        assert_eq!(ignored(output), 1);
        assert_eq!(passed(OUTPUT), 1);
    }

    #[test]
    fn each_that_failed_has_what_it_said() {
        let failed = failed(OUTPUT);
        let names: Vec<&str> = failed.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["a::two", "b::three"]);
        assert_eq!(failed[0].said, "Error: no such button\n  at suite/a.rs:12:3");
        assert_eq!(failed[1].said, "thread 'b::three' panicked at suite/b.rs:4:5:\nleft: 1");
    }

    #[test]
    fn what_does_not_compile_names_no_test() {
        assert_eq!(failed("error[E0432]: unresolved import\nerror: could not compile `suite`\n"), []);
    }
}
