//! How a browser is opened.

use serde_json::{Value, json};

use crate::failed::Result;
use crate::folder::Folder;
use crate::profile::Profile;

/// What `prefers-color-scheme` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How a browser is opened: by default 1400 × 900, light, in English, with an empty profile.
#[derive(Debug, Clone)]
pub struct Options {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) scheme: Scheme,
    pub(crate) language: String,
    pub(crate) reduced_motion: bool,
    pub(crate) forced_colours: bool,
    pub(crate) profile: Option<Profile>,
    pub(crate) downloads: Option<Folder>,
    pub(crate) before_scripts: Vec<String>,
    pub(crate) logs: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 1400,
            height: 900,
            scheme: Scheme::Light,
            language: "en-GB".to_owned(),
            reduced_motion: false,
            forced_colours: false,
            profile: None,
            downloads: None,
            before_scripts: Vec::new(),
            logs: true,
        }
    }
}

impl Options {
    /// The viewport in CSS pixels, as narrow as wanted.
    #[must_use]
    pub fn size(mut self, width: u32, height: u32) -> Self {
        (self.width, self.height) = (width, height);
        self
    }

    /// Light or dark.
    #[must_use]
    pub fn scheme(mut self, scheme: Scheme) -> Self {
        self.scheme = scheme;
        self
    }

    /// The person's language, `nl` say: what `navigator.language` and `Intl` go by.
    #[must_use]
    pub fn language(mut self, language: &str) -> Self {
        language.clone_into(&mut self.language);
        self
    }

    /// Someone who asked for less motion.
    #[must_use]
    pub fn reduced_motion(mut self) -> Self {
        self.reduced_motion = true;
        self
    }

    /// Someone whose system sets all colours.
    #[must_use]
    pub fn forced_colours(mut self) -> Self {
        self.forced_colours = true;
        self
    }

    /// Goes on in a profile that was used before.
    #[must_use]
    pub fn profile(mut self, profile: &Profile) -> Self {
        self.profile = Some(profile.clone());
        self
    }

    /// Takes what is downloaded, without asking, for [`Browser::downloaded`](crate::Browser::downloaded).
    ///
    /// # Errors
    /// When no folder can be made for it.
    pub fn downloads(mut self) -> Result<Self> {
        self.downloads = Some(Folder::new("downloads")?);
        Ok(self)
    }

    /// A script that runs in every document before its own, to make `localStorage` throw for instance.
    #[must_use]
    pub fn before_scripts(mut self, script: &str) -> Self {
        self.before_scripts.push(script.to_owned());
        self
    }

    /// Keeps no log of requests: for measuring, where the log itself would cost time.
    #[must_use]
    pub fn without_logs(mut self) -> Self {
        self.logs = false;
        self
    }

    /// The capabilities with which chromedriver opens the browser.
    pub(crate) fn capabilities(&self, chromium: &str) -> Value {
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
            format!("--lang={}", self.language),
            format!("--window-size={},{}", self.width.max(500), self.height + 150),
        ];
        if let Some(profile) = &self.profile {
            flags.push(format!("--user-data-dir={}", profile.path().display()));
        }
        let mut capabilities = json!({
            "browserName": "chrome",
            "pageLoadStrategy": "normal",
            "goog:chromeOptions": {
                "binary": chromium,
                "args": flags,
                "prefs": { "intl.accept_languages": self.language, "intl.selected_languages": self.language },
            },
        });
        if let Some(folder) = &self.downloads {
            let prefs = &mut capabilities["goog:chromeOptions"]["prefs"];
            prefs["download.default_directory"] = json!(folder.path());
            prefs["download.prompt_for_download"] = json!(false);
            // Several files at a time, also without a click for each.
            prefs["profile.default_content_setting_values.automatic_downloads"] = json!(1);
        }
        if self.logs {
            capabilities["goog:loggingPrefs"] = json!({ "browser": "ALL", "performance": "ALL" });
            capabilities["goog:chromeOptions"]["perfLoggingPrefs"] =
                json!({ "enableNetwork": true, "enablePage": false });
        }
        capabilities
    }
}
