//! What someone writes beside a result and takes along: notes, actions, files, links and pictures, out and back in.

use browser_tests::native::{self, Given, Stored};
use browser_tests::{Assessment, Browser, File, Options, Outcome, Paper, Server, dist};
use serde_json::{Value, json};

/// Someone on the full result of the published example.
async fn result<'a>(
    browser: &'a Browser,
    server: &Server,
    given: &Given,
) -> browser_tests::Result<Assessment<'a>> {
    let assessment = Assessment::open_with(browser, server, &Stored::result("full", given)).await?;
    assessment.resume().await?;
    Ok(assessment)
}

/// Writes into a field, as a person does who then goes on.
async fn write(assessment: &Assessment<'_>, css: &str, text: &str) -> browser_tests::Result<()> {
    let field = assessment.inside().find(css).await?;
    field
        .eval::<()>(&format!(
            "element.focus(); element.value = {}; element.dispatchEvent(new InputEvent('input', {{ bubbles: true, composed: true }}));
             element.dispatchEvent(new Event('change', {{ bubbles: true }}));",
            json!(text)
        ))
        .await
}

/// Clicks, and waits until it is said what came of it.
async fn make(assessment: &Assessment<'_>, action: &str) -> browser_tests::Result<String> {
    assessment.inside().click(&format!("[data-action={action}]")).await?;
    assessment.inside().text(".told:not(:empty)").await
}

/// Erases everything by hand, as another visitor of this browser finds it.
async fn fresh<'a>(browser: &'a Browser, server: &Server) -> browser_tests::Result<Assessment<'a>> {
    browser.eval::<()>("localStorage.clear();").await?;
    Assessment::open(browser, server).await
}

/// Opens files on the screen for that.
async fn open_files(assessment: &Assessment<'_>, files: &[File]) -> browser_tests::Result<()> {
    assessment.inside().click("[data-action=open]").await?;
    assessment.inside().find("[data-field=files]").await?.pick(files).await?;
    assessment.inside().find(".found-list li").await.map(drop)
}

#[tokio::test]
async fn notes_and_actions_stay_and_go_along_in_files() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().downloads()?).await?;
    let given = native::example("random complete");
    let assessment = result(&browser, &server, &given).await?;
    let inside = assessment.inside();

    write(&assessment, "[data-note=overall] textarea", "<b>Good</b> talk\n=1+1").await?;
    inside.click("[data-action=action-from-step]").await?;
    browser.wait_for_focus("[data-field=text]").await?;
    let step = inside.find("[data-field=text]").await?.eval::<String>("return element.value;").await?;
    assert!(step.len() > 10, "the step is there to be changed: {step}");
    write(&assessment, "[data-field=text]", "Call Anna").await?;
    write(&assessment, "[data-field=owner]", "Jan").await?;
    write(&assessment, "[data-field=due]", "2026-12-01").await?;
    inside.click(".action [value=doing]").await?;
    write(&assessment, "[data-field=name]", "North").await?;

    // A reload loses nothing of it.
    assessment.reload().await?;
    assessment.resume().await?;
    let value = async |css: &str| inside.find(css).await?.eval::<String>("return element.value;").await;
    assert_eq!(value("[data-note=overall] textarea").await?, "<b>Good</b> talk\n=1+1");
    assert_eq!(value("[data-field=text]").await?, "Call Anna");
    assert_eq!(value("[data-field=owner]").await?, "Jan");
    assert_eq!(value("[data-field=due]").await?, "2026-12-01");
    inside.find(".action [value=doing]:checked").await?;

    make(&assessment, "result-file").await?;
    let file = browser.downloaded("equipoise-result-north-*.json").await?.text()?;
    let file: Value = serde_json::from_str(&file).unwrap_or_default();
    assert_eq!(file["label"], json!("North"));
    assert_eq!(file["notes"], json!({ "overall": "<b>Good</b> talk\n=1+1" }));
    assert_eq!(file["actions"][0]["text"], json!("Call Anna"));
    assert_eq!(file["actions"][0]["due"], json!("2026-12-01"));

    // Without the tick nothing that was written is in a file, nor in its name.
    inside.click("[data-tick=files]").await?;
    make(&assessment, "result-file").await?;
    let bare = browser.downloaded("equipoise-result-2*.json").await?.text()?;
    assert!(!bare.contains("Anna") && !bare.contains("North") && !bare.contains("Good"), "{bare:.200}");

    make(&assessment, "calendar").await?;
    let calendar = browser.downloaded("equipoise-actions-*.ics").await?.text()?;
    assert!(calendar.contains("SUMMARY:Call Anna\r\n") && calendar.contains("DTSTART;VALUE=DATE:20261201"));
    inside.click("[data-action=remove-action]").await?;
    inside.gone(".action").await?;
    browser.wait_for_focus("[data-action=add-action]").await?;
    Ok(())
}

#[tokio::test]
async fn notes_and_actions_are_printed_as_they_were_written() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().size(320, 800)).await?;
    let assessment = result(&browser, &server, &native::example("random complete")).await?;
    let long = "A line that someone wrote in the meeting. ".repeat(30);
    write(&assessment, "[data-note=overall] textarea", &long).await?;
    write(&assessment, "[data-note=trust-control] textarea", "About trust: mornings.").await?;
    assessment.inside().click("[data-action=add-action]").await?;
    write(&assessment, "[data-field=text]", "Call Anna").await?;
    write(&assessment, "[data-field=owner]", "Jan").await?;
    write(&assessment, "[data-field=due]", "2026-12-01").await?;
    write(&assessment, "[data-field=name]", "Alliance North").await?;
    let printed = browser.print("notes", Paper::A4).await?;
    let words = printed.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words.matches("someone wrote in the meeting.").count(), 30, "all of a long note");
    for printed in ["Alliance North", "About trust: mornings.", "Call Anna", "Jan · 2026-12-01 · to do"] {
        assert!(words.contains(printed), "{printed}");
    }
    for left_out in ["Keep and share", "Add an action", "Kept results"] {
        assert!(!words.contains(left_out), "{left_out}");
    }
    Ok(())
}

#[tokio::test]
async fn a_result_file_opens_elsewhere_with_the_same_figures() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().downloads()?).await?;
    let given = native::example("random complete");
    let assessment = result(&browser, &server, &given).await?;
    let figures = assessment.figures().await?;
    assert_eq!(figures, native::figures("full", &given, "en"));
    make(&assessment, "result-file").await?;
    let file = browser.downloaded("equipoise-result-*.json").await?;

    let assessment = fresh(&browser, &server).await?;
    open_files(&assessment, &[file]).await?;
    let words = assessment.inside().text(".found-list").await?;
    assert!(words.contains("77 of the 77"), "what is in it is said first: {words}");
    assert_eq!(
        browser.eval::<usize>("return localStorage.length;").await?,
        0,
        "and nothing is kept before it is asked"
    );
    assessment.inside().click("[data-action=view-found]").await?;
    assessment.inside().find(".app[data-screen=kept] .calc").await?;
    assert_eq!(assessment.figures().await?, figures);
    assert_eq!(
        assessment.inside().count("[data-screen=kept] [data-note] textarea").await?,
        0,
        "a kept result is to look at"
    );

    // Back to the start, the person's own answers are untouched: there are none.
    assessment.inside().click("[data-action=aside-back]").await?;
    assessment.inside().find(".app[data-screen=open]").await?;
    Ok(())
}

#[tokio::test]
async fn a_link_says_what_it_holds_and_leaves_no_trace_in_the_address() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default()).await?;
    let given = native::example("random complete");
    let assessment = result(&browser, &server, &given).await?;
    let figures = assessment.figures().await?;
    browser.allow_clipboard().await?;
    write(&assessment, "[data-field=name]", "North").await?;
    make(&assessment, "link-copy").await?;
    let link = browser.clipboard_text().await?;
    let code = link.split_once('#').map(|(_, code)| code.to_owned()).unwrap_or_default();
    assert!(link.starts_with(&server.address("/")) && code.len() < 60, "{link}");
    assert!(!link.contains("North"));

    fresh(&browser, &server).await?;
    browser.goto("about:blank").await?;
    let there = Assessment::open_page(&browser, &link).await?;
    there.inside().find(".app[data-screen=open]").await?;
    let words = there.inside().text(".found-list").await?;
    assert!(words.contains("77 of the 77") && words.contains("No notes"), "{words}");
    assert_eq!(browser.address().await?, server.address("/"), "the code is scrubbed");
    assert_eq!(browser.eval::<usize>("return localStorage.length;").await?, 0);
    there.inside().click("[data-action=view-found]").await?;
    there.inside().find(".app[data-screen=kept] .calc").await?;
    assert_eq!(there.figures().await?, figures);

    // With a tick the name goes along.
    let assessment = result(&browser, &server, &given).await?;
    write(&assessment, "[data-field=name]", "North").await?;
    assessment.inside().click("[data-tick=link-name]").await?;
    let holds = assessment.inside().text("[data-take=link] .holds").await?;
    assert!(holds.contains("North"), "{holds}");

    // A damaged link, followed while answers are there, costs nothing.
    let stored = assessment.stored().await?;
    let broken = format!("#{}", code.replacen(&code[10..12], "!!", 1));
    browser.eval_with::<()>("location.hash = arguments[0];", vec![json!(broken)]).await?;
    let said = assessment.inside().text(".refused").await?;
    assert!(said.contains(&native::text("en", "ui.link.error.damaged")) || said.contains("link"), "{said}");
    assert_eq!(assessment.stored().await?["answers"], stored["answers"]);
    assessment.inside().click("[data-action=leave]").await?;
    assessment.inside().find(".app[data-screen=result]").await?;
    Ok(())
}

#[tokio::test]
async fn tables_texts_and_pictures_are_made_on_the_spot() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().downloads()?.language("nl")).await?;
    let given = native::example("random complete");
    let assessment = result(&browser, &server, &given).await?;
    let inside = assessment.inside();
    browser.allow_clipboard().await?;

    make(&assessment, "csv").await?;
    let table = browser.downloaded("equipoise-scores-*.csv").await?.text()?;
    assert!(table.starts_with("\u{feff}result,label,form,completed,subject,id,measure,value\r\n"));
    assert!(table.contains(",paradox,trust-control,both_and,"));

    make(&assessment, "markdown").await?;
    let text = browser.downloaded("equipoise-result-*.md").await?.text()?;
    for sentence in native::figures("full", &given, "nl").sentences {
        assert!(text.contains(&sentence), "{sentence}");
    }
    make(&assessment, "markdown-copy").await?;
    assert_eq!(browser.clipboard_text().await?, text);

    for chart in ["radar", "tilt", "ring"] {
        inside.click(&format!("[name=picture-chart][value={chart}]")).await?;
        make(&assessment, "svg").await?;
        let picture = browser.downloaded(&format!("equipoise-{chart}-*.svg")).await?.text()?;
        assert!(picture.starts_with("<svg xmlns=") && picture.contains("width=\"1600\""), "{picture:.100}");
        make(&assessment, "png").await?;
        let picture = browser.downloaded(&format!("equipoise-{chart}-*.png")).await?;
        let size = |at: usize| u32::from_be_bytes([0, 1, 2, 3].map(|byte| picture.bytes[at + byte]));
        assert!(picture.bytes.starts_with(b"\x89PNG"));
        assert_eq!((size(16), size(20)), (3200, 1800), "twice as many pixels");
    }
    inside.click("[name=picture-frame][value=square]").await?;
    inside.click("[name=picture-ground][value=clear]").await?;
    make(&assessment, "svg").await?;
    let picture = browser.downloaded("equipoise-ring-*.svg").await?.text()?;
    assert!(picture.contains("width=\"1200\"") && !picture.contains("<rect width=\"1200\""));
    inside.click("[data-action=picture-copy]").await?;
    let copied =
        async || Ok(browser.clipboard("image/png").await?.filter(|bytes| bytes.starts_with(b"\x89PNG")));
    browser.wait("the copied picture", copied).await?;
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn where_there_is_no_clipboard_a_file_comes_instead() -> Outcome {
    let server = dist()?;
    let without = "Object.defineProperty(navigator, 'clipboard', { value: undefined });
        document.execCommand = () => false;";
    let browser = Browser::open(Options::default().downloads()?.before_scripts(without)).await?;
    let assessment = result(&browser, &server, &native::example("random complete")).await?;
    assert_eq!(make(&assessment, "markdown-copy").await?, native::text("en", "ui.take.text-not-copied"));
    assert!(browser.downloaded("equipoise-markdown-*.md").await?.text()?.starts_with("# Your alliance now"));
    assert_eq!(make(&assessment, "link-copy").await?, native::text("en", "ui.take.not-copied"));
    assert_eq!(
        assessment.inside().count("[data-action=picture-copy]").await?,
        0,
        "a picture can only be saved"
    );
    Ok(())
}

#[tokio::test]
async fn everything_goes_out_is_erased_and_comes_back_equal() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().downloads()?).await?;
    let given = native::example("random complete");
    let assessment = result(&browser, &server, &given).await?;
    let inside = assessment.inside();
    write(&assessment, "[data-note=trust-control] textarea", "About trust").await?;
    make(&assessment, "keep").await?;
    let figures = assessment.figures().await?;
    let everything = "return Object.fromEntries(Object.keys(localStorage).map(key => [key, JSON.parse(localStorage[key])]));";
    let before: Value = browser.eval(everything).await?;
    assert_eq!(
        before.as_object().map(serde_json::Map::len),
        Some(2),
        "answers and kept results: {before:.300}"
    );

    inside.click("[data-action=data]").await?;
    assert_eq!(inside.count("[data-stored]").await?, 2);
    assert_eq!(inside.find("[data-requests]").await?.attribute("data-requests").await?.as_deref(), Some("0"));
    let bytes: usize = browser
        .eval("return Object.entries(localStorage).reduce((sum, [key, text]) => sum + key.length + new TextEncoder().encode(text).length, 0);")
        .await?;
    let said = inside.texts("[data-stored]").await?.join(" ");
    let told: usize = said.split_whitespace().filter_map(|word| word.parse::<usize>().ok()).sum();
    assert_eq!(told, bytes, "{said}");
    make(&assessment, "everything").await?;
    let file = browser.downloaded("equipoise-everything-*.json").await?;

    inside.click("[data-action=erase]").await?;
    inside.click("[data-action=erase-yes]").await?;
    let erased = native::text("en", "ui.data.erased");
    browser
        .wait("the erasure to be told", async || {
            Ok(inside.texts(".told").await?.contains(&erased).then_some(()))
        })
        .await?;
    assert_eq!(browser.eval::<usize>("return localStorage.length;").await?, 0);
    assert_eq!(inside.count("[data-stored]").await?, 0);
    inside.click("[data-action=history]").await?;
    assert_eq!(inside.count("[data-kept]").await?, 0);

    open_files(&assessment, &[file]).await?;
    inside.click("[data-action=take-in]").await?;
    inside.with_text(&native::text("en", "ui.open.taken-in")).await?;
    let after: Value = browser.eval(everything).await?;
    assert_eq!(after["equipoise"]["answers"], before["equipoise"]["answers"]);
    assert_eq!(after["equipoise"]["workbook"], before["equipoise"]["workbook"]);
    assert_eq!(after["equipoise.history"], before["equipoise.history"]);
    assessment.reload().await?;
    assessment.resume().await?;
    assert_eq!(assessment.figures().await?, figures);
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_opened_is_said_and_costs_nothing() -> Outcome {
    let server = dist()?;
    for language in ["en", "nl"] {
        let browser = Browser::open(Options::default().language(language)).await?;
        let given = native::example("quick random");
        let assessment = Assessment::open_with(&browser, &server, &Stored::review("quick", &given)).await?;
        let before = browser.eval::<Value>("return localStorage.getItem('equipoise');").await?;
        let files = [
            File::new("long.json", vec![b' '; 1_000_001]),
            File::new("empty.json", ""),
            File::new("latin.json", b"caf\xe9".to_vec()),
            File::new("photo.png", b"\x89PNG\r\n\x1a\n".to_vec()),
            File::new("deep.json", format!("{}{}", "[".repeat(500), "]".repeat(500))),
            File::new("broken.json", "{\"format\": \"equipoise-result\","),
            File::new(
                "other.json",
                "{\"format\": \"equipoise-result\", \"version\": 1, \"instrument\": {\"id\": \"team-health\", \"version\": \"1\"}}",
            ),
            File::new("newer.json", "{\"format\": \"equipoise-result\", \"version\": 7}"),
            File::new("<b>name</b>.json", "{\"format\": \"equipoise-instrument\"}"),
        ];
        let inside = assessment.inside();
        inside.click("[data-action=open]").await?;
        assert!(inside.drop_files("[data-drop]", &files).await?, "they may be dropped here");
        browser
            .wait("every file to be told", async || {
                Ok((inside.count(".found-list .refused").await? == files.len()).then_some(()))
            })
            .await?;
        let names = inside.texts(".found-list h3").await?;
        for file in &files {
            assert!(names.contains(&file.name), "{names:?}");
        }
        let texts = inside.texts(".found-list li").await?.join("\n");
        let key = |key: &str| native::text(language, key);
        for words in [key("ui.open.too-long"), key("ui.intake.empty"), key("ui.intake.questionnaire")] {
            assert!(texts.contains(&words), "{words} in {texts}");
        }
        assert_eq!(inside.count("b").await?, 0, "a name is a text");
        assert_eq!(browser.eval::<Value>("return localStorage.getItem('equipoise');").await?, before);
        assert_eq!(browser.console().await?, Vec::<String>::new());
    }
    Ok(())
}
