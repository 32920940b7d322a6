//! Measures the product beside the yardstick pages and prints the budget table. `cargo xtask bench` starts it.

mod pages;
mod table;

use browser_tests::{Outcome, Trouble};
use xtask::report;

/// How often each page is walked through from beginning to end.
const ROUNDS: u32 = 5;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let servers = pages::Servers::start()?;
    let mut measured = pages::PAGES.map(|name| (name, pages::Measured::default()));
    for round in 0..ROUNDS {
        // Page after page in each round, so that a busy moment of the machine meets them all.
        for (name, into) in &mut measured {
            report::line(&format!("  round {} of {ROUNDS}: {name}", round + 1));
            pages::round(&servers, name, round, into)
                .await
                .map_err(|trouble| Trouble::new(format!("{name}: {trouble}")))?;
        }
    }
    report::line("  a large group");
    let group =
        pages::group(&servers).await.map_err(|trouble| Trouble::new(format!("a group: {trouble}")))?;
    table::print(&measured, &group)?;
    Ok(())
}
