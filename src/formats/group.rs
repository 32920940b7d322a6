//! A group's numbers as a table, one row a number: `group,subject,id,measure,statistic,value`. `group` is the name of a
//! side, or empty for everybody together. As in [`csv`](super::csv): for programs, in full precision, with a byte order
//! mark, and harmless for spreadsheets. What too few people have answered is not in it.

use super::csv::{number, text};
use crate::group::{GroupScore, Overview, Statistics};
use crate::instrument::{Instrument, Pole};

/// The names of the columns.
pub const COLUMNS: [&str; 6] = ["group", "subject", "id", "measure", "statistic", "value"];

/// Everything that may be shown of a group: everybody first, then each side.
#[must_use]
pub fn write(instrument: &Instrument, overview: &Overview) -> String {
    let mut out = String::new();
    start(&mut out);
    let sides = overview.sides.iter().map(|side| (side.name.as_str(), side.n, &side.scores));
    for (name, n, scores) in std::iter::once(("", overview.n, &overview.everybody)).chain(sides) {
        add_count(&mut out, name, n);
        if let Some(scores) = scores {
            add(&mut out, instrument, name, scores);
        }
    }
    out
}

/// The byte order mark and the line with the names of the columns.
pub fn start(out: &mut String) {
    out.push('\u{feff}');
    out.push_str(&COLUMNS.join(","));
    out.push_str("\r\n");
}

/// Adds how many results there are of a side, or of everybody.
pub fn add_count(out: &mut String, group: &str, count: usize) {
    begin(out, group, &["results", "", "", "n"]);
    out.push_str(&count.to_string());
    out.push_str("\r\n");
}

/// Adds every number of a group's paradoxes.
pub fn add(out: &mut String, instrument: &Instrument, group: &str, scores: &[GroupScore]) {
    for score in scores {
        let id = instrument.paradox(score.paradox).id.as_str();
        for (measure, statistics) in [
            ("a", &score.a),
            ("b", &score.b),
            ("tilt", &score.tilt),
            ("both_and", &score.both_and),
            ("tension", &score.tension),
        ] {
            if let Some(statistics) = statistics {
                add_measure(out, group, id, measure, statistics);
            }
        }
        if let Some(lean) = score.lean {
            let to = lean.pole().map_or("", Pole::letter);
            for (measure, word) in [("lean", lean.word()), ("leans_to", to)] {
                begin(out, group, &["paradox", id, measure, ""]);
                out.push_str(word);
                out.push_str("\r\n");
            }
        }
    }
}

fn add_measure(out: &mut String, group: &str, id: &str, measure: &str, statistics: &Statistics) {
    for (name, value) in [
        ("n", Some(statistics.n as f64)),
        ("mean", Some(statistics.mean)),
        ("median", Some(statistics.median)),
        ("deviation", statistics.deviation),
        ("low", Some(statistics.low)),
        ("lower_quartile", Some(statistics.lower)),
        ("upper_quartile", Some(statistics.upper)),
        ("high", Some(statistics.high)),
    ] {
        begin(out, group, &["paradox", id, measure, name]);
        if let Some(value) = value {
            number(out, value);
        }
        out.push_str("\r\n");
    }
}

/// The columns before the value. All but the group are ours.
fn begin(out: &mut String, group: &str, parts: &[&str]) {
    text(out, group);
    for part in parts {
        out.push(',');
        out.push_str(part);
    }
    out.push(',');
}
