//! A language pack is refused, or survives being packed as it ships.
#![no_main]

use equipoise::i18n::{Part, Texts};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(texts) = Texts::read(text) {
        for part in [Part::Element, Part::First, Part::Further, Part::Apart] {
            let (keys, packed) = texts.pack(part);
            let _ = Texts::unpack_keys(&keys).and_then(|keys| Texts::unpack(&keys, &packed));
        }
        assert!(texts.entries().all(|(key, _)| texts.find(key).is_some()));
    }
});
