//! How wide the widget is and how large its letters are. Charts need it: labels wrap by real pixels, also when someone
//! enlarges the text only.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::{Callback, NodeRef};

/// Width of the widget and size of its letters, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Size {
    /// Inner width.
    pub(crate) width: f64,
    /// Font size.
    pub(crate) font: f64,
}

/// Watches the size for as long as it lives.
pub(crate) struct Watch {
    observer: ResizeObserver,
    _changed: Closure<dyn FnMut()>,
}

impl Watch {
    /// Tells the size now, and whenever it changes.
    pub(crate) fn start(node: &NodeRef, tell: Callback<Size>) -> Option<Self> {
        let element = node.cast::<Element>()?;
        tell.emit(measure(&element)?);
        let watched = element.clone();
        let changed = Closure::<dyn FnMut()>::new(move || {
            let (watched, tell) = (watched.clone(), tell.clone());
            // In a task of its own: what is drawn anew at once would change the height before the browser has told of
            // the width, and the host page would hear of that as an error.
            let later = Timeout::new(0, move || {
                if let Some(size) = measure(&watched) {
                    tell.emit(size);
                }
            });
            later.forget();
        });
        let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        observer.observe(&element);
        Some(Self { observer, _changed: changed })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

fn measure(element: &Element) -> Option<Size> {
    let width = f64::from(element.client_width());
    let style = gloo::utils::window().get_computed_style(element).ok().flatten()?;
    let font = js_sys::parse_float(&style.get_property_value("font-size").ok()?);
    (width > 0.0 && font > 0.0).then_some(Size { width, font })
}
