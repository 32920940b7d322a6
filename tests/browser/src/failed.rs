//! Errors: what went wrong in the harness, and where in the test that was.

use std::fmt;
use std::panic::Location;

/// Something that the harness could not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble(String);

/// What the harness gives.
pub type Result<T> = std::result::Result<T, Trouble>;

impl Trouble {
    /// Trouble in words.
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }

    /// Says what was being done.
    #[must_use]
    pub fn while_doing(self, doing: impl fmt::Display) -> Self {
        Self(format!("{doing}: {}", self.0))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Trouble {}

impl From<thirtyfour::error::WebDriverError> for Trouble {
    fn from(error: thirtyfour::error::WebDriverError) -> Self {
        Self(error.to_string())
    }
}

impl From<xtask::failure::Failure> for Trouble {
    fn from(failure: xtask::failure::Failure) -> Self {
        Self(failure.to_string())
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Why a test failed, with the line of the test that says `?`.
pub struct Failed {
    what: String,
    at: &'static Location<'static>,
}

/// What a test returns.
pub type Outcome = std::result::Result<(), Failed>;

impl<E: std::error::Error> From<E> for Failed {
    #[track_caller]
    fn from(error: E) -> Self {
        Self { what: error.to_string(), at: Location::caller() }
    }
}

/// The test runner prints this.
impl fmt::Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  at {}", self.what, self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_line_of_the_test() {
        fn test() -> Outcome {
            Err(Trouble::new("no such button"))?;
            Ok(())
        }
        let text = format!("{:?}", test().expect_err("it fails"));
        assert!(text.starts_with("no such button\n  at ") && text.contains("failed.rs:"), "{text}");
    }
}
