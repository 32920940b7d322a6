//! Recomputes results: `cargo run --release --no-default-features --example score < result.json`, and the same with
//! `--lines` for a great many. See [`HELP`]; `docs/formats.md` has recipes.
//!
//! One result file is written with `scores` filled in from the answers; fields that it doesn't know are kept. Scores in
//! the file that don't follow from its answers are named on standard error, and so are a date in the future and names
//! that stand twice. A file that can't be read gets exit status 1
//! and a line for everything that is wrong with it.
//!
//! With `--lines` each line holds a result. A line that can't be read is named by its number on standard error and
//! passed over; then the exit status is 1 in the end. No more than one line is in memory.

use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Write};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use equipoise::day::Day;
use equipoise::deepening::Deepening;
use equipoise::formats::csv::{self, About, Beside};
use equipoise::formats::intake::{self, Remark};
use equipoise::formats::lines::{self, LONGEST, Lines, Reader, Unreadable};
use equipoise::formats::result::ResultFile;
use equipoise::i18n::Texts;
use equipoise::instrument::Instrument;
use equipoise::json::Problem;

const HELP: &str = "\
Recomputes the scores of results. Reads standard input, writes standard output.

  score                  one result file in, the same file with its scores out
  score --csv            one result file in, a table out: one row a score
  score --lines          JSON Lines in (one result a line), JSON Lines with scores out
  score --lines --csv    JSON Lines in, one table out; the column result has the line's number
  score --help           this text

Standard error names what is wrong, with the line's number, scores that don't follow from the answers, names that
stand twice (the last one counts), and dates in the future.
Exit status: 0 all is written; 1 something can't be read, and with --lines was passed over; 2 an unknown option.
";
/// Bytes that are read and written at a time.
const CHUNK: usize = 1 << 17;
/// The exit status for options that make no sense.
const MISUSE: u8 = 2;

#[derive(Clone, Copy, Debug, Default)]
struct Options {
    lines: bool,
    csv: bool,
    help: bool,
}

fn main() -> ExitCode {
    let options = match options(std::env::args_os().skip(1)) {
        Ok(options) => options,
        Err(unknown) => {
            tell(&format!("{unknown} is no option; see --help"));
            return ExitCode::from(MISUSE);
        }
    };
    let done = match options {
        Options { help: true, .. } => write(HELP.as_bytes()).map(|()| true),
        Options { lines: true, csv, .. } => score_lines(csv),
        Options { csv, .. } => score_file(csv),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever reads has seen enough, as `head` has.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn options(words: impl Iterator<Item = std::ffi::OsString>) -> Result<Options, String> {
    let mut options = Options::default();
    for word in words {
        match word.to_str() {
            Some("--lines") => options.lines = true,
            Some("--csv") => options.csv = true,
            Some("--help" | "-h") => options.help = true,
            // Quoted, so that what it is made of does nothing to a terminal.
            _ => return Err(["\"", &word.to_string_lossy().escape_debug().to_string(), "\""].concat()),
        }
    }
    Ok(options)
}

/// Says something on standard error; when nobody listens there, that is no reason to stop.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

fn write(bytes: &[u8]) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(bytes).and_then(|()| output.flush()).map_err(|error| cannot_write(&error))
}

fn cannot_write(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("the result can't be written: {error}"))
}

fn cannot_read(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("standard input can't be read: {error}"))
}

/// Recomputes one result file. Returns whether it could be read; says what can't, and what in it doesn't add up.
fn score_file(as_table: bool) -> io::Result<bool> {
    let (instrument, texts) = (Instrument::built_in(), Texts::built_in("en"));
    let describe = |problem: &Problem| tell(&problem.describe(&texts));
    let mut bytes = Vec::new();
    io::stdin().take(LONGEST as u64 + 1).read_to_end(&mut bytes).map_err(|error| cannot_read(&error))?;
    let text = if bytes.len() > LONGEST { Err(Unreadable::TooLong) } else { as_text(&bytes) };
    let text = match text {
        Ok(text) => text,
        Err(unreadable) => {
            tell(&in_words(unreadable));
            return Ok(false);
        }
    };
    let file = match ResultFile::read(&instrument, text) {
        Ok(file) => file,
        Err(problems) => {
            problems.iter().for_each(describe);
            return Ok(false);
        }
    };
    let field = |name: &str| file.field(name).and_then(|value| value.as_str());
    let mut output = String::new();
    if as_table {
        csv::start(&mut output);
        let about = About { result: "1", label: field("label"), day: field("completed").and_then(Day::read) };
        let report = file.report(&instrument);
        csv::add(&mut output, &instrument, about, &report);
        let deepening = Deepening::built_in();
        csv::add_beside(&mut output, &instrument, about, &report, beside(&file, &deepening));
    } else {
        output = file.write_pretty(&instrument);
        output.push('\n');
    }
    write(output.as_bytes())?;
    file.mismatches(&instrument).iter().for_each(describe);
    let day = field("completed").and_then(Day::read);
    for remark in remarks(&texts, day, today(), &lines::repeated(text)) {
        tell(&remark);
    }
    Ok(true)
}

/// What a file has beside the answers to the questionnaire.
fn beside<'a>(file: &'a ResultFile, deepening: &'a Deepening) -> Beside<'a> {
    Beside { wishes: &file.wishes, deepening, given: &file.given }
}

/// Recomputes a result a line. Returns whether all could be read.
fn score_lines(as_table: bool) -> io::Result<bool> {
    let (instrument, texts) = (Instrument::built_in(), Texts::built_in("en"));
    let mut lines = Lines::new(BufReader::with_capacity(CHUNK, io::stdin().lock()));
    let mut output = BufWriter::with_capacity(CHUNK, io::stdout().lock());
    let (mut json, mut table) = (Vec::new(), String::new());
    let deepening = Deepening::built_in();
    let mut reader = Reader::new(&instrument);
    let (mut passed_over, today) = (0_u64, today());
    if as_table {
        csv::start(&mut table);
    }
    while let Some(text) = lines.next_line().map_err(|error| cannot_read(&error))? {
        let line = text.map(|text| reader.read(text));
        let number = lines.number().to_string();
        let say = |problem: &Problem| tell(&format!("line {number}: {}", problem.describe(&texts)));
        match line {
            Ok(Ok(line)) => {
                line.mismatches().iter().for_each(say);
                for remark in remarks(&texts, line.day(), today, line.repeated()) {
                    tell(&format!("line {number}: {remark}"));
                }
                if as_table {
                    let about = About { result: &number, label: line.label(), day: line.day() };
                    csv::add(&mut table, &instrument, about, line.report());
                    if let Some(file) = line.file() {
                        let beside = beside(file, &deepening);
                        csv::add_beside(&mut table, &instrument, about, line.report(), beside);
                    }
                } else {
                    line.write(&instrument, &mut json);
                    json.push(b'\n');
                }
            }
            Ok(Err(problems)) => {
                passed_over += 1;
                problems.iter().for_each(say);
            }
            Err(unreadable) => {
                passed_over += 1;
                tell(&format!("line {number}: {}", in_words(unreadable)));
            }
        }
        output
            .write_all(&json)
            .and_then(|()| output.write_all(table.as_bytes()))
            .map_err(|error| cannot_write(&error))?;
        json.clear();
        table.clear();
    }
    // A table without a row still has its columns.
    output.write_all(table.as_bytes()).and_then(|()| output.flush()).map_err(|error| cannot_write(&error))?;
    if passed_over > 0 {
        tell(&format!("passed over: {passed_over} of {} lines", lines.number()));
    }
    Ok(passed_over == 0)
}

/// What deserves a word and keeps nothing out: a date in the future, and names that stand twice.
fn remarks(texts: &Texts, day: Option<Day>, today: Day, repeated: &[String]) -> Vec<String> {
    let future = day.filter(|day| intake::is_in_future(*day, today)).map(Remark::Future);
    let twice = repeated.iter().map(|path| format!("{path} stands there twice; the last one counts"));
    future.map(|remark| remark.describe(texts)).into_iter().chain(twice).collect()
}

/// The day it is, in UTC.
fn today() -> Day {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Day::of(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

fn as_text(bytes: &[u8]) -> Result<&str, Unreadable> {
    std::str::from_utf8(bytes).map_err(|error| Unreadable::NotText(error.valid_up_to() + 1))
}

fn in_words(unreadable: Unreadable) -> String {
    match unreadable {
        Unreadable::TooLong => format!("$: longer than {LONGEST} bytes, which no result file is"),
        Unreadable::NotText(byte) => format!("$: not UTF-8 from byte {byte} on"),
    }
}
