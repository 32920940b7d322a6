//! The result file and the stored session: what goes in comes out, what is unknown is kept, what is wrong is said.

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::formats::record::{Place, Record};
use equipoise::formats::result::{Parts, ResultFile};
use equipoise::i18n::Texts;
use equipoise::instrument::{Instrument, ItemIx, Role};
use equipoise::json::Problem;
use equipoise::wishes::Wishes;
use equipoise::workbook::Workbook;
use proptest::prelude::*;
use serde_json::{Value, json};

fn degree(number: u8) -> Answer {
    Answer::Degree(Degree::new(number).expect("1 to 5"))
}

#[track_caller]
fn item(instrument: &Instrument, id: &str) -> ItemIx {
    instrument.find_item(id).unwrap_or_else(|| panic!("{id} is an item"))
}

fn result_file() -> Value {
    json!({
        "format": "equipoise-result", "version": 1,
        "instrument": { "id": "alliance-paradoxes", "version": "1" },
        "form": "full", "language": "nl", "completed": "2026-11-23T10:00:00Z",
        "label": null, "side": null, "perspective": "own",
        "answers": {
            "trust-control.a1": 4, "trust-control.a2": 5, "trust-control.b1": 2, "trust-control.b2": 2,
            "trust-control.tension": null, "phase.choice": "evolving",
        },
    })
}

fn record() -> Value {
    json!({
        "format": "equipoise-session", "version": 2,
        "instrument": { "id": "alliance-paradoxes", "version": "1" },
        "language": "nl", "form": "full", "screen": "page", "page": 3, "carried": ["trust-control.a1"],
        "active_ms": 81000,
        "answers": {
            "trust-control.a1": [4, 1_764_000_000_000_u64], "trust-control.b1": [null, 1_764_000_000_001_u64],
            "trust-control.b2": [false, 1_764_000_000_002_u64], "phase.choice": ["evolving", 1_764_000_000_003_u64],
        },
        "workbook": {
            "label": ["Noord", 1_764_000_000_004_u64],
            "notes": { "overall": ["Goed gesprek", 1_764_000_000_005_u64], "trust-control": [null, 1_764_000_000_006_u64] },
            "actions": [
                {
                    "text": "Bel Anna", "owner": "Jan", "due": "2026-12-01", "state": "doing",
                    "about": "trust-control", "id": 1_764_000_000_007_u64, "at": 1_764_000_000_008_u64,
                },
                { "id": 1_764_000_000_009_u64, "at": 1_764_000_000_010_u64 },
            ],
        },
        "wishes": {
            "items": { "trust-control.a1": [5, 1_764_000_000_011_u64], "trust-control.a2": [null, 1_764_000_000_012_u64] },
            "poles": { "trust-control.b": [4, 1_764_000_000_013_u64] },
        },
    })
}

fn described(problems: &[Problem], language: &str) -> Vec<String> {
    let texts = Texts::built_in(language);
    problems.iter().map(|problem| problem.describe(&texts)).collect()
}

/// Puts `value` at a JSON pointer; the parent must be there.
#[track_caller]
fn with(mut file: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let fields = file.pointer_mut(parent).and_then(Value::as_object_mut).expect("the parent is an object");
    fields.insert(name.to_owned(), value);
    file
}

#[track_caller]
fn without(mut file: Value, name: &str) -> Value {
    assert!(file.as_object_mut().expect("an object").shift_remove(name).is_some(), "{name} was there");
    file
}

/// The names of the outermost fields, in order.
#[track_caller]
fn names_of(file: &Value) -> Vec<&str> {
    file.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn a_result_file_comes_back_as_it_went() {
    let instrument = Instrument::built_in();
    let form = instrument.find_form("full").expect("a form");
    let mut answers = Answers::new(&instrument);
    for (id, answer) in [
        ("trust-control.a1", degree(4)),
        ("trust-control.b1", degree(1)),
        ("trust-control.tension", Answer::DontKnow),
        ("phase.choice", Answer::Phase(instrument.find_phase("founding").expect("a phase"))),
    ] {
        assert!(answers.set(&instrument, item(&instrument, id), Some(answer), 0));
    }
    let file = ResultFile::new(
        &instrument,
        Parts {
            form,
            answers: answers.clone(),
            language: "nl",
            completed: Some("2026-11-23T10:00:00Z"),
            workbook: Workbook::default(),
            wishes: Wishes::new(&instrument),
            given: equipoise::deepening::Given::default(),
        },
    );
    let text = file.write(&instrument);
    let back = ResultFile::read(&instrument, &text).expect("our own file reads");
    assert_eq!((back.form, &back.answers), (form, &answers));
    assert_eq!(back.write(&instrument), text, "writing is stable");
    assert_eq!(back.mismatches(&instrument), []);

    let value: Value = serde_json::from_str(&text).expect("JSON");
    let expected = json!({
        "trust-control.a1": 4, "trust-control.b1": 1, "trust-control.tension": null, "phase.choice": "founding",
    });
    assert_eq!(value["answers"], expected);
    assert_eq!(value["completed"], "2026-11-23T10:00:00Z");
    assert_eq!(value["scores"]["paradoxes"][3]["tilt"], -75.0);
    let pretty = back.write_pretty(&instrument);
    assert_eq!(serde_json::from_str::<Value>(&pretty).expect("JSON"), value);
    assert!(pretty.starts_with("{\n  \"format\": \"equipoise-result\",\n  \"version\": 1,\n"), "{pretty}");
    assert!(
        pretty.contains("  \"answers\": {\n    \"trust-control.a1\": 4,\n    \"trust-control.b1\": 1,\n")
    );
    let names = [
        "format",
        "version",
        "instrument",
        "form",
        "language",
        "completed",
        "label",
        "side",
        "perspective",
        "answers",
        "scores",
    ];
    assert_eq!(names_of(&value), names, "in the order in which the format describes them");
}

#[test]
fn a_result_file_may_start_with_a_byte_order_mark() {
    let instrument = Instrument::built_in();
    let text = format!("\u{feff}{}", result_file());
    assert!(ResultFile::read(&instrument, &text).is_ok());
}

#[test]
fn fields_that_are_unknown_are_kept_as_they_stood() {
    let instrument = Instrument::built_in();
    let file = with(result_file(), "/x-notes", json!({ "deep": [1, { "ë": "<b>" }], "n": 0.1 }));
    let file = with(file, "/label", json!("Jansen & co"));
    let file = with(file, "/scores", json!({ "old": true }));
    let file = with(file, "/x-last", json!(null));
    let read = ResultFile::read(&instrument, &file.to_string()).expect("it reads");
    let back: Value = serde_json::from_str(&read.write(&instrument)).expect("JSON");
    // As text, for objects are equal in any order.
    assert_eq!(without(back.clone(), "scores").to_string(), without(file.clone(), "scores").to_string());
    assert_eq!(names_of(&back), names_of(&file), "the new scores stand where the old ones stood");
    assert_eq!(back["scores"]["old"], Value::Null, "scores are computed anew");
    assert_eq!(back["scores"]["paradoxes"][3]["both_and"], 25.0);
}

#[test]
fn without_what_was_written_or_named_a_result_is_the_same_in_all_else() {
    let instrument = Instrument::built_in();
    let mut whole = with(result_file(), "/side", json!("Zuid"));
    for (field, value) in [
        ("/label", json!("Noord")),
        ("/perspective", json!("partner")),
        ("/notes", json!({ "overall": "Goed gesprek" })),
        (
            "/actions",
            json!([{ "text": "Bel Anna", "owner": "Jan", "due": null, "state": "open", "about": null }]),
        ),
        ("/room", json!({ "seats": [12, null] })),
    ] {
        whole = with(whole, field, value);
    }
    let file = ResultFile::from_value(&instrument, &whole).expect("it reads");
    assert_eq!((file.workbook.notes().count(), file.workbook.actions().count()), (1, 1));
    let bare = file.clone().bare();
    assert_eq!(bare.workbook, Workbook::default());
    assert_eq!(bare.side(), None);
    let expected = without(without(whole, "notes"), "actions");
    let expected = with(with(expected, "/label", Value::Null), "/side", Value::Null);
    let written: Value = serde_json::from_str(&bare.write(&instrument)).expect("it is JSON");
    assert_eq!(without(written, "scores"), expected);
    assert_eq!(bare.clone().bare(), bare, "once is enough");
}

#[test]
fn of_a_name_that_stands_twice_the_last_counts() {
    let instrument = Instrument::built_in();
    let text = result_file()
        .to_string()
        .replace("\"trust-control.a1\":4", "\"trust-control.a1\":1,\"trust-control.a1\":4");
    let read = ResultFile::read(&instrument, &text).expect("it reads");
    assert_eq!(read.answers.get(item(&instrument, "trust-control.a1")), Some(degree(4)));
}

#[test]
fn answers_that_are_wrong_are_named_one_by_one_in_both_languages() {
    let instrument = Instrument::built_in();
    let answers = json!({
        "trust-control.a1": 6, "trust-control.a2": 0, "trust-control.b1": 2.5, "trust-control.b2": "4",
        "trust-control.tension": true, "trust-control.c1": 3, "phase.choice": "evolution", "bad\u{1b}[31m\"id": 1,
    });
    let file = with(result_file(), "/answers", answers);
    let problems = ResultFile::read(&instrument, &file.to_string()).expect_err("nothing of it fits");
    let degrees = "a whole number from 1 to 5, or null for “don’t know”";
    assert_eq!(described(&problems, "en"), [
        format!("$.answers[\"trust-control.a1\"]: found 6; expected {degrees}"),
        format!("$.answers[\"trust-control.a2\"]: found 0; expected {degrees}"),
        format!("$.answers[\"trust-control.b1\"]: found 2.5; expected {degrees}"),
        format!("$.answers[\"trust-control.b2\"]: found \"4\"; expected {degrees}"),
        format!("$.answers[\"trust-control.tension\"]: found true; expected {degrees}"),
        "$.answers[\"trust-control.c1\"]: found 3; expected the id of a question in this questionnaire".to_owned(),
        "$.answers[\"phase.choice\"]: found \"evolution\"; expected one of: forming, founding, evolving, transforming"
            .to_owned(),
        "$.answers[\"bad\\u001b[31m\\\"id\"]: found 1; expected the id of a question in this questionnaire".to_owned(),
    ]);
    assert_eq!(
        described(&problems, "nl")[4..7],
        [
            "$.answers[\"trust-control.tension\"]: hier staat true; verwacht werd een heel getal van 1 tot en met 5, \
             of null voor ‘weet ik niet’",
            "$.answers[\"trust-control.c1\"]: hier staat 3; verwacht werd het id van een vraag uit deze vragenlijst",
            "$.answers[\"phase.choice\"]: hier staat \"evolution\"; verwacht werd een van: \
             forming, founding, evolving, transforming",
        ]
    );
}

#[test]
fn a_value_with_braces_is_quoted_and_never_filled_in() {
    let instrument = Instrument::built_in();
    let file = with(result_file(), "/answers", json!({ "{expected}": "{path}" }));
    let problems = ResultFile::read(&instrument, &file.to_string()).expect_err("an unknown id");
    assert_eq!(
        described(&problems, "en"),
        ["$.answers[\"{expected}\"]: found \"{path}\"; expected the id of a question in this questionnaire"]
    );
}

/// What is wrong with a whole file: the file, the message in English and in Dutch.
type Broken = (Value, &'static str, &'static str);

#[test]
fn what_a_result_file_lacks_is_said_in_both_languages() {
    let long = "x".repeat(41);
    let table: [Broken; 12] = [
        (
            json!([]),
            "$: found [0]; expected an object with fields",
            "$: hier staat [0]; verwacht werd een object met velden",
        ),
        (
            without(result_file(), "format"),
            "$.format: something is missing; expected one of: equipoise-result",
            "$.format: hier ontbreekt iets; verwacht werd een van: equipoise-result",
        ),
        (
            with(result_file(), "/format", json!("equipoise-session")),
            "$.format: found \"equipoise-session\"; expected one of: equipoise-result",
            "$.format: hier staat \"equipoise-session\"; verwacht werd een van: equipoise-result",
        ),
        (
            with(result_file(), "/version", json!(2)),
            "$.version: found 2; expected a version this program knows (at most 1)",
            "$.version: hier staat 2; verwacht werd een versie die dit programma kent (hooguit 1)",
        ),
        (
            with(result_file(), "/version", json!("1")),
            "$.version: found \"1\"; expected a whole number from 1 to 4294967295",
            "$.version: hier staat \"1\"; verwacht werd een heel getal van 1 tot en met 4294967295",
        ),
        (
            without(result_file(), "instrument"),
            "$.instrument: something is missing; expected an object with fields",
            "$.instrument: hier ontbreekt iets; verwacht werd een object met velden",
        ),
        (
            with(result_file(), "/instrument/id", json!("team-health")),
            "$.instrument.id: found \"team-health\"; expected one of: alliance-paradoxes",
            "$.instrument.id: hier staat \"team-health\"; verwacht werd een van: alliance-paradoxes",
        ),
        (
            with(result_file(), "/instrument/version", json!("2")),
            "$.instrument.version: found \"2\"; expected one of: 1",
            "$.instrument.version: hier staat \"2\"; verwacht werd een van: 1",
        ),
        (
            with(result_file(), "/form", json!(long)),
            "$.form: found \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\"; expected one of: taster, quick, full",
            "$.form: hier staat \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\"; verwacht werd een van: \
             taster, quick, full",
        ),
        (
            without(result_file(), "form"),
            "$.form: something is missing; expected one of: taster, quick, full",
            "$.form: hier ontbreekt iets; verwacht werd een van: taster, quick, full",
        ),
        (
            without(result_file(), "answers"),
            "$.answers: something is missing; expected an object with fields",
            "$.answers: hier ontbreekt iets; verwacht werd een object met velden",
        ),
        (
            with(result_file(), "/answers", json!([4, 5])),
            "$.answers: found [2]; expected an object with fields",
            "$.answers: hier staat [2]; verwacht werd een object met velden",
        ),
    ];
    let instrument = Instrument::built_in();
    for (file, english, dutch) in table {
        let problems = ResultFile::read(&instrument, &file.to_string()).expect_err(english);
        assert_eq!(described(&problems, "en"), [english]);
        assert_eq!(described(&problems, "nl"), [dutch]);
    }
}

#[test]
fn what_is_no_json_is_said_with_the_place_where_it_breaks_off() {
    let table = [
        ("", 1, 1),
        ("{\n", 2, 1),
        ("{\n  \"format\": ,\n}", 2, 13),
        ("{} {}", 1, 4),
        ("{\"a\": 1e999}", 1, 11),
        ("\u{0}", 1, 1),
    ];
    let instrument = Instrument::built_in();
    for (text, line, column) in table {
        let problems = ResultFile::read(&instrument, text).expect_err(text);
        assert_eq!(
            described(&problems, "en"),
            [format!("$: this is not valid JSON; it breaks off at line {line}, column {column}")],
            "{text:?}"
        );
    }
}

#[test]
fn scores_that_do_not_follow_from_the_answers_are_reported_one_by_one() {
    let instrument = Instrument::built_in();
    let read = |file: &Value| ResultFile::read(&instrument, &file.to_string()).expect("it reads");
    let mut file: Value = serde_json::from_str(&read(&result_file()).write(&instrument)).expect("JSON");
    assert_eq!(read(&file).mismatches(&instrument), [], "its own scores are right");
    assert_eq!(read(&result_file()).mismatches(&instrument), [], "no scores, nothing to compare");

    let scores = &mut file["scores"];
    scores["paradoxes"][3]["a"] = json!(87.500_000_1);
    scores["paradoxes"][3]["b"] = json!(25.01);
    scores["paradoxes"][3]["lean"] = json!("balanced");
    scores["attention"] = json!([]);
    scores["choice_differs"] = json!("no");
    scores["flags"] = json!(["fast", "yes-saying"]);
    scores["phases"]["forming"] = Value::Null;
    let found = read(&file).mismatches(&instrument);
    assert_eq!(
        described(&found, "en"),
        [
            "$.scores.paradoxes[3].b: found 25.01; expected 25.0, as it follows from the answers",
            "$.scores.paradoxes[3].lean: found \"balanced\"; expected \"clear\", as it follows from the answers",
            "$.scores.phases.forming: found null; expected {\"score\":null,\"paradox_score\":null}, \
             as it follows from the answers",
            "$.scores.choice_differs: found \"no\"; expected false, as it follows from the answers",
            "$.scores.attention: found []; expected [\"trust-control\"], as it follows from the answers",
            "$.scores.flags: found [\"fast\",\"yes-saying\"]; expected [\"incomplete\"], as it follows from the answers",
        ]
    );
    assert_eq!(
        described(&found, "nl")[0],
        "$.scores.paradoxes[3].b: hier staat 25.01; verwacht werd 25.0, zoals het uit de antwoorden volgt"
    );
}

#[test]
fn scores_of_another_shape_are_reported_briefly() {
    let instrument = Instrument::built_in();
    for scores in [json!(5), json!([]), json!("x".repeat(9000)), json!({ "paradoxes": [[[]]] })] {
        let file = with(result_file(), "/scores", scores).to_string();
        let found = ResultFile::read(&instrument, &file).expect("it reads").mismatches(&instrument);
        assert!(!found.is_empty());
        for message in described(&found, "en") {
            assert!(message.chars().count() < 750, "{message}");
        }
    }
}

#[test]
fn the_remark_that_needs_timing_is_taken_over_and_not_reported() {
    let instrument = Instrument::built_in();
    let file = with(result_file(), "/scores", json!({ "flags": ["fast", "incomplete"] }));
    let read = ResultFile::read(&instrument, &file.to_string()).expect("it reads");
    let flags_reported = |problem: &Problem| problem.path.starts_with("$.scores.flags");
    assert!(!read.mismatches(&instrument).iter().any(flags_reported));
    let back: Value = serde_json::from_str(&read.write(&instrument)).expect("JSON");
    assert_eq!(back["scores"]["flags"], json!(["fast", "incomplete"]));
}

#[test]
fn a_session_comes_back_as_it_went() {
    let instrument = Instrument::built_in();
    let read = Record::read(&instrument, &record().to_string()).expect("it reads");
    assert_eq!(read.language.as_deref(), Some("nl"));
    assert_eq!(read.form, instrument.find_form("full"));
    assert_eq!((read.place, read.page, read.active_ms), (Place::Page, 3, 81_000));
    assert_eq!(read.carried, [item(&instrument, "trust-control.a1")]);
    let stamped = |id: &str| {
        let item = item(&instrument, id);
        (read.answers.get(item), read.answers.stamp(item))
    };
    assert_eq!(stamped("trust-control.a1"), (Some(degree(4)), 1_764_000_000_000));
    assert_eq!(stamped("trust-control.b1"), (Some(Answer::DontKnow), 1_764_000_000_001));
    assert_eq!(stamped("trust-control.b2"), (None, 1_764_000_000_002));
    assert_eq!(stamped("phase.choice").1, 1_764_000_000_003);
    let back: Value = serde_json::from_str(&read.write(&instrument)).expect("JSON");
    assert_eq!(back, record());
}

#[test]
fn what_is_wrong_with_a_session_is_said() {
    let table: [(&str, Value, &str); 10] = [
        (
            "/format",
            json!("equipoise-result"),
            "$.format: found \"equipoise-result\"; expected one of: equipoise-session",
        ),
        ("/version", json!(7), "$.version: found 7; expected a version this program knows (at most 2)"),
        ("/version", json!(0), "$.version: found 0; expected a whole number from 1 to 4294967295"),
        (
            "/instrument/id",
            json!("other"),
            "$.instrument.id: found \"other\"; expected one of: alliance-paradoxes",
        ),
        ("/form", json!("long"), "$.form: found \"long\"; expected one of: taster, quick, full"),
        ("/screen", json!("menu"), "$.screen: found \"menu\"; expected one of: start, page, review, result"),
        ("/page", json!(-1), "$.page: found -1; expected a whole number from 0 to 1000"),
        (
            "/carried",
            json!(["nope"]),
            "$.carried[0]: found \"nope\"; expected the id of a question in this questionnaire",
        ),
        ("/active_ms", json!("1"), "$.active_ms: found \"1\"; expected a whole number from 0 to 4294967295"),
        ("/answers", Value::Null, "$.answers: found null; expected an object with fields"),
    ];
    let instrument = Instrument::built_in();
    for (pointer, value, message) in table {
        let text = with(record(), pointer, value).to_string();
        let problems = Record::read(&instrument, &text).expect_err(message);
        assert_eq!(described(&problems, "en"), [message]);
    }
    let answers = json!({
        "trust-control.a1": 4, "trust-control.a2": [4], "trust-control.b1": [4, -1], "trust-control.b2": [9, 1],
        "phase.choice": [2, 1], "unknown": [1, 1],
    });
    let problems =
        Record::read(&instrument, &with(record(), "/answers", answers).to_string()).expect_err("all wrong");
    assert_eq!(
        described(&problems, "en"),
        [
            "$.answers[\"trust-control.a1\"]: found 4; expected a list of 2 to 2 entries",
            "$.answers[\"trust-control.a2\"]: found [1]; expected a list of 2 to 2 entries",
            "$.answers[\"trust-control.b1\"][1]: found -1; expected a number from 0 to 9007199254740991",
            "$.answers[\"trust-control.b2\"][0]: found 9; expected a whole number from 1 to 5, or null for “don’t know”",
            "$.answers[\"phase.choice\"][0]: found 2; expected one of: forming, founding, evolving, transforming",
            "$.answers.unknown: found [2]; expected the id of a question in this questionnaire",
        ]
    );
}

#[test]
fn a_session_written_by_a_wrong_clock_or_without_a_language_reads_back() {
    let instrument = Instrument::built_in();
    let mut read = Record::read(&instrument, &record().to_string()).expect("it reads");
    // The latest moment that a browser's clock can give.
    read.answers.set(&instrument, item(&instrument, "short-long.a1"), Some(degree(3)), 8_640_000_000_000_000);
    for language in [None, Some(String::new()), Some(" ".to_owned())] {
        read.language = language;
        let back = Record::read(&instrument, &read.write(&instrument)).expect("our own writing reads");
        assert_eq!((back.language, &back.answers), (None, &read.answers));
    }
}

/// Entries (answer and moment), form (the last is none), place, page, carried items, time spent.
type RecordParts = (Vec<Option<(u8, u64)>>, usize, usize, usize, Vec<usize>, u32);

fn any_record() -> impl Strategy<Value = RecordParts> {
    let entry = proptest::option::of((0_u8..=6, 1_u64..=9_007_199_254_740_991));
    let carried = proptest::collection::vec(0_usize..77, 0..5);
    (proptest::collection::vec(entry, 77), 0_usize..4, 0_usize..4, 0_usize..=1000, carried, any::<u32>())
}

/// 0 is "don't know", 6 is cleared.
fn answer(instrument: &Instrument, item: ItemIx, number: u8) -> Option<Answer> {
    match (instrument.item(item).role, Degree::new(number)) {
        (_, None) => (number == 0).then_some(Answer::DontKnow),
        (Role::Choice, Some(_)) => {
            instrument.phase_positions().nth(usize::from(number) % 4).map(Answer::Phase)
        }
        (_, Some(degree)) => Some(Answer::Degree(degree)),
    }
}

/// JSON of any shape, with the names of our formats among its names.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        proptest::sample::select(vec!["full", "page", "evolving", "equipoise-result", "equipoise-session"])
            .prop_map(Value::from),
    ];
    let names = vec![
        "format",
        "version",
        "instrument",
        "id",
        "form",
        "answers",
        "scores",
        "flags",
        "paradoxes",
        "phases",
        "screen",
        "carried",
        "trust-control.a1",
        "phase.choice",
        "ë\n",
    ];
    leaf.prop_recursive(4, 24, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(proptest::sample::select(names.clone()), inner, 0..6).prop_map(
                |fields| {
                    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
                }
            ),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_session_comes_back_as_it_went((entries, form, place, page, carried, active) in any_record()) {
        let instrument = Instrument::built_in();
        let mut answers = Answers::new(&instrument);
        for (item, entry) in instrument.item_positions().zip(&entries) {
            if let Some((number, at)) = entry {
                answers.set(&instrument, item, answer(&instrument, item, *number), *at);
            }
        }
        let record = Record {
            language: Some("en".to_owned()),
            form: instrument.form_positions().nth(form),
            place: [Place::Start, Place::Page, Place::Review, Place::Result][place],
            page,
            carried: carried.iter().filter_map(|index| instrument.item_positions().nth(*index)).collect(),
            active_ms: u64::from(active),
            answers,
            workbook: Workbook::default(),
            wishes: Wishes::new(&instrument), given: equipoise::deepening::Given::default()
        };
        prop_assert_eq!(Record::read(&instrument, &record.write(&instrument)), Ok(record));
    }

    #[test]
    fn json_of_any_shape_is_refused_with_reasons_and_without_a_panic(part in any_json(), name in 0_usize..4) {
        let instrument = Instrument::built_in();
        let name = ["answers", "scores", "instrument", "form"][name];
        let files = [part.clone(), with(result_file(), &format!("/{name}"), part.clone())];
        for file in files {
            match ResultFile::read(&instrument, &file.to_string()) {
                Ok(read) => {
                    for problem in read.mismatches(&instrument) {
                        prop_assert!(problem.path.starts_with("$.scores"), "{}", problem.path);
                    }
                    let again = ResultFile::read(&instrument, &read.write(&instrument)).expect("our own writing");
                    prop_assert_eq!(again.mismatches(&instrument), []);
                }
                Err(problems) => prop_assert!(!problems.is_empty()),
            }
        }
        let files = [part.clone(), with(record(), &format!("/{name}"), part)];
        for file in files {
            if let Err(problems) = Record::read(&instrument, &file.to_string()) {
                prop_assert!(!problems.is_empty());
            }
        }
    }
}
