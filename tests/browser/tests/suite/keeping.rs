//! Nothing answered is lost: reloads, crashes, closed tabs, two tabs, and storage that is blocked, full or holds something else.

use browser_tests::native::{self, Dice, Given, Stored};
use browser_tests::{Assessment, Browser, Options, Outcome, Profile, Server, dist};
use serde_json::{Value, json};

/// Storage that may not even be touched.
const BLOCKED: &str = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });";
/// Storage with no room for anything.
const FULL: &str =
    "Storage.prototype.setItem = () => { throw new DOMException('no room', 'QuotaExceededError'); };";

/// Answers one item of this page, by dice; into `given` as well.
async fn answer_one(assessment: &Assessment<'_>, dice: &mut Dice, given: &mut Given) -> Outcome {
    let items = assessment.items().await?;
    let item = &items[dice.roll(items.len())];
    let phases = ["forming", "founding", "evolving", "transforming"];
    let value =
        if item == "phase.choice" { phases[dice.roll(4)].to_owned() } else { dice.roll(6).to_string() };
    // The click alone: what follows, a crash perhaps, must not wait for anything.
    let option = format!("fieldset[data-item=\"{item}\"] label:has([value=\"{value}\"])");
    assessment.inside().click(&option).await?;
    given.insert(item.clone(), value);
    Ok(())
}

/// What of `given` stands on this page.
async fn on_this_page(assessment: &Assessment<'_>, given: &Given) -> browser_tests::Result<Given> {
    let items = assessment.items().await?;
    Ok(given.iter().filter(|(item, _)| items.contains(item)).map(|(k, v)| (k.clone(), v.clone())).collect())
}

/// Where they were; or anew, when there is nothing yet to go on with.
async fn go_on(assessment: &Assessment<'_>, given: &Given) -> browser_tests::Result<()> {
    if given.is_empty() { assessment.choose("quick").await } else { assessment.resume().await }
}

#[tokio::test]
async fn a_reload_at_any_moment_loses_nothing() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    assessment.choose("quick").await?;
    let (mut dice, mut given, mut reloads) = (Dice::new(7), Given::new(), 0);
    for _ in 0..60 {
        match dice.roll(10) {
            0..=4 => answer_one(&assessment, &mut dice, &mut given).await?,
            5 => {
                let chosen = assessment.chosen().await?;
                if let Some(item) = chosen.keys().nth(dice.roll(chosen.len())) {
                    assessment.clear(item).await?;
                    given.remove(item);
                }
            }
            6 => {
                assessment.next().await?;
                if assessment.screen().await? == "review" {
                    assessment.back().await?;
                }
            }
            7 => {
                assessment.back().await?;
                if assessment.screen().await? == "start" {
                    go_on(&assessment, &given).await?;
                }
            }
            _ => {
                let place = assessment.place().await?;
                assessment.reload().await?;
                assert_eq!(assessment.screen().await?, "start", "nobody is thrown into the middle");
                go_on(&assessment, &given).await?;
                if !given.is_empty() {
                    assert_eq!(assessment.place().await?, place, "resume lands on the right page");
                }
                assert_eq!(assessment.chosen().await?, on_this_page(&assessment, &given).await?);
                reloads += 1;
            }
        }
    }
    assert!(reloads > 5 && given.len() > 8, "the dice fell well: {reloads} reloads, {} answers", given.len());
    assessment.review().await?;
    assert_eq!(assessment.read_back().await?, given);
    Ok(())
}

#[tokio::test]
async fn an_answer_is_kept_in_the_click_itself_and_counted_a_moment_later() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().language("en")).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    assessment.choose("full").await?;
    let inside = assessment.inside();
    let body = "const [first, second] = root.querySelectorAll('fieldset[data-item]');
        const choose = async (set, value) => {
            const input = set.querySelector(`[value=\"${value}\"]`);
            input.click();
            await null;
            return [input.checked, JSON.parse(localStorage.getItem('equipoise')).answers[set.dataset.item]?.[0]];
        };
        return [await choose(first, 4), await choose(second, 2), await choose(first, 5)];";
    let kept: Value = inside.eval(body).await?;
    assert_eq!(kept, json!([[true, 4], [true, 2], [true, 5]]), "before anything is drawn");
    inside.with_text("2 of 77 answered").await?;
    assert_eq!(inside.count("[data-action=clear]:enabled").await?, 2);
    // Whoever goes on at once finds everything counted, and nothing that is drawn later gets in the way.
    let body = "const third = root.querySelectorAll('fieldset[data-item]')[2];
        third.querySelector('[value=\"1\"]').click();
        root.querySelector('[data-action=next]').click();";
    inside.eval::<()>(body).await?;
    inside.with_text("Page 2 of 13").await?;
    inside.with_text("3 of 77 answered").await?;
    assert_eq!(inside.count(":checked").await?, 0, "the next page is not answered");
    Ok(())
}

#[tokio::test]
async fn a_crash_right_after_a_click_loses_nothing() -> Outcome {
    let server = dist()?;
    let profile = Profile::new()?;
    let (mut dice, mut given) = (Dice::new(11), Given::new());
    let mut place = String::new();
    for round in 0..4 {
        let browser = Browser::open(Options::default().profile(&profile)).await?;
        let assessment = Assessment::open(&browser, &server).await?;
        if round == 0 {
            assessment.choose("full").await?;
        } else {
            assessment.resume().await?;
            assert_eq!(assessment.place().await?, place, "in round {round}");
            assert_eq!(assessment.chosen().await?, on_this_page(&assessment, &given).await?);
        }
        for _ in 0..=dice.roll(3) {
            assessment.next().await?;
            answer_one(&assessment, &mut dice, &mut given).await?;
        }
        place = assessment.place().await?;
        for _ in 0..=dice.roll(4) {
            answer_one(&assessment, &mut dice, &mut given).await?;
        }
        browser.crash().await?;
    }
    let browser = Browser::open(Options::default().profile(&profile)).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    assessment.resume().await?;
    assessment.review().await?;
    assert_eq!(assessment.read_back().await?, given);
    Ok(())
}

#[tokio::test]
async fn a_closed_tab_is_gone_on_with_in_another() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    browser.open_tab().await?;
    let assessment = Assessment::open(&browser, &server).await?;
    let given = native::example("taster random");
    assessment.choose("taster").await?;
    assessment.answer_to_review(&given).await?;
    browser.close_tab().await?;

    let assessment = Assessment::open(&browser, &server).await?;
    let resume = assessment.inside().text("section.resume").await?;
    assert!(resume.contains("16 of the 16") || resume.contains("16 of 16"), "{resume}");
    assessment.resume().await?;
    assert_eq!(assessment.place().await?, "review");
    assessment.result().await?;
    assessment.reload().await?;
    assert_eq!(
        assessment.inside().text("[data-action=resume]").await?,
        native::text("en", "ui.start.resume.result")
    );
    assessment.resume().await?;
    assert_eq!(assessment.figures().await?, native::figures("taster", &given, "en"));
    Ok(())
}

#[tokio::test]
async fn two_tabs_lose_nothing_and_show_the_newest() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    assessment.choose("full").await?;
    let items = assessment.items().await?;
    assessment.answer(&items[0], "2").await?;
    assessment.answer(&items[1], "2").await?;

    // The other tab begins with what is there, and answers one item anew and one that was open.
    let other = browser.open_tab().await?;
    let there = Assessment::open(&browser, &server).await?;
    there.resume().await?;
    assert_eq!(there.items().await?, items);
    assert_eq!(there.chosen().await?, on_first(&items, &["2", "2"]));
    there.answer(&items[1], "5").await?;
    there.answer(&items[2], "4").await?;

    browser.tab(0).await?;
    shows(&browser, &assessment, &on_first(&items, &["2", "5", "4"])).await?;
    // It is for ears, and not every driver gives as a text what eyes don't see.
    assert_eq!(assessment.inside().texts("[role=status]").await?, [native::text("en", "ui.say.taken-over")]);
    assessment.answer(&items[1], "1").await?;
    assessment.answer(&items[3], "0").await?;
    assessment.clear(&items[0]).await?;

    browser.tab(other).await?;
    let mut newest = on_first(&items, &["2", "1", "4", "0"]);
    newest.remove(&items[0]);
    shows(&browser, &there, &newest).await?;
    there.reload().await?;
    there.resume().await?;
    assert_eq!(there.chosen().await?, newest);

    // Who erases everything does so in both.
    there.home().await?;
    there.inside().click("[data-action=start-over]").await?;
    there.inside().click("[data-action=start-over-yes]").await?;
    there.inside().gone("section.resume").await?;
    browser.tab(0).await?;
    shows(&browser, &assessment, &Given::new()).await?;
    Ok(())
}

fn on_first(items: &[String], values: &[&str]) -> Given {
    items.iter().cloned().zip(values.iter().map(|value| (*value).to_owned())).collect()
}

/// Waits until exactly this is chosen on the page.
async fn shows(browser: &Browser, assessment: &Assessment<'_>, given: &Given) -> Outcome {
    for _ in 0..50 {
        if assessment.chosen().await? == *given {
            return Ok(());
        }
        browser.next_frame().await?;
    }
    assert_eq!(assessment.chosen().await?, *given);
    Ok(())
}

/// Answers the taster to its result, and sees that one notice is there from some moment on until it is closed.
async fn works_in_memory(browser: &Browser, server: &Server, notice: &str) -> Outcome {
    let assessment = Assessment::open(browser, server).await?;
    assessment.choose("taster").await?;
    let given = native::example("taster random");
    assessment.answer_page(&given).await?;
    assert_eq!(assessment.notices().await?, [notice], "once");
    let words = assessment.inside().text("[data-notice] p").await?;
    assert_eq!(words, native::text("en", &format!("ui.notice.{notice}")));
    assert!(!words.contains('!') && !words.to_lowercase().contains("error"), "calmly: {words}");

    assessment.inside().click("[data-notice] button").await?;
    assessment.inside().gone("[data-notice]").await?;
    assessment.answer_to_review(&given).await?;
    assessment.result().await?;
    assert_eq!(assessment.figures().await?, native::figures("taster", &given, "en"));
    assert_eq!(assessment.notices().await?, Vec::<String>::new(), "and not again");
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

/// Asks to keep the result that is open, twice, and sees that each time it is said why that can't be.
async fn keeps_nothing(browser: &Browser, why: &str) -> Outcome {
    let inside = browser.widget();
    for _ in 0..2 {
        inside.click("[data-action=keep]").await?;
        browser.next_frame().await?;
        assert_eq!(inside.text("[data-take=keep] .told").await?, native::text("en", why));
    }
    // Neither is somebody else's.
    inside.click("[data-action=open]").await?;
    let code = native::code("quick", &native::example("quick random"));
    let paste = format!(
        "element.value = {}; element.dispatchEvent(new InputEvent('input', {{ bubbles: true, composed: true }}));",
        json!(code)
    );
    inside.find("[data-field=paste]").await?.eval::<()>(&paste).await?;
    inside.click("[data-action=look]").await?;
    for _ in 0..2 {
        inside.click("[data-action=keep-found]").await?;
        browser.next_frame().await?;
        assert_eq!(inside.texts(".offered .told").await?, [native::text("en", why)]);
    }
    Ok(())
}

#[tokio::test]
async fn blocked_storage_is_said_once_and_everything_works() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().before_scripts(BLOCKED)).await?;
    works_in_memory(&browser, &server, "blocked").await?;
    keeps_nothing(&browser, "ui.take.keep.refused").await?;

    // What isn't stored can't be left behind either.
    let inside = browser.widget();
    inside.click("[data-action=data]").await?;
    inside.click("[data-action=erase]").await?;
    inside.click("[data-action=erase-yes]").await?;
    inside.gone("[data-action=erase-yes]").await?;
    let told = inside.texts(".told").await?;
    assert!(told.contains(&native::text("en", "ui.data.nowhere")), "{told:?}");
    assert!(!told.contains(&native::text("en", "ui.data.not-erased")), "{told:?}");
    Ok(())
}

#[tokio::test]
async fn full_storage_is_said_once_and_everything_works() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().before_scripts(FULL)).await?;
    works_in_memory(&browser, &server, "full").await?;
    keeps_nothing(&browser, "ui.take.keep.full").await
}

#[tokio::test]
async fn keeping_nothing_asks_first_and_says_what_came_of_it() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().downloads()?).await?;
    let broken = "{\"format\":\"equipoise-session\", \u{e9}";
    Assessment::store(&browser, &server, broken).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    let inside = assessment.inside();
    inside.click("[data-action=data]").await?;

    // The copy of what can't be read may be taken along: no other file has it.
    inside.click("[data-action=copy-file]").await?;
    let copy = browser.downloaded("equipoise-unreadable-*.txt").await?;
    assert_eq!(copy.text()?, broken);
    let before = all_stored(&browser).await?;
    assert_eq!(before.len(), 2, "{before:?}");

    inside.click("[data-tick=private]").await?;
    inside.find("[data-action=private-yes]").await?;
    assert_eq!(all_stored(&browser).await?, before, "nothing happens before the answer");
    inside.click("[data-action=private-no]").await?;
    inside.gone("[data-action=private-yes]").await?;
    assert_eq!(inside.count("[data-tick=private] :checked").await?, 0);
    assert_eq!(all_stored(&browser).await?, before);

    let stuck = "window.real = Storage.prototype.removeItem;
        Storage.prototype.removeItem = () => { throw new DOMException('no', 'InvalidStateError'); };";
    browser.eval::<()>(stuck).await?;
    goes_private(&browser, "ui.data.not-erased").await?;
    assert_eq!(all_stored(&browser).await?, before);
    inside.click("[data-tick=private]").await?;
    inside.gone("[data-tick=private] :checked").await?;
    browser.eval::<()>("Storage.prototype.removeItem = window.real;").await?;
    goes_private(&browser, "ui.data.erased").await?;
    assert_eq!(all_stored(&browser).await?, []);
    inside.click("[data-action=aside-back]").await?;
    assessment.choose("taster").await?;
    assessment.answer(&assessment.items().await?[0], "4").await?;
    assert_eq!(all_stored(&browser).await?, [], "and nothing comes again");
    Ok(())
}

/// Asks that nothing be kept, says that it is meant, and sees what is told.
async fn goes_private(browser: &Browser, told: &str) -> Outcome {
    let inside = browser.widget();
    inside.click("[data-tick=private]").await?;
    inside.click("[data-action=private-yes]").await?;
    inside.gone("[data-action=private-yes]").await?;
    inside.find("[data-tick=private] :checked").await?;
    assert_eq!(inside.texts("[data-tick=private] ~ .told").await?, [native::text("en", told)]);
    Ok(())
}

/// Everything in storage.
async fn all_stored(browser: &Browser) -> browser_tests::Result<Vec<(String, String)>> {
    browser.eval("return Object.entries(localStorage).sort();").await
}

#[tokio::test]
async fn what_cannot_be_read_is_copied_and_said_once() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let changed = |path: &str, value: Value| {
        let text = Stored::page("full", &native::example("random complete"), 2).text();
        let mut session: Value = serde_json::from_str(&text).unwrap_or_default();
        if let Some(field) = session.pointer_mut(path) {
            *field = value;
        }
        session.to_string()
    };
    let unreadable = [
        "{\"format\":\"equipoise-session\",\"vers".to_owned(),
        "\u{0}\u{1f600} not JSON".to_owned(),
        changed("/version", json!(3)),
        changed("/instrument/id", json!("another-instrument")),
        changed("/instrument/version", json!("99")),
        changed("/answers/trust-control.a1", json!([9, 1])),
    ];
    for text in unreadable {
        Assessment::store(&browser, &server, &text).await?;
        let assessment = Assessment::open(&browser, &server).await?;
        // What another questionnaire left is told from what is broken.
        let of_another = text.contains("another-instrument") || text.contains("\"99\"");
        let notice = if of_another { "of-another" } else { "unreadable" };
        assert_eq!(assessment.notices().await?, [notice], "{text:.60}");
        assert_eq!(assessment.inside().count("section.resume").await?, 0);
        assessment.choose("taster").await?;
        let item = &assessment.items().await?[0];
        assessment.answer(item, "3").await?;
        assert_eq!(assessment.notices().await?, [notice], "once");
        let kept = all_stored(&browser).await?;
        assert_eq!(kept.len(), 2, "{kept:?}");
        assert!(kept[0].0 == "equipoise" && kept[0].1.contains(item.as_str()), "{kept:?}");
        assert!(kept[1].0.starts_with("equipoise.unreadable.") && kept[1].1 == text, "{kept:?}");

        assessment.reload().await?;
        assert_eq!(assessment.notices().await?, Vec::<String>::new(), "not after it was dealt with");
        assessment.resume().await?;
        assert_eq!(assessment.chosen().await?, Given::from([(item.clone(), "3".to_owned())]));
    }
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_read_nor_copied_is_left_alone() -> Outcome {
    let server = dist()?;
    let full_here = format!("if (location.pathname === '/') {{ {FULL} }}");
    let browser = Browser::open(Options::default().before_scripts(&full_here)).await?;
    Assessment::store(&browser, &server, "someone else's").await?;
    works_in_memory(&browser, &server, "left-alone").await?;
    assert_eq!(all_stored(&browser).await?, [("equipoise".to_owned(), "someone else's".to_owned())]);
    Ok(())
}

#[tokio::test]
async fn storage_that_fills_up_on_the_way_loses_nothing_that_was_kept() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    assessment.choose("taster").await?;
    let items = assessment.items().await?;
    assessment.answer(&items[0], "4").await?;
    browser.eval::<()>(FULL).await?;
    assessment.answer(&items[1], "5").await?;
    assert_eq!(assessment.notices().await?, ["full"]);
    assessment.answer(&items[2], "5").await?;
    assert_eq!(assessment.notices().await?, ["full"], "once");
    assessment.reload().await?;
    assessment.resume().await?;
    assert_eq!(assessment.chosen().await?, on_first(&items, &["4"]));
    Ok(())
}

#[tokio::test]
async fn starting_over_asks_first_and_then_erases() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let given = native::example("quick random");
    let assessment = Assessment::open_with(&browser, &server, &Stored::review("quick", &given)).await?;
    let inside = assessment.inside();
    let before = all_stored(&browser).await?;

    inside.click("[data-action=start-over]").await?;
    inside.find("[data-action=start-over-yes]").await?;
    assert_eq!(all_stored(&browser).await?, before, "nothing happens before the answer");
    inside.click("[data-action=start-over-no]").await?;
    inside.find("[data-action=start-over]").await?;
    assert_eq!(all_stored(&browser).await?, before);

    inside.click("[data-action=start-over]").await?;
    inside.click("[data-action=start-over-yes]").await?;
    inside.gone("section.resume").await?;
    browser.wait_for_focus("h1").await?;
    let stored = assessment.stored().await?;
    let left: Vec<&Value> = stored["answers"].as_object().into_iter().flat_map(|all| all.values()).collect();
    assert!(left.iter().all(|entry| entry[0] == json!(false)), "no answer is left: {left:?}");

    assessment.reload().await?;
    assert_eq!(assessment.inside().count("section.resume").await?, 0);
    assert_eq!(assessment.inside().count(".kept").await?, 0);
    assessment.choose("quick").await?;
    assert_eq!(assessment.chosen().await?, Given::new());
    Ok(())
}
