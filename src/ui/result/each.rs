//! Every paradox up close: both poles, the figures, what may be said, what it means, a question, a step, and where the
//! pair comes from.

use yew::{Html, html};

use super::{Shown, talk, whole};
use crate::instrument::{PhaseIx, Pole};
use crate::scoring::{Both, ParadoxScore};
use crate::summary;

pub(super) fn section(shown: &Shown<'_>) -> Html {
    let view = shown.view;
    let asked = shown.asked();
    let group = |phase: Option<PhaseIx>| {
        let name = phase.map(|phase| summary::phase_name(view.instrument(), view.texts, phase).to_owned());
        let of_phase: Vec<Html> =
            asked.iter().filter(|score| score.phase == phase).map(|score| paradox(shown, score)).collect();
        if of_phase.is_empty() {
            return html! {};
        }
        html! {
            <>
                if let Some(name) = name { <h3 class="phase-name">{ name }</h3> }
                { for of_phase }
            </>
        }
    };
    let phases = view.instrument().phase_positions().map(Some).chain([None]);
    html! {
        <section class="each">
            <h2>{ view.t("ui.each.title") }</h2>
            { for phases.map(group) }
        </section>
    }
}

fn paradox(shown: &Shown<'_>, score: &ParadoxScore) -> Html {
    let view = shown.view;
    let id = view.instrument().paradox(score.paradox).id.clone();
    let class = score.both.as_ref().map(|both| {
        html! { <span class="tag">{ view.t(&["ui.class.", both.class.word()].concat()) }</span> }
    });
    html! {
        <details key={id.clone()} class="paradox" data-paradox={id}>
            <summary>
                <span class="number">{ shown.number(score.paradox) }</span>
                <h4>{ view.pair(score.paradox) }</h4>
                { class }
            </summary>
            <div class="paradox-body">
                { figures(shown, score) }
                <p class="both-why">{ view.paradox_text(score.paradox, "both") }</p>
                <div class="poles">{ pole(shown, score, Pole::A) }{ pole(shown, score, Pole::B) }</div>
                if let Some(both) = &score.both {
                    { talk::question_and_step(shown, score.paradox, both) }
                }
                <p class="provenance">{ provenance(shown, score) }</p>
            </div>
        </details>
    }
}

fn name<'a>(shown: &'a Shown<'_>, score: &ParadoxScore, pole: Pole) -> &'a str {
    summary::pole_name(shown.view.instrument(), shown.view.texts, score.paradox, pole)
}

fn figures(shown: &Shown<'_>, score: &ParadoxScore) -> Html {
    let view = shown.view;
    let (a, b) = (name(shown, score, Pole::A), name(shown, score, Pole::B));
    let said = match &score.both {
        Some(both) => said(shown, score, both),
        None if score.a.is_none() && score.b.is_none() => view.t("ui.each.not-scored-both").to_owned(),
        None => view.fill("ui.each.not-scored", &[("missing", if score.a.is_none() { a } else { b })]),
    };
    let tension = match score.tension {
        Some(_) => view.fill("ui.each.tension", &[("score", &whole(score.tension))]),
        None => view.t("ui.each.tension-none").to_owned(),
    };
    let line = view.fill(
        "ui.each.scores",
        &[
            ("a", a),
            ("b", b),
            ("score-a", &whole(score.a)),
            ("score-b", &whole(score.b)),
            ("both", &whole(score.both.as_ref().map(|both| both.both_and))),
        ],
    );
    html! {
        <div class="figures">
            { bars(score) }
            <p class="scores">{ line }</p>
            <p class="said">{ said }</p>
            <p class="tension">{ tension }</p>
            { few(shown, score) }
        </div>
    }
}

/// What may be said: which poles are cared for, and the lean.
fn said(shown: &Shown<'_>, score: &ParadoxScore, both: &Both) -> String {
    let view = shown.view;
    let (a, b) = (name(shown, score, Pole::A), name(shown, score, Pole::B));
    let quadrant = view.fill(&["ui.quadrant.", both.quadrant.word()].concat(), &[("a", a), ("b", b)]);
    let mut lean = shown.lean_words(score.paradox, both.lean);
    if let Some(first) = lean.get(..1).map(str::to_uppercase) {
        lean.replace_range(..1, &first);
    }
    [&quadrant, " ", &lean, "."].concat()
}

/// Remarks where one of several items of a pole was left open.
fn few(shown: &Shown<'_>, score: &ParadoxScore) -> Html {
    let view = shown.view;
    let asked = super::asked_items(view, shown.report.form, score.paradox);
    let line = |(pole, items): (Pole, usize)| {
        let few = 0 < items && items < asked;
        few.then(|| {
            let words = view.fill("ui.each.few", &[("pole", name(shown, score, pole))]);
            html! { <p class="hint">{ words }</p> }
        })
    };
    [(Pole::A, score.items_a), (Pole::B, score.items_b)].into_iter().filter_map(line).collect()
}

/// Both poles as bars on one scale, with the lower of the two marked: that is what both have.
fn bars(score: &ParadoxScore) -> Html {
    let bar = |value: Option<f64>, y: &'static str, class: &'static str| {
        let width = value.map(|value| crate::chart::path::number(value));
        html! {
            <>
                <rect class="bar-track" x="0" {y} width="100" height="8" />
                if let Some(width) = width { <rect {class} x="0" {y} {width} height="8" /> }
            </>
        }
    };
    let core = score.both.as_ref().map(|both| {
        let x = crate::chart::path::number(both.both_and);
        html! { <line class="bar-both" x1={x.clone()} x2={x} y1="0" y2="24" /> }
    });
    html! {
        <svg class="bars" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
            { bar(score.a, "2", "bar-a") }
            { bar(score.b, "14", "bar-b") }
            { core }
        </svg>
    }
}

fn pole(shown: &Shown<'_>, score: &ParadoxScore, pole: Pole) -> Html {
    let view = shown.view;
    let text = |name: &str| view.paradox_text(score.paradox, &[pole.letter(), ".", name].concat());
    let value = match pole {
        Pole::A => score.a,
        Pole::B => score.b,
    };
    html! {
        <div class={["pole pole-", pole.letter()].concat()}>
            <h5>{ text("name") }<span class="value">{ whole(value) }</span></h5>
            <dl>
                <dt>{ view.t("ui.each.meaning") }</dt><dd>{ text("meaning") }</dd>
                <dt>{ view.t("ui.each.practice") }</dt><dd>{ text("practice") }</dd>
                <dt>{ view.t("ui.each.risk") }</dt><dd>{ text("risk") }</dd>
            </dl>
        </div>
    }
}

fn provenance(shown: &Shown<'_>, score: &ParadoxScore) -> String {
    let word = shown.view.instrument().paradox(score.paradox).provenance.word();
    shown.view.t(&["instrument.provenance.", word].concat()).to_owned()
}
