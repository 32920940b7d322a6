//! The kept results: look at one, rename it, save it, remove it, choose some to put side by side.

use std::rc::Rc;

use yew::virtual_dom::ListenerKind;

use super::tap;
use crate::history::{Kept, KeptId, Origin};
use crate::ui::AppMsg;
use crate::ui::desk::{Aside, DeskMsg, Made};
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::parts::{self, View};
use crate::ui::{small, subject};
use crate::workbook::LONGEST_LINE;

/// How many results can stand side by side.
const FEWEST: usize = 2;
const MOST: usize = 6;

pub(super) fn parts(view: &View<'_>) -> Vec<Node> {
    let kept: Vec<&Kept> = view.history.kept();
    if kept.is_empty() {
        return vec![leaf("p", "lead", view.t("ui.history.empty")), files(view, false)];
    }
    let now = view.session.report().filter(|report| report.scored().next().is_some());
    let list =
        el("ul", "kept-list").maybe(now.map(|_| this_one(view))).all(each(kept, |kept| entry(view, kept)));
    vec![
        leaf("p", "lead", view.t("ui.history.lead")),
        list,
        compare(view),
        files(view, true),
        leaf("p", "hint", view.t("ui.history.reminder")),
    ]
}

fn compare(view: &View<'_>) -> Node {
    let count = view.desk.chosen.len();
    let button = tap(view, "primary", "compare", "ui.history.compare", DeskMsg::Went(Some(Aside::Compare)));
    let fits = (FEWEST..=MOST).contains(&count);
    el("div", "actions").add(if fits { button } else { button.attr("disabled", "") }).add(leaf(
        "p",
        "hint",
        view.t("ui.history.compare-hint"),
    ))
}

fn files(view: &View<'_>, any: bool) -> Node {
    let export =
        || tap(view, "secondary", "everything", "ui.history.export", DeskMsg::Make(Made::Everything));
    el("div", "actions")
        .maybe(any.then(export))
        .add(tap(view, "secondary", "import", "ui.history.import", DeskMsg::Went(Some(Aside::Open))))
        .maybe(parts::told(view, &[Made::Everything]))
}

fn pick(view: &View<'_>, id: Option<KeptId>, name: &str) -> Node {
    let on = view.desk.chosen.contains(&id);
    let full = view.desk.chosen.len() >= MOST && !on;
    let input = el("input", "").attr("type", "checkbox").checked(on).says(
        ListenerKind::onchange,
        &view.send,
        AppMsg::Desk(DeskMsg::Chose(id)),
    );
    let input = if full { input.attr("disabled", "") } else { input };
    let label = view.fill("ui.history.choose-this", &[("name", name)]);
    el("label", "tick").add(input).add(leaf("span", "quiet", &label))
}

/// The result of now, which can be compared without being kept.
fn this_one(view: &View<'_>) -> Node {
    let name = view.t("ui.history.now");
    let report = view.session.report();
    el("li", "")
        .key(0)
        .attr("data-kept", "now")
        .add(pick(view, None, name))
        .maybe(
            report.map(|report| {
                small::radar(view, &report, &view.fill("ui.history.picture", &[("name", name)]))
            }),
        )
        .add(el("div", "kept-words").add(leaf("h2", "kept-name", name)))
}

fn entry(view: &View<'_>, kept: &Kept) -> Node {
    let report = kept.file.report(view.instrument());
    let picture = view.fill("ui.history.picture", &[("name", &kept.name)]);
    let words = el("div", "kept-words").add(title(view, kept)).add(leaf("p", "hint", &about(view, kept)));
    let below = if view.desk.removing == Some(kept.id) { sure(view, kept) } else { buttons(view, kept) };
    el("li", "")
        .key(kept.id.0 as usize)
        .set("data-kept", &kept.id.0.to_string())
        .add(pick(view, Some(kept.id), &kept.name))
        .add(small::radar(view, &report, &picture))
        .add(words)
        .add(below)
}

/// When, which form, and where it is from.
fn about(view: &View<'_>, kept: &Kept) -> String {
    let date = subject::day_of(&kept.file)
        .map_or_else(|| view.t("ui.history.undated").to_owned(), |day| view.date(day));
    let origin = match kept.origin {
        Origin::Own => "ui.history.own",
        Origin::Brought => "ui.history.brought",
    };
    let form = view.form_name(kept.file.form);
    view.fill("ui.history.about", &[("date", &date), ("form", &form), ("origin", view.t(origin))])
}

fn title(view: &View<'_>, kept: &Kept) -> Node {
    if view.desk.renaming != Some(kept.id) {
        return leaf("h2", "kept-name", &kept.name);
    }
    let id = kept.id;
    let input = el("input", "")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("data-field", "kept-name")
        .set("maxlength", &LONGEST_LINE.to_string())
        .value(&kept.name)
        .hears(
            ListenerKind::onchange,
            &view.send,
            Rc::new(move |name| AppMsg::Desk(DeskMsg::Renamed(id, name))),
        );
    parts::field("field", view.t("ui.history.name"), input)
}

fn buttons(view: &View<'_>, kept: &Kept) -> Node {
    let id = kept.id;
    let one = |action: &'static str, label: &str, said: &str, msg: DeskMsg| {
        tap(view, "plain", action, label, msg).set("aria-label", &view.fill(said, &[("name", &kept.name)]))
    };
    let rename = if view.desk.renaming == Some(id) {
        tap(view, "plain", "rename-done", "ui.history.rename-done", DeskMsg::Renames(None))
    } else {
        one("rename", "ui.history.rename", "ui.history.rename-this", DeskMsg::Renames(Some(id)))
    };
    el("div", "actions")
        .add(one("view", "ui.history.view", "ui.history.view-this", DeskMsg::Went(Some(Aside::Kept(id)))))
        .add(rename)
        .add(one("kept-file", "ui.history.save", "ui.history.save-this", DeskMsg::Make(Made::KeptFile(id))))
        .add(one("remove", "ui.history.delete", "ui.history.delete-this", DeskMsg::Removes(Some(id))))
        .maybe(parts::told(view, &[Made::KeptFile(id)]))
}

fn sure(view: &View<'_>, kept: &Kept) -> Node {
    let words = view.fill("ui.history.sure", &[("name", &kept.name)]);
    el("div", "sure")
        .attr("role", "group")
        .set("aria-label", &words)
        .add(leaf("p", "", &words).attr("role", "alert"))
        .add(tap(view, "secondary", "remove-yes", "ui.history.yes", DeskMsg::Removed(kept.id)))
        .add(tap(view, "plain", "remove-no", "ui.history.no", DeskMsg::Removes(None)))
}
