//! An instrument is refused with problems that can be told, or is sound: its forms have pages, and nothing answered
//! can be scored.
#![no_main]

use equipoise::answers::Answers;
use equipoise::i18n::Texts;
use equipoise::instrument::{Instrument, pages};
use equipoise::scoring;
use libfuzzer_sys::fuzz_target;

thread_local! {
    static TEXTS: Texts = Texts::built_in("en");
}

fuzz_target!(|text: &str| match Instrument::read(text) {
    Err(problems) => TEXTS.with(|texts| {
        assert!(problems.iter().all(|problem| !problem.describe(texts).is_empty()));
    }),
    Ok(instrument) => {
        for form in instrument.form_positions() {
            assert!(!pages(&instrument, instrument.form(form), &[]).0.is_empty());
            let _ = scoring::score(&instrument, form, &Answers::new(&instrument), None);
        }
    }
});
