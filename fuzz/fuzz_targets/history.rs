//! Kept results, by themselves or in a backup, are refused, or are written and read again as they were; and all that is
//! in them comes back into an empty browser.
#![no_main]

use std::sync::LazyLock;

use equipoise::formats::backup::{Backup, LONGEST_WRITTEN};
use equipoise::formats::history;
use equipoise::history::{History, MOST};
use equipoise::instrument::Instrument;
use libfuzzer_sys::fuzz_target;

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(Instrument::built_in);

fuzz_target!(|text: &str| {
    if let Ok(history) = history::read(&INSTRUMENT, text) {
        check(&Backup { record: None, history });
    }
    if let Ok(backup) = Backup::read(&INSTRUMENT, text) {
        check(&backup);
    }
});

fn check(backup: &Backup) {
    let stored = history::write(&INSTRUMENT, &backup.history);
    let again = history::read(&INSTRUMENT, &stored).expect("our own writing reads");
    assert_eq!(history::write(&INSTRUMENT, &again), stored);
    let mut back = History::default();
    for most_bytes in [LONGEST_WRITTEN, 1] {
        let files = backup.write(&INSTRUMENT, most_bytes);
        let read: Vec<Backup> =
            files.iter().map(|file| Backup::read(&INSTRUMENT, file).expect("our own file")).collect();
        assert_eq!(read[0].record, backup.record);
        for file in &read {
            back.restore(&file.history, 1);
        }
    }
    for kept in backup.history.kept() {
        let is_back = back.kept().iter().any(|known| known.file.is_same_result(&kept.file));
        assert!(is_back || back.kept().len() == MOST);
    }
    let mut merged = again;
    merged.merge(&back);
    assert!(merged.kept().len() <= MOST);
    let _ = history::read(&INSTRUMENT, &history::write(&INSTRUMENT, &merged)).expect("it stays readable");
}
