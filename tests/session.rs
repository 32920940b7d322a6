//! The session: what every fact does on every screen, and what holds after any series of facts.

use std::rc::Rc;

use equipoise::answers::{Answer, Degree, Stamp};
use equipoise::effect::{Announcement, Effect, HostEvent, Target};
use equipoise::formats::record::{Place, Record};
use equipoise::instrument::{FormIx, Instrument, ItemIx, Role};
use equipoise::scoring::Flag;
use equipoise::session::{Msg, Pass, Screen, Session, Wished};
use proptest::prelude::*;

/// Some moment; every fact in a table happens a second after the one before.
const MORNING: Stamp = 1_764_000_000_000;

/// A session with short names for what a test does to it.
struct Walk {
    session: Session,
    now: Stamp,
}

impl Walk {
    fn new() -> Self {
        Self { session: Session::new(Rc::new(Instrument::built_in()), None), now: MORNING }
    }

    #[track_caller]
    fn form(&self, id: &str) -> FormIx {
        self.session.instrument().find_form(id).unwrap_or_else(|| panic!("{id} is a form"))
    }

    #[track_caller]
    fn item(&self, id: &str) -> ItemIx {
        self.session.instrument().find_item(id).unwrap_or_else(|| panic!("{id} is an item"))
    }

    fn tell(&mut self, msg: Msg) -> Vec<Effect> {
        self.now += 1000;
        self.session.update(msg, self.now)
    }

    #[track_caller]
    fn choose(&mut self, id: &str) -> Vec<Effect> {
        let form = self.form(id);
        self.tell(Msg::ChoseForm(form))
    }

    #[track_caller]
    fn answer(&mut self, id: &str, number: u8) -> Vec<Effect> {
        let item = self.item(id);
        let answer = fitting(self.session.instrument(), item, number);
        self.tell(Msg::Answered(item, answer))
    }

    /// Answers everything on the page that is open.
    fn answer_page(&mut self) {
        let Screen::Page(page) = self.session.screen() else { panic!("on a page") };
        for item in self.session.pages()[page].clone() {
            let answer = fitting(self.session.instrument(), item, 3);
            self.tell(Msg::Answered(item, answer));
        }
    }

    /// Answers everything from the page that is open to the last.
    fn answer_all(&mut self) {
        while matches!(self.session.screen(), Screen::Page(_)) {
            self.answer_page();
            self.tell(Msg::WentNext);
        }
    }

    /// What another visit finds: written, read back, begun again.
    #[track_caller]
    fn reload(&self) -> Self {
        let text = self.session.record().write(self.session.instrument());
        let record = Record::read(self.session.instrument(), &text).expect("our own writing reads");
        Self { session: Session::new(Rc::clone(self.session.instrument()), Some(record)), now: self.now }
    }
}

/// An answer of the kind that the item asks for; 0 is "don't know".
fn fitting(instrument: &Instrument, item: ItemIx, number: u8) -> Answer {
    match (instrument.item(item).role, Degree::new(number)) {
        (_, None) => Answer::DontKnow,
        (Role::Choice, Some(_)) => {
            Answer::Phase(instrument.phase_positions().nth(usize::from(number) % 4).expect("four phases"))
        }
        (_, Some(degree)) => Answer::Degree(degree),
    }
}

fn moved() -> Vec<Effect> {
    vec![Effect::Save, Effect::Focus(Target::Heading)]
}

fn completed() -> Vec<Effect> {
    vec![Effect::Save, Effect::Focus(Target::Heading), Effect::Emit(HostEvent::Complete)]
}

fn counted(answered: usize, asked: usize) -> Vec<Effect> {
    vec![
        Effect::Save,
        Effect::Announce(Announcement::Progress { answered, asked }),
        Effect::Emit(HostEvent::Progress { answered, asked }),
    ]
}

#[test]
fn a_new_session_begins_at_the_start_with_nothing() {
    let walk = Walk::new();
    assert_eq!(walk.session.screen(), Screen::Start);
    assert_eq!((walk.session.form(), walk.session.resume(), walk.session.language()), (None, None, None));
    assert_eq!((walk.session.progress(), walk.session.minutes_left()), ((0, 0), 0));
    assert!(walk.session.pages().is_empty() && walk.session.open_items().is_empty());
    assert!(walk.session.answers().is_empty() && walk.session.longer_forms().is_empty());
    assert_eq!(walk.session.report(), None);
    assert_eq!(walk.session.record().place, Place::Start);
}

/// What happens, the screen that it leads to, and what is to be done.
type Step = (fn(&Walk) -> Msg, Screen, Vec<Effect>);

#[test]
fn every_step_leads_to_the_right_screen() {
    use Screen::{Page, Result, Review, Start};
    let quick = |walk: &Walk| Msg::ChoseForm(walk.form("quick"));
    // Five pages: the first four of statements about poles, the last about phases.
    let steps: [Step; 24] = [
        (|_| Msg::WentNext, Start, vec![]),
        (|_| Msg::WentBack, Start, vec![]),
        (|_| Msg::Resumed, Start, vec![]),
        (|_| Msg::OpenedReview, Start, vec![]),
        (|_| Msg::AskedForResult, Start, vec![]),
        (|_| Msg::WentToPage(0), Start, vec![]),
        (|walk| Msg::WentTo(walk.item("trust-control.a1")), Start, vec![]),
        (quick, Page(0), moved()),
        (|_| Msg::WentNext, Page(1), moved()),
        (|_| Msg::WentToPage(4), Page(4), moved()),
        (|_| Msg::WentToPage(5), Page(4), vec![]),
        (|_| Msg::WentNext, Review, moved()),
        (|_| Msg::WentBack, Page(4), moved()),
        (|_| Msg::OpenedReview, Review, moved()),
        (|_| Msg::WentNext, Result, completed()),
        (|_| Msg::WentNext, Result, vec![]),
        (|_| Msg::WentBack, Review, moved()),
        (|_| Msg::AskedForResult, Result, completed()),
        (|_| Msg::WentToStart, Start, moved()),
        (quick, Page(0), moved()),
        (|_| Msg::WentBack, Start, moved()),
        (|_| Msg::AskedForResult, Result, completed()),
        (|_| Msg::StartedOver, Start, moved()),
        (|_| Msg::AskedForResult, Start, vec![]),
    ];
    let mut walk = Walk::new();
    for (number, (msg, screen, effects)) in steps.into_iter().enumerate() {
        let msg = msg(&walk);
        assert_eq!(walk.tell(msg.clone()), effects, "step {number}: {msg:?}");
        assert_eq!(walk.session.screen(), screen, "step {number}: {msg:?}");
    }
}

#[test]
fn an_answer_is_saved_said_and_told_in_the_same_update() {
    let mut walk = Walk::new();
    walk.choose("quick");
    assert_eq!(walk.answer("trust-control.a1", 4), counted(1, 29));
    assert_eq!(walk.answer("trust-control.a1", 4), [], "the same again is nothing new");
    assert_eq!(walk.answer("trust-control.a1", 5), counted(1, 29));
    assert_eq!(walk.answer("trust-control.b1", 0), counted(2, 29), "don't know is an answer");
    let cleared = Msg::Cleared(walk.item("trust-control.a1"));
    let progress = Effect::Emit(HostEvent::Progress { answered: 1, asked: 29 });
    assert_eq!(walk.tell(cleared.clone()), [Effect::Save, Effect::Announce(Announcement::Cleared), progress]);
    assert_eq!(walk.tell(cleared), [], "there is nothing left to clear");
    let (choice, statement) = (walk.item("phase.choice"), walk.item("short-long.a1"));
    let (one, forming) =
        (fitting(walk.session.instrument(), statement, 1), fitting(walk.session.instrument(), choice, 4));
    assert_eq!(walk.tell(Msg::Answered(choice, one)), [], "no degree for a choice");
    assert_eq!(walk.tell(Msg::Answered(statement, forming)), [], "no phase for a statement");
    assert_eq!(walk.session.progress(), (1, 29));
}

#[test]
fn going_to_an_item_opens_its_page_and_puts_the_focus_on_it() {
    let mut walk = Walk::new();
    walk.choose("quick");
    let choice = walk.item("phase.choice");
    assert_eq!(walk.tell(Msg::WentTo(choice)), [Effect::Save, Effect::Focus(Target::Item(choice))]);
    assert_eq!(walk.session.screen(), Screen::Page(4));
    let elsewhere = walk.item("trust-control.a2");
    assert_eq!(walk.tell(Msg::WentTo(elsewhere)), [], "the short form doesn't ask it");
    assert_eq!(walk.session.screen(), Screen::Page(4));
}

#[test]
fn no_page_holds_more_than_six_or_mixes_kinds() {
    let sizes = |id: &str| {
        let mut walk = Walk::new();
        walk.choose(id);
        walk.session.pages().iter().map(Vec::len).collect::<Vec<_>>()
    };
    assert_eq!(sizes("taster"), [4, 4, 4, 4]);
    assert_eq!(sizes("quick"), [6, 6, 6, 6, 5]);
    assert_eq!(sizes("full"), [6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 5]);
}

/// Answers all of `first`, then chooses `then`: what was answered is kept, and only what is new is asked.
#[track_caller]
fn extend(first: &str, then: &str, carried: usize, asked: usize) {
    let mut walk = Walk::new();
    walk.choose(first);
    walk.answer_all();
    let before = walk.session.answers().clone();
    assert_eq!(walk.session.longer_forms().contains(&walk.form(then)), carried < asked);
    assert_eq!(walk.session.answered_in(walk.form(then)), carried);
    walk.choose(then);
    assert_eq!(walk.session.answers(), &before, "{first} → {then}: nothing is lost");
    assert_eq!(walk.session.progress(), (carried, asked));
    assert_eq!(walk.session.screen(), Screen::Page(walk.session.first_new()));
    let (old, new) = walk.session.pages().split_at(walk.session.first_new());
    assert!(old.iter().flatten().all(|item| before.is_answered(*item)));
    assert!(new.iter().flatten().all(|item| !before.is_answered(*item)), "nothing is asked again");
    assert_eq!(old.iter().map(Vec::len).sum::<usize>(), carried);
    assert_eq!(new.iter().map(Vec::len).sum::<usize>(), asked - carried);
    assert!(walk.session.pages().iter().all(|page| (1..=6).contains(&page.len())));
    walk.answer_all();
    assert_eq!(walk.session.screen(), Screen::Review);
    assert_eq!((walk.session.progress(), walk.session.minutes_left()), ((asked, asked), 0));
}

#[test]
fn a_longer_form_keeps_every_answer_and_asks_only_what_is_new() {
    extend("quick", "full", 29, 77);
    extend("taster", "full", 16, 77);
    // The tension items of the taster are not in the quick form.
    extend("taster", "quick", 12, 29);
}

#[test]
fn a_form_of_which_everything_is_answered_goes_straight_to_the_review() {
    let mut walk = Walk::new();
    walk.choose("full");
    walk.answer_all();
    assert!(walk.session.longer_forms().is_empty());
    walk.choose("quick");
    assert_eq!((walk.session.screen(), walk.session.progress()), (Screen::Review, (29, 29)));
    assert_eq!(walk.session.pages().len(), walk.session.first_new());
    walk.tell(Msg::WentBack);
    assert_eq!(walk.session.screen(), Screen::Page(4));
}

#[test]
fn resuming_lands_where_someone_was() {
    let mut walk = Walk::new();
    walk.choose("full");
    assert_eq!(walk.reload().session.resume(), None, "nothing answered, nothing to go on with");
    walk.answer("trust-control.a1", 4);
    for (msg, screen, place) in [
        (Msg::WentToPage(7), Screen::Page(7), Place::Page),
        (Msg::WentToStart, Screen::Page(7), Place::Page),
        (Msg::Resumed, Screen::Page(7), Place::Page),
        (Msg::OpenedReview, Screen::Review, Place::Review),
        (Msg::AskedForResult, Screen::Result, Place::Result),
        (Msg::WentToStart, Screen::Result, Place::Result),
    ] {
        walk.tell(msg.clone());
        assert_eq!(walk.session.record().place, place, "{msg:?}");
        let mut again = walk.reload();
        assert_eq!(again.session.screen(), Screen::Start, "it begins at the start");
        assert_eq!(again.session.resume(), Some(screen), "{msg:?}");
        assert_eq!(again.tell(Msg::Resumed), moved());
        assert_eq!(again.session.screen(), screen, "{msg:?}");
        assert_eq!(again.session.pages(), walk.session.pages());
        assert_eq!(again.session.answers(), walk.session.answers());
        assert_eq!(again.session.record(), Record { place, ..walk.session.record() });
    }
}

#[test]
fn a_page_that_is_no_longer_there_resumes_at_the_last() {
    let mut walk = Walk::new();
    walk.choose("quick");
    walk.answer("trust-control.a1", 4);
    let record = Record { page: 900, ..walk.session.record() };
    let session = Session::new(Rc::clone(walk.session.instrument()), Some(record));
    assert_eq!(session.resume(), Some(Screen::Page(4)));
}

#[test]
fn starting_over_takes_everything_out_except_the_language() {
    let mut walk = Walk::new();
    walk.tell(Msg::ChoseLanguage("nl".to_owned()));
    walk.choose("taster");
    walk.answer_all();
    let other_tab = walk.session.record();
    assert_eq!(walk.tell(Msg::StartedOver), moved());
    assert!(walk.session.answers().is_empty());
    assert_eq!((walk.session.form(), walk.session.resume()), (None, None));
    assert_eq!(walk.session.language(), Some("nl"));
    assert_eq!(walk.reload().session.resume(), None);
    // What another tab still holds is older, so it doesn't come back.
    walk.tell(Msg::FoundElsewhere(other_tab));
    assert!(walk.session.answers().is_empty());
    assert_eq!(walk.session.resume(), None);
}

#[test]
fn there_is_a_result_once_it_was_opened_and_until_another_form_is_asked() {
    let mut walk = Walk::new();
    walk.choose("taster");
    walk.answer_all();
    walk.tell(Msg::OpenedReview);
    assert!(!walk.session.has_result(), "everything is answered, and nothing was opened");
    walk.tell(Msg::AskedForResult);
    walk.tell(Msg::WentBack);
    assert!(walk.session.has_result(), "also while someone looks back");
    assert!(!walk.reload().session.has_result(), "what is kept is that they look back");
    walk.tell(Msg::AskedForResult);
    assert!(walk.reload().session.has_result());
    walk.choose("quick");
    assert!(!walk.session.has_result(), "of the longer form there is none yet");
    walk.tell(Msg::AskedForResult);
    let other_tab = walk.session.record();
    walk.tell(Msg::StartedOver);
    assert!(!walk.session.has_result());
    walk.tell(Msg::FoundElsewhere(other_tab));
    assert!(!walk.session.has_result(), "it was opened in another tab");
}

#[test]
fn another_language_keeps_the_place() {
    let mut walk = Walk::new();
    walk.choose("full");
    walk.answer("trust-control.a1", 4);
    for msg in [Msg::WentToPage(5), Msg::OpenedReview, Msg::AskedForResult, Msg::WentToStart] {
        walk.tell(msg);
        let (screen, pages, answers) =
            (walk.session.screen(), walk.session.pages().to_vec(), walk.session.answers().clone());
        for language in ["nl", "en"] {
            assert_eq!(walk.tell(Msg::ChoseLanguage(language.to_owned())), [Effect::Save]);
            assert_eq!(walk.session.language(), Some(language));
            assert_eq!((walk.session.screen(), walk.session.pages()), (screen, pages.as_slice()));
            assert_eq!(walk.session.answers(), &answers);
        }
    }
    assert_eq!(walk.reload().session.language(), Some("en"));
}

#[test]
fn what_another_tab_answered_is_taken_over_and_said() {
    let mut here = Walk::new();
    here.choose("quick");
    here.answer("trust-control.a1", 4);
    let mut there = here.reload();
    there.tell(Msg::Resumed);
    there.answer("trust-control.b1", 2);
    here.tell(Msg::WentToPage(2));
    let found = Msg::FoundElsewhere(there.session.record());
    assert_eq!(here.tell(found.clone()), [Effect::Announce(Announcement::TakenOver)]);
    assert_eq!(here.tell(found), [], "nothing new the second time");
    assert_eq!((here.session.screen(), here.session.progress()), (Screen::Page(2), (2, 29)));

    let mut fresh = Walk::new();
    fresh.tell(Msg::FoundElsewhere(there.session.record()));
    assert_eq!((fresh.session.screen(), fresh.session.resume()), (Screen::Start, Some(Screen::Page(0))));
}

#[test]
fn minutes_left_never_grow_while_answering() {
    for (id, first) in [("taster", 3), ("quick", 5), ("full", 15)] {
        let mut walk = Walk::new();
        walk.choose(id);
        let mut left = walk.session.minutes_left();
        assert_eq!(left, first, "{id}");
        for item in walk.session.open_items() {
            assert!(left > 0, "{id}: something is open, so it takes a minute still");
            let answer = fitting(walk.session.instrument(), item, 0);
            walk.tell(Msg::Answered(item, answer));
            assert!(walk.session.minutes_left() <= left, "{id}");
            left = walk.session.minutes_left();
        }
        assert_eq!(left, 0, "{id}");
    }
}

#[test]
fn the_time_of_answering_counts_without_pauses_and_leads_to_a_remark() {
    let answered_every = |milliseconds: Stamp| {
        let mut walk = Walk::new();
        walk.choose("taster");
        for item in walk.session.open_items() {
            walk.now += milliseconds;
            let answer = fitting(walk.session.instrument(), item, 3);
            walk.session.update(Msg::Answered(item, answer), walk.now);
        }
        let fast = walk.session.report().is_some_and(|report| report.flags.contains(&Flag::Fast));
        (walk.session.record().active_ms, fast)
    };
    assert_eq!(answered_every(1000), (16_000, true));
    assert_eq!(answered_every(1500), (24_000, false));
    assert_eq!(answered_every(3_600_000), (16 * 60_000, false), "an hour's pause counts as a minute");
}

#[test]
fn time_at_the_start_the_review_and_the_result_is_no_answering() {
    let mut walk = Walk::new();
    walk.choose("taster");
    walk.answer("trust-control.a1", 4);
    walk.tell(Msg::OpenedReview);
    assert_eq!(walk.session.record().active_ms, 2000);
    walk.now += 30_000;
    walk.tell(Msg::AskedForResult);
    walk.now += 30_000;
    walk.tell(Msg::WentToStart);
    walk.now += 30_000;
    walk.tell(Msg::WentToPage(1));
    assert_eq!(walk.session.record().active_ms, 2000);
    walk.answer("trust-control.b1", 4);
    assert_eq!(walk.session.record().active_ms, 3000);
}

#[test]
fn the_second_pass_asks_the_pole_items_of_the_form_or_its_poles() {
    for (form, items, poles) in [("taster", 8, 8), ("quick", 24, 24), ("full", 48, 24)] {
        let mut walk = Walk::new();
        walk.choose(form);
        let asked = |pass| walk.session.wish_pages(pass).concat();
        assert_eq!(asked(Pass::Items).len(), items, "{form}");
        assert_eq!(asked(Pass::Poles).len(), poles, "{form}");
        let instrument = walk.session.instrument();
        for wished in asked(Pass::Items) {
            let Wished::Item(item) = wished else { panic!("a statement") };
            assert!(matches!(instrument.item(item).role, Role::Pole(..)));
        }
        assert!(walk.session.wish_pages(Pass::Items).iter().all(|page| page.len() <= 6));
    }
}

#[test]
fn the_second_pass_and_the_modules_lead_back_to_the_result() {
    let mut walk = Walk::new();
    assert_eq!(walk.tell(Msg::WentToWish(Pass::Poles)), [], "without a form there is nothing to wish");
    assert_eq!(walk.tell(Msg::WentToModule(0)), []);
    walk.choose("taster");
    walk.answer("trust-control.a1", 3);
    walk.tell(Msg::AskedForResult);
    let away = [Effect::Save, Effect::Focus(Target::Heading)];
    assert_eq!(walk.tell(Msg::WentToWish(Pass::Poles)), away);
    walk.tell(Msg::WentNext);
    assert_eq!(walk.session.screen(), Screen::Wish(Pass::Poles, 1));
    walk.tell(Msg::WentBack);
    assert_eq!(walk.session.screen(), Screen::Wish(Pass::Poles, 0));
    walk.tell(Msg::WentBack);
    assert_eq!(walk.session.screen(), Screen::Result);
    walk.tell(Msg::WentToWish(Pass::Items));
    walk.tell(Msg::WentNext);
    walk.tell(Msg::WentNext);
    assert_eq!(walk.session.screen(), Screen::Result, "two pages, and then the result");
    walk.tell(Msg::WentToModule(3));
    assert_eq!(walk.session.screen(), Screen::Module(3));
    assert_eq!(walk.reload().session.resume(), Some(Screen::Result));
    walk.tell(Msg::WentNext);
    assert_eq!(walk.session.screen(), Screen::Result);
}

/// A fact for a random series; numbers choose among what there is.
#[derive(Clone, Debug)]
enum Act {
    Tell(Box<Msg>),
    ChooseForm(usize),
    Answer(usize, u8),
    Clear(usize),
    GoTo(usize),
    /// The tab is closed and opened again.
    Reload,
    /// Another tab, begun from what is stored now, answers an item.
    OtherTab(usize, u8),
}

fn any_act() -> impl Strategy<Value = Act> {
    let told = proptest::sample::select(vec![
        Msg::Resumed,
        Msg::WentBack,
        Msg::WentToStart,
        Msg::OpenedReview,
        Msg::AskedForResult,
        Msg::WentToWish(Pass::Items),
        Msg::WentToWish(Pass::Poles),
        Msg::WentToModule(2),
        Msg::ChoseLanguage("nl".to_owned()),
    ]);
    prop_oneof![
        4 => told.prop_map(|msg| Act::Tell(Box::new(msg))),
        4 => Just(Act::Tell(Box::new(Msg::WentNext))),
        1 => Just(Act::Tell(Box::new(Msg::StartedOver))),
        2 => (0_usize..16).prop_map(|page| Act::Tell(Box::new(Msg::WentToPage(page)))),
        3 => (0_usize..3).prop_map(Act::ChooseForm),
        10 => (0_usize..77, 0_u8..=5).prop_map(|(item, number)| Act::Answer(item, number)),
        2 => (0_usize..77).prop_map(Act::Clear),
        2 => (0_usize..77).prop_map(Act::GoTo),
        1 => Just(Act::Reload),
        1 => (0_usize..77, 0_u8..=5).prop_map(|(item, number)| Act::OtherTab(item, number)),
    ]
}

fn perform(walk: &mut Walk, act: &Act) -> Result<(), TestCaseError> {
    let instrument = Rc::clone(walk.session.instrument());
    let nth = |index: usize| instrument.item_positions().nth(index).expect("77 items");
    let before = walk.session.answers().clone();
    let msg = match act {
        Act::Reload => {
            *walk = walk.reload();
            prop_assert_eq!(walk.session.answers(), &before, "a reload loses nothing");
            return Ok(());
        }
        Act::Tell(msg) => (**msg).clone(),
        Act::ChooseForm(index) => {
            Msg::ChoseForm(instrument.form_positions().nth(*index).expect("three forms"))
        }
        Act::Answer(index, number) => Msg::Answered(nth(*index), fitting(&instrument, nth(*index), *number)),
        Act::Clear(index) => Msg::Cleared(nth(*index)),
        Act::GoTo(index) => Msg::WentTo(nth(*index)),
        Act::OtherTab(index, number) => {
            let mut other = walk.reload();
            let answer = fitting(&instrument, nth(*index), *number);
            other.tell(Msg::Answered(nth(*index), answer));
            Msg::FoundElsewhere(other.session.record())
        }
    };
    let screen = walk.session.screen();
    let effects = walk.tell(msg.clone());
    let changed = walk.session.answers() != &before;
    let elsewhere = matches!(msg, Msg::FoundElsewhere(_));
    prop_assert!(!changed || elsewhere || effects.contains(&Effect::Save), "{:?} is not saved", msg);
    prop_assert!(screen == walk.session.screen() || effects.contains(&Effect::Save), "{:?}", msg);
    prop_assert!(effects.iter().filter(|effect| **effect == Effect::Save).count() <= 1);
    prop_assert!(effects.iter().filter(|effect| matches!(effect, Effect::Focus(_))).count() <= 1);
    let takes_out = matches!(msg, Msg::Cleared(_) | Msg::StartedOver);
    let lost = |item: &ItemIx| before.is_answered(*item) && !walk.session.answers().is_answered(*item);
    prop_assert!(takes_out || !instrument.item_positions().any(|item| lost(&item)), "{:?} lost one", msg);
    Ok(())
}

fn check(session: &Session) -> Result<(), TestCaseError> {
    let (answered, asked) = session.progress();
    prop_assert!(answered <= asked);
    prop_assert_eq!(session.open_items().len() + answered, asked);
    prop_assert_eq!(session.pages().iter().map(Vec::len).sum::<usize>(), asked);
    prop_assert!(session.pages().iter().all(|page| (1..=6).contains(&page.len())));
    prop_assert!(session.first_new() <= session.pages().len());
    prop_assert_eq!(session.minutes_left() == 0, answered == asked);
    prop_assert_eq!(session.report().is_some(), session.form().is_some());
    match session.screen() {
        Screen::Start => {}
        Screen::Page(page) => prop_assert!(page < session.pages().len()),
        Screen::Review | Screen::Result | Screen::Module(_) => prop_assert!(session.form().is_some()),
        Screen::Wish(pass, page) => prop_assert!(page < session.wish_pages(pass).len()),
    }
    if let Some(Screen::Page(page)) = session.resume() {
        prop_assert!(page < session.pages().len(), "resumes at a page that is there");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_happens_the_session_stays_sound(acts in proptest::collection::vec(any_act(), 1..60)) {
        let mut walk = Walk::new();
        for act in &acts {
            perform(&mut walk, act)?;
            check(&walk.session)?;
        }
        // Wherever it ended, another visit goes on there.
        let (screen, empty) = (walk.session.screen(), walk.session.answers().is_empty());
        let mut again = walk.reload();
        again.tell(Msg::Resumed);
        let place = match screen {
            Screen::Wish(..) | Screen::Module(_) => Screen::Result,
            other => other,
        };
        if screen != Screen::Start && !empty {
            prop_assert_eq!(again.session.screen(), place);
        }
        prop_assert_eq!(again.session.pages(), walk.session.pages());
    }
}
