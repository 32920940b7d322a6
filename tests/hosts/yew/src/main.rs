//! A page of somebody else's, made with Yew: buttons that count, around an element that is drawn by another program of
//! Yew's. Both number their listeners and their parts from one, so they would take each other's for their own.

use yew::{Html, Renderer, component, html, use_state};

/// Counts clicks on its own button, on the box around everything, and how often the element is shown.
#[component]
fn Host() -> Html {
    let own = use_state(|| 0);
    let around = use_state(|| 0);
    let shown = use_state(|| true);
    let on_own = {
        let own = own.clone();
        move |_| own.set(*own + 1)
    };
    let on_around = {
        let around = around.clone();
        move |_| around.set(*around + 1)
    };
    let on_toggle = {
        let shown = shown.clone();
        move |_| shown.set(!*shown)
    };
    html! {
        <div onclick={on_around}>
            <button id="own" onclick={on_own}>{ "Count" }</button>
            <button id="toggle" onclick={on_toggle}>{ "Show or hide" }</button>
            <output id="counts">{ format!("{} {}", *own, *around) }</output>
            if *shown {
                <equipoise-assessment lang="en" storage-key="in-yew" />
            }
        </div>
    }
}

fn main() {
    Renderer::<Host>::new().render();
}
