//! What someone writes beside a result and takes along: notes, actions, files, links and pictures, out and back in.

use std::collections::BTreeSet;

use browser_tests::native::{self, Given, Stored};
use browser_tests::{Ability, Assessment, Browser, File, Options, Outcome, Paper, Server, dist};
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
    // One more, in which nothing is written.
    assessment.inside().click("[data-action=add-action]").await?;
    assessment.inside().find("[data-entry] ~ [data-entry]").await?;
    if browser.lacks(Ability::Print).await? {
        return Ok(());
    }
    let printed = browser.print("notes", Paper::A4).await?;
    let words = printed.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words.matches("someone wrote in the meeting.").count(), 30, "all of a long note");
    for printed in ["Alliance North", "About trust: mornings.", "Call Anna", "Jan · 2026-12-01 · to do"] {
        assert!(words.contains(printed), "{printed}");
    }
    assert!(!words.contains("to do to do"), "a blank action is not printed: {words}");
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
    let other = if code[20..].starts_with('A') { "B" } else { "A" };
    let broken = format!("#{}{other}{}", &code[..20], &code[21..]);
    browser.eval_with::<()>("location.hash = arguments[0];", vec![json!(broken)]).await?;
    assessment.inside().find(".refused").await?;
    let said = assessment.inside().texts(".refused li").await?;
    assert_eq!(said, [native::text("en", "ui.link.error.damaged")]);
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
    // WebKit pastes spaces at which no line may break as plain ones.
    let plain = |text: String| text.replace('\u{a0}', " ");
    assert_eq!(plain(browser.clipboard_text().await?), plain(text));

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

/// The day of every answer in a stored session, as the browser's calendar has it and files write it.
async fn day_answered(browser: &Browser) -> browser_tests::Result<String> {
    let body = format!(
        "const day = new Date({});
        return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map(it => `${{it}}`.padStart(2, '0')).join('-');",
        native::ANSWERED
    );
    browser.eval(&body).await
}

#[tokio::test]
async fn what_is_taken_along_bears_the_day_of_the_answers_and_no_name_without_the_tick() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().downloads()?).await?;
    let assessment = result(&browser, &server, &native::example("random complete")).await?;
    let inside = assessment.inside();
    let day = day_answered(&browser).await?;
    write(&assessment, "[data-field=name]", "North").await?;

    make(&assessment, "result-file").await?;
    let file = browser.downloaded(&format!("equipoise-result-north-{day}*.json")).await?.text()?;
    let file: Value = serde_json::from_str(&file).unwrap_or_default();
    assert_eq!(file["completed"], "2020-09-13T12:26:40Z", "the moment of the newest answer");
    make(&assessment, "svg").await?;
    let picture = browser.downloaded(&format!("equipoise-radar-north-{day}*.svg")).await?.text()?;
    assert!(picture.contains("North"), "with the tick the name stands in it");
    let holds = inside.texts("[data-take=link] .holds li").await?;
    assert!(holds.iter().any(|line| line.ends_with(&day)), "{holds:?}");

    // Kept on whatever day, it is one result.
    for told in ["ui.take.keep.done", "ui.take.keep.there"] {
        inside.click("[data-action=keep]").await?;
        browser.next_frame().await?;
        assert_eq!(inside.text("[data-take=keep] .told").await?, native::text("en", told));
    }

    inside.click("[data-tick=files]").await?;
    is_bare(&browser, &assessment, &day).await?;
    inside.click("[data-action=to-history]").await?;
    let words = inside.text("[data-kept]:not([data-kept=now]) .hint").await?;
    assert!(words.contains("2020"), "{words}");
    inside.click("[data-action=view]").await?;
    inside.find(".app[data-screen=kept] .calc").await?;
    is_bare(&browser, &assessment, &day).await
}

/// Without the tick neither files and pictures nor their names have the alliance's name in them.
async fn is_bare(browser: &Browser, assessment: &Assessment<'_>, day: &str) -> Outcome {
    for (action, shape) in [
        ("result-file", format!("equipoise-result-{day}*.json")),
        ("csv", format!("equipoise-scores-{day}*.csv")),
        ("markdown", format!("equipoise-result-{day}*.md")),
        ("svg", format!("equipoise-radar-{day}*.svg")),
    ] {
        make(assessment, action).await?;
        let text = browser.downloaded(&shape).await?.text()?;
        assert!(!text.contains("North"), "{action}: {text:.300}");
    }
    make(assessment, "png").await?;
    browser.downloaded(&format!("equipoise-radar-{day}*.png")).await?;
    Ok(())
}

/// Two results as two lines.
fn lines() -> String {
    let line = |form: &str, example: &str| {
        let file = native::result_file(form, &native::example(example));
        serde_json::from_str::<Value>(&file).unwrap_or_default().to_string()
    };
    [line("quick", "quick random"), line("taster", "taster random")].join("\n")
}

/// How many results are stored.
async fn kept(browser: &Browser) -> browser_tests::Result<usize> {
    let body = "return JSON.parse(localStorage.getItem('equipoise.history'))?.entries.length ?? 0;";
    browser.eval(body).await
}

#[tokio::test]
async fn several_results_come_in_at_once_and_go_out_one_by_one() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().downloads()?).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    let inside = assessment.inside();
    let files = [
        File::new("one.json", native::result_file("full", &native::example("random complete"))),
        File::new("two.jsonl", lines()),
    ];
    open_files(&assessment, &files).await?;
    let all_there = async || Ok((inside.count(".offered").await? == 3).then_some(()));
    browser.wait("three results to be offered", all_there).await?;
    assert_eq!(inside.count(".refused").await?, 0);
    assert_eq!(kept(&browser).await?, 0, "nothing is kept before it is asked");

    inside.click("[data-action=keep-found]").await?;
    inside.find(".offered .told").await?;
    assert_eq!(inside.texts(".offered .told").await?, [native::text("en", "ui.open.kept")]);
    assert_eq!(kept(&browser).await?, 1);
    inside.click("[data-action=keep-all]").await?;
    inside.gone("[data-action=keep-found]").await?;
    assert_eq!(inside.count(".offered .told").await?, 3);
    assert_eq!(inside.count("[data-action=keep-all]").await?, 0, "there is nothing left to keep");
    assert_eq!(kept(&browser).await?, 3, "what was kept already is kept once");

    let code = native::code("full", &native::example("all fives"));
    write(&assessment, "[data-field=paste]", &format!("Look at this: {}#r={code} Bye", server.address("/")))
        .await?;
    inside.click("[data-action=look]").await?;
    inside.with_text(&native::text("en", "ui.open.pasted")).await?;
    assert_eq!(inside.count(".offered").await?, 1);
    inside.click("[data-action=keep-found]").await?;
    inside.gone("[data-action=keep-found]").await?;
    assert_eq!(kept(&browser).await?, 4);

    // Of one day, what was kept last stands first.
    inside.click("[data-action=history]").await?;
    inside.find("[data-kept]").await?;
    assert_eq!(inside.count("[data-kept]").await?, 4);
    inside.click("[data-action=kept-file]").await?;
    let file = browser.downloaded("equipoise-result-2026-11-20*.json").await?.text()?;
    let file: Value = serde_json::from_str(&file).unwrap_or_default();
    assert_eq!((&file["form"], &file["completed"]), (&json!("full"), &json!("2026-11-20")));
    assert_eq!((&file["answers"]["trust-control.a1"], &file["label"]), (&json!(5), &Value::Null));
    assert_eq!(inside.text(".kept-list .told").await?, native::text("en", "ui.take.saved"));

    // Another tab erases all there is, and no answers are among it: this one doesn't bring it back.
    browser.open_tab().await?;
    browser.goto(&server.address("/")).await?;
    assert_eq!(
        browser.eval::<Vec<String>>("return Object.keys(localStorage);").await?,
        ["equipoise.history"]
    );
    browser.eval::<()>("localStorage.removeItem('equipoise.history');").await?;
    browser.tab(0).await?;
    inside.gone("[data-kept]").await?;
    Ok(())
}

/// The result of someone else, with more in it than this program knows.
fn from_a_partner() -> Value {
    let file = native::result_file("full", &native::example("random complete"));
    let mut file: Value = serde_json::from_str(&file).unwrap_or_default();
    for (field, value) in [
        ("label", json!("North")),
        ("side", json!("South")),
        ("perspective", json!("partner")),
        ("language", json!("nl")),
        ("completed", json!("2020-01-15T12:00:00Z")),
        ("notes", json!({ "overall": "A good talk" })),
        (
            "actions",
            json!([
                { "text": "Call Anna", "owner": "Jan", "due": "2026-12-01", "state": "open", "about": null },
                { "text": "Think about it", "owner": "", "due": null, "state": "open", "about": null },
            ]),
        ),
        ("x-room", json!([12, null])),
    ] {
        file[field] = value;
    }
    file
}

#[tokio::test]
async fn a_kept_result_goes_along_as_the_file_it_was_with_its_actions() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().downloads()?).await?;
    let assessment = Assessment::open(&browser, &server).await?;
    let inside = assessment.inside();
    let sent = from_a_partner();
    open_files(&assessment, &[File::new("north.json", sent.to_string())]).await?;
    inside.click("[data-action=view-found]").await?;
    inside.find(".app[data-screen=kept] .calc").await?;
    browser.allow_clipboard().await?;

    make(&assessment, "result-file").await?;
    let file = browser.downloaded("equipoise-result-north-2020-01-1*.json").await?.text()?;
    let file: Value = serde_json::from_str(&file).unwrap_or_default();
    assert_eq!(file, sent, "the very file");

    // Its actions go along too; they can't be changed here.
    assert_eq!(inside.count(".agreed :is(input, textarea, [data-action=add-action])").await?, 0);
    inside.click("[data-action=calendar]").await?;
    let calendar = browser.downloaded("equipoise-actions-north-*.ics").await?.text()?;
    assert_eq!(calendar.matches("SUMMARY:").count(), 1, "{calendar}");
    assert!(calendar.contains("SUMMARY:Call Anna\r\n"), "{calendar}");
    assert_eq!(inside.text(".agreed .told").await?, native::text("en", "ui.action.undated"));
    inside.click("[data-action=actions-copy]").await?;
    inside.with_text(&native::text("en", "ui.take.copied")).await?;
    let copied = browser.clipboard_text().await?;
    assert!(copied.contains("- [ ] Call Anna") && copied.contains("- [ ] Think about it"), "{copied}");

    // A link has what is ticked, says so before, and nothing else.
    let holds = async || inside.texts("[data-take=link] .holds li").await;
    let said = holds().await?.join("\n");
    for key in ["ui.link.holds.no-label", "ui.link.holds.no-notes", "ui.link.holds.no-actions"] {
        assert!(said.contains(&native::text("en", key)), "{said}");
    }
    inside.click("[data-tick=link-notes]").await?;
    inside.click("[data-tick=link-actions]").await?;
    let ticked = holds().await?;
    assert!(ticked.contains(&native::text("en", "ui.link.holds.no-label")), "{ticked:?}");
    assert!(ticked.contains(&native::text("en", "ui.link.holds.notes.one")), "{ticked:?}");
    let link = inside.find("[data-field=link]").await?.eval::<String>("return element.value;").await?;

    let there = fresh(&browser, &server).await?;
    browser
        .eval_with::<()>(
            "location.hash = arguments[0];",
            vec![json!(link.split_once('#').map(|(_, code)| code))],
        )
        .await?;
    there.inside().find(".offered").await?;
    assert_eq!(there.inside().texts(".offered .holds li").await?, ticked, "what was said is what is in it");
    there.inside().click("[data-action=view-found]").await?;
    there.inside().find(".app[data-screen=kept] .calc").await?;
    assert_eq!(there.inside().texts(".action-list .written").await?, ["Call Anna", "Think about it"]);
    let all = there.inside().texts(".app").await?.join(" ");
    assert!(all.contains("A good talk") && !all.contains("North") && !all.contains("South"));
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
    inside.with_text(&taken_in(1, 0)).await?;
    let after: Value = browser.eval(everything).await?;
    assert_eq!(after["equipoise"]["answers"], before["equipoise"]["answers"]);
    assert_eq!(after["equipoise"]["workbook"], before["equipoise"]["workbook"]);
    assert_eq!(after["equipoise.history"], before["equipoise.history"]);
    assessment.reload().await?;
    assessment.resume().await?;
    assert_eq!(assessment.figures().await?, figures);
    Ok(())
}

/// What is said when a file with everything was taken in: how many kept results came back, and how many were there.
fn taken_in(back: usize, there: usize) -> String {
    let words = native::text("en", "ui.open.taken-in-kept");
    words.replace("{back}", &back.to_string()).replace("{there}", &there.to_string())
}

#[tokio::test]
async fn what_was_removed_and_started_over_comes_back_from_a_file() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().downloads()?).await?;
    let assessment = result(&browser, &server, &native::example("random complete")).await?;
    let inside = assessment.inside();
    make(&assessment, "keep").await?;
    let figures = assessment.figures().await?;
    inside.click("[data-action=data]").await?;
    make(&assessment, "everything").await?;
    let file = browser.downloaded("equipoise-everything-*.json").await?;

    inside.click("[data-action=history]").await?;
    inside.click("[data-action=remove]").await?;
    inside.click("[data-action=remove-yes]").await?;
    inside.gone("[data-kept]:not([data-kept=now])").await?;
    open_files(&assessment, std::slice::from_ref(&file)).await?;
    inside.click("[data-action=take-in]").await?;
    inside.with_text(&taken_in(1, 0)).await?;
    inside.click("[data-action=take-in]").await?;
    inside.with_text(&taken_in(0, 1)).await?;
    inside.click("[data-action=history]").await?;
    inside.find("[data-kept]:not([data-kept=now])").await?;

    assessment.reload().await?;
    inside.click("[data-action=start-over]").await?;
    inside.click("[data-action=start-over-yes]").await?;
    inside.gone("[data-action=resume]").await?;
    open_files(&assessment, &[file]).await?;
    inside.click("[data-action=take-in]").await?;
    inside.with_text(&taken_in(0, 1)).await?;
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
        let said: Vec<(String, Vec<String>)> = inside
            .eval(
                "return [...root.querySelectorAll('.found-list > li')].map(it => [it.querySelector('h3').textContent,
                    [...it.querySelectorAll('.refused li')].map(line => line.textContent)]);",
            )
            .await?;
        for file in &files {
            let words = native::refused(language, &file.bytes);
            assert_eq!(words.len(), 1, "{}: {words:?}", file.name);
            assert!(said.contains(&(file.name.clone(), words)), "{}: {said:?}", file.name);
        }
        let different: BTreeSet<&Vec<String>> = said.iter().map(|(_, words)| words).collect();
        // Two of them are no text, each from another byte on.
        assert_eq!(different.len(), files.len(), "each has its own message: {said:?}");
        assert_eq!(inside.count("b").await?, 0, "a name is a text");
        assert_eq!(browser.eval::<Value>("return localStorage.getItem('equipoise');").await?, before);
        assert_eq!(browser.console().await?, Vec::<String>::new());
    }
    Ok(())
}
