//! The screens beside the assessment: kept results, results side by side, opening a result, and what is stored.

mod compare;
mod data;
mod history;
mod open;

use super::desk::{Aside, DeskMsg};
use super::node::{Node, el, leaf};
use super::parts::{self, Kind, View};
use super::{AppMsg, result};
use crate::embed::Mode;

pub(super) fn view(view: &View<'_>, aside: &Aside) -> Node {
    match aside {
        Aside::History => screen(view, Kind::History, view.t("ui.history.title"), history::parts(view)),
        Aside::Compare => screen(view, Kind::Compare, view.t("ui.compare.title"), compare::parts(view)),
        Aside::Kept(id) => result::kept(view, *id),
        Aside::Open => screen(view, Kind::Open, view.t("ui.open.title"), open::parts(view)),
        Aside::Data => screen(view, Kind::Data, view.t("ui.data.title"), data::parts(view)),
    }
}

fn screen(view: &View<'_>, kind: Kind, title: &str, parts: Vec<Node>) -> Node {
    let back = || {
        parts::tap(view, "secondary", view.t("ui.history.back"), parts::went(None))
            .attr("data-action", "aside-back")
    };
    let back = (view.config.mode != Mode::Result).then(back);
    el("section", "aside")
        .key(kind as usize)
        .add(el("header", "opening").add(parts::heading(view, title)))
        .all(parts)
        .add(el("nav", "actions").maybe(back))
}

/// A button of these screens.
fn tap(view: &View<'_>, class: &'static str, action: &'static str, label: &str, msg: DeskMsg) -> Node {
    parts::tap(view, class, view.t(label), AppMsg::Desk(msg)).attr("data-action", action)
}

/// A section with a heading.
fn section(view: &View<'_>, title: &str) -> Node {
    el("section", "").add(leaf("h2", "", view.t(title)))
}
