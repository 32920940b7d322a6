//! How long scoring takes, natively: `cargo bench --no-default-features`. Each line names what was measured, the
//! median of many runs and how many runs that were; the middle run stands for all, because the slow ones measure
//! whatever else the machine was doing.

use std::hint::black_box;
use std::time::Instant;

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::formats::csv::{self, About};
use equipoise::formats::lines::{Line, Lines, Reader};
use equipoise::formats::result::{Parts, ResultFile};
use equipoise::instrument::{FormIx, Instrument, Role};
use equipoise::scoring;
use equipoise::wishes::Wishes;
use equipoise::workbook::Workbook;

/// Runs of which the median is taken, and the calls timed together in one run.
const RUNS: usize = 401;
const CALLS: u32 = 8;
/// Results on lines, and how many of them are in memory at a time.
const MANY: usize = 200_000;
const BATCH: usize = 1_000;

fn main() {
    let instrument = Instrument::built_in();
    let form = instrument.find_form("full").expect("the built-in instrument has a full form");
    let answers = all_answered(&instrument, form);
    measure("score one result", || scoring::score(&instrument, form, &answers, None));
    let text = ResultFile::new(
        &instrument,
        Parts {
            form,
            answers: answers.clone(),
            language: "en",
            completed: None,
            workbook: Workbook::default(),
            wishes: Wishes::new(&instrument),
            given: equipoise::deepening::Given::default(),
        },
    )
    .write(&instrument);
    measure("read, score and write one result file", || {
        ResultFile::read(&instrument, &text).map(|file| file.write(&instrument))
    });
    lines(&instrument, &text);
}

/// How many results a second go through one core when they stand on lines, each way of writing them; the input is in
/// memory, what comes out is thrown away.
fn lines(instrument: &Instrument, text: &str) {
    let (bare, _) = text.split_once(",\"scores\":").expect("the scores come last");
    let bare = [bare, "}"].concat();
    // As Python writes it, and a field that no program but the one that wrote it knows.
    let spaced = text.replace(':', ": ").replace(',', ", ");
    let pointed: String = (1..=5).fold(bare.clone(), |text, degree| {
        text.replace(&format!("\":{degree},"), &format!("\":{degree}.0,"))
    });
    let pointed = pointed.replace("\"version\":1.0,", "\"version\":1,");
    let with =
        |name: &str, value: &str| bare.replace("\"answers\"", &format!("\"{name}\":{value},\"answers\""));
    let unusual = text.replace("{\"format\"", "{\"team\":7,\"format\"");
    for (what, line, count) in [
        ("answers alone", bare.as_str(), MANY),
        ("with scores", text, MANY),
        ("with scores and spaces", &spaced, MANY),
        ("with every number as 4.0", &pointed, MANY),
        ("with an unknown field", &unusual, MANY / 20),
        ("with a note", &with("notes", "{\"overall\":\"x\"}"), MANY / 20),
        ("with an action", &with("actions", "[{\"text\":\"x\"}]"), MANY / 20),
        ("with a wish", &with("wished", "{\"poles\":{\"trust-control.a\":4}}"), MANY / 20),
        ("with a deepening answer", &with("deepening", "{\"profile.partners\":6}"), MANY / 20),
    ] {
        // Whatever isn't usual costs the way of the result file: no budget for that.
        let budget = if count == MANY { "budget 50000; " } else { "" };
        let input = [line, "\n"].concat().repeat(BATCH);
        let mut json = Vec::new();
        rate(&["JSON Lines (", what, ")"].concat(), budget, count, &input, |_, line| {
            json.clear();
            line.write(instrument, &mut json);
            json.len()
        });
        let mut table = String::new();
        rate(&["JSON Lines to CSV (", what, ")"].concat(), budget, count, &input, |number, line| {
            table.clear();
            let about = About { result: number, label: line.label(), day: line.day() };
            csv::add(&mut table, instrument, about, line.report());
            table.len()
        });
    }
}

/// The median of the batches, so that what else the machine does counts little.
fn rate(what: &str, budget: &str, count: usize, input: &str, mut write: impl FnMut(&str, &Line) -> usize) {
    let instrument = Instrument::built_in();
    let mut seconds: Vec<f64> = (0..count / BATCH)
        .map(|_| {
            let start = Instant::now();
            let mut reader = Reader::new(&instrument);
            let mut lines = Lines::new(input.as_bytes());
            while let Some(line) = lines.next_line().expect("memory can be read") {
                let line = reader.read(line.expect("text")).expect("a good result");
                black_box(write(&lines.number().to_string(), &line));
            }
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_unstable_by(f64::total_cmp);
    let rate = BATCH as f64 / seconds[seconds.len() / 2];
    println!("{what}: {rate:.0} results/s ({budget}median of {} times {BATCH})", seconds.len());
}

/// Answers to every item, from 1 to 5 and round again.
fn all_answered(instrument: &Instrument, form: FormIx) -> Answers {
    let mut answers = Answers::new(instrument);
    let degrees = Degree::ALL.into_iter().cycle();
    for (item, degree) in instrument.form(form).items.iter().zip(degrees) {
        let answer = match instrument.item(*item).role {
            Role::Choice => instrument.phase_positions().next().map(Answer::Phase),
            Role::Pole(..) | Role::Tension(_) | Role::Phase(_) => Some(Answer::Degree(degree)),
        };
        assert!(answers.set(instrument, *item, answer, 0), "every answer fits its item");
    }
    answers
}

fn measure<T>(what: &str, work: impl Fn() -> T) {
    for _ in 0..RUNS {
        black_box(work());
    }
    let mut nanoseconds: Vec<u128> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..CALLS {
                black_box(work());
            }
            start.elapsed().as_nanos() / u128::from(CALLS)
        })
        .collect();
    nanoseconds.sort_unstable();
    println!("{what}: {} ns (median of {RUNS})", nanoseconds[RUNS / 2]);
}
