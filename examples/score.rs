//! Recomputes a result: `cargo run --no-default-features --example score < result.json`.
//!
//! Reads one result file from standard input and writes it to standard output with `scores` filled in from the
//! answers; fields that it doesn't know are kept. Scores in the file that don't follow from its answers are named on
//! standard error. A file that can't be read gets exit status 1 and a line for everything that is wrong with it.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use equipoise::formats::result::ResultFile;
use equipoise::i18n::Texts;
use equipoise::instrument::Instrument;

/// The longest file that is read, in bytes: a hundred times what a full result needs.
const LONGEST: u64 = 1_000_000;

fn main() -> ExitCode {
    match recompute() {
        Ok(remarks) => {
            tell(&remarks);
            ExitCode::SUCCESS
        }
        Err(problems) => {
            tell(&problems);
            ExitCode::FAILURE
        }
    }
}

/// Writes the recomputed file and returns what in it didn't add up; or says why that can't be done.
fn recompute() -> Result<Vec<String>, Vec<String>> {
    let text = read_input().map_err(|problem| vec![problem])?;
    let (instrument, texts) = (Instrument::built_in(), Texts::built_in("en"));
    let describe = |problems: Vec<_>| {
        problems.iter().map(|problem: &equipoise::json::Problem| problem.describe(&texts)).collect()
    };
    let file = ResultFile::read(&instrument, &text).map_err(describe)?;
    let mut output = file.write_pretty(&instrument);
    output.push('\n');
    io::stdout()
        .write_all(output.as_bytes())
        .map_err(|error| vec![format!("the result can't be written: {error}")])?;
    Ok(describe(file.mismatches(&instrument)))
}

fn read_input() -> Result<String, String> {
    let mut bytes = Vec::new();
    io::stdin()
        .take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("standard input can't be read: {error}"))?;
    if bytes.len() as u64 > LONGEST {
        return Err(format!("$: longer than {LONGEST} bytes, which no result file is"));
    }
    String::from_utf8(bytes)
        .map_err(|error| format!("$: not UTF-8 from byte {} on", error.utf8_error().valid_up_to() + 1))
}

fn tell(lines: &[String]) {
    for line in lines {
        eprintln!("{line}");
    }
}
