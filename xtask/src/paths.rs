//! Where things are: in the repository, and in the cache that several clones share.

use std::path::{Path, PathBuf};

use crate::failure::{Context as _, Result};

/// The top of the repository: where this program was compiled, or `EQUIPOISE_ROOT`, by which a copy is built.
pub fn root() -> PathBuf {
    if let Some(set) = variable("EQUIPOISE_ROOT") {
        return PathBuf::from(set);
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// What `cargo xtask build` makes.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Where `cargo xtask dist` puts the archive and the package.
pub fn release() -> PathBuf {
    root().join("release")
}

/// Where tests leave screenshots and logs: `EQUIPOISE_ARTIFACTS`, or `artifacts/` in the target directory.
pub fn artifacts() -> PathBuf {
    variable("EQUIPOISE_ARTIFACTS").map_or_else(|| target().join("artifacts"), PathBuf::from)
}

/// What browser tests leave of the time they took, among these artifacts.
pub fn times(artifacts: &Path) -> PathBuf {
    artifacts.join("times.tsv")
}

/// Cargo's target directory.
pub fn target() -> PathBuf {
    let set = variable("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    // A relative path counts from where cargo runs, and that is the top.
    root().join(set)
}

/// Where installed tools live: `EQUIPOISE_CACHE`, else `equipoise` in `XDG_CACHE_HOME` or `~/.cache`.
pub fn cache() -> PathBuf {
    if let Some(set) = variable("EQUIPOISE_CACHE") {
        return PathBuf::from(set);
    }
    if let Some(set) = variable("XDG_CACHE_HOME") {
        return PathBuf::from(set).join("equipoise");
    }
    match variable("HOME") {
        Some(home) => PathBuf::from(home).join(".cache/equipoise"),
        None => target().join("cache"),
    }
}

/// The [`cache`], made when it isn't there.
///
/// # Errors
/// When it can't be made.
pub fn cache_made() -> Result<PathBuf> {
    let folder = cache();
    std::fs::create_dir_all(&folder).context(format!("the cache {}", folder.display()))?;
    Ok(folder)
}

/// A program on `PATH`.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// A path as people read it: relative to the repository, or with `~` for the home directory.
pub fn shown(path: &Path) -> String {
    if let Ok(inside) = path.strip_prefix(root()) {
        return inside.display().to_string();
    }
    let home = variable("HOME").unwrap_or_default();
    match path.strip_prefix(&home) {
        Ok(inside) if !home.is_empty() => format!("~/{}", inside.display()),
        _ => path.display().to_string(),
    }
}

/// An environment variable that is set to something.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
