//! Accessibility faults, as axe-core finds them in the page and in every open shadow root; and texts that are missing,
//! since every screen is looked at here.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::json;
use xtask::engine::Engine;

use crate::browser::Browser;
use crate::environment;
use crate::failed::{Result, Trouble};

/// A rule that is broken, and where.
#[derive(Debug, Deserialize)]
struct Violation {
    id: String,
    impact: Option<String>,
    help: String,
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    html: String,
    summary: String,
}

/// Keys of texts that stand where the texts themselves should: what a person or a screen reader meets in the page and in
/// every open shadow root.
const KEYS_SHOWN: &str = "const found = [];
    const look = root => {
        for (const it of root.querySelectorAll('*')) {
            const said = [...it.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data);
            const names = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'label'];
            for (const text of [...said, ...names.map(name => it.getAttribute(name) ?? '')])
                if (/^\\s*(ui|instrument|deepening|own|failed)\\.[a-z][a-z0-9.-]*\\s*$/.test(text)) found.push(text.trim());
            if (it.shadowRoot) look(it.shadowRoot);
        }
    };
    look(document.body);
    return found;";

impl Browser {
    /// Every rule of WCAG 2.2 A and AA, and of good practice, that the page breaks; empty when it is sound.
    ///
    /// # Errors
    /// When axe-core is missing or stops.
    pub async fn axe(&self) -> Result<Vec<String>> {
        self.axe_without(&[]).await
    }

    /// The same without some rules, named by their ids: for test pages that aren't ours.
    ///
    /// # Errors
    /// When axe-core is missing or stops.
    pub async fn axe_without(&self, rules: &[&str]) -> Result<Vec<String>> {
        // Put in by the driver, so the page's policy has no say in it.
        let there: bool = self.eval("return typeof axe === 'object';").await?;
        if !there {
            self.put_axe().await?;
        }
        let script = "const off = Object.fromEntries(arguments[0].map(id => [id, { enabled: false }]));
            const run = await axe.run(document, { resultTypes: ['violations'], rules: off });
            return run.violations.map(({ id, impact, help, nodes }) => ({ id, impact, help,
                nodes: nodes.map(node => ({ html: node.html, summary: node.failureSummary ?? '' })) }));";
        let violations: Vec<Violation> = self.eval_with(script, vec![json!(rules)]).await?;
        let keys: Vec<String> = self.eval(KEYS_SHOWN).await?;
        let missing = keys.iter().map(|key| format!("the key {key} is shown, for which there is no text"));
        Ok(violations.iter().map(readable).chain(missing).collect())
    }

    async fn put_axe(&self) -> Result<()> {
        let source = environment::axe()?;
        if self.engine() != Engine::Chromium {
            // The script is a function's body here, and what it calls `axe` is to be there for the next one.
            return self.driver().execute(source, Vec::new()).await.map(drop).map_err(Into::into);
        }
        let put = json!({ "expression": source, "awaitPromise": false, "returnByValue": false });
        let answer = self.cdp("Runtime.evaluate", put).await?;
        match answer.get("exceptionDetails") {
            Some(thrown) => Err(Trouble::new(format!("axe-core: {thrown}"))),
            None => Ok(()),
        }
    }
}

fn readable(violation: &Violation) -> String {
    let impact = violation.impact.as_deref().unwrap_or("unknown");
    let mut text = format!("{} ({impact}): {}", violation.id, violation.help);
    for node in violation.nodes.iter().take(5) {
        let html: String = node.html.chars().take(160).collect();
        let summary = node.summary.replace('\n', " ");
        let _ = write!(text, "\n    {html}\n      {summary}");
    }
    if violation.nodes.len() > 5 {
        let _ = write!(text, "\n    … and {} more", violation.nodes.len() - 5);
    }
    text
}
