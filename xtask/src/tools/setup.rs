//! The words of the set-up: one line for all that is there, and for what isn't: what, why, how long.

use std::time::Instant;

use crate::failure::{Failure, Result};
use crate::report;

/// Something a command can't do without.
#[derive(Debug)]
pub(super) struct Need<'a> {
    /// Name and version.
    pub name: &'a str,
    /// What it is for.
    pub why: &'a str,
    /// How long an installation takes, on two cores.
    pub about: &'a str,
    /// The line that a person types to install it by hand.
    pub line: &'a str,
}

/// One round of looking for tools.
#[derive(Debug)]
pub(super) struct Setup {
    started: Instant,
    reused: Vec<String>,
}

impl Setup {
    pub(super) fn start() -> Self {
        Self { started: Instant::now(), reused: Vec::new() }
    }

    /// Gives what `find` finds; when that is nothing, installs it and looks again.
    pub(super) fn ensure<T>(
        &mut self,
        need: &Need<'_>,
        find: impl Fn() -> Option<T>,
        install: impl FnOnce() -> Result<()>,
    ) -> Result<T> {
        if let Some(found) = find() {
            self.reused.push(need.name.to_owned());
            return Ok(found);
        }
        let started = Instant::now();
        report::line(&format!("Set-up: installing {}, which {}; about {}.", need.name, need.why, need.about));
        install().map_err(|failure| {
            Failure::new(format!("{} is missing and could not be installed ({failure})", need.name))
                .remedy(need.line)
        })?;
        let absent =
            || Failure::new(format!("{} was installed and still isn't found", need.name)).remedy(need.line);
        let found = find().ok_or_else(absent)?;
        report::line(&format!("Set-up: {} done in {}.", need.name, report::seconds(started.elapsed())));
        Ok(found)
    }

    /// Says what was there already.
    pub(super) fn finish(self) {
        if self.reused.is_empty() {
            return;
        }
        let took = report::seconds(self.started.elapsed());
        report::line(&format!("Set-up: found {} ({took}).", self.reused.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    const NEED: Need<'_> = Need { name: "plumb 1.0", why: "hangs", about: "1 s", line: "fetch plumb" };

    #[test]
    fn what_is_there_is_not_installed() {
        let found = Setup::start().ensure(&NEED, || Some(1), || Err(Failure::new("must not run")));
        assert_eq!(found, Ok(1));
    }

    #[test]
    fn what_is_missing_is_installed_and_found() {
        let there = Cell::new(None);
        let found = Setup::start().ensure(
            &NEED,
            || there.get(),
            || {
                there.set(Some(2));
                Ok(())
            },
        );
        assert_eq!(found, Ok(2));
    }

    #[test]
    fn a_failure_names_the_tool_and_the_line() {
        let failed = Setup::start().ensure(&NEED, || None::<()>, || Err(Failure::new("no network")));
        let text = failed.expect_err("it can't be installed").to_string();
        assert!(
            text.contains("plumb 1.0") && text.contains("no network") && text.contains("fetch plumb"),
            "{text}"
        );
    }
}
