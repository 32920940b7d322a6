//! The result on paper, a report to hand out: what stands above it, and the button that prints it. How it is laid out is
//! in the style sheet, under `@media print`.

use std::rc::Rc;

use yew::virtual_dom::ListenerKind;

use super::Shown;
use crate::day::Day;
use crate::i18n::LANGUAGES;
use crate::ui::dom::{clock, print};
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::parts::View;

/// What stands above a printed result: the alliance's name if it has one, the day, the form and the language. `day` is
/// that of the answers; without one it is printed today.
pub(super) fn header(shown: &Shown<'_>, label: Option<&str>, day: Option<Day>) -> Node {
    let view = shown.view;
    let language = view.texts.language();
    let date = clock::in_words(day, language);
    let dated = if day.is_some() { "ui.report.answered" } else { "ui.report.printed" };
    let spoken = LANGUAGES.iter().find(|(tag, _)| *tag == language).map_or(language, |(_, name)| name);
    let facts = [
        view.fill(dated, &[("date", &date)]),
        view.fill("ui.report.form", &[("form", &view.form_name(shown.report.form))]),
        spoken.to_owned(),
    ];
    el("div", "report-head print-only")
        .add(leaf("p", "report-brand", "Equipoise"))
        .add(el("p", "report-facts").all(each(&facts, |fact| leaf("span", "", fact))))
        .maybe(label.map(|label| leaf("p", "report-name", label)))
}

/// Prints, or saves as PDF: the browser asks which.
pub(super) fn button(view: &View<'_>) -> Node {
    leaf("button", "secondary", view.t("ui.report.print"))
        .attr("type", "button")
        .attr("data-action", "print")
        .does(ListenerKind::onclick, Rc::new(|_| print::print()))
}
