//! What the host page hears: events of the element, which bubble and cross shadow roots.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// Tells the host page of something, as the event `equipoise-` with that name.
pub(crate) fn tell(host: &HtmlElement, name: &str, detail: &[(&str, JsValue)]) {
    let object = Object::new();
    for (key, value) in detail {
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&object);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(&["equipoise-", name].concat(), &init) {
        let _ = host.dispatch_event(&event);
    }
}
