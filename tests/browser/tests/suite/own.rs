//! An organisation's own questionnaire in the element: the example, a broken one, one that isn't there, and the preview
//! for its author.

use browser_tests::native::{self, Given};
use browser_tests::{
    Assessment, Browser, File, Folder, Options, Outcome, Page, Scheme, Server, dist_with_main,
};
use equipoise::answers::{Answer, Answers, Degree};
use equipoise::formats::link::{self, Shared};
use equipoise::own::Questionnaire;
use serde_json::{Value, json};

const MERGER: &str = include_str!("../../../../examples/merger.json");

/// Keeps what elements say, also before anyone listens.
const WATCH: &str = "window.said = [];
    for (const name of ['ready', 'error'])
        addEventListener(`equipoise-${name}`, event => window.said.push([name, event.detail]), true);";

fn server_with(body: &str) -> browser_tests::Result<Server> {
    let server = dist_with_main(body)?;
    server.add("/merger.json", Page::file("x.json", MERGER));
    Ok(server)
}

async fn open(server: &Server, options: Options) -> browser_tests::Result<Browser> {
    let browser = Browser::open(options.before_scripts(WATCH)).await?;
    browser.goto(&server.address("/host.html")).await?;
    Ok(browser)
}

/// Answers every page that comes, one degree a page, and goes on to the result.
async fn answer_all(assessment: &Assessment<'_>) -> Outcome {
    for page in 0.. {
        if assessment.screen().await? == "review" {
            break;
        }
        let value = |item: &String| {
            if item.ends_with("choice") { "integrating" } else { ["2", "4", "5", "3"][page % 4] }
        };
        let items = assessment.items().await?;
        let given: Given = items.iter().map(|item| (item.clone(), value(item).to_owned())).collect();
        assessment.answer_page(&given).await?;
        assessment.next().await?;
    }
    assessment.inside().click("[data-action=result]").await?;
    assessment.inside().find(".app[data-screen=result] .sentences").await?;
    Ok(())
}

#[tokio::test]
async fn the_merger_is_answered_and_shown() -> Outcome {
    let server =
        server_with("<equipoise-assessment instrument=\"merger.json\" lang=\"nl\"></equipoise-assessment>")?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    browser.wait_until("it to be ready", "return said.some(([name]) => name === 'ready');").await?;
    server.forget();
    let inside = assessment.inside();
    assert_eq!(inside.text("h1").await?, "Onze fusie in balans");
    assert_eq!(inside.texts("[data-language]").await?, ["Nederlands", "English"]);
    assert_eq!(inside.texts("[data-form] .form-name").await?, ["Kort", "Volledig"]);
    assessment.choose("full").await?;
    assert_eq!(inside.text("h1").await?, "In welke mate geldt dit nu voor onze fusie?");
    answer_all(&assessment).await?;
    assert_eq!(inside.text("h1").await?, "Jullie fusie nu");
    inside.find(".ring-chart").await?;
    assert_eq!(inside.count(".radar-chart [data-axis]").await?, 5);
    assert_eq!(inside.count(".ring-chart .quarter").await?, 2);
    assert_eq!(inside.count("[data-paradox]").await?, 5);
    assert_eq!(inside.count(".modules").await?, 0, "the deepening modules are about alliances");
    let shown: String = inside.eval("return root.querySelector('.app').textContent;").await?;
    for word in ["alliantie", "twaalf", "partners", "instrument.", "own.", "ui."] {
        assert!(!shown.to_lowercase().contains(word), "{word} in {shown}");
    }
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    inside.click("[data-language=en]").await?;
    assert_eq!(inside.text("h1").await?, "Your merger now");
    assert_eq!(server.seen(), [], "nothing is asked after ready");
    let said: Vec<Value> = browser.eval("return said;").await?;
    assert_eq!(said, [json!(["ready", {}])]);
    // Its answers have a name of their own, beside those to our questionnaire.
    let keys: Vec<String> = browser.eval("return Object.keys(localStorage).sort();").await?;
    assert_eq!(keys, ["equipoise/merger-paradoxes"]);
    assessment.reload().await?;
    inside.find("[data-action=resume]").await?;
    assert_eq!(browser.console().await?, Vec::<String>::new());
    for (width, scheme) in [(320, Scheme::Light), (800, Scheme::Dark), (1400, Scheme::Light)] {
        let mut browser = open(&server, Options::default().size(width, 900)).await?;
        browser.scheme(scheme).await?;
        let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
        assessment.choose("full").await?;
        answer_all(&assessment).await?;
        assessment.inside().find(".ring-chart").await?;
        browser.screenshot_full(&format!("merger-{width}")).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_questionnaire_may_stand_between_the_tags() -> Outcome {
    let body = format!(
        "<equipoise-assessment lang=\"de\"><script type=\"application/json\">{MERGER}</script></equipoise-assessment>"
    );
    let server = server_with(&body)?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assert_eq!(assessment.inside().text("h1").await?, "Our merger in balance", "the browser speaks English");
    let console = browser.console().await?;
    let is_named = |line: &String| line.contains("lang=\"de\" is not known here");
    assert!(console.len() == 1 && console.iter().all(is_named), "{console:?}");
    Ok(())
}

#[tokio::test]
async fn a_broken_questionnaire_tells_everything_to_its_maker_and_to_the_page() -> Outcome {
    let server =
        server_with("<equipoise-assessment instrument=\"broken.json\" lang=\"en\"></equipoise-assessment>")?;
    let broken = MERGER
        .replace("\"provenance\"", "\"provenence\"")
        .replace("\"phase\": \"preparing\"", "\"phase\": \"prepairing\"")
        .replace("\"title\": \"Our merger in balance\",", "\"tittle\": \"<img src=x onerror=alert(1)>\",");
    server.add("/broken.json", Page::file("x.json", broken));
    let browser = open(&server, Options::default()).await?;
    let inside = browser.widget();
    inside.find(".app[data-screen=broken]").await?;
    assert_eq!(
        inside.text("[role=alert]").await?,
        "4 problems. The questionnaire won’t work until they are solved."
    );
    let listed = inside.texts(".problems li").await?;
    assert_eq!(listed.len(), 4);
    assert!(listed[0].contains("“preparing”"), "{listed:?}");
    assert_eq!(inside.count("img").await?, 0, "what it says is text");
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    let said: Vec<Value> = browser.eval("return said;").await?;
    assert_eq!((said.len(), &said[0][0]), (1, &json!("error")), "{said:?}");
    let detail = &said[0][1];
    assert_eq!(detail["code"], "instrument");
    assert_eq!(detail["problems"].as_array().map(Vec::len), Some(4));
    let first = &detail["problems"][0];
    assert_eq!((&first["path"], &first["found"]), (&json!("$.paradoxes[0].phase"), &json!("\"prepairing\"")));
    assert!(first["hint"].as_str().is_some_and(|hint| hint.contains("preparing")));
    browser.screenshot_full("broken-light").await?;
    inside.click("[data-language=nl]").await?;
    assert!(inside.text("[role=alert]").await?.starts_with("4 problemen."));
    Ok(())
}

#[tokio::test]
async fn a_questionnaire_that_is_not_there_says_so() -> Outcome {
    for (name, content, said) in [
        ("nothing.json", None, "the server answers 404"),
        ("page.json", Some("<!doctype html>".to_owned()), "This is not valid JSON"),
        ("large.json", Some(format!("{{\"x\": \"{}\"}}", "y".repeat(1_000_000))), "is too large"),
        ("deep.json", Some("[".repeat(200)), "more than 127 levels"),
    ] {
        let server =
            server_with(&format!("<equipoise-assessment instrument=\"{name}\"></equipoise-assessment>"))?;
        if let Some(content) = content {
            server.add(&format!("/{name}"), Page::file("x.json", content));
        }
        let browser = Browser::open(Options::default().before_scripts(WATCH).without_logs()).await?;
        browser.goto(&server.address("/host.html")).await?;
        browser.widget().find(".app[data-screen=broken]").await?;
        let alert = browser.widget().text("[role=alert]").await?;
        assert!(alert.contains(said), "{name}: {alert}");
        let heard: Value = browser.eval("return said[0][1];").await?;
        assert_eq!((&heard["code"], &heard["problems"]), (&json!("instrument"), &json!([])));
    }
    Ok(())
}

#[tokio::test]
async fn an_author_sees_it_live() -> Outcome {
    let server = server_with("<equipoise-assessment mode=\"author\" lang=\"en\"></equipoise-assessment>")?;
    let browser = open(&server, Options::default()).await?;
    let inside = browser.widget();
    inside.find(".app[data-screen=author] [data-field=source]").await?;
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    assert_eq!(inside.count(".found, .preview").await?, 0);
    inside.paste("[data-field=source]", MERGER).await?;
    inside.find(".previewed [data-form=full]").await?;
    assert!(inside.text(".found .lead").await?.contains("Paradoxes: 5, phases: 2, questions: 30."));
    assert_eq!(inside.text("[data-found=warnings]").await?, "Nothing stands out.");
    inside.find("[data-action=save-questionnaire]").await?;
    assert_eq!(browser.axe().await?, Vec::<String>::new());

    let poor = MERGER.replace("We keep things moving.", "We keep moving and we are never thorough.");
    inside.drop_files("[data-drop]", &[File::new("merger.json", poor)]).await?;
    inside.find("[data-rule=double]").await?;
    let rules: Vec<String> =
        inside.eval("return [...root.querySelectorAll('[data-rule]')].map(li => li.dataset.rule);").await?;
    assert_eq!(rules, ["other-pole", "double", "negation"]);
    for (width, scheme) in [(320, Scheme::Light), (800, Scheme::Dark), (1400, Scheme::Light)] {
        browser.resize(width, 900).await?;
        let _ = scheme;
        browser.screenshot_full(&format!("author-{width}")).await?;
    }
    // Beside the place for it a file would open in place of the page.
    let whole = [File::new("merger.json", MERGER)];
    assert!(inside.drop_files(".found", &whole).await?, "it is taken anywhere on the element");
    inside.gone("[data-rule]").await?;
    assert_eq!(inside.text("[data-found=warnings]").await?, "Nothing stands out.");
    inside
        .drop_files(
            "[data-drop]",
            &[File::new("merger.json", MERGER.replace("\"id\": \"pace-care\"", "\"id\": 7"))],
        )
        .await?;
    inside.find("[data-found=problems]").await?;
    assert_eq!(inside.count(".preview").await?, 0);
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn an_author_whose_file_is_not_there_begins_with_an_empty_field() -> Outcome {
    let server = server_with(
        "<equipoise-assessment mode=\"author\" lang=\"en\" instrument=\"nothing.json\"></equipoise-assessment>",
    )?;
    let browser = Browser::open(Options::default().without_logs()).await?;
    browser.goto(&server.address("/host.html")).await?;
    let inside = browser.widget();
    assert!(inside.text("[data-found=problems]").await?.contains("the server answers 404"));
    let written: String = inside.eval("return root.querySelector('[data-field=source]').value;").await?;
    assert_eq!(written, "", "a status is no questionnaire");
    Ok(())
}

#[tokio::test]
async fn a_language_that_a_person_chose_stays_when_the_page_changes_something_else() -> Outcome {
    let server =
        server_with("<equipoise-assessment instrument=\"merger.json\" lang=\"nl\"></equipoise-assessment>")?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    let inside = assessment.inside();
    let set = async |what: &str| {
        browser
            .eval::<()>(&format!("document.querySelector('equipoise-assessment').{what}; return null;"))
            .await?;
        browser.next_frame().await
    };
    assert_eq!(assessment.language().await?, "nl");
    assessment.speak("en").await?;
    for change in
        ["theme = 'dark'", "preset = 'plain'", "result = ''", "shareAnswers = true", "form = 'quick'"]
    {
        set(change).await?;
        assert_eq!(assessment.language().await?, "en", "{change}");
    }
    inside.find("[data-form=quick]").await?;
    assert_eq!(inside.count("[data-form]").await?, 1, "what was changed has come in");
    assert_eq!(browser.console().await?, Vec::<String>::new());
    set("lang = 'en'").await?;
    set("lang = 'nl'").await?;
    assert_eq!(assessment.language().await?, "nl", "another language of the page is shown");
    Ok(())
}

#[tokio::test]
async fn a_language_or_form_that_it_does_not_have_is_named() -> Outcome {
    let server = server_with(
        "<equipoise-assessment instrument=\"merger.json\" lang=\"de\" form=\"taster\"></equipoise-assessment>",
    )?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assert_eq!(assessment.language().await?, "en", "the browser's language");
    assert_eq!(assessment.inside().count("[data-form]").await?, 2, "all forms");
    let named = async |value: &str| {
        let console = browser.console().await?;
        let lines = console.iter().filter(|line| line.contains(value)).count();
        browser_tests::Result::Ok((lines, console.len()))
    };
    assert_eq!(named("lang=\"de\" is not known here; following the browser").await?, (1, 2));
    assert_eq!(named("form=\"taster\" is not known here; offering all").await?, (1, 2));
    let set = "const it = document.querySelector('equipoise-assessment');";
    browser
        .eval::<()>(&format!("{set} it.theme = 'light'; it.lang = 'nl-BE'; it.form = 'full'; return null;"))
        .await?;
    assessment.inside().find(".app[lang=nl] [data-form=full]").await?;
    assert_eq!(named("known").await?, (2, 2), "once, and not again when something else changes");
    browser.eval::<()>(&format!("{set} it.form = 'ful'; return null;")).await?;
    assessment.inside().find("[data-form=quick]").await?;
    assert_eq!(named("form=\"ful\" is not known here; offering all").await?, (1, 3));
    Ok(())
}

/// The code of a result of this questionnaire.
fn code_of(questionnaire: &str) -> String {
    let instrument = Questionnaire::read(questionnaire.as_bytes()).expect("it reads").instrument;
    let form = instrument.find_form("full").expect("a form");
    let mut answers = Answers::new(&instrument);
    for item in &instrument.form(form).items {
        answers.set(&instrument, *item, Degree::new(4).map(Answer::Degree), 1);
    }
    let shared = Shared { form, answers, day: None, label: None, workbook: None };
    link::encode(&instrument, &shared).expect("answers alone fit")
}

#[tokio::test]
async fn a_link_opens_at_the_questionnaire_it_belongs_to() -> Outcome {
    let server = server_with(
        "<equipoise-assessment id=\"ours\" storage-key=\"ours\"></equipoise-assessment>
        <equipoise-assessment id=\"theirs\" storage-key=\"theirs\" instrument=\"merger.json\"></equipoise-assessment>",
    )?;
    let ours = native::code("taster", &native::example("taster random"));
    for (code, at, beside) in [(code_of(MERGER), "#theirs", "#ours"), (ours, "#ours", "#theirs")] {
        let browser = Browser::open(Options::default()).await?;
        browser.goto(&server.address(&format!("/host.html#r={code}"))).await?;
        let opens = browser.widget_at(at);
        opens.find("[data-action=view-found]").await?;
        let other = Assessment::at(&browser, beside).await?;
        assert_eq!(other.screen().await?, "start");
        assert!(!browser.address().await?.contains("#r="), "the code is scrubbed");

        // Also when it is followed while the page is open.
        opens.click("[data-action=leave]").await?;
        opens.find("[data-form=full]").await?;
        browser
            .eval_with::<()>("location.hash = `#r=${arguments[0]}`; return null;", vec![json!(code)])
            .await?;
        opens.find("[data-action=view-found]").await?;
        assert_eq!(other.screen().await?, "start");
        assert!(!browser.address().await?.contains("#r="));
        assert_eq!(browser.console().await?, Vec::<String>::new());
    }
    // One that is nobody's is told of, and once.
    let foreign = code_of(&MERGER.replace("\"id\": \"merger-paradoxes\"", "\"id\": \"another\""));
    let browser = Browser::open(Options::default()).await?;
    browser.goto(&server.address(&format!("/host.html#r={foreign}"))).await?;
    let refused = "return [...document.querySelectorAll('equipoise-assessment')]
        .filter(it => it.shadowRoot?.querySelector('.refused')).length;";
    browser.wait_until("someone to say that it can't be read", refused).await?;
    for one in ["#ours", "#theirs"] {
        Assessment::at(&browser, one).await?;
    }
    browser.next_frame().await?;
    assert_eq!(browser.eval::<usize>(refused).await?, 1);
    assert!(!browser.address().await?.contains("#r="));
    Ok(())
}

/// A questionnaire with so many paradoxes and phases, a statement a side.
fn sized(paradoxes: usize, phases: usize) -> String {
    let mut items = serde_json::Map::new();
    let mut texts = serde_json::Map::new();
    let mut all = Vec::new();
    let mut item = |id: String| {
        items.insert(id.clone(), json!(format!("We look after {id}.")));
        json!([id])
    };
    for index in 0..paradoxes {
        let id = format!("p{index}");
        let phase = (phases > 0).then(|| format!("f{}", index % phases.max(1)));
        all.push(
            json!({ "id": id, "phase": phase, "a": item(format!("{id}.a")), "b": item(format!("{id}.b")) }),
        );
        let name = |side: &str| json!({ "name": format!("{side} responsibility {index}") });
        texts.insert(id, json!({ "a": name("Personal"), "b": name("Collective") }));
    }
    let of_phases: Vec<Value> =
        (0..phases).map(|n| json!({ "id": format!("f{n}"), "items": item(format!("f{n}.1")) })).collect();
    let phase_texts: serde_json::Map<String, Value> =
        (0..phases).map(|n| (format!("f{n}"), json!({ "name": format!("Season {n}") }))).collect();
    json!({
        "format": "equipoise-instrument", "format_version": 1, "id": "sized", "version": "1",
        "phases": of_phases, "paradoxes": all,
        "texts": { "en": { "title": "Sized", "items": items, "paradoxes": texts, "phases": phase_texts } },
    })
    .to_string()
}

#[tokio::test]
async fn two_paradoxes_without_phases_have_no_radar_and_no_ring() -> Outcome {
    let body = format!(
        "<equipoise-assessment><script type=\"application/json\">{}</script></equipoise-assessment>",
        sized(2, 0)
    );
    let server = server_with(&body)?;
    let browser = open(&server, Options::default()).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    let inside = assessment.inside();
    inside.find("[data-form=full]").await?;
    assert_eq!(inside.texts(".form-name").await?, ["All questions"]);
    assessment.choose("full").await?;
    answer_all(&assessment).await?;
    inside.find(".further .take").await?;
    assert_eq!(inside.count(".radar, .ring, .form-about, .both-why, .key-question").await?, 0);
    assert_eq!(inside.count(".tilt").await?, 1, "in place of the radar, and once");
    assert_eq!(inside.count("[name=picture-chart]").await?, 1);
    let sentences = inside.texts(".sentences p").await?;
    assert_eq!(sentences[0], "You see 2 paradoxes from both sides.");
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

/// Boxes of labels and names that leave their chart.
const CLIPPED: &str = "const out = [];
    for (const svg of root.querySelectorAll('.radar-chart, .ring-chart')) {
        const box = svg.getBoundingClientRect();
        for (const text of svg.querySelectorAll('text')) {
            const at = text.getBoundingClientRect();
            if (at.left < box.left - 1 || at.right > box.right + 1 || at.top < box.top - 1 || at.bottom > box.bottom + 1)
                out.push(text.textContent);
        }
    }
    return [...out, document.documentElement.scrollWidth > innerWidth ? 'the page' : ''].filter(Boolean);";

#[tokio::test]
async fn as_many_as_there_may_be_fit_on_any_screen() -> Outcome {
    for (paradoxes, phases) in [(24, 8), (3, 1)] {
        let server = server_with("<equipoise-assessment instrument=\"sized.json\"></equipoise-assessment>")?;
        server.add("/sized.json", Page::file("x.json", sized(paradoxes, phases)));
        let browser = open(&server, Options::default().size(800, 900)).await?;
        let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
        assessment.choose("full").await?;
        answer_all(&assessment).await?;
        let inside = assessment.inside();
        inside.find(".further .take").await?;
        assert_eq!(inside.count(".radar-chart [data-axis]").await?, paradoxes);
        assert_eq!(inside.count(".ring-chart .quarter").await?, phases);
        for width in [320, 800, 1400] {
            browser.resize(width, 900).await?;
            browser.next_frame().await?;
            assert_eq!(inside.eval::<Vec<String>>(CLIPPED).await?, Vec::<String>::new(), "{width}");
            browser.screenshot_full(&format!("sized-{paradoxes}-{width}")).await?;
        }
        assert_eq!(browser.axe().await?, Vec::<String>::new());
    }
    Ok(())
}

#[tokio::test]
async fn two_questionnaires_on_a_page_keep_apart() -> Outcome {
    let server = server_with(
        "<equipoise-assessment id=\"ours\" storage-key=\"same\"></equipoise-assessment>
        <equipoise-assessment id=\"theirs\" storage-key=\"same\" instrument=\"merger.json\"></equipoise-assessment>",
    )?;
    let browser = open(&server, Options::default()).await?;
    let ours = Assessment::at(&browser, "#ours").await?;
    let theirs = Assessment::at(&browser, "#theirs").await?;
    ours.choose("quick").await?;
    theirs.choose("quick").await?;
    for assessment in [&ours, &theirs] {
        let first = assessment.items().await?[0].clone();
        assessment.answer(&first, "4").await?;
    }
    let keys: Vec<String> = browser.eval("return Object.keys(localStorage).sort();").await?;
    assert_eq!(keys, ["same", "same/merger-paradoxes"]);
    ours.reload().await?;
    theirs.ready().await?;
    for assessment in [&ours, &theirs] {
        assert_eq!(assessment.notices().await?, Vec::<String>::new());
        assessment.resume().await?;
        assert_eq!(assessment.chosen().await?.len(), 1);
    }
    assert_eq!(browser.console().await?, Vec::<String>::new(), "one storage-key is enough for both");
    Ok(())
}

#[tokio::test]
async fn a_result_of_it_is_saved_with_the_questionnaire_as_one_page() -> Outcome {
    let server =
        server_with("<equipoise-assessment instrument=\"merger.json\" lang=\"nl\"></equipoise-assessment>")?;
    server.add("/merger.json", Page::file("x.json", format!("\u{feff}{MERGER}")));
    let browser = open(&server, Options::default().downloads()?).await?;
    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
    assessment.choose("full").await?;
    answer_all(&assessment).await?;
    assessment.inside().find(".take").await?;
    let sentences = assessment.inside().texts(".sentences p").await?;
    server.forget();
    assessment.inside().click("[data-action=page]").await?;
    let file = browser.downloaded("equipoise-report-*.html").await?;
    assert_eq!(server.seen(), [], "nothing is asked of a server for it");

    let folder = Folder::new("own-result")?;
    let path = folder.path().join("result.html");
    std::fs::write(&path, &file.bytes)?;
    let browser = Browser::open(Options::default().language("nl")).await?;
    let assessment = Assessment::open_page(&browser, &format!("file://{}", path.display())).await?;
    let inside = assessment.inside();
    inside.find(".app[data-screen=kept] .sentences").await?;
    assert_eq!(inside.texts(".sentences p").await?, sentences);
    assert_eq!(inside.texts("[data-language]").await?, ["Nederlands", "English"]);
    assert_eq!(inside.count(".radar-chart [data-axis]").await?, 5);
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn an_author_saves_one_file_that_asks_the_questionnaire() -> Outcome {
    let server = server_with(
        "<equipoise-assessment mode=\"author\" lang=\"en\" instrument=\"merger.json\"></equipoise-assessment>",
    )?;
    let browser = open(&server, Options::default().downloads()?).await?;
    let inside = browser.widget();
    inside.find(".previewed [data-form=full]").await?;
    server.forget();
    inside.click("[data-action=save-questionnaire]").await?;
    let file = browser.downloaded("merger-paradoxes.html").await?;
    inside.with_text("The file is in your downloads.").await?;
    assert_eq!(server.seen(), [], "nothing is asked of a server for it");

    let folder = Folder::new("own")?;
    let path = folder.path().join("merger.html");
    std::fs::write(&path, &file.bytes)?;
    let browser = Browser::open(Options::default().language("en-GB")).await?;
    let address = format!("file://{}", path.display());
    let assessment = Assessment::open_page(&browser, &address).await?;
    assert_eq!(assessment.inside().text("h1").await?, "Our merger in balance");
    assessment.choose("full").await?;
    answer_all(&assessment).await?;
    assessment.inside().find("[data-screen=result]").await?;
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}
