//! From answers to a [`Report`]: pure functions, plain data, f64 arithmetic without rounding.
//!
//! Each pole is measured on its own, because a slider between two poles can't tell "both cared for" from "both
//! neglected". Felt tension is asked, not derived: computed imbalance and felt tension are different things.
//! A missing answer is never a zero: it leaves a mean, and what can't be scored is `None`.
//!
//! The formulas stand with the functions that compute them: poles and what follows from two of them in
//! `paradox`, the phase profile in `phase`, what to talk about in `attention`, remarks about the
//! answers themselves in `quality`. `docs/scoring.md` tells the same to people who don't read Rust.

mod attention;
mod paradox;
mod phase;
mod quality;

pub use paradox::{Both, Class, Lean, ParadoxScore, Quadrant};
pub use phase::PhaseScore;
pub use quality::Flag;

use crate::answers::{Answer, Answers};
use crate::instrument::{FormIx, Instrument, ItemIx, ParadoxIx, PhaseIx};

/// Everything that follows from one person's answers to one form.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The form that was scored.
    pub form: FormIx,
    /// One entry for each paradox of the instrument, in its order; an unscored one is there too.
    pub paradoxes: Vec<ParadoxScore>,
    /// One entry for each phase of the instrument, in its order.
    pub phases: Vec<PhaseScore>,
    /// The phase that leads the profile, if one does.
    pub dominant: Option<PhaseIx>,
    /// The dominant phase, or the phases in transition; empty when fewer than two phases are scored.
    pub current: Vec<PhaseIx>,
    /// The phase that was chosen as fitting best.
    pub choice: Option<PhaseIx>,
    /// Whether the choice is not among the current phases. `false` when there is no choice or no profile.
    pub choice_differs: bool,
    /// Mean `both_and` of the scored paradoxes (0–100), when the form allows it and enough are scored.
    pub overall: Option<f64>,
    /// The scored paradoxes, most in need of attention first.
    pub attention: Vec<ParadoxIx>,
    /// The first three to talk about.
    pub talk_about: Vec<ParadoxIx>,
    /// Remarks about the answers themselves, in fixed order.
    pub flags: Vec<Flag>,
    /// How many items of the form are answered with a degree or a phase; "don't know" is missing.
    pub answered: usize,
    /// How many items the form has.
    pub asked: usize,
}

impl Report {
    /// The score of one paradox.
    pub fn paradox(&self, paradox: ParadoxIx) -> Option<&ParadoxScore> {
        self.paradoxes.get(paradox.index())
    }

    /// The paradoxes of which both poles are scored, with what follows from that.
    pub fn scored(&self) -> impl Iterator<Item = (&ParadoxScore, &Both)> {
        self.paradoxes.iter().filter_map(|score| Some((score, score.both.as_ref()?)))
    }

    /// Lowest and highest `both_and` of the scored paradoxes: the spread that always stands beside `overall`.
    pub fn spread(&self) -> Option<(f64, f64)> {
        let low = self.scored().map(|(_, both)| both.both_and).reduce(f64::min)?;
        let high = self.scored().map(|(_, both)| both.both_and).reduce(f64::max)?;
        Some((low, high))
    }

    /// The two scored paradoxes with the lowest `both_and`, ties in the instrument's order.
    pub fn lowest_two(&self) -> Vec<ParadoxIx> {
        let mut scored: Vec<(f64, ParadoxIx)> =
            self.scored().map(|(score, both)| (both.both_and, score.paradox)).collect();
        put_in_order(&mut scored, |left, right| left.0 < right.0);
        scored.into_iter().take(2).map(|(_, paradox)| paradox).collect()
    }

    /// The two scored paradoxes that are held best (highest `both_and` of at least `at_least`).
    pub fn held_well(&self, at_least: f64) -> Vec<ParadoxIx> {
        let mut scored: Vec<(f64, ParadoxIx)> = self
            .scored()
            .filter(|(_, both)| both.both_and >= at_least)
            .map(|(score, both)| (both.both_and, score.paradox))
            .collect();
        put_in_order(&mut scored, |left, right| right.0 < left.0);
        scored.into_iter().take(2).map(|(_, paradox)| paradox).collect()
    }
}

/// Scores the answers to the items of one form. Answers to items outside the form are left out of account.
///
/// `seconds` is how long answering took in all, when that is known.
pub fn score(instrument: &Instrument, form: FormIx, answers: &Answers, seconds: Option<f64>) -> Report {
    let asked = Asked::new(instrument, form, answers);
    let paradoxes: Vec<ParadoxScore> =
        instrument.paradox_positions().map(|paradox| paradox::score(instrument, &asked, paradox)).collect();
    let phases = phase::scores(instrument, &asked, &paradoxes);
    let dominant = phase::dominant(&phases, instrument.thresholds().phase_lead);
    let current = phase::current(&phases, instrument.thresholds().phase_lead);
    let choice = instrument.choice().and_then(|item| asked.phase(item));
    let choice_differs = choice.is_some_and(|choice| !current.is_empty() && !current.contains(&choice));
    let attention = attention::list(&paradoxes, &current);
    let talk_about = attention::talk_about(&paradoxes, &attention);
    Report {
        form,
        overall: overall(instrument, form, &paradoxes),
        flags: quality::flags(instrument, &asked, seconds),
        answered: asked.count_answered(),
        asked: instrument.form(form).items.len(),
        paradoxes,
        phases,
        dominant,
        current,
        choice,
        choice_differs,
        attention,
        talk_about,
    }
}

/// `overall` = mean `both_and` of all scored paradoxes, only when enough are scored and the form allows it.
fn overall(instrument: &Instrument, form: FormIx, paradoxes: &[ParadoxScore]) -> Option<f64> {
    let scored: Vec<f64> = paradoxes.iter().filter_map(|score| Some(score.both.as_ref()?.both_and)).collect();
    let enough = instrument.thresholds().overall_minimum <= scored.len();
    if enough && instrument.form(form).overall { mean(scored.into_iter()).0 } else { None }
}

/// The answers to the items that a form asks.
struct Asked<'a> {
    instrument: &'a Instrument,
    form: FormIx,
    answers: &'a Answers,
    in_form: Vec<bool>,
}

impl<'a> Asked<'a> {
    fn new(instrument: &'a Instrument, form: FormIx, answers: &'a Answers) -> Self {
        let mut in_form = vec![false; instrument.items().len()];
        for item in &instrument.form(form).items {
            in_form[item.index()] = true;
        }
        Self { instrument, form, answers, in_form }
    }

    fn answer(&self, item: ItemIx) -> Option<Answer> {
        if self.in_form[item.index()] { self.answers.get(item) } else { None }
    }

    /// `s = 100·(x − 1)/4` of an answered statement.
    fn score(&self, item: ItemIx) -> Option<f64> {
        match self.answer(item)? {
            Answer::Degree(degree) => Some(degree.score()),
            Answer::Phase(_) | Answer::DontKnow => None,
        }
    }

    fn phase(&self, item: ItemIx) -> Option<PhaseIx> {
        match self.answer(item)? {
            Answer::Phase(phase) => Some(phase),
            Answer::Degree(_) | Answer::DontKnow => None,
        }
    }

    /// Mean of the answered items' scores, `None` when none is answered, and how many were answered.
    fn mean(&self, items: &[ItemIx]) -> (Option<f64>, usize) {
        mean(items.iter().filter_map(|item| self.score(*item)))
    }

    fn count_answered(&self) -> usize {
        let known =
            |item: &&ItemIx| matches!(self.answer(**item), Some(Answer::Degree(_) | Answer::Phase(_)));
        self.instrument.form(self.form).items.iter().filter(known).count()
    }
}

/// The mean of some numbers, `None` of none, and how many there were.
pub(crate) fn mean(numbers: impl Iterator<Item = f64>) -> (Option<f64>, usize) {
    let (sum, count) = numbers.fold((0.0, 0_usize), |(sum, count), number| (sum + number, count + 1));
    let mean = (count > 0).then(|| sum / count as f64);
    (mean, count)
}

/// Puts a short list in order; what neither comes before the other stays as it was. The lists here have at most 24
/// entries, and every use of the standard sort would add some kilobytes to the download.
pub(crate) fn put_in_order<T>(list: &mut [T], comes_before: impl Fn(&T, &T) -> bool) {
    for end in 1..list.len() {
        let mut place = end;
        while place > 0 && comes_before(&list[place], &list[place - 1]) {
            list.swap(place, place - 1);
            place -= 1;
        }
    }
}
