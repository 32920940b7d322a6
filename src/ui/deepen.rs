//! A deepening module: its questions, and what the answers show. Anything may be left open, and the next module is one
//! button away.

use std::cell::OnceCell;
use std::rc::Rc;

use yew::virtual_dom::ListenerKind;

use super::AppMsg;
use super::group::{self, Choice, Group, Layout};
use super::node::{Node, each, el, leaf};
use super::parts::{self, Kind, View};
use crate::answers::Degree;
use crate::deepening::{self, Ask, Deepening, Module, QuestionIx, Value};
use crate::session::Msg;

/// The modules, read when they are first asked for: nothing before the further part knows them.
#[derive(Default)]
pub(super) struct Modules(OnceCell<Rc<Deepening>>);

impl Modules {
    pub(super) fn get(&self) -> &Rc<Deepening> {
        self.0.get_or_init(|| Rc::new(Deepening::built_in()))
    }
}

impl View<'_> {
    pub(super) fn deepening(&self) -> &Rc<Deepening> {
        self.modules.get()
    }
}

pub(super) fn view(view: &View<'_>, index: usize) -> Node {
    let deepening = view.deepening();
    let Some(module) = deepening.modules().get(index) else {
        return el("section", "page");
    };
    let count = deepening.modules().len();
    let numbers = [("n", (index + 1).to_string()), ("of", count.to_string())];
    let position =
        view.fill("ui.deepen.position", &[(numbers[0].0, &numbers[0].1), (numbers[1].0, &numbers[1].1)]);
    let opening = el("header", "opening")
        .add(leaf("p", "position", &position))
        .add(parts::heading(view, &text(view, module, "title")))
        .add(leaf("p", "instruction", &text(view, module, "lead")));
    let asked = deepening.asked(module, view.session.given());
    let questions = el("div", "items").all(each(asked, |question| question_of(view, question)));
    let next = (index + 1 < count).then(|| {
        let answered = answered(view, module).0 > 0;
        let label = view.t(if answered { "ui.deepen.next" } else { "ui.deepen.skip" });
        parts::button(view, "secondary", "next-module", label, Msg::WentToModule(index + 1))
    });
    let actions = el("nav", "actions")
        .add(parts::button(view, "primary", "to-result", view.t("ui.wish.to-result"), Msg::WentBack))
        .maybe(next);
    el("section", "page")
        .key(Kind::Module as usize)
        .attr("data-module", "")
        .add(opening)
        .add(questions)
        .maybe(shown(view, module))
        .add(actions)
}

/// A text of a module.
pub(super) fn text(view: &View<'_>, module: &Module, name: &str) -> String {
    view.joined(&["deepening.modules.", &module.id, ".", name])
}

/// How many of the questions that are asked are answered, and how many are asked.
pub(super) fn answered(view: &View<'_>, module: &Module) -> (usize, usize) {
    let asked = view.deepening().asked(module, view.session.given());
    (
        asked
            .iter()
            .filter(|question| view.session.given().get(view.deepening(), **question).is_some())
            .count(),
        asked.len(),
    )
}

fn shown(view: &View<'_>, module: &Module) -> Option<Node> {
    let lines = deepening::lines(view.deepening(), view.session.given(), module, view.texts);
    (!lines.is_empty()).then(|| {
        el("section", "remarks")
            .attr("data-outcome", "")
            .add(leaf("h2", "", view.t("ui.deepen.outcome")))
            .add(parts::lines("", &lines))
    })
}

fn question_of(view: &View<'_>, question: QuestionIx) -> Node {
    let asked = view.deepening().question(question);
    let words = |option: &str| view.joined(&["deepening.options.", &asked.words, ".", option]);
    match &asked.ask {
        Ask::One(options) => {
            let options = options.iter().enumerate();
            let choices =
                options.map(|(place, option)| (option.clone(), words(option), Value::One(place as u8)));
            radios(view, question, Layout::List, choices.collect())
        }
        Ask::Steps => {
            let end = |name: &str| view.joined(&["deepening.ends.", &asked.id, ".", name]);
            let (low, high) = (end("low"), end("high"));
            let label = |degree: Degree| match degree.number() {
                1 => low.clone(),
                5 => high.clone(),
                n => {
                    let key = ["deepening.step.", &n.to_string()].concat();
                    view.fill(&key, &[("low", &low), ("high", &high)])
                }
            };
            radios(view, question, Layout::Scale, degrees(&label))
        }
        Ask::Degree => {
            let label = |degree: Degree| view.joined(&["instrument.scale.", &degree.number().to_string()]);
            radios(view, question, Layout::Scale, degrees(&label))
        }
        Ask::Several(options) => several(view, question, options, &words),
        Ask::Number { min, max } => number(view, question, *min, *max),
    }
}

fn gave(deepening: &Deepening, question: QuestionIx, value: Option<Value>) -> AppMsg {
    let held = value.map(|value| deepening.held(question, value));
    AppMsg::Session(Msg::Gave(deepening.question(question).id.clone(), held))
}

/// Value of a radio, its words, and what it means.
type Option5 = (String, String, Value);

fn degrees(label: &dyn Fn(Degree) -> String) -> Vec<Option5> {
    Degree::ALL
        .into_iter()
        .map(|degree| (degree.number().to_string(), label(degree), Value::Step(degree)))
        .collect()
}

fn title(view: &View<'_>, question: QuestionIx) -> String {
    view.joined(&["deepening.questions.", &view.deepening().question(question).id])
}

fn radios(view: &View<'_>, question: QuestionIx, layout: Layout, options: Vec<Option5>) -> Node {
    let chosen = view.session.given().get(view.deepening(), question);
    let choice = |(value, label, meaning): Option5| Choice {
        value,
        label,
        chosen: chosen == Some(meaning),
        msg: gave(view.deepening(), question, Some(meaning)),
    };
    let group = Group {
        key: question.index(),
        id: view.deepening().question(question).id.clone(),
        legend: title(view, question),
        hint: None,
        layout,
        choices: options.into_iter().map(choice).collect(),
        clear: gave(view.deepening(), question, None),
    };
    group::view(view, &group)
}

/// Boxes to tick; none ticked is no answer.
fn several(
    view: &View<'_>,
    question: QuestionIx,
    options: &[String],
    words: &dyn Fn(&str) -> String,
) -> Node {
    let set = match view.session.given().get(view.deepening(), question) {
        Some(Value::Several(set)) => set,
        _ => 0,
    };
    let tick = |(place, option): (usize, &String)| {
        let with = set ^ (1 << place);
        let value = (with != 0).then_some(Value::Several(with));
        parts::tick(view, &words(option), set >> place & 1 == 1, gave(view.deepening(), question, value))
            .set("data-option", option)
    };
    el("fieldset", "item")
        .key(question.index())
        .set("data-item", &view.deepening().question(question).id)
        .add(leaf("legend", "", &title(view, question)))
        .add(el("div", "options").all(each(options.iter().enumerate(), tick)))
}

fn number(view: &View<'_>, question: QuestionIx, min: u32, max: u32) -> Node {
    let value = match view.session.given().get(view.deepening(), question) {
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    // What is no whole number in range is no answer; the field itself says what it takes.
    let deepening = Rc::clone(view.deepening());
    let given = move |text: String| {
        let number = text.trim().parse().ok().filter(|number| (min..=max).contains(number));
        gave(&deepening, question, number.map(Value::Number))
    };
    let input = el("input", "")
        .attr("type", "number")
        .attr("inputmode", "numeric")
        .set("min", &min.to_string())
        .set("max", &max.to_string())
        .attr("step", "1")
        .value(&value)
        .hears(ListenerKind::onchange, &view.send, Rc::new(given));
    let id = &view.deepening().question(question).id;
    el("div", "item").key(question.index()).set("data-item", id).add(parts::field(
        "field number-field",
        &title(view, question),
        input,
    ))
}
