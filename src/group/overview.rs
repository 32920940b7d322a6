//! What is to be said of a gathering, worked out once and kept for as long as it stays as it is.

use super::tallies::Tallies;
use super::{Between, Floor, Gathering, GroupScore, between};
use crate::instrument::Instrument;

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
    /// Works it out, from what was counted as the results came.
    #[must_use]
    pub fn of(gathering: &Gathering, instrument: &Instrument, floor: Floor) -> Self {
        let scored =
            |tallies: &Tallies| (tallies.n() >= floor.fewest()).then(|| tallies.scores(instrument, floor));
        let side = |(name, tallies): (&str, &Tallies)| Side {
            name: name.to_owned(),
            n: tallies.n(),
            scores: scored(tallies),
        };
        let everybody = gathering.everybody();
        let sides: Vec<Side> = gathering.sides().into_iter().map(side).collect();
        let mut overview = Self {
            n: everybody.n(),
            everybody: scored(everybody),
            of_no_side: everybody.n() - sides.iter().map(|side| side.n).sum::<usize>(),
            sides,
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
