//! "Talk about these three", each with why it is there, a question for each other and a first step.

use super::{Shown, actions};
use crate::instrument::ParadoxIx;
use crate::scoring::{Both, Class, ParadoxScore};
use crate::summary;
use crate::ui::node::{Node, el, leaf};

pub(super) fn section(shown: &Shown<'_>) -> Option<Node> {
    let (view, report) = (shown.view, shown.report);
    let first = report.paradox(*report.talk_about.first()?)?.both.as_ref()?;
    let lead = match report.talk_about.len() {
        _ if first.class >= Class::Productive => "ui.talk.lead-calm",
        3 => "ui.talk.lead-three",
        _ => "ui.talk.lead-fewer",
    };
    let entries = report.talk_about.iter().filter_map(|paradox| entry(shown, *paradox)).collect();
    let section = el("section", "talk")
        .add(leaf("h2", "", view.t("ui.talk.title")))
        .add(leaf("p", "lead", view.t(lead)))
        .add(el("ol", "talk-list").all(entries))
        .add(leaf("p", "hint", &rule(shown)));
    Some(section)
}

/// By which rule they are chosen.
pub(super) fn rule(shown: &Shown<'_>) -> String {
    let view = shown.view;
    let rule = view.t("ui.talk.rule");
    if view.instrument().phases().is_empty() {
        return rule.to_owned();
    }
    [rule, " ", view.t("ui.talk.rule-phase")].concat()
}

fn entry(shown: &Shown<'_>, paradox: ParadoxIx) -> Option<Node> {
    let score = shown.report.paradox(paradox)?;
    let both = score.both.as_ref()?;
    let node = el("li", "")
        .key(paradox.index())
        .set("data-talk", &shown.view.instrument().paradox(paradox).id)
        .add(leaf("h3", "", &shown.view.pair(paradox)))
        .add(leaf("p", "why", &why(shown, score, both)))
        .add(question_and_step(shown, paradox, both));
    Some(node)
}

/// Why a paradox is on the list: its class, what that means here, and whether its phase is a current one.
fn why(shown: &Shown<'_>, score: &ParadoxScore, both: &Both) -> String {
    let view = shown.view;
    let mut words = view.joined(&["ui.why.", both.class.word()]);
    if score.phase.is_some_and(|phase| shown.report.current.contains(&phase)) {
        words.push(' ');
        words.push_str(view.t("ui.why.phase"));
    }
    words
}

/// The question for each other and the first step that fit the scores.
pub(super) fn question_and_step(shown: &Shown<'_>, paradox: ParadoxIx, both: &Both) -> Node {
    let view = shown.view;
    let (talk, step) = match summary::advice(both) {
        Some(advice) => {
            let text = |kind: &str| view.paradox_text(paradox, &[kind, ".", advice].concat());
            (text("talk"), text("step"))
        }
        None => (view.t("ui.each.calm-talk").to_owned(), view.t("ui.each.calm-step").to_owned()),
    };
    let pair = |key: &str, class: &'static str, text: &str| {
        el("div", "").add(leaf("dt", "", view.t(key))).add(leaf("dd", class, text))
    };
    let advice =
        el("dl", "advice").add(pair("ui.each.talk", "question", &talk)).add(pair("ui.each.step", "", &step));
    el("div", "").add(advice).maybe(actions::from_step(shown, paradox, &step))
}
