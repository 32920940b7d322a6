//! The commands: which there are, what words they take, and who does the work.

use crate::failure::{Failure, Result};
use crate::{bench, build, check, report, serve, size, test};

/// What `cargo xtask help` prints.
const HELP: &str = "\
cargo xtask <command>

  serve [--port N]     build, and serve dist/ on 127.0.0.1 under the strict Content-Security-Policy
  build                make dist/
  test [--native]      every test: native, the release build, the browser suite (--native: only the first)
  check                formatting, clippy for host and wasm, documentation
  size                 what is downloaded on first use, against its budget (of dist/, built when absent)
  bench                the budget table, measured beside two yardstick pages
  help                 this

Whatever is missing is installed first, once, and reused afterwards. In the environment:
  EQUIPOISE_CACHE         where tools are installed (else equipoise/ in XDG_CACHE_HOME or ~/.cache)
  EQUIPOISE_ARTIFACTS     where tests leave screenshots (else artifacts/ in the target directory)
  EQUIPOISE_CHROMIUM      the browser to use (else chromium, or google-chrome, on PATH)
  EQUIPOISE_CHROMEDRIVER  its WebDriver (else chromedriver on PATH)
  EQUIPOISE_PDFTOTEXT     Poppler's pdftotext, for printed pages (else on PATH)
  EQUIPOISE_PDFTOPPM      Poppler's pdftoppm (else on PATH)";

/// Does what the words say.
///
/// # Errors
/// When the words make no sense, or the command fails.
pub fn run(words: &[String]) -> Result<()> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", options @ ..] => serve::command(port(options)?),
        ["build"] => build::command(),
        ["test"] => test::command(test::Extent::Everything),
        ["test", "--native"] => test::command(test::Extent::Native),
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
    fn unknown_words_are_refused() {
        assert!(run(&["fly".to_owned()]).is_err());
    }
}
