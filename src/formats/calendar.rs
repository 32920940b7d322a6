//! Actions for a calendar (RFC 5545): each with a date becomes a day-long event on that day. Not a to-do, for most
//! calendars pass those over in silence.

use crate::answers::Stamp;
use crate::day::{self, Day};
use crate::history::KeptId;
use crate::i18n::Texts;
use crate::instrument::Instrument;
use crate::summary;
use crate::workbook::{Action, Progress, Workbook};

/// The most bytes of a line; longer ones go on in the next, which begins with a space.
const LINE: usize = 75;

/// The calendar, and how many actions have no date and so are not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The text of the file.
    pub text: String,
    /// How many actions were left out.
    pub undated: usize,
}

/// The actions with a date as a calendar file; `now` is when it is made. Actions from a file have no moments that tell
/// them from those of another file: for those of a kept result `kept` is what tells it from the others.
#[must_use]
pub fn write(
    instrument: &Instrument,
    texts: &Texts,
    workbook: &Workbook,
    kept: Option<KeptId>,
    now: Stamp,
) -> Calendar {
    let mut text = String::new();
    for start in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Equipoise//Equipoise//EN", "CALSCALE:GREGORIAN"]
    {
        line(&mut text, start);
    }
    let mut undated = 0;
    for (id, action) in workbook.agreed() {
        match action.due {
            Some(due) => {
                let name = kept.map_or_else(String::new, |kept| kept.0.to_string() + "-") + &id.0.to_string();
                event(&mut text, instrument, texts, (&name, action), due, now);
            }
            None => undated += 1,
        }
    }
    line(&mut text, "END:VCALENDAR");
    Calendar { text, undated }
}

fn event(
    out: &mut String,
    instrument: &Instrument,
    texts: &Texts,
    (name, action): (&str, &Action),
    due: Day,
    now: Stamp,
) {
    let next = Day::from_number(due.number() + 1).unwrap_or(due);
    let about = action.about.map(|paradox| {
        let pair = summary::pair_name(instrument, texts, paradox);
        texts.fill("ui.action.about", &[("pair", &pair)])
    });
    let owner = Some(action.owner.as_str()).filter(|owner| !owner.is_empty());
    let more: Vec<&str> = [owner, about.as_deref()].into_iter().flatten().collect();
    line(out, "BEGIN:VEVENT");
    line(out, &["UID:", name, "@equipoise"].concat());
    line(out, &["DTSTAMP:", &compact(&day::moment(now))].concat());
    line(out, &["DTSTART;VALUE=DATE:", &compact(&due.to_string())].concat());
    line(out, &["DTEND;VALUE=DATE:", &compact(&next.to_string())].concat());
    line(out, &["SUMMARY:", &escaped(&action.text)].concat());
    if !more.is_empty() {
        line(out, &["DESCRIPTION:", &escaped(&more.join("\n"))].concat());
    }
    let done = action.progress == Progress::Done;
    line(out, if done { "STATUS:CONFIRMED" } else { "STATUS:TENTATIVE" });
    line(out, "TRANSP:TRANSPARENT");
    line(out, "END:VEVENT");
}

/// `2026-11-23T10:00:00Z` without its marks, as this format has it.
fn compact(moment: &str) -> String {
    moment.chars().filter(|character| !matches!(character, '-' | ':')).collect()
}

/// A text in which nothing has a meaning of its own. Of the characters that do nothing but control, only the end of a
/// line stays.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            character if character.is_control() => {}
            character => escaped.push(character),
        }
    }
    escaped
}

/// Adds a line, folded so that none is too long and no character is torn.
fn line(out: &mut String, text: &str) {
    let mut room = LINE;
    for character in text.chars() {
        let length = character.len_utf8();
        if length > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        out.push(character);
        room -= length;
    }
    out.push_str("\r\n");
}
