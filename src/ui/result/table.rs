//! Every figure in a table: the same as the charts, for who would rather read numbers.

use yew::{Html, html};

use super::{Shown, signed, whole};
use crate::scoring::ParadoxScore;

/// Heading keys of the columns after the name.
const COLUMNS: [&str; 9] = ["a", "b", "both", "tilt", "level", "balance", "tension", "lean", "class"];

pub(super) fn section(shown: &Shown<'_>) -> Html {
    let view = shown.view;
    let heading = |name: &&str| {
        html! { <th scope="col">{ view.t(&["ui.table.", name].concat()) }</th> }
    };
    html! {
        <details class="figures-table">
            <summary><h2>{ view.t("ui.table.show") }</h2></summary>
            <div class="scroll" tabindex="0" role="region" aria-label={view.t("ui.table.title").to_owned()}>
                <table>
                    <caption>{ view.t("ui.table.caption") }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ view.t("ui.table.paradox") }</th>
                            { for COLUMNS.iter().map(heading) }
                        </tr>
                    </thead>
                    <tbody>{ for shown.asked().into_iter().map(|score| row(shown, score)) }</tbody>
                </table>
            </div>
            { overall(shown) }
        </details>
    }
}

fn row(shown: &Shown<'_>, score: &ParadoxScore) -> Html {
    let view = shown.view;
    let both = score.both.as_ref();
    let cells = [
        whole(score.a),
        whole(score.b),
        whole(both.map(|both| both.both_and)),
        both.map_or_else(|| whole(None), |both| signed(both.tilt)),
        whole(both.map(|both| both.level)),
        whole(both.map(|both| both.balance)),
        whole(score.tension),
        both.map_or_else(
            || view.t("ui.table.none").to_owned(),
            |both| shown.lean_words(score.paradox, both.lean),
        ),
        both.map_or_else(String::new, |both| view.t(&["ui.class.", both.class.word()].concat()).to_owned()),
    ];
    let id = view.instrument().paradox(score.paradox).id.clone();
    html! {
        <tr key={id.clone()} data-row={id}>
            <th scope="row">{ view.pair(score.paradox) }</th>
            { for cells.into_iter().zip(COLUMNS).map(|(cell, name)| html! { <td data-column={name}>{ cell }</td> }) }
        </tr>
    }
}

/// The overall figure never stands alone: the spread and the two lowest are beside it.
fn overall(shown: &Shown<'_>) -> Html {
    let (view, report) = (shown.view, shown.report);
    if !view.instrument().form(report.form).overall {
        return html! {};
    }
    let words = match (report.overall, report.spread()) {
        (Some(overall), Some((low, high))) => {
            let lowest: Vec<String> =
                report.lowest_two().into_iter().map(|paradox| view.pair(paradox)).collect();
            view.fill(
                "ui.overall.text",
                &[
                    ("n", &report.scored().count().to_string()),
                    ("score", &whole(Some(overall))),
                    ("low", &whole(Some(low))),
                    ("high", &whole(Some(high))),
                    ("pairs", &crate::summary::list(view.texts, &lowest)),
                ],
            )
        }
        _ => {
            let minimum = view.instrument().thresholds().overall_minimum.to_string();
            view.fill("ui.result.limits.no-overall", &[("n", &minimum)])
        }
    };
    html! { <p class="overall">{ words }</p> }
}
