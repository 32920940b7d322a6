//! The whole path, from the first page to the result, with the figures that the scorer without a browser gives.

use std::collections::BTreeSet;

use browser_tests::native::{self, Given};
use browser_tests::{Assessment, Browser, Options, Outcome, dist};

/// Whose clicks answer the questions.
#[derive(Clone, Copy)]
enum Clicks {
    /// A hand's, where the driver moves the pointer.
    Hand,
    /// A script's.
    Script,
}

/// Answers a form by clicks, as someone does who speaks this language, and compares the result.
async fn goes(form: &str, given: &Given, language: &str, clicks: Clicks) -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().language(language)).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    assert_eq!(assessment.language().await?, language);

    assessment.choose(form).await?;
    let mut seen = Vec::new();
    while assessment.screen().await? == "page" {
        seen.extend(match clicks {
            Clicks::Hand => assessment.answer_page_by_hand(given).await?,
            Clicks::Script => assessment.answer_page(given).await?,
        });
        assessment.next().await?;
    }
    assert_eq!(seen, native::items(form), "every item once, in the published order");
    let open = native::items(form).len() - given.len();
    assert_eq!(assessment.inside().count(".open .jump").await?, open, "what is open is listed");

    assessment.result().await?;
    for language in [language, if language == "nl" { "en" } else { "nl" }] {
        assessment.speak(language).await?;
        assert_eq!(assessment.figures().await?, native::figures(form, given, language), "in {language}");
    }
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn the_full_form_in_dutch_ends_in_the_scorers_figures() -> Outcome {
    let given = native::example("random complete");
    assert_eq!(given.len(), 77);
    goes("full", &given, "nl", Clicks::Hand).await
}

#[tokio::test]
async fn the_quick_form_ends_in_the_scorers_figures() -> Outcome {
    goes("quick", &native::example("quick random"), "en", Clicks::Script).await
}

#[tokio::test]
async fn the_taster_ends_in_the_scorers_figures() -> Outcome {
    goes("taster", &native::example("taster random"), "nl", Clicks::Hand).await
}

#[tokio::test]
async fn what_is_left_open_is_left_out() -> Outcome {
    goes("full", &native::example("random, a fifth missing"), "en", Clicks::Script).await
}

#[tokio::test]
async fn dont_know_is_looked_at_and_not_scored() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().language("nl")).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    let mut given = native::example("taster random");
    let unknown: BTreeSet<&str> = ["feeling-analysis.a1", "trust-control.tension"].into();
    given.extend(unknown.iter().map(|item| ((*item).to_owned(), "0".to_owned())));

    assessment.choose("taster").await?;
    assessment.answer_to_review(&given).await?;
    assert_eq!(assessment.inside().count(".open").await?, 0, "nothing is open");
    assert_eq!(assessment.read_back().await?, given);
    assessment.result().await?;
    let figures = assessment.figures().await?;
    assert_eq!(figures, native::figures("taster", &given, "nl"));
    assert_eq!(figures.rows[0].1[0], "–", "no zero for what isn't known");
    Ok(())
}

#[tokio::test]
async fn nothing_answered_shows_nothing_and_says_so() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().size(320, 640)).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    assessment.choose("full").await?;
    assessment.review().await?;
    assert_eq!(assessment.inside().count(".open .jump").await?, 77);
    assessment.result().await?;
    assert_eq!(assessment.figures().await?, native::figures("full", &Given::new(), "en"));
    assert_eq!(assessment.inside().count("svg.radar-chart").await?, 0);
    let remarks = assessment.inside().texts(".remarks li").await?;
    assert!(remarks.contains(&native::text("en", "ui.result.limits.nothing")), "{remarks:?}");
    Ok(())
}
