//! The texts: complete in every language, of a length that fits, and true to the rules for items.

mod source;

use std::collections::{BTreeMap, BTreeSet};

use equipoise::i18n::{LANGUAGES, Part, SOURCES, Texts, shipped};
use equipoise::instrument::{Instrument, ItemIx, Pole, Role};
use equipoise::json::Problem;
use serde_json::{Value, json};

fn packs() -> Vec<Texts> {
    SOURCES
        .iter()
        .map(|(tag, text)| {
            let texts = Texts::read(text).unwrap_or_else(|problems| panic!("{tag}: {problems:?}"));
            assert_eq!(texts.language(), *tag);
            texts
        })
        .collect()
}

fn keys(texts: &Texts) -> BTreeSet<String> {
    texts.entries().map(|(key, _)| key.to_owned()).collect()
}

/// Every key that the instrument asks for.
fn keys_of(instrument: &Instrument) -> Vec<String> {
    let mut keys: Vec<String> = ["title", "lead", "honesty", "question", "instruction", "source"]
        .map(|key| format!("instrument.{key}"))
        .into();
    keys.extend(["1", "2", "3", "4", "5", "dont-know"].map(|point| format!("instrument.scale.{point}")));
    keys.extend(instrument.items().iter().map(|item| format!("instrument.items.{}", item.id)));
    for phase in instrument.phases() {
        keys.push(format!("instrument.choices.{}", phase.id));
        let names = ["name", "word", "question", "about", "tasks.0", "pitfalls.0", "next"];
        keys.extend(names.map(|name| format!("instrument.phases.{}.{name}", phase.id)));
    }
    for paradox in instrument.paradoxes() {
        let names = [
            "a.name",
            "a.meaning",
            "a.practice",
            "a.risk",
            "b.name",
            "b.meaning",
            "b.practice",
            "b.risk",
            "both",
            "talk.a",
            "talk.b",
            "talk.neglected",
            "talk.tense",
            "step.a",
            "step.b",
            "step.neglected",
            "step.tense",
        ];
        keys.extend(names.map(|name| format!("instrument.paradoxes.{}.{name}", paradox.id)));
        keys.push(format!("instrument.provenance.{}", paradox.provenance.word()));
    }
    keys
}

#[test]
fn a_language_tag_finds_its_pack_and_an_unknown_one_english() {
    let table = [
        ("nl", "nl"),
        ("nl-BE", "nl"),
        ("NL_be", "nl"),
        ("en-GB", "en"),
        ("de", "en"),
        ("", "en"),
        ("n", "en"),
    ];
    for (tag, language) in table {
        assert_eq!(Texts::built_in(tag).language(), language, "{tag}");
        assert_eq!(shipped(tag).unwrap_or("en"), language, "{tag}");
    }
    assert_eq!([shipped("de"), shipped(""), shipped("nl")], [None, None, Some("nl")]);
}

#[test]
fn every_language_has_its_source_and_its_own_name() {
    assert_eq!(SOURCES.map(|(tag, _)| tag), LANGUAGES.map(|(tag, _)| tag));
    for (tag, source) in SOURCES {
        assert_eq!(Texts::built_in(tag), Texts::read(source).expect("a pack"));
    }
}

#[test]
fn texts_are_filled_in_once_and_counted() {
    let pack = r#"{ "language": "en", "say": "{a} {b} {c} {", "n": { "one": "{n} {what}", "other": "{n} {what}s" },
                    "list": ["x", "y"] }"#;
    let texts = Texts::read(pack).expect("a small pack");
    assert_eq!(
        texts.fill("say", &[("a", "{b}"), ("b", "{a}")]),
        "{b} {a} {c} {",
        "values are left as they are"
    );
    assert_eq!(texts.count("n", 1, &[("what", "{n}")]), "1 {n}");
    assert_eq!([0, 2].map(|n| texts.count("n", n, &[("what", "page")])), ["0 pages", "2 pages"]);
    assert_eq!((texts.get("list.1"), texts.find("list.2")), ("y", None));
    assert_eq!(texts.get("no.such.key"), "no.such.key", "a missing text shows its key");
}

#[test]
fn a_pack_that_is_wrong_says_where() {
    let english = Texts::built_in("en");
    let say = |pack: &str| -> Vec<String> {
        let problems = Texts::read(pack).expect_err("a broken pack");
        problems.iter().map(|problem| problem.describe(&english)).collect()
    };
    assert_eq!(say(r#"{ "a": "x" }"#), ["$.language: something is missing; expected a text"]);
    assert_eq!(
        say(r#"{ "language": "en", "a": { "b": [1, null] } }"#),
        ["$.a.b.0: found 1; expected a text", "$.a.b.1: found null; expected a text",]
    );
}

fn described(problems: &[Problem]) -> Vec<String> {
    let english = Texts::built_in("en");
    problems.iter().map(|problem| problem.describe(&english)).collect()
}

#[test]
fn what_is_packed_comes_out_the_same_in_every_language() {
    let mut shared = BTreeSet::new();
    for texts in packs() {
        let unpacked = [Part::First, Part::Further, Part::Apart].map(|part| {
            let (keys, packed) = texts.pack(part);
            let unpacked_keys = Texts::unpack_keys(&keys).expect("our own keys");
            let unpacked = Texts::unpack(&unpacked_keys, &packed).expect("our own texts");
            assert!(unpacked.entries().all(|(key, text)| texts.find(key) == Some(text)));
            assert!(unpacked.entries().all(|(key, _)| Part::of(key) == part));
            assert_eq!(unpacked.pack(part), (keys.clone(), packed), "packing is stable");
            assert!(!unpacked.is_whole());
            shared.insert(keys);
            unpacked
        });
        let [first, further, own] = unpacked;
        assert_eq!(first.find("ui.result.title"), None, "not before the further part is here");
        let whole = first.with(further);
        assert_eq!(whole.find("own.instrument.lead"), None, "nor what only an own questionnaire asks for");
        let whole = whole.with(own);
        assert!(whole.is_whole() && texts.is_whole());
        assert_eq!(whole.language(), texts.language());
        let sorted = |texts: &Texts| -> BTreeMap<String, String> {
            texts.entries().map(|(key, text)| (key.to_owned(), text.to_owned())).collect()
        };
        let mut asked_for = sorted(&texts);
        asked_for.retain(|key, _| Part::of(key) != Part::Element);
        assert_eq!(sorted(&whole), asked_for);
    }
    assert_eq!(shared.len(), 3, "all languages share the lists of keys");
}

/// The screens until the questions are answered, and what they are made of.
const FIRST_SCREENS: [&str; 7] = ["app", "group", "page", "parts", "review", "start", "wait"];

#[test]
fn no_first_screen_asks_for_a_further_text() {
    let texts = packs().swap_remove(0);
    let mut asked = 0;
    for screen in FIRST_SCREENS {
        let source = source::take_apart(&source::read(&format!("src/ui/{screen}.rs")));
        for literal in source.literals {
            if !["ui.", "instrument."].iter().any(|start| literal.starts_with(start)) {
                continue;
            }
            let further: Vec<&str> = texts
                .entries()
                .map(|(key, _)| key)
                .filter(|key| key.starts_with(&literal) && Part::of(key) == Part::Further)
                .collect();
            assert!(further.is_empty(), "{screen} asks for {literal}, and these come later: {further:?}");
            asked += 1;
        }
    }
    assert!(asked > 50, "they ask for texts: {asked}");
}

#[test]
fn a_text_of_the_first_part_is_asked_for_by_a_first_screen() {
    let literals: Vec<String> = FIRST_SCREENS
        .iter()
        .flat_map(|screen| source::take_apart(&source::read(&format!("src/ui/{screen}.rs"))).literals)
        .collect();
    let is_asked =
        |key: &str| literals.iter().any(|literal| literal.len() > 3 && key.starts_with(literal.as_str()));
    let texts = packs().swap_remove(0);
    let idle: Vec<&str> = texts
        .entries()
        .map(|(key, _)| key)
        .filter(|key| Part::of(key) == Part::First && *key != "language" && !is_asked(key))
        .collect();
    assert!(idle.is_empty(), "these could come later: {idle:?}");
}

#[test]
fn what_the_element_says_by_itself_is_there_in_every_language() {
    let script = source::read("element/failed.js");
    for texts in packs() {
        let failed: Vec<&str> = texts
            .entries()
            .filter(|(key, _)| Part::of(key) == Part::Element)
            .filter_map(|(key, _)| key.strip_prefix("failed."))
            .collect();
        assert_eq!(failed.len(), 8, "{failed:?}");
        for name in failed {
            let asked = script.contains(&format!("texts.{name}")) || script.contains(&format!("\"{name}\""));
            assert!(asked || name == "stopped", "nothing says {name}");
        }
    }
}

#[test]
fn a_shipped_pack_that_is_wrong_says_where() {
    let keys = Texts::unpack_keys(r#"["a", "b.0"]"#).expect("two keys");
    let says = |text: Value, problems: &[&str]| {
        let found = Texts::unpack(&keys, &text.to_string()).expect_err("a broken pack");
        assert_eq!(described(&found), problems);
    };
    says(
        json!({ "language": "nl", "texts": ["een"] }),
        &["$.texts: found [1]; expected a list of 2 to 2 entries"],
    );
    says(
        json!({ "language": "nl", "texts": ["een", "twee", "drie"] }),
        &["$.texts: found [3]; expected a list of 2 to 2 entries"],
    );
    says(
        json!({ "language": "nl", "texts": [7, null] }),
        &["$.texts[0]: found 7; expected a text", "$.texts[1]: found null; expected a text"],
    );
    says(json!({ "language": "nl", "texts": ["een", " "] }), &["$.texts[1]: found \" \"; expected a text"]);
    says(json!({ "language": "nl", "texts": { "a": "een" } }), &["$.texts: found {1}; expected a list"]);
    says(
        json!({ "language": 1 }),
        &["$.language: found 1; expected a text", "$.texts: something is missing; expected a list"],
    );
    let broken = Texts::unpack(&keys, "{\"language\":").expect_err("it breaks off");
    assert_eq!(described(&broken), ["$: this is not valid JSON; it breaks off at line 1, column 12"]);
    let texts = Texts::unpack(&keys, r#"{ "language": "nl", "texts": ["een", "twee"] }"#).expect("two texts");
    assert_eq!((texts.get("a"), texts.get("b.0"), texts.find("b")), ("een", "twee", None));
}

#[test]
fn keys_that_are_wrong_say_where() {
    let says = |text: &str, problems: &[&str]| {
        assert_eq!(described(&Texts::unpack_keys(text).expect_err("broken keys")), problems);
    };
    says("{}", &["$: found {0}; expected a list"]);
    says("\"a\"", &["$: found \"a\"; expected a list"]);
    says(
        r#"["a", 1, "", ["b"]]"#,
        &[
            "$[1]: found 1; expected a text",
            "$[2]: found \"\"; expected a text",
            "$[3]: found [1]; expected a text",
        ],
    );
    says("[\"a\",", &["$: this is not valid JSON; it breaks off at line 1, column 5"]);
}

#[test]
fn every_id_of_the_instrument_has_every_text_in_every_language() {
    let instrument = Instrument::built_in();
    let wanted = keys_of(&instrument);
    for texts in packs() {
        let missing: Vec<&String> =
            wanted.iter().filter(|key| texts.find(key).is_none_or(|text| text.trim().is_empty())).collect();
        assert!(missing.is_empty(), "{}: {missing:#?}", texts.language());
        let known = |key: &str| instrument.find_item(key).is_some();
        let items = texts.entries().filter_map(|(key, _)| key.strip_prefix("instrument.items."));
        let unknown: Vec<&str> = items.filter(|id| !known(id)).collect();
        assert!(unknown.is_empty(), "{}: texts of no item: {unknown:?}", texts.language());
    }
}

#[test]
fn all_packs_have_the_same_keys() {
    let packs = packs();
    for texts in &packs[1..] {
        let (first, other) = (keys(&packs[0]), keys(texts));
        let odd: Vec<&String> = first.symmetric_difference(&other).collect();
        assert!(odd.is_empty(), "in one of {} and {}: {odd:#?}", packs[0].language(), texts.language());
        assert!(
            packs[0].entries().map(|(key, _)| key).eq(texts.entries().map(|(key, _)| key)),
            "in the same order"
        );
    }
    for texts in &packs {
        let keys: Vec<&str> = texts.entries().map(|(key, _)| key).collect();
        let out_of_order = keys.windows(2).find(|pair| pair[0] >= pair[1]);
        assert_eq!(out_of_order, None, "{}: in order, and each once", texts.language());
    }
}

/// The keys of a pack as they stand in its file, one below the other.
fn written(value: &Value, key: &str, keys: &mut Vec<String>) {
    let join = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| written(value, &join(name), keys));
        }
        Value::Array(entries) => {
            entries.iter().enumerate().for_each(|(at, value)| written(value, &join(&at.to_string()), keys));
        }
        _ => keys.push(key.to_owned()),
    }
}

/// Whoever translates puts two files side by side.
#[test]
fn the_files_of_all_packs_have_their_texts_in_the_same_order() {
    let orders = SOURCES.map(|(_, source)| {
        let mut keys = Vec::new();
        written(&serde_json::from_str(source).expect("JSON"), "", &mut keys);
        keys
    });
    for (order, (tag, _)) in orders.iter().zip(SOURCES) {
        let apart = orders[0].iter().zip(order).find(|(first, other)| first != other);
        assert_eq!(apart, None, "{tag}");
        assert_eq!(order.len(), orders[0].len(), "{tag}");
    }
}

#[test]
fn a_text_that_counts_has_both_its_forms() {
    for texts in packs() {
        for (key, _) in texts.entries() {
            for (ending, other) in [(".one", ".other"), (".other", ".one")] {
                if let Some(stem) = key.strip_suffix(ending) {
                    assert!(texts.find(&[stem, other].concat()).is_some(), "{}: {key}", texts.language());
                }
            }
        }
    }
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn placeholders_agree_across_languages() {
    let packs = packs();
    for (key, text) in packs[0].entries() {
        for other in &packs[1..] {
            assert_eq!(placeholders(text), placeholders(other.get(key)), "{key} in {}", other.language());
        }
        assert!(!key.starts_with("instrument.") || placeholders(text).is_empty(), "{key}");
    }
    for texts in &packs {
        for (key, text) in texts.entries() {
            assert_eq!(text.matches('{').count(), text.matches('}').count(), "{key} in {}", texts.language());
        }
    }
}

#[test]
fn no_text_of_the_instrument_is_shared_by_two_ids() {
    for texts in packs() {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        // The name of a phase may be the same within a sentence and alone, but for capitals.
        let is_own_name = |key: &str, text: &str| {
            let name =
                key.strip_suffix(".word").map(|phase| texts.get(&[phase, ".name"].concat()).to_lowercase());
            key.starts_with("instrument.phases.") && name == Some(text.to_lowercase())
        };
        for (key, text) in texts.entries().filter(|(key, _)| key.starts_with("instrument.")) {
            if is_own_name(key, text) {
                continue;
            }
            if let Some(other) = seen.insert(text.to_lowercase(), key) {
                panic!("{}: {other} and {key} are both {text:?}", texts.language());
            }
        }
    }
}

#[test]
fn every_text_fits_where_it_is_shown() {
    let most = |key: &str| -> Option<usize> {
        let mut parts = key.split('.').skip(1);
        match (parts.next()?, parts.next()?, parts.next(), parts.next()) {
            ("items", ..) => Some(120),
            ("paradoxes", _, Some("a" | "b"), Some("name")) => Some(30),
            ("paradoxes", _, Some("a" | "b"), Some(_)) => Some(130),
            ("paradoxes", _, Some("talk" | "step"), _) => Some(170),
            _ => None,
        }
    };
    for texts in packs() {
        let mut measured = 0;
        for (key, text) in texts.entries().filter(|(key, _)| key.starts_with("instrument.")) {
            let Some(most) = most(key) else { continue };
            let length = text.chars().count();
            assert!(
                length <= most,
                "{}: {key} has {length} characters, {most} is the most",
                texts.language()
            );
            measured += 1;
        }
        assert_eq!(measured, 77 + 12 * (2 * 4 + 8), "{}", texts.language());
    }
}

#[test]
fn nothing_looks_like_markup_or_has_stray_space() {
    for texts in packs() {
        for (key, text) in texts.entries() {
            let name = texts.language();
            assert!(!text.contains(['<', '>', '\n', '\t']), "{name}: {key}: {text:?}");
            // A line may not begin with the dash between two poles; nowhere else is a space unbreakable.
            assert!(key == "ui.pair" || !text.contains('\u{a0}'), "{name}: {key}: {text:?}");
            assert!(!text.contains("  "), "{name}: {key}: two spaces");
            assert!(text == text.trim() || key.starts_with("ui.list."), "{name}: {key}: space at an end");
        }
    }
}

fn pole_items(instrument: &Instrument) -> impl Iterator<Item = (ItemIx, &str, Pole)> {
    instrument.item_positions().filter_map(|item| match instrument.item(item).role {
        Role::Pole(paradox, pole) => Some((item, instrument.paradox(paradox).id.as_str(), pole)),
        Role::Tension(_) | Role::Phase(_) | Role::Choice => None,
    })
}

fn item_text<'a>(instrument: &Instrument, texts: &'a Texts, item: ItemIx) -> &'a str {
    let key = format!("instrument.items.{}", instrument.item(item).id);
    texts.find(&key).unwrap_or_else(|| panic!("{key} has a text"))
}

fn words_of(text: &str) -> Vec<String> {
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
}

/// Where "of" asks whether, and joins nothing.
const WHETHER: [&str; 1] = ["houden bij of "];

#[test]
fn no_pole_item_joins_two_ideas() {
    let instrument = Instrument::built_in();
    for texts in packs() {
        let joining: &[&str] = match texts.language() {
            "nl" => &["en", "of", "maar", "én"],
            _ => &["and", "or", "but"],
        };
        for (item, ..) in pole_items(&instrument) {
            let text = item_text(&instrument, &texts, item);
            let rest = WHETHER.iter().fold(text.to_owned(), |text, asking| text.replace(asking, ""));
            let joined = words_of(&rest).into_iter().find(|word| joining.contains(&word.as_str()));
            assert_eq!(joined, None, "{}: {text}", texts.language());
            assert!(text.ends_with('.') && text.matches('.').count() == 1, "one sentence: {text}");
        }
    }
}

/// The words that give a pole away: what its name is made of, its inflections, and its plainest synonyms. A word is
/// taken for one of these when it begins so; `=` asks for the whole word. What both names of a paradox have in
/// common ("betekenis", "decision") gives neither away.
struct Stems {
    paradox: &'static str,
    nl: [&'static [&'static str]; 2],
    en: [&'static [&'static str]; 2],
}

const STEMS: [Stems; 12] = [
    Stems {
        paradox: "feeling-analysis",
        nl: [&["gevoel", "voel", "aanvoel", "intuït", "buikgev"], &["analy", "geanaly"]],
        en: [&["feel", "felt", "intuit", "=gut"], &["analy"]],
    },
    Stems {
        paradox: "inclusion-selection",
        nl: [&["insluit", "ingeslot", "inclusi"], &["select", "geselect"]],
        en: [&["inclu"], &["select"]],
    },
    Stems {
        paradox: "dreaming-doing",
        nl: [
            &["droom", "drom", "gedroom"],
            &["=doen", "=doe", "=doet", "=deed", "=deden", "=gedaan", "=daad", "daden", "doener"],
        ],
        en: [&["dream"], &["=do", "=doing", "=does", "=done", "=did", "=doer", "=doers", "=deed", "=deeds"]],
    },
    Stems {
        paradox: "trust-control",
        nl: [&["vertrouw", "toevertrouw", "betrouw"], &["control", "gecontrol", "check", "gecheck"]],
        en: [&["trust", "entrust"], &["control", "check"]],
    },
    Stems {
        paradox: "autonomy-strategy",
        nl: [&["autono", "zelfstandig", "onafhankelijk"], &["strateg", "gemeenschappelijk"]],
        en: [&["autonom", "independen"], &["strateg", "=common"]],
    },
    Stems {
        paradox: "sharing-deciding",
        nl: [&["=samen", "beslis", "meebeslis"], &["slagvaardig", "beslui", "beslot"]],
        en: [&["share", "sharing", "=together"], &["decisiv"]],
    },
    Stems {
        paradox: "societal-business",
        nl: [&["maatschapp", "samenlev", "sociaal"], &["bedrijf", "bedrijv", "econom", "financ"]],
        en: [&["societ", "social"], &["business", "econom", "financ"]],
    },
    Stems {
        paradox: "broadening-deepening",
        nl: [&["verbre", "breed", "brede", "breder"], &["verdiep", "diep"]],
        en: [&["broad", "widen"], &["deep", "depth"]],
    },
    Stems {
        paradox: "unity-diversity",
        nl: [&["eenheid", "verenig", "eensgez"], &["verscheiden", "divers", "verschil"]],
        en: [&["unit", "unif"], &["divers", "differ"]],
    },
    Stems {
        paradox: "continuity-renewal",
        nl: [&["continu"], &["vernieuw", "nieuw", "hernieuw", "innov"]],
        en: [&["continu"], &["renew", "=new", "newer", "innov"]],
    },
    Stems {
        paradox: "short-long",
        nl: [&["=kort", "korte", "kortet", "termijn"], &["=lang", "lange", "langet", "termijn"]],
        en: [&["short", "=term"], &["=long", "longer", "longest", "=term"]],
    },
    Stems {
        paradox: "inward-outward",
        nl: [&["binnen", "intern"], &["buiten", "extern"]],
        en: [&["inward", "intern", "=inside", "=within"], &["outward", "extern", "=outside"]],
    },
];

impl Stems {
    fn of(&self, language: &str) -> [&'static [&'static str]; 2] {
        match language {
            "nl" => self.nl,
            "en" => self.en,
            other => panic!("no stems for {other}: add them"),
        }
    }
}

fn gives_away(word: &str, stem: &str) -> bool {
    stem.strip_prefix('=').map_or_else(|| word.starts_with(stem), |whole| word == whole)
}

#[test]
fn no_pole_item_has_a_word_of_the_other_pole() {
    let instrument = Instrument::built_in();
    let paradoxes: Vec<&str> = instrument.paradoxes().iter().map(|paradox| paradox.id.as_str()).collect();
    assert_eq!(STEMS.map(|stems| stems.paradox).as_slice(), paradoxes);
    for texts in packs() {
        for (item, paradox, pole) in pole_items(&instrument) {
            let stems =
                STEMS.iter().find(|stems| stems.paradox == paradox).expect("listed").of(texts.language());
            let of_the_other = match pole {
                Pole::A => stems[1],
                Pole::B => stems[0],
            };
            let text = item_text(&instrument, &texts, item);
            let given = words_of(text)
                .into_iter()
                .find(|word| of_the_other.iter().any(|stem| gives_away(word, stem)));
            assert_eq!(given, None, "{} {}: {text}", texts.language(), instrument.item(item).id);
        }
    }
}

#[test]
fn the_stems_know_the_names_of_the_poles() {
    for texts in packs() {
        for stems in &STEMS {
            for (letter, stems_of_pole) in ["a", "b"].into_iter().zip(stems.of(texts.language())) {
                let name =
                    texts.get(&format!("instrument.paradoxes.{}.{letter}.name", stems.paradox)).to_owned();
                let known = |word: &String| stems_of_pole.iter().any(|stem| gives_away(word, stem));
                assert!(words_of(&name).iter().any(known), "{}: {name}", texts.language());
            }
        }
    }
}

#[test]
fn a_tension_item_names_both_poles() {
    let instrument = Instrument::built_in();
    for texts in packs() {
        for paradox in instrument.paradoxes() {
            let text = item_text(&instrument, &texts, paradox.tension.expect("every paradox asks for it"));
            let words = words_of(text);
            for letter in ["a", "b"] {
                let name =
                    texts.get(&format!("instrument.paradoxes.{}.{letter}.name", paradox.id)).to_lowercase();
                let missing = words_of(&name).into_iter().find(|word| !words.contains(word));
                assert_eq!(missing, None, "{}: {text} should name {name}", texts.language());
            }
        }
    }
}

/// What the interface asks for: every string literal in `src` that begins with `ui.`. One that ends with a dot is the
/// beginning of keys that are put together with a word from the core, such as `ui.class.` + `urgent`.
fn asked_for() -> BTreeSet<String> {
    let files = source::files("src", "rs");
    let literals = files.iter().flat_map(|file| source::take_apart(&source::read(file)).literals);
    literals.filter(|literal| literal.starts_with("ui.")).collect()
}

#[test]
fn every_key_that_the_interface_asks_for_is_there() {
    for texts in packs() {
        let have = keys(&texts);
        let is_there = |key: &&String| {
            let starts = |other: &String| other.starts_with(key.as_str());
            if key.ends_with('.') {
                have.iter().any(starts)
            } else {
                have.contains(*key) || have.contains(&format!("{key}.one"))
            }
        };
        let asked = asked_for();
        let missing: Vec<&String> = asked.iter().filter(|key| !is_there(key)).collect();
        assert!(missing.is_empty(), "{} lacks {missing:#?}", texts.language());
    }
}

#[test]
fn every_text_of_the_interface_is_asked_for() {
    let asked = asked_for();
    let (prefixes, whole): (Vec<&String>, Vec<&String>) = asked.iter().partition(|key| key.ends_with('.'));
    let is_asked = |key: &&str| {
        let counted = key.strip_suffix(".one").or_else(|| key.strip_suffix(".other")).unwrap_or(key);
        whole.iter().any(|asked| asked == key || *asked == counted)
            || prefixes.iter().any(|prefix| key.starts_with(prefix.as_str()))
    };
    for texts in packs() {
        let unused: Vec<&str> = texts
            .entries()
            .map(|(key, _)| key)
            .filter(|key| key.starts_with("ui.") && !is_asked(key))
            .collect();
        assert!(unused.is_empty(), "{}: nothing asks for {unused:#?}", texts.language());
    }
}

#[test]
fn keys_that_are_put_together_have_exactly_the_words_of_the_core() {
    let forms = ["full.about", "full.name", "quick.about", "quick.name", "taster.about", "taster.name"];
    let classes = ["blind-spot", "calm", "leaning", "neglected", "productive", "urgent"];
    let with_phase = ["blind-spot", "calm", "leaning", "neglected", "phase", "productive", "urgent"];
    let table: [(&str, &[&str]); 7] = [
        ("ui.class.", &classes),
        ("ui.why.", &with_phase),
        ("ui.lean.", &["balanced", "clear", "possible", "unsaid"]),
        ("ui.quadrant.", &["a-leads", "b-leads", "both", "neglected"]),
        ("ui.quality.", &["fast", "incomplete", "straight-line", "title", "yes-saying"]),
        ("ui.notice.", &["blocked", "close", "full", "left-alone", "of-another", "unreadable"]),
        ("ui.start.form.", &forms),
    ];
    for texts in packs() {
        for (prefix, words) in table {
            let have: Vec<&str> = texts.entries().filter_map(|(key, _)| key.strip_prefix(prefix)).collect();
            assert_eq!(have, words, "{}: {prefix}", texts.language());
        }
    }
}

#[test]
fn a_language_is_written_from_its_own_side() {
    use equipoise::i18n::direction;
    let sides = ["nl", "en-GB", "ar", "he-IL", "fa_IR"].map(direction);
    assert_eq!(sides, ["ltr", "ltr", "rtl", "rtl", "rtl"]);
}
