//! Counting what reports say, one report at a time: who comes or goes is counted in or out, so that one more among ten
//! thousand takes no longer than one more among ten.

use super::statistics::Counts;
use super::{Floor, GroupLean, GroupScore};
use crate::instrument::{Instrument, ParadoxIx};
use crate::scoring::{ParadoxScore, Report};

/// What some reports say of every paradox. Nothing in it tells in which order they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tallies {
    n: usize,
    /// In the order of the instrument; empty until the first report comes.
    tallies: Vec<Tally>,
}

impl Tallies {
    /// Counts a report in.
    pub(super) fn add(&mut self, report: &Report) {
        self.tallies.resize_with(report.paradoxes.len(), Tally::default);
        for (tally, score) in self.tallies.iter_mut().zip(&report.paradoxes) {
            tally.add(score);
        }
        self.n += 1;
    }

    /// Counts a report out that was counted in.
    pub(super) fn remove(&mut self, report: &Report) {
        for (tally, score) in self.tallies.iter_mut().zip(&report.paradoxes) {
            tally.remove(score);
        }
        self.n = self.n.saturating_sub(1);
    }

    /// How many reports are counted.
    pub(super) fn n(&self) -> usize {
        self.n
    }

    /// Every paradox of the instrument that they were scored by, in its order.
    pub(super) fn scores(&self, instrument: &Instrument, floor: Floor) -> Vec<GroupScore> {
        let empty = Tally::default();
        let scored =
            |paradox: ParadoxIx| self.tallies.get(paradox.index()).unwrap_or(&empty).score(paradox, floor);
        instrument.paradox_positions().map(scored).collect()
    }
}

/// What the reports say of one paradox.
#[derive(Clone, Debug, Default, PartialEq)]
struct Tally {
    a: Counts,
    b: Counts,
    tilt: Counts,
    both_and: Counts,
    tension: Counts,
    /// How many answers are behind each pole, of people with a score of both: n·k where n people answered k items.
    answers: [usize; 2],
}

impl Tally {
    fn add(&mut self, score: &ParadoxScore) {
        self.count(score, Counts::add);
        if score.both.is_some() {
            self.answers[0] += score.items_a;
            self.answers[1] += score.items_b;
        }
    }

    fn remove(&mut self, score: &ParadoxScore) {
        self.count(score, Counts::remove);
        if score.both.is_some() {
            self.answers[0] -= score.items_a;
            self.answers[1] -= score.items_b;
        }
    }

    /// Does the same with every measure that the score has.
    fn count(&mut self, score: &ParadoxScore, count: fn(&mut Counts, f64)) {
        let both = score.both.as_ref();
        let measures = [
            (&mut self.a, score.a),
            (&mut self.b, score.b),
            (&mut self.tension, score.tension),
            (&mut self.tilt, both.map(|both| both.tilt)),
            (&mut self.both_and, both.map(|both| both.both_and)),
        ];
        for (counts, measure) in measures {
            if let Some(measure) = measure {
                count(counts, measure);
            }
        }
    }

    fn score(&self, paradox: ParadoxIx, floor: Floor) -> GroupScore {
        let enough = |counts: &Counts| counts.statistics().filter(|known| known.n >= floor.fewest());
        let tilt = enough(&self.tilt);
        // Where some left items open, the pole with fewer answers counts.
        let answers = self.answers[0].min(self.answers[1]);
        GroupScore {
            paradox,
            a: enough(&self.a),
            b: enough(&self.b),
            both_and: enough(&self.both_and),
            tension: enough(&self.tension),
            lean: tilt.as_ref().map(|tilt| GroupLean::of(tilt.mean, answers)),
            tilt,
        }
    }
}
