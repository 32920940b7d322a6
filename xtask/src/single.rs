//! `equipoise.html`: everything in one file, opened from wherever it is, with no request at all.
//!
//! Its page (`shell.txt`) holds a small script that unpacks and then runs the element's own script out of the pack; its
//! policy knows both by their hashes and allows nothing else. The same page ships with the element, which fills it when
//! someone saves a result or a questionnaire as a file.

use std::process::Command;

use crate::dist::{self, File};
use crate::failure::{Context as _, Failure, Result};
use crate::{hashes, pack, paths, process, shipped};

/// Its name in `dist/`.
pub const SINGLE: &str = "equipoise.html";

/// The page without its pack; see `element/save.js`.
pub const SHELL: &str = "shell.txt";

/// 300 KB with 1 KB = 1000 bytes, the stricter of the two readings.
pub const BUDGET: u64 = 300_000;

/// Its title when nobody gave it one.
const TITLE: &str = "Equipoise";

/// How the pack of a page may be packed: by whom it is filled decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filled {
    /// By this build, as small as can be.
    Here,
    /// By a browser, with what it has.
    ByABrowser,
}

/// Writes the page that a browser fills, for the files of a build that have their plain names still.
///
/// # Errors
/// When something is missing, or the script can't be bundled.
pub fn write_shell(esbuild: Command) -> Result<()> {
    let folder = paths::dist();
    let shell = shell(esbuild, &dist::files(&folder)?, Filled::ByABrowser)?;
    let path = folder.join(SHELL);
    std::fs::write(&path, shell).context(path.display())
}

/// The page without its pack, made of the files of a build, whether or not they have a hash in their name.
fn shell(mut esbuild: Command, files: &[File], filled: Filled) -> Result<String> {
    let text = |name: &str| {
        let file = files.iter().find(|file| file.name == name || shipped::plain(&file.name) == name);
        let file = file.ok_or_else(|| Failure::new(format!("{name} is missing")))?;
        Ok(String::from_utf8_lossy(&file.bytes).into_owned())
    };
    let element = shipped::unlisted(text(dist::ELEMENT)?.as_bytes());
    let template = paths::root().join("single/page.html");
    let page = std::fs::read_to_string(&template).context(template.display())?;
    esbuild
        .args(["--bundle", "--format=iife"])
        .arg(format!("--define:READS_LZMA={}", filled == Filled::Here))
        .arg(paths::root().join("single/open.js"));
    let open = process::run("esbuild", &mut esbuild)?.output;
    let (body, style) = (body(&text("index.html")?)?, text(dist::PAGE_STYLES)?);
    fill_shell(&page, &body, style.trim(), open.trim(), &String::from_utf8_lossy(&element))
}

/// What stands between the tags of a page's body.
fn body(html: &str) -> Result<String> {
    let inside = html.split_once("<body>").and_then(|(_, after)| after.split_once("</body>"));
    let (inside, _) = inside.ok_or_else(|| Failure::new("index.html has no body"))?;
    Ok(inside.trim().to_owned())
}

/// The page without its pack, from its template.
fn fill_shell(page: &str, body: &str, style: &str, open: &str, element: &str) -> Result<String> {
    if let Some(end) =
        [(style, "</style"), (open, "</script"), (open, "<!--")].iter().find(|(text, end)| text.contains(end))
    {
        return Err(Failure::new(format!("a part of {SINGLE} holds {}, which would end it", end.1)));
    }
    let policy = policy(style, open, element);
    let filled = fill(page, "{{", "}}", |name| match name {
        "policy" => Some(&policy),
        "style" => Some(style),
        "body" => Some(body),
        "open" => Some(open),
        _ => None,
    });
    Ok(filled)
}

/// What the page may do: run these two scripts and WebAssembly, have this style, and nothing else.
fn policy(style: &str, open: &str, element: &str) -> String {
    let [style, open, element] = [style, open, element].map(|text| hashes::sha256(text.as_bytes()));
    format!(
        "default-src 'none'; script-src 'sha256-{open}' 'sha256-{element}' 'wasm-unsafe-eval'; \
         style-src 'sha256-{style}'; img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types equipoise"
    )
}

/// Makes `equipoise.html` of the files of a build.
///
/// # Errors
/// When a file is missing, or it can't be packed.
pub fn write(esbuild: Command) -> Result<()> {
    let folder = paths::dist();
    let files = dist::files(&folder)?;
    let shell = shell(esbuild, &files, Filled::Here)?;
    let path = folder.join(SINGLE);
    std::fs::write(&path, make(&files, &shell)?).context(path.display())
}

fn make(files: &[File], shell: &str) -> Result<String> {
    let mut carried = carried(files);
    // What is saved from this page copies its pack, so it is filled the same way.
    for file in carried.iter_mut().filter(|file| file.name == SHELL) {
        file.bytes = shell.into();
    }
    let packed = pack::pack(&carried)?;
    let page = fill(shell, "@", "@", |name| match name {
        "title" => Some(TITLE),
        "instrument" | "result" => Some(""),
        "label" => Some(&packed.label),
        "pack" => Some(&packed.text),
        _ => None,
    });
    Ok(page)
}

/// What it carries, under plain names: all that the element fetches without the part that stands apart, and the element
/// itself without its list. A file that an author saves is made in the page, and carries that part too.
fn carried(files: &[File]) -> Vec<File> {
    let element = |file: &File| file.name == dist::ELEMENT;
    let mut carried: Vec<File> = files
        .iter()
        .filter(|file| element(file) || dist::is_fetched(&file.name) && !dist::is_apart(&file.name))
        .map(|file| File {
            name: shipped::plain(&file.name),
            bytes: if element(file) { shipped::unlisted(&file.bytes) } else { file.bytes.clone() },
        })
        .collect();
    // Files of a kind beside each other pack better.
    carried.sort_by(|a, b| (a.ending(), &a.name).cmp(&(b.ending(), &b.name)));
    carried
}

/// A text with what stands between two marks replaced, where `value` knows it; in one pass, so that no value is read.
fn fill<'a>(text: &str, open: &str, close: &str, value: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        let after = &rest[at + open.len()..];
        let named =
            after.find(close).and_then(|end| Some((value(&after[..end])?, &after[end + close.len()..])));
        filled.push_str(&rest[..at]);
        let Some((value, left)) = named else {
            filled.push_str(open);
            rest = after;
            continue;
        };
        filled.push_str(value);
        rest = left;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_and_not_read() {
        let value = |name: &str| match name {
            "a" => Some("@b@"),
            "b" => Some("2"),
            _ => None,
        };
        assert_eq!(fill("x@a@y@b@z@c@@a@ me@b", "@", "@", value), "x@b@y2z@c@@b@ me@b");
    }

    #[test]
    fn the_policy_knows_what_the_page_holds_and_nothing_else() {
        let shell = fill_shell("{{policy}}|{{style}}|{{body}}|{{open}}", "<p>", "p{}", "x()", "y()")
            .expect("it fits");
        let hash = |text: &str| format!("'sha256-{}'", hashes::sha256(text.as_bytes()));
        assert!(shell.ends_with("|p{}|<p>|x()"), "{shell}");
        assert!(
            shell.contains(&format!("script-src {} {} 'wasm-unsafe-eval';", hash("x()"), hash("y()"))),
            "{shell}"
        );
        assert!(
            shell.contains(&format!("style-src {};", hash("p{}"))) && !shell.contains("unsafe-inline"),
            "{shell}"
        );
        assert!(fill_shell("", "", "", "'</script>'", "").is_err());
    }
}
