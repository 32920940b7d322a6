//! What the screens share: the state they are drawn from, the bar on top, notices, and small pieces.

use std::rc::Rc;

use yew::{Callback, Html, NodeRef, classes, html};

use super::AppMsg;
use crate::embed::{Config, Storage};
use crate::i18n::{BUILT_IN, Texts};
use crate::instrument::{FormIx, Instrument, ItemIx, ParadoxIx};
use crate::keeping::Trouble;
use crate::session::{Msg, Screen, Session};
use crate::summary;

/// What a screen is drawn from, and the way to say that something happened.
pub(super) struct View<'a> {
    pub(super) session: &'a Session,
    pub(super) texts: &'a Rc<Texts>,
    pub(super) config: &'a Config,
    pub(super) send: Callback<AppMsg>,
    pub(super) heading: NodeRef,
    pub(super) asks_to_start_over: bool,
    pub(super) pointed: Option<ParadoxIx>,
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
        self.t(&["instrument.items.", &self.instrument().item(item).id].concat()).to_owned()
    }

    /// A text about a paradox: `paradox_text(p, "talk.a")`.
    pub(super) fn paradox_text(&self, paradox: ParadoxIx, name: &str) -> String {
        let id = &self.instrument().paradox(paradox).id;
        self.t(&["instrument.paradoxes.", id, ".", name].concat()).to_owned()
    }

    /// Both poles of a paradox by name.
    pub(super) fn pair(&self, paradox: ParadoxIx) -> String {
        summary::pair_name(self.instrument(), self.texts, paradox)
    }

    /// The name of a form.
    pub(super) fn form_name(&self, form: FormIx) -> String {
        let id = &self.instrument().form(form).id;
        self.t(&["ui.start.form.", id, ".name"].concat()).to_owned()
    }

    /// A callback that tells the session a fact.
    pub(super) fn tell<E>(&self, msg: Msg) -> Callback<E> {
        self.send.reform(move |_| AppMsg::Session(msg.clone()))
    }

    /// A callback that tells the root something.
    pub(super) fn tell_root<E>(&self, msg: AppMsg) -> Callback<E> {
        self.send.reform(move |_| msg.clone())
    }
}

/// The bar on top of every screen: the way home and the language.
pub(super) fn bar(view: &View<'_>) -> Html {
    let home = (view.session.screen() != Screen::Start).then(|| {
        button(view, "plain", "home", view.t("ui.page.home"), Msg::WentToStart)
    });
    html! {
        <div class="bar">
            <span class="brand">{ "Equipoise" }</span>
            { home }
            <div class="languages" role="group" aria-label={view.t("ui.language.label").to_owned()}>
                { for BUILT_IN.iter().map(|(tag, _)| language_button(view, tag)) }
            </div>
        </div>
    }
}

fn language_button(view: &View<'_>, tag: &'static str) -> Html {
    let name = match tag {
        "nl" => "Nederlands",
        _ => "English",
    };
    let current = view.texts.language() == tag;
    html! {
        <button type="button" class="language" lang={tag} data-language={tag}
            aria-pressed={current.to_string()}
            onclick={view.tell(Msg::ChoseLanguage(tag.to_owned()))}>{ name }</button>
    }
}

/// Something about where answers are kept, said once.
pub(super) fn notice(view: &View<'_>, trouble: Trouble) -> Html {
    html! {
        <div class="notice" role="alert" data-notice={trouble.word()}>
            <p>{ view.t(&["ui.notice.", trouble.word()].concat()) }</p>
            <button type="button" class="plain" onclick={view.tell_root(AppMsg::ClosedNotice(trouble))}>
                { view.t("ui.notice.close") }
            </button>
        </div>
    }
}

/// The heading of a screen, which takes the focus when the screen opens.
pub(super) fn heading(view: &View<'_>, text: &str) -> Html {
    html! { <h1 ref={view.heading.clone()} tabindex="-1">{ text.to_owned() }</h1> }
}

/// A button that tells the session a fact.
pub(super) fn button(
    view: &View<'_>,
    class: &'static str,
    action: &'static str,
    label: &str,
    msg: Msg,
) -> Html {
    html! {
        <button type="button" class={classes!(class)} data-action={action} onclick={view.tell(msg)}>
            { label.to_owned() }
        </button>
    }
}

/// What happens with the answers.
pub(super) fn privacy_line<'a>(view: &'a View<'_>) -> &'a str {
    let kept = view.config.storage != Storage::None;
    view.t(if kept { "ui.start.privacy.kept" } else { "ui.start.privacy.memory" })
}
