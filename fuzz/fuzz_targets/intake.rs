//! Any input gives something: what was found, or what is wrong with it, in words.
#![no_main]

use std::sync::LazyLock;

use equipoise::day::Day;
use equipoise::formats::intake;
use equipoise::i18n::Texts;
use equipoise::instrument::Instrument;
use libfuzzer_sys::fuzz_target;

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(Instrument::built_in);
thread_local! {
    static TEXTS: Texts = Texts::built_in("nl");
}

fuzz_target!(|bytes: &[u8]| {
    let taken = intake::read(&INSTRUMENT, bytes, Day::of(0));
    assert!(!taken.found.is_empty() || !taken.refusals.is_empty());
    TEXTS.with(|texts| {
        for refusal in &taken.refusals {
            assert!(refusal.describe(texts).iter().all(|line| !line.is_empty()));
        }
        for find in &taken.found {
            assert_eq!(find.describe(texts).len(), find.remarks.len());
        }
    });
});
