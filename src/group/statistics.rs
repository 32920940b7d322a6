//! What some people's scores say together: the middle, and how far they lie apart.

/// A list of scores, put into numbers. The unit is that of the scores themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// How many there are.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// The sample standard deviation (divided by n − 1); `None` for a single score.
    pub deviation: Option<f64>,
    /// The lowest.
    pub low: f64,
    /// A quarter lies at or below it.
    pub lower: f64,
    /// The middle one.
    pub median: f64,
    /// A quarter lies at or above it.
    pub upper: f64,
    /// The highest.
    pub high: f64,
}

impl Statistics {
    /// The numbers of these scores, in whatever order; `None` when there are none.
    #[must_use]
    pub fn of(scores: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut counts = Counts::default();
        for score in scores {
            counts.add(score);
        }
        counts.statistics()
    }
}

/// The different scores, from low to high, and how many there are of each. However many people answered, a mean of a few
/// answers from 1 to 5 has only some dozens of values: counting them is quicker than sorting the scores, and what comes
/// out doesn't depend on who came first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Counts(Vec<(f64, usize)>);

impl Counts {
    pub(super) fn add(&mut self, score: f64) {
        match self.0.binary_search_by(|(other, _)| other.total_cmp(&score)) {
            Ok(place) => self.0[place].1 += 1,
            Err(place) => self.0.insert(place, (score, 1)),
        }
    }

    /// Takes out a score that was added.
    pub(super) fn remove(&mut self, score: f64) {
        let Ok(place) = self.0.binary_search_by(|(other, _)| other.total_cmp(&score)) else { return };
        self.0[place].1 -= 1;
        if self.0[place].1 == 0 {
            self.0.remove(place);
        }
    }

    /// The numbers of all that is there; `None` when nothing is.
    pub(super) fn statistics(&self) -> Option<Statistics> {
        let (low, high) = (self.0.first()?.0, self.0.last()?.0);
        let n = self.all();
        let mean = self.sum(|score| score) / n as f64;
        let squares = self.sum(|score| (score - mean) * (score - mean));
        Some(Statistics {
            n,
            mean,
            deviation: (n > 1).then(|| (squares / (n - 1) as f64).sqrt()),
            low,
            lower: self.quantile(0.25),
            median: self.quantile(0.5),
            upper: self.quantile(0.75),
            high,
        })
    }

    fn all(&self) -> usize {
        self.0.iter().map(|(_, count)| count).sum()
    }

    /// The sum over all scores of what is made of each.
    fn sum(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.0.iter().map(|(score, count)| of(*score) * *count as f64).sum()
    }

    /// The score below which this share (0–1) of all lies, by linear interpolation (Hyndman and Fan's type 7).
    fn quantile(&self, share: f64) -> f64 {
        let place = self.all().saturating_sub(1) as f64 * share;
        let below = place.floor();
        let (left, right) = (self.at(below as usize), self.at(below as usize + 1));
        left + (right - left) * (place - below)
    }

    /// The score at this place from the lowest on; beyond the end the highest.
    fn at(&self, place: usize) -> f64 {
        let mut passed = 0;
        let found = self.0.iter().find(|(_, count)| {
            passed += count;
            place < passed
        });
        found.or(self.0.last()).map_or(f64::NAN, |(score, _)| *score)
    }
}
