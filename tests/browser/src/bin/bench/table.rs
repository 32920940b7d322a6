//! The budget table: what was measured, beside the budget and the yardsticks.

use browser_tests::Result;
use xtask::{bench, paths, report, size};

use crate::pages::Measured;

/// The budgets of time are multiples of the bare page's, by row.
const ANSWER: f64 = 1.5;
const TURN: f64 = 2.0;
const RESULT: f64 = 3.0;

/// A first question on a slow network, in milliseconds.
const FIRST: f64 = 2000.0;

/// Scoring one result, in nanoseconds.
const SCORE: f64 = 20_000.0;

/// One more result to ten thousand, in milliseconds.
const GROUP: f64 = 100.0;

/// A further language, in bytes.
const LANGUAGE: u64 = 10_000;

/// Prints everything that was measured.
pub(crate) fn print(measured: &[(&str, Measured); 3], group: &[f64]) -> Result<()> {
    let [(_, product), (_, bare), (_, surveyjs)] = measured;
    let mut rows = vec![
        bytes(bare, surveyjs)?,
        all_bytes([product, bare, surveyjs]),
        language(bench::further_language()?),
        row(
            "first question usable, slow 4G",
            at_most(FIRST),
            [product, bare, surveyjs].map(|page| middle(&page.first)),
        ),
        times("answer → next frame, p50", ANSWER, [product, bare, surveyjs].map(|page| middle(&page.answer))),
        times(
            "answer → next frame, p95",
            ANSWER,
            [product, bare, surveyjs].map(|page| share(&page.answer, 0.95)),
        ),
        times("page turn, p50", TURN, [product, bare, surveyjs].map(|page| middle(&page.turn))),
        times("page turn, p95", TURN, [product, bare, surveyjs].map(|page| share(&page.turn, 0.95))),
        times(
            "last click → result with its chart",
            RESULT,
            [product, bare, surveyjs].map(|page| middle(&page.result)),
        ),
        times(
            "last click → nothing changes any more",
            RESULT,
            [product, bare, surveyjs].map(|page| middle(&page.complete)),
        ),
    ];
    rows.push(score());
    rows.push(large_group(group));
    rows.push(requests(product, bare, surveyjs));
    report::heading("Budgets: Chromium, processor ÷ 4, medians unless it says p95");
    report::table(&["what", "budget", "Equipoise", "", "bare DOM", "SurveyJS + Chart.js"], &rows);
    let count = |page: &Measured| {
        format!("{} answers, {} turns, {} results", page.answer.len(), page.turn.len(), page.result.len())
    };
    report::line(&format!("  of the product: {}; times are noisy, ratios less so", count(product)));
    if let Some(note) = busy() {
        report::line(&note);
    }
    Ok(())
}

/// What a first question needs, with one language; the product then fetches the other languages by itself.
fn bytes(bare: &Measured, surveyjs: &Measured) -> Result<Vec<String>> {
    let needed = size::total(&size::measure()?.first_use).brotli;
    let sizes = [needed, bare.bytes as u64, surveyjs.bytes as u64].map(report::bytes);
    let budget = format!("≤ {}", report::bytes(size::BUDGET));
    Ok(cells("everything for first use, brotli", budget, kept(needed <= size::BUDGET), sizes))
}

fn all_bytes(pages: [&Measured; 3]) -> Vec<String> {
    let sizes = pages.map(|page| report::bytes(page.bytes as u64));
    cells("… with all that it fetches by itself", String::new(), "", sizes)
}

fn language(bytes: u64) -> Vec<String> {
    let sizes = [report::bytes(bytes), String::new(), String::new()];
    cells("a further language", format!("≤ {}", report::bytes(LANGUAGE)), kept(bytes <= LANGUAGE), sizes)
}

fn score() -> Vec<String> {
    let measured: Option<f64> = paths::variable("EQUIPOISE_SCORE_NS").and_then(|text| text.parse().ok());
    let shown = measured.map_or("not measured".to_owned(), |time| format!("{:.1} µs", time / 1000.0));
    let verdict = measured.map_or("", |time| kept(time <= SCORE));
    cells("score one result, native", "≤ 20 µs".to_owned(), verdict, [shown, String::new(), String::new()])
}

fn large_group(times: &[f64]) -> Vec<String> {
    let time = middle(times);
    let (budget, is_kept) = at_most(GROUP)(time);
    let shown = [format!("{time:.0} ms"), String::new(), String::new()];
    cells("one more to 10,000 results, grouped and drawn", budget, kept(is_kept), shown)
}

fn requests(product: &Measured, bare: &Measured, surveyjs: &Measured) -> Vec<String> {
    let counts = [product, bare, surveyjs].map(|page| page.requests.to_string());
    cells("requests after load", "0".to_owned(), kept(product.requests == 0), counts)
}

/// A row of times whose budget is a multiple of the bare page's.
fn times(name: &str, factor: f64, [product, bare, surveyjs]: [f64; 3]) -> Vec<String> {
    let budget = (format!("≤ {factor} × bare"), product <= factor * bare);
    let cells = row(name, |_| budget.clone(), [product, bare, surveyjs]);
    let ratio = format!("{:.1} × {}", product / bare, cells[3]);
    cells.into_iter().enumerate().map(|(at, cell)| if at == 3 { ratio.clone() } else { cell }).collect()
}

fn row(name: &str, budget: impl Fn(f64) -> (String, bool), values: [f64; 3]) -> Vec<String> {
    let (budget, is_kept) = budget(values[0]);
    cells(name, budget, kept(is_kept), values.map(|value| format!("{value:.0} ms")))
}

fn at_most(limit: f64) -> impl Fn(f64) -> (String, bool) {
    move |value| (format!("≤ {limit:.0} ms"), value <= limit)
}

fn cells(name: &str, budget: String, verdict: &str, [product, bare, surveyjs]: [String; 3]) -> Vec<String> {
    vec![name.to_owned(), budget, product, verdict.to_owned(), bare, surveyjs]
}

/// A note when the machine has more to do than it has cores: the times are then too high, and the ratios uncertain.
fn busy() -> Option<String> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    let load: f64 = text.split_whitespace().next()?.parse().ok()?;
    let cores = std::thread::available_parallelism().ok()?.get();
    (load > cores as f64 + 0.5)
        .then(|| format!("  the machine is busy: load {load:.1} on {cores} cores; measure again"))
}

fn kept(is_kept: bool) -> &'static str {
    if is_kept { "ok" } else { "OVER" }
}

fn middle(values: &[f64]) -> f64 {
    share(values, 0.5)
}

/// The value below which a share of the values lie.
fn share(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() as f64 * part).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}
