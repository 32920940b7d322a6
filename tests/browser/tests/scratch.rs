//! Scratch file for trying.
use browser_tests::*;
async fn run(lang: &str) -> Outcome {
    let server = dist()?;
    for i in 0..5 {
        let browser = Browser::open(Options::default().language(lang)).await?;
        let t = std::time::Instant::now();
        let went = tokio::time::timeout(std::time::Duration::from_secs(8), browser.goto(&server.address("/"))).await;
        println!("{lang} {i} {:?} {:?}", went.is_ok(), t.elapsed());
        if went.is_err() { 
        println!("{:?}", server.seen().iter().map(|s| (s.path.clone(), s.status)).collect::<Vec<_>>());
std::process::Command::new("sh").arg("-c").arg("ps aux --sort=-%cpu | head -7 | cut -c1-200").status().ok();
           let r = tokio::time::timeout(std::time::Duration::from_secs(3), browser.eval::<serde_json::Value>("return document.readyState + document.body?.innerHTML")).await; println!("{r:?}"); std::mem::forget(browser); }
        server.forget();
    }
    Ok(())
}
#[tokio::test]
async fn nl() -> Outcome { run("nl").await }
#[tokio::test]
async fn en() -> Outcome { run("en-GB").await }
