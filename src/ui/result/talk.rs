//! "Talk about these three", each with why it is there, a question for each other and a first step.

use yew::{Html, html};

use super::Shown;
use crate::instrument::ParadoxIx;
use crate::scoring::{Both, Class, ParadoxScore};
use crate::summary;

pub(super) fn section(shown: &Shown<'_>) -> Html {
    let (view, report) = (shown.view, shown.report);
    let first = report.talk_about.first().and_then(|paradox| report.paradox(*paradox));
    let Some(first) = first.and_then(|score| score.both.as_ref()) else {
        return html! {};
    };
    let lead = match report.talk_about.len() {
        _ if first.class >= Class::Productive => "ui.talk.lead-calm",
        3 => "ui.talk.lead-three",
        _ => "ui.talk.lead-fewer",
    };
    html! {
        <section class="talk">
            <h2>{ view.t("ui.talk.title") }</h2>
            <p class="lead">{ view.t(lead) }</p>
            <ol class="talk-list">{ for report.talk_about.iter().map(|paradox| entry(shown, *paradox)) }</ol>
            <p class="hint">{ view.t("ui.talk.rule") }</p>
        </section>
    }
}

fn entry(shown: &Shown<'_>, paradox: ParadoxIx) -> Html {
    let Some((score, both)) =
        shown.report.paradox(paradox).and_then(|score| Some((score, score.both.as_ref()?)))
    else {
        return html! {};
    };
    html! {
        <li key={paradox.index()} data-talk={shown.view.instrument().paradox(paradox).id.clone()}>
            <h3>{ shown.view.pair(paradox) }</h3>
            <p class="why">{ why(shown, score, both) }</p>
            { question_and_step(shown, paradox, both) }
        </li>
    }
}

/// Why a paradox is on the list: its class, what that means here, and whether its phase is a current one.
fn why(shown: &Shown<'_>, score: &ParadoxScore, both: &Both) -> String {
    let view = shown.view;
    let mut words = view.t(&["ui.why.", both.class.word()].concat()).to_owned();
    if score.phase.is_some_and(|phase| shown.report.current.contains(&phase)) {
        words.push(' ');
        words.push_str(view.t("ui.why.phase"));
    }
    words
}

/// The question for each other and the first step that fit the scores.
pub(super) fn question_and_step(shown: &Shown<'_>, paradox: ParadoxIx, both: &Both) -> Html {
    let view = shown.view;
    let (talk, step) = match summary::advice(both) {
        Some(advice) => {
            let text = |kind: &str| view.paradox_text(paradox, &[kind, ".", advice].concat());
            (text("talk"), text("step"))
        }
        None => (view.t("ui.each.calm-talk").to_owned(), view.t("ui.each.calm-step").to_owned()),
    };
    html! {
        <dl class="advice">
            <div><dt>{ view.t("ui.each.talk") }</dt><dd class="question">{ talk }</dd></div>
            <div><dt>{ view.t("ui.each.step") }</dt><dd>{ step }</dd></div>
        </dl>
    }
}
