//! A browser window: opened, sent to pages, asked things, and gone with the value.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{Key, WebDriver, WindowHandle};
use xtask::engine::Engine;

use crate::clock::Clock;
use crate::failed::{Result, Trouble};
use crate::folder::Folder;
use crate::logs::Logs;
use crate::options::Options;
use crate::profile::Profile;
use crate::scope::Scope;
use crate::session::Session;

/// How long anything may take to appear. Reached only by what fails, so it is long: a machine that does other work as well
/// leaves a browser without a processor for seconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// A browser with one or more tabs. It ends when this value is dropped.
#[derive(Debug)]
pub struct Browser {
    pub(crate) session: Arc<Session>,
    /// After the session, so that its ending counts as well.
    _clock: Clock,
    pub(crate) options: Options,
    pub(crate) logs: Mutex<Logs>,
    /// Its tabs, in the order in which they were opened: not every driver tells that.
    tabs: Mutex<Vec<WindowHandle>>,
    /// Files that were picked, for as long as a page may read them.
    picked: Mutex<Vec<Folder>>,
}

impl Browser {
    /// Opens a browser on an empty page.
    ///
    /// # Errors
    /// When there is no browser or it doesn't start.
    pub async fn open(options: Options) -> Result<Self> {
        let began = Instant::now();
        let engine = Engine::from_environment()?;
        let kept = options.profile.as_ref().and_then(Profile::take);
        let session = match kept {
            // The profile is in a browser that is still open, on a new tab.
            Some(session) => session,
            None => Arc::new(Session::begin(engine, &options).await?),
        };
        let tabs = Mutex::new(vec![session.driver.window().await?]);
        let clock = Clock::since(began);
        let browser =
            Self { session, _clock: clock, options, logs: Mutex::default(), tabs, picked: Mutex::default() };
        browser.prepare_tab().await?;
        Ok(browser)
    }

    /// The engine that it runs on.
    pub fn engine(&self) -> Engine {
        self.session.engine
    }

    /// What runs before the scripts of every page, as one script, for pages that no proxy brings.
    pub fn scripts_before(&self) -> String {
        crate::proxy::scripts_before(&self.options.before_scripts)
    }

    pub(crate) fn driver(&self) -> &WebDriver {
        &self.session.driver
    }

    /// What holds for a tab only, and has to be said to each.
    async fn prepare_tab(&self) -> Result<()> {
        if self.engine() == Engine::Firefox {
            self.prepare_firefox().await?;
        }
        self.resize(self.options.width, self.options.height).await?;
        self.emulate_media("").await?;
        if self.engine() == Engine::Chromium {
            self.cdp("Emulation.setLocaleOverride", json!({ "locale": self.options.language })).await?;
            for script in &self.options.before_scripts {
                self.before_scripts(script).await?;
            }
            if !self.options.scripts {
                self.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
            }
        }
        Ok(())
    }

    /// The size of the viewport; also where scripts are turned off.
    pub(crate) async fn viewport(&self) -> Result<(i64, i64)> {
        let said = self.driver().execute("return [innerWidth, innerHeight];", Vec::new()).await?;
        Ok(serde_json::from_value(said.json().clone())?)
    }

    pub(crate) async fn wait_for_size(&self, width: u32, height: u32) -> Result<()> {
        let wanted = (i64::from(width), i64::from(height));
        let look = async || Ok((self.viewport().await? == wanted).then_some(()));
        self.wait(&format!("a viewport of {width} × {height}"), look).await
    }

    /// Loads an address and waits for its `load` event.
    ///
    /// # Errors
    /// When it can't be loaded.
    pub async fn goto(&self, address: &str) -> Result<()> {
        self.before_leaving().await;
        self.driver()
            .goto(address)
            .await
            .map_err(|error| Trouble::from(error).while_doing(format!("goto {address}")))
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// When it can't be loaded.
    pub async fn reload(&self) -> Result<()> {
        self.before_leaving().await;
        Ok(self.driver().refresh().await?)
    }

    /// The address that is shown.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn address(&self) -> Result<String> {
        Ok(self.driver().current_url().await?.to_string())
    }

    /// Runs a script from now on in every document of this tab, before the document's own.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn before_scripts(&self, script: &str) -> Result<()> {
        if self.engine() != Engine::Chromium {
            self.session.proxy("a script before others")?.before_scripts(script);
            return Ok(());
        }
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await.map(drop)
    }

    /// The page itself, outside any shadow root.
    pub fn page(&self) -> Scope<'_> {
        Scope::page(self)
    }

    /// The inside of the first `<equipoise-assessment>`.
    pub fn widget(&self) -> Scope<'_> {
        self.widget_at("equipoise-assessment")
    }

    /// The inside of the element that a CSS selector finds in the page.
    pub fn widget_at(&self, css: &str) -> Scope<'_> {
        Scope::widget(self, css)
    }

    /// All text that is shown, also where scripts are turned off.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn shown_text(&self) -> Result<String> {
        if self.engine() != Engine::Chromium {
            let said = self.driver().execute("return document.body.innerText;", Vec::new()).await?;
            return Ok(said.json().as_str().unwrap_or_default().to_owned());
        }
        // Without scripts even a driver's own don't run there, but the accessibility tree is.
        let tree = self.cdp("Accessibility.getFullAXTree", json!({})).await?;
        let nodes = tree["nodes"].as_array().into_iter().flatten();
        let texts = nodes.filter(|node| node["role"]["value"] == "StaticText");
        let said: Vec<&str> = texts.filter_map(|node| node["name"]["value"].as_str()).collect();
        Ok(said.join(" "))
    }

    /// The cookies that the browser keeps, by name; of the page that is open alone where the driver tells no more.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn cookies(&self) -> Result<Vec<String>> {
        let cookies = match self.engine() {
            Engine::Chromium => self.cdp("Storage.getCookies", json!({})).await?["cookies"].clone(),
            Engine::Firefox => {
                let all = "return Services.cookies.cookies.map(({ name }) => ({ name }));";
                self.session.chrome(all, Vec::new()).await?
            }
            Engine::WebKit => self.session.say(Method::GET, "/cookie", None).await?,
        };
        let names = cookies.as_array().into_iter().flatten().map(|cookie| cookie["name"].as_str());
        Ok(names.map(|name| name.unwrap_or_default().to_owned()).collect())
    }

    /// Runs the body of an async function in the page; what it returns, read as a `T`.
    ///
    /// # Errors
    /// When the script throws, or returns something else.
    pub async fn eval<T: DeserializeOwned>(&self, body: &str) -> Result<T> {
        self.eval_with(body, Vec::new()).await
    }

    /// The same with arguments, that the script has as `arguments[0]` and so on.
    ///
    /// # Errors
    /// When the script throws, or returns something else.
    pub async fn eval_with<T: DeserializeOwned>(&self, body: &str, arguments: Vec<Value>) -> Result<T> {
        let returned = self.execute(body, arguments).await?;
        serde_json::from_value(returned.json().clone())
            .map_err(|error| Trouble::from(error).while_doing(format!("script {body:.200}")))
    }

    pub(crate) async fn execute(
        &self,
        body: &str,
        arguments: Vec<Value>,
    ) -> Result<thirtyfour::session::scriptret::ScriptRet> {
        let script = format!("return (async function () {{ {body}\n}}).apply(null, arguments);");
        let ran = self.driver().execute(script, arguments).await;
        ran.map_err(|error| Trouble::from(error).while_doing(format!("script {body:.200}")))
    }

    /// Goes into a frame that a CSS selector finds in the page: from then on everything is asked in there.
    ///
    /// # Errors
    /// When there is no such frame.
    pub async fn enter_frame(&self, css: &str) -> Result<()> {
        let frame = self.page().find(css).await?;
        Ok(frame.inner.enter_frame().await?)
    }

    /// Goes back to the page around all frames.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn leave_frames(&self) -> Result<()> {
        Ok(self.driver().enter_default_frame().await?)
    }

    /// Waits until what has changed is laid out and drawn, what follows from that included.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn next_frame(&self) -> Result<()> {
        let frame = "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));";
        self.eval::<()>(frame).await
    }

    /// Waits until a script returns something true; `what` says what was waited for.
    ///
    /// # Errors
    /// When that takes longer than half a minute; a screenshot is kept then.
    pub async fn wait_until(&self, what: &str, body: &str) -> Result<()> {
        self.wait(what, async || self.eval::<Value>(body).await.map(|value| truthy(&value).then_some(())))
            .await
    }

    /// Looks again and again until there is something; `what` says what was waited for.
    ///
    /// # Errors
    /// When that takes longer than half a minute; a screenshot is kept then.
    pub async fn wait<T>(&self, what: &str, look: impl AsyncFn() -> Result<Option<T>>) -> Result<T> {
        let started = Instant::now();
        loop {
            // A page that is just being replaced makes a look fail; the next one counts.
            let looked = look().await;
            if let Ok(Some(found)) = looked {
                return Ok(found);
            }
            if started.elapsed() < PATIENCE {
                tokio::time::sleep(PAUSE).await;
                continue;
            }
            let last = looked.err().map_or(String::new(), |trouble| format!(" ({trouble})"));
            let (there, kept) = (self.what_is_there().await, self.keep_failure().await);
            let seconds = PATIENCE.as_secs();
            return Err(Trouble::new(format!("waited {seconds} s for {what}{last}{there}{kept}")));
        }
    }

    /// Presses keys where the focus is, one after the other.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn press(&self, key: Key) -> Result<()> {
        Ok(self.driver().action_chain().send_keys(key).perform().await?)
    }

    /// Presses a key while Shift is held.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn press_shifted(&self, key: Key) -> Result<()> {
        let chain = self.driver().action_chain().key_down(Key::Shift).send_keys(key).key_up(Key::Shift);
        Ok(chain.perform().await?)
    }

    /// Types text where the focus is.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        Ok(self.driver().action_chain().send_keys(text).perform().await?)
    }

    /// Whether the focused element, in whatever shadow root, fits a CSS selector.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn focus_is(&self, css: &str) -> Result<bool> {
        self.eval_with(&format!("{FOCUSED} return !!focused?.matches(arguments[0]);"), vec![json!(css)]).await
    }

    /// Waits until the focused element fits a CSS selector.
    ///
    /// # Errors
    /// When it doesn't in time; says what has the focus instead.
    pub async fn wait_for_focus(&self, css: &str) -> Result<()> {
        let what = format!("focus on {css}");
        let waited = self.wait(&what, async || self.focus_is(css).await.map(|is| is.then_some(())));
        match waited.await {
            Ok(()) => Ok(()),
            Err(trouble) => Err(trouble.while_doing(format!("focus is on {}", self.focused().await?))),
        }
    }

    /// The focused element, in whatever shadow root, as its start tag.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn focused(&self) -> Result<String> {
        self.eval(&format!("{FOCUSED} return focused ? focused.cloneNode(false).outerHTML : 'nothing';"))
            .await
    }

    /// When the focus has left the page for the browser's own buttons: puts it before the first element again, where a
    /// person comes after the last of those. Keys of a driver never reach them, so it would stay there.
    pub(crate) async fn back_to_the_top(&self) -> Result<()> {
        if self.engine() == Engine::Chromium {
            return Ok(());
        }
        // A window of WebKit's may have keys without the focus: there the page says who has it.
        let within = format!("{FOCUSED} return !!focused && (document.hasFocus() || arguments[0]);");
        if self.eval_with::<bool>(&within, vec![json!(self.engine() == Engine::WebKit)]).await? {
            return Ok(());
        }
        if self.engine() == Engine::Firefox {
            self.session.chrome("tab.focus();", Vec::new()).await?;
        } else {
            // There the keys go where the window has its focus, and only a pointer gives that back to the page.
            let there = json!({ "type": "pointerMove", "duration": 0, "x": 1, "y": 1 });
            let down = json!({ "type": "pointerDown", "button": 0 });
            self.session.point("mouse", json!([there, down, { "type": "pointerUp", "button": 0 }])).await?;
        }
        let first = "const first = document.createElement('span');
            first.tabIndex = -1;
            first.addEventListener('blur', () => first.remove(), { once: true });
            document.body.prepend(first);
            first.focus();";
        self.eval::<()>(first).await
    }

    /// Opens a further tab and goes on in it. The number is for [`Browser::tab`].
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn open_tab(&self) -> Result<usize> {
        self.before_leaving().await;
        let handle = self.driver().new_tab().await?;
        self.driver().switch_to_window(handle.clone()).await?;
        let number = {
            let mut tabs = self.tabs();
            tabs.push(handle);
            tabs.len() - 1
        };
        self.prepare_tab().await?;
        Ok(number)
    }

    /// Goes on in another tab; the first is 0.
    ///
    /// # Errors
    /// When there is no such tab.
    pub async fn tab(&self, number: usize) -> Result<()> {
        self.before_leaving().await;
        let handle = self.tabs().get(number).cloned();
        let handle = handle.ok_or_else(|| Trouble::new(format!("there is no tab {number}")))?;
        Ok(self.driver().switch_to_window(handle).await?)
    }

    /// Closes this tab and goes on in the first.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn close_tab(&self) -> Result<()> {
        self.before_leaving().await;
        let closed = self.driver().window().await?;
        self.driver().close_window().await?;
        self.tabs().retain(|handle| *handle != closed);
        self.tab(0).await
    }

    fn tabs(&self) -> MutexGuard<'_, Vec<WindowHandle>> {
        self.tabs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the tab's process crash, as if it had been killed, and ends the browser.
    /// A new one with the same [`crate::Profile`] shows what was kept.
    ///
    /// # Errors
    /// When the tab doesn't crash.
    pub async fn crash(self) -> Result<()> {
        match self.engine() {
            Engine::Chromium => {
                // The answer never comes: the process that would give it is gone.
                let said = self.cdp("Page.crash", json!({}));
                let crashed = tokio::time::timeout(Duration::from_secs(3), said).await;
                if matches!(crashed, Ok(Ok(_))) {
                    return Err(Trouble::new("the tab did not crash"));
                }
            }
            Engine::Firefox => self.crash_firefox().await?,
            Engine::WebKit => self.crash_webkit().await?,
        }
        self.close();
        Ok(())
    }

    /// Ends the browser and waits until it is gone. Dropping it does the same.
    pub fn close(self) {
        drop(self);
    }

    /// Says something in Chromium's own protocol.
    ///
    /// # Errors
    /// When the browser refuses, or isn't Chromium.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        if self.engine() != Engine::Chromium {
            return Err(Trouble::new(format!("{} does not speak the protocol of {method}", self.engine())));
        }
        let said = self.driver().cdp().send_raw(method, parameters).await;
        said.map_err(|error| Trouble::from(error).while_doing(method))
    }

    /// Leaves a folder in its place until the browser is gone.
    pub(crate) fn keep(&self, folder: Folder) {
        if let Ok(mut picked) = self.picked.lock() {
            picked.push(folder);
        }
    }

    /// What a failing test had before it, in words: the log of a run that nobody watched has no pictures. The address, the
    /// beginning of what the page and its widgets say, and the last line of the console; or why the page can't be asked.
    pub async fn what_is_there(&self) -> String {
        let says = match self.eval::<(String, String)>(SAYS).await {
            Ok((address, text)) => format!("\n  there was {address}, saying {text:?}"),
            Err(trouble) => format!("\n  the page can't be asked: {trouble}"),
        };
        let console = self.console().await.unwrap_or_default();
        let last = console.last().map_or(String::new(), |line| format!("\n  the console ends with {line:?}"));
        [says, last].concat()
    }

    /// Keeps a picture of what a failing test saw; a note where it is, or nothing.
    async fn keep_failure(&self) -> String {
        let thread = std::thread::current();
        let name = format!("failed-{}", thread.name().unwrap_or("test").replace("::", "-"));
        match self.screenshot(&name).await {
            Ok(file) => format!("; screenshot: {}", shown(&file)),
            Err(_) => String::new(),
        }
    }
}

fn shown(file: &Path) -> String {
    xtask::paths::shown(file)
}

fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(is) => *is,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// The address, and up to 300 characters of what stands in the page and in its widgets.
const SAYS: &str = "const widgets = [...document.querySelectorAll('equipoise-assessment')];
    const said = [document.body?.innerText, ...widgets.map(it => it.shadowRoot?.querySelector('.app, [role=alert]')?.innerText
        ?? it.shadowRoot?.textContent ?? 'a widget without anything in it')];
    return [location.href, said.join(' | ').replace(/\\s+/g, ' ').trim().slice(0, 300)];";

/// Follows the focus through shadow roots.
const FOCUSED: &str = "let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (focused === document.body) focused = null;";
