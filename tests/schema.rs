//! The published schemas say what the readers say: what we write fits them, and what they refuse we refuse.

use boon::{Compiler, SchemaIndex, Schemas};
use equipoise::formats::backup::{Backup, LONGEST_WRITTEN};
use equipoise::formats::result::ResultFile;
use equipoise::instrument::Instrument;
use equipoise::own::Questionnaire;
use serde_json::{Value, json};

/// A schema of `docs/`, ready to be asked.
struct Schema(Schemas, SchemaIndex);

impl Schema {
    #[track_caller]
    fn read(text: &str) -> Self {
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        let source: Value = serde_json::from_str(text).expect("JSON");
        compiler.add_resource("schema.json", source).expect("a schema");
        let index = compiler.compile("schema.json", &mut schemas).expect("a sound schema");
        Self(schemas, index)
    }

    fn takes(&self, file: &Value) -> bool {
        self.0.validate(file, self.1).is_ok()
    }
}

fn file(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

const RESULT: &str = include_str!("data/corpus/result-v1.json");
const BACKUP: &str = include_str!("data/corpus/backup-v1.json");

#[test]
fn what_is_written_fits_the_schema() {
    let instrument = Instrument::built_in();
    let schema = Schema::read(include_str!("../docs/result.schema.json"));
    let read = ResultFile::read(&instrument, RESULT).expect("it reads");
    assert!(schema.takes(&file(&read.write(&instrument))));
    let schema = Schema::read(include_str!("../docs/backup.schema.json"));
    let read = Backup::read(&instrument, BACKUP).expect("it reads");
    for text in read.write(&instrument, LONGEST_WRITTEN) {
        assert!(schema.takes(&file(&text)));
    }
}

#[test]
fn schema_and_reader_agree_on_result_files() {
    let instrument = Instrument::built_in();
    let schema = Schema::read(include_str!("../docs/result.schema.json"));
    let good = file(RESULT);
    let with = |name: &str, value: Value| {
        let mut file = good.clone();
        file[name] = value;
        file
    };
    let long = "x".repeat(301);
    for (name, value, fits) in [
        ("x-own", json!({ "any": [1] }), true),
        ("answers", json!({}), true),
        ("answers", json!({ "trust-control.a1": null, "phase.choice": "forming" }), true),
        ("completed", json!("2026-11-25"), true),
        ("completed", json!(null), true),
        ("label", json!(null), true),
        ("perspective", json!("partner"), true),
        ("actions", json!([{ "text": "x" }]), true),
        ("wished", json!({ "poles": {} }), true),
        ("deepening", json!({}), true),
        (
            "deepening",
            json!({ "profile.form": "virtual", "profile.partners": 2, "network.mission": 5 }),
            true,
        ),
        ("deepening", json!({ "profile.models": ["secretariat", "lead-partner"] }), true),
        ("scores", json!(null), true),
        // Many programs write every number with a point, and an empty cell as an empty text.
        ("version", json!(1.0), true),
        ("answers", json!({ "trust-control.a1": 4.0, "trust-control.tension": 1e0 }), true),
        ("wished", json!({ "items": { "trust-control.a1": 4.0 }, "poles": null }), true),
        ("deepening", json!({ "profile.partners": 6.0, "network.mission": 2.0 }), true),
        ("label", json!(""), true),
        ("label", json!(" \t"), true),
        ("side", json!(""), true),
        ("notes", json!({ "overall": "" }), true),
        ("actions", json!([{ "text": "", "owner": " " }]), true),
        ("actions", json!([{ "text": "x", "due": "2028-02-29" }]), true),
        ("actions", json!([{ "text": "x", "due": null }]), true),
        ("format", json!("equipoise-session"), false),
        ("version", json!(2), false),
        ("instrument", json!({ "id": "team-health", "version": "1" }), false),
        ("instrument", json!({ "id": "alliance-paradoxes" }), false),
        ("form", json!("huge"), false),
        ("answers", json!({ "trust-control.a1": 6 }), false),
        ("answers", json!({ "trust-control.a3": 1 }), false),
        ("answers", json!({ "phase.choice": 1 }), false),
        ("answers", json!([]), false),
        ("answers", json!({ "trust-control.a1": 4.5 }), false),
        ("answers", json!({ "trust-control.a1": -4.0 }), false),
        ("answers", json!({ "trust-control.a1": "4" }), false),
        ("answers", json!({ "phase.choice": "" }), false),
        ("label", json!(7), false),
        ("label", json!(long), false),
        ("label", json!(" ".repeat(301)), false),
        ("side", json!(7), false),
        ("side", json!("é".repeat(301)), false),
        ("perspective", json!("god"), false),
        ("notes", json!({ "nowhere": "x" }), false),
        ("notes", json!({ "overall": 1 }), false),
        ("notes", json!({ "overall": null }), false),
        ("notes", json!({ "overall": "x".repeat(4001) }), false),
        ("actions", json!([{ "text": 1 }]), false),
        ("actions", json!([{ "text": "x", "due": "soon" }]), false),
        ("actions", json!([{ "text": "x", "due": "2026-13-45" }]), false),
        ("actions", json!([{ "text": "x", "due": "2026-04-31" }]), false),
        ("actions", json!([{ "text": "x", "due": "1969-12-31" }]), false),
        ("actions", json!([{ "text": "x", "due": "" }]), false),
        ("actions", json!([{ "text": "x", "state": "late" }]), false),
        ("actions", json!([{ "text": "x", "about": "nothing" }]), false),
        ("wished", json!({ "items": { "trust-control.tension": 3 } }), false),
        ("wished", json!({ "poles": { "trust-control.a": 0 } }), false),
        ("deepening", json!({ "profile.partners": {} }), false),
        ("deepening", json!({ "profile.partners": 1 }), false),
        ("deepening", json!({ "profile.partners": 2.5 }), false),
        ("deepening", json!({ "profile.form": "marriage" }), false),
        ("deepening", json!({ "profile.form": ["virtual"] }), false),
        ("deepening", json!({ "profile.form": null }), false),
        ("deepening", json!({ "profile.models": [] }), false),
        ("deepening", json!({ "profile.models": ["secretary"] }), false),
        ("deepening", json!({ "network.mission": 6 }), false),
        ("deepening", json!({ "nowhere": 3 }), false),
    ] {
        let file = with(name, value.clone());
        assert_eq!(schema.takes(&file), fits, "the schema on {name}: {value}");
        assert_eq!(
            ResultFile::read(&instrument, &file.to_string()).is_ok(),
            fits,
            "the reader on {name}: {value}"
        );
    }
}

/// What a schema can't say, or says more strictly so that nobody writes it: the answers are worth more than a date that
/// can't be read.
#[test]
fn where_schema_and_reader_differ_is_known() {
    let instrument = Instrument::built_in();
    let schema = Schema::read(include_str!("../docs/result.schema.json"));
    for (name, value, by_schema, by_reader) in [
        ("actions", json!([{ "text": "x", "due": "2026-02-29" }]), true, false),
        ("completed", json!("yesterday"), true, true),
        ("completed", json!(20_261_125), false, true),
        ("language", json!(7), false, true),
        ("scores", json!(7), false, true),
    ] {
        let mut file = file(RESULT);
        file[name] = value.clone();
        assert_eq!(schema.takes(&file), by_schema, "the schema on {name}: {value}");
        let read = ResultFile::read(&instrument, &file.to_string());
        assert_eq!(read.is_ok(), by_reader, "the reader on {name}: {value}: {read:?}");
    }
}

/// The questions stand in the schema, so that whoever checks a file by it needs nothing else.
#[test]
fn the_schema_has_every_deepening_question() {
    let schema = file(include_str!("../docs/result.schema.json"));
    let content = file(include_str!("../content/deepening.json"));
    let modules = content["modules"].as_array().expect("modules");
    let questions = modules.iter().flat_map(|module| module["questions"].as_array().expect("questions"));
    let expected: serde_json::Map<String, Value> = questions
        .map(|question| {
            let options = &question["of"];
            let asks = match question["ask"].as_str().expect("a word") {
                "one" => json!({ "enum": options }),
                "several" => {
                    let most = options.as_array().expect("options").len();
                    json!({ "type": "array", "minItems": 1, "maxItems": most, "items": { "enum": options } })
                }
                "number" => {
                    json!({ "type": "integer", "minimum": question["min"], "maximum": question["max"] })
                }
                _ => json!({ "type": "integer", "minimum": 1, "maximum": 5 }),
            };
            (question["id"].as_str().expect("an id").to_owned(), asks)
        })
        .collect();
    assert_eq!(schema["properties"]["deepening"]["properties"], Value::Object(expected));
}

/// What an entry of a history or a session holds is told by its own schema, or by the reader alone.
#[test]
fn what_the_schema_of_backups_leaves_to_the_reader_is_known() {
    let instrument = Instrument::built_in();
    let schema = Schema::read(include_str!("../docs/backup.schema.json"));
    for (pointer, value) in [
        ("/history/entries/0/result", json!({})),
        ("/session/answers/trust-control.a1", json!(["forming", 1])),
        ("/session/carried", json!(["nothing"])),
        ("/session/workbook", json!({})),
    ] {
        let mut file = file(BACKUP);
        *file.pointer_mut(pointer).expect("a field") = value.clone();
        assert!(schema.takes(&file), "the schema on {pointer}: {value}");
        assert!(Backup::read(&instrument, &file.to_string()).is_err(), "the reader on {pointer}: {value}");
    }
}

#[test]
fn schema_and_reader_agree_on_backups() {
    let instrument = Instrument::built_in();
    let schema = Schema::read(include_str!("../docs/backup.schema.json"));
    for (pointer, value, fits) in [
        ("/session", json!(null), true),
        ("/history", json!(null), true),
        ("/session/form", json!(null), true),
        ("/session/page", json!(3.0), true),
        ("/session/active_ms", json!(81000.0), true),
        ("/session/answers/trust-control.a1", json!([4.0, 1_764_000_000_000.0]), true),
        ("/history/entries/0/id", json!(7.0), true),
        ("/format", json!("equipoise-result"), false),
        ("/version", json!(2), false),
        ("/session/version", json!(3), false),
        ("/session/page", json!(3.5), false),
        ("/session/language", json!(""), false),
        ("/session/active_ms", json!(5_000_000_000_u64), false),
        ("/session/screen", json!("attic"), false),
        ("/session/answers/trust-control.a1", json!([4]), false),
        ("/history/entries/0/id", json!(-1), false),
        ("/history/entries/0/name", json!(""), false),
        ("/history/entries/0/name", json!(" "), false),
        ("/history/entries/0/origin", json!("x"), false),
    ] {
        let mut file = file(BACKUP);
        *file.pointer_mut(pointer).expect("a field") = value.clone();
        assert_eq!(schema.takes(&file), fits, "the schema on {pointer}: {value}");
        assert_eq!(
            Backup::read(&instrument, &file.to_string()).is_ok(),
            fits,
            "the reader on {pointer}: {value}"
        );
    }
}

const MERGER: &str = include_str!("../examples/merger.json");

#[test]
fn schema_and_reader_agree_on_questionnaires() {
    let schema = Schema::read(include_str!("../docs/questionnaire.schema.json"));
    let good = file(MERGER);
    assert!(schema.takes(&good));
    let long = "x".repeat(61);
    for (pointer, value, fits) in [
        ("/x-own", json!({ "any": [1] }), true),
        ("/texts/nl/x-own", json!(1), true),
        ("/texts/x-note", json!("for ourselves"), true),
        ("/page_size", json!(null), true),
        ("/page_size", json!(24), true),
        ("/deepening", json!(true), true),
        ("/thresholds", json!({ "high": 70, "complete_share": [3, 4] }), true),
        ("/thresholds", json!(null), true),
        ("/forms", json!(null), true),
        ("/paradoxes/0/provenance", json!("book"), true),
        ("/paradoxes/0/tension", json!("pace-care.tension"), true),
        ("/texts/nl/interface", json!("en"), true),
        ("/texts/nl/scale", json!({ "1": "Nee" }), true),
        ("/texts/nl/lead", json!(null), true),
        ("/texts/nl/forms", json!({ "quick": { "name": "Vlug" } }), true),
        ("/format", json!("equipoise-result"), false),
        ("/format_version", json!(2), false),
        ("/id", json!("Merger"), false),
        ("/version", json!(1), false),
        ("/version", json!(" "), false),
        ("/page_size", json!(0), false),
        ("/page_size", json!("6"), false),
        ("/pagesize", json!(6), false),
        ("/phases", json!([{ "name": "x" }]), false),
        ("/choice", json!(1), false),
        ("/deepening", json!("yes"), false),
        ("/paradoxes", json!([]), false),
        ("/paradoxes", json!({}), false),
        ("/paradoxes/0/a", json!([]), false),
        ("/paradoxes/0/a", json!("pace-care.a1"), false),
        ("/paradoxes/0/provenance", json!("mine"), false),
        ("/paradoxes/0/note", json!("x"), false),
        ("/thresholds", json!({ "high": 101 }), false),
        ("/thresholds", json!({ "hihg": 60 }), false),
        ("/thresholds", json!([]), false),
        ("/forms", json!([]), false),
        ("/forms", json!([{ "id": "all" }]), false),
        ("/texts", json!({}), false),
        ("/texts/nederlands", json!({}), false),
        ("/texts/nl/title", json!(null), false),
        ("/texts/nl/tittle", json!("x"), false),
        ("/texts/nl/lead", json!(""), false),
        ("/texts/nl/name", json!(long), false),
        ("/texts/nl/interface", json!("fr"), false),
        ("/texts/nl/scale", json!({ "6": "x" }), false),
        ("/texts/nl/items/pace-care.a1", json!(1), false),
        ("/texts/nl/paradoxes/pace-care/a", json!({ "meaning": "x" }), false),
        ("/texts/nl/paradoxes/pace-care/talk", json!({ "c": "x" }), false),
        ("/texts/nl/phases/preparing/tasks", json!([]), false),
        ("/texts/nl/phases/preparing", json!({}), false),
    ] {
        let mut file = good.clone();
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        let place = file.pointer_mut(parent).expect("a place");
        match place.as_array_mut() {
            Some(list) => list[name.parse::<usize>().expect("a number")] = value.clone(),
            None => place[name] = value.clone(),
        }
        assert_eq!(schema.takes(&file), fits, "the schema on {pointer}: {value}");
        let read = Questionnaire::read(file.to_string().as_bytes());
        assert_eq!(read.is_ok(), fits, "the reader on {pointer}: {value}: {read:?}");
    }
    for (name, required) in
        [("format", true), ("version", true), ("texts", true), ("phases", false), ("choice", false)]
    {
        let mut file = good.clone();
        file.as_object_mut().expect("an object").remove(name);
        assert_eq!(schema.takes(&file), !required, "without {name}");
    }
}
