//! The tilt chart: which way each paradox leans, from the middle outwards, with the zone in which nothing may be said.

use yew::{Html, html};

use super::{Shown, whole};
use crate::chart::{path, tilt};
use crate::instrument::Pole;
use crate::scoring::ParadoxScore;
use crate::summary;

pub(super) fn section(shown: &Shown<'_>) -> Html {
    let view = shown.view;
    html! {
        <section class="tilt">
            <h2>{ view.t("ui.tilt.title") }</h2>
            <p class="hint">{ view.t("ui.tilt.how") }</p>
            <ul class="tilt-list">{ for shown.asked().into_iter().map(|score| row(shown, score)) }</ul>
        </section>
    }
}

fn row(shown: &Shown<'_>, score: &ParadoxScore) -> Html {
    let view = shown.view;
    let name = |pole| summary::pole_name(view.instrument(), view.texts, score.paradox, pole).to_owned();
    let id = view.instrument().paradox(score.paradox).id.clone();
    let said = match &score.both {
        Some(both) => shown.lean_words(score.paradox, both.lean),
        None => view.t("ui.table.none").to_owned(),
    };
    html! {
        <li key={id.clone()} data-tilt={id}>
            <span class="tilt-a">{ name(Pole::A) }<span class="value">{ whole(score.a) }</span></span>
            <span class="tilt-b"><span class="value">{ whole(score.b) }</span>{ name(Pole::B) }</span>
            { bar(shown, score) }
            <span class="tilt-said">{ said }</span>
        </li>
    }
}

fn bar(shown: &Shown<'_>, score: &ParadoxScore) -> Html {
    let thresholds = shown.view.instrument().thresholds();
    let single = score.items_a.min(score.items_b) < 2;
    let zone = if single { thresholds.lean_clear_single } else { thresholds.lean_possible };
    let row = tilt::row(tilt::TiltSpec { tilt: score.both.as_ref().map(|both| both.tilt), zone });
    let n = path::number;
    let class = match &score.both {
        Some(both) if both.tilt < 0.0 => "tilt-bar tilt-to-a",
        _ => "tilt-bar tilt-to-b",
    };
    html! {
        <svg class="tilt-row" viewBox="0 0 200 20" preserveAspectRatio="none" aria-hidden="true">
            <rect class="tilt-track" x="0" y="5" width="200" height="10" />
            <rect class="tilt-zone" x={n(row.zone.x)} y="0" width={n(row.zone.width)} height="20" />
            if let Some(bar) = row.bar {
                <rect {class} x={n(bar.x)} y="6" width={n(bar.width)} height="8" />
            }
            <line class="tilt-middle" x1="100" x2="100" y1="0" y2="20" />
            if let Some(dot) = row.dot {
                <line class="tilt-end" x1={n(dot)} x2={n(dot)} y1="2" y2="18" />
            }
        </svg>
    }
}
