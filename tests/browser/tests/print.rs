//! The printed report: the same from every screen, complete, and nothing cut.

use browser_tests::native::{self, Stored};
use browser_tests::{Assessment, Browser, Options, Outcome, Paper, Scheme, dist};

#[tokio::test]
async fn look() -> Outcome {
    let server = dist()?;
    for (language, paper, width, scheme) in [
        ("nl", Paper::A4, 1400, Scheme::Light),
        ("en", Paper::LETTER, 320, Scheme::Dark),
    ] {
        let browser = Browser::open(Options::default().size(width, 900).scheme(scheme).language(language)).await?;
        let stored = Stored::result("full", &native::example("random complete")).language(language);
        let assessment = Assessment::open_with(&browser, &server, &stored).await?;
        assessment.resume().await?;
        let pdf = browser.print(&format!("print/{language}-{}", paper.name), paper).await?;
        pdf.keep_pictures(60)?;
    }
    Ok(())
}
