//! Results on lines: the quick way of reading gives the same verdict, the same problems and the same text as the result
//! file, whatever stands on a line; and no more than one line is ever in memory.

use std::io::{self, BufReader, Read};

use equipoise::formats::csv::{self, About};
use equipoise::formats::lines::{self, LONGEST, Lines, Reader, Unreadable};
use equipoise::formats::result::ResultFile;
use equipoise::instrument::Instrument;
use equipoise::json::Problem;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Reads a line both ways and compares all that can be known of it. Returns whether it is a result.
#[track_caller]
fn agree(instrument: &Instrument, reader: &mut Reader<'_>, text: &str) -> bool {
    let file = ResultFile::read(instrument, text);
    // A second time the reader has seen how such a line is laid out.
    for _ in 0..2 {
        match (reader.read(text), &file) {
            (Ok(line), Ok(file)) => {
                let mut written = Vec::new();
                line.write(instrument, &mut written);
                assert_eq!(String::from_utf8(written).expect("UTF-8"), file.write(instrument), "{text}");
                assert_eq!(line.report(), &file.report(instrument), "{text}");
                assert_eq!(line.mismatches(), file.mismatches(instrument), "{text}");
                assert_eq!(line.repeated(), lines::repeated(text), "{text}");
                assert_eq!(line.label(), file.field("label").and_then(Value::as_str), "{text}");
            }
            (Err(problems), Err(expected)) => assert_eq!(&problems, expected, "{text}"),
            (line, file) => panic!("{text}\nline: {line:?}\nfile: {file:?}"),
        }
    }
    file.is_ok()
}

/// A full result in which every item is answered, "don't know" among the answers.
fn full(instrument: &Instrument, seed: usize) -> Value {
    let form = instrument.find_form("full").expect("full");
    let answers: serde_json::Map<String, Value> = instrument
        .form(form)
        .items
        .iter()
        .map(|item| {
            let id = instrument.item(*item).id.clone();
            let answer = match (id.as_str(), (item.index() * 7 + seed * 11 + item.index() % 5 * seed) % 6) {
                ("phase.choice", _) => json!("evolving"),
                (_, 0) => Value::Null,
                (_, degree) => json!(degree),
            };
            (id, answer)
        })
        .collect();
    json!({
        "format": "equipoise-result", "version": 1,
        "instrument": { "id": "alliance-paradoxes", "version": "1" },
        "form": "full", "language": "nl", "completed": "2026-11-23T10:00:00Z",
        "label": "Noord", "side": null, "perspective": "own", "answers": answers,
    })
}

#[test]
fn full_results_come_out_as_the_result_file_has_them() {
    let instrument = Instrument::built_in();
    let mut reader = Reader::new(&instrument);
    for seed in 0..60 {
        let bare = full(&instrument, seed).to_string();
        assert!(agree(&instrument, &mut reader, &bare));
        let scored = ResultFile::read(&instrument, &bare).expect("good").write(&instrument);
        assert!(agree(&instrument, &mut reader, &scored));
        assert!(agree(&instrument, &mut reader, &scored.replace(':', ": ").replace(',', " ,\t")));
        assert!(agree(&instrument, &mut reader, &scored.replace(".0,", ",").replace(".0}", "}")));
    }
}

#[test]
fn the_published_examples_agree() {
    let instrument = Instrument::built_in();
    let mut reader = Reader::new(&instrument);
    let vectors: Vec<Value> = serde_json::from_str(include_str!("data/vectors.json")).expect("a list");
    assert_eq!(vectors.len(), 10);
    for vector in vectors {
        let mut file = full(&instrument, 0);
        file["form"] = vector["form"].clone();
        file["answers"] = vector["answers"].clone();
        assert!(agree(&instrument, &mut reader, &file.to_string()), "{}", vector["name"]);
        file["scores"] = vector["expected"].clone();
        assert!(agree(&instrument, &mut reader, &file.to_string()), "{}", vector["name"]);
    }
}

/// What a line may hold instead, as text: before and after.
const CHANGES: [(&str, &str); 53] = [
    ("\"version\":1,", ""),
    ("\"version\":1,", "\"version\":1.0,"),
    ("\"version\":1,", "\"version\":2,"),
    ("\"version\":1,", "\"version\":0,"),
    ("\"version\":1,", "\"version\":1,\"version\":1,"),
    ("\"format\":\"equipoise-result\"", "\"format\":\"equipoise\\u002dresult\""),
    ("\"format\":\"equipoise-result\"", "\"format\":null"),
    ("\"id\":\"alliance-paradoxes\",\"version\":\"1\"", "\"version\":\"1\",\"id\":\"alliance-paradoxes\""),
    ("\"id\":\"alliance-paradoxes\",", "\"id\":\"alliance-paradoxes\",\"x\":1,"),
    ("\"id\":\"alliance-paradoxes\",", ""),
    ("\"version\":\"1\"}", "\"version\":\"1\",\"name\":\"x\"}"),
    ("\"id\":\"alliance-paradoxes\"", "\"id\":\"other\""),
    ("\"form\":\"full\"", "\"form\":\"quick\""),
    ("\"form\":\"full\"", "\"form\":\"huge\""),
    ("\"form\":\"full\",", ""),
    ("\"language\":\"nl\"", "\"language\":7"),
    ("\"completed\":\"2026-11-23T10:00:00Z\"", "\"completed\":{\"a\":[]}"),
    ("\"completed\":\"2026-11-23T10:00:00Z\"", "\"completed\":\"soon\""),
    ("\"label\":\"Noord\"", "\"label\":\"\\\"scores\\\":{\\u0000 é\""),
    ("\"label\":\"Noord\"", "\"label\":\"scores\""),
    ("\"label\":\"Noord\"", "\"label\":\"\""),
    ("\"label\":\"Noord\"", "\"label\":17"),
    ("\"label\":\"Noord\"", "\"label\":\"\\ud800\""),
    ("\"label\":\"Noord\",", ""),
    ("\"label\":\"Noord\"", "\"label\":\"a\u{2028}b\\/\\b\\u00e9\u{1f600}\""),
    ("\"perspective\":\"own\"", "\"perspective\":\"theirs\""),
    ("\"perspective\":\"own\"", "\"perspective\":\"partner\""),
    ("\"side\":null", "\"side\":[null]"),
    ("\"side\":null", "\"x-team\":{\"scores\":[1,2.50,1e2,\"scores\"]},\"side\":null"),
    ("\"side\":null", "\"x-team\":[\"a\",\"scores\",{}],\"x-team\":1,\"side\":null"),
    ("\"side\":null", "\"team\":-0.0,\"side\":null"),
    ("\"side\":null", "\"scores\":null,\"side\":null"),
    ("\"side\":null", "\"notes\":{\"overall\":\"x\"},\"side\":null"),
    ("\"trust-control.a1\":", "\"trust-control.a9\":"),
    ("\"trust-control.a1\":", "\"trust-control.a1\":2,\"trust-control.a1\":"),
    ("\"trust-control.a1\":", "\"trust-control.a1\":6,\"trust-control.b2\":"),
    ("\"trust-control.a1\":", "\"trust-control.tension\":5.0,\"trust-control.a1\":"),
    ("\"trust-control.a1\":", "\"trust-control.tension\":-1,\"trust-control.a1\":"),
    ("\"trust-control.a1\":", "\"trust-control.tension\":\"founding\",\"trust-control.a1\":"),
    ("\"trust-control.a1\":", "\"trust-control.b2\":4.0,\"x\":"),
    ("\"answers\":{", "\"answers\":{\"trust-control.a1\":4.0},\"x-answers\":{"),
    ("\"answers\":{", "\"answers\":{\"trust-control.a1\":4.5},\"x-answers\":{"),
    ("\"answers\":{", "\"answers\":{\"phase.choice\":4.0},\"x-answers\":{"),
    ("\"answers\":{", "\"answers\":{\"trust-control.a1\":5e0,\"trust-control.b1\":-1.0},\"x-answers\":{"),
    ("\"side\":null", "\"side\":\"\""),
    ("\"label\":\"Noord\"", "\"label\":\" \\t\""),
    ("\"phase.choice\":\"evolving\"", "\"phase.choice\":3"),
    ("\"phase.choice\":\"evolving\"", "\"phase.choice\":\"never\""),
    ("\"phase.choice\":\"evolving\"", "\"phase.choice\":null"),
    ("}}", "}},"),
    ("}}", "}} {}"),
    ("{\"format\"", "\u{feff}{\"format\""),
    ("\"answers\":{", "\"answers\":[],\"answers\":{"),
];

/// What may stand at the end of a line.
const ENDS: [&str; 12] = [
    ",\"scores\":null}",
    ",\"scores\":{}}",
    ",\"scores\":7}",
    ",\"scores\":{}",
    ",\"scores\":}",
    ",\"scores\":,}",
    ",\"scores\" : null , \"x-last\":1}",
    ",\"scores\":null}}",
    ",\"scores\":null,\"scores\":null}",
    ",,\"scores\":null}",
    "} \t\r",
    ",\"x-last\":1.10}",
];

#[test]
fn every_change_gets_the_same_verdict() {
    let instrument = Instrument::built_in();
    let mut reader = Reader::new(&instrument);
    let good = full(&instrument, 3).to_string();
    let (mut sound, mut unsound) = (0, 0);
    let mut check =
        |text: &str| if agree(&instrument, &mut reader, text) { sound += 1 } else { unsound += 1 };
    for (before, after) in CHANGES {
        assert!(good.contains(before), "{before} is there to be changed");
        let changed = good.replacen(before, after, 1);
        check(&changed);
        for end in ENDS {
            check(&[&changed[..changed.len() - 1], end].concat());
        }
    }
    assert!(sound > 100 && unsound > 100, "both kinds are tried: {sound} and {unsound}");
}

#[test]
fn long_names_get_the_same_verdict() {
    let instrument = Instrument::built_in();
    let mut reader = Reader::new(&instrument);
    for name in ["label", "side", "language", "completed", "x-name"] {
        for text in ["é".repeat(300), "é".repeat(301), "x".repeat(300), "x".repeat(301), " \t".to_owned()] {
            let mut file = full(&instrument, 1);
            file[name] = Value::from(text);
            agree(&instrument, &mut reader, &file.to_string());
        }
    }
}

#[test]
fn scores_that_were_written_differently_are_the_same_and_wrong_ones_are_named() {
    let instrument = Instrument::built_in();
    let mut reader = Reader::new(&instrument);
    let text =
        ResultFile::read(&instrument, &full(&instrument, 3).to_string()).expect("good").write(&instrument);
    let (head, scores) = text.split_once(",\"scores\":").expect("scores");
    let mut named = 0;
    // One character of the scores is left out, is another, or has a space before it.
    for (at, character) in scores.char_indices().step_by(13) {
        let rest = &scores[at + character.len_utf8()..];
        let other = if character == '5' { "6" } else { "5" };
        for instead in ["", other, &format!(" {character}"), &format!("{character}{character}")] {
            let changed = [head, ",\"scores\":", &scores[..at], instead, rest].concat();
            if agree(&instrument, &mut reader, &changed) {
                named += usize::from(!reader.read(&changed).expect("good").mismatches().is_empty());
            }
        }
    }
    assert!(named > 50, "{named}");
}

/// A JSON value of any kind, and how it may be written.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..8).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
        Just(json!("scores")),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[a-z]{0,3}|scores", inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Bits of text that a line is put together from.
fn snippet() -> impl Strategy<Value = String> {
    prop_oneof![
        "[{}\\[\\]:,\" 0-9.eE+-]{1,3}",
        "\\PC",
        Just("\"scores\":".to_owned()),
        Just(",\"scores\":null".to_owned()),
        Just("\\".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn any_field_gets_the_same_verdict(
        name in "format|version|instrument|form|language|completed|label|side|perspective|answers|scores|notes|actions|\
                 wished|deepening|x-a|x-|y",
        value in anything(), seed in 0_usize..50, scored in any::<bool>(), order in any::<prop::sample::Index>(),
    ) {
        let instrument = Instrument::built_in();
        let mut reader = Reader::new(&instrument);
        let mut file = full(&instrument, seed);
        if scored {
            file = serde_json::from_str(
                &ResultFile::read(&instrument, &file.to_string()).expect("good").write(&instrument),
            ).expect("JSON");
        }
        file[name] = value;
        let fields: Vec<(String, Value)> = file.as_object().expect("fields").clone().into_iter().collect();
        let first = order.index(fields.len());
        let turned: serde_json::Map<String, Value> =
            fields[first..].iter().chain(&fields[..first]).cloned().collect();
        agree(&instrument, &mut reader, &file.to_string());
        agree(&instrument, &mut reader, &Value::Object(turned).to_string());
    }

    #[test]
    fn any_answer_gets_the_same_verdict(
        id in any::<prop::sample::Index>(), value in anything(), seed in 0_usize..50,
    ) {
        let instrument = Instrument::built_in();
        let mut file = full(&instrument, seed);
        let item = &instrument.items()[id.index(instrument.items().len())].id;
        file["answers"][item] = value;
        agree(&instrument, &mut Reader::new(&instrument), &file.to_string());
    }

    #[test]
    fn any_damage_gets_the_same_verdict(
        at in any::<prop::sample::Index>(), drop in 0_usize..12, insert in snippet(), seed in 0_usize..50,
        scored in any::<bool>(),
    ) {
        let instrument = Instrument::built_in();
        let mut text = full(&instrument, seed).to_string();
        if scored {
            text = ResultFile::read(&instrument, &text).expect("good").write(&instrument);
        }
        let place = at.index(text.len() - 12);
        text.replace_range(place..place + drop, &insert);
        agree(&instrument, &mut Reader::new(&instrument), &text);
    }
}

/// The numbers of the lines that aren't blank, with what stands on them.
fn taken_apart(input: &[u8], chunk: usize) -> Vec<(u64, Result<String, Unreadable>)> {
    let mut lines = Lines::new(BufReader::with_capacity(chunk, input));
    let mut found = Vec::new();
    while let Some(line) = lines.next_line().expect("memory can be read") {
        let line = line.map(str::to_owned);
        found.push((lines.number(), line));
    }
    found
}

#[test]
fn an_input_is_taken_apart_into_lines_however_they_end() {
    for chunk in [1, 7, 1000] {
        let found = taken_apart("\u{feff}one\r\n\n  \r\n\ttwo\nthr\u{e9}e\n\u{feff}\n".as_bytes(), chunk);
        let text = |number, text: &str| (number, Ok(text.to_owned()));
        assert_eq!(found, [text(1, "\u{feff}one\r"), text(4, "\ttwo"), text(5, "thr\u{e9}e")]);
        assert_eq!(taken_apart(b"", chunk), []);
        assert_eq!(taken_apart(b"\n", chunk), []);
        assert_eq!(taken_apart(b"last", chunk), [text(1, "last")]);
        let bad = (1, Err(Unreadable::NotText(4)));
        assert_eq!(taken_apart(b"caf\xe9\ngood\n", chunk), [bad, text(2, "good")]);
    }
}

#[test]
fn a_line_that_is_far_too_long_is_passed_over_and_the_next_one_read() {
    let most = "x".repeat(LONGEST);
    let input = [&most, "\n", &most, "y\nshort\n", &most.repeat(3), "\nlast"].concat();
    let found = taken_apart(input.as_bytes(), 4096);
    let kinds: Vec<_> =
        found.iter().map(|(number, line)| (*number, line.as_ref().map(String::len))).collect();
    let long = Err(&Unreadable::TooLong);
    assert_eq!(kinds, [(1, Ok(LONGEST)), (2, long), (3, Ok(5)), (4, long), (5, Ok(4))]);
    let endless = taken_apart(most.repeat(2).as_bytes(), 4096);
    assert_eq!(endless, [(1, Err(Unreadable::TooLong))]);
}

/// An input that counts how far it was read.
struct Counted<'a> {
    left: &'a [u8],
    read: &'a std::cell::Cell<usize>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.left.read(buffer)?;
        self.read.set(self.read.get() + length);
        Ok(length)
    }
}

#[test]
fn no_more_is_read_than_the_line_that_is_asked_for() {
    let input = "line\n".repeat(10_000);
    let read = std::cell::Cell::new(0);
    let counted = Counted { left: input.as_bytes(), read: &read };
    let mut lines = Lines::new(BufReader::with_capacity(100, counted));
    for number in 1..=5_000 {
        assert_eq!(lines.next_line().expect("memory"), Some(Ok("line")));
        assert!(read.get() <= number * 5 + 100, "{} bytes for {number} lines", read.get());
    }
}

#[test]
fn an_input_that_breaks_off_says_so() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }
    let mut lines = Lines::new(BufReader::new(Broken));
    assert_eq!(lines.next_line().expect_err("it can't be read").to_string(), "gone");
}

#[test]
fn name_and_day_of_a_line_stand_in_the_table() {
    let instrument = Instrument::built_in();
    let mut reader = Reader::new(&instrument);
    // With a field that isn't usual the line is read as a file; the table is the same.
    for more in ["", "\"team\":1,"] {
        let text = full(&instrument, 1).to_string().replace("\"form\"", &[more, "\"form\""].concat());
        let line = reader.read(&text).expect("good");
        let mut table = String::new();
        let about = About { result: "12", label: line.label(), day: line.day() };
        csv::add(&mut table, &instrument, about, line.report());
        assert!(table.starts_with("12,Noord,full,2026-11-23,paradox,feeling-analysis,a,"), "{table:.80}");
    }
}

#[test]
fn problems_of_a_line_are_those_of_the_file() {
    let instrument = Instrument::built_in();
    let problems: Vec<Problem> = Reader::new(&instrument).read("{}").expect_err("no result");
    assert_eq!(problems[0].path, "$.format");
}
