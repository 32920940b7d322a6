//! An instrument is refused with problems that can be told, or is sound: its forms have pages, and nothing answered
//! can be scored.
#![no_main]

use std::sync::LazyLock;

use equipoise::answers::Answers;
use equipoise::i18n::Texts;
use equipoise::instrument::{Instrument, pages};
use equipoise::scoring;
use libfuzzer_sys::fuzz_target;

static TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts::built_in("en"));

fuzz_target!(|text: &str| match Instrument::read(text) {
    Err(problems) => assert!(problems.iter().all(|problem| !problem.describe(&TEXTS).is_empty())),
    Ok(instrument) => {
        for form in instrument.form_positions() {
            assert!(!pages(&instrument, instrument.form(form), &[]).0.is_empty());
            let _ = scoring::score(&instrument, form, &Answers::new(&instrument), None);
        }
    }
});
