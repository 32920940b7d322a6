//! A code is refused, or holds something that can be written and read again.
#![no_main]

use std::sync::LazyLock;

use equipoise::formats::link;
use equipoise::instrument::Instrument;
use libfuzzer_sys::fuzz_target;

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(Instrument::built_in);

fuzz_target!(|code: &str| {
    if let Ok(shared) = link::decode(&INSTRUMENT, code) {
        let again = link::encode(&INSTRUMENT, &shared).expect("what was read fits");
        assert_eq!(link::decode(&INSTRUMENT, &again), Ok(shared));
    }
});
