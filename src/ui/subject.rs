//! Whose result is shown or taken along: that of the person who is answering, or a kept one.

use crate::answers::Answers;
use crate::day::Day;
use crate::deepening::Given;
use crate::history::Kept;
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
    /// When it was completed; today for the one that is being answered.
    pub(super) day: Option<Day>,
    /// The name of a kept result; `None` for the one that is being answered.
    pub(super) name: Option<&'a str>,
}

impl<'a> Subject<'a> {
    /// The result of the person who is answering, if a form was chosen.
    pub(super) fn of_session(session: &'a Session, today: Day) -> Option<Self> {
        Some(Self {
            form: session.form()?,
            answers: session.answers(),
            report: session.report()?,
            workbook: session.workbook(),
            wishes: session.wishes(),
            given: session.given(),
            day: Some(today),
            name: None,
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
            day: file.day,
            name: Some(&kept.name),
        }
    }

    /// Whether it is that of the person who is answering, and can be changed.
    pub(super) fn is_mine(&self) -> bool {
        self.name.is_none()
    }
}
