//! What the browser itself wrote down: its console, and every request it made.

use std::sync::PoisonError;

use serde_json::Value;

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

    /// Every request that went to a network, from the browser's own log.
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

    async fn read_logs(&self) -> Result<()> {
        let console = self.driver.get_log("browser").await?;
        let performance = self.driver.get_log("performance").await?;
        let mut logs = self.logs.lock().unwrap_or_else(PoisonError::into_inner);
        logs.console.extend(console.into_iter().map(|entry| (entry.level, entry.message)));
        logs.requests.extend(performance.iter().filter_map(|entry| request(&entry.message)));
        Ok(())
    }
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
