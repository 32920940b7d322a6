//! The assessment as a person uses it, so that a test reads like what people do.

// Everything here fails in one way only: what a person would have seen or done could not be seen or done.
#![allow(clippy::missing_errors_doc)]

use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::Key;
use xtask::serve::{Page, Server};

use crate::browser::Browser;
use crate::failed::{Result, Trouble};
use crate::native::{Given, Stored};
use crate::scope::Scope;

/// An empty page of the same origin, from which storage can be filled before the assessment opens.
const EMPTY: &str = "/empty.html";

/// What the result says, read from the page or worked out by [`crate::native::figures`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Figures {
    /// The table: each paradox with its nine cells.
    pub rows: Vec<(String, Vec<String>)>,
    /// The phases: id, the words with the score, and its marks.
    pub phases: Vec<Vec<String>>,
    /// The paradoxes to talk about, in order.
    pub talk: Vec<String>,
    /// The sentences at the top.
    pub sentences: Vec<String>,
}

/// An assessment in a page.
#[derive(Debug, Clone)]
pub struct Assessment<'a> {
    browser: &'a Browser,
    host: String,
}

impl<'a> Assessment<'a> {
    /// Opens the page of the build and waits until everything is there.
    pub async fn open(browser: &'a Browser, server: &Server) -> Result<Self> {
        Self::open_page(browser, &server.address("/")).await
    }

    /// Opens the page in a browser that kept a session.
    pub async fn open_with(browser: &'a Browser, server: &Server, stored: &Stored) -> Result<Self> {
        Self::store(browser, server, &stored.text()).await?;
        Self::open(browser, server).await
    }

    /// Opens some page with an assessment in it.
    pub async fn open_page(browser: &'a Browser, address: &str) -> Result<Self> {
        browser.goto(address).await?;
        Self::at(browser, "equipoise-assessment").await
    }

    /// Puts a text under our key, and nothing else, before anything is opened.
    pub async fn store(browser: &Browser, server: &Server, text: &str) -> Result<()> {
        server.add(EMPTY, Page::html("<!doctype html><link rel=icon href='data:,'><title>Empty</title>"));
        browser.goto(&server.address(EMPTY)).await?;
        let put = "localStorage.clear(); localStorage.setItem('equipoise', arguments[0]);";
        browser.eval_with::<()>(put, vec![json!(text)]).await
    }

    /// The assessment that a CSS selector finds in the page that is open.
    pub async fn at(browser: &'a Browser, css: &str) -> Result<Self> {
        let assessment = Self { browser, host: css.to_owned() };
        assessment.ready().await?;
        Ok(assessment)
    }

    /// Waits until it can be used: the start is drawn, and every language has its texts.
    pub async fn ready(&self) -> Result<()> {
        self.inside().find(".app").await?;
        // A questionnaire in one language has nothing to choose.
        if self.inside().count("[data-language]").await? == 0 {
            return Ok(());
        }
        self.inside().find("[data-language]:enabled").await?;
        self.inside().gone("[data-language]:disabled").await
    }

    /// Loads the page again.
    pub async fn reload(&self) -> Result<()> {
        self.browser.reload().await?;
        self.ready().await
    }

    /// Its shadow root.
    pub fn inside(&self) -> Scope<'a> {
        self.browser.widget_at(&self.host)
    }

    /// The screen that is shown: `start`, `page`, `review` or `result`.
    pub async fn screen(&self) -> Result<String> {
        self.inside().eval("return root?.querySelector('.app')?.dataset.screen ?? '';").await
    }

    /// The screen with the first item on it, which tells one page from another.
    pub async fn place(&self) -> Result<String> {
        let body = "const app = root?.querySelector('.app');
            const item = app?.querySelector('fieldset[data-item]')?.dataset.item ?? '';
            return `${app?.dataset.screen ?? ''} ${item}`.trim();";
        self.inside().eval(body).await
    }

    /// Chooses a form on the start screen.
    pub async fn choose(&self, form: &str) -> Result<()> {
        self.go(&format!("[data-form=\"{form}\"]")).await
    }

    /// Goes on where they were.
    pub async fn resume(&self) -> Result<()> {
        self.act("resume").await
    }

    /// To the next page, or to the review.
    pub async fn next(&self) -> Result<()> {
        self.act("next").await
    }

    /// To the screen before.
    pub async fn back(&self) -> Result<()> {
        self.act("back").await
    }

    /// To the start.
    pub async fn home(&self) -> Result<()> {
        self.act("home").await
    }

    /// To the review.
    pub async fn review(&self) -> Result<()> {
        self.act("review").await
    }

    /// From the review to the result.
    pub async fn result(&self) -> Result<()> {
        self.act("result").await
    }

    /// From the result to a longer form.
    pub async fn extend(&self, form: &str) -> Result<()> {
        self.go(&format!("[data-action=extend][data-to=\"{form}\"]")).await
    }

    async fn act(&self, action: &str) -> Result<()> {
        self.go(&format!("[data-action={action}]")).await
    }

    /// Clicks what leads elsewhere, and waits until one is there.
    async fn go(&self, css: &str) -> Result<()> {
        let left = self.place().await?;
        self.inside().click(css).await?;
        let elsewhere = async || Ok((self.place().await? != left).then_some(()));
        self.browser.wait(&format!("{css} to lead away from {left}"), elsewhere).await?;
        self.in_full().await
    }

    /// Waits until all of a result is drawn: what stands below the first screenful follows right after it.
    async fn in_full(&self) -> Result<()> {
        self.inside().gone(".result:not(:has(.calc))").await
    }

    /// The items on this page.
    pub async fn items(&self) -> Result<Vec<String>> {
        self.inside()
            .eval(
                "return [...root.querySelectorAll('fieldset[data-item]')].map(group => group.dataset.item);",
            )
            .await
    }

    /// What is chosen on this page.
    pub async fn chosen(&self) -> Result<Given> {
        let body = "return Object.fromEntries([...root.querySelectorAll('fieldset[data-item] input:checked')]
            .map(input => [input.closest('fieldset').dataset.item, input.value]));";
        self.inside().eval(body).await
    }

    /// Answers an item by a click, and sees that it is chosen and counted.
    pub async fn answer(&self, item: &str, value: &str) -> Result<()> {
        let inside = self.inside();
        inside.click(&format!("{} label:has([value=\"{value}\"])", group(item))).await?;
        let chosen = format!("{}:has([value=\"{value}\"]:checked)", group(item));
        inside.find(&format!("{chosen} [data-action=clear]:enabled")).await.map(drop)
    }

    /// Takes an answer out.
    pub async fn clear(&self, item: &str) -> Result<()> {
        let inside = self.inside();
        inside.click(&format!("{} [data-action=clear]:enabled", group(item))).await?;
        inside.gone(&format!("{} :checked", group(item))).await
    }

    /// Answers what is given of this page; returns the items that stood on it. Each label is clicked by a script, and its
    /// answer seen before the next: a driver's own clicks, as [`Self::answer`] has them, take ten times as long.
    pub async fn answer_page(&self, given: &Given) -> Result<Vec<String>> {
        let items = self.items().await?;
        let answers: Vec<(&String, &String)> =
            items.iter().filter_map(|item| given.get_key_value(item)).collect();
        let body = format!(
            "for (const [item, value] of {}) {{
                const input = root.querySelector(`fieldset[data-item=\"${{item}}\"] [value=\"${{value}}\"]`);
                input.closest('label').click();
                await new Promise(done => setTimeout(done));
                if (!input.checked || !input.isConnected) throw new Error(`${{item}} is not answered`);
            }}",
            json!(answers)
        );
        self.inside().eval::<()>(&body).await?;
        Ok(items)
    }

    /// The same with the driver's own clicks, as a hand gives them.
    pub async fn answer_page_by_hand(&self, given: &Given) -> Result<Vec<String>> {
        let items = self.items().await?;
        for item in &items {
            if let Some(value) = given.get(item) {
                self.answer(item, value).await?;
            }
        }
        Ok(items)
    }

    /// Answers what is given from this page to the review; returns the items that were seen, in order.
    pub async fn answer_to_review(&self, given: &Given) -> Result<Vec<String>> {
        let mut seen = Vec::new();
        while self.screen().await? == "page" {
            seen.extend(self.answer_page(given).await?);
            self.next().await?;
        }
        Ok(seen)
    }

    /// Goes through a form from the start to its result, as a script clicks; what the result says.
    pub async fn go_through(&self, form: &str, given: &Given) -> Result<Figures> {
        self.choose(form).await?;
        self.answer_to_review(given).await?;
        self.result().await?;
        self.figures().await
    }

    /// Every answer of the form, read from its pages one by one. Ends on the review.
    pub async fn read_back(&self) -> Result<Given> {
        let pages = self.inside().count(".pages .jump").await?;
        let mut all = Given::new();
        for page in 1..=pages {
            self.go(&format!(".pages li:nth-child({page}) .jump")).await?;
            all.extend(self.chosen().await?);
            self.review().await?;
        }
        Ok(all)
    }

    /// What the result says.
    pub async fn figures(&self) -> Result<Figures> {
        self.in_full().await?;
        let body = "const all = (css, from = root) => [...from.querySelectorAll(css)];
            const said = it => it.textContent.trim();
            const columns = ['a', 'b', 'both', 'tilt', 'level', 'balance', 'tension', 'lean', 'class'];
            return {
                rows: all('tr[data-row]').map(row => [row.dataset.row,
                    columns.map(name => said(row.querySelector(`td[data-column=${name}]`)))]),
                phases: all('li[data-phase]').map(line => [line.dataset.phase, line.firstChild.textContent.trim(),
                    ...all('.tag', line).map(said)]),
                talk: all('li[data-talk]').map(entry => entry.dataset.talk),
                sentences: all('.sentences p').map(said),
            };";
        self.inside().eval(body).await
    }

    /// What sticks out of the window sideways, so that the page would have to be scrolled; what scrolls by itself may.
    pub async fn sticking_out(&self) -> Result<Vec<String>> {
        let body = "const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            const out = [...root.querySelectorAll('*')].filter(it => it.checkVisibility() && !it.closest('.scroll > *')
                && it.getBoundingClientRect().right > wide + 1);
            const innermost = out.filter(it => !out.some(other => other !== it && it.contains(other)));
            return [`the page is ${document.documentElement.scrollWidth} px in ${wide}`,
                ...innermost.slice(0, 5).map(it => `${it.parentElement?.className} > ${it.cloneNode(false).outerHTML} `
                    + `${it.textContent.slice(0, 50)} to ${Math.round(it.getBoundingClientRect().right)}`)];";
        self.inside().eval(body).await
    }

    /// Changes the language and waits until it is there.
    pub async fn speak(&self, language: &str) -> Result<()> {
        self.inside().click(&format!("[data-language={language}]")).await?;
        self.inside().find(&format!(".app[lang={language}]")).await.map(drop)
    }

    /// The language that is shown.
    pub async fn language(&self) -> Result<String> {
        self.inside().eval("return root.querySelector('.app').lang;").await
    }

    /// The notices that are shown, by what they are about.
    pub async fn notices(&self) -> Result<Vec<String>> {
        self.inside()
            .eval("return [...root.querySelectorAll('[data-notice]')].map(notice => notice.dataset.notice);")
            .await
    }

    /// Presses Tab until the focus fits a CSS selector.
    pub async fn tab_to(&self, css: &str) -> Result<()> {
        for _ in 0..60 {
            self.browser.press(Key::Tab).await?;
            self.browser.back_to_the_top().await?;
            if self.browser.focus_is(css).await? {
                return Ok(());
            }
        }
        Err(Trouble::new(format!("Tab never reaches {css}; it is on {}", self.browser.focused().await?)))
    }

    /// The session in storage.
    pub async fn stored(&self) -> Result<Value> {
        self.browser.eval("return JSON.parse(localStorage.getItem('equipoise'));").await
    }
}

/// The group of one item.
fn group(item: &str) -> String {
    format!("fieldset[data-item=\"{item}\"]")
}
