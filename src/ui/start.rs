//! The start: what this is, how long each form takes, what happens with the answers, and where to go on.

use yew::{Html, html};

use super::AppMsg;
use super::parts::{self, View};
use crate::instrument::FormIx;
use crate::session::{Msg, Screen};

pub(super) fn view(view: &View<'_>) -> Html {
    html! {
        <main class="start">
            <header class="opening">
                { parts::heading(view, view.t("instrument.title")) }
                <p class="lead">{ view.t("instrument.lead") }</p>
            </header>
            { resume(view) }
            { forms(view) }
            <section class="promise">
                <h2>{ view.t("ui.start.privacy.title") }</h2>
                <p>{ parts::privacy_line(view) }</p>
            </section>
            { about(view) }
        </main>
    }
}

fn resume(view: &View<'_>) -> Html {
    let (Some(screen), Some(form)) = (view.session.resume(), view.session.form()) else {
        return html! {};
    };
    let (answered, asked) = view.session.progress();
    let text = view.fill(
        "ui.start.resume.text",
        &[
            ("form", &view.form_name(form)),
            ("answered", &answered.to_string()),
            ("asked", &asked.to_string()),
        ],
    );
    let label = match screen {
        Screen::Result => "ui.start.resume.result",
        _ => "ui.start.resume.button",
    };
    html! {
        <section class="resume">
            <h2>{ view.t("ui.start.resume.title") }</h2>
            <p>{ text }</p>
            <div class="actions">
                { parts::button(view, "primary", "resume", view.t(label), Msg::Resumed) }
                { start_over(view) }
            </div>
        </section>
    }
}

fn start_over(view: &View<'_>) -> Html {
    if !view.asks_to_start_over {
        return html! {
            <button type="button" class="plain" data-action="start-over"
                onclick={view.tell_root(AppMsg::AskedToStartOver(true))}>
                { view.t("ui.start.over.ask") }
            </button>
        };
    }
    html! {
        <div class="sure" role="group" aria-label={view.t("ui.start.over.sure").to_owned()}>
            <p role="alert">{ view.t("ui.start.over.sure") }</p>
            { parts::button(view, "secondary", "start-over-yes", view.t("ui.start.over.yes"), Msg::StartedOver) }
            <button type="button" class="plain" data-action="start-over-no"
                onclick={view.tell_root(AppMsg::AskedToStartOver(false))}>
                { view.t("ui.start.over.no") }
            </button>
        </div>
    }
}

fn forms(view: &View<'_>) -> Html {
    let offered = |form: &FormIx| match &view.config.form {
        None => true,
        Some(only) => {
            let known = view.instrument().find_form(only);
            known.is_none_or(|known| known == *form)
        }
    };
    html! {
        <section class="forms">
            <h2>{ view.t("ui.start.forms") }</h2>
            <ul class="form-list">
                { for view.instrument().form_positions().filter(offered).map(|form| form_card(view, form)) }
            </ul>
        </section>
    }
}

fn form_card(view: &View<'_>, position: FormIx) -> Html {
    let form = view.instrument().form(position);
    let text = |name: &str| view.t(&["ui.start.form.", &form.id, ".", name].concat()).to_owned();
    let count = form.items.len().to_string();
    let answered = view.session.answered_in(position);
    let kept = (answered > 0).then(|| {
        html! { <span class="kept">{ view.texts.count("ui.start.kept", answered, &[]) }</span> }
    });
    html! {
        <li key={form.id.clone()}>
            <button type="button" class="form-card" data-form={form.id.clone()}
                onclick={view.tell(Msg::ChoseForm(position))}>
                <span class="form-name">{ text("name") }</span>
                <span class="form-time">{ minutes(view, form.minutes) }</span>
                <span class="form-about">{ text("about") }</span>
                <span class="form-count">{ view.fill("ui.start.items", &[("n", &count)]) }</span>
                { kept }
            </button>
        </li>
    }
}

fn minutes(view: &View<'_>, (from, to): (u32, u32)) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    if from == to {
        return view.fill("ui.start.minutes", &[("n", &to)]);
    }
    view.fill("ui.start.minutes-range", &[("from", &from), ("to", &to)])
}

fn about(view: &View<'_>) -> Html {
    html! {
        <details class="about">
            <summary>{ view.t("ui.start.about") }</summary>
            <p>{ view.t("instrument.honesty") }</p>
            <p>{ view.t("instrument.source") }</p>
        </details>
    }
}
