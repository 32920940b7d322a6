//! Other devices, networks and people, as far as the browser can play them.

use std::time::Duration;

use serde_json::json;
use xtask::engine::Engine;

use crate::browser::Browser;
use crate::failed::Result;
use crate::limits::{Ability, refusal};
use crate::options::Scheme;
use crate::proxy::Pace;

impl Browser {
    /// Makes the viewport exactly so large, narrower than any window could be.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        match self.engine() {
            Engine::Chromium => {}
            Engine::Firefox => return self.resize_firefox(width, height).await,
            Engine::WebKit => return self.resize_webkit(width, height).await,
        }
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await.map(drop)
    }

    /// Changes to light or dark while the page runs.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn scheme(&mut self, scheme: Scheme) -> Result<()> {
        self.options.scheme = scheme;
        self.emulate_media("").await
    }

    /// Shows the page as it will be printed, or on the screen again.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn print_media(&self, print: bool) -> Result<()> {
        self.emulate_media(if print { "print" } else { "" }).await
    }

    pub(crate) async fn emulate_media(&self, media: &str) -> Result<()> {
        match self.engine() {
            Engine::Chromium => {}
            Engine::Firefox => return self.media_firefox(media).await,
            Engine::WebKit if media.is_empty() => return self.media_webkit().await,
            Engine::WebKit => return Err(refusal(Engine::WebKit, Ability::PrintMedia)),
        }
        let options = &self.options;
        let feature = |name: &str, value: &str| json!({ "name": name, "value": value });
        let features = [
            feature("prefers-color-scheme", if options.scheme == Scheme::Dark { "dark" } else { "light" }),
            feature(
                "prefers-reduced-motion",
                if options.reduced_motion { "reduce" } else { "no-preference" },
            ),
            feature("forced-colors", if options.forced_colours { "active" } else { "none" }),
        ];
        self.cdp("Emulation.setEmulatedMedia", json!({ "media": media, "features": features }))
            .await
            .map(drop)
    }

    /// Someone who sees no colours, or not all: `none`, `achromatopsia`, `deuteranopia`, `protanopia`, `tritanopia`.
    ///
    /// # Errors
    /// When there is no such deficiency.
    pub async fn vision(&self, deficiency: &str) -> Result<()> {
        if self.engine() != Engine::Chromium {
            return Err(refusal(self.engine(), Ability::Vision));
        }
        self.cdp("Emulation.setEmulatedVisionDeficiency", json!({ "type": deficiency })).await.map(drop)
    }

    /// Makes text larger, as a person's own font size does: 200 is twice as large.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn text_size(&self, percent: u32) -> Result<()> {
        self.eval::<()>(&format!("document.documentElement.style.fontSize = '{percent}%';")).await
    }

    /// Makes the processor so many times slower; 1 is as it is.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn cpu_throttle(&self, times: u32) -> Result<()> {
        if self.engine() != Engine::Chromium {
            return Err(refusal(self.engine(), Ability::SlowProcessor));
        }
        self.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": times })).await.map(drop)
    }

    /// A slow 4G network: 1.6 Mbit/s, 150 ms there and back.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn network_slow_4g(&self) -> Result<()> {
        let bytes = |megabit: f64| megabit * 1_000_000.0 / 8.0;
        let (down, up) = (bytes(1.6), bytes(0.75));
        if self.engine() != Engine::Chromium {
            self.session.proxy("a slow network")?.slow(Pace { latency: Duration::from_millis(150), down });
            return Ok(());
        }
        let conditions =
            json!({ "offline": false, "latency": 150, "downloadThroughput": down, "uploadThroughput": up });
        self.cdp("Network.enable", json!({})).await?;
        self.cdp("Network.emulateNetworkConditions", conditions).await.map(drop)
    }

    /// Lets nothing come from addresses of this shape, with `*` for anything, and everything else again.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn block(&self, shape: &str) -> Result<()> {
        if self.engine() != Engine::Chromium {
            self.session.proxy("a block")?.block(shape);
            return Ok(());
        }
        self.cdp("Network.enable", json!({})).await?;
        self.cdp("Network.setBlockedURLs", json!({ "urls": [shape] })).await.map(drop)
    }

    /// No network at all, or the usual one again.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn offline(&self, offline: bool) -> Result<()> {
        if self.engine() != Engine::Chromium {
            self.session.proxy("no network")?.offline(offline);
            return Ok(());
        }
        let conditions =
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.cdp("Network.enable", json!({})).await?;
        self.cdp("Network.emulateNetworkConditions", conditions).await.map(drop)
    }
}
