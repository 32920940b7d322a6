//! The page's address: what a link brought along after `#`, and how a link to here is made.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

/// What every link code begins with.
const MARK: &str = "#r=";

/// The attribute that says which code an element left to others.
const LEFT: &str = "data-left";

/// Whether a link brought a code along.
pub(crate) fn brings_code() -> bool {
    gloo::utils::window().location().hash().is_ok_and(|fragment| fragment.starts_with(MARK))
}

/// The link code in the address.
pub(crate) fn code() -> Option<String> {
    let fragment = gloo::utils::window().location().hash().ok()?;
    fragment.strip_prefix(MARK).map(str::to_owned)
}

/// Notes in `root`, the outermost box of the element `host`, that it left this code to others. Returns whether there is any
/// in the page that didn't look at it yet.
pub(crate) fn leave(code: &str, host: &HtmlElement, root: &Element) -> bool {
    let mark = mark(code);
    let _ = root.set_attribute(LEFT, mark);
    let Ok(others) = gloo::utils::document().query_selector_all(&host.local_name()) else { return false };
    let looked = |other: &Element| {
        let root = other.shadow_root().and_then(|root| root.query_selector(".app").ok()?);
        root.and_then(|root| root.get_attribute(LEFT)).is_some_and(|left| left == mark)
    };
    let mut others = (0..others.length()).filter_map(|index| others.get(index)?.dyn_into().ok());
    others.any(|other| !looked(&other))
}

/// What tells a code from another and nothing of what it holds: the end of it, which is its checksum.
fn mark(code: &str) -> &str {
    let start = code.char_indices().rev().nth(5).map_or(0, |(start, _)| start);
    &code[start..]
}

/// Takes the link code out of the address, so that it doesn't stay in the bar, in a bookmark or in the history.
pub(crate) fn scrub() {
    let window = gloo::utils::window();
    let location = window.location();
    if let (Ok(history), Ok(path), Ok(query)) = (window.history(), location.pathname(), location.search()) {
        // On `file:` some browsers allow no other address at all; then it stays, and nothing is lost.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&[path, query].concat()));
    }
}

/// The address of this page with a code; `None` where nobody else could open it.
pub(crate) fn link(code: &str) -> Option<String> {
    let location = gloo::utils::window().location();
    let address = location.href().ok()?;
    let address = address.split('#').next()?;
    address.starts_with("http").then(|| [address, MARK, code].concat())
}
