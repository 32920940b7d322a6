//! Accessibility faults, as axe-core finds them in the page and in every open shadow root.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::json;

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
            let source = environment::axe()?;
            let put = json!({ "expression": source, "awaitPromise": false, "returnByValue": false });
            let answer = self.cdp("Runtime.evaluate", put).await?;
            if answer.get("exceptionDetails").is_some() {
                return Err(Trouble::new(format!("axe-core: {}", answer["exceptionDetails"])));
            }
        }
        let script = "const off = Object.fromEntries(arguments[0].map(id => [id, { enabled: false }]));
            const run = await axe.run(document, { resultTypes: ['violations'], rules: off });
            return run.violations.map(({ id, impact, help, nodes }) => ({ id, impact, help,
                nodes: nodes.map(node => ({ html: node.html, summary: node.failureSummary ?? '' })) }));";
        let violations: Vec<Violation> = self.eval_with(script, vec![json!(rules)]).await?;
        Ok(violations.iter().map(readable).collect())
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
