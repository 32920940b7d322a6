//! Firefox: a geckodriver for every browser, since it serves only one; and scripts with the rights of the browser itself
//! for all that `WebDriver` lacks.

use http::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::environment;
use crate::failed::Result;
use crate::options::{Options, Scheme};
use crate::process::{Start, kill};
use crate::proxy::Proxy;
use crate::session::{Ground, Session};

/// The line that geckodriver prints when it is ready; host and port follow.
const READY: &str = "Listening on ";

/// What a script with the browser's rights begins with: the tab that is shown, and what is in it.
const TAB: &str = "const chrome = Services.wm.getMostRecentWindow('navigator:browser');
    const tab = chrome.gBrowser.selectedBrowser;
    const context = tab.browsingContext;";

pub(crate) fn start(options: &Options) -> Result<(String, Value, Ground)> {
    let proxy = Proxy::start(&options.before_scripts)?;
    let start = Start::default()
        .argument("--port=0")
        // Only asked for in order not to meet another driver on the usual port.
        .argument("--websocket-port=0")
        .argument("--allow-system-access")
        // Without it the preference about the server of settings doesn't count.
        .variable("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1")
        // Larger than any viewport of the tests, which is a part of it.
        .variable("MOZ_HEADLESS_WIDTH", "1600")
        .variable("MOZ_HEADLESS_HEIGHT", "1200");
    let read = |line: &str| Some(line.split_once(READY)?.1.trim().to_owned());
    let (process, address) = start.until(&environment::geckodriver()?, read)?;
    let capabilities =
        capabilities(options, &environment::firefox()?.display().to_string(), &proxy.address());
    Ok((address, capabilities, Ground { _process: Some(process), desk: None, proxy: Some(proxy) }))
}

/// The capabilities with which geckodriver opens the browser.
fn capabilities(options: &Options, firefox: &str, proxy: &str) -> Value {
    let mut arguments = vec!["-headless".to_owned()];
    if let Some(profile) = &options.profile {
        arguments.extend(["-profile".to_owned(), profile.path().display().to_string()]);
    }
    let mut preferences = json!({
        "intl.accept_languages": options.language,
        "ui.prefersReducedMotion": u8::from(options.reduced_motion),
        // As in the other engines a scrollbar takes no width.
        "ui.useOverlayScrollbars": 1,
        // The servers of the tests are on this machine, which is usually not asked by proxy.
        "network.proxy.allow_hijacking_localhost": true,
        "network.proxy.no_proxies_on": "",
        // A tab that isn't in front is not to be slowed down.
        "dom.min_background_timeout_value": 4,
        "dom.timeout.enable_budget_timer_throttling": false,
        // Processes for pages that are never opened take half of the time in which it opens.
        "dom.ipc.processPrelaunch.enabled": false,
        // Nothing is to be asked of the network but what a page asks.
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "browser.safebrowsing.downloads.remote.enabled": false,
        "services.settings.server": "data:,#remote-settings-dummy/v1",
    });
    if let Some(folder) = &options.downloads {
        preferences["browser.download.folderList"] = json!(2);
        preferences["browser.download.dir"] = json!(folder.path());
        preferences["browser.download.useDownloadDir"] = json!(true);
        preferences["browser.download.always_ask_before_handling_new_types"] = json!(false);
        preferences["browser.download.alwaysOpenPanel"] = json!(false);
    }
    json!({
        "browserName": "firefox",
        "pageLoadStrategy": "normal",
        "proxy": { "proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy },
        "moz:firefoxOptions": { "binary": firefox, "args": arguments, "prefs": preferences },
    })
}

impl Session {
    /// Runs a script with the rights of the browser itself; it has `tab`, `context` and `arguments`.
    pub(crate) async fn chrome(&self, body: &str, arguments: Vec<Value>) -> Result<Value> {
        let context = async |name: &str| {
            self.say(Method::POST, "/moz/context", Some(json!({ "context": name }))).await.map(drop)
        };
        context("chrome").await?;
        let script = json!({ "script": format!("{TAB} {body}"), "args": arguments });
        let ran = self.say(Method::POST, "/execute/sync", Some(script)).await;
        // Also when it failed: what follows is said to the page again.
        context("content").await?;
        ran
    }
}

impl Browser {
    /// What holds for a tab only, and has to be said to each.
    pub(crate) async fn prepare_firefox(&self) -> Result<()> {
        let body = "context.languageOverride = arguments[0]; context.allowJavascript = arguments[1];";
        let arguments = vec![json!(self.options.language), json!(self.options.scripts)];
        self.session.chrome(body, arguments).await.map(drop)
    }

    /// The part of the window that shows the page gets exactly this size, as in the developer tools.
    pub(crate) async fn resize_firefox(&self, width: u32, height: u32) -> Result<()> {
        let body = "const [width, height] = arguments;
            for (const [name, size] of [['width', width], ['height', height]])
                for (const side of [name, `min-${name}`, `max-${name}`]) tab.style.setProperty(side, `${size}px`, 'important');
            tab.style.setProperty('flex', 'none', 'important');";
        self.session.chrome(body, vec![json!(width), json!(height)]).await?;
        self.wait_for_size(width, height).await
    }

    pub(crate) async fn media_firefox(&self, media: &str) -> Result<()> {
        let body = "context.prefersColorSchemeOverride = arguments[0];
            context.forcedColorsOverride = arguments[1]; context.mediumOverride = arguments[2];";
        let scheme = if self.options.scheme == Scheme::Dark { "dark" } else { "light" };
        let forced = if self.options.forced_colours { "active" } else { "none" };
        self.session.chrome(body, vec![json!(scheme), json!(forced), json!(media)]).await.map(drop)
    }

    /// Kills the process of the page, as a crash does.
    pub(crate) async fn crash_firefox(&self) -> Result<()> {
        // Driven by a test the browser would end with the page; a person's doesn't.
        let body = "Services.env.set('MOZ_CRASHREPORTER_SHUTDOWN', '');
            return context.currentWindowGlobal.osPid;";
        let process = self.session.chrome(body, Vec::new()).await?;
        kill(&process.to_string())
    }
}
