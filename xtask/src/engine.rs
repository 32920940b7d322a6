//! The browser engines that the tests run in.

use std::fmt;

use crate::failure::{Failure, Result};
use crate::paths;

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, and what is made of it.
    Chromium,
    /// Firefox.
    Firefox,
    /// `WebKit` as GTK builds it: the nearest to Safari that runs on Linux.
    WebKit,
}

impl Engine {
    /// All of them, in the order in which they are tested.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The word for it on a command line, and in `EQUIPOISE_ENGINE`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The engine that a word means.
    ///
    /// # Errors
    /// When it means none.
    pub fn read(word: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|engine| engine.word() == word);
        let words = Self::ALL.map(Self::word).join(", ");
        found.ok_or_else(|| Failure::new(format!("{word:?} is no engine: there are {words}")))
    }

    /// The engine that `EQUIPOISE_ENGINE` names; Chromium when it names none.
    ///
    /// # Errors
    /// When it names something else.
    pub fn from_environment() -> Result<Self> {
        paths::variable("EQUIPOISE_ENGINE").map_or(Ok(Self::Chromium), |word| Self::read(&word))
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_engine_is_read_by_its_word_and_no_other() {
        for engine in Engine::ALL {
            assert_eq!(Engine::read(engine.word()), Ok(engine));
        }
        let refused = Engine::read("Firefox").expect_err("words are in lower case").to_string();
        assert!(refused.contains("chromium, firefox, webkit"), "{refused}");
    }
}
