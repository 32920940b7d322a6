//! The one error type: what went wrong, and the line that puts it right.

use std::fmt;

/// Something that stops a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    what: String,
    remedy: Option<String>,
}

/// What every step of a command gives.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure that says what went wrong.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: None }
    }

    /// Adds the line to type, or the thing to do, that puts it right.
    #[must_use]
    pub fn remedy(mut self, line: impl Into<String>) -> Self {
        self.remedy = Some(line.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match &self.remedy {
            Some(line) => write!(f, "\n  to put it right: {line}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}

/// Says what was being done when an error of the standard library came up.
pub trait Context<T> {
    /// Turns the error into a [`Failure`] that starts with `doing`.
    ///
    /// # Errors
    /// The same error, as a [`Failure`].
    fn context(self, doing: impl fmt::Display) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, doing: impl fmt::Display) -> Result<T> {
        self.map_err(|error| Failure::new(format!("{doing}: {error}")))
    }
}
