//! The three pages, and one walk through each.

use std::path::PathBuf;
use std::time::Duration;

use browser_tests::native::{self, Dice};
use browser_tests::{Browser, Options, Result, Server, Site, Trouble};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use xtask::{paths, serve};

/// The pages by the names that `measure.js` knows.
pub(crate) const PAGES: [&str; 3] = ["equipoise", "bare", "surveyjs"];

/// What runs inside the pages.
const SCRIPT: &str = include_str!("measure.js");

/// How many times slower the processor is made.
const SLOWER: u32 = 4;

/// How many results a large group has, how many of them are brought at once, and how many are added while it is timed.
const GROUP: usize = 10_000;
const AT_ONCE: usize = 500;
const ADDED: usize = 9;

/// Everything measured of a page.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// Everything downloaded by the time of the first question, as it travelled.
    pub(crate) bytes: usize,
    /// Milliseconds from the start of the navigation until a first question could be answered, on slow 4G.
    pub(crate) first: Vec<f64>,
    /// Milliseconds from an answer to the next frame.
    pub(crate) answer: Vec<f64>,
    /// Milliseconds from "next" until the page stood still.
    pub(crate) turn: Vec<f64>,
    /// Milliseconds from the last click until the result with its chart was painted.
    pub(crate) result: Vec<f64>,
    /// Milliseconds from the last click until nothing changed any more: parts that are closed at first included.
    pub(crate) complete: Vec<f64>,
    /// Requests made after the page had loaded, on the whole way to the result.
    pub(crate) requests: usize,
}

#[derive(Debug, Deserialize)]
struct Walk {
    answer: Vec<f64>,
    turn: Vec<f64>,
    result: f64,
    complete: f64,
}

/// The servers of the pages.
#[derive(Debug)]
pub(crate) struct Servers {
    product: Server,
    yardsticks: Server,
}

impl Servers {
    /// Starts them, on what `cargo xtask bench` has made.
    pub(crate) fn start() -> Result<Self> {
        let folder = |variable: &str| {
            let set = paths::variable(variable).map(PathBuf::from);
            set.ok_or_else(|| Trouble::new(format!("{variable} is not set: run cargo xtask bench")))
        };
        let (dist, pages) = (folder("EQUIPOISE_DIST")?, folder("EQUIPOISE_YARDSTICKS")?);
        // Compressed beforehand, so that no browser waits for that.
        serve::pack(&dist)?;
        serve::pack(&pages)?;
        let product = Site::new().folder(dist);
        // SurveyJS writes style attributes, which a strict policy blocks.
        let yardsticks = Site::new().folder(pages).policy("");
        Ok(Self { product: Server::start(product, 0)?, yardsticks: Server::start(yardsticks, 0)? })
    }

    fn of(&self, name: &str) -> (&Server, String) {
        match name {
            "equipoise" => (&self.product, self.product.address("/")),
            _ => (&self.yardsticks, self.yardsticks.address(&format!("/{name}.html"))),
        }
    }
}

/// Loads a page as someone new on a slow network, then walks through it.
pub(crate) async fn round(servers: &Servers, name: &str, round: u32, into: &mut Measured) -> Result<()> {
    let (server, address) = servers.of(name);
    server.forget();
    into.first.push(first_question(&address, name).await?);
    let mut seen = server.seen();
    seen.sort_by(|a, b| a.path.cmp(&b.path));
    seen.dedup_by(|a, b| a.path == b.path);
    into.bytes = seen.iter().filter(|seen| seen.status == 200).map(|seen| seen.bytes).sum();
    let walk = walk(&address, name, round).await?;
    into.answer.extend(walk.answer);
    into.turn.extend(walk.turn);
    into.result.push(walk.result);
    into.complete.push(walk.complete);
    if round == 0 {
        into.requests = requests_after_load(&address, name).await?;
    }
    Ok(())
}

/// Milliseconds until a group is drawn anew when one more result comes to so many, several times over.
pub(crate) async fn group(servers: &Servers) -> Result<Vec<f64>> {
    let browser = Browser::open(Options::default().without_logs()).await?;
    browser.before_scripts(SCRIPT).await?;
    browser.goto(&servers.product.address("/embed.html?mode=group")).await?;
    browser.widget().find(".together").await?;
    let mut people = People::new();
    for _ in 0..GROUP / AT_ONCE {
        let file = Value::Array((0..AT_ONCE).map(|_| people.next()).collect());
        browser
            .eval_with::<()>("await bench.element().load(arguments[0]);", vec![json!(file.to_string())])
            .await?;
    }
    browser.widget().with_text(&format!("{GROUP} results")).await?;
    browser.cpu_throttle(SLOWER).await?;
    let mut times = Vec::new();
    for _ in 0..ADDED {
        let file = people.next().to_string();
        times.push(browser.eval_with("return await bench.add(arguments[0]);", vec![json!(file)]).await?);
    }
    Ok(times)
}

/// People who answer the quick form, each in their own way.
struct People {
    items: Vec<String>,
    dice: Dice,
}

impl People {
    fn new() -> Self {
        Self { items: native::items("quick"), dice: Dice::new(1) }
    }

    /// The result file of the next one.
    fn next(&mut self) -> Value {
        let degrees = self.items.iter().filter(|item| *item != "phase.choice");
        let answers: Map<String, Value> =
            degrees.map(|item| (item.clone(), json!(1 + self.dice.roll(5)))).collect();
        json!({
            "format": "equipoise-result", "version": 1, "form": "quick", "answers": answers,
            "instrument": { "id": "alliance-paradoxes", "version": "1" },
        })
    }
}

async fn first_question(address: &str, name: &str) -> Result<f64> {
    let browser = Browser::open(Options::default().without_logs()).await?;
    browser.before_scripts(SCRIPT).await?;
    browser.before_scripts(&format!("bench.watch({name:?});")).await?;
    browser.cpu_throttle(SLOWER).await?;
    browser.network_slow_4g().await?;
    browser.goto(address).await?;
    browser.wait_until("a first question", "return bench.first ?? 0;").await?;
    browser.eval("return bench.first;").await
}

async fn walk(address: &str, name: &str, seed: u32) -> Result<Walk> {
    let browser = Browser::open(Options::default().without_logs()).await?;
    browser.before_scripts(SCRIPT).await?;
    browser.goto(address).await?;
    browser.cpu_throttle(SLOWER).await?;
    browser.eval(&format!("return await bench.path({name:?}, {seed});")).await
}

async fn requests_after_load(address: &str, name: &str) -> Result<usize> {
    let browser = Browser::open(Options::default()).await?;
    browser.before_scripts(SCRIPT).await?;
    browser.goto(address).await?;
    let ready = format!("bench.until(() => PAGES[{name:?}].root()?.querySelector('button, input'))");
    browser.eval::<()>(&format!("await {ready};")).await?;
    // What the page still fetches of its own accord, a second language say, is part of loading.
    tokio::time::sleep(Duration::from_secs(1)).await;
    browser.forget_logs().await?;
    browser.eval::<Walk>(&format!("return await bench.path({name:?}, 0);")).await?;
    Ok(browser.requests().await?.len())
}
