//! A result file is refused, or is written and read again with the same answers and scores that follow from them.
#![no_main]

use std::sync::LazyLock;

use equipoise::formats::result::ResultFile;
use equipoise::instrument::Instrument;
use libfuzzer_sys::fuzz_target;

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(Instrument::built_in);

fuzz_target!(|text: &str| {
    if let Ok(file) = ResultFile::read(&INSTRUMENT, text) {
        let _ = file.mismatches(&INSTRUMENT);
        let again = ResultFile::read(&INSTRUMENT, &file.write(&INSTRUMENT)).expect("our own file");
        assert_eq!((again.form, &again.answers), (file.form, &file.answers));
        assert_eq!(again.mismatches(&INSTRUMENT), []);
    }
});
