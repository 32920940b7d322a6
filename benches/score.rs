//! How long scoring takes, natively: `cargo bench --no-default-features`. Each line names what was measured, the
//! median of many runs and how many runs that were; the middle run stands for all, because the slow ones measure
//! whatever else the machine was doing.

use std::hint::black_box;
use std::time::Instant;

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::formats::result::{Parts, ResultFile};
use equipoise::instrument::{FormIx, Instrument, Role};
use equipoise::scoring;
use equipoise::wishes::Wishes;
use equipoise::workbook::Workbook;

/// Runs of which the median is taken, and the calls timed together in one run.
const RUNS: usize = 401;
const CALLS: u32 = 8;

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
            given: Default::default(),
        },
    )
    .write(&instrument);
    measure("read, score and write one result file", || {
        ResultFile::read(&instrument, &text).map(|file| file.write(&instrument))
    });
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
