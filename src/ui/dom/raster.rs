//! From a drawing to a picture of pixels: the browser draws it on a canvas that is in no page.

use gloo::file::Blob;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// A PNG of an SVG, of so many pixels.
///
/// # Errors
/// When the browser or the page's policy refuses: `img-src data:` is needed.
pub(crate) async fn png(svg: &str, width: u32, height: u32) -> Result<Blob, JsValue> {
    let image = HtmlImageElement::new()?;
    let address =
        ["data:image/svg+xml;charset=utf-8,", &String::from(js_sys::encode_uri_component(svg))].concat();
    image.set_src(&address);
    JsFuture::from(image.decode()).await?;
    let canvas: HtmlCanvasElement = gloo::utils::document().create_element("canvas")?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into::<CanvasRenderingContext2d>();
    let (wide, high) = (f64::from(width), f64::from(height));
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, wide, high)?;
    let made = JsFuture::from(encoded(&canvas)).await?;
    made.dyn_into::<web_sys::Blob>().map(Blob::from)
}

/// The canvas as PNG; resolves to `null` when it can't be encoded.
fn encoded(canvas: &HtmlCanvasElement) -> Promise {
    Promise::new(&mut |resolve: Function, reject: Function| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        if canvas.to_blob(done.unchecked_ref()).is_err() {
            let _ = reject.call0(&JsValue::NULL);
        }
    })
}
