//! What follows from the answers for the advice, in words. Each insight names the fact that it rests on, and says of
//! whom it is when it is not ours.

use super::{Ask, Deepening, Given, Module, Outcome, QuestionIx, Rule, Value, outcome};
use crate::chart;
use crate::i18n::Texts;
use crate::instrument::{Instrument, PhaseIx};
use crate::summary;

/// The phase in which most business alliances break up.
const CRITICAL: &str = "evolving";

/// What a statement of a mirror can be answered with, in order.
const MIRRORED: [&str; 4] = ["applies", "partly", "not", "irrelevant"];

/// Everything that follows, in the order of the modules. `current` are the current phases of the result.
#[must_use]
pub fn insights(
    deepening: &Deepening,
    given: &Given,
    instrument: &Instrument,
    current: &[PhaseIx],
    texts: &Texts,
) -> Vec<String> {
    // A file may hold answers to modules that this questionnaire doesn't have.
    if !instrument.has_deepening() {
        return Vec::new();
    }
    let facts = Facts { deepening, given, texts };
    [
        facts.relations(),
        facts.joint_venture(),
        facts.single_model(),
        facts.business(instrument, current),
        facts.governance(),
        facts.network(),
        facts.felt("challenges.relations", "deepening.insight.shallow"),
        facts.felt("challenges.goals", "deepening.insight.goals-apart"),
        facts.felt("challenges.decisions", "deepening.insight.slow-decisions"),
        facts.felt("challenges.membership", "deepening.insight.come-and-go"),
        facts.principles(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

struct Facts<'a> {
    deepening: &'a Deepening,
    given: &'a Given,
    texts: &'a Texts,
}

impl Facts<'_> {
    fn value(&self, id: &str) -> Option<Value> {
        self.given.get(self.deepening, self.deepening.find(id)?)
    }

    /// Whether a question is answered with an option.
    fn is(&self, id: &str, option: &str) -> bool {
        let Some(question) = self.deepening.find(id) else { return false };
        let options = match &self.deepening.question(question).ask {
            Ask::One(options) | Ask::Several(options) => options,
            Ask::Number { .. } | Ask::Steps | Ask::Degree => return false,
        };
        let place = options.iter().position(|known| known == option);
        place.is_some_and(|place| self.given.has(self.deepening, question, place))
    }

    /// `n` partners have `n · (n − 1) / 2` relations.
    fn relations(&self) -> Option<String> {
        let Some(Value::Number(n)) = self.value("profile.partners") else { return None };
        let relations = u64::from(n) * u64::from(n.saturating_sub(1)) / 2;
        let values = [("n", n.to_string()), ("relations", relations.to_string())];
        let filled = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        (n > 2).then(|| self.texts.fill("deepening.insight.relations", &filled))
    }

    fn joint_venture(&self) -> Option<String> {
        let is = self.is("profile.form", "joint-venture") || self.is("profile.form", "virtual");
        is.then(|| self.texts.get("deepening.insight.joint-venture").to_owned())
    }

    /// Several partners, and only one model of governance.
    fn single_model(&self) -> Option<String> {
        let question = self.deepening.find("profile.models")?;
        let Some(Value::Several(set)) = self.given.get(self.deepening, question) else { return None };
        let Ask::Several(options) = &self.deepening.question(question).ask else { return None };
        if set.count_ones() != 1 || !self.is("profile.form", "multi-partner") {
            return None;
        }
        let model = options.get(set.trailing_zeros() as usize)?;
        let model = self.texts.get(&["deepening.options.profile.models.", model].concat()).to_owned();
        Some(self.texts.fill("deepening.insight.single-model", &[("model", &model)]))
    }

    fn business(&self, instrument: &Instrument, current: &[PhaseIx]) -> Option<String> {
        let Some(Value::Step(step)) = self.value("profile.drive") else { return None };
        let phase = *current.iter().find(|phase| instrument.phase(**phase).id == CRITICAL)?;
        let phase = summary::phases_in_words(instrument, self.texts, &[phase]);
        let driven = u32::from(step.number()) >= self.deepening.thresholds().business_from;
        driven.then(|| self.texts.fill("deepening.insight.business-evolving", &[("phase", &phase)]))
    }

    fn of(&self, rule: Rule) -> Option<Outcome> {
        let module = self.deepening.modules().iter().find(|module| module.rule == rule)?;
        Some(outcome(self.deepening, self.given, module))
    }

    fn governance(&self) -> Option<String> {
        let Some(Outcome::Clarity { open, .. }) = self.of(Rule::Clarity) else { return None };
        if open.is_empty() {
            return None;
        }
        let list = list(self.deepening, self.texts, &open);
        Some(self.texts.count("deepening.insight.governance-open", open.len(), &[("list", &list)]))
    }

    /// The principles that hold partly or not: a mirror, so what it shows is asked about and not called wrong.
    fn principles(&self) -> Option<String> {
        let Some(Outcome::Mirror(groups)) = self.of(Rule::Mirror) else { return None };
        let apart: Vec<QuestionIx> = MIRRORED
            .into_iter()
            .zip(groups)
            .filter(|(word, _)| matches!(*word, "partly" | "not"))
            .flat_map(|(_, questions)| questions)
            .collect();
        if apart.is_empty() {
            return None;
        }
        let list = list(self.deepening, self.texts, &apart);
        Some(self.texts.count("deepening.insight.principles", apart.len(), &[("list", &list)]))
    }

    fn network(&self) -> Option<String> {
        let Some(Outcome::Continuum { place: Some(place), .. }) = self.of(Rule::Continuum) else {
            return None;
        };
        let score = chart::round(place).to_string();
        let is = place < self.deepening.thresholds().network_below;
        is.then(|| self.texts.fill("deepening.insight.network", &[("score", &score)]))
    }

    fn felt(&self, id: &str, key: &str) -> Option<String> {
        let Some(Value::Step(degree)) = self.value(id) else { return None };
        let felt = u32::from(degree.number()) >= self.deepening.thresholds().felt_from;
        felt.then(|| self.texts.get(key).to_owned())
    }
}

/// A question in words.
fn question_words(deepening: &Deepening, texts: &Texts, question: QuestionIx) -> String {
    texts.get(&["deepening.questions.", &deepening.question(question).id].concat()).to_owned()
}

/// Words of ours as they stand within a sentence: with a small letter, and without the full stop of their own.
fn within(words: &str) -> String {
    let mut words = words.strip_suffix('.').unwrap_or(words).to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    words
}

/// Questions as a list within a sentence.
fn list(deepening: &Deepening, texts: &Texts, questions: &[QuestionIx]) -> String {
    let names: Vec<String> =
        questions.iter().map(|question| within(&question_words(deepening, texts, *question))).collect();
    names.join("; ")
}

/// What a module shows, in words, a line each.
#[must_use]
pub fn lines(deepening: &Deepening, given: &Given, module: &Module, texts: &Texts) -> Vec<String> {
    let names = |questions: &[QuestionIx]| list(deepening, texts, questions);
    match outcome(deepening, given, module) {
        Outcome::Profile | Outcome::Clarity { score: None, .. } => Vec::new(),
        Outcome::Clarity { score: Some(score), answered, open } => {
            let values = [("score", chart::round(score).to_string()), ("n", answered.to_string())];
            let filled = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            let first = texts.fill("deepening.outcome.clarity", &filled);
            let second = if open.is_empty() {
                texts.get("deepening.outcome.clarity-all").to_owned()
            } else {
                texts.fill("deepening.outcome.clarity-open", &[("list", &names(&open))])
            };
            vec![first, second]
        }
        Outcome::Continuum { place, answered, size } => continuum(deepening, texts, place, answered, size),
        Outcome::Felt(felt) => felt
            .into_iter()
            .map(|(question, degree)| {
                let key = ["instrument.scale.", &degree.number().to_string()].concat();
                let question = question_words(deepening, texts, question);
                texts.fill("deepening.outcome.felt", &[("question", &question), ("degree", texts.get(&key))])
            })
            .collect(),
        Outcome::Mirror(groups) => MIRRORED
            .into_iter()
            .zip(groups)
            .filter(|(_, questions)| !questions.is_empty())
            .map(|(word, questions)| {
                texts.fill(&["deepening.outcome.", word].concat(), &[("list", &names(&questions))])
            })
            .collect(),
    }
}

fn continuum(
    deepening: &Deepening,
    texts: &Texts,
    place: Option<f64>,
    answered: usize,
    size: Option<u32>,
) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(place) = place {
        let values = [("score", chart::round(place).to_string()), ("n", answered.to_string())];
        let filled = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        lines.push(texts.fill("deepening.outcome.continuum", &filled));
        let thresholds = deepening.thresholds();
        let key = if place < thresholds.network_below {
            "deepening.outcome.network"
        } else if place < thresholds.alliance_from {
            "deepening.outcome.between"
        } else {
            "deepening.outcome.alliance"
        };
        lines.push(texts.get(key).to_owned());
    }
    if let Some(size) = size {
        lines.push(texts.fill("deepening.outcome.size", &[("n", &size.to_string())]));
    }
    lines
}
