//! Chromium: one chromedriver for a test program, and the browser's own protocol for all that `WebDriver` lacks.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use crate::environment;
use crate::failed::Result;
use crate::options::Options;
use crate::process::{Process, Start};
use crate::session::Ground;

/// The line that chromedriver prints when it is ready; the port follows.
const READY: &str = "started successfully on port ";

pub(crate) fn start(options: &Options) -> Result<(String, Value, Ground)> {
    let chromium = environment::chromium()?;
    Ok((driver()?, capabilities(options, &chromium.display().to_string()), Ground::default()))
}

/// Host and port of the driver, started on the first use. It serves every browser of this program.
fn driver() -> Result<String> {
    static DRIVER: Mutex<Option<(Process, String)>> = Mutex::new(None);
    let mut running = DRIVER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, address)) = &*running {
        return Ok(address.clone());
    }
    let start = Start::default().argument("--port=0").argument("--log-level=SEVERE");
    let (process, address) = start.until(&environment::chromedriver()?, |line| {
        let (_, port) = line.split_once(READY)?;
        Some(format!("127.0.0.1:{}", port.trim_end_matches('.').trim()))
    })?;
    *running = Some((process, address.clone()));
    Ok(address)
}

/// The capabilities with which chromedriver opens the browser.
fn capabilities(options: &Options, chromium: &str) -> Value {
    let mut flags = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--no-first-run".to_owned(),
        "--no-default-browser-check".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        // A window that isn't in front is not to be slowed down or left undrawn.
        "--disable-backgrounding-occluded-windows".to_owned(),
        "--disable-renderer-backgrounding".to_owned(),
        "--disable-background-timer-throttling".to_owned(),
        "--hide-scrollbars".to_owned(),
        "--force-color-profile=srgb".to_owned(),
        format!("--lang={}", options.language),
        format!("--window-size={},{}", options.width.max(500), options.height + 150),
    ];
    if let Some(profile) = &options.profile {
        flags.push(format!("--user-data-dir={}", profile.path().display()));
    }
    let mut capabilities = json!({
        "browserName": "chrome",
        "pageLoadStrategy": "normal",
        "goog:chromeOptions": {
            "binary": chromium,
            "args": flags,
            "prefs": { "intl.accept_languages": options.language, "intl.selected_languages": options.language },
        },
    });
    if let Some(folder) = &options.downloads {
        let prefs = &mut capabilities["goog:chromeOptions"]["prefs"];
        prefs["download.default_directory"] = json!(folder.path());
        prefs["download.prompt_for_download"] = json!(false);
        // Several files at a time, also without a click for each.
        prefs["profile.default_content_setting_values.automatic_downloads"] = json!(1);
    }
    if options.logs {
        capabilities["goog:loggingPrefs"] = json!({ "browser": "ALL", "performance": "ALL" });
        capabilities["goog:chromeOptions"]["perfLoggingPrefs"] =
            json!({ "enableNetwork": true, "enablePage": false });
    }
    capabilities
}
