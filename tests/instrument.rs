//! The instrument: the built-in one as specified, its published order, and what is said of a broken one.

use std::collections::BTreeSet;

use equipoise::i18n::Texts;
use equipoise::instrument::{BUILT_IN, FormIx, Instrument, ItemIx, Page, Pole, Provenance, Role, pages};
use equipoise::json::Problem;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The items of every form in the order in which they were published. Answers are compared between people, and
/// order can sway an answer: whoever changes this order makes another version of the instrument.
const ORDER: &str = include_str!("data/order.txt");

#[track_caller]
fn form(instrument: &Instrument, id: &str) -> FormIx {
    instrument.find_form(id).unwrap_or_else(|| panic!("{id} is a form"))
}

fn items(instrument: &Instrument, id: &str) -> Vec<ItemIx> {
    instrument.form(form(instrument, id)).items.clone()
}

#[test]
fn the_built_in_instrument_has_what_is_specified() {
    let instrument = Instrument::built_in();
    assert_eq!(
        (instrument.id(), instrument.version(), instrument.page_size()),
        ("alliance-paradoxes", "1", 6)
    );
    assert_eq!(instrument.items().len(), 77);
    let sizes = |id| {
        let items = items(&instrument, id);
        let count =
            |of: fn(Role) -> bool| items.iter().filter(|item| of(instrument.item(**item).role)).count();
        (
            items.len(),
            count(|role| matches!(role, Role::Pole(..))),
            count(|role| matches!(role, Role::Tension(_))),
            count(|role| matches!(role, Role::Phase(_))),
            count(|role| role == Role::Choice),
        )
    };
    assert_eq!(sizes("full"), (77, 48, 12, 16, 1));
    assert_eq!(sizes("quick"), (29, 24, 0, 4, 1));
    assert_eq!(sizes("taster"), (16, 8, 4, 4, 0));
    let phases: Vec<&str> = instrument.phases().iter().map(|phase| phase.id.as_str()).collect();
    assert_eq!(phases, ["forming", "founding", "evolving", "transforming"]);
    for phase in instrument.phase_positions() {
        assert_eq!(instrument.paradoxes_of(phase).count(), 3);
        assert_eq!(instrument.phase(phase).items.len(), 4);
    }
    let settings = |id| {
        let form = instrument.form(form(&instrument, id));
        (form.minutes, form.phase_minimum, form.overall)
    };
    assert_eq!(settings("full"), ((12, 15), 2, true));
    assert_eq!(settings("quick"), ((5, 5), 1, true));
    assert_eq!(settings("taster"), ((3, 3), 1, false));
}

#[test]
fn the_twelve_paradoxes_stand_in_their_order_with_their_provenance() {
    use Provenance::{Book, Literature, Theme};
    let instrument = Instrument::built_in();
    let phase = |paradox: &equipoise::instrument::Paradox| {
        paradox.phase.map(|phase| instrument.phase(phase).id.clone()).unwrap_or_default()
    };
    let actual: Vec<(String, &str, Provenance)> =
        instrument.paradoxes().iter().map(|p| (phase(p), p.id.as_str(), p.provenance)).collect();
    let expected = [
        ("forming", "feeling-analysis", Book),
        ("forming", "inclusion-selection", Theme),
        ("forming", "dreaming-doing", Theme),
        ("founding", "trust-control", Book),
        ("founding", "autonomy-strategy", Book),
        ("founding", "sharing-deciding", Theme),
        ("evolving", "societal-business", Book),
        ("evolving", "broadening-deepening", Theme),
        ("evolving", "unity-diversity", Theme),
        ("transforming", "continuity-renewal", Theme),
        ("transforming", "short-long", Literature),
        ("transforming", "inward-outward", Literature),
    ];
    assert_eq!(actual, expected.map(|(phase, id, provenance)| (phase.to_owned(), id, provenance)));
}

#[test]
fn every_id_follows_from_what_the_item_measures() {
    let instrument = Instrument::built_in();
    for paradox in instrument.paradoxes() {
        let ids =
            |items: &[ItemIx]| items.iter().map(|item| instrument.item(*item).id.clone()).collect::<Vec<_>>();
        let id = &paradox.id;
        assert_eq!(ids(&paradox.a), [format!("{id}.a1"), format!("{id}.a2")]);
        assert_eq!(ids(&paradox.b), [format!("{id}.b1"), format!("{id}.b2")]);
        assert_eq!(ids(paradox.tension.as_slice()), [format!("{id}.tension")]);
    }
    for phase in instrument.phases() {
        let ids: Vec<&str> = phase.items.iter().map(|item| instrument.item(*item).id.as_str()).collect();
        assert_eq!(ids, [1, 2, 3, 4].map(|number| format!("phase.{}.{number}", phase.id)));
    }
    assert_eq!(instrument.choice().map(|item| instrument.item(item).id.as_str()), Some("phase.choice"));
    for item in instrument.item_positions() {
        assert_eq!(instrument.find_item(&instrument.item(item).id), Some(item));
    }
}

#[test]
fn a_short_form_asks_the_first_items_and_a_longer_form_asks_them_too() {
    let instrument = Instrument::built_in();
    let ids = |id: &str| -> BTreeSet<String> {
        items(&instrument, id).into_iter().map(|item| instrument.item(item).id.clone()).collect()
    };
    let first: BTreeSet<String> = ids("full")
        .into_iter()
        .filter(|id| id.rsplit('.').next().is_some_and(|last| ["a1", "b1", "1", "choice"].contains(&last)))
        .collect();
    assert_eq!(ids("quick"), first);
    let book: BTreeSet<String> = instrument
        .paradoxes()
        .iter()
        .filter(|paradox| paradox.provenance == Provenance::Book)
        .flat_map(|paradox| ["a1", "b1", "tension"].map(|name| format!("{}.{name}", paradox.id)))
        .chain(instrument.phases().iter().map(|phase| format!("phase.{}.1", phase.id)))
        .collect();
    assert_eq!(ids("taster"), book);
    assert!(ids("taster").is_subset(&ids("full")) && ids("quick").is_subset(&ids("full")));
}

#[test]
fn every_form_goes_from_poles_to_tension_to_phases_to_the_choice() {
    let instrument = Instrument::built_in();
    for form in instrument.forms() {
        let section = |item: &ItemIx| match instrument.item(*item).role {
            Role::Pole(..) => 0,
            Role::Tension(_) => 1,
            Role::Phase(_) => 2,
            Role::Choice => 3,
        };
        assert!(form.items.is_sorted_by_key(section), "{}", form.id);
    }
}

#[test]
fn the_published_order_stands() {
    let instrument = Instrument::built_in();
    let mut order = String::new();
    for form in instrument.forms() {
        order.extend(["[", &form.id, "]\n"]);
        for item in &form.items {
            order.extend([&instrument.item(*item).id, "\n"]);
        }
    }
    assert_eq!(order, ORDER, "see the remark at ORDER");
}

fn pole(instrument: &Instrument, item: ItemIx) -> Option<(usize, Pole)> {
    match instrument.item(item).role {
        Role::Pole(paradox, pole) => Some((paradox.index(), pole)),
        Role::Tension(_) | Role::Phase(_) | Role::Choice => None,
    }
}

fn are_opposite(instrument: &Instrument, one: ItemIx, other: ItemIx) -> bool {
    match (pole(instrument, one), pole(instrument, other)) {
        (Some((left, a)), Some((right, b))) => left == right && a != b,
        _ => false,
    }
}

#[track_caller]
fn keeps_poles_apart(instrument: &Instrument, pages: &[Page], what: &str) {
    let order: Vec<ItemIx> = pages.iter().flatten().copied().collect();
    for pair in order.windows(2) {
        assert!(
            !are_opposite(instrument, pair[0], pair[1]),
            "{what}: {} is adjacent",
            instrument.item(pair[0]).id
        );
    }
    for (number, page) in pages.iter().enumerate() {
        for (at, one) in page.iter().enumerate() {
            let clash = page[at + 1..].iter().find(|other| are_opposite(instrument, *one, **other));
            assert_eq!(clash, None, "{what}, page {number}: {}", instrument.item(*one).id);
        }
        assert!((1..=6).contains(&page.len()), "{what}, page {number}: {}", page.len());
    }
}

#[test]
fn the_two_poles_of_a_paradox_are_never_neighbours_nor_on_one_page() {
    let instrument = Instrument::built_in();
    for id in ["full", "quick", "taster"] {
        let (pages, first_new) = pages(&instrument, instrument.form(form(&instrument, id)), &[]);
        assert_eq!(first_new, 0);
        assert_eq!(pages.concat(), items(&instrument, id), "{id}: in published order");
        keeps_poles_apart(&instrument, &pages, id);
    }
    for (longer, shorter) in [("full", "quick"), ("full", "taster"), ("quick", "taster")] {
        let carried = items(&instrument, shorter);
        let (pages, first_new) = pages(&instrument, instrument.form(form(&instrument, longer)), &carried);
        let (old, new) = pages.split_at(first_new);
        assert!(old.iter().flatten().all(|item| carried.contains(item)));
        assert!(!new.iter().flatten().any(|item| carried.contains(item)));
        let all: BTreeSet<ItemIx> = pages.iter().flatten().copied().collect();
        assert_eq!(all, items(&instrument, longer).into_iter().collect());
        keeps_poles_apart(&instrument, &pages, &format!("{longer} after {shorter}"));
    }
}

fn built_in() -> Value {
    serde_json::from_str(BUILT_IN).expect("the built-in instrument is JSON")
}

/// The built-in instrument with `value` at a JSON pointer.
#[track_caller]
fn with(pointer: &str, value: Value) -> String {
    let mut instrument = built_in();
    *instrument.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is there")) = value;
    instrument.to_string()
}

/// The built-in instrument without what stands at a JSON pointer.
#[track_caller]
fn without(pointer: &str) -> String {
    let mut instrument = built_in();
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = instrument.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
    assert!(parent.remove(name).is_some(), "{pointer} is there");
    instrument.to_string()
}

fn described(problems: &[Problem], language: &str) -> Vec<String> {
    let texts = Texts::built_in(language);
    problems.iter().map(|problem| problem.describe(&texts)).collect()
}

#[track_caller]
fn breaks(text: &str, english: &[&str], dutch: &[&str]) {
    match Instrument::read(text) {
        Ok(_) => panic!("it reads, though this was expected: {english:?}"),
        Err(problems) => {
            assert_eq!(described(&problems, "en"), english);
            assert_eq!(described(&problems, "nl"), dutch);
        }
    }
}

#[test]
fn an_instrument_that_is_no_json_or_of_another_kind_is_refused() {
    breaks(
        "{\n  \"format\": oops",
        &["$: this is not valid JSON; it breaks off at line 2, column 13"],
        &["$: dit is geen geldige JSON; het gaat mis op regel 2, teken 13"],
    );
    breaks(
        "[1, 2]",
        &["$: found [2]; expected an object with fields"],
        &["$: hier staat [2]; verwacht werd een object met velden"],
    );
    breaks(
        &with("/format", json!("equipoise-texts")),
        &["$.format: found \"equipoise-texts\"; expected one of: equipoise-instrument"],
        &["$.format: hier staat \"equipoise-texts\"; verwacht werd een van: equipoise-instrument"],
    );
    breaks(
        &with("/format_version", json!(2)),
        &["$.format_version: found 2; expected a version this program knows (at most 1)"],
        &["$.format_version: hier staat 2; verwacht werd een versie die dit programma kent (hooguit 1)"],
    );
}

#[test]
fn a_value_that_is_missing_or_of_the_wrong_kind_is_named() {
    breaks(
        &without("/version"),
        &["$.version: something is missing; expected a text"],
        &["$.version: hier ontbreekt iets; verwacht werd een tekst"],
    );
    breaks(
        &with("/version", json!("  ")),
        &["$.version: found \"  \"; expected a text"],
        &["$.version: hier staat \"  \"; verwacht werd een tekst"],
    );
    breaks(
        &with("/page_size", json!("six")),
        &["$.page_size: found \"six\"; expected a whole number from 1 to 24"],
        &["$.page_size: hier staat \"six\"; verwacht werd een heel getal van 1 tot en met 24"],
    );
    breaks(
        &with("/paradoxes", json!({ "a": 1, "b": 2 })),
        &["$.paradoxes: found {2}; expected a list"],
        &["$.paradoxes: hier staat {2}; verwacht werd een lijst"],
    );
    breaks(
        &with("/forms/0/overall", json!("no")),
        &["$.forms[0].overall: found \"no\"; expected true or false"],
        &["$.forms[0].overall: hier staat \"no\"; verwacht werd true of false"],
    );
    breaks(
        &with("/forms/1/minutes", json!([5])),
        &["$.forms[1].minutes: found [1]; expected a list of 2 to 2 entries"],
        &["$.forms[1].minutes: hier staat [1]; verwacht werd een lijst van 2 tot en met 2 onderdelen"],
    );
    breaks(
        &without("/thresholds"),
        &["$.thresholds: something is missing; expected an object with fields"],
        &["$.thresholds: hier ontbreekt iets; verwacht werd een object met velden"],
    );
}

#[test]
fn ids_are_checked_where_they_stand() {
    breaks(
        &with("/paradoxes/3/phase", json!("evolution")),
        &[
            "$.paradoxes[3].phase: found \"evolution\"; expected one of: forming, founding, evolving, transforming",
        ],
        &["$.paradoxes[3].phase: hier staat \"evolution\"; verwacht werd een van: \
           forming, founding, evolving, transforming"],
    );
    breaks(
        &with("/paradoxes/3/provenance", json!("hearsay")),
        &["$.paradoxes[3].provenance: found \"hearsay\"; expected one of: book, theme, literature, own"],
        &[
            "$.paradoxes[3].provenance: hier staat \"hearsay\"; verwacht werd een van: book, theme, literature, own",
        ],
    );
    breaks(
        &with("/id", json!("Alliance Paradoxes")),
        &[
            "$.id: found \"Alliance Paradoxes\"; expected an id of lower-case letters, digits, hyphens and dots \
           (64 characters at most)",
        ],
        &[
            "$.id: hier staat \"Alliance Paradoxes\"; verwacht werd een id van kleine letters, cijfers, streepjes \
           en punten (hooguit 64 tekens)",
        ],
    );
    breaks(
        &with("/phases/2/id", json!("x".repeat(65))),
        &[
            "$.phases[2].id: found \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\"; expected an id of lower-case letters, \
             digits, hyphens and dots (64 characters at most)",
            "$.paradoxes[6].phase: found \"evolving\"; expected one of: forming, founding, transforming",
            "$.paradoxes[7].phase: found \"evolving\"; expected one of: forming, founding, transforming",
            "$.paradoxes[8].phase: found \"evolving\"; expected one of: forming, founding, transforming",
        ],
        &[
            "$.phases[2].id: hier staat \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\"; verwacht werd een id van \
             kleine letters, cijfers, streepjes en punten (hooguit 64 tekens)",
            "$.paradoxes[6].phase: hier staat \"evolving\"; verwacht werd een van: forming, founding, transforming",
            "$.paradoxes[7].phase: hier staat \"evolving\"; verwacht werd een van: forming, founding, transforming",
            "$.paradoxes[8].phase: hier staat \"evolving\"; verwacht werd een van: forming, founding, transforming",
        ],
    );
    let twice = |pointer: &str, id: &str, path: &str| {
        breaks(
            &with(pointer, json!(id)),
            &[&format!("{path}: found \"{id}\"; expected an id that has not been used yet")],
            &[&format!("{path}: hier staat \"{id}\"; verwacht werd een id dat nog niet is gebruikt")],
        );
    };
    twice("/forms/0/id", "quick", "$.forms[1].id");
    twice("/forms/0/items/1", "feeling-analysis.b1", "$.forms[0].items[1]");
    breaks(
        &with("/forms/2/items/3", json!("autonomy-strategy.a3")),
        &[
            "$.forms[2].items[3]: found \"autonomy-strategy.a3\"; expected the id of a question in this questionnaire",
        ],
        &[
            "$.forms[2].items[3]: hier staat \"autonomy-strategy.a3\"; verwacht werd het id van een vraag uit deze \
           vragenlijst",
        ],
    );
}

#[test]
fn numbers_are_checked_against_their_range() {
    let table = [
        ("/page_size", json!(0), "$.page_size: found 0; expected a whole number from 1 to 24"),
        ("/page_size", json!(25), "$.page_size: found 25; expected a whole number from 1 to 24"),
        (
            "/forms/2/minutes/1",
            json!(241),
            "$.forms[2].minutes[1]: found 241; expected a whole number from 1 to 240",
        ),
        (
            "/forms/0/phase_minimum",
            json!(1.5),
            "$.forms[0].phase_minimum: found 1.5; expected a whole number from 1 to 12",
        ),
        ("/thresholds/high", json!(100.5), "$.thresholds.high: found 100.5; expected a number from 0 to 100"),
        (
            "/thresholds/lean_clear",
            json!(-1),
            "$.thresholds.lean_clear: found -1; expected a number from 0 to 100",
        ),
        (
            "/thresholds/overall_minimum",
            json!(0),
            "$.thresholds.overall_minimum: found 0; expected a whole number from 1 to 500",
        ),
        (
            "/thresholds/fast_seconds_per_item",
            Value::Null,
            "$.thresholds.fast_seconds_per_item: found null; expected a number from 0 to 60",
        ),
        (
            "/thresholds/complete_share/0",
            json!(4_294_967_298_u64),
            "$.thresholds.complete_share[0]: found 4294967298; expected a whole number from 1 to 100",
        ),
    ];
    for (pointer, value, message) in table {
        let problems = Instrument::read(&with(pointer, value)).expect_err(message);
        assert_eq!(described(&problems, "en"), [message]);
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let mut instrument = built_in();
    instrument["page_size"] = json!(0);
    instrument["paradoxes"][0]["provenance"] = json!(7);
    instrument["paradoxes"][11]["phase"] = Value::Null;
    instrument["thresholds"]["high"] = json!("high");
    instrument["forms"][0]["items"][15] = json!("phase.founding.9");
    breaks(
        &instrument.to_string(),
        &[
            "$.page_size: found 0; expected a whole number from 1 to 24",
            "$.paradoxes[0].provenance: found 7; expected one of: book, theme, literature, own",
            "$.paradoxes[11].phase: found null; expected one of: forming, founding, evolving, transforming",
            "$.thresholds.high: found \"high\"; expected a number from 0 to 100",
            "$.forms[0].items[15]: found \"phase.founding.9\"; expected the id of a question in this questionnaire",
        ],
        &[
            "$.page_size: hier staat 0; verwacht werd een heel getal van 1 tot en met 24",
            "$.paradoxes[0].provenance: hier staat 7; verwacht werd een van: book, theme, literature, own",
            "$.paradoxes[11].phase: hier staat null; verwacht werd een van: forming, founding, evolving, transforming",
            "$.thresholds.high: hier staat \"high\"; verwacht werd een getal van 0 tot en met 100",
            "$.forms[0].items[15]: hier staat \"phase.founding.9\"; verwacht werd het id van een vraag uit deze \
             vragenlijst",
        ],
    );
}

/// The JSON pointers of every value in `value`, the root left out.
fn pointers(value: &Value, prefix: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(entries) => {
            entries.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (name, child) in children {
        let pointer = format!("{prefix}/{name}");
        pointers(child, &pointer, found);
        found.push(pointer);
    }
}

/// Takes out what stands at a pointer, or puts something else there.
fn mutate(instrument: &mut Value, pointer: &str, value: Option<Value>) {
    let Some((parent, name)) = pointer.rsplit_once('/') else { return };
    match (instrument.pointer_mut(parent), value) {
        (Some(parent), Some(value)) => {
            if let Some(place) = parent.pointer_mut(&format!("/{name}")) {
                *place = value;
            }
        }
        (Some(Value::Object(fields)), None) => {
            fields.remove(name);
        }
        (Some(Value::Array(entries)), None) => {
            if let Ok(at) = name.parse::<usize>()
                && at < entries.len()
            {
                entries.remove(at);
            }
        }
        _ => {}
    }
}

/// An instrument that was read can be used: pages, scores and a look at every item.
fn use_it(instrument: &Instrument) {
    let answers = equipoise::answers::Answers::new(instrument);
    for form in instrument.form_positions() {
        let (pages, _) = pages(instrument, instrument.form(form), &[]);
        assert_eq!(pages.concat(), instrument.form(form).items);
        equipoise::scoring::score(instrument, form, &answers, None);
    }
}

/// Reads a text that may be anything: it is an instrument that can be used, or there are problems to tell.
fn read_or_tell(text: &str) {
    match Instrument::read(text) {
        Ok(instrument) => use_it(&instrument),
        Err(problems) => {
            assert!(!problems.is_empty());
            for message in described(&problems, "nl") {
                assert!(message.starts_with('$') && !message.contains("ui."), "{message}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_damaged_instrument_never_panics(
        damage in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..9), 1..4),
    ) {
        let mut instrument = built_in();
        for (index, kind) in damage {
            let mut places = Vec::new();
            pointers(&instrument, "", &mut places);
            let values = [
                json!(null), json!(true), json!(-1), json!(1e300), json!(""), json!("trust-control.a1"), json!([]),
                json!({}),
            ];
            mutate(&mut instrument, &places[index.index(places.len())], values.get(kind).cloned());
        }
        read_or_tell(&instrument.to_string());
    }

    #[test]
    fn an_instrument_that_breaks_off_is_refused(index in any::<prop::sample::Index>()) {
        let end = index.index(BUILT_IN.trim_end().len());
        prop_assume!(BUILT_IN.is_char_boundary(end));
        let problems = Instrument::read(&BUILT_IN[..end]).expect_err("the end is missing");
        prop_assert_eq!(problems.len(), 1);
        prop_assert_eq!(problems[0].path.as_str(), "$");
    }

    #[test]
    fn bytes_that_were_changed_never_panic(index in any::<prop::sample::Index>(), other in "\\PC") {
        let at = index.index(BUILT_IN.len());
        prop_assume!(BUILT_IN.is_char_boundary(at) && BUILT_IN.is_char_boundary(at + 1));
        read_or_tell(&[&BUILT_IN[..at], &other, &BUILT_IN[at + 1..]].concat());
    }
}
