//! Whatever is dropped or pasted: told apart, read, and every problem said in both languages; and no input, however
//! broken or large, makes it panic or takes long.

use std::time::{Duration, Instant};

use equipoise::day::Day;
use equipoise::formats::backup::{Backup, LONGEST};
use equipoise::formats::intake::{
    self, Found, MOST_BYTES, MOST_REFUSALS, MOST_RESULTS, Place, Reason, Taken,
};
use equipoise::formats::link::{self, LinkError};
use equipoise::formats::record::Record;
use equipoise::formats::result::ResultFile;
use equipoise::i18n::{SOURCES, Texts};
use equipoise::instrument::{BUILT_IN, Instrument};
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(input: impl AsRef<[u8]>) -> Taken {
    let today = Day::read("2026-11-25").expect("a day");
    intake::read(&Instrument::built_in(), input.as_ref(), today)
}

fn result_file() -> Value {
    json!({
        "format": "equipoise-result", "version": 1,
        "instrument": { "id": "alliance-paradoxes", "version": "1" },
        "form": "full", "language": "nl", "completed": "2026-11-23T10:00:00Z", "label": null,
        "answers": { "trust-control.a1": 4, "trust-control.b1": 2, "phase.choice": "evolving" },
    })
}

fn session() -> Value {
    json!({
        "format": "equipoise-session", "version": 1,
        "instrument": { "id": "alliance-paradoxes", "version": "1" },
        "language": "nl", "form": "full", "screen": "page", "page": 3, "carried": [], "active_ms": 81000,
        "answers": { "trust-control.a1": [4, 1_764_000_000_000_u64] },
    })
}

/// A file with one field changed.
fn with(mut file: Value, pointer: &str, value: Value) -> String {
    *file.pointer_mut(pointer).expect("the field is there") = value;
    file.to_string()
}

/// Codes that were published.
fn codes() -> Vec<&'static str> {
    include_str!("data/corpus/link-v1.txt").lines().collect()
}

#[track_caller]
fn places(taken: &Taken) -> Vec<Place> {
    assert_eq!(taken.refusals, []);
    taken.found.iter().map(|find| find.place).collect()
}

/// What is said of an input, in one language.
fn said(input: impl AsRef<[u8]>, language: &str) -> Vec<String> {
    let texts = Texts::built_in(language);
    let taken = read(input);
    let remarks = taken.found.iter().flat_map(|find| find.describe(&texts));
    remarks.chain(taken.refusals.iter().flat_map(|refusal| refusal.describe(&texts))).collect()
}

#[test]
fn every_kind_is_told_apart() {
    let taken = read(result_file().to_string());
    assert!(matches!(taken.found[0].found, Found::Result(_)) && taken.found[0].remarks.is_empty());
    let taken = read(format!("\u{feff}\n {:#}\n", result_file()));
    assert!(matches!(taken.found[0].found, Found::Result(_)), "with a mark, on lines of its own");
    let text = session().to_string();
    let Found::Session(found) = &read(&text).found[0].found else { panic!("a session") };
    assert_eq!(**found, Record::read(&Instrument::built_in(), &text).expect("a session"));
    let backup = include_str!("data/corpus/backup-v1.json");
    let expected = Backup::read(&Instrument::built_in(), backup).expect("a backup");
    assert_eq!(read(backup).found[0].found, Found::Backup(Box::new(expected)));
    let expected = link::decode(&Instrument::built_in(), codes()[0]).expect("a code");
    for text in [codes()[0].to_owned(), format!(" https://example.org/a/#r={}\r\n", codes()[0])] {
        let taken = read(&text);
        assert_eq!(taken.found[0].found, Found::Link(Box::new(expected.clone())), "{text}");
        assert_eq!(places(&taken), [Place::Whole]);
    }
}

#[test]
fn several_results_come_in_order_with_their_place() {
    let one = result_file().to_string();
    assert_eq!(places(&read(format!("[{one},\n{one}]"))), [Place::Entry(1), Place::Entry(2)]);
    assert_eq!(places(&read(format!("{one}\n\n{one}\r\n"))), [Place::Line(1), Place::Line(3)]);
    let taken = read(format!("{one}\n{{\"format\": oops}}\n{one}"));
    assert_eq!(
        taken.found.iter().map(|find| find.place).collect::<Vec<_>>(),
        [Place::Line(1), Place::Line(3)]
    );
    assert_eq!(taken.refusals[0].reason, Reason::Broken { line: 2, column: 12 });
    assert_eq!(taken.refusals[0].place, Place::Line(2));
}

#[test]
fn links_are_found_in_a_chat_or_a_mail() {
    let [a, b, c, d, long] = codes()[..] else { panic!("five codes") };
    let wrong = format!("{}x{}", &a[..20], &a[21..]);
    let (start, end) = b.split_at(30);
    let chat = format!(
        "[25/11/2026, 10:02] Noor: kijk https://example.org/#r={a}.\n[10:03] Bas: <https://example.org/#r={a}>\n\
         die van mij (code {c}) en https://safe.example/?url=https%3A%2F%2Fexample.org%2F%23r%3D{d}&data=1\n\
         > https://example.org/#r={start}=\r\n> {end}\n #r={wrong} {long} a-word-that-is-quite-long-and-no-code"
    );
    let taken = read(&chat);
    let instrument = Instrument::built_in();
    let expected: Vec<Found> = [a, c, d, b, long]
        .map(|code| Found::Link(Box::new(link::decode(&instrument, code).expect("a code"))))
        .into();
    assert_eq!(taken.found.iter().map(|find| find.found.clone()).collect::<Vec<_>>(), expected);
    assert_eq!(taken.refusals.len(), 1);
    assert_eq!(
        (taken.refusals[0].place, taken.refusals[0].reason.clone()),
        (Place::Link(5), Reason::Link(LinkError::Damaged))
    );
}

#[test]
fn what_can_not_be_taken_is_said_in_both_languages() {
    let deep = format!("{}{}", "[".repeat(128), "]".repeat(128));
    let twice = result_file()
        .to_string()
        .replace("\"trust-control.a1\":4", "\"trust-control.a1\":1,\"trust-control\\u002ea1\":4");
    let twice = twice.replacen("\"form\":\"full\"", "\"form\":\"full\",\"form\":\"quick\"", 1);
    let table: Vec<(Vec<u8>, &str, &str)> = vec![
        (
            vec![b' '; MOST_BYTES + 1],
            "This is too large: 1001 kB, and it may be at most 1000 kB.",
            "Dit is te groot: 1001 kB, en het mag hooguit 1000 kB zijn.",
        ),
        (
            ["{ \"format\" :\n\"equipoise-backup\",", &" ".repeat(LONGEST)].concat().into(),
            "This is too large: 8001 kB, and it may be at most 8000 kB.",
            "Dit is te groot: 8001 kB, en het mag hooguit 8000 kB zijn.",
        ),
        (
            ["{\"format\":\"equipoise-result\",", &" ".repeat(MOST_BYTES)].concat().into(),
            "This is too large: 1001 kB, and it may be at most 1000 kB.",
            "Dit is te groot: 1001 kB, en het mag hooguit 1000 kB zijn.",
        ),
        (b"".into(), "There is nothing in this.", "Hier staat niets in."),
        ("\u{feff} \n".into(), "There is nothing in this.", "Hier staat niets in."),
        (vec![0xff, 0xfe, b'{', 0], "This text was saved as UTF-16.", "Deze tekst is bewaard als UTF-16."),
        (vec![b'{', 0, b'"', 0], "This text was saved as UTF-16.", "Deze tekst is bewaard als UTF-16."),
        (
            b"{\"a\": \"\xe9\"}".into(),
            "This is not readable text: byte 8 does not fit UTF-8.",
            "Dit is geen leesbare tekst: byte 8 past niet in UTF-8.",
        ),
        (
            deep.into(),
            "This file has more than 127 layers inside each other.",
            "In dit bestand zitten meer dan 127 lagen in elkaar.",
        ),
        (
            "{\n \"ë\": \"é\" x}".into(),
            "This file is damaged or not complete: it goes wrong at line 2, character 11.",
            "Dit bestand is beschadigd of niet compleet: het gaat mis op regel 2, teken 11.",
        ),
        (
            "{\"a\": 1e999}".into(),
            "At line 1, character 11 there is a number that is too large.",
            "Op regel 1, teken 11 staat een getal dat te groot is.",
        ),
        ("Dag allemaal".into(), "There is no result in this:", "Hier zit geen resultaat in:"),
        ("[]".into(), "There is no result in this:", "Hier zit geen resultaat in:"),
        ("{}".into(), "There is no result in this:", "Hier zit geen resultaat in:"),
        (
            "{\"format\":\"<b>\"}".into(),
            "This is another kind of file: \"<b>\".",
            "Dit is een ander soort bestand: \"<b>\".",
        ),
        (
            BUILT_IN.into(),
            "This is a questionnaire, not a result.",
            "Dit is een vragenlijst, geen resultaat.",
        ),
        (
            SOURCES[0].1.into(),
            "These are the texts of a questionnaire,",
            "Dit zijn de teksten van een vragenlijst,",
        ),
        (
            with(result_file(), "/version", json!(2)).into(),
            "This file was made with a newer version of this program: format 2, and this page knows at most 1.",
            "Dit bestand is gemaakt met een nieuwere versie van dit programma: formaat 2, en deze pagina kent hooguit 1.",
        ),
        (
            with(session(), "/version", json!(1e30)).into(),
            "$.version: found …; expected a whole number from 1",
            "$.version: hier staat …; verwacht werd een heel getal van 1",
        ),
        (
            with(result_file(), "/instrument/id", json!("x")).into(),
            "This file belongs to another questionnaire: \"x\" instead of \"alliance-paradoxes\".",
            "Dit bestand hoort bij een andere vragenlijst: \"x\" in plaats van \"alliance-paradoxes\".",
        ),
        (
            with(session(), "/instrument/version", json!("2")).into(),
            "This file belongs to an older or newer edition of this questionnaire: \"2\" instead of \"1\".",
            "Dit bestand hoort bij een oudere of nieuwere uitgave van deze vragenlijst: \"2\" in plaats van \"1\".",
        ),
        (
            with(result_file(), "/answers/trust-control.a1", json!(6)).into(),
            "$.answers[\"trust-control.a1\"]: found 6; expected a whole number from 1 to 5",
            "$.answers[\"trust-control.a1\"]: hier staat 6; verwacht werd een heel getal van 1 tot en met 5",
        ),
        (
            twice.into(),
            "This is in it twice: $.form, $.answers[\"trust-control.a1\"].",
            "Dit staat er dubbel in: $.form, $.answers[\"trust-control.a1\"].",
        ),
        (
            format!("#r={}", &codes()[0][..40]).into(),
            "This link is not complete:",
            "Deze link is niet compleet:",
        ),
    ];
    for (input, english, dutch) in table {
        for (language, start) in [("en", english), ("nl", dutch)] {
            let lines = said(&input, language);
            assert!(lines.len() == 1 && lines[0].starts_with(start), "{start}\n{lines:#?}");
        }
    }
}

#[test]
fn a_problem_of_one_among_many_says_which() {
    let one = result_file().to_string();
    let twice = one.replace("\"form\":", "\"form\":\"quick\",\"form\":");
    let wrong = with(result_file(), "/form", json!("half"));
    assert_eq!(
        said(format!("[{one}, {twice}, {wrong}, 7]"), "nl"),
        [
            "Resultaat 2: Dit staat er dubbel in: $.form. Het is niet te zien welke van de twee geldt. Haal er telkens \
             een weg.",
            "Resultaat 3: $.form: hier staat \"half\"; verwacht werd een van: taster, quick, full",
            "Resultaat 4: Hier zit geen resultaat in: geen bestand van dit programma, geen link en geen code.",
        ]
    );
}

#[test]
fn remarks_do_not_keep_a_result_out() {
    let file = with(result_file(), "/completed", json!("2026-11-27"));
    assert_eq!(
        said(file, "en"),
        ["This result has a date in the future: 2026-11-27. Perhaps the clock of the device was wrong."]
    );
    assert_eq!(said(with(result_file(), "/completed", json!("2026-11-26")), "en"), [""; 0], "a day's grace");
    let file = with(result_file(), "/completed", json!("gisteren"));
    assert_eq!(
        said(file, "nl"),
        ["De datum is niet te lezen: \"gisteren\". Dit resultaat heeft hier geen datum."]
    );
    let instrument = Instrument::built_in();
    let file = ResultFile::read(&instrument, &result_file().to_string()).expect("it reads");
    let mut value: Value = serde_json::from_str(&file.write(&instrument)).expect("JSON");
    value["scores"]["paradoxes"][3]["a"] = json!(1);
    assert_eq!(
        said(value.to_string(), "nl"),
        [
            "In dit bestand staat 1 score die niet volgt uit de antwoorden. Je ziet de score die er wel uit volgt."
        ]
    );
    let late = said(format!("https://example.org/#r={}", codes()[2]), "en");
    assert_eq!(late.len(), 1, "a link can be late, too");
    assert!(late[0].starts_with("This result has a date in the future: 9999-12-31."), "{late:?}");
}

#[test]
fn remarks_are_made_on_sessions_and_on_each_kept_result() {
    let late = 1_796_000_000_000_u64;
    let file = with(session(), "/answers/trust-control.a1/1", json!(late));
    let ahead = "Answers in this have a date in the future: 2026-11-30. Perhaps the clock of the device was wrong. Until \
                 that day they count as the newest.";
    assert_eq!(said(&file, "en"), [ahead]);
    assert_eq!(said(session().to_string(), "en"), [""; 0]);

    let mut backup: Value = serde_json::from_str(include_str!("data/corpus/backup-v1.json")).expect("JSON");
    assert_eq!(said(backup.to_string(), "en"), [""; 0]);
    let result = &mut backup["history"]["entries"][0]["result"];
    result["completed"] = json!("2999-01-01");
    result["scores"] = json!({});
    backup["session"]["answers"]["trust-control.a1"][1] = json!(late);
    let lines = said(backup.to_string(), "nl");
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert!(lines[0].starts_with("Antwoorden hierin hebben een datum in de toekomst: 2026-11-30."));
    assert!(
        lines[1].starts_with(
            "Bewaard resultaat ‘Noord’: Dit resultaat heeft een datum in de toekomst: 2999-01-01."
        )
    );
    assert!(lines[2].starts_with("Bewaard resultaat ‘Noord’: In dit bestand staan"), "{lines:#?}");

    let entry = backup["history"]["entries"][0].clone();
    let entries = (0..100).map(|n| {
        let mut entry = entry.clone();
        entry["id"] = json!(n);
        entry
    });
    backup["history"]["entries"] = entries.collect();
    let lines = said(backup.to_string(), "en");
    assert_eq!((lines.len(), lines[12].as_str()), (13, "189 more things are wrong in this file."));
}

#[test]
fn markup_in_a_name_stays_text() {
    let label = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    let taken = read(with(result_file(), "/label", json!(label)));
    let Found::Result(file) = &taken.found[0].found else { panic!("a result") };
    assert_eq!(file.field("label"), Some(&json!(label)));
    assert_eq!((taken.found[0].remarks.len(), taken.refusals.len()), (0, 0));
}

#[test]
fn there_is_an_end_to_results_refusals_and_lines() {
    let one = result_file().to_string();
    let some = vec![one.as_str(); MOST_RESULTS + 5].join("\n");
    assert!(some.len() < MOST_BYTES);
    let taken = read(&some);
    assert_eq!((taken.found.len(), taken.refusals.len()), (MOST_RESULTS, 1));
    assert_eq!(taken.refusals[0].reason, Reason::TooMany);
    assert!(said(&some, "en")[0].starts_with("There are more than 1000 results in this."));
    let taken = read(format!("[{}]", vec!["7"; 1000].join(",")));
    assert_eq!(taken.refusals.len(), MOST_REFUSALS + 1);
    assert_eq!(taken.refusals.last().map(|refusal| refusal.reason.clone()), Some(Reason::Stopped));
    let answers: Value =
        (0..100).map(|n| (format!("x{n}"), json!(1))).collect::<serde_json::Map<_, _>>().into();
    let lines = said(with(result_file(), "/answers", answers), "en");
    assert_eq!((lines.len(), lines[12].as_str()), (13, "88 more things are wrong in this file."));
}

/// Inputs of the largest size that try to cost memory or time. Each takes well under a second here, unoptimised.
#[test]
fn the_largest_inputs_are_done_with_quickly() {
    let fill = |piece: &str| piece.repeat(MOST_BYTES / piece.len());
    let cut = &codes()[0][..54];
    let inputs = [
        fill("["),
        fill("{\"a\":"),
        fill("[{\"a\":["),
        format!("[{}1]", fill("1,").trim_end_matches(',').split_at(MOST_BYTES - 10).0),
        format!("[{}", &fill("9")[1..]),
        format!("{{\"a\":{}}}", &fill("[],")[10..]),
        format!("[{}{{}}]", &fill("{},")[9..]),
        fill("{}\n"),
        fill("\""),
        fill("\\"),
        fill("A"),
        fill("#r="),
        fill(&format!("#r={cut}\n")),
        fill(&format!("{cut}\n")),
        fill(&format!("#r={}\n", codes()[0])),
        fill("é"),
        with(result_file(), "/answers", json!({ fill("a")[1000..].to_owned(): 1 })),
        // What may be longest, as deep and in as many parts as can be.
        ["{\"format\":\"equipoise-backup\",\"x\":[", &"[],".repeat(LONGEST / 3 - 20), "1]}"].concat(),
        ["{\"format\":\"equipoise-backup\"}\n", &"{}\n".repeat(LONGEST / 3 - 20)].concat(),
        ["{\"format\":\"equipoise-session\",\"x\":", &"[".repeat(LONGEST - 100)].concat(),
    ];
    for input in inputs {
        let begun = Instant::now();
        let taken = read(&input);
        let lines: usize =
            taken.refusals.iter().flat_map(|r| r.describe(&Texts::built_in("en"))).map(|l| l.len()).sum();
        let start: String = input.chars().take(20).collect();
        assert!(begun.elapsed() < Duration::from_secs(20), "{start}: {:?}", begun.elapsed());
        assert!(!taken.refusals.is_empty() || !taken.found.is_empty(), "{start}");
        assert!(lines < 20_000, "{start}: {lines} bytes are said");
    }
}

fn good_files() -> Vec<Vec<u8>> {
    let one = result_file().to_string();
    let texts = [
        one.clone(),
        format!("[{one},{one}]"),
        format!("{one}\n{one}"),
        session().to_string(),
        include_str!("data/corpus/backup-v1.json").to_owned(),
        format!("hi #r={} and {}", codes()[0], codes()[4]),
    ];
    texts.map(String::into_bytes).into()
}

proptest! {
    #[test]
    fn bytes_of_any_kind_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let taken = read(&bytes);
        prop_assert!(taken.found.is_empty() && !taken.refusals.is_empty());
    }

    #[test]
    fn changed_files_give_something_and_never_a_panic(
        which in 0_usize..5, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = good_files().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let taken = read(&bytes);
        prop_assert!(!taken.found.is_empty() || !taken.refusals.is_empty());
        for language in ["nl", "en"] {
            let texts = Texts::built_in(language);
            for line in taken.refusals.iter().flat_map(|refusal| refusal.describe(&texts)) {
                prop_assert!(!line.is_empty() && !line.starts_with("ui.") && line.len() < 2000, "{}", line);
            }
        }
    }

    #[test]
    fn files_that_were_cut_are_refused(which in 0_usize..2, end in any::<prop::sample::Index>()) {
        let bytes = good_files().swap_remove(which);
        let taken = read(&bytes[..end.index(bytes.len())]);
        prop_assert!(taken.found.is_empty() && taken.refusals.len() == 1);
    }
}
