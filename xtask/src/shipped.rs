//! Names that change with the content: `equipoise_bg.wasm` ships as `equipoise_bg.Ab3dEf9-.wasm`, so that a server may let
//! browsers keep it for ever, and the element refuses whatever has another hash than it had when it was built.
//!
//! The element knows its files by their plain names and has a list of their hashes in it. A hash begins with what stands
//! in the name, so that each travels once.

use std::path::Path;

use crate::dist::{self, File};
use crate::failure::{Context as _, Failure, Result};
use crate::{hashes, report};

/// Where the list goes in the element's script: a text in `element/load.js`. `element/load.js` also takes it out again.
const LIST: &str = "\"@shipped@\"";

/// The list of what is fetched later: hashes don't get smaller, so they don't travel before they are needed.
pub const LATER: &str = "later.txt";

/// How much of a hash stands in a name.
const MARK: usize = 8;

/// The name under which a file ships.
pub fn name(plain: &str, bytes: &[u8]) -> String {
    let (stem, ending) = plain.rsplit_once('.').unwrap_or((plain, ""));
    let mark: String = hashes::sha256(bytes)
        .chars()
        .take(MARK)
        .map(|c| if matches!(c, '+' | '/') { '-' } else { c })
        .collect();
    format!("{stem}.{mark}.{ending}")
}

/// The name that a file had before it got a hash, or the same when it has none.
pub fn plain(name: &str) -> String {
    let marked = || {
        let (stem, ending) = name.rsplit_once('.')?;
        let (stem, mark) = stem.rsplit_once('.')?;
        let is_mark = mark.len() == MARK && mark.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        is_mark.then(|| format!("{stem}.{ending}"))
    };
    marked().unwrap_or_else(|| name.to_owned())
}

/// Gives every file of a build its name, tells the element, and points the pages at them. `element.js`, `frame.js` and
/// the pages keep their names; of the element there is one with a hash as well.
///
/// # Errors
/// When the element has no place for the list, or a page asks for what isn't there.
pub fn rename(folder: &Path) -> Result<()> {
    let files = dist::files(folder)?;
    let stays = |file: &&File| [dist::ELEMENT, dist::FRAME].contains(&&*file.name) || file.ending() == "html";
    let (stay, go): (Vec<&File>, Vec<&File>) = files.iter().partition(stays);
    for file in &go {
        let new = folder.join(name(&file.name, &file.bytes));
        std::fs::rename(folder.join(&file.name), &new).context(new.display())?;
    }
    let element = stay.iter().find(|file| file.name == dist::ELEMENT);
    let element = element.ok_or_else(|| Failure::new("element.js is missing"))?;
    let (first, later): (Vec<&File>, Vec<&File>) = go
        .iter()
        .copied()
        .filter(|file| dist::is_fetched(&file.name))
        .partition(|file| dist::is_first(&file.name));
    let later = File { name: LATER.to_owned(), bytes: lines(&later).into_bytes() };
    let path = folder.join(name(LATER, &later.bytes));
    std::fs::write(&path, &later.bytes).context(path.display())?;
    let first: Vec<&File> = first.into_iter().chain([&later]).collect();
    let script = list_in(&String::from_utf8_lossy(&element.bytes), &first)?;
    let hashed = name(dist::ELEMENT, script.as_bytes());
    for name in [dist::ELEMENT, &hashed] {
        std::fs::write(folder.join(name), &script).context(name)?;
    }
    let element = File { name: dist::ELEMENT.to_owned(), bytes: script.into_bytes() };
    for page in stay.iter().filter(|file| file.ending() == "html") {
        let html = point(&String::from_utf8_lossy(&page.bytes), &go, &element)?;
        std::fs::write(folder.join(&page.name), html).context(&page.name)?;
    }
    report::line(&format!("{} files have their hash in their name.", go.len() + 1));
    Ok(())
}

/// The element's script with the list of files in it that it fetches first.
fn list_in(script: &str, files: &[&File]) -> Result<String> {
    if script.matches(LIST).count() != 1 {
        return Err(Failure::new("the element's script has not exactly one place for the list of files"));
    }
    Ok(script.replace(LIST, &format!("{}{}\"", LIST.trim_end_matches('"'), lines(files))))
}

/// A list of files with their hashes, as `element/load.js` reads it.
fn lines(files: &[&File]) -> String {
    let line = |file: &&File| format!("{} {}", file.name, hashes::sha256(&file.bytes));
    files.iter().map(line).collect::<Vec<_>>().join(",")
}

/// The element's script without the list, as `equipoise.html` runs it: that has no files to fetch. Only so can the list
/// name the page of that file, which names this script by its hash.
pub fn unlisted(script: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(script);
    let start = LIST.trim_end_matches('"');
    let Some((before, after)) = text.split_once(start) else { return script.to_vec() };
    let after = after.split_once('"').map_or("", |(_, after)| after);
    [before, LIST, after].concat().into_bytes()
}

/// A page whose own files are asked for under their new names, scripts and style sheets with their integrity.
///
/// A preload has none: browsers say that they pass it over there, and check it where the file is used.
fn point(html: &str, files: &[&File], element: &File) -> Result<String> {
    let html = without_comments(html);
    let mut pointed = String::new();
    let mut rest = html.as_str();
    while let Some(at) = rest.find("=\"./") {
        let (before, after) = rest.split_at(at + 2);
        let end = after.find('"').unwrap_or(after.len());
        let path = &after[2..end];
        pointed.push_str(before);
        let file = files.iter().copied().chain([element]).find(|file| file.name == path);
        let file = file.ok_or_else(|| Failure::new(format!("a page asks for {path}, which is not there")))?;
        pointed.extend(["./", &name(path, &file.bytes), "\""]);
        let tag = before.rsplit('<').next().unwrap_or_default();
        if tag.starts_with("script") || tag.contains("rel=\"stylesheet\"") {
            pointed.extend([" integrity=\"sha256-", &hashes::sha256(&file.bytes), "\""]);
        }
        rest = after.get(end + 1..).unwrap_or_default();
    }
    Ok(pointed + rest)
}

/// A page without its comments, which are for whoever reads the source.
fn without_comments(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        plain.push_str(before.trim_end());
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    // Where a line of Trunk's stood, an empty one is left.
    plain.split('\n').filter(|line| line.is_empty() || !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: &str) -> File {
        File { name: name.to_owned(), bytes: bytes.as_bytes().to_vec() }
    }

    #[test]
    fn names_have_the_start_of_the_hash_and_lose_it_again() {
        assert_eq!(hashes::sha256(b""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(name("texts/further/nl.json", b""), "texts/further/nl.47DEQpj8.json");
        assert_eq!(plain("texts/further/nl.47DEQpj8.json"), "texts/further/nl.json");
        for own in ["element.js", "equipoise.d.ts", "index.html", "a.b.c", "LICENSE"] {
            assert_eq!(plain(own), own);
        }
    }

    #[test]
    fn no_name_has_what_an_address_would_read_otherwise() {
        for content in 0..500_u32 {
            let name = name("a.css", &content.to_le_bytes());
            assert_eq!(plain(&name), "a.css", "{name}");
        }
    }

    #[test]
    fn the_list_stands_in_the_script() {
        let (one, styles) = (file("a.wasm", ""), file("b.css", "p{}"));
        let script = list_in("x(\"@shipped@\")", &[&one, &styles]).expect("there is a place");
        let (empty, full) = (hashes::sha256(b""), hashes::sha256(b"p{}"));
        assert_eq!(script, format!("x(\"@shipped@a.wasm {empty},b.css {full}\")"));
        assert_eq!(unlisted(script.as_bytes()), b"x(\"@shipped@\")");
        assert_eq!(unlisted(b"x(\"@shipped@\")"), b"x(\"@shipped@\")");
        assert!(list_in("x()", &[]).is_err() && list_in("\"@shipped@\"\"@shipped@\"", &[]).is_err());
    }

    #[test]
    fn pages_ask_for_the_new_names() {
        let (wasm, css, element) = (file("a.wasm", ""), file("s/p.css", "p{}"), file("element.js", "x"));
        let html = r#"<link rel="stylesheet" href="./s/p.css" /><link rel="preload" href="./a.wasm" as="fetch">
            <script type="module" src="./element.js"></script><a href="data:,">"#;
        let pointed = point(html, &[&wasm, &css], &element).expect("all are there");
        assert!(
            pointed.contains(&format!("href=\"./{}\" integrity=\"sha256-", name("s/p.css", b"p{}"))),
            "{pointed}"
        );
        assert!(pointed.contains("href=\"./a.47DEQpj8.wasm\" as=\"fetch\""), "{pointed}");
        assert!(pointed.contains(&format!(
            "{}\" integrity=\"sha256-{}\"></script>",
            name("element.js", b"x"),
            hashes::sha256(b"x")
        )));
        assert!(pointed.ends_with("<a href=\"data:,\">"));
        let commented =
            point("<p>\n  <!-- why ./a.css\n it is -->\n</p>", &[], &element).expect("it asks for nothing");
        assert_eq!(commented, "<p>\n</p>");
        assert!(point("<a href=\"./b.css\">", &[&wasm], &element).is_err());
    }
}
