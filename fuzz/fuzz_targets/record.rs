//! A stored session is refused, or is written and read again as it was.
#![no_main]

use std::sync::LazyLock;

use equipoise::formats::record::Record;
use equipoise::instrument::Instrument;
use libfuzzer_sys::fuzz_target;

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(Instrument::built_in);

fuzz_target!(|text: &str| {
    if let Ok(record) = Record::read(&INSTRUMENT, text) {
        let again = Record::read(&INSTRUMENT, &record.write(&INSTRUMENT));
        assert_eq!(again, Ok(record));
    }
});
