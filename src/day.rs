//! Calendar days, as people and files write them: `2026-11-23`. Files say days where a moment would tell more than
//! they need to.

use std::fmt;

use time::{Date, Month};

use crate::answers::Stamp;

/// Milliseconds in a day.
pub(crate) const DAY: u64 = 86_400_000;
/// The Julian day of 1970-01-01.
const EPOCH: i32 = 2_440_588;

/// A day of the calendar, from 1970-01-01 to 9999-12-31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day on which a moment lies, in UTC; a moment beyond the year 9999 lies on its last day.
    #[must_use]
    pub fn of(moment: Stamp) -> Self {
        let days = i32::try_from(moment / DAY).unwrap_or(i32::MAX);
        Self::from_number(days).unwrap_or(Self(Date::MAX))
    }

    /// The day that is so many days after 1970-01-01; `None` outside the calendar.
    #[must_use]
    pub fn from_number(days: i32) -> Option<Self> {
        let date = Date::from_julian_day(days.checked_add(EPOCH)?).ok()?;
        (days >= 0).then_some(Self(date))
    }

    /// How many days after 1970-01-01 it is.
    pub fn number(self) -> i32 {
        self.0.to_julian_day() - EPOCH
    }

    /// Reads a day as `2026-11-23`, or the day of a moment as `2026-11-23T10:00:00Z`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (day, moment) = text.split_at_checked(10)?;
        if !(moment.is_empty() || moment.starts_with('T')) {
            return None;
        }
        let digits = |from: usize, to: usize| {
            let part = day.get(from..to)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u16>().ok())?
        };
        if day.get(4..5)? != "-" || day.get(7..8)? != "-" {
            return None;
        }
        let month = Month::try_from(u8::try_from(digits(5, 7)?).ok()?).ok()?;
        let date = Date::from_calendar_date(i32::from(digits(0, 4)?), month, digits(8, 10)? as u8).ok()?;
        Some(Self(date)).filter(|day| day.number() >= 0)
    }

    /// Year, month (1–12) and day of the month (1–31).
    pub fn parts(self) -> (i32, u8, u8) {
        (self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        f.write_str(
            &[&padded(year as u64, 4), "-", &padded(month.into(), 2), "-", &padded(day.into(), 2)].concat(),
        )
    }
}

/// A moment in UTC as files write it: `2026-11-23T10:00:00Z`.
#[must_use]
pub fn moment(stamp: Stamp) -> String {
    let seconds = stamp % DAY / 1000;
    let two = |number: u64| padded(number, 2);
    let day = Day::of(stamp).to_string();
    [&day, "T", &two(seconds / 3600), ":", &two(seconds / 60 % 60), ":", &two(seconds % 60), "Z"].concat()
}

/// A number with zeros before it. Not by `format!`, whose padding is not in the download otherwise.
fn padded(number: u64, width: usize) -> String {
    let digits = number.to_string();
    let zeros = width.saturating_sub(digits.len());
    [&"0000"[..zeros.min(4)], &digits].concat()
}
