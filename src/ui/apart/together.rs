//! Several people's results together, for a facilitator: how they come in, which they are, and what can be taken along.
//! Everything stays in memory; nobody is shown alone.

use gloo::file::FileList;
use std::rc::Rc;
use yew::Context;
use yew::virtual_dom::ListenerKind;

use super::{ApartMsg, crowd};
use crate::formats::group as table;
use crate::formats::result::ResultFile;
use crate::formats::{backup, intake};
use crate::group::{self, Added, Floor, Gathering, Member, Order, Overview};
use crate::scoring::Report;
use crate::ui::dom::files::{self, Handed, Unread};
use crate::ui::dom::{clock, download, focus};
use crate::ui::handing::{self, Brought, Zone};
use crate::ui::node::{Node, each, el, leaf};
use crate::ui::parts::{self, Kind, View};
use crate::ui::{App, AppMsg, further};

/// The most of what can't be taken that is told at once.
const MOST_REFUSED: usize = 20;
/// The most sides whose size is told.
const MOST_SIDES: usize = 20;
/// How many results are listed at first, and how many more at a time.
const PORTION: usize = 50;

/// What a facilitator has.
#[derive(Default)]
pub(crate) struct Together {
    gathering: Gathering,
    /// What it says at this floor.
    overview: Overview,
    /// The side of what is added next.
    side: String,
    pasted: String,
    /// What could not be taken, with what it was called.
    refused: Vec<(String, Vec<String>)>,
    floor: Floor,
    order: Order,
    /// How many portions are listed besides the first.
    more: usize,
    /// What came of saving: a text key.
    told: Option<&'static str>,
}

/// What a facilitator does.
#[derive(Clone, Debug)]
pub(crate) enum TogetherMsg {
    /// The side of what is added next was named.
    Named(String),
    /// Files were picked or dropped.
    GotFiles(FileList),
    /// One was read.
    Handed(Handed),
    /// Something was written or pasted in the field.
    Pasted(String),
    /// What stands there is to be added.
    AddsPasted,
    /// A text was dropped.
    Dropped(String),
    /// More results are to be listed.
    ListsMore,
    /// A result is taken out.
    Removed(u32),
    /// A result is of this side.
    Gave(u32, String),
    /// All of them are taken out.
    Emptied,
    /// A group of fewer is shown, or no longer.
    Lowered(bool),
    /// Paradoxes are wanted in this order.
    Ordered(Order),
    /// The numbers are to be saved as a table.
    SavesTable,
    /// What was gathered is to be saved.
    SavesAll,
}

pub(super) fn said(msg: TogetherMsg) -> AppMsg {
    AppMsg::Apart(ApartMsg::Together(msg))
}

pub(super) fn button(
    view: &View<'_>,
    class: &'static str,
    action: &'static str,
    key: &str,
    msg: TogetherMsg,
) -> Node {
    parts::tap(view, class, view.t(key), said(msg)).attr("data-action", action)
}

/// The screen.
pub(super) fn view(view: &View<'_>, together: &Together) -> Node {
    let opening = el("header", "opening")
        .add(parts::heading(view, view.t("ui.together.title")))
        .add(leaf("p", "lead", view.t("ui.together.lead")))
        .add(leaf("p", "hint", view.t("ui.together.privacy")));
    let overview = &together.overview;
    let crowd = |everybody: &Vec<_>| crowd::view(view, everybody, overview, together.order);
    let shown = overview.everybody.as_ref().map(crowd).unwrap_or_default();
    el("section", "aside together")
        .key(Kind::Together as usize)
        .add(opening)
        .add(adding(view, together))
        .add(slot((!together.refused.is_empty()).then(|| refused(view, together))))
        .add(slot((!together.gathering.members().is_empty()).then(|| gathered(view, together))))
        .add(el("div", "slot").all(shown))
}

/// A place where something comes and goes: what stands beside it is not drawn anew.
pub(super) fn slot(held: Option<Node>) -> Node {
    el("div", "slot").maybe(held)
}

/// Where results come in.
fn adding(view: &View<'_>, together: &Together) -> Node {
    let side = el("input", "")
        .attr("type", "text")
        .attr("data-field", "side")
        .attr("autocomplete", "off")
        .value(&together.side)
        .hears(ListenerKind::oninput, &view.send, Rc::new(|text| said(TogetherMsg::Named(text))));
    let drop = handing::zone(
        view,
        &Zone {
            drop: "ui.open.drop",
            pick: "ui.open.pick",
            field: "results",
            accept: ".json,.jsonl,.txt,.md,application/json,text/plain",
            several: true,
            heard: |brought| {
                vec![said(match brought {
                    Brought::Files(files) => TogetherMsg::GotFiles(files),
                    Brought::Text(text) => TogetherMsg::Dropped(text),
                })]
            },
        },
    );
    let area = el("textarea", "")
        .attr("rows", "3")
        .attr("data-field", "paste")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .value(&together.pasted)
        .hears(ListenerKind::oninput, &view.send, Rc::new(|text| said(TogetherMsg::Pasted(text))));
    let add = button(view, "secondary", "add-pasted", "ui.together.add", TogetherMsg::AddsPasted);
    el("section", "")
        .add(leaf("h2", "", view.t("ui.together.adding")))
        .add(el("div", "side-field").add(parts::field("field", view.t("ui.together.side"), side)).add(leaf(
            "p",
            "hint",
            view.t("ui.together.side-how"),
        )))
        .add(drop)
        .add(parts::field("field", view.t("ui.open.paste"), area))
        .add(el("div", "actions").add(add))
}

fn refused(view: &View<'_>, together: &Together) -> Node {
    let entry = |(name, lines): &(String, Vec<String>)| {
        el("li", "").add(leaf("h3", "", name)).add(parts::lines("", lines))
    };
    let shown = together.refused.iter().take(MOST_REFUSED);
    let more = together.refused.len().saturating_sub(MOST_REFUSED);
    let more = (more > 0).then(|| leaf("p", "", &view.texts.count("ui.together.more", more, &[])));
    el("section", "refused")
        .attr("role", "alert")
        .add(leaf("h2", "", view.t("ui.open.refused")))
        .add(el("ul", "found-list").all(each(shown, entry)))
        .maybe(more)
}

/// How many there are, of which sides, and which they are.
fn gathered(view: &View<'_>, together: &Together) -> Node {
    let lines = sizes(view, &together.overview, together.gathering.of_partner());
    let told = together.told.map(|key| leaf("p", "told", view.t(key)));
    let count = view.texts.count("ui.together.count", together.overview.n, &[]);
    el("section", "")
        .add(leaf("h2", "", &count).attr("data-count", ""))
        .add(slot((!lines.is_empty()).then(|| parts::lines("", &lines))))
        .add(slot(is_few(together).then(|| few(view, together))))
        .add(members(view, together))
        .add(el("div", "actions").add(button(
            view,
            "secondary",
            "save-all",
            "ui.together.save-all",
            TogetherMsg::SavesAll,
        )))
        .add(slot(told))
}

/// How many results are of each side, of none, and of someone else's view.
fn sizes(view: &View<'_>, overview: &Overview, of_partner: usize) -> Vec<String> {
    let texts = view.texts;
    let size = |side: &group::Side| texts.count("ui.together.of-side", side.n, &[("side", &side.name)]);
    let mut lines: Vec<String> = overview.sides.iter().take(MOST_SIDES).map(size).collect();
    let untold = overview.sides.len().saturating_sub(MOST_SIDES);
    for (key, count) in [
        ("ui.together.of-others", untold),
        ("ui.together.of-none", if overview.sides.is_empty() { 0 } else { overview.of_no_side }),
        ("ui.together.of-partner", of_partner),
    ] {
        if count > 0 {
            lines.push(texts.count(key, count, &[]));
        }
    }
    lines
}

/// Which results these are, a portion at a time.
fn members(view: &View<'_>, together: &Together) -> Node {
    let all = together.gathering.members();
    let listed = together.listed();
    let list = el("ul", "member-list").all(each(all.iter().take(listed), |one| member(view, one)));
    let more = (listed < all.len()).then(|| {
        let next = (all.len() - listed).min(PORTION).to_string();
        parts::tap(
            view,
            "plain",
            &view.fill("ui.together.list-more", &[("n", &next)]),
            said(TogetherMsg::ListsMore),
        )
        .attr("data-action", "list-more")
    });
    let body = el("div", "opened").add(list).add(slot(more)).add(button(
        view,
        "plain",
        "empty",
        "ui.together.empty",
        TogetherMsg::Emptied,
    ));
    parts::details("members", parts::titled(view.t("ui.together.which")), body)
}

/// Whether a facilitator has something to decide: the group or one of its sides is small, or they did already.
fn is_few(together: &Together) -> bool {
    together.floor == Floor::Lowered || together.overview.smallest() < Floor::Usual.fewest()
}

/// Why nothing more is shown, and the way to it that a facilitator may choose.
fn few(view: &View<'_>, together: &Together) -> Node {
    let (usual, lowest) = (Floor::Usual.fewest().to_string(), Floor::Lowered.fewest().to_string());
    let values = [("usual", usual.as_str()), ("lowest", lowest.as_str())];
    let lowered = together.floor == Floor::Lowered;
    let tick = parts::tick(
        view,
        &view.fill("ui.together.lower", &values),
        lowered,
        said(TogetherMsg::Lowered(!lowered)),
    );
    el("div", "notice few").add(leaf("p", "", &view.fill("ui.together.floor", &values))).add(tick).add(leaf(
        "p",
        "hint",
        &view.fill("ui.together.lower-how", &values),
    ))
}

fn member(view: &View<'_>, member: &Member) -> Node {
    let id = member.id;
    let day = clock::in_words(member.day, view.texts.language());
    let day = if member.day.is_some() { day } else { view.t("ui.history.undated").to_owned() };
    let about = [&view.form_name(member.form), " · ", &day].concat();
    let side = el("input", "")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .value(member.side.as_deref().unwrap_or(""))
        .hears(ListenerKind::onchange, &view.send, Rc::new(move |text| said(TogetherMsg::Gave(id, text))));
    let number = id.to_string();
    let side_of = view.fill("ui.together.side-of", &[("name", &member.name)]);
    let remove = parts::tap(view, "plain", view.t("ui.together.remove"), said(TogetherMsg::Removed(id)))
        .set("aria-label", &view.fill("ui.together.remove-this", &[("name", &member.name)]))
        .attr("data-action", "remove-result");
    let partner = member.is_of_partner.then(|| leaf("span", "hint", view.t("ui.together.partner-view")));
    el("li", "box")
        .key(id as usize)
        .set("data-member", &number)
        .add(leaf("strong", "", &member.name))
        .add(leaf("span", "hint", &about))
        .maybe(partner)
        .add(parts::field("field", &side_of, side))
        .add(remove)
}

impl Together {
    /// How many results are listed.
    fn listed(&self) -> usize {
        self.gathering.members().len().min((self.more + 1) * PORTION)
    }
}

impl App {
    fn together(&mut self) -> Option<&mut Together> {
        self.apart.as_mut().and_then(|apart| apart.together.as_mut())
    }

    /// Carries out what a facilitator does. Returns whether anything on the page changes.
    pub(super) fn gather(&mut self, ctx: &Context<Self>, msg: TogetherMsg) -> bool {
        let Some(together) = self.together() else { return false };
        if !matches!(msg, TogetherMsg::Handed(_)) {
            together.told = None;
        }
        match msg {
            TogetherMsg::Named(side) => {
                together.side = side;
                return false;
            }
            TogetherMsg::Pasted(text) => {
                together.pasted = text;
                return false;
            }
            TogetherMsg::GotFiles(list) => {
                together.refused.clear();
                let handed = ctx.link().callback(|handed| said(TogetherMsg::Handed(handed)));
                self.desk.readers = files::read(&list, backup::LONGEST as u64, &handed);
            }
            TogetherMsg::Handed(handed) => self.gather_file(&handed),
            TogetherMsg::AddsPasted => {
                let text = std::mem::take(&mut together.pasted);
                self.gather_text(&text);
            }
            TogetherMsg::Dropped(text) => self.gather_text(&text),
            TogetherMsg::ListsMore => self.list_more(),
            TogetherMsg::Removed(id) => {
                together.gathering.remove(id);
                self.weigh();
                self.focus_on_heading();
            }
            TogetherMsg::Gave(id, side) => {
                together.gathering.give_to(id, &side);
                self.weigh();
            }
            TogetherMsg::Emptied => {
                together.gathering = Gathering::default();
                together.more = 0;
                together.refused.clear();
                self.weigh();
                self.focus_on_heading();
            }
            TogetherMsg::Lowered(lowered) => {
                together.floor = if lowered { Floor::Lowered } else { Floor::Usual };
                self.weigh();
            }
            TogetherMsg::Ordered(order) => together.order = order,
            TogetherMsg::SavesTable => self.save_table(),
            TogetherMsg::SavesAll => self.save_gathered(),
        }
        true
    }

    fn gather_text(&mut self, text: &str) {
        if let Some(together) = self.together() {
            together.refused.clear();
        }
        let name = self.texts.get("ui.open.pasted").to_owned();
        self.gather_from(&name, text.as_bytes());
    }

    fn gather_file(&mut self, handed: &Handed) {
        match &handed.bytes {
            Ok(bytes) => self.gather_from(&handed.name, bytes),
            Err(unread) => {
                let key = match unread {
                    Unread::TooLong => "ui.open.too-long",
                    Unread::Refused => "ui.open.unread",
                };
                let line = self.texts.get(key).to_owned();
                if let Some(together) = self.together() {
                    together.refused.push((handed.name.clone(), vec![line]));
                }
            }
        }
    }

    /// Adds every result in what was handed in; what can't be taken is told.
    pub(super) fn gather_from(&mut self, name: &str, bytes: &[u8]) {
        let (found, mut lines) = further::handed_in(self, bytes);
        let results: Vec<Option<(ResultFile, Report)>> =
            found.iter().map(|find| further::scored(self, &find.found)).collect();
        let (mut there, mut full, mut whole) = (0, false, false);
        let texts = Rc::clone(&self.texts);
        let several = results.len() > 1;
        let Some(together) = self.together() else { return };
        let side = together.side.clone();
        for (index, result) in results.into_iter().enumerate() {
            let Some((file, report)) = result else {
                whole = true;
                continue;
            };
            let name =
                if several { [name, " · ", &(index + 1).to_string()].concat() } else { name.to_owned() };
            match together.gathering.add(&name, &file, report, &side) {
                Added::Yes => {}
                Added::There => there += 1,
                Added::Full => full = true,
            }
        }
        if there > 0 {
            lines.push(texts.count("ui.together.there", there, &[]));
        }
        if full {
            lines.push(texts.fill("ui.together.full", &[("n", &group::MOST.to_string())]));
        }
        if whole {
            lines.push(texts.get("ui.together.everything").to_owned());
        }
        if !lines.is_empty() {
            together.refused.push((name.to_owned(), lines));
        }
        self.weigh();
    }

    /// Works out what the group says now, and tells how large it is.
    fn weigh(&mut self) {
        let (texts, instrument) = (Rc::clone(&self.texts), Rc::clone(self.session.instrument()));
        let Some(together) = self.together() else { return };
        together.overview = Overview::of(&together.gathering, &instrument, together.floor);
        let count = together.overview.n;
        self.said = texts.count("ui.together.count", count, &[]);
    }

    /// Lists a portion more. The focus goes to the last that was listed: the button may be gone, and the next tab is at
    /// the first new one.
    fn list_more(&mut self) {
        let (texts, root) = (Rc::clone(&self.texts), self.root.clone());
        let Some(together) = self.together() else { return };
        if let Some(last) = together.gathering.members().get(together.listed() - 1) {
            focus::first(&root, &["[data-member=\"", &last.id.to_string(), "\"] button"].concat());
        }
        together.more += 1;
        let (listed, all) = (together.listed().to_string(), together.gathering.members().len().to_string());
        self.said = texts.fill("ui.together.listed", &[("n", &listed), ("all", &all)]);
    }

    fn save_table(&mut self) {
        let instrument = Rc::clone(self.session.instrument());
        let Some(together) = self.together() else { return };
        let text = table::write(&instrument, &together.overview);
        self.tell_saved(download::text("equipoise-group.csv", "text/csv", &text));
    }

    fn save_gathered(&mut self) {
        let Some(together) = self.together() else { return };
        let files = together.gathering.write(intake::MOST_BYTES, intake::MOST_RESULTS);
        let several = files.len() > 1;
        let save = |(index, text): (usize, &String)| {
            let number = if several { ["-", &(index + 1).to_string()].concat() } else { String::new() };
            let name = ["equipoise-results", &number, ".json"].concat();
            download::text(&name, "application/json", text)
        };
        // One that fails doesn't keep the others back.
        let saved: Vec<bool> = files.iter().enumerate().map(save).collect();
        let saved = saved.into_iter().all(|one| one);
        self.tell_saved(saved);
    }

    fn tell_saved(&mut self, is_saved: bool) {
        let key = if is_saved { "ui.take.saved" } else { "ui.take.not-saved" };
        if let Some(together) = self.together() {
            together.told = Some(key);
        }
        self.said = self.texts.get(key).to_owned();
    }
}
