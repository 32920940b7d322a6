//! What people copy into their pages, with the hash of what was really built: in the README and in `docs/`, between two
//! marks, and in a file beside the build.
//!
//! The hash is that of one compiler: another version makes another module of the same source. The mark says which it
//! was, and only the same one can tell whether a snippet is stale. The file has the hash of the build that it lies in,
//! whatever made that.

use std::path::PathBuf;

use crate::failure::{Context as _, Failure, Result};
use crate::{dist, hashes, paths, report, shipped};

/// The file in `dist/`.
pub(super) const FILE: &str = "snippets.md";

const START: &str = "<!-- made by `cargo xtask dist --write-snippets`, Rust ";
const END: &str = "<!-- end -->";

/// The lines for a page.
pub(super) fn lines(element: &[u8]) -> String {
    let (name, integrity) = (shipped::name(dist::ELEMENT, element), hashes::integrity(element));
    format!(
        "<script type=\"module\" src=\"/equipoise/{name}\"\n        integrity=\"{integrity}\"></script>\n\
         <equipoise-assessment lang=\"en\"></equipoise-assessment>\n"
    )
}

/// The same as a document shows them.
pub(super) fn tag(element: &[u8]) -> String {
    format!("```html\n{}```", lines(element))
}

/// The file for a build: what to copy with a hash, and without.
pub(super) fn file(element: &[u8]) -> String {
    let plain = dist::ELEMENT;
    format!(
        "# Put it on a page\n\nFor the files beside this one, copied to `/equipoise/` on your server. \
         A browser refuses the script when it is not exactly this one:\n\n{}\n\n\
         To have new releases without touching the page:\n\n```html\n\
         <script type=\"module\" src=\"/equipoise/{plain}\"></script>\n\
         <equipoise-assessment lang=\"en\"></equipoise-assessment>\n```\n",
        tag(element)
    )
}

/// What became of the snippets of a text.
#[derive(Debug, PartialEq, Eq)]
enum State {
    /// There is none.
    None,
    Fresh,
    /// They were made by another compiler, of this version.
    Other(String),
    /// This is how it should read.
    Stale(String),
}

/// Writes the snippets anew.
///
/// # Errors
/// When the build or a text can't be read, or a text lacks the second mark.
pub(super) fn write(rust: &str) -> Result<()> {
    for (path, text) in texts()? {
        let anew = fill(&text, &tag(&element()?), rust)?;
        if anew != text {
            std::fs::write(&path, anew).context(path.display())?;
            report::line(&format!("{}: the snippet is written anew.", paths::shown(&path)));
        }
    }
    Ok(())
}

/// Looks whether they are of this build, as far as this compiler can tell.
///
/// # Errors
/// When one is stale.
pub(super) fn check(rust: &str) -> Result<()> {
    let tag = tag(&element()?);
    for (path, text) in texts()? {
        let name = paths::shown(&path);
        match state(&text, &tag, rust)? {
            State::None => {}
            State::Fresh => report::line(&format!("{name}: the snippet has the hash of this build.")),
            State::Other(version) => report::line(&format!(
                "{name}: the snippet was made with Rust {version}, and this is {rust}; whether it is fresh can't be told here."
            )),
            State::Stale(_) => {
                return Err(Failure::new(format!("{name}: the snippet has the hash of another build"))
                    .remedy("cargo xtask dist --write-snippets"));
            }
        }
    }
    Ok(())
}

fn element() -> Result<Vec<u8>> {
    let path = paths::dist().join(dist::ELEMENT);
    std::fs::read(&path).context(path.display())
}

/// The README and the documents.
fn texts() -> Result<Vec<(PathBuf, String)>> {
    let docs = paths::root().join("docs");
    let mut found = vec![paths::root().join("README.md")];
    for entry in docs.read_dir().context("docs/")? {
        let path = entry.context("docs/")?.path();
        if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
    found.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).context(path.display())?;
        Ok((path, text))
    };
    found.into_iter().map(read).collect()
}

fn state(text: &str, tag: &str, rust: &str) -> Result<State> {
    let Some((_, after)) = text.split_once(START) else { return Ok(State::None) };
    let version = after.split_once(" -->").map_or("", |(version, _)| version);
    let anew = fill(text, tag, rust)?;
    Ok(match (anew == text, version == rust) {
        (true, _) => State::Fresh,
        (false, true) => State::Stale(anew),
        (false, false) => State::Other(version.to_owned()),
    })
}

/// A text with the tag between all its marks.
fn fill(text: &str, tag: &str, rust: &str) -> Result<String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(START) {
        let (_, left) =
            after.split_once(END).ok_or_else(|| Failure::new(format!("a snippet without {END}")))?;
        filled.extend([before, START, rust, " -->\n", tag, "\n", END]);
        rest = left;
    }
    Ok(filled + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_are_fresh_stale_or_of_another_compiler() {
        let text = format!("a\n{START}1.95.0 -->\nold\n{END}\nb\n");
        let fresh = fill(&text, "new", "1.95.0").expect("it has both marks");
        assert_eq!(fresh, format!("a\n{START}1.95.0 -->\nnew\n{END}\nb\n"));
        assert_eq!(state(&fresh, "new", "1.95.0"), Ok(State::Fresh));
        assert_eq!(state(&text, "new", "1.95.0"), Ok(State::Stale(fresh)));
        assert_eq!(state(&text, "new", "1.96.0"), Ok(State::Other("1.95.0".to_owned())));
        assert_eq!(state("no snippet", "new", "1.96.0"), Ok(State::None));
        assert!(fill(START, "new", "1.96.0").is_err());
    }

    #[test]
    fn the_file_has_both_ways_and_the_hash_of_its_build() {
        let file = file(b"x");
        assert!(file.contains(&tag(b"x")) && file.contains("src=\"/equipoise/element.js\""), "{file}");
        assert_eq!(file.matches("```").count(), 4, "{file}");
        assert!(file.lines().all(|line| !line.starts_with(' ') || line.contains("integrity")), "{file}");
    }

    #[test]
    fn the_tag_names_the_file_by_its_hash() {
        let tag = tag(b"x");
        assert!(
            tag.contains(&shipped::name("element.js", b"x")) && tag.contains(&hashes::integrity(b"x")),
            "{tag}"
        );
    }
}
