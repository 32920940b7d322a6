//! An organisation's own questionnaire: what is taken, what is said of a broken one, what may be left out, and the
//! example that ships.

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::chart::ring::{self, PhaseSpec, RingSpec};
use equipoise::deepening::{Deepening, Given};
use equipoise::formats::link::{self, LinkError, Shared};
use equipoise::formats::markdown::{self, Sheet};
use equipoise::formats::result::{self, ResultFile};
use equipoise::i18n::Texts;
use equipoise::instrument::{FormIx, Instrument, Role, pages};
use equipoise::own::{Fault, Questionnaire, lint};
use equipoise::picture::{self, Background, Frame, Picture};
use equipoise::wishes::Wishes;
use equipoise::workbook::Workbook;
use equipoise::{json, scoring, summary};
use proptest::prelude::*;
use serde_json::{Value, json};

const MERGER: &str = include_str!("../examples/merger.json");

#[track_caller]
fn read(file: &Value) -> Questionnaire {
    Questionnaire::read(file.to_string().as_bytes()).unwrap_or_else(|fault| panic!("{fault:#?}"))
}

/// As little as a questionnaire can be: two paradoxes, one language.
fn small() -> Value {
    json!({
        "format": "equipoise-instrument",
        "format_version": 1,
        "id": "team",
        "version": "1",
        "paradoxes": [
            { "id": "one", "a": ["one.a"], "b": ["one.b"] },
            { "id": "two", "a": ["two.a"], "b": ["two.b"] },
        ],
        "texts": { "en": {
            "title": "Our team",
            "items": { "one.a": "We talk.", "one.b": "We work.", "two.a": "We plan.", "two.b": "We try." },
            "paradoxes": {
                "one": { "a": { "name": "Talk" }, "b": { "name": "Work" } },
                "two": { "a": { "name": "Plan" }, "b": { "name": "Try" } },
            },
        } },
    })
}

fn merger() -> Value {
    serde_json::from_str(MERGER).expect("JSON")
}

#[test]
fn the_example_reads_without_a_word() {
    let questionnaire = Questionnaire::read(MERGER.as_bytes()).expect("it reads");
    assert_eq!(lint(&questionnaire), []);
    let instrument = &questionnaire.instrument;
    assert_eq!((instrument.id(), instrument.paradoxes().len()), ("merger-paradoxes", 5));
    assert_eq!(instrument.phases().len(), 2);
    let forms: Vec<(&str, usize)> =
        instrument.forms().iter().map(|form| (form.id.as_str(), form.items.len())).collect();
    assert_eq!(forms, [("quick", 13), ("full", 30)]);
    let tags: Vec<&str> = questionnaire.languages.iter().map(|language| language.tag.as_str()).collect();
    assert_eq!(tags, ["nl", "en"]);
}

#[test]
fn whatever_a_screen_asks_for_is_there_in_every_language() {
    for file in [small(), merger()] {
        let questionnaire = read(&file);
        for language in &questionnaire.languages {
            let texts = questionnaire.texts(language, &Texts::built_in(language.interface));
            assert_eq!(texts.language(), language.tag);
            let instrument = &*questionnaire.instrument;
            let mut keys: Vec<String> = ["title", "lead", "honesty", "question", "instruction", "source"]
                .map(|key| format!("instrument.{key}"))
                .into();
            keys.extend(["1", "5", "dont-know"].map(|point| format!("instrument.scale.{point}")));
            keys.extend(instrument.items().iter().map(|item| format!("instrument.items.{}", item.id)));
            for phase in instrument.phases() {
                keys.push(format!("instrument.choices.{}", phase.id));
                for name in ["name", "word", "question", "about", "next"] {
                    keys.push(format!("instrument.phases.{}.{name}", phase.id));
                }
            }
            for paradox in instrument.paradoxes() {
                for name in
                    ["a.name", "a.meaning", "a.risk", "b.practice", "both", "talk.tense", "step.neglected"]
                {
                    keys.push(format!("instrument.paradoxes.{}.{name}", paradox.id));
                }
                keys.push(format!("instrument.provenance.{}", paradox.provenance.word()));
            }
            for form in instrument.forms() {
                keys.extend(["name", "about"].map(|name| format!("ui.start.form.{}.{name}", form.id)));
            }
            let missing: Vec<&String> = keys.iter().filter(|key| texts.find(key).is_none()).collect();
            assert!(missing.is_empty(), "{}: {missing:#?}", language.tag);
        }
    }
}

/// What the interface says of the built-in instrument, and may say of no other.
#[test]
fn no_text_speaks_of_another_subject() {
    let words: [(&str, &[&str]); 2] = [
        ("nl", &["alliantie", "partners", "twaalf", "vier fasen", "boonstra", "boek", "twee derde"]),
        ("en", &["alliance", "partners", "twelve", "four phases", "boonstra", "the book", "two thirds"]),
    ];
    for (tag, words) in words {
        let mut file = small();
        let texts = file["texts"]["en"].take();
        file["texts"] = json!({ tag: texts });
        let questionnaire = read(&file);
        let texts = questionnaire.texts(&questionnaire.languages[0], &Texts::built_in(tag));
        for (key, text) in texts.entries() {
            let said = words.iter().find(|word| text.to_lowercase().contains(**word));
            assert_eq!(said, None, "{tag}: {key}: {text}");
            assert!(!key.starts_with("deepening.") && !key.starts_with("own.default"), "{key}");
        }
    }
}

#[test]
fn a_small_file_gets_its_defaults_from_what_it_says() {
    let questionnaire = read(&small());
    let instrument = &*questionnaire.instrument;
    let ids = |form: usize| -> Vec<&str> {
        instrument.forms()[form].items.iter().map(|item| instrument.item(*item).id.as_str()).collect()
    };
    assert_eq!(instrument.forms().len(), 1);
    assert_eq!(ids(0), ["one.a", "two.b", "one.b", "two.a"]);
    assert_eq!((instrument.page_size(), instrument.forms()[0].minutes), (4, (1, 1)));
    let thresholds = instrument.thresholds();
    assert_eq!((thresholds.overall_minimum, thresholds.straight_line_items), (2, 6));
    assert_eq!((thresholds.lean_possible, thresholds.high, thresholds.complete_share), (20.0, 62.5, (2, 3)));
    assert!(!instrument.has_deepening());
    let texts = questionnaire.texts(&questionnaire.languages[0], &Texts::built_in("en"));
    assert_eq!(texts.get("ui.start.form.full.name"), "All questions");
    assert_eq!(
        texts.get("instrument.paradoxes.one.talk.a"),
        "What would “Work” bring us if it got more attention?"
    );
    assert_eq!((texts.get("instrument.paradoxes.one.a.meaning"), texts.get("instrument.source")), ("", ""));
    assert_eq!(texts.get("ui.result.title"), "Your result");
}

/// The defaults are those of the specification: of the built-in instrument's own paradoxes the same forms come.
#[test]
fn the_defaults_of_the_built_in_instrument_are_its_own() {
    let built_in: Value = serde_json::from_str(equipoise::instrument::BUILT_IN).expect("JSON");
    let mut file = built_in.clone();
    let fields = file.as_object_mut().expect("an object");
    for name in ["thresholds", "forms", "page_size"] {
        fields.remove(name);
    }
    let names: Vec<String> = Instrument::built_in().paradoxes().iter().map(|p| p.id.clone()).collect();
    let mut texts = json!({ "title": "x", "items": {}, "paradoxes": {}, "phases": {} });
    for item in Instrument::built_in().items() {
        texts["items"][&item.id] = json!("x");
    }
    for name in names {
        texts["paradoxes"][&name] = json!({ "a": { "name": "x" }, "b": { "name": "y" } });
    }
    for phase in Instrument::built_in().phases() {
        texts["phases"][&phase.id] = json!({ "name": "x" });
    }
    file["texts"] = json!({ "en": texts });
    let (own, built_in) = (read(&file).instrument, Instrument::built_in());
    assert_eq!(own.thresholds(), built_in.thresholds());
    assert_eq!(own.page_size(), built_in.page_size());
    assert!(own.has_deepening(), "it says so itself");
    for id in ["quick", "full"] {
        let form = |instrument: &Instrument| {
            let form = instrument.form(instrument.find_form(id).expect("a form")).clone();
            let mut items: Vec<String> =
                form.items.iter().map(|item| instrument.item(*item).id.clone()).collect();
            items.sort();
            (items, form.phase_minimum, form.overall)
        };
        assert_eq!(form(&own), form(&built_in), "{id}");
    }
    assert_eq!(own.form(own.find_form("full").expect("a form")).minutes, (12, 15));
}

#[test]
fn paradoxes_of_a_phase_come_together() {
    let mut file = merger();
    let paradoxes = file["paradoxes"].as_array_mut().expect("a list");
    paradoxes.swap(0, 4);
    let instrument = read(&file).instrument;
    let phases: Vec<usize> = instrument
        .paradoxes()
        .iter()
        .filter_map(|paradox| paradox.phase)
        .map(equipoise::instrument::PhaseIx::index)
        .collect();
    assert_eq!(phases, [0, 0, 1, 1, 1]);
    for (position, paradox) in instrument.paradox_positions().zip(instrument.paradoxes()) {
        for item in paradox.a.iter().chain(&paradox.b) {
            assert!(matches!(instrument.item(*item).role, Role::Pole(of, _) if of == position));
        }
    }
}

#[track_caller]
fn told(file: &Value) -> Vec<[String; 2]> {
    told_in("en", file.to_string().as_bytes())
}

#[track_caller]
fn told_in(tag: &str, bytes: &[u8]) -> Vec<[String; 2]> {
    let texts = Texts::built_in(tag);
    let fault = Questionnaire::read(bytes).expect_err("it is broken");
    let told = fault.tell(&texts);
    assert!(told.iter().all(|told| !told.hint.starts_with("ui.") && !told.expected.starts_with("ui.")));
    told.into_iter().map(|told| [told.text, told.hint]).collect()
}

#[test]
fn every_problem_is_told_at_once_with_what_to_do() {
    let mut file = small();
    file["id"] = json!("Our Team");
    file["page_size"] = json!(0);
    file["colour"] = json!("red");
    file["paradoxes"][0]["a"] = json!([]);
    file["paradoxes"][0]["phase"] = json!("early");
    file["paradoxes"][1]["tensoin"] = json!("two.tension");
    file["paradoxes"][1]["provenance"] = json!("Own");
    file["thresholds"] = json!({ "high": 120 });
    file["choice"] = json!("phase.choice");
    file["texts"]["en"]["tittle"] = file["texts"]["en"]["title"].take();
    file["texts"]["xx yy"] = json!({});
    file["texts"]["en"]["paradoxes"]["one"]["a"]["name"] = json!("N".repeat(61));
    let told = told(&file);
    let texts: Vec<&str> = told.iter().map(|[text, _]| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "$.colour: found \"red\"; expected one of these names: $schema, format, format_version, id, version, \
             page_size, phases, choice, paradoxes, thresholds, forms, deepening, …",
            "$.paradoxes[1].tensoin: found \"two.tension\"; expected one of these names: tension, id, phase, \
             provenance, a, b",
            "$.id: found \"Our Team\"; expected an id of lower-case letters, digits, hyphens and dots (64 characters \
             at most)",
            "$.page_size: found 0; expected a whole number from 1 to 24",
            "$.paradoxes[0].phase: found \"early\"; expected nothing, because there are no phases",
            "$.paradoxes[0].a: found [0]; expected a list of 1 to 6 entries",
            "$.paradoxes[1].provenance: found \"Own\"; expected one of: book, theme, literature, own",
            "$.choice: found \"phase.choice\"; expected nothing, because a choice needs two phases",
            "$.thresholds.high: found 120; expected a number from 0 to 100",
            "$.texts.en.tittle: found \"Our team\"; expected one of these names: title, language, interface, lead, \
             question, instruction, honesty, source, result, name, scale, items, …",
            "$.texts.en.title: found null; expected a text",
            "$.texts.en.items[\"one.a\"]: found \"We talk.\"; expected one of these names: one.b, two.a, two.b, \
             phase.choice",
            "$.texts.en.items[\"phase.choice\"]: something is missing; expected a text",
            "$.texts.en.paradoxes.one.a.name: found \"NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN…\"; expected a text \
             of at most 60 characters",
            "$.texts[\"xx yy\"]: found {0}; expected a language tag, such as nl, en or fr-BE",
        ],
        "{texts:#?}"
    );
    let hints: Vec<&str> = told.iter().map(|[_, hint]| hint.as_str()).collect();
    assert_eq!(
        hints[0],
        "Take this out. Do you want to keep something for yourself? Then begin its name with x-."
    );
    assert_eq!(hints[1], "Do you mean “tension”? Then write it exactly like that.");
    assert_eq!(hints[6], "Do you mean “own”? Then write it exactly like that.");
    assert_eq!(hints[9], "Do you mean “title”? Then write it exactly like that.");
    assert_eq!(hints[12], "Every language needs this text. Add it, or take the whole language out.");
    let dutch = told_in("nl", file.to_string().as_bytes());
    assert_eq!(dutch[1][1], "Bedoel je ‘tension’? Schrijf het dan precies zo.");
    assert_eq!(
        dutch[7][0],
        "$.choice: hier staat \"phase.choice\"; verwacht werd niets, want voor een keuze zijn er \
                             twee fasen nodig"
    );
}

#[test]
fn a_name_that_stands_twice_is_told() {
    let text = small().to_string().replacen("\"version\":\"1\"", "\"version\":\"1\",\"version\":\"2\"", 1);
    assert_eq!(
        told_in("en", text.as_bytes()),
        [["$.version: found 2 ×; expected each name only once", "Take one of the two out."]]
    );
}

/// What follows from a problem isn't told as another: forms that were filled in, ids of a list that isn't one.
#[test]
fn a_problem_is_told_once() {
    let mut file = small();
    file["paradoxes"][1]["a"] = json!(["one.a"]);
    file["texts"]["en"]["items"].as_object_mut().expect("an object").remove("two.a");
    let told = self::told(&file);
    assert_eq!(
        told,
        [[
            "$.paradoxes[1].a[0]: found \"one.a\"; expected an id that has not been used yet",
            "Give one of the two another id."
        ]]
    );
    for (name, value) in
        [("paradoxes", json!({})), ("paradoxes", json!([])), ("phases", json!(1)), ("texts", json!([]))]
    {
        let mut file = small();
        file[name] = value;
        let told = self::told(&file);
        assert!(
            told.iter().all(|[text, _]| text.starts_with(&format!("$.{name}")) || text.contains("texts")),
            "{told:#?}"
        );
    }
}

#[test]
fn a_file_that_is_no_questionnaire_has_a_message_of_its_own() {
    let texts = Texts::built_in("en");
    let says = |bytes: &[u8], start: &str| {
        let fault = Questionnaire::read(bytes).expect_err("no questionnaire");
        let said = fault.describe(&texts);
        assert!(said.starts_with(start), "{said}");
        assert_eq!(fault.tell(&texts), []);
    };
    says(b"", "There is nothing in it.");
    says(b"<html>", "This is not valid JSON: it goes wrong at line 1, character 1.");
    says(
        b"{\"format\": \"equipoise-instrument\",\n \"id\": }",
        "This is not valid JSON: it goes wrong at line 2",
    );
    says(b"[]", "This is not a questionnaire.");
    says(b"{\"title\": 1}", "This is not a questionnaire.");
    says(b"{\"format\": \"equipoise-result\"}", "This is another kind of file: \"equipoise-result\".");
    says(b"{\"format\": \"equipoise-texts\"}", "These are only the texts of a questionnaire.");
    says(
        " ".repeat(1_000_001).as_bytes(),
        "This questionnaire is too large: 1001 kB, and 1000 kB is the most.",
    );
    says("[".repeat(200).as_bytes(), "This file has more than 127 levels");
    says(b"\xff\xfe{\0", "This file is saved as UTF-16.");
    says(b"{\"a\xe9\"", "This is not readable text: byte 4");
    says(b"{\"a\": 1e999}", "At line 1, character");
    assert!(Fault::Unfetched("404".to_owned()).describe(&texts).contains("the server answers 404"));
    assert!(Fault::Unfetched(String::new()).describe(&texts).contains("there is no answer"));
}

#[test]
fn a_language_is_found_by_its_tag_and_then_by_its_language() {
    let mut file = small();
    let texts = file["texts"]["en"].clone();
    file["texts"] = json!({ "de-CH": texts, "fr": texts, "de": texts });
    let questionnaire = read(&file);
    let of = |wanted: &[&str]| questionnaire.language_for(wanted.iter().copied());
    assert_eq!(
        [of(&["de"]), of(&["DE-ch"]), of(&["de-AT"]), of(&["nl", "fr-BE"]), of(&["nl"]), of(&[])],
        [2, 0, 0, 1, 0, 0]
    );
    let interfaces: Vec<&str> = questionnaire.languages.iter().map(|language| language.interface).collect();
    assert_eq!(interfaces, ["en", "en", "en"]);
    file["texts"]["fr"]["interface"] = json!("nl");
    assert_eq!(read(&file).languages[1].interface, "nl");
}

#[test]
fn a_link_of_one_questionnaire_is_refused_by_another() {
    let (merger, team) = (read(&merger()).instrument, read(&small()).instrument);
    let form = merger.form_positions().next().expect("a form");
    let answers = equipoise::answers::Answers::new(&merger);
    let shared = Shared { form, answers, day: None, label: None, workbook: None };
    let code = link::encode(&merger, &shared).expect("it fits");
    assert_eq!(link::decode(&merger, &code).expect("its own"), shared);
    assert_eq!(link::decode(&team, &code), Err(LinkError::OtherInstrument));
    assert_eq!(link::decode(&Instrument::built_in(), &code), Err(LinkError::OtherInstrument));
    let mut newer = self::merger();
    newer["version"] = json!("2");
    assert_eq!(link::decode(&read(&newer).instrument, &code), Err(LinkError::OtherVersion));
}

fn rules(file: &Value) -> Vec<(String, String)> {
    let warnings = lint(&read(file));
    warnings.into_iter().map(|warning| (warning.rule.word().to_owned(), warning.word)).collect()
}

#[track_caller]
fn warns(change: impl FnOnce(&mut Value), expected: &[(&str, &str)]) {
    let mut file = merger();
    change(&mut file);
    let found = rules(&file);
    let found: Vec<(&str, &str)> = found.iter().map(|(rule, word)| (rule.as_str(), word.as_str())).collect();
    assert_eq!(found, expected);
    for texts in ["en", "nl"].map(Texts::built_in) {
        for warning in lint(&read(&file)) {
            let words = warning.describe(&texts);
            assert!(!words.starts_with("ui.") && words.contains(&warning.word), "{words}");
        }
    }
}

#[test]
fn the_rules_for_statements_are_held_up_as_warnings() {
    let item = |tag: &'static str, id: &'static str, text: &str| {
        let text = text.to_owned();
        move |file: &mut Value| file["texts"][tag]["items"][id] = json!(text)
    };
    warns(
        item("nl", "pace-care.a1", "We zijn zorgvuldig in ons tempo."),
        &[("other-pole", "zorgvuldigheid")],
    );
    warns(item("en", "pace-care.a1", "We THOROUGHLY decide."), &[("other-pole", "thoroughness")]);
    warns(item("nl", "pace-care.a1", "We beslissen en voeren uit."), &[("double", "en")]);
    warns(item("nl", "pace-care.a1", "We wachten niet."), &[("negation", "niet")]);
    warns(item("en", "pace-care.a1", "We don't wait."), &[("negation", "don’t")]);
    warns(item("en", "pace-care.a1", "We decide. Then we act."), &[("sentences", "")]);
    warns(item("en", "pace-care.a2", "we decide quickly about the merger."), &[("same", "pace-care.a1")]);
    warns(item("en", "pace-care.a1", &format!("{}.", "x".repeat(120))), &[("long", "121")]);
    warns(item("en", "pace-care.tension", "The tension with pace is felt."), &[("tension", "Thoroughness")]);
    let name = |file: &mut Value| {
        file["texts"]["en"]["paradoxes"]["own-one"]["b"]["name"] =
            json!("Unity of a great many people at once");
    };
    warns(name, &[("long-name", "Unity of a great many people at once")]);
}

#[test]
fn what_is_unequal_or_missing_is_held_up_as_a_warning() {
    let mut one = small();
    one["texts"]["fy"] = one["texts"]["en"].clone();
    one["texts"]["en"]["lead"] = json!("Think of your team.");
    let found = rules(&one);
    let words: Vec<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(words, ["single", "no-tension", "single", "no-tension", "interface", "missing"]);
    let warnings = lint(&read(&one));
    assert_eq!(warnings.last().map(|warning| warning.path.as_str()), Some("$.texts[\"fy\"].lead"));

    let drop_one = |file: &mut Value| {
        file["paradoxes"][0]["a"] = json!(["pace-care.a1"]);
        for tag in ["nl", "en"] {
            file["texts"][tag]["items"].as_object_mut().expect("texts").remove("pace-care.a2");
            file["texts"][tag]["forms"].take();
        }
    };
    warns(drop_one, &[("unequal", "pace-care")]);
    warns(|file| file["thresholds"] = json!({ "lean_possible": 40 }), &[("thresholds", "")]);
    let form = |items: Value| json!([{ "id": "x", "minutes": [1, 1], "phase_minimum": 1, "overall": true, "items": items }]);
    let forms = |items: Value| {
        move |file: &mut Value| {
            file["forms"] = form(items);
            for tag in ["nl", "en"] {
                file["texts"][tag]["forms"].take();
            }
        }
    };
    warns(forms(json!(["pace-care.a1", "pace-care.b1"])), &[("adjacent", "pace-care.b1")]);
    warns(forms(json!(["pace-care.a1"])), &[("one-sided", "pace-care")]);
    warns(
        forms(json!(["pace-care.a1", "phase.choice", "own-one.a1", "pace-care.b1", "own-one.b1"])),
        &[("sections", "own-one.a1")],
    );
    warns(
        |file| {
            file["phases"][0]["items"].take();
            for tag in ["nl", "en"] {
                let items = file["texts"][tag]["items"].as_object_mut().expect("texts");
                items.retain(|id, _| !id.starts_with("phase.preparing"));
            }
        },
        &[("empty-phase", "preparing")],
    );
}

/// How many items each paradox has at its poles and whether tension is asked for, and how many items each phase has.
type Shape = (Vec<(usize, usize, bool)>, Vec<usize>);

fn a_shape() -> impl Strategy<Value = Shape> {
    let paradox = (1_usize..=6, 1_usize..=6, any::<bool>());
    let many = prop_oneof![3 => 2_usize..=8, 1 => Just(2), 1 => Just(24), 1 => 9_usize..=24];
    (
        many.prop_flat_map(move |count| prop::collection::vec(paradox.clone(), count)),
        prop::collection::vec(0_usize..=12, 0..=8),
    )
}

fn a_name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Z][a-z]{2,14}( [a-z]{2,12}){0,2}",
        1 => Just("W".repeat(60)),
        1 => Just("<b>&amp;\"'</b>".to_owned()),
        1 => "\\PC{1,40}x",
        1 => Just("{n} {path} {a}".to_owned()),
    ]
}

/// A questionnaire of this shape, with a text for everything that needs one.
fn generated((paradoxes, phases): &Shape, names: &[String]) -> Value {
    let name = |index: usize| names[index % names.len()].clone();
    let mut items = serde_json::Map::new();
    let mut add = |id: String| {
        items.insert(id.clone(), json!(format!("{}: {id}", name(items.len()))));
        json!(id)
    };
    let mut all = Vec::new();
    let mut texts = serde_json::Map::new();
    for (index, (a, b, tension)) in paradoxes.iter().enumerate() {
        let id = format!("p{index}");
        let mut pole = |letter: &str, count: usize| -> Vec<Value> {
            (0..count).map(|n| add(format!("{id}.{letter}{n}"))).collect()
        };
        let (a, b) = (pole("a", *a), pole("b", *b));
        let tension = tension.then(|| add(format!("{id}.tension")));
        let phase = (!phases.is_empty()).then(|| format!("f{}", index % phases.len()));
        all.push(json!({ "id": id, "a": a, "b": b, "tension": tension, "phase": phase }));
        texts.insert(id, json!({ "a": { "name": name(2 * index) }, "b": { "name": name(2 * index + 1) } }));
    }
    let mut phase_texts = serde_json::Map::new();
    let of_phases: Vec<Value> = phases
        .iter()
        .enumerate()
        .map(|(index, count)| {
            phase_texts.insert(format!("f{index}"), json!({ "name": name(index) }));
            let items: Vec<Value> = (0..*count).map(|n| add(format!("f{index}.{n}"))).collect();
            json!({ "id": format!("f{index}"), "items": items })
        })
        .collect();
    let choice = (phases.len() > 1).then(|| add("choice".to_owned()));
    json!({
        "format": "equipoise-instrument", "format_version": 1, "id": "generated", "version": "1",
        "phases": of_phases, "choice": choice, "paradoxes": all,
        "texts": { "en": { "title": name(0), "items": items, "paradoxes": texts, "phases": phase_texts } },
    })
}

fn answered(instrument: &Instrument, form: FormIx, seeds: &[u8]) -> Answers {
    let mut answers = Answers::new(instrument);
    for (index, item) in instrument.form(form).items.iter().enumerate() {
        let seed = seeds[index % seeds.len()];
        let phases: Vec<_> = instrument.phase_positions().collect();
        let answer = match instrument.item(*item).role {
            Role::Choice => Answer::Phase(phases[usize::from(seed) % phases.len()]),
            _ if seed % 7 == 6 => Answer::DontKnow,
            _ => Answer::Degree(Degree::new(1 + seed % 5).expect("1 to 5")),
        };
        answers.set(instrument, *item, (!seed.is_multiple_of(11)).then_some(answer), 1);
    }
    answers
}

/// Whether a text looks like a key that nothing was found for.
fn is_key(text: &str) -> bool {
    let starts = ["ui.", "instrument.", "own.", "deepening."];
    text.split(|c: char| !c.is_ascii_alphanumeric() && !".-".contains(c))
        .any(|word| starts.iter().any(|start| word.strip_prefix(start).is_some_and(|rest| !rest.is_empty())))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_questionnaire_of_any_size_is_scored_drawn_and_shared(
        shape in a_shape(),
        names in prop::collection::vec(a_name(), 1..6),
        seeds in prop::collection::vec(any::<u8>(), 1..40),
        width in 280.0..1600.0_f64,
    ) {
        let file = generated(&shape, &names);
        let questionnaire = read(&file);
        let _ = lint(&questionnaire);
        let instrument = &*questionnaire.instrument;
        let texts = questionnaire.texts(&questionnaire.languages[0], &Texts::built_in("en"));
        prop_assert_eq!(instrument.paradoxes().len(), shape.0.len());
        for form in instrument.form_positions() {
            let whole = pages(instrument, instrument.form(form), &[]).0;
            prop_assert_eq!(whole.iter().map(Vec::len).sum::<usize>(), instrument.form(form).items.len());
            prop_assert!(whole.iter().all(|page| (1..=instrument.page_size()).contains(&page.len())));
            let answers = answered(instrument, form, &seeds);
            let report = scoring::score(instrument, form, &answers, None);
            prop_assert_eq!(report.paradoxes.len(), shape.0.len());
            prop_assert_eq!(report.phases.len(), shape.1.len());
            let score = |score: Option<f64>| score.is_none_or(|score| (0.0..=100.0).contains(&score));
            prop_assert!(report.paradoxes.iter().all(|paradox| score(paradox.a) && score(paradox.b)));
            for sentence in summary::sentences(instrument, &texts, &report) {
                prop_assert!(!is_key(&sentence), "{}", sentence);
            }
            // What is shared comes back, and belongs to this questionnaire alone.
            let shared = Shared { form, answers: answers.clone(), day: None, label: None, workbook: None };
            let code = link::encode(instrument, &shared).expect("it fits");
            let back = link::decode(instrument, &code).expect("it reads");
            let same = instrument.form(form).items.iter().all(|item| back.answers.get(*item) == answers.get(*item));
            prop_assert!(same && back.form == form);
            prop_assert_eq!(link::decode(&Instrument::built_in(), &code), Err(LinkError::OtherInstrument));
            let parts = result::Parts {
                form, answers, language: "en", completed: Some("2026-11-25"), workbook: Workbook::default(),
                wishes: Wishes::new(instrument), given: Given::default(),
            };
            let written = ResultFile::new(instrument, parts).write(instrument);
            let read = ResultFile::read(instrument, &written).expect("it reads");
            prop_assert_eq!(read.mismatches(instrument), []);
            prop_assert!(ResultFile::read(&Instrument::built_in(), &written).is_err());
            for chart in picture::charts(instrument, form) {
                let picture = Picture { instrument, texts: &texts, report: &report, label: None, day: None };
                let drawn = picture::draw(&picture, chart, Frame::Natural, Background::White).svg;
                let document = roxmltree::Document::parse(&drawn).expect("well formed");
                // In attributes alone: a name of somebody's may have such letters in it.
                let mut numbers = document.descendants().flat_map(|node| node.attributes());
                prop_assert!(numbers.all(|it| !it.value().contains("NaN") && !it.value().contains("inf")));
                let tags = document.descendants().filter(roxmltree::Node::is_element).all(|node| {
                    ["svg", "g", "path", "rect", "text", "title", "desc"].contains(&node.tag_name().name())
                });
                prop_assert!(tags, "what a questionnaire says is text");
            }
            let sheet = Sheet {
                instrument, texts: &texts, report: &report, day: None, workbook: &Workbook::default(),
                wishes: &Wishes::new(instrument), deepening: &Deepening::built_in(), given: &Given::default(),
            };
            prop_assert!(!is_key(&markdown::write(&sheet)));
            // The ring of one phase, or of eight, lies within its box.
            let phases: Vec<PhaseSpec<'_>> = report
                .phases
                .iter()
                .map(|phase| PhaseSpec {
                    name: summary::phase_name(instrument, &texts, phase.phase),
                    score: phase.score,
                    current: report.current.contains(&phase.phase),
                    chosen: report.choice == Some(phase.phase),
                })
                .collect();
            let ring = ring::ring(&RingSpec { width, font: 16.0, phases: &phases });
            prop_assert!(ring.side <= width && ring.phases.len() == phases.len());
        }
    }

    /// The twin of `fuzz/fuzz_targets/questionnaire.rs`.
    #[test]
    fn whatever_is_read_is_taken_or_told(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), "[\\[\\]{}\",:0-9a-z. ]{0,6}", 0_usize..40), 0..5),
        noise in "\\PC{0,80}",
    ) {
        let mut text = MERGER.to_owned();
        for (place, put, length) in &cuts {
            let floor = |mut at: usize| {
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let start = floor(place.index(text.len()));
            let end = floor((start + length).min(text.len()));
            text.replace_range(start..end, put);
        }
        for text in [text, noise] {
            take_or_tell(&text)?;
        }
    }

    /// Values of the wrong kind in the right places.
    #[test]
    fn a_value_of_any_kind_is_taken_or_told(
        place in any::<prop::sample::Index>(),
        kind in 0_usize..7,
    ) {
        let values = [
            json!(null), json!(true), json!(-1), json!("x"), json!([]), json!({}), json!([[[{ "id": ["a"] }]]]),
        ];
        let mut file = merger();
        let mut pointers = Vec::new();
        pointers_of(&file, "", &mut pointers);
        let pointer = &pointers[place.index(pointers.len())];
        *file.pointer_mut(pointer).expect("a place") = values[kind].clone();
        take_or_tell(&file.to_string())?;
    }
}

fn pointers_of(value: &Value, at: &str, pointers: &mut Vec<String>) {
    pointers.push(at.to_owned());
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                pointers_of(value, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), pointers);
            }
        }
        Value::Array(entries) => {
            for (index, value) in entries.iter().enumerate() {
                pointers_of(value, &format!("{at}/{index}"), pointers);
            }
        }
        _ => {}
    }
}

fn take_or_tell(text: &str) -> Result<(), TestCaseError> {
    let english = Texts::built_in("en");
    match Questionnaire::read(text.as_bytes()) {
        Ok(questionnaire) => {
            let _ = lint(&questionnaire);
            for language in &questionnaire.languages {
                prop_assert!(questionnaire.texts(language, &english).find("instrument.title").is_some());
            }
        }
        Err(fault) => {
            prop_assert!(!is_key(&fault.describe(&english)));
            let told = fault.tell(&english);
            prop_assert!(!matches!(fault, Fault::Problems(_)) || !told.is_empty());
            prop_assert!(told.iter().all(|told| told.path.starts_with('$') && !told.hint.starts_with("ui.")));
        }
    }
    Ok(())
}

/// A megabyte of anything is done with in no time.
#[test]
fn a_large_file_is_done_with_quickly() {
    let lists = |item: &str, count: usize| vec![item; count].join(",");
    let joined =
        |entry: fn(usize) -> String, count: usize| (0..count).map(entry).collect::<Vec<_>>().join(",");
    let ids = joined(|n| format!("\"i{n}\""), 60_000);
    let fields = joined(|n| format!("\"f{n}\":1"), 50_000);
    for text in [
        format!("{{\"format\":\"equipoise-instrument\",\"paradoxes\":[{}]}}", lists("{}", 300_000)),
        format!("{{\"format\":\"equipoise-instrument\",\"paradoxes\":[{{\"a\":[{ids}]}}]}}"),
        format!("{{\"format\":\"equipoise-instrument\",\"forms\":[{{\"items\":[{ids}]}}]}}"),
        format!("{{\"format\":\"equipoise-instrument\",{fields}}}"),
        format!("{{\"format\":\"equipoise-instrument\",\"texts\":{{\"en\":{{\"items\":{{{fields}}}}}}}}}"),
        format!("{{\"format\":\"equipoise-instrument\",\"texts\":{{{fields}}}}}"),
    ] {
        let before = std::time::Instant::now();
        let fault = Questionnaire::read(text.as_bytes()).expect_err("nothing of this is sound");
        let told = fault.tell(&Texts::built_in("en"));
        assert!(!told.is_empty() && told.len() <= json::MOST);
        assert!(before.elapsed().as_secs() < 20, "{:?} for {text:.80}", before.elapsed());
    }
}
