//! The root: the only component with state of its own. It feeds facts to the session and carries out its effects.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, StorageEvent};
use yew::{Callback, Component, Context, Html, NodeRef, Properties};

use super::apart::{Apart, ApartMsg, Opened, TogetherMsg, door};
use super::deepen::Modules;
use super::desk::{Aside, Desk, DeskMsg};
use super::dom::size::{Size, Watch};
use super::dom::{address, clock, event, focus, requests, storage::BrowserStore};
use super::node::{Node, each, el, leaf};
use super::parts::{self, View};
use super::{further, page, review, start, wait};
use crate::day::Day;
use crate::effect::{Announcement, Effect, HostEvent, Target};
use crate::embed::{self, Config, Mode, Outside};
use crate::formats::record::Record;
use crate::history::History;
use crate::i18n::{self, Texts};
use crate::instrument::{Instrument, ParadoxIx};
use crate::keeping::{self, Keeper, Store, Stored, Trouble};
use crate::session::{Msg, Pass, Screen, Session};
use crate::workbook::{Action, ActionId, Progress};

/// How long after what someone looks at first the rest is drawn, in milliseconds: a frame or two.
const AFTER_FIRST: u32 = 40;

/// How long someone reads a new page before the result is rehearsed, in milliseconds.
const READING: u32 = 600;

/// What the root is given, once.
#[derive(Clone, Properties)]
pub(crate) struct Props {
    /// The element in the host page.
    pub(crate) host: HtmlElement,
    /// What its attributes asked for at the start.
    pub(crate) config: Config,
    /// The texts to open with.
    pub(crate) texts: Rc<Texts>,
    /// What the element does for us.
    pub(crate) outside: Outside,
    /// What an earlier program left there.
    pub(crate) kept: Option<String>,
    /// What was opened by the part that stands apart, where it was needed.
    pub(crate) opened: Option<Rc<Opened>>,
}

impl PartialEq for Props {
    /// Nobody gives it anything else later.
    fn eq(&self, _other: &Self) -> bool {
        true
    }
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
    /// The host page brought a result along.
    CameByLink(String),
    /// The address has a result in it now.
    FollowedLink,
    /// The host page changed an attribute.
    Configured(Config),
    /// The host page asked for a language.
    HostSpoke(String),
    /// Something happened that only the part knows that stands apart.
    Apart(ApartMsg),
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
    /// The texts of another language are here, or all of those of a language that was here in part.
    GotTexts(Rc<Texts>),
    /// The further part could not be fetched.
    FailedToFetch,
    /// Someone asked to try again.
    AskedForFurther,
    /// The box has another width, or its letters another size.
    Resized(Size),
    /// What can be seen is drawn; now for what is closed.
    DrewFirst,
    /// The answer can be seen; now for what counts along with it.
    SawAnswer,
    /// Someone is reading, so there is time.
    HasTime,
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

/// A screen of the further part.
#[derive(Clone, Copy)]
enum Door<'a> {
    Result,
    Wish(Pass, usize),
    Module(usize),
    Aside(&'a Aside),
}

/// The root component.
#[expect(clippy::struct_excessive_bools, reason = "each says something else, and none rules out another")]
pub(crate) struct App {
    pub(super) session: Session,
    pub(super) texts: Rc<Texts>,
    pub(super) packs: Vec<Rc<Texts>>,
    pub(super) host_language: Option<String>,
    pub(super) size: Option<Size>,
    pub(super) keeper: Keeper<BrowserStore>,
    pub(super) config: Config,
    pub(super) notices: Vec<Trouble>,
    pub(super) asks_to_start_over: bool,
    pub(super) pointed: Option<ParadoxIx>,
    pub(super) in_full: bool,
    /// Whether an answer is counted, and what shows that is still to be drawn.
    owes_count: bool,
    /// Whether the result was rehearsed, or will be in a moment.
    is_rehearsed: bool,
    pub(super) hovered: Option<ParadoxIx>,
    pub(super) failed: bool,
    pub(super) said: String,
    pub(super) focus: Option<Target>,
    pub(super) root: NodeRef,
    pub(super) heading: NodeRef,
    watch: Option<Watch>,
    /// What the host page brought along and nobody looked at yet.
    pub(super) code: Option<String>,
    pub(super) desk: Desk,
    pub(super) modules: Modules,
    pub(super) history: History,
    pub(super) history_keeper: Option<Keeper<BrowserStore, History>>,
    /// What is stored, as it was looked up last; `None` where nothing can be.
    pub(super) stored: Option<Vec<Stored>>,
    /// How many requests there were when that was looked up.
    pub(super) requests: usize,
    /// When everything was loaded, on the page's own clock.
    pub(super) ready_at: Option<f64>,
    pub(super) host: HtmlElement,
    pub(super) outside: Outside,
    pub(super) apart: Option<Box<Apart>>,
    /// Whether the session is held outside, as no storage has all of it.
    is_outside: bool,
    /// Whether the host page is still to be told of the result.
    pub(super) owes_result: bool,
    _address_listener: EventListener,
    _storage_listener: EventListener,
}

impl Component for App {
    type Message = AppMsg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let config = ctx.props().config.clone();
        let Props { opened, texts, .. } = ctx.props();
        let (instrument, packs) = match opened {
            None => (Rc::new(Instrument::built_in()), vec![Rc::clone(texts)]),
            Some(opened) => (Rc::clone(&opened.instrument), opened.packs.clone()),
        };
        let store = BrowserStore::new(config.storage);
        let (keeper, record, trouble): (_, Option<Record>, _) =
            Keeper::open(store, &instrument, config.key.clone(), clock::now());
        let (outside, left) = (ctx.props().outside.clone(), ctx.props().kept.as_deref());
        let left = left.and_then(|text| Record::read(&instrument, text).ok());
        let is_outside = left.is_some();
        let record = match (record, left) {
            (Some(mut record), Some(left)) => {
                record.merge(&left);
                Some(record)
            }
            (record, left) => record.or(left),
        };
        let mut session = Session::new(instrument, record);
        let desk = Desk { aside: opens_with(&mut session, &config), ..Desk::default() };
        // A host that asked to keep nothing knows that; the person reads it in the line about privacy.
        let asked_for = config.storage != embed::Storage::None;
        let mut app = Self {
            packs,
            host_language: None,
            texts: Rc::clone(texts),
            size: None,
            session,
            keeper,
            notices: trouble.into_iter().filter(|_| asked_for).collect(),
            config,
            asks_to_start_over: false,
            pointed: None,
            in_full: false,
            owes_count: false,
            is_rehearsed: false,
            hovered: None,
            failed: false,
            said: String::new(),
            focus: None,
            root: NodeRef::default(),
            heading: NodeRef::default(),
            watch: None,
            code: None,
            desk,
            modules: Modules::default(),
            history: History::default(),
            history_keeper: None,
            stored: None,
            requests: 0,
            ready_at: None,
            host: ctx.props().host.clone(),
            outside,
            is_outside,
            apart: opened.as_ref().and_then(|opened| opened.apart.take()),
            owes_result: false,
            _address_listener: listen_to_address(ctx),
            _storage_listener: listen_to_storage(ctx),
        };
        app.speak();
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: AppMsg) -> bool {
        match msg {
            AppMsg::Session(Msg::StartedOver) if self.is_group() => {
                return door::act(self, ctx, ApartMsg::Together(TogetherMsg::Emptied));
            }
            AppMsg::Session(msg @ Msg::Answered(..)) => {
                self.take(msg);
                self.count_soon(ctx);
                return false;
            }
            AppMsg::Session(msg) => self.take(msg),
            AppMsg::Quietly(msg) => {
                self.take(msg);
                return false;
            }
            AppMsg::EditedAction { id, edit, quiet } => {
                let Some(action) = self.session.workbook().action(id) else { return false };
                let edited = edit.apply(action.clone());
                self.take(Msg::ChangedAction(id, edited));
                return !quiet;
            }
            AppMsg::Desk(msg) => return self.at_desk(ctx, msg),
            AppMsg::CameByLink(code) => {
                self.code = Some(code);
                self.follow(ctx);
            }
            AppMsg::FollowedLink => self.follow(ctx),
            AppMsg::Configured(config) if self.apart.is_some() => {
                return door::act(self, ctx, ApartMsg::Configured(config));
            }
            AppMsg::Configured(config) => {
                self.config.form = config.form;
                self.config.shares = config.shares;
                if config.language.is_some() && config.language != self.config.language {
                    self.config.language = config.language;
                    self.host_language = config.language.map(str::to_owned);
                    self.speak();
                }
            }
            AppMsg::HostSpoke(language) => {
                self.host_language = Some(language);
                self.speak();
            }
            AppMsg::Stored(text) => {
                if let Some(record) = self.keeper.notice(self.session.instrument(), &text) {
                    self.take(Msg::FoundElsewhere(record));
                }
            }
            AppMsg::StoredHistory(text) => {
                return self.texts.is_whole() && further::found_history(self, &text);
            }
            AppMsg::ErasedElsewhere => self.forget(),
            AppMsg::Apart(msg) => return self.apart.is_some() && door::act(self, ctx, msg),
            AppMsg::Ready => {
                self.ready_at = Some(requests::now());
                if self.apart.is_none() {
                    return false;
                }
                // All texts were here before the root was.
                door::arrive(self, ctx);
            }
            AppMsg::AskedToStartOver(asked) => self.asks_to_start_over = asked,
            AppMsg::ClosedNotice(trouble) => self.notices.retain(|notice| *notice != trouble),
            AppMsg::GotTexts(texts) => self.take_texts(texts),
            AppMsg::FailedToFetch => self.failed = true,
            AppMsg::AskedForFurther => {
                self.failed = false;
                self.focus_on_heading();
                self.outside.refetch();
            }
            AppMsg::Resized(size) => {
                if self.size == Some(size) {
                    return false;
                }
                self.size = Some(size);
                // Only the charts depend on it.
                return self.shows_result();
            }
            AppMsg::DrewFirst => self.in_full = true,
            AppMsg::SawAnswer => return self.owes_count,
            AppMsg::HasTime => {
                self.rehearse(ctx);
                return false;
            }
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
        let view = self.seen(ctx);
        let (name, screen) = match self.session.screen() {
            Screen::Start => ("start", start::view(&view)),
            Screen::Page(index) => ("page", page::view(&view, index)),
            Screen::Review => ("review", review::view(&view)),
            Screen::Result => ("result", self.beyond(&view, Door::Result)),
            Screen::Wish(pass, page) => ("wish", self.beyond(&view, Door::Wish(pass, page))),
            Screen::Module(module) => ("module", self.beyond(&view, Door::Module(module))),
        };
        let (name, screen) = match &self.desk.aside {
            Some(open) => (open.name(), self.beyond(&view, Door::Aside(open))),
            None => (name, screen),
        };
        let notices = el("div", "notices").all(each(&self.notices, |trouble| parts::notice(&view, *trouble)));
        let notices = notices.maybe(parts::shared(&view));
        let mut shown = vec![parts::bar(&view), notices, screen];
        if matches!(view.config.mode, Mode::Assess | Mode::Author) {
            shown.push(parts::foot(&view));
        }
        let (name, shown) = match self.apart.as_deref() {
            Some(apart) => (apart.name().unwrap_or(name), door::around(&view, apart, shown)),
            None => (name, shown),
        };
        el("div", "app")
            .node_ref(&self.root)
            .attr("tabindex", "-1")
            .set("lang", self.texts.language())
            .attr("dir", i18n::direction(self.texts.language()))
            .attr("data-screen", name)
            .all(shown)
            .add(leaf("div", "quiet", &self.said).attr("role", "status"))
            .end()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            let resized = ctx.link().callback(AppMsg::Resized);
            self.watch = Watch::start(&self.root, resized);
            self.code.clone_from(&self.config.result);
        }
        self.owes_count = false;
        self.hand_over();
        if self.shows_result() && !self.in_full {
            let link = ctx.link().clone();
            Timeout::new(AFTER_FIRST, move || link.send_message(AppMsg::DrewFirst)).forget();
        }
        if !self.is_rehearsed && self.is_halfway() {
            self.is_rehearsed = true;
            let link = ctx.link().clone();
            Timeout::new(READING, move || link.send_message(AppMsg::HasTime)).forget();
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
    /// What the screens are drawn from.
    fn seen(&self, ctx: &Context<Self>) -> View<'_> {
        View {
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
            modules: &self.modules,
            can_save: self.outside.can_save(),
        }
    }

    /// Draws what counts along with an answer in a moment. The browser shows by itself what was chosen, and does so sooner
    /// when nothing else is to be drawn in that frame.
    fn count_soon(&mut self, ctx: &Context<Self>) {
        if !std::mem::replace(&mut self.owes_count, true) {
            let link = ctx.link().clone();
            Timeout::new(AFTER_FIRST, move || link.send_message(AppMsg::SawAnswer)).forget();
        }
    }

    /// Whether someone is at a page, with half of the questions behind them.
    fn is_halfway(&self) -> bool {
        let (answered, asked) = self.session.progress();
        matches!(self.session.screen(), Screen::Page(_)) && self.texts.is_whole() && answered * 2 >= asked
    }

    /// Builds the result once without showing it. A browser compiles a function when it is first called; without this,
    /// someone would wait for all of those of the result after the last click, a third of the whole wait.
    fn rehearse(&self, ctx: &Context<Self>) {
        if self.texts.is_whole() && !self.is_beyond() {
            drop(further::result(&View { in_full: true, ..self.seen(ctx) }));
        }
    }

    /// What is done beside the assessment is done by the further part; until that is here, its screens say so.
    fn at_desk(&mut self, ctx: &Context<Self>, msg: DeskMsg) -> bool {
        if self.texts.is_whole() {
            return further::act(self, ctx, msg);
        }
        if let DeskMsg::Went(aside) = msg {
            self.desk.aside = aside;
            self.focus_on_heading();
        }
        true
    }

    /// A result was brought along: it is looked at as soon as the further part is here.
    fn follow(&mut self, ctx: &Context<Self>) {
        if self.apart.is_some() {
            door::arrive(self, ctx);
        } else if self.texts.is_whole() {
            further::arrive(self);
        }
    }

    fn is_group(&self) -> bool {
        self.apart.as_ref().is_some_and(|apart| apart.is_group())
    }

    /// Whether a screen of the further part is open.
    fn is_beyond(&self) -> bool {
        let screen = matches!(self.session.screen(), Screen::Result | Screen::Wish(..) | Screen::Module(_));
        screen || self.desk.aside.is_some()
    }

    /// Forgets what is in memory: it was erased from the storage, here or in another tab.
    pub(super) fn forget(&mut self) {
        self.keeper.forget();
        self.outside.keep("");
        if let Some(keeper) = &mut self.history_keeper {
            keeper.forget();
        }
        self.history = History::default();
        self.desk.chosen.clear();
        self.desk.taken.clear();
        self.desk.kept = None;
        self.take(Msg::Erased);
    }

    /// The heading of the next screen gets the focus.
    pub(super) fn focus_on_heading(&mut self) {
        focus::park(&self.root);
        self.focus = Some(Target::Heading);
    }

    pub(super) fn take(&mut self, msg: Msg) {
        if matches!(msg, Msg::ChoseLanguage(_)) {
            self.host_language = None;
        }
        let effects = self.session.update(msg, clock::now());
        self.speak();
        self.asks_to_start_over = false;
        self.in_full &= self.session.screen() == Screen::Result;
        for effect in effects {
            self.perform(&effect);
        }
    }

    /// Opens a screen of the further part, or says that it is coming. The texts of that part are added when its code is
    /// here, so they tell.
    fn beyond(&self, view: &View<'_>, door: Door<'_>) -> Node {
        if !self.texts.is_whole() {
            return wait::view(view, self.failed);
        }
        match door {
            Door::Result => further::result(view),
            Door::Wish(pass, page) => further::wish(view, pass, page),
            Door::Module(module) => further::module(view, module),
            Door::Aside(aside) => further::aside(view, aside),
        }
    }

    fn shows_result(&self) -> bool {
        self.is_beyond() && self.texts.is_whole()
    }

    fn take_texts(&mut self, texts: Rc<Texts>) {
        let came = !self.texts.is_whole();
        let waited = came && self.is_beyond();
        self.packs.retain(|pack| pack.language() != texts.language());
        self.packs.push(texts);
        self.speak();
        if self.texts.is_whole() {
            self.failed = false;
            if came {
                further::arrive(self);
            }
            if waited {
                self.focus_on_heading();
            }
        }
    }

    /// Takes the texts of the language that was asked for last, once they are here. What the host page asks for while
    /// it runs is shown, but only a person's own choice is kept.
    pub(super) fn speak(&mut self) {
        let wanted = [self.host_language.as_deref(), self.session.language(), Some(self.texts.language())];
        let found = wanted.into_iter().flatten().find_map(|tag| self.pack_for(tag)).cloned();
        if let Some(texts) = found {
            self.texts = texts;
        }
    }

    /// The pack with this tag, or else one of the same language.
    pub(super) fn pack_for(&self, tag: &str) -> Option<&Rc<Texts>> {
        let find = |same: fn(&str, &str) -> bool| self.packs.iter().find(|pack| same(pack.language(), tag));
        let primary =
            |left: &str, right: &str| i18n::primary(left).eq_ignore_ascii_case(i18n::primary(right));
        find(str::eq_ignore_ascii_case).or_else(|| find(primary))
    }

    fn perform(&mut self, effect: &Effect) {
        match *effect {
            Effect::Save => self.save(),
            Effect::Focus(Target::Heading) => self.focus_on_heading(),
            Effect::Focus(target) => self.focus = Some(target),
            Effect::Announce(said) => self.said = self.words(said),
            Effect::Emit(event) => self.emit(event),
        }
    }

    /// Tells the host page; what was answered only when that was asked for, and the person could read so.
    fn emit(&mut self, told: HostEvent) {
        match told {
            HostEvent::Progress { answered, asked } => {
                let counts = [("answered", (answered as f64).into()), ("asked", (asked as f64).into())];
                event::tell(&self.host, "progress", &counts);
            }
            HostEvent::Complete if self.config.shares => self.owes_result = true,
            HostEvent::Complete => event::tell(&self.host, "complete", &[]),
        }
    }

    /// Tells the host page of a result, when it is owed one and the further part can write it.
    fn hand_over(&mut self) {
        if self.owes_result && self.texts.is_whole() {
            self.owes_result = false;
            let result = self.shared_result().and_then(|text| js_sys::JSON::parse(&text).ok());
            event::tell(&self.host, "complete", &[("result", result.unwrap_or_default())]);
        }
    }

    /// Whether the host page gets the result.
    pub(crate) fn is_shared(&self) -> bool {
        self.config.shares
    }

    /// The result for the host page, as the text of a result file; nothing without a form, or too early.
    pub(crate) fn shared_result(&self) -> Option<String> {
        if self.texts.is_whole() { further::result_file(self) } else { None }
    }

    /// The session as it is stored.
    pub(crate) fn record(&self) -> String {
        self.session.record().write(self.session.instrument())
    }

    /// Writes to storage here and now, before the browser draws the next frame.
    pub(super) fn save(&mut self) {
        let mut record = self.session.record();
        let trouble = self.keeper.save(self.session.instrument(), &mut record, clock::now());
        self.session.merge(&record);
        let holds = self.keeper.holds_newest();
        if !holds {
            self.outside.keep(&record.write(self.session.instrument()));
        } else if self.is_outside {
            self.outside.keep("");
        }
        self.is_outside = !holds;
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

/// What is open at the start: an element that shows a result goes straight to it.
fn opens_with(session: &mut Session, config: &Config) -> Option<Aside> {
    if config.mode != Mode::Result {
        return None;
    }
    if config.result.is_some() || session.form().is_none() {
        return Some(Aside::Open);
    }
    session.update(Msg::AskedForResult, clock::now());
    None
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
            (Some(changed), None) if changed == key || changed == history => {
                found.emit(AppMsg::ErasedElsewhere);
            }
            // Someone who empties the whole storage may mean something else: what is on the screen is not lost.
            _ => {}
        }
    })
}

/// Someone may follow a link to a result while the page is open.
fn listen_to_address(ctx: &Context<App>) -> EventListener {
    let link = ctx.link().clone();
    EventListener::new(&gloo::utils::window(), "hashchange", move |_| {
        if address::brings_code() {
            link.send_message(AppMsg::FollowedLink);
        }
    })
}
