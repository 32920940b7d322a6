//! How a browser is opened.

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
// Each is set by itself, and any may go with any other.
#[allow(clippy::struct_excessive_bools)]
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
    pub(crate) scripts: bool,
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
            scripts: true,
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

    /// Someone who turned scripts off.
    #[must_use]
    pub fn without_scripts(mut self) -> Self {
        self.scripts = false;
        self
    }
}
