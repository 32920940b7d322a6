//! What is taken along, made from a result: names of files, their kinds, their texts.

use super::{Desk, Made, Share, Wanted};
use crate::day::Day;
use crate::deepening::{self, Deepening};
use crate::formats::intake::Found;
use crate::formats::link::{self, Shared};
use crate::formats::markdown::{self, Sheet};
use crate::formats::result::{Parts, ResultFile};
use crate::formats::{calendar, csv};
use crate::history::{self, Restored};
use crate::i18n::Texts;
use crate::instrument::Instrument;
use crate::picture::{self, Drawn, Picture};
use crate::session::Session;
use crate::ui::dom::{address, clock};
use crate::ui::subject::{self, Subject};
use crate::wishes::Wishes;
use crate::workbook::Workbook;

/// The kind of a JSON file.
pub(super) const JSON: &str = "application/json";

/// A file to be.
pub(super) struct File {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) text: String,
}

/// A page to be, with a result in it.
pub(super) struct Page {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) result: String,
}

/// What everything is made with.
pub(super) struct Maker<'a> {
    pub(super) session: &'a Session,
    pub(super) texts: &'a Texts,
    pub(super) subject: &'a Subject<'a>,
    pub(super) desk: &'a Desk,
    pub(super) deepening: &'a Deepening,
}

impl Maker<'_> {
    fn instrument(&self) -> &Instrument {
        self.session.instrument()
    }

    /// A text as a file.
    pub(super) fn file(&self, made: Made) -> Option<File> {
        let with = self.desk.with_written;
        let named = |what: &str, ending: &str| file_name(what, self.subject, with, ending);
        let file = match made {
            Made::ResultFile => {
                File { name: named("result", "json"), kind: JSON, text: self.result_file() + "\n" }
            }
            Made::Csv => File { name: named("scores", "csv"), kind: "text/csv", text: self.csv(with) },
            Made::Markdown => {
                File { name: named("result", "md"), kind: "text/markdown", text: self.markdown(with) }
            }
            Made::Svg => {
                let name = named(self.desk.wanted.chart.word(), "svg");
                File { name, kind: "image/svg+xml", text: self.picture(self.desk.wanted).svg }
            }
            Made::Calendar => {
                let Subject { workbook, .. } = self.subject;
                let kept = self.subject.kept_id();
                let made = calendar::write(self.instrument(), self.texts, workbook, kept, clock::now());
                File { name: named("actions", "ics"), kind: "text/calendar", text: made.text }
            }
            Made::MarkdownCopy
            | Made::Link
            | Made::Page
            | Made::Png
            | Made::PictureCopy
            | Made::ActionsCopy
            | Made::KeptFile(_)
            | Made::Copy(_)
            | Made::Everything => return None,
        };
        Some(file)
    }

    /// The result as the text of a file, with what was written if that is ticked.
    fn result_file(&self) -> String {
        let (instrument, language) = (self.instrument(), self.texts.language());
        self.subject.to_file(instrument, language, self.desk.with_written).write_pretty(instrument)
    }

    /// What goes into a page that carries everything.
    pub(super) fn page(&self) -> Page {
        let with = self.desk.with_written;
        let label = self.subject.workbook.label().filter(|_| with);
        Page {
            name: file_name("report", self.subject, with, "html"),
            title: label.map_or("Equipoise".to_owned(), |label| [label, " · Equipoise"].concat()),
            result: self.result_file(),
        }
    }

    /// A text for the clipboard.
    pub(super) fn text(&self, made: Made) -> Option<String> {
        match made {
            Made::MarkdownCopy => Some(self.markdown(self.desk.with_written)),
            Made::ActionsCopy => {
                Some(markdown::actions(self.instrument(), self.texts, self.subject.workbook))
            }
            Made::Link => {
                let code = link::encode(self.instrument(), &shared(self.subject, self.desk.share)).ok()?;
                Some(address::link(&code).unwrap_or(code))
            }
            _ => None,
        }
    }

    fn csv(&self, with: bool) -> String {
        let mut text = String::new();
        csv::start(&mut text);
        let about = csv::About {
            result: "1",
            label: self.subject.workbook.label().filter(|_| with),
            day: self.subject.day,
        };
        let report = &self.subject.report;
        csv::add(&mut text, self.instrument(), about, report);
        let beside =
            csv::Beside { wishes: self.subject.wishes, deepening: self.deepening, given: self.subject.given };
        csv::add_beside(&mut text, self.instrument(), about, report, beside);
        text
    }

    fn markdown(&self, with: bool) -> String {
        let none = Workbook::default();
        markdown::write(&Sheet {
            instrument: self.instrument(),
            texts: self.texts,
            report: &self.subject.report,
            day: self.subject.day,
            workbook: if with { self.subject.workbook } else { &none },
            wishes: self.subject.wishes,
            deepening: self.deepening,
            given: self.subject.given,
        })
    }

    /// The picture that is wanted.
    pub(super) fn picture(&self, wanted: Wanted) -> Drawn {
        let day = self.subject.day.map(|day| clock::in_words(Some(day), self.texts.language()));
        let picture = Picture {
            instrument: self.instrument(),
            texts: self.texts,
            report: &self.subject.report,
            label: self.subject.workbook.label().filter(|_| self.desk.with_written),
            day: day.as_deref(),
        };
        picture::draw(&picture, wanted.chart, wanted.frame, wanted.background)
    }

    /// How many actions a calendar has no place for.
    pub(super) fn undated(&self) -> usize {
        self.subject.workbook.agreed().filter(|(_, action)| action.due.is_none()).count()
    }
}

/// What goes into a link: the answers, and only what was ticked beside them.
pub(in crate::ui) fn shared(subject: &Subject<'_>, share: Share) -> Shared {
    let mut workbook = Workbook::default();
    if share.notes {
        for (about, note) in subject.workbook.notes() {
            workbook.write(about, note, 1);
        }
    }
    if share.actions {
        for (id, action) in subject.workbook.agreed() {
            workbook.add(action.clone(), id.0);
        }
    }
    Shared {
        form: subject.form,
        answers: subject.answers.clone(),
        day: subject.day,
        label: subject.workbook.label().filter(|_| share.name).map(str::to_owned),
        workbook: Some(workbook).filter(|workbook| !workbook.is_empty()),
    }
}

/// What was found, in words.
pub(super) fn in_words(instrument: &Instrument, texts: &Texts, found: &Found) -> Vec<String> {
    match found {
        Found::Result(file) => shared_of(file).describe(instrument, texts),
        Found::Link(shared) => shared.describe(instrument, texts),
        Found::Session(_) => vec![backup_words(texts, true, 0)],
        Found::Backup(backup) => {
            let any = backup.record.as_ref().is_some_and(|record| !record.answers.is_empty());
            vec![backup_words(texts, any, backup.history.kept().len())]
        }
    }
}

fn backup_words(texts: &Texts, answers: bool, kept: usize) -> String {
    let session = texts.get(if answers { "ui.open.backup-session" } else { "ui.open.backup-none" });
    texts.fill("ui.open.backup", &[("session", session), ("n", &kept.to_string())])
}

/// What came of taking in a file with everything, in words.
pub(super) fn restored_in_words(texts: &Texts, restored: Restored) -> String {
    let Restored { back, there, full } = restored;
    if restored == Restored::default() {
        return texts.get("ui.open.taken-in").to_owned();
    }
    let values = [("back", &*back.to_string()), ("there", &*there.to_string())];
    let mut words = texts.fill("ui.open.taken-in-kept", &values);
    if full > 0 {
        let values = [("n", &*full.to_string()), ("most", &*history::MOST.to_string())];
        words.push(' ');
        words.push_str(&texts.fill("ui.open.taken-in-full", &values));
    }
    words
}

/// A file's content as a link would hold it.
fn shared_of(file: &ResultFile) -> Shared {
    Shared {
        form: file.form,
        answers: file.answers.clone(),
        day: subject::day_of(file),
        label: file.workbook.label().map(str::to_owned),
        workbook: Some(file.workbook.clone()).filter(|workbook| !workbook.is_empty()),
    }
}

/// What was found as a result to keep, with a name for it.
pub(super) fn kept_file(
    instrument: &Instrument,
    texts: &Texts,
    found: &Found,
) -> Option<(String, ResultFile)> {
    let (label, day, file) = match found {
        Found::Result(file) => {
            (file.workbook.label().map(str::to_owned), subject::day_of(file), (**file).clone())
        }
        Found::Link(shared) => (shared.label.clone(), shared.day, of_link(instrument, texts, shared)),
        Found::Session(_) | Found::Backup(_) => return None,
    };
    let name = label
        .or_else(|| day.map(|day| clock::in_words(Some(day), texts.language())))
        .unwrap_or_else(|| texts.get("ui.open.link").to_owned());
    Some((name, file))
}

fn of_link(instrument: &Instrument, texts: &Texts, shared: &Shared) -> ResultFile {
    let mut workbook = shared.workbook.clone().unwrap_or_default();
    if let Some(label) = &shared.label {
        workbook.name(label, 1);
    }
    let completed = shared.day.map(|day: Day| day.to_string());
    let parts = Parts {
        form: shared.form,
        answers: shared.answers.clone(),
        language: texts.language(),
        completed: completed.as_deref(),
        workbook,
        wishes: Wishes::new(instrument),
        given: deepening::Given::default(),
    };
    ResultFile::new(instrument, parts)
}

/// A name for a file: what it is, the alliance when its name may be told, the day, the ending.
pub(super) fn file_name(what: &str, subject: &Subject<'_>, named: bool, ending: &str) -> String {
    let label = subject.workbook.label().filter(|_| named).map(plain).filter(|label| !label.is_empty());
    let mut name = ["equipoise-", what].concat();
    for part in [label, subject.day.map(|day| day.to_string())].into_iter().flatten() {
        name.push('-');
        name.push_str(&part);
    }
    name.push('.');
    name.push_str(ending);
    name
}

/// The letters and digits of a name, so that it fits every disk; the rest becomes a dash.
fn plain(label: &str) -> String {
    let mut plain = String::new();
    for character in label.chars().take(40) {
        if character.is_alphanumeric() {
            plain.push(character.to_ascii_lowercase());
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    plain.trim_end_matches('-').to_owned()
}
