//! The root: the only component with state of its own. It feeds facts to the session and carries out its effects.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement, StorageEvent};
use yew::{Callback, Component, Context, Html, NodeRef, Properties};

use super::desk::{Desk, DeskMsg};
use super::dom::size::{Size, Watch};
use super::dom::{address, clock, focus, requests, storage::BrowserStore};
use super::node::{each, el, leaf};
use super::parts::{self, View};
use super::{aside, deepen, page, result, review, start, wish};
use crate::day::Day;
use crate::effect::{Announcement, Effect, HostEvent, Target};
use crate::embed::{self, Config};
use crate::formats::record::Record;
use crate::history::History;
use crate::i18n::{self, Texts};
use crate::instrument::{Instrument, ParadoxIx};
use crate::keeping::{self, Keeper, Store, Stored, Trouble};
use crate::session::{Msg, Screen, Session};
use crate::workbook::{Action, ActionId, Progress};

/// How long after the first picture of a result the rest is drawn, in milliseconds: a frame or two.
const AFTER_FIRST: u32 = 40;

/// What the root is given.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// The element in the host page.
    pub(crate) host: HtmlElement,
    /// What its attributes asked for at the start.
    pub(crate) config: Config,
    /// The texts to open with.
    pub(crate) texts: Rc<Texts>,
}

/// What the root hears.
#[derive(Clone, Debug)]
pub(crate) enum AppMsg {
    /// Something happened in the session.
    Session(Msg),
    /// Something was written in a field that shows it already, so that nothing needs to be drawn.
    Quietly(Msg),
    /// A part of an action was changed.
    EditedAction {
        /// Of which action.
        id: ActionId,
        /// What was changed.
        edit: ActionEdit,
        /// Whether the page shows it already.
        quiet: bool,
    },
    /// Something was done beside the assessment.
    Desk(DeskMsg),
    /// The host page changed an attribute.
    Configured(Config),
    /// Another tab wrote this under our key.
    Stored(String),
    /// Another tab wrote this under the key of the kept results.
    StoredHistory(String),
    /// Another tab erased what was under our key.
    ErasedElsewhere,
    /// Everything is loaded; from here on no request is made.
    Ready,
    /// Someone asked to start over, or thought better of it.
    AskedToStartOver(bool),
    /// A notice was read.
    ClosedNotice(Trouble),
    /// The texts of another language are here.
    GotTexts(Rc<Texts>),
    /// The box has another width, or its letters another size.
    Resized(Size),
    /// What can be seen is drawn; now for what is closed.
    DrewFirst,
    /// A paradox was chosen in a chart.
    Pointed(ParadoxIx),
    /// The pointer came over a paradox in a chart, or left it.
    Hovered(Option<ParadoxIx>),
}

/// A change of one part of an action; the others stay as they are, also where they were changed a moment ago.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ActionEdit {
    /// What is to be done.
    Text(String),
    /// Who does it.
    Owner(String),
    /// By when, as the field writes it; empty for no date.
    Due(String),
    /// How far it is.
    Progress(Progress),
}

impl ActionEdit {
    fn apply(self, action: Action) -> Action {
        match self {
            Self::Text(text) => Action { text, ..action },
            Self::Owner(owner) => Action { owner, ..action },
            Self::Due(due) => Action { due: Day::read(&due), ..action },
            Self::Progress(progress) => Action { progress, ..action },
        }
    }
}

/// The root component.
pub(crate) struct App {
    pub(super) session: Session,
    pub(super) texts: Rc<Texts>,
    pub(super) packs: Vec<Rc<Texts>>,
    pub(super) host_language: Option<&'static str>,
    pub(super) size: Option<Size>,
    pub(super) keeper: Keeper<BrowserStore>,
    pub(super) config: Config,
    pub(super) notices: Vec<Trouble>,
    pub(super) asks_to_start_over: bool,
    pub(super) pointed: Option<ParadoxIx>,
    pub(super) in_full: bool,
    pub(super) hovered: Option<ParadoxIx>,
    pub(super) said: String,
    pub(super) focus: Option<Target>,
    pub(super) root: NodeRef,
    pub(super) heading: NodeRef,
    watch: Option<Watch>,
    pub(super) desk: Desk,
    pub(super) history: History,
    pub(super) history_keeper: Option<Keeper<BrowserStore, History>>,
    /// What is stored, as it was looked up last; `None` where nothing can be.
    pub(super) stored: Option<Vec<Stored>>,
    /// How many requests there were when that was looked up.
    pub(super) requests: usize,
    /// When everything was loaded, on the page's own clock.
    pub(super) ready_at: Option<f64>,
    _address_listener: EventListener,
    _storage_listener: EventListener,
}

impl Component for App {
    type Message = AppMsg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let config = ctx.props().config.clone();
        let instrument = Rc::new(Instrument::built_in());
        let store = BrowserStore::new(config.storage);
        let (keeper, record, trouble) = Keeper::open(store, &instrument, config.key.clone(), clock::now());
        let session = Session::new(instrument, record);
        let texts = Rc::clone(&ctx.props().texts);
        // A host that asked to keep nothing knows that; the person reads it in the line about privacy.
        let asked_for = config.storage != embed::Storage::None;
        Self {
            packs: vec![Rc::clone(&texts)],
            host_language: None,
            texts,
            size: None,
            session,
            keeper,
            notices: trouble.into_iter().filter(|_| asked_for).collect(),
            config,
            asks_to_start_over: false,
            pointed: None,
            in_full: false,
            hovered: None,
            said: String::new(),
            focus: None,
            root: NodeRef::default(),
            heading: NodeRef::default(),
            watch: None,
            desk: Desk::default(),
            history: History::default(),
            history_keeper: None,
            stored: None,
            requests: 0,
            ready_at: None,
            _address_listener: listen_to_address(ctx),
            _storage_listener: listen_to_storage(ctx),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: AppMsg) -> bool {
        match msg {
            AppMsg::Session(msg) => self.take(ctx, msg),
            AppMsg::Quietly(msg) => {
                self.take(ctx, msg);
                return false;
            }
            AppMsg::EditedAction { id, edit, quiet } => {
                let Some(action) = self.session.workbook().action(id) else { return false };
                let edited = edit.apply(action.clone());
                self.take(ctx, Msg::ChangedAction(id, edited));
                return !quiet;
            }
            AppMsg::Desk(msg) => return self.act(ctx, msg),
            AppMsg::Configured(config) => {
                self.config.form.clone_from(&config.form);
                if config.language.is_some() && config.language != self.config.language {
                    self.config.language = config.language;
                    self.host_language = config.language;
                    self.speak();
                }
            }
            AppMsg::Stored(text) => {
                if let Some(record) = self.keeper.notice(self.session.instrument(), &text) {
                    self.take(ctx, Msg::FoundElsewhere(record));
                }
            }
            AppMsg::StoredHistory(text) => {
                let keeper = self.history_keeper.as_mut();
                let elsewhere = keeper.and_then(|keeper| keeper.notice(self.session.instrument(), &text));
                return elsewhere.is_some_and(|elsewhere| self.history.merge(&elsewhere));
            }
            AppMsg::ErasedElsewhere => self.forget(ctx),
            AppMsg::Ready => {
                self.ready_at = Some(requests::now());
                return false;
            }
            AppMsg::AskedToStartOver(asked) => self.asks_to_start_over = asked,
            AppMsg::ClosedNotice(trouble) => self.notices.retain(|notice| *notice != trouble),
            AppMsg::GotTexts(texts) => {
                self.packs.push(texts);
                self.speak();
            }
            AppMsg::Resized(size) => {
                if self.size == Some(size) {
                    return false;
                }
                self.size = Some(size);
                // Only the charts depend on it.
                return self.session.screen() == Screen::Result;
            }
            AppMsg::DrewFirst => self.in_full = true,
            AppMsg::Pointed(paradox) => {
                if self.pointed == Some(paradox) && self.hovered.is_none() {
                    return false;
                }
                (self.pointed, self.hovered) = (Some(paradox), None);
            }
            AppMsg::Hovered(over) => {
                // What was chosen comes back, so that the way to its button may lead over others.
                if over == self.hovered || (over.is_none() && self.pointed.is_none()) {
                    return false;
                }
                self.hovered = over;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let view = View {
            session: &self.session,
            texts: &self.texts,
            packs: &self.packs,
            size: self.size,
            config: &self.config,
            send: ctx.link().callback(|msg| msg),
            heading: self.heading.clone(),
            asks_to_start_over: self.asks_to_start_over,
            pointed: self.hovered.or(self.pointed),
            in_full: self.in_full,
            desk: &self.desk,
            history: &self.history,
            stored: self.stored.as_deref(),
            requests: self.requests,
            private: self.keeper.is_private(),
            today: Day::of(clock::now()),
        };
        let (name, screen) = match self.session.screen() {
            Screen::Start => ("start", start::view(&view)),
            Screen::Page(index) => ("page", page::view(&view, index)),
            Screen::Review => ("review", review::view(&view)),
            Screen::Result => ("result", result::view(&view)),
            Screen::Wish(pass, page) => ("wish", wish::view(&view, pass, page)),
            Screen::Module(module) => ("module", deepen::view(&view, module)),
        };
        let (name, screen) = match &self.desk.aside {
            Some(open) => (open.name(), aside::view(&view, open)),
            None => (name, screen),
        };
        el("div", "app")
            .node_ref(&self.root)
            .attr("tabindex", "-1")
            .set("lang", self.texts.language())
            .attr("data-screen", name)
            .add(parts::bar(&view))
            .add(el("div", "notices").all(each(&self.notices, |trouble| parts::notice(&view, *trouble))))
            .add(screen)
            .add(aside::foot(&view))
            .add(leaf("div", "quiet", &self.said).attr("role", "status"))
            .end()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            let resized = ctx.link().callback(AppMsg::Resized);
            self.watch = Watch::start(&self.root, resized);
            self.open_history();
            self.look_for_code(ctx);
        }
        if self.session.screen() == Screen::Result && !self.in_full {
            let link = ctx.link().clone();
            Timeout::new(AFTER_FIRST, move || link.send_message(AppMsg::DrewFirst)).forget();
        }
        match self.focus.take() {
            None => {}
            Some(Target::Heading) => focus::heading(&self.root, &self.heading),
            Some(Target::Item(item)) => {
                focus::item(&self.root, &self.session.instrument().item(item).id);
            }
            Some(Target::Action(id)) => {
                focus::first(&self.root, &["[data-entry=\"", &id.0.to_string(), "\"] input"].concat());
            }
            Some(Target::Actions) => focus::first(&self.root, "[data-action=add-action]"),
        }
    }
}

impl App {
    /// Looks for kept results. That comes after the first picture: answering doesn't depend on it.
    fn open_history(&mut self) {
        let (store, key) = (BrowserStore::new(self.config.storage), keeping::history_key(self.keeper.key()));
        let (keeper, history, trouble) = Keeper::open(store, self.session.instrument(), key, clock::now());
        self.history_keeper = Some(keeper);
        self.history = history.unwrap_or_default();
        // That nothing is stored at all was said before.
        self.notices.extend(trouble.filter(|trouble| *trouble != Trouble::Blocked));
    }

    /// A link may have brought a result along.
    fn look_for_code(&self, ctx: &Context<Self>) {
        if let Some(code) = address::take_code() {
            ctx.link().send_message(AppMsg::Desk(DeskMsg::CameByLink(code)));
        }
    }

    /// The heading of the next screen gets the focus.
    pub(super) fn focus_on_heading(&mut self) {
        focus::park(&self.root);
        self.focus = Some(Target::Heading);
    }

    pub(super) fn take(&mut self, ctx: &Context<Self>, msg: Msg) {
        if matches!(msg, Msg::ChoseLanguage(_)) {
            self.host_language = None;
        }
        let effects = self.session.update(msg, clock::now());
        self.speak();
        self.asks_to_start_over = false;
        self.in_full &= self.session.screen() == Screen::Result;
        for effect in effects {
            self.perform(ctx, &effect);
        }
    }

    /// Takes the texts of the language that was asked for last, once they are here. What the host page asks for while
    /// it runs is shown, but only a person's own choice is kept.
    fn speak(&mut self) {
        let language = self.host_language.or(self.session.language()).unwrap_or(self.texts.language());
        if let Some(texts) = self.packs.iter().find(|pack| pack.language() == language) {
            self.texts = Rc::clone(texts);
        }
    }

    fn perform(&mut self, ctx: &Context<Self>, effect: &Effect) {
        match *effect {
            Effect::Save => self.save(),
            Effect::Focus(Target::Heading) => self.focus_on_heading(),
            Effect::Focus(target) => self.focus = Some(target),
            Effect::Announce(said) => self.said = self.words(said),
            Effect::Emit(event) => emit(&ctx.props().host, event),
        }
    }

    /// Writes to storage here and now, before the browser draws the next frame.
    pub(super) fn save(&mut self) {
        let mut record = self.session.record();
        let trouble = self.keeper.save(self.session.instrument(), &mut record, clock::now());
        self.session.merge(&record);
        if self.config.storage != embed::Storage::None {
            self.notices.extend(trouble);
        }
    }

    fn words(&self, said: Announcement) -> String {
        match said {
            Announcement::Progress { answered, asked } => {
                let (answered, asked) = (answered.to_string(), asked.to_string());
                self.texts.fill("ui.say.progress", &[("answered", &answered), ("asked", &asked)])
            }
            Announcement::Cleared => self.texts.get("ui.say.cleared").to_owned(),
            Announcement::TakenOver => self.texts.get("ui.say.taken-over").to_owned(),
            Announcement::ActionAdded => self.texts.get("ui.say.action-added").to_owned(),
            Announcement::ActionRemoved => self.texts.get("ui.say.action-removed").to_owned(),
        }
    }
}

/// The language that was chosen here before, if there are texts for it.
pub(crate) fn stored_language(config: &Config) -> Option<&'static str> {
    let text = BrowserStore::new(config.storage).get(&config.key).ok()??;
    let record = Record::read(&Instrument::built_in(), &text).ok()?;
    i18n::shipped(&record.language?)
}

/// Other tabs' writing arrives as an event of the window.
fn listen_to_storage(ctx: &Context<App>) -> EventListener {
    let key = ctx.props().config.key.clone();
    let history = keeping::history_key(&key);
    let found: Callback<AppMsg> = ctx.link().callback(|msg| msg);
    EventListener::new(&gloo::utils::window(), "storage", move |event| {
        let Some(event) = event.dyn_ref::<StorageEvent>() else { return };
        let (changed, text) = (event.key(), event.new_value());
        match (changed.as_deref(), text) {
            (Some(changed), Some(text)) if changed == key => found.emit(AppMsg::Stored(text)),
            (Some(changed), Some(text)) if changed == history => found.emit(AppMsg::StoredHistory(text)),
            (Some(changed), None) if changed == key => found.emit(AppMsg::ErasedElsewhere),
            // Without a key the whole storage was emptied.
            (None, _) => found.emit(AppMsg::ErasedElsewhere),
            _ => {}
        }
    })
}

/// Someone may follow a link to a result while the page is open.
fn listen_to_address(ctx: &Context<App>) -> EventListener {
    let came: Callback<String> = ctx.link().callback(|code| AppMsg::Desk(DeskMsg::CameByLink(code)));
    EventListener::new(&gloo::utils::window(), "hashchange", move |_| {
        if let Some(code) = address::take_code() {
            came.emit(code);
        }
    })
}

/// Tells the host page; counts only.
fn emit(host: &HtmlElement, event: HostEvent) {
    let detail = js_sys::Object::new();
    let name = match event {
        HostEvent::Complete => "equipoise-complete",
        HostEvent::Progress { answered, asked } => {
            for (name, count) in [("answered", answered), ("asked", asked)] {
                let _ = js_sys::Reflect::set(&detail, &name.into(), &(count as f64).into());
            }
            "equipoise-progress"
        }
    };
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        let _ = host.dispatch_event(&event);
    }
}
