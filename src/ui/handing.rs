//! Handing something in: a place where files are dropped or picked. What is dragged as a text is taken as well, such as
//! a link.

use std::rc::Rc;

use gloo::file::FileList;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, HtmlInputElement, HtmlTextAreaElement};
use yew::Callback;
use yew::virtual_dom::ListenerKind;

use super::AppMsg;
use super::node::{Node, el, leaf};
use super::parts::{self, View};

/// What someone handed in.
pub(super) enum Brought {
    /// Files, not read yet.
    Files(FileList),
    /// A text that was dropped.
    Text(String),
}

/// The place itself.
pub(super) struct Zone {
    /// The key of the words beside it.
    pub(super) drop: &'static str,
    /// The key of the name of the field for picking.
    pub(super) pick: &'static str,
    /// The name of that field in the page.
    pub(super) field: &'static str,
    /// The kinds of files it offers.
    pub(super) accept: &'static str,
    /// Whether it takes several.
    pub(super) several: bool,
    /// What the root hears of it, in order.
    pub(super) heard: fn(Brought) -> Vec<AppMsg>,
}

pub(super) fn zone(view: &View<'_>, zone: &Zone) -> Node {
    let input = el("input", "")
        .attr("type", "file")
        .attr("accept", zone.accept)
        .attr("data-field", zone.field)
        .does(ListenerKind::onchange, picked(&view.send, zone.heard));
    let input = if zone.several { input.attr("multiple", "") } else { input };
    el("div", "drop")
        .attr("data-drop", "")
        .does(ListenerKind::ondragover, Rc::new(|event: Event| event.prevent_default()))
        .does(ListenerKind::ondrop, dropped(&view.send, zone.heard))
        .add(leaf("p", "", view.t(zone.drop)))
        .add(parts::field("field", view.t(zone.pick), input))
}

fn picked(send: &Callback<AppMsg>, heard: fn(Brought) -> Vec<AppMsg>) -> Rc<dyn Fn(Event)> {
    let send = send.clone();
    Rc::new(move |event: Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        if let Some(files) = input.files() {
            for msg in heard(Brought::Files(files.into())) {
                send.emit(msg);
            }
        }
        // The same file may be picked again once it was changed.
        input.set_value("");
    })
}

fn dropped(send: &Callback<AppMsg>, heard: fn(Brought) -> Vec<AppMsg>) -> Rc<dyn Fn(Event)> {
    let send = send.clone();
    Rc::new(move |event: Event| {
        let Some(event) = event.dyn_ref::<DragEvent>() else { return };
        event.prevent_default();
        let Some(brought) = brought(event) else { return };
        for msg in heard(brought) {
            send.emit(msg);
        }
    })
}

/// What is dropped.
pub(super) fn brought(event: &DragEvent) -> Option<Brought> {
    let data = event.data_transfer()?;
    Some(match data.files().filter(|files| files.length() > 0) {
        Some(files) => Brought::Files(files.into()),
        None => Brought::Text(data.get_data("text/plain").unwrap_or_default()),
    })
}

/// Whether it is a text that is dragged into a field, which takes it by itself. Before they are dropped, files are told
/// by what is dragged alone.
pub(super) fn is_for_field(event: &DragEvent) -> bool {
    let files = event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0));
    let target = event.composed_path().get(0);
    !files && (target.has_type::<HtmlTextAreaElement>() || target.has_type::<HtmlInputElement>())
}
