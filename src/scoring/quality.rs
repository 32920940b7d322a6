//! Remarks about the answers themselves. They are shown as remarks; nothing is deleted or corrected.

use super::{Asked, mean};
use crate::instrument::{Instrument, ItemIx, Role};

/// Something about the way of answering that is worth a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Many pole items are answered, and all the same.
    StraightLine,
    /// The pole items' mean is so high that only differences between them tell something.
    YesSaying,
    /// Answering went faster than reading does.
    Fast,
    /// Under two thirds of the form is answered.
    Incomplete,
}

impl Flag {
    /// The word in result files and text keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::StraightLine => "straight-line",
            Self::YesSaying => "yes-saying",
            Self::Fast => "fast",
            Self::Incomplete => "incomplete",
        }
    }
}

pub(super) fn flags(instrument: &Instrument, asked: &Asked<'_>, seconds: Option<f64>) -> Vec<Flag> {
    let thresholds = instrument.thresholds();
    let form = instrument.form(asked.form);
    let pole = |item: &&ItemIx| matches!(instrument.item(**item).role, Role::Pole(..));
    let scores: Vec<f64> = form.items.iter().filter(pole).filter_map(|item| asked.score(*item)).collect();
    let all_the_same = scores.windows(2).all(|pair| pair[0].total_cmp(&pair[1]).is_eq());
    let (mean, count) = mean(scores.iter().copied());
    let answered = asked.count_answered();
    // "Don't know" takes time to read as well, so it counts here.
    let looked_at = form.items.iter().filter(|item| asked.answer(**item).is_some()).count();
    let (share, of) = thresholds.complete_share;
    let found = [
        (Flag::StraightLine, thresholds.straight_line_items <= count && all_the_same),
        (Flag::YesSaying, mean.is_some_and(|mean| mean > thresholds.yes_saying_above)),
        (
            Flag::Fast,
            seconds.is_some_and(|seconds| is_fast(seconds, looked_at, thresholds.fast_seconds_per_item)),
        ),
        (Flag::Incomplete, answered * (of as usize) < form.items.len() * (share as usize)),
    ];
    found.into_iter().filter(|(_, holds)| *holds).map(|(flag, _)| flag).collect()
}

fn is_fast(seconds: f64, items: usize, threshold: f64) -> bool {
    items > 0 && seconds < threshold * items as f64
}
