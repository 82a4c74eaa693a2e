//! The only module that knows `regorus`: modules, their limits, and what they answer.

mod answer;
mod circular;
mod compat;
mod engine;
mod machine;
mod names;
mod need;
mod recursion;
mod references;
mod single;
mod sources;
mod visit;
mod written;

use std::time::Duration;

use regorus::Value;

use crate::finding::{RuleId, Severity};

pub(crate) use compat::{Dialect, go_format, in_package, package};
pub(crate) use engine::{Compiled, Modules, Session};

/// The longest that one rule may run over one input.
pub(crate) const TIME_LIMIT: Duration = Duration::from_secs(5);

/// A rule that cannot be compiled or judged.
#[derive(Debug, thiserror::Error)]
pub enum RegoError {
    /// The text is not Rego v1, or exceeds the limits of length.
    #[error("{file} is not valid Rego")]
    Parse {
        /// The rule's file.
        file: String,
        /// What the interpreter says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A file, or a line of it, is longer than it may be.
    #[error("{file} is not valid Rego: it has {got} {what}, and {limit} is the limit")]
    TooLong {
        /// The rule's file.
        file: String,
        /// What there is too much of.
        what: &'static str,
        /// How much there is.
        got: usize,
        /// The bound.
        limit: usize,
    },
    /// The file parses, but its rules do not fit together.
    #[error("{file} does not compile")]
    Compile {
        /// The rule's file.
        file: String,
        /// What the interpreter says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A function calls itself, directly or through others, which Rego does not allow.
    #[error("{file}: the function {function} calls itself; use a comprehension or `every` instead")]
    Recursion {
        /// The file that closes the circle.
        file: String,
        /// The function's full name.
        function: String,
    },
    /// Evaluation stopped with an error.
    #[error("{query} stopped with an error")]
    Evaluate {
        /// What was asked.
        query: String,
        /// What the interpreter says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Evaluation ran longer than it may.
    #[error("{query} ran longer than {} s", limit.as_secs_f32())]
    TimedOut {
        /// What was asked.
        query: String,
        /// The bound.
        limit: Duration,
    },
    /// The interpreter broke off, which is a defect of its own or of a function of ours.
    #[error("{query} made the interpreter break off; report this as a bug")]
    Panicked {
        /// What was asked.
        query: String,
    },
    /// What rules are to read from `data` contradicts itself.
    #[error("the data for the rules does not fit together")]
    Data {
        /// What the interpreter says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The rule could not be compiled when its pack was read.
    #[error("{0}")]
    Unusable(String),
    /// The answer of a rule of Terrascan's is not a list of ids.
    #[error("{query} answered with {got}: give a list of ids, or of objects with the string `Id`")]
    Ids {
        /// What was asked.
        query: String,
        /// What came instead.
        got: String,
    },
    /// The answer has more elements than it may.
    #[error("{query} answered with more than {limit} elements")]
    TooMany {
        /// What was asked.
        query: String,
        /// The bound.
        limit: usize,
    },
    /// The answer is not a set of objects with `address` and `message`.
    #[error(
        "{query} answered with {got}: give a set of objects with the strings `address` and `message`, \
         and, if need be, `severity` (low, medium, high) and `aliases` (a list of ids)"
    )]
    Answer {
        /// What was asked.
        query: String,
        /// What came instead.
        got: String,
    },
}

impl RegoError {
    /// The same error, of a file that was not known where it was found.
    pub(crate) fn in_file(self, name: &str) -> Self {
        match self {
            Self::Compile { file, source } if file.is_empty() => {
                Self::Compile { file: name.to_owned(), source }
            }
            other => other,
        }
    }

    /// The message with its cause, on one line.
    pub(crate) fn with_source(&self) -> String {
        let cause = std::error::Error::source(self).map(std::string::ToString::to_string).unwrap_or_default();
        let cause =
            cause.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        if cause.is_empty() { self.to_string() } else { format!("{self}: {cause}") }
    }
}

/// The input of a rule, built once for all rules.
#[derive(Clone, Debug)]
pub(crate) struct Document(Value);

impl Document {
    pub(crate) fn new(json: serde_json::Value) -> Self {
        Self(Value::from(json))
    }

    /// Whether there is anything of a part of the input, for example of `resources.aws_s3_bucket`.
    fn has(&self, part: &str) -> bool {
        let (section, kind) = part.split_once('.').unwrap_or((part, ""));
        let section = self.0.as_object().ok().and_then(|input| input.get(&Value::from(section)));
        section
            .and_then(|section| section.as_object().ok())
            .is_some_and(|kinds| kinds.contains_key(&Value::from(kind)))
    }
}

/// One element of a rule's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) address: String,
    pub(crate) message: String,
    /// When the rule judges this case otherwise than its metadata does.
    pub(crate) severity: Option<Severity>,
    /// Further ids under which this case was known; none: those of the metadata.
    pub(crate) aliases: Vec<RuleId>,
}
