//! The root: the only component with state of its own. It feeds facts to the session and carries out its effects.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, HtmlElement, StorageEvent};
use yew::{Callback, Component, Context, Html, NodeRef, Properties};

use super::dom::size::{Size, Watch};
use super::dom::{clock, focus, storage::BrowserStore};
use super::node::{Node, each, el, leaf};
use super::parts::{self, View};
use super::{further, page, review, start, wait};
use crate::effect::{Announcement, Effect, HostEvent, Target};
use crate::embed::{self, Config};
use crate::formats::record::Record;
use crate::i18n::{self, Texts};
use crate::instrument::{Instrument, ParadoxIx};
use crate::keeping::{Keeper, Store, Trouble};
use crate::session::{Msg, Screen, Session};

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
    /// Fetches the further part anew, after it could not be fetched.
    pub(crate) fetch: Function,
}

/// What the root hears.
#[derive(Clone, Debug)]
pub(crate) enum AppMsg {
    /// Something happened in the session.
    Session(Msg),
    /// The host page changed an attribute.
    Configured(Config),
    /// Another tab wrote this under our key.
    Stored(String),
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
    /// A paradox was chosen in a chart.
    Pointed(ParadoxIx),
    /// The pointer came over a paradox in a chart, or left it.
    Hovered(Option<ParadoxIx>),
}

/// The root component.
pub(crate) struct App {
    session: Session,
    texts: Rc<Texts>,
    packs: Vec<Rc<Texts>>,
    host_language: Option<&'static str>,
    size: Option<Size>,
    keeper: Keeper<BrowserStore>,
    config: Config,
    notices: Vec<Trouble>,
    asks_to_start_over: bool,
    pointed: Option<ParadoxIx>,
    in_full: bool,
    hovered: Option<ParadoxIx>,
    failed: bool,
    said: String,
    focus: Option<Target>,
    root: NodeRef,
    heading: NodeRef,
    watch: Option<Watch>,
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
            failed: false,
            said: String::new(),
            focus: None,
            root: NodeRef::default(),
            heading: NodeRef::default(),
            watch: None,
            _storage_listener: listen_to_storage(ctx),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: AppMsg) -> bool {
        match msg {
            AppMsg::Session(msg) => self.take(ctx, msg),
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
            AppMsg::AskedToStartOver(asked) => self.asks_to_start_over = asked,
            AppMsg::ClosedNotice(trouble) => self.notices.retain(|notice| *notice != trouble),
            AppMsg::GotTexts(texts) => self.take_texts(texts),
            AppMsg::FailedToFetch => self.failed = true,
            AppMsg::AskedForFurther => {
                self.failed = false;
                self.focus_anew();
                let _ = ctx.props().fetch.call0(&JsValue::NULL);
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
        };
        let (name, screen) = match self.session.screen() {
            Screen::Start => ("start", start::view(&view)),
            Screen::Page(index) => ("page", page::view(&view, index)),
            Screen::Review => ("review", review::view(&view)),
            Screen::Result => ("result", self.beyond(&view, further::result)),
        };
        el("div", "app")
            .node_ref(&self.root)
            .attr("tabindex", "-1")
            .set("lang", self.texts.language())
            .attr("data-screen", name)
            .add(parts::bar(&view))
            .add(el("div", "notices").all(each(&self.notices, |trouble| parts::notice(&view, *trouble))))
            .add(screen)
            .add(leaf("div", "quiet", &self.said).attr("role", "status"))
            .end()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            let resized = ctx.link().callback(AppMsg::Resized);
            self.watch = Watch::start(&self.root, resized);
        }
        if self.shows_result() && !self.in_full {
            let link = ctx.link().clone();
            Timeout::new(AFTER_FIRST, move || link.send_message(AppMsg::DrewFirst)).forget();
        }
        match self.focus.take() {
            None => {}
            Some(Target::Heading) => focus::heading(&self.root, &self.heading),
            Some(Target::Item(item)) => {
                focus::item(&self.root, &self.session.instrument().item(item).id);
            }
        }
    }
}

impl App {
    fn take(&mut self, ctx: &Context<Self>, msg: Msg) {
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

    /// Opens a screen of the further part, or says that it is coming. The texts of that part are added when its code is
    /// here, so they tell: this is the one place that may go through a door of [`further`].
    fn beyond(&self, view: &View<'_>, door: fn(&View<'_>) -> Node) -> Node {
        if self.texts.is_whole() { door(view) } else { wait::view(view, self.failed) }
    }

    fn shows_result(&self) -> bool {
        self.session.screen() == Screen::Result && self.texts.is_whole()
    }

    fn take_texts(&mut self, texts: Rc<Texts>) {
        let waited = self.session.screen() == Screen::Result && !self.texts.is_whole();
        self.packs.retain(|pack| pack.language() != texts.language());
        self.packs.push(texts);
        self.speak();
        if self.texts.is_whole() {
            self.failed = false;
            if waited {
                self.focus_anew();
            }
        }
    }

    /// What has the focus makes place for something else, of which the heading takes it.
    fn focus_anew(&mut self) {
        focus::park(&self.root);
        self.focus = Some(Target::Heading);
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
            Effect::Focus(target) => {
                focus::park(&self.root);
                self.focus = Some(target);
            }
            Effect::Announce(said) => self.said = self.words(said),
            Effect::Emit(event) => emit(&ctx.props().host, event),
        }
    }

    /// Writes to storage here and now, before the browser draws the next frame.
    fn save(&mut self) {
        let mut record = self.session.record();
        let trouble = self.keeper.save(self.session.instrument(), &mut record, clock::now());
        self.session.merge(&record.answers);
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
    let found: Callback<String> = ctx.link().callback(AppMsg::Stored);
    EventListener::new(&gloo::utils::window(), "storage", move |event| {
        let Some(event) = event.dyn_ref::<StorageEvent>() else { return };
        if event.key().as_deref() == Some(key.as_str()) {
            event.new_value().into_iter().for_each(|text| found.emit(text));
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
