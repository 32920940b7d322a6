//! What the screens share: the state they are drawn from, the bar on top, notices, and small pieces.

use std::rc::Rc;

use yew::virtual_dom::ListenerKind;
use yew::{Callback, NodeRef};

use super::AppMsg;
use super::deepen::Modules;
use super::desk::{Aside, Desk, DeskMsg, Made};
use super::dom::size::Size;
use super::node::{Node, each, el, leaf};
use crate::embed::{Config, Mode, Storage};
use crate::history::History;
use crate::i18n::{LANGUAGES, Texts};
use crate::instrument::{FormIx, Instrument, ItemIx, ParadoxIx};
use crate::keeping::{Stored, Trouble};
use crate::own::LANGUAGE_NAME;
use crate::session::{Msg, Screen, Session};

/// The kind of a screen. Two of one kind are changed into each other in place, which spares the browser the removal of
/// whatever has the focus; two kinds share nothing.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Start,
    Page,
    Review,
    Wait,
    Result,
    Wish,
    Module,
    History,
    Compare,
    Kept,
    Open,
    Data,
    Together,
}

/// What a screen is drawn from, and the way to say that something happened.
#[expect(clippy::struct_excessive_bools, reason = "each says something else, and none rules out another")]
pub(super) struct View<'a> {
    pub(super) session: &'a Session,
    pub(super) texts: &'a Rc<Texts>,
    pub(super) packs: &'a [Rc<Texts>],
    pub(super) size: Option<Size>,
    pub(super) config: &'a Config,
    pub(super) send: Callback<AppMsg>,
    pub(super) heading: NodeRef,
    pub(super) asks_to_start_over: bool,
    pub(super) pointed: Option<ParadoxIx>,
    /// Whether all of a result is drawn, or only its first screenful: the rest follows right after.
    pub(super) in_full: bool,
    pub(super) desk: &'a Desk,
    pub(super) history: &'a History,
    pub(super) stored: Option<&'a [Stored]>,
    pub(super) requests: usize,
    pub(super) private: bool,
    pub(super) modules: &'a Modules,
    /// Whether a page that carries everything can be made here.
    pub(super) can_save: bool,
}

impl View<'_> {
    /// The text of a key.
    pub(super) fn t<'k>(&'k self, key: &'k str) -> &'k str {
        self.texts.get(key)
    }

    /// The text of a key with values filled in.
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.texts.fill(key, values)
    }

    pub(super) fn instrument(&self) -> &Instrument {
        self.session.instrument()
    }

    /// The statement or question of an item.
    pub(super) fn item_text(&self, item: ItemIx) -> String {
        self.joined(&["instrument.items.", &self.instrument().item(item).id])
    }

    /// The text of a key that is made of parts.
    pub(super) fn joined(&self, key: &[&str]) -> String {
        self.t(&key.concat()).to_owned()
    }

    /// The name of a form.
    pub(super) fn form_name(&self, form: FormIx) -> String {
        self.joined(&["ui.start.form.", &self.instrument().form(form).id, ".name"])
    }
}

/// The bar on top of every screen: the way home and the language.
pub(super) fn bar(view: &View<'_>) -> Node {
    let home = (view.session.screen() != Screen::Start && view.config.mode == Mode::Assess)
        .then(|| button(view, "plain", "home", view.t("ui.page.home"), Msg::WentToStart));
    let own = || view.packs.iter().filter_map(|pack| Some((pack.language(), pack.find(LANGUAGE_NAME)?)));
    let buttons = if own().next().is_some() {
        each(own(), |(tag, name)| language_button(view, tag, name))
    } else {
        each(LANGUAGES, |(tag, name)| language_button(view, tag, name))
    };
    let languages = (buttons.len() > 1).then(|| {
        el("div", "languages")
            .attr("role", "group")
            .set("aria-label", view.t("ui.language.label"))
            .all(buttons)
    });
    el("div", "bar").add(leaf("span", "brand", "Equipoise")).maybe(home).maybe(languages)
}

/// A language by its own name; it can be chosen once its texts are here.
fn language_button(view: &View<'_>, tag: &str, name: &str) -> Node {
    let pressed = if view.texts.language() == tag { "true" } else { "false" };
    let button = tap(view, "language", name, AppMsg::Session(Msg::ChoseLanguage(tag.to_owned())))
        .set("lang", tag)
        .set("data-language", tag)
        .attr("aria-pressed", pressed);
    if view.packs.iter().any(|pack| pack.language() == tag) { button } else { button.attr("disabled", "") }
}

/// Something about where answers are kept, said once.
pub(super) fn notice(view: &View<'_>, trouble: Trouble) -> Node {
    el("div", "notice")
        .attr("role", "alert")
        .attr("data-notice", trouble.word())
        .add(leaf("p", "", &view.joined(&["ui.notice.", trouble.word()])))
        .add(tap(view, "plain", view.t("ui.notice.close"), AppMsg::ClosedNotice(trouble)))
}

/// To one of these screens, or back.
pub(super) fn went(aside: Option<Aside>) -> AppMsg {
    AppMsg::Desk(DeskMsg::Went(aside))
}

/// The way to these screens, below every other.
pub(super) fn foot(view: &View<'_>) -> Node {
    let to = |action: &'static str, label: &str, aside: Aside| {
        tap(view, "plain", view.t(label), went(Some(aside))).attr("data-action", action)
    };
    el("nav", "foot")
        .set("aria-label", view.t("ui.foot.label"))
        .add(to("history", "ui.foot.history", Aside::History))
        .add(to("open", "ui.foot.open", Aside::Open))
        .add(to("data", "ui.foot.data", Aside::Data))
}

/// The heading of a screen, which takes the focus when the screen opens.
pub(super) fn heading(view: &View<'_>, text: &str) -> Node {
    leaf("h1", "", text).attr("part", "heading").attr("tabindex", "-1").node_ref(&view.heading)
}

/// A button that tells the root something.
pub(super) fn tap(view: &View<'_>, class: &'static str, label: &str, msg: AppMsg) -> Node {
    leaf("button", class, label).attr("type", "button").says(ListenerKind::onclick, &view.send, msg)
}

/// A button that tells the session a fact.
pub(super) fn button(
    view: &View<'_>,
    class: &'static str,
    action: &'static str,
    label: &str,
    msg: Msg,
) -> Node {
    tap(view, class, label, AppMsg::Session(msg)).attr("data-action", action)
}

/// A field with its name above it.
pub(super) fn field(class: &'static str, label: &str, control: Node) -> Node {
    el("label", class).add(leaf("span", "field-label", label)).add(control)
}

/// A box that can be ticked.
pub(super) fn tick(view: &View<'_>, label: &str, on: bool, msg: AppMsg) -> Node {
    let input =
        el("input", "").attr("type", "checkbox").checked(on).says(ListenerKind::onchange, &view.send, msg);
    el("label", "tick").add(input).add(leaf("span", "", label))
}

/// One of a few, as native radios in a row: `options` are value, words and what the root hears.
pub(super) fn choice(
    view: &View<'_>,
    name: &str,
    legend: &str,
    chosen: &str,
    options: Vec<(&str, String, AppMsg)>,
) -> Node {
    let radio = |(value, label, msg): (&str, String, AppMsg)| {
        let input = el("input", "")
            .attr("type", "radio")
            .set("name", name)
            .set("value", value)
            .checked(value == chosen)
            .says(ListenerKind::onchange, &view.send, msg);
        el("label", "tick").add(input).add(leaf("span", "", &label))
    };
    el("fieldset", "choice-row").add(leaf("legend", "field-label", legend)).all(each(options, radio))
}

/// What came of making something, beside the button that made it.
pub(super) fn told(view: &View<'_>, made: &[Made]) -> Option<Node> {
    let (what, key) = view.desk.told?;
    made.contains(&what).then(|| leaf("p", "told", view.t(key)))
}

/// What can be opened to read on: a summary, and what it hides.
pub(super) fn details(class: &'static str, summary: Node, body: Node) -> Node {
    el("details", class).add(summary).add(body)
}

/// The summary of something that has a heading of its own.
pub(super) fn titled(title: &str) -> Node {
    el("summary", "").add(leaf("h2", "", title))
}

/// An element with a text, unless there is nothing to say: an own questionnaire may leave it out.
pub(super) fn said(tag: &'static str, class: &'static str, text: &str) -> Option<Node> {
    (!text.is_empty()).then(|| leaf(tag, class, text))
}

/// A list of plain entries.
pub(super) fn lines(class: &'static str, entries: &[String]) -> Node {
    el("ul", class).all(each(entries, |entry| leaf("li", "", entry)))
}

/// That the page gets the result, on every screen: a page may ask for it at any time. The start says it by itself.
pub(super) fn shared(view: &View<'_>) -> Option<Node> {
    let says = view.config.shares && (view.session.screen() != Screen::Start || view.desk.aside.is_some());
    says.then(|| leaf("p", "hint shared", privacy_line(view)).attr("role", "status"))
}

/// What happens with the answers.
pub(super) fn privacy_line<'a>(view: &'a View<'_>) -> &'a str {
    view.t(match view.config.storage {
        _ if view.config.shares => "ui.start.privacy.shared",
        _ if view.config.mode == Mode::Kiosk => "ui.kiosk.privacy",
        Storage::None => "ui.start.privacy.memory",
        _ => "ui.start.privacy.kept",
    })
}
