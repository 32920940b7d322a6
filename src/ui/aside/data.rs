//! What is stored here, how many requests were made, and how to take everything along or be rid of it.

use super::{section, tap};
use crate::embed::Storage;
use crate::keeping::Stored;
use crate::ui::AppMsg;
use crate::ui::desk::{Aside, DeskMsg, Erasure, Made};
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::parts::{self, View};

pub(super) fn parts(view: &View<'_>) -> Vec<Node> {
    vec![
        leaf("p", "lead", view.t("ui.data.lead")),
        stored(view),
        requests(view),
        take(view),
        private(view),
        erase(view),
    ]
}

fn stored(view: &View<'_>) -> Node {
    let words = match view.stored {
        None => leaf("p", "", view.t("ui.data.blocked")),
        Some([]) => leaf("p", "", view.t("ui.data.nothing")),
        Some(entries) => el("ul", "stored").all(each(entries, |entry| line(view, entry))),
    };
    section(view, "ui.data.stored").add(words)
}

fn line(view: &View<'_>, entry: &Stored) -> Node {
    let what = view.joined(&["ui.data.", entry.holds.word()]);
    let values = [("what", what.as_str()), ("bytes", &entry.bytes.to_string()), ("key", &entry.key)];
    leaf("li", "", &view.fill("ui.data.entry", &values)).set("data-stored", &entry.key)
}

fn requests(view: &View<'_>) -> Node {
    let words = match view.requests {
        0 => view.t("ui.data.requests-none").to_owned(),
        some => view.fill("ui.data.requests-some", &[("n", &some.to_string())]),
    };
    section(view, "ui.data.requests")
        .add(leaf("p", "", &words).set("data-requests", &view.requests.to_string()))
        .add(leaf("p", "hint", view.t("ui.data.flight")))
}

fn take(view: &View<'_>) -> Node {
    let buttons = el("div", "actions")
        .add(tap(view, "primary", "everything", "ui.data.export", DeskMsg::Make(Made::Everything)))
        .add(tap(view, "secondary", "import", "ui.data.import", DeskMsg::Went(Some(Aside::Open))));
    section(view, "ui.data.take").add(buttons).maybe(parts::told(view, &[Made::Everything]))
}

fn private(view: &View<'_>) -> Node {
    if view.config.storage == Storage::None {
        return section(view, "ui.data.private").add(leaf("p", "", view.t("ui.data.private-host")));
    }
    let msg = AppMsg::Desk(DeskMsg::WentPrivate(!view.private));
    section(view, "ui.data.private")
        .add(leaf("p", "", view.t("ui.data.private-how")))
        .add(parts::tick(view, view.t("ui.data.private"), view.private, msg).attr("data-tick", "private"))
}

fn erase(view: &View<'_>) -> Node {
    let asked = view.desk.erasure == Erasure::Asked;
    let ask = tap(view, "secondary", "erase", "ui.data.erase", DeskMsg::AsksToErase(true));
    let sure = || {
        el("div", "sure")
            .attr("role", "group")
            .set("aria-label", view.t("ui.data.erase"))
            .add(tap(view, "primary", "erase-yes", "ui.data.erase-yes", DeskMsg::Erases))
            .add(tap(view, "plain", "erase-no", "ui.data.erase-no", DeskMsg::AsksToErase(false)))
    };
    let told = match view.desk.erasure {
        Erasure::No | Erasure::Asked => "",
        Erasure::Done => view.t("ui.data.erased"),
        Erasure::Failed => view.t("ui.data.not-erased"),
    };
    section(view, "ui.data.erase")
        .add(leaf("p", "", view.t("ui.data.erase-how")))
        .add(if asked { sure() } else { ask })
        .add(leaf("p", "told", told).attr("role", "status"))
}
