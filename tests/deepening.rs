//! The deepening modules: what is asked, what the answers show, and the insights with the facts they rest on.

use equipoise::answers::Degree;
use equipoise::deepening::{self, Ask, Deepening, Given, Module, Outcome, QuestionIx, Value};
use equipoise::i18n::Texts;
use equipoise::instrument::Instrument;
use equipoise::json::Problem;
use proptest::prelude::*;
use serde_json::json;

const SOURCE: &str = include_str!("../content/deepening.json");

fn modules() -> Deepening {
    Deepening::built_in()
}

#[track_caller]
fn module<'a>(deepening: &'a Deepening, id: &str) -> &'a Module {
    deepening.modules().iter().find(|module| module.id == id).unwrap_or_else(|| panic!("{id} is a module"))
}

#[track_caller]
fn question(deepening: &Deepening, id: &str) -> QuestionIx {
    deepening.find(id).unwrap_or_else(|| panic!("{id} is a question"))
}

fn step(number: u8) -> Value {
    Value::Step(Degree::new(number).expect("1 to 5"))
}

/// Answers by question: an option's place, a step, a set or a number.
#[track_caller]
fn given(deepening: &Deepening, answers: &[(&str, Value)]) -> Given {
    let mut given = Given::default();
    for (id, value) in answers {
        assert!(given.set(deepening, question(deepening, id), Some(*value), 1), "{id} takes {value:?}");
    }
    given
}

fn insights(answers: &[(&str, Value)], current: &[&str], language: &str) -> Vec<String> {
    let (deepening, instrument) = (modules(), Instrument::built_in());
    let current: Vec<_> = current.iter().filter_map(|id| instrument.find_phase(id)).collect();
    let texts = Texts::built_in(language);
    deepening::insights(&deepening, &given(&deepening, answers), &instrument, &current, &texts)
}

#[test]
fn the_modules_ask_what_the_specification_lists() {
    let deepening = modules();
    let ids: Vec<&str> = deepening.modules().iter().map(|module| module.id.as_str()).collect();
    assert_eq!(ids, ["profile", "governance", "network", "challenges", "rochdale"]);
    let counts: Vec<usize> = deepening.modules().iter().map(|module| module.questions.len()).collect();
    assert_eq!(counts, [4, 12, 8, 4, 7]);
}

#[test]
fn questions_about_the_secretariat_are_asked_where_there_is_one() {
    let deepening = modules();
    let governance = module(&deepening, "governance");
    for (models, asked) in
        [(None, 7), (Some(0b001), 7), (Some(0b011), 7), (Some(0b100), 12), (Some(0b101), 12)]
    {
        let answers: Vec<(&str, Value)> =
            models.map(|set| ("profile.models", Value::Several(set))).into_iter().collect();
        assert_eq!(deepening.asked(governance, &given(&deepening, &answers)).len(), asked, "{models:?}");
    }
    // Whoever says how clear the role of a secretariat is has one, also where the profile was skipped.
    for clear in 0..3 {
        let answers = [("governance.secretariat", Value::One(clear))];
        assert_eq!(deepening.asked(governance, &given(&deepening, &answers)).len(), 12, "{clear}");
    }
    let other = [("governance.members", Value::One(0))];
    assert_eq!(deepening.asked(governance, &given(&deepening, &other)).len(), 7);
}

#[test]
fn what_does_not_fit_a_question_is_not_put_in() {
    let deepening = modules();
    let mut given = Given::default();
    for (id, value) in [
        ("profile.form", Value::One(6)),
        ("profile.form", Value::Number(2)),
        ("profile.models", Value::Several(0)),
        ("profile.models", Value::Several(0b1000)),
        ("profile.partners", Value::Number(1)),
        ("profile.partners", Value::Number(10_001)),
        ("profile.drive", Value::One(1)),
        ("challenges.goals", Value::Number(3)),
    ] {
        assert!(!given.set(&deepening, question(&deepening, id), Some(value), 1), "{id} {value:?}");
    }
    assert!(given.is_empty());
}

#[test]
fn clarity_counts_half_for_partly_and_lists_what_is_open() {
    let deepening = modules();
    let show = |answers: &[(&str, Value)]| {
        deepening::outcome(&deepening, &given(&deepening, answers), module(&deepening, "governance"))
    };
    assert_eq!(show(&[]), Outcome::Clarity { score: None, answered: 0, open: Vec::new() });
    let answers = [
        ("governance.decisions", Value::One(0)),
        ("governance.mission", Value::One(1)),
        ("governance.goals", Value::One(2)),
        ("governance.members", Value::One(0)),
    ];
    let open = ["governance.mission", "governance.goals"].map(|id| question(&deepening, id)).into();
    assert_eq!(show(&answers), Outcome::Clarity { score: Some(62.5), answered: 4, open });
    let hidden = [("governance.decisions", Value::One(0)), ("governance.speaking", Value::One(2))];
    assert_eq!(
        show(&hidden),
        Outcome::Clarity { score: Some(100.0), answered: 1, open: Vec::new() },
        "what isn't asked doesn't count"
    );
}

#[test]
fn the_place_between_network_and_alliance_leaves_size_out() {
    let deepening = modules();
    let show = |answers: &[(&str, Value)]| {
        deepening::outcome(&deepening, &given(&deepening, answers), module(&deepening, "network"))
    };
    assert_eq!(show(&[]), Outcome::Continuum { place: None, answered: 0, size: None });
    let answers =
        [("network.mission", step(5)), ("network.entry", step(2)), ("network.size", Value::Number(40))];
    assert_eq!(show(&answers), Outcome::Continuum { place: Some(62.5), answered: 2, size: Some(40) });
}

#[test]
fn what_is_felt_most_comes_first() {
    let deepening = modules();
    let answers = [
        ("challenges.relations", step(2)),
        ("challenges.decisions", step(5)),
        ("challenges.membership", step(2)),
    ];
    let Outcome::Felt(felt) =
        deepening::outcome(&deepening, &given(&deepening, &answers), module(&deepening, "challenges"))
    else {
        panic!("by what is felt")
    };
    let order: Vec<&str> =
        felt.iter().map(|(question, _)| deepening.question(*question).id.as_str()).collect();
    assert_eq!(order, ["challenges.decisions", "challenges.relations", "challenges.membership"]);
}

#[test]
fn principles_are_a_mirror_and_no_score() {
    let deepening = modules();
    let answers = [
        ("rochdale.open", Value::One(0)),
        ("rochdale.neutral", Value::One(3)),
        ("rochdale.education", Value::One(0)),
    ];
    let given = given(&deepening, &answers);
    let find = |ids: &[&str]| ids.iter().map(|id| question(&deepening, id)).collect::<Vec<_>>();
    assert_eq!(
        deepening::outcome(&deepening, &given, module(&deepening, "rochdale")),
        Outcome::Mirror(vec![
            find(&["rochdale.open", "rochdale.education"]),
            find(&[]),
            find(&[]),
            find(&["rochdale.neutral"])
        ])
    );
}

/// A pack with these texts alone, so that what is joined doesn't depend on how our own are written.
fn pack(deepening: &serde_json::Value) -> Texts {
    let pack = json!({
        "language": "en",
        "deepening": deepening,
        "instrument": { "scale": { "4": "Strongly" } },
    });
    Texts::read(&pack.to_string()).expect("a pack")
}

#[test]
fn what_is_listed_loses_its_full_stop_and_what_stands_alone_keeps_it() {
    let deepening = modules();
    let texts = pack(&json!({
        "questions": {
            "challenges": { "goals": "Goals are hard to fit." },
            "governance": { "goals": "How we adjust e.g. goals", "mission": "How we change." },
            "rochdale": { "open": "Anyone can join.", "education": "We help people learn", "neutral": "No side." },
        },
        "outcome": {
            "applies": "Holds: {list}.",
            "clarity": "{score} over {n}",
            "clarity-open": "Open: {list}.",
            "felt": "{question} Your answer: {degree}.",
            "irrelevant": "Not relevant: {list}.",
        },
    }));
    let lines = |id: &str, answers: &[(&str, Value)]| {
        deepening::lines(&deepening, &given(&deepening, answers), module(&deepening, id), &texts)
    };
    let principles = [
        ("rochdale.open", Value::One(0)),
        ("rochdale.neutral", Value::One(3)),
        ("rochdale.education", Value::One(0)),
    ];
    assert_eq!(
        lines("rochdale", &principles),
        ["Holds: anyone can join; we help people learn.", "Not relevant: no side."]
    );
    let governance = [("governance.mission", Value::One(1)), ("governance.goals", Value::One(2))];
    assert_eq!(
        lines("governance", &governance),
        ["25 over 2", "Open: how we change; how we adjust e.g. goals."]
    );
    assert_eq!(
        lines("challenges", &[("challenges.goals", step(4))]),
        ["Goals are hard to fit. Your answer: Strongly."]
    );
}

#[test]
fn no_list_of_ours_has_a_full_stop_within_it() {
    let deepening = modules();
    let options = |place: u8| {
        let one = |id: &QuestionIx| Some((deepening.question(*id).id.clone(), Value::One(place)));
        ["governance", "rochdale"].map(|id| module(&deepening, id).questions.iter().filter_map(one).collect())
    };
    for (language, place) in [("en", 1), ("nl", 1), ("en", 2), ("nl", 2)] {
        for answers in options(place) {
            let answers: Vec<(String, Value)> = answers;
            let answers: Vec<(&str, Value)> =
                answers.iter().map(|(id, value)| (id.as_str(), *value)).collect();
            let said = insights(&answers, &[], language);
            assert!(said.len() == 1 && !said[0].contains(".;") && !said[0].contains(".."), "{said:?}");
        }
    }
}

#[test]
fn what_stands_in_a_list_is_no_sentence_of_its_own() {
    let deepening = modules();
    for language in ["nl", "en"] {
        let texts = Texts::built_in(language);
        for question in ["governance", "rochdale"].iter().flat_map(|id| &module(&deepening, id).questions) {
            let key = format!("deepening.questions.{}", deepening.question(*question).id);
            let words = texts.get(&key);
            assert!(!words.ends_with('.') && !words.contains(';'), "{language}: {words}");
        }
    }
}

#[test]
fn what_is_felt_and_what_is_clear_is_told_in_words() {
    let deepening = modules();
    let lines = |id: &str, answers: &[(&str, Value)], language: &str| {
        let given = given(&deepening, answers);
        deepening::lines(&deepening, &given, module(&deepening, id), &Texts::built_in(language))
    };
    let felt = [("challenges.goals", step(4))];
    assert_eq!(
        lines("challenges", &felt, "nl"),
        ["De doelen van partners passen moeilijk bij elkaar. Je antwoord: ‘Sterk’."]
    );
    assert_eq!(
        lines("challenges", &felt, "en"),
        ["The goals of partners are hard to fit together. Your answer: “Strongly”."]
    );
    let clear = [("governance.goals", Value::One(0))];
    assert_eq!(
        lines("governance", &clear, "nl"),
        [
            "Helder: 100 van de 100. Beantwoorde vragen: 1. ‘Deels’ telt voor de helft.",
            "Alles wat je beantwoordde, is helder.",
        ]
    );
    assert_eq!(
        lines("governance", &clear, "en"),
        [
            "Clear: 100 out of 100. Questions answered: 1. “Partly” counts for half.",
            "Everything you answered is clear.",
        ]
    );
}

#[test]
fn every_insight_names_its_fact() {
    let partners = |n| [("profile.partners", Value::Number(n))];
    assert_eq!(
        insights(&partners(6), &[], "en"),
        ["You named 6 partners. That makes 15 relationships between them, and each needs looking after."]
    );
    assert_eq!(
        insights(&partners(10_000), &[], "nl"),
        [
            "Je noemde 10000 partners. Dat zijn 49995000 onderlinge relaties, en elke relatie vraagt onderhoud."
        ]
    );
    assert_eq!(
        insights(&partners(2), &[], "en"),
        [""; 0],
        "two partners have one relation: that is no insight"
    );

    let several = [("profile.form", Value::One(4)), ("profile.models", Value::Several(0b010))];
    let said = insights(&several, &[], "en");
    assert!(
        said.len() == 1 && said[0].contains("One partner or group leads") && said[0].contains("at least two"),
        "{said:?}"
    );
    let two = [("profile.form", Value::One(4)), ("profile.models", Value::Several(0b110))];
    assert_eq!(insights(&two, &[], "en"), [""; 0]);
    let other = [("profile.form", Value::One(1)), ("profile.models", Value::Several(0b010))];
    assert_eq!(insights(&other, &[], "en"), [""; 0], "it is told to alliances of several partners");

    let business = [("profile.drive", step(4))];
    let said = insights(&business, &["founding", "evolving"], "en");
    assert!(
        said.len() == 1 && said[0].contains("business interest") && said[0].contains("evolving"),
        "{said:?}"
    );
    assert_eq!(insights(&business, &["founding"], "en"), [""; 0]);
    assert_eq!(insights(&[("profile.drive", step(3))], &["evolving"], "en"), [""; 0]);

    let open = [("governance.goals", Value::One(2))];
    assert_eq!(
        insights(&open, &[], "en"),
        [
            "You named 1 thing in your governance that isn’t clear yet: how we adjust our goals. Take it along into the \
          conversation about deciding together."
        ]
    );
    for (id, en, nl) in [
        ("challenges.relations", "building relationships is hard", "relaties opbouwen lastig"),
        ("challenges.goals", "goals of partners are hard to fit together", "doelen van partners moeilijk"),
        ("challenges.decisions", "decisions take a lot of effort", "besluiten veel moeite kosten"),
        ("challenges.membership", "partners who join or leave", "partners bij komen of weggaan"),
    ] {
        for (language, words) in [("en", en), ("nl", nl)] {
            let said = insights(&[(id, step(4))], &[], language);
            assert!(said.len() == 1 && said[0].contains(words), "{id}: {said:?}");
            assert_eq!(insights(&[(id, step(3))], &[], language), [""; 0], "{id}");
        }
    }
    for (language, one, two) in [
        ("en", "you named 1 that holds partly or not: ", "you named 2 that hold partly or not: "),
        ("nl", "noemde 1 principe van Rochdale dat", "noemde 2 principes van Rochdale die"),
    ] {
        let mut principles = vec![("rochdale.neutral", Value::One(2)), ("rochdale.open", Value::One(0))];
        let said = insights(&principles, &[], language);
        assert!(said.len() == 1 && said[0].contains(one), "{said:?}");
        principles.push(("rochdale.democratic", Value::One(1)));
        let said = insights(&principles, &[], language);
        assert!(said.len() == 1 && said[0].contains(two), "{said:?}");
    }
    let holds = [("rochdale.open", Value::One(0)), ("rochdale.neutral", Value::One(3))];
    assert_eq!(insights(&holds, &[], "en"), [""; 0], "what isn't relevant is no gap");
    for (id, place) in [("network.mission", 1), ("profile.form", 2)] {
        let value = if place == 1 { step(1) } else { Value::One(2) };
        for language in ["nl", "en"] {
            assert_eq!(insights(&[(id, value)], &[], language).len(), 1, "{id}");
        }
    }
}

fn described(source: &str, language: &str) -> Vec<String> {
    let problems: Vec<Problem> = Deepening::read(source).expect_err("it is wrong");
    problems.iter().map(|problem| problem.describe(&Texts::built_in(language))).collect()
}

#[test]
fn what_is_wrong_with_the_modules_is_said_in_both_languages() {
    let good: serde_json::Value = serde_json::from_str(SOURCE).expect("JSON");
    for (pointer, value, en, nl) in [
        (
            "/format_version",
            json!(2),
            "$.format_version: found 2; expected a version this program knows (at most 1)",
            "$.format_version: hier staat 2; verwacht werd een versie die dit programma kent (hooguit 1)",
        ),
        (
            "/modules/0/rule",
            json!("x"),
            "$.modules[0].rule: found \"x\"; expected one of: profile, clarity, continuum, felt, mirror",
            "$.modules[0].rule: hier staat \"x\"; verwacht werd een van: profile, clarity, continuum, felt, mirror",
        ),
        (
            "/modules/1/questions/7/when/0/1",
            json!("boss"),
            "$.modules[1].questions[7].when[0][1]: found \"boss\"; expected one of: co-operative, lead-partner, secretariat",
            "$.modules[1].questions[7].when[0][1]: hier staat \"boss\"; verwacht werd een van: co-operative, lead-partner, secretariat",
        ),
        (
            "/modules/3/questions/0/id",
            json!("profile.form"),
            "$.modules[3].questions[0].id: found \"profile.form\"; expected an id that has not been used yet",
            "$.modules[3].questions[0].id: hier staat \"profile.form\"; verwacht werd een id dat nog niet is gebruikt",
        ),
        (
            "/thresholds/business_from",
            json!(9),
            "$.thresholds.business_from: found 9; expected a whole number from 1 to 5",
            "$.thresholds.business_from: hier staat 9; verwacht werd een heel getal van 1 tot en met 5",
        ),
    ] {
        let mut source = good.clone();
        *source.pointer_mut(pointer).expect("a field") = value;
        assert_eq!(described(&source.to_string(), "en"), [en]);
        assert_eq!(described(&source.to_string(), "nl"), [nl]);
    }
}

#[test]
fn every_question_and_option_has_its_words_in_both_languages() {
    let deepening = modules();
    for language in ["nl", "en"] {
        let texts = Texts::built_in(language);
        let has = |key: String| assert!(texts.find(&key).is_some(), "{language} has {key}");
        for module in deepening.modules() {
            has(format!("deepening.modules.{}.title", module.id));
            has(format!("deepening.modules.{}.lead", module.id));
        }
        for question in deepening.positions().map(|question| deepening.question(question)) {
            has(format!("deepening.questions.{}", question.id));
            match &question.ask {
                Ask::One(options) | Ask::Several(options) => {
                    for option in options {
                        has(format!("deepening.options.{}.{option}", question.words));
                    }
                }
                Ask::Steps => {
                    for end in ["low", "high"] {
                        has(format!("deepening.ends.{}.{end}", question.id));
                    }
                }
                Ask::Number { .. } | Ask::Degree => {}
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn answers_of_three_tabs_come_together_the_same_way(
        acts in proptest::collection::vec((0_usize..3, 0_usize..35, proptest::option::of(0_u8..6), 1_u64..5), 0..60),
    ) {
        let deepening = modules();
        let mut tabs = vec![Given::default(); 3];
        for (tab, index, number, at) in acts {
            let question = deepening.positions().nth(index % deepening.positions().count()).expect("there is one");
            let value = number.map(|number| match deepening.question(question).ask {
                Ask::One(_) => Value::One(number),
                Ask::Several(_) => Value::Several(u16::from(number)),
                Ask::Number { .. } => Value::Number(u32::from(number)),
                Ask::Steps | Ask::Degree => Degree::new(number).map_or(Value::Number(0), Value::Step),
            });
            let before = tabs[tab].clone();
            let fits = value.is_none_or(|value| Given::fits(&deepening, question, value));
            prop_assert_eq!(tabs[tab].set(&deepening, question, value, at), fits);
            prop_assert!(fits || tabs[tab] == before, "what doesn't fit changes nothing");
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
        for module in deepening.modules() {
            match deepening::outcome(&deepening, &one, module) {
                Outcome::Clarity { score: Some(score), .. } | Outcome::Continuum { place: Some(score), .. } => {
                    prop_assert!((0.0..=100.0).contains(&score));
                }
                _ => {}
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}", at in 0_usize..6900, put in "[\\[\\]{}\",:0-9a-z]{0,3}") {
        prop_assert!(Deepening::read(&text).is_err());
        let mut broken = SOURCE.to_owned();
        broken.insert_str(at.min(broken.len()), &put);
        let _ = Deepening::read(&broken);
    }
}
