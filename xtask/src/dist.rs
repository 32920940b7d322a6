//! What is in `dist/`, and what may not be: anything that a strict Content-Security-Policy would block.

use std::path::Path;

use crate::failure::{Context as _, Failure, Result};
use crate::{shipped, single};

/// The element, and in the shipped form everything of its script.
pub const ELEMENT: &str = "element.js";

/// The folder of what its script is made of, before it is one.
pub const ELEMENT_PARTS: &str = "element";

/// The page for frames.
pub const FRAMED: &str = "embed.html";

/// The script for pages around a frame, which makes it as high as its content.
pub const FRAME: &str = "frame.js";

/// The scripts for frames: of the page within, and of the page around it.
pub const FRAME_SCRIPTS: [&str; 2] = ["embed.js", FRAME];

/// The folder in which they are written.
pub const FRAME_PARTS: &str = "frame";

/// What is there for frames.
pub const FRAMES: [&str; 4] = [FRAMED, "embed.js", FRAME, FRAMED_STYLES];

/// The style sheet of the page for frames.
pub const FRAMED_STYLES: &str = "styles/embed.css";

/// The module that is loaded first.
pub const MODULE: &str = "equipoise_bg.wasm";

/// The module of the further part.
pub const FURTHER_MODULE: &str = "equipoise_further.wasm";

/// What begins the name of every file with further texts.
pub const FURTHER_TEXTS: &str = "texts/further/";

/// The module that stands apart: see `APART` in `build.rs`.
pub const APART_MODULE: &str = "equipoise_apart.wasm";

/// What begins the name of every file with texts that go with it.
pub const APART_TEXTS: &str = "texts/apart/";

/// The style sheet that goes with it.
const APART_STYLES: &str = "styles/apart.css";

/// The style sheet of the further part.
const FURTHER_STYLES: &str = "styles/further.css";

/// The style sheet of the standalone page alone.
pub const PAGE_STYLES: &str = "styles/page.css";

/// What a page must ship at the least beside that; all of it is loaded right after the first screen.
pub const FURTHER: [&str; 5] =
    [FURTHER_MODULE, FURTHER_STYLES, "texts/further/keys.json", single::SHELL, shipped::LATER];

/// What a page must ship at the least; all of it is loaded on first use.
pub const FIRST_USE: [&str; 6] =
    ["index.html", ELEMENT, MODULE, PAGE_STYLES, "styles/widget.css", "texts/keys.json"];

/// A file of `dist/`.
#[derive(Debug, Clone)]
pub struct File {
    /// Its path in `dist/`, with `/` between folders.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl File {
    /// What comes after the last dot of its name.
    pub fn ending(&self) -> &str {
        self.name.rsplit_once('.').map_or("", |(_, ending)| ending)
    }
}

/// Whether the element fetches a file, by its name with or without a hash.
pub fn is_fetched(name: &str) -> bool {
    let plain = shipped::plain(name);
    let kind = |ending: &str| plain.rsplit_once('.').is_some_and(|(_, own)| own == ending);
    let is_styles = plain.starts_with("styles/") && plain != PAGE_STYLES && plain != FRAMED_STYLES;
    is_styles || plain.starts_with("texts/") || kind("wasm") || plain == single::SHELL
}

/// Whether a file is loaded before the first screen, by its name with or without a hash.
pub fn is_first(name: &str) -> bool {
    let plain = shipped::plain(name);
    let is_pack = plain.starts_with("texts/") && plain.matches('/').count() == 1;
    FIRST_USE.contains(&&*plain) || is_pack
}

/// Whether a file goes with the part that stands apart, by its name with or without a hash.
pub fn is_apart(name: &str) -> bool {
    let plain = shipped::plain(name);
    plain == APART_MODULE || plain == APART_STYLES || name.starts_with(APART_TEXTS)
}

/// Every file below a folder, in order of name.
///
/// # Errors
/// When the folder is not there or can't be read.
pub fn files(folder: &Path) -> Result<Vec<File>> {
    let missing = || Failure::new(format!("{} is not there", folder.display())).remedy("cargo xtask build");
    if !folder.is_dir() {
        return Err(missing());
    }
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<File>) -> Result<()> {
    for entry in folder.read_dir().context(folder.display())? {
        let path = entry.context(folder.display())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), found)?;
            continue;
        }
        let bytes = std::fs::read(&path).context(path.display())?;
        found.push(File { name: format!("{prefix}{name}"), bytes });
    }
    Ok(())
}

/// Refuses a `dist/` that lacks a file, or whose pages hold what a strict policy blocks.
///
/// # Errors
/// Names every fault.
pub fn check(folder: &Path) -> Result<()> {
    let files = files(folder)?;
    let mut faults: Vec<String> = FIRST_USE
        .iter()
        .chain(&FURTHER)
        .chain(&FRAMES)
        .filter(|name| !files.iter().any(|file| shipped::plain(&file.name) == **name))
        .map(|name| format!("{name} is missing"))
        .collect();
    for page in files.iter().filter(|file| file.ending() == "html") {
        let html = String::from_utf8_lossy(&page.bytes);
        faults.extend(blocked(&html).into_iter().map(|fault| format!("{}: {fault}", page.name)));
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("dist/ is not fit to ship:\n  - {}", faults.join("\n  - "))))
}

/// What in a page a strict policy would block, or what Trunk left behind.
fn blocked(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for tag in tags(html) {
        let name = tag.split([' ', '\n', '\t', '/', '>']).next().unwrap_or_default().to_lowercase();
        if name == "style" {
            faults.push("a <style> element".to_owned());
        }
        if name == "script" && attribute(tag, "src").is_none() && !is_data(tag) {
            faults.push("an inline <script>".to_owned());
        }
        if attribute(tag, "style").is_some() {
            faults.push(format!("a style attribute: <{tag}>"));
        }
        if attributes(tag).any(|(key, _)| key.starts_with("on")) {
            faults.push(format!("an inline event handler: <{tag}>"));
        }
        if attributes(tag).any(|(key, _)| key.starts_with("data-trunk")) {
            faults.push(format!("something of Trunk's: <{tag}>"));
        }
        let loads =
            attribute(tag, "src").or_else(|| (name == "link").then(|| attribute(tag, "href")).flatten());
        if loads.is_some_and(|address| address.contains("//")) {
            faults.push(format!("something loaded from elsewhere: <{tag}>"));
        }
    }
    faults
}

/// A script that holds data is not run, so no policy blocks it.
fn is_data(tag: &str) -> bool {
    attribute(tag, "type").is_some_and(|kind| kind.contains("json"))
}

/// The start tags of a page, without their brackets; comments left out.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find('<')? + 1;
            rest = &rest[start..];
            if rest.starts_with("!--") {
                rest = &rest[rest.find("-->")?..];
                continue;
            }
            let end = rest.find('>')?;
            let tag = &rest[..end];
            rest = &rest[end..];
            if tag.starts_with(|first: char| first.is_ascii_alphabetic()) {
                return Some(tag);
            }
        }
    })
}

/// The attributes of a start tag, names in lower case.
fn attributes(tag: &str) -> impl Iterator<Item = (String, String)> {
    let mut rest = tag.trim_start_matches(|c: char| !c.is_whitespace());
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        if end == 0 {
            return None;
        }
        let key = rest[..end].to_lowercase();
        rest = rest[end..].trim_start();
        let Some(after) = rest.strip_prefix('=') else { return Some((key, String::new())) };
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (from, to) = match quote {
            Some(mark) => (1, after[1..].find(mark).map_or(after.len(), |at| at + 1)),
            None => (0, after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        let value = after[from..to].to_owned();
        rest = &after[(to + from).min(after.len())..];
        Some((key, value))
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    attributes(tag).find(|(key, _)| key == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strict_page_passes() {
        let html = r#"<!doctype html><html lang=nl><head><!-- <script>x</script> --><link rel="stylesheet" href="./a.css">
            <script type="module" src="./element.js"></script><script type="application/json">{"a":1}</script></head>
            <body><equipoise-assessment form="full"></equipoise-assessment></body></html>"#;
        assert_eq!(blocked(html), Vec::<String>::new());
    }

    #[test]
    fn everything_a_strict_policy_blocks_is_found() {
        let faults = |html: &str| blocked(html).len();
        assert_eq!(faults("<script>x()</script>"), 1);
        assert_eq!(faults("<script type=module>x()</script>"), 1);
        assert_eq!(faults("<p style='color:red'>"), 1);
        assert_eq!(faults("<style>p{}</style>"), 1);
        assert_eq!(faults("<body onload=x()>"), 1);
        assert_eq!(faults("<link data-trunk rel=rust>"), 1);
        assert_eq!(faults("<script src=https://elsewhere/x.js></script>"), 1);
    }

    #[test]
    fn attributes_are_read_however_they_are_quoted() {
        let read: Vec<_> = attributes(r#"a one="1 2" TWO='3' three=4 four"#).collect();
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(read, [pair("one", "1 2"), pair("two", "3"), pair("three", "4"), pair("four", "")]);
    }
}
