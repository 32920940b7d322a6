//! The result in three sentences, in both languages, for several sets of answers.

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::i18n::Texts;
use equipoise::instrument::{Instrument, PhaseIx, Pole};
use equipoise::scoring::{self, Both, Class, Lean, Quadrant, Report};
use equipoise::summary;

/// Answers by the beginning of an id: the first that fits decides, 0 leaves open.
type Given = &'static [(&'static str, u8)];

fn report(instrument: &Instrument, form: &str, given: Given) -> Report {
    let form = instrument.find_form(form).unwrap_or_else(|| panic!("{form} is a form"));
    let mut answers = Answers::new(instrument);
    for item in &instrument.form(form).items {
        let id = instrument.item(*item).id.as_str();
        let number = given.iter().find(|(start, _)| id.starts_with(start)).map_or(0, |(_, number)| *number);
        if let Some(degree) = Degree::new(number) {
            // The choice takes no degree and stays open.
            answers.set(instrument, *item, Some(Answer::Degree(degree)), 0);
        }
    }
    scoring::score(instrument, form, &answers, None)
}

#[track_caller]
fn says(form: &str, given: Given, english: [&str; 3], dutch: [&str; 3]) {
    let instrument = Instrument::built_in();
    let report = report(&instrument, form, given);
    for (language, expected) in [("en", english), ("nl", dutch)] {
        assert_eq!(summary::sentences(&instrument, &Texts::built_in(language), &report), expected);
    }
}

#[test]
fn without_answers_it_claims_nothing() {
    says(
        "full",
        &[],
        [
            "These answers don’t show yet which phase your alliance is in.",
            "It can’t be said yet where both sides get plenty of attention.",
            "Answer more questions to see what the conversation could be about.",
        ],
        [
            "Uit deze antwoorden blijkt nog niet in welke fase jullie alliantie is.",
            "Waar beide kanten volop aandacht krijgen, is nog niet te zeggen.",
            "Beantwoord meer vragen om te zien waarover het gesprek kan gaan.",
        ],
    );
}

#[test]
fn one_phase_two_held_well_and_three_to_talk_about() {
    says(
        "full",
        &[
            ("phase.evolving", 5),
            ("phase", 2),
            // Urgent, a blind spot, neglected; what leans comes after these three.
            ("trust-control.tension", 5),
            ("trust-control", 2),
            ("short-long.tension", 1),
            ("short-long.a", 5),
            ("short-long.b", 3),
            ("inward-outward.tension", 1),
            ("inward-outward", 2),
            ("feeling-analysis.tension", 1),
            ("feeling-analysis.a", 4),
            ("feeling-analysis.b", 3),
            ("unity-diversity.tension", 1),
            ("unity-diversity", 5),
            ("dreaming-doing.tension", 5),
            ("dreaming-doing", 4),
        ],
        [
            "Your alliance is now mainly in the evolving phase.",
            "Both sides get plenty of attention in Unity\u{a0}– Diversity and Dreaming\u{a0}– Doing.",
            "Talk with each other about Trust\u{a0}– Control, Short term\u{a0}– Long term and Inward\u{a0}– Outward.",
        ],
        [
            "Jullie alliantie zit nu vooral in de fase ‘evolueren’.",
            "Beide kanten krijgen volop aandacht bij Eenheid\u{a0}– Verscheidenheid en Dromen\u{a0}– Doen.",
            "Praat met elkaar over Vertrouwen\u{a0}– Controle, Korte termijn\u{a0}– Lange termijn en Naar binnen\u{a0}– Naar buiten.",
        ],
    );
}

#[test]
fn a_transition_nothing_held_well_and_a_single_one_to_talk_about() {
    says(
        "quick",
        &[
            ("phase.forming", 4),
            ("phase.transforming", 4),
            ("phase", 1),
            ("sharing-deciding.a", 5),
            ("sharing-deciding.b", 1),
        ],
        [
            "Your alliance is now in a transition between forming and transforming.",
            "In none of the paradoxes shown do both sides get plenty of attention now.",
            "Talk with each other about Shared decision-making\u{a0}– Decisiveness.",
        ],
        [
            "Jullie alliantie zit nu in een overgang tussen formeren en transformeren.",
            "Bij geen van de paradoxen in beeld krijgen beide kanten nu volop aandacht.",
            "Praat met elkaar over Samen beslissen\u{a0}– Slagvaardig besluiten.",
        ],
    );
}

#[test]
fn when_all_goes_well_it_asks_what_helps() {
    says(
        "taster",
        &[("phase", 3), ("trust-control", 5), ("autonomy-strategy.tension", 2), ("", 4)],
        [
            "Your alliance is now in a transition between forming, founding, evolving and transforming.",
            "Both sides get plenty of attention in Trust\u{a0}– Control and Feeling\u{a0}– Analysis.",
            "Nothing needs extra attention now; share what helps you with Feeling\u{a0}– Analysis, \
             Societal meaning\u{a0}– Business-economic meaning and Trust\u{a0}– Control.",
        ],
        [
            "Jullie alliantie zit nu in een overgang tussen formeren, funderen, evolueren en transformeren.",
            "Beide kanten krijgen volop aandacht bij Vertrouwen\u{a0}– Controle en Gevoel\u{a0}– Analyse.",
            "Niets vraagt nu om extra aandacht; wissel uit wat jullie helpt bij Gevoel\u{a0}– Analyse, \
             Maatschappelijke betekenis\u{a0}– Bedrijfseconomische betekenis en Vertrouwen\u{a0}– Controle.",
        ],
    );
}

#[test]
fn a_list_in_words_has_commas_and_one_and() {
    let words = |count: usize| {
        ["a", "b", "c", "d"].iter().take(count).map(|word| (*word).to_owned()).collect::<Vec<_>>()
    };
    for (language, expected) in [
        ("en", ["", "a", "a and b", "a, b and c", "a, b, c and d"]),
        ("nl", ["", "a", "a en b", "a, b en c", "a, b, c en d"]),
    ] {
        let texts = Texts::built_in(language);
        for (count, expected) in expected.into_iter().enumerate() {
            assert_eq!(summary::list(&texts, &words(count)), expected);
        }
    }
}

#[test]
fn the_advice_fits_the_scores() {
    // Pole A, pole B, tension (0 is open), and which advice is given.
    let table = [
        (1, 1, 5, Some("neglected")),
        (1, 1, 1, Some("neglected")),
        (1, 3, 5, Some("neglected")),
        (1, 3, 1, Some("b")),
        (3, 1, 1, Some("a")),
        (3, 1, 0, Some("neglected")),
        (5, 3, 5, Some("a")),
        (3, 4, 0, Some("b")),
        (4, 5, 1, Some("b")),
        (4, 4, 5, Some("tense")),
        (4, 4, 1, None),
        (4, 4, 0, None),
    ];
    let instrument = Instrument::built_in();
    let form = instrument.find_form("full").expect("a form");
    for (a, b, tension, advice) in table {
        let mut answers = Answers::new(&instrument);
        for (name, number) in [("a1", a), ("a2", a), ("b1", b), ("b2", b), ("tension", tension)] {
            let item = instrument.find_item(&format!("trust-control.{name}")).expect("an item");
            answers.set(&instrument, item, Degree::new(number).map(Answer::Degree), 0);
        }
        let report = scoring::score(&instrument, form, &answers, None);
        let both = report.paradoxes[3].both.as_ref().expect("both poles are scored");
        assert_eq!(summary::advice(both), advice, "{a} {b} {tension}");
    }
}

/// Scores with these three, which are all that the advice looks at.
fn both(quadrant: Quadrant, class: Class, lean: Lean) -> Both {
    Both { tilt: 0.0, balance: 100.0, level: 50.0, both_and: 50.0, lean, quadrant, class }
}

#[test]
fn the_advice_follows_from_quadrant_class_and_lean() {
    use Lean::{Balanced, Clear, Possible, Unsaid};
    use Pole::{A, B};
    let (a, b, neglected, tense) = (Some("a"), Some("b"), Some("neglected"), Some("tense"));
    // What the scoring can come to, for each quadrant.
    let table = [
        // Neither pole gets much: that comes before any lean …
        (Quadrant::Neglected, Class::Urgent, Balanced, neglected),
        (Quadrant::Neglected, Class::Urgent, Unsaid, neglected),
        (Quadrant::Neglected, Class::Urgent, Possible(A), neglected),
        (Quadrant::Neglected, Class::Urgent, Clear(B), neglected),
        (Quadrant::Neglected, Class::Neglected, Balanced, neglected),
        (Quadrant::Neglected, Class::Neglected, Unsaid, neglected),
        (Quadrant::Neglected, Class::Neglected, Possible(B), neglected),
        (Quadrant::Neglected, Class::Neglected, Clear(A), neglected),
        // … unless nobody feels it.
        (Quadrant::Neglected, Class::BlindSpot, Clear(A), a),
        (Quadrant::Neglected, Class::BlindSpot, Clear(B), b),
        // One pole leads, whether or not that may be called a lean.
        (Quadrant::ALeads, Class::Urgent, Clear(A), a),
        (Quadrant::ALeads, Class::Urgent, Possible(A), a),
        (Quadrant::ALeads, Class::BlindSpot, Clear(A), a),
        (Quadrant::ALeads, Class::Leaning, Clear(A), a),
        (Quadrant::ALeads, Class::Leaning, Balanced, a),
        (Quadrant::ALeads, Class::Leaning, Unsaid, a),
        (Quadrant::ALeads, Class::Urgent, Balanced, a),
        (Quadrant::BLeads, Class::Urgent, Clear(B), b),
        (Quadrant::BLeads, Class::Urgent, Possible(B), b),
        (Quadrant::BLeads, Class::BlindSpot, Clear(B), b),
        (Quadrant::BLeads, Class::Leaning, Clear(B), b),
        (Quadrant::BLeads, Class::Leaning, Balanced, b),
        (Quadrant::BLeads, Class::Leaning, Unsaid, b),
        (Quadrant::BLeads, Class::Urgent, Unsaid, b),
        // Both are cared for, and one still more than the other.
        (Quadrant::Both, Class::Leaning, Possible(A), a),
        (Quadrant::Both, Class::Leaning, Possible(B), b),
        (Quadrant::Both, Class::BlindSpot, Clear(A), a),
        (Quadrant::Both, Class::BlindSpot, Clear(B), b),
        // Both are cared for alike.
        (Quadrant::Both, Class::Productive, Balanced, tense),
        (Quadrant::Both, Class::Productive, Unsaid, tense),
        (Quadrant::Both, Class::Calm, Balanced, None),
        (Quadrant::Both, Class::Calm, Unsaid, None),
        // The scoring never comes to this; it is answered all the same.
        (Quadrant::Neglected, Class::BlindSpot, Balanced, neglected),
    ];
    for (quadrant, class, lean, advice) in table {
        assert_eq!(summary::advice(&both(quadrant, class, lean)), advice, "{quadrant:?} {class:?} {lean:?}");
    }
}

#[test]
fn every_advice_has_its_texts() {
    let instrument = Instrument::built_in();
    for language in ["en", "nl"] {
        let texts = Texts::built_in(language);
        for paradox in instrument.paradoxes() {
            for advice in ["a", "b", "neglected", "tense"] {
                for kind in ["talk", "step"] {
                    let key = format!("instrument.paradoxes.{}.{kind}.{advice}", paradox.id);
                    assert!(texts.find(&key).is_some(), "{language}: {key}");
                }
            }
        }
    }
}

#[test]
fn phases_stand_in_a_sentence_by_their_word() {
    let instrument = Instrument::built_in();
    let phases: Vec<PhaseIx> = instrument.phase_positions().collect();
    let words = |texts: &Texts, count| summary::phases_in_words(&instrument, texts, &phases[..count]);
    for (language, expected) in [
        ("en", ["", "forming", "forming and founding", "forming, founding and evolving"]),
        ("nl", ["", "formeren", "formeren en funderen", "formeren, funderen en evolueren"]),
    ] {
        let texts = Texts::built_in(language);
        for (count, expected) in expected.into_iter().enumerate() {
            assert_eq!(words(&texts, count), expected);
        }
    }
    let backwards = [phases[3], phases[0]];
    let nl = Texts::built_in("nl");
    assert_eq!(
        summary::phases_in_words(&instrument, &nl, &backwards),
        "transformeren en formeren",
        "in the order given"
    );
    assert_eq!(summary::phase_name(&instrument, &nl, phases[3]), "Transformeren");

    let bare = Texts::read(
        r#"{ "language": "en", "instrument": { "phases": { "forming": { "name": "Forming" } } } }"#,
    )
    .expect("a pack with a single name");
    assert_eq!(words(&bare, 1), "forming", "without a word, its id");
    assert_eq!(summary::phase_name(&instrument, &bare, phases[1]), "founding");
}
