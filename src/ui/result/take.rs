//! Keeping a result and taking it along: on this device, as a file, as a link, as a picture, on paper.

use std::rc::Rc;

use yew::virtual_dom::ListenerKind;

use super::Shown;
use crate::embed::Mode;
use crate::formats::link;
use crate::picture::{self, Background, Chart, Frame};
use crate::session::Msg;
use crate::ui::AppMsg;
use crate::ui::desk::{Aside, DeskMsg, Made, Share, Tick, Wanted, make};
use crate::ui::dom::{address, clipboard};
use crate::ui::node::{Node, el, leaf};
use crate::ui::parts::{self, View};
use crate::ui::subject::Subject;
use crate::workbook::LONGEST_LINE;

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    let boxes = el("div", "boxes")
        .maybe((shown.mine && view.config.mode == Mode::Assess).then(|| keep(shown)))
        .add(files(shown))
        .add(as_link(shown))
        .add(picture(shown));
    el("section", "take screen-only")
        .add(leaf("h2", "", view.t("ui.take.title")).attr("tabindex", "-1"))
        .add(leaf("p", "lead", view.t("ui.take.lead")))
        .maybe(shown.mine.then(|| name(shown)))
        .add(boxes)
}

/// A box with a heading and what it is for.
fn boxed(shown: &Shown<'_>, name: &'static str, title: &str, text: &str) -> Node {
    el("div", "box").attr("data-take", name).add(leaf("h3", "", shown.view.t(title))).add(leaf(
        "p",
        "",
        shown.view.t(text),
    ))
}

/// A button that makes something.
fn make(shown: &Shown<'_>, class: &'static str, made: Made, label: &str) -> Node {
    parts::tap(shown.view, class, shown.view.t(label), AppMsg::Desk(DeskMsg::Make(made)))
        .attr("data-action", made.word())
}

fn tick(shown: &Shown<'_>, label: &str, on: bool, tick: Tick) -> Node {
    parts::tick(shown.view, shown.view.t(label), on, AppMsg::Desk(DeskMsg::Ticked(tick)))
        .attr("data-tick", tick.word())
}

/// The name of the alliance, for paper and files.
fn name(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    let named = |quiet: bool| -> Rc<dyn Fn(String) -> AppMsg> {
        Rc::new(
            move |name| {
                if quiet { AppMsg::Quietly(Msg::Named(name)) } else { AppMsg::Session(Msg::Named(name)) }
            },
        )
    };
    let input = el("input", "")
        .attr("type", "text")
        .attr("autocomplete", "organization")
        .attr("data-field", "name")
        .set("maxlength", &LONGEST_LINE.to_string())
        .value(shown.workbook.label().unwrap_or(""))
        .hears(ListenerKind::oninput, &view.send, named(true))
        .hears(ListenerKind::onchange, &view.send, named(false));
    el("div", "").add(parts::field("field", view.t("ui.name.label"), input)).add(leaf(
        "p",
        "hint",
        view.t("ui.name.hint"),
    ))
}

fn keep(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    let keep = parts::tap(view, "primary", view.t("ui.take.keep.button"), AppMsg::Desk(DeskMsg::KeptNow));
    let go = parts::tap(view, "plain", view.t("ui.take.keep.go"), parts::went(Some(Aside::History)));
    let told = view.desk.kept.map_or("", |key| view.t(key));
    boxed(shown, "keep", "ui.take.keep.title", "ui.take.keep.text")
        .add(keep.attr("data-action", "keep"))
        .add(leaf("p", "told", told).attr("role", "status"))
        .add(go.attr("data-action", "to-history"))
}

fn files(shown: &Shown<'_>) -> Node {
    let page = shown.view.can_save.then(|| make(shown, "secondary", Made::Page, "ui.take.file.page"));
    let text = if page.is_some() { "ui.take.file.text-page" } else { "ui.take.file.text" };
    let row = el("div", "actions")
        .add(make(shown, "primary", Made::ResultFile, "ui.take.file.result"))
        .maybe(page)
        .add(make(shown, "secondary", Made::Csv, "ui.take.file.csv"))
        .add(make(shown, "secondary", Made::Markdown, "ui.take.file.markdown"))
        .add(make(shown, "plain", Made::MarkdownCopy, "ui.take.file.copy"));
    boxed(shown, "file", "ui.take.file.title", text)
        .add(tick(shown, "ui.take.file.with", shown.view.desk.with_written, Tick::Files))
        .add(row)
        .maybe(parts::told(
            shown.view,
            &[Made::ResultFile, Made::Page, Made::Csv, Made::Markdown, Made::MarkdownCopy],
        ))
}

fn as_link(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    let share = view.desk.share;
    let ticks = el("div", "")
        .add(tick(shown, "ui.take.link.name", share.name, Tick::Name))
        .add(tick(shown, "ui.take.link.notes", share.notes, Tick::Notes))
        .add(tick(shown, "ui.take.link.actions", share.actions, Tick::Actions));
    boxed(shown, "link", "ui.take.link.title", "ui.take.link.text").add(ticks).all(link_itself(shown))
}

/// The address of this page with the answers in it, and nothing else; none where nobody else could open it.
pub(super) fn address_of(view: &View<'_>, subject: &Subject<'_>) -> Option<String> {
    let code = link::encode(view.instrument(), &make::shared(subject, Share::default())).ok()?;
    address::link(&code)
}

/// What the link holds, in words, and the link to copy.
fn link_itself(shown: &Shown<'_>) -> Vec<Node> {
    let view = shown.view;
    let shared = make::shared(shown.subject, view.desk.share);
    let Ok(code) = link::encode(view.instrument(), &shared) else {
        return vec![leaf("p", "told", view.t("ui.take.link.too-long")).attr("role", "status")];
    };
    let address = address::link(&code);
    let (label, text) = match &address {
        Some(address) => ("ui.take.link.field", address.as_str()),
        None => ("ui.take.link.code", code.as_str()),
    };
    let nowhere = address.is_none().then(|| leaf("p", "hint", view.t("ui.take.link.nowhere")));
    let field =
        el("textarea", "code").attr("rows", "2").attr("readonly", "").attr("data-field", "link").value(text);
    let holds = shared.describe(view.instrument(), view.texts);
    vec![
        el("div", "")
            .add(leaf("p", "field-label", view.t("ui.take.link.holds")))
            .add(parts::lines("holds", &holds)),
        el("div", "").maybe(nowhere).add(parts::field("field", view.t(label), field)),
        el("div", "actions")
            .add(make(shown, "primary", Made::Link, "ui.take.link.copy"))
            .maybe(parts::told(view, &[Made::Link])),
    ]
}

fn picture(shown: &Shown<'_>) -> Node {
    let view = shown.view;
    let wanted = view.desk.wanted;
    let msg = |wanted| AppMsg::Desk(DeskMsg::Wanted(wanted));
    let label = |key: &str| view.joined(&["ui.take.picture.", key]);
    let charts = picture::charts(view.instrument(), shown.report.form);
    let frames = [("wide", Frame::Wide), ("square", Frame::Square), ("natural", Frame::Natural)];
    let grounds = [("white", Background::White), ("clear", Background::Transparent)];
    let word = |found: Option<&'static str>| found.unwrap_or_default();
    let chart = if charts.contains(&wanted.chart) { wanted.chart } else { Chart::Tilt };
    let frame = word(frames.iter().find(|(_, frame)| *frame == wanted.frame).map(|(word, _)| *word));
    let ground = word(grounds.iter().find(|(_, ground)| *ground == wanted.background).map(|(word, _)| *word));
    let option = |chart: Chart| (chart.word(), label(chart.word()), msg(Wanted { chart, ..wanted }));
    let charts: Vec<_> = charts.into_iter().map(option).collect();
    let frames = frames.map(|(word, frame)| (word, label(word), msg(Wanted { frame, ..wanted })));
    let grounds = grounds.map(|(word, background)| (word, label(word), msg(Wanted { background, ..wanted })));
    let copy =
        clipboard::takes_pictures().then(|| make(shown, "plain", Made::PictureCopy, "ui.take.picture.copy"));
    let row = el("div", "actions")
        .add(make(shown, "primary", Made::Png, "ui.take.picture.png"))
        .add(make(shown, "secondary", Made::Svg, "ui.take.picture.svg"))
        .maybe(copy);
    el("div", "box")
        .attr("data-take", "picture")
        .add(leaf("h3", "", view.t("ui.take.picture.title")))
        .add(parts::choice(view, "picture-chart", &label("what"), chart.word(), charts))
        .add(parts::choice(view, "picture-frame", &label("frame"), frame, frames.into()))
        .add(parts::choice(view, "picture-ground", &label("ground"), ground, grounds.into()))
        .add(row)
        .maybe(parts::told(view, &[Made::Png, Made::Svg, Made::PictureCopy]))
}
