//! The result: three sentences a person can repeat, then the pictures, what to talk about, and every paradox up
//! close. No grade, no traffic light, no claim from area, whole numbers only.

mod actions;
mod calc;
mod closeup;
mod modules;
mod notes;
mod radar;
mod report;
mod ring;
mod table;
mod take;
mod talk;
mod tilt;
mod wish;

use super::AppMsg;
use super::desk::DeskMsg;
use super::dom::clock;
use super::dom::size::Size;
use super::node::{Node, each, el, leaf};
use super::parts::{self, Kind, View};
use super::subject::Subject;
use crate::chart;
use crate::day::Day;
use crate::embed::Mode;
use crate::history::KeptId;
use crate::instrument::{FormIx, ItemIx, ParadoxIx, Pole, Role};
use crate::scoring::{Lean, ParadoxScore, Report};
use crate::session::Msg;
use crate::summary;
use crate::wishes::Wishes;
use crate::workbook::Workbook;

/// The sentences describe the charts as well, for who can't see them; an id is known within the shadow root only.
const SENTENCES: &str = "sentences";

/// The size that charts have on paper: A4 between its margins, with its letters; the style sheet scales them to what
/// the paper is.
pub(super) const PAPER: Size = Size { width: 660.0, font: 13.0 };

/// What only the further part says: the texts for it come with that part.
impl View<'_> {
    /// A text about a paradox: `paradox_text(p, "talk.a")`.
    pub(super) fn paradox_text(&self, paradox: ParadoxIx, name: &str) -> String {
        self.joined(&["instrument.paradoxes.", &self.instrument().paradox(paradox).id, ".", name])
    }

    /// A day as people write it.
    pub(super) fn date(&self, day: Day) -> String {
        clock::in_words(Some(day), self.texts.language())
    }

    /// Both poles of a paradox by name.
    pub(super) fn pair(&self, paradox: ParadoxIx) -> String {
        summary::pair_name(self.instrument(), self.texts, paradox)
    }
}

/// The screen's state and the report that it shows.
struct Shown<'a> {
    view: &'a View<'a>,
    subject: &'a Subject<'a>,
    report: &'a Report,
    workbook: &'a Workbook,
    wishes: &'a Wishes,
    /// Whether it is the result of the person who is answering, and can be changed.
    mine: bool,
}

impl<'a> Shown<'a> {
    fn new(view: &'a View<'a>, subject: &'a Subject<'a>) -> Self {
        // On a screen that strangers share nobody comes back to what they write.
        let mine = subject.is_mine() && takes(view);
        let (workbook, wishes) = (subject.workbook, subject.wishes);
        Self { view, subject, report: &subject.report, workbook, wishes, mine }
    }
}

impl Shown<'_> {
    /// The paradoxes that the form asks about: a short form shows its own, and no empty places for the others.
    fn asked(&self) -> Vec<&ParadoxScore> {
        let instrument = self.view.instrument();
        let items = &instrument.form(self.report.form).items;
        let asked = |score: &&ParadoxScore| {
            items.iter().any(|item| match instrument.item(*item).role {
                Role::Pole(paradox, _) => paradox == score.paradox,
                _ => false,
            })
        };
        self.report.paradoxes.iter().filter(asked).collect()
    }

    /// Number of a paradox in the charts, from 1.
    fn number(&self, paradox: ParadoxIx) -> usize {
        self.asked().iter().position(|score| score.paradox == paradox).map_or(0, |index| index + 1)
    }

    /// The name of a pole.
    fn name(&self, score: &ParadoxScore, pole: Pole) -> &str {
        summary::pole_name(self.view.instrument(), self.view.texts, score.paradox, pole)
    }

    /// What may be said about a tilt, in words.
    fn lean_words(&self, paradox: ParadoxIx, lean: Lean) -> String {
        let pole = lean
            .pole()
            .map_or("", |pole| summary::pole_name(self.view.instrument(), self.view.texts, paradox, pole));
        self.view.fill(&["ui.lean.", lean.word()].concat(), &[("pole", pole)])
    }
}

/// A score as a whole number, or a dash where there is none.
fn whole(score: Option<f64>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| chart::round(score).to_string())
}

/// A number that may be negative, with a proper minus sign.
fn signed(number: f64) -> String {
    chart::round(number).to_string().replace('-', "−")
}

pub(super) fn view(view: &View<'_>) -> Node {
    let Some(subject) = Subject::of_session(view.session) else {
        return el("section", "result");
    };
    let back = || parts::button(view, "secondary", "back", view.t("ui.result.back"), Msg::WentBack);
    let back = matches!(view.config.mode, Mode::Assess | Mode::Kiosk).then(back);
    let mut nav = el("nav", "actions").maybe(back);
    if takes(view) {
        let to_take = parts::tap(view, "plain", view.t("ui.take.title"), AppMsg::Desk(DeskMsg::WentToTake))
            .attr("data-action", "to-take");
        nav = nav.add(report::button(view)).add(to_take);
    }
    screen(&Shown::new(view, &subject), Kind::Result).add(nav)
}

/// The address of this page with the answers in it; none where nobody else could open it.
pub(super) fn link(view: &View<'_>) -> Option<String> {
    let subject = Subject::of_session(view.session)?;
    take::address_of(view, &subject)
}

/// Whether a result can be taken along: nothing is left behind on a screen that strangers share.
fn takes(view: &View<'_>) -> bool {
    view.config.mode != Mode::Kiosk
}

/// A kept result, to look at.
pub(super) fn kept(view: &View<'_>, id: KeptId) -> Node {
    let Some(kept) = view.history.find(id) else {
        return el("section", "result");
    };
    let subject = Subject::of_kept(view.instrument(), kept);
    let back = || {
        parts::tap(view, "secondary", view.t("ui.kept.back"), parts::went(None))
            .attr("data-action", "aside-back")
    };
    let back = (view.config.mode == Mode::Assess).then(back);
    let nav = el("nav", "actions").maybe(back).add(report::button(view));
    screen(&Shown::new(view, &subject), Kind::Kept).add(nav)
}

fn screen(shown: &Shown<'_>, kind: Kind) -> Node {
    let scored = shown.report.scored().next().is_some();
    let further = if shown.view.in_full { further(shown, scored) } else { Vec::new() };
    el("section", "result")
        .key(kind as usize)
        .add(report::header(shown, shown.workbook.label(), shown.subject.day))
        .add(opening(shown))
        .maybe(scored.then(|| if has_radar(shown) { radar::section(shown) } else { tilt::section(shown) }))
        .add(el("div", "further").all(further))
}

/// Whether there are enough paradoxes for a radar; the tilt chart takes its place.
fn has_radar(shown: &Shown<'_>) -> bool {
    shown.asked().len() >= chart::radar::FEWEST
}

/// What stands below the first screenful: it follows a moment later, so that the picture never waits for it. It has
/// a box of its own, so that nothing around it is drawn anew, or loses the focus, when it comes.
fn further(shown: &Shown<'_>, scored: bool) -> Vec<Node> {
    let sections = [
        talk::section(shown),
        actions::section(shown),
        ring::section(shown),
        (scored && has_radar(shown)).then(|| tilt::section(shown)),
        scored.then(|| table::section(shown)),
        Some(closeup::section(shown)),
        wish::section(shown),
        modules::section(shown),
        takes(shown.view).then(|| take::section(shown)),
        shown.mine.then(|| extend(shown)).flatten(),
        Some(calc::section(shown)),
        Some(about(shown)),
    ];
    sections.into_iter().flatten().collect()
}

fn opening(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    let sentences = summary::sentences(view.instrument(), view.texts, shown.report);
    let based_on = view.fill(
        "ui.result.form",
        &[
            ("form", &view.form_name(shown.report.form)),
            ("answered", &shown.report.answered.to_string()),
            ("asked", &shown.report.asked.to_string()),
        ],
    );
    let title = match shown.subject.name() {
        None => view.t("ui.result.title").to_owned(),
        Some(name) => view.fill("ui.kept.title", &[("name", name)]),
    };
    let reading =
        (!shown.subject.is_mine()).then(|| leaf("p", "hint screen-only", view.t("ui.kept.reading")));
    el("header", "opening")
        .add(parts::heading(view, &title))
        .maybe(reading)
        .add(
            el("div", "sentences")
                .attr("id", SENTENCES)
                .all(each(&sentences, |sentence| leaf("p", "", sentence))),
        )
        .add(leaf("p", "based-on", &based_on))
        .maybe(remarks(shown))
}

/// What this form can't tell, and remarks about the answers themselves.
fn remarks(shown: &Shown<'_>) -> Option<Node> {
    let (view, report) = (shown.view, shown.report);
    let unscored = shown.asked().iter().filter(|score| score.both.is_none()).count();
    let mut lines: Vec<String> = Vec::new();
    if unscored == shown.asked().len() {
        lines.push(view.t("ui.result.limits.nothing").to_owned());
    } else if unscored > 0 {
        lines.push(view.texts.count("ui.result.limits.partial", unscored, &[]));
    }
    let single = shown.asked().iter().any(|score| asked_items(view, report.form, score.paradox) < 2);
    if !view.instrument().form(report.form).overall {
        lines.push(view.t("ui.result.limits.taster").to_owned());
    } else if single {
        lines.push(view.t("ui.result.limits.single").to_owned());
    }
    for flag in &report.flags {
        lines.push(view.joined(&["ui.quality.", flag.word()]));
    }
    let title = leaf("h2", "", view.t("ui.quality.title"));
    (!lines.is_empty()).then(|| el("section", "remarks").add(title).add(parts::lines("", &lines)))
}

/// The fewest items that the form asks about a pole of this paradox.
fn asked_items(view: &View<'_>, form: FormIx, paradox: ParadoxIx) -> usize {
    let items = &view.instrument().form(form).items;
    let paradox = view.instrument().paradox(paradox);
    let count = |pole: &[ItemIx]| pole.iter().filter(|item| items.contains(item)).count();
    count(&paradox.a).min(count(&paradox.b))
}

/// Towards a longer form: only what is new is asked.
fn extend(shown: &Shown<'_>) -> Option<Node> {
    let view = shown.view;
    let offer = |form: FormIx| {
        let items = &view.instrument().form(form).items;
        let open = (items.len() - view.session.answered_in(form)).to_string();
        let name = view.form_name(form);
        let text = view.fill("ui.result.extend.text", &[("form", &name), ("n", &open)]);
        let label = view.fill("ui.result.extend.button", &[("form", &name)]);
        let button = parts::button(view, "primary", "extend", &label, Msg::ChoseForm(form))
            .set("data-to", &view.instrument().form(form).id);
        el("div", "offer").add(leaf("p", "", &text)).add(button)
    };
    let longer = view.session.longer_forms();
    if longer.is_empty() {
        return None;
    }
    let title = leaf("h2", "", view.t("ui.result.extend.title"));
    Some(el("section", "extend").add(title).all(each(longer, offer)))
}

fn about(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    let origins = ["book", "theme", "literature"].map(|word| view.joined(&["instrument.provenance.", word]));
    let origins: Vec<String> = origins.into_iter().filter(|origin| !origin.is_empty()).collect();
    parts::details(
        "about",
        parts::titled(view.t("ui.about.title")),
        el("div", "opened")
            .add(leaf("p", "", view.t("instrument.honesty")))
            .maybe(parts::said("p", "", view.t("instrument.source")))
            .maybe((!origins.is_empty()).then(|| parts::lines("", &origins)))
            // It speaks of this device; on paper that is another one.
            .add(leaf("p", "screen-only", parts::privacy_line(view))),
    )
}
