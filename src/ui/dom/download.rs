//! Handing a file to the person: the browser's own download, from memory, without any request.

use gloo::file::{Blob, ObjectUrl};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;

/// How long a browser may take to fetch what it was handed, in milliseconds.
const UNTIL_FETCHED: u32 = 60_000;

/// Offers a text as a file. Returns whether the browser took it.
pub(crate) fn text(name: &str, kind: &str, text: &str) -> bool {
    blob(name, &Blob::new_with_options(text, Some(kind)))
}

/// Offers some bytes as a file. Returns whether the browser took it.
pub(crate) fn blob(name: &str, blob: &Blob) -> bool {
    let address = ObjectUrl::from(blob.clone());
    let link = gloo::utils::document().create_element("a").ok();
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else {
        return false;
    };
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // An address that is given up too early gives an empty file in some browsers.
    Timeout::new(UNTIL_FETCHED, move || drop(address)).forget();
    true
}
