//! Pictures of what the browser shows, kept as artifacts.

use std::path::PathBuf;

use base64::Engine as _;
use http::Method;
use serde_json::{Value, json};
use xtask::engine::Engine;

use crate::browser::Browser;
use crate::failed::{Result, Trouble};

impl Browser {
    /// Keeps a picture of the viewport as `<name>.png`.
    ///
    /// # Errors
    /// When it can't be taken or written.
    pub async fn screenshot(&self, name: &str) -> Result<PathBuf> {
        if self.engine() == Engine::Chromium {
            return self.capture(name, json!({ "format": "png" })).await;
        }
        let taken = self.session.say(Method::GET, "/screenshot", None).await?;
        keep(name, taken.as_str().unwrap_or_default())
    }

    /// Keeps a picture of the whole page, however long, as `<name>.png`.
    ///
    /// # Errors
    /// When it can't be taken or written.
    pub async fn screenshot_full(&self, name: &str) -> Result<PathBuf> {
        self.screenshot_top(name, f64::INFINITY).await
    }

    /// Keeps a picture of the page from its top, at most so many pixels of it, as `<name>.png`.
    ///
    /// # Errors
    /// When it can't be taken or written.
    pub async fn screenshot_top(&self, name: &str, most: f64) -> Result<PathBuf> {
        match self.engine() {
            Engine::Chromium => {}
            Engine::Firefox => {
                return match self.session.say(Method::GET, "/moz/screenshot/full", None).await {
                    Ok(taken) => keep(name, taken.as_str().unwrap_or_default()),
                    // A page may be longer than a picture can be.
                    Err(_) => self.screenshot(name).await,
                };
            }
            // Its driver takes what is in the window, and nothing below.
            Engine::WebKit => return self.screenshot(name).await,
        }
        let layout = self.cdp("Page.getLayoutMetrics", json!({})).await?;
        let size = &layout["cssContentSize"];
        let height = size["height"].as_f64().unwrap_or(most).min(most);
        let clip = json!({ "x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1 });
        self.capture(name, json!({ "format": "png", "captureBeyondViewport": true, "clip": clip })).await
    }

    async fn capture(&self, name: &str, parameters: Value) -> Result<PathBuf> {
        let taken = self.cdp("Page.captureScreenshot", parameters).await?;
        keep(name, taken["data"].as_str().unwrap_or_default())
    }
}

/// Writes a picture that came in base 64.
fn keep(name: &str, data: &str) -> Result<PathBuf> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(data);
    let bytes = bytes.map_err(|error| Trouble::new(format!("screenshot {name}: {error}")))?;
    let file = xtask::paths::artifacts().join(format!("{name}.png"));
    file.parent().map(std::fs::create_dir_all).transpose()?;
    std::fs::write(&file, bytes)?;
    Ok(file)
}
