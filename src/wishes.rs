//! The second pass: how it should be a year from now. Either the same statements once more, or one question for each
//! pole; where a pole has both, its statements count. Kept like answers, newest wins.

use crate::answers::{Answer, Answers, Degree, Stamp};
use crate::instrument::{FormIx, Instrument, ItemIx, ParadoxIx, Pole, Role};
use crate::scoring;

/// A wish for a pole as a whole, and when it was made; `None` was taken out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    at: Stamp,
    degree: Option<Degree>,
}

/// How it should be a year from now, as far as someone said.
#[derive(Clone, Debug, PartialEq)]
pub struct Wishes {
    items: Answers,
    /// Two for each paradox: pole A, pole B.
    poles: Vec<Entry>,
}

impl Wishes {
    /// No wishes yet.
    #[must_use]
    pub fn new(instrument: &Instrument) -> Self {
        let poles = vec![Entry::default(); instrument.paradoxes().len() * 2];
        Self { items: Answers::new(instrument), poles }
    }

    /// The wish for a statement.
    pub fn item(&self, item: ItemIx) -> Option<Degree> {
        self.items.degree(item)
    }

    /// When the wish for a statement was made or taken out; 0 when it never was.
    pub fn item_stamp(&self, item: ItemIx) -> Stamp {
        self.items.stamp(item)
    }

    /// Puts a wish for a statement about a pole in, or takes it out. Returns `false`, and changes nothing, for any
    /// other item.
    pub fn set_item(
        &mut self,
        instrument: &Instrument,
        item: ItemIx,
        degree: Option<Degree>,
        at: Stamp,
    ) -> bool {
        let is_pole =
            instrument.items().get(item.index()).is_some_and(|item| matches!(item.role, Role::Pole(..)));
        is_pole && self.items.set(instrument, item, degree.map(Answer::Degree), at)
    }

    /// The wish for a pole as a whole.
    pub fn pole(&self, paradox: ParadoxIx, pole: Pole) -> Option<Degree> {
        self.poles.get(place(paradox, pole))?.degree
    }

    /// When the wish for a pole was made or taken out; 0 when it never was.
    pub fn pole_stamp(&self, paradox: ParadoxIx, pole: Pole) -> Stamp {
        self.poles.get(place(paradox, pole)).map_or(0, |entry| entry.at)
    }

    /// Puts a wish for a pole in, or takes it out. Returns `false` when there is no such pole.
    pub fn set_pole(&mut self, paradox: ParadoxIx, pole: Pole, degree: Option<Degree>, at: Stamp) -> bool {
        let Some(entry) = self.poles.get_mut(place(paradox, pole)) else { return false };
        let touched = entry.at > 0 || entry.degree.is_some();
        *entry = Entry { at: at.max(entry.at.saturating_add(u64::from(touched))), degree };
        true
    }

    /// What a pole should be (0–100): the mean of the wished statements that the form asks, else the wish for the pole
    /// as a whole, on the same scale.
    pub fn score(
        &self,
        instrument: &Instrument,
        form: FormIx,
        paradox: ParadoxIx,
        pole: Pole,
    ) -> Option<f64> {
        let asked = &instrument.form(form).items;
        let items = match pole {
            Pole::A => &instrument.paradox(paradox).a,
            Pole::B => &instrument.paradox(paradox).b,
        };
        let wished = items.iter().filter(|item| asked.contains(item)).filter_map(|item| self.item(*item));
        let mean = scoring::mean(wished.map(Degree::score)).0;
        mean.or_else(|| self.pole(paradox, pole).map(Degree::score))
    }

    /// How many statements and poles have a wish.
    pub fn count(&self, instrument: &Instrument) -> (usize, usize) {
        let items = instrument.item_positions().filter(|item| self.item(*item).is_some()).count();
        (items, self.poles.iter().filter(|entry| entry.degree.is_some()).count())
    }

    /// Whether there is no wish at all.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.poles.iter().all(|entry| entry.degree.is_none())
    }

    /// Takes all wishes out, each with its moment, so that another tab does so too.
    pub fn clear(&mut self, instrument: &Instrument, at: Stamp) {
        for item in
            instrument.item_positions().filter(|item| self.items.is_answered(*item)).collect::<Vec<_>>()
        {
            self.items.set(instrument, item, None, at);
        }
        for entry in self.poles.iter_mut().filter(|entry| entry.degree.is_some()) {
            *entry = Entry { at: at.max(entry.at.saturating_add(1)), degree: None };
        }
    }

    /// Takes over every wish of `other` that is newer; commutative, associative and idempotent. Returns whether
    /// anything changed.
    pub fn merge(&mut self, other: &Self) -> bool {
        let mut changed = self.items.merge(&other.items);
        for (mine, theirs) in self.poles.iter_mut().zip(&other.poles) {
            if *mine < *theirs {
                changed |= mine.degree != theirs.degree;
                *mine = *theirs;
            }
        }
        changed
    }
}

fn place(paradox: ParadoxIx, pole: Pole) -> usize {
    paradox.index() * 2 + usize::from(pole == Pole::B)
}
