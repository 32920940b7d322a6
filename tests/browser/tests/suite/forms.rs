//! From a short form to a longer one: every answer stays, nothing is asked twice, and the result uses all of it.

use std::collections::BTreeSet;

use browser_tests::native::{self, Given};
use browser_tests::{Assessment, Browser, Options, Outcome, Page, dist};

/// The items of a form that no form before it asked.
fn new_items(form: &str, seen: &BTreeSet<String>) -> Vec<String> {
    native::items(form).into_iter().filter(|item| !seen.contains(item)).collect()
}

/// What of these answers belongs to a form.
fn of_form(form: &str, given: &Given) -> Given {
    native::items(form).into_iter().filter_map(|item| given.get_key_value(&item)).map(owned).collect()
}

fn owned((item, value): (&String, &String)) -> (String, String) {
    (item.clone(), value.clone())
}

/// Goes through the forms one after the other, each from the result of the one before.
async fn go(forms: &[&str], given: &Given) -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    let mut seen = BTreeSet::new();
    for (place, form) in forms.iter().enumerate() {
        let asked = if place == 0 {
            assessment.choose(form).await?;
            native::items(form)
        } else {
            let new = new_items(form, &seen);
            let offer = assessment.inside().texts(".offer p").await?;
            let count = new.len().to_string();
            assert!(offer.iter().any(|offer| offer.contains(&count)), "{count} are new: {offer:?}");
            assessment.extend(form).await?;
            new
        };
        assert_eq!(assessment.chosen().await?, Given::new(), "the first page asks something new");
        let here = assessment.answer_to_review(given).await?;
        assert_eq!(here, asked, "only what is new, in the published order");
        assert!(here.iter().all(|item| seen.insert(item.clone())), "no item twice");
        assert_eq!(assessment.inside().count(".open").await?, 0, "nothing is open");

        let known = of_form(form, given);
        assert_eq!(assessment.read_back().await?, known, "every answer stays and can be looked at");
        assessment.result().await?;
        assert_eq!(assessment.figures().await?, native::figures(form, &known, "en"));
    }
    assert_eq!(assessment.inside().count("[data-action=extend]").await?, 3 - native_place(forms));
    Ok(())
}

/// How many forms are no longer than the last of these.
fn native_place(forms: &[&str]) -> usize {
    let longest = native::items(forms[forms.len() - 1]).len();
    ["taster", "quick", "full"].iter().filter(|form| native::items(form).len() <= longest).count()
}

#[tokio::test]
async fn quick_then_full() -> Outcome {
    go(&["quick", "full"], &native::example("random complete")).await
}

#[tokio::test]
async fn taster_then_quick() -> Outcome {
    go(&["taster", "quick"], &native::example("random complete")).await
}

#[tokio::test]
async fn taster_then_full() -> Outcome {
    go(&["taster", "full"], &native::example("trust over control, felt")).await
}

#[tokio::test]
async fn taster_then_quick_then_full() -> Outcome {
    go(&["taster", "quick", "full"], &native::example("random complete")).await
}

#[tokio::test]
async fn earlier_answers_are_found_by_going_back_and_may_change() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().language("nl")).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    let mut given = native::example("taster random");
    assessment.choose("taster").await?;
    assessment.answer_to_review(&given).await?;
    assessment.home().await?;
    let kept = assessment.inside().texts(".kept").await?;
    assert_eq!(kept.len(), 3, "each form says what is kept: {kept:?}");

    assessment.choose("quick").await?;
    assert_eq!(assessment.inside().count(".earlier").await?, 0);
    assessment.back().await?;
    assert_eq!(assessment.inside().text(".earlier").await?, native::text("nl", "ui.page.earlier"));
    let chosen = assessment.chosen().await?;
    assert!(!chosen.is_empty() && chosen.iter().all(|(item, value)| given.get(item) == Some(value)));
    let (item, _) = chosen.iter().next().expect("there is one");
    let other = if given[item] == "3" { "4" } else { "3" };
    assessment.answer(item, other).await?;
    given.insert(item.clone(), other.to_owned());

    assessment.reload().await?;
    assessment.resume().await?;
    assert_eq!(assessment.chosen().await?[item], other, "and after a reload it is the same page");
    assessment.review().await?;
    assessment.result().await?;
    let known = of_form("quick", &given);
    assert_eq!(assessment.figures().await?, native::figures("quick", &known, "nl"));
    Ok(())
}

#[tokio::test]
async fn a_page_that_names_one_form_offers_only_that() -> Outcome {
    let server = dist()?;
    server.add(
        "/one.html",
        Page::html(
            r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>One</title>
        <link rel="icon" href="data:,"><equipoise-assessment form="quick"></equipoise-assessment>
        <script type="module" src="/element.js"></script></html>"#,
        ),
    );
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open_page(&browser, &server.address("/one.html")).await?;
    assert_eq!(assessment.inside().count("[data-form]").await?, 1);
    assessment.choose("quick").await?;
    assert_eq!(assessment.screen().await?, "page");
    Ok(())
}

#[tokio::test]
async fn a_page_turn_keeps_the_elements_and_none_of_their_answers() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    assessment.choose("quick").await?;
    let mark = "root.querySelectorAll('fieldset').forEach(group => { group.isOfTheFirstPage = true; });";
    assessment.inside().eval::<()>(mark).await?;
    let all = |items: Vec<String>, value: &str| -> Given {
        items.into_iter().map(|item| (item, value.to_owned())).collect()
    };
    let first = all(assessment.items().await?, "2");
    assessment.answer_page_by_hand(&first).await?;
    assessment.next().await?;
    let kept = "return [...root.querySelectorAll('fieldset')].every(group => group.isOfTheFirstPage);";
    assert!(assessment.inside().eval::<bool>(kept).await?, "which is what makes a page turn quick");
    assert_eq!(assessment.chosen().await?, Given::new());
    assert_eq!(assessment.inside().count("[data-action=clear]:enabled").await?, 0);
    let second = all(assessment.items().await?, "4");
    assessment.answer_page_by_hand(&second).await?;
    assessment.back().await?;
    assert_eq!(assessment.chosen().await?, first);
    assessment.next().await?;
    assert_eq!(assessment.chosen().await?, second);
    Ok(())
}
