//! A look back before the result: what is still open, and every page with how far it is.

use super::AppMsg;
use super::node::{Node, each, el, leaf};
use super::parts::{self, Kind, View};
use crate::instrument::{ItemIx, Page};
use crate::session::Msg;

pub(super) fn view(view: &View<'_>) -> Node {
    let open = view.session.open_items();
    let (_, asked) = view.session.progress();
    let words = if open.is_empty() {
        view.fill("ui.review.complete", &[("asked", &asked.to_string())])
    } else {
        view.texts.count("ui.review.open", open.len(), &[])
    };
    let opening = el("header", "opening")
        .add(parts::heading(view, view.t("ui.review.title")))
        .add(leaf("p", "lead", &words));
    let actions = el("nav", "actions")
        .add(parts::button(view, "primary", "result", view.t("ui.review.result"), Msg::AskedForResult))
        .add(parts::button(view, "secondary", "back", view.t("ui.page.back"), Msg::WentBack));
    let open = (!open.is_empty()).then(|| open_list(view, &open));
    el("section", "review").key(Kind::Review as usize).add(opening).add(actions).maybe(open).add(pages(view))
}

fn open_list(view: &View<'_>, open: &[ItemIx]) -> Node {
    let entry = |item: &ItemIx| {
        let jump = parts::tap(view, "jump", &view.item_text(*item), AppMsg::Session(Msg::WentTo(*item)));
        el("li", "").key(item.index()).add(jump)
    };
    el("section", "open")
        .add(leaf("h2", "", view.t("ui.review.open-title")))
        .add(el("ul", "").all(each(open, entry)))
}

fn pages(view: &View<'_>) -> Node {
    let entry = |(index, page): (usize, &Page)| {
        let answered = page.iter().filter(|item| view.session.answers().is_answered(**item)).count();
        let words = view.fill(
            "ui.review.page",
            &[
                ("page", &(index + 1).to_string()),
                ("answered", &answered.to_string()),
                ("asked", &page.len().to_string()),
            ],
        );
        let jump = parts::tap(view, "jump", &words, AppMsg::Session(Msg::WentToPage(index)));
        el("li", "").key(index).add(jump)
    };
    el("section", "pages")
        .add(leaf("h2", "", view.t("ui.review.pages-title")))
        .add(el("ol", "").all(each(view.session.pages().iter().enumerate(), entry)))
}
