//! Kept results: kept once, renamed, removed, brought together with another tab's; and everything in one file, out and
//! back in.

use std::rc::Rc;

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::day::Day;
use equipoise::deepening::{Deepening, Given, Value};
use equipoise::formats::backup::{Backup, LONGEST, LONGEST_WRITTEN, to_bring_back};
use equipoise::formats::history as format;
use equipoise::formats::intake::{self, Found, MOST_BYTES};
use equipoise::formats::record::{Place, Record};
use equipoise::formats::result::{Parts, ResultFile};
use equipoise::history::{Added, History, KeptId, MOST, MOST_ENTRIES, Origin};
use equipoise::i18n::Texts;
use equipoise::instrument::{Instrument, Pole};
use equipoise::json::Problem;
use equipoise::session::{Msg, Session};
use equipoise::wishes::Wishes;
use equipoise::workbook::{About, Action, LONGEST_LINE, LONGEST_NOTE, MOST_ACTIONS, Progress, Workbook};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const NOW: u64 = 1_764_000_000_000;

/// A result of the quick form with one answer, of a day.
fn result(instrument: &Instrument, number: u8, day: &str) -> ResultFile {
    let mut answers = Answers::new(instrument);
    let item = instrument.find_item("trust-control.a1").expect("an item");
    answers.set(instrument, item, Degree::new(number).map(Answer::Degree), NOW);
    let parts = Parts {
        form: instrument.find_form("quick").expect("a form"),
        answers,
        language: "en",
        completed: Some(day),
        workbook: Workbook::default(),
        wishes: Wishes::new(instrument),
        given: Given::default(),
    };
    ResultFile::new(instrument, parts)
}

fn names(history: &History) -> Vec<&str> {
    history.kept().into_iter().map(|kept| kept.name.as_str()).collect()
}

#[track_caller]
fn added(added: Added) -> KeptId {
    match added {
        Added::Yes(id) => id,
        other => panic!("it is kept, not {other:?}"),
    }
}

#[test]
fn the_newest_result_comes_first_whenever_it_was_kept() {
    let instrument = Instrument::built_in();
    let mut history = History::default();
    for (name, number, day) in
        [("b", 2, "2025-06-01"), ("c", 3, "2026-06-01"), ("a", 1, "2024-06-01"), ("d", 4, "2025-06-01")]
    {
        added(history.add(name, Origin::Own, result(&instrument, number, day), NOW));
    }
    assert_eq!(names(&history), ["c", "d", "b", "a"]);
}

#[test]
fn the_same_result_is_kept_once_also_when_it_comes_back_in_a_file() {
    let instrument = Instrument::built_in();
    let mut history = History::default();
    let id = added(history.add("mine", Origin::Own, result(&instrument, 4, "2026-06-01"), NOW));
    let again = ResultFile::read(&instrument, &result(&instrument, 4, "2026-06-01").write(&instrument))
        .expect("it reads");
    assert_eq!(history.add("other name", Origin::Brought, again, NOW + 5), Added::There(id));
    assert_eq!(names(&history), ["mine"]);
    added(history.add("another day", Origin::Own, result(&instrument, 4, "2026-06-02"), NOW));
    added(history.add("another answer", Origin::Own, result(&instrument, 3, "2026-06-01"), NOW));
    assert_eq!(history.kept().len(), 3);
}

#[test]
fn a_name_is_changed_bounded_and_never_lost() {
    let instrument = Instrument::built_in();
    let mut history = History::default();
    let id = added(history.add("before", Origin::Own, result(&instrument, 4, "2026-06-01"), NOW));
    history.rename(id, "  ", NOW + 1);
    assert_eq!(names(&history), ["before"]);
    history.rename(id, "<b>after</b>", NOW + 2);
    assert_eq!(names(&history), ["<b>after</b>"], "a text is a text");
    history.rename(id, &"x".repeat(1000), NOW + 3);
    assert_eq!(history.find(id).map(|kept| kept.name.len()), Some(300));
    history.rename(KeptId(1), "nobody", NOW);
}

#[test]
fn there_is_an_end_to_what_is_kept_and_removing_makes_room() {
    let instrument = Instrument::built_in();
    let mut history = History::default();
    let kept: Vec<KeptId> = (0..MOST)
        .map(|n| {
            let day = Day::from_number(i32::try_from(n).expect("a small number")).expect("a day").to_string();
            added(history.add("x", Origin::Own, result(&instrument, 3, &day), NOW))
        })
        .collect();
    let one_more = || result(&instrument, 5, "2026-06-01");
    assert_eq!(history.add("y", Origin::Own, one_more(), NOW), Added::Full);
    history.remove(kept[7], NOW + 1);
    added(history.add("y", Origin::Own, one_more(), NOW));
}

#[test]
fn traces_of_what_was_removed_never_make_kept_results_unreadable() {
    let instrument = Instrument::built_in();
    let mut history = History::default();
    let mut now = NOW;
    for round in 0..=10 {
        let kept: Vec<KeptId> = (0..MOST)
            .map(|n| {
                now += 1;
                let day = Day::from_number(i32::try_from(n).expect("small")).expect("a day").to_string();
                added(history.add(&round.to_string(), Origin::Own, result(&instrument, 3, &day), now))
            })
            .collect();
        for id in kept.into_iter().filter(|_| round < 10) {
            now += 1;
            history.remove(id, now);
        }
    }
    assert_eq!(history.kept().len(), MOST);
    let text = format::write(&instrument, &history);
    assert_eq!(format::read(&instrument, &text), Ok(history.clone()));
    let entries = written(&instrument, &history);
    let traces = entries["entries"].as_array().expect("entries").len() - MOST;
    assert_eq!(traces, MOST_ENTRIES - MOST, "the newest traces stay");
    assert!(entries["entries"][0]["at"].as_u64() > Some(NOW + 2 * MOST as u64), "the oldest are gone");
}

#[test]
fn two_tabs_together_keep_no_more_than_can_be_read_and_the_newest_of_it() {
    let instrument = Instrument::built_in();
    let tab = |start: u64, degree: u8| {
        let mut tab = History::default();
        for n in 0..150 {
            let day = Day::from_number(n).expect("a day").to_string();
            let id = NOW + start + 2 * u64::from(n.unsigned_abs());
            added(tab.add("x", Origin::Own, result(&instrument, degree, &day), id));
        }
        tab
    };
    let (one, other) = (tab(0, 1), tab(1, 2));
    let (mut here, mut there) = (one.clone(), other.clone());
    here.merge(&other);
    there.merge(&one);
    assert_eq!(here, there);
    let ids: Vec<u64> = here.kept().into_iter().map(|kept| kept.id.0).collect();
    assert_eq!(ids.len(), MOST);
    assert!(ids.iter().all(|id| *id >= NOW + 100), "those that were kept last");
    assert_eq!(format::read(&instrument, &format::write(&instrument, &here)), Ok(here.clone()));
    let before = here.clone();
    here.merge(&other);
    assert_eq!(here, before, "and again is the same");
}

#[test]
fn what_a_file_brings_back_was_removed_here_and_stays_back() {
    let instrument = Instrument::built_in();
    let mut here = History::default();
    let id = added(here.add("a", Origin::Own, result(&instrument, 3, "2026-06-01"), NOW));
    added(here.add("b", Origin::Own, result(&instrument, 4, "2026-06-02"), NOW + 1));
    let file = here.clone();
    here.remove(id, NOW + 500);
    let mut tab = here.clone();

    // The clock was set back since.
    let came = here.restore(&file, NOW + 9);
    assert_eq!((came.back, came.there, came.full), (1, 1, 0));
    assert_eq!(names(&here), ["b", "a"]);
    tab.merge(&here);
    assert_eq!(tab, here, "in another tab as well");
    let again = here.restore(&file, NOW + 10);
    assert_eq!((again.back, again.there, again.full), (0, 2, 0));
    here.remove(id, NOW + 600);
    tab.merge(&here);
    assert_eq!(names(&tab), ["b"], "and removing it holds");

    let mut elsewhere = History::default();
    added(elsewhere.add("mine", Origin::Own, result(&instrument, 3, "2026-06-01"), NOW + 77));
    let came = elsewhere.restore(&here, NOW + 700);
    assert_eq!((came.back, came.there), (1, 0), "a trace in a file removes nothing");
    assert_eq!(names(&elsewhere), ["b", "mine"]);
    let came = elsewhere.restore(&file, NOW + 701);
    assert_eq!((came.back, came.there), (0, 2), "the same result is kept once, under whatever id");
}

#[test]
fn what_comes_back_takes_no_more_room_than_there_is() {
    let instrument = Instrument::built_in();
    let mut here = History::default();
    for n in 0..MOST - 1 {
        let day = Day::from_number(i32::try_from(n).expect("small")).expect("a day").to_string();
        added(here.add("x", Origin::Own, result(&instrument, 3, &day), NOW));
    }
    let mut file = History::default();
    // Of the very moment at which another was kept here.
    added(file.add("first", Origin::Own, result(&instrument, 1, "2026-06-01"), NOW));
    added(file.add("last", Origin::Own, result(&instrument, 2, "2026-06-01"), NOW + 1));
    let came = here.restore(&file, NOW + 5);
    assert_eq!((came.back, came.there, came.full), (1, 0, 1));
    assert_eq!(here.kept().len(), MOST);
    assert_eq!(names(&here)[0], "last");
}

#[test]
fn an_action_of_spaces_alone_does_not_make_a_session_unreadable() {
    let instrument = Instrument::built_in();
    let mut record = record(&instrument);
    let (id, mut action) =
        record.workbook.actions().map(|(id, action)| (id, action.clone())).next().expect("one");
    action.text = " ".to_owned();
    action.owner = "\t".to_owned();
    record.workbook.change(id, Some(action), NOW + 9);
    assert_eq!(Record::read(&instrument, &record.write(&instrument)), Ok(record));
}

#[test]
fn the_same_answers_are_the_same_result_however_their_numbers_are_written() {
    let instrument = Instrument::built_in();
    let file = result(&instrument, 3, "2026-06-01");
    let mut value: Json = serde_json::from_str(&file.write(&instrument)).expect("JSON");
    value["answers"]["trust-control.a1"] = json!(3.0);
    let read = ResultFile::read(&instrument, &value.to_string()).expect("it reads");
    assert!(read.is_same_result(&file));
    assert_eq!(read.write(&instrument), file.write(&instrument), "and is written as a whole number");
}

#[test]
fn two_results_with_one_id_are_both_read() {
    let instrument = Instrument::built_in();
    let mut history = History::default();
    added(history.add("a", Origin::Own, result(&instrument, 3, "2026-06-01"), NOW));
    added(history.add("b", Origin::Own, result(&instrument, 4, "2026-06-02"), NOW + 1));
    for id in [NOW, 9_007_199_254_740_991] {
        let mut stored = written(&instrument, &history);
        stored["entries"][0]["id"] = json!(id);
        stored["entries"][1]["id"] = json!(id);
        let read = format::read(&instrument, &stored.to_string()).expect("it reads");
        assert_eq!(names(&read), ["b", "a"]);
        assert_eq!(format::read(&instrument, &format::write(&instrument, &read)), Ok(read));
    }
    let mut record: Json = serde_json::from_str(&record(&instrument).write(&instrument)).expect("JSON");
    let action = record["workbook"]["actions"][0].clone();
    record["workbook"]["actions"] = json!([action, action, action]);
    record["workbook"]["actions"][1]["text"] = json!("Bel Bas");
    let read = Record::read(&instrument, &record.to_string()).expect("it reads");
    let texts: Vec<&str> = read.workbook.actions().map(|(_, action)| action.text.as_str()).collect();
    assert_eq!(texts, ["Bel Anna", "Bel Bas"], "both, and the same one once");
    assert_eq!(Record::read(&instrument, &read.write(&instrument)), Ok(read));
}

#[test]
fn what_one_tab_removes_another_does_not_bring_back() {
    let instrument = Instrument::built_in();
    let mut here = History::default();
    let id = added(here.add("a", Origin::Own, result(&instrument, 3, "2026-06-01"), NOW));
    let mut there = here.clone();
    here.remove(id, NOW + 10);
    there.rename(id, "b", NOW + 5);
    there.merge(&here);
    here.merge(&there);
    assert!(here.is_empty() && there.is_empty());
    assert_eq!(here, there);
}

fn written(instrument: &Instrument, history: &History) -> Json {
    serde_json::from_str(&format::write(instrument, history)).expect("JSON")
}

#[test]
fn kept_results_come_back_from_storage_as_they_went_without_scores() {
    let instrument = Instrument::built_in();
    let mut history = History::default();
    let id = added(history.add("a", Origin::Brought, result(&instrument, 3, "2026-06-01"), NOW));
    let gone = added(history.add("b", Origin::Own, result(&instrument, 4, "2026-06-02"), NOW));
    history.remove(gone, NOW + 3);
    let text = format::write(&instrument, &history);
    assert_eq!(format::read(&instrument, &text), Ok(history.clone()));
    let stored = written(&instrument, &history);
    assert_eq!(stored["entries"][0]["id"], json!(id.0));
    assert_eq!(stored["entries"][0]["result"].get("scores"), None, "they follow from the answers");
    assert_eq!(stored["entries"][1], json!({ "id": gone.0, "at": NOW + 3 }));
}

fn described(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| problem.describe(&Texts::built_in("en"))).collect()
}

#[test]
fn what_is_wrong_with_stored_results_is_said() {
    let instrument = Instrument::built_in();
    let mut history = History::default();
    added(history.add("a", Origin::Own, result(&instrument, 3, "2026-06-01"), NOW));
    for (pointer, value, said) in [
        ("/version", json!(2), "$.version: found 2; expected a version this program knows (at most 1)"),
        ("/entries/0/name", json!(""), "$.entries[0].name: found \"\"; expected a text"),
        ("/entries/0/origin", json!("x"), "$.entries[0].origin: found \"x\"; expected one of: own, brought"),
        (
            "/entries/0/id",
            json!(-1),
            "$.entries[0].id: found -1; expected a number from 0 to 9007199254740991",
        ),
        (
            "/entries/0/result/answers/trust-control.a1",
            json!(9),
            "$.entries[0].result.answers[\"trust-control.a1\"]: found 9; expected a whole number from 1 to 5, or null \
             for “don’t know”",
        ),
    ] {
        let mut stored = written(&instrument, &history);
        *stored.pointer_mut(pointer).expect("a field") = value;
        let problems = format::read(&instrument, &stored.to_string()).expect_err("it is wrong");
        assert_eq!(described(&problems), [said]);
    }
}

/// A record with something of everything.
fn record(instrument: &Instrument) -> Record {
    let mut answers = Answers::new(instrument);
    let item = instrument.find_item("trust-control.a1").expect("an item");
    answers.set(instrument, item, Degree::new(4).map(Answer::Degree), NOW);
    let paradox = instrument.find_paradox("trust-control").expect("a paradox");
    let mut workbook = Workbook::default();
    workbook.name("Noord", NOW);
    workbook.write(About::Overall, "=1+1 <script>", NOW);
    workbook.write(About::Paradox(paradox), "een\ntwee", NOW + 1);
    let action = Action {
        text: "Bel Anna".to_owned(),
        owner: "Jan".to_owned(),
        due: Day::read("2026-12-01"),
        progress: Progress::Doing,
        about: Some(paradox),
    };
    workbook.add(action.clone(), NOW + 2);
    let gone = workbook.add(action, NOW + 2).expect("room");
    workbook.change(gone, None, NOW + 3);
    let mut wishes = Wishes::new(instrument);
    wishes.set_item(instrument, item, Degree::new(5), NOW);
    wishes.set_pole(paradox, Pole::B, Degree::new(2), NOW);
    let deepening = Deepening::built_in();
    let mut given = Given::default();
    for (id, value) in [
        ("profile.form", Value::One(4)),
        ("profile.models", Value::Several(0b101)),
        ("profile.partners", Value::Number(6)),
        ("network.mission", Value::Step(Degree::new(2).expect("1 to 5"))),
    ] {
        assert!(given.set(&deepening, deepening.find(id).expect("a question"), Some(value), NOW));
    }
    let drive = deepening.find("profile.drive").expect("a question");
    given.set(&deepening, drive, Degree::new(1).map(Value::Step), NOW);
    given.set(&deepening, drive, None, NOW + 4);
    Record {
        language: Some("nl".to_owned()),
        form: instrument.find_form("quick"),
        place: Place::Result,
        page: 0,
        carried: Vec::new(),
        active_ms: 1000,
        answers,
        workbook,
        wishes,
        given,
    }
}

/// A backup as the only file it needs.
#[track_caller]
fn in_one_file(instrument: &Instrument, backup: &Backup) -> String {
    let files = backup.write(instrument, LONGEST_WRITTEN);
    assert_eq!(files.len(), 1);
    files.concat()
}

#[test]
fn everything_goes_out_in_one_file_and_comes_back() {
    let instrument = Instrument::built_in();
    let mut history = History::default();
    added(history.add("a", Origin::Own, result(&instrument, 3, "2026-06-01"), NOW));
    let backup = Backup { record: Some(record(&instrument)), history };
    let text = in_one_file(&instrument, &backup);
    assert_eq!(Backup::read(&instrument, &text), Ok(backup));
    let nothing = Backup { record: None, history: History::default() };
    assert_eq!(Backup::read(&instrument, &in_one_file(&instrument, &nothing)), Ok(nothing));

    let mut other: Json = serde_json::from_str(&text).expect("JSON");
    other["instrument"]["id"] = json!("team-health");
    let problems = Backup::read(&instrument, &other.to_string()).expect_err("of another instrument");
    assert_eq!(
        described(&problems),
        ["$.instrument.id: found \"team-health\"; expected one of: alliance-paradoxes"]
    );
    let mut newer: Json = serde_json::from_str(&text).expect("JSON");
    newer["session"]["version"] = json!(3);
    let problems = Backup::read(&instrument, &newer.to_string()).expect_err("a newer session");
    assert_eq!(
        described(&problems),
        ["$.session.version: found 3; expected a version this program knows (at most 2)"]
    );
}

/// A result with as much written as there may be, `piece` over and over.
fn longest(instrument: &Instrument, piece: &str, actions: usize, day: &str) -> ResultFile {
    let mut workbook = Workbook::default();
    let paradoxes = instrument.paradox_positions().map(About::Paradox);
    for about in [About::Overall].into_iter().chain(paradoxes) {
        workbook.write(about, &piece.repeat(LONGEST_NOTE), 0);
    }
    for _ in 0..actions {
        let line = piece.repeat(LONGEST_LINE);
        let action =
            Action { text: line.clone(), owner: line, due: None, progress: Progress::Open, about: None };
        workbook.add(action, 0).expect("room");
    }
    let parts = Parts {
        form: instrument.find_form("full").expect("a form"),
        answers: Answers::new(instrument),
        language: "en",
        completed: Some(day),
        workbook,
        wishes: Wishes::new(instrument),
        given: Given::default(),
    };
    ResultFile::new(instrument, parts)
}

/// Takes files in as the page does, into an empty browser; sees that each is read whole, and that all of it is there.
#[track_caller]
fn assert_comes_back(instrument: &Instrument, files: &[String], backup: &Backup) {
    let (mut record, mut history) = (None, History::default());
    for (index, file) in files.iter().enumerate() {
        let taken = intake::read(instrument, file.as_bytes(), Day::read("2026-11-25").expect("a day"));
        assert_eq!(taken.refusals, [], "file {index} of {} bytes", file.len());
        let Found::Backup(backup) = &taken.found[0].found else { panic!("a backup") };
        assert!(index == 0 || backup.record.is_none(), "the session is in the first");
        record = record.or_else(|| backup.record.clone());
        let came = history.restore(&backup.history, NOW);
        assert_eq!((came.there, came.full), (0, 0));
    }
    assert_eq!(record, backup.record);
    // What is written has no scores in it. Nobody wants to see so much text when it differs.
    assert!(format::write(instrument, &history) == format::write(instrument, &backup.history));
}

#[test]
fn as_much_as_can_be_kept_goes_out_and_comes_back() {
    let instrument = Instrument::built_in();
    let mut history = History::default();
    for n in 0..MOST {
        // Two have what takes most room in a file: four bytes a character, and six.
        let (piece, actions) = [("\u{1}", MOST_ACTIONS), ("\u{1f600}", MOST_ACTIONS), ("x", 0)][n.min(2)];
        let day = Day::from_number(i32::try_from(n).expect("small")).expect("a day").to_string();
        added(history.add("x", Origin::Own, longest(&instrument, piece, actions, &day), NOW));
    }
    let backup = Backup { record: Some(record(&instrument)), history };
    let files = backup.write(&instrument, LONGEST_WRITTEN);
    assert!(files.len() > 2 && files.iter().all(|file| file.len() <= LONGEST_WRITTEN));
    assert_comes_back(&instrument, &files, &backup);
}

#[test]
fn a_result_that_gets_longer_by_being_written_anew_still_comes_back() {
    let instrument = Instrument::built_in();
    let mut text = result(&instrument, 3, "2026-06-01").write(&instrument);
    // A number that takes four bytes, and eighteen when it is written anew.
    let numbers = "1e15,".repeat((MOST_BYTES - text.len() - 20) / 5);
    text.replace_range(text.len() - 1.., &format!(",\"x-n\":[{numbers}0]}}"));
    let taken = intake::read(&instrument, text.as_bytes(), Day::read("2026-11-25").expect("a day"));
    let Found::Result(file) = &taken.found[0].found else { panic!("a result: {:?}", taken.refusals) };
    let mut history = History::default();
    added(history.add("x", Origin::Brought, (**file).clone(), NOW));
    let backup = Backup { record: None, history };
    let files = backup.write(&instrument, 1000);
    assert_eq!(files.len(), 1);
    assert!((3_000_000..LONGEST).contains(&files[0].len()), "{}", files[0].len());
    assert_comes_back(&instrument, &files, &backup);
}

#[test]
fn a_backup_that_was_written_for_people_to_read_comes_back_however_long_it_is() {
    let instrument = Instrument::built_in();
    let mut history = History::default();
    for day in 1..=20 {
        let file = longest(&instrument, "x", MOST_ACTIONS, &format!("2026-06-{day:02}"));
        added(history.add("x", Origin::Own, file, NOW));
    }
    let backup = Backup { record: None, history };
    let value: Json = serde_json::from_str(&in_one_file(&instrument, &backup)).expect("JSON");
    let text = format!("\u{feff}{value:#}");
    assert!(text.len() > 3 * MOST_BYTES, "{}", text.len());
    assert_comes_back(&instrument, &[text], &backup);
}

#[test]
fn what_was_taken_out_by_starting_over_comes_back_unless_something_newer_stands_there() {
    let instrument = Instrument::built_in();
    let saved = record(&instrument);
    let mut session = Session::new(Rc::new(Instrument::built_in()), Some(saved.clone()));
    session.update(Msg::StartedOver, NOW + 1000);
    let taking = |session: &mut Session, now: u64| {
        let back = to_bring_back(&instrument, &saved, &session.record(), now);
        session.update(Msg::FoundElsewhere(back), now);
        session.record()
    };
    // Also when the clock was set back since.
    let back = taking(&mut session.clone(), NOW + 2);
    assert_eq!(back.form, saved.form);
    let item = instrument.find_item("trust-control.a1").expect("an item");
    assert_eq!(back.answers.get(item), saved.answers.get(item));
    assert_eq!(back.workbook.label(), saved.workbook.label());
    assert!(back.workbook.notes().eq(saved.workbook.notes()));
    assert!(back.workbook.actions().eq(saved.workbook.actions()), "and what was removed before stays so");
    let paradox = instrument.find_paradox("trust-control").expect("a paradox");
    assert_eq!(back.wishes.item(item), Degree::new(5));
    assert_eq!(back.wishes.pole(paradox, Pole::B), Degree::new(2));
    let deepening = Deepening::built_in();
    let given =
        |record: &Record, id: &str| record.given.get(&deepening, deepening.find(id).expect("a question"));
    assert_eq!(given(&back, "profile.partners"), Some(Value::Number(6)));
    assert_eq!(given(&back, "profile.drive"), None, "what the file says was taken out");

    // Another tab that started over takes it over from here.
    let mut tab = session.record();
    tab.merge(&back);
    assert_eq!(tab.answers.get(item), saved.answers.get(item));

    session.update(Msg::ChoseForm(saved.form.expect("a form")), NOW + 1100);
    session.update(Msg::Answered(item, Answer::DontKnow), NOW + 1200);
    session.update(Msg::Named("Zuid".to_owned()), NOW + 1200);
    let back = taking(&mut session, NOW + 2000);
    assert_eq!(back.answers.get(item), Some(Answer::DontKnow), "it is newer than the file");
    assert_eq!(back.workbook.label(), Some("Zuid"));
    assert!(back.workbook.notes().eq(saved.workbook.notes()));
}

#[test]
fn what_is_written_and_wished_goes_along_in_a_result_file() {
    let instrument = Instrument::built_in();
    let record = record(&instrument);
    let parts = Parts {
        form: record.form.expect("a form"),
        answers: record.answers,
        language: "nl",
        completed: Some("2026-11-25T09:00:00Z"),
        workbook: record.workbook,
        wishes: record.wishes,
        given: record.given,
    };
    let file = ResultFile::new(&instrument, parts);
    let text: Json = serde_json::from_str(&file.write(&instrument)).expect("JSON");
    assert_eq!(text["label"], json!("Noord"));
    assert_eq!(text["notes"], json!({ "overall": "=1+1 <script>", "trust-control": "een\ntwee" }));
    assert_eq!(
        text["actions"],
        json!([{ "text": "Bel Anna", "owner": "Jan", "due": "2026-12-01", "state": "doing", "about": "trust-control" }])
    );
    assert_eq!(
        text["wished"],
        json!({ "items": { "trust-control.a1": 5 }, "poles": { "trust-control.b": 2 } })
    );
    let read = ResultFile::read(&instrument, &text.to_string()).expect("it reads");
    assert_eq!(read.workbook.label(), Some("Noord"));
    assert_eq!(read.workbook.notes().count(), 2);
    assert_eq!(read.workbook.actions().map(|(_, action)| action.owner.as_str()).collect::<Vec<_>>(), ["Jan"]);
    assert_eq!(read.day, Day::read("2026-11-25"));
    assert!(read.is_same_result(&file));
    assert_eq!(read.write(&instrument), file.write(&instrument));
}

#[test]
fn what_is_wrong_beside_the_answers_is_said() {
    let instrument = Instrument::built_in();
    let good: Json =
        serde_json::from_str(&result(&instrument, 3, "2026-06-01").write(&instrument)).expect("JSON");
    for (name, value, said) in [
        ("label", json!(7), "$.label: found 7; expected a text"),
        ("perspective", json!("god"), "$.perspective: found \"god\"; expected one of: own, partner"),
        ("side", json!([]), "$.side: found [0]; expected a text"),
        (
            "notes",
            json!({ "nowhere": "x" }),
            "$.notes.nowhere: found \"x\"; expected the id of a paradox in this questionnaire",
        ),
        (
            "actions",
            json!([{ "text": "x", "due": "soon" }]),
            "$.actions[0].due: found \"soon\"; expected a day, such as 2026-11-23",
        ),
        (
            "actions",
            json!([{ "text": "x", "state": "late" }]),
            "$.actions[0].state: found \"late\"; expected one of: open, doing, done",
        ),
        (
            "wished",
            json!({ "poles": { "trust-control.c": 3 } }),
            "$.wished.poles[\"trust-control.c\"]: found 3; expected the id of a side, or of a statement about a side",
        ),
        (
            "wished",
            json!({ "items": { "phase.choice": 3 } }),
            "$.wished.items[\"phase.choice\"]: found 3; expected the id of a side, or of a statement about a side",
        ),
        (
            "wished",
            json!({ "poles": { "trust-control.a": 6 } }),
            "$.wished.poles[\"trust-control.a\"]: found 6; expected a whole number from 1 to 5, or null for “don’t know”",
        ),
    ] {
        let mut file = good.clone();
        file[name] = value;
        let problems = ResultFile::read(&instrument, &file.to_string()).expect_err("it is wrong");
        assert_eq!(described(&problems), [said]);
    }
    for (name, value) in [("label", json!("")), ("side", json!(" ")), ("notes", json!({ "overall": "\n" }))] {
        let mut file = good.clone();
        file[name] = value.clone();
        let read = ResultFile::read(&instrument, &file.to_string()).expect("an empty text is none");
        assert_eq!((read.workbook.label(), read.side(), read.workbook.notes().count()), (None, None, 0));
        let again: Json = serde_json::from_str(&read.write(&instrument)).expect("JSON");
        assert_eq!(again[name], value, "and stays as it was");
        assert!(name == "notes" || read.is_same_result(&result(&instrument, 3, "2026-06-01")));
    }
    let mut long = good;
    long["label"] = json!("x".repeat(301));
    let problems = ResultFile::read(&instrument, &long.to_string()).expect_err("too long");
    assert!(described(&problems)[0].ends_with("expected a text of at most 300 characters"));
}

/// The oldest files that were ever written stay readable: what each holds is written down here.
#[test]
fn files_of_every_version_stay_readable() {
    let instrument = Instrument::built_in();
    let session = |text: &str| Record::read(&instrument, text).expect("it stays readable");
    let one = session(include_str!("data/corpus/session-v1.json"));
    assert_eq!((one.place, one.page, one.active_ms), (Place::Page, 3, 81_000));
    let item = instrument.find_item("trust-control.a1").expect("an item");
    assert_eq!(one.answers.get(item), Degree::new(4).map(Answer::Degree));
    assert!(one.workbook.is_empty() && one.wishes.is_empty());

    let two = session(include_str!("data/corpus/session-v2.json"));
    assert_eq!(two, record(&instrument));

    let file =
        ResultFile::read(&instrument, include_str!("data/corpus/result-v1.json")).expect("it stays readable");
    assert_eq!(file.mismatches(&instrument), [], "and its scores are what they were");
    assert_eq!((file.workbook.label(), file.day), (Some("Noord"), Day::read("2026-11-25")));

    let history =
        format::read(&instrument, include_str!("data/corpus/history-v1.json")).expect("it stays readable");
    assert_eq!(names(&history), ["Noord"]);

    let backup =
        Backup::read(&instrument, include_str!("data/corpus/backup-v1.json")).expect("it stays readable");
    assert_eq!(backup.record, Some(record(&instrument)));
    assert_eq!(names(&backup.history), ["Noord"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn histories_of_three_tabs_come_together_the_same_way(
        acts in proptest::collection::vec((0_usize..3, 0_u8..4, 1_u8..=5, 0_u64..6), 0..25),
    ) {
        let instrument = Instrument::built_in();
        let mut tabs = vec![History::default(); 3];
        for (tab, act, number, at) in acts {
            let ids: Vec<KeptId> = tabs[tab].kept().into_iter().map(|kept| kept.id).collect();
            let some = ids.get(usize::from(number) % ids.len().max(1)).copied();
            match (act, some) {
                (1, Some(id)) => tabs[tab].remove(id, at),
                (2, Some(id)) => tabs[tab].rename(id, &number.to_string(), at),
                _ => { tabs[tab].add("x", Origin::Own, result(&instrument, number, "2026-06-01"), at); }
            }
        }
        let merged = |order: [usize; 3]| {
            let mut all = tabs[order[0]].clone();
            all.merge(&tabs[order[1]]);
            all.merge(&tabs[order[2]]);
            all
        };
        let one = merged([0, 1, 2]);
        for order in [[2, 1, 0], [1, 0, 2], [0, 2, 1]] {
            prop_assert_eq!(&merged(order), &one);
        }
        prop_assert_eq!(format::read(&instrument, &format::write(&instrument, &one)), Ok(one));
    }

    #[test]
    fn whatever_is_kept_fits_the_files_it_goes_into(
        notes in proptest::collection::vec((0_usize..400, "[a-z\"\\\\\n\u{1}é\u{1f600}]"), 0..30),
        most_bytes in 0_usize..20_000, with_session in any::<bool>(),
    ) {
        let instrument = Instrument::built_in();
        let mut history = History::default();
        for (n, (length, piece)) in notes.iter().enumerate() {
            let mut file = result(&instrument, 3, "2026-06-01");
            let mut value: Json = serde_json::from_str(&file.write(&instrument)).expect("JSON");
            value["notes"] = json!({ "overall": piece.repeat(*length) + "x" });
            file = ResultFile::read(&instrument, &value.to_string()).expect("it reads");
            history.add(&n.to_string(), Origin::Own, file, NOW);
        }
        let single = |n: usize| {
            let mut one = History::default();
            let kept = history.kept()[n];
            one.add(&kept.name, Origin::Own, kept.file.clone(), NOW + 1000);
            Backup { record: None, history: one }.write(&instrument, usize::MAX).concat().len()
        };
        let count = history.kept().len();
        let longest = (0..count).map(single).max().unwrap_or(0);
        let backup = Backup { record: with_session.then(|| record(&instrument)), history: history.clone() };
        let files = backup.write(&instrument, most_bytes);
        for file in &files[usize::from(with_session)..] {
            prop_assert!(file.len() <= most_bytes.max(longest).max(300), "{} of {most_bytes}", file.len());
        }
        assert_comes_back(&instrument, &files, &backup);
    }

    #[test]
    fn out_erased_and_back_in_is_the_same(
        numbers in proptest::collection::vec(proptest::option::of(1_u8..=5), 76),
        note in ".{0,40}",
    ) {
        let instrument = Instrument::built_in();
        let mut record = record(&instrument);
        for (item, number) in instrument.item_positions().zip(numbers) {
            record.answers.set(&instrument, item, number.and_then(Degree::new).map(Answer::Degree), NOW + 9);
        }
        record.workbook.write(About::Overall, &note, NOW + 9);
        let backup = Backup { record: Some(record.clone()), history: History::default() };
        let file = in_one_file(&instrument, &backup);
        let back = Backup::read(&instrument, &file).expect("our own writing reads").record.expect("a session");
        let mut empty = Record {
            answers: Answers::new(&instrument), workbook: Workbook::default(), wishes: Wishes::new(&instrument), given: Given::default(), ..record.clone()
        };
        empty.merge(&back);
        prop_assert_eq!(empty, record);
    }
}
