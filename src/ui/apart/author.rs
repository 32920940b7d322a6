//! What the author of a questionnaire sees: everything that is wrong with it, or what could be better and how it looks.
//! A page with a questionnaire that can't open shows the first of these alone.

use std::rc::Rc;

use yew::virtual_dom::ListenerKind;

use super::ApartMsg;
use super::own::{self, Author, AuthorMsg};
use crate::own::{Fault, Told, Warning};
use crate::ui::AppMsg;
use crate::ui::handing::{self, Zone};
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::parts::{self, View};

/// The most problems that are listed at once.
const MOST: usize = 100;

/// A questionnaire that can't open.
pub(super) fn broken(view: &View<'_>, fault: &Fault) -> Node {
    let opening = el("header", "opening")
        .add(parts::heading(view, view.t("ui.author.broken")))
        .add(leaf("p", "lead", &fault.describe(view.texts)).attr("role", "alert"))
        .add(leaf("p", "instruction", view.t("ui.author.broken-lead")));
    el("section", "broken").add(opening).maybe(problems(view, fault))
}

/// What its author sees around it, or in its place. `assessment` is what would be shown: the bar first.
pub(super) fn around(
    view: &View<'_>,
    author: &Author,
    fault: Option<&Fault>,
    mut assessment: Vec<Node>,
) -> Vec<Node> {
    let opening = el("header", "opening").add(parts::heading(view, view.t("ui.author.title"))).add(leaf(
        "p",
        "lead",
        view.t("ui.author.lead"),
    ));
    let desk =
        el("section", "author").add(opening).add(source(view, author)).maybe(found(view, author, fault));
    if !author.is_sound {
        assessment.truncate(1);
        assessment.push(desk);
        return assessment;
    }
    let preview = el("section", "preview")
        .add(leaf("h2", "", view.t("ui.author.preview")))
        .add(el("div", "previewed").all(assessment));
    vec![desk, preview]
}

/// Where the questionnaire comes from: a file that is dropped or picked, or a text.
fn source(view: &View<'_>, author: &Author) -> Node {
    let drop = handing::zone(
        view,
        &Zone {
            drop: "ui.author.drop",
            pick: "ui.author.pick",
            field: "questionnaire",
            accept: ".json,application/json",
            several: false,
            heard: |brought| vec![own::said(brought)],
        },
    );
    let wrote = |text| AppMsg::Apart(ApartMsg::Author(AuthorMsg::Wrote(text)));
    let area = el("textarea", "source")
        .attr("rows", "8")
        .attr("data-field", "source")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .value(&author.text)
        .hears(ListenerKind::oninput, &view.send, Rc::new(wrote));
    el("div", "").add(drop).add(parts::field("field", view.t("ui.author.paste"), area))
}

/// What is wrong, or what could be better and a way to take it along.
fn found(view: &View<'_>, author: &Author, fault: Option<&Fault>) -> Option<Node> {
    let section = el("section", "found").add(leaf("h2", "", view.t("ui.author.findings")));
    if let Some(fault) = fault {
        let said = leaf("p", "lead", &fault.describe(view.texts)).attr("data-found", "problems");
        return Some(section.add(said).maybe(problems(view, fault)));
    }
    if !author.is_sound {
        return None;
    }
    let instrument = view.instrument();
    let counts = [
        ("paradoxes", instrument.paradoxes().len().to_string()),
        ("phases", instrument.phases().len().to_string()),
        ("items", instrument.items().len().to_string()),
    ];
    let counts = counts.each_ref().map(|(name, count)| (*name, count.as_str()));
    let said = match author.warnings.len() {
        0 => view.t("ui.author.no-warnings").to_owned(),
        count => view.texts.count("ui.author.warnings", count, &[]),
    };
    let warnings = (!author.warnings.is_empty()).then(|| {
        let shown = author.warnings.iter().take(MOST);
        el("ol", "problems").all(each(shown, |warning| warned(view, warning)))
    });
    let section = section
        .add(leaf("p", "lead", &view.fill("ui.author.sound", &counts)))
        .add(leaf("p", "", &said).attr("data-found", "warnings"))
        .maybe(warnings)
        .maybe((author.warnings.len() > MOST).then(|| more(view)))
        .maybe(view.can_save.then(|| save(view, author)));
    Some(section)
}

fn warned(view: &View<'_>, warning: &Warning) -> Node {
    el("li", "")
        .add(leaf("code", "", &warning.path))
        .maybe(parts::said("p", "statement", &warning.text))
        .add(leaf("p", "", &warning.describe(view.texts)))
        .attr("data-rule", warning.rule.word())
}

/// Every problem, with where it is and what to do.
fn problems(view: &View<'_>, fault: &Fault) -> Option<Node> {
    let all = fault.tell(view.texts);
    if all.is_empty() {
        return None;
    }
    let entry = |told: &Told| {
        el("li", "").add(leaf("p", "", &told.text)).add(leaf(
            "p",
            "hint",
            &view.fill("ui.author.do", &[("hint", &told.hint)]),
        ))
    };
    let list = el("ol", "problems").all(each(all.iter().take(MOST), entry));
    Some(el("div", "").add(list).maybe((all.len() > MOST).then(|| more(view))))
}

fn more(view: &View<'_>) -> Node {
    leaf("p", "hint", &view.fill("ui.author.more", &[("n", &MOST.to_string())]))
}

fn save(view: &View<'_>, author: &Author) -> Node {
    let saves = AppMsg::Apart(ApartMsg::Author(AuthorMsg::Saves));
    let button = parts::tap(view, "primary", view.t("ui.author.save"), saves)
        .attr("data-action", "save-questionnaire");
    let told = author.told.map_or("", |key| view.t(key));
    el("div", "box")
        .add(leaf("p", "", view.t("ui.author.save-how")))
        .add(button)
        .add(leaf("p", "told", told).attr("role", "status"))
}
