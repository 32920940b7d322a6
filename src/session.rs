//! Where someone is and what they answered: a state machine in plain Rust. [`Session::update`] takes a fact
//! ([`Msg`]) and the moment it happened, changes the state, and returns what is to be done ([`Effect`]); it
//! touches nothing outside itself.

use std::rc::Rc;

use crate::answers::{Answer, Answers, Degree, Stamp};
use crate::deepening::{Given, Held};
use crate::effect::{Announcement, Effect, HostEvent, Target};
use crate::formats::record::{Place, Record};
use crate::instrument::{FormIx, Instrument, ItemIx, Page, ParadoxIx, Pole, Role, pages};
use crate::scoring::{self, Report};
use crate::wishes::Wishes;
use crate::workbook::{About, Action, ActionId, Workbook};

/// A pause longer than this is not counted as answering (milliseconds).
const LONGEST_PAUSE: u64 = 60_000;

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// What this is, and which form.
    Start,
    /// A page of statements, from 0.
    Page(usize),
    /// What is still open, before the result.
    Review,
    /// The result.
    Result,
    /// A page, from 0, of the second pass: how it should be a year from now.
    Wish(Pass, usize),
    /// A deepening module, from 0.
    Module(usize),
}

/// How the second pass asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// The same statements once more.
    Items,
    /// One question for each pole.
    Poles,
}

/// What a page of the second pass asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wished {
    /// A statement about a pole.
    Item(ItemIx),
    /// A pole as a whole.
    Pole(ParadoxIx, Pole),
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// A form was chosen; answers that are there already are kept.
    ChoseForm(FormIx),
    /// Someone goes on where they were.
    Resumed,
    /// An item was answered.
    Answered(ItemIx, Answer),
    /// An answer was taken out.
    Cleared(ItemIx),
    /// To the next page, or to the review after the last.
    WentNext,
    /// To the page before, or to the start before the first.
    WentBack,
    /// To an item, on whichever page it stands.
    WentTo(ItemIx),
    /// To a page.
    WentToPage(usize),
    /// To the review.
    OpenedReview,
    /// To the result.
    AskedForResult,
    /// To the first page of the second pass.
    WentToWish(Pass),
    /// To a deepening module.
    WentToModule(usize),
    /// To the start.
    WentToStart,
    /// All answers are taken out.
    StartedOver,
    /// Another language was chosen.
    ChoseLanguage(String),
    /// The alliance was named; an empty name takes it out.
    Named(String),
    /// A note was written; an empty one takes it out.
    WroteNote(About, String),
    /// An action was added.
    AddedAction(Action),
    /// An action was changed.
    ChangedAction(ActionId, Action),
    /// An action was taken out.
    RemovedAction(ActionId),
    /// A statement was wished for, or the wish taken out.
    Wished(ItemIx, Option<Degree>),
    /// A pole was wished for, or the wish taken out.
    WishedPole(ParadoxIx, Pole, Option<Degree>),
    /// All wishes are taken out.
    ClearedWishes,
    /// A question of a deepening module, by its id, was answered with what it can have, or the answer taken out.
    Gave(String, Option<Held>),
    /// Another tab wrote this.
    FoundElsewhere(Record),
    /// Everything was erased from this device, here or in another tab.
    Erased,
}

/// The state of one person's assessment.
#[derive(Clone, Debug)]
pub struct Session {
    instrument: Rc<Instrument>,
    language: Option<String>,
    screen: Screen,
    form: Option<FormIx>,
    carried: Vec<ItemIx>,
    pages: Vec<Page>,
    first_new: usize,
    answers: Answers,
    workbook: Workbook,
    wishes: Wishes,
    given: Given,
    active_ms: u64,
    last_act: Option<Stamp>,
    resume: Option<Screen>,
    opened: bool,
}

impl Session {
    /// A session that takes up what was stored, if anything was, and begins at the start screen.
    #[must_use]
    pub fn new(instrument: Rc<Instrument>, record: Option<Record>) -> Self {
        let mut session = Self {
            answers: Answers::new(&instrument),
            workbook: Workbook::default(),
            wishes: Wishes::new(&instrument),
            given: Given::default(),
            instrument,
            language: None,
            screen: Screen::Start,
            form: None,
            carried: Vec::new(),
            pages: Vec::new(),
            first_new: 0,
            active_ms: 0,
            last_act: None,
            resume: None,
            opened: false,
        };
        if let Some(record) = record {
            session.opened = record.place == Place::Result;
            session.take_up(record);
        }
        session
    }

    /// The instrument.
    pub fn instrument(&self) -> &Rc<Instrument> {
        &self.instrument
    }

    /// The language that was chosen, if one was.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// What is on the screen.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// The form being answered.
    pub fn form(&self) -> Option<FormIx> {
        self.form
    }

    /// The answers.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// What was written beside the answers.
    pub fn workbook(&self) -> &Workbook {
        &self.workbook
    }

    /// How it should be a year from now.
    pub fn wishes(&self) -> &Wishes {
        &self.wishes
    }

    /// The answers to the deepening modules.
    pub fn given(&self) -> &Given {
        &self.given
    }

    /// Whether the result of this form was opened, so that there is one to speak of.
    pub fn has_result(&self) -> bool {
        self.opened
    }

    /// The pages of the form; those with answers of a shorter form come first.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The first page that asks something new.
    pub fn first_new(&self) -> usize {
        self.first_new
    }

    /// Where someone would go on, when there is something to go on with.
    pub fn resume(&self) -> Option<Screen> {
        self.resume.filter(|_| !self.answers.is_empty())
    }

    /// How many items of the form are answered ("don't know" included), and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        let Some(form) = self.form else { return (0, 0) };
        let items = &self.instrument.form(form).items;
        (items.iter().filter(|item| self.answers.is_answered(**item)).count(), items.len())
    }

    /// About how many minutes are left, at the form's own estimate; 0 when nothing is open.
    pub fn minutes_left(&self) -> usize {
        let Some(form) = self.form else { return 0 };
        let (answered, asked) = self.progress();
        let minutes = self.instrument.form(form).minutes.1 as usize;
        ((asked - answered) * minutes).div_ceil(asked.max(1))
    }

    /// The items of the form that are open, in the order in which they are asked.
    pub fn open_items(&self) -> Vec<ItemIx> {
        self.pages.iter().flatten().filter(|item| !self.answers.is_answered(**item)).copied().collect()
    }

    /// How many items of a form are answered already.
    pub fn answered_in(&self, form: FormIx) -> usize {
        let items = &self.instrument.form(form).items;
        items.iter().filter(|item| self.answers.is_answered(**item)).count()
    }

    /// The pages of the second pass on the form: its pole items, or its poles, in the instrument's order.
    pub fn wish_pages(&self, pass: Pass) -> Vec<Vec<Wished>> {
        let Some(form) = self.form else { return Vec::new() };
        let items = self.instrument.form(form).items.iter();
        let asked: Vec<(ItemIx, (ParadoxIx, Pole))> =
            items.filter_map(|item| Some((*item, self.pole_of(*item)?))).collect();
        let asks: Vec<Wished> = match pass {
            Pass::Items => asked.iter().map(|(item, _)| Wished::Item(*item)).collect(),
            Pass::Poles => {
                let is_asked = |at: &(ParadoxIx, Pole)| asked.iter().any(|(_, known)| known == at);
                let poles = self.instrument.paradox_positions();
                let poles = poles.flat_map(|paradox| [(paradox, Pole::A), (paradox, Pole::B)]);
                poles.filter(is_asked).map(|(paradox, pole)| Wished::Pole(paradox, pole)).collect()
            }
        };
        asks.chunks(self.instrument.page_size().max(1)).map(<[Wished]>::to_vec).collect()
    }

    fn pole_of(&self, item: ItemIx) -> Option<(ParadoxIx, Pole)> {
        match self.instrument.item(item).role {
            Role::Pole(paradox, pole) => Some((paradox, pole)),
            Role::Tension(_) | Role::Phase(_) | Role::Choice => None,
        }
    }

    /// Longer forms than the one being answered.
    pub fn longer_forms(&self) -> Vec<FormIx> {
        let length = |form: FormIx| self.instrument.form(form).items.len();
        let Some(form) = self.form else { return Vec::new() };
        self.instrument.form_positions().filter(|other| length(form) < length(*other)).collect()
    }

    /// The report on the form being answered.
    pub fn report(&self) -> Option<Report> {
        let form = self.form?;
        let seconds = (self.active_ms > 0).then(|| self.active_ms as f64 / 1000.0);
        Some(scoring::score(&self.instrument, form, &self.answers, seconds))
    }

    /// The session as it is stored.
    pub fn record(&self) -> Record {
        let screen = if self.screen == Screen::Start { self.resume } else { Some(self.screen) };
        let (place, page) = match screen {
            None | Some(Screen::Start) => (Place::Start, 0),
            Some(Screen::Page(page)) => (Place::Page, page),
            Some(Screen::Review) => (Place::Review, 0),
            // What comes after the result is found from there.
            Some(Screen::Result | Screen::Wish(..) | Screen::Module(_)) => (Place::Result, 0),
        };
        Record {
            language: self.language.clone(),
            form: self.form,
            place,
            page,
            carried: self.carried.clone(),
            active_ms: self.active_ms.min(u64::from(u32::MAX)),
            answers: self.answers.clone(),
            workbook: self.workbook.clone(),
            wishes: self.wishes.clone(),
            given: self.given.clone(),
        }
    }

    /// Takes over whatever is newer in a record, for instance after a save met another tab's writing. Returns whether
    /// anything changed.
    pub fn merge(&mut self, record: &Record) -> bool {
        let answers = self.answers.merge(&record.answers);
        let workbook = self.workbook.merge(&record.workbook);
        let wishes = self.wishes.merge(&record.wishes);
        let given = self.given.merge(&record.given);
        answers || workbook || wishes || given
    }

    /// Takes a fact in and says what is to be done.
    pub fn update(&mut self, msg: Msg, now: Stamp) -> Vec<Effect> {
        match msg {
            Msg::ChoseForm(form) => self.choose_form(form, now),
            Msg::Resumed => match self.resume() {
                Some(screen) => self.go(screen, now),
                None => Vec::new(),
            },
            Msg::Answered(item, answer) => self.answer(item, Some(answer), now),
            Msg::Cleared(item) => self.answer(item, None, now),
            Msg::WentNext => match self.screen {
                Screen::Page(page) if page + 1 < self.pages.len() => self.go(Screen::Page(page + 1), now),
                Screen::Page(_) => self.go(Screen::Review, now),
                Screen::Review => self.ask_for_result(now),
                Screen::Wish(pass, page) if page + 1 < self.wish_pages(pass).len() => {
                    self.go(Screen::Wish(pass, page + 1), now)
                }
                Screen::Wish(..) | Screen::Module(_) => self.go(Screen::Result, now),
                Screen::Start | Screen::Result => Vec::new(),
            },
            Msg::WentBack => match self.screen {
                Screen::Page(page) if page > 0 => self.go(Screen::Page(page - 1), now),
                Screen::Page(_) => self.go(Screen::Start, now),
                Screen::Review => self.go(Screen::Page(self.pages.len().saturating_sub(1)), now),
                Screen::Result => self.go(Screen::Review, now),
                Screen::Wish(pass, page) if page > 0 => self.go(Screen::Wish(pass, page - 1), now),
                Screen::Wish(..) | Screen::Module(_) => self.go(Screen::Result, now),
                Screen::Start => Vec::new(),
            },
            Msg::WentTo(item) => self.go_to_item(item, now),
            Msg::WentToPage(page) if page < self.pages.len() => self.go(Screen::Page(page), now),
            Msg::OpenedReview if self.form.is_some() => self.go(Screen::Review, now),
            Msg::AskedForResult if self.form.is_some() => self.ask_for_result(now),
            Msg::WentToWish(pass) if self.form.is_some() => self.go(Screen::Wish(pass, 0), now),
            Msg::WentToModule(module) if self.form.is_some() => self.go(Screen::Module(module), now),
            Msg::WentToPage(_)
            | Msg::OpenedReview
            | Msg::AskedForResult
            | Msg::WentToWish(_)
            | Msg::WentToModule(_) => Vec::new(),
            Msg::WentToStart => self.go(Screen::Start, now),
            Msg::StartedOver => self.start_over(now),
            Msg::ChoseLanguage(language) => {
                self.language = Some(language);
                vec![Effect::Save]
            }
            Msg::Named(_)
            | Msg::WroteNote(..)
            | Msg::AddedAction(_)
            | Msg::ChangedAction(..)
            | Msg::RemovedAction(_) => self.write(msg, now),
            Msg::Wished(..) | Msg::WishedPole(..) | Msg::ClearedWishes => self.wish(&msg, now),
            Msg::Gave(question, value) => {
                if self.given.held(&question) == value.as_ref() {
                    return Vec::new();
                }
                self.given.change(&question, value, now);
                vec![Effect::Save]
            }
            Msg::FoundElsewhere(record) => self.find_elsewhere(&record),
            Msg::Erased => self.erase(),
        }
    }

    /// Something was written beside the answers.
    fn write(&mut self, msg: Msg, now: Stamp) -> Vec<Effect> {
        let before = self.workbook.clone();
        let mut effects = vec![Effect::Save];
        match msg {
            Msg::Named(name) if self.workbook.label().unwrap_or("") != name => self.workbook.name(&name, now),
            Msg::WroteNote(about, text) if self.workbook.note(about).unwrap_or("") != text => {
                self.workbook.write(about, &text, now);
            }
            Msg::AddedAction(action) => {
                if let Some(id) = self.workbook.add(action, now) {
                    effects.push(Effect::Focus(Target::Action(id)));
                    effects.push(Effect::Announce(Announcement::ActionAdded));
                }
            }
            Msg::ChangedAction(id, action) if self.workbook.action(id) != Some(&action) => {
                self.workbook.change(id, Some(action), now);
            }
            Msg::RemovedAction(id) if self.workbook.action(id).is_some() => {
                self.workbook.change(id, None, now);
                effects.push(Effect::Focus(Target::Actions));
                effects.push(Effect::Announce(Announcement::ActionRemoved));
            }
            _ => {}
        }
        if self.workbook == before { Vec::new() } else { effects }
    }

    /// How it should be a year from now was said.
    fn wish(&mut self, msg: &Msg, now: Stamp) -> Vec<Effect> {
        let before = self.wishes.clone();
        match *msg {
            Msg::Wished(item, degree) if self.wishes.item(item) != degree => {
                self.wishes.set_item(&self.instrument, item, degree, now);
            }
            Msg::WishedPole(paradox, pole, degree) if self.wishes.pole(paradox, pole) != degree => {
                self.wishes.set_pole(paradox, pole, degree, now);
            }
            Msg::ClearedWishes => self.wishes.clear(&self.instrument, now),
            _ => {}
        }
        if self.wishes == before { Vec::new() } else { vec![Effect::Save] }
    }

    fn choose_form(&mut self, form: FormIx, now: Stamp) -> Vec<Effect> {
        let items = &self.instrument.form(form).items;
        self.carried = items.iter().filter(|item| self.answers.is_answered(**item)).copied().collect();
        self.form = Some(form);
        self.opened = false;
        self.lay_out();
        let nothing_new = self.first_new == self.pages.len();
        self.go(if nothing_new { Screen::Review } else { Screen::Page(self.first_new) }, now)
    }

    fn lay_out(&mut self) {
        let Some(form) = self.form else { return };
        (self.pages, self.first_new) = pages(&self.instrument, self.instrument.form(form), &self.carried);
    }

    fn answer(&mut self, item: ItemIx, answer: Option<Answer>, now: Stamp) -> Vec<Effect> {
        if self.answers.get(item) == answer {
            return Vec::new();
        }
        if !self.answers.set(&self.instrument, item, answer, now) {
            return Vec::new();
        }
        self.count_time(now);
        let (answered, asked) = self.progress();
        let said = match answer {
            None => Announcement::Cleared,
            Some(_) => Announcement::Progress { answered, asked },
        };
        vec![Effect::Save, Effect::Announce(said), Effect::Emit(HostEvent::Progress { answered, asked })]
    }

    fn go(&mut self, screen: Screen, now: Stamp) -> Vec<Effect> {
        if matches!(self.screen, Screen::Page(_)) {
            self.count_time(now);
        }
        self.last_act = matches!(screen, Screen::Page(_)).then_some(now);
        // Only the start screen remembers a place; pages of another form must not be taken for those of this one.
        self.resume = match (screen, self.screen) {
            (Screen::Start, Screen::Start) => self.resume,
            (Screen::Start, left) => Some(left),
            _ => None,
        };
        self.screen = screen;
        self.opened |= screen == Screen::Result;
        vec![Effect::Save, Effect::Focus(Target::Heading)]
    }

    fn go_to_item(&mut self, item: ItemIx, now: Stamp) -> Vec<Effect> {
        let Some(page) = self.pages.iter().position(|page| page.contains(&item)) else {
            return Vec::new();
        };
        self.go(Screen::Page(page), now);
        vec![Effect::Save, Effect::Focus(Target::Item(item))]
    }

    fn ask_for_result(&mut self, now: Stamp) -> Vec<Effect> {
        let mut effects = self.go(Screen::Result, now);
        effects.push(Effect::Emit(HostEvent::Complete));
        effects
    }

    /// Answers are taken out one by one, each with its moment: so another tab takes them out as well, instead of
    /// bringing them back.
    fn start_over(&mut self, now: Stamp) -> Vec<Effect> {
        for item in self.instrument.item_positions() {
            if self.answers.is_answered(item) {
                self.answers.set(&self.instrument, item, None, now);
            }
        }
        self.workbook.clear(now);
        self.wishes.clear(&self.instrument, now);
        self.given.clear(now);
        self.forget_place();
        vec![Effect::Save, Effect::Focus(Target::Heading)]
    }

    /// Everything is gone, here and in the storage: nothing is left to tell another tab about.
    fn erase(&mut self) -> Vec<Effect> {
        self.answers = Answers::new(&self.instrument);
        self.workbook = Workbook::default();
        self.wishes = Wishes::new(&self.instrument);
        self.given = Given::default();
        self.forget_place();
        vec![Effect::Focus(Target::Heading)]
    }

    fn forget_place(&mut self) {
        self.form = None;
        self.opened = false;
        self.carried.clear();
        self.pages.clear();
        self.first_new = 0;
        self.active_ms = 0;
        self.last_act = None;
        self.resume = None;
        self.screen = Screen::Start;
    }

    fn find_elsewhere(&mut self, record: &Record) -> Vec<Effect> {
        let changed = self.merge(record);
        if self.form.is_none() && record.form.is_some() {
            self.take_up(record.clone());
        }
        if changed { vec![Effect::Announce(Announcement::TakenOver)] } else { Vec::new() }
    }

    fn take_up(&mut self, record: Record) {
        self.merge(&record);
        self.language = record.language.or(self.language.take());
        self.form = record.form;
        self.carried = record.carried;
        self.active_ms = record.active_ms;
        self.lay_out();
        let last_page = self.pages.len().saturating_sub(1);
        self.resume = record.form.and(match record.place {
            Place::Start => None,
            Place::Page => Some(Screen::Page(record.page.min(last_page))),
            Place::Review => Some(Screen::Review),
            Place::Result => Some(Screen::Result),
        });
    }

    fn count_time(&mut self, now: Stamp) {
        if let Some(last) = self.last_act {
            self.active_ms += now.saturating_sub(last).min(LONGEST_PAUSE);
        }
        self.last_act = Some(now);
    }
}
