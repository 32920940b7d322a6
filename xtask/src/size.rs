//! `cargo xtask size`: what someone downloads on first use, file by file, against the budget.

use crate::dist::{self, File};
use crate::failure::{Failure, Result};
use crate::{build, paths, report, serve, shipped, single, tools};

/// 120 KB with 1 KB = 1000 bytes, the stricter of the two readings.
pub const BUDGET: u64 = 120_000;

/// The first part of a further language: 10 KB, again of 1000 bytes.
pub const LANGUAGE: u64 = 10_000;

/// The further part: its code and the further texts of one language, and the page for saving all of it as one file.
pub const FURTHER: u64 = 135_000;

/// What a page pays for a frame that is as high as its content: half a KB, of 1000 bytes.
pub const FRAME: u64 = 500;

/// One file of the first download.
#[derive(Debug, Clone)]
pub struct Size {
    /// Its name in `dist/`.
    pub name: String,
    /// As it is.
    pub raw: u64,
    /// As it travels: brotli, quality 11.
    pub brotli: u64,
}

/// Prints the sizes of `dist/`, which is built first when it isn't there.
///
/// # Errors
/// When the first download is over budget.
pub fn command() -> Result<()> {
    if !paths::dist().is_dir() {
        build::release(&tools::for_build()?)?;
    }
    let measured = measure()?;
    let row = |size: &Size| vec![size.name.clone(), report::bytes(size.raw), report::bytes(size.brotli)];
    let mut rows: Vec<Vec<String>> = measured.first_use.iter().map(row).collect();
    rows.push(row(&total(&measured.first_use)));
    report::table(&["first use", "raw", "brotli"], &rows);
    for (title, sizes) in [
        ("right after the first screen", &measured.further),
        ("other languages, first and further part", &measured.languages),
        ("later, if ever", &measured.later),
    ] {
        let mut rows: Vec<Vec<String>> = sizes.iter().map(row).collect();
        if sizes.len() > 1 {
            rows.push(row(&total(sizes)));
        }
        if !rows.is_empty() {
            report::table(&[title, "raw", "brotli"], &rows);
        }
    }
    within("the first download", total(&measured.first_use).brotli, BUDGET)?;
    within("the further part", total(&measured.further).brotli, FURTHER)?;
    let frame = measured.later.iter().filter(|size| size.name == dist::FRAME).cloned().collect::<Vec<_>>();
    within(dist::FRAME, total(&frame).brotli, FRAME)?;
    if let Some(file) = measured.later.iter().find(|size| size.name == single::SINGLE) {
        within(single::SINGLE, file.raw, single::BUDGET)?;
    }
    measured
        .languages
        .iter()
        .filter(|size| is_first_language(&size.name))
        .try_for_each(|language| within(&language.name, language.brotli, LANGUAGE))
}

/// The files of `dist/`, by when they are downloaded.
#[derive(Debug, Clone)]
pub struct Measured {
    /// What the page loads before a first question can be answered.
    pub first_use: Vec<Size>,
    /// What it loads right after that: the further part, in one language.
    pub further: Vec<Size>,
    /// Both parts of the texts of all other languages.
    pub languages: Vec<Size>,
    /// What is there for frames, the single file, types, and the part that stands apart.
    pub later: Vec<Size>,
}

/// Measures `dist/`.
///
/// # Errors
/// When it can't be read.
pub fn measure() -> Result<Measured> {
    let mut measured =
        Measured { first_use: Vec::new(), further: Vec::new(), languages: Vec::new(), later: Vec::new() };
    let files = dist::files(&paths::dist())?;
    // One language is in use, and it may be the largest.
    let largest = |further: bool| {
        let of_part = |file: &&File| {
            is_language(&file.name) && !dist::is_apart(&file.name) && is_further(&file.name) == further
        };
        files.iter().filter(of_part).max_by_key(|file| file.bytes.len()).map(|file| file.name.as_str())
    };
    let in_use = [largest(false), largest(true)];
    for file in files.iter().filter(|file| !is_twin(&file.name)) {
        let list = match file.name.as_str() {
            name if dist::is_apart(name) => &mut measured.later,
            name if is_language(name) && !in_use.contains(&Some(name)) => &mut measured.languages,
            name if is_further(name) => &mut measured.further,
            name if dist::is_first(name) => &mut measured.first_use,
            _ => &mut measured.later,
        };
        list.push(size(file));
    }
    Ok(measured)
}

/// The element's script under its name with a hash: the same as `element.js`.
fn is_twin(name: &str) -> bool {
    name != dist::ELEMENT && shipped::plain(name) == dist::ELEMENT
}

/// A language pack of its own: `nl.json` in whatever folder.
fn is_language(name: &str) -> bool {
    let name = shipped::plain(name.rsplit('/').next().unwrap_or_default());
    name.split_once('.').is_some_and(|(stem, ending)| ending == "json" && matches!(stem.len(), 2 | 5))
}

/// The first part of a language pack.
pub(crate) fn is_first_language(name: &str) -> bool {
    is_language(name) && !is_further(name) && !name.starts_with(dist::APART_TEXTS)
}

/// What is loaded right after the first screen.
fn is_further(name: &str) -> bool {
    let name = shipped::plain(name);
    dist::FURTHER.contains(&&*name) || name.starts_with(dist::FURTHER_TEXTS)
}

/// The sum of some sizes.
pub fn total(sizes: &[Size]) -> Size {
    let sum = |part: fn(&Size) -> u64| sizes.iter().map(part).sum();
    Size { name: "together".to_owned(), raw: sum(|size| size.raw), brotli: sum(|size| size.brotli) }
}

fn size(file: &File) -> Size {
    let brotli = serve::brotli(&file.bytes).len() as u64;
    Size { name: file.name.clone(), raw: file.bytes.len() as u64, brotli }
}

/// Says how much of a budget is left.
fn within(what: &str, bytes: u64, budget: u64) -> Result<()> {
    let words = format!("budget of {} (1 KB = 1000 bytes)", report::bytes(budget));
    if bytes > budget {
        let over = report::bytes(bytes - budget);
        return Err(Failure::new(format!("{what} is {over} over its {words}")));
    }
    report::line(&format!("  {what} is within its {words}, {} to spare", report::bytes(budget - bytes)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_kept_to_the_byte() {
        assert!(within("it", BUDGET, BUDGET).is_ok());
        assert!(within("it", BUDGET + 1, BUDGET).is_err());
    }

    #[test]
    fn languages_and_extras_are_told_by_their_names() {
        assert!(is_language("content/nl.json") && is_language("pt-BR.json"));
        assert!(!is_language("instrument.json") && !is_language("nl.js"));
        assert!(is_further("texts/further/nl.json") && is_further("equipoise_further.wasm"));
        assert!(!is_further("texts/nl.json") && !is_further("equipoise_bg.wasm"));
        assert!(dist::is_apart("texts/apart/nl.json") && dist::is_apart("equipoise_apart.0123aBc-.wasm"));
        assert!(is_further("equipoise_further.0123aBc-.wasm") && is_language("texts/nl.0123aBc-.json"));
        assert!(is_twin("element.0123aBc-.js") && !is_twin("element.js"));
    }
}
