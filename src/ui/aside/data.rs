//! What is stored here, how many requests were made, and how to take everything along or be rid of it.

use super::{section, tap};
use crate::embed::Storage;
use crate::keeping::{Holds, Stored};
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
        Some(entries) => el("ul", "stored")
            .all(each(entries.iter().enumerate(), |(place, entry)| line(view, place, entry))),
    };
    section(view, "ui.data.stored").add(words)
}

fn line(view: &View<'_>, place: usize, entry: &Stored) -> Node {
    let what = view.joined(&["ui.data.", entry.holds.word()]);
    let values = [("what", what.as_str()), ("bytes", &entry.bytes.to_string()), ("key", &entry.key)];
    let line = leaf("li", "", &view.fill("ui.data.entry", &values)).set("data-stored", &entry.key);
    if entry.holds != Holds::Copy {
        return line;
    }
    // The one file with everything can't have it: nobody knows what it is.
    let made = Made::Copy(place);
    let save = tap(view, "plain", "copy-file", "ui.history.save", DeskMsg::Make(made))
        .set("aria-label", &view.fill("ui.history.save-this", &[("name", &entry.key)]));
    line.add(save).maybe(parts::told(view, &[made]))
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
    let asked = view.desk.private == Erasure::Asked;
    let msg = if view.private { DeskMsg::WentPrivate(false) } else { DeskMsg::AsksForPrivate(!asked) };
    let tick = parts::tick(view, view.t("ui.data.private"), view.private || asked, AppMsg::Desk(msg));
    let sure = || {
        sure(view, "ui.data.private")
            .add(leaf("p", "", view.t("ui.data.erase-how")).attr("role", "alert"))
            .add(tap(view, "primary", "private-yes", "ui.data.erase-yes", DeskMsg::WentPrivate(true)))
            .add(tap(view, "plain", "private-no", "ui.data.erase-no", DeskMsg::AsksForPrivate(false)))
    };
    section(view, "ui.data.private")
        .add(leaf("p", "", view.t("ui.data.private-how")))
        .add(tick.attr("data-tick", "private"))
        .maybe(asked.then(sure))
        .add(told(view, view.desk.private))
}

fn erase(view: &View<'_>) -> Node {
    let asked = view.desk.erasure == Erasure::Asked;
    let ask = tap(view, "secondary", "erase", "ui.data.erase", DeskMsg::AsksToErase(true));
    let sure = || {
        sure(view, "ui.data.erase")
            .add(tap(view, "primary", "erase-yes", "ui.data.erase-yes", DeskMsg::Erases))
            .add(tap(view, "plain", "erase-no", "ui.data.erase-no", DeskMsg::AsksToErase(false)))
    };
    section(view, "ui.data.erase")
        .add(leaf("p", "", view.t("ui.data.erase-how")))
        .add(if asked { sure() } else { ask })
        .add(told(view, view.desk.erasure))
}

/// Where something is asked once more before it is done.
fn sure(view: &View<'_>, title: &str) -> Node {
    el("div", "sure").attr("role", "group").set("aria-label", view.t(title))
}

/// What came of erasing.
fn told(view: &View<'_>, erasure: Erasure) -> Node {
    leaf("p", "told", erasure.key().map_or("", |key| view.t(key))).attr("role", "status")
}
