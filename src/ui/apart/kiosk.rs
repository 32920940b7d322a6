//! A screen that strangers share, at a conference for instance: one form, nothing kept, nothing to take along but what a
//! phone reads off the screen, and everything erased for the next person when someone is done or has walked away.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use yew::Context;

use super::ApartMsg;
use crate::answers::Stamp;
use crate::embed::{self, Config};
use crate::instrument::{FormIx, Instrument};
use crate::kiosk::{ASKED, Idle, LONGEST, PATIENCE, SHORTEST, patience};
use crate::qr::{self, Drawn};
use crate::session::{Screen, Session};
use crate::ui::desk::Desk;
use crate::ui::dom::{clock, focus};
use crate::ui::node::{Node, el, leaf};
use crate::ui::parts::{self, View};
use crate::ui::{App, AppMsg, further, svg};

/// What shows that somebody is there.
const SIGNS: [&str; 5] = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"];

/// How often it is looked whether somebody is, in milliseconds.
const EVERY: u32 = 1000;

/// Whether somebody is there.
pub(crate) struct Kiosk {
    /// After how many quiet seconds they are asked.
    patience: u32,
    /// The language for the next person.
    language: String,
    /// When somebody was there last.
    last: Rc<Cell<Stamp>>,
    idle: Idle,
    /// Whether someone asked to stop, and has not said yet that they are sure.
    asks: bool,
    listening: Option<(Interval, Vec<EventListener>)>,
}

/// What happens there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum KioskMsg {
    /// A second went by.
    Ticked,
    /// Somebody is still there.
    Stayed,
    /// Someone wants to stop, or thought better of it.
    AskedToStop(bool),
    /// They are done.
    Stopped,
}

impl Kiosk {
    /// `idle` is what the page asks for, in seconds.
    pub(super) fn new(idle: Option<&str>) -> Self {
        let asked = idle.map(|idle| (idle, patience(idle)));
        if let Some((idle, None)) = asked {
            let (from, to, usual) = (SHORTEST.to_string(), LONGEST.to_string(), PATIENCE.to_string());
            embed::warn(
                &[
                    "equipoise: idle=\"",
                    idle,
                    "\" is no number of seconds from ",
                    &from,
                    " to ",
                    &to,
                    "; asking after ",
                    &usual,
                ]
                .concat(),
            );
        }
        Self {
            patience: asked.and_then(|(_, patience)| patience).unwrap_or(PATIENCE),
            language: String::new(),
            last: Rc::new(Cell::new(clock::now())),
            idle: Idle::Quiet,
            asks: false,
            listening: None,
        }
    }

    /// Listens for signs of somebody. `language` is what the screen opens in.
    pub(super) fn listen(&mut self, ctx: &Context<App>, language: &str) {
        if self.listening.is_some() {
            return;
        }
        language.clone_into(&mut self.language);
        let window = gloo::utils::window();
        let hear = |sign: &'static str| {
            let last = Rc::clone(&self.last);
            EventListener::new(&window, sign, move |_| last.set(clock::now()))
        };
        let link = ctx.link().clone();
        let ticks =
            Interval::new(EVERY, move || link.send_message(AppMsg::Apart(ApartMsg::Kiosk(KioskMsg::Ticked))));
        self.listening = Some((ticks, SIGNS.map(hear).into()));
    }

    /// Whether somebody chose another language than the next person should find.
    fn is_turned(&self, language: &str) -> bool {
        self.listening.is_some() && self.language != language
    }

    /// The host page wants the next person to find this language.
    pub(super) fn speak_next(&mut self, language: &str) {
        language.clone_into(&mut self.language);
    }
}

/// The one form that is offered: what the page asks for, or else the shortest.
pub(super) fn offer(config: &mut Config, instrument: &Instrument) {
    let is_known = config.form.as_deref().is_some_and(|id| instrument.find_form(id).is_some());
    if !is_known {
        let length = |form: &FormIx| instrument.form(*form).items.len();
        let shortest = instrument.form_positions().min_by_key(length);
        config.form = shortest.map(|form| instrument.form(form).id.clone());
    }
}

/// Whether there is anything that the next person must not see.
fn is_in_use(session: &Session, desk: &Desk) -> bool {
    session.screen() != Screen::Start || !session.answers().is_empty() || desk.aside.is_some()
}

/// What stands around the assessment: the way to stop, and the question whether anybody is there. `assessment` has the
/// bar first.
pub(super) fn around(view: &View<'_>, kiosk: &Kiosk, assessment: Vec<Node>) -> Vec<Node> {
    // Both places are always there, so that nothing else is drawn anew when something comes into them.
    let (mut above, mut below) = (el("div", "kiosk"), el("div", "kiosk-below"));
    if is_in_use(view.session, view.desk) {
        above = above.all(stop(view, kiosk));
        below = below.maybe(question(view, kiosk));
    }
    let mut shown = assessment;
    shown.insert(1.min(shown.len()), above);
    shown.push(below);
    shown
}

fn button(view: &View<'_>, class: &'static str, action: &'static str, key: &str, msg: KioskMsg) -> Node {
    parts::tap(view, class, view.t(key), AppMsg::Apart(ApartMsg::Kiosk(msg))).attr("data-action", action)
}

fn stop(view: &View<'_>, kiosk: &Kiosk) -> Vec<Node> {
    // Someone who has seen the result is done; before that a slip would cost all answers.
    let is_done = view.session.screen() == Screen::Result;
    if is_done {
        let done = button(view, "primary", "kiosk-done", "ui.kiosk.done", KioskMsg::Stopped);
        return vec![take_along(view), done];
    }
    // The button stays where the focus is.
    let ask = button(view, "plain", "kiosk-stop", "ui.kiosk.stop", KioskMsg::AskedToStop(!kiosk.asks))
        .attr("aria-expanded", if kiosk.asks { "true" } else { "false" });
    vec![ask, el("div", "slot").maybe(kiosk.asks.then(|| sure(view)))]
}

/// The result for someone's own phone: the screen shows a link, and nothing is sent.
fn take_along(view: &View<'_>) -> Node {
    let drawn = further::link(view).and_then(|link| qr::draw(&link));
    let Some(Drawn { side, path }) = drawn else {
        return leaf("p", "", view.t("ui.kiosk.photo"));
    };
    let side = side.to_string();
    let code = el("svg", "qr")
        .set("viewBox", &["0 0 ", &side, " ", &side].concat())
        .attr("role", "img")
        .set("aria-label", view.t("ui.kiosk.qr"))
        .add(el("rect", "qr-light").set("width", &side).set("height", &side))
        .add(svg::path("qr-dark", &path));
    el("div", "take-along").add(code).add(leaf("p", "", view.t("ui.kiosk.scan")))
}

fn sure(view: &View<'_>) -> Node {
    el("div", "sure")
        .attr("role", "group")
        .set("aria-label", view.t("ui.kiosk.sure"))
        .add(leaf("p", "", view.t("ui.kiosk.sure")).attr("role", "alert"))
        .add(button(view, "secondary", "kiosk-stop-yes", "ui.kiosk.yes", KioskMsg::Stopped))
        .add(button(view, "plain", "kiosk-stop-no", "ui.kiosk.no", KioskMsg::AskedToStop(false)))
}

fn question(view: &View<'_>, kiosk: &Kiosk) -> Option<Node> {
    let Idle::Asks(left) = kiosk.idle else { return None };
    // It is read aloud once; the seconds that go by are for who can see them.
    let asked = view.fill("ui.kiosk.still-there", &[("n", &ASKED.to_string())]);
    let left = leaf("p", "kiosk-left", &view.texts.count("ui.kiosk.left", left as usize, &[]));
    let said =
        el("div", "").add(leaf("p", "", &asked).attr("role", "alert")).add(left.attr("aria-hidden", "true"));
    let buttons = el("div", "actions")
        .add(button(view, "primary", "kiosk-stay", "ui.kiosk.stay", KioskMsg::Stayed))
        .add(button(view, "plain", "kiosk-leave", "ui.kiosk.yes", KioskMsg::Stopped));
    Some(el("div", "kiosk-question").attr("data-kiosk", "asks").add(said).add(buttons))
}

impl App {
    /// Carries out what happened at a screen that strangers share. Returns whether anything on the page changes.
    pub(super) fn attend(&mut self, msg: KioskMsg) -> bool {
        let in_use = is_in_use(&self.session, &self.desk);
        let Some(kiosk) = self.apart.as_mut().and_then(|apart| apart.kiosk.as_mut()) else { return false };
        match msg {
            KioskMsg::Ticked => {
                let idle = Idle::at(clock::now(), kiosk.last.get(), kiosk.patience);
                if idle == Idle::Over && (in_use || kiosk.is_turned(self.texts.language())) {
                    self.make_room();
                    return true;
                }
                // Nobody is asked where nothing would be lost.
                let idle = if in_use { idle } else { Idle::Quiet };
                let was = std::mem::replace(&mut kiosk.idle, idle);
                return was != idle;
            }
            KioskMsg::Stayed => {
                kiosk.last.set(clock::now());
                kiosk.idle = Idle::Quiet;
                focus::park(&self.root);
            }
            KioskMsg::AskedToStop(asks) => {
                kiosk.asks = asks;
                focus::first(&self.root, "[data-action=kiosk-stop]");
            }
            KioskMsg::Stopped => self.make_room(),
        }
        true
    }

    /// Erases everything, for the next person: what was answered, opened and chosen, the language too.
    fn make_room(&mut self) {
        self.forget();
        self.desk = Desk::default();
        (self.code, self.owes_result) = (None, false);
        (self.pointed, self.hovered, self.in_full) = (None, None, false);
        self.notices.clear();
        if let Some(kiosk) = self.apart.as_mut().and_then(|apart| apart.kiosk.as_mut()) {
            kiosk.idle = Idle::Quiet;
            kiosk.asks = false;
            self.host_language = Some(kiosk.language.clone());
        }
        self.speak();
        self.said = self.texts.get("ui.kiosk.erased").to_owned();
        self.focus_on_heading();
    }
}
