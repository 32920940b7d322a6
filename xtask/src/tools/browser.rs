//! Chromium and its `WebDriver`, what reads the pages that it prints, and the script that looks for accessibility faults.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::axe;
use super::setup::{Need, Setup};
use crate::failure::{Failure, Result};
use crate::{paths, process};

/// The packages, and the line that installs them.
const LINE: &str = "apt-get install --no-install-recommends chromium chromium-driver";

/// The same for what reads printed pages.
const PRINTED: &str = "apt-get install --no-install-recommends poppler-utils";

/// What the browser tests and the bench run.
#[derive(Debug, Clone)]
pub struct BrowserTools {
    /// The browser.
    pub chromium: PathBuf,
    /// Its `WebDriver`, of the same version.
    pub chromedriver: PathBuf,
    /// Says which words stand where in a PDF.
    pub pdftotext: PathBuf,
    /// Makes pictures of the pages of a PDF.
    pub pdftoppm: PathBuf,
    /// axe-core, one script.
    pub axe: PathBuf,
}

impl BrowserTools {
    /// Tells a program where they are, by the names that [`crate::command`] explains.
    pub fn apply(&self, command: &mut Command) {
        command
            .env("EQUIPOISE_CHROMIUM", &self.chromium)
            .env("EQUIPOISE_CHROMEDRIVER", &self.chromedriver)
            .env("EQUIPOISE_PDFTOTEXT", &self.pdftotext)
            .env("EQUIPOISE_PDFTOPPM", &self.pdftoppm)
            .env("EQUIPOISE_AXE", &self.axe);
    }
}

/// Finds or installs everything the browser tests need.
///
/// # Errors
/// When something is missing and can't be installed.
pub fn for_browser() -> Result<BrowserTools> {
    let mut setup = Setup::start();
    let need = Need {
        name: "Chromium with its WebDriver",
        why: "is the browser that the tests drive",
        about: "1 min",
        line: LINE,
    };
    let (chromium, chromedriver) = setup.ensure(&need, find, || install(&["chromium", "chromium-driver"]))?;
    let need = Need {
        name: "poppler-utils",
        why: "reads the pages that the browser prints",
        about: "10 s",
        line: PRINTED,
    };
    let (pdftotext, pdftoppm) = setup.ensure(&need, find_poppler, || install(&["poppler-utils"]))?;
    let axe = axe::ensure(&mut setup)?;
    setup.finish();
    Ok(BrowserTools { chromium, chromedriver, pdftotext, pdftoppm, axe })
}

fn find() -> Option<(PathBuf, PathBuf)> {
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    let chromium =
        named("EQUIPOISE_CHROMIUM").or_else(|| browsers.iter().find_map(|name| paths::on_path(name)))?;
    let driver = named("EQUIPOISE_CHROMEDRIVER").or_else(|| paths::on_path("chromedriver"))?;
    // A driver speaks to the browser of its own major version and to no other.
    (major(&chromium)? == major(&driver)?).then_some((chromium, driver))
}

fn find_poppler() -> Option<(PathBuf, PathBuf)> {
    let find = |variable: &str, name: &str| named(variable).or_else(|| paths::on_path(name));
    Some((find("EQUIPOISE_PDFTOTEXT", "pdftotext")?, find("EQUIPOISE_PDFTOPPM", "pdftoppm")?))
}

fn named(variable: &str) -> Option<PathBuf> {
    paths::variable(variable).map(PathBuf::from)
}

fn major(program: &Path) -> Option<u32> {
    major_in(&process::ask(Command::new(program).arg("--version"))?)
}

/// The first number of a version in what a browser or driver says of itself.
fn major_in(text: &str) -> Option<u32> {
    text.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

fn install(packages: &[&str]) -> Result<()> {
    if !is_debian_root() {
        return Err(Failure::new("it is installed by apt-get, and that needs Debian and root"));
    }
    let apt = |words: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(words).env("DEBIAN_FRONTEND", "noninteractive");
        process::run(&format!("apt-get {}", words[0]), &mut command)
    };
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], packages].concat())?;
    Ok(())
}

/// Whether apt-get is there and may be used.
pub(super) fn is_debian_root() -> bool {
    let root = process::ask(Command::new("id").arg("-u")).as_deref() == Some("0");
    root && Path::new("/etc/debian_version").exists() && paths::on_path("apt-get").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_programs_say() {
        assert_eq!(major_in("Chromium 156.0.7000.1 built on Debian"), Some(156));
        assert_eq!(major_in("ChromeDriver 156.0.7000.1 (abc-refs/x@{#1})"), Some(156));
        assert_eq!(major_in("something else"), None);
    }
}
