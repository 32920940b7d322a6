//! A question as a group of native radios, one labelled point each: with digits that answer and Delete that clears
//! while the focus is within it, and nothing that advances by itself.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};
use yew::Callback;
use yew::virtual_dom::ListenerKind;

use super::AppMsg;
use super::node::{Node, each, el, leaf};
use super::parts::{self, View};

/// What stands in a radio's `value` when it means "I don't know, or it doesn't apply".
pub(super) const UNKNOWN: &str = "0";

/// One answer that can be chosen.
pub(super) struct Choice {
    /// What tells it from the others.
    pub(super) value: String,
    /// Its words.
    pub(super) label: String,
    /// Whether it is chosen.
    pub(super) chosen: bool,
    /// What the root hears when it is.
    pub(super) msg: AppMsg,
}

/// How the answers stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Five points and "don't know" in a row, where there is room.
    Scale,
    /// Below each other.
    List,
}

/// A question.
pub(super) struct Group {
    /// What tells it from its neighbours. On pages it is the place: the next page's questions are then written into
    /// the elements of this one's, which is far less work for the browser than as many new elements.
    pub(super) key: usize,
    /// Its id, by which it is found in the page.
    pub(super) id: String,
    /// The question or statement.
    pub(super) legend: String,
    /// What to know before answering.
    pub(super) hint: Option<String>,
    /// How the answers stand.
    pub(super) layout: Layout,
    /// The answers.
    pub(super) choices: Vec<Choice>,
    /// What the root hears when the answer is taken out.
    pub(super) clear: AppMsg,
}

/// The question as elements.
pub(super) fn view(view: &View<'_>, group: &Group) -> Node {
    let class = if group.layout == Layout::Scale { "options scale" } else { "options choice" };
    let hint = group.hint.as_deref().map(|hint| leaf("p", "hint", hint));
    let answered = group.choices.iter().any(|choice| choice.chosen);
    let values: Vec<String> =
        group.choices.iter().map(|choice| choice.value.clone()).filter(|value| value != UNKNOWN).collect();
    // It stays when other questions are written into the same elements: a checked radio whose name changes makes the
    // browser uncheck the others of that name, also the one that was checked a moment before.
    let name = ["item-", &group.key.to_string()].concat();
    el("fieldset", "item")
        .key(group.key)
        .set("data-item", &group.id)
        .does(ListenerKind::onkeydown, on_key(&view.send, values, &group.clear))
        .add(leaf("legend", "", &group.legend))
        .maybe(hint)
        .add(el("div", class).all(each(&group.choices, |choice| radio(view, &name, choice))))
        .add(clear(view, group, answered))
}

fn radio(view: &View<'_>, name: &str, choice: &Choice) -> Node {
    let input = el("input", "")
        .attr("type", "radio")
        .set("name", name)
        .set("value", &choice.value)
        .checked(choice.chosen)
        .says(ListenerKind::onchange, &view.send, choice.msg.clone());
    let class = if choice.value == UNKNOWN { "option unknown" } else { "option" };
    el("label", class).add(input).add(leaf("span", "label", &choice.label))
}

/// Always there, so that nothing moves when an answer comes or goes.
fn clear(view: &View<'_>, group: &Group, answered: bool) -> Node {
    let label = view.fill("ui.page.clear-for", &[("item", &group.legend)]);
    let button = parts::tap(view, "clear plain", view.t("ui.page.clear"), group.clear.clone())
        .attr("data-action", "clear")
        .set("aria-label", &label);
    if answered { button } else { button.attr("disabled", "") }
}

/// Digits answer, by the place of the answer, and Delete clears, only while the focus is within the group.
fn on_key(send: &Callback<AppMsg>, values: Vec<String>, clear: &AppMsg) -> Rc<dyn Fn(Event)> {
    let (send, clear) = (send.clone(), clear.clone());
    Rc::new(move |event: Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "Delete" | "Backspace" => {
                event.prevent_default();
                send.emit(clear.clone());
            }
            UNKNOWN => pick(event, UNKNOWN),
            key => {
                let number = key.parse::<usize>().unwrap_or(0);
                if let Some(value) = values.get(number.wrapping_sub(1)) {
                    pick(event, value);
                }
            }
        }
    })
}

/// Chooses as a click would, and brings the focus to what was chosen, so that arrows go on from there.
fn pick(event: &KeyboardEvent, value: &str) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Ok(Some(group)) = target.closest("fieldset") else { return };
    let selector = ["input[value=\"", value, "\"]"].concat();
    let Ok(Some(input)) = group.query_selector(&selector) else { return };
    let Ok(input) = input.dyn_into::<HtmlInputElement>() else { return };
    event.prevent_default();
    let _ = input.focus();
    input.click();
}
