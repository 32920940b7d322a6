//! The result: three sentences a person can repeat, then the pictures, what to talk about, and every paradox up
//! close. No grade, no traffic light, no claim from area, whole numbers only.

mod calc;
mod each;
mod radar;
mod ring;
mod table;
mod talk;
mod tilt;

use yew::{Html, html};

use super::parts::{self, View};
use crate::chart;
use crate::instrument::{FormIx, ParadoxIx, Role};
use crate::scoring::{Lean, ParadoxScore, Report};
use crate::session::Msg;
use crate::summary;

/// The screen's state and the report that it shows.
struct Shown<'a> {
    view: &'a View<'a>,
    report: &'a Report,
}

impl Shown<'_> {
    /// The paradoxes that the form asks about: a short form shows its own, and no empty places for the others.
    fn asked(&self) -> Vec<&ParadoxScore> {
        let instrument = self.view.instrument();
        let items = &instrument.form(self.report.form).items;
        let asked = |score: &&ParadoxScore| {
            items.iter().any(|item| match instrument.item(*item).role {
                Role::Pole(paradox, _) => paradox == score.paradox,
                _ => false,
            })
        };
        self.report.paradoxes.iter().filter(asked).collect()
    }

    /// Number of a paradox in the charts, from 1.
    fn number(&self, paradox: ParadoxIx) -> usize {
        self.asked().iter().position(|score| score.paradox == paradox).map_or(0, |index| index + 1)
    }

    /// What may be said about a tilt, in words.
    fn lean_words(&self, paradox: ParadoxIx, lean: Lean) -> String {
        let pole = lean.pole().map_or("", |pole| {
            summary::pole_name(self.view.instrument(), self.view.texts, paradox, pole)
        });
        self.view.fill(&["ui.lean.", lean.word()].concat(), &[("pole", pole)])
    }
}

/// A score as a whole number, or a dash where there is none.
fn whole(score: Option<f64>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| chart::round(score).to_string())
}

/// A number that may be negative, with a proper minus sign.
fn signed(number: f64) -> String {
    chart::round(number).to_string().replace('-', "−")
}

pub(super) fn view(view: &View<'_>) -> Html {
    let Some(report) = view.session.report() else {
        return html! {};
    };
    let shown = Shown { view, report: &report };
    let empty = report.scored().next().is_none();
    html! {
        <main class="result">
            { opening(&shown) }
            if !empty {
                { radar::section(&shown) }
                { talk::section(&shown) }
            }
            { ring::section(&shown) }
            if !empty {
                { tilt::section(&shown) }
                { table::section(&shown) }
            }
            { each::section(&shown) }
            { extend(&shown) }
            { calc::section(&shown) }
            { about(&shown) }
            <nav class="actions">
                { parts::button(view, "secondary", "back", view.t("ui.result.back"), Msg::WentBack) }
            </nav>
        </main>
    }
}

fn opening(shown: &Shown<'_>) -> Html {
    let view = shown.view;
    let sentences = summary::sentences(view.instrument(), view.texts, shown.report);
    let based_on = view.fill(
        "ui.result.form",
        &[
            ("form", &view.form_name(shown.report.form)),
            ("answered", &shown.report.answered.to_string()),
            ("asked", &shown.report.asked.to_string()),
        ],
    );
    html! {
        <header class="opening">
            { parts::heading(view, view.t("ui.result.title")) }
            <div class="sentences">{ for sentences.iter().map(|sentence| html! { <p>{ sentence.clone() }</p> }) }</div>
            <p class="based-on">{ based_on }</p>
            { remarks(shown) }
        </header>
    }
}

/// What this form can't tell, and remarks about the answers themselves.
fn remarks(shown: &Shown<'_>) -> Html {
    let (view, report) = (shown.view, shown.report);
    let form = view.instrument().form(report.form);
    let unscored = shown.asked().iter().filter(|score| score.both.is_none()).count();
    let mut lines: Vec<String> = Vec::new();
    if unscored == shown.asked().len() {
        lines.push(view.t("ui.result.limits.nothing").to_owned());
    } else if unscored > 0 {
        lines.push(view.texts.count("ui.result.limits.partial", unscored, &[]));
    }
    let single = shown.asked().iter().any(|score| asked_items(view, report.form, score.paradox) < 2);
    if !form.overall {
        lines.push(view.t("ui.result.limits.taster").to_owned());
    } else if single {
        lines.push(view.t("ui.result.limits.single").to_owned());
    }
    let flags = report.flags.iter().map(|flag| view.t(&["ui.quality.", flag.word()].concat()).to_owned());
    lines.extend(flags);
    if lines.is_empty() {
        return html! {};
    }
    html! {
        <section class="remarks">
            <h2>{ view.t("ui.quality.title") }</h2>
            <ul>{ for lines.into_iter().map(|line| html! { <li>{ line }</li> }) }</ul>
        </section>
    }
}

/// The fewest items that the form asks about a pole of this paradox.
fn asked_items(view: &View<'_>, form: FormIx, paradox: ParadoxIx) -> usize {
    let items = &view.instrument().form(form).items;
    let paradox = view.instrument().paradox(paradox);
    let count = |pole: &[crate::instrument::ItemIx]| pole.iter().filter(|item| items.contains(item)).count();
    count(&paradox.a).min(count(&paradox.b))
}

/// Towards a longer form: only what is new is asked.
fn extend(shown: &Shown<'_>) -> Html {
    let view = shown.view;
    let offer = |form: FormIx| {
        let items = &view.instrument().form(form).items;
        let open = (items.len() - view.session.answered_in(form)).to_string();
        let name = view.form_name(form);
        let text = view.fill("ui.result.extend.text", &[("form", &name), ("n", &open)]);
        let label = view.fill("ui.result.extend.button", &[("form", &name)]);
        html! {
            <div class="offer">
                <p>{ text }</p>
                { parts::button(view, "primary", "extend", &label, Msg::ChoseForm(form)) }
            </div>
        }
    };
    let longer = view.session.longer_forms();
    if longer.is_empty() {
        return html! {};
    }
    html! {
        <section class="extend">
            <h2>{ view.t("ui.result.extend.title") }</h2>
            { for longer.into_iter().map(offer) }
        </section>
    }
}

fn about(shown: &Shown<'_>) -> Html {
    let view = shown.view;
    let provenance = |word: &str| {
        let key = ["instrument.provenance.", word].concat();
        view.texts.find(&key).map(|text| html! { <li>{ text.to_owned() }</li> })
    };
    html! {
        <details class="about">
            <summary><h2>{ view.t("ui.about.title") }</h2></summary>
            <p>{ view.t("instrument.honesty") }</p>
            <p>{ view.t("instrument.source") }</p>
            <ul>{ for ["book", "theme", "literature"].into_iter().filter_map(provenance) }</ul>
            <p>{ parts::privacy_line(view) }</p>
        </details>
    }
}
