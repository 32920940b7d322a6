//! Answers: what fits which item, and bringing two sets together without losing either's newest.

use equipoise::answers::{Answer, Answers, Degree, Stamp};
use equipoise::instrument::{Instrument, ItemIx, PhaseIx, Role};
use proptest::prelude::*;

fn degree(number: u8) -> Answer {
    Answer::Degree(Degree::new(number).expect("1 to 5"))
}

#[track_caller]
fn item(instrument: &Instrument, id: &str) -> ItemIx {
    instrument.find_item(id).unwrap_or_else(|| panic!("{id} is an item"))
}

fn evolving(instrument: &Instrument) -> PhaseIx {
    instrument.find_phase("evolving").expect("a phase")
}

#[test]
fn a_degree_is_one_to_five_and_nothing_else() {
    let known: Vec<u8> = (0..=255).filter_map(Degree::new).map(Degree::number).collect();
    assert_eq!(known, [1, 2, 3, 4, 5]);
    assert_eq!(Degree::ALL.map(Degree::number), [1, 2, 3, 4, 5]);
    assert_eq!(Degree::ALL.map(|degree| degree.score().to_string()), ["0", "25", "50", "75", "100"]);
}

#[test]
fn an_answer_of_the_wrong_kind_is_refused_and_changes_nothing() {
    let instrument = Instrument::built_in();
    let phase = Answer::Phase(evolving(&instrument));
    let table = [
        ("trust-control.a1", degree(4), phase),
        ("trust-control.tension", degree(1), phase),
        ("phase.evolving.3", degree(5), phase),
        ("phase.choice", phase, degree(3)),
    ];
    for (id, right, wrong) in table {
        let item = item(&instrument, id);
        let mut answers = Answers::new(&instrument);
        assert!(!answers.set(&instrument, item, Some(wrong), 10), "{id}");
        assert_eq!((answers.get(item), answers.stamp(item)), (None, 0), "{id}");
        assert!(answers.set(&instrument, item, Some(right), 11), "{id}");
        assert!(!answers.set(&instrument, item, Some(wrong), 12), "{id}");
        assert_eq!((answers.get(item), answers.stamp(item)), (Some(right), 11), "{id}");
        assert!(
            answers.set(&instrument, item, Some(Answer::DontKnow), 13),
            "{id}: don't know fits everywhere"
        );
        assert_eq!(answers.degree(item), None, "{id}");
        assert!(answers.is_answered(item), "{id}");
    }
}

#[test]
fn a_position_of_a_larger_instrument_is_refused() {
    let instrument = Instrument::built_in();
    let last = instrument.item_positions().last().expect("77 items");
    let smaller = Answers::new(&two_paradoxes());
    assert_eq!((smaller.get(last), smaller.stamp(last)), (None, 0));
    let mut smaller = smaller;
    assert!(!smaller.set(&instrument, last, Some(Answer::DontKnow), 1));
    assert!(smaller.is_empty());
}

fn two_paradoxes() -> Instrument {
    let mut value: serde_json::Value =
        serde_json::from_str(equipoise::instrument::BUILT_IN).expect("the instrument is JSON");
    value["phases"] = serde_json::json!([]);
    value["choice"] = serde_json::Value::Null;
    value["paradoxes"] = serde_json::json!([
        { "id": "x", "provenance": "own", "a": ["x.a"], "b": ["x.b"], "tension": null },
        { "id": "y", "provenance": "own", "a": ["y.a"], "b": ["y.b"], "tension": null },
    ]);
    value["forms"] = serde_json::json!([
        { "id": "only", "minutes": [1, 1], "phase_minimum": 1, "overall": false, "items": ["x.a", "y.a", "x.b", "y.b"] },
    ]);
    Instrument::read(&value.to_string()).expect("a small instrument of one's own")
}

#[test]
fn a_clock_that_stands_still_or_goes_back_never_loses_the_newest() {
    let instrument = Instrument::built_in();
    let item = item(&instrument, "trust-control.a1");
    for clock in [[0, 0, 0], [5, 5, 5], [1000, 0, 3], [7, 8, 2], [u64::MAX - 5, 1, 1]] {
        let mut older = Answers::new(&instrument);
        let mut newest = older.clone();
        for (answer, now) in [Some(degree(5)), Some(degree(2)), None].into_iter().zip(clock) {
            older.merge(&newest);
            assert!(newest.set(&instrument, item, answer, now));
            older.merge(&newest);
            assert_eq!(older.get(item), answer, "taken over: {clock:?}");
            newest.merge(&older);
            assert_eq!(newest.get(item), answer, "kept: {clock:?}");
        }
    }
}

#[test]
fn merging_says_whether_an_answer_changed() {
    let instrument = Instrument::built_in();
    let item = item(&instrument, "trust-control.a1");
    let mut mine = Answers::new(&instrument);
    mine.set(&instrument, item, Some(degree(2)), 10);
    let mut theirs = mine.clone();
    assert!(!mine.merge(&theirs), "the same");
    theirs.set(&instrument, item, Some(degree(2)), 20);
    assert!(!mine.merge(&theirs), "newer, but the same answer");
    assert_eq!(mine.stamp(item), 20);
    theirs.set(&instrument, item, None, 30);
    assert!(mine.merge(&theirs), "cleared elsewhere");
    assert!(mine.is_empty());
    theirs.set(&instrument, item, Some(degree(1)), 40);
    assert!(!theirs.merge(&mine), "older");
    assert_eq!(theirs.get(item), Some(degree(1)));
}

#[test]
fn the_newest_of_some_items_is_that_of_an_answer_to_one_of_them() {
    let instrument = Instrument::built_in();
    let [first, second, other] =
        ["trust-control.a1", "trust-control.b1", "short-long.tension"].map(|id| item(&instrument, id));
    let asked = [first, second];
    let mut answers = Answers::new(&instrument);
    assert_eq!(answers.newest(&asked), None, "nothing is answered");
    answers.set(&instrument, first, Some(degree(2)), 0);
    assert_eq!(answers.newest(&asked), None, "nobody knows when");
    answers.set(&instrument, first, Some(degree(3)), 30);
    answers.set(&instrument, second, Some(Answer::DontKnow), 20);
    assert_eq!(answers.newest(&asked), Some(30));
    answers.set(&instrument, other, Some(degree(1)), 90);
    assert_eq!(answers.newest(&asked), Some(30), "what wasn't asked doesn't count");
    answers.set(&instrument, first, None, 80);
    assert_eq!(answers.newest(&asked), Some(20), "nor does what was taken out");
}

/// What happened to which item at which moment: few items and moments, so that ties and clashes abound.
type Acts = Vec<(usize, Option<u8>, Stamp)>;

const ITEMS: [&str; 3] = ["trust-control.a1", "short-long.tension", "phase.choice"];

fn acts() -> impl Strategy<Value = Acts> {
    proptest::collection::vec((0..ITEMS.len(), proptest::option::of(0_u8..=4), 0_u64..6), 0..12)
}

fn answer_of(instrument: &Instrument, item: ItemIx, number: u8) -> Answer {
    match (instrument.item(item).role, Degree::new(number)) {
        (_, None) => Answer::DontKnow,
        (Role::Choice, Some(_)) => {
            Answer::Phase(instrument.phase_positions().nth(usize::from(number) - 1).expect("four phases"))
        }
        (_, Some(degree)) => Answer::Degree(degree),
    }
}

fn play(instrument: &Instrument, acts: &Acts) -> Answers {
    let mut answers = Answers::new(instrument);
    for (index, number, at) in acts {
        let item = item(instrument, ITEMS[*index]);
        assert!(answers.set(instrument, item, number.map(|number| answer_of(instrument, item, number)), *at));
    }
    answers
}

fn merged(left: &Answers, right: &Answers) -> Answers {
    let mut both = left.clone();
    both.merge(right);
    both
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(one in acts(), two in acts(), three in acts()) {
        let instrument = Instrument::built_in();
        let (one, two, three) = (play(&instrument, &one), play(&instrument, &two), play(&instrument, &three));
        prop_assert_eq!(merged(&one, &two), merged(&two, &one));
        prop_assert_eq!(merged(&merged(&one, &two), &three), merged(&one, &merged(&two, &three)));
        prop_assert_eq!(merged(&one, &one), one.clone());
        prop_assert_eq!(merged(&merged(&one, &two), &two), merged(&one, &two));
    }

    #[test]
    fn the_newest_entry_wins(one in acts(), two in acts()) {
        let instrument = Instrument::built_in();
        let (one, two) = (play(&instrument, &one), play(&instrument, &two));
        let both = merged(&one, &two);
        for item in instrument.item_positions() {
            prop_assert_eq!(both.stamp(item), one.stamp(item).max(two.stamp(item)));
            if one.stamp(item) > two.stamp(item) {
                prop_assert_eq!(both.get(item), one.get(item));
            }
            if one.stamp(item) < two.stamp(item) {
                prop_assert_eq!(both.get(item), two.get(item));
            }
        }
    }

    #[test]
    fn what_is_set_after_a_merge_outlives_it_whatever_the_clock_says(
        one in acts(), two in acts(), which in 0..ITEMS.len(), number in proptest::option::of(0_u8..=4),
        now in 0_u64..6,
    ) {
        let instrument = Instrument::built_in();
        let (one, two) = (play(&instrument, &one), play(&instrument, &two));
        let item = item(&instrument, ITEMS[which]);
        let answer = number.map(|number| answer_of(&instrument, item, number));
        let mut newest = merged(&one, &two);
        newest.set(&instrument, item, answer, now);
        // An entry of moment 0 that clears what was never there is no entry at all.
        if newest.stamp(item) > 0 || answer.is_some() {
            for mut older in [one, two] {
                older.merge(&newest);
                prop_assert_eq!(older.get(item), answer);
            }
        }
    }
}
