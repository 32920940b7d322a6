//! How many requests were made since the assessment was ready: the proof that nothing is sent, counted by the browser
//! itself.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

/// The moment, on the browser's own clock of this page.
pub(crate) fn now() -> f64 {
    gloo::utils::window().performance().map_or(0.0, |performance| performance.now())
}

/// How many requests the page made after that moment; what only reads the page's own memory is none.
pub(crate) fn since(moment: f64) -> usize {
    let Some(performance) = gloo::utils::window().performance() else { return 0 };
    let entries: Array = performance.get_entries_by_type("resource");
    entries.iter().filter(|entry| is_request(entry, moment)).count()
}

fn is_request(entry: &JsValue, moment: f64) -> bool {
    let field = |name: &str| Reflect::get(entry, &name.into()).ok();
    let name = field("name").and_then(|name| name.as_string()).unwrap_or_default();
    let start = field("startTime").and_then(|start| start.as_f64()).unwrap_or(0.0);
    start > moment && !name.starts_with("data:") && !name.starts_with("blob:")
}
