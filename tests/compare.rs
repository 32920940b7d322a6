//! Results side by side: what may be said of a change, what is wished, where several are apart.

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::compare::{self, Change, Said};
use equipoise::instrument::{Instrument, ItemIx, Pole, Role};
use equipoise::scoring::{self, Report};
use equipoise::wishes::Wishes;
use proptest::prelude::*;

fn degree(number: u8) -> Degree {
    Degree::new(number).expect("1 to 5")
}

/// The report on the full form with these answers by item id.
#[track_caller]
fn report(instrument: &Instrument, form: &str, given: &[(&str, u8)]) -> Report {
    let mut answers = Answers::new(instrument);
    for (id, number) in given {
        let item = instrument.find_item(id).unwrap_or_else(|| panic!("{id} is an item"));
        assert!(answers.set(instrument, item, Some(Answer::Degree(degree(*number))), 1));
    }
    let form = instrument.find_form(form).expect("a form");
    scoring::score(instrument, form, &answers, None)
}

/// What is said of pole A of trust and control, answered so then and so now.
fn said(form: &str, then: &[u8], now: &[u8]) -> Option<(f64, Said)> {
    let instrument = Instrument::built_in();
    let given = |numbers: &[u8]| -> Report {
        let ids = ["trust-control.a1", "trust-control.a2"];
        let given: Vec<(&str, u8)> = ids.into_iter().zip(numbers.iter().copied()).collect();
        report(&instrument, form, &given)
    };
    let changes = compare::changes(&instrument, &given(then), &given(now));
    let change = changes.first()?.a?;
    Some((change.amount(), change.said))
}

#[test]
fn a_change_is_spoken_of_as_a_tilt_is() {
    for (then, now, expected) in [
        ([3, 3], [3, 3], (0.0, Said::Same)),
        ([3, 3], [3, 4], (12.5, Said::Same)),
        ([3, 3], [4, 4], (25.0, Said::Possible)),
        ([3, 3], [2, 2], (-25.0, Said::Possible)),
        ([3, 3], [4, 5], (37.5, Said::Clear)),
        ([5, 5], [1, 1], (-100.0, Said::Clear)),
    ] {
        assert_eq!(said("full", &then, &now), Some(expected), "{then:?} → {now:?}");
    }
}

#[test]
fn a_single_answer_behind_one_of_the_two_speaks_only_of_much() {
    for (then, now, expected) in [
        (&[3][..], &[4, 5][..], (37.5, Said::Unsaid)),
        (&[3, 3], &[4], (25.0, Said::Unsaid)),
        (&[3], &[3], (0.0, Said::Unsaid)),
        (&[3], &[5, 5], (50.0, Said::Clear)),
        (&[5], &[1], (-100.0, Said::Clear)),
    ] {
        assert_eq!(said("full", then, now), Some(expected), "{then:?} → {now:?}");
    }
    assert_eq!(said("full", &[], &[3, 3]), None, "what is missing then has not changed");
    assert_eq!(said("full", &[3, 3], &[]), None);
    assert_eq!(said("quick", &[3, 5], &[4, 5]), Some((25.0, Said::Unsaid)), "a short form asks one");
}

#[test]
fn wishes_count_by_statement_first_and_by_pole_else() {
    let instrument = Instrument::built_in();
    let (full, quick) =
        (instrument.find_form("full").expect("full"), instrument.find_form("quick").expect("quick"));
    let paradox = instrument.find_paradox("trust-control").expect("a paradox");
    let (a1, a2) = (
        instrument.find_item("trust-control.a1").expect("an item"),
        instrument.find_item("trust-control.a2").expect("an item"),
    );
    let mut wishes = Wishes::new(&instrument);
    let score = |wishes: &Wishes, form, pole| wishes.score(&instrument, form, paradox, pole);
    assert_eq!(score(&wishes, full, Pole::A), None);
    assert!(wishes.set_pole(paradox, Pole::A, Some(degree(2)), 1));
    assert_eq!(score(&wishes, full, Pole::A), Some(25.0));
    assert_eq!(score(&wishes, full, Pole::B), None);
    assert!(wishes.set_item(&instrument, a2, Some(degree(5)), 2));
    assert_eq!(score(&wishes, full, Pole::A), Some(100.0));
    assert_eq!(score(&wishes, quick, Pole::A), Some(25.0), "the short form doesn't ask the second statement");
    assert!(wishes.set_item(&instrument, a1, Some(degree(3)), 3));
    assert_eq!(score(&wishes, full, Pole::A), Some(75.0));
    assert_eq!(score(&wishes, quick, Pole::A), Some(50.0));
    for id in ["trust-control.tension", "phase.forming.1", "phase.choice"] {
        let item = instrument.find_item(id).expect("an item");
        assert!(!wishes.set_item(&instrument, item, Some(degree(3)), 4), "{id} is about no pole");
    }
    wishes.clear(&instrument, 9);
    assert!(wishes.is_empty());
    assert_eq!(wishes.item_stamp(a1), 9, "what was taken out leaves its moment behind");
}

#[test]
fn the_largest_gap_comes_first_and_no_gap_is_no_agenda() {
    let instrument = Instrument::built_in();
    let now = report(
        &instrument,
        "quick",
        &[
            ("trust-control.a1", 3),
            ("trust-control.b1", 3),
            ("dreaming-doing.a1", 5),
            ("dreaming-doing.b1", 1),
            ("short-long.a1", 2),
        ],
    );
    let mut wishes = Wishes::new(&instrument);
    let find = |id: &str| instrument.find_paradox(id).expect("a paradox");
    for (id, pole, wish) in [
        ("trust-control", Pole::A, 4),
        ("trust-control", Pole::B, 3),
        ("dreaming-doing", Pole::A, 5),
        ("dreaming-doing", Pole::B, 4),
        ("short-long", Pole::A, 2),
        ("unity-diversity", Pole::A, 5),
    ] {
        assert!(wishes.set_pole(find(id), pole, Some(degree(wish)), 1));
    }
    let gaps = compare::gaps(&instrument, now.form, &now, &wishes);
    let known: Vec<&str> = gaps.iter().map(|gap| instrument.paradox(gap.paradox).id.as_str()).collect();
    assert_eq!(
        known,
        ["dreaming-doing", "trust-control", "short-long"],
        "where both now and the wish are known"
    );
    let agenda = compare::agenda(&gaps, &now);
    let order: Vec<(&str, f64)> =
        agenda.iter().map(|gap| (instrument.paradox(gap.paradox).id.as_str(), gap.size())).collect();
    assert_eq!(order, [("dreaming-doing", 75.0), ("trust-control", 25.0)]);
    assert_eq!((agenda[0].amount(Pole::A), agenda[0].amount(Pole::B)), (Some(0.0), Some(75.0)));
    assert_eq!(gaps[2].b, None);
}

#[test]
fn those_furthest_apart_come_first() {
    let instrument = Instrument::built_in();
    let one = report(
        &instrument,
        "quick",
        &[
            ("trust-control.a1", 5),
            ("trust-control.b1", 5),
            ("dreaming-doing.a1", 2),
            ("dreaming-doing.b1", 3),
            ("short-long.a1", 2),
        ],
    );
    let two = report(
        &instrument,
        "quick",
        &[
            ("trust-control.a1", 2),
            ("trust-control.b1", 5),
            ("dreaming-doing.a1", 2),
            ("dreaming-doing.b1", 2),
        ],
    );
    let three = report(&instrument, "quick", &[("trust-control.a1", 3), ("trust-control.b1", 3)]);
    let apart = compare::apart(&instrument, &[&one, &two, &three]);
    let found: Vec<(&str, f64, f64, f64)> = apart
        .iter()
        .map(|apart| (instrument.paradox(apart.paradox).id.as_str(), apart.low, apart.high, apart.spread()))
        .collect();
    assert_eq!(found, [("trust-control", 25.0, 100.0, 75.0), ("dreaming-doing", 25.0, 25.0, 0.0)]);
    assert_eq!(compare::apart(&instrument, &[&one]), [], "one is apart from nothing");
}

fn any_answers() -> impl Strategy<Value = Vec<Option<u8>>> {
    proptest::collection::vec(proptest::option::weighted(0.8, 1_u8..=5), 77)
}

fn full(instrument: &Instrument, numbers: &[Option<u8>]) -> Report {
    let mut answers = Answers::new(instrument);
    let items: Vec<ItemIx> = instrument.item_positions().collect();
    for (item, number) in items.into_iter().zip(numbers) {
        if instrument.item(item).role != Role::Choice {
            answers.set(instrument, item, number.map(|number| Answer::Degree(degree(number))), 1);
        }
    }
    scoring::score(instrument, instrument.find_form("full").expect("full"), &answers, None)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn then_and_now_swapped_is_the_same_change_the_other_way(then in any_answers(), now in any_answers()) {
        let instrument = Instrument::built_in();
        let (then, now) = (full(&instrument, &then), full(&instrument, &now));
        let there = compare::changes(&instrument, &then, &now);
        let back = compare::changes(&instrument, &now, &then);
        prop_assert_eq!(there.len(), back.len());
        for (there, back) in there.iter().zip(&back) {
            for pole in [Pole::A, Pole::B] {
                let turned = back.pole(pole).map(|change| Change { from: change.to, to: change.from, said: change.said });
                prop_assert_eq!(there.pole(pole).copied(), turned);
            }
        }
        for same in compare::changes(&instrument, &now, &now) {
            for pole in [Pole::A, Pole::B] {
                let said = same.pole(pole).map(|change| change.said);
                prop_assert!(!matches!(said, Some(Said::Possible | Said::Clear)));
            }
        }
        let apart = compare::apart(&instrument, &[&then, &now]);
        prop_assert!(apart.windows(2).all(|pair| pair[0].spread() >= pair[1].spread()));
        prop_assert!(apart.iter().all(|apart| (0.0..=100.0).contains(&apart.spread())));
    }

    #[test]
    fn wishes_of_two_tabs_come_together_the_same_way_whoever_merges(
        acts in proptest::collection::vec((0_usize..3, 0_usize..48, 0_u8..=5, 1_u64..5), 0..60),
    ) {
        let instrument = Instrument::built_in();
        let items: Vec<ItemIx> = instrument
            .item_positions()
            .filter(|item| matches!(instrument.item(*item).role, Role::Pole(..)))
            .collect();
        let mut tabs = vec![Wishes::new(&instrument); 3];
        for (tab, index, number, at) in acts {
            tabs[tab].set_item(&instrument, items[index], Degree::new(number), at);
            let paradox = instrument.paradox_positions().nth(index % 12).expect("twelve");
            let pole = if index % 2 == 0 { Pole::A } else { Pole::B };
            tabs[tab].set_pole(paradox, pole, Degree::new(number), at);
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
        let mut again = one.clone();
        prop_assert!(!again.merge(&tabs[0]));
    }
}
