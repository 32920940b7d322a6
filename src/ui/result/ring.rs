//! The phase ring: how strongly each phase describes the alliance now, which lead, and which one was chosen. A ring,
//! because phases return; never a ladder.

use super::{PAPER, Shown, whole};
use crate::chart::path::number;
use crate::chart::ring;
use crate::instrument::PhaseIx;
use crate::scoring::PhaseScore;
use crate::summary;
use crate::ui::dom::size::Size;
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::parts;
use crate::ui::svg::{along_arc, path, svg, text_at};

/// The widest the ring is drawn, and the share of a wide box that it takes beside its words.
const WIDEST: f64 = 30.0;
const SHARE: f64 = 0.45;
/// From this width on the words stand beside the ring; the style sheet has the same number. All in font sizes.
const BESIDE: f64 = 44.0;

/// What the ring draws of one phase.
struct Drawn {
    name: String,
    score: Option<f64>,
    current: bool,
    chosen: bool,
}

pub(super) fn section(shown: &Shown<'_>) -> Option<Node> {
    let view = shown.view;
    let phases = &shown.report.phases;
    if phases.is_empty() {
        return None;
    }
    let drawn: Vec<Drawn> = phases.iter().map(|phase| describe(shown, phase)).collect();
    let label = [view.t("ui.ring.label"), ". ", &profile(shown)].concat();
    let image = |chart: Node| chart.attr("role", "img").set("aria-label", &label);
    let picture = view.size.map(|size| image(picture("ring-chart screen-only", "ring-name-", &drawn, size)));
    // What is printed doesn't depend on the screen: see the radar.
    let printed = image(self::picture("ring-print print-only", "ring-print-name-", &drawn, PAPER));
    let words = el("div", "ring-words")
        .add(leaf("p", "lead", &profile(shown)))
        .maybe(choice(shown))
        .add(el("ul", "phase-list").all(each(phases, |phase| entry(shown, phase))))
        .add(leaf("p", "hint", view.t("ui.ring.again")));
    let section = el("section", "ring")
        .add(leaf("h2", "", view.t("ui.ring.title")))
        .add(el("div", "side-by-side").add(el("div", "ring-box").maybe(picture).add(printed)).add(words))
        .add(el("div", "stories").all(phases.iter().filter_map(|phase| story(shown, phase)).collect()));
    Some(section)
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
fn choice(shown: &Shown<'_>) -> Option<Node> {
    let (view, report) = (shown.view, shown.report);
    let choice = report.choice?;
    let words = |phases: &[PhaseIx]| summary::phases_in_words(view.instrument(), view.texts, phases);
    let key = match (report.choice_differs, report.dominant) {
        (true, _) => "ui.ring.choice-differs",
        (false, Some(_)) => "ui.ring.choice-same",
        (false, None) if report.current.is_empty() => "ui.ring.choice-only",
        (false, None) => "ui.ring.choice-one",
    };
    let text = view.fill(key, &[("phase", &words(&[choice])), ("phases", &words(&report.current))]);
    Some(leaf("p", "choice-words", &text))
}

fn entry(shown: &Shown<'_>, phase: &PhaseScore) -> Node {
    let view = shown.view;
    let drawn = describe(shown, phase);
    let key = if phase.score.is_some() { "ui.ring.score" } else { "ui.ring.score-none" };
    let words = view.fill(key, &[("phase", &drawn.name), ("score", &whole(phase.score))]);
    let tag = |key: &str| leaf("span", "tag", view.t(key));
    leaf("li", "", &words)
        .set("data-phase", &view.instrument().phase(phase.phase).id)
        .maybe(drawn.current.then(|| tag("ui.ring.now")))
        .maybe(drawn.chosen.then(|| tag("ui.ring.chosen")))
}

/// What a phase is about, with the forming phase told by an example from the book.
fn story(shown: &Shown<'_>, phase: &PhaseScore) -> Option<Node> {
    let id = shown.view.instrument().phase(phase.phase).id.as_str();
    let question = shown.view.joined(&["instrument.phases.", id, ".question"]);
    let summary = el("summary", "").add(leaf("h3", "", name(shown, phase.phase))).maybe(parts::said(
        "span",
        "key-question",
        &question,
    ));
    Some(parts::details("phase", summary, told(shown, phase, id)?))
}

/// What there is to tell of a phase; an own questionnaire may have nothing.
fn told(shown: &Shown<'_>, phase: &PhaseScore, id: &str) -> Option<Node> {
    let view = shown.view;
    let text = |name: &str| view.joined(&["instrument.phases.", id, ".", name]);
    let column = |title: &str, name: &str| {
        let entries = list(shown, id, name);
        let node = || el("div", "").add(leaf("h4", "", view.t(title))).add(parts::lines("", &entries));
        (!entries.is_empty()).then(node)
    };
    let columns: Vec<Node> = [column("ui.ring.tasks", "tasks"), column("ui.ring.pitfalls", "pitfalls")]
        .into_iter()
        .flatten()
        .collect();
    let of_paradoxes = phase
        .paradox_score
        .map(|score| leaf("p", "", &view.fill("ui.ring.paradoxes", &[("score", &whole(Some(score)))])));
    let example = view.texts.find("instrument.example.title").filter(|_| id == "forming").map(|title| {
        el("aside", "example").add(leaf("h4", "", title)).add(leaf(
            "p",
            "",
            view.t("instrument.example.text"),
        ))
    });
    let parts = [
        parts::said("p", "", &text("about")),
        of_paradoxes,
        (!columns.is_empty()).then(|| el("div", "two").all(columns)),
        parts::said("p", "", &text("next")),
        example,
    ];
    let parts: Vec<Node> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| el("div", "opened").all(parts))
}

/// The entries of a list in the language pack.
fn list(shown: &Shown<'_>, phase: &str, name: &str) -> Vec<String> {
    let key = |index: usize| ["instrument.phases.", phase, ".", name, ".", &index.to_string()].concat();
    (0..).map_while(|index| shown.view.texts.find(&key(index)).map(str::to_owned)).collect()
}

fn picture(class: &'static str, ids: &str, drawn: &[Drawn], size: Size) -> Node {
    let phases: Vec<ring::PhaseSpec<'_>> = drawn
        .iter()
        .map(|phase| ring::PhaseSpec {
            name: &phase.name,
            score: phase.score,
            current: phase.current,
            chosen: phase.chosen,
        })
        .collect();
    let share = if size.width < BESIDE * size.font { 1.0 } else { SHARE };
    let width = (size.width * share).min(WIDEST * size.font);
    let geometry = ring::ring(&ring::RingSpec { width, font: size.font, phases: &phases });
    let quarters = geometry.phases.iter().zip(drawn).enumerate();
    svg(class, geometry.side, geometry.side).all(each(quarters, |(index, (phase, drawn))| {
        let along = [ids, &index.to_string()].concat();
        quarter(&along, phase, drawn, geometry.value_font)
    }))
}

/// A phase; `along` is the id of the arc that its name follows.
fn quarter(along: &str, phase: &ring::PhaseGeometry, drawn: &Drawn, font: f64) -> Node {
    let part = |class: &'static str, data: &Option<String>| data.as_ref().map(|data| path(class, data));
    let value = text_at("ring-value", phase.value, &whole(drawn.score)).set("font-size", &number(font));
    el("g", if drawn.current { "quarter current" } else { "quarter" })
        .add(path("ring-track", &phase.track))
        .maybe(part("ring-fill", &phase.fill))
        .maybe(part("ring-edge", &phase.edge))
        .maybe(phase.name.as_ref().map(|name| along_arc("ring-name", along, name, &drawn.name)))
        .add(value)
        .maybe(part("ring-choice", &phase.choice))
}
