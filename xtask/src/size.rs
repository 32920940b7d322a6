//! `cargo xtask size`: what someone downloads on first use, file by file, against the budget.

use crate::failure::{Failure, Result};
use crate::{build, dist, paths, report, serve, tools};

/// 120 KB with 1 KB = 1000 bytes, the stricter of the two readings.
pub const BUDGET: u64 = 120_000;

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
    let sizes = first_use()?;
    let row = |size: &Size| vec![size.name.clone(), report::bytes(size.raw), report::bytes(size.brotli)];
    let mut rows: Vec<Vec<String>> = sizes.iter().map(row).collect();
    rows.push(row(&total(&sizes)));
    report::table(&["first use", "raw", "brotli"], &rows);
    verdict(total(&sizes).brotli)
}

/// Every file that the page loads on first use.
///
/// # Errors
/// When `dist/` can't be read.
pub fn first_use() -> Result<Vec<Size>> {
    let files = dist::files(&paths::dist())?;
    let loaded = files.iter().filter(|file| dist::FIRST_USE.contains(&file.name.as_str()));
    Ok(loaded.map(size).collect())
}

/// The sum of some sizes.
pub fn total(sizes: &[Size]) -> Size {
    let sum = |part: fn(&Size) -> u64| sizes.iter().map(part).sum();
    Size { name: "together".to_owned(), raw: sum(|size| size.raw), brotli: sum(|size| size.brotli) }
}

fn size(file: &dist::File) -> Size {
    let brotli = serve::brotli(&file.bytes).len() as u64;
    Size { name: file.name.clone(), raw: file.bytes.len() as u64, brotli }
}

fn verdict(brotli: u64) -> Result<()> {
    let budget = format!("budget {} (120 KB of 1000 bytes)", report::bytes(BUDGET));
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
}
