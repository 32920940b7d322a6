//! The way into a host page: [`mount`] is called by `element.js` with the element, an empty box in its shadow root, and
//! what it can do for us ([`Outside`]). Attributes become a [`Config`]; what can't be understood is warned about and
//! falls back.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};
use web_sys::{Element, HtmlElement};
use yew::{AppHandle, Renderer};

use crate::i18n::{self, Keys, Texts};
use crate::instrument::Instrument;
use crate::json::Problem;
use crate::session::Msg;
use crate::ui::{self, App, AppMsg, Props};

/// The attributes with a choice of values.
const ATTRIBUTES: [&str; 7] = ["lang", "form", "theme", "preset", "storage", "mode", "loading"];

/// Those of which the questionnaire says what they may be: the part that stands apart looks at them itself.
const OF_QUESTIONNAIRE: [&str; 2] = ["lang", "form"];

#[wasm_bindgen]
extern "C" {
    /// What `element.js` does for a running assessment.
    #[derive(Clone, Debug, PartialEq)]
    pub type Outside;

    /// Fetches the further part again.
    #[wasm_bindgen(method)]
    pub(crate) fn refetch(this: &Outside);

    /// Holds on to the session where no storage does, as it would be stored: for a program that takes over, and for
    /// someone who wants to save it when this one broke down. An empty text lets go of it.
    #[wasm_bindgen(method)]
    pub(crate) fn keep(this: &Outside, text: &str);

    /// Whether a page that carries everything can be made here.
    #[wasm_bindgen(method, js_name = canSave)]
    pub(crate) fn can_save(this: &Outside) -> bool;

    /// Makes a page that carries everything, with the JSON of a questionnaire, of a result, or of both in it; what there
    /// isn't is an empty text. Resolves to a blob.
    #[wasm_bindgen(method, js_name = saveAsFile)]
    pub(crate) fn save_as_file(this: &Outside, instrument: &str, result: &str, title: &str) -> Promise;
}

/// What the element is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Answering, and what comes of it.
    Assess,
    /// Looking at one result.
    Result,
    /// Looking at a questionnaire while it is being made.
    Author,
    /// Looking at several people's results together.
    Group,
    /// Answering on a screen that strangers share.
    Kiosk,
}

impl Mode {
    /// Whether nothing is kept in the browser, whatever is asked for.
    pub(crate) fn keeps_nothing(self) -> bool {
        matches!(self, Self::Author | Self::Group | Self::Kiosk)
    }
}

/// Where answers are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Storage {
    /// In the browser, until they are erased.
    Local,
    /// In the browser, until the tab is closed.
    Session,
    /// Nowhere: as long as the page is open.
    None,
}

/// What the host page asks for, read from the element's attributes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Config {
    /// The language of the page or the element, if there is a pack for it.
    pub(crate) language: Option<&'static str>,
    /// All languages that are wanted, the element's own first.
    pub(crate) wanted: Vec<String>,
    /// Id of the form to offer; `None` offers all.
    pub(crate) form: Option<String>,
    /// Where answers are kept.
    pub(crate) storage: Storage,
    /// The name under which they are kept.
    pub(crate) key: String,
    /// What the element is for.
    pub(crate) mode: Mode,
    /// A result to look at: a link or a code.
    pub(crate) result: Option<String>,
    /// Whether the host page gets the result.
    pub(crate) shares: bool,
    /// On a screen that strangers share: after how many quiet seconds someone is asked whether they are still there.
    pub(crate) idle: Option<String>,
}

impl Config {
    fn read(host: &HtmlElement) -> Self {
        let mode = match host.get_attribute("mode").as_deref() {
            Some("result") => Mode::Result,
            Some("author") => Mode::Author,
            Some("group") => Mode::Group,
            Some("kiosk") => Mode::Kiosk,
            _ => Mode::Assess,
        };
        let result = given(host, "result");
        // A result that the page brings along is the page's: nothing of it belongs in this person's storage.
        let is_shown = mode == Mode::Result && result.is_some();
        Self {
            language: language_of(host),
            wanted: wanted(host),
            form: given(host, "form"),
            storage: if is_shown { Storage::None } else { storage(host) },
            key: given(host, "storage-key").unwrap_or("equipoise".into()),
            mode,
            result,
            shares: host.has_attribute("share-answers"),
            idle: given(host, "idle"),
        }
    }
}

/// The value of an attribute that isn't empty.
pub(crate) fn given(host: &HtmlElement, name: &str) -> Option<String> {
    host.get_attribute(name).filter(|value| !value.is_empty())
}

/// The element's own language, and then those of the browser.
fn wanted(host: &HtmlElement) -> Vec<String> {
    let languages = gloo::utils::window().navigator().languages();
    let browser = languages.iter().filter_map(|tag| tag.as_string());
    given(host, "lang").into_iter().chain(browser).collect()
}

/// The first of these for which there is a pack.
fn language_of(host: &HtmlElement) -> Option<&'static str> {
    wanted(host).iter().find_map(|tag| i18n::shipped(tag))
}

fn storage(host: &HtmlElement) -> Storage {
    match host.get_attribute("storage").as_deref() {
        None | Some("" | "local") => Storage::Local,
        Some("session") => Storage::Session,
        // What isn't understood may have been meant to keep less.
        Some(_) => Storage::None,
    }
}

/// Says so in the console when the value of an attribute isn't understood.
fn check(host: &HtmlElement, name: &str) {
    let Some(value) = given(host, name) else { return };
    let (known, instead) = match name {
        "lang" => (i18n::shipped(&value).is_some(), "following the browser"),
        "form" => (Instrument::built_in().find_form(&value).is_some(), "offering all"),
        "theme" => (["auto", "light", "dark"].contains(&&*value), "following the browser"),
        "preset" => (["paper", "plain", "contrast"].contains(&&*value), "taking paper"),
        "storage" => (["local", "session", "none"].contains(&&*value), "keeping nothing"),
        "mode" => (["assess", "result", "author", "group", "kiosk"].contains(&&*value), "asking"),
        "loading" => (["eager", "lazy"].contains(&&*value), "loading at once"),
        _ => return,
    };
    if !known {
        warn_of(name, &value, instead);
    }
}

/// Says in the console that the value of an attribute isn't understood, and what is done `instead`.
pub(crate) fn warn_of(name: &str, value: &str, instead: &str) {
    warn(&["equipoise: ", name, "=\"", value, "\" is not known here; ", instead].concat());
}

pub(crate) fn warn(text: &str) {
    web_sys::console::warn_1(&text.into());
}

/// A running assessment.
#[wasm_bindgen]
pub struct Handle {
    host: HtmlElement,
    keys: Keys,
    further: RefCell<Option<Keys>>,
    key: Option<String>,
    app: AppHandle<App>,
}

#[wasm_bindgen]
impl Handle {
    /// Takes over a changed attribute.
    #[wasm_bindgen(js_name = attributeChanged)]
    pub fn attribute_changed(&self, name: &str) {
        if !self.keys.is_empty() || !OF_QUESTIONNAIRE.contains(&name) {
            check(&self.host, name);
        }
        let config = Config::read(&self.host);
        let brought = if name == "result" { config.result.clone() } else { None };
        self.app.send_message(AppMsg::Configured(config));
        if let Some(code) = brought {
            self.load(code);
        }
    }

    /// Shows a result: a link, a code, or the text of a result file. What it holds is told first.
    pub fn load(&self, text: String) {
        self.app.send_message(AppMsg::CameByLink(text));
    }

    /// The result as a result file; nothing without a form, or when the host page may not have it.
    pub fn result(&self) -> Option<String> {
        let app = self.app.get_component()?;
        if !app.is_shared() {
            warn("equipoise: without share-answers a page gets no result");
            return None;
        }
        app.shared_result()
    }

    /// The session as it would be stored.
    pub fn record(&self) -> Option<String> {
        self.app.get_component().map(|app| app.record())
    }

    /// Starts over.
    pub fn reset(&self) {
        self.app.send_message(AppMsg::Session(Msg::StartedOver));
    }

    /// Shows another language.
    pub fn speak(&self, language: String) {
        self.app.send_message(AppMsg::HostSpoke(language));
    }

    /// Takes the keys of the further texts, once the code of the further part is instantiated, and never before: with
    /// these texts the first part begins to call it.
    ///
    /// # Errors
    /// With keys that can't be read: the first thing that is wrong with them.
    #[wasm_bindgen(js_name = addFurther)]
    pub fn add_further(&self, keys: &str) -> Result<(), JsError> {
        let keys = Texts::unpack_keys(keys).map_err(|problems| unreadable(&problems))?;
        *self.further.borrow_mut() = Some(keys);
        Ok(())
    }

    /// Tells that the further part could not be fetched.
    pub fn failed(&self) {
        self.app.send_message(AppMsg::FailedToFetch);
    }

    /// Adds the texts of a language, so that it can be chosen, with the further ones when that part is here.
    ///
    /// # Errors
    /// With texts that can't be read: the first thing that is wrong with them.
    #[wasm_bindgen(js_name = addTexts)]
    pub fn add_texts(&self, texts: &str, further: Option<String>) -> Result<(), JsError> {
        let unpack =
            |keys: &Keys, texts: &str| Texts::unpack(keys, texts).map_err(|problems| unreadable(&problems));
        let mut all = unpack(&self.keys, texts)?;
        if let Some((keys, further)) = self.further.borrow().clone().zip(further) {
            all = all.with(unpack(&keys, &further)?);
        }
        self.app.send_message(AppMsg::GotTexts(Rc::new(all)));
        Ok(())
    }

    /// The name under which answers are kept; none when the questionnaire can't be used, so that there is nothing to
    /// answer.
    pub fn key(&self) -> Option<String> {
        self.key.clone()
    }

    /// Tells that everything is loaded: from here on no request is made.
    pub fn ready(&self) {
        self.app.send_message(AppMsg::Ready);
    }

    /// Takes the assessment out of the page; what was answered is kept.
    pub fn destroy(self) {
        self.app.destroy();
    }
}

/// The language an element opens in: the one that was chosen there before, its own, or the browser's.
#[wasm_bindgen]
pub fn language(host: &HtmlElement) -> String {
    let config = Config::read(host);
    let chosen = ui::stored_language(&config);
    chosen.or(config.language).unwrap_or(i18n::LANGUAGES[0].0).to_owned()
}

/// Starts an assessment in `root`, an empty element in the shadow root of `host`, with the keys of the first texts and
/// the texts in the language to open in. `kept` is what an earlier program left with [`Outside::keep`].
///
/// # Errors
/// With texts that can't be read: the first thing that is wrong with them.
#[wasm_bindgen]
pub fn mount(
    host: HtmlElement,
    root: Element,
    keys: &str,
    texts: &str,
    outside: Outside,
    kept: Option<String>,
) -> Result<Handle, JsError> {
    for name in ATTRIBUTES {
        check(&host, name);
    }
    let config = Config::read(&host);
    let keys = Texts::unpack_keys(keys).map_err(|problems| unreadable(&problems))?;
    let texts = Texts::unpack(&keys, texts).map_err(|problems| unreadable(&problems))?;
    let props = Props { host, config, texts: Rc::new(texts), outside, kept, opened: None };
    Ok(start_in(root, keys, props))
}

/// As [`mount`], with the part that stands apart: for a group or a screen that strangers share, or with an organisation's
/// own questionnaire: its text, empty for an author who begins, or the status that came instead when it could not be
/// `fetched`. All parts must be here, and all texts: `packs` has keys
/// and languages of the first, the further and this part, a line each.
///
/// # Errors
/// With texts of the interface that can't be read. A questionnaire that can't be read is no error: the element shows
/// what is wrong with it, and the handle has no [`Handle::key`].
#[wasm_bindgen(js_name = mountApart)]
#[expect(clippy::needless_pass_by_value, reason = "JavaScript hands it over")]
pub fn mount_apart(
    host: HtmlElement,
    root: Element,
    outside: Outside,
    kept: Option<String>,
    packs: &str,
    text: Option<String>,
    fetched: bool,
) -> Result<Handle, JsError> {
    for name in ATTRIBUTES.into_iter().filter(|name| !OF_QUESTIONNAIRE.contains(name)) {
        check(&host, name);
    }
    let mut config = Config::read(&host);
    let Some(opened) = ui::apart::door::open(&host, &mut config, packs, text.as_deref(), fetched) else {
        return Err(unreadable(&[]));
    };
    let is_broken = opened.is_broken;
    let texts = Rc::clone(&opened.texts);
    let props = Props { host, config, texts, outside, kept, opened: Some(Rc::new(opened)) };
    let mut handle = start_in(root, Rc::from([]), props);
    if is_broken {
        handle.key = None;
    }
    Ok(handle)
}

fn start_in(root: Element, keys: Keys, props: Props) -> Handle {
    let (host, key) = (props.host.clone(), Some(props.config.key.clone()));
    let app = Renderer::<App>::with_root_and_props(root, props).render();
    Handle { host, keys, further: RefCell::default(), key, app }
}

/// No texts, no sentences: the path of the problem has to do.
fn unreadable(problems: &[Problem]) -> JsError {
    let path = problems.first().map_or("$", |problem| problem.path.as_str());
    JsError::new(&["equipoise: texts can't be read at ", path].concat())
}

/// Runs once, when the module is loaded: a panic, if there ever is one, says in the console where it came from.
/// Each assessment then starts with [`mount`].
pub fn start() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        web_sys::console::error_1(&["equipoise: ", &panic.to_string()].concat().into());
    }));
}
