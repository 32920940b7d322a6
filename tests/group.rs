//! Several people's results together: the numbers to the last digit, what may be said of a group, what is never shown
//! of a few, and what a facilitator gathers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::day::Day;
use equipoise::formats::group as table;
use equipoise::formats::intake::{self, Found};
use equipoise::formats::result::ResultFile;
use equipoise::group::{
    Added, Floor, Gathering, GroupLean, GroupScore, Order, Overview, Statistics, between, put, score,
};
use equipoise::instrument::{Instrument, ParadoxIx, Pole, Role};
use equipoise::scoring::{self, Report};
use proptest::prelude::*;
use serde_json::{Value, json};

fn near(left: f64, right: f64) {
    assert!((left - right).abs() < 1e-9, "{left} against {right}");
}

/// A report in which every item of a pole of trust and control has the same answer.
fn trust(form: &str, a: u8, b: u8) -> Report {
    let instrument = Instrument::built_in();
    let given = ["a1", "a2"].map(|item| (item, a)).into_iter().chain(["b1", "b2"].map(|item| (item, b)));
    let mut answers = Answers::new(&instrument);
    for (item, degree) in given {
        let item = instrument.find_item(&["trust-control.", item].concat()).expect("an item");
        answers.set(&instrument, item, Degree::new(degree).map(Answer::Degree), 1);
    }
    scoring::score(&instrument, instrument.find_form(form).expect("a form"), &answers, None)
}

fn scored(reports: &[Report], floor: Floor) -> GroupScore {
    let reports: Vec<&Report> = reports.iter().collect();
    score(&Instrument::built_in(), &reports, floor).swap_remove(3)
}

#[test]
fn the_numbers_are_those_of_the_textbook() {
    // Worked out by hand, and the same in R: quantile(type = 7), sd().
    let numbers = Statistics::of(vec![75.0, 0.0, 50.0, 100.0, 25.0, 25.0]).expect("six scores");
    assert_eq!(numbers.n, 6);
    near(numbers.mean, 275.0 / 6.0);
    near(numbers.deviation.expect("more than one"), 36.799_003_609_699);
    assert_eq!((numbers.low, numbers.high), (0.0, 100.0));
    near(numbers.median, 37.5);
    near(numbers.lower, 25.0);
    near(numbers.upper, 68.75);
    let odd = Statistics::of(vec![10.0, 20.0, 40.0]).expect("three");
    assert_eq!((odd.lower, odd.median, odd.upper), (15.0, 20.0, 30.0));
    let one = Statistics::of(vec![62.5]).expect("one");
    assert_eq!((one.n, one.deviation, one.lower, one.upper), (1, None, 62.5, 62.5));
    assert_eq!(Statistics::of(Vec::new()), None);
}

#[test]
fn what_may_be_said_of_a_group_depends_on_the_answers_behind_it() {
    let group = |form: &str, tilts: &[(u8, u8)]| {
        let reports: Vec<Report> = tilts.iter().map(|(a, b)| trust(form, *a, *b)).collect();
        scored(&reports, Floor::Lowered).lean.expect("enough")
    };
    // Five people, two items a pole: ten answers.
    assert_eq!(group("full", &[(3, 3); 5]), GroupLean::Balanced);
    assert_eq!(group("full", &[(3, 3), (3, 3), (3, 4), (3, 4), (3, 3)]), GroupLean::Balanced, "10");
    assert_eq!(group("full", &[(3, 4), (3, 3), (3, 4), (3, 4), (3, 3)]), GroupLean::Possible(Pole::B), "15");
    assert_eq!(group("full", &[(4, 3); 5]), GroupLean::Clear(Pole::A), "25");
    // Five people, one item a pole: five answers.
    assert_eq!(group("quick", &[(3, 3); 5]), GroupLean::Unsaid, "0");
    assert_eq!(group("quick", &[(3, 4), (3, 4), (3, 4), (3, 3), (3, 3)]), GroupLean::Unsaid, "15");
    assert_eq!(group("quick", &[(3, 4), (3, 4), (3, 4), (3, 4), (3, 3)]), GroupLean::Possible(Pole::B), "20");
    assert_eq!(group("quick", &[(3, 4); 5]), GroupLean::Clear(Pole::B), "25");
    // Three people, one item a pole: too few.
    assert_eq!(group("quick", &[(5, 1); 3]), GroupLean::Unsaid);
    // Three people, two items: six.
    assert_eq!(group("full", &[(5, 1); 3]), GroupLean::Clear(Pole::A));
}

#[test]
fn below_the_floor_there_is_no_number_also_of_one_question() {
    let four = vec![trust("full", 4, 2); 4];
    let hidden = scored(&four, Floor::Usual);
    assert!(hidden.a.is_none() && hidden.b.is_none() && hidden.tilt.is_none());
    assert!(hidden.both_and.is_none() && hidden.lean.is_none() && hidden.mixed().is_none());
    assert_eq!(scored(&four, Floor::Lowered).a.map(|a| a.n), Some(4));
    assert!(scored(&four[..2], Floor::Lowered).a.is_none(), "three is the least");
    // Five results, but nobody answered what is felt.
    let five = vec![trust("full", 4, 2); 5];
    let shown = scored(&five, Floor::Usual);
    assert!(shown.a.is_some() && shown.tension.is_none());
    assert_eq!((Floor::Usual.fewest(), Floor::Lowered.fewest()), (5, 3));
}

#[test]
fn a_group_that_is_split_is_told_from_one_that_agrees() {
    let split = [(5, 1), (5, 1), (5, 1), (1, 5), (1, 5), (1, 5)].map(|(a, b)| trust("full", a, b));
    let agrees = [(3, 3); 6].map(|(a, b)| trust("full", a, b));
    let (split, agrees) = (scored(&split, Floor::Usual), scored(&agrees, Floor::Usual));
    near(split.tilt.as_ref().expect("scored").mean, 0.0);
    near(agrees.tilt.as_ref().expect("scored").mean, 0.0);
    assert!(split.mixed() > Some(50.0));
    assert_eq!(agrees.mixed(), Some(0.0));
}

#[test]
fn the_order_is_the_one_that_was_asked_for() {
    let instrument = Instrument::built_in();
    let reports: Vec<Report> = (0..5).map(|seed| any_report(seed * 7)).collect();
    let reports: Vec<&Report> = reports.iter().collect();
    let published = score(&instrument, &reports, Floor::Usual);
    for order in Order::ALL {
        let mut scores = published.clone();
        put(&mut scores, order);
        assert_eq!(scores.len(), published.len());
        let pairs = || scores.windows(2);
        match order {
            Order::Published => assert_eq!(scores, published),
            Order::Mixed => assert!(pairs().all(|pair| pair[0].mixed() >= pair[1].mixed())),
            Order::Lowest => {
                let low = |score: &GroupScore| score.both_and.as_ref().expect("scored").median;
                assert!(pairs().all(|pair| low(&pair[0]) <= low(&pair[1])));
            }
        }
    }
}

#[test]
fn sides_are_compared_by_their_medians_the_largest_gap_first() {
    let instrument = Instrument::built_in();
    let side = |a: u8, b: u8| {
        let reports = vec![trust("full", a, b); 5];
        score(&instrument, &reports.iter().collect::<Vec<_>>(), Floor::Usual)
    };
    // What both of them have is the same, and yet they see it the other way round.
    let (north, south) = (side(5, 2), side(2, 4));
    let gaps = between(&instrument, &[&north, &south]);
    assert_eq!(gaps.len(), 1, "the others are not scored");
    assert_eq!((gaps[0].pole, gaps[0].low, gaps[0].high), (Pole::A, (1, 25.0), (0, 100.0)));
    near(gaps[0].gap(), 75.0);
    assert_eq!(between(&instrument, &[&north, &north]), [], "nothing to talk about");
    assert_eq!(between(&instrument, &[&north]), [], "one side has no gap");
    assert_eq!(between(&instrument, &[]), []);
}

/// A full result in which everything is answered, differently for every seed.
fn any_file(seed: usize, side: Option<&str>, perspective: &str) -> ResultFile {
    let instrument = Instrument::built_in();
    let mut answers = serde_json::Map::new();
    for item in instrument.items() {
        if item.role != Role::Choice {
            let degree = (item.id.len() + seed * (answers.len() % 7 + 1)) % 5 + 1;
            answers.insert(item.id.clone(), json!(degree));
        }
    }
    let file = json!({
        "format": "equipoise-result", "version": 1,
        "instrument": { "id": "alliance-paradoxes", "version": "1" },
        "form": "full", "language": "nl", "completed": format!("2026-11-{:02}T10:00:00Z", seed % 28 + 1),
        "label": null, "side": side, "perspective": perspective, "answers": answers,
        "x-more": { "kept": [seed] },
    });
    ResultFile::read(&instrument, &file.to_string()).expect("a result")
}

fn any_report(seed: usize) -> Report {
    any_file(seed, None, "own").report(&Instrument::built_in())
}

/// Thirty results, every sixth of how a partner is thought to answer.
static CROWD: LazyLock<Vec<(ResultFile, Report)>> = LazyLock::new(|| {
    let one = |seed: usize| {
        let file = any_file(seed, None, if seed % 6 == 5 { "partner" } else { "own" });
        let report = file.report(&Instrument::built_in());
        (file, report)
    };
    (0..30).map(one).collect()
});

fn add(gathering: &mut Gathering, name: &str, file: &ResultFile, side: &str) -> Added {
    gathering.add(name, file, file.report(&Instrument::built_in()), side)
}

/// The sides of a gathering by name and size, and how many are of none.
fn sizes(gathering: &Gathering) -> (Vec<(String, usize)>, usize) {
    let overview = Overview::of(gathering, &Instrument::built_in(), Floor::Usual);
    let sides = overview.sides.into_iter().map(|side| (side.name, side.n)).collect();
    (sides, overview.of_no_side)
}

/// How many tell their own view.
fn people(gathering: &Gathering) -> usize {
    Overview::of(gathering, &Instrument::built_in(), Floor::Usual).n
}

fn of(name: &str, n: usize) -> (String, usize) {
    (name.to_owned(), n)
}

#[test]
fn a_result_is_gathered_once_and_keeps_its_own_side() {
    let mut gathering = Gathering::default();
    let named = any_file(1, Some("Noord"), "own");
    assert_eq!(add(&mut gathering, "one", &named, "Zuid"), Added::Yes);
    assert_eq!(add(&mut gathering, "again", &named, ""), Added::There);
    assert_eq!(add(&mut gathering, "no side", &any_file(1, None, "own"), ""), Added::There);
    assert_eq!(add(&mut gathering, "two", &any_file(2, None, "own"), " Zuid "), Added::Yes);
    assert_eq!(add(&mut gathering, "three", &any_file(3, None, "own"), "  "), Added::Yes);
    assert_eq!(people(&gathering), 3);
    assert_eq!(sizes(&gathering), (vec![of("Noord", 1), of("Zuid", 1)], 1));
    let last = gathering.members()[2].id;
    gathering.give_to(last, "Noord");
    assert_eq!(sizes(&gathering), (vec![of("Noord", 2), of("Zuid", 1)], 0));
    gathering.give_to(last, " ");
    assert_eq!(sizes(&gathering), (vec![of("Noord", 1), of("Zuid", 1)], 1));
    gathering.remove(last);
    assert_eq!(gathering.members().len(), 2);
    // What was taken out may come in again.
    assert_eq!(add(&mut gathering, "three", &any_file(3, None, "own"), ""), Added::Yes);
    let last = gathering.members()[2].id;
    gathering.remove(last);
    // A number is never given twice, so that a field on the screen stays that of its result.
    add(&mut gathering, "four", &any_file(4, None, "own"), "");
    assert!(gathering.members()[2].id > last);
}

#[test]
fn what_a_partner_is_thought_to_answer_counts_for_nobody() {
    let mut gathering = Gathering::default();
    add(&mut gathering, "own", &any_file(1, Some("Noord"), "own"), "");
    add(&mut gathering, "guess", &any_file(2, Some("Oost"), "partner"), "");
    assert_eq!((gathering.members().len(), gathering.of_partner()), (2, 1));
    assert_eq!(people(&gathering), 1);
    assert_eq!(sizes(&gathering), (vec![of("Noord", 1)], 0));
}

#[test]
fn an_overview_is_what_each_part_of_the_group_says_by_itself() {
    let instrument = Instrument::built_in();
    let mut gathering = Gathering::default();
    let mut by_side: BTreeMap<&str, Vec<Report>> = BTreeMap::new();
    for seed in 0..60 {
        let side = ["Noord", "", "Zuid", "Noord", "Oost"][seed % 5];
        let perspective = if seed % 7 == 0 { "partner" } else { "own" };
        let file = any_file(seed, None, perspective);
        add(&mut gathering, "one", &file, if side == "Oost" && seed > 40 { "" } else { side });
        if perspective == "own" {
            let side = if side == "Oost" && seed > 40 { "" } else { side };
            by_side.entry(side).or_default().push(file.report(&instrument));
        }
    }
    for floor in [Floor::Usual, Floor::Lowered] {
        let overview = Overview::of(&gathering, &instrument, floor);
        let all: Vec<&Report> = by_side.values().flatten().collect();
        assert_eq!((overview.n, overview.of_no_side), (all.len(), by_side[""].len()));
        assert_eq!(overview.everybody, Some(score(&instrument, &all, floor)));
        let names: Vec<&str> = overview.sides.iter().map(|side| side.name.as_str()).collect();
        assert_eq!(names, ["Zuid", "Noord", "Oost"], "in the order in which they came");
        for side in &overview.sides {
            let reports: Vec<&Report> = by_side[side.name.as_str()].iter().collect();
            assert_eq!((side.n, &side.scores), (reports.len(), &Some(score(&instrument, &reports, floor))));
        }
        let large: Vec<&[GroupScore]> = overview.large().map(|(_, scores)| scores).collect();
        assert_eq!((large.len(), &overview.gaps), (3, &between(&instrument, &large)));
        assert_eq!(overview.smallest(), by_side["Oost"].len());
    }
    let nothing = Overview::of(&Gathering::default(), &instrument, Floor::Lowered);
    assert_eq!((nothing, 0), (Overview::default(), Overview::default().smallest()));
}

#[test]
fn what_was_gathered_can_be_handed_in_again_with_its_sides() {
    let instrument = Instrument::built_in();
    let mut gathering = Gathering::default();
    for seed in 0..40 {
        let side = ["Noord \"&<", "", "=Zuid"][seed % 3];
        add(&mut gathering, "one", &any_file(seed, None, "own"), side);
    }
    for (bytes, results) in [(1_000_000, 1000), (20_000, 1000), (1_000_000, 7)] {
        let files = gathering.write(bytes, results);
        let mut again = Gathering::default();
        for file in &files {
            assert!(file.len() <= bytes, "{} of {bytes}", file.len());
            let taken = intake::read(&instrument, file.as_bytes(), Day::read("2026-12-31").expect("a day"));
            assert_eq!(taken.refusals, []);
            assert!(taken.found.len() <= results);
            for find in taken.found {
                let Found::Result(result) = find.found else { panic!("a result") };
                assert!(result.field("x-more").is_some(), "what isn't known here is kept");
                assert_eq!(add(&mut again, "one", &result, "elsewhere"), Added::Yes);
            }
        }
        assert_eq!(again.members().len(), 40);
        for (one, other) in gathering.members().iter().zip(again.members()) {
            assert_eq!(one.report, other.report);
            // One of no side goes to the side of whoever hands it in.
            assert_eq!(one.side.as_deref().unwrap_or("elsewhere"), other.side.as_deref().unwrap_or(""));
        }
    }
    assert_eq!(Gathering::default().write(1000, 10), Vec::<String>::new());
}

/// The rows as a reader of CSV sees them.
fn rows(table: &str) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_table_has_every_number_that_may_be_shown() {
    let instrument = Instrument::built_in();
    let reports: Vec<Report> = (0..5).map(any_report).collect();
    let scores = score(&instrument, &reports.iter().collect::<Vec<_>>(), Floor::Usual);
    let mut text = String::new();
    table::start(&mut text);
    table::add_count(&mut text, "", 5);
    table::add(&mut text, &instrument, "=HYPERLINK(\"x\")", &scores);
    assert!(text.starts_with("\u{feff}group,subject,id,measure,statistic,value\r\n,results,,,n,5\r\n"));
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    let rows = rows(&text);
    assert_eq!(rows.len(), 2 + 12 * (5 * 8 + 2));
    assert!(rows[2..].iter().all(|row| row[0] == "'=HYPERLINK(\"x\")"), "harmless in a spreadsheet");
    let find = |measure: &str, statistic: &str| {
        let row =
            rows.iter().find(|row| row[2] == "trust-control" && row[3] == measure && row[4] == statistic);
        row.unwrap_or_else(|| panic!("{measure} {statistic}"))[5].clone()
    };
    let both_and = scores[3].both_and.as_ref().expect("scored");
    for (name, value) in [
        ("n", 5.0),
        ("mean", both_and.mean),
        ("median", both_and.median),
        ("deviation", both_and.deviation.expect("five")),
        ("low", both_and.low),
        ("lower_quartile", both_and.lower),
        ("upper_quartile", both_and.upper),
        ("high", both_and.high),
    ] {
        assert_eq!(find("both_and", name).parse::<f64>(), Ok(value), "{name}");
    }
    assert_eq!(find("lean", ""), scores[3].lean.expect("scored").word());
    let mut few = String::new();
    table::add(&mut few, &instrument, "", &score(&instrument, &[&reports[0]], Floor::Usual));
    assert_eq!(few, "", "of a few there is no row");
}

fn position(instrument: &Instrument) -> ParadoxIx {
    instrument.paradox_positions().nth(3).expect("a fourth")
}

/// As the textbook says it, with the scores themselves in order.
fn sorted_quantile(scores: &[f64], share: f64) -> f64 {
    let mut sorted = scores.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() - 1) as f64 * share;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    below + (above - below) * place.fract()
}

proptest! {
    #[test]
    fn counting_gives_what_sorting_gives(scores in prop::collection::vec(prop_oneof![-100.0..=100.0, (0_u8..=8).prop_map(|n| f64::from(n) * 12.5)], 1..60)) {
        let numbers = Statistics::of(scores.iter().copied()).expect("scores");
        for (said, share) in [(numbers.low, 0.0), (numbers.lower, 0.25), (numbers.median, 0.5), (numbers.upper, 0.75), (numbers.high, 1.0)] {
            prop_assert!((said - sorted_quantile(&scores, share)).abs() < 1e-9, "{share}");
        }
        let mean = scores.iter().sum::<f64>() / scores.len() as f64;
        prop_assert!((numbers.mean - mean).abs() < 1e-9);
        prop_assert_eq!(numbers.n, scores.len());
    }

    #[test]
    fn who_comes_first_changes_nothing(mut scores in prop::collection::vec((0_u8..=8).prop_map(|n| f64::from(n) * 12.5), 1..40)) {
        let one = Statistics::of(scores.clone()).expect("scores");
        scores.reverse();
        let other = Statistics::of(scores.clone()).expect("scores");
        prop_assert!((one.mean - other.mean).abs() < 1e-9);
        prop_assert_eq!((one.low, one.lower, one.median, one.upper, one.high), (other.low, other.lower, other.median, other.upper, other.high));
        let order = [one.low, one.lower, one.median, one.upper, one.high];
        prop_assert!(order.is_sorted() && one.low <= one.mean + 1e-9 && one.mean <= one.high + 1e-9);
        prop_assert!(one.deviation.is_none_or(|deviation| (0.0..=71.0).contains(&deviation)));
        let shifted = Statistics::of(scores.iter().map(|score| 2.0 * score - 100.0)).expect("scores");
        prop_assert!((shifted.median - (2.0 * one.median - 100.0)).abs() < 1e-9);
        prop_assert!((shifted.deviation.unwrap_or(0.0) - 2.0 * one.deviation.unwrap_or(0.0)).abs() < 1e-9);
    }

    #[test]
    fn a_mirrored_group_leans_the_other_way(people in prop::collection::vec((1_u8..=5, 1_u8..=5), 5..12), full in any::<bool>()) {
        let instrument = Instrument::built_in();
        let form = if full { "full" } else { "quick" };
        let lean = |people: &[(u8, u8)]| {
            let reports: Vec<Report> = people.iter().map(|(a, b)| trust(form, *a, *b)).collect();
            score(&instrument, &reports.iter().collect::<Vec<_>>(), Floor::Usual)[position(&instrument).index()].lean
        };
        let mirrored: Vec<(u8, u8)> = people.iter().map(|(a, b)| (*b, *a)).collect();
        let (one, other) = (lean(&people).expect("enough"), lean(&mirrored).expect("enough"));
        prop_assert_eq!(one.word(), other.word());
        if let (Some(one), Some(other)) = (one.pole(), other.pole()) {
            prop_assert_ne!(one, other);
        }
    }

    #[test]
    fn a_gap_between_sides_is_never_more_than_the_scale(people in prop::collection::vec((1_u8..=5, 1_u8..=5, 0_usize..4), 0..40)) {
        let instrument = Instrument::built_in();
        let sides: Vec<Vec<GroupScore>> = (0..4).map(|side| {
            let reports: Vec<Report> = people.iter().filter(|person| person.2 == side).map(|(a, b, _)| trust("full", *a, *b)).collect();
            score(&instrument, &reports.iter().collect::<Vec<_>>(), Floor::Lowered)
        }).collect();
        let sides: Vec<&[GroupScore]> = sides.iter().map(Vec::as_slice).collect();
        for between in between(&instrument, &sides) {
            prop_assert!(between.gap() > 0.0 && between.gap() <= 100.0);
            prop_assert!(between.low.0 != between.high.0);
            for (side, _) in [between.low, between.high] {
                prop_assert!(people.iter().filter(|person| person.2 == side).count() >= 3, "a side below the floor is not told");
            }
        }
    }

    #[test]
    fn whoever_came_and_went_leaves_nothing(moves in prop::collection::vec((0_usize..30, 0_usize..4), 1..60)) {
        let instrument = Instrument::built_in();
        let (mut gathering, mut left): (Gathering, Vec<(usize, &str)>) = (Gathering::default(), Vec::new());
        let come = |gathering: &mut Gathering, seed: usize, side: &str| {
            let (file, report) = &CROWD[seed];
            gathering.add("one", file, report.clone(), side);
        };
        for (seed, side) in moves {
            let side = ["", "Noord", "Zuid", "Oost"][side];
            let place = left.iter().position(|(other, _)| *other == seed);
            match place.map(|place| (place, gathering.members()[place].id)) {
                None => {
                    come(&mut gathering, seed, side);
                    left.push((seed, side));
                }
                Some((place, id)) if side.is_empty() => {
                    gathering.remove(id);
                    left.remove(place);
                }
                Some((place, id)) => {
                    gathering.give_to(id, side);
                    left[place].1 = side;
                }
            }
        }
        let mut anew = Gathering::default();
        for (seed, side) in left {
            come(&mut anew, seed, side);
        }
        for floor in [Floor::Usual, Floor::Lowered] {
            prop_assert_eq!(Overview::of(&gathering, &instrument, floor), Overview::of(&anew, &instrument, floor));
        }
    }

    #[test]
    fn whatever_a_side_is_called_it_comes_back(side in ".{0,400}") {
        let instrument = Instrument::built_in();
        let mut gathering = Gathering::default();
        add(&mut gathering, "one", &any_file(3, None, "own"), &side);
        let kept = gathering.members()[0].side.clone();
        let text = gathering.write(1_000_000, 1000).concat();
        let value: Value = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(value[0]["side"].as_str().map(str::to_owned), kept.clone());
        let taken = intake::read(&instrument, text.as_bytes(), Day::read("2026-12-31").expect("a day"));
        prop_assert_eq!(taken.refusals.len(), 0);
        prop_assert!(kept.is_none_or(|kept| kept.chars().count() <= 300 && kept == kept.trim()));
    }
}
