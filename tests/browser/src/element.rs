//! An element that was found.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::WebElement;
use xtask::engine::Engine;

use crate::browser::Browser;
use crate::failed::{Result, Trouble};

/// An element in a page. It goes stale when the page draws it anew: find it again then.
#[derive(Debug, Clone)]
pub struct Element<'a> {
    pub(crate) browser: &'a Browser,
    pub(crate) inner: WebElement,
}

impl Element<'_> {
    /// Clicks in its middle, as a person would.
    ///
    /// # Errors
    /// When it is hidden, or something is in front of it.
    pub async fn click(&self) -> Result<()> {
        if self.browser.engine() == Engine::WebKit {
            self.come_to_rest().await?;
        }
        Ok(self.inner.click().await?)
    }

    /// Waits until it stays where it is. That engine's driver first asks for the place and then clicks there: what moves
    /// meanwhile, because something else scrolls into view, is missed.
    async fn come_to_rest(&self) -> Result<()> {
        self.eval::<bool>(
            "element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
            const place = () => { const { x, y, width, height } = element.getBoundingClientRect(); return `${x} ${y} ${width} ${height}`; };
            return new Promise(done => {
                let before = place();
                let left = 20;
                const look = () => {
                    const now = place();
                    if (now === before || --left === 0) return done(true);
                    before = now;
                    setTimeout(look, 40);
                };
                setTimeout(look, 40);
            });",
        )
        .await
        .map(drop)
    }

    /// Types into it.
    ///
    /// # Errors
    /// When it takes no input.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        Ok(self.inner.send_keys(text).await?)
    }

    /// Its text as it is shown.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn text(&self) -> Result<String> {
        Ok(self.inner.text().await?)
    }

    /// One of its attributes.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn attribute(&self, name: &str) -> Result<Option<String>> {
        self.eval(&format!("return element.getAttribute({name:?});")).await
    }

    /// Whether it is chosen: of a radio or a box.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn is_chosen(&self) -> Result<bool> {
        Ok(self.inner.is_selected().await?)
    }

    /// Whether it can be seen.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn is_shown(&self) -> Result<bool> {
        self.eval("return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });")
            .await
    }

    /// Moves the pointer to its middle.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn hover(&self) -> Result<()> {
        let (x, y) = self.middle().await?;
        self.browser.point_at(x, y).await
    }

    /// Touches its middle with a finger.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn touch(&self) -> Result<()> {
        let (x, y) = self.middle().await?;
        if self.browser.engine() != Engine::Chromium {
            let there = json!({ "type": "pointerMove", "duration": 0, "x": whole(x), "y": whole(y) });
            let down = json!({ "type": "pointerDown", "button": 0 });
            let up = json!({ "type": "pointerUp", "button": 0 });
            return self.browser.session.point("touch", json!([there, down, up])).await;
        }
        for (kind, points) in [("touchStart", json!([{ "x": x, "y": y }])), ("touchEnd", json!([]))] {
            let event = json!({ "type": kind, "touchPoints": points });
            self.browser.cdp("Input.dispatchTouchEvent", event).await?;
        }
        Ok(())
    }

    /// Its middle in the viewport, once it is there.
    async fn middle(&self) -> Result<(f64, f64)> {
        self.eval(
            "element.scrollIntoView({ block: 'center', behavior: 'instant' });
            const { x, y, width, height } = element.getBoundingClientRect();
            return [x + width / 2, y + height / 2];",
        )
        .await
    }

    /// Runs a script that has this as `element`.
    ///
    /// # Errors
    /// When the script throws, or returns something else than a `T`.
    pub async fn eval<T: DeserializeOwned>(&self, body: &str) -> Result<T> {
        self.eval_with(body, Value::Null).await
    }

    /// The same with an argument, that the script has as `arguments[1]`.
    pub(crate) async fn eval_with<T: DeserializeOwned>(&self, body: &str, argument: Value) -> Result<T> {
        let body = format!("const element = arguments[0]; {body}");
        let json = self.inner.to_json().map_err(Trouble::from)?;
        self.browser.eval_with(&body, vec![json, argument]).await
    }
}

impl Browser {
    /// Moves the pointer to a place in the viewport.
    ///
    /// # Errors
    /// When it is outside.
    pub async fn point_at(&self, x: f64, y: f64) -> Result<()> {
        if self.engine() == Engine::Chromium {
            let event = json!({ "type": "mouseMoved", "x": x, "y": y });
            return self.cdp("Input.dispatchMouseEvent", event).await.map(drop);
        }
        let there = json!({ "type": "pointerMove", "duration": 0, "x": whole(x), "y": whole(y) });
        self.session.point("mouse", json!([there])).await
    }
}

/// Drivers count in whole pixels.
fn whole(pixels: f64) -> i64 {
    pixels.round() as i64
}
