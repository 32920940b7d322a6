//! Results for spreadsheets, minutes and calendars: every score is there, and nothing that people write can become
//! anything but text.

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::compare;
use equipoise::day::Day;
use equipoise::deepening::{self, Deepening, Given, Module, Value as Told};
use equipoise::formats::csv::{self, About as Head, Beside};
use equipoise::formats::markdown::{self, Sheet};
use equipoise::formats::{calendar, scores};
use equipoise::history::KeptId;
use equipoise::i18n::Texts;
use equipoise::instrument::{Instrument, Pole, Role};
use equipoise::scoring::{self, Report};
use equipoise::summary;
use equipoise::wishes::Wishes;
use equipoise::workbook::{About, Action, Progress, Workbook};
use proptest::prelude::*;
use serde_json::Value;

const NOW: u64 = 1_764_000_000_000;

/// A report on the full form in which every third item is open.
fn report(instrument: &Instrument) -> Report {
    let mut answers = Answers::new(instrument);
    for item in instrument.item_positions().filter(|item| item.index() % 3 > 0) {
        if instrument.item(item).role != Role::Choice {
            let degree = Degree::new([5, 4, 1, 2, 3][item.index() % 5]);
            answers.set(instrument, item, degree.map(Answer::Degree), NOW);
        }
    }
    scoring::score(instrument, instrument.find_form("full").expect("full"), &answers, None)
}

fn table(instrument: &Instrument, label: &str, report: &Report) -> String {
    let mut out = String::new();
    csv::start(&mut out);
    csv::add(
        &mut out,
        instrument,
        Head { result: "1", label: Some(label), day: Day::read("2026-11-23") },
        report,
    );
    out
}

/// What someone answered beside the questionnaire: wishes for three paradoxes, and four modules.
struct Answered {
    wishes: Wishes,
    deepening: Deepening,
    given: Given,
}

fn answered(instrument: &Instrument) -> Answered {
    let deepening = Deepening::built_in();
    let mut wishes = Wishes::new(instrument);
    for (id, pole, number) in
        [("trust-control", Pole::A, 5), ("trust-control", Pole::B, 1), ("short-long", Pole::B, 3)]
    {
        let paradox = instrument.find_paradox(id).expect("a paradox");
        assert!(wishes.set_pole(paradox, pole, Degree::new(number), NOW));
    }
    let step = |number| Told::Step(Degree::new(number).expect("1 to 5"));
    let mut given = Given::default();
    for (id, value) in [
        ("profile.partners", Told::Number(6)),
        ("governance.mission", Told::One(0)),
        ("governance.goals", Told::One(1)),
        ("network.values", step(2)),
        ("network.size", Told::Number(40)),
        ("challenges.goals", step(4)),
        ("rochdale.neutral", Told::One(3)),
        ("rochdale.open", Told::One(1)),
    ] {
        assert!(given.set(&deepening, deepening.find(id).expect("a question"), Some(value), NOW), "{id}");
    }
    Answered { wishes, deepening, given }
}

fn table_beside(instrument: &Instrument, report: &Report, answered: &Answered) -> Vec<Vec<String>> {
    let mut out = String::new();
    csv::start(&mut out);
    let about = Head { result: "1", label: Some("Noord"), day: None };
    let Answered { wishes, deepening, given } = answered;
    csv::add_beside(&mut out, instrument, about, report, Beside { wishes, deepening, given });
    rows(&out).into_iter().skip(1).map(|row| row[4..].to_vec()).collect()
}

/// The rows as a reader of CSV sees them.
fn rows(table: &str) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_score_of_a_result_file_has_its_row_and_the_same_value() {
    let instrument = Instrument::built_in();
    let report = report(&instrument);
    let table = table(&instrument, "Noord", &report);
    assert!(table.starts_with(
        "\u{feff}result,label,form,completed,subject,id,measure,value\r\n1,Noord,full,2026-11-23,"
    ));
    assert!(table.ends_with("\r\n") && !table.replace("\r\n", "").contains(['\r', '\n']));
    let rows = rows(&table);
    let find = |subject: &str, id: &str, measure: &str| {
        let mut found = rows.iter().filter(|row| row[4] == subject && row[5] == id && row[6] == measure);
        let row = found.next().unwrap_or_else(|| panic!("{subject} {id} {measure} has a row"));
        assert!(found.next().is_none(), "one");
        row[7].clone()
    };
    let scores = scores::to_json(&instrument, &report);
    let same = |cell: &str, value: &Value| match value {
        Value::Null => cell.is_empty(),
        Value::Number(number) => cell.parse::<f64>().ok() == number.as_f64(),
        Value::String(word) => cell == word,
        _ => false,
    };
    let mut seen = 0;
    for paradox in scores["paradoxes"].as_array().expect("a list") {
        let id = paradox["id"].as_str().expect("an id");
        for (measure, value) in paradox.as_object().expect("fields") {
            if measure != "id" && measure != "phase" {
                seen += 1;
                assert!(same(&find("paradox", id, measure), value), "{id} {measure} {value}");
            }
        }
    }
    for (id, phase) in scores["phases"].as_object().expect("fields") {
        for measure in ["score", "paradox_score"] {
            seen += 1;
            assert!(same(&find("phase", id, measure), &phase[measure]), "{id} {measure}");
        }
    }
    for measure in ["dominant", "choice", "overall"] {
        seen += 1;
        assert!(same(&find("result", "", measure), &scores[measure]), "{measure}");
    }
    // Beside these a row a paradox says to which pole it leans.
    assert_eq!(rows.len(), 1 + seen + 12);
}

#[test]
fn what_a_spreadsheet_takes_for_a_formula_is_made_harmless_and_numbers_stay_numbers() {
    let instrument = Instrument::built_in();
    let report = report(&instrument);
    for label in ["=1+1", "+31 20", "-2", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0", "=HYPERLINK(\"x\",\"y\")"]
    {
        let table = table(&instrument, label, &report);
        assert_eq!(rows(&table)[1][1], format!("'{label}"));
    }
    for label in ["Noord", "a,b", "say \"hi\"", "two\r\nlines", " space", "<b>", ""] {
        assert_eq!(rows(&table(&instrument, label, &report))[1][1], label);
    }
    let tilts: Vec<String> = rows(&table(&instrument, "x", &report))
        .into_iter()
        .filter(|row| row[6] == "tilt")
        .map(|row| row[7].clone())
        .collect();
    assert!(tilts.iter().any(|tilt| tilt.starts_with('-')), "{tilts:?}");
}

#[test]
fn what_is_wished_and_what_modules_show_has_a_row_a_score() {
    let instrument = Instrument::built_in();
    let report = report(&instrument);
    let rows = table_beside(&instrument, &report, &answered(&instrument));
    let now = |id: &str| {
        report.paradox(instrument.find_paradox(id).expect("a paradox")).expect("it has a score").clone()
    };
    let (trust, long) = (now("trust-control"), now("short-long"));
    let told = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:?}"));
    let gap = |wished: f64, now: Option<f64>| told(now.map(|now| wished - now));
    let wished = |id: &str, measure: &str, value: &str| ["paradox", id, measure, value].map(str::to_owned);
    let expected = [
        wished("trust-control", "wished_a", "100.0"),
        wished("trust-control", "wished_b", "0.0"),
        wished("trust-control", "gap_a", &gap(100.0, trust.a)),
        wished("trust-control", "gap_b", &gap(0.0, trust.b)),
        wished("short-long", "wished_a", ""),
        wished("short-long", "wished_b", "50.0"),
        wished("short-long", "gap_a", ""),
        wished("short-long", "gap_b", &gap(50.0, long.b)),
    ];
    assert_eq!(rows[..8], expected);
    assert!(trust.a.is_some() && long.b.is_some(), "there is a gap to tell of");
    assert_eq!(
        rows[8..],
        [
            ["module", "governance", "clarity", "75.0"],
            ["module", "governance", "answered", "2.0"],
            ["question", "governance.mission", "clarity", "clear"],
            ["question", "governance.goals", "clarity", "partly"],
            ["module", "network", "place", "25.0"],
            ["module", "network", "answered", "1.0"],
            ["module", "network", "size", "40.0"],
            ["question", "challenges.goals", "felt", "75.0"],
            ["question", "rochdale.open", "mirror", "partly"],
            ["question", "rochdale.neutral", "mirror", "irrelevant"],
        ]
    );
    let nothing = Answered {
        wishes: Wishes::new(&instrument),
        deepening: Deepening::built_in(),
        given: Given::default(),
    };
    assert_eq!(table_beside(&instrument, &report, &nothing), Vec::<Vec<String>>::new());
}

fn texts(language: &str) -> Texts {
    Texts::built_in(language)
}

fn action(text: &str, due: Option<&str>, progress: Progress) -> Action {
    Action {
        text: text.to_owned(),
        owner: "Jan".to_owned(),
        due: due.and_then(Day::read),
        progress,
        about: None,
    }
}

#[test]
fn a_sheet_says_what_the_screen_says_in_both_languages() {
    let instrument = Instrument::built_in();
    let report = report(&instrument);
    let mut workbook = Workbook::default();
    workbook.name("Noord", NOW);
    workbook.write(About::Overall, "Eerste regel\n# geen kop", NOW);
    workbook.add(action("Bel Anna", Some("2026-12-01"), Progress::Done), NOW);
    workbook.add(action("Schrijf het op", None, Progress::Doing), NOW);
    // Somebody pressed the button and wrote nothing.
    workbook.add(Action { owner: " ".to_owned(), ..action("", None, Progress::Open) }, NOW);
    for (language, title, doing) in [
        ("nl", "# Jullie alliantie nu: Noord\n", "bezig"),
        ("en", "# Your alliance now: Noord\n", "in progress"),
    ] {
        let texts = texts(language);
        let Answered { wishes, deepening, given } = answered(&instrument);
        let sheet = Sheet {
            instrument: &instrument,
            texts: &texts,
            report: &report,
            day: Day::read("2026-11-23"),
            workbook: &workbook,
            wishes: &wishes,
            deepening: &deepening,
            given: &given,
        };
        let written = markdown::write(&sheet);
        assert!(written.starts_with(title), "{written:.200}");
        for sentence in equipoise::summary::sentences(&instrument, &texts, &report) {
            assert!(written.contains(&format!("\n{sentence}\n")), "{sentence}");
        }
        assert!(written.contains("\n> Eerste regel  \n> \\# geen kop  \n"));
        assert!(written.contains("- [x] Bel Anna (Jan; 2026-12-01)\n"));
        assert!(written.contains(&format!("- [ ] Schrijf het op (Jan; {doing})\n")));
        assert_eq!(written.matches("- [").count(), 2, "what is blank is told to nobody");
        let plain = written.replace('\\', "");
        let lines = |module: &Module| deepening::lines(&deepening, &given, module, &texts);
        let insights = deepening::insights(&deepening, &given, &instrument, &report.current, &texts);
        let outcomes: Vec<String> = deepening.modules().iter().flat_map(lines).collect();
        assert!(insights.len() == 5 && outcomes.len() == 8, "{insights:?} {outcomes:?}");
        for line in insights.iter().chain(&outcomes) {
            let safe = line.replace('<', "&lt;").replace('>', "&gt;");
            assert!(plain.contains(&format!("\n- {safe}\n")), "{line}");
        }
        for key in ["ui.deepen.title", "ui.wish.title"] {
            assert!(written.contains(&format!("\n## {}\n\n", texts.get(key))), "{key}");
        }
        let gaps = compare::gaps(&instrument, report.form, &report, &wishes);
        let agenda = compare::agenda(&gaps, &report);
        assert_eq!(agenda.len(), 2);
        for gap in &agenda {
            let pair = summary::pair_name(&instrument, &texts, gap.paradox);
            let words = summary::gap_in_words(&instrument, &texts, gap);
            assert!(written.contains(&format!("\n- {pair}: {words}\n")), "{pair}: {words}");
        }
        assert!(written.contains(texts.get("instrument.honesty")));
        let rows = written.lines().filter(|line| line.starts_with("| ")).count();
        assert_eq!(
            rows,
            2 + report.paradoxes.iter().filter(|score| score.a.is_some() || score.b.is_some()).count()
        );
    }
}

#[test]
fn actions_with_a_date_stand_in_the_calendar_on_that_day() {
    let instrument = Instrument::built_in();
    let mut workbook = Workbook::default();
    let mut first = action("Bel Anna; vraag, of \\het kan\nSnel", Some("2026-12-31"), Progress::Open);
    first.about = instrument.find_paradox("trust-control");
    workbook.add(first, NOW);
    workbook.add(action("zonder datum", None, Progress::Open), NOW + 1);
    workbook.add(Action { owner: String::new(), ..action("  ", None, Progress::Open) }, NOW + 2);
    let made = calendar::write(&instrument, &texts("nl"), &workbook, None, NOW);
    assert_eq!(made.undated, 1);
    let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Equipoise//Equipoise//EN\r\nCALSCALE:GREGORIAN\r\n\
        BEGIN:VEVENT\r\nUID:1764000000000@equipoise\r\nDTSTAMP:20251124T160000Z\r\nDTSTART;VALUE=DATE:20261231\r\n\
        DTEND;VALUE=DATE:20270101\r\nSUMMARY:Bel Anna\\; vraag\\, of \\\\het kan\\nSnel\r\n\
        DESCRIPTION:Jan\\nBij Vertrouwen\u{a0}– Controle\r\nSTATUS:TENTATIVE\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n\
        END:VCALENDAR\r\n";
    assert_eq!(made.text, expected);

    // Two kept results may both have an action of no known moment: a calendar must not take them for one.
    let names = [1000, 1001].map(|kept| {
        let made = calendar::write(&instrument, &texts("nl"), &workbook, Some(KeptId(kept)), NOW).text;
        made.lines().find_map(|line| line.strip_prefix("UID:")).unwrap_or_default().to_owned()
    });
    assert_eq!(names, ["1000-1764000000000@equipoise", "1001-1764000000000@equipoise"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_label_is_one_cell(label in "\\PC{0,40}|[=+@\",\r\n -]{0,12}") {
        let instrument = Instrument::built_in();
        let rows = rows(&table(&instrument, &label, &report(&instrument)));
        prop_assert!(rows.iter().all(|row| row.len() == 8));
        let cell = &rows[1][1];
        prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{}", cell);
        prop_assert_eq!(cell.strip_prefix('\'').filter(|_| !label.starts_with('\'')).unwrap_or(cell), &label);
    }

    #[test]
    fn what_people_write_never_becomes_structure(
        text in "[#*+!\\[\\]()<>|`~_=:@/&.a-c1 \n\r-]{0,60}",
    ) {
        let instrument = Instrument::built_in();
        let (texts, report, deepening) = (texts("en"), report(&instrument), Deepening::built_in());
        let with = |note: &str| {
            let mut workbook = Workbook::default();
            workbook.name(note, NOW);
            workbook.write(About::Overall, note, NOW);
            workbook.add(action(note, None, Progress::Open), NOW);
            markdown::write(&Sheet {
                instrument: &instrument, texts: &texts, report: &report, day: None, workbook: &workbook,
                wishes: &Wishes::new(&instrument), deepening: &deepening, given: &Given::default(),
            })
        };
        let (plain, hostile) = (with("word"), with(&text));
        let count = |text: &str, start: &str| text.lines().filter(|line| line.trim_start().starts_with(start)).count();
        if !text.trim().is_empty() {
            for start in ["# ", "## ", "### ", "- [", "| "] {
                prop_assert_eq!(count(&hostile, start), count(&plain, start), "{:?}: {}", start, hostile);
            }
        }
        // Whatever has a meaning has a backslash before it.
        let written: String = hostile.lines().filter(|line| line.starts_with("> ")).map(|line| &line[2..]).collect();
        let mut before = ' ';
        for character in written.chars() {
            let free = matches!(character, '<' | '>' | '[' | ']' | '(' | '`' | '*' | '_' | '#' | '|' | '~' | '@' | ':');
            prop_assert!(!free || before == '\\', "{:?} in {}", character, written);
            before = if before == '\\' { ' ' } else { character };
        }
    }

    #[test]
    fn a_calendar_folds_and_escapes_so_that_the_text_comes_back(text in "[;:,\\\\\n\"a-zé\u{1f600} ]{1,200}") {
        let instrument = Instrument::built_in();
        let mut workbook = Workbook::default();
        workbook.add(action(&text, Some("2026-12-01"), Progress::Open), NOW);
        let made = calendar::write(&instrument, &texts("en"), &workbook, None, NOW);
        prop_assert!(made.text.split("\r\n").all(|line| line.len() <= 75));
        prop_assert!(!made.text.replace("\r\n", "").contains(['\r', '\n']));
        let unfolded = made.text.replace("\r\n ", "");
        prop_assert_eq!(unfolded.lines().filter(|line| line.starts_with("BEGIN:")).count(), 2);
        let summary = unfolded.lines().find_map(|line| line.strip_prefix("SUMMARY:")).unwrap_or_default();
        let mut back = String::new();
        let mut characters = summary.chars();
        while let Some(character) = characters.next() {
            match character {
                '\\' => match characters.next() { Some('n') => back.push('\n'), Some(other) => back.push(other), None => {} },
                other => back.push(other),
            }
        }
        prop_assert_eq!(back, text);
    }
}
