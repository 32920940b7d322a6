//! Where elements are looked for: the page, or the open shadow root of a widget.

use std::fmt;

use http::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use xtask::engine::Engine;

use crate::browser::Browser;
use crate::element::Element;
use crate::failed::{Result, Trouble};

/// A place to find elements in. Everything that finds one element waits until it is there.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    browser: &'a Browser,
    /// The widget's selector; none for the page.
    host: Option<String>,
}

/// Where an element is, in CSS pixels from the top left of the viewport.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// Whether two rectangles share more than `slack` pixels in both directions.
    pub fn overlaps(&self, other: &Self, slack: f64) -> bool {
        let across = (self.x + self.width).min(other.x + other.width) - self.x.max(other.x);
        let down = (self.y + self.height).min(other.y + other.height) - self.y.max(other.y);
        across > slack && down > slack
    }

    /// Whether another lies inside, but for `slack` pixels.
    pub fn contains(&self, other: &Self, slack: f64) -> bool {
        other.x >= self.x - slack
            && other.y >= self.y - slack
            && other.x + other.width <= self.x + self.width + slack
            && other.y + other.height <= self.y + self.height + slack
    }
}

impl fmt::Display for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Some(host) => write!(f, "the shadow root of {host}"),
            None => f.write_str("the page"),
        }
    }
}

impl<'a> Scope<'a> {
    pub(crate) fn page(browser: &'a Browser) -> Self {
        Self { browser, host: None }
    }

    pub(crate) fn widget(browser: &'a Browser, css: &str) -> Self {
        Self { browser, host: Some(css.to_owned()) }
    }

    pub(crate) fn browser(&self) -> &'a Browser {
        self.browser
    }

    /// The element that a CSS selector finds first, once it is there.
    ///
    /// # Errors
    /// When it doesn't appear.
    pub async fn find(&self, css: &str) -> Result<Element<'a>> {
        let look = async || self.look(css).await;
        self.browser.wait(&format!("{css} in {self}"), look).await
    }

    /// Every element that a CSS selector finds now.
    ///
    /// # Errors
    /// When the selector is wrong.
    pub async fn all(&self, css: &str) -> Result<Vec<Element<'a>>> {
        let found = self.run("return [...root?.querySelectorAll(arguments[0]) ?? []];", json!(css)).await?;
        let browser = self.browser;
        Ok(found.elements()?.into_iter().map(|inner| Element { browser, inner }).collect())
    }

    /// How many elements a CSS selector finds now.
    ///
    /// # Errors
    /// When the selector is wrong.
    pub async fn count(&self, css: &str) -> Result<usize> {
        self.eval_with("return root?.querySelectorAll(arguments[0]).length ?? 0;", json!(css)).await
    }

    /// Waits until nothing fits a CSS selector any more.
    ///
    /// # Errors
    /// When something stays.
    pub async fn gone(&self, css: &str) -> Result<()> {
        let look = async || Ok((self.count(css).await? == 0).then_some(()));
        self.browser.wait(&format!("{css} to go from {self}"), look).await
    }

    /// Waits for an element and clicks it.
    ///
    /// # Errors
    /// When it doesn't appear, or can't be clicked.
    pub async fn click(&self, css: &str) -> Result<()> {
        // An element that was drawn anew between finding and clicking is found again.
        let click = async || match self.look(css).await? {
            Some(element) => element.click().await.map(Some),
            None => Ok(None),
        };
        self.browser.wait(&format!("a click on {css} in {self}"), click).await
    }

    /// Clicks by script: for the many answers of a long path, where the clicks themselves aren't tested.
    ///
    /// # Errors
    /// When it doesn't appear.
    pub async fn tap(&self, css: &str) -> Result<()> {
        let body = "const it = root?.querySelector(arguments[0]); it?.click(); return !!it;";
        let tap = async || Ok(self.eval_with::<bool>(body, json!(css)).await?.then_some(()));
        self.browser.wait(&format!("{css} in {self}"), tap).await
    }

    /// Waits for an element and gives its text.
    ///
    /// # Errors
    /// When it doesn't appear.
    pub async fn text(&self, css: &str) -> Result<String> {
        self.find(css).await?.text().await
    }

    /// The texts of every element that fits, as in the document.
    ///
    /// # Errors
    /// When the selector is wrong.
    pub async fn texts(&self, css: &str) -> Result<Vec<String>> {
        let body = "return [...root?.querySelectorAll(arguments[0]) ?? []]
            .map(it => it.textContent.replace(/\\s+/g, ' ').trim());";
        self.eval_with(body, json!(css)).await
    }

    /// Where every element that fits is.
    ///
    /// # Errors
    /// When the selector is wrong.
    pub async fn rects(&self, css: &str) -> Result<Vec<Rect>> {
        let body = "return [...root?.querySelectorAll(arguments[0]) ?? []].map(it => {
            const { x, y, width, height } = it.getBoundingClientRect(); return { x, y, width, height }; });";
        self.eval_with(body, json!(css)).await
    }

    /// The innermost element that can be used and has this text: a button, link, label, heading …
    ///
    /// # Errors
    /// When none appears.
    pub async fn with_text(&self, text: &str) -> Result<Element<'a>> {
        let body = "const wanted = arguments[0];
            const said = it => it.textContent.replace(/\\s+/g, ' ').trim();
            const usable = [...root?.querySelectorAll('button, a, label, summary, option, legend, h1, h2, h3, p, li, [role]') ?? []]
                .filter(it => it.checkVisibility());
            return usable.find(it => said(it) === wanted)
                ?? usable.filter(it => said(it).includes(wanted)).sort((a, b) => said(a).length - said(b).length)[0]
                ?? null;";
        let look = async || self.one(body, json!(text)).await;
        self.browser.wait(&format!("the text {text:?} in {self}"), look).await
    }

    /// The names of everything with a role in the accessibility tree, in order: what a screen reader finds.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn names(&self, role: &str) -> Result<Vec<String>> {
        if self.browser.engine() != Engine::Chromium {
            let named = self.computed(role).await?;
            return Ok(named.into_iter().map(|(name, _)| name).collect());
        }
        let nodes = self.accessible(&json!({ "role": role })).await?;
        Ok(nodes.iter().map(|node| node["name"]["value"].as_str().unwrap_or_default().to_owned()).collect())
    }

    /// The element with a role and a name in the accessibility tree, clicked in its middle.
    ///
    /// # Errors
    /// When there is none.
    pub async fn click_role(&self, role: &str, name: &str) -> Result<()> {
        if self.browser.engine() != Engine::Chromium {
            let look = async || Ok(self.computed(role).await?.into_iter().find(|(called, _)| called == name));
            let (_, element) = self.browser.wait(&format!("{role} {name:?} in {self}"), look).await?;
            return element.click().await;
        }
        let look = async || {
            let nodes = self.accessible(&json!({ "role": role, "accessibleName": name })).await?;
            Ok(nodes.first().map(|node| node["backendDOMNodeId"].clone()))
        };
        let node = self.browser.wait(&format!("{role} {name:?} in {self}"), look).await?;
        let place = "function () {
            const it = this.nodeType === 1 ? this : this.parentElement;
            it.scrollIntoView({ block: 'center', behavior: 'instant' });
            const { x, y, width, height } = it.getBoundingClientRect();
            return { x, y, width, height }; }";
        let rect: Rect = serde_json::from_value(self.call(&node, place).await?)?;
        for kind in ["mousePressed", "mouseReleased"] {
            let (x, y) = (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0);
            let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            self.browser.cdp("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }

    /// Runs the body of an async function that has the shadow root (or the document) as `root`.
    ///
    /// # Errors
    /// When the script throws, or returns something else than a `T`.
    pub async fn eval<T: DeserializeOwned>(&self, body: &str) -> Result<T> {
        self.eval_with(body, Value::Null).await
    }

    async fn eval_with<T: DeserializeOwned>(&self, body: &str, argument: Value) -> Result<T> {
        let returned = self.run(body, argument).await?;
        serde_json::from_value(returned.json().clone())
            .map_err(|error| Trouble::from(error).while_doing(format!("script {body:.200}")))
    }

    async fn look(&self, css: &str) -> Result<Option<Element<'a>>> {
        self.one("return root?.querySelector(arguments[0]) ?? null;", json!(css)).await
    }

    async fn one(&self, body: &str, argument: Value) -> Result<Option<Element<'a>>> {
        let found = self.run(body, argument).await?;
        if found.json().is_null() {
            return Ok(None);
        }
        Ok(Some(Element { browser: self.browser, inner: found.element()? }))
    }

    async fn run(&self, body: &str, argument: Value) -> Result<thirtyfour::session::scriptret::ScriptRet> {
        let body = format!("const root = {}; {body}", self.root());
        self.browser.execute(&body, vec![argument]).await
    }

    /// A JavaScript expression for the shadow root or the document; nothing when it isn't there yet.
    fn root(&self) -> String {
        match &self.host {
            Some(host) => format!("document.querySelector({})?.shadowRoot", json!(host)),
            None => "document".to_owned(),
        }
    }

    /// What has a role, with its name, as a driver computes both: for engines whose tree can't be asked as a whole.
    async fn computed(&self, role: &str) -> Result<Vec<(String, Element<'a>)>> {
        let mut named = Vec::new();
        for element in self.all("*").await? {
            let ask = async |what: &str| {
                let path = format!("/element/{}/computed{what}", element.inner.element_id());
                let said = self.browser.session.say(Method::GET, &path, None).await?;
                Ok::<_, Trouble>(said.as_str().unwrap_or_default().to_owned())
            };
            if ask("role").await? == role {
                named.push((ask("label").await?, element));
            }
        }
        Ok(named)
    }

    /// What the accessibility tree has for a query. The tree is asked as a whole, since an element without a role of
    /// its own, as a widget is, has no tree below it; what lies elsewhere is then left out.
    async fn accessible(&self, query: &Value) -> Result<Vec<Value>> {
        let document = self.browser.cdp("Runtime.evaluate", json!({ "expression": "document" })).await?;
        let mut query = query.clone();
        query["objectId"] = document["result"]["objectId"].clone();
        let found = self.browser.cdp("Accessibility.queryAXTree", query).await?;
        let mut inside = Vec::new();
        for node in found["nodes"].as_array().into_iter().flatten() {
            let here = format!("function () {{ return this.getRootNode() === {}; }}", self.root());
            if node["ignored"] != json!(true)
                && self.call(&node["backendDOMNodeId"], &here).await? == json!(true)
            {
                inside.push(node.clone());
            }
        }
        Ok(inside)
    }

    /// Calls a JavaScript function with a node of the accessibility tree as `this`.
    async fn call(&self, node: &Value, function: &str) -> Result<Value> {
        let resolved = self.browser.cdp("DOM.resolveNode", json!({ "backendNodeId": node })).await?;
        let object = &resolved["object"]["objectId"];
        let call = json!({ "objectId": object, "returnByValue": true, "functionDeclaration": function });
        let returned = self.browser.cdp("Runtime.callFunctionOn", call).await?;
        Ok(returned["result"]["value"].clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangles_that_touch_do_not_overlap() {
        let left = Rect { x: 0.0, y: 0.0, width: 10.0, height: 10.0 };
        let right = Rect { x: 10.0, ..left };
        assert!(!left.overlaps(&right, 0.0));
        assert!(left.overlaps(&Rect { x: 9.0, ..left }, 0.5));
        assert!(left.contains(&Rect { width: 10.4, ..left }, 0.5));
    }
}
