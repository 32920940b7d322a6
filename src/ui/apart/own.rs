//! An organisation's own questionnaire: what its host hears when it can't be used, and what becomes of it when its author
//! writes on.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::file::FileList;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, HtmlElement};
use yew::Context;

use super::ApartMsg;
use crate::formats::intake::Reason;
use crate::formats::record::Record;
use crate::history::History;
use crate::i18n::Texts;
use crate::own::{Fault, MOST_BYTES, Questionnaire, Warning, lint};
use crate::session::{Msg, Screen, Session};
use crate::ui::desk::Desk;
use crate::ui::dom::files::{self, Handed, Unread};
use crate::ui::dom::{clock, download, event};
use crate::ui::handing::{self, Brought};
use crate::ui::{App, AppMsg};

/// The author's side.
#[derive(Default)]
pub(crate) struct Author {
    /// The questionnaire as it stands in the field.
    pub(super) text: String,
    /// What could be better.
    pub(super) warnings: Vec<Warning>,
    /// Whether there is one that can be used.
    pub(super) is_sound: bool,
    /// What came of saving: a text key.
    pub(super) told: Option<&'static str>,
    /// What is dropped beside the place for it.
    pub(super) listening: Vec<EventListener>,
}

impl Author {
    /// Takes what is dropped anywhere on the element: a browser would leave the page for it, and what was written would
    /// be lost. A text that is dragged into a field is left to the field.
    pub(super) fn listen(&mut self, ctx: &Context<App>, host: &HtmlElement) {
        if !self.listening.is_empty() {
            return;
        }
        let link = ctx.link().clone();
        let options = EventListenerOptions::enable_prevent_default();
        let hear = |kind: &'static str| {
            let link = link.clone();
            EventListener::new_with_options(host, kind, options, move |event| {
                let Some(drag) = event.dyn_ref::<DragEvent>() else { return };
                // The place for it was first, or the field is.
                if event.default_prevented() || handing::is_for_field(drag) {
                    return;
                }
                event.prevent_default();
                if let Some(brought) = handing::brought(drag).filter(|_| kind == "drop") {
                    link.send_message(said(brought));
                }
            })
        };
        self.listening = ["dragover", "drop"].map(hear).into();
    }
}

/// What the root hears of what was handed in.
pub(super) fn said(brought: Brought) -> AppMsg {
    AppMsg::Apart(ApartMsg::Author(match brought {
        Brought::Files(files) => AuthorMsg::GotFiles(files),
        Brought::Text(text) => AuthorMsg::Wrote(text),
    }))
}

/// What its author does.
#[derive(Clone, Debug)]
pub(crate) enum AuthorMsg {
    /// Files were picked or dropped.
    GotFiles(FileList),
    /// One was read.
    Handed(Handed),
    /// Something was written or pasted in the field.
    Wrote(String),
    /// It is to be saved as a page of its own.
    Saves,
    /// It was, or it could not be.
    Saved(bool),
}

/// A text without the mark that some editors put before it.
pub(super) fn plain(text: &str) -> String {
    text.trim_start_matches('\u{feff}').to_owned()
}

/// Tells the host page what is wrong with its questionnaire.
pub(super) fn tell(host: &HtmlElement, fault: &Fault, texts: &Texts) {
    let problems = Array::new();
    for told in fault.tell(texts) {
        let problem = Object::new();
        let parts = [
            ("path", &told.path),
            ("found", &told.found),
            ("expected", &told.expected),
            ("hint", &told.hint),
            ("text", &told.text),
        ];
        for (name, value) in parts {
            let _ = Reflect::set(&problem, &name.into(), &value.as_str().into());
        }
        problems.push(&problem);
    }
    let detail = [
        ("code", JsValue::from("instrument")),
        ("message", fault.describe(texts).into()),
        ("problems", problems.into()),
    ];
    event::tell(host, "error", &detail);
}

impl App {
    /// Carries out what the author does. Returns whether anything on the page changes.
    pub(super) fn write(&mut self, ctx: &Context<Self>, msg: AuthorMsg) -> bool {
        match msg {
            AuthorMsg::GotFiles(list) => {
                let handed =
                    ctx.link().callback(|handed| AppMsg::Apart(ApartMsg::Author(AuthorMsg::Handed(handed))));
                self.desk.readers = files::read(&list, MOST_BYTES as u64, &handed);
                return false;
            }
            AuthorMsg::Handed(handed) => match handed.bytes {
                Ok(bytes) => self.look_at_questionnaire(&bytes),
                Err(Unread::TooLong) => {
                    self.refuse(Fault::File(Reason::TooLarge(MOST_BYTES + 1, MOST_BYTES)));
                }
                Err(Unread::Refused) => self.refuse(Fault::Unfetched(String::new())),
            },
            AuthorMsg::Wrote(text) => self.look_at_questionnaire(text.as_bytes()),
            AuthorMsg::Saves => {
                self.save_questionnaire(ctx);
                return false;
            }
            AuthorMsg::Saved(is_saved) => self.tell_of_saving(is_saved),
        }
        true
    }

    fn look_at_questionnaire(&mut self, bytes: &[u8]) {
        let Some(author) = self.apart.as_mut().and_then(|apart| apart.author.as_mut()) else { return };
        author.text = String::from_utf8_lossy(bytes).into_owned();
        author.told = None;
        match Questionnaire::read(bytes) {
            Ok(questionnaire) => self.preview(&questionnaire),
            Err(fault) => self.refuse(fault),
        }
    }

    /// There is nothing to preview.
    fn refuse(&mut self, fault: Fault) {
        let Some(apart) = &mut self.apart else { return };
        apart.source = None;
        if let Some(author) = &mut apart.author {
            author.is_sound = false;
            author.warnings.clear();
        }
        let language = self.texts.language().to_owned();
        self.packs.clone_from(&apart.interface);
        self.said = fault.describe(&self.texts);
        apart.fault = Some(fault);
        self.show_pack(&language);
    }

    /// Shows the questionnaire as it is now, with what was answered to it before.
    fn preview(&mut self, questionnaire: &Questionnaire) {
        let Some(apart) = &mut self.apart else { return };
        apart.fault = None;
        apart.source = apart.author.as_ref().map(|author| plain(&author.text));
        let packs = apart.dressed(questionnaire);
        let Some(author) = &mut apart.author else { return };
        author.is_sound = true;
        author.warnings = lint(questionnaire);
        let count = author.warnings.len();
        let language = self.texts.language().to_owned();
        let before = self.session.record().write(self.session.instrument());
        let was_under_way = self.session.screen() != Screen::Start;
        let instrument = Rc::clone(&questionnaire.instrument);
        let record = Record::read(&instrument, &before).ok();
        self.session = Session::new(instrument, record);
        if was_under_way {
            // What it would have done besides is not for a preview: nothing is stored, and the focus stays.
            let _ = self.session.update(Msg::Resumed, clock::now());
        }
        self.packs = packs;
        let readers = std::mem::take(&mut self.desk.readers);
        self.desk = Desk { readers, ..Desk::default() };
        self.history = History::default();
        (self.pointed, self.hovered) = (None, None);
        self.show_pack(&language);
        self.said = match count {
            0 => self.texts.get("ui.author.no-warnings").to_owned(),
            count => self.texts.count("ui.author.warnings", count, &[]),
        };
    }

    /// Shows the texts of this language, or else the first.
    fn show_pack(&mut self, language: &str) {
        let pack = self.packs.iter().find(|pack| pack.language() == language).or(self.packs.first());
        if let Some(pack) = pack {
            self.texts = Rc::clone(pack);
        }
    }

    /// Saves the questionnaire with the whole program around it: one file that opens anywhere.
    fn save_questionnaire(&mut self, ctx: &Context<Self>) {
        let Some(author) = self.apart.as_ref().and_then(|apart| apart.author.as_ref()) else { return };
        let name = [self.session.instrument().id(), ".html"].concat();
        let made = self.outside.save_as_file(&author.text, "", self.texts.get("instrument.title"));
        let link = ctx.link().clone();
        spawn_local(async move {
            let page = JsFuture::from(made).await.ok().and_then(|page| page.dyn_into::<web_sys::Blob>().ok());
            let is_saved = page.is_some_and(|page| download::blob(&name, &page.into()));
            link.send_message(AppMsg::Apart(ApartMsg::Author(AuthorMsg::Saved(is_saved))));
        });
    }

    fn tell_of_saving(&mut self, is_saved: bool) {
        let key = if is_saved { "ui.author.saved" } else { "ui.author.not-saved" };
        if let Some(author) = self.apart.as_mut().and_then(|apart| apart.author.as_mut()) {
            author.told = Some(key);
        }
        self.said = self.texts.get(key).to_owned();
    }
}
