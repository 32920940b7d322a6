//! A facilitator's screen: results come in by file, by link and by paste, few of them show nothing but their number, and
//! a group is shown with its sides, its numbers and files to take along.

use browser_tests::native::{self, Dice, Given};
use browser_tests::{Assessment, Browser, File, Options, Outcome, SAID, Scheme, Server, dist_with_main};
use serde_json::{Value, json};

fn server_for(attributes: &str) -> browser_tests::Result<Server> {
    dist_with_main(&format!("<equipoise-assessment mode=\"group\" {attributes}></equipoise-assessment>"))
}

async fn open(server: &Server, options: Options) -> browser_tests::Result<Browser> {
    let browser = Browser::open(options.before_scripts(SAID)).await?;
    browser.goto(&server.address("/host.html")).await?;
    Ok(browser)
}

/// Somebody's answers to the full form; `towards` A or B is what their side sees more of.
fn person(seed: u64, towards: &str) -> Given {
    let mut dice = Dice::new(seed);
    let degree = |item: &str, dice: &mut Dice| {
        let pole = item.split('.').nth(1).unwrap_or_default();
        let more = pole.starts_with(towards);
        (if more { 3 + dice.roll(3) } else { 1 + dice.roll(3) }).to_string()
    };
    native::items("full")
        .into_iter()
        .filter(|item| item != "phase.choice")
        .map(|item| {
            let answer = degree(&item, &mut dice);
            (item, answer)
        })
        .collect()
}

fn file(seed: u64, towards: &str) -> File {
    File::new(&format!("{towards}{seed}.json"), native::result_file("full", &person(seed, towards)))
}

#[tokio::test]
async fn few_results_show_their_number_and_five_show_the_group() -> Outcome {
    let server = server_for("lang=\"en\"")?;
    let browser = open(&server, Options::default().language("en")).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    let inside = assessment.inside();
    assert_eq!(assessment.screen().await?, "together");
    server.forget();
    assert_eq!(inside.text("h1").await?, "Results of a group");
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    inside.find("[data-field=results]").await?.pick(&[file(1, "a"), file(2, "a")]).await?;
    inside.with_text("2 results").await?;
    // The same one again, and one as a link in a mail.
    inside.find("[data-field=results]").await?.pick(&[file(1, "a")]).await?;
    assert!(inside.text(".refused").await?.contains("1 result was there already"), "twice is once");
    let link =
        format!("Here is mine: https://example.org/#r={} Greetings", native::code("full", &person(3, "a")));
    inside.find("[data-field=paste]").await?.type_text(&link).await?;
    inside.click("[data-action=add-pasted]").await?;
    inside.with_text("3 results").await?;
    assert_eq!(inside.count(".refused").await?, 0);
    assert_eq!(inside.count(".spread-list, .overlay-chart, .agenda").await?, 0, "three show nothing");
    assert!(inside.text(".few").await?.contains("fewer than 5"));
    // A facilitator may show three, and is warned.
    inside.click(".few .tick input").await?;
    inside.find(".spread-list").await?;
    inside.click(".few .tick input").await?;
    inside.gone(".spread-list").await?;
    assert!(inside.drop_files("[data-drop]", &[file(4, "a"), file(5, "a")]).await?);
    inside.find(".spread-list").await?;
    assert_eq!(inside.count(".few").await?, 0, "five are enough");
    assert_eq!(inside.count("[data-spread]").await?, 12);
    inside.find(".overlay-chart").await?;
    assert_eq!(inside.count("[data-talk]").await?, 6);
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    // The order is what was asked for.
    inside.click("input[name=order][value=mixed]").await?;
    let most: String = inside.eval("return root.querySelector('[data-talk]').dataset.talk;").await?;
    browser
        .wait_until(
            "the most mixed first",
            &format!(
                "return document.querySelector('equipoise-assessment').shadowRoot.querySelector('[data-spread]').dataset.spread === '{most}';"
            ),
        )
        .await?;
    // One is taken out, and then it is four.
    inside.click(".members summary").await?;
    inside.click("[data-member] [data-action=remove-result]").await?;
    inside.with_text("4 results").await?;
    inside.gone(".spread-list").await?;
    browser.wait_for_focus("h1").await?;
    let said: Vec<Value> = browser.eval("return said;").await?;
    assert_eq!(said, [json!(["ready", {}])]);
    let kept: usize = browser.eval("return localStorage.length + sessionStorage.length;").await?;
    assert_eq!(kept, 0, "nothing is kept");
    assert_eq!(server.seen(), [], "nothing is asked of a server");
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn sides_are_compared_and_everything_can_be_taken_along() -> Outcome {
    let server = server_for("lang=\"nl\"")?;
    let browser = open(&server, Options::default().downloads()?).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    let inside = assessment.inside();
    for (side, towards, from) in [("Noord", "a", 0), ("<b>Zuid</b>", "b", 100), ("=West", "a", 200)] {
        let field = inside.find("[data-field=side]").await?;
        field
            .eval::<()>("element.value = ''; element.dispatchEvent(new Event('input', {bubbles: true}));")
            .await?;
        field.type_text(side).await?;
        let count = if side == "=West" { 2 } else { 5 };
        let files: Vec<File> = (from..from + count).map(|seed| file(seed, towards)).collect();
        inside.find("[data-field=results]").await?.pick(&files).await?;
        inside.with_text(&format!("{side}: {count} resultaten")).await?;
    }
    inside.with_text("12 resultaten").await?;
    let names = inside.texts(".legend li").await?;
    assert_eq!(names, ["Iedereen", "Noord", "<b>Zuid</b>"], "two are too few to be a line");
    assert_eq!(inside.count(".overlay-chart .series-line").await?, 3, "a line each");
    assert_eq!(inside.count(".overlay-print .series-line").await?, 3, "and on paper");
    inside.with_text("Van 1 organisatie zijn er te weinig resultaten om apart te laten zien.").await?;
    // What a facilitator decides for small ones stays in sight, and can be taken back.
    inside.click(".few .tick input").await?;
    inside.find(".few .tick input:checked").await?;
    assert_eq!(inside.count(".overlay-chart .series-line").await?, 3, "two stay too few at any floor");
    inside.click(".few .tick input").await?;
    inside.find(".few .tick input:not(:checked)").await?;
    let gaps = inside.texts("[data-gap]").await?;
    assert!(gaps.len() >= 10 && gaps[0].contains("Noord") && gaps[0].contains("<b>Zuid</b>"), "{gaps:?}");
    assert_eq!(inside.count("b").await?, 0, "a name is never anything but text");
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    inside.click(".figures-table summary").await?;
    assert_eq!(inside.count(".figures-table tbody tr").await?, 12 * 5);
    inside.click("[data-action=save-table]").await?;
    let table = browser.downloaded("equipoise-group.csv").await?.text()?;
    assert!(table.starts_with("\u{feff}group,subject,id,measure,statistic,value\r\n,results,,,n,12\r\n"));
    assert!(table.contains("\r\nNoord,paradox,trust-control,a,median,"));
    assert!(table.contains("\r\n\"'=West\",results,,,n,2\r\n"), "the number of a small side");
    assert!(!table.contains("\"'=West\",paradox"), "and nothing else of it");
    inside.click("[data-action=save-all]").await?;
    let all = browser.downloaded("equipoise-results.json").await?;
    let value: Value = serde_json::from_str(&all.text()?).expect("JSON");
    assert_eq!(value.as_array().map(Vec::len), Some(12));
    // Handed in again, on a new page, it is the same group.
    browser.reload().await?;
    assessment.ready().await?;
    inside.find("[data-field=results]").await?.pick(&[all]).await?;
    inside.with_text("12 resultaten").await?;
    assert_eq!(inside.texts("[data-gap]").await?, gaps);
    Ok(())
}

/// So many results, a line each, of so many sides.
fn many(results: usize, sides: usize) -> File {
    let line = |number: usize| {
        let degree = number % 5 + 1;
        let answers = json!({ "trust-control.a1": degree, "trust-control.b1": 6 - degree });
        let result = json!({
            "format": "equipoise-result", "version": 1, "form": "quick", "answers": answers,
            "instrument": { "id": "alliance-paradoxes", "version": "1" },
            "side": format!("Side {}", number % sides), "number": number,
        });
        format!("{result}\n")
    };
    File::new("many.jsonl", (0..results).map(line).collect::<String>())
}

#[tokio::test]
async fn a_large_group_is_listed_a_portion_at_a_time() -> Outcome {
    let server = server_for("lang=\"en\"")?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    let inside = assessment.inside();
    inside.find("[data-field=results]").await?.pick(&[many(120, 24)]).await?;
    inside.with_text("120 results").await?;
    inside.with_text("4 more organisations").await?;
    inside.click(".members summary").await?;
    assert_eq!(inside.count("[data-member]").await?, 50);
    inside.click("[data-action=list-more]").await?;
    inside.with_text("100 of 120 results are listed.").await?;
    assert_eq!(inside.count("[data-member]").await?, 100);
    assert!(browser.focus_is("[data-member=\"50\"] button").await?, "the next tab is at the first new one");
    assert_eq!(inside.text("[data-action=list-more]").await?, "Show 20 more");
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    inside.click("[data-action=list-more]").await?;
    inside.gone("[data-action=list-more]").await?;
    assert_eq!(inside.count("[data-member]").await?, 120);
    assert_eq!(assessment.sticking_out().await?, Vec::<String>::new());
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn what_does_not_belong_is_told_and_the_rest_is_taken() -> Outcome {
    let server = server_for("lang=\"en\"")?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    let inside = assessment.inside();
    let other =
        native::result_file("full", &person(1, "a")).replace("alliance-paradoxes", "merger-paradoxes");
    let files = [
        file(1, "a"),
        File::new("other.json", other),
        File::new("<img src=x>.json", "{\"format\": "),
        File::new("large.json", vec![b' '; 1_000_001]),
        File::new("empty.txt", ""),
    ];
    inside.find("[data-field=results]").await?.pick(&files).await?;
    inside.with_text("1 result").await?;
    // Files are read beside each other, a long one after the others.
    inside.find(".refused .found-list > li:nth-child(4)").await?;
    let refused = inside.texts(".refused li h3").await?;
    for name in ["other.json", "<img src=x>.json", "large.json", "empty.txt"] {
        assert!(refused.contains(&name.to_owned()), "{name} in {refused:?}");
    }
    assert!(inside.text(".refused").await?.contains("merger-paradoxes"));
    assert_eq!(inside.count("img").await?, 0);
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    // A page may bring results along; what it brings is a result like any other.
    let code = native::code("quick", &person(9, "b"));
    browser
        .eval::<()>(&format!(
            "return document.querySelector('equipoise-assessment').load('{code}').then(() => null);"
        ))
        .await?;
    inside.with_text("2 results").await?;
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn it_fits_and_reads_well_at_every_width() -> Outcome {
    let server = server_for("")?;
    for (width, scheme, language) in [
        (320, Scheme::Light, "nl"),
        (800, Scheme::Dark, "en"),
        (1400, Scheme::Light, "nl"),
        (1400, Scheme::Dark, "en"),
    ] {
        let options = Options::default().size(width, 900).scheme(scheme).language(language);
        let browser = open(&server, options).await?;
        let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
        let inside = assessment.inside();
        for (side, towards) in [("Noord", "a"), ("Zuid", "b")] {
            let field = inside.find("[data-field=side]").await?;
            field
                .eval::<()>("element.value = ''; element.dispatchEvent(new Event('input', {bubbles: true}));")
                .await?;
            field.type_text(side).await?;
            let files: Vec<File> = (0..6).map(|seed| file(seed, towards)).collect();
            inside.find("[data-field=results]").await?.pick(&files).await?;
            inside
                .with_text(&format!("{side}: 6 result{}", if language == "nl" { "aten" } else { "s" }))
                .await?;
        }
        inside.click(".members summary").await?;
        inside.click(".figures-table summary").await?;
        assert_eq!(assessment.sticking_out().await?, Vec::<String>::new(), "{width}");
        browser.screenshot_full(&format!("group-{width}-{language}")).await?;
        assert_eq!(browser.axe().await?, Vec::<String>::new());
    }
    Ok(())
}
