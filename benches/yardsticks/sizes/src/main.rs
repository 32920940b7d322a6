//! The smallest program that uses what its features name; the bench measures it feature by feature.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn log(text: &str);
}

#[cfg(not(feature = "yew"))]
fn main() {
    log("nothing but wasm-bindgen");
}

#[cfg(feature = "yew")]
fn main() {
    yew::Renderer::<app::App>::new().render();
}

#[cfg(feature = "yew")]
mod app {
    use yew::prelude::*;

    #[component]
    pub fn App() -> Html {
        let count = use_state(|| 0);
        let onclick = {
            let count = count.clone();
            Callback::from(move |_: MouseEvent| count.set(*count + 1))
        };
        html! { <button {onclick}>{ text(*count) }</button> }
    }

    #[cfg(not(feature = "serde_json"))]
    fn text(count: i32) -> String {
        #[cfg(feature = "gloo")]
        listen();
        count.to_string()
    }

    /// Reads and writes JSON, as the instrument and the result file do.
    #[cfg(feature = "serde_json")]
    fn text(count: i32) -> String {
        listen();
        let read: serde_json::Value = serde_json::from_str(&format!("{{\"count\":{count}}}")).unwrap_or_default();
        serde_json::to_string_pretty(&read).unwrap_or_default()
    }

    #[cfg(feature = "gloo")]
    fn listen() {
        let window = gloo::utils::window();
        gloo::events::EventListener::new(&window, "storage", |_| super::log("storage")).forget();
        gloo::timers::callback::Timeout::new(10, || super::log("later")).forget();
    }
}
