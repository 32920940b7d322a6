//! The second pass: how it should be a year from now, statement by statement or pole by pole. Asked as the first pass
//! was, so that the two can be compared.

use super::AppMsg;
use super::group::{self, Choice, Group, Layout};
use super::node::{Node, each, el, leaf};
use super::parts::{self, Kind, View};
use crate::answers::Degree;
use crate::instrument::{ItemIx, ParadoxIx, Pole};
use crate::session::{Msg, Pass, Wished};
use crate::summary;

pub(super) fn view(view: &View<'_>, pass: Pass, index: usize) -> Node {
    let pages = view.session.wish_pages(pass);
    let Some(page) = pages.get(index) else {
        return el("section", "wish-page");
    };
    let last = index + 1 == pages.len();
    let next = view.t(if last { "ui.wish.to-result" } else { "ui.page.next" });
    let numbers = [("page", (index + 1).to_string()), ("pages", pages.len().to_string())];
    let position =
        view.fill("ui.wish.position", &[(numbers[0].0, &numbers[0].1), (numbers[1].0, &numbers[1].1)]);
    let question = match pass {
        Pass::Items => "ui.wish.question",
        Pass::Poles => "ui.wish.pole-question",
    };
    let opening = el("header", "opening")
        .add(leaf("p", "position", &position))
        .add(parts::heading(view, view.t(question)))
        .add(leaf("p", "instruction", view.t("ui.wish.instruction")));
    let actions = el("nav", "actions")
        .add(parts::button(view, "primary", "next", next, Msg::WentNext))
        .add(parts::button(view, "secondary", "back", view.t("ui.page.back"), Msg::WentBack))
        .maybe((!last).then(|| {
            parts::button(view, "plain", "to-result", view.t("ui.wish.to-result"), Msg::AskedForResult)
        }));
    el("section", "page")
        .key(Kind::Wish as usize)
        .add(opening)
        .add(
            el("div", "items")
                .all(each(page.iter().enumerate(), |(place, wished)| question_of(view, place, *wished))),
        )
        .add(actions)
}

fn question_of(view: &View<'_>, place: usize, wished: Wished) -> Node {
    match wished {
        Wished::Item(item) => statement(view, place, item),
        Wished::Pole(paradox, pole) => whole_pole(view, place, paradox, pole),
    }
}

fn statement(view: &View<'_>, place: usize, item: ItemIx) -> Node {
    let chosen = view.session.wishes().item(item);
    let group = Group {
        key: place,
        id: ["wish.", &view.instrument().item(item).id].concat(),
        legend: view.item_text(item),
        hint: None,
        layout: Layout::Scale,
        choices: degrees(view, chosen, &|degree| Msg::Wished(item, Some(degree))),
        clear: AppMsg::Session(Msg::Wished(item, None)),
    };
    group::view(view, &group)
}

fn whole_pole(view: &View<'_>, place: usize, paradox: ParadoxIx, pole: Pole) -> Node {
    let chosen = view.session.wishes().pole(paradox, pole);
    let group = Group {
        key: place,
        id: ["wish.", &view.instrument().paradox(paradox).id, ".", pole.letter()].concat(),
        legend: summary::pole_name(view.instrument(), view.texts, paradox, pole).to_owned(),
        hint: Some(view.paradox_text(paradox, &[pole.letter(), ".meaning"].concat())),
        layout: Layout::Scale,
        choices: degrees(view, chosen, &|degree| Msg::WishedPole(paradox, pole, Some(degree))),
        clear: AppMsg::Session(Msg::WishedPole(paradox, pole, None)),
    };
    group::view(view, &group)
}

fn degrees(view: &View<'_>, chosen: Option<Degree>, msg: &dyn Fn(Degree) -> Msg) -> Vec<Choice> {
    Degree::ALL
        .into_iter()
        .map(|degree| {
            let number = degree.number().to_string();
            let label = view.joined(&["instrument.scale.", &number]);
            Choice { value: number, label, chosen: chosen == Some(degree), msg: AppMsg::Session(msg(degree)) }
        })
        .collect()
}
