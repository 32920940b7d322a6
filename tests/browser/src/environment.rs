//! What the tests run on. `cargo xtask test` brings it and names it in environment variables; without those it is
//! looked for where that command would have put it.

use std::path::PathBuf;

use xtask::paths;
use xtask::serve::{Page, Server, Site};

use crate::failed::{Result, Trouble};

/// A server that shows the release build at its top, under the strict policy.
///
/// # Errors
/// When there is no build.
pub fn dist() -> Result<Server> {
    dist_at("/")
}

/// The same below a path such as `/deep/er/`.
///
/// # Errors
/// When there is no build.
pub fn dist_at(path: &str) -> Result<Server> {
    Ok(Server::start(Site::new().folder_at(path, build()?).uncompressed(), 0)?)
}

/// The same at its top, but for one file of the build, told by its name without a hash.
///
/// # Errors
/// When there is no build, or no such file in it.
pub fn dist_without(name: &str) -> Result<Server> {
    let mut site = Site::new().uncompressed();
    let missing = shipped(name)?;
    for file in xtask::dist::files(&build()?)?.into_iter().filter(|file| file.name != missing) {
        site = site.page(&format!("/{}", file.name), Page::file(&file.name, file.bytes));
    }
    Ok(Server::start(site, 0)?)
}

/// The same at its top, with a header to every file.
///
/// # Errors
/// When there is no build.
pub fn dist_with_header(name: &str, value: &str) -> Result<Server> {
    let mut site = Site::new().uncompressed();
    for file in xtask::dist::files(&build()?)? {
        let page = Page::file(&file.name, file.bytes).header(name, value);
        site = site.page(&format!("/{}", file.name), page);
    }
    Ok(Server::start(site, 0)?)
}

/// A server that shows the release build, and beside it the pages of others: `yew/` and `react/`.
///
/// # Errors
/// When there is no build, or the pages of others aren't built.
pub fn dist_with_hosts() -> Result<Server> {
    let hosts = paths::variable("EQUIPOISE_HOSTS").map_or_else(xtask::hosts::folder, PathBuf::from);
    if !hosts.join("react/host.js").is_file() {
        return Err(missing("a host page"));
    }
    let site = Site::new().folder(build()?).uncompressed();
    let site = ["yew", "react"]
        .iter()
        .fold(site, |site, name| site.folder_at(&format!("/{name}/"), hosts.join(name)));
    Ok(Server::start(site, 0)?)
}

/// One file of the build, to be shown where it is wanted.
///
/// # Errors
/// When there is no build, or no such file in it.
pub fn dist_file(name: &str) -> Result<Page> {
    let bytes = std::fs::read(dist_path(name)?).map_err(|_| missing(name))?;
    Ok(Page::file(name, bytes))
}

/// Where a file of the build is.
///
/// # Errors
/// When there is no build, or no such file in it.
pub fn dist_path(name: &str) -> Result<PathBuf> {
    Ok(build()?.join(shipped(name)?))
}

/// The name under which a file ships: with its hash, when it has one.
///
/// # Errors
/// When there is no build, or no such file in it.
pub fn shipped(name: &str) -> Result<String> {
    let names = || xtask::dist::files(&build()?).map_err(Trouble::from);
    let names: Vec<String> = names()?.into_iter().map(|file| file.name).collect();
    let hashed = || names.iter().find(|one| xtask::shipped::plain(one) == name);
    names.iter().find(|one| *one == name).or_else(hashed).cloned().ok_or_else(|| missing(name))
}

fn build() -> Result<PathBuf> {
    let folder = paths::variable("EQUIPOISE_DIST").map_or_else(paths::dist, PathBuf::from);
    if folder.join("index.html").is_file() { Ok(folder) } else { Err(missing("dist/")) }
}

pub(crate) fn chromium() -> Result<PathBuf> {
    program("EQUIPOISE_CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])
}

pub(crate) fn chromedriver() -> Result<PathBuf> {
    program("EQUIPOISE_CHROMEDRIVER", &["chromedriver"])
}

pub(crate) fn firefox() -> Result<PathBuf> {
    program("EQUIPOISE_FIREFOX", &["firefox-esr", "firefox"])
}

pub(crate) fn geckodriver() -> Result<PathBuf> {
    found("geckodriver", xtask::tools::geckodriver_found())
}

pub(crate) fn webkit_driver() -> Result<PathBuf> {
    program("EQUIPOISE_WEBKITWEBDRIVER", &["WebKitWebDriver"])
}

pub(crate) fn minibrowser() -> Result<PathBuf> {
    found("MiniBrowser", xtask::tools::minibrowser_found())
}

pub(crate) fn xvfb() -> Result<PathBuf> {
    program("EQUIPOISE_XVFB", &["Xvfb"])
}

pub(crate) fn xsettingsd() -> Result<PathBuf> {
    program("EQUIPOISE_XSETTINGSD", &["xsettingsd"])
}

pub(crate) fn pdftotext() -> Result<PathBuf> {
    program("EQUIPOISE_PDFTOTEXT", &["pdftotext"])
}

pub(crate) fn pdftoppm() -> Result<PathBuf> {
    program("EQUIPOISE_PDFTOPPM", &["pdftoppm"])
}

/// The text of axe-core.
pub(crate) fn axe() -> Result<String> {
    let named = paths::variable("EQUIPOISE_AXE").map(PathBuf::from);
    let file = named.or_else(xtask::tools::axe_found).ok_or_else(|| missing("axe-core"))?;
    std::fs::read_to_string(file).map_err(|_| missing("axe-core"))
}

fn program(variable: &str, names: &[&str]) -> Result<PathBuf> {
    let set = paths::variable(variable).map(PathBuf::from);
    found(names[0], set.or_else(|| names.iter().find_map(|name| paths::on_path(name))))
}

fn found(name: &str, program: Option<PathBuf>) -> Result<PathBuf> {
    program.filter(|file| file.is_file()).ok_or_else(|| missing(name))
}

fn missing(what: &str) -> Trouble {
    Trouble::new(format!("{what} is missing: run cargo xtask test"))
}
