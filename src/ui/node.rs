//! Building elements by plain calls: `el("p", "lead").text(words)`.
//!
//! Yew's `html!` writes the construction of every element out in place; for our screens that came to some 40 KB of
//! the download. The same elements built through these few functions, which the compiler keeps apart, come to a
//! third of it, and the differ underneath is Yew's all the same.

use std::rc::Rc;

use yew::virtual_dom::{AttrValue, Key, Listener, ListenerKind, VNode, VTag, VText};
use yew::{Callback, Html, NodeRef};

use super::AppMsg;

/// An element under construction.
pub(super) struct Node(Box<VTag>);

/// An element with a class; `""` for none.
#[inline(never)]
pub(super) fn el(tag: &'static str, class: &'static str) -> Node {
    let mut tag = Box::new(VTag::new(tag));
    if !class.is_empty() {
        tag.add_attribute("class", class);
    }
    Node(tag)
}

/// An element that holds a text and nothing else.
#[inline(never)]
pub(super) fn leaf(tag: &'static str, class: &'static str, text: &str) -> Node {
    el(tag, class).text(text)
}

/// One element for each thing, in order.
pub(super) fn each<T>(things: impl IntoIterator<Item = T>, node: impl FnMut(T) -> Node) -> Vec<Node> {
    things.into_iter().map(node).collect()
}

impl Node {
    /// An attribute with a fixed value.
    #[inline(never)]
    pub(super) fn attr(mut self, name: &'static str, value: &'static str) -> Self {
        self.0.add_attribute(name, value);
        self
    }

    /// An attribute with a computed value.
    #[inline(never)]
    pub(super) fn set(mut self, name: &'static str, value: &str) -> Self {
        self.0.add_attribute(name, AttrValue::Rc(value.into()));
        self
    }

    /// A text in it.
    #[inline(never)]
    pub(super) fn text(mut self, text: &str) -> Self {
        self.0.add_child(VNode::from(VText::new(AttrValue::Rc(text.into()))));
        self
    }

    /// An element in it.
    #[inline(never)]
    pub(super) fn add(mut self, child: Node) -> Self {
        self.0.add_child(child.end());
        self
    }

    /// An element in it, if there is one.
    #[inline(never)]
    pub(super) fn maybe(self, child: Option<Node>) -> Self {
        match child {
            Some(child) => self.add(child),
            None => self,
        }
    }

    /// Elements in it.
    #[inline(never)]
    pub(super) fn all(mut self, children: Vec<Node>) -> Self {
        for child in children {
            self.0.add_child(child.end());
        }
        self
    }

    /// What tells it from its neighbours when a list changes.
    #[inline(never)]
    pub(super) fn key(mut self, key: usize) -> Self {
        self.0.key = Some(Key::from(key));
        self
    }

    /// Lets the root find the element in the page.
    pub(super) fn node_ref(mut self, node_ref: &NodeRef) -> Self {
        self.0.node_ref = node_ref.clone();
        self
    }

    /// Whether a radio is chosen.
    pub(super) fn checked(mut self, checked: bool) -> Self {
        self.0.set_checked(checked);
        self
    }

    /// The value of an input.
    pub(super) fn value(mut self, value: &str) -> Self {
        self.0.set_value(Some(AttrValue::Rc(value.into())));
        self
    }

    /// What the root hears when this happens.
    #[inline(never)]
    pub(super) fn says(mut self, kind: ListenerKind, send: &Callback<AppMsg>, msg: AppMsg) -> Self {
        self.0.add_listener(Rc::new(Says { kind, send: send.clone(), msg }));
        self
    }

    /// What is done when this happens.
    #[inline(never)]
    pub(super) fn does(mut self, kind: ListenerKind, act: Rc<dyn Fn(web_sys::Event)>) -> Self {
        self.0.add_listener(Rc::new(Does { kind, act }));
        self
    }

    /// The finished element.
    #[inline(never)]
    pub(super) fn end(self) -> Html {
        VNode::from(*self.0)
    }
}

/// Tells the root one thing, whenever it happens.
struct Says {
    kind: ListenerKind,
    send: Callback<AppMsg>,
    msg: AppMsg,
}

impl Listener for Says {
    fn kind(&self) -> ListenerKind {
        self.kind.clone()
    }

    fn handle(&self, _event: web_sys::Event) {
        self.send.emit(self.msg.clone());
    }

    fn passive(&self) -> bool {
        false
    }
}

/// Looks at the event itself.
struct Does {
    kind: ListenerKind,
    act: Rc<dyn Fn(web_sys::Event)>,
}

impl Listener for Does {
    fn kind(&self) -> ListenerKind {
        self.kind.clone()
    }

    fn handle(&self, event: web_sys::Event) {
        (self.act)(event);
    }

    fn passive(&self) -> bool {
        false
    }
}
