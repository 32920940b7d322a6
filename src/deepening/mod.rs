//! Deepening modules: short optional parts after the result, which tell what an alliance is like and make the advice
//! fit it better. All of it is data, read from `content/deepening.json`; each module is scored by one of five rules.
//! Nothing judges, anything may be skipped, and a missing answer is never a zero.

mod given;
mod insight;
mod outcome;
mod read;

pub use given::{Given, Held, Value};
pub use insight::{insights, lines};
pub use outcome::{Outcome, outcome};

/// The modules that ship.
const BUILT_IN: &str = include_str!("../../content/deepening.json");

/// Position of a question. Only meaningful within its own [`Deepening`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionIx(u16);

impl QuestionIx {
    /// The position as an index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// One of some options, by id.
    One(Vec<String>),
    /// Several of some options, at most sixteen.
    Several(Vec<String>),
    /// A whole number.
    Number {
        /// The lowest.
        min: u32,
        /// The highest.
        max: u32,
    },
    /// Five steps between two ends.
    Steps,
    /// A degree, as a statement of the questionnaire.
    Degree,
}

/// What is done with the answers of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Facts that other advice rests on.
    Profile,
    /// Share that is clear, half for partly, and what is open.
    Clarity,
    /// A place on a line between two ends.
    Continuum,
    /// What is felt most comes first.
    Felt,
    /// A mirror: what applies and what doesn't.
    Mirror,
}

impl Rule {
    const ALL: [Self; 5] = [Self::Profile, Self::Clarity, Self::Continuum, Self::Felt, Self::Mirror];

    fn word(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Clarity => "clarity",
            Self::Continuum => "continuum",
            Self::Felt => "felt",
            Self::Mirror => "mirror",
        }
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its id, such as `profile.form`.
    pub id: String,
    /// How it is answered.
    pub ask: Ask,
    /// Under which name the words of its options stand: its own id, or one that it shares with others.
    pub words: String,
    /// It is only asked when one of these questions is answered with (or includes) its option; always without any.
    pub when: Vec<(QuestionIx, usize)>,
}

/// A module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Its id, such as `governance`.
    pub id: String,
    /// What is done with its answers.
    pub rule: Rule,
    /// Its questions, in order.
    pub questions: Vec<QuestionIx>,
}

/// Where something begins to be spoken of.
#[derive(Clone, Debug, PartialEq)]
pub struct Thresholds {
    /// A place on the line below which it is called a network (0–100).
    pub network_below: f64,
    /// A place from which it is called an alliance (0–100).
    pub alliance_from: f64,
    /// The step from which an alliance is called business-driven (1–5).
    pub business_from: u32,
    /// The degree from which a challenge is called felt (1–5).
    pub felt_from: u32,
}

/// All modules. Made only by [`Deepening::read`], so it is always sound.
#[derive(Clone, Debug, PartialEq)]
pub struct Deepening {
    questions: Vec<Question>,
    modules: Vec<Module>,
    thresholds: Thresholds,
}

impl Deepening {
    /// The modules, in the order in which they are offered.
    pub fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// The question at a position.
    ///
    /// # Panics
    /// With a position of other modules.
    pub fn question(&self, question: QuestionIx) -> &Question {
        &self.questions[question.index()]
    }

    /// The question with an id.
    pub fn find(&self, id: &str) -> Option<QuestionIx> {
        self.questions.iter().position(|question| question.id == id).map(|index| QuestionIx(index as u16))
    }

    /// The thresholds.
    pub fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    /// All positions of questions, in order.
    pub fn positions(&self) -> impl Iterator<Item = QuestionIx> + use<> {
        (0..self.questions.len()).map(|index| QuestionIx(index as u16))
    }

    /// The questions of a module that are asked, given what was answered.
    pub fn asked(&self, module: &Module, given: &Given) -> Vec<QuestionIx> {
        let is_asked = |question: &&QuestionIx| {
            let when = &self.question(**question).when;
            when.is_empty() || when.iter().any(|(on, option)| given.has(self, *on, *option))
        };
        module.questions.iter().filter(is_asked).copied().collect()
    }
}
