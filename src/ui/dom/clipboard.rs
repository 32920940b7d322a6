//! Putting something on the clipboard. On a page without https there is no clipboard to ask, so the older way of a
//! selected text is tried too; a picture has no older way.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Clipboard, ClipboardItem, Element, HtmlDocument, HtmlTextAreaElement};

/// Copies a text. Returns whether it is on the clipboard.
pub(crate) async fn text(near: &Element, text: &str) -> bool {
    if let Some(clipboard) = clipboard()
        && JsFuture::from(clipboard.write_text(text)).await.is_ok()
    {
        return true;
    }
    selected(near, text).unwrap_or(false)
}

/// Whether pictures can be copied here at all.
pub(crate) fn takes_pictures() -> bool {
    let known = Reflect::has(&gloo::utils::window(), &"ClipboardItem".into());
    clipboard().is_some() && known.unwrap_or(false)
}

/// Offers a picture that is still being made: a promise of a PNG. `None` when pictures can't be copied here.
pub(crate) fn offer(png: &Promise) -> Option<Promise> {
    let clipboard = clipboard()?;
    let record = Object::new();
    Reflect::set(&record, &"image/png".into(), png).ok()?;
    let item = ClipboardItem::new_with_record_from_str_to_blob_promise(&record).ok()?;
    Some(clipboard.write(&Array::of1(&item)))
}

/// Waits for what was offered. Returns whether it is on the clipboard.
pub(crate) async fn is_taken(offered: Option<Promise>) -> bool {
    match offered {
        Some(written) => JsFuture::from(written).await.is_ok(),
        None => false,
    }
}

/// `None` where there is none, which the binding takes for impossible.
fn clipboard() -> Option<Clipboard> {
    let navigator = gloo::utils::window().navigator();
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok()?;
    clipboard.dyn_into::<Clipboard>().ok()
}

/// Selects the text in a field made for it and lets the browser copy the selection.
fn selected(near: &Element, text: &str) -> Result<bool, JsValue> {
    let document = gloo::utils::document();
    let field: HtmlTextAreaElement = document.create_element("textarea")?.unchecked_into();
    field.set_class_name("quiet");
    field.set_value(text);
    near.append_child(&field)?;
    field.select();
    let copied = document.unchecked_into::<HtmlDocument>().exec_command("copy");
    field.remove();
    copied
}
