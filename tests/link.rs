//! The link code: what goes in comes out, it is short, and a code that isn't right never gives a result.

use std::collections::HashSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crc::{CRC_32_ISO_HDLC, Crc};
use equipoise::answers::{Answer, Answers, Degree};
use equipoise::day::Day;
use equipoise::formats::link::{self, LinkError, Shared};
use equipoise::i18n::Texts;
use equipoise::instrument::{BUILT_IN, Instrument, Role};
use equipoise::workbook::{About, Action, Progress, Workbook};
use proptest::prelude::*;
use serde_json::{Value, json};

const SYMBOLS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A result whose answers follow from `numbers`, which are gone through again and again.
fn shared(instrument: &Instrument, form: &str, numbers: &[u8], day: Option<&str>) -> Shared {
    let form = instrument.find_form(form).expect("a form");
    let mut answers = Answers::new(instrument);
    for (item, number) in instrument.form(form).items.iter().zip(numbers.iter().cycle()) {
        let phase = instrument.phase_positions().nth(usize::from(number.saturating_sub(1)) % 4);
        let answer = match number {
            0 => continue,
            6 => Answer::DontKnow,
            _ if instrument.item(*item).role == Role::Choice => Answer::Phase(phase.expect("a phase")),
            number => Answer::Degree(Degree::new(*number).expect("1 to 5")),
        };
        assert!(answers.set(instrument, *item, Some(answer), 0));
    }
    let day = day.map(|day| Day::read(day).expect("a day"));
    Shared { form, answers, day, label: None, workbook: None }
}

fn with_extras(instrument: &Instrument) -> Shared {
    let trust = instrument.paradox_positions().nth(3).expect("a paradox");
    let mut book = Workbook::default();
    book.write(About::Overall, "Begin met luisteren – écht.", 7);
    book.write(About::Paradox(trust), "<script>alert(1)</script> \"{n}\"", 8);
    let action = Action {
        text: "Afspraken op één A4".to_owned(),
        owner: "Noor".to_owned(),
        due: Day::read("2027-01-15"),
        progress: Progress::Doing,
        about: Some(trust),
    };
    book.add(action.clone(), 9);
    book.add(Action { due: None, about: None, owner: String::new(), progress: Progress::Open, ..action }, 9);
    Shared {
        label: Some("Jansen & co".to_owned()),
        workbook: Some(book),
        ..shared(instrument, "quick", &[1, 2, 0, 6, 5], Some("2026-11-25"))
    }
}

/// Codes of every form, full and sparse, with and without a day and a tail.
fn codes(instrument: &Instrument) -> Vec<String> {
    let plain = [
        shared(instrument, "full", &[3], Some("2026-11-25")),
        shared(instrument, "full", &[0], None),
        shared(instrument, "quick", &[1, 2, 3, 4, 5, 6, 0], Some("9999-12-31")),
        shared(instrument, "taster", &[6, 5], Some("1970-01-01")),
        with_extras(instrument),
    ];
    plain.iter().map(|shared| link::encode(instrument, shared).expect("it fits")).collect()
}

/// A code of a body made by hand; its checksum is right.
fn sealed(body: &[u8]) -> String {
    let sum = Crc::<u32>::new(&CRC_32_ISO_HDLC).checksum(body);
    URL_SAFE_NO_PAD.encode([body, &sum.to_be_bytes()].concat())
}

fn body_of(code: &str) -> Vec<u8> {
    let mut bytes = URL_SAFE_NO_PAD.decode(code).expect("a code");
    bytes.truncate(bytes.len() - 4);
    bytes
}

/// The built-in instrument after changes to its JSON.
fn changed(change: impl FnOnce(&mut Value)) -> Instrument {
    let mut value: Value = serde_json::from_str(BUILT_IN).expect("JSON");
    change(&mut value);
    Instrument::read(&value.to_string()).expect("a sound instrument")
}

#[test]
fn seventy_seven_answers_take_58_characters_with_what_stands_before_them() {
    let instrument = Instrument::built_in();
    for numbers in [[5_u8], [6], [1]] {
        let code = link::encode(&instrument, &shared(&instrument, "full", &numbers, Some("2026-11-25")));
        let code = code.expect("it fits");
        assert_eq!([link::PREFIX, &code].concat().len(), 58, "at most 60 are allowed");
        assert!(code.chars().all(|symbol| SYMBOLS.contains(symbol)), "{code}");
    }
}

#[test]
fn what_a_code_looks_like_never_changes() {
    let corpus: Vec<Value> =
        serde_json::from_str(include_str!("data/corpus/link-v1.json")).expect("a list of what they hold");
    let codes: Vec<&str> = include_str!("data/corpus/link-v1.txt").lines().collect();
    assert_eq!((codes.len(), corpus.len()), (5, 5));
    let instrument = Instrument::built_in();
    for (code, expected) in codes.into_iter().zip(corpus) {
        let read = link::decode(&instrument, code).expect("it stays readable for ever");
        assert_eq!(summary(&instrument, &read), expected, "{code}");
    }
}

/// What a link holds as JSON.
fn summary(instrument: &Instrument, shared: &Shared) -> Value {
    let form = instrument.form(shared.form);
    let answer = |item| match shared.answers.get(item) {
        None => '.',
        Some(Answer::DontKnow) => '?',
        Some(Answer::Degree(degree)) => char::from(b'0' + degree.number()),
        Some(Answer::Phase(phase)) => char::from(b'a' + phase.index() as u8),
    };
    let book = shared.workbook.clone().unwrap_or_default();
    let about = |about: &About| match about {
        About::Overall => "",
        About::Paradox(paradox) => &instrument.paradox(*paradox).id,
    };
    let notes: Vec<Value> = book.notes().map(|(on, note)| json!([about(&on), note])).collect();
    let actions: Vec<Value> = book
        .actions()
        .map(|(_, action)| {
            let on = action.about.map(|paradox| instrument.paradox(paradox).id.clone());
            let due = action.due.map(|due| due.to_string());
            json!([action.text, action.owner, due, action.progress.word(), on])
        })
        .collect();
    json!({
        "form": form.id, "day": shared.day.map(|day| day.to_string()), "label": shared.label,
        "answers": form.items.iter().map(|item| answer(*item)).collect::<String>(),
        "notes": notes, "actions": actions,
    })
}

#[test]
fn name_notes_and_actions_come_back_and_only_when_asked_for() {
    let instrument = Instrument::built_in();
    let all = with_extras(&instrument);
    let code = link::encode(&instrument, &all).expect("it fits");
    let back = link::decode(&instrument, &code).expect("its own code");
    assert_eq!(summary(&instrument, &back), summary(&instrument, &all));
    let english = Texts::built_in("en");
    assert_eq!(
        back.describe(&instrument, &english),
        [
            "Version: Short",
            "23 of the 29 questions answered",
            "Date: 2026-11-25",
            "Name of the alliance: Jansen & co",
            "2 notes",
            "2 actions",
        ]
    );
    let bare = Shared { label: Some(" ".to_owned()), workbook: Some(Workbook::default()), day: None, ..all };
    let code = link::encode(&instrument, &bare).expect("it fits");
    assert_eq!(code.len(), symbols(8 + 11 + 4), "nothing but answers");
    let back = link::decode(&instrument, &code).expect("its own code");
    assert_eq!(
        back.describe(&instrument, &Texts::built_in("nl")),
        [
            "Versie: Kort",
            "23 van de 29 vragen beantwoord",
            "Geen datum",
            "Geen naam van de alliantie",
            "Geen notities",
            "Geen acties",
        ]
    );
}

fn symbols(bytes: usize) -> usize {
    (bytes * 8).div_ceil(6)
}

#[test]
fn every_change_of_one_symbol_is_refused() {
    let instrument = Instrument::built_in();
    for code in codes(&instrument) {
        for place in 0..code.len() {
            for symbol in SYMBOLS.chars().chain(" +/=.é\u{0}\u{202e}".chars()) {
                let wrong = format!("{}{symbol}{}", &code[..place], &code[place + 1..]);
                let read = link::decode(&instrument, &wrong);
                assert!(wrong == code || read.is_err(), "{code} became {wrong}");
            }
        }
    }
}

#[test]
fn every_cut_is_told_as_one_and_nothing_may_follow() {
    let instrument = Instrument::built_in();
    for code in codes(&instrument) {
        for end in 1..code.len() {
            assert_eq!(link::decode(&instrument, &code[..end]), Err(LinkError::Cut), "{}", &code[..end]);
            let without_start = link::decode(&instrument, &code[end..]);
            assert!(without_start.is_err(), "{}", &code[end..]);
        }
        for symbol in SYMBOLS.chars().chain(" =.\n".chars()) {
            assert_eq!(link::decode(&instrument, &format!("{code}{symbol}")), Err(LinkError::Damaged));
            assert!(link::decode(&instrument, &format!("{symbol}{code}")).is_err());
        }
    }
}

#[test]
fn two_symbols_that_changed_places_are_refused_wherever_they_stand() {
    let instrument = Instrument::built_in();
    for code in codes(&instrument) {
        for left in 0..code.len() {
            for right in left + 1..code.len() {
                let mut wrong = code.clone().into_bytes();
                wrong.swap(left, right);
                let wrong = String::from_utf8(wrong).expect("ASCII");
                assert!(wrong == code || link::decode(&instrument, &wrong).is_err(), "{code} became {wrong}");
            }
        }
    }
}

/// The checksum is linear: whether a change goes unnoticed depends on the change alone, not on the code. So when the
/// traces of all changes of one symbol differ, no change of two symbols anywhere goes unnoticed in any code.
#[test]
fn no_change_of_two_symbols_goes_unnoticed_in_the_longest_code_without_a_tail() {
    let crc = Crc::<u32>::new(&CRC_32_ISO_HDLC);
    let zero = crc.checksum(&[0; 37]);
    let mut traces = HashSet::from([0]);
    for place in 0..55_usize {
        for change in 1..64_u8 {
            let mut bytes = [0_u8; 42];
            for bit in (0..6).filter(|bit| change >> (5 - bit) & 1 == 1) {
                let at = place * 6 + bit;
                bytes[at / 8] |= 0x80 >> (at % 8);
            }
            let check = u32::from_be_bytes(bytes[37..41].try_into().expect("four bytes"));
            // A stray bit at the end is refused before the checksum is looked at.
            let seen = bytes[41] != 0 || traces.insert(crc.checksum(&bytes[..37]) ^ zero ^ check);
            assert!(seen, "symbol {place}, change {change}");
        }
    }
    assert_eq!(traces.len(), 1 + 54 * 63 + 15, "all but those with a stray bit");
}

#[test]
fn a_code_is_bound_to_its_questionnaire_and_its_version() {
    let instrument = Instrument::built_in();
    let other = changed(|value| value["id"] = json!("team-health"));
    let newer = changed(|value| value["version"] = json!("2"));
    for code in codes(&instrument) {
        assert_eq!(link::decode(&other, &code), Err(LinkError::OtherInstrument));
        assert_eq!(link::decode(&newer, &code), Err(LinkError::OtherVersion));
    }
    let of_other = link::encode(&other, &shared(&other, "full", &[2], None)).expect("it fits");
    assert_eq!(link::decode(&instrument, &of_other), Err(LinkError::OtherInstrument));
}

#[test]
fn whose_a_code_is_can_be_told_before_it_is_read() {
    let instrument = Instrument::built_in();
    let other = changed(|value| value["id"] = json!("team-health"));
    let newer = changed(|value| value["version"] = json!("2"));
    for code in codes(&instrument) {
        assert!(!link::is_foreign(&instrument, &code));
        assert!(!link::is_foreign(&newer, &code), "of another version of it");
        assert!(link::is_foreign(&other, &code));
        assert!(!link::is_foreign(&instrument, &code[..code.len() - 5]), "one that is cut is still of it");
    }
    for nothing in ["", "AAAA", "é", "no code at all, but a sentence"] {
        assert!(!link::is_foreign(&instrument, nothing), "{nothing}: anybody may tell what is wrong with it");
    }
}

#[test]
fn a_questionnaire_of_ones_own_has_codes_as_well() {
    let own = changed(|value| {
        value["id"] = json!("own");
        value["forms"] = json!([{ "id": "one", "minutes": [1, 1], "phase_minimum": 1, "overall": false,
                                  "items": ["phase.choice"] }]);
    });
    for numbers in [[0_u8], [1], [4], [6]] {
        let given = shared(&own, "one", &numbers, None);
        let code = link::encode(&own, &given).expect("it fits");
        assert_eq!(link::decode(&own, &code), Ok(given.clone()));
        assert_eq!(given.describe(&own, &Texts::built_in("en"))[0], "Version: one", "without a text, its id");
    }
}

#[test]
fn a_code_of_a_newer_program_is_told_as_one_and_nonsense_with_a_right_checksum_is_refused() {
    let instrument = Instrument::built_in();
    let body = body_of(&codes(&instrument)[0]);
    let with = |place: usize, byte: u8| {
        let mut body = body.clone();
        body[place] = byte;
        link::decode(&instrument, &sealed(&body)).map(|_| ())
    };
    assert_eq!(with(0, body[0]), Ok(()), "sealed as it should be");
    assert_eq!(with(0, 0x24), Err(LinkError::Newer));
    assert_eq!(with(0, 0xf4), Err(LinkError::Newer));
    assert_eq!(with(0, 0x04), Err(LinkError::Damaged), "there was no version 0");
    assert_eq!(with(0, 0x1e), Err(LinkError::Damaged), "an eighth form");
    assert_eq!(with(0, 0x15), Err(LinkError::Damaged), "a tail that isn't there");
    assert_eq!(with(0, 0x12), Err(LinkError::Damaged), "answers of a longer form");
    assert_eq!(with(1, 0xff), Err(LinkError::Damaged), "a day beyond the calendar");
    assert_eq!(with(8, 0xff), Err(LinkError::Damaged), "an answer 7");
    let long = [body.as_slice(), &[0]].concat();
    assert_eq!(link::decode(&instrument, &sealed(&long)), Err(LinkError::Damaged));
}

#[test]
fn what_is_too_long_is_refused_both_ways() {
    let instrument = Instrument::built_in();
    let mut book = Workbook::default();
    for about in instrument.paradox_positions() {
        book.write(About::Paradox(about), &"ë".repeat(4000), 1);
    }
    let much = Shared { workbook: Some(book), ..shared(&instrument, "full", &[1], None) };
    assert_eq!(link::encode(&instrument, &much), Err(LinkError::TooMuch));
    assert_eq!(link::decode(&instrument, &"A".repeat(link::LONGEST + 1)), Err(LinkError::TooLong));
    let mut book = Workbook::default();
    book.write(About::Overall, &"x".repeat(4000), 1);
    let fits = Shared { workbook: Some(book), ..much };
    let code = link::encode(&instrument, &fits).expect("it fits");
    assert_eq!(
        link::decode(&instrument, &code).map(|back| summary(&instrument, &back)),
        Ok(summary(&instrument, &fits))
    );
}

#[test]
fn every_error_says_what_to_do_in_both_languages() {
    let table = [
        (
            LinkError::NotACode,
            "This is not the link or code of a result.",
            "Dit is geen link of code van een resultaat.",
        ),
        (
            LinkError::Cut,
            "This link is not complete: its end is missing.",
            "Deze link is niet compleet: het einde ontbreekt.",
        ),
        (LinkError::Damaged, "This link is damaged:", "Deze link is beschadigd:"),
        (
            LinkError::OtherInstrument,
            "This link belongs to another questionnaire.",
            "Deze link hoort bij een andere vragenlijst.",
        ),
        (
            LinkError::OtherVersion,
            "This link belongs to an older or newer edition",
            "Deze link hoort bij een oudere of nieuwere uitgave",
        ),
        (
            LinkError::Newer,
            "This link was made with a newer version",
            "Deze link is gemaakt met een nieuwere versie",
        ),
        (
            LinkError::TooLong,
            "This is too long for a link to a result: that has at most 8192",
            "Dit is te lang voor een link naar een resultaat: die heeft hooguit 8192",
        ),
        (
            LinkError::TooMuch,
            "That much text does not fit in a link.",
            "Er past niet zoveel tekst in een link.",
        ),
    ];
    for (error, english, dutch) in table {
        for (language, start) in [("en", english), ("nl", dutch)] {
            let said = error.describe(&Texts::built_in(language));
            assert!(said.starts_with(start) && said.len() > start.len(), "{said}");
        }
    }
    let instrument = Instrument::built_in();
    for text in ["", "no code", "Dag allemaal, hier is de link", "é", "{}"] {
        assert_eq!(link::decode(&instrument, text), Err(LinkError::NotACode), "{text:?}");
    }
    assert_eq!(link::in_fragment("#r=AB"), Some("AB"));
    assert_eq!(link::in_fragment("#x=AB"), None);
}

proptest! {
    #[test]
    fn answers_come_back_as_they_were(
        numbers in prop::collection::vec(0_u8..7, 77), form in 0_usize..3, day in prop::option::of(0_i32..2_932_896),
    ) {
        let instrument = Instrument::built_in();
        let form = ["taster", "quick", "full"][form];
        let mut given = shared(&instrument, form, &numbers, None);
        given.day = day.and_then(Day::from_number);
        let code = link::encode(&instrument, &given).expect("it fits");
        prop_assert_eq!(link::decode(&instrument, &code), Ok(given));
    }

    #[test]
    fn no_text_is_taken_for_a_code(text in "\\PC{0,200}", symbols in "[A-Za-z0-9_-]{0,400}") {
        let instrument = Instrument::built_in();
        prop_assert!(link::decode(&instrument, &text).is_err());
        prop_assert!(link::decode(&instrument, &symbols).is_err());
    }

    #[test]
    fn whatever_has_a_right_checksum_is_read_or_refused(
        tail in prop::collection::vec(any::<u8>(), 0..80), head in any::<u8>(),
    ) {
        let instrument = Instrument::built_in();
        let mut body = body_of(&codes(&instrument)[0]);
        body.truncate(8);
        body[0] = 0x10 | head & 15;
        body.extend(tail);
        if let Ok(read) = link::decode(&instrument, &sealed(&body)) {
            let again = link::encode(&instrument, &read).expect("what was read fits");
            prop_assert_eq!(link::decode(&instrument, &again), Ok(read));
        }
    }
}
