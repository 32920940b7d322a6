//! The screens beside the assessment: kept results and comparing them, the second pass, the deepening modules, keeping
//! nothing; and all of them with axe.

use browser_tests::native::{self, Given, Stored};
use browser_tests::{Assessment, Browser, Options, Outcome, Scheme, Server, dist};
use serde_json::{Value, json};

async fn result<'a>(
    browser: &'a Browser,
    server: &Server,
    given: &Given,
) -> browser_tests::Result<Assessment<'a>> {
    let assessment = Assessment::open_with(browser, server, &Stored::result("full", given)).await?;
    assessment.resume().await?;
    Ok(assessment)
}

#[tokio::test]
async fn two_kept_results_are_then_and_now() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = result(&browser, &server, &native::example("random complete")).await?;
    let inside = assessment.inside();
    inside.click("[data-action=keep]").await?;
    inside.with_text(&native::text("en", "ui.take.keep.done")).await?;
    inside.click("[data-action=keep]").await?;
    inside.with_text(&native::text("en", "ui.take.keep.there")).await?;

    // Trust gets other answers, and is compared with what was kept.
    assessment.back().await?;
    inside.click(".pages li:nth-child(1) .jump").await?;
    let changed = assessment.items().await?;
    for item in &changed {
        let now = assessment.chosen().await?[item].clone();
        assessment.answer(item, if now == "5" { "1" } else { "5" }).await?;
    }
    inside.click("[data-action=history]").await?;
    assert_eq!(inside.count("[data-kept]").await?, 2, "the one of now, and the kept one");
    assert_eq!(inside.count("[data-action=compare]:disabled").await?, 1);
    for input in inside.all("[data-kept] .tick input").await? {
        input.click().await?;
    }
    inside.click("[data-action=compare]:enabled").await?;
    inside.find(".app[data-screen=compare] .overlay-chart").await?;
    assert!(inside.count("[data-change]").await? >= 6, "what changed is told pole by pole");
    let words = inside.text("table.words").await?;
    assert!(words.contains("no clear difference") && words.contains("→"), "{words}");
    assert!(inside.count("[data-apart]").await? == 12);

    inside.click("[data-action=aside-back]").await?;
    inside.click("[data-action=rename]").await?;
    inside.find("[data-field=kept-name]").await?.type_text(" <i>x</i>").await?;
    inside.click("[data-action=rename-done]").await?;
    let name = inside.texts(".kept-name").await?;
    assert!(name[1].ends_with("<i>x</i>"), "{name:?}");
    inside.click("[data-action=remove]").await?;
    inside.click("[data-action=remove-no]").await?;
    assert_eq!(inside.count("[data-kept]").await?, 2);
    inside.click("[data-action=remove]").await?;
    inside.click("[data-action=remove-yes]").await?;
    inside.gone("[data-kept]").await?;
    assessment.reload().await?;
    inside.click("[data-action=history]").await?;
    assert_eq!(inside.count("[data-kept]").await?, 0, "removed is removed");
    Ok(())
}

#[tokio::test]
async fn six_results_stand_side_by_side_and_each_by_itself() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let names = [
        "all fives",
        "all ones",
        "random complete",
        "quick random",
        "taster random",
        "random, a fifth missing",
    ];
    let entries: Vec<Value> = names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let form = if name.starts_with("quick") {
                "quick"
            } else if name.starts_with("taster") {
                "taster"
            } else {
                "full"
            };
            let answers: Vec<(String, Value)> = native::example(name)
                .into_iter()
                .filter(|(_, value)| value != "0")
                .map(|(item, value)| {
                    (item, value.parse::<u8>().map_or_else(|_| json!(value), |number| json!(number)))
                })
                .collect();
            let answers: Value = answers.into_iter().collect::<serde_json::Map<String, Value>>().into();
            json!({ "id": index + 1, "at": index + 1, "name": name, "origin": "brought", "result": {
                "format": "equipoise-result", "version": 1, "form": form,
                "instrument": { "id": "alliance-paradoxes", "version": "1" },
                "completed": format!("2026-0{}-01", index + 1), "answers": answers,
            } })
        })
        .collect();
    let history = json!({ "format": "equipoise-history", "version": 1,
        "instrument": { "id": "alliance-paradoxes", "version": "1" }, "entries": entries });
    Assessment::store(&browser, &server, "null").await?;
    let put = "localStorage.clear(); localStorage.setItem('equipoise.history', arguments[0]);";
    browser.eval_with::<()>(put, vec![json!(history.to_string())]).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    let inside = assessment.inside();
    inside.click("[data-action=history]").await?;
    assert_eq!(inside.count("[data-kept]").await?, 6);
    for input in inside.all("[data-kept] .tick input").await? {
        input.click().await?;
    }
    inside.click("[data-action=compare]:enabled").await?;
    inside.find(".app[data-screen=compare]").await?;
    for series in 1..=6 {
        assert_eq!(inside.count(&format!(".overlay-chart .series-{series}")).await?, 1, "result {series}");
    }
    assert_eq!(inside.count(".multiples li .small-radar").await?, 6);
    assert_eq!(inside.count("[data-change]").await?, 0, "what changed is for two");
    let told: Vec<String> = inside.texts(".legend.series li").await?;
    assert_eq!(told.len(), 6, "{told:?}");
    Ok(())
}

#[tokio::test]
async fn the_second_pass_shows_where_someone_wants_to_go() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = result(&browser, &server, &native::example("random complete")).await?;
    let inside = assessment.inside();
    inside.click("[data-action=wish-poles]").await?;
    inside.find(".app[data-screen=wish]").await?;
    assessment.answer("wish.feeling-analysis.a", "5").await?;
    assessment.answer("wish.feeling-analysis.b", "1").await?;
    inside.click("[data-action=next]").await?;
    inside.find("fieldset[data-item='wish.trust-control.a']").await?;
    inside.click("[data-action=to-result]").await?;
    inside.find("[data-gap=feeling-analysis]").await?;
    assert_eq!(inside.count(".wish .radar-box").await?, 0, "one axis makes no radar: the words say it");
    assessment.reload().await?;
    assessment.resume().await?;
    assert_eq!(inside.count("[data-gap]").await?, 1, "wishes stay");
    inside.click("[data-action=wish-poles]").await?;
    assessment.answer("wish.inclusion-selection.a", "5").await?;
    assessment.answer("wish.dreaming-doing.a", "5").await?;
    inside.click("[data-action=to-result]").await?;
    inside.find(".wish .overlay-chart").await?;
    assert_eq!(inside.count(".wish .overlay-chart").await?, 1, "three axes make a radar");
    inside.click("[data-action=wish-items]").await?;
    inside.find("fieldset[data-item='wish.inclusion-selection.b1']").await?;
    let asked = assessment.items().await?;
    let statements: Vec<String> =
        native::items("full").iter().take(asked.len()).map(|item| format!("wish.{item}")).collect();
    assert_eq!(asked, statements, "the same statements once more, in the order of the form");
    inside.click("[data-action=to-result]").await?;
    inside.click("[data-action=wish-clear]").await?;
    inside.gone("[data-gap]").await?;
    Ok(())
}

#[tokio::test]
async fn the_modules_are_answered_skipped_shown_and_used() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = result(&browser, &server, &native::example("random complete")).await?;
    let inside = assessment.inside();
    inside.click("[data-action=module][data-to=profile]").await?;
    inside.find(".app[data-screen=module]").await?;
    assessment.answer("profile.form", "multi-partner").await?;
    inside.click("[data-option=lead-partner] input").await?;
    let partners = inside.find("[data-item='profile.partners'] input").await?;
    partners
        .eval::<()>("element.value = '6'; element.dispatchEvent(new Event('change', { bubbles: true }));")
        .await?;
    inside.click("[data-action=next-module]").await?;
    inside.find("fieldset[data-item='governance.decisions']").await?;
    assert_eq!(inside.count("fieldset[data-item^='governance.']").await?, 7, "without a secretariat");
    assessment.answer("governance.decisions", "partly").await?;
    inside.with_text("50").await?;
    assessment.answer("governance.secretariat", "clear").await?;
    inside.find("fieldset[data-item='governance.speaking']").await?;
    assessment.clear("governance.secretariat").await?;
    inside.gone("fieldset[data-item='governance.speaking']").await?;
    for _ in 0..2 {
        inside.click("[data-action=next-module]").await?;
    }
    inside.click("[data-action=to-result]").await?;
    let said = inside.text("[data-insights]").await?;
    for words in [
        "You named 6 partners. That makes 15 relations",
        "at least two models",
        "how we decide about the course",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    assessment.reload().await?;
    assessment.resume().await?;
    assert_eq!(inside.text("[data-insights]").await?, said, "answers to modules stay");
    Ok(())
}

#[tokio::test]
async fn who_keeps_nothing_leaves_nothing() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let given = native::example("random complete");
    let assessment = result(&browser, &server, &given).await?;
    let inside = assessment.inside();
    inside.click("[data-action=data]").await?;
    inside.click("[data-tick=private]").await?;
    inside.click("[data-action=private-yes]").await?;
    browser.wait_until("an empty storage", "return localStorage.length === 0;").await?;
    inside.click("[data-action=aside-back]").await?;
    assert_eq!(assessment.figures().await?, native::figures("full", &given, "en"), "the page still has it");
    inside.click("[data-action=add-action]").await?;
    inside.find(".action").await?;
    assert_eq!(browser.eval::<usize>("return localStorage.length;").await?, 0);
    inside.click("[data-action=data]").await?;
    inside.click("[data-tick=private]").await?;
    browser.wait_until("answers in storage", "return localStorage.length > 0;").await?;
    Ok(())
}

#[tokio::test]
async fn what_one_tab_erases_another_does_not_bring_back() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = result(&browser, &server, &native::example("random complete")).await?;
    let other = browser.open_tab().await?;
    let there = Assessment::open(&browser, &server).await?;
    there.resume().await?;
    browser.tab(0).await?;
    assessment.inside().click("[data-action=data]").await?;
    assessment.inside().click("[data-action=erase]").await?;
    assessment.inside().click("[data-action=erase-yes]").await?;
    browser.wait_until("an empty storage", "return localStorage.length === 0;").await?;
    browser.tab(other).await?;
    there.inside().find(".app[data-screen=start]").await?;
    assert_eq!(browser.eval::<usize>("return localStorage.length;").await?, 0);
    Ok(())
}

#[tokio::test]
async fn every_screen_beside_is_sound() -> Outcome {
    let server = dist()?;
    let mut browser = Browser::open(Options::default().reduced_motion()).await?;
    let mut faults: Vec<String> = Vec::new();
    for screen in ["result", "history", "compare", "kept", "open", "data", "wish", "module"] {
        let assessment = result(&browser, &server, &native::example("random complete")).await?;
        let inside = assessment.inside();
        inside.click("[data-action=add-action]").await?;
        browser.wait_for_focus("[data-entry] input").await?;
        // By script: the new field may still be on its way into view.
        inside.tap("[data-action=keep]").await?;
        inside.with_text(&native::text("en", "ui.take.keep.done")).await?;
        match screen {
            "wish" => inside.click("[data-action=wish-poles]").await?,
            "module" => inside.click("[data-action=module]").await?,
            "history" | "open" | "data" => inside.click(&format!("[data-action={screen}]")).await?,
            "kept" => {
                inside.click("[data-action=history]").await?;
                inside.click("[data-action=view]").await?;
            }
            "compare" => {
                inside.click("[data-action=history]").await?;
                for input in inside.all("[data-kept] .tick input").await? {
                    input.click().await?;
                }
                inside.click("[data-action=compare]:enabled").await?;
            }
            _ => {}
        }
        inside.find(&format!(".app[data-screen={screen}]")).await?;
        for (width, scheme) in [(1400, Scheme::Light), (320, Scheme::Dark)] {
            browser.resize(width, 900).await?;
            browser.scheme(scheme).await?;
            browser.next_frame().await?;
            let shown = Assessment::at(&browser, "equipoise-assessment").await?;
            let found = browser.axe().await?.into_iter().chain(shown.sticking_out().await?);
            faults.extend(found.map(|fault| format!("{screen}, {width} px, {scheme:?}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    Ok(())
}
