//! What is to be said of a gathering, worked out once and kept for as long as it stays as it is: of ten thousand results
//! that is too much to do for every picture.

use std::collections::BTreeMap;

use super::{Between, Floor, Gathering, GroupScore, Member, between, score};
use crate::instrument::Instrument;
use crate::scoring::Report;

/// One of the sides of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Its name.
    pub name: String,
    /// How many results are of it.
    pub n: usize,
    /// Its scores; `None` when it is too small for them.
    pub scores: Option<Vec<GroupScore>>,
}

/// A gathering in numbers. Results that tell how someone thinks their partner would answer are in none of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// How many results there are.
    pub n: usize,
    /// Everybody's scores; `None` when they are too few for them.
    pub everybody: Option<Vec<GroupScore>>,
    /// The sides, in the order in which they came.
    pub sides: Vec<Side>,
    /// How many results are of no side.
    pub of_no_side: usize,
    /// Where the sides that are large enough are apart, the largest gap first, with their places among [`Self::large`].
    pub gaps: Vec<Between>,
}

impl Overview {
    /// Works it out. Takes time in proportion to the number of results.
    #[must_use]
    pub fn of(gathering: &Gathering, instrument: &Instrument, floor: Floor) -> Self {
        let scored = |reports: &[&Report]| {
            (reports.len() >= floor.fewest()).then(|| score(instrument, reports, floor))
        };
        let everybody = gathering.reports();
        let (sides, of_no_side) = by_side(gathering.own());
        let side = |(name, reports): (&str, Vec<&Report>)| Side {
            name: name.to_owned(),
            n: reports.len(),
            scores: scored(&reports),
        };
        let mut overview = Self {
            n: everybody.len(),
            everybody: scored(&everybody),
            sides: sides.into_iter().map(side).collect(),
            of_no_side,
            gaps: Vec::new(),
        };
        let large: Vec<&[GroupScore]> = overview.large().map(|(_, scores)| scores).collect();
        overview.gaps = between(instrument, &large);
        overview
    }

    /// The sides that are large enough to be shown by themselves, each with its scores.
    pub fn large(&self) -> impl Iterator<Item = (&str, &[GroupScore])> {
        self.sides.iter().filter_map(|side| Some((side.name.as_str(), side.scores.as_deref()?)))
    }

    /// The size of the smallest part of the group that has a name, the whole of it included.
    #[must_use]
    pub fn smallest(&self) -> usize {
        self.sides.iter().map(|side| side.n).fold(self.n, usize::min)
    }
}

/// The results of each side, in the order in which the sides came, and how many are of none.
fn by_side<'a>(members: impl Iterator<Item = &'a Member>) -> (Vec<(&'a str, Vec<&'a Report>)>, usize) {
    let mut sides: Vec<(&str, Vec<&Report>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of_no_side = 0;
    for member in members {
        let Some(name) = member.side.as_deref() else {
            of_no_side += 1;
            continue;
        };
        let place = *places.entry(name).or_insert_with(|| {
            sides.push((name, Vec::new()));
            sides.len() - 1
        });
        sides[place].1.push(&member.report);
    }
    (sides, of_no_side)
}
