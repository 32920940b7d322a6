//! What time it is, and days in words.

use js_sys::{Date, Object, Reflect};

use crate::answers::Stamp;
use crate::day::Day;

/// Milliseconds since 1970, by the device's clock.
pub(crate) fn now() -> Stamp {
    js_sys::Date::now().max(0.0) as Stamp
}

/// The day on which a moment lies where the device is.
pub(crate) fn local_day(moment: Stamp) -> Day {
    local(&Date::new(&(moment as f64).into()))
}

/// The same of a moment as files write it; `None` for a day alone, which is the same everywhere, and for what is no
/// moment.
pub(crate) fn local_day_of(text: &str) -> Option<Day> {
    let date = text.contains('T').then(|| Date::new(&text.into()))?;
    (!date.get_time().is_nan()).then(|| local(&date))
}

fn local(date: &Date) -> Day {
    let ahead = date.get_timezone_offset() * -60_000.0;
    Day::of((date.get_time() + ahead).max(0.0) as Stamp)
}

/// A day, or today, as people write it in a language: "25 November 2026". Someone whose own language is a variety of
/// it, `en-GB` say, reads it the way they write it.
pub(crate) fn in_words(day: Option<Day>, language: &str) -> String {
    let date = day.map_or_else(Date::new_0, |day| {
        let (year, month, day) = day.parts();
        Date::new_with_year_month_day(year as u32, i32::from(month) - 1, day.into())
    });
    let own = gloo::utils::window().navigator().languages();
    let own =
        own.iter().filter_map(|tag| tag.as_string()).find(|tag| tag.split('-').next() == Some(language));
    let options = Object::new();
    let _ = Reflect::set(&options, &"dateStyle".into(), &"long".into());
    date.to_locale_date_string(own.as_deref().unwrap_or(language), &options).into()
}
