//! The published schemas say what the readers say: what we write fits them, and what they refuse we refuse.

use boon::{Compiler, SchemaIndex, Schemas};
use equipoise::formats::backup::Backup;
use equipoise::formats::result::ResultFile;
use equipoise::instrument::Instrument;
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
    assert!(schema.takes(&file(&read.write(&instrument))));
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
        ("scores", json!(null), true),
        ("format", json!("equipoise-session"), false),
        ("version", json!(2), false),
        ("instrument", json!({ "id": "team-health", "version": "1" }), false),
        ("instrument", json!({ "id": "alliance-paradoxes" }), false),
        ("form", json!("huge"), false),
        ("answers", json!({ "trust-control.a1": 6 }), false),
        ("answers", json!({ "trust-control.a3": 1 }), false),
        ("answers", json!({ "phase.choice": 1 }), false),
        ("answers", json!([]), false),
        ("label", json!(7), false),
        ("label", json!(long), false),
        ("side", json!(7), false),
        ("perspective", json!("god"), false),
        ("notes", json!({ "nowhere": "x" }), false),
        ("notes", json!({ "overall": 1 }), false),
        ("actions", json!([{ "text": 1 }]), false),
        ("actions", json!([{ "text": "x", "due": "soon" }]), false),
        ("actions", json!([{ "text": "x", "state": "late" }]), false),
        ("actions", json!([{ "text": "x", "about": "nothing" }]), false),
        ("wished", json!({ "items": { "trust-control.tension": 3 } }), false),
        ("wished", json!({ "poles": { "trust-control.a": 0 } }), false),
        ("deepening", json!({ "profile.partners": {} }), false),
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

#[test]
fn schema_and_reader_agree_on_backups() {
    let instrument = Instrument::built_in();
    let schema = Schema::read(include_str!("../docs/backup.schema.json"));
    for (pointer, value, fits) in [
        ("/session", json!(null), true),
        ("/history", json!(null), true),
        ("/session/form", json!(null), true),
        ("/format", json!("equipoise-result"), false),
        ("/version", json!(2), false),
        ("/session/version", json!(3), false),
        ("/session/screen", json!("attic"), false),
        ("/session/answers/trust-control.a1", json!([4]), false),
        ("/history/entries/0/id", json!(-1), false),
        ("/history/entries/0/name", json!(""), false),
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
