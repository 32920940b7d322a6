//! Elements that come and go: what they leave behind, and when they begin to load.

use browser_tests::{Ability, Assessment, Browser, ELEMENT, Options, Outcome, Page, Server, dist, host_page};
use serde_json::json;

/// How often an element is put in and taken out.
const MOUNTS: usize = 200;

/// What may stay of all of them, in bytes: the browser's own bookkeeping.
const LEFT: i64 = 2_000_000;

fn host(head: &str, body: &str) -> browser_tests::Result<Server> {
    let server = dist()?;
    server.add("/host.html", host_page(&[head, ELEMENT].concat(), body));
    Ok(server)
}

/// Puts an element in, waits until it is ready, answers a question, and takes it out; so many times.
const COME_AND_GO: &str = "window.gone ??= [];
    for (let turn = 0; turn < arguments[0]; turn++) {
        const element = document.createElement('equipoise-assessment');
        element.storage = 'none';
        const ready = new Promise(done => element.addEventListener('equipoise-ready', done));
        document.body.append(element);
        await ready;
        element.shadowRoot.querySelector('[data-form=taster]').click();
        await new Promise(done => setTimeout(done));
        element.shadowRoot.querySelector('fieldset input').click();
        element.remove();
        gone.push(new WeakRef(element));
    }";

/// Bytes in use, after everything that can be freed was: of scripts, of the document, and of WebAssembly's memories.
async fn heap(browser: &Browser) -> browser_tests::Result<[i64; 3]> {
    for _ in 0..3 {
        browser.cdp("HeapProfiler.collectGarbage", json!({})).await?;
        browser.next_frame().await?;
    }
    let usage = browser.cdp("Runtime.getHeapUsage", json!({})).await?;
    let bytes = |name: &str| usage[name].as_f64().unwrap_or(-1.0) as i64;
    Ok([bytes("usedSize"), bytes("embedderHeapUsedSize"), bytes("backingStorageSize")])
}

#[tokio::test]
async fn two_hundred_that_came_and_went_leave_nothing() -> Outcome {
    let server = host("", "")?;
    let browser = Browser::open(Options::default()).await?;
    browser.goto(&server.address("/host.html")).await?;
    browser.eval_with::<()>(COME_AND_GO, vec![json!(5)]).await?;
    server.forget();
    if browser.lacks(Ability::Heap).await? {
        browser.eval_with::<()>(COME_AND_GO, vec![json!(50)]).await?;
        assert_eq!(server.seen(), [], "everything is loaded once");
        return Ok(());
    }
    let before = heap(&browser).await?;
    for _ in 0..MOUNTS / 50 {
        browser.eval_with::<()>(COME_AND_GO, vec![json!(50)]).await?;
    }
    let after = heap(&browser).await?;
    let alive: usize = browser.eval("return gone.filter(element => element.deref()).length;").await?;
    let left: i64 = after.iter().zip(before).map(|(after, before)| after - before).sum();
    println!("heap before {before:?}, after {after:?}; {alive} of {} elements are held", MOUNTS + 5);
    assert_eq!(server.seen().len(), 0, "everything is loaded once");
    assert!(alive <= 2, "{alive} elements are held");
    assert!(left < LEFT, "{left} bytes are left: {before:?} {after:?}");
    Ok(())
}

/// How many modules were asked for.
fn modules(server: &Server) -> usize {
    server.seen().iter().filter(|seen| seen.path.contains(".wasm")).count()
}

/// A page with a lazy one far below, which loads nothing.
async fn far_below() -> browser_tests::Result<(Server, Browser)> {
    let body = "<pre></pre><equipoise-assessment loading=\"lazy\"></equipoise-assessment>";
    let server = host("<link rel=\"stylesheet\" href=\"/tall.css\">", body)?;
    server.add("/tall.css", Page::file("tall.css", "pre { height: 9000px; }"));
    let browser = Browser::open(Options::default()).await?;
    browser.goto(&server.address("/host.html")).await?;
    browser.wait_until("the element", "return !!customElements.get('equipoise-assessment');").await?;
    browser.next_frame().await?;
    browser.next_frame().await?;
    assert_eq!(modules(&server), 0, "far below, it loads nothing");
    Ok((server, browser))
}

#[tokio::test]
async fn a_lazy_one_loads_when_it_comes_near() -> Outcome {
    let (server, browser) = far_below().await?;
    browser.eval::<()>("scrollTo(0, 8000);").await?;
    Assessment::at(&browser, "equipoise-assessment").await?.choose("taster").await?;
    assert_eq!(modules(&server), 2);
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_lazy_one_loads_where_it_is_when_the_page_asks_for_it() -> Outcome {
    for (ask, language) in [("element.loading = 'eager';", "en"), ("await element.setLanguage('nl');", "nl")]
    {
        let (server, browser) = far_below().await?;
        browser
            .eval::<()>(&format!("const element = document.querySelector('equipoise-assessment'); {ask}"))
            .await?;
        browser.widget().find(&format!(".app[lang={language}]")).await?;
        assert!(browser.eval::<bool>("return scrollY === 0;").await?, "{ask}");
        assert!(modules(&server) > 0, "{ask}");
    }
    Ok(())
}
