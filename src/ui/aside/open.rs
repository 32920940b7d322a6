//! Opening a result: files that are dropped or picked, a link, a code, or a text with several of them in it. What is
//! in them is said first; nothing is kept and nothing is changed before someone asks for it.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, HtmlInputElement};
use yew::Callback;
use yew::virtual_dom::ListenerKind;

use super::tap;
use crate::formats::intake::Found;
use crate::ui::AppMsg;
use crate::ui::desk::{DeskMsg, Offer, Taken};
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::parts::{self, View};

pub(super) fn parts(view: &View<'_>) -> Vec<Node> {
    let mut parts = Vec::new();
    if !view.desk.by_link {
        parts.push(leaf("p", "lead", view.t("ui.open.lead")));
    }
    if !view.desk.taken.is_empty() {
        parts.push(found(view));
    }
    parts.push(drop_zone(view));
    parts.push(paste(view));
    parts
}

fn drop_zone(view: &View<'_>) -> Node {
    let picked = picked(&view.send);
    let input = el("input", "")
        .attr("type", "file")
        .attr("multiple", "")
        .attr("accept", ".json,.jsonl,.txt,.md,application/json,text/plain")
        .attr("data-field", "files")
        .does(ListenerKind::onchange, picked);
    el("div", "drop")
        .attr("data-drop", "")
        .does(ListenerKind::ondragover, Rc::new(|event: Event| event.prevent_default()))
        .does(ListenerKind::ondrop, dropped(&view.send))
        .add(leaf("p", "", view.t("ui.open.drop")))
        .add(parts::field("field", view.t("ui.open.pick"), input))
}

fn picked(send: &Callback<AppMsg>) -> Rc<dyn Fn(Event)> {
    let send = send.clone();
    Rc::new(move |event: Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        if let Some(files) = input.files() {
            send.emit(AppMsg::Desk(DeskMsg::GotFiles(files.into())));
        }
    })
}

fn dropped(send: &Callback<AppMsg>) -> Rc<dyn Fn(Event)> {
    let send = send.clone();
    Rc::new(move |event: Event| {
        let Some(event) = event.dyn_ref::<DragEvent>() else { return };
        event.prevent_default();
        let Some(data) = event.data_transfer() else { return };
        if let Some(files) = data.files().filter(|files| files.length() > 0) {
            send.emit(AppMsg::Desk(DeskMsg::GotFiles(files.into())));
            return;
        }
        // A link that is dragged is a text.
        let text = data.get_data("text/plain").unwrap_or_default();
        send.emit(AppMsg::Desk(DeskMsg::Pasted(text)));
        send.emit(AppMsg::Desk(DeskMsg::LooksAtPasted));
    })
}

fn paste(view: &View<'_>) -> Node {
    let area = el("textarea", "")
        .attr("rows", "3")
        .attr("data-field", "paste")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .value(&view.desk.pasted)
        .hears(ListenerKind::oninput, &view.send, Rc::new(|text| AppMsg::Desk(DeskMsg::Pasted(text))));
    let look = tap(view, "secondary", "look", "ui.open.look", DeskMsg::LooksAtPasted);
    el("section", "")
        .add(parts::field("field", view.t("ui.open.paste"), area))
        .add(el("div", "actions").add(look))
}

fn found(view: &View<'_>) -> Node {
    let taken = &view.desk.taken;
    let several = taken.iter().flat_map(|taken| &taken.offers).filter(|offer| can_keep(offer)).count() > 1;
    let title = if view.desk.by_link { "ui.open.from-link" } else { "ui.open.found" };
    let keep_all = || tap(view, "primary", "keep-all", "ui.open.keep-all", DeskMsg::KeepsAll);
    let away = tap(view, "plain", "leave", "ui.open.away", DeskMsg::LeavesIt);
    el("section", "found")
        .add(leaf("h2", "", view.t(title)).attr("role", "status"))
        .add(
            el("ul", "found-list")
                .all(each(taken.iter().enumerate(), |(index, taken)| one(view, index, taken))),
        )
        .add(el("div", "actions").maybe(several.then(keep_all)).add(away))
}

fn can_keep(offer: &Offer) -> bool {
    !offer.kept && !is_everything(&offer.found)
}

/// What is taken in as a whole, and not kept as a result.
fn is_everything(found: &Found) -> bool {
    matches!(found, Found::Backup(_) | Found::Session(_))
}

fn one(view: &View<'_>, index: usize, taken: &Taken) -> Node {
    let refused = (!taken.refused.is_empty()).then(|| {
        el("div", "refused")
            .attr("role", "alert")
            .add(leaf("p", "", view.t("ui.open.refused")))
            .add(parts::lines("", &taken.refused))
    });
    let offers = taken.offers.iter().enumerate();
    el("li", "box")
        .add(leaf("h3", "", &taken.name))
        .maybe(refused)
        .all(each(offers, |(place, offer)| offered(view, (index, place), offer)))
}

fn offered(view: &View<'_>, (index, place): (usize, usize), offer: &Offer) -> Node {
    let lines = parts::lines("holds", &offer.lines);
    let buttons = if is_everything(&offer.found) {
        el("div", "actions").add(leaf("p", "hint", view.t("ui.open.take-in-how"))).add(tap(
            view,
            "primary",
            "take-in",
            "ui.open.take-in",
            DeskMsg::TakesIn(index, place),
        ))
    } else {
        let keep = tap(view, "secondary", "keep-found", "ui.open.keep", DeskMsg::Keeps(index, place));
        el("div", "actions")
            .add(tap(view, "primary", "view-found", "ui.open.view", DeskMsg::LooksAt(index, place)))
            .add(if offer.kept { leaf("p", "told", view.t("ui.open.kept")) } else { keep })
    };
    let taken_in = (offer.kept && is_everything(&offer.found))
        .then(|| leaf("p", "told", view.t("ui.open.taken-in")).attr("role", "status"));
    el("div", "offered").add(lines).add(buttons).maybe(taken_in)
}
