//! Whatever stands on a line, the quick way of reading it agrees with the result file: the same verdict, the same
//! problems, the same text. Lines of any length are taken apart.
#![no_main]

use std::sync::LazyLock;

use equipoise::formats::lines::{self, Lines, Reader};
use equipoise::formats::result::ResultFile;
use equipoise::instrument::Instrument;
use libfuzzer_sys::fuzz_target;

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(Instrument::built_in);

fuzz_target!(|bytes: &[u8]| {
    let (mut lines, mut reader) = (Lines::new(bytes), Reader::new(&INSTRUMENT));
    while let Some(line) = lines.next_line().expect("memory can be read") {
        if let Ok(text) = line {
            agree(&mut reader, text);
        }
    }
});

fn agree(reader: &mut Reader<'_>, text: &str) {
    match (reader.read(text), ResultFile::read(&INSTRUMENT, text)) {
        (Ok(line), Ok(file)) => {
            let mut written = Vec::new();
            line.write(&INSTRUMENT, &mut written);
            assert_eq!(written, file.write(&INSTRUMENT).into_bytes());
            assert_eq!(line.report(), &file.report(&INSTRUMENT));
            assert_eq!(line.mismatches(), file.mismatches(&INSTRUMENT));
            assert_eq!(line.repeated(), lines::repeated(text));
            assert_eq!(line.day(), file.day);
        }
        (Err(problems), Err(expected)) => assert_eq!(problems, expected),
        (line, file) => panic!("line: {line:?}\nfile: {file:?}"),
    }
}
