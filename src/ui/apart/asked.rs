//! What the host page asks of the questionnaire: one of its languages, and one of its forms. Which there are is known
//! only once it is read, so these two attributes are looked at here, and at every questionnaire alike.

use std::rc::Rc;

use web_sys::HtmlElement;

use super::kiosk;
use crate::embed::{self, Config};
use crate::i18n::Texts;
use crate::instrument::Instrument;
use crate::own;
use crate::ui::App;

/// What the two attributes say.
#[derive(Default)]
pub(super) struct Asked {
    language: Option<String>,
    form: Option<String>,
}

impl Asked {
    pub(super) fn read(host: &HtmlElement) -> Self {
        Self { language: embed::given(host, "lang"), form: embed::given(host, "form") }
    }

    /// Says so in the console when the questionnaire has no such language or no such form. What was asked for `before`
    /// was looked at then.
    pub(super) fn check(&self, before: &Self, instrument: &Instrument, packs: &[Rc<Texts>], kiosk: bool) {
        let is_missing = |tag: &&str| own::place_of(packs.iter().map(|pack| pack.language()), tag).is_none();
        let asked = self.language.as_deref().filter(|_| self.language != before.language);
        if let Some(tag) = asked.filter(is_missing) {
            embed::warn_of("lang", tag, "following the browser");
        }
        let asked = self.form.as_deref().filter(|_| self.form != before.form);
        if let Some(form) = asked.filter(|form| instrument.find_form(form).is_none()) {
            embed::warn_of("form", form, if kiosk { "offering the shortest" } else { "offering all" });
        }
    }
}

impl App {
    /// Takes over what the host page asks for now. A language that a person chose meanwhile stays, unless the page asks
    /// for another than it did.
    pub(super) fn configure(&mut self, config: Config) {
        let (before, now) = (self.spoken(&self.config), self.spoken(&config));
        let Some(apart) = &mut self.apart else { return };
        let asked = std::mem::replace(&mut apart.asked, Asked::read(&self.host));
        if apart.is_sound() {
            apart.asked.check(&asked, self.session.instrument(), &self.packs, apart.kiosk.is_some());
        }
        self.config.shares = config.shares;
        self.config.form = config.form;
        self.config.language = config.language;
        self.config.wanted = config.wanted;
        if apart.kiosk.is_some() {
            kiosk::offer(&mut self.config, self.session.instrument());
        }
        if let Some(language) = now.filter(|now| before.as_ref() != Some(now)) {
            if let Some(kiosk) = &mut apart.kiosk {
                kiosk.speak_next(&language);
            }
            self.host_language = Some(language);
            self.speak();
        }
    }

    /// The first language that is wanted and for which there are texts.
    fn spoken(&self, config: &Config) -> Option<String> {
        let pack = config.wanted.iter().find_map(|tag| self.pack_for(tag))?;
        Some(pack.language().to_owned())
    }
}
