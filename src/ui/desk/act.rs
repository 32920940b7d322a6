//! What is done at the desk: every message carried out.

use gloo::file::FileList;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::Context;

use super::{Aside, DeskMsg, Erasure, Made, Offer, Taken, Tick, make};
use crate::day::Day;
use crate::formats::backup::Backup;
use crate::formats::intake::{self, Find, Found};
use crate::history::{Added, KeptId, Origin};
use crate::keeping::{self, Keeper, Trouble};
use crate::session::Msg;
use crate::ui::dom::files::{self, Handed, Unread};
use crate::ui::dom::storage::BrowserStore;
use crate::ui::dom::{clipboard, clock, download, focus, raster, requests};
use crate::ui::subject::Subject;
use crate::ui::{App, AppMsg};

/// The longest file that is read, in bytes: several hundred times what a full result needs.
const LONGEST: u64 = 1_000_000;

impl App {
    /// What comes once the further part is here, and again whenever a link is followed: kept results, and what the
    /// address brought along.
    pub(in crate::ui) fn arrive(&mut self) {
        if self.history_keeper.is_none() {
            self.open_history();
        }
        if let Some(code) = self.code.take() {
            self.look_at_link(&code);
        } else if self.desk.aside == Some(Aside::Data) {
            self.look_up();
        }
    }

    fn open_history(&mut self) {
        let (store, key) = (BrowserStore::new(self.config.storage), keeping::history_key(self.keeper.key()));
        let (mut keeper, history, trouble) =
            Keeper::open(store, self.session.instrument(), key, clock::now());
        keeper.set_private(self.keeper.is_private());
        self.history_keeper = Some(keeper);
        self.history = history.unwrap_or_default();
        // That nothing is stored at all was said before.
        self.notices.extend(trouble.filter(|trouble| *trouble != Trouble::Blocked));
    }

    /// Takes over what another tab kept. Returns whether anything changed.
    pub(in crate::ui) fn found_history(&mut self, text: &str) -> bool {
        let keeper = self.history_keeper.as_mut();
        let elsewhere = keeper.and_then(|keeper| keeper.notice(self.session.instrument(), text));
        elsewhere.is_some_and(|elsewhere| self.history.merge(&elsewhere))
    }

    /// Carries out what happened at the desk. Returns whether anything on the page changes.
    pub(in crate::ui) fn act(&mut self, ctx: &Context<Self>, msg: DeskMsg) -> bool {
        match msg {
            DeskMsg::Went(aside) => self.go_aside(aside),
            DeskMsg::Make(made) => self.make(ctx, made),
            DeskMsg::Told(made, key) => self.tell(made, key),
            DeskMsg::Ticked(tick) => self.tick(tick),
            DeskMsg::Wanted(wanted) => self.desk.wanted = wanted,
            DeskMsg::KeptNow => self.keep_now(),
            DeskMsg::Chose(id) => self.choose(id),
            DeskMsg::Renames(id) => self.desk.renaming = id,
            DeskMsg::Renamed(id, name) => {
                // The field stays until it is done: leaving it by that very button must not open it again.
                self.history.rename(id, &name, clock::now());
                self.save_history();
            }
            DeskMsg::Removes(id) => self.desk.removing = id,
            DeskMsg::Removed(id) => self.remove(id),
            DeskMsg::GotFiles(files) => self.read_files(ctx, &files),
            DeskMsg::Handed(handed) => self.look_at_file(handed),
            DeskMsg::Pasted(text) => {
                self.desk.pasted = text;
                return false;
            }
            DeskMsg::LooksAtPasted => self.look_at_pasted(),
            DeskMsg::Keeps(taken, offer) => {
                self.keep_offer(taken, offer);
            }
            DeskMsg::KeepsAll => self.keep_all(),
            DeskMsg::LooksAt(taken, offer) => {
                if let Some(id) = self.keep_offer(taken, offer) {
                    self.go_aside(Some(Aside::Kept(id)));
                }
            }
            DeskMsg::TakesIn(taken, offer) => self.take_in(ctx, taken, offer),
            DeskMsg::LeavesIt => self.leave(),
            DeskMsg::AsksToErase(asks) => {
                self.desk.erasure = if asks { Erasure::Asked } else { Erasure::No };
            }
            DeskMsg::Erases => self.erase(ctx),
            DeskMsg::WentPrivate(private) => self.go_private(private),
            DeskMsg::WentToTake => {
                focus::to(&self.root, ".take h2");
                return false;
            }
        }
        true
    }

    /// To a screen beside the assessment, or back: from a kept result to the list it was chosen from.
    fn go_aside(&mut self, aside: Option<Aside>) {
        let left = self.desk.aside.take();
        self.desk.told = None;
        self.desk.removing = None;
        self.desk.renaming = None;
        self.desk.erasure = Erasure::No;
        self.desk.aside = match (aside, left) {
            (None, Some(Aside::Kept(_) | Aside::Compare)) => self.desk.from.take(),
            (Some(aside @ (Aside::Kept(_) | Aside::Compare)), left) => {
                self.desk.from = left;
                Some(aside)
            }
            (aside, _) => aside,
        };
        if self.desk.aside == Some(Aside::Data) {
            self.look_up();
        }
        self.focus_on_heading();
    }

    /// Looks up what is stored, and how many requests there were.
    fn look_up(&mut self) {
        self.stored = keeping::stored(self.keeper.store(), self.keeper.key()).ok();
        self.requests = self.ready_at.map_or(0, requests::since);
    }

    fn tell(&mut self, made: Made, key: &'static str) {
        self.desk.told = Some((made, key));
        self.said = self.texts.get(key).to_owned();
    }

    fn tick(&mut self, tick: Tick) {
        let share = &mut self.desk.share;
        let ticked = match tick {
            Tick::Name => &mut share.name,
            Tick::Notes => &mut share.notes,
            Tick::Actions => &mut share.actions,
            Tick::Files => &mut self.desk.with_written,
        };
        *ticked = !*ticked;
    }

    /// The result that is on the screen.
    fn subject(&self) -> Option<Subject<'_>> {
        match self.desk.aside {
            Some(Aside::Kept(id)) => {
                let kept = self.history.find(id)?;
                Some(Subject::of_kept(self.session.instrument(), kept))
            }
            _ => Subject::of_session(&self.session, Day::of(clock::now())),
        }
    }

    fn make(&mut self, ctx: &Context<Self>, made: Made) {
        // What was said of the one before goes first: saying the same again would be no change, and no voice
        // would read it.
        self.desk.told = None;
        self.said.clear();
        let key = match made {
            Made::Everything => Some(self.export()),
            Made::KeptFile(id) => self.export_kept(id),
            Made::MarkdownCopy | Made::ActionsCopy | Made::Link => {
                self.copy(ctx, made);
                None
            }
            Made::Png | Made::PictureCopy => {
                self.rasterise(ctx, made);
                None
            }
            Made::ResultFile | Made::Csv | Made::Markdown | Made::Svg | Made::Calendar => {
                self.save_file(made)
            }
        };
        if let Some(key) = key {
            self.tell(made, key);
        }
    }

    fn maker<'a>(&'a self, subject: &'a Subject<'a>) -> make::Maker<'a> {
        make::Maker { session: &self.session, texts: &self.texts, subject, desk: &self.desk }
    }

    fn save_file(&self, made: Made) -> Option<&'static str> {
        let subject = self.subject()?;
        let maker = self.maker(&subject);
        let file = maker.file(made)?;
        let key = saved(download::text(&file.name, file.kind, &file.text));
        // A calendar has no place for what has no date, and that is said.
        let left_out = made == Made::Calendar && maker.undated() > 0 && key == SAVED;
        Some(if left_out { "ui.action.undated" } else { key })
    }

    fn export_kept(&self, id: KeptId) -> Option<&'static str> {
        let instrument = self.session.instrument();
        let kept = self.history.find(id)?;
        let name = make::file_name("result", &Subject::of_kept(instrument, kept), true, "json");
        Some(saved(download::text(&name, make::JSON, &kept.file.write_pretty(instrument))))
    }

    /// Everything that is stored, in one file.
    fn export(&self) -> &'static str {
        let backup = Backup { record: Some(self.session.record()), history: self.history.clone() };
        let name = ["equipoise-everything-", &Day::of(clock::now()).to_string(), ".json"].concat();
        saved(download::text(&name, make::JSON, &backup.write(self.session.instrument())))
    }

    fn copy(&self, ctx: &Context<Self>, made: Made) {
        let Some(subject) = self.subject() else { return };
        let text = self.maker(&subject).text(made);
        let (Some(text), Some(near)) = (text, self.root.cast::<Element>()) else { return };
        let link = ctx.link().clone();
        let name =
            make::file_name(made.word().trim_end_matches("-copy"), &subject, self.desk.with_written, "md");
        spawn_local(async move {
            let key = match (clipboard::text(&near, &text).await, made) {
                (true, _) => "ui.take.copied",
                // The link stands beside its button, and can be selected there.
                (false, Made::Link) => "ui.take.not-copied",
                (false, _) if download::text(&name, "text/markdown", &text) => "ui.take.text-not-copied",
                (false, _) => "ui.take.not-saved",
            };
            link.send_message(AppMsg::Desk(DeskMsg::Told(made, key)));
        });
    }

    fn rasterise(&self, ctx: &Context<Self>, made: Made) {
        let Some(subject) = self.subject() else { return };
        let drawn = self.maker(&subject).picture(self.desk.wanted);
        // Twice as many pixels as it is wide, for a sharp picture on any screen.
        let (width, height) = ((2.0 * drawn.width) as u32, (2.0 * drawn.height) as u32);
        let name = make::file_name(self.desk.wanted.chart.word(), &subject, true, "png");
        let link = ctx.link().clone();
        spawn_local(async move {
            let key = match raster::png(&drawn.svg, width, height).await {
                Err(_) => "ui.take.picture.refused",
                Ok(blob) if made == Made::Png => saved(download::blob(&name, &blob)),
                Ok(blob) if clipboard::picture(&blob).await => "ui.take.copied",
                Ok(blob) if download::blob(&name, &blob) => "ui.take.picture-not-copied",
                Ok(_) => "ui.take.not-saved",
            };
            link.send_message(AppMsg::Desk(DeskMsg::Told(made, key)));
        });
    }

    fn keep_now(&mut self) {
        let Some(subject) = self.subject() else { return };
        let now = clock::now();
        let instrument = self.session.instrument();
        let file = make::result_file(instrument, &self.texts, &subject, true, &crate::day::moment(now));
        let name = subject
            .workbook
            .label()
            .map_or_else(|| clock::in_words(subject.day, self.texts.language()), str::to_owned);
        let added = self.history.add(&name, Origin::Own, file, now);
        let trouble = self.save_history();
        let key = match (added, trouble) {
            _ if self.keeper.is_private() => "ui.take.keep.refused",
            (Added::There(_), _) => "ui.take.keep.there",
            (Added::Full, _) | (_, Some(Trouble::Full)) => "ui.take.keep.full",
            (Added::Yes(_), Some(_)) => "ui.take.keep.refused",
            (Added::Yes(_), None) => "ui.take.keep.done",
        };
        self.desk.kept = Some(key);
        self.said = self.texts.get(key).to_owned();
    }

    fn choose(&mut self, id: Option<KeptId>) {
        let chosen = &mut self.desk.chosen;
        match chosen.iter().position(|known| *known == id) {
            Some(place) => {
                chosen.remove(place);
            }
            None => chosen.push(id),
        }
    }

    fn remove(&mut self, id: KeptId) {
        self.history.remove(id, clock::now());
        self.desk.chosen.retain(|chosen| *chosen != Some(id));
        self.desk.removing = None;
        self.save_history();
        self.focus_on_heading();
    }

    /// Writes the kept results to storage; what is met there is taken over.
    fn save_history(&mut self) -> Option<Trouble> {
        let keeper = self.history_keeper.as_mut()?;
        keeper.save(self.session.instrument(), &mut self.history, clock::now())
    }

    fn read_files(&mut self, ctx: &Context<Self>, files: &FileList) {
        self.open_anew();
        let handed = ctx.link().callback(|handed| AppMsg::Desk(DeskMsg::Handed(handed)));
        self.desk.readers = files::read(files, LONGEST, &handed);
    }

    /// Whatever was looked at before makes place.
    fn open_anew(&mut self) {
        self.desk.aside = Some(Aside::Open);
        self.desk.taken.clear();
        self.desk.by_link = false;
    }

    fn look_at_file(&mut self, handed: Handed) {
        match handed.bytes {
            Ok(bytes) => self.look_at(handed.name, &bytes),
            Err(unread) => {
                let key = match unread {
                    Unread::TooLong => "ui.open.too-long",
                    Unread::Refused => "ui.open.unread",
                };
                let refused = vec![self.texts.get(key).to_owned()];
                self.desk.taken.push(Taken { name: handed.name, offers: Vec::new(), refused });
            }
        }
    }

    fn look_at_pasted(&mut self) {
        let text = std::mem::take(&mut self.desk.pasted);
        self.open_anew();
        let name = self.texts.get("ui.open.pasted").to_owned();
        self.look_at(name, text.as_bytes());
        self.focus_on_heading();
    }

    fn look_at_link(&mut self, code: &str) {
        self.open_anew();
        self.desk.by_link = true;
        let name = self.texts.get("ui.open.link").to_owned();
        self.look_at(name, code.as_bytes());
        self.focus_on_heading();
    }

    /// Reads what was handed in and offers what is in it.
    fn look_at(&mut self, name: String, bytes: &[u8]) {
        let taken = intake::read(self.session.instrument(), bytes, Day::of(clock::now()));
        let refused = taken.refusals.iter().flat_map(|refusal| refusal.describe(&self.texts)).collect();
        let offers = taken.found.into_iter().map(|find| self.offer(find)).collect();
        self.desk.taken.push(Taken { name, offers, refused });
    }

    fn offer(&self, find: Find) -> Offer {
        let (instrument, texts) = (self.session.instrument(), &*self.texts);
        let mut lines = make::in_words(instrument, texts, &find.found);
        lines.extend(find.describe(texts));
        Offer { found: find.found, lines, kept: false }
    }

    /// Keeps what was found; returns under which id.
    fn keep_offer(&mut self, taken: usize, offer: usize) -> Option<KeptId> {
        let found = self.desk.taken.get_mut(taken)?.offers.get_mut(offer)?;
        let (name, file) = make::kept_file(self.session.instrument(), &self.texts, &found.found)?;
        let id = self.history.add(&name, Origin::Brought, file, clock::now()).id();
        found.kept = id.is_some();
        self.said =
            self.texts.get(if id.is_some() { "ui.open.kept" } else { "ui.take.keep.full" }).to_owned();
        self.save_history();
        id
    }

    fn keep_all(&mut self) {
        let places: Vec<(usize, usize)> = self
            .desk
            .taken
            .iter()
            .enumerate()
            .flat_map(|(index, taken)| (0..taken.offers.len()).map(move |place| (index, place)))
            .collect();
        for (taken, offer) in places {
            self.keep_offer(taken, offer);
        }
    }

    /// Takes in what somebody exported: it is merged with what is here.
    fn take_in(&mut self, ctx: &Context<Self>, taken: usize, offer: usize) {
        let offer = self.desk.taken.get_mut(taken).and_then(|taken| taken.offers.get_mut(offer));
        let Some(offer) = offer else { return };
        offer.kept = true;
        let (record, history) = match &offer.found {
            Found::Backup(backup) => (backup.record.clone(), Some(backup.history.clone())),
            Found::Session(record) => (Some((**record).clone()), None),
            Found::Result(_) | Found::Link(_) => return,
        };
        if let Some(history) = history {
            self.history.merge(&history);
            self.save_history();
        }
        if let Some(record) = record {
            self.take(ctx, Msg::FoundElsewhere(record));
            self.save();
        }
        self.said = self.texts.get("ui.open.taken-in").to_owned();
    }

    fn leave(&mut self) {
        self.desk.taken.clear();
        let by_link = std::mem::take(&mut self.desk.by_link);
        if by_link {
            self.go_aside(None);
        }
    }

    /// Erases everything of ours and looks whether it is gone.
    fn erase(&mut self, ctx: &Context<Self>) {
        let erased = keeping::erase(self.keeper.store(), self.keeper.key()).is_ok();
        self.forget(ctx);
        self.desk.erasure = if erased { Erasure::Done } else { Erasure::Failed };
        self.look_up();
        self.said = self.texts.get(if erased { "ui.data.erased" } else { "ui.data.not-erased" }).to_owned();
    }

    /// Keeps nothing from now on, or keeps everything again.
    fn go_private(&mut self, private: bool) {
        self.keeper.set_private(private);
        if let Some(keeper) = &mut self.history_keeper {
            keeper.set_private(private);
        }
        if private {
            let _ = keeping::erase(self.keeper.store(), self.keeper.key());
            self.keeper.forget();
        } else {
            self.save();
            self.save_history();
        }
        self.look_up();
    }
}

/// What is said of a file that the browser took.
const SAVED: &str = "ui.take.saved";

fn saved(taken: bool) -> &'static str {
    if taken { SAVED } else { "ui.take.not-saved" }
}
