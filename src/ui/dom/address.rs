//! The page's address: what a link brought along after `#`, and how a link to here is made.

use wasm_bindgen::JsValue;

/// What every link code begins with.
const MARK: &str = "#r=";

/// Takes a link code out of the address, so that it doesn't stay in the bar, in a bookmark or in the history.
pub(crate) fn take_code() -> Option<String> {
    let window = gloo::utils::window();
    let location = window.location();
    let fragment = location.hash().ok()?;
    let code = fragment.strip_prefix(MARK)?.to_owned();
    if let (Ok(history), Ok(path), Ok(query)) = (window.history(), location.pathname(), location.search()) {
        // On `file:` some browsers allow no other address at all; then it stays, and nothing is lost.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&[path, query].concat()));
    }
    Some(code)
}

/// The address of this page with a code; `None` where nobody else could open it.
pub(crate) fn link(code: &str) -> Option<String> {
    let location = gloo::utils::window().location();
    let address = location.href().ok()?;
    let address = address.split('#').next()?;
    address.starts_with("http").then(|| [address, MARK, code].concat())
}
