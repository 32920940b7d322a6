//! Keeping answers in a storage that may be blocked, full, corrupt, or shared with another tab.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::formats::record::{Place, Record};
use equipoise::history::History;
use equipoise::instrument::{Instrument, ItemIx, Pole, Role};
use equipoise::keeping::{self, Holds, Keeper, Refused, Store, Trouble};
use equipoise::wishes::Wishes;
use equipoise::workbook::{About, Workbook};
use proptest::prelude::*;
use serde_json::json;

const KEY: &str = "equipoise.session";
const NOW: u64 = 1_764_000_000_000;

/// A browser's storage as far as it matters here. Clones share what they hold, as tabs do.
#[derive(Clone, Debug, Default)]
struct Shelf(Rc<RefCell<Contents>>);

#[derive(Debug, Default)]
struct Contents {
    texts: BTreeMap<String, String>,
    /// How many bytes of texts it holds; `None` is no limit.
    room: Option<usize>,
    blocked: bool,
    writes: usize,
}

impl Store for Shelf {
    fn get(&self, key: &str) -> Result<Option<String>, Refused> {
        let contents = self.0.borrow();
        if contents.blocked { Err(Refused) } else { Ok(contents.texts.get(key).cloned()) }
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Refused> {
        let mut contents = self.0.borrow_mut();
        let others = contents.texts.iter().filter(|(other, _)| *other != key);
        let used: usize = others.map(|(_, text)| text.len()).sum();
        let fits = contents.room.is_none_or(|room| used + text.len() <= room);
        if contents.blocked || !fits {
            return Err(Refused);
        }
        contents.writes += 1;
        contents.texts.insert(key.to_owned(), text.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), Refused> {
        let mut contents = self.0.borrow_mut();
        if contents.blocked {
            return Err(Refused);
        }
        contents.texts.remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, Refused> {
        let contents = self.0.borrow();
        if contents.blocked { Err(Refused) } else { Ok(contents.texts.keys().cloned().collect()) }
    }
}

impl Shelf {
    fn holding(text: &str) -> Self {
        let shelf = Self::default();
        shelf.0.borrow_mut().texts.insert(KEY.to_owned(), text.to_owned());
        shelf
    }

    fn text(&self, key: &str) -> Option<String> {
        self.0.borrow().texts.get(key).cloned()
    }

    fn names(&self) -> Vec<String> {
        self.0.borrow().texts.keys().cloned().collect()
    }

    fn limit(&self, room: Option<usize>) {
        self.0.borrow_mut().room = room;
    }

    fn block(&self, blocked: bool) {
        self.0.borrow_mut().blocked = blocked;
    }

    fn record(&self, instrument: &Instrument) -> Record {
        Record::read(instrument, &self.text(KEY).expect("something is stored")).expect("it reads")
    }
}

fn open(shelf: &Shelf, instrument: &Instrument) -> (Keeper<Shelf>, Option<Record>, Option<Trouble>) {
    Keeper::open(shelf.clone(), instrument, KEY.to_owned(), NOW)
}

fn empty(instrument: &Instrument) -> Record {
    Record {
        language: None,
        form: instrument.find_form("full"),
        place: Place::Page,
        page: 2,
        carried: Vec::new(),
        active_ms: 0,
        answers: Answers::new(instrument),
        workbook: Workbook::default(),
        wishes: Wishes::new(instrument),
        given: equipoise::deepening::Given::default(),
    }
}

#[track_caller]
fn item(instrument: &Instrument, id: &str) -> ItemIx {
    instrument.find_item(id).unwrap_or_else(|| panic!("{id} is an item"))
}

fn degree(number: u8) -> Answer {
    Answer::Degree(Degree::new(number).expect("1 to 5"))
}

#[track_caller]
fn give(instrument: &Instrument, record: &mut Record, id: &str, number: u8, at: u64) {
    assert!(record.answers.set(instrument, item(instrument, id), Some(degree(number)), at));
}

#[test]
fn what_is_saved_is_found_again() {
    let (instrument, shelf) = (Instrument::built_in(), Shelf::default());
    let (mut keeper, found, trouble) = open(&shelf, &instrument);
    assert_eq!((found, trouble), (None, None));
    assert_eq!(shelf.names(), [""; 0], "looking writes nothing");
    let mut record = empty(&instrument);
    give(&instrument, &mut record, "trust-control.a1", 4, NOW);
    assert_eq!(keeper.save(&instrument, &mut record, NOW), None);
    let (keeper, found, trouble) = open(&shelf, &instrument);
    assert_eq!((found, trouble), (Some(record), None));
    assert_eq!(keeper.key(), KEY);
    assert_eq!(shelf.names(), [KEY]);
}

#[test]
fn blocked_storage_is_told_once_and_loses_nothing_in_memory() {
    let (instrument, shelf) = (Instrument::built_in(), Shelf::default());
    shelf.block(true);
    let (mut keeper, found, trouble) = open(&shelf, &instrument);
    assert_eq!((found, trouble), (None, Some(Trouble::Blocked)));
    let mut record = empty(&instrument);
    for (number, id) in ["trust-control.a1", "trust-control.b1", "short-long.a2"].into_iter().enumerate() {
        give(&instrument, &mut record, id, 2, NOW + number as u64);
        let before = record.clone();
        assert_eq!(keeper.save(&instrument, &mut record, NOW), None, "told already");
        assert_eq!(record, before);
    }
    shelf.block(false);
    assert_eq!(keeper.save(&instrument, &mut record, NOW), None);
    assert_eq!(shelf.record(&instrument), record, "once it opens, everything is kept after all");
}

#[test]
fn storage_that_is_blocked_later_is_told_then() {
    let (instrument, shelf) = (Instrument::built_in(), Shelf::default());
    let (mut keeper, ..) = open(&shelf, &instrument);
    let mut record = empty(&instrument);
    assert_eq!(keeper.save(&instrument, &mut record, NOW), None);
    shelf.block(true);
    assert_eq!(keeper.save(&instrument, &mut record, NOW), Some(Trouble::Blocked));
    assert_eq!(keeper.save(&instrument, &mut record, NOW), None);
}

#[test]
fn storage_that_is_full_keeps_the_last_that_fitted_whole() {
    let (instrument, shelf) = (Instrument::built_in(), Shelf::default());
    let (mut keeper, ..) = open(&shelf, &instrument);
    let mut record = empty(&instrument);
    give(&instrument, &mut record, "trust-control.a1", 4, NOW);
    assert_eq!(keeper.save(&instrument, &mut record, NOW), None);
    let (fitted, size) = (record.clone(), record.write(&instrument).len());
    for room in [0, size / 2, size] {
        shelf.limit(Some(room));
        give(&instrument, &mut record, "trust-control.b1", 2, NOW + 1);
        let expected = (room == 0).then_some(Trouble::Full);
        assert_eq!(keeper.save(&instrument, &mut record, NOW), expected, "told once: {room}");
        assert_eq!(shelf.record(&instrument), fitted, "what was stored still stands: {room}");
    }
    shelf.limit(None);
    assert_eq!(keeper.save(&instrument, &mut record, NOW), None);
    assert_eq!(shelf.record(&instrument), record);
}

/// Texts that can't be read as a session of this instrument.
fn unreadable() -> Vec<String> {
    let session = |version: u32, id: &str| {
        json!({
            "format": "equipoise-session", "version": version,
            "instrument": { "id": id, "version": "1" }, "language": null, "form": null, "screen": "start", "page": 0,
            "carried": [], "active_ms": 0, "answers": {},
        })
        .to_string()
    };
    vec![
        String::new(),
        "rubbish".to_owned(),
        "{\"format\":\"equipoise-session\",\"ver".to_owned(),
        "[".repeat(100_000),
        "null".to_owned(),
        session(0, "alliance-paradoxes"),
        session(3, "alliance-paradoxes"),
        session(1, "team-health"),
    ]
}

#[test]
fn what_cannot_be_read_is_copied_before_anything_is_written() {
    let instrument = Instrument::built_in();
    for text in unreadable() {
        let shelf = Shelf::holding(&text);
        let (mut keeper, found, trouble) = open(&shelf, &instrument);
        let of_another = text.contains("team-health");
        let expected = if of_another { Trouble::Other } else { Trouble::Unreadable };
        assert_eq!((found, trouble), (None, Some(expected)), "{text:.40}");
        let copy = format!("{KEY}.unreadable.{NOW}");
        assert_eq!(shelf.text(&copy).as_ref(), Some(&text), "a copy is kept");
        assert_eq!(
            shelf.text(KEY).as_ref(),
            Some(&text),
            "the original stands until there is something to keep"
        );
        let mut record = empty(&instrument);
        give(&instrument, &mut record, "trust-control.a1", 4, NOW);
        assert_eq!(keeper.save(&instrument, &mut record, NOW + 1), None, "told once");
        assert_eq!(shelf.record(&instrument), record);
        assert_eq!(shelf.names(), [KEY, &copy]);
        assert_eq!(shelf.text(&copy), Some(text));
    }
}

#[test]
fn what_cannot_be_read_or_copied_is_left_alone() {
    let instrument = Instrument::built_in();
    for text in unreadable().into_iter().filter(|text| !text.is_empty()) {
        let shelf = Shelf::holding(&text);
        shelf.limit(Some(text.len()));
        let (mut keeper, found, trouble) = open(&shelf, &instrument);
        assert_eq!((found, trouble), (None, Some(Trouble::UnreadableLeftAlone)), "{text:.40}");
        shelf.limit(None);
        let mut record = empty(&instrument);
        give(&instrument, &mut record, "trust-control.a1", 4, NOW);
        let before = record.clone();
        assert_eq!(keeper.save(&instrument, &mut record, NOW), None, "told once");
        assert_eq!((record, shelf.text(KEY), shelf.names().len()), (before, Some(text), 1));
        assert_eq!(shelf.0.borrow().writes, 0);
    }
}

#[test]
fn what_turns_unreadable_meanwhile_is_copied_too() {
    let (instrument, shelf) = (Instrument::built_in(), Shelf::default());
    let (mut keeper, ..) = open(&shelf, &instrument);
    let mut record = empty(&instrument);
    give(&instrument, &mut record, "trust-control.a1", 4, NOW);
    keeper.save(&instrument, &mut record, NOW);
    shelf.set(KEY, "written by something else").expect("there is room");
    assert_eq!(keeper.save(&instrument, &mut record, NOW + 5), Some(Trouble::Unreadable));
    assert_eq!(shelf.record(&instrument), record);
    assert_eq!(
        shelf.text(&format!("{KEY}.unreadable.{}", NOW + 5)).as_deref(),
        Some("written by something else")
    );
}

#[test]
fn a_copy_never_overwrites_an_earlier_copy() {
    let instrument = Instrument::built_in();
    let shelf = Shelf::holding("one");
    let (mut keeper, ..) = open(&shelf, &instrument);
    shelf.set(KEY, "two").expect("there is room");
    // The same moment, for instance because the clock stands still.
    keeper.save(&instrument, &mut empty(&instrument), NOW);
    let copies: Vec<String> =
        shelf.names().into_iter().filter(|key| key != KEY).filter_map(|key| shelf.text(&key)).collect();
    assert_eq!(copies, ["one", "two"]);
}

#[test]
fn another_tabs_writing_is_noticed_and_our_own_is_not() {
    let (instrument, shelf) = (Instrument::built_in(), Shelf::default());
    let (mut here, ..) = open(&shelf, &instrument);
    let (mut there, ..) = open(&shelf, &instrument);
    let mut record = empty(&instrument);
    give(&instrument, &mut record, "trust-control.a1", 4, NOW);
    there.save(&instrument, &mut record, NOW);
    let text = shelf.text(KEY).expect("written");
    assert_eq!(there.notice(&instrument, &text), None, "our own");
    assert_eq!(here.notice(&instrument, &text), Some(record));
    assert_eq!(here.notice(&instrument, &text), None, "seen already");
    assert_eq!(here.notice(&instrument, "rubbish"), None);
}

#[test]
fn saving_takes_over_what_another_tab_wrote_without_any_notice() {
    let (instrument, shelf) = (Instrument::built_in(), Shelf::default());
    let (mut here, ..) = open(&shelf, &instrument);
    let (mut there, ..) = open(&shelf, &instrument);
    let (mut mine, mut theirs) = (empty(&instrument), empty(&instrument));
    give(&instrument, &mut mine, "trust-control.a1", 1, NOW);
    give(&instrument, &mut mine, "trust-control.b1", 1, NOW);
    give(&instrument, &mut theirs, "trust-control.b1", 5, NOW + 1);
    give(&instrument, &mut theirs, "short-long.a1", 5, NOW + 1);
    here.save(&instrument, &mut mine, NOW);
    there.save(&instrument, &mut theirs, NOW);
    here.save(&instrument, &mut mine, NOW);
    for (id, number) in [("trust-control.a1", 1), ("trust-control.b1", 5), ("short-long.a1", 5)] {
        for record in [&mine, &theirs, &shelf.record(&instrument)] {
            assert_eq!(record.answers.get(item(&instrument, id)), Some(degree(number)), "{id}");
        }
    }
}

/// What two tabs do: the tab, the item, the answer (`None` is cleared, 0 is "don't know"), and how the clock moves,
/// which may be back.
type Act = (bool, usize, Option<u8>, i64, Then);

#[derive(Clone, Copy, Debug)]
enum Then {
    Save,
    Crash,
    /// The other tab hears of what is stored now.
    Notice,
    /// Nothing yet; a later save takes it along.
    Wait,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let then = prop_oneof![4 => Just(Then::Save), 1 => Just(Then::Crash), 2 => Just(Then::Notice), 1 => Just(Then::Wait)];
    let act = (any::<bool>(), 0_usize..8, proptest::option::weighted(0.8, 0_u8..=5), -40_i64..100, then);
    proptest::collection::vec(act, 1..30)
}

fn answer(instrument: &Instrument, item: ItemIx, number: u8) -> Answer {
    match (instrument.item(item).role, Degree::new(number)) {
        (_, None) => Answer::DontKnow,
        (Role::Choice, _) => unreachable!("only statements are answered here"),
        (_, Some(degree)) => Answer::Degree(degree),
    }
}

struct Tab {
    keeper: Keeper<Shelf>,
    record: Record,
}

impl Tab {
    fn open(shelf: &Shelf, instrument: &Instrument) -> Self {
        let (keeper, record, _) = open(shelf, instrument);
        Self { keeper, record: record.unwrap_or_else(|| empty(instrument)) }
    }

    fn save(&mut self, instrument: &Instrument) -> Option<Trouble> {
        self.keeper.save(instrument, &mut self.record, NOW)
    }
}

/// Whether `newest` has nothing older than `other` at any item.
fn covers(instrument: &Instrument, newest: &Answers, other: &Answers) -> bool {
    let mut merged = newest.clone();
    merged.merge(other);
    instrument.item_positions().all(|item| merged.get(item) == newest.get(item))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn two_tabs_on_one_storage_lose_nothing(acts in acts()) {
        let (instrument, shelf) = (Instrument::built_in(), Shelf::default());
        let mut tabs = [Tab::open(&shelf, &instrument), Tab::open(&shelf, &instrument)];
        // What must not get lost: every answer that was saved, and what each tab has in memory.
        let mut saved = Answers::new(&instrument);
        let mut now = NOW;
        for (which, index, number, moved, then) in acts {
            let which = usize::from(which);
            now = now.saturating_add_signed(moved);
            let item = instrument.item_positions().nth(index).expect("77 items");
            let given = number.map(|number| answer(&instrument, item, number));
            tabs[which].record.answers.set(&instrument, item, given, now);
            match then {
                Then::Save => {
                    prop_assert_eq!(tabs[which].save(&instrument), None);
                    if saved.stamp(item) < now {
                        prop_assert_eq!(tabs[which].record.answers.get(item), given, "the newest answer stands");
                    }
                    let stored = shelf.record(&instrument).answers;
                    prop_assert!(covers(&instrument, &stored, &saved), "a save lost what was saved");
                    prop_assert_eq!(&stored, &tabs[which].record.answers);
                    saved = stored;
                }
                Then::Crash => {
                    tabs[which] = Tab::open(&shelf, &instrument);
                    prop_assert!(covers(&instrument, &tabs[which].record.answers, &saved), "a crash lost what was saved");
                }
                Then::Notice => {
                    if let Some(text) = shelf.text(KEY)
                        && let Some(found) = tabs[which].keeper.notice(&instrument, &text)
                    {
                        tabs[which].record.answers.merge(&found.answers);
                        prop_assert!(covers(&instrument, &tabs[which].record.answers, &saved));
                    }
                }
                Then::Wait => {}
            }
        }
        let mut newest = saved;
        for tab in &tabs {
            newest.merge(&tab.record.answers);
        }
        for which in [0, 1, 0] {
            prop_assert_eq!(tabs[which].save(&instrument), None);
        }
        prop_assert_eq!(&tabs[0].record.answers, &newest);
        prop_assert_eq!(&tabs[1].record.answers, &newest);
        prop_assert_eq!(&shelf.record(&instrument).answers, &newest);
        prop_assert_eq!(shelf.names(), [KEY]);
    }

    #[test]
    fn however_little_room_there_is_no_text_is_half_written(
        room in 0_usize..900, rubbish in proptest::option::of("\\PC{0,300}"), count in 1_usize..12,
    ) {
        let instrument = Instrument::built_in();
        let shelf = rubbish.as_deref().map_or_else(Shelf::default, Shelf::holding);
        shelf.limit(Some(room));
        let (mut keeper, found, first) = open(&shelf, &instrument);
        prop_assert_eq!(found, None);
        let mut told: Vec<Trouble> = first.into_iter().collect();
        let mut record = empty(&instrument);
        for (number, item) in instrument.item_positions().take(count).enumerate() {
            record.answers.set(&instrument, item, Some(degree(3)), NOW + number as u64);
            let before = record.clone();
            told.extend(keeper.save(&instrument, &mut record, NOW + number as u64));
            prop_assert_eq!(&record, &before, "memory loses nothing");
        }
        let mut once = told.clone();
        once.dedup();
        prop_assert_eq!(&once, &told, "each trouble is told once");
        let texts = shelf.0.borrow().texts.clone();
        for text in texts.values() {
            let whole = Record::read(&instrument, text).is_ok() || Some(text) == rubbish.as_ref();
            prop_assert!(whole, "half a text: {}", text);
        }
        let still_there = rubbish.is_none_or(|rubbish| texts.values().any(|text| *text == rubbish));
        prop_assert!(still_there, "what couldn't be read was overwritten");
    }
}

#[test]
fn everything_of_ours_is_listed_with_its_bytes_and_nothing_of_others() {
    let shelf = Shelf::default();
    let mine = [
        ("equipoise.session", "{}", Holds::Session),
        ("equipoise.session.history", "kept é", Holds::History),
        ("equipoise.session.history.unreadable.12", "x", Holds::Copy),
        ("equipoise.session.unreadable.1764000000000", "broken", Holds::Copy),
    ];
    let others =
        ["equipoise", "equipoise.session2", "equipoise.session.unreadable.", "equipoise.session.other", "x"];
    for (key, text, _) in mine {
        shelf.set(key, text).expect("room");
    }
    for key in others {
        shelf.set(key, "theirs").expect("room");
    }
    let found: Vec<(String, usize, Holds)> = keeping::stored(&shelf, KEY)
        .expect("it reads")
        .into_iter()
        .map(|stored| (stored.key, stored.bytes, stored.holds))
        .collect();
    let expected: Vec<(String, usize, Holds)> =
        mine.iter().map(|(key, text, holds)| ((*key).to_owned(), key.len() + text.len(), *holds)).collect();
    assert_eq!(found, expected);

    assert_eq!(keeping::erase(&shelf, KEY), Ok(()));
    assert_eq!(keeping::stored(&shelf, KEY), Ok(Vec::new()));
    let mut left = others.map(str::to_owned);
    left.sort();
    assert_eq!(shelf.names(), left);
}

#[test]
fn erasing_that_fails_is_not_called_done() {
    let shelf = Shelf::holding("something");
    shelf.block(true);
    assert_eq!(keeping::erase(&shelf, KEY), Err(Refused));
    shelf.block(false);
    assert_eq!(shelf.names(), [KEY]);
}

#[test]
fn nothing_is_written_in_private_and_everything_afterwards() {
    let (instrument, shelf) = (Instrument::built_in(), Shelf::default());
    let (mut keeper, _, _) = open(&shelf, &instrument);
    let mut record = empty(&instrument);
    give(&instrument, &mut record, "trust-control.a1", 4, NOW);
    keeper.set_private(true);
    assert_eq!(keeper.save(&instrument, &mut record, NOW), None);
    assert_eq!(keeper.notice(&instrument, &record.write(&instrument)), None, "and nothing is taken over");
    assert_eq!(shelf.names(), [""; 0]);
    keeper.set_private(false);
    assert_eq!(keeper.save(&instrument, &mut record, NOW), None);
    assert_eq!(shelf.record(&instrument), record);
}

#[test]
fn kept_results_are_kept_with_the_same_care() {
    let (instrument, shelf) = (Instrument::built_in(), Shelf::default());
    let key = keeping::history_key(KEY);
    shelf.set(&key, "not ours").expect("room");
    let (mut keeper, history, trouble): (Keeper<Shelf, History>, _, _) =
        Keeper::open(shelf.clone(), &instrument, key.clone(), NOW);
    assert_eq!((history, trouble), (None, Some(Trouble::Unreadable)));
    assert_eq!(shelf.text(&format!("{key}.unreadable.{NOW}")).as_deref(), Some("not ours"));
    let mut history = History::default();
    assert_eq!(keeper.save(&instrument, &mut history, NOW), None);
    let text = shelf.text(&key).expect("it is written");
    let elsewhere = text.replace("[]", "[{\"id\":5,\"at\":6}]");
    shelf.set(&key, &elsewhere).expect("room");
    assert_eq!(keeper.save(&instrument, &mut history, NOW), None);
    assert_eq!(shelf.text(&key), Some(elsewhere), "what another tab removed is taken over");
}

#[test]
fn notes_and_wishes_of_another_tab_are_taken_over_when_saving() {
    let (instrument, shelf) = (Instrument::built_in(), Shelf::default());
    let (mut here, _, _) = open(&shelf, &instrument);
    let (mut there, _, _) = open(&shelf, &instrument);
    let paradox = instrument.find_paradox("trust-control").expect("a paradox");
    let mut mine = empty(&instrument);
    mine.workbook.write(About::Overall, "mine", NOW);
    let mut theirs = empty(&instrument);
    theirs.workbook.write(About::Paradox(paradox), "theirs", NOW);
    theirs.wishes.set_pole(paradox, Pole::A, Degree::new(5), NOW);
    here.save(&instrument, &mut mine, NOW);
    there.save(&instrument, &mut theirs, NOW);
    here.save(&instrument, &mut mine, NOW);
    assert_eq!(mine, theirs);
    assert_eq!(mine.workbook.notes().count(), 2);
}
