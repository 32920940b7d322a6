//! What the browser itself wrote down: its console, and every request it made.

use std::sync::PoisonError;

use serde_json::Value;
use xtask::engine::Engine;

use crate::browser::Browser;
use crate::failed::Result;

/// A request that the browser made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// `GET`, `POST` …
    pub method: String,
    /// The whole address. `data:` and `blob:` addresses reach no network and are left out.
    pub address: String,
}

/// What was read from the driver so far; it gives each entry once.
#[derive(Debug, Default)]
pub(crate) struct Logs {
    console: Vec<(String, String)>,
    requests: Vec<Asked>,
}

impl Browser {
    /// The errors in the console since the start, or since [`Browser::forget_logs`]: scripts that threw,
    /// what a policy blocked, what could not be loaded.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        self.read_logs().await?;
        let logs = self.logs.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(logs.console.iter().filter(|(level, _)| level == "SEVERE").map(|(_, text)| text.clone()).collect())
    }

    /// Everything in the console, each line with its level before it.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn console(&self) -> Result<Vec<String>> {
        self.read_logs().await?;
        let logs = self.logs.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(logs.console.iter().map(|(level, text)| format!("{level} {text}")).collect())
    }

    /// Every request that went to a network, from the browser's own log; of the engines that have none, from the log of
    /// the proxy that is between them and any network.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn requests(&self) -> Result<Vec<Asked>> {
        self.read_logs().await?;
        Ok(self.logs.lock().unwrap_or_else(PoisonError::into_inner).requests.clone())
    }

    /// Empties the logs: what comes after is what counts.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn forget_logs(&self) -> Result<()> {
        self.read_logs().await?;
        *self.logs.lock().unwrap_or_else(PoisonError::into_inner) = Logs::default();
        Ok(())
    }

    /// Keeps what a page has said before another takes its place: with it the notes of `witness.js` are gone.
    pub(crate) async fn before_leaving(&self) {
        if self.engine() != Engine::Chromium {
            // A page that is in no state to be asked has nothing to say.
            let _ = self.read_logs().await;
        }
    }

    async fn read_logs(&self) -> Result<()> {
        if self.engine() != Engine::Chromium {
            return self.read_witness().await;
        }
        let console = self.driver().get_log("browser").await?;
        let performance = self.driver().get_log("performance").await?;
        let mut logs = self.logs.lock().unwrap_or_else(PoisonError::into_inner);
        logs.console.extend(console.into_iter().map(|entry| (entry.level, said(&entry.message))));
        logs.requests.extend(performance.iter().filter_map(|entry| request(&entry.message)));
        Ok(())
    }
}

impl Browser {
    async fn read_witness(&self) -> Result<()> {
        let (asked, failed) = self.session.proxy("a log")?.take();
        {
            let mut logs = self.logs.lock().unwrap_or_else(PoisonError::into_inner);
            logs.requests.extend(asked);
            logs.console.extend(failed.into_iter().map(|text| ("SEVERE".to_owned(), text)));
        }
        let seen = "return window[Symbol.for('equipoise witness')]?.splice(0) ?? [];";
        let seen = self.driver().execute(seen, Vec::new()).await?;
        let seen: Vec<(String, String)> = serde_json::from_value(seen.json().clone())?;
        self.logs.lock().unwrap_or_else(PoisonError::into_inner).console.extend(seen);
        Ok(())
    }
}

/// A line of Chromium's console as the others have it: what a script wrote stands at its end as a string of JSON, after the
/// place where it was written.
fn said(line: &str) -> String {
    let written = line.find(" \"").map(|at| line.split_at(at + 1));
    let text =
        written.and_then(|(place, text)| Some([place, &serde_json::from_str::<String>(text).ok()?].concat()));
    text.unwrap_or_else(|| line.to_owned())
}

/// The request that an entry of the performance log tells of.
fn request(entry: &str) -> Option<Asked> {
    let entry: Value = serde_json::from_str(entry).ok()?;
    let message = &entry["message"];
    if message["method"] != "Network.requestWillBeSent" {
        return None;
    }
    let request = &message["params"]["request"];
    let address = request["url"].as_str()?;
    let local = ["data:", "blob:", "about:"].iter().any(|scheme| address.starts_with(scheme));
    (!local).then(|| Asked {
        method: request["method"].as_str().unwrap_or("GET").to_owned(),
        address: address.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_script_wrote_is_read_from_the_console() {
        assert_eq!(
            said(r#"http://x/a.js 0:12 "form=\"x\" is not known""#),
            r#"http://x/a.js 0:12 form="x" is not known"#
        );
        let line = r#"http://x/ - Refused to apply "style" here"#;
        assert_eq!(said(line), line);
    }

    #[test]
    fn requests_are_read_from_the_performance_log() {
        let entry = |method: &str, address: &str| {
            format!(
                r#"{{"message":{{"method":"{method}","params":{{"request":{{"url":"{address}","method":"GET"}}}}}}}}"#
            )
        };
        let asked = request(&entry("Network.requestWillBeSent", "http://x/a"));
        assert_eq!(asked, Some(Asked { method: "GET".to_owned(), address: "http://x/a".to_owned() }));
        assert_eq!(request(&entry("Network.requestWillBeSent", "data:,x")), None);
        assert_eq!(request(&entry("Network.loadingFinished", "http://x/a")), None);
    }
}
