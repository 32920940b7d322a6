//! The way into a host page: [`mount`] is called by `element.js` with the element and an empty box in its shadow
//! root. Attributes become a [`Config`]; what can't be understood is warned about and falls back.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};
use web_sys::{Element, HtmlElement};
use yew::{AppHandle, Renderer};

use crate::i18n::{self, Keys, Texts};
use crate::instrument::Instrument;
use crate::json::Problem;
use crate::ui::{self, App, AppMsg, Props};

/// The attributes with a choice of values.
const ATTRIBUTES: [&str; 4] = ["lang", "form", "theme", "storage"];

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
    /// Id of the form to offer; `None` offers all.
    pub(crate) form: Option<String>,
    /// Where answers are kept.
    pub(crate) storage: Storage,
    /// The name under which they are kept.
    pub(crate) key: String,
}

impl Config {
    fn read(host: &HtmlElement) -> Self {
        Self {
            language: language_of(host),
            form: host.get_attribute("form").filter(|form| !form.is_empty()),
            storage: storage(host),
            key: host
                .get_attribute("storage-key")
                .filter(|key| !key.is_empty())
                .unwrap_or("equipoise".into()),
        }
    }
}

/// The element's own language, or the first of the browser's languages for which there is a pack.
fn language_of(host: &HtmlElement) -> Option<&'static str> {
    let own = host.get_attribute("lang").and_then(|tag| i18n::shipped(&tag));
    let languages = gloo::utils::window().navigator().languages();
    own.or_else(|| languages.iter().filter_map(|tag| tag.as_string()).find_map(|tag| i18n::shipped(&tag)))
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
    let Some(value) = host.get_attribute(name).filter(|value| !value.is_empty()) else { return };
    let (known, instead) = match name {
        "lang" => (i18n::shipped(&value).is_some(), "following the browser"),
        "form" => (Instrument::built_in().find_form(&value).is_some(), "offering all"),
        "theme" => (["auto", "light", "dark"].contains(&&*value), "following the browser"),
        "storage" => (["local", "session", "none"].contains(&&*value), "keeping nothing"),
        _ => return,
    };
    if !known {
        warn(&["equipoise: ", name, "=\"", &value, "\" is not known here; ", instead].concat());
    }
}

fn warn(text: &str) {
    web_sys::console::warn_1(&text.into());
}

/// A running assessment.
#[wasm_bindgen]
pub struct Handle {
    host: HtmlElement,
    keys: Keys,
    further: RefCell<Option<Keys>>,
    app: AppHandle<App>,
}

#[wasm_bindgen]
impl Handle {
    /// Takes over a changed attribute.
    #[wasm_bindgen(js_name = attributeChanged)]
    pub fn attribute_changed(&self, name: &str) {
        check(&self.host, name);
        self.app.send_message(AppMsg::Configured(Config::read(&self.host)));
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
/// the texts in the language to open in. `fetch` is called when someone asks to fetch the further part again.
///
/// # Errors
/// With texts that can't be read: the first thing that is wrong with them.
#[wasm_bindgen]
pub fn mount(
    host: HtmlElement,
    root: Element,
    keys: &str,
    texts: &str,
    fetch: Function,
) -> Result<Handle, JsError> {
    for name in ATTRIBUTES {
        check(&host, name);
    }
    let config = Config::read(&host);
    let keys = Texts::unpack_keys(keys).map_err(|problems| unreadable(&problems))?;
    let texts = Texts::unpack(&keys, texts).map_err(|problems| unreadable(&problems))?;
    let props = Props { host: host.clone(), config, texts: Rc::new(texts), fetch };
    let app = Renderer::<App>::with_root_and_props(root, props).render();
    Ok(Handle { host, keys, further: RefCell::default(), app })
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
