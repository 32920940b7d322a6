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

/// The same at its top, but for one file of the build.
///
/// # Errors
/// When there is no build, or no such file in it.
pub fn dist_without(name: &str) -> Result<Server> {
    let mut site = Site::new().uncompressed();
    dist_file(name)?;
    for file in xtask::dist::files(&build()?)?.into_iter().filter(|file| file.name != name) {
        site = site.page(&format!("/{}", file.name), Page::file(&file.name, file.bytes));
    }
    Ok(Server::start(site, 0)?)
}

/// One file of the build, to be shown where it is wanted.
///
/// # Errors
/// When there is no build, or no such file in it.
pub fn dist_file(name: &str) -> Result<Page> {
    let bytes = std::fs::read(build()?.join(name)).map_err(|_| missing(name))?;
    Ok(Page::file(name, bytes))
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
    let found = set.or_else(|| names.iter().find_map(|name| paths::on_path(name)));
    found.filter(|file| file.is_file()).ok_or_else(|| missing(names[0]))
}

fn missing(what: &str) -> Trouble {
    Trouble::new(format!("{what} is missing: run cargo xtask test"))
}
