//! The link code, version 1: the answers of one result as a short text that may stand in an address, after `#r=`.
//!
//! ```text
//! 4 bits  version of the code, 1
//! 3 bits  position of the form
//! 1 bit   whether there is a tail
//! 24 bits day, as days after 1970-01-01 plus one; 0 when it isn't given
//! 16 bits fingerprint of the instrument's id
//! 16 bits fingerprint of its id and version
//! 3 bits  an answer to a statement, in the order of the form: 0 open, 1–5 degree, 6 don't know
//! 4 bits  an answer to the choice, where the form has it: 0 open, 1–8 phase, 15 don't know
//!         zeros up to a whole byte
//! [16 bits length of the tail in bytes, and the tail: name, notes and actions as JSON in UTF-8]
//! 32 bits CRC-32 (ISO-HDLC) of all bytes before it, in every version of the code
//! ```
//!
//! written as base64 for addresses without padding; stray bits at the end must be zero. All 77 answers take 41 bytes,
//! 55 symbols, 58 with `#r=`. A QR symbol of version 5 holds 106 bytes at error correction L and 84 at M, so the
//! address before it may have 48 or 26 characters.
//!
//! The checksum catches every change of one or two symbols in such a code, wherever they stand: a wrong symbol, two
//! that changed places (`tests/link.rs` goes through all of them). More than that passes once in 4,294,967,296 times.
//! The two fingerprints tell a code of another questionnaire or of another version from a damaged one; a code of
//! another questionnaire passes for one of this as rarely.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use serde_json::{Map, Value};

use crate::answers::{Answer, Answers, Degree, Stamp};
use crate::day::{self, Day};
use crate::i18n::Texts;
use crate::instrument::{FormIx, Instrument, ItemIx, ParadoxIx, Role};
use crate::json;
use crate::workbook::{About, Action, Progress, Workbook};

/// What stands before a code in the fragment of an address.
pub const PREFIX: &str = "#r=";
/// The version that is written, and the newest that is read.
pub const VERSION: u8 = 1;
/// The most symbols of a code. Answers take a few dozen; the rest is for notes.
pub const LONGEST: usize = 8192;

/// Bytes before the answers.
const HEAD: usize = 8;
/// Bytes of the checksum.
const CHECK: usize = 4;
/// The fewest symbols a code can have: those of a form with a single item.
pub(super) const SHORTEST: usize = symbols(HEAD + 1 + CHECK);
/// "Don't know" to a statement and to the choice.
const DONT_KNOW: (u8, u8) = (6, 15);
/// A byte takes some ten more instructions without a table, which nobody notices; the table would be a kilobyte.
const CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// What a link holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// The form that was answered.
    pub form: FormIx,
    /// The answers. Only those to items of the form go into a code, and without their moments.
    pub answers: Answers,
    /// The day of the result.
    pub day: Option<Day>,
    /// The name of the alliance, when it is to be shared.
    pub label: Option<String>,
    /// Notes and actions, when they are to be shared: by day, without the moments at which they were written. The name
    /// in it doesn't count, and without notes and actions it is as good as `None`.
    pub workbook: Option<Workbook>,
}

/// Why a code can't be read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It isn't a code at all.
    NotACode,
    /// Its end is missing.
    Cut,
    /// Symbols were changed, added or moved.
    Damaged,
    /// It belongs to a questionnaire with another id.
    OtherInstrument,
    /// It belongs to another version of this questionnaire.
    OtherVersion,
    /// It was written by a newer program.
    Newer,
    /// It is longer than a code can be.
    TooLong,
    /// What is to be shared doesn't fit in a code.
    TooMuch,
}

impl LinkError {
    /// What is wrong and what to do about it, in the language of `texts`.
    #[must_use]
    pub fn describe(self, texts: &Texts) -> String {
        let key = match self {
            Self::NotACode => "ui.link.error.not-a-code",
            Self::Cut => "ui.link.error.cut",
            Self::Damaged => "ui.link.error.damaged",
            Self::OtherInstrument => "ui.link.error.other-questionnaire",
            Self::OtherVersion => "ui.link.error.other-version",
            Self::Newer => "ui.link.error.newer",
            Self::TooLong => "ui.link.error.too-long",
            Self::TooMuch => "ui.link.error.too-much",
        };
        texts.fill(key, &[("most", &LONGEST.to_string())])
    }
}

impl Shared {
    /// What the link holds, in words, a line each: the form, how many answers, the day, and whether the name, notes
    /// and actions are in it.
    ///
    /// # Panics
    /// With a form of another instrument.
    #[must_use]
    pub fn describe(&self, instrument: &Instrument, texts: &Texts) -> Vec<String> {
        let form = instrument.form(self.form);
        let name_key = ["ui.start.form.", &form.id, ".name"].concat();
        let name = texts.find(&name_key).unwrap_or(&form.id);
        let answered = form.items.iter().filter(|item| self.answers.is_answered(**item)).count();
        let counted = |key: &str, none: &str, n: usize| {
            if n == 0 { texts.get(none).to_owned() } else { texts.count(key, n, &[]) }
        };
        let notes = self.workbook.as_ref().map_or(0, |book| book.notes().count());
        let actions = self.workbook.as_ref().map_or(0, |book| book.actions().count());
        vec![
            texts.fill("ui.link.holds.form", &[("form", name)]),
            texts.count("ui.link.holds.answers", answered, &[("asked", &form.items.len().to_string())]),
            match self.day {
                Some(day) => texts.fill("ui.link.holds.day", &[("day", &day.to_string())]),
                None => texts.get("ui.link.holds.no-day").to_owned(),
            },
            match named(self.label.as_deref()) {
                Some(label) => texts.fill("ui.link.holds.label", &[("label", &label)]),
                None => texts.get("ui.link.holds.no-label").to_owned(),
            },
            counted("ui.link.holds.notes", "ui.link.holds.no-notes", notes),
            counted("ui.link.holds.actions", "ui.link.holds.no-actions", actions),
        ]
    }
}

/// The code of a result.
///
/// # Errors
/// [`LinkError::TooMuch`] when name, notes and actions don't fit.
///
/// # Panics
/// With a form of another instrument.
pub fn encode(instrument: &Instrument, shared: &Shared) -> Result<String, LinkError> {
    let tail = write_tail(instrument, shared);
    let mut bytes = Vec::new();
    bytes.push(VERSION << 4 | shared.form.0 << 1 | u8::from(!tail.is_empty()));
    let day = shared.day.map_or(0, |day| day.number() + 1);
    bytes.extend(&day.to_be_bytes()[1..]);
    bytes.extend(fingerprints(instrument).as_flattened());
    write_answers(instrument, shared, &mut bytes);
    if !tail.is_empty() {
        let length = u16::try_from(tail.len()).map_err(|_| LinkError::TooMuch)?;
        bytes.extend(length.to_be_bytes());
        bytes.extend(tail.as_bytes());
    }
    bytes.extend(CRC.checksum(&bytes).to_be_bytes());
    if symbols(bytes.len()) > LONGEST {
        return Err(LinkError::TooMuch);
    }
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Reads a code, without what may stand before it in an address.
///
/// # Errors
/// What is wrong with it. Never a result other than the one that was written.
pub fn decode(instrument: &Instrument, code: &str) -> Result<Shared, LinkError> {
    if code.len() > LONGEST {
        return Err(LinkError::TooLong);
    }
    let foreign = code.chars().filter(|symbol| !is_symbol(*symbol)).count();
    if foreign > 0 || code.is_empty() {
        // One that slipped into a code, or a sentence.
        let slipped = foreign <= code.len() / SHORTEST;
        return Err(if slipped && !code.is_empty() { LinkError::Damaged } else { LinkError::NotACode });
    }
    let bytes = URL_SAFE_NO_PAD.decode(code).unwrap_or_default();
    let Some((body, _)) = bytes
        .split_last_chunk::<CHECK>()
        .filter(|(body, check)| body.len() > HEAD && CRC.checksum(body).to_be_bytes() == **check)
    else {
        return Err(if is_cut(instrument, code) { LinkError::Cut } else { LinkError::Damaged });
    };
    let (head, rest) = body.split_at(HEAD);
    match head[0] >> 4 {
        VERSION => {}
        newer if newer > VERSION => return Err(LinkError::Newer),
        _ => return Err(LinkError::Damaged),
    }
    let [id, version] = fingerprints(instrument);
    if head[4..6] != id {
        return Err(LinkError::OtherInstrument);
    }
    if head[6..8] != version {
        return Err(LinkError::OtherVersion);
    }
    read_body(instrument, head, rest).ok_or(LinkError::Damaged)
}

/// The code in the fragment of an address, if it has one: what stands behind `#r=`.
#[must_use]
pub fn in_fragment(fragment: &str) -> Option<&str> {
    fragment.strip_prefix(PREFIX)
}

/// Whether a code is of another questionnaire, as far as its beginning tells.
#[must_use]
pub fn is_foreign(instrument: &Instrument, code: &str) -> bool {
    let head = read_head(code).filter(|head| head[0] >> 4 == VERSION);
    head.is_some_and(|head| head[4..6] != fingerprints(instrument)[0])
}

/// Whether a character can stand in a code.
pub(super) fn is_symbol(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '-' || character == '_'
}

/// Whether a text without its end could be a code of this instrument: its beginning is one.
pub(super) fn begins_like_code(instrument: &Instrument, text: &str) -> bool {
    let head = read_head(text);
    head.is_some_and(|head| head[0] >> 4 == VERSION && head[4..6] == fingerprints(instrument)[0])
}

/// How many symbols so many bytes take.
const fn symbols(bytes: usize) -> usize {
    (bytes * 8).div_ceil(6)
}

/// What tells instruments apart, and versions of one: half a checksum of the id, and one of both together.
fn fingerprints(instrument: &Instrument) -> [[u8; 2]; 2] {
    let half = |sum: u32| (sum as u16).to_be_bytes();
    let both = [instrument.id(), "\0", instrument.version()].concat();
    [half(CRC.checksum(instrument.id().as_bytes())), half(CRC.checksum(both.as_bytes()))]
}

fn read_head(code: &str) -> Option<Vec<u8>> {
    let head = URL_SAFE_NO_PAD.decode(code.get(..12)?).ok()?;
    (head.len() > HEAD).then_some(head)
}

/// Whether a code that can't be right is shorter than its beginning says.
fn is_cut(instrument: &Instrument, code: &str) -> bool {
    if code.len() < SHORTEST {
        return true;
    }
    let Some(head) = read_head(code).filter(|head| head[0] >> 4 == VERSION) else { return false };
    let Some(form) = instrument.form_positions().nth(usize::from(head[0] >> 1 & 7)) else { return false };
    let answers = HEAD + bits_of(instrument, form).div_ceil(8);
    let tail = if head[0] & 1 == 0 {
        0
    } else {
        // Whole groups of four symbols up to where the length stands.
        let known = code.get(..symbols(answers + 2).next_multiple_of(4));
        let known = known.and_then(|known| URL_SAFE_NO_PAD.decode(known).ok());
        match known.as_deref().and_then(|known| known.get(answers..answers + 2)) {
            Some(&[high, low]) => 2 + usize::from(u16::from_be_bytes([high, low])),
            _ => return true,
        }
    };
    code.len() < symbols(answers + tail + CHECK)
}

fn is_choice(instrument: &Instrument, item: ItemIx) -> bool {
    instrument.item(item).role == Role::Choice
}

fn bits_of(instrument: &Instrument, form: FormIx) -> usize {
    instrument.form(form).items.iter().map(|item| 3 + usize::from(is_choice(instrument, *item))).sum()
}

fn write_answers(instrument: &Instrument, shared: &Shared, bytes: &mut Vec<u8>) {
    let (mut window, mut filled) = (0_u16, 0_u32);
    for item in &instrument.form(shared.form).items {
        let choice = is_choice(instrument, *item);
        let value = match shared.answers.get(*item) {
            None => 0,
            Some(Answer::Degree(degree)) => degree.number(),
            Some(Answer::Phase(phase)) => phase.0 + 1,
            Some(Answer::DontKnow) if choice => DONT_KNOW.1,
            Some(Answer::DontKnow) => DONT_KNOW.0,
        };
        let width = 3 + u32::from(choice);
        window = window << width | u16::from(value);
        filled += width;
        if filled >= 8 {
            filled -= 8;
            bytes.push((window >> filled) as u8);
        }
    }
    if filled > 0 {
        bytes.push((window << (8 - filled)) as u8);
    }
}

/// The answers in `bytes`; `None` when one of them is none, or when the last byte isn't filled with zeros.
fn read_answers(instrument: &Instrument, form: FormIx, bytes: &[u8]) -> Option<Answers> {
    let mut answers = Answers::new(instrument);
    let mut bytes = bytes.iter();
    let (mut window, mut filled) = (0_u16, 0_u32);
    for item in &instrument.form(form).items {
        let choice = is_choice(instrument, *item);
        let width = 3 + u32::from(choice);
        if filled < width {
            window = window << 8 | u16::from(*bytes.next()?);
            filled += 8;
        }
        filled -= width;
        let value = (window >> filled) as u8;
        window &= (1 << filled) - 1;
        let dont_know = if choice { DONT_KNOW.1 } else { DONT_KNOW.0 };
        let answer = match value {
            0 => continue,
            value if value == dont_know => Answer::DontKnow,
            value if choice => Answer::Phase(instrument.phase_positions().nth(usize::from(value - 1))?),
            value => Answer::Degree(Degree::new(value)?),
        };
        answers.set(instrument, *item, Some(answer), 0);
    }
    (window == 0 && bytes.next().is_none()).then_some(answers)
}

fn read_body(instrument: &Instrument, head: &[u8], rest: &[u8]) -> Option<Shared> {
    let form = instrument.form_positions().nth(usize::from(head[0] >> 1 & 7))?;
    let day = match i32::from_be_bytes([0, head[1], head[2], head[3]]) {
        0 => None,
        number => Some(Day::from_number(number - 1)?),
    };
    let (answers, tail) = rest.split_at_checked(bits_of(instrument, form).div_ceil(8))?;
    let answers = read_answers(instrument, form, answers)?;
    let mut shared = Shared { form, answers, day, label: None, workbook: None };
    if head[0] & 1 == 0 {
        return tail.is_empty().then_some(shared);
    }
    let (length, tail) = tail.split_first_chunk::<2>()?;
    if usize::from(u16::from_be_bytes(*length)) != tail.len() {
        return None;
    }
    read_tail(instrument, std::str::from_utf8(tail).ok()?, &mut shared)?;
    Some(shared)
}

/// A name as a workbook takes it: not empty, and not too long.
fn named(label: Option<&str>) -> Option<String> {
    let mut book = Workbook::default();
    book.name(label?, 0);
    book.label().map(str::to_owned)
}

/// `{"label":"…","notes":{"":"…","trust-control":"…"},"actions":[["text","owner",due,"open",about],…]}`, each field
/// only when there is something in it; nothing at all when there is none. The note under `""` is about the whole.
fn write_tail(instrument: &Instrument, shared: &Shared) -> String {
    let id = |paradox: ParadoxIx| instrument.paradox(paradox).id.as_str();
    let mut fields = Map::new();
    if let Some(label) = named(shared.label.as_deref()) {
        fields.insert("label".to_owned(), Value::from(label));
    }
    let mut notes = Map::new();
    let mut actions = Vec::new();
    if let Some(book) = &shared.workbook {
        for (about, note) in book.notes() {
            let about = match about {
                About::Overall => "",
                About::Paradox(paradox) => id(paradox),
            };
            notes.insert(about.to_owned(), Value::from(note));
        }
        for (_, action) in book.actions() {
            actions.push(Value::Array(vec![
                Value::from(action.text.as_str()),
                Value::from(action.owner.as_str()),
                action.due.map_or(Value::Null, |due| Value::from(due.to_string())),
                Value::from(action.progress.word()),
                action.about.map_or(Value::Null, |about| Value::from(id(about))),
            ]));
        }
    }
    if !notes.is_empty() {
        fields.insert("notes".to_owned(), Value::Object(notes));
    }
    if !actions.is_empty() {
        fields.insert("actions".to_owned(), Value::Array(actions));
    }
    if fields.is_empty() { String::new() } else { json::compact(&Value::Object(fields)) }
}

fn read_tail(instrument: &Instrument, tail: &str, shared: &mut Shared) -> Option<()> {
    let value = json::parse(tail).ok()?;
    let fields = value.as_object()?;
    let at = shared.day.map_or(0, |day| day.number() as Stamp * day::DAY);
    let paradox = |id: &str| {
        let index = instrument.paradoxes().iter().position(|paradox| paradox.id == id);
        index.and_then(|index| instrument.paradox_positions().nth(index))
    };
    let mut book = Workbook::default();
    for (name, value) in fields {
        match name.as_str() {
            "label" => shared.label = named(value.as_str()),
            "notes" => {
                for (about, note) in value.as_object()? {
                    let about =
                        if about.is_empty() { About::Overall } else { About::Paradox(paradox(about)?) };
                    book.write(about, note.as_str()?, at);
                }
            }
            "actions" => {
                for action in value.as_array()? {
                    book.add(read_action(action.as_array()?, paradox)?, at)?;
                }
            }
            _ => return None,
        }
    }
    shared.workbook = Some(book).filter(|book| !book.is_empty());
    Some(())
}

fn read_action(fields: &[Value], paradox: impl Fn(&str) -> Option<ParadoxIx>) -> Option<Action> {
    let [text, owner, due, progress, about] = fields else { return None };
    let due = if due.is_null() { None } else { Some(Day::read(due.as_str()?)?) };
    let about = if about.is_null() { None } else { Some(paradox(about.as_str()?)?) };
    let progress = progress.as_str()?;
    Some(Action {
        text: text.as_str()?.to_owned(),
        owner: owner.as_str()?.to_owned(),
        due,
        progress: Progress::ALL.into_iter().find(|known| known.word() == progress)?,
        about,
    })
}
