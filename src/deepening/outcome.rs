//! What the answers of a module show: plain data, by the rule of the module.

use super::{Ask, Deepening, Given, Module, QuestionIx, Rule, Value};
use crate::answers::Degree;
use crate::scoring::{mean, put_in_order};

/// What a module shows. `None` of a score means that nothing it needs was answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Facts; what follows from them is told by [`super::insights`].
    Profile,
    /// How much is clear.
    Clarity {
        /// `100 · (clear + partly / 2) / answered`, 0–100.
        score: Option<f64>,
        /// How many of the questions that are asked were answered.
        answered: usize,
        /// What is partly clear or not clear, in order.
        open: Vec<QuestionIx>,
    },
    /// A place on the line from network (0) to alliance (100).
    Continuum {
        /// The mean of the answered steps' `100 · (x − 1) / 4`.
        place: Option<f64>,
        /// How many steps were answered.
        answered: usize,
        /// How many organisations belong to it; told, and not part of the place.
        size: Option<u32>,
    },
    /// How much each challenge is felt, the most first; ties in the order of the questions.
    Felt(Vec<(QuestionIx, Degree)>),
    /// Which statements have which answer: for each option, in order, its questions.
    Mirror(Vec<Vec<QuestionIx>>),
}

/// What the answers to a module show.
#[must_use]
pub fn outcome(deepening: &Deepening, given: &Given, module: &Module) -> Outcome {
    let asked = deepening.asked(module, given);
    match module.rule {
        Rule::Profile => Outcome::Profile,
        Rule::Clarity => clarity(deepening, &asked, given),
        Rule::Continuum => continuum(deepening, &asked, given),
        Rule::Felt => felt(deepening, &asked, given),
        Rule::Mirror => mirror(deepening, &asked, given),
    }
}

/// The first option is clear, the second partly, the third not.
fn clarity(deepening: &Deepening, asked: &[QuestionIx], given: &Given) -> Outcome {
    let places: Vec<(QuestionIx, u8)> = asked
        .iter()
        .filter_map(|question| match given.get(deepening, *question)? {
            Value::One(place) => Some((*question, place)),
            _ => None,
        })
        .collect();
    let (score, answered) = mean(places.iter().map(|(_, place)| match place {
        0 => 100.0,
        1 => 50.0,
        _ => 0.0,
    }));
    let open = places.iter().filter(|(_, place)| *place > 0).map(|(question, _)| *question).collect();
    Outcome::Clarity { score, answered, open }
}

fn continuum(deepening: &Deepening, asked: &[QuestionIx], given: &Given) -> Outcome {
    let steps = asked.iter().filter(|question| deepening.question(**question).ask == Ask::Steps);
    let (place, answered) = mean(steps.filter_map(|question| match given.get(deepening, *question)? {
        Value::Step(step) => Some(step.score()),
        _ => None,
    }));
    let size = asked.iter().find_map(|question| match given.get(deepening, *question)? {
        Value::Number(number) => Some(number),
        _ => None,
    });
    Outcome::Continuum { place, answered, size }
}

fn felt(deepening: &Deepening, asked: &[QuestionIx], given: &Given) -> Outcome {
    let mut felt: Vec<(QuestionIx, Degree)> = asked
        .iter()
        .filter_map(|question| match given.get(deepening, *question)? {
            Value::Step(degree) => Some((*question, degree)),
            _ => None,
        })
        .collect();
    put_in_order(&mut felt, |left, right| right.1 < left.1);
    Outcome::Felt(felt)
}

fn mirror(deepening: &Deepening, asked: &[QuestionIx], given: &Given) -> Outcome {
    let options = asked.iter().find_map(|question| match &deepening.question(*question).ask {
        Ask::One(options) => Some(options.len()),
        _ => None,
    });
    let with = |place: usize| {
        asked.iter().filter(|question| given.has(deepening, **question, place)).copied().collect()
    };
    Outcome::Mirror((0..options.unwrap_or(0)).map(with).collect())
}
