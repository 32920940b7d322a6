//! The deepening modules in the result: the way into each, what each shows, and what follows from them for the advice.

use super::Shown;
use crate::deepening::{self, Module};
use crate::session::Msg;
use crate::ui::deepen;
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::parts;

pub(super) fn section(shown: &Shown<'_>) -> Option<Node> {
    let view = shown.view;
    let modules = view.deepening().modules().iter().enumerate();
    let answered = !shown.subject.given.is_empty();
    if !view.instrument().has_deepening() || !shown.mine && !answered {
        return None;
    }
    let entries: Vec<Node> = modules.filter_map(|(index, module)| entry(shown, index, module)).collect();
    let section = el("section", if answered { "modules" } else { "modules screen-only" })
        .add(leaf("h2", "", view.t("ui.deepen.title")))
        .maybe(shown.mine.then(|| leaf("p", "screen-only", view.t("ui.deepen.lead"))))
        .maybe(insights(shown))
        .add(el("ul", "module-list").all(entries));
    Some(section)
}

/// What follows from the answers, each with the fact that it rests on.
fn insights(shown: &Shown<'_>) -> Option<Node> {
    let lines = lines(shown);
    (!lines.is_empty()).then(|| {
        el("div", "remarks")
            .attr("data-insights", "")
            .add(leaf("h3", "", shown.view.t("ui.deepen.insights")))
            .add(parts::lines("", &lines))
    })
}

fn lines(shown: &Shown<'_>) -> Vec<String> {
    let view = shown.view;
    let (deepening, given) = (view.deepening(), shown.subject.given);
    deepening::insights(deepening, given, view.instrument(), &shown.report.current, view.texts)
}

fn entry(shown: &Shown<'_>, index: usize, module: &Module) -> Option<Node> {
    let view = shown.view;
    let deepening = view.deepening();
    let asked = deepening.asked(module, shown.subject.given);
    let answered =
        asked.iter().filter(|question| shown.subject.given.get(deepening, **question).is_some()).count();
    if !shown.mine && answered == 0 {
        return None;
    }
    let outcome = deepening::lines(deepening, shown.subject.given, module, view.texts);
    let count = [("answered", answered.to_string()), ("asked", asked.len().to_string())];
    let words = view.fill("ui.deepen.answered", &[(count[0].0, &count[0].1), (count[1].0, &count[1].1)]);
    let button = shown.mine.then(|| {
        let label = view.t(if answered > 0 { "ui.deepen.change" } else { "ui.deepen.start" });
        let title = deepen::text(view, module, "title");
        parts::button(view, "secondary", "module", label, Msg::WentToModule(index))
            .set("data-to", &module.id)
            .set("aria-label", &[label, ": ", &title].concat())
    });
    let lead = (answered == 0).then(|| leaf("p", "", &deepen::text(view, module, "lead")));
    let node = el("li", if answered > 0 { "box" } else { "box screen-only" })
        .key(index)
        .add(leaf("h3", "", &deepen::text(view, module, "title")))
        .maybe(lead)
        .maybe((answered > 0).then(|| leaf("p", "hint", &words)))
        .maybe((!outcome.is_empty()).then(|| el("ul", "").all(each(&outcome, |line| leaf("li", "", line)))))
        .maybe(button);
    Some(node)
}
