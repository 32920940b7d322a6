//! What people do about it: a note about the whole, and actions with who, when and how far.

use std::rc::Rc;

use yew::virtual_dom::ListenerKind;

use super::{Shown, notes, takes};
use crate::instrument::ParadoxIx;
use crate::session::Msg;
use crate::ui::desk::{DeskMsg, Made};
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::parts;
use crate::ui::{ActionEdit, AppMsg};
use crate::workbook::{About, Action, ActionId, LONGEST_LINE, MOST_ACTIONS, Progress};

pub(super) fn section(shown: &Shown<'_>) -> Option<Node> {
    let view = shown.view;
    let actions: Vec<(ActionId, &Action)> = shown.workbook.actions().collect();
    let agreed = shown.workbook.agreed().count();
    let empty = agreed == 0 && shown.workbook.note(About::Overall).is_none();
    if !shown.mine && empty {
        return None;
    }
    let list = el("ol", "action-list")
        .all(each(actions.iter().enumerate(), |(index, (id, action))| entry(shown, index, *id, action)));
    // With nothing written there is nothing to print, not even the heading.
    let section = el("section", if empty { "agreed screen-only" } else { "agreed" })
        .add(leaf("h2", "", view.t("ui.action.title")))
        .maybe(shown.mine.then(|| leaf("p", "lead screen-only", view.t("ui.action.lead"))))
        .maybe(notes::field(shown, About::Overall))
        .add(list)
        .maybe(buttons(shown, actions.len(), agreed))
        .maybe(shown.mine.then(|| leaf("p", "hint screen-only", view.t("ui.note.hint"))));
    Some(section)
}

/// The button that makes an action of a step that was suggested.
pub(super) fn from_step(shown: &Shown<'_>, paradox: ParadoxIx, step: &str) -> Option<Node> {
    let action = Action { about: Some(paradox), ..blank(step) };
    shown.mine.then(|| {
        parts::button(
            shown.view,
            "plain screen-only",
            "action-from-step",
            shown.view.t("ui.action.from-step"),
            Msg::AddedAction(action),
        )
    })
}

fn blank(text: &str) -> Action {
    Action { text: text.to_owned(), owner: String::new(), due: None, progress: Progress::Open, about: None }
}

/// To write another action, and to take along what is there; of a kept result that alone.
fn buttons(shown: &Shown<'_>, count: usize, agreed: usize) -> Option<Node> {
    let take = takes(shown.view) && agreed > 0;
    (shown.mine || take).then(|| {
        el("div", "actions screen-only").maybe(shown.mine.then(|| add(shown, count))).all(if take {
            taking(shown)
        } else {
            Vec::new()
        })
    })
}

fn add(shown: &Shown<'_>, count: usize) -> Node {
    let view = shown.view;
    if count < MOST_ACTIONS {
        parts::button(view, "secondary", "add-action", view.t("ui.action.add"), Msg::AddedAction(blank("")))
    } else {
        leaf("p", "hint", &view.fill("ui.action.full", &[("n", &count.to_string())]))
    }
}

fn taking(shown: &Shown<'_>) -> Vec<Node> {
    let view = shown.view;
    let make = |made, label: &str| {
        parts::tap(view, "plain", view.t(label), AppMsg::Desk(DeskMsg::Make(made)))
            .attr("data-action", Made::word(made))
    };
    let mut nodes =
        vec![make(Made::ActionsCopy, "ui.action.copy"), make(Made::Calendar, "ui.action.calendar")];
    nodes.extend(parts::told(view, &[Made::ActionsCopy, Made::Calendar]));
    nodes
}

fn entry(shown: &Shown<'_>, index: usize, id: ActionId, action: &Action) -> Node {
    let view = shown.view;
    let number = (index + 1).to_string();
    let legend = view.fill("ui.action.number", &[("n", &number)]);
    let about = action
        .about
        .map(|paradox| leaf("p", "hint", &view.fill("ui.action.about", &[("pair", &view.pair(paradox))])));
    let class = if action.is_blank() { "screen-only" } else { "" };
    let item = el("li", class).key(id.0 as usize).set("data-entry", &id.0.to_string());
    if !shown.mine {
        return item
            .add(leaf("p", "written", &action.text))
            .add(leaf("p", "hint", &facts(shown, action)))
            .maybe(about);
    }
    let remove =
        parts::button(view, "plain", "remove-action", view.t("ui.action.remove"), Msg::RemovedAction(id))
            .set("aria-label", &view.fill("ui.action.remove-this", &[("n", &number)]));
    let fields = el("fieldset", "action screen-only")
        .add(leaf("legend", "quiet", &legend))
        .maybe(about)
        .add(line(shown, id, "text", "ui.action.text", &action.text))
        .add(line(shown, id, "owner", "ui.action.owner", &action.owner))
        .add(due(shown, id, action))
        .add(progress(shown, id, action))
        .add(remove);
    let printed = el("div", "print-only").add(leaf("p", "written", &action.text)).add(leaf(
        "p",
        "hint",
        &facts(shown, action),
    ));
    item.add(fields).add(printed)
}

/// Who, when and how far, in a line.
fn facts(shown: &Shown<'_>, action: &Action) -> String {
    let view = shown.view;
    let due = action.due.map(|due| due.to_string());
    let progress = view.joined(&["ui.action.", action.progress.word()]);
    let owner = Some(action.owner.clone()).filter(|owner| !owner.is_empty());
    let parts: Vec<String> = [owner, due, Some(progress)].into_iter().flatten().collect();
    parts.join(" · ")
}

/// A line of text of an action; every letter is kept at once.
fn line(shown: &Shown<'_>, id: ActionId, name: &'static str, label: &str, value: &str) -> Node {
    let edited = move |quiet: bool| -> Rc<dyn Fn(String) -> AppMsg> {
        Rc::new(move |value| {
            let edit = if name == "owner" { ActionEdit::Owner(value) } else { ActionEdit::Text(value) };
            AppMsg::EditedAction { id, edit, quiet }
        })
    };
    let input = el("input", "")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .set("maxlength", &LONGEST_LINE.to_string())
        .attr("data-field", name)
        .value(value)
        .hears(ListenerKind::oninput, &shown.view.send, edited(true))
        .hears(ListenerKind::onchange, &shown.view.send, edited(false));
    let class = if name == "owner" { "field action-owner" } else { "field action-text" };
    parts::field(class, shown.view.t(label), input)
}

fn due(shown: &Shown<'_>, id: ActionId, action: &Action) -> Node {
    let due = action.due.map(|due| due.to_string()).unwrap_or_default();
    let input = el("input", "")
        .attr("type", "date")
        .attr("min", "1970-01-01")
        .attr("max", "9999-12-31")
        .attr("data-field", "due")
        .value(&due)
        .hears(
            ListenerKind::onchange,
            &shown.view.send,
            Rc::new(move |value| AppMsg::EditedAction { id, edit: ActionEdit::Due(value), quiet: false }),
        );
    parts::field("field action-due", shown.view.t("ui.action.due"), input)
}

fn progress(shown: &Shown<'_>, id: ActionId, action: &Action) -> Node {
    let view = shown.view;
    let options = Progress::ALL
        .into_iter()
        .map(|progress| {
            let edit = ActionEdit::Progress(progress);
            let label = view.joined(&["ui.action.", progress.word()]);
            (progress.word(), label, AppMsg::EditedAction { id, edit, quiet: false })
        })
        .collect();
    let name = ["progress-", &id.0.to_string()].concat();
    parts::choice(view, &name, view.t("ui.action.progress"), action.progress.word(), options)
}
