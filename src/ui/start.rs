//! The start: what this is, how long each form takes, what happens with the answers, and where to go on.

use super::AppMsg;
use super::node::{Node, each, el, leaf};
use super::parts::{self, Kind, View};
use crate::instrument::FormIx;
use crate::session::{Msg, Screen};

pub(super) fn view(view: &View<'_>) -> Node {
    let opening = el("header", "opening").add(parts::heading(view, view.t("instrument.title"))).add(leaf(
        "p",
        "lead",
        view.t("instrument.lead"),
    ));
    let promise = el("section", "promise").add(leaf("h2", "", view.t("ui.start.privacy.title"))).add(leaf(
        "p",
        "",
        parts::privacy_line(view),
    ));
    let about = el("details", "about")
        .add(parts::titled(view.t("ui.start.about")))
        .add(leaf("p", "", view.t("instrument.honesty")))
        .maybe(parts::said("p", "", view.t("instrument.source")));
    el("section", "start")
        .key(Kind::Start as usize)
        .add(opening)
        .maybe(resume(view))
        .add(forms(view))
        .add(promise)
        .add(about)
}

fn resume(view: &View<'_>) -> Option<Node> {
    let (screen, form) = (view.session.resume()?, view.session.form()?);
    let (answered, asked) = view.session.progress();
    let text = view.fill(
        "ui.start.resume.text",
        &[
            ("form", &view.form_name(form)),
            ("answered", &answered.to_string()),
            ("asked", &asked.to_string()),
        ],
    );
    let label = match screen {
        Screen::Result => "ui.start.resume.result",
        _ => "ui.start.resume.button",
    };
    let actions = el("div", "actions")
        .add(parts::button(view, "primary", "resume", view.t(label), Msg::Resumed))
        .add(start_over(view));
    let section = el("section", "resume")
        .add(leaf("h2", "", view.t("ui.start.resume.title")))
        .add(leaf("p", "", &text))
        .add(actions);
    Some(section)
}

fn start_over(view: &View<'_>) -> Node {
    if !view.asks_to_start_over {
        return parts::tap(view, "plain", view.t("ui.start.over.ask"), AppMsg::AskedToStartOver(true))
            .attr("data-action", "start-over");
    }
    let no = parts::tap(view, "plain", view.t("ui.start.over.no"), AppMsg::AskedToStartOver(false))
        .attr("data-action", "start-over-no");
    let yes =
        parts::button(view, "secondary", "start-over-yes", view.t("ui.start.over.yes"), Msg::StartedOver);
    el("div", "sure")
        .attr("role", "group")
        .set("aria-label", view.t("ui.start.over.sure"))
        .add(leaf("p", "", view.t("ui.start.over.sure")).attr("role", "alert"))
        .add(yes)
        .add(no)
}

fn forms(view: &View<'_>) -> Node {
    let only = view.config.form.as_deref().and_then(|id| view.instrument().find_form(id));
    let offered = view.instrument().form_positions().filter(|form| only.is_none_or(|only| only == *form));
    el("section", "forms")
        .add(leaf("h2", "", view.t("ui.start.forms")))
        .add(el("ul", "form-list").all(each(offered, |form| form_card(view, form))))
}

fn form_card(view: &View<'_>, position: FormIx) -> Node {
    let form = view.instrument().form(position);
    let text = |name: &str| view.joined(&["ui.start.form.", &form.id, ".", name]);
    let count = form.items.len().to_string();
    let answered = view.session.answered_in(position);
    let kept =
        (answered > 0).then(|| leaf("span", "kept", &view.texts.count("ui.start.kept", answered, &[])));
    let card = parts::tap(view, "form-card", "", AppMsg::Session(Msg::ChoseForm(position)))
        .set("data-form", &form.id)
        .add(leaf("span", "form-name", &text("name")))
        .add(leaf("span", "form-time", &minutes(view, form.minutes)))
        .maybe(parts::said("span", "form-about", &text("about")))
        .add(leaf("span", "form-count", &view.fill("ui.start.items", &[("n", &count)])))
        .maybe(kept);
    el("li", "").key(position.index()).add(card)
}

fn minutes(view: &View<'_>, (from, to): (u32, u32)) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    if from == to {
        return view.fill("ui.start.minutes", &[("n", &to)]);
    }
    view.fill("ui.start.minutes-range", &[("from", &from), ("to", &to)])
}
