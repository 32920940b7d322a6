//! `cargo xtask size`: what someone downloads on first use, file by file, against the budget.

use crate::dist::{self, File};
use crate::failure::{Failure, Result};
use crate::{build, paths, report, serve, tools};

/// 120 KB with 1 KB = 1000 bytes, the stricter of the two readings.
pub const BUDGET: u64 = 120_000;

/// The first part of a further language: 10 KB, again of 1000 bytes.
pub const LANGUAGE: u64 = 10_000;

/// The further part: its code and the further texts of one language.
pub const FURTHER: u64 = 120_000;

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
    /// Types, and the single file.
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
        let of_part = |file: &&File| is_language(&file.name) && is_further(&file.name) == further;
        files.iter().filter(of_part).max_by_key(|file| file.bytes.len()).map(|file| file.name.as_str())
    };
    let in_use = [largest(false), largest(true)];
    for file in &files {
        let list = match file {
            _ if is_language(&file.name) && !in_use.contains(&Some(&file.name)) => &mut measured.languages,
            _ if is_further(&file.name) => &mut measured.further,
            _ if is_extra(file) => &mut measured.later,
            _ => &mut measured.first_use,
        };
        list.push(size(file));
    }
    Ok(measured)
}

/// A language pack of its own: `nl.json` in whatever folder.
fn is_language(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    name.split_once('.').is_some_and(|(stem, ending)| ending == "json" && matches!(stem.len(), 2 | 5))
}

/// The first part of a language pack.
pub(crate) fn is_first_language(name: &str) -> bool {
    is_language(name) && !is_further(name)
}

/// What is loaded right after the first screen.
fn is_further(name: &str) -> bool {
    dist::FURTHER.contains(&name) || name.starts_with(dist::FURTHER_TEXTS)
}

/// What no page loads by itself.
fn is_extra(file: &File) -> bool {
    file.name == "equipoise.html" || matches!(file.ending(), "ts" | "map" | "md" | "txt")
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
fn within(what: &str, brotli: u64, budget: u64) -> Result<()> {
    let words = format!("budget of {} (1 KB = 1000 bytes)", report::bytes(budget));
    if brotli > budget {
        let over = report::bytes(brotli - budget);
        return Err(Failure::new(format!("{what} is {over} over its {words}")));
    }
    report::line(&format!("  {what} is within its {words}, {} to spare", report::bytes(budget - brotli)));
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
        let file = |name: &str| File { name: name.to_owned(), bytes: Vec::new() };
        assert!(is_language("content/nl.json") && is_language("pt-BR.json"));
        assert!(!is_language("instrument.json") && !is_language("nl.js"));
        assert!(is_further("texts/further/nl.json") && is_further("equipoise_further.wasm"));
        assert!(!is_further("texts/nl.json") && !is_further("equipoise_bg.wasm"));
        assert!(is_extra(&file("equipoise.d.ts")) && !is_extra(&file("element.js")));
    }
}
