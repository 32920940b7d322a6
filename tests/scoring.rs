//! Scores against the ten published examples, field by field, and the laws that hold for any answers.

use std::collections::BTreeSet;

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::formats::{result::ResultFile, scores};
use equipoise::instrument::{FormIx, Instrument, ItemIx, ParadoxIx, Role};
use equipoise::scoring::{self, Both, Flag, Lean, Report};
use proptest::prelude::*;
use serde_json::{Value, json};

const VECTORS: &str = include_str!("data/vectors.json");

fn vectors() -> Vec<Value> {
    let Value::Array(vectors) = serde_json::from_str(VECTORS).expect("the examples are JSON") else {
        panic!("the examples are a list");
    };
    assert_eq!(vectors.len(), 10);
    vectors
}

/// Compares every field of `expected` with `actual`, numbers to the last but two of their digits.
fn same(path: &str, actual: &Value, expected: &Value) {
    match (actual, expected) {
        (Value::Object(left), Value::Object(right)) => {
            assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>(), "{path}");
            for (name, value) in right {
                same(&format!("{path}.{name}"), &left[name], value);
            }
        }
        (Value::Array(left), Value::Array(right)) => {
            assert_eq!(left.len(), right.len(), "{path}: {left:?} against {right:?}");
            for (index, value) in right.iter().enumerate() {
                same(&format!("{path}[{index}]"), &left[index], value);
            }
        }
        (Value::Number(left), Value::Number(right)) => {
            let (left, right) = (left.as_f64().unwrap_or(f64::NAN), right.as_f64().unwrap_or(f64::NAN));
            assert!((left - right).abs() < 1e-12, "{path}: {left} against {right}");
        }
        _ => assert_eq!(actual, expected, "{path}"),
    }
}

#[test]
fn the_ten_published_examples_come_out_field_by_field() {
    let instrument = Instrument::built_in();
    for vector in vectors() {
        let file = json!({
            "format": "equipoise-result", "version": 1,
            "instrument": { "id": "alliance-paradoxes", "version": "1" },
            "form": vector["form"], "answers": vector["answers"],
        });
        let file =
            ResultFile::read(&instrument, &file.to_string()).expect("an example reads as a result file");
        let actual = scores::to_json(&instrument, &file.report(&instrument));
        same(vector["name"].as_str().unwrap_or("?"), &actual, &vector["expected"]);
    }
}

fn degree(number: u8) -> Answer {
    Answer::Degree(Degree::new(number).expect("1 to 5"))
}

fn item(instrument: &Instrument, id: &str) -> ItemIx {
    instrument.find_item(id).unwrap_or_else(|| panic!("{id} is an item"))
}

/// Scores the full form with these answers: `check(&[("trust-control.a1", 4)])`.
fn report(form: &str, answers: &[(&str, u8)]) -> Report {
    let instrument = Instrument::built_in();
    let mut given = Answers::new(&instrument);
    for (id, number) in answers {
        assert!(given.set(&instrument, item(&instrument, id), Some(degree(*number)), 1));
    }
    scoring::score(&instrument, instrument.find_form(form).expect("a form"), &given, None)
}

fn trust(form: &str, answers: &[(&str, u8)]) -> Both {
    let report = report(form, answers);
    report.paradoxes[3].both.clone().expect("both poles are scored")
}

#[test]
fn what_may_be_said_about_a_tilt_depends_on_the_answers_behind_it() {
    use equipoise::instrument::Pole::{A, B};
    let lean = |form, a1, a2: Option<u8>, b1, b2: Option<u8>| {
        let mut answers = vec![("trust-control.a1", a1), ("trust-control.b1", b1)];
        answers.extend(a2.map(|a2| ("trust-control.a2", a2)));
        answers.extend(b2.map(|b2| ("trust-control.b2", b2)));
        trust(form, &answers).lean
    };
    assert_eq!(lean("full", 3, Some(3), 3, Some(3)), Lean::Balanced);
    assert_eq!(lean("full", 3, Some(3), 3, Some(4)), Lean::Balanced, "12.5");
    assert_eq!(lean("full", 3, Some(3), 4, Some(4)), Lean::Possible(B), "25");
    assert_eq!(lean("full", 4, Some(4), 3, Some(3)), Lean::Possible(A), "-25");
    assert_eq!(lean("full", 4, Some(5), 3, Some(3)), Lean::Clear(A), "-37.5");
    assert_eq!(lean("full", 3, None, 4, Some(4)), Lean::Unsaid, "25 on a single answer");
    assert_eq!(lean("full", 3, None, 5, Some(5)), Lean::Clear(B), "50 on a single answer");
    assert_eq!(lean("quick", 3, None, 4, None), Lean::Unsaid);
    assert_eq!(lean("quick", 5, None, 3, None), Lean::Clear(A));
    assert_eq!(lean("quick", 5, Some(1), 3, Some(3)), Lean::Clear(A), "items outside the form don't count");
}

#[test]
fn one_answered_phase_item_is_too_little_for_the_full_form_but_enough_for_a_short_one() {
    let answers = [("phase.forming.1", 5), ("phase.founding.1", 1)];
    assert_eq!(report("full", &answers).phases[0].score, None);
    assert_eq!(report("full", &answers).current, []);
    let quick = report("quick", &answers);
    assert_eq!(quick.phases[0].score, Some(100.0));
    assert_eq!(quick.dominant, Some(quick.phases[0].phase));
}

#[test]
fn a_choice_without_a_profile_differs_from_nothing() {
    let instrument = Instrument::built_in();
    let mut answers = Answers::new(&instrument);
    let evolving = instrument.find_phase("evolving").expect("a phase");
    let choice = instrument.choice().expect("a choice");
    assert!(answers.set(&instrument, choice, Some(Answer::Phase(evolving)), 1));
    let report = scoring::score(&instrument, instrument.find_form("full").expect("a form"), &answers, None);
    assert_eq!((report.choice, report.choice_differs), (Some(evolving), false));
}

#[test]
fn fast_answering_is_remarked_upon_only_when_timing_is_known() {
    let instrument = Instrument::built_in();
    let form = instrument.find_form("taster").expect("a form");
    let mut answers = Answers::new(&instrument);
    for item in instrument.form(form).items.clone() {
        answers.set(&instrument, item, Some(degree(2)), 1);
    }
    let fast = |seconds| scoring::score(&instrument, form, &answers, seconds).flags.contains(&Flag::Fast);
    assert!(!fast(None));
    assert!(fast(Some(23.9)), "16 items in under 24 seconds");
    assert!(!fast(Some(24.0)));
}

#[test]
fn a_dont_know_is_missing_and_not_a_zero() {
    let instrument = Instrument::built_in();
    let mut answers = Answers::new(&instrument);
    answers.set(&instrument, item(&instrument, "trust-control.a1"), Some(degree(4)), 1);
    answers.set(&instrument, item(&instrument, "trust-control.a2"), Some(Answer::DontKnow), 1);
    let report = scoring::score(&instrument, instrument.find_form("full").expect("a form"), &answers, None);
    assert_eq!((report.paradoxes[3].a, report.paradoxes[3].items_a), (Some(75.0), 1));
    assert_eq!(report.paradoxes[3].both, None);
    assert_eq!(report.answered, 1);
}

/// The ids of some paradoxes.
fn ids<'a>(instrument: &'a Instrument, paradoxes: &[ParadoxIx]) -> Vec<&'a str> {
    paradoxes.iter().map(|paradox| instrument.paradox(*paradox).id.as_str()).collect()
}

#[test]
fn without_a_scored_paradox_there_is_no_spread_and_nothing_is_low_or_held_well() {
    for answers in [&[][..], &[("trust-control.a1", 5), ("short-long.tension", 5)]] {
        let report = report("full", answers);
        assert_eq!(report.spread(), None);
        assert_eq!(report.lowest_two(), []);
        assert_eq!(report.held_well(0.0), []);
    }
}

#[test]
fn a_single_scored_paradox_is_its_own_spread_and_the_only_low_one() {
    let instrument = Instrument::built_in();
    let report = report("quick", &[("trust-control.a1", 5), ("trust-control.b1", 3)]);
    assert_eq!(report.spread(), Some((50.0, 50.0)));
    assert_eq!(ids(&instrument, &report.lowest_two()), ["trust-control"]);
    assert_eq!(
        ids(&instrument, &report.held_well(50.0)),
        ["trust-control"],
        "as much as asked for is enough"
    );
    assert_eq!(report.held_well(50.1), []);
}

#[test]
fn the_lowest_and_the_best_are_two_and_ties_go_by_the_instruments_order() {
    let instrument = Instrument::built_in();
    // Both-and, in the instrument's order: 50, 100, 25, 100, 25, 75, 25.
    let given = [
        ("feeling-analysis", 3),
        ("dreaming-doing", 5),
        ("trust-control", 2),
        ("sharing-deciding", 5),
        ("societal-business", 2),
        ("unity-diversity", 4),
        ("inward-outward", 2),
    ];
    let names = given.map(|(id, number)| [(format!("{id}.a1"), number), (format!("{id}.b1"), number)]);
    let answers: Vec<(&str, u8)> =
        names.iter().flatten().map(|(id, number)| (id.as_str(), *number)).collect();
    let report = report("quick", &answers);
    assert_eq!(report.spread(), Some((25.0, 100.0)));
    assert_eq!(ids(&instrument, &report.lowest_two()), ["trust-control", "societal-business"]);
    assert_eq!(ids(&instrument, &report.held_well(0.0)), ["dreaming-doing", "sharing-deciding"]);
    assert_eq!(ids(&instrument, &report.held_well(100.0)), ["dreaming-doing", "sharing-deciding"]);
    assert_eq!(report.held_well(100.5), []);
}

/// How soon a paradox is to be talked about, by its class as result files name it.
fn rank(both: &Both) -> usize {
    let order = ["urgent", "blind-spot", "neglected", "leaning", "productive", "calm"];
    order.iter().position(|word| *word == both.class.word()).expect("one of six")
}

/// Any answers to any items: one entry an item, `None` = open, 0 = don't know.
fn any_answers() -> impl Strategy<Value = Vec<Option<u8>>> {
    proptest::collection::vec(proptest::option::weighted(0.8, 0_u8..=5), 77)
}

fn give(instrument: &Instrument, numbers: &[Option<u8>]) -> Answers {
    let mut answers = Answers::new(instrument);
    for (item, number) in instrument.item_positions().zip(numbers) {
        let answer = number.map(|number| match (instrument.item(item).role, Degree::new(number)) {
            (_, None) => Answer::DontKnow,
            (Role::Choice, Some(_)) => {
                Answer::Phase(instrument.phase_positions().nth(usize::from(number) % 4).expect("four phases"))
            }
            (_, Some(degree)) => Answer::Degree(degree),
        });
        answers.set(instrument, item, answer, 1);
    }
    answers
}

fn in_range(score: Option<f64>) -> bool {
    score.is_none_or(|score| (0.0..=100.0).contains(&score))
}

fn any_form() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("full"), Just("quick"), Just("taster")]
}

fn form(instrument: &Instrument, id: &str) -> FormIx {
    instrument.find_form(id).expect("a form")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn scores_stay_within_bounds_and_follow_from_the_poles(numbers in any_answers(), id in any_form()) {
        let instrument = Instrument::built_in();
        let report = scoring::score(&instrument, form(&instrument, id), &give(&instrument, &numbers), None);
        for score in &report.paradoxes {
            prop_assert!(in_range(score.a) && in_range(score.b) && in_range(score.tension));
            prop_assert_eq!(score.both.is_some(), score.a.is_some() && score.b.is_some());
            if let (Some(a), Some(b), Some(both)) = (score.a, score.b, &score.both) {
                prop_assert!((both.tilt - (b - a)).abs() < 1e-9);
                prop_assert!((both.both_and - (both.level - both.tilt.abs() / 2.0)).abs() < 1e-9);
                prop_assert!((both.balance - (100.0 - (a - b).abs())).abs() < 1e-9);
                prop_assert!(in_range(Some(both.balance)) && in_range(Some(both.level)));
            }
        }
        prop_assert!(report.phases.iter().all(|phase| in_range(phase.score) && in_range(phase.paradox_score)));
        prop_assert!(in_range(report.overall));
        prop_assert_eq!(report.attention.len(), report.scored().count());
        prop_assert!(report.talk_about.len() <= 3);
        prop_assert_eq!(report.talk_about.is_empty(), report.attention.is_empty());
        prop_assert!(id != "taster" || report.overall.is_none());
    }

    #[test]
    fn what_needs_attention_stands_in_its_order(numbers in any_answers(), id in any_form()) {
        let instrument = Instrument::built_in();
        let report = scoring::score(&instrument, form(&instrument, id), &give(&instrument, &numbers), None);
        let entry = |paradox: &ParadoxIx| {
            let score = report.paradox(*paradox).expect("of this instrument");
            let both = score.both.as_ref().expect("only what is scored is listed");
            let elsewhere = report.current.iter().all(|phase| Some(*phase) != score.phase);
            (rank(both), elsewhere, both.both_and, paradox.index())
        };
        for pair in report.attention.windows(2) {
            let (left, right) = (entry(&pair[0]), entry(&pair[1]));
            let in_order = if left.0 != right.0 {
                left.0 < right.0
            } else if left.1 != right.1 {
                right.1
            } else if left.2 < right.2 || right.2 < left.2 {
                left.2 < right.2
            } else {
                left.3 < right.3
            };
            prop_assert!(in_order, "{left:?} before {right:?}");
        }
        let listed: BTreeSet<ParadoxIx> = report.attention.iter().copied().collect();
        prop_assert_eq!(listed.len(), report.attention.len(), "each once");
        prop_assert_eq!(listed, report.scored().map(|(score, _)| score.paradox).collect());
        let asking = report.attention.iter().filter(|paradox| entry(paradox).0 < 4).count();
        let shown = if asking == 0 { report.attention.len() } else { asking }.min(3);
        prop_assert_eq!(&report.talk_about[..], &report.attention[..shown]);
    }

    #[test]
    fn the_spread_the_lowest_and_the_best_agree_with_the_scores(
        numbers in any_answers(), id in any_form(), at_least in 0.0..=100.0_f64,
    ) {
        let instrument = Instrument::built_in();
        let report = scoring::score(&instrument, form(&instrument, id), &give(&instrument, &numbers), None);
        let mut scored: Vec<(f64, ParadoxIx)> =
            report.scored().map(|(score, both)| (both.both_and, score.paradox)).collect();
        scored.sort_by(|left, right| left.0.total_cmp(&right.0));
        let paradoxes = |some: &[(f64, ParadoxIx)]| some.iter().map(|(_, paradox)| *paradox).collect::<Vec<_>>();
        let ends = scored.first().zip(scored.last()).map(|(low, high)| (low.0, high.0));
        prop_assert_eq!(report.spread(), ends);
        prop_assert_eq!(report.lowest_two(), paradoxes(&scored[..scored.len().min(2)]));
        scored.retain(|(both_and, _)| *both_and >= at_least);
        scored.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
        prop_assert_eq!(report.held_well(at_least), paradoxes(&scored[..scored.len().min(2)]));
    }

    #[test]
    fn swapping_the_poles_negates_the_tilt_and_changes_nothing_else(numbers in any_answers()) {
        let instrument = Instrument::built_in();
        let answers = give(&instrument, &numbers);
        let mut swapped = answers.clone();
        for paradox in instrument.paradoxes() {
            for (a, b) in paradox.a.iter().zip(&paradox.b) {
                swapped.set(&instrument, *a, answers.get(*b), 2);
                swapped.set(&instrument, *b, answers.get(*a), 2);
            }
        }
        let full = form(&instrument, "full");
        let (one, other) =
            (scoring::score(&instrument, full, &answers, None), scoring::score(&instrument, full, &swapped, None));
        for (left, right) in one.paradoxes.iter().zip(&other.paradoxes) {
            prop_assert_eq!((left.a, left.items_a), (right.b, right.items_b));
            if let (Some(left), Some(right)) = (&left.both, &right.both) {
                prop_assert!((left.tilt + right.tilt).abs() < 1e-9);
                prop_assert!((left.both_and - right.both_and).abs() < 1e-9);
                prop_assert_eq!((left.class, left.lean.word()), (right.class, right.lean.word()));
            }
        }
        prop_assert_eq!(one.attention, other.attention);
        prop_assert_eq!(one.overall, other.overall);
    }

    #[test]
    fn adding_an_answer_never_unscores_anything(numbers in any_answers(), which in 0_usize..76, number in 1_u8..=5) {
        let instrument = Instrument::built_in();
        let before = give(&instrument, &numbers);
        let mut after = before.clone();
        let item = instrument.item_positions().nth(which).expect("76 statements");
        after.set(&instrument, item, Some(degree(number)), 2);
        for id in ["full", "quick", "taster"] {
            let form = form(&instrument, id);
            let before = scoring::score(&instrument, form, &before, None);
            let after = scoring::score(&instrument, form, &after, None);
            for (before, after) in before.paradoxes.iter().zip(&after.paradoxes) {
                prop_assert!(before.a.is_none() || after.a.is_some());
                prop_assert!(before.both.is_none() || after.both.is_some());
            }
            for (before, after) in before.phases.iter().zip(&after.phases) {
                prop_assert!(before.score.is_none() || after.score.is_some());
            }
            prop_assert!(before.overall.is_none() || after.overall.is_some());
        }
    }

    #[test]
    fn the_order_of_answering_is_irrelevant(numbers in any_answers(), seed in any::<u64>()) {
        let instrument = Instrument::built_in();
        let answers = give(&instrument, &numbers);
        let mut order: Vec<ItemIx> = instrument.item_positions().collect();
        order.sort_by_key(|item| (seed ^ item.index() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut other = Answers::new(&instrument);
        for item in order {
            other.set(&instrument, item, answers.get(item), 1);
        }
        let full = form(&instrument, "full");
        prop_assert_eq!(
            scoring::score(&instrument, full, &answers, None),
            scoring::score(&instrument, full, &other, None)
        );
    }

    #[test]
    fn a_missing_answer_is_never_a_zero(numbers in any_answers(), which in 0_usize..76) {
        let instrument = Instrument::built_in();
        let mut open = give(&instrument, &numbers);
        let item = instrument.item_positions().nth(which).expect("76 statements");
        open.set(&instrument, item, None, 2);
        let mut unknown = open.clone();
        unknown.set(&instrument, item, Some(Answer::DontKnow), 3);
        let full = form(&instrument, "full");
        let open = scoring::score(&instrument, full, &open, None);
        prop_assert_eq!(&open, &scoring::score(&instrument, full, &unknown, None));
        if let Role::Pole(paradox, pole) = instrument.item(item).role {
            let sibling = match pole {
                equipoise::instrument::Pole::A => open.paradoxes[paradox.index()].items_a,
                equipoise::instrument::Pole::B => open.paradoxes[paradox.index()].items_b,
            };
            prop_assert!(sibling <= 1);
        }
    }
}
