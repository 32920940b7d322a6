//! Results as a table, one row a score: `result,label,form,completed,subject,id,measure,value`. For programs: ids,
//! words of the result file and numbers of full precision, whatever the language. A score that is missing is an empty
//! cell, never a zero.
//!
//! UTF-8 with a byte order mark and CR LF, quoted as RFC 4180 has it, which is what spreadsheets ask for. A text that a
//! spreadsheet would take for a formula gets an apostrophe before it; numbers are ours and stay numbers.

use crate::day::Day;
use crate::instrument::Instrument;
use crate::scoring::{ParadoxScore, PhaseScore, Report};

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

/// The byte order mark and the line with the names of the columns.
pub fn start(out: &mut String) {
    out.push('\u{feff}');
    out.push_str(&COLUMNS.join(","));
    out.push_str("\r\n");
}

/// Adds every score of a report.
pub fn add(out: &mut String, instrument: &Instrument, about: About<'_>, report: &Report) {
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
    let mut rows = Rows { out, head };
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

struct Rows<'a> {
    out: &'a mut String,
    /// The columns that all rows of a result share.
    head: String,
}

impl Rows<'_> {
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
        self.word("paradox", id, "leans_to", pole.map_or("", crate::instrument::Pole::letter));
        self.word("paradox", id, "quadrant", both.map_or("", |both| both.quadrant.word()));
        self.word("paradox", id, "class", both.map_or("", |both| both.class.word()));
    }

    fn phase(&mut self, id: &str, score: &PhaseScore) {
        self.score("phase", id, "score", score.score);
        self.score("phase", id, "paradox_score", score.paradox_score);
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
fn number(out: &mut String, value: f64) {
    let eighths = value * 8.0;
    if eighths.fract() != 0.0 || eighths.abs() > 1e6 {
        // Writes nothing where there is no number, which no score is.
        out.push_str(
            &serde_json::Number::from_f64(value).map_or_else(String::new, |number| number.to_string()),
        );
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
fn text(out: &mut String, text: &str) {
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
