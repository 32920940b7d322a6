//! A page of statements: native radios, one labelled point each, nothing that advances by itself. No paradox is
//! named and no pole has a colour here, for that would steer.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};
use yew::virtual_dom::ListenerKind;

use super::AppMsg;
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
        .add(el("div", "items").all(each(page, |item| question(view, *item))))
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

fn question(view: &View<'_>, item: ItemIx) -> Node {
    let choice = view.instrument().item(item).role == Role::Choice;
    let hint = choice.then(|| leaf("p", "hint", view.t("ui.page.choice-hint")));
    let class = if choice { "options choice" } else { "options scale" };
    el("fieldset", "item")
        .key(item.index())
        .set("data-item", &view.instrument().item(item).id)
        .does(ListenerKind::onkeydown, on_key(view, item, choice))
        .add(leaf("legend", "", &view.item_text(item)))
        .maybe(hint)
        .add(el("div", class).all(options(view, item, choice)))
        .add(clear(view, item))
}

fn options(view: &View<'_>, item: ItemIx, choice: bool) -> Vec<Node> {
    let mut options: Vec<Node> = if choice {
        each(view.instrument().phase_positions(), |phase| {
            let id = view.instrument().phase(phase).id.as_str();
            radio(view, item, Answer::Phase(phase), id, &view.joined(&["instrument.choices.", id]))
        })
    } else {
        each(Degree::ALL, |degree| {
            let number = degree.number().to_string();
            let label = view.joined(&["instrument.scale.", &number]);
            radio(view, item, Answer::Degree(degree), &number, &label)
        })
    };
    options.push(radio(view, item, Answer::DontKnow, "0", view.t("instrument.scale.dont-know")));
    options
}

fn radio(view: &View<'_>, item: ItemIx, answer: Answer, value: &str, label: &str) -> Node {
    let input = el("input", "")
        .attr("type", "radio")
        .set("name", &view.instrument().item(item).id)
        .value(value)
        .set("value", value)
        .checked(view.session.answers().get(item) == Some(answer))
        .says(ListenerKind::onchange, &view.send, AppMsg::Session(Msg::Answered(item, answer)));
    let class = if answer == Answer::DontKnow { "option unknown" } else { "option" };
    el("label", class).add(input).add(leaf("span", "label", label))
}

/// Always there, so that nothing moves when an answer comes or goes.
fn clear(view: &View<'_>, item: ItemIx) -> Node {
    let label = view.fill("ui.page.clear-for", &[("item", &view.item_text(item))]);
    let button = parts::button(view, "clear plain", "clear", view.t("ui.page.clear"), Msg::Cleared(item))
        .set("aria-label", &label);
    if view.session.answers().is_answered(item) { button } else { button.attr("disabled", "") }
}

/// Digits answer and Delete clears, only while the focus is within the group of one statement.
fn on_key(view: &View<'_>, item: ItemIx, choice: bool) -> Rc<dyn Fn(Event)> {
    let send = view.send.clone();
    let phases: Vec<String> = if choice {
        view.instrument().phases().iter().map(|phase| phase.id.clone()).collect()
    } else {
        Vec::new()
    };
    Rc::new(move |event: Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let key = event.key();
        match key.as_str() {
            "Delete" | "Backspace" => {
                event.prevent_default();
                send.emit(AppMsg::Session(Msg::Cleared(item)));
            }
            "0" => pick(event, "0"),
            "1" | "2" | "3" | "4" | "5" if !choice => pick(event, &key),
            _ => {
                let number = key.parse::<usize>().unwrap_or(0);
                if let Some(phase) = phases.get(number.wrapping_sub(1)) {
                    pick(event, phase);
                }
            }
        }
    })
}

/// Chooses as a click would, and brings the focus to what was chosen, so that arrows go on from there.
fn pick(event: &KeyboardEvent, value: &str) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Ok(Some(group)) = target.closest("fieldset") else { return };
    let selector = ["input[value=\"", value, "\"]"].concat();
    let Ok(Some(input)) = group.query_selector(&selector) else { return };
    let Ok(input) = input.dyn_into::<HtmlInputElement>() else { return };
    event.prevent_default();
    let _ = input.focus();
    input.click();
}
