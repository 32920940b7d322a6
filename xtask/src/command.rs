//! The commands: which there are, what words they take, and who does the work.

use crate::engine::Engine;
use crate::failure::{Failure, Result};
use crate::ship::Extra;
use crate::{bench, build, check, paths, report, serve, ship, size, test};

/// What `cargo xtask help` prints.
const HELP: &str = "\
cargo xtask <command>

  serve [--port N]     build, and serve dist/ on 127.0.0.1 under the strict Content-Security-Policy
  build                make dist/
  dist                 the same with all that ships: the single file, hashes, licences, and release/ with a zip and
                       a package for npm (--write-snippets: also those of the README; --check: also whether they are
                       fresh, and whether a build in another folder gives the same bytes)
  test [--native]      every test: native, the release build, the browser suite in Chromium, Firefox and WebKit
                       (--native: only the first; --engine chromium|firefox|webkit: the suite in this one alone)
  check                formatting, clippy for host and wasm, documentation, the fuzz targets
  size                 what is downloaded on first use, against its budget (of dist/, built when absent)
  bench                the budget table, measured beside two yardstick pages
  help                 this

Whatever is missing is installed first, once, and reused afterwards. In the environment:
  EQUIPOISE_CACHE            where tools are installed (else equipoise/ in XDG_CACHE_HOME or ~/.cache)
  EQUIPOISE_ARTIFACTS        where tests leave screenshots (else artifacts/ in the target directory)
  EQUIPOISE_ENGINE           chromium, firefox or webkit: the engine of the browser tests (else all of them;
                             when cargo runs the tests by itself, chromium)
  EQUIPOISE_CHROMIUM         the browser to use (else chromium, or google-chrome, on PATH)
  EQUIPOISE_CHROMEDRIVER     its WebDriver (else chromedriver on PATH)
  EQUIPOISE_FIREFOX          Firefox (else firefox-esr, or firefox, on PATH)
  EQUIPOISE_GECKODRIVER      its WebDriver (else geckodriver on PATH, or in the cache)
  EQUIPOISE_MINIBROWSER      WebKitGTK's MiniBrowser (else where distributions put it)
  EQUIPOISE_WEBKITWEBDRIVER  its WebDriver (else WebKitWebDriver on PATH)
  EQUIPOISE_XVFB             Xvfb, the screen it is shown on (else on PATH)
  EQUIPOISE_XSETTINGSD       xsettingsd, which says light or dark there (else on PATH)
  EQUIPOISE_PDFTOTEXT        Poppler's pdftotext, for printed pages (else on PATH)
  EQUIPOISE_PDFTOPPM         Poppler's pdftoppm (else on PATH)";

/// Does what the words say.
///
/// # Errors
/// When the words make no sense, or the command fails.
pub fn run(words: &[String]) -> Result<()> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", options @ ..] => serve::command(port(options)?),
        ["build"] => build::command(),
        ["dist"] => ship::command(Extra::Nothing),
        ["dist", "--write-snippets"] => ship::command(Extra::WriteSnippets),
        ["dist", "--check"] => ship::command(Extra::Check),
        ["test", "--native"] => test::command(&test::Extent::Native),
        ["test", options @ ..] => test::command(&test::Extent::Everything(engines(options)?)),
        ["check"] => check::command(),
        ["size"] => size::command(),
        ["bench"] => bench::command(),
        [] | ["help" | "--help" | "-h"] => {
            report::line(HELP);
            Ok(())
        }
        _ => Err(Failure::new(format!("don't know `{}`", words.join(" "))).remedy("cargo xtask help")),
    }
}

fn port(options: &[&str]) -> Result<Option<u16>> {
    let wrong = || Failure::new("a port is a number from 1 to 65535").remedy("cargo xtask serve --port 8080");
    match options {
        [] => Ok(None),
        ["--port", number] => number.parse().map(Some).map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

/// The engines that are asked for: one by name, one in the environment, or all.
fn engines(options: &[&str]) -> Result<Vec<Engine>> {
    match options {
        ["--engine", word] => Ok(vec![Engine::read(word)?]),
        [] if paths::variable("EQUIPOISE_ENGINE").is_some() => Ok(vec![Engine::from_environment()?]),
        [] => Ok(Engine::ALL.to_vec()),
        _ => Err(Failure::new(format!("don't know `{}`", options.join(" "))).remedy("cargo xtask help")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_read_or_refused() {
        assert_eq!(port(&[]), Ok(None));
        assert_eq!(port(&["--port", "8123"]), Ok(Some(8123)));
        assert!(port(&["--port", "x"]).is_err());
        assert!(port(&["8123"]).is_err());
    }

    #[test]
    fn an_engine_is_read_or_refused() {
        assert_eq!(engines(&["--engine", "webkit"]), Ok(vec![Engine::WebKit]));
        assert!(engines(&["--engine", "presto"]).is_err());
        assert!(engines(&["webkit"]).is_err());
    }

    #[test]
    fn unknown_words_are_refused() {
        assert!(run(&["fly".to_owned()]).is_err());
    }
}
