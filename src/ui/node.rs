//! Building elements by plain calls: `el("p", "lead").text(words)`.
//!
//! Yew's `html!` writes the construction of every element out in place; for our screens that came to some 40 KB of
//! the download. The same elements built through these few functions, which the compiler keeps apart, come to a
//! third of it, and the differ underneath is Yew's all the same.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;
use yew::virtual_dom::{
    AttrValue, AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VNode, VTag, VText,
};
use yew::{Callback, Html, NodeRef};

use super::AppMsg;

/// An element under construction.
pub(super) struct Node(Box<Draft>);

struct Draft {
    tag: VTag,
    names: Vec<&'static str>,
    values: Vec<Option<AttributeOrProperty>>,
}

thread_local! {
    /// Every sequence of attribute names that was used, each once. Yew compares two elements' attributes value by
    /// value when they have the very same list of names, and goes by way of two hash maps when they don't.
    static NAMES: RefCell<Vec<&'static [&'static str]>> = const { RefCell::new(Vec::new()) };
}

/// The one list of these names. There are as many as there are kinds of elements in the code, some sixty, so the
/// memory that they keep is bounded.
fn shared(names: &[&'static str]) -> &'static [&'static str] {
    NAMES.with_borrow_mut(|known| {
        if let Some(&list) = known.iter().find(|list| **list == names) {
            return list;
        }
        let list: &'static [&'static str] = Box::leak(names.into());
        known.push(list);
        list
    })
}

/// The classes that a host page can style as `::part()`, under the same names; docs/embedding.md lists them.
const PARTS: [&str; 12] = [
    "bar",
    "box",
    "foot",
    "form-card",
    "item",
    "language",
    "lead",
    "notice",
    "option",
    "plain",
    "primary",
    "secondary",
];

/// An element with a class; `""` for none.
#[inline(never)]
pub(super) fn el(tag: &'static str, class: &'static str) -> Node {
    let draft = Draft { tag: VTag::new(tag), names: Vec::with_capacity(4), values: Vec::with_capacity(4) };
    let node = Node(Box::new(draft));
    if class.is_empty() {
        return node;
    }
    let node = node.attr("class", class);
    if PARTS.contains(&class) { node.attr("part", class) } else { node }
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
    pub(super) fn attr(self, name: &'static str, value: &'static str) -> Self {
        self.put(name, AttrValue::Static(value))
    }

    /// An attribute with a computed value.
    #[inline(never)]
    pub(super) fn set(self, name: &'static str, value: &str) -> Self {
        self.put(name, AttrValue::Rc(value.into()))
    }

    fn put(mut self, name: &'static str, value: AttrValue) -> Self {
        self.0.names.push(name);
        self.0.values.push(Some(AttributeOrProperty::Attribute(value)));
        self
    }

    /// A text in it.
    #[inline(never)]
    pub(super) fn text(mut self, text: &str) -> Self {
        self.0.tag.add_child(VNode::from(VText::new(AttrValue::Rc(text.into()))));
        self
    }

    /// An element in it.
    #[inline(never)]
    pub(super) fn add(mut self, child: Node) -> Self {
        self.0.tag.add_child(child.end());
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
            self.0.tag.add_child(child.end());
        }
        self
    }

    /// What tells it from its neighbours when a list changes.
    #[inline(never)]
    pub(super) fn key(mut self, key: usize) -> Self {
        self.0.tag.key = Some(Key::from(key));
        self
    }

    /// Lets the root find the element in the page.
    pub(super) fn node_ref(mut self, node_ref: &NodeRef) -> Self {
        self.0.tag.node_ref = node_ref.clone();
        self
    }

    /// Whether a radio is chosen.
    pub(super) fn checked(mut self, checked: bool) -> Self {
        self.0.tag.set_checked(checked);
        self
    }

    /// The value of an input.
    pub(super) fn value(mut self, value: &str) -> Self {
        self.0.tag.set_value(Some(AttrValue::Rc(value.into())));
        self
    }

    /// What the root hears when this happens.
    #[inline(never)]
    pub(super) fn says(mut self, kind: ListenerKind, send: &Callback<AppMsg>, msg: AppMsg) -> Self {
        self.0.tag.add_listener(Rc::new(Says { kind, send: send.clone(), msg }));
        self
    }

    /// What the root hears of the text in a field, when this happens.
    #[inline(never)]
    pub(super) fn hears(
        mut self,
        kind: ListenerKind,
        send: &Callback<AppMsg>,
        msg: Rc<dyn Fn(String) -> AppMsg>,
    ) -> Self {
        self.0.tag.add_listener(Rc::new(Hears { kind, send: send.clone(), msg }));
        self
    }

    /// What is done when this happens.
    #[inline(never)]
    pub(super) fn does(mut self, kind: ListenerKind, act: Rc<dyn Fn(web_sys::Event)>) -> Self {
        self.0.tag.add_listener(Rc::new(Does { kind, act }));
        self
    }

    /// The finished element.
    #[inline(never)]
    pub(super) fn end(self) -> Html {
        let Draft { mut tag, names, values } = *self.0;
        tag.set_attributes(Attributes::Dynamic { keys: shared(&names), values: values.into() });
        VNode::from(tag)
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

/// Tells the root what stands in the field.
struct Hears {
    kind: ListenerKind,
    send: Callback<AppMsg>,
    msg: Rc<dyn Fn(String) -> AppMsg>,
}

impl Listener for Hears {
    fn kind(&self) -> ListenerKind {
        self.kind.clone()
    }

    fn handle(&self, event: web_sys::Event) {
        let Some(field) = event.target() else { return };
        // Inputs, text areas and selections all have a value, each by a type of its own.
        let value = Reflect::get(&field, &"value".into()).ok().and_then(|value| value.as_string());
        if let Some(value) = value {
            self.send.emit((self.msg)(value));
        }
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
