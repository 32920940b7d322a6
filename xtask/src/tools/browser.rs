//! The browsers and their `WebDriver`s, what reads the pages that they print, and the script that looks for
//! accessibility faults.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::setup::{Need, Setup};
use super::{axe, cargo_tool};
use crate::engine::Engine;
use crate::failure::{Failure, Result};
use crate::{paths, process};

/// The line that installs the packages of Chromium.
const LINE: &str = "apt-get install --no-install-recommends chromium chromium-driver";

/// The same for what reads printed pages.
const PRINTED: &str = "apt-get install --no-install-recommends poppler-utils";

/// The same for Firefox; geckodriver isn't among Debian's packages.
const FIREFOX: &str = "apt-get install --no-install-recommends firefox-esr";

/// The same for `WebKit`: its driver and browser, a screen that nobody sees, and the settings of a desktop on it.
const WEBKIT: &str = "apt-get install --no-install-recommends webkit2gtk-driver xvfb xsettingsd";

/// Where distributions put the browser that belongs to `WebKit`'s driver; `*` is any folder.
const MINIBROWSERS: [&str; 2] =
    ["/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/libexec/webkit2gtk-4.1/MiniBrowser"];

/// What the browser tests and the bench run: the names that [`crate::command`] explains, and where each is.
#[derive(Debug, Clone)]
pub struct BrowserTools {
    engine: Engine,
    places: Vec<(&'static str, PathBuf)>,
}

impl BrowserTools {
    /// Tells a program where they are.
    pub fn apply(&self, command: &mut Command) {
        command.env("EQUIPOISE_ENGINE", self.engine.word());
        command.envs(self.places.iter().map(|(name, place)| (name, place)));
    }
}

/// Finds or installs everything the browser tests need in one engine.
///
/// # Errors
/// When something is missing and can't be installed.
pub fn for_browser(engine: Engine) -> Result<BrowserTools> {
    let mut setup = Setup::start();
    let mut places = match engine {
        Engine::Chromium => chromium(&mut setup)?,
        Engine::Firefox => firefox(&mut setup)?,
        Engine::WebKit => webkit(&mut setup)?,
    };
    let need = Need {
        name: "poppler-utils",
        why: "reads the pages that the browser prints",
        about: "10 s",
        line: PRINTED,
    };
    let (pdftotext, pdftoppm) = setup.ensure(&need, find_poppler, || install(&["poppler-utils"]))?;
    places.extend([("EQUIPOISE_PDFTOTEXT", pdftotext), ("EQUIPOISE_PDFTOPPM", pdftoppm)]);
    places.push(("EQUIPOISE_AXE", axe::ensure(&mut setup)?));
    setup.finish();
    Ok(BrowserTools { engine, places })
}

fn chromium(setup: &mut Setup) -> Result<Vec<(&'static str, PathBuf)>> {
    let need = Need {
        name: "Chromium with its WebDriver",
        why: "is a browser that the tests drive",
        about: "1 min",
        line: LINE,
    };
    let (chromium, driver) =
        setup.ensure(&need, find_chromium, || install(&["chromium", "chromium-driver"]))?;
    Ok(vec![("EQUIPOISE_CHROMIUM", chromium), ("EQUIPOISE_CHROMEDRIVER", driver)])
}

fn firefox(setup: &mut Setup) -> Result<Vec<(&'static str, PathBuf)>> {
    let need =
        Need { name: "Firefox", why: "is a browser that the tests drive", about: "1 min", line: FIREFOX };
    let find = || find_program("EQUIPOISE_FIREFOX", &["firefox-esr", "firefox"]);
    let firefox = setup.ensure(&need, find, || install(&["firefox-esr"]))?;
    Ok(vec![("EQUIPOISE_FIREFOX", firefox), ("EQUIPOISE_GECKODRIVER", cargo_tool::geckodriver(setup)?)])
}

fn webkit(setup: &mut Setup) -> Result<Vec<(&'static str, PathBuf)>> {
    let need = Need {
        name: "WebKitGTK with its WebDriver",
        why: "is a browser that the tests drive",
        about: "1 min",
        line: WEBKIT,
    };
    setup.ensure(&need, find_webkit, || install(&["webkit2gtk-driver", "xvfb", "xsettingsd"]))
}

fn find_chromium() -> Option<(PathBuf, PathBuf)> {
    let chromium = find_program("EQUIPOISE_CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])?;
    let driver = find_program("EQUIPOISE_CHROMEDRIVER", &["chromedriver"])?;
    // A driver speaks to the browser of its own major version and to no other.
    (major(&chromium)? == major(&driver)?).then_some((chromium, driver))
}

fn find_webkit() -> Option<Vec<(&'static str, PathBuf)>> {
    Some(vec![
        ("EQUIPOISE_MINIBROWSER", minibrowser_found()?),
        ("EQUIPOISE_WEBKITWEBDRIVER", find_program("EQUIPOISE_WEBKITWEBDRIVER", &["WebKitWebDriver"])?),
        ("EQUIPOISE_XVFB", find_program("EQUIPOISE_XVFB", &["Xvfb"])?),
        ("EQUIPOISE_XSETTINGSD", find_program("EQUIPOISE_XSETTINGSD", &["xsettingsd"])?),
    ])
}

/// The browser that belongs to `WebKit`'s driver, if it is installed.
pub fn minibrowser_found() -> Option<PathBuf> {
    named("EQUIPOISE_MINIBROWSER").or_else(|| MINIBROWSERS.iter().find_map(|place| first_at(place)))
}

/// The first file at a place in whose path one folder may be anything.
fn first_at(place: &str) -> Option<PathBuf> {
    let Some((before, after)) = place.split_once("/*/") else {
        return Some(PathBuf::from(place)).filter(|file| file.is_file());
    };
    let folders = Path::new(before).read_dir().ok()?;
    folders.flatten().map(|folder| folder.path().join(after)).find(|file| file.is_file())
}

fn find_poppler() -> Option<(PathBuf, PathBuf)> {
    let pdftotext = find_program("EQUIPOISE_PDFTOTEXT", &["pdftotext"])?;
    Some((pdftotext, find_program("EQUIPOISE_PDFTOPPM", &["pdftoppm"])?))
}

/// A program that a variable names, or else the first of these on `PATH`.
fn find_program(variable: &str, names: &[&str]) -> Option<PathBuf> {
    named(variable).or_else(|| names.iter().find_map(|name| paths::on_path(name)))
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
