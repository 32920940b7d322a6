//! The part that stands apart: an organisation's own questionnaire, its author's side, a group, or a screen that strangers
//! share. Only a page that needs one of them downloads it, and everything is here before such a page opens, so nothing of
//! it waits.
//!
//! - [`own`]: an own questionnaire, and what becomes of it when its author writes on; [`author`]: what the author sees.
//! - [`together`]: what a facilitator gathers; [`crowd`]: what is shown of it; [`kiosk`]: a screen that strangers share.
//! - [`asked`]: what the host page asks of the questionnaire. [`door`]: the way in from the first part.

mod asked;
mod author;
mod crowd;
pub(crate) mod door;
mod kiosk;
mod own;
mod together;

use std::cell::Cell;
use std::rc::Rc;

use web_sys::HtmlElement;
use yew::Context;

use self::asked::Asked;
use self::kiosk::{Kiosk, KioskMsg};
use self::own::{Author, AuthorMsg};
use self::together::Together;
pub(super) use self::together::TogetherMsg;
use super::dom::address;
use super::node::Node;
use super::parts::View;
use super::{App, further};
use crate::embed::{Config, Mode, Storage};
use crate::formats::intake::Reason;
use crate::i18n::{LANGUAGES, Texts};
use crate::instrument::Instrument;
use crate::json::Problem;
use crate::keeping;
use crate::own::{Fault, Questionnaire, lint};

/// What the root is given to begin with.
pub(crate) struct Opened {
    pub(super) instrument: Rc<Instrument>,
    pub(super) packs: Vec<Rc<Texts>>,
    /// The texts to open with.
    pub(crate) texts: Rc<Texts>,
    /// Whether there is nothing to answer, because the questionnaire can't be used.
    pub(crate) is_broken: bool,
    /// What the root takes over.
    pub(super) apart: Cell<Option<Box<Apart>>>,
}

/// What the root knows of all that.
pub(crate) struct Apart {
    /// What the host page asks of the questionnaire.
    asked: Asked,
    /// The text of an organisation's own, while it can be used.
    pub(super) source: Option<String>,
    /// The interface in each of its languages, complete.
    interface: Vec<Rc<Texts>>,
    /// Why there is nothing to answer.
    fault: Option<Fault>,
    /// What its author sees besides.
    author: Option<Author>,
    /// What a facilitator gathers.
    together: Option<Together>,
    /// Whether somebody is there.
    kiosk: Option<Kiosk>,
}

/// What happens there.
#[derive(Clone, Debug)]
pub(crate) enum ApartMsg {
    /// The author of a questionnaire did something.
    Author(AuthorMsg),
    /// A facilitator did something.
    Together(TogetherMsg),
    /// Something happened at a screen that strangers share.
    Kiosk(KioskMsg),
    /// The host page changed an attribute.
    Configured(Config),
}

impl Apart {
    /// Whether something else stands in place of the assessment or around it; what that is called in the page.
    pub(super) fn name(&self) -> Option<&'static str> {
        match () {
            () if self.author.is_some() => Some("author"),
            () if self.fault.is_some() => Some("broken"),
            () if self.together.is_some() => Some("together"),
            () => None,
        }
    }

    /// Whether it is a facilitator's page.
    pub(super) fn is_group(&self) -> bool {
        self.together.is_some()
    }

    /// Whether there is a questionnaire, so that it is known which languages and forms it has.
    pub(super) fn is_sound(&self) -> bool {
        self.fault.is_none() && self.author.as_ref().is_none_or(|author| author.is_sound)
    }

    /// The complete pack of an interface's language.
    fn interface(&self, language: &str) -> Option<&Rc<Texts>> {
        self.interface.iter().find(|pack| pack.language() == language).or(self.interface.first())
    }

    /// The texts of a questionnaire in all its languages.
    fn dressed(&self, questionnaire: &Questionnaire) -> Vec<Rc<Texts>> {
        let dress = |language: &crate::own::Language| {
            let interface = self.interface(language.interface)?;
            Some(Rc::new(questionnaire.texts(language, interface)))
        };
        questionnaire.languages.iter().filter_map(dress).collect()
    }
}

/// Opens what the page brings: the text of a questionnaire, or the status that came instead when it was not `fetched`;
/// without a text it is the built-in one. `packs` has the keys and all languages of each part of the interface's texts,
/// a line each. The host hears what is wrong with the questionnaire; nothing comes of it when the texts of the interface
/// can't be read.
fn open(
    host: &HtmlElement,
    config: &mut Config,
    packs: &str,
    text: Option<&str>,
    fetched: bool,
) -> Option<Opened> {
    let interface = interface(packs).ok()?;
    // Whoever scanned a result off the screen looks at it on a phone of their own.
    if config.mode == Mode::Kiosk && address::brings_code() {
        config.mode = Mode::Result;
        config.storage = Storage::None;
    }
    let is_author = config.mode == Mode::Author;
    // What came instead of a text that could not be fetched is no text.
    let written = text.filter(|_| fetched).unwrap_or_default();
    let author = is_author.then(|| Author { text: written.to_owned(), ..Author::default() });
    let mut apart = Box::new(Apart {
        asked: Asked::read(host),
        source: None,
        interface,
        fault: None,
        author,
        together: (config.mode == Mode::Group).then(Together::default),
        kiosk: (config.mode == Mode::Kiosk).then(|| Kiosk::new(config.idle.as_deref())),
    });
    let read = match text.or(is_author.then_some("")) {
        None => None,
        Some(text) if fetched => Some(Questionnaire::read(text.as_bytes())),
        Some(status) => Some(Err(Fault::Unfetched(status.to_owned()))),
    };
    if config.mode.keeps_nothing() || matches!(read, Some(Err(_))) {
        config.storage = Storage::None;
    }
    let first_of = |packs: &[Rc<Texts>]| {
        let language = config.language.unwrap_or(LANGUAGES[0].0);
        packs.iter().position(|pack| pack.language() == language).unwrap_or(0)
    };
    let (instrument, packs, first) = match read {
        None => {
            let packs = apart.interface.clone();
            let first = first_of(&packs);
            (Rc::new(Instrument::built_in()), packs, first)
        }
        Some(Ok(questionnaire)) => {
            if let Some(author) = &mut apart.author {
                author.warnings = lint(&questionnaire);
                author.is_sound = true;
            }
            apart.source = text.map(own::plain);
            config.key = keeping::own_key(&config.key, &questionnaire.instrument);
            let first = questionnaire.language_for(config.wanted.iter().map(String::as_str));
            let packs = apart.dressed(&questionnaire);
            (questionnaire.instrument, packs, first)
        }
        Some(Err(fault)) => {
            let packs = apart.interface.clone();
            let first = first_of(&packs);
            if let Some(texts) = packs.get(first).filter(|_| !is_author) {
                own::tell(host, &fault, texts);
            }
            // An author who begins with nothing has done nothing wrong.
            let is_new = is_author && fault == Fault::File(Reason::Empty);
            apart.fault = (!is_new).then_some(fault);
            (Rc::new(Instrument::built_in()), packs, first)
        }
    };
    let is_kiosk = config.mode == Mode::Kiosk;
    if apart.is_sound() {
        apart.asked.check(&Asked::default(), &instrument, &packs, is_kiosk);
    }
    if is_kiosk {
        kiosk::offer(config, &instrument);
    }
    let texts = packs.get(first).cloned()?;
    let is_broken = apart.name() == Some("broken");
    Some(Opened { instrument, packs, texts, is_broken, apart: Cell::new(Some(apart)) })
}

/// The packs of the interface, complete, a language each.
fn interface(packs: &str) -> Result<Vec<Rc<Texts>>, Vec<Problem>> {
    let mut lines = packs.split('\n');
    let mut whole: Vec<Texts> = Vec::new();
    while let Some(keys) = lines.next() {
        let keys = Texts::unpack_keys(keys)?;
        let mut parts = Vec::new();
        for _ in LANGUAGES {
            parts.push(Texts::unpack(&keys, lines.next().unwrap_or_default())?);
        }
        whole = if whole.is_empty() {
            parts
        } else {
            whole.into_iter().zip(parts).map(|(texts, part)| texts.with(part)).collect()
        };
    }
    Ok(whole.into_iter().map(Rc::new).collect())
}

/// What stands around the assessment, or in its place. `assessment` is what would be shown: the bar first.
fn around(view: &View<'_>, apart: &Apart, mut assessment: Vec<Node>) -> Vec<Node> {
    match apart {
        Apart { author: Some(author), fault, .. } => author::around(view, author, fault.as_ref(), assessment),
        Apart { fault: Some(fault), .. } => {
            assessment.truncate(1);
            assessment.push(author::broken(view, fault));
            assessment
        }
        Apart { together: Some(together), .. } => {
            assessment.truncate(1);
            assessment.push(together::view(view, together));
            assessment
        }
        Apart { kiosk: Some(kiosk), .. } => kiosk::around(view, kiosk, assessment),
        _ => assessment,
    }
}

impl App {
    /// What comes once everything is here, and again whenever a result is brought along.
    fn arrive_apart(&mut self, ctx: &Context<Self>) {
        let Some(apart) = &mut self.apart else { return };
        if let Some(kiosk) = &mut apart.kiosk {
            kiosk.listen(ctx, self.texts.language());
        }
        if let Some(author) = &mut apart.author {
            author.listen(ctx, &self.host);
        }
        if apart.together.is_some() {
            if let Some(code) = self.brought() {
                let name = self.texts.get("ui.open.link").to_owned();
                self.gather_from(&name, code.as_bytes());
            }
        } else {
            further::arrive(self);
        }
    }

    /// Carries out what happened there. Returns whether anything on the page changes.
    fn act_apart(&mut self, ctx: &Context<Self>, msg: ApartMsg) -> bool {
        match msg {
            ApartMsg::Author(msg) => self.write(ctx, msg),
            ApartMsg::Together(msg) => self.gather(ctx, msg),
            ApartMsg::Kiosk(msg) => self.attend(msg),
            ApartMsg::Configured(config) => {
                self.configure(config);
                true
            }
        }
    }
}
