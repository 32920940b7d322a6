//! What must be on the machine: found where it is, installed where it isn't, and named when that can't be done.
//!
//! Nothing is installed into the repository or over a person's own programs: tools go into the cache
//! ([`crate::paths::cache`]), and only the browsers and a missing WebAssembly target go into the system.

mod axe;
mod browser;
mod cargo_tool;
mod npm;
mod setup;
mod wasm_target;

use std::path::PathBuf;
use std::process::Command;

pub use self::axe::axe_found;
pub use self::browser::{BrowserTools, for_browser, minibrowser_found};
pub use self::cargo_tool::geckodriver_found;
pub use self::npm::NpmFolder;
pub use self::wasm_target::WasmTarget;

use self::setup::Setup;
use crate::failure::{Context as _, Result};
use crate::paths;

/// What a build of `dist/` runs.
#[derive(Debug, Clone)]
pub struct BuildTools {
    /// Put before `PATH`, so that Trunk finds the right versions without the network.
    folders: Vec<PathBuf>,
    /// The programs of npm.
    pub npm: NpmFolder,
    /// Which toolchain has the WebAssembly target.
    pub wasm: WasmTarget,
}

impl BuildTools {
    /// A command that finds these tools before any others, run at the top of the repository.
    ///
    /// # Errors
    /// When `PATH` can't be put together.
    pub fn command(&self, program: &str) -> Result<Command> {
        let old = std::env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned().chain(std::env::split_paths(&old));
        let path = std::env::join_paths(folders).context("PATH")?;
        // A program is looked up in our own PATH, not in the one it will get.
        let found = self.folders.iter().map(|folder| folder.join(program)).find(|file| file.is_file());
        let mut command = Command::new(found.unwrap_or_else(|| PathBuf::from(program)));
        command.env("PATH", path).current_dir(paths::root());
        self.wasm.apply(&mut command);
        Ok(command)
    }
}

/// Finds or installs everything a build needs.
///
/// # Errors
/// When something is missing and can't be installed.
pub fn for_build() -> Result<BuildTools> {
    let mut setup = Setup::start();
    let wasm = wasm_target::ensure(&mut setup)?;
    let trunk = cargo_tool::trunk(&mut setup)?;
    let bindgen = cargo_tool::wasm_bindgen(&mut setup)?;
    let npm = npm::ensure(&mut setup, &npm::TOOLS)?;
    setup.finish();
    let folders = [Some(trunk), Some(bindgen), npm::wasm_opt_folder(&npm)?];
    Ok(BuildTools { folders: folders.into_iter().flatten().collect(), npm, wasm })
}

/// Finds or installs the packages of the yardstick pages.
///
/// # Errors
/// When npm can't install them.
pub fn for_yardsticks() -> Result<NpmFolder> {
    let mut setup = Setup::start();
    let folder = npm::ensure(&mut setup, &npm::YARDSTICKS)?;
    setup.finish();
    Ok(folder)
}

/// Finds or installs the packages of the tests' host pages.
///
/// # Errors
/// When npm can't install them.
pub fn for_hosts() -> Result<NpmFolder> {
    let mut setup = Setup::start();
    let folder = npm::ensure(&mut setup, &npm::HOSTS)?;
    setup.finish();
    Ok(folder)
}

/// Finds or installs the WebAssembly target alone.
///
/// # Errors
/// When it is missing and can't be installed.
pub fn for_wasm_check() -> Result<WasmTarget> {
    let mut setup = Setup::start();
    let target = wasm_target::ensure(&mut setup)?;
    setup.finish();
    Ok(target)
}
