//! Whose result is shown or taken along: that of the person who is answering, or a kept one.

use super::dom::clock;
use crate::answers::{Answers, Stamp};
use crate::day::{self, Day};
use crate::deepening::Given;
use crate::formats::result::{Parts, ResultFile};
use crate::history::{Kept, KeptId};
use crate::instrument::{FormIx, Instrument};
use crate::scoring::{self, Report};
use crate::session::Session;
use crate::wishes::Wishes;
use crate::workbook::Workbook;

/// A result and everything that belongs to it.
pub(super) struct Subject<'a> {
    pub(super) form: FormIx,
    pub(super) answers: &'a Answers,
    pub(super) report: Report,
    pub(super) workbook: &'a Workbook,
    pub(super) wishes: &'a Wishes,
    pub(super) given: &'a Given,
    /// When it was answered, as the device's calendar has it.
    pub(super) day: Option<Day>,
    source: Source<'a>,
}

/// Where a result is from.
#[derive(Clone, Copy)]
enum Source<'a> {
    /// From the answers that are being given; the newest is of this moment.
    Session(Stamp),
    /// From a file: answered earlier, or by someone else.
    Kept(&'a Kept),
}

impl<'a> Subject<'a> {
    /// The result of the person who is answering, if a form was chosen. It is of the moment of its newest answer,
    /// whenever someone looks at it.
    pub(super) fn of_session(session: &'a Session) -> Option<Self> {
        let (form, answers) = (session.form()?, session.answers());
        let newest = answers.newest(&session.instrument().form(form).items);
        let at = newest.unwrap_or_else(clock::now);
        Some(Self {
            form,
            answers,
            report: session.report()?,
            workbook: session.workbook(),
            wishes: session.wishes(),
            given: session.given(),
            day: Some(clock::local_day(at)),
            source: Source::Session(at),
        })
    }

    /// A kept result.
    pub(super) fn of_kept(instrument: &Instrument, kept: &'a Kept) -> Self {
        let file = &kept.file;
        Self {
            form: file.form,
            answers: &file.answers,
            report: scoring::score(instrument, file.form, &file.answers, None),
            workbook: &file.workbook,
            wishes: &file.wishes,
            given: &file.given,
            day: day_of(file),
            source: Source::Kept(kept),
        }
    }

    fn kept(&self) -> Option<&'a Kept> {
        match self.source {
            Source::Session(_) => None,
            Source::Kept(kept) => Some(kept),
        }
    }

    /// The name of a kept result; `None` for the one that is being answered.
    pub(super) fn name(&self) -> Option<&'a str> {
        Some(&self.kept()?.name)
    }

    /// What tells a kept result from others; `None` for the one that is being answered.
    pub(super) fn kept_id(&self) -> Option<KeptId> {
        Some(self.kept()?.id)
    }

    /// Whether it is that of the person who is answering, and can be changed.
    pub(super) fn is_mine(&self) -> bool {
        self.kept().is_none()
    }

    /// The result as a file, with or without what was written beside it. A kept one is the very file that it was, also
    /// in what this program doesn't know; `language` is that in which a new one was answered.
    pub(super) fn to_file(&self, instrument: &Instrument, language: &str, with_written: bool) -> ResultFile {
        let file = match self.source {
            Source::Kept(kept) => kept.file.clone(),
            Source::Session(at) => ResultFile::new(
                instrument,
                Parts {
                    form: self.form,
                    answers: self.answers.clone(),
                    language,
                    completed: Some(&day::moment(at)),
                    workbook: self.workbook.clone(),
                    wishes: self.wishes.clone(),
                    given: self.given.clone(),
                },
            ),
        };
        if with_written { file } else { file.bare() }
    }
}

/// The day of a file as the device's calendar has it: a file has the moment in UTC, where it may have been another day,
/// or the day alone.
pub(super) fn day_of(file: &ResultFile) -> Option<Day> {
    let moment = file.field("completed").and_then(|completed| completed.as_str());
    file.day.map(|day| moment.and_then(clock::local_day_of).unwrap_or(day))
}
