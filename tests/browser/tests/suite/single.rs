//! Everything in one file: opened from a disk it asks nothing of any network, keeps answers where the browser lets it,
//! and runs nothing but its own two scripts. A saved result is the same file with the result in it.

use browser_tests::native::{self, Stored};
use browser_tests::{
    Ability, Assessment, Browser, Engine, File, Folder, Options, Outcome, Page, dist, dist_file, dist_path,
};
use serde_json::{Value, json};

/// Notes what the page says before anyone asks: events of ours, and what its policy blocked.
const WATCH: &str = "window.said = []; window.blocked = [];
    for (const name of ['ready', 'error'])
        addEventListener(`equipoise-${name}`, event => said.push([name, event.detail, performance.now()]), true);
    addEventListener('securitypolicyviolation', event => blocked.push(event.violatedDirective), true);";

fn options() -> Options {
    Options::default().before_scripts(WATCH)
}

/// A file on a disk, as someone has it in a folder of their own.
///
/// Chromium runs the scripts that come before others in every page. No driver of the other engines does so in a file, so
/// there they stand in the file, before the policy: that holds for what comes after it.
fn on_disk(browser: &Browser, folder: &Folder, name: &str, bytes: &[u8]) -> browser_tests::Result<String> {
    let path = folder.path().join(name);
    let mut bytes = bytes.to_vec();
    let at = bytes.windows(HEAD.len()).position(|window| window == HEAD).expect("it has a head") + HEAD.len();
    if browser.engine() != Engine::Chromium {
        bytes.splice(at..at, format!("<script>{}</script>", browser.scripts_before()).into_bytes());
    }
    std::fs::write(&path, bytes)?;
    Ok(format!("file://{}", path.display()).replace(' ', "%20"))
}

const HEAD: &[u8] = b"<head>";

/// `equipoise.html` in a folder of its own.
fn single(browser: &Browser, folder: &Folder) -> browser_tests::Result<String> {
    on_disk(browser, folder, "our alliance.html", &std::fs::read(dist_path("equipoise.html")?)?)
}

async fn ready(browser: &Browser) -> Outcome {
    browser.wait_until("equipoise-ready", "return said.some(([name]) => name === 'ready');").await?;
    Ok(())
}

/// Sees that nothing went to a network, nothing was blocked and nothing is wrong.
async fn is_quiet(browser: &Browser, address: &str) -> Outcome {
    let asked: Vec<String> = browser.requests().await?.into_iter().map(|asked| asked.address).collect();
    assert!(asked.iter().all(|asked| asked == address), "{asked:?}");
    // What the harness itself puts before a page is not the page's.
    let resources: Vec<String> = browser
        .eval("return performance.getEntriesByType('resource').map(it => it.name).filter(it => !/equipoise-before/.test(it));")
        .await?;
    assert_eq!(resources, Vec::<String>::new());
    assert_eq!(browser.eval::<Vec<String>>("return blocked;").await?, Vec::<String>::new());
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn from_a_disk_it_works_to_the_end_and_asks_nothing_of_a_network() -> Outcome {
    let folder = Folder::new("single")?;
    let browser = Browser::open(options().language("nl")).await?;
    let address = single(&browser, &folder)?;
    let assessment = Assessment::open_page(&browser, &address).await?;
    ready(&browser).await?;
    assert_eq!(assessment.language().await?, "nl");
    let given = native::example("taster random");
    assert_eq!(assessment.go_through("taster", &given).await?, native::figures("taster", &given, "nl"));
    assessment.speak("en").await?;
    assert_eq!(assessment.figures().await?, native::figures("taster", &given, "en"));
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    is_quiet(&browser, &address).await
}

#[tokio::test]
async fn from_a_disk_it_keeps_answers() -> Outcome {
    let folder = Folder::new("single")?;
    let browser = Browser::open(options()).await?;
    let address = single(&browser, &folder)?;
    let assessment = Assessment::open_page(&browser, &address).await?;
    assessment.choose("taster").await?;
    let item = assessment.items().await?[0].clone();
    assessment.answer(&item, "4").await?;
    assessment.reload().await?;
    assessment.resume().await?;
    assert_eq!(assessment.chosen().await?.get(&item).map(String::as_str), Some("4"));
    assert_eq!(assessment.notices().await?, Vec::<String>::new());
    is_quiet(&browser, &address).await
}

#[tokio::test]
async fn where_nothing_can_be_stored_it_says_so_and_works() -> Outcome {
    let folder = Folder::new("single")?;
    let without = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });";
    let browser = Browser::open(options().before_scripts(without)).await?;
    let address = single(&browser, &folder)?;
    let assessment = Assessment::open_page(&browser, &address).await?;
    assert_eq!(assessment.notices().await?.len(), 1);
    let given = native::example("taster random");
    assert_eq!(assessment.go_through("taster", &given).await?, native::figures("taster", &given, "en"));
    Ok(())
}

#[tokio::test]
async fn its_policy_lets_nothing_else_run_and_nothing_out() -> Outcome {
    let folder = Folder::new("single")?;
    let browser = Browser::open(options()).await?;
    let server = dist()?;
    Assessment::open_page(&browser, &single(&browser, &folder)?).await?;
    ready(&browser).await?;
    let tries = "const out = async (what, attempt) => { try { return [what, await attempt()]; } catch (error) { return [what, error.name]; } };
        const here = arguments[0];
        const add = (name, set) => new Promise(done => {
            const made = document.createElement(name);
            made.onload = () => done('loaded'); made.onerror = () => done('refused');
            set(made); document.body.append(made); setTimeout(() => done('nothing'), 300);
        });
        window.ran = 0;
        return [
            await out('fetch', async () => (await fetch(here)).status),
            await out('image', () => add('img', it => { it.src = `${here}.png`; })),
            await out('style', () => add('link', it => { it.rel = 'stylesheet'; it.href = `${here}.css`; })),
            await out('eval', () => window.eval('1')),
            ...(arguments[1] ? [
            await out('script text', () => { const it = document.createElement('script'); it.textContent = 'window.ran = 1'; }),
            await out('markup', () => { document.body.innerHTML += '<p>'; }),
            await out('policy', () => { trustedTypes.createPolicy('other', {}); }),
            ] : []),
            await out('handler', async () => { document.body.setAttribute('onclick', 'window.ran = 1'); document.body.click(); return window.ran; }),
        ];";
    let typed = !browser.lacks(Ability::TrustedTypes).await?;
    let arguments = vec![json!(server.address("/anything")), json!(typed)];
    let tried: Vec<(String, Value)> = browser.eval_with(tries, arguments).await?;
    assert_eq!(tried.len(), if typed { 8 } else { 5 });
    let tried: Vec<(&str, &Value)> = tried.iter().map(|(what, came)| (what.as_str(), came)).collect();
    for (what, came) in tried {
        let refused = ["TypeError", "EvalError", "refused"].map(Value::from);
        assert!(refused.contains(came) || (what == "handler" && *came == 0), "{what}: {came}");
    }
    assert_eq!(server.seen(), [], "nothing reached a server");
    Ok(())
}

#[tokio::test]
async fn a_server_may_send_it_as_any_page() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(options()).await?;
    server.add("/one.html", dist_file("equipoise.html")?.policy(""));
    let assessment = Assessment::open_page(&browser, &server.address("/one.html")).await?;
    ready(&browser).await?;
    assessment.choose("quick").await?;
    assert_eq!(server.seen().len(), 1, "itself alone: {:?}", server.seen());
    is_quiet(&browser, &server.address("/one.html")).await
}

#[tokio::test]
async fn a_file_that_was_damaged_says_so() -> Outcome {
    let folder = Folder::new("single")?;
    let whole = dist_file("equipoise.html")?.body;
    let text = String::from_utf8(whole).expect("it is UTF-8");
    let (before, pack) = text.split_once("id=\"equipoise-pack\"").expect("it has a pack");
    let cut: String = pack.chars().enumerate().filter(|(at, _)| *at != 3000).map(|(_, c)| c).collect();
    let browser = Browser::open(options()).await?;
    let address =
        on_disk(&browser, &folder, "cut.html", format!("{before}id=\"equipoise-pack\"{cut}").as_bytes())?;
    browser.goto(&address).await?;
    let failed = "return document.querySelector('#equipoise-failed').checkVisibility();";
    browser.wait_until("the message", failed).await?;
    Ok(())
}

/// Saves the result that is open as a page.
async fn save_page(browser: &Browser, assessment: &Assessment<'_>) -> browser_tests::Result<File> {
    assessment.inside().click("[data-action=page]").await?;
    assessment.inside().text("[data-take=file] .told:not(:empty)").await?;
    browser.downloaded("equipoise-report-*.html").await
}

async fn write(assessment: &Assessment<'_>, css: &str, text: &str) -> browser_tests::Result<()> {
    let body = format!("element.value = {}; element.dispatchEvent(new InputEvent('input', {{ bubbles: true, composed: true }}));
        element.dispatchEvent(new Event('change', {{ bubbles: true }}));", json!(text));
    assessment.inside().find(css).await?.eval::<()>(&body).await
}

/// The result in a saved page.
fn embedded(page: &str) -> Value {
    let json = page.split_once("id=\"equipoise-result\">").and_then(|(_, rest)| rest.split_once("</script>"));
    serde_json::from_str(json.expect("it has a result").0).expect("it is JSON")
}

/// The same page with the result of someone else: of another side, told as a partner would, with a field of their own.
fn from_a_partner(page: &str) -> String {
    page.replacen("\"side\": null", "\"side\": \"South\"", 1)
        .replacen("\"perspective\": \"own\"", "\"perspective\": \"partner\"", 1)
        .replacen("\"language\": \"en\"", "\"x-room\": [12, null], \"language\": \"en\"", 1)
}

const NOTE: &str = "</script><script>window.ran = 1</script><!-- <script> @pack@ {{open}} é\u{2028}& \"";

#[tokio::test]
async fn a_saved_result_opens_by_itself_and_is_the_same() -> Outcome {
    let folder = Folder::new("single")?;
    let given = native::example("random complete");
    let expected = native::figures("full", &given, "en");
    let browser = Browser::open(options().downloads()?).await?;
    let server = dist()?;
    let assessment = Assessment::open_with(&browser, &server, &Stored::result("full", &given)).await?;
    ready(&browser).await?;
    assessment.resume().await?;
    write(&assessment, "[data-note=overall] textarea", NOTE).await?;
    write(&assessment, "[data-field=name]", "A & <b>B</b>").await?;
    server.forget();
    let with = save_page(&browser, &assessment).await?;
    assessment.inside().click("[data-tick=files]").await?;
    let without = save_page(&browser, &assessment).await?;
    assert_eq!(server.seen(), [], "nothing was fetched for it");
    assert_eq!(browser.console().await?, Vec::<String>::new());
    assert!(
        with.name.contains("-a-b-b-b-") && !without.name.contains("-a-b"),
        "{} {}",
        with.name,
        without.name
    );
    browser.close();
    assert_eq!(
        embedded(&with.text()?)["completed"],
        "2020-09-13T12:26:40Z",
        "the moment of the newest answer"
    );
    let with = File::new(&with.name, from_a_partner(&with.text()?));
    let result = embedded(&with.text()?);
    assert_eq!((&result["side"], &result["x-room"]), (&json!("South"), &json!([12, null])));

    for (file, notes) in [(&with, true), (&without, false)] {
        assert_eq!(file.text()?.contains("u003c/script>"), notes, "notes go along only when that is ticked");
        let browser = Browser::open(options().downloads()?).await?;
        let address = on_disk(&browser, &folder, &file.name, &file.bytes)?;
        browser.goto(&address).await?;
        let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
        ready(&browser).await?;
        assert_eq!(assessment.figures().await?, expected);
        let note: String = assessment
            .inside()
            .eval("return root.querySelector('[data-note=overall]')?.textContent ?? '';")
            .await?;
        assert_eq!(note.contains("window.ran"), notes, "{note}");
        let title: String = browser.eval("return document.title;").await?;
        assert_eq!(title, if notes { "A & <b>B</b> · Equipoise" } else { "Equipoise" });
        assert_eq!(browser.eval::<Value>("return window.ran ?? null;").await?, Value::Null);
        assert_eq!(browser.eval::<usize>("return localStorage.length;").await?, 0, "it is not this person's");
        assessment.speak("nl").await?;
        assert_eq!(assessment.figures().await?, native::figures("full", &given, "nl"));

        // Saved again from there, it is the same file.
        let again = save_page(&browser, &assessment).await?;
        is_quiet(&browser, &address).await?;
        assert_eq!(
            embedded(&again.text()?),
            embedded(&file.text()?),
            "with all that this program doesn't know"
        );
        let pack = |text: &str| text.split_once("id=\"equipoise-pack\"").map(|(_, pack)| pack.to_owned());
        assert!(pack(&again.text()?) == pack(&file.text()?), "the program in it is the same");
    }
    Ok(())
}

#[tokio::test]
async fn without_compression_it_is_saved_all_the_same() -> Outcome {
    let folder = Folder::new("single")?;
    let given = native::example("taster random");
    let browser =
        Browser::open(options().downloads()?.before_scripts("delete window.CompressionStream;")).await?;
    let server = dist()?;
    let assessment = Assessment::open_with(&browser, &server, &Stored::result("taster", &given)).await?;
    ready(&browser).await?;
    assessment.resume().await?;
    let file = save_page(&browser, &assessment).await?;
    browser.close();
    let browser = Browser::open(options().before_scripts("delete window.DecompressionStream;")).await?;
    let address = on_disk(&browser, &folder, &file.name, &file.bytes)?;
    let assessment = Assessment::open_page(&browser, &address).await?;
    ready(&browser).await?;
    assert_eq!(assessment.figures().await?, native::figures("taster", &given, "en"));
    is_quiet(&browser, &address).await
}

#[tokio::test]
async fn a_file_that_is_not_what_was_built_is_refused() -> Outcome {
    for name in ["equipoise_bg.wasm", "styles/widget.css", "texts/keys.json"] {
        let server = dist()?;
        let mut changed = dist_file(name)?;
        changed.body.push(b'\n');
        server.add(&format!("/{}", browser_tests::shipped(name)?), changed);
        let browser = Browser::open(options()).await?;
        browser.goto(&server.address("/")).await?;
        browser.wait_until("equipoise-error", "return said.some(([name]) => name === 'error');").await?;
    }
    // So is the script itself, by the page's own integrity.
    let server = dist()?;
    let script = browser_tests::shipped("index.html")?;
    let page = String::from_utf8(dist_file(&script)?.body).expect("it is UTF-8");
    let element =
        page.split("./element.").nth(1).and_then(|after| after.split('"').next()).expect("it has a script");
    server.add(&format!("/element.{element}"), Page::file("element.js", "document.title = 'changed';"));
    let browser = Browser::open(options()).await?;
    browser.goto(&server.address("/")).await?;
    assert_eq!(browser.eval::<String>("return document.title;").await?, "Equipoise");
    Ok(())
}
