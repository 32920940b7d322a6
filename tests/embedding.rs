//! What a page can ask of the element and hear from it stands in three places: in its script, in its types, and in
//! docs/embedding.md. Here they are held to say the same.

#[expect(dead_code, reason = "of Rust nothing is taken apart here")]
mod source;

use std::collections::BTreeSet;

use source::{files, read};

const SCRIPT: &str = "element.js";
const TYPES: &str = "types/equipoise.d.ts";
const DOCS: &str = "docs/embedding.md";

/// What stands between two marks.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, after) = text.split_once(start).unwrap_or_else(|| panic!("{start:?} is there"));
    after.split_once(end).unwrap_or_else(|| panic!("{start:?} ends with {end:?}")).0
}

/// What stands between each pair of a mark.
fn marked(text: &str, mark: char) -> BTreeSet<String> {
    text.split(mark).skip(1).step_by(2).map(str::to_owned).collect()
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// The rows of the table below a heading, each with its cells; what a cell has in backquotes comes first.
fn table(heading: &str) -> Vec<Vec<String>> {
    let docs = read(DOCS);
    let part = between(&docs, heading, "\n## ");
    let part = part.split("\n### ").next().unwrap_or_default().to_owned();
    let rows = part.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| row.split('|').skip(1).map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn quoted(cell: &str) -> &str {
    cell.split('`').nth(1).unwrap_or_default()
}

/// Attributes by their properties, as the script has them.
fn of_script() -> BTreeSet<(String, String)> {
    let script = read(SCRIPT);
    let list = between(&script, "const PROPERTIES = {\n", "\n};").to_owned();
    let pair = |line: &str| {
        let (property, rest) = line.trim().split_once(": [\"").expect("a property and its attribute");
        (property.to_owned(), rest.split('"').next().unwrap_or_default().to_owned())
    };
    let accessor = between(&script, "\n  get ", "()").to_owned();
    let attribute = between(&script, "return this.hasAttribute(\"", "\")").to_owned();
    list.lines().map(pair).chain([(accessor, attribute)]).collect()
}

/// The lines of the element's interface in its types, without comments.
fn members() -> Vec<String> {
    let types = read(TYPES);
    let body =
        between(&types, "export interface EquipoiseAssessment extends HTMLElement {\n", "\n}").to_owned();
    let is_code = |line: &&str| !line.starts_with("/**") && !line.starts_with('*');
    body.lines().map(str::trim).filter(is_code).map(str::to_owned).collect()
}

#[test]
fn properties_and_attributes_are_the_same_everywhere() {
    let script = of_script();
    let types: BTreeSet<String> = members()
        .iter()
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| !name.contains('('))
        .map(|(name, _)| name.to_owned())
        .collect();
    assert_eq!(types, script.iter().map(|(property, _)| property.clone()).collect());

    // Every element has `lang` already.
    let documented: BTreeSet<(String, String)> = table("\n## Attributes\n")
        .iter()
        .map(|row| (quoted(&row[1]).to_owned(), quoted(&row[0]).to_owned()))
        .filter(|(property, _)| property != "lang")
        .collect();
    assert_eq!(documented, script);

    let text = read(SCRIPT);
    let watched = marked(between(&text, "const FOR_A_START = [", "];"), '"')
        .into_iter()
        .chain(marked(between(&text, "const WATCHED = [", "];"), '"'))
        .collect::<BTreeSet<String>>();
    let attributes: BTreeSet<String> = script.into_iter().map(|(_, attribute)| attribute).collect();
    let all: BTreeSet<String> = attributes.into_iter().chain(["lang".to_owned()]).collect();
    assert_eq!(watched, all, "all may change while it runs");

    let framed = marked(between(&read("frame/embed.js"), "const NAMES = [", "];"), '"');
    let refused = set(["loading", "share-answers"]);
    assert_eq!(framed, all.difference(&refused).cloned().collect(), "what an address may say");
}

#[test]
fn what_an_attribute_may_be_is_the_same_everywhere() {
    let program = read("src/embed.rs");
    for name in ["loading", "mode", "preset", "storage", "theme"] {
        let start = format!("{name}: ");
        let line = members().into_iter().find(|line| line.starts_with(&start)).expect("it has a type");
        let known = between(&program, &format!("\"{name}\" => (["), "]").to_owned();
        assert_eq!(marked(&line, '"'), marked(&known, '"'), "{name}");
    }
}

#[test]
fn methods_are_the_same_everywhere() {
    let script = read(SCRIPT);
    let public = |line: &str| {
        let (name, _) = line.strip_prefix("  async ")?.split_once('(')?;
        (!name.starts_with('#') && !name.ends_with("Callback")).then(|| name.to_owned())
    };
    let script: BTreeSet<String> = script.lines().filter_map(public).collect();
    let name = |line: &String| line.split_once('(').map(|(name, _)| name.to_owned());
    assert_eq!(members().iter().filter_map(name).collect::<BTreeSet<_>>(), script);
    let documented = table("\n## Methods\n");
    let documented = documented.iter().filter_map(|row| quoted(&row[0]).split_once('('));
    assert_eq!(documented.map(|(name, _)| name.to_owned()).collect::<BTreeSet<_>>(), script);
    assert_eq!(script.len(), 4);
}

#[test]
fn events_are_the_same_everywhere() {
    let types = read(TYPES);
    let map = between(&types, "export interface EquipoiseEventMap {\n", "\n}");
    let types = marked(map, '"');
    let documented = table("\n## Events\n");
    assert_eq!(documented.iter().map(|row| quoted(&row[0]).to_owned()).collect::<BTreeSet<_>>(), types);

    let script = read(SCRIPT);
    let by_script = script.split("this.#tell(\"").skip(1).map(str::to_owned);
    let programs = files("src/ui", "rs").into_iter().map(|file| read(&file)).collect::<String>();
    let by_program = programs.split("event::tell(").skip(1);
    let by_program = by_program.filter_map(|after| after.split_once('"')).map(|(_, after)| after.to_owned());
    let told = by_script.chain(by_program).map(|after| {
        let name = after.split('"').next().unwrap_or_default();
        ["equipoise-", name].concat()
    });
    assert_eq!(told.collect::<BTreeSet<_>>(), types);

    // A frame is told its height instead of its size.
    let framed = marked(between(&read("frame/embed.js"), "const TOLD = [", "];"), '"');
    let framed: BTreeSet<String> = framed.iter().map(|name| ["equipoise-", name].concat()).collect();
    assert_eq!(types.difference(&framed).cloned().collect::<BTreeSet<_>>(), set(["equipoise-resize"]));
}

#[test]
fn codes_of_errors_are_the_same_everywhere() {
    let types = read(TYPES);
    let codes = marked(between(&types, "readonly code: ", ";"), '"');
    let about = between(&types, "export interface EquipoiseError {", "*/");
    let about = about.lines().filter(|line| line.contains("* - `")).map(|line| quoted(line).to_owned());
    assert_eq!(about.collect::<BTreeSet<_>>(), codes);
    let docs = read(DOCS);
    assert_eq!(marked(between(&docs, "\nCodes of errors: ", "\n"), '`'), codes);

    let reasons = between(&read("element/failed.js"), "export function reason(error) {", "\n}\n").to_owned();
    let reasons = reasons.lines().filter(|line| line.contains("return "));
    let reasons: BTreeSet<String> = reasons.flat_map(|line| marked(line, '"')).collect();
    let stopped = set(read(SCRIPT).contains("this.#fail(run, \"stopped\", error)").then_some("stopped"));
    let programs = files("src/ui", "rs").into_iter().map(|file| read(&file)).collect::<String>();
    let own: BTreeSet<String> = programs
        .split("(\"code\", ")
        .skip(1)
        .map(|after| after.split('"').nth(1).unwrap_or_default().to_owned())
        // An element called `code` has no class.
        .filter(|code| !code.is_empty())
        .collect();
    let told: BTreeSet<String> = reasons.into_iter().chain(stopped).chain(own).collect();
    assert_eq!(told, codes);
}

/// The script exports nothing, so a page that imported a value would not even be linked.
#[test]
fn the_types_promise_nothing_at_run_time() {
    assert!(!read(SCRIPT).lines().any(|line| line.starts_with("export ")));
    let types = read(TYPES);
    let exported = types.lines().filter_map(|line| line.strip_prefix("export "));
    for line in exported {
        assert!(line.starts_with("interface ") || line.starts_with("type "), "{line}");
    }
}
