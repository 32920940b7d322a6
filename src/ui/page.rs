//! A page of statements: native radios, one labelled point each, nothing that advances by itself. No paradox is
//! named and no pole has a colour here, for that would steer.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::{Callback, Html, KeyboardEvent, TargetCast, classes, html};

use super::AppMsg;
use super::parts::{self, View};
use crate::answers::{Answer, Degree};
use crate::instrument::{ItemIx, Role};
use crate::session::Msg;

pub(super) fn view(view: &View<'_>, index: usize) -> Html {
    let Some(page) = view.session.pages().get(index) else {
        return html! {};
    };
    let (number, count) = ((index + 1).to_string(), view.session.pages().len().to_string());
    let position = view.fill("ui.page.position", &[("page", &number), ("pages", &count)]);
    let earlier = (index < view.session.first_new())
        .then(|| html! { <span class="earlier">{ view.t("ui.page.earlier") }</span> });
    let last = index + 1 == view.session.pages().len();
    let next = view.t(if last { "ui.page.to-review" } else { "ui.page.next" });
    html! {
        <main class="page" key={index}>
            { progress(view) }
            <header class="opening">
                <p class="position">{ position }{ earlier }</p>
                { parts::heading(view, view.t("instrument.question")) }
                <p class="instruction">{ view.t("instrument.instruction") }</p>
            </header>
            <div class="items">
                { for page.iter().map(|item| question(view, *item)) }
            </div>
            <nav class="actions">
                { parts::button(view, "primary", "next", next, Msg::WentNext) }
                { parts::button(view, "secondary", "back", view.t("ui.page.back"), Msg::WentBack) }
                { parts::button(view, "plain", "review", view.t("ui.page.overview"), Msg::OpenedReview) }
            </nav>
            <p class="hint keys">
                { view.fill("ui.page.keys", &[("dont-know", view.t("instrument.scale.dont-know"))]) }
            </p>
        </main>
    }
}

/// How far someone is, in questions and minutes.
fn progress(view: &View<'_>) -> Html {
    let (answered, asked) = view.session.progress();
    let left = match view.session.minutes_left() {
        0 => view.t("ui.page.done").to_owned(),
        minutes => view.texts.count("ui.page.left", minutes, &[]),
    };
    let words = view
        .fill("ui.page.progress", &[("answered", &answered.to_string()), ("asked", &asked.to_string())]);
    html! {
        <div class="progress">
            <progress max={asked.to_string()} value={answered.to_string()} aria-label={words.clone()} />
            <p><span class="done">{ words }</span><span class="left">{ left }</span></p>
        </div>
    }
}

fn question(view: &View<'_>, item: ItemIx) -> Html {
    let instrument = view.instrument();
    let id = instrument.item(item).id.clone();
    let choice = instrument.item(item).role == Role::Choice;
    let answered = view.session.answers().is_answered(item);
    html! {
        <fieldset key={id.clone()} class={classes!("item", answered.then_some("answered"))} data-item={id}
            onkeydown={on_key(view, item, choice)}>
            <legend>{ view.item_text(item) }</legend>
            if choice {
                <p class="hint">{ view.t("ui.page.choice-hint") }</p>
            }
            <div class={if choice { "options choice" } else { "options scale" }}>
                { for options(view, item, choice) }
            </div>
            { clear(view, item, answered) }
        </fieldset>
    }
}

fn options(view: &View<'_>, item: ItemIx, choice: bool) -> Vec<Html> {
    let mut options: Vec<Html> = if choice {
        let phases = view.instrument().phase_positions();
        let option = |phase| {
            let id = view.instrument().phase(phase).id.as_str();
            let label = view.t(&["instrument.choices.", id].concat()).to_owned();
            radio(view, item, Answer::Phase(phase), id, &label)
        };
        phases.map(option).collect()
    } else {
        let option = |degree: Degree| {
            let number = degree.number().to_string();
            let label = view.t(&["instrument.scale.", &number].concat()).to_owned();
            radio(view, item, Answer::Degree(degree), &number, &label)
        };
        Degree::ALL.into_iter().map(option).collect()
    };
    let unknown = view.t("instrument.scale.dont-know").to_owned();
    options.push(radio(view, item, Answer::DontKnow, "0", &unknown));
    options
}

fn radio(view: &View<'_>, item: ItemIx, answer: Answer, value: &str, label: &str) -> Html {
    let name = view.instrument().item(item).id.clone();
    let checked = view.session.answers().get(item) == Some(answer);
    let class = if answer == Answer::DontKnow { "option unknown" } else { "option" };
    html! {
        <label {class}>
            <input type="radio" {name} value={value.to_owned()} {checked}
                onchange={view.tell(Msg::Answered(item, answer))} />
            <span class="label">{ label.to_owned() }</span>
        </label>
    }
}

/// Always there, so that nothing moves when an answer comes or goes.
fn clear(view: &View<'_>, item: ItemIx, answered: bool) -> Html {
    let label = view.fill("ui.page.clear-for", &[("item", &view.item_text(item))]);
    html! {
        <button type="button" class="clear plain" data-action="clear" aria-label={label} disabled={!answered}
            onclick={view.tell(Msg::Cleared(item))}>{ view.t("ui.page.clear") }</button>
    }
}

/// Digits answer and Delete clears, only while the focus is within the group of one statement.
fn on_key(view: &View<'_>, item: ItemIx, choice: bool) -> Callback<KeyboardEvent> {
    let clear = view.send.reform(move |()| AppMsg::Session(Msg::Cleared(item)));
    let phases = view.instrument().phases().iter().map(|phase| phase.id.clone()).collect::<Vec<_>>();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let value = match event.key().as_str() {
            "Delete" | "Backspace" => {
                event.prevent_default();
                return clear.emit(());
            }
            "0" => "0".to_owned(),
            key @ ("1" | "2" | "3" | "4" | "5") if !choice => key.to_owned(),
            key => match key.parse::<usize>().ok().and_then(|number| phases.get(number.wrapping_sub(1))) {
                Some(id) if choice => id.clone(),
                _ => return,
            },
        };
        pick(&event, &value);
    })
}

/// Chooses as a click would, and brings the focus to what was chosen, so that arrows go on from there.
fn pick(event: &KeyboardEvent, value: &str) {
    let Some(target) = event.target_dyn_into::<HtmlElement>() else { return };
    let Ok(Some(group)) = target.closest("fieldset") else { return };
    let selector = ["input[value=\"", value, "\"]"].concat();
    let Ok(Some(input)) = group.query_selector(&selector) else { return };
    let Ok(input) = input.dyn_into::<HtmlInputElement>() else { return };
    event.prevent_default();
    let _ = input.focus();
    input.click();
}
