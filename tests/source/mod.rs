//! Looking at the project's own source: its files, and Rust code apart from comments and string literals.

use std::fs;
use std::path::{Path, PathBuf};

/// The project's directory.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file of the project.
#[track_caller]
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file under a directory with that extension, as paths from the project's directory, in order.
#[track_caller]
pub(crate) fn files(directory: &str, extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    gather(&root().join(directory), extension, &mut found);
    found.sort();
    assert!(!found.is_empty(), "no .{extension} files under {directory}");
    found
}

#[track_caller]
fn gather(directory: &Path, extension: &str, found: &mut Vec<String>) {
    let entries = fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            gather(&path, extension, found);
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(relative(&path));
        }
    }
}

fn relative(path: &Path) -> String {
    let path: PathBuf = path.strip_prefix(root()).expect("inside the project").into();
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Rust source taken apart.
pub(crate) struct Source {
    /// The code with comments left out and every string literal emptied.
    pub(crate) code: String,
    /// What stood in the string literals, in order; escapes as they were written.
    pub(crate) literals: Vec<String>,
}

/// Takes Rust source apart. Knows line comments, nested block comments, strings, raw strings and characters.
pub(crate) fn take_apart(text: &str) -> Source {
    let mut source = Source { code: String::new(), literals: Vec::new() };
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some((opening, hashes)) = raw_string(rest, &source.code) {
            let closing = format!("\"{}", "#".repeat(hashes));
            let inside = rest[opening..].find(&closing).expect("a raw string ends");
            source.take_literal(&rest[opening..opening + inside]);
            opening + inside + closing.len()
        } else if first == '"' {
            let inside = string(&rest[1..]);
            source.take_literal(&rest[1..=inside]);
            inside + 2
        } else {
            let length = character(rest).unwrap_or(first.len_utf8());
            source.code.push_str(&rest[..length]);
            length
        };
        rest = &rest[length..];
    }
    source
}

impl Source {
    fn take_literal(&mut self, text: &str) {
        self.literals.push(text.to_owned());
        self.code.push_str("\"\"");
    }
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
        } else {
            at += text[at..].chars().next().expect("a block comment ends").len_utf8();
        }
        if depth == 0 {
            return at;
        }
    }
}

/// The length of `r"`, `r#"` … at the start of `text`, and how many `#` it has.
fn raw_string(text: &str, before: &str) -> Option<(usize, usize)> {
    let after = text.strip_prefix('r')?;
    let within_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_') && !before.ends_with('b');
    let hashes = after.len() - after.trim_start_matches('#').len();
    (!within_word && after[hashes..].starts_with('"')).then_some((hashes + 2, hashes))
}

/// The length of a string's inside.
fn string(inside: &str) -> usize {
    let mut escaped = false;
    let end = inside.char_indices().find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.expect("a string ends").0
}

/// The length of a character literal at the start of `text`; `None` for anything else, a lifetime included.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let mut chars = inside.chars();
    let first = chars.next()?;
    if first == '\\' {
        return inside[2..].find('\'').map(|end| end + 4);
    }
    (chars.next() == Some('\'')).then(|| first.len_utf8() + 2)
}
