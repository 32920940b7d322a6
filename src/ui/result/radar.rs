//! The radar: every paradox an axis, in four phase sectors, both poles as outlines that differ in line and marker, and
//! what both have as the calm core. Every axis can be reached by pointer, touch and arrow keys, and says its values.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::{Callback, Html, KeyboardEvent, TargetCast, html};

use super::{Shown, whole};
use crate::chart::path;
use crate::chart::radar::{
    AxisGeometry, AxisSpec, Label, LabelBlock, Layout, Outline, RadarGeometry, RadarSpec, Ring, SectorGeometry,
    SectorSpec, radar,
};
use crate::instrument::{ParadoxIx, Pole};
use crate::scoring::ParadoxScore;
use crate::summary;
use crate::ui::AppMsg;
use crate::ui::dom::focus;
use crate::ui::dom::measured::{Measured, Size};

/// One axis, free of borrows so that it can be drawn again when the box changes.
struct Axis {
    paradox: ParadoxIx,
    a: String,
    b: String,
    score_a: Option<f64>,
    score_b: Option<f64>,
    both_and: Option<f64>,
    words: String,
    pair: String,
}

/// Everything that the drawing needs.
struct Drawn {
    axes: Vec<Axis>,
    sectors: Vec<(String, usize)>,
    pointed: Option<ParadoxIx>,
    label: String,
    send: Callback<AppMsg>,
}

pub(super) fn section(shown: &Shown<'_>) -> Html {
    let view = shown.view;
    let asked = shown.asked();
    let all = asked.len() == view.instrument().paradoxes().len();
    let title = if all { "ui.radar.title" } else { "ui.radar.title-some" };
    let drawn = Rc::new(Drawn {
        axes: asked.iter().enumerate().map(|(index, score)| axis(shown, index, score)).collect(),
        sectors: sectors(shown, &asked),
        pointed: view.pointed,
        label: view.t("ui.radar.label").to_owned(),
        send: view.send.clone(),
    });
    let draw = Callback::from(move |size: Size| picture(&drawn, size));
    html! {
        <section class="radar">
            <h2>{ view.t(title) }</h2>
            <p class="hint">{ view.t("ui.radar.how") }</p>
            { legend(shown) }
            <Measured class="radar-box" {draw} />
            { readout(shown) }
        </section>
    }
}

fn axis(shown: &Shown<'_>, index: usize, score: &ParadoxScore) -> Axis {
    let view = shown.view;
    let name = |pole| summary::pole_name(view.instrument(), view.texts, score.paradox, pole).to_owned();
    let (a, b) = (name(Pole::A), name(Pole::B));
    let both_and = score.both.as_ref().map(|both| both.both_and);
    let key = if both_and.is_some() { "ui.radar.axis" } else { "ui.radar.axis-open" };
    let words = view.fill(
        key,
        &[
            ("number", &(index + 1).to_string()),
            ("a", &a),
            ("b", &b),
            ("score-a", &whole(score.a)),
            ("score-b", &whole(score.b)),
            ("both", &whole(both_and)),
        ],
    );
    let pair = view.pair(score.paradox);
    Axis { paradox: score.paradox, a, b, score_a: score.a, score_b: score.b, both_and, words, pair }
}

fn sectors(shown: &Shown<'_>, asked: &[&ParadoxScore]) -> Vec<(String, usize)> {
    let view = shown.view;
    let count = |phase| asked.iter().filter(|score| score.phase == Some(phase)).count();
    view.instrument()
        .phase_positions()
        .map(|phase| (summary::phase_name(view.instrument(), view.texts, phase).to_owned(), count(phase)))
        .filter(|(_, axes)| *axes > 0)
        .collect()
}

fn legend(shown: &Shown<'_>) -> Html {
    let view = shown.view;
    html! {
        <ul class="legend" aria-hidden="true">
            <li>
                <svg viewBox="0 0 32 12"><line class="line-a" x1="0" x2="32" y1="6" y2="6" /><circle class="mark-a" cx="16" cy="6" r="4" /></svg>
                { view.t("ui.radar.legend-a") }
            </li>
            <li>
                <svg viewBox="0 0 32 12"><line class="line-b" x1="0" x2="32" y1="6" y2="6" /><path class="mark-b" d="M16 1L21 6L16 11L11 6Z" /></svg>
                { view.t("ui.radar.legend-b") }
            </li>
            <li><svg viewBox="0 0 32 12"><rect class="core" x="0" y="1" width="32" height="10" /></svg>{ view.t("ui.radar.legend-core") }</li>
        </ul>
    }
}

/// The values of the paradox that was pointed at, and the way to read more about it.
fn readout(shown: &Shown<'_>) -> Html {
    let view = shown.view;
    let pointed = view.pointed.and_then(|paradox| shown.report.paradox(paradox));
    let Some(score) = pointed else {
        return html! {
            <p class="readout">
                { view.t("ui.radar.keys") }{ " " }{ view.t("ui.radar.select") }
            </p>
        };
    };
    let said = score.both.as_ref().map(|both| shown.lean_words(score.paradox, both.lean));
    let id = view.instrument().paradox(score.paradox).id.clone();
    let open = Callback::from(move |event: yew::MouseEvent| {
        if let Some(button) = event.target_dyn_into::<Element>() {
            focus::open_details(&button, &id);
        }
    });
    html! {
        <div class="readout" data-readout="">
            <p>
                <strong>{ axis(shown, shown.number(score.paradox).saturating_sub(1), score).words }</strong>
                if let Some(said) = said { { ": " }{ said } }
            </p>
            <button type="button" class="plain" data-action="more" onclick={open}>{ view.t("ui.radar.more") }</button>
        </div>
    }
}

fn picture(drawn: &Drawn, size: Size) -> Html {
    let axes: Vec<AxisSpec<'_>> = drawn
        .axes
        .iter()
        .map(|axis| AxisSpec {
            label_a: &axis.a,
            label_b: &axis.b,
            a: axis.score_a,
            b: axis.score_b,
            both_and: axis.both_and,
        })
        .collect();
    let sectors: Vec<SectorSpec<'_>> =
        drawn.sectors.iter().map(|(name, axes)| SectorSpec { name, axes: *axes }).collect();
    let geometry = radar(&RadarSpec { width: size.width, font: size.font, axes: &axes, sectors: &sectors });
    let n = path::number;
    let (width, height) = (n(geometry.width), n(geometry.height));
    let list = (geometry.layout == Layout::Compact).then(|| names(drawn));
    html! {
        <>
            <svg class="radar-chart" role="listbox" aria-label={drawn.label.clone()} width={width.clone()}
                height={height.clone()} viewBox={["0 0 ", &width, " ", &height].concat()}
                font-size={n(size.font)}>
                { background(drawn, &geometry) }
                { outlines(&geometry) }
                { for drawn.axes.iter().zip(&geometry.axes).enumerate().map(|(index, (axis, at))| {
                    option(drawn, index, axis, at, geometry.number_font)
                }) }
            </svg>
            { list }
        </>
    }
}

fn background(drawn: &Drawn, geometry: &RadarGeometry) -> Html {
    let n = path::number;
    let sector = |sector: &SectorGeometry| {
        let along = ["radar-name-", &sector.index.to_string()].concat();
        let name = drawn.sectors.get(sector.index).map_or("", |(name, _)| name);
        html! {
            <g key={sector.index} class={["sector tint-", &sector.tint.to_string()].concat()}>
                <path class="wedge" d={sector.wedge.clone()} />
                <path class="band" d={sector.band.clone()} />
                if let Some(text) = &sector.name {
                    <path id={along.clone()} class="along" d={text.path.clone()} />
                    <text class="sector-name" font-size={n(text.font)} text-anchor="middle">
                        <textPath href={["#", &along].concat()} startOffset="50%">{ name.to_owned() }</textPath>
                    </text>
                }
            </g>
        }
    };
    let ring = |ring: &Ring| {
        html! { <path key={ring.value} class="scale-ring" d={ring.path.clone()} /> }
    };
    html! {
        <g aria-hidden="true">
            { for geometry.sectors.iter().map(sector) }
            { for geometry.rings.iter().map(ring) }
            { for geometry.axes.iter().map(|axis| html! { <path class="axis-line" d={axis.line.clone()} /> }) }
        </g>
    }
}

fn outlines(geometry: &RadarGeometry) -> Html {
    let outline = |outline: &Outline, class: &'static str, closed: &'static str| {
        html! { <path class={if outline.closed { closed } else { class }} d={outline.path.clone()} /> }
    };
    let n = path::number;
    let figure = |ring: &Ring| {
        ring.label.map(|at| {
            html! {
                <text class="scale-figure" x={n(at.x)} y={n(at.y)} font-size={n(geometry.scale_font)}
                    text-anchor="middle">{ ring.value }</text>
            }
        })
    };
    // The hub covers the core: a score of 0 lies on its edge, and what is inside means nothing.
    let hub = geometry.rings.first().map(|ring| html! { <path class="hub" d={ring.path.clone()} /> });
    html! {
        <g aria-hidden="true">
            { outline(&geometry.core, "core-line", "core") }
            { hub }
            { for geometry.rings.iter().filter_map(figure) }
            { outline(&geometry.outline_a, "line-a", "line-a") }
            { outline(&geometry.outline_b, "line-b", "line-b") }
        </g>
    }
}

/// One axis: what a pointer, a finger or the keyboard reaches, and what a screen reader says.
fn option(drawn: &Drawn, index: usize, axis: &Axis, geometry: &AxisGeometry, number_font: f64) -> Html {
    let n = path::number;
    let selected = drawn.pointed == Some(axis.paradox);
    let reachable = selected || (drawn.pointed.is_none() && index == 0);
    let point = AppMsg::Pointed(axis.paradox);
    let at = |msg: &AppMsg| {
        let msg = msg.clone();
        drawn.send.reform(move |()| msg.clone())
    };
    let (on_focus, on_click, on_over) = (at(&point), at(&point), at(&point));
    html! {
        <g key={index} class="axis" role="option" aria-selected={selected.to_string()} aria-label={axis.words.clone()}
            tabindex={if reachable { "0" } else { "-1" }} data-axis={index.to_string()}
            onfocus={on_focus.reform(|_| ())} onclick={on_click.reform(|_| ())}
            onpointerover={on_over.reform(|_| ())} onkeydown={on_key(drawn.axes.len())}>
            <path class="hit" d={geometry.hit.clone()} />
            <path class="axis-focus" d={geometry.focus.clone()} />
            <text class="axis-number" x={n(geometry.number.x)} y={n(geometry.number.y)} text-anchor="middle"
                font-size={n(number_font)}>{ index + 1 }
            </text>
            if let Some(label) = &geometry.label { { names_at(label) } }
            if let Some(mark) = &geometry.mark_a { <path class="mark-a" d={mark.path.clone()} /> }
            if let Some(mark) = &geometry.mark_b { <path class="mark-b" d={mark.path.clone()} /> }
        </g>
    }
}

fn names_at(label: &Label) -> Html {
    let n = path::number;
    let block = |block: &LabelBlock, mark: &'static str| {
        html! {
            <>
                <path class={mark} d={block.mark.path.clone()} />
                { for block.lines.iter().map(|line| html! {
                    <text class="axis-label" x={n(line.at.x)} y={n(line.at.y)}
                        text-anchor={label.anchor.as_str()}>{ line.text.clone() }</text>
                }) }
            </>
        }
    };
    html! { <>{ block(&label.a, "mark-a") }{ block(&label.b, "mark-b") }</> }
}

/// In a narrow box the names stand below the circle, under the same numbers.
fn names(drawn: &Drawn) -> Html {
    let entry = |axis: &Axis| {
        let msg = AppMsg::Pointed(axis.paradox);
        let point = drawn.send.reform(move |_: yew::MouseEvent| msg.clone());
        html! {
            <li key={axis.paradox.index()}>
                <button type="button" class="axis-entry" onclick={point}>{ axis.pair.clone() }</button>
            </li>
        }
    };
    html! { <ol class="axis-names">{ for drawn.axes.iter().map(entry) }</ol> }
}

/// Arrow keys walk along the axes, Home and End go to the first and the last.
fn on_key(count: usize) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let Some(axis) = event.target_dyn_into::<Element>() else { return };
        let Some(index) = axis.get_attribute("data-axis").and_then(|index| index.parse::<usize>().ok()) else {
            return;
        };
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => (index + 1) % count,
            "ArrowLeft" | "ArrowUp" => (index + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        let selector = ["[data-axis=\"", &next.to_string(), "\"]"].concat();
        let Some(svg) = axis.parent_element() else { return };
        if let Ok(Some(next)) = svg.query_selector(&selector) {
            // `focus` belongs to SVG elements as well; the binding only knows it of HTML elements.
            let _ = next.unchecked_ref::<HtmlElement>().focus();
        }
    })
}
