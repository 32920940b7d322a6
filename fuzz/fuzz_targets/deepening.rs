//! Answers to the deepening modules in a result file are refused, or each fits its question and is written and read again
//! as it was; what a session holds of them is kept whatever it answers.
#![no_main]

use std::sync::LazyLock;

use equipoise::deepening::{self, Deepening};
use equipoise::formats::record::Record;
use equipoise::formats::result::ResultFile;
use equipoise::i18n::Texts;
use equipoise::instrument::Instrument;
use libfuzzer_sys::fuzz_target;

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(Instrument::built_in);
static DEEPENING: LazyLock<Deepening> = LazyLock::new(Deepening::built_in);
thread_local! {
    static TEXTS: Texts = Texts::built_in("en");
}

/// What stands around the answers, so that the fuzzer needn't find it.
const RESULT: &str = "{\"format\":\"equipoise-result\",\"version\":1,\"instrument\":{\"id\":\"alliance-paradoxes\",\
                      \"version\":\"1\"},\"form\":\"full\",\"answers\":{},\"deepening\":";
const SESSION: &str = "{\"format\":\"equipoise-session\",\"version\":2,\"instrument\":{\"id\":\"alliance-paradoxes\",\
                       \"version\":\"1\"},\"screen\":\"start\",\"page\":0,\"carried\":[],\"active_ms\":0,\"answers\":{},\
                       \"deepening\":";

fuzz_target!(|answers: &str| {
    if let Ok(file) = ResultFile::read(&INSTRUMENT, &[RESULT, answers, "}"].concat()) {
        assert_eq!(file.given, file.given.fitting(&DEEPENING));
        let again = ResultFile::read(&INSTRUMENT, &file.write(&INSTRUMENT)).expect("our own file");
        assert_eq!(again.given, file.given);
    }
    if let Ok(record) = Record::read(&INSTRUMENT, &[SESSION, answers, "}"].concat()) {
        TEXTS.with(|texts| {
            let _ = deepening::insights(&DEEPENING, &record.given, &INSTRUMENT, &[], texts);
            for module in DEEPENING.modules() {
                let _ = deepening::lines(&DEEPENING, &record.given, module, texts);
            }
        });
        let again = Record::read(&INSTRUMENT, &record.write(&INSTRUMENT));
        assert_eq!(again, Ok(record));
    }
});
