//! A look back before the result: what is still open, and every page with how far it is.

use yew::{Html, html};

use super::parts::{self, View};
use crate::instrument::ItemIx;
use crate::session::Msg;

pub(super) fn view(view: &View<'_>) -> Html {
    let open = view.session.open_items();
    let (_, asked) = view.session.progress();
    let words = if open.is_empty() {
        view.fill("ui.review.complete", &[("asked", &asked.to_string())])
    } else {
        view.texts.count("ui.review.open", open.len(), &[])
    };
    html! {
        <main class="review">
            <header class="opening">
                { parts::heading(view, view.t("ui.review.title")) }
                <p class="lead">{ words }</p>
            </header>
            <nav class="actions">
                { parts::button(view, "primary", "result", view.t("ui.review.result"), Msg::AskedForResult) }
                { parts::button(view, "secondary", "back", view.t("ui.page.back"), Msg::WentBack) }
            </nav>
            { open_list(view, &open) }
            { pages(view) }
        </main>
    }
}

fn open_list(view: &View<'_>, open: &[ItemIx]) -> Html {
    if open.is_empty() {
        return html! {};
    }
    let entry = |item: &ItemIx| {
        html! {
            <li key={item.index()}>
                <button type="button" class="jump" onclick={view.tell(Msg::WentTo(*item))}>
                    { view.item_text(*item) }
                </button>
            </li>
        }
    };
    html! {
        <section class="open">
            <h2>{ view.t("ui.review.open-title") }</h2>
            <ul>{ for open.iter().map(entry) }</ul>
        </section>
    }
}

fn pages(view: &View<'_>) -> Html {
    let entry = |(index, page): (usize, &Vec<ItemIx>)| {
        let answered = page.iter().filter(|item| view.session.answers().is_answered(**item)).count();
        let words = view.fill(
            "ui.review.page",
            &[
                ("page", &(index + 1).to_string()),
                ("answered", &answered.to_string()),
                ("asked", &page.len().to_string()),
            ],
        );
        html! {
            <li key={index}>
                <button type="button" class="jump" onclick={view.tell(Msg::WentToPage(index))}>{ words }</button>
            </li>
        }
    };
    html! {
        <section class="pages">
            <h2>{ view.t("ui.review.pages-title") }</h2>
            <ol>{ for view.session.pages().iter().enumerate().map(entry) }</ol>
        </section>
    }
}
