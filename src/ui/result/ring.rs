//! The phase ring: how strongly each phase describes the alliance now, which lead, and which one was chosen. A ring,
//! because phases return; never a ladder.

use yew::{Callback, Html, html};

use super::{Shown, whole};
use crate::chart::{path, ring};
use crate::instrument::PhaseIx;
use crate::scoring::PhaseScore;
use crate::summary;
use crate::ui::dom::measured::{Measured, Size};

/// What the ring draws of one phase, free of borrows so that it can be drawn again when the box changes.
#[derive(Clone)]
struct Drawn {
    name: String,
    score: Option<f64>,
    current: bool,
    chosen: bool,
}

pub(super) fn section(shown: &Shown<'_>) -> Html {
    let view = shown.view;
    if view.instrument().phases().is_empty() {
        return html! {};
    }
    let drawn: Vec<Drawn> = shown.report.phases.iter().map(|phase| describe(shown, phase)).collect();
    let label = view.t("ui.ring.label").to_owned();
    let draw = Callback::from(move |size: Size| picture(&drawn, &label, size));
    html! {
        <section class="ring">
            <h2>{ view.t("ui.ring.title") }</h2>
            <div class="side-by-side">
                <Measured class="ring-box" {draw} />
                <div class="ring-words">
                    <p class="lead">{ profile(shown) }</p>
                    { choice(shown) }
                    <ul class="phase-list">{ for shown.report.phases.iter().map(|phase| entry(shown, phase)) }</ul>
                    <p class="hint">{ view.t("ui.ring.again") }</p>
                </div>
            </div>
            { for shown.report.phases.iter().map(|phase| story(shown, phase)) }
        </section>
    }
}

fn describe(shown: &Shown<'_>, phase: &PhaseScore) -> Drawn {
    Drawn {
        name: name(shown, phase.phase).to_owned(),
        score: phase.score,
        current: shown.report.current.contains(&phase.phase),
        chosen: shown.report.choice == Some(phase.phase),
    }
}

fn name<'a>(shown: &'a Shown<'_>, phase: PhaseIx) -> &'a str {
    summary::phase_name(shown.view.instrument(), shown.view.texts, phase)
}

/// The profile in a sentence: dominant, in transition, or not to be told.
fn profile(shown: &Shown<'_>) -> String {
    let (view, report) = (shown.view, shown.report);
    let words = |phases: &[PhaseIx]| summary::phases_in_words(view.instrument(), view.texts, phases);
    if let Some(dominant) = report.dominant {
        return view.fill("ui.ring.dominant", &[("phase", &words(&[dominant]))]);
    }
    if report.current.is_empty() {
        return view.t("ui.ring.none").to_owned();
    }
    view.fill("ui.ring.transition", &[("phases", &words(&report.current))])
}

/// The forced choice beside the profile; a difference is put as a question.
fn choice(shown: &Shown<'_>) -> Html {
    let (view, report) = (shown.view, shown.report);
    let Some(choice) = report.choice else {
        return html! {};
    };
    let words = |phases: &[PhaseIx]| summary::phases_in_words(view.instrument(), view.texts, phases);
    let key = match (report.choice_differs, report.dominant) {
        (true, _) => "ui.ring.choice-differs",
        (false, Some(_)) => "ui.ring.choice-same",
        (false, None) if report.current.is_empty() => "ui.ring.choice-only",
        (false, None) => "ui.ring.choice-one",
    };
    let text = view.fill(key, &[("phase", &words(&[choice])), ("phases", &words(&report.current))]);
    html! { <p class="choice-words">{ text }</p> }
}

fn entry(shown: &Shown<'_>, phase: &PhaseScore) -> Html {
    let view = shown.view;
    let drawn = describe(shown, phase);
    let key = if phase.score.is_some() { "ui.ring.score" } else { "ui.ring.score-none" };
    let words = view.fill(key, &[("phase", &drawn.name), ("score", &whole(phase.score))]);
    let tag = |key: &str| html! { <span class="tag">{ view.t(key) }</span> };
    html! {
        <li key={phase.phase.index()} data-phase={view.instrument().phase(phase.phase).id.clone()}>
            { words }
            if drawn.current { { tag("ui.ring.now") } }
            if drawn.chosen { { tag("ui.ring.chosen") } }
        </li>
    }
}

/// What a phase is about, with the forming phase told by an example from the book.
fn story(shown: &Shown<'_>, phase: &PhaseScore) -> Html {
    let view = shown.view;
    let id = view.instrument().phase(phase.phase).id.as_str();
    let prefix = ["instrument.phases.", id, "."].concat();
    let text = |name: &str| view.t(&[&prefix, name].concat()).to_owned();
    let list = |name: &str| -> Vec<Html> {
        (0..12)
            .map_while(|index: usize| {
                let key = [&prefix, name, ".", &index.to_string()].concat();
                view.texts.find(&key).map(|text| html! { <li>{ text.to_owned() }</li> })
            })
            .collect()
    };
    let of_paradoxes = phase.paradox_score.map(|score| {
        html! { <p>{ view.fill("ui.ring.paradoxes", &[("score", &whole(Some(score)))]) }</p> }
    });
    let example = (id == "forming").then(|| {
        html! {
            <aside class="example">
                <h4>{ view.t("instrument.example.title") }</h4>
                <p>{ view.t("instrument.example.text") }</p>
            </aside>
        }
    });
    html! {
        <details key={id.to_owned()} class="phase">
            <summary><h3>{ text("name") }</h3><span class="key-question">{ text("question") }</span></summary>
            <p>{ text("about") }</p>
            { of_paradoxes }
            <div class="two">
                <div><h4>{ view.t("ui.ring.tasks") }</h4><ul>{ for list("tasks") }</ul></div>
                <div><h4>{ view.t("ui.ring.pitfalls") }</h4><ul>{ for list("pitfalls") }</ul></div>
            </div>
            <p>{ text("next") }</p>
            { example }
        </details>
    }
}

fn picture(drawn: &[Drawn], label: &str, size: Size) -> Html {
    let phases: Vec<ring::PhaseSpec<'_>> = drawn
        .iter()
        .map(|phase| ring::PhaseSpec {
            name: &phase.name,
            score: phase.score,
            current: phase.current,
            chosen: phase.chosen,
        })
        .collect();
    let geometry = ring::ring(&ring::RingSpec { width: size.width, font: size.font, phases: &phases });
    let n = path::number;
    let side = n(geometry.side);
    html! {
        <svg class="ring-chart" role="img" aria-label={label.to_owned()} width={side.clone()} height={side.clone()}
            viewBox={["0 0 ", &side, " ", &side].concat()}>
            { for geometry.phases.iter().zip(drawn).enumerate().map(|(index, (phase, drawn))| {
                quarter(index, phase, drawn, geometry.value_font)
            }) }
        </svg>
    }
}

fn quarter(index: usize, phase: &ring::PhaseGeometry, drawn: &Drawn, font: f64) -> Html {
    let n = path::number;
    let along = ["ring-name-", &index.to_string()].concat();
    html! {
        <g key={index} class={if drawn.current { "quarter current" } else { "quarter" }}>
            <path class="ring-track" d={phase.track.clone()} />
            if let Some(fill) = &phase.fill { <path class="ring-fill" d={fill.clone()} /> }
            if let Some(edge) = &phase.edge { <path class="ring-edge" d={edge.clone()} /> }
            if let Some(name) = &phase.name {
                <path id={along.clone()} class="along" d={name.path.clone()} />
                <text class="ring-name" font-size={n(name.font)} text-anchor="middle">
                    <textPath href={["#", &along].concat()} startOffset="50%">{ drawn.name.clone() }</textPath>
                </text>
            }
            <text class="ring-value" x={n(phase.value.x)} y={n(phase.value.y)} font-size={n(font)}
                text-anchor="middle">{ whole(drawn.score) }</text>
            if let Some(mark) = &phase.choice { <path class="ring-choice" d={mark.clone()} /> }
        </g>
    }
}
