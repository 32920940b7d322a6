//! Moving the focus with care: without a jump when the target is in view, and to the top of the widget when a new
//! screen would begin above the window.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};
use yew::NodeRef;

/// Focuses the heading of a new screen and brings the top of the widget into view when it is above it.
pub(crate) fn heading(root: &NodeRef, heading: &NodeRef) {
    if let Some(root) = root.cast::<Element>().filter(|root| root.get_bounding_client_rect().top() < 0.0) {
        root.scroll_into_view();
    }
    if let Some(heading) = heading.cast::<HtmlElement>() {
        without_scrolling(&heading);
    }
}

/// Lets the root hold the focus while one screen makes place for another. A browser that has to remove the focused
/// element itself first lays out the page, old screen and new, to find out where the focus goes.
pub(crate) fn park(root: &NodeRef) {
    if let Some(root) = root.cast::<HtmlElement>() {
        without_scrolling(&root);
    }
}

/// Focuses the first answer of an item, or its chosen one, in the middle of the window.
pub(crate) fn item(root: &NodeRef, id: &str) {
    let Some(root) = root.cast::<Element>() else { return };
    let find = |end: &str| {
        let selector = ["fieldset[data-item=\"", id, "\"] input", end].concat();
        root.query_selector(&selector).ok().flatten()
    };
    let Some(input) = find(":checked").or_else(|| find("")) else { return };
    if let Ok(input) = input.dyn_into::<HtmlElement>() {
        let _ = input.focus();
    }
}

/// Focuses the first element that fits a selector.
pub(crate) fn first(root: &NodeRef, selector: &str) {
    let found = root.cast::<Element>().and_then(|root| root.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Brings a heading further down into view and gives it the focus.
pub(crate) fn to(root: &NodeRef, selector: &str) {
    first(root, selector);
    let found = root.cast::<Element>().and_then(|root| root.query_selector(selector).ok().flatten());
    if let Some(element) = found {
        element.scroll_into_view();
    }
}

/// Opens the details of a paradox on the same screen and focuses their summary.
pub(crate) fn open_details(from: &Element, paradox: &str) {
    let Ok(Some(screen)) = from.closest(".result") else { return };
    let selector = ["details[data-paradox=\"", paradox, "\"]"].concat();
    let Ok(Some(details)) = screen.query_selector(&selector) else { return };
    let _ = details.set_attribute("open", "");
    let summary = details.first_element_child().and_then(|summary| summary.dyn_into::<HtmlElement>().ok());
    if let Some(summary) = summary {
        let _ = summary.focus();
        summary.scroll_into_view();
    }
}

fn without_scrolling(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}
