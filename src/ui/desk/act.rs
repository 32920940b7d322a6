//! What is done at the desk: every message carried out.

use gloo::file::{Blob, FileList};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::Element;
use yew::Context;

use super::make::Page;
use super::{Aside, DeskMsg, Erasure, Made, Offer, Taken, Tick, make};
use crate::day::Day;
use crate::embed::{Mode, Storage};
use crate::formats::backup::{self, Backup};
use crate::formats::intake::{self, Find, Found};
use crate::formats::link;
use crate::formats::result::ResultFile;
use crate::history::{Added, KeptId, Origin, Restored};
use crate::keeping::{self, Keeper, Store, Trouble};
use crate::scoring::Report;
use crate::session::Msg;
use crate::ui::dom::files::{self, Handed, Unread};
use crate::ui::dom::storage::BrowserStore;
use crate::ui::dom::{address, clipboard, clock, download, event, focus, raster, requests};
use crate::ui::subject::Subject;
use crate::ui::{App, AppMsg};

impl App {
    /// What comes once the further part is here, and again whenever a link is followed: kept results, and what the
    /// address brought along.
    pub(in crate::ui) fn arrive(&mut self) {
        if self.history_keeper.is_none() {
            self.open_history();
        }
        if let Some(code) = self.brought() {
            self.look_at_link(&code);
            if self.config.mode == Mode::Result {
                self.show_first();
            }
        } else if self.desk.aside == Some(Aside::Data) {
            self.look_up();
        }
    }

    /// What was brought along: by the host page, or by the address. A code of another questionnaire is left there as long
    /// as it may be that of another element of the page; whichever looks at it last tells what is wrong with it.
    pub(in crate::ui) fn brought(&mut self) -> Option<String> {
        let given = self.code.take();
        let Some(code) = address::code() else { return given };
        // A questionnaire that can't be used has another one in its place, and shows nothing of it.
        let is_busy = given.is_some() || self.apart.as_ref().is_some_and(|apart| !apart.is_sound());
        if is_busy || link::is_foreign(self.session.instrument(), &code) {
            let waits = self.root.cast().is_some_and(|root| address::leave(&code, &self.host, &root));
            if waits || is_busy {
                return given;
            }
        }
        address::scrub();
        Some(code)
    }

    fn open_history(&mut self) {
        // An element that shows a result keeps no others.
        let kind = if self.config.mode == Mode::Result { Storage::None } else { self.config.storage };
        let (store, key) = (BrowserStore::new(kind), keeping::history_key(self.keeper.key()));
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
            DeskMsg::TakesIn(taken, offer) => self.take_in(taken, offer),
            DeskMsg::LeavesIt => self.leave(),
            DeskMsg::AsksToErase(asks) => {
                self.desk.erasure = if asks { Erasure::Asked } else { Erasure::No };
            }
            DeskMsg::Erases => self.erase(),
            DeskMsg::AsksForPrivate(asks) => self.ask_for_private(asks),
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
        self.desk.private = Erasure::No;
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
        if !key.ends_with("not-saved") {
            event::tell(&self.host, "share", &[("kind", made.word().into())]);
        }
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
            _ => Subject::of_session(&self.session),
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
            Made::Copy(place) => self.export_copy(place),
            Made::MarkdownCopy | Made::ActionsCopy | Made::Link => {
                self.copy(ctx, made);
                None
            }
            Made::Png | Made::PictureCopy => {
                self.rasterise(ctx, made);
                None
            }
            Made::Page => {
                self.save_page(ctx);
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
        make::Maker {
            session: &self.session,
            texts: &self.texts,
            subject,
            desk: &self.desk,
            deepening: self.modules.get(),
        }
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

    /// A copy of something that could not be read, as it was found: no other file has it.
    fn export_copy(&self, place: usize) -> Option<&'static str> {
        let copy = self.stored.as_ref()?.get(place)?;
        let text = self.keeper.store().get(&copy.key).ok()??;
        let number = copy.key.rsplit('.').next().unwrap_or_default();
        let name = ["equipoise-unreadable-", number, ".txt"].concat();
        Some(saved(download::text(&name, "text/plain", &text)))
    }

    /// Everything that is stored, in one file; in several when that would be too long to be read again.
    fn export(&self) -> &'static str {
        let backup = Backup { record: Some(self.session.record()), history: self.history.clone() };
        let files = backup.write(self.session.instrument(), backup::LONGEST_WRITTEN);
        let (day, count) = (clock::local_day(clock::now()).to_string(), files.len());
        let save = |(index, text): (usize, &String)| {
            let part = ["-", &(index + 1).to_string(), "-of-", &count.to_string()].concat();
            let part = if count > 1 { part } else { String::new() };
            download::text(&["equipoise-everything-", &day, &part, ".json"].concat(), make::JSON, text)
        };
        // One that fails doesn't keep the others back.
        let taken = files.iter().enumerate().map(save).filter(|taken| *taken).count();
        match saved(taken == count) {
            SAVED if count > 1 => "ui.data.saved-several",
            key => key,
        }
    }

    fn copy(&self, ctx: &Context<Self>, made: Made) {
        let Some(subject) = self.subject() else { return };
        let text = self.maker(&subject).text(made);
        let (Some(text), Some(near)) = (text, self.root.cast::<Element>()) else { return };
        let link = ctx.link().clone();
        let name = make::file_name(
            made.word().strip_suffix("-copy").unwrap_or(made.word()),
            &subject,
            self.desk.with_written,
            "md",
        );
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
        let name = make::file_name(self.desk.wanted.chart.word(), &subject, self.desk.with_written, "png");
        let link = ctx.link().clone();
        let png = future_to_promise(async move {
            raster::png(&drawn.svg, width, height).await.map(|blob| JsValue::from(web_sys::Blob::from(blob)))
        });
        // Offered before it is drawn: WebKit takes nothing any more once the click is over.
        let offered = (made == Made::PictureCopy).then(|| clipboard::offer(&png));
        spawn_local(async move {
            let drawn = JsFuture::from(png).await.and_then(JsCast::dyn_into::<web_sys::Blob>).map(Blob::from);
            let taken = match offered {
                Some(offered) => Some(clipboard::is_taken(offered).await),
                None => None,
            };
            let key = match (drawn, taken) {
                (Err(_), _) => "ui.take.picture.refused",
                (Ok(blob), None) => saved(download::blob(&name, &blob)),
                (Ok(_), Some(true)) => "ui.take.copied",
                (Ok(blob), _) if download::blob(&name, &blob) => "ui.take.picture-not-copied",
                (Ok(_), _) => "ui.take.not-saved",
            };
            link.send_message(AppMsg::Desk(DeskMsg::Told(made, key)));
        });
    }

    /// Saves the result with the whole program around it: one file that opens anywhere.
    fn save_page(&self, ctx: &Context<Self>) {
        let Some(subject) = self.subject() else { return };
        let Page { name, title, result } = self.maker(&subject).page();
        // Another questionnaire goes along with its result.
        let source = self.apart.as_ref().and_then(|apart| apart.source.as_deref());
        let made = self.outside.save_as_file(source.unwrap_or(""), &result, &title);
        let link = ctx.link().clone();
        spawn_local(async move {
            let page = JsFuture::from(made).await.ok().and_then(|page| page.dyn_into::<web_sys::Blob>().ok());
            let key = match page {
                Some(page) => saved(download::blob(&name, &page.into())),
                None => "ui.take.not-saved",
            };
            link.send_message(AppMsg::Desk(DeskMsg::Told(Made::Page, key)));
        });
    }

    fn keep_now(&mut self) {
        let Some(subject) = self.subject() else { return };
        let file = subject.to_file(self.session.instrument(), self.texts.language(), true);
        let name = subject
            .workbook
            .label()
            .map_or_else(|| clock::in_words(subject.day, self.texts.language()), str::to_owned);
        let added = self.history.add(&name, Origin::Own, file, clock::now());
        self.save_history();
        let key = match added {
            Added::Full => FULL,
            Added::Yes(_) => self.not_stored().unwrap_or("ui.take.keep.done"),
            Added::There(_) => self.not_stored().unwrap_or("ui.take.keep.there"),
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

    /// Writes the kept results to storage; what is met there is taken over. Whether they are there: see
    /// [`Self::not_stored`], as a trouble is told by its keeper once only.
    fn save_history(&mut self) {
        if let Some(keeper) = &mut self.history_keeper {
            keeper.save(self.session.instrument(), &mut self.history, clock::now());
        }
    }

    /// Why the kept results live only as long as the page is open, as a text key; `None` when all of them are stored.
    fn not_stored(&self) -> Option<&'static str> {
        let Some(keeper) = &self.history_keeper else { return Some(REFUSED) };
        if keeper.holds_newest() {
            return None;
        }
        // What can be read but not written is full.
        let is_full = !keeper.is_private() && keeper.store().get(keeper.key()).is_ok();
        Some(if is_full { FULL } else { REFUSED })
    }

    fn read_files(&mut self, ctx: &Context<Self>, files: &FileList) {
        self.open_anew();
        let handed = ctx.link().callback(|handed| AppMsg::Desk(DeskMsg::Handed(handed)));
        self.desk.readers = files::read(files, backup::LONGEST as u64, &handed);
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

    /// Shows what was brought along without asking, as far as it can be read.
    fn show_first(&mut self) {
        if let Some(id) = self.keep_offer(0, 0) {
            self.desk.aside = Some(Aside::Kept(id));
            self.said.clear();
        }
    }

    /// The result as the text of a file, without anything that was written beside the answers: the one that was opened
    /// here, or that an element shows which shows one only.
    pub(in crate::ui) fn result_file(&self) -> Option<String> {
        let subject = match self.config.mode {
            Mode::Result => self.subject(),
            _ => Subject::of_session(&self.session),
        };
        let subject = subject.filter(|subject| !subject.is_mine() || self.session.has_result())?;
        let instrument = self.session.instrument();
        Some(subject.to_file(instrument, self.texts.language(), false).write_pretty(instrument))
    }

    /// What is found in something that was handed in, and what can't be taken of it, in words.
    pub(in crate::ui) fn handed_in(&self, bytes: &[u8]) -> (Vec<Find>, Vec<String>) {
        let taken = intake::read(self.session.instrument(), bytes, Day::of(clock::now()));
        let refused = taken.refusals.iter().flat_map(|refusal| refusal.describe(&self.texts)).collect();
        (taken.found, refused)
    }

    /// A result that was found, with its scores; none when it is something else.
    pub(in crate::ui) fn scored(&self, found: &Found) -> Option<(ResultFile, Report)> {
        let instrument = self.session.instrument();
        let (_, file) = make::kept_file(instrument, &self.texts, found)?;
        let report = file.report(instrument);
        Some((file, report))
    }

    /// Reads what was handed in and offers what is in it.
    fn look_at(&mut self, name: String, bytes: &[u8]) {
        let (found, refused) = self.handed_in(bytes);
        if found.is_empty() && self.desk.by_link {
            let message = refused.join(" ");
            event::tell(&self.host, "error", &[("code", "result".into()), ("message", message.into())]);
        }
        let offers = found.into_iter().map(|find| self.offer(find)).collect();
        self.desk.taken.push(Taken { name, offers, refused });
    }

    fn offer(&self, find: Find) -> Offer {
        let (instrument, texts) = (self.session.instrument(), &*self.texts);
        let mut lines = make::in_words(instrument, texts, &find.found);
        lines.extend(find.describe(texts));
        Offer { found: find.found, lines, kept: false, told: None, said: String::new() }
    }

    /// Keeps what was found; returns under which id.
    fn keep_offer(&mut self, taken: usize, offer: usize) -> Option<KeptId> {
        let found = self.desk.taken.get(taken)?.offers.get(offer)?;
        let (name, file) = make::kept_file(self.session.instrument(), &self.texts, &found.found)?;
        let id = self.history.add(&name, Origin::Brought, file, clock::now()).id();
        self.save_history();
        let told = if id.is_some() { self.not_stored() } else { Some(FULL) };
        self.said = self.texts.get(told.unwrap_or("ui.open.kept")).to_owned();
        let found = self.desk.taken.get_mut(taken)?.offers.get_mut(offer)?;
        (found.kept, found.told) = (told.is_none(), told);
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

    /// Takes in what somebody exported: what is newer here stays, and what was removed here since comes back.
    fn take_in(&mut self, taken: usize, place: usize) {
        let now = clock::now();
        let offer = self.desk.taken.get_mut(taken).and_then(|taken| taken.offers.get_mut(place));
        let Some(offer) = offer else { return };
        let (record, restored) = match &offer.found {
            Found::Backup(backup) => (backup.record.clone(), self.history.restore(&backup.history, now)),
            Found::Session(record) => (Some((**record).clone()), Restored::default()),
            Found::Result(_) | Found::Link(_) => return,
        };
        let said = make::restored_in_words(&self.texts, restored);
        offer.kept = true;
        offer.said.clone_from(&said);
        if restored != Restored::default() {
            self.save_history();
            let told = self.not_stored();
            if let Some(offer) = self.desk.taken.get_mut(taken).and_then(|taken| taken.offers.get_mut(place))
            {
                offer.told = told;
            }
        }
        if let Some(record) = record {
            let here = self.session.record();
            let record = backup::to_bring_back(self.session.instrument(), &record, &here, now);
            self.take(Msg::FoundElsewhere(record));
            self.save();
        }
        self.said = said;
    }

    fn leave(&mut self) {
        self.desk.taken.clear();
        let by_link = std::mem::take(&mut self.desk.by_link);
        if by_link {
            self.go_aside(None);
        }
    }

    /// Erases everything of ours and looks whether it is gone.
    fn erase(&mut self) {
        self.desk.erasure = self.empty();
        self.forget();
        self.look_up();
        self.said = self.desk.erasure.key().map_or("", |key| self.texts.get(key)).to_owned();
    }

    /// Takes everything of ours out of the storage, as far as there is one.
    fn empty(&self) -> Erasure {
        let (store, key) = (self.keeper.store(), self.keeper.key());
        match (keeping::stored(store, key), keeping::erase(store, key)) {
            (Err(_), _) => Erasure::Nowhere,
            (Ok(_), Err(_)) => Erasure::Failed,
            (Ok(_), Ok(())) => Erasure::Done,
        }
    }

    /// Before nothing is kept any more, what is stored is erased: that asks for a second look.
    fn ask_for_private(&mut self, asks: bool) {
        self.look_up();
        match &self.stored {
            Some(stored) if asks && !stored.is_empty() => self.desk.private = Erasure::Asked,
            _ if asks => self.go_private(true),
            _ => self.desk.private = Erasure::No,
        }
    }

    /// Keeps nothing from now on, or keeps everything again.
    fn go_private(&mut self, private: bool) {
        self.keeper.set_private(private);
        if let Some(keeper) = &mut self.history_keeper {
            keeper.set_private(private);
        }
        let asked = std::mem::take(&mut self.desk.private) == Erasure::Asked;
        if !private {
            self.save();
            self.save_history();
        } else if asked {
            self.desk.private = self.empty();
            self.said = self.desk.private.key().map_or("", |key| self.texts.get(key)).to_owned();
            self.keeper.forget();
            if let Some(keeper) = &mut self.history_keeper {
                keeper.forget();
            }
            // The button that was asked for is gone.
            focus::first(&self.root, "[data-tick=private] input");
        }
        self.look_up();
    }
}

/// What is said of a result for which there is no room, and where nothing is kept at all.
const FULL: &str = "ui.take.keep.full";
const REFUSED: &str = "ui.take.keep.refused";

/// What is said of a file that the browser took.
const SAVED: &str = "ui.take.saved";

fn saved(taken: bool) -> &'static str {
    if taken { SAVED } else { "ui.take.not-saved" }
}
