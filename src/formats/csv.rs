//! Results as a table, one row a score: `result,label,form,completed,subject,id,measure,value`. For programs: ids,
//! words of the result file and numbers of full precision, whatever the language. A score that is missing is an empty
//! cell, never a zero; of the second pass and the deepening modules only what was answered has rows.
//!
//! UTF-8 with a byte order mark and CR LF, quoted as RFC 4180 has it, which is what spreadsheets ask for. A text that a
//! spreadsheet would take for a formula gets an apostrophe before it; numbers are ours and stay numbers.

use crate::day::Day;
use crate::deepening::{self, Ask, Deepening, Given, Module, Outcome, QuestionIx, Value};
use crate::instrument::{Instrument, Pole};
use crate::json;
use crate::scoring::{ParadoxScore, PhaseScore, Report};
use crate::wishes::Wishes;

/// The names of the columns.
pub const COLUMNS: [&str; 8] = ["result", "label", "form", "completed", "subject", "id", "measure", "value"];

/// What stands before every row of a result.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// What tells it from the other results in the table: a number or a name.
    pub result: &'a str,
    /// The name of the alliance.
    pub label: Option<&'a str>,
    /// When it was completed.
    pub day: Option<Day>,
}

/// What was answered beside the questionnaire.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// How it should be a year from now.
    pub wishes: &'a Wishes,
    /// The deepening modules.
    pub deepening: &'a Deepening,
    /// What was answered in them.
    pub given: &'a Given,
}

/// The byte order mark and the line with the names of the columns.
pub fn start(out: &mut String) {
    out.push('\u{feff}');
    out.push_str(&COLUMNS.join(","));
    out.push_str("\r\n");
}

/// Adds every score of a report.
pub fn add(out: &mut String, instrument: &Instrument, about: About<'_>, report: &Report) {
    let mut rows = Rows::new(out, instrument, about, report);
    for score in &report.paradoxes {
        rows.paradox(&instrument.paradox(score.paradox).id, score);
    }
    for score in &report.phases {
        rows.phase(&instrument.phase(score.phase).id, score);
    }
    let phase = |position: Option<_>| position.map_or("", |phase| instrument.phase(phase).id.as_str());
    rows.word("result", "", "dominant", phase(report.dominant));
    rows.word("result", "", "choice", phase(report.choice));
    rows.score("result", "", "overall", report.overall);
}

/// Adds what was answered beside the questionnaire: what is wished with its gap, wished minus now, and the scores of the
/// deepening modules.
pub fn add_beside(
    out: &mut String,
    instrument: &Instrument,
    about: About<'_>,
    report: &Report,
    beside: Beside<'_>,
) {
    let mut rows = Rows::new(out, instrument, about, report);
    for score in &report.paradoxes {
        let wished = |pole| beside.wishes.score(instrument, report.form, score.paradox, pole);
        rows.wished(&instrument.paradox(score.paradox).id, score, [wished(Pole::A), wished(Pole::B)]);
    }
    // A file may hold answers to modules that this questionnaire doesn't have.
    if instrument.has_deepening() {
        for module in beside.deepening.modules() {
            rows.module(beside.deepening, beside.given, module);
        }
    }
}

struct Rows<'a> {
    out: &'a mut String,
    /// The columns that all rows of a result share.
    head: String,
}

impl<'a> Rows<'a> {
    fn new(out: &'a mut String, instrument: &Instrument, about: About<'_>, report: &Report) -> Self {
        let mut head = String::new();
        text(&mut head, about.result);
        head.push(',');
        text(&mut head, about.label.unwrap_or(""));
        head.push(',');
        head.push_str(&instrument.form(report.form).id);
        head.push(',');
        if let Some(day) = about.day {
            head.push_str(&day.to_string());
        }
        Self { out, head }
    }

    fn paradox(&mut self, id: &str, score: &ParadoxScore) {
        let both = score.both.as_ref();
        for (measure, value) in [
            ("a", score.a),
            ("b", score.b),
            ("items_a", Some(score.items_a as f64)),
            ("items_b", Some(score.items_b as f64)),
            ("tension", score.tension),
            ("tilt", both.map(|both| both.tilt)),
            ("balance", both.map(|both| both.balance)),
            ("level", both.map(|both| both.level)),
            ("both_and", both.map(|both| both.both_and)),
        ] {
            self.score("paradox", id, measure, value);
        }
        self.word("paradox", id, "lean", both.map_or("", |both| both.lean.word()));
        let pole = both.and_then(|both| both.lean.pole());
        self.word("paradox", id, "leans_to", pole.map_or("", Pole::letter));
        self.word("paradox", id, "quadrant", both.map_or("", |both| both.quadrant.word()));
        self.word("paradox", id, "class", both.map_or("", |both| both.class.word()));
    }

    fn phase(&mut self, id: &str, score: &PhaseScore) {
        self.score("phase", id, "score", score.score);
        self.score("phase", id, "paradox_score", score.paradox_score);
    }

    fn wished(&mut self, id: &str, score: &ParadoxScore, [a, b]: [Option<f64>; 2]) {
        if a.is_none() && b.is_none() {
            return;
        }
        let gap = |wished: Option<f64>, now: Option<f64>| wished.zip(now).map(|(wished, now)| wished - now);
        for (measure, value) in
            [("wished_a", a), ("wished_b", b), ("gap_a", gap(a, score.a)), ("gap_b", gap(b, score.b))]
        {
            self.score("paradox", id, measure, value);
        }
    }

    /// What a module shows: its own score, and what is told of its questions one by one.
    fn module(&mut self, deepening: &Deepening, given: &Given, module: &Module) {
        match deepening::outcome(deepening, given, module) {
            Outcome::Clarity { score: Some(score), answered, .. } => {
                self.score("module", &module.id, "clarity", Some(score));
                self.score("module", &module.id, "answered", Some(answered as f64));
                self.options(deepening, given, module, "clarity");
            }
            Outcome::Continuum { place, answered, size } => {
                if place.is_some() {
                    self.score("module", &module.id, "place", place);
                    self.score("module", &module.id, "answered", Some(answered as f64));
                }
                if size.is_some() {
                    self.score("module", &module.id, "size", size.map(f64::from));
                }
            }
            Outcome::Felt(felt) => {
                for (question, degree) in felt {
                    self.score("question", &deepening.question(question).id, "felt", Some(degree.score()));
                }
            }
            Outcome::Mirror(_) => self.options(deepening, given, module, "mirror"),
            Outcome::Profile | Outcome::Clarity { score: None, .. } => {}
        }
    }

    /// The option that each question of a module is answered with.
    fn options(&mut self, deepening: &Deepening, given: &Given, module: &Module, measure: &str) {
        let option = |question: &QuestionIx| {
            let Some(Value::One(place)) = given.get(deepening, *question) else { return None };
            let question = deepening.question(*question);
            let Ask::One(options) = &question.ask else { return None };
            Some((question.id.as_str(), options.get(usize::from(place))?.as_str()))
        };
        for (id, option) in deepening.asked(module, given).iter().filter_map(option) {
            self.word("question", id, measure, option);
        }
    }

    fn score(&mut self, subject: &str, id: &str, measure: &str, value: Option<f64>) {
        self.begin(subject, id, measure);
        if let Some(value) = value {
            number(self.out, value);
        }
        self.out.push_str("\r\n");
    }

    fn word(&mut self, subject: &str, id: &str, measure: &str, word: &str) {
        self.begin(subject, id, measure);
        self.out.push_str(word);
        self.out.push_str("\r\n");
    }

    fn begin(&mut self, subject: &str, id: &str, measure: &str) {
        self.out.push_str(&self.head);
        for part in [subject, id, measure] {
            self.out.push(',');
            self.out.push_str(part);
        }
        self.out.push(',');
    }
}

/// A number of full precision. Nearly all scores are quarters and eighths of a hundred: those are written digit by
/// digit; only a mean of three or seven answers needs the shortest text that reads back as the same number, and that is
/// what JSON has too.
pub(super) fn number(out: &mut String, value: f64) {
    let eighths = value * 8.0;
    if eighths.fract() != 0.0 || eighths.abs() > 1e6 {
        // Writes nothing where there is no number, which no score is.
        let number = serde_json::Number::from_f64(value);
        out.push_str(&number.map_or_else(String::new, |number| json::compact(&number.into())));
        return;
    }
    if value < 0.0 {
        out.push('-');
    }
    let eighths = eighths.abs() as u32;
    out.push_str(&(eighths / 8).to_string());
    out.push_str([".0", ".125", ".25", ".375", ".5", ".625", ".75", ".875"][(eighths % 8) as usize]);
}

/// A text that people wrote, made harmless and quoted where it has to be.
pub(super) fn text(out: &mut String, text: &str) {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let quoted = risky || text.contains([',', '"', '\r', '\n']) || text.starts_with(' ');
    if !quoted {
        out.push_str(text);
        return;
    }
    out.push('"');
    if risky {
        out.push('\'');
    }
    for (index, part) in text.split('"').enumerate() {
        if index > 0 {
            out.push_str("\"\"");
        }
        out.push_str(part);
    }
    out.push('"');
}
