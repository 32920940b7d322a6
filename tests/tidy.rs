//! The rules of the house, held by a test: layers stay apart, files say what they are for, nothing points outside.

mod source;

use std::collections::BTreeSet;

use equipoise::i18n::LANGUAGES;
use source::{files, read, take_apart};

/// The words of some code: names, keywords, numbers.
fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

fn is_interface(file: &str) -> bool {
    ["src/ui/", "src/ui.rs", "src/embed/", "src/embed.rs"].iter().any(|start| file.starts_with(start))
}

#[test]
fn every_file_of_source_says_what_it_is_for() {
    let programs =
        ["tests", "examples", "benches", "xtask/src"].into_iter().flat_map(|place| files(place, "rs"));
    for file in files("src", "rs").into_iter().chain(programs) {
        let text = read(&file);
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("//! ") && first.len() > 12, "{file} opens with {first:?}");
    }
}

#[test]
fn the_core_names_nothing_of_the_browser() {
    const BROWSER: [&str; 5] = ["yew", "web_sys", "js_sys", "wasm_bindgen", "gloo"];
    for file in files("src", "rs").into_iter().filter(|file| !is_interface(file)) {
        let code = take_apart(&read(&file)).code;
        let named = words(&code).find(|word| BROWSER.contains(word));
        assert_eq!(named, None, "{file}");
    }
}

#[test]
fn the_core_uses_nothing_of_the_interface() {
    let roots = ["src/lib.rs", "src/main.rs"];
    let is_core = |file: &String| !is_interface(file) && !roots.contains(&file.as_str());
    for file in files("src", "rs").into_iter().filter(is_core) {
        let code = take_apart(&read(&file)).code;
        assert!(!code.contains("::ui") && !code.contains("::embed"), "{file}");
    }
}

#[test]
fn only_the_crates_root_knows_the_feature() {
    for file in files("src", "rs").into_iter().filter(|file| file != "src/lib.rs") {
        assert!(!take_apart(&read(&file)).code.contains("feature ="), "{file}");
    }
    let code = take_apart(&read("src/lib.rs")).code;
    let gates = code.lines().filter(|line| line.contains("feature =")).count();
    assert!(gates <= 2, "ui and embed, and nothing else: {gates}");
}

#[test]
fn nothing_unfinished_and_no_printing_in_the_library() {
    const UNWANTED: [&str; 7] =
        ["todo!", "unimplemented!", "dbg!", "println!", "eprintln!", "print!", "#[allow(dead_code"];
    for file in files("src", "rs") {
        let text = read(&file);
        let code = take_apart(&text).code;
        let found = UNWANTED.iter().find(|unwanted| code.contains(**unwanted));
        assert_eq!(found, None, "{file}");
        let marked = ["TODO", "FIXME", "XXX"].into_iter().find(|mark| words(&text).any(|word| word == *mark));
        assert_eq!(marked, None, "{file}");
    }
}

#[test]
fn no_test_is_switched_off() {
    for file in files("tests", "rs") {
        let code = take_apart(&read(&file)).code;
        let off = ["#[ignore", "should_panic"].into_iter().find(|off| code.contains(*off));
        assert_eq!(off, None, "{file}");
    }
}

#[test]
fn every_module_stands_in_the_architecture() {
    let text = read("ARCHITECTURE.md");
    let named: BTreeSet<&str> = text
        .split(|c: char| c.is_whitespace() || "`()[],:;|".contains(c))
        .map(|word| {
            let word = word.strip_prefix("src/").unwrap_or(word).trim_end_matches(['.', '/']);
            word.strip_suffix(".rs").unwrap_or(word)
        })
        .collect();
    let missing: BTreeSet<String> =
        modules().into_iter().filter(|module| !named.contains(module.as_str())).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md is silent about {missing:?}");
}

/// The top-level modules of the library.
fn modules() -> BTreeSet<String> {
    files("src", "rs")
        .iter()
        .filter_map(|file| file.strip_prefix("src/")?.split(['/', '.']).next().map(str::to_owned))
        .filter(|module| !["lib", "main"].contains(&module.as_str()))
        .collect()
}

#[test]
fn every_module_stands_in_the_map_of_the_crate() {
    let map: String = read("src/lib.rs").lines().filter(|line| line.starts_with("//!")).collect();
    for module in modules() {
        let named = map.contains(&format!("[`{module}`]")) || map.contains(&format!("`{module}`"));
        assert!(named, "the map in src/lib.rs is silent about {module}");
    }
}

#[test]
fn the_page_works_under_a_strict_policy() {
    let page = read("index.html");
    let mut scripts = 0;
    for tag in page.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap_or((tag, ""));
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        assert!(!tag.contains("style="), "a style attribute: <{tag}>");
        assert_ne!(name, "style", "an inline style sheet");
        let is_handler = |part: &&str| part.starts_with("on") && part.contains('=');
        let handler = tag.split_whitespace().skip(1).find(is_handler);
        assert_eq!(handler, None, "an inline handler: <{tag}>");
        if name == "script" {
            scripts += 1;
            assert!(tag.contains(" src=\"./"), "a script of its own file: <{tag}>");
        }
    }
    assert_eq!(scripts, 1, "element.js and nothing else");
    for file in files("src/ui", "rs") {
        let text = read(&file);
        assert!(!text.contains("style=") && !text.contains("set_css_text"), "{file}: styles are classes");
        assert!(!text.contains("inner_html") && !text.contains("from_html_unchecked"), "{file}");
    }
}

#[test]
fn nothing_that_ships_points_outside() {
    const NAMESPACE: &str = "http://www.w3.org/2000/svg";
    let texts = files("content", "json").into_iter().chain(files("styles", "css"));
    let pages = ["element.js", "index.html"].map(str::to_owned);
    for file in texts.chain(pages).chain(files("src", "rs")) {
        let text = read(&file).replace(NAMESPACE, "");
        let address =
            ["http://", "https://", "url(//", "\"//"].into_iter().find(|start| text.contains(start));
        assert_eq!(address, None, "{file}");
    }
}

/// What stands in quotes, as JavaScript writes it.
fn quoted(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// The element fetches a likely pack before there is any Rust to ask.
#[test]
fn the_element_knows_the_languages_that_ship() {
    let script = read("element/load.js");
    let between = |start: &str, end: &str| {
        let (_, after) = script.split_once(start).unwrap_or_else(|| panic!("element/load.js has {start}"));
        after.split_once(end).unwrap_or_else(|| panic!("{start} ends with {end}")).0.to_owned()
    };
    let tags = LANGUAGES.map(|(tag, _)| tag);
    assert_eq!(quoted(&between("const LANGUAGES = [", "];")), tags, "the same, in the same order");
    assert!(tags.iter().all(|tag| tag.len() == 2), "it looks at two letters of a tag");
}

/// The names of classes in a style sheet: what follows a dot in a selector.
fn classes_of(css: &str) -> BTreeSet<String> {
    let mut rest = css;
    let mut plain = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    plain
        .split('.')
        .skip(1)
        .filter(|after| after.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(|after| after.split(|c| !is_name(c)).next().unwrap_or_default().to_owned())
        .collect()
}

/// Every word in a string literal of the interface: whatever may become a class, alone or as the beginning of one
/// (`tint-` + a number).
fn words_of_interface() -> BTreeSet<String> {
    let literals = files("src", "rs")
        .into_iter()
        .filter(|file| is_interface(file) || file.starts_with("src/chart/"))
        .flat_map(|file| take_apart(&read(&file)).literals);
    let scripts: Vec<String> = ["element.js", "element/failed.js"].into_iter().map(read).collect();
    let names = scripts.iter().flat_map(|script| quoted(script)).map(str::to_owned);
    literals
        .chain(names)
        .flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// The classes of both style sheets of the element.
fn styled() -> BTreeSet<String> {
    ["styles/widget.css", "styles/further.css"].into_iter().flat_map(|file| classes_of(&read(file))).collect()
}

#[test]
fn every_class_of_the_style_sheet_is_used() {
    let used = words_of_interface();
    let is_used = |class: &String| {
        used.contains(class)
            || used.iter().any(|word| word.ends_with('-') && class.starts_with(word.as_str()))
    };
    let unused: Vec<String> = styled().into_iter().filter(|class| !is_used(class)).collect();
    assert!(unused.is_empty(), "styled, but nothing has it: {unused:?}");
}

#[test]
fn every_class_of_the_interface_is_styled() {
    let styled = styled();
    let is_styled = |word: &String| {
        styled.contains(word)
            || word.ends_with('-') && styled.iter().any(|class| class.starts_with(word.as_str()))
    };
    let bare: BTreeSet<(String, String)> = files("src/ui", "rs")
        .into_iter()
        .flat_map(|file| classes_in(&read(&file)).into_iter().map(move |word| (file.clone(), word)))
        .filter(|(_, word)| !is_styled(word))
        .collect();
    assert!(bare.is_empty(), "no style for these; what only marks a place is a data attribute: {bare:#?}");
}

/// The words in `class="…"` and in the literals of `class={…}`.
fn classes_in(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for after in text.split("class=").skip(1) {
        let value = if let Some(quoted) = after.strip_prefix('"') {
            quoted.split('"').next().unwrap_or_default().to_owned()
        } else {
            take_apart(braced(after)).literals.join(" ")
        };
        found.extend(value.split_whitespace().map(str::to_owned));
    }
    found
}

/// The text up to the brace that closes the first one.
fn braced(text: &str) -> &str {
    let mut depth = 0_usize;
    let end = text.char_indices().find(|(_, c)| {
        depth = match c {
            '{' => depth + 1,
            '}' => depth.saturating_sub(1),
            _ => depth,
        };
        depth == 0
    });
    end.map_or(text, |(end, _)| &text[..=end])
}

#[test]
fn source_is_taken_apart_as_rust_reads_it() {
    let source = take_apart(
        "let a = \"x\\\"//\"; // \"no\"\n/* \"/* n */o\" */ f('\"', r#\"y\"z\"#, &'a \"\", b\"w\");",
    );
    assert_eq!(source.literals, ["x\\\"//", "y\"z", "", "w"]);
    assert_eq!(source.code, "let a = \"\"; \n f('\"', \"\", &'a \"\", b\"\");");
    assert_eq!(words("a_b::c(1)").collect::<Vec<_>>(), ["a_b", "c", "1"]);
    let css = "/* .no */ .a-b:hover .c2 { margin: .5em 1.5em; } .d.e{}";
    assert_eq!(classes_of(css), ["a-b", "c2", "d", "e"].map(str::to_owned).into());
    assert_eq!(
        classes_in("<p class=\"a b\"><i class={if x { \"c\" } else { \"d e\" }} id=\"f\">"),
        ["a", "b", "c", "d", "e"]
    );
}
