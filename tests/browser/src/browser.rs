//! A browser window: opened, sent to pages, asked things, and gone with the value.

use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, Key};

use crate::failed::{Result, Trouble};
use crate::folder::Folder;
use crate::logs::Logs;
use crate::options::Options;
use crate::scope::Scope;
use crate::{driver, environment};

/// How long anything may take to appear. Reached only by what fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// A browser with one or more tabs. It ends when this value is dropped.
#[derive(Debug)]
pub struct Browser {
    pub(crate) driver: WebDriver,
    pub(crate) options: Options,
    pub(crate) logs: Mutex<Logs>,
    /// Files that were picked, for as long as a page may read them.
    picked: Mutex<Vec<Folder>>,
}

impl Browser {
    /// Opens a browser on an empty page.
    ///
    /// # Errors
    /// When there is no browser or it doesn't start.
    pub async fn open(options: Options) -> Result<Self> {
        let chromium = environment::chromium()?;
        let wanted = options.capabilities(&chromium.display().to_string());
        let mut capabilities = Capabilities::new();
        for (key, value) in wanted.as_object().into_iter().flatten() {
            capabilities.set(key, value.clone())?;
        }
        let driver = WebDriver::builder(driver::address()?, capabilities).connect().await?;
        let browser = Self { driver, options, logs: Mutex::default(), picked: Mutex::default() };
        browser.prepare_tab().await?;
        Ok(browser)
    }

    /// What holds for a tab only, and has to be said to each.
    async fn prepare_tab(&self) -> Result<()> {
        self.resize(self.options.width, self.options.height).await?;
        self.emulate_media("").await?;
        self.cdp("Emulation.setLocaleOverride", json!({ "locale": self.options.language })).await?;
        for script in &self.options.before_scripts {
            self.before_scripts(script).await?;
        }
        Ok(())
    }

    /// Loads an address and waits for its `load` event.
    ///
    /// # Errors
    /// When it can't be loaded.
    pub async fn goto(&self, address: &str) -> Result<()> {
        self.driver
            .goto(address)
            .await
            .map_err(|error| Trouble::from(error).while_doing(format!("goto {address}")))
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// When it can't be loaded.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.driver.refresh().await?)
    }

    /// The address that is shown.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn address(&self) -> Result<String> {
        Ok(self.driver.current_url().await?.to_string())
    }

    /// Runs a script from now on in every document of this tab, before the document's own.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn before_scripts(&self, script: &str) -> Result<()> {
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
        let ran = self.driver.execute(script, arguments).await;
        ran.map_err(|error| Trouble::from(error).while_doing(format!("script {body:.200}")))
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
    /// When that takes longer than ten seconds; a screenshot is kept then.
    pub async fn wait_until(&self, what: &str, body: &str) -> Result<()> {
        self.wait(what, async || self.eval::<Value>(body).await.map(|value| truthy(&value).then_some(())))
            .await
    }

    /// Looks again and again until there is something; `what` says what was waited for.
    ///
    /// # Errors
    /// When that takes longer than ten seconds; a screenshot is kept then.
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
            let kept = self.keep_failure().await;
            return Err(Trouble::new(format!("waited {} s for {what}{last}{kept}", PATIENCE.as_secs())));
        }
    }

    /// Presses keys where the focus is, one after the other.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn press(&self, key: Key) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(key).perform().await?)
    }

    /// Presses a key while Shift is held.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn press_shifted(&self, key: Key) -> Result<()> {
        let chain = self.driver.action_chain().key_down(Key::Shift).send_keys(key).key_up(Key::Shift);
        Ok(chain.perform().await?)
    }

    /// Types text where the focus is.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(text).perform().await?)
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

    /// Opens a further tab and goes on in it. The number is for [`Browser::tab`].
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn open_tab(&self) -> Result<usize> {
        let handle = self.driver.new_tab().await?;
        self.driver.switch_to_window(handle).await?;
        self.prepare_tab().await?;
        Ok(self.driver.windows().await?.len() - 1)
    }

    /// Goes on in another tab; the first is 0.
    ///
    /// # Errors
    /// When there is no such tab.
    pub async fn tab(&self, number: usize) -> Result<()> {
        let tabs = self.driver.windows().await?;
        let handle = tabs.get(number).ok_or_else(|| Trouble::new(format!("there is no tab {number}")))?;
        Ok(self.driver.switch_to_window(handle.clone()).await?)
    }

    /// Closes this tab and goes on in the first.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn close_tab(&self) -> Result<()> {
        self.driver.close_window().await?;
        self.tab(0).await
    }

    /// Lets the tab's process crash, as if it had been killed, and ends the browser.
    /// A new one with the same [`crate::Profile`] shows what was kept.
    ///
    /// # Errors
    /// When the tab doesn't crash.
    pub async fn crash(self) -> Result<()> {
        // The answer never comes: the process that would give it is gone.
        let crashed = tokio::time::timeout(Duration::from_secs(3), self.cdp("Page.crash", json!({}))).await;
        if matches!(crashed, Ok(Ok(_))) {
            return Err(Trouble::new("the tab did not crash"));
        }
        self.close();
        Ok(())
    }

    /// Ends the browser and waits until it is gone. Dropping it does the same.
    pub fn close(self) {
        drop(self);
    }

    /// Says something in the browser's own protocol.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        let said = self.driver.cdp().send_raw(method, parameters).await;
        said.map_err(|error| Trouble::from(error).while_doing(method))
    }

    /// Leaves a folder in its place until the browser is gone.
    pub(crate) fn keep(&self, folder: Folder) {
        if let Ok(mut picked) = self.picked.lock() {
            picked.push(folder);
        }
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

impl Drop for Browser {
    fn drop(&mut self) {
        driver::end(&self.driver);
        // The driver's own way of ending waits for the runtime that is waiting here.
        let _ = self.driver.clone().leak();
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

/// Follows the focus through shadow roots.
const FOCUSED: &str = "let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (focused === document.body) focused = null;";
