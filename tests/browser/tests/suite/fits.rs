//! Every screen at every width, light and dark: that nothing sticks out. A picture of each is kept in `screens/`.

use std::collections::BTreeSet;

use browser_tests::native::{self, Stored};
use browser_tests::{Assessment, Browser, Options, Outcome, Scheme, Server, dist};

const WIDTHS: [u32; 3] = [320, 800, 1400];

/// A result with everything open is long; its first screens show how it looks.
const MOST: f64 = 6000.0;

/// The screens, and the languages in which each is looked at.
const SCREENS: [(&str, &[&str]); 8] = [
    ("start", &["nl", "en"]),
    ("start-resume", &["nl"]),
    ("page", &["nl", "en"]),
    ("choice", &["nl"]),
    ("review", &["nl"]),
    ("result", &["nl", "en"]),
    ("result-open", &["nl"]),
    ("taster-result", &["nl"]),
];

/// Brings someone to a screen.
async fn to<'a>(
    browser: &'a Browser,
    server: &Server,
    screen: &str,
    language: &str,
) -> browser_tests::Result<Assessment<'a>> {
    let given = native::example("random, a fifth missing");
    let stored = match screen {
        "page" | "start-resume" => Stored::page("full", &given, 2),
        "choice" => Stored::page("full", &given, 99),
        "review" => Stored::review("full", &given),
        "taster-result" => Stored::result("taster", &native::example("taster random")),
        _ => Stored::result("full", &given),
    };
    if screen == "start" {
        Assessment::store(browser, server, "").await?;
        browser.eval::<()>("localStorage.clear();").await?;
        let assessment = Assessment::open(browser, server).await?;
        assessment.speak(language).await?;
        point_at_nothing(browser).await?;
        return Ok(assessment);
    }
    let assessment = Assessment::open_with(browser, server, &stored.language(language)).await?;
    if screen != "start-resume" {
        assessment.resume().await?;
    }
    point_at_nothing(browser).await?;
    if screen == "result-open" {
        let open = "root.querySelectorAll('details').forEach(it => { it.open = true; });";
        assessment.inside().eval::<()>(open).await?;
    }
    Ok(assessment)
}

/// A pointer would light up what it happens to be over.
async fn point_at_nothing(browser: &Browser) -> browser_tests::Result<()> {
    browser.point_at(1.0, 1.0).await
}

/// What lies outside the window sideways, whether or not the page can be scrolled to it; what scrolls by itself may.
async fn outside(assessment: &Assessment<'_>) -> browser_tests::Result<Vec<String>> {
    let body = "const wide = document.documentElement.scrollWidth;
        const faults = wide > innerWidth ? [`the page is ${wide} px wide`] : [];
        for (const it of root.querySelectorAll('*')) {
            if (it.closest('.scroll > *') || !it.checkVisibility()) continue;
            const { left, right, width, height } = it.getBoundingClientRect();
            if (width && height && (left < -1 || right > innerWidth + 1))
                faults.push(`${it.tagName}.${it.getAttribute('class')} ${it.textContent.slice(0, 40)}: ${left} to ${right}`);
        }
        return faults;";
    assessment.inside().eval(body).await
}

async fn every_screen_fits(scheme: Scheme, name: &str) -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().scheme(scheme).reduced_motion()).await?;
    let mut faults = Vec::new();
    let mut pictures = BTreeSet::new();
    for (screen, languages) in SCREENS {
        for language in languages {
            browser.resize(1400, 900).await?;
            let assessment = to(&browser, &server, screen, language).await?;
            assert_eq!(assessment.language().await?, *language);
            for width in WIDTHS {
                browser.resize(width, if width == 320 { 640 } else { 900 }).await?;
                browser.next_frame().await?;
                let picture = format!("{screen}-{language}-{width}-{name}");
                let outside = outside(&assessment).await?;
                faults.extend(outside.into_iter().map(|fault| format!("{picture}: {fault}")));
                let file = browser.screenshot_top(&format!("screens/{picture}"), MOST).await?;
                assert!(std::fs::metadata(&file)?.len() > 5000, "{picture} shows something");
                pictures.insert(picture);
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(pictures.len(), 33, "{pictures:?}");
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn every_screen_fits_and_is_pictured_in_light() -> Outcome {
    every_screen_fits(Scheme::Light, "light").await
}

#[tokio::test]
async fn every_screen_fits_and_is_pictured_in_dark() -> Outcome {
    every_screen_fits(Scheme::Dark, "dark").await
}
