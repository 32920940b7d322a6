//! `examples/score.rs` as a process: what it writes, what it says, and its exit status.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

const VECTORS: &str = include_str!("data/vectors.json");

/// The program, built by cargo for the profile of this test, so that it is never older than its source.
fn program() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let test = std::env::current_exe().expect("this test has a path");
        let profile = test.ancestors().nth(2).expect("target/<profile>/deps/<test>");
        let target = profile.parent().expect("target/<profile>");
        let is_release = profile.ends_with("release");
        let built = Command::new(env!("CARGO"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["build", "--quiet", "--no-default-features", "--example", "score", "--target-dir"])
            .arg(target)
            .args(is_release.then_some("--release"))
            .status()
            .expect("cargo runs");
        assert!(built.success(), "the example builds");
        profile.join("examples").join("score").with_extension(std::env::consts::EXE_EXTENSION)
    })
}

/// What came of a run: whether it went well, standard output, and the lines of standard error.
struct Run {
    success: bool,
    output: String,
    said: Vec<String>,
}

#[track_caller]
fn run(input: &[u8]) -> Run {
    let mut process = Command::new(program())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example starts");
    let mut stdin = process.stdin.take().expect("a pipe");
    // A program that has read enough may close its end before everything is written; that is no failure.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = process.wait_with_output().expect("the example ends");
    assert!(matches!(output.status.code(), Some(0 | 1)), "it ends by itself: {:?}", output.status);
    Run {
        success: output.status.success(),
        output: String::from_utf8(output.stdout).expect("UTF-8"),
        said: String::from_utf8(output.stderr).expect("UTF-8").lines().map(str::to_owned).collect(),
    }
}

/// Runs on a good file and returns what was written, with what was said.
#[track_caller]
fn recompute(file: &Value) -> (Value, Vec<String>) {
    let run = run(file.to_string().as_bytes());
    assert!(run.success, "{:?}", run.said);
    (serde_json::from_str(&run.output).expect("it writes JSON"), run.said)
}

/// Runs on a bad file: nothing is written and these lines are said.
#[track_caller]
fn refuses(input: &[u8], lines: &[&str]) {
    let run = run(input);
    assert_eq!(run.said, lines);
    assert!(!run.success, "bad input has exit status 1");
    assert_eq!(run.output, "");
}

fn result_file(form: &Value, answers: &Value) -> Value {
    json!({
        "format": "equipoise-result", "version": 1,
        "instrument": { "id": "alliance-paradoxes", "version": "1" },
        "form": form, "language": "en", "answers": answers,
    })
}

#[track_caller]
fn same(path: &str, actual: &Value, expected: &Value) {
    match (actual, expected) {
        (Value::Object(left), Value::Object(right)) => {
            assert!(left.keys().eq(right.keys()), "{path}");
            right.iter().for_each(|(name, value)| same(&format!("{path}.{name}"), &left[name], value));
        }
        (Value::Array(left), Value::Array(right)) => {
            assert_eq!(left.len(), right.len(), "{path}");
            right.iter().enumerate().for_each(|(at, value)| same(&format!("{path}[{at}]"), &left[at], value));
        }
        (Value::Number(left), Value::Number(right)) => {
            let difference = left.as_f64().zip(right.as_f64()).map(|(left, right)| (left - right).abs());
            assert!(
                difference.is_some_and(|difference| difference < 1e-12),
                "{path}: {left} against {right}"
            );
        }
        _ => assert_eq!(actual, expected, "{path}"),
    }
}

#[test]
fn the_ten_published_examples_come_out_as_published() {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).expect("a list of examples");
    assert_eq!(vectors.len(), 10);
    for vector in vectors {
        let file = result_file(&vector["form"], &vector["answers"]);
        let (mut written, said) = recompute(&file);
        assert_eq!(said, [""; 0], "{}", vector["name"]);
        same(&vector["name"].to_string(), &written["scores"], &vector["expected"]);
        written.as_object_mut().expect("an object").remove("scores");
        assert_eq!(written, file, "everything else is as it was");

        // The published scores themselves are accepted as they stand.
        let mut published = file;
        published["scores"] = vector["expected"].clone();
        assert_eq!(recompute(&published).1, [""; 0], "{}", vector["name"]);
    }
}

#[test]
fn the_output_is_laid_out_for_people_and_reads_back_as_it_is() {
    let file = result_file(&json!("quick"), &json!({ "trust-control.a1": 5, "trust-control.b1": 2 }));
    let first = run(file.to_string().as_bytes());
    assert!(
        first
            .output
            .starts_with("{\n  \"format\": \"equipoise-result\",\n  \"version\": 1,\n  \"instrument\": {\n"),
        "{}",
        first.output
    );
    assert!(first.output.ends_with("\n}\n"));
    let names = ["format", "version", "instrument", "form", "language", "answers", "scores"];
    assert_eq!(names_in(&first.output), names, "as they stood, and what was not there comes last");
    let second = run(first.output.as_bytes());
    assert_eq!((second.output, second.said), (first.output, vec![]));
}

/// The names of the outermost fields, as they stand on their lines.
fn names_in(pretty: &str) -> Vec<&str> {
    let name = |line| str::strip_prefix(line, "  \"")?.split_once('"').map(|(name, _)| name);
    pretty.lines().filter_map(name).collect()
}

#[test]
fn fields_and_answers_keep_their_order() {
    let text = r#"{ "x-last": 1, "scores": null, "answers": { "phase.choice": "founding", "trust-control.b1": 2,
        "trust-control.a1": 5 }, "form": "quick", "instrument": { "version": "1", "id": "alliance-paradoxes" },
        "version": 1, "format": "equipoise-result", "label": "Noord" }"#;
    let run = run(text.as_bytes());
    assert!(run.success, "{:?}", run.said);
    let names = ["x-last", "scores", "answers", "form", "instrument", "version", "format", "label"];
    assert_eq!(names_in(&run.output), names);
    let answers = "\n  \"answers\": {\n    \"phase.choice\": \"founding\",\n    \"trust-control.b1\": 2,\n    \
                   \"trust-control.a1\": 5\n  },\n";
    assert!(run.output.contains(answers), "{}", run.output);
}

#[test]
fn unknown_fields_are_kept() {
    let mut file = result_file(&json!("taster"), &json!({}));
    file["x-team"] = json!({ "colour": "blauw", "list": [1, null, "ë"] });
    file["label"] = json!("Noord");
    let (written, said) = recompute(&file);
    assert_eq!((&written["x-team"], &written["label"]), (&file["x-team"], &file["label"]));
    assert_eq!(said, [""; 0]);
}

#[test]
fn scores_that_were_tampered_with_are_named_and_put_right() {
    let answers = json!({ "trust-control.a1": 5, "trust-control.b1": 2 });
    let (mut file, _) = recompute(&result_file(&json!("quick"), &answers));
    file["scores"]["paradoxes"][3]["both_and"] = json!(90);
    file["scores"]["talk_about"] = json!(["short-long"]);
    let (written, said) = recompute(&file);
    assert_eq!(
        said,
        [
            "$.scores.paradoxes[3].both_and: found 90; expected 25.0, as it follows from the answers",
            "$.scores.talk_about[0]: found \"short-long\"; expected \"trust-control\", as it follows from the answers",
        ]
    );
    assert_eq!(written["scores"]["paradoxes"][3]["both_and"], json!(25.0));
    assert_eq!(written["scores"]["talk_about"], json!(["trust-control"]));
}

#[test]
fn of_a_name_that_stands_twice_the_last_counts() {
    let text = result_file(&json!("quick"), &json!({ "trust-control.a1": 5 })).to_string();
    let twice = text.replace("\"trust-control.a1\":5", "\"trust-control.a1\":5,\"trust-control.a1\":1");
    let run = run(twice.as_bytes());
    assert!(run.success);
    let written: Value = serde_json::from_str(&run.output).expect("JSON");
    assert_eq!(written["answers"], json!({ "trust-control.a1": 1 }));
    assert_eq!(written["scores"]["paradoxes"][3]["a"], json!(0.0));
}

#[test]
fn bad_answers_are_all_named() {
    let answers =
        json!({ "trust-control.a1": 6, "trust-control.b9": 3, "phase.choice": 2, "short-long.a1": 3 });
    refuses(
        result_file(&json!("full"), &answers).to_string().as_bytes(),
        &[
            "$.answers[\"trust-control.a1\"]: found 6; expected a whole number from 1 to 5, or null for “don’t know”",
            "$.answers[\"trust-control.b9\"]: found 3; expected the id of a question in this questionnaire",
            "$.answers[\"phase.choice\"]: found 2; expected one of: forming, founding, evolving, transforming",
        ],
    );
}

#[test]
fn files_of_another_kind_or_time_are_refused() {
    let good = result_file(&json!("full"), &json!({}));
    let mut other = good.clone();
    other["instrument"]["id"] = json!("team-health");
    refuses(
        other.to_string().as_bytes(),
        &["$.instrument.id: found \"team-health\"; expected one of: alliance-paradoxes"],
    );
    let mut newer = good.clone();
    newer["version"] = json!(2);
    refuses(
        newer.to_string().as_bytes(),
        &["$.version: found 2; expected a version this program knows (at most 1)"],
    );
    let mut form = good;
    form["form"] = json!("huge");
    refuses(form.to_string().as_bytes(), &["$.form: found \"huge\"; expected one of: taster, quick, full"]);
}

#[test]
fn what_is_no_json_is_refused_with_its_place() {
    let broken = |line: usize, column: usize| {
        format!("$: this is not valid JSON; it breaks off at line {line}, column {column}")
    };
    refuses(b"", &[&broken(1, 1)]);
    refuses(b"{\n  \"format\": \"equipoise-result\",\n}", &[&broken(3, 1)]);
    refuses(&vec![b'['; 500_000], &[&broken(1, 128)]);
    let nested = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    refuses(&nested, &[&broken(1, 128)]);
}

#[test]
fn bytes_that_are_no_utf_8_are_refused_with_their_place() {
    refuses(b"{\"label\": \"caf\xe9\"}", &["$: not UTF-8 from byte 15 on"]);
    refuses(b"\xff\xfe{\x00}\x00", &["$: not UTF-8 from byte 1 on"]);
}

#[test]
fn a_file_that_is_far_too_long_is_refused_without_being_read_to_its_end() {
    let mut text = result_file(&json!("full"), &json!({})).to_string().into_bytes();
    text.resize(1_000_000, b' ');
    assert!(run(&text).success, "a million bytes is the most");
    text.push(b' ');
    refuses(&text, &["$: longer than 1000000 bytes, which no result file is"]);
    text.resize(5_000_000, b' ');
    refuses(&text, &["$: longer than 1000000 bytes, which no result file is"]);
}
