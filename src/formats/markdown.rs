//! A result as Markdown, to paste into minutes. Whatever a person wrote is escaped, so that it can't become a heading, a
//! link, a picture or a piece of HTML.

use crate::chart;
use crate::compare;
use crate::day::Day;
use crate::deepening::{self, Deepening, Given, Module};
use crate::i18n::Texts;
use crate::instrument::{Instrument, ParadoxIx, Pole};
use crate::scoring::{Both, ParadoxScore, Report};
use crate::summary;
use crate::wishes::Wishes;
use crate::workbook::{About, Action, Progress, Workbook};

/// What a sheet is made of.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// The texts of the language it is written in.
    pub texts: &'a Texts,
    /// The result.
    pub report: &'a Report,
    /// When it was completed.
    pub day: Option<Day>,
    /// What was written beside the answers; an empty one leaves it out.
    pub workbook: &'a Workbook,
    /// How it should be a year from now.
    pub wishes: &'a Wishes,
    /// The deepening modules.
    pub deepening: &'a Deepening,
    /// What was answered in them.
    pub given: &'a Given,
}

/// The whole sheet.
#[must_use]
pub fn write(sheet: &Sheet<'_>) -> String {
    let texts = sheet.texts;
    let mut out = String::new();
    let title = match sheet.workbook.label() {
        Some(label) => [texts.get("ui.result.title"), ": ", &escaped(label)].concat(),
        None => texts.get("ui.result.title").to_owned(),
    };
    heading(&mut out, "# ", &title);
    if let Some(day) = sheet.day {
        paragraph(&mut out, &day.to_string());
    }
    for sentence in summary::sentences(sheet.instrument, texts, sheet.report) {
        paragraph(&mut out, &sentence);
    }
    talk(&mut out, sheet);
    table(&mut out, sheet);
    phases(&mut out, sheet);
    wished(&mut out, sheet);
    modules(&mut out, sheet);
    notes(&mut out, sheet);
    if sheet.workbook.agreed().next().is_some() {
        heading(&mut out, "## ", texts.get("ui.action.title"));
        out.push_str(&actions(sheet.instrument, texts, sheet.workbook));
        out.push('\n');
    }
    out.push('*');
    out.push_str(texts.get("instrument.honesty"));
    out.push_str("*\n");
    out
}

/// The actions as a list of tasks.
#[must_use]
pub fn actions(instrument: &Instrument, texts: &Texts, workbook: &Workbook) -> String {
    let mut out = String::new();
    for (_, action) in workbook.agreed() {
        out.push_str(if action.progress == Progress::Done { "- [x] " } else { "- [ ] " });
        out.push_str(&escaped(&action.text));
        let facts = facts(instrument, texts, action);
        if !facts.is_empty() {
            out.push_str(" (");
            out.push_str(&facts.join("; "));
            out.push(')');
        }
        out.push('\n');
    }
    out
}

/// Who, by when, how far if it was begun, and about what.
fn facts(instrument: &Instrument, texts: &Texts, action: &Action) -> Vec<String> {
    let owner = Some(&action.owner).filter(|owner| !owner.trim().is_empty()).map(|owner| escaped(owner));
    let due = action.due.map(|due| due.to_string());
    let begun = (action.progress == Progress::Doing).then(|| texts.get("ui.action.doing").to_owned());
    let about = action.about.map(|paradox| summary::pair_name(instrument, texts, paradox));
    [owner, due, begun, about].into_iter().flatten().collect()
}

fn talk(out: &mut String, sheet: &Sheet<'_>) {
    if sheet.report.talk_about.is_empty() {
        return;
    }
    heading(out, "## ", sheet.texts.get("ui.talk.title"));
    for paradox in &sheet.report.talk_about {
        let Some(both) = sheet.report.paradox(*paradox).and_then(|score| score.both.as_ref()) else {
            continue;
        };
        let (question, step) = advice(sheet, *paradox, both);
        heading(out, "### ", &summary::pair_name(sheet.instrument, sheet.texts, *paradox));
        paragraph(out, &[sheet.texts.get("ui.each.talk"), ": ", &question].concat());
        paragraph(out, &[sheet.texts.get("ui.each.step"), ": ", &step].concat());
    }
}

/// The question for each other and the first step that fit the scores.
fn advice(sheet: &Sheet<'_>, paradox: ParadoxIx, both: &Both) -> (String, String) {
    summary::question_and_step(sheet.instrument, sheet.texts, paradox, both)
}

fn table(out: &mut String, sheet: &Sheet<'_>) {
    let texts = sheet.texts;
    heading(out, "## ", texts.get("ui.table.title"));
    let columns = ["paradox", "a", "b", "both", "tension", "lean"];
    let names: Vec<&str> = [
        texts.get("ui.table.paradox"),
        texts.get("ui.table.a"),
        texts.get("ui.table.b"),
        texts.get("ui.table.both"),
        texts.get("ui.table.tension"),
        texts.get("ui.table.lean"),
    ]
    .into();
    row(out, &names);
    row(out, &columns.map(|name| if matches!(name, "paradox" | "lean") { "---" } else { "---:" }));
    for score in sheet.report.paradoxes.iter().filter(|score| score.a.is_some() || score.b.is_some()) {
        let both = score.both.as_ref();
        let cells = [
            summary::pair_name(sheet.instrument, texts, score.paradox),
            whole(score.a),
            whole(score.b),
            whole(both.map(|both| both.both_and)),
            whole(score.tension),
            both.map_or_else(|| texts.get("ui.table.none").to_owned(), |both| lean(sheet, score, both)),
        ];
        row(out, &cells.each_ref().map(String::as_str));
    }
    out.push('\n');
}

fn lean(sheet: &Sheet<'_>, score: &ParadoxScore, both: &Both) -> String {
    let name = |pole: Pole| summary::pole_name(sheet.instrument, sheet.texts, score.paradox, pole);
    let pole = both.lean.pole().map_or("", name);
    sheet.texts.fill(&["ui.lean.", both.lean.word()].concat(), &[("pole", pole)])
}

fn phases(out: &mut String, sheet: &Sheet<'_>) {
    if sheet.report.phases.iter().all(|phase| phase.score.is_none()) {
        return;
    }
    heading(out, "## ", sheet.texts.get("ui.ring.title"));
    for phase in &sheet.report.phases {
        let name = summary::phase_name(sheet.instrument, sheet.texts, phase.phase);
        let key = if phase.score.is_some() { "ui.ring.score" } else { "ui.ring.score-none" };
        bullet(out, &sheet.texts.fill(key, &[("phase", name), ("score", &whole(phase.score))]));
    }
    out.push('\n');
}

/// Where someone wants to change, the largest gap first.
fn wished(out: &mut String, sheet: &Sheet<'_>) {
    if sheet.wishes.is_empty() {
        return;
    }
    let (instrument, texts) = (sheet.instrument, sheet.texts);
    let gaps = compare::gaps(instrument, sheet.report.form, sheet.report, sheet.wishes);
    let agenda = compare::agenda(&gaps, sheet.report);
    heading(out, "## ", texts.get("ui.wish.title"));
    if agenda.is_empty() {
        paragraph(out, texts.get("ui.wish.none"));
        return;
    }
    heading(out, "### ", texts.get("ui.wish.agenda"));
    for gap in &agenda {
        let pair = summary::pair_name(instrument, texts, gap.paradox);
        bullet(out, &[&pair, ": ", &summary::gap_in_words(instrument, texts, gap)].concat());
    }
    out.push('\n');
}

/// What follows from the deepening modules, and what each shows.
fn modules(out: &mut String, sheet: &Sheet<'_>) {
    // A file may hold answers to modules that this questionnaire doesn't have.
    if !sheet.instrument.has_deepening() {
        return;
    }
    let (deepening, given, texts) = (sheet.deepening, sheet.given, sheet.texts);
    let insights = deepening::insights(deepening, given, sheet.instrument, &sheet.report.current, texts);
    let shown = |module: &Module| {
        let title = texts.get(&["deepening.modules.", &module.id, ".title"].concat()).to_owned();
        (title, deepening::lines(deepening, given, module, texts))
    };
    let parts: Vec<(String, Vec<String>)> = [(texts.get("ui.deepen.insights").to_owned(), insights)]
        .into_iter()
        .chain(deepening.modules().iter().map(shown))
        .filter(|(_, lines)| !lines.is_empty())
        .collect();
    if parts.is_empty() {
        return;
    }
    heading(out, "## ", texts.get("ui.deepen.title"));
    for (title, lines) in &parts {
        heading(out, "### ", title);
        for line in lines {
            bullet(out, &escaped(line));
        }
        out.push('\n');
    }
}

fn notes(out: &mut String, sheet: &Sheet<'_>) {
    for (about, note) in sheet.workbook.notes() {
        let title = match about {
            About::Overall => sheet.texts.get("ui.note.overall").to_owned(),
            About::Paradox(paradox) => {
                let pair = summary::pair_name(sheet.instrument, sheet.texts, paradox);
                sheet.texts.fill("ui.note.paradox", &[("pair", &pair)])
            }
        };
        heading(out, "## ", &title);
        // Every line begins with the mark, so that none can be anything but a line of the note.
        for line in lines(note) {
            out.push_str("> ");
            out.push_str(&escaped(line));
            out.push_str("  \n");
        }
        out.push('\n');
    }
}

fn heading(out: &mut String, mark: &str, text: &str) {
    out.push_str(mark);
    out.push_str(text);
    out.push_str("\n\n");
}

fn paragraph(out: &mut String, text: &str) {
    out.push_str(text);
    out.push_str("\n\n");
}

fn bullet(out: &mut String, text: &str) {
    out.push_str("- ");
    out.push_str(text);
    out.push('\n');
}

fn row(out: &mut String, cells: &[&str]) {
    out.push_str("| ");
    out.push_str(&cells.join(" | "));
    out.push_str(" |\n");
}

fn whole(score: Option<f64>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| chart::round(score).to_string())
}

/// The lines of a text, however they end.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'])
}

/// A text on one line in which no character means anything: every mark of Markdown and HTML has a backslash before it
/// or is written by its number.
fn escaped(text: &str) -> String {
    let line: Vec<&str> = lines(text).collect();
    let mut escaped = String::with_capacity(text.len());
    for character in line.join(" ").trim().chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // The last three make an address of what looks like one, and a heading of the line above.
            '#' | '*' | '+' | '-' | '.' | '!' | '(' | ')' | '[' | ']' | '\\' | '_' | '`' | '{' | '|'
            | '}' | '~' | ':' | '@' | '=' => escaped.extend(['\\', character]),
            character if character.is_control() => {}
            character => escaped.push(character),
        }
    }
    escaped
}
