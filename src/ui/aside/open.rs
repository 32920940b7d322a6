//! Opening a result: files that are dropped or picked, a link, a code, or a text with several of them in it. What is
//! in them is said first; nothing is kept and nothing is changed before someone asks for it.

use std::rc::Rc;

use yew::virtual_dom::ListenerKind;

use super::tap;
use crate::formats::intake::Found;
use crate::ui::AppMsg;
use crate::ui::desk::{DeskMsg, Offer, Taken};
use crate::ui::handing::{self, Brought, Zone};
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
    handing::zone(
        view,
        &Zone {
            drop: "ui.open.drop",
            pick: "ui.open.pick",
            field: "files",
            accept: ".json,.jsonl,.txt,.md,application/json,text/plain",
            several: true,
            heard: |brought| {
                let msgs = match brought {
                    Brought::Files(files) => vec![DeskMsg::GotFiles(files)],
                    // A link that is dragged is a text.
                    Brought::Text(text) => vec![DeskMsg::Pasted(text), DeskMsg::LooksAtPasted],
                };
                msgs.into_iter().map(AppMsg::Desk).collect()
            },
        },
    )
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
        .then(|| leaf("p", "told", &offer.said).attr("role", "status"));
    let not_kept = offer.told.map(|key| leaf("p", "told", view.t(key)));
    el("div", "offered").add(lines).add(buttons).maybe(not_kept).maybe(taken_in)
}
