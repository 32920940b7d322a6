//! A box that knows how wide it is and how large its letters are, and draws its content for that. Charts need it:
//! labels wrap by real pixels, also when someone enlarges the text only.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::{Callback, Component, Context, Html, NodeRef, Properties, html};

/// Width of the box and size of its letters, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Size {
    /// Inner width.
    pub(crate) width: f64,
    /// Font size.
    pub(crate) font: f64,
}

/// What the box draws, given its size.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct MeasuredProps {
    /// Class of the box.
    pub(crate) class: &'static str,
    /// Draws the content.
    pub(crate) draw: Callback<Size, Html>,
}

/// The box.
pub(crate) struct Measured {
    node: NodeRef,
    size: Option<Size>,
    observer: Option<(ResizeObserver, Closure<dyn FnMut()>)>,
}

impl Component for Measured {
    type Message = ();
    type Properties = MeasuredProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self { node: NodeRef::default(), size: None, observer: None }
    }

    fn update(&mut self, _ctx: &Context<Self>, (): ()) -> bool {
        let size = self.node.cast::<Element>().and_then(|element| measure(&element));
        let changed = size.is_some() && size != self.size;
        self.size = size.or(self.size);
        changed
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let MeasuredProps { class, draw } = ctx.props();
        let content = self.size.map(|size| draw.emit(size));
        html! { <div ref={&self.node} class={*class}>{ content }</div> }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if !first_render {
            return;
        }
        let Some(element) = self.node.cast::<Element>() else { return };
        let link = ctx.link().clone();
        let changed = Closure::<dyn FnMut()>::new(move || link.send_message(()));
        if let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&element);
            self.observer = Some((observer, changed));
        }
        ctx.link().send_message(());
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        if let Some((observer, _)) = self.observer.take() {
            observer.disconnect();
        }
    }
}

fn measure(element: &Element) -> Option<Size> {
    let width = f64::from(element.client_width());
    let style = gloo::utils::window().get_computed_style(element).ok().flatten()?;
    let font = style.get_property_value("font-size").ok()?;
    let font = js_sys::parse_float(&font);
    (width > 0.0 && font > 0.0).then_some(Size { width, font })
}
