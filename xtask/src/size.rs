//! `cargo xtask size`: what someone downloads on first use, file by file, against the budget.

use crate::dist::{self, File};
use crate::failure::{Failure, Result};
use crate::{build, paths, report, serve, tools};

/// 120 KB with 1 KB = 1000 bytes, the stricter of the two readings.
pub const BUDGET: u64 = 120_000;

/// A further language: 10 KB, again of 1000 bytes.
pub const FURTHER: u64 = 10_000;

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
    if !measured.later.is_empty() {
        report::table(
            &["later, if ever", "raw", "brotli"],
            &measured.later.iter().map(row).collect::<Vec<_>>(),
        );
    }
    verdict(total(&measured.first_use).brotli)?;
    measured.later.iter().filter(|size| is_language(&size.name)).try_for_each(further)
}

/// Every further language stays within its own budget, the one in use included.
fn further(language: &Size) -> Result<()> {
    if language.brotli > FURTHER {
        let (size, budget) = (report::bytes(language.brotli), report::bytes(FURTHER));
        return Err(Failure::new(format!("{} is {size}, over its budget of {budget}", language.name)));
    }
    Ok(())
}

/// The files of `dist/`, by when they are downloaded.
#[derive(Debug, Clone)]
pub struct Measured {
    /// What the page loads before a first question can be answered.
    pub first_use: Vec<Size>,
    /// Further languages, types, and the single file.
    pub later: Vec<Size>,
}

/// Measures `dist/`.
///
/// # Errors
/// When it can't be read.
pub fn measure() -> Result<Measured> {
    let files = dist::files(&paths::dist())?;
    // One language is in use, and it may be the largest.
    let largest = files.iter().filter(|file| is_language(&file.name)).max_by_key(|file| file.bytes.len());
    let in_use = |file: &File| largest.is_some_and(|largest| largest.name == file.name);
    let at_once = |file: &&File| if is_language(&file.name) { in_use(file) } else { !is_extra(file) };
    let (first_use, later): (Vec<&File>, Vec<&File>) = files.iter().partition(at_once);
    let sizes = |files: Vec<&File>| files.into_iter().map(size).collect();
    Ok(Measured { first_use: sizes(first_use), later: sizes(later) })
}

/// A language pack of its own: `nl.json` in whatever folder.
pub(crate) fn is_language(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    name.split_once('.').is_some_and(|(stem, ending)| ending == "json" && matches!(stem.len(), 2 | 5))
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

fn verdict(brotli: u64) -> Result<()> {
    let budget = format!("budget of {} (120 KB, 1 KB = 1000 bytes)", report::bytes(BUDGET));
    if brotli > BUDGET {
        let over = report::bytes(brotli - BUDGET);
        return Err(Failure::new(format!("the first download is {over} over its {budget}")));
    }
    report::line(&format!("  within its {budget}, {} to spare", report::bytes(BUDGET - brotli)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_kept_to_the_byte() {
        assert!(verdict(BUDGET).is_ok());
        assert!(verdict(BUDGET + 1).is_err());
    }

    #[test]
    fn languages_and_extras_are_told_by_their_names() {
        let file = |name: &str| File { name: name.to_owned(), bytes: Vec::new() };
        assert!(is_language("content/nl.json") && is_language("pt-BR.json"));
        assert!(!is_language("instrument.json") && !is_language("nl.js"));
        assert!(is_extra(&file("equipoise.d.ts")) && !is_extra(&file("element.js")));
    }
}
