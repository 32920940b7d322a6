//! Whatever a person drops, picks or pastes: told apart, read, and every problem put into words with where it is and
//! what to do. One input may hold several results: a list, one a line, or links and codes in a chat or a mail.
//!
//! What can't be taken is a [`Refusal`]; what can be, but deserves a word, comes with a [`Remark`]. Nothing in it is
//! ever interpreted as anything but text, and an input of any size and shape is done with in bounded time and memory.

use serde_json::Value;

use super::backup::{self, Backup};
use super::link::{self, LinkError, Shared};
use super::record::{self, Record};
use super::result::{self, ResultFile};
use super::twice;
use crate::day::Day;
use crate::i18n::Texts;
use crate::instrument::Instrument;
use crate::json::{self, Expected, Problem};

/// The most bytes of one input, unless it is a [backup or a session](backup::LONGEST).
pub const MOST_BYTES: usize = 1_000_000;
/// The most results from one input.
pub const MOST_RESULTS: usize = 1000;
/// How deep lists and objects may lie in each other: as deep as the parser goes.
pub const DEEPEST: usize = 127;
/// The most refusals from one input; one more says that what comes after was not looked at.
pub const MOST_REFUSALS: usize = 50;

/// The most lines in which the problems of one file are told.
const MOST_LINES: usize = 12;
/// Into how many lines a mail may have broken a link.
const MOST_PIECES: usize = 4;
const INSTRUMENT: &str = "equipoise-instrument";
const TEXTS: &str = "equipoise-texts";

/// What came out of one input, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// What was found.
    pub found: Vec<Find>,
    /// What was in it and can't be taken. When both lists would be empty, this one says that there is nothing.
    pub refusals: Vec<Refusal>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Find {
    /// Where.
    pub place: Place,
    /// What.
    pub found: Found,
    /// What deserves a word.
    pub remarks: Vec<Remark>,
}

/// What can be found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A result file.
    Result(Box<ResultFile>),
    /// What a link or a code holds.
    Link(Box<Shared>),
    /// A session as a browser stores it.
    Session(Box<Record>),
    /// A file with everything that a browser keeps.
    Backup(Box<Backup>),
}

/// Where in an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is the input.
    Whole,
    /// A line, from 1.
    Line(usize),
    /// An entry of a list, from 1.
    Entry(usize),
    /// A link or code in a text, from 1.
    Link(usize),
}

/// Something that was taken all the same, but deserves a word.
#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    /// It is dated after tomorrow.
    Future(Day),
    /// Its date can't be read; what stands there.
    NoDay(String),
    /// Scores in the file don't follow from the answers; they are computed anew.
    Scores(Vec<Problem>),
    /// Answers of a session were given after tomorrow, and count as the newest.
    Ahead(Day),
    /// Something about a kept result, with its name.
    Kept(String, Box<Remark>),
    /// There is more to say, about so many things.
    More(usize),
}

/// Something that can't be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Where.
    pub place: Place,
    /// Why.
    pub reason: Reason,
}

/// Why something can't be taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// It has more bytes than it may have: how many, and how many it may.
    TooLarge(usize, usize),
    /// There is nothing in it.
    Empty,
    /// It is text in UTF-16.
    Utf16,
    /// It isn't text in UTF-8; the first byte that isn't, from 1.
    Utf8(usize),
    /// Lists and objects lie deeper in each other than [`DEEPEST`].
    Deep,
    /// It isn't JSON from this line and character on (both from 1).
    Broken {
        /// Line, from 1.
        line: usize,
        /// Character of the line, from 1.
        column: usize,
    },
    /// At this line and character stands a number that is larger than any program takes.
    Huge {
        /// Line, from 1.
        line: usize,
        /// Character of the line, from 1.
        column: usize,
    },
    /// There is no result, link or code in it.
    Nothing,
    /// It is a file of another program or of a kind that isn't known here; the name of its format.
    OtherFormat(String),
    /// It is a questionnaire.
    Questionnaire,
    /// It is the texts of a questionnaire.
    Texts,
    /// It was written by a newer program: the version of its format, and the newest that is known.
    Newer(String, u32),
    /// It belongs to another questionnaire: its id, and the id that belongs here.
    OtherInstrument(String, String),
    /// It belongs to another version of this questionnaire: that version, and the one that belongs here.
    OtherVersion(String, String),
    /// These names stand twice in it, as JSON paths.
    Twice(Vec<String>),
    /// All that is wrong in it.
    Problems(Vec<Problem>),
    /// The link or code can't be read.
    Link(LinkError),
    /// There are more than [`MOST_RESULTS`] in it; the rest is left out.
    TooMany,
    /// There was too much wrong to go on.
    Stopped,
}

impl Place {
    fn say(self, text: &str, texts: &Texts) -> String {
        let (key, n) = match self {
            Self::Whole => return text.to_owned(),
            Self::Line(n) => ("ui.intake.place.line", n),
            Self::Entry(n) => ("ui.intake.place.entry", n),
            Self::Link(n) => ("ui.intake.place.link", n),
        };
        texts.fill(key, &[("n", &n.to_string()), ("text", text)])
    }
}

impl Find {
    /// The remarks in words, a line each.
    #[must_use]
    pub fn describe(&self, texts: &Texts) -> Vec<String> {
        self.remarks.iter().map(|remark| self.place.say(&remark.describe(texts), texts)).collect()
    }
}

impl Remark {
    /// The remark in words.
    #[must_use]
    pub fn describe(&self, texts: &Texts) -> String {
        match self {
            Self::Future(day) => texts.fill("ui.intake.remark.future", &[("day", &day.to_string())]),
            Self::NoDay(found) => texts.fill("ui.intake.remark.no-day", &[("found", found)]),
            Self::Scores(problems) => texts.count("ui.intake.remark.scores", problems.len(), &[]),
            Self::Ahead(day) => texts.fill("ui.intake.remark.ahead", &[("day", &day.to_string())]),
            Self::Kept(name, remark) => {
                texts.fill("ui.intake.remark.kept", &[("name", name), ("text", &remark.describe(texts))])
            }
            Self::More(count) => texts.count("ui.intake.more", *count, &[]),
        }
    }
}

impl Refusal {
    /// The refusal in words: where, what is wrong and what to do, in one line or, for a file with several problems,
    /// in a few.
    #[must_use]
    pub fn describe(&self, texts: &Texts) -> Vec<String> {
        let Reason::Problems(problems) = &self.reason else {
            return vec![self.place.say(&self.reason.describe(texts), texts)];
        };
        let say = |problem: &Problem| self.place.say(&problem.describe(texts), texts);
        let mut lines: Vec<String> = problems.iter().take(MOST_LINES).map(say).collect();
        if problems.len() > MOST_LINES {
            lines.push(texts.count("ui.intake.more", problems.len() - MOST_LINES, &[]));
        }
        lines
    }
}

impl Reason {
    fn describe(&self, texts: &Texts) -> String {
        let place = |key: &str, line: usize, column: usize| {
            texts.fill(key, &[("line", &line.to_string()), ("column", &column.to_string())])
        };
        let plain = |key: &str| texts.get(key).to_owned();
        match self {
            Self::TooLarge(bytes, most) => {
                let (size, most) = (bytes.div_ceil(1000).to_string(), (most / 1000).to_string());
                texts.fill("ui.intake.too-large", &[("size", &size), ("most", &most)])
            }
            Self::Empty => plain("ui.intake.empty"),
            Self::Utf16 => plain("ui.intake.utf-16"),
            Self::Utf8(byte) => texts.fill("ui.intake.utf-8", &[("byte", &byte.to_string())]),
            Self::Deep => texts.fill("ui.intake.deep", &[("most", &DEEPEST.to_string())]),
            Self::Broken { line, column } => place("ui.intake.broken", *line, *column),
            Self::Huge { line, column } => place("ui.intake.huge", *line, *column),
            Self::Nothing => plain("ui.intake.nothing"),
            Self::OtherFormat(found) => texts.fill("ui.intake.other-format", &[("found", found)]),
            Self::Questionnaire => plain("ui.intake.questionnaire"),
            Self::Texts => plain("ui.intake.texts"),
            Self::Newer(found, newest) => {
                texts.fill("ui.intake.newer", &[("found", found), ("newest", &newest.to_string())])
            }
            Self::OtherInstrument(found, expected) => {
                texts.fill("ui.intake.other-questionnaire", &[("found", found), ("expected", expected)])
            }
            Self::OtherVersion(found, expected) => {
                texts.fill("ui.intake.other-version", &[("found", found), ("expected", expected)])
            }
            Self::Twice(paths) => texts.fill("ui.intake.twice", &[("list", &paths.join(", "))]),
            // Said a line each.
            Self::Problems(_) => String::new(),
            Self::Link(error) => error.describe(texts),
            Self::TooMany => texts.fill("ui.intake.too-many", &[("most", &MOST_RESULTS.to_string())]),
            Self::Stopped => plain("ui.intake.stopped"),
        }
    }
}

/// Reads one input: the bytes of a file, or a text that was pasted. `today` tells what lies in the future.
#[must_use]
pub fn read(instrument: &Instrument, bytes: &[u8], today: Day) -> Taken {
    let mut reader = Reader { instrument, today, taken: Taken::default() };
    let most = if backup::may_be_long(bytes) { backup::LONGEST } else { MOST_BYTES };
    match text_of(bytes, most) {
        Ok(text) => reader.read(text),
        Err(reason) => {
            reader.refuse(Place::Whole, reason);
        }
    }
    reader.taken
}

/// The input as text that isn't empty, and isn't longer than `most` bytes.
pub(crate) fn text_of(bytes: &[u8], most: usize) -> Result<&str, Reason> {
    if bytes.len() > most {
        return Err(Reason::TooLarge(bytes.len(), most));
    }
    // With its mark, or the first letter of JSON or an address without it.
    if matches!(
        bytes,
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, b'a'..=b'{', ..] | [b'a'..=b'{' | b'[', 0, ..]
    ) {
        return Err(Reason::Utf16);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| Reason::Utf8(error.valid_up_to() + 1))?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() { Err(Reason::Empty) } else { Ok(text) }
}

/// Whether a day lies in the future. Clocks differ, and somewhere it is tomorrow already.
#[must_use]
pub fn is_in_future(day: Day, today: Day) -> bool {
    day.number() > today.number() + 1
}

type Outcome = Result<(Found, Vec<Remark>), Reason>;

struct Reader<'a> {
    instrument: &'a Instrument,
    today: Day,
    taken: Taken,
}

impl Reader<'_> {
    /// Notes a refusal; `false` when it was one too many.
    fn refuse(&mut self, place: Place, reason: Reason) -> bool {
        let goes_on = self.taken.refusals.len() < MOST_REFUSALS;
        let reason = if goes_on { reason } else { Reason::Stopped };
        self.taken.refusals.push(Refusal { place, reason });
        goes_on
    }

    /// Notes what came of reading at a place; `false` when there is no need to read on.
    fn take(&mut self, place: Place, outcome: Outcome) -> bool {
        match outcome {
            Err(reason) => self.refuse(place, reason),
            Ok(_) if self.taken.found.len() >= MOST_RESULTS => {
                self.refuse(Place::Whole, Reason::TooMany);
                false
            }
            Ok((found, remarks)) => {
                self.taken.found.push(Find { place, found, remarks });
                true
            }
        }
    }

    fn read(&mut self, text: &str) {
        if !text.trim_start().starts_with(['{', '[']) {
            return self.text(text, Reason::Nothing);
        }
        match parse(text, 1) {
            // A chat may begin with a bracket, too.
            Err(reason) if !are_lines(text) => self.text(text, reason),
            Err(_) => self.lines(text),
            Ok(Value::Array(entries)) => self.entries(&entries, text),
            Ok(value) => {
                match self.value(&value, text, twice::find(text).into_iter().map(|twice| twice.path)) {
                    Err(reason @ (Reason::Nothing | Reason::OtherFormat(_))) => self.text(text, reason),
                    outcome => {
                        self.take(Place::Whole, outcome);
                    }
                }
            }
        }
    }

    fn lines(&mut self, text: &str) {
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let outcome = parse(line, index + 1).and_then(|value| {
                self.value(&value, line, twice::find(line).into_iter().map(|twice| twice.path))
            });
            if !self.take(Place::Line(index + 1), outcome) {
                return;
            }
        }
    }

    fn entries(&mut self, entries: &[Value], text: &str) {
        if entries.is_empty() {
            self.refuse(Place::Whole, Reason::Nothing);
        }
        let found = twice::find(text);
        for (index, value) in entries.iter().enumerate() {
            let of_entry = found.iter().filter(|twice| twice.entry == index).map(|twice| twice.path.clone());
            let outcome = self.value(value, &json::compact(value), of_entry);
            if !self.take(Place::Entry(index + 1), outcome) {
                return;
            }
        }
    }

    fn value(&self, value: &Value, text: &str, twice: impl Iterator<Item = String>) -> Outcome {
        let newest = match value["format"].as_str() {
            None => return Err(Reason::Nothing),
            Some(INSTRUMENT) => return Err(Reason::Questionnaire),
            Some(TEXTS) => return Err(Reason::Texts),
            Some(result::FORMAT) => result::VERSION,
            Some(record::FORMAT) => record::VERSION,
            Some(backup::FORMAT) => backup::VERSION,
            Some(other) => return Err(Reason::OtherFormat(json::quoted(other))),
        };
        self.belongs(value, newest)?;
        let twice: Vec<String> = twice.collect();
        if !twice.is_empty() {
            return Err(Reason::Twice(twice));
        }
        if value["format"] == record::FORMAT {
            let record = Record::read(self.instrument, text).map_err(Reason::Problems)?;
            let remarks = self.ahead(&record).into_iter().collect();
            return Ok((Found::Session(Box::new(record)), remarks));
        }
        if value["format"] == backup::FORMAT {
            let backup = Backup::from_value(self.instrument, value).map_err(Reason::Problems)?;
            let remarks = self.backup_remarks(&backup);
            return Ok((Found::Backup(Box::new(backup)), remarks));
        }
        let file = ResultFile::from_value(self.instrument, value).map_err(Reason::Problems)?;
        let remarks = self.remarks(&file);
        Ok((Found::Result(Box::new(file)), remarks))
    }

    /// Whether a file can be one of this program and this questionnaire; what is of another type is told by its reader.
    fn belongs(&self, value: &Value, newest: u32) -> Result<(), Reason> {
        if json::whole(&value["version"]).is_some_and(|version| version > u64::from(newest)) {
            return Err(Reason::Newer(json::excerpt(&value["version"]), newest));
        }
        let about = &value["instrument"];
        let differs = |name: &str, expected: &str| {
            let found = about[name].as_str().filter(|found| *found != expected)?;
            Some((json::quoted(found), json::quoted(expected)))
        };
        if let Some((found, expected)) = differs("id", self.instrument.id()) {
            return Err(Reason::OtherInstrument(found, expected));
        }
        if let Some((found, expected)) = differs("version", self.instrument.version()) {
            return Err(Reason::OtherVersion(found, expected));
        }
        Ok(())
    }

    fn remarks(&self, file: &ResultFile) -> Vec<Remark> {
        let mut remarks = Vec::new();
        if let Some(completed) = file.field("completed") {
            match completed.as_str().and_then(Day::read) {
                Some(day) => remarks.extend(self.future(day)),
                None => remarks.push(Remark::NoDay(json::excerpt(completed))),
            }
        }
        let scores = file.mismatches(self.instrument);
        if !scores.is_empty() {
            remarks.push(Remark::Scores(scores));
        }
        remarks
    }

    /// About the session and each kept result, up to [`MOST_LINES`].
    fn backup_remarks(&self, backup: &Backup) -> Vec<Remark> {
        let mut remarks: Vec<Remark> =
            backup.record.as_ref().and_then(|record| self.ahead(record)).into_iter().collect();
        for kept in backup.history.kept() {
            let of_kept = |remark| Remark::Kept(kept.name.clone(), Box::new(remark));
            remarks.extend(self.remarks(&kept.file).into_iter().map(of_kept));
        }
        let more = remarks.len().saturating_sub(MOST_LINES);
        remarks.truncate(MOST_LINES);
        remarks.extend((more > 0).then_some(Remark::More(more)));
        remarks
    }

    /// Whether answers of a session were given in the future.
    fn ahead(&self, record: &Record) -> Option<Remark> {
        let latest = self.instrument.item_positions().map(|item| record.answers.stamp(item)).max()?;
        let day = Day::of(latest);
        self.future(day).map(|_| Remark::Ahead(day))
    }

    fn future(&self, day: Day) -> Option<Remark> {
        is_in_future(day, self.today).then_some(Remark::Future(day))
    }

    /// Links and codes in a text, in order and each once. `otherwise` is said when there are none.
    fn text(&mut self, text: &str, otherwise: Reason) {
        let mut seen: Vec<String> = Vec::new();
        let mut from = 0;
        while let Some((start, end)) = next_run(text, from) {
            from = end;
            let marked = after_mark(&text[..start], &text[start..end]);
            let code = marked.unwrap_or(&text[start..end]);
            if marked.is_none() && code.len() < link::SHORTEST {
                continue;
            }
            let mut code = code.to_owned();
            let mut shared = link::decode(self.instrument, &code);
            if shared == Err(LinkError::Cut)
                && let Some((whole, read, end)) = self.joined(text, &code, end)
            {
                (code, shared, from) = (whole, Ok(read), end);
            }
            let is_one = marked.is_some() || self.looks_like_code(&code, &shared);
            if !is_one || seen.contains(&code) {
                continue;
            }
            seen.push(code);
            let outcome = shared.map_err(Reason::Link).map(|shared| {
                let remarks = shared.day.and_then(|day| self.future(day)).into_iter().collect();
                (Found::Link(Box::new(shared)), remarks)
            });
            if !self.take(Place::Link(seen.len()), outcome) {
                return;
            }
        }
        if seen.is_empty() {
            let whole = text.trim();
            let is_run = whole.len() >= link::SHORTEST && whole.chars().all(link::is_symbol);
            let error = if is_run { link::decode(self.instrument, whole).err() } else { None };
            self.refuse(Place::Whole, error.map_or(otherwise, Reason::Link));
        }
        if seen.len() == 1 {
            // The only one needs no number.
            let found = self.taken.found.iter_mut().map(|find| &mut find.place);
            let refused = self.taken.refusals.iter_mut().map(|refusal| &mut refusal.place);
            found.chain(refused).for_each(|place| *place = Place::Whole);
        }
    }

    /// A long word is a code when it reads as one, of whatever questionnaire, or begins like one of this.
    fn looks_like_code(&self, code: &str, shared: &Result<Shared, LinkError>) -> bool {
        use LinkError::{Newer, OtherInstrument, OtherVersion};
        matches!(shared, Ok(_) | Err(OtherInstrument | OtherVersion | Newer))
            || link::begins_like_code(self.instrument, code)
    }

    /// A code that a mail broke into lines: the code, what it holds, and where it ends.
    fn joined(&self, text: &str, code: &str, end: usize) -> Option<(String, Shared, usize)> {
        let (mut whole, mut end) = (code.to_owned(), end);
        for _ in 1..MOST_PIECES {
            let (start, next) = next_run(text, end)?;
            let gap = &text[end..start];
            let is_break = gap.contains('\n') && gap.chars().all(|c| "=\r\n> ".contains(c));
            if !is_break {
                return None;
            }
            whole.push_str(&text[start..next]);
            end = next;
            if let Ok(shared) = link::decode(self.instrument, &whole) {
                return Some((whole, shared, end));
            }
        }
        None
    }
}

/// The next run of characters that can stand in a code: where it starts and ends.
fn next_run(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let start = from + rest.find(link::is_symbol)?;
    let length = text[start..].find(|c| !link::is_symbol(c));
    Some((start, length.map_or(text.len(), |length| start + length)))
}

/// The code in a run of characters, when what stands before it says that it is one: `#r=`, also as it is written where
/// a link became part of another address.
fn after_mark<'a>(before: &str, run: &'a str) -> Option<&'a str> {
    if before.ends_with(link::PREFIX) || before.ends_with("%23r=") {
        return Some(run);
    }
    if before.ends_with("%23r%") { run.strip_prefix("3D").or_else(|| run.strip_prefix("3d")) } else { None }
}

/// Parses a text that begins on this line of the input.
pub(crate) fn parse(text: &str, first_line: usize) -> Result<Value, Reason> {
    if depth(text) > DEEPEST {
        return Err(Reason::Deep);
    }
    json::parse(text).map_err(|problems| match problems.first().map(|problem| &problem.expected) {
        Some(Expected::Json { line, column }) => broken(text, first_line, *line, *column),
        _ => Reason::Problems(problems),
    })
}

/// How deep lists and objects lie in each other, at most.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut quoted, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Where it isn't JSON. The parser counts bytes, people count characters; and it takes a number that is too large for
/// a mistake in writing.
fn broken(text: &str, first_line: usize, line: usize, column: usize) -> Reason {
    let of_line = text.split('\n').nth(line - 1).unwrap_or_default();
    let is_before = |(at, _): &(usize, char)| *at < column;
    let characters = of_line.char_indices().take_while(is_before).count().max(1);
    let of_number = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
    let (before, after) = of_line.as_bytes().split_at_checked(column).unwrap_or((of_line.as_bytes(), b""));
    let before = before.iter().rev().take_while(|byte| of_number(byte));
    let is_scaled = before.clone().any(|byte| byte.eq_ignore_ascii_case(&b'e'));
    let digits = before.clone().chain(after.iter().take_while(|byte| of_number(byte))).count();
    let ends_in_digit = before.clone().next().is_some_and(u8::is_ascii_digit);
    let (line, column) = (first_line + line - 1, characters);
    if ends_in_digit && (is_scaled || digits > 300) {
        return Reason::Huge { line, column };
    }
    Reason::Broken { line, column }
}

/// Whether a text is several JSON objects, one a line; a few of them may be broken.
fn are_lines(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let whole = lines().filter(|line| line.starts_with('{') && line.ends_with('}')).count();
    let count = lines().count();
    count > 1 && whole * 2 >= count
}
