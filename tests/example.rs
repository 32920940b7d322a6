//! `examples/score.rs` as a process: what it writes, what it says, and its exit status.

use std::io::Write;
#[cfg(target_os = "linux")]
use std::io::{BufRead, BufReader};
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

/// What came of a run: its exit status and whether it went well, standard output, and the lines of standard error.
struct Run {
    status: Option<i32>,
    success: bool,
    output: String,
    said: Vec<String>,
}

#[track_caller]
fn run(input: &[u8]) -> Run {
    run_with(&[], input)
}

#[track_caller]
fn run_with(options: &[&str], input: &[u8]) -> Run {
    let mut process = Command::new(program())
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example starts");
    let mut stdin = process.stdin.take().expect("a pipe");
    let input = input.to_vec();
    // It writes while it reads, so both ends are served at once. A program that has read enough may close its end before everything is written; that is no failure.
    let feeder = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = process.wait_with_output().expect("the example ends");
    feeder.join().expect("the feeder ends");
    assert!(matches!(output.status.code(), Some(0..=2)), "it ends by itself: {:?}", output.status);
    Run {
        status: output.status.code(),
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
    let lines = run_with(&["--lines"], twice.as_bytes());
    let run = run(twice.as_bytes());
    assert!(run.success && lines.success);
    let said = "$.answers[\"trust-control.a1\"] stands there twice; the last one counts";
    assert_eq!(run.said, [said]);
    assert_eq!(lines.said, [format!("line 1: {said}")]);
    let written: Value = serde_json::from_str(&run.output).expect("JSON");
    assert_eq!(written["answers"], json!({ "trust-control.a1": 1 }));
    assert_eq!(written["scores"]["paradoxes"][3]["a"], json!(0.0));
}

#[test]
fn a_date_in_the_future_is_named_by_itself_and_on_a_line() {
    let mut file = result_file(&json!("quick"), &json!({ "trust-control.a1": 5 }));
    file["completed"] = json!("2999-01-01");
    let said = "This result has a date in the future: 2999-01-01. Perhaps the clock of the device was wrong.";
    assert_eq!(recompute(&file).1, [said]);
    for line in [file.to_string(), file.to_string().replace("\"language\"", "\"notes\":{},\"language\"")] {
        let run = run_with(&["--lines", "--csv"], line.as_bytes());
        assert!(run.success);
        assert_eq!(run.said, [format!("line 1: {said}")]);
    }
    file["completed"] = json!("2025-01-01");
    assert_eq!(recompute(&file).1, [""; 0]);
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

fn small(label: &str, answers: &Value) -> Value {
    let mut file = result_file(&json!("quick"), answers);
    file["label"] = json!(label);
    file
}

#[test]
fn each_line_comes_out_with_its_scores_as_a_file_does() {
    let mut first = small("Noord", &json!({ "trust-control.a1": 5, "trust-control.b1": 2 }));
    let mut second = small("Zuid", &json!({ "trust-control.a1": 1 }));
    second["team"] = json!({ "unknown": [1.5, null] });
    let input = format!("\u{feff}{first}\r\n\r\n  \n{second}");
    let run = run_with(&["--lines"], input.as_bytes());
    assert_eq!((run.status, run.said), (Some(0), vec![]));
    let lines: Vec<&str> = run.output.lines().collect();
    assert_eq!(lines.len(), 2);
    for (line, file) in lines.iter().zip([&mut first, &mut second]) {
        let (alone, _) = recompute(file);
        assert_eq!(*line, alone.to_string());
    }
    assert!(run.output.ends_with("}\n"));
}

#[test]
fn bad_lines_are_named_by_their_numbers_and_passed_over() {
    let good = small("Noord", &json!({ "trust-control.a1": 5 }));
    let bad = small("Zuid", &json!({ "trust-control.a1": 6, "trust-control.b1": 0 }));
    let mut wrong = recompute(&good).0;
    wrong["scores"]["choice"] = json!("founding");
    let mut input = format!("{good}\n\n{bad}\n{{\"format\":\n").into_bytes();
    input.extend_from_slice(b"{\"label\":\"caf\xe9\"}\n");
    input.extend_from_slice(&vec![b'['; 1_000_001]);
    input.extend_from_slice(format!("\n{wrong}\n[]\n{good}").as_bytes());
    for (options, rows) in [(&["--lines"][..], 3), (&["--csv", "--lines"], 1 + 3 * 167)] {
        let run = run_with(options, &input);
        let degree = "expected a whole number from 1 to 5, or null for “don’t know”";
        assert_eq!(
            run.said,
            [
                &format!("line 3: $.answers[\"trust-control.a1\"]: found 6; {degree}"),
                &format!("line 3: $.answers[\"trust-control.b1\"]: found 0; {degree}"),
                "line 4: $: this is not valid JSON; it breaks off at line 1, column 10",
                "line 5: $: not UTF-8 from byte 14 on",
                "line 6: $: longer than 1000000 bytes, which no result file is",
                "line 7: $.scores.choice: found \"founding\"; expected null, as it follows from the answers",
                "line 8: $: found [0]; expected an object with fields",
                "passed over: 5 of 9 lines",
            ]
        );
        assert_eq!(run.status, Some(1));
        assert_eq!(run.output.lines().count(), rows);
    }
}

#[test]
fn a_table_has_its_columns_once_and_the_number_of_the_line_in_each_row() {
    let first = small("=1+1", &json!({ "trust-control.a1": 5, "trust-control.b1": 2 }));
    let second = small("Zuid", &json!({ "trust-control.a1": 1 }));
    let run = run_with(&["--lines", "--csv"], format!("{first}\n\n{second}\n").as_bytes());
    assert_eq!((run.status, run.said), (Some(0), vec![]));
    let rows: Vec<&str> = run.output.split_terminator("\r\n").collect();
    assert_eq!(rows[0], "\u{feff}result,label,form,completed,subject,id,measure,value");
    assert_eq!(rows.len(), 1 + 2 * 167);
    assert!(rows[1..168].iter().all(|row| row.starts_with("1,\"'=1+1\",quick,,")));
    assert!(rows[168..].iter().all(|row| row.starts_with("3,Zuid,quick,,")));
    assert!(rows.contains(&"1,\"'=1+1\",quick,,paradox,trust-control,both_and,25.0"));
    assert!(rows.contains(&"3,Zuid,quick,,paradox,trust-control,b,"), "what is missing is empty");

    let alone = run_with(&["--csv"], format!("{first:#}").as_bytes());
    assert_eq!((alone.status, alone.said), (Some(0), vec![]));
    assert_eq!(alone.output.split_terminator("\r\n").collect::<Vec<_>>(), rows[..168]);
}

#[test]
fn what_is_wished_and_what_modules_show_stands_in_the_table_too() {
    let mut file = small("Noord", &json!({ "trust-control.a1": 3 }));
    file["wished"] = json!({ "items": {}, "poles": { "trust-control.a": 5 } });
    file["deepening"] = json!({ "governance.goals": "partly" });
    for options in [&["--csv"][..], &["--lines", "--csv"]] {
        let run = run_with(options, format!("{file}\n").as_bytes());
        assert_eq!((run.status, run.said), (Some(0), vec![]));
        let rows: Vec<&str> = run.output.split_terminator("\r\n").collect();
        assert_eq!(rows.len(), 1 + 167 + 4 + 3, "{options:?}");
        for row in ["paradox,trust-control,gap_a,50.0", "module,governance,clarity,50.0"] {
            assert!(rows.contains(&format!("1,Noord,quick,,{row}").as_str()), "{row}");
        }
    }
}

#[test]
fn of_nothing_comes_nothing_but_the_columns() {
    let run = run_with(&["--lines"], b"\n\n");
    assert_eq!((run.status, run.output.as_str(), run.said), (Some(0), "", vec![]));
    let run = run_with(&["--lines", "--csv"], b"");
    assert_eq!(run.output, "\u{feff}result,label,form,completed,subject,id,measure,value\r\n");
    let run = run_with(&["--lines", "--csv"], b"{}");
    assert_eq!(run.output, "\u{feff}result,label,form,completed,subject,id,measure,value\r\n");
    assert_eq!(run.status, Some(1));
}

#[test]
fn options_are_explained_and_unknown_ones_refused() {
    let help = run_with(&["--help"], b"");
    assert_eq!((help.status, help.said), (Some(0), vec![]));
    for option in ["--lines", "--csv", "--help", "Exit status"] {
        assert!(help.output.contains(option), "{option}");
    }
    for options in [&["--line"][..], &["--lines", "result.json"], &["--lines=1"], &[""]] {
        let run = run_with(options, b"{}");
        let said = format!("{:?} is no option; see --help", options.last().expect("one"));
        assert_eq!((run.status, run.output.as_str(), run.said), (Some(2), "", vec![said]));
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let line = format!("{}\n", small("Noord", &json!({ "trust-control.a1": 5 })));
    for options in [&["--lines"][..], &["--lines", "--csv"]] {
        let mut process = Command::new(program())
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the example starts");
        let mut stdin = process.stdin.take().expect("a pipe");
        drop(process.stdout.take());
        // Far more than a pipe holds: it ends long before all of this is read.
        let written = (0..100_000).try_for_each(|_| stdin.write_all(line.as_bytes()));
        assert_eq!(written.expect_err("it ended").kind(), std::io::ErrorKind::BrokenPipe);
        drop(stdin);
        let output = process.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
    }
}

/// The most memory that a process has had so far, in bytes.
#[cfg(target_os = "linux")]
fn peak(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the peak");
    line.trim().trim_end_matches(" kB").parse::<usize>().expect("kilobytes") * 1024
}

#[cfg(target_os = "linux")]
#[test]
fn memory_stays_the_same_however_long_the_input_is() {
    let mut file = small("Noord", &json!({ "trust-control.a1": 5 }));
    file["x-long"] = json!("x".repeat(50_000));
    let line = format!("{file}\n");
    let mut process = Command::new(program())
        .arg("--lines")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the example starts");
    let (mut stdin, stdout) = (process.stdin.take().expect("a pipe"), process.stdout.take().expect("a pipe"));
    let reader = std::thread::spawn(move || BufReader::new(stdout).lines().count());
    let mut peaks = Vec::new();
    for _ in 0..2 {
        // Together a hundred megabytes.
        (0..1_000).for_each(|_| stdin.write_all(line.as_bytes()).expect("it reads"));
        peaks.push(peak(process.id()));
    }
    drop(stdin);
    assert!(process.wait().expect("it ends").success());
    assert_eq!(reader.join().expect("read"), 2_000);
    assert!(peaks[1] < 20_000_000, "{peaks:?}");
    assert!(peaks[1] < peaks[0] + 1_000_000, "{peaks:?}");
}
