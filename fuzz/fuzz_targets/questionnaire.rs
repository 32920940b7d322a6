//! A questionnaire is refused with problems that can be told, or it is sound: every text that a screen asks for is there,
//! and nothing answered can be scored.
#![no_main]

use equipoise::answers::Answers;
use equipoise::i18n::Texts;
use equipoise::own::{Questionnaire, lint};
use equipoise::{scoring, summary};
use libfuzzer_sys::fuzz_target;

thread_local! {
    static TEXTS: Texts = Texts::built_in("en");
}

fuzz_target!(|bytes: &[u8]| TEXTS.with(|texts| match Questionnaire::read(bytes) {
    Err(fault) => {
        assert!(!fault.describe(texts).is_empty());
        assert!(fault.tell(texts).iter().all(|told| told.path.starts_with('$') && !told.hint.is_empty()));
    }
    Ok(questionnaire) => {
        let _ = lint(&questionnaire);
        let instrument = &questionnaire.instrument;
        for language in &questionnaire.languages {
            let own = questionnaire.texts(language, texts);
            for form in instrument.form_positions() {
                let report = scoring::score(instrument, form, &Answers::new(instrument), None);
                let _ = summary::sentences(instrument, &own, &report);
            }
            assert!(instrument.items().iter().all(|item| language.says(&format!("instrument.items.{}", item.id))));
        }
    }
}));
