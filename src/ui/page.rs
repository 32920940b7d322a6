//! A page of statements: native radios, one labelled point each, nothing that advances by itself. No paradox is
//! named and no pole has a colour here, for that would steer.

use super::AppMsg;
use super::group::{self, Choice, Group, Layout};
use super::node::{Node, each, el, leaf};
use super::parts::{self, Kind, View};
use crate::answers::{Answer, Degree};
use crate::instrument::{ItemIx, Role};
use crate::session::Msg;

pub(super) fn view(view: &View<'_>, index: usize) -> Node {
    let Some(page) = view.session.pages().get(index) else {
        return el("section", "page");
    };
    let last = index + 1 == view.session.pages().len();
    let next = view.t(if last { "ui.page.to-review" } else { "ui.page.next" });
    let actions = el("nav", "actions")
        .add(parts::button(view, "primary", "next", next, Msg::WentNext))
        .add(parts::button(view, "secondary", "back", view.t("ui.page.back"), Msg::WentBack))
        .add(parts::button(view, "plain", "review", view.t("ui.page.overview"), Msg::OpenedReview));
    let keys = view.fill("ui.page.keys", &[("dont-know", view.t("instrument.scale.dont-know"))]);
    el("section", "page")
        .key(Kind::Page as usize)
        .add(progress(view))
        .add(opening(view, index))
        .add(
            el("div", "items")
                .all(each(page.iter().enumerate(), |(place, item)| question(view, place, *item))),
        )
        .add(actions)
        .add(leaf("p", "hint keys", &keys))
}

fn opening(view: &View<'_>, index: usize) -> Node {
    let (number, count) = ((index + 1).to_string(), view.session.pages().len().to_string());
    let position = view.fill("ui.page.position", &[("page", &number), ("pages", &count)]);
    let earlier =
        (index < view.session.first_new()).then(|| leaf("span", "earlier", view.t("ui.page.earlier")));
    el("header", "opening")
        .add(leaf("p", "position", &position).maybe(earlier))
        .add(parts::heading(view, view.t("instrument.question")))
        .add(leaf("p", "instruction", view.t("instrument.instruction")))
}

/// How far someone is, in questions and minutes.
fn progress(view: &View<'_>) -> Node {
    let (answered, asked) = view.session.progress();
    let (answered, asked) = (answered.to_string(), asked.to_string());
    let left = match view.session.minutes_left() {
        0 => view.t("ui.page.done").to_owned(),
        minutes => view.texts.count("ui.page.left", minutes, &[]),
    };
    let words = view.fill("ui.page.progress", &[("answered", &answered), ("asked", &asked)]);
    let bar = el("progress", "").set("max", &asked).set("value", &answered).set("aria-label", &words);
    let line = el("p", "").add(leaf("span", "done", &words)).add(leaf("span", "left", &left));
    el("div", "progress").add(bar).add(line)
}

fn question(view: &View<'_>, place: usize, item: ItemIx) -> Node {
    let choice = view.instrument().item(item).role == Role::Choice;
    group::view(
        view,
        &Group {
            key: place,
            id: view.instrument().item(item).id.clone(),
            legend: view.item_text(item),
            hint: choice.then(|| view.t("ui.page.choice-hint").to_owned()),
            layout: if choice { Layout::List } else { Layout::Scale },
            choices: if choice { phases(view, item) } else { degrees(view, item) },
            clear: AppMsg::Session(Msg::Cleared(item)),
        },
    )
}

fn degrees(view: &View<'_>, item: ItemIx) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Degree::ALL
        .into_iter()
        .map(|degree| {
            let number = degree.number().to_string();
            let label = view.joined(&["instrument.scale.", &number]);
            choice(view, item, Answer::Degree(degree), number, label)
        })
        .collect();
    choices.push(unknown(view, item));
    choices
}

fn phases(view: &View<'_>, item: ItemIx) -> Vec<Choice> {
    let mut choices: Vec<Choice> = view
        .instrument()
        .phase_positions()
        .map(|phase| {
            let id = view.instrument().phase(phase).id.clone();
            let label = view.joined(&["instrument.choices.", &id]);
            choice(view, item, Answer::Phase(phase), id, label)
        })
        .collect();
    choices.push(unknown(view, item));
    choices
}

fn unknown(view: &View<'_>, item: ItemIx) -> Choice {
    let label = view.t("instrument.scale.dont-know").to_owned();
    choice(view, item, Answer::DontKnow, group::UNKNOWN.to_owned(), label)
}

fn choice(view: &View<'_>, item: ItemIx, answer: Answer, value: String, label: String) -> Choice {
    let chosen = view.session.answers().get(item) == Some(answer);
    Choice { value, label, chosen, msg: AppMsg::Session(Msg::Answered(item, answer)) }
}
