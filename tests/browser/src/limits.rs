//! What some engines, or their drivers, can't do: the one list of it. A test that needs such a thing asks
//! [`Browser::lacks`], which sees that the engine really refuses; so an entry that is no longer true makes tests fail.
//! Only what the harness itself works around ([`Ability::Crash`], [`Ability::CopiedPictures`]) is told and never asked
//! about: there the tests do the same in every engine.

use http::Method;
use serde_json::json;
use xtask::engine::Engine;

use crate::browser::Browser;
use crate::failed::{Result, Trouble};

/// Something that not every engine's driver can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ability {
    /// Printing to a PDF.
    Print,
    /// Showing on the screen what would be printed.
    PrintMedia,
    /// Colours that the system sets.
    ForcedColours,
    /// A processor that is slower than it is.
    SlowProcessor,
    /// Eyes that see no colours, or not all.
    Vision,
    /// A crash, and a profile that outlives the browser.
    Crash,
    /// Pictures on the clipboard, read back from it.
    CopiedPictures,
    /// Trusted Types: a policy that lets scripts hand no strings to a page where markup or a script is expected.
    TrustedTypes,
    /// How much memory a page holds, once everything is freed that can be.
    Heap,
}

/// An engine that can't do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// What it can't do.
    pub ability: Ability,
    /// Which engine.
    pub engine: Engine,
    /// Why, and what is looked at instead.
    pub why: &'static str,
}

/// Every limit there is.
pub const LIMITS: &[Limit] = &[
    Limit {
        ability: Ability::Print,
        engine: Engine::WebKit,
        why: "its driver has no command for printing; the report is printed from Chromium and Firefox",
    },
    Limit { ability: Ability::PrintMedia, engine: Engine::WebKit, why: "its driver can't change the medium" },
    Limit {
        ability: Ability::ForcedColours,
        engine: Engine::WebKit,
        why: "the engine has no forced colours: it knows the question and always answers none",
    },
    Limit {
        ability: Ability::SlowProcessor,
        engine: Engine::Firefox,
        why: "it can't play a slower processor; only the bench and the harness's own test do that",
    },
    Limit {
        ability: Ability::SlowProcessor,
        engine: Engine::WebKit,
        why: "it can't play a slower processor; only the bench and the harness's own test do that",
    },
    Limit {
        ability: Ability::Vision,
        engine: Engine::Firefox,
        why: "its driver can't play other eyes; colours are computed alike, so Chromium's pictures will do",
    },
    Limit {
        ability: Ability::Vision,
        engine: Engine::WebKit,
        why: "its driver can't play other eyes; colours are computed alike, so Chromium's pictures will do",
    },
    Limit {
        ability: Ability::Crash,
        engine: Engine::WebKit,
        why: "its driver ends with a page that crashes and keeps no profile on disk; the tab is taken away instead, \
              without asking the page, and the same browser goes on in another",
    },
    Limit {
        ability: Ability::CopiedPictures,
        engine: Engine::Firefox,
        why: "its clipboard without a screen holds text alone; what the browser took from the page is looked at",
    },
    Limit {
        ability: Ability::CopiedPictures,
        engine: Engine::WebKit,
        why: "a page may read text alone, by pasting; what the browser took from the page is looked at",
    },
    Limit {
        ability: Ability::Heap,
        engine: Engine::Firefox,
        why: "its driver doesn't measure memory; what elements leave behind is measured in Chromium",
    },
    Limit {
        ability: Ability::Heap,
        engine: Engine::WebKit,
        why: "its driver doesn't measure memory; what elements leave behind is measured in Chromium",
    },
];

/// The limit of an engine, if it has this one.
pub fn limit(engine: Engine, ability: Ability) -> Option<&'static Limit> {
    LIMITS.iter().find(|limit| limit.engine == engine && limit.ability == ability)
}

/// What an engine says when it can't.
pub(crate) fn refusal(engine: Engine, ability: Ability) -> Trouble {
    let why = limit(engine, ability).map_or("it is not among the limits", |limit| limit.why);
    Trouble::new(format!("{engine} lacks {ability:?}: {why}"))
}

impl Browser {
    /// Whether this engine can't do something, as the list of limits says; then it was asked, and refused.
    ///
    /// # Errors
    /// When it can in spite of the list.
    pub async fn lacks(&self, ability: Ability) -> Result<bool> {
        let engine = self.engine();
        if limit(engine, ability).is_none() {
            return Ok(false);
        }
        let can = match ability {
            Ability::Print => self.session.say(Method::POST, "/print", Some(json!({}))).await.is_ok(),
            Ability::ForcedColours => {
                self.eval("return matchMedia('(forced-colors: active)').matches;").await?
            }
            Ability::PrintMedia => self.print_media(true).await.is_ok(),
            Ability::SlowProcessor => self.cpu_throttle(2).await.is_ok(),
            Ability::Vision => self.vision("achromatopsia").await.is_ok(),
            Ability::Heap => self.cdp("Runtime.getHeapUsage", json!({})).await.is_ok(),
            Ability::TrustedTypes => self.eval("return 'trustedTypes' in window;").await?,
            Ability::Crash | Ability::CopiedPictures => {
                let trouble = format!("{ability:?} is worked around in the harness: there is nothing to ask");
                return Err(Trouble::new(trouble));
            }
        };
        if can {
            return Err(Trouble::new(format!("{engine} has {ability:?}: take it from the list of limits")));
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_is_listed_once_and_chromium_has_none() {
        for (place, one) in LIMITS.iter().enumerate() {
            assert!(one.engine != Engine::Chromium && !one.why.is_empty());
            let again = |other: &Limit| other.engine == one.engine && other.ability == one.ability;
            assert!(!LIMITS[place + 1..].iter().any(again), "{one:?}");
        }
    }
}
