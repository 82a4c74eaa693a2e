//! The only module that knows `regorus`: programs, their limits, and what they answer.

mod recursion;

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{LimitError, PolicyLengthConfig, Value};

use crate::finding::Severity;

use recursion::Calls;

/// The longest that one rule may run over one input.
pub(crate) const TIME_LIMIT: Duration = Duration::from_secs(5);

/// A rule's file: at most this many bytes.
const MAX_FILE_BYTES: usize = 256 * 1024;
/// A rule's line: at most this many columns.
const MAX_COLUMNS: u32 = 4096;
/// A rule's file: at most this many lines.
const MAX_LINES: usize = 5_000;
/// Steps of the interpreter between two looks at the clock.
const CHECK_INTERVAL: u32 = 1_000;

/// What a rule answers on is the set of this name in its package.
const ENTRY: &str = "deny";

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
    /// The answer is not a set of objects with `address` and `message`.
    #[error("{query} answered with {got}: give a set of objects with the strings `address` and `message`")]
    Answer {
        /// What was asked.
        query: String,
        /// What came instead.
        got: String,
    },
}

impl RegoError {
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
}

/// One element of a rule's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) address: String,
    pub(crate) message: String,
    /// When the rule judges this case otherwise than its metadata does.
    pub(crate) severity: Option<Severity>,
}

/// Modules that rules import, parsed once.
#[derive(Clone, Debug)]
pub(crate) struct Library {
    engine: regorus::Engine,
    calls: Calls,
}

impl Library {
    pub(crate) fn new(time_limit: Duration) -> Self {
        let mut engine = regorus::Engine::new();
        engine.set_execution_timer_config(ExecutionTimerConfig {
            limit: time_limit,
            check_interval: NonZeroU32::new(CHECK_INTERVAL).unwrap_or(NonZeroU32::MIN),
        });
        engine.set_policy_length_config(PolicyLengthConfig {
            max_col: NonZeroU32::new(MAX_COLUMNS).unwrap_or(NonZeroU32::MAX),
            max_file_bytes: NonZeroUsize::new(MAX_FILE_BYTES).unwrap_or(NonZeroUsize::MAX),
            max_lines: NonZeroUsize::new(MAX_LINES).unwrap_or(NonZeroUsize::MAX),
        });
        // As in OPA: a builtin function that fails makes its expression undefined.
        engine.set_strict_builtin_errors(false);
        Self { engine, calls: Calls::default() }
    }

    /// Adds a module and returns its package, for example `data.wayleave.aws`.
    pub(crate) fn add(&mut self, file: &str, text: &str) -> Result<String, RegoError> {
        let package = self
            .engine
            .add_policy(file.to_owned(), text.to_owned())
            .map_err(|source| RegoError::Parse { file: file.to_owned(), source: source.into() })?;
        self.engine.get_modules().last().into_iter().for_each(|module| self.calls.add(module));
        match self.calls.cycle() {
            None => Ok(package),
            Some(function) => {
                Err(RegoError::Recursion { file: file.to_owned(), function: function.to_owned() })
            }
        }
    }

    /// Compiles one rule on top of these modules.
    pub(crate) fn program(&self, file: &str, text: &str) -> Result<Program, RegoError> {
        let mut library = self.clone();
        let entry = format!("{}.{ENTRY}", library.add(file, text)?);
        library.compile(file, entry)
    }

    fn compile(mut self, file: &str, entry: String) -> Result<Program, RegoError> {
        self.engine
            .compile_with_entrypoint(&entry.as_str().into())
            .map_err(|source| RegoError::Compile { file: file.to_owned(), source: source.into() })?;
        Ok(Program { engine: self.engine, entry })
    }

    /// Whether a rule is true without any input of its own.
    pub(crate) fn holds(&mut self, rule: &str) -> Result<bool, RegoError> {
        let answer = evaluate(&mut self.engine, rule)?;
        Ok(answer == Value::from(true))
    }
}

/// A compiled rule.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    engine: regorus::Engine,
    entry: String,
}

impl Program {
    /// The violations that the rule finds in a document, in the rule's own (sorted) order.
    pub(crate) fn deny(&self, document: &Document) -> Result<Vec<Violation>, RegoError> {
        let mut engine = self.engine.clone();
        engine.set_input(document.0.clone());
        let answer = evaluate(&mut engine, &self.entry)?;
        self.violations(&answer)
    }

    fn violations(&self, answer: &Value) -> Result<Vec<Violation>, RegoError> {
        let Value::Set(set) = answer else { return Err(self.bad_answer(answer)) };
        set.iter().map(|item| violation(item).ok_or_else(|| self.bad_answer(item))).collect()
    }

    fn bad_answer(&self, value: &Value) -> RegoError {
        let got = value.to_string().chars().take(200).collect();
        RegoError::Answer { query: self.entry.clone(), got }
    }
}

fn violation(item: &Value) -> Option<Violation> {
    let object = item.as_object().ok()?;
    let text = |key: &str| object.get(&Value::from(key)).and_then(|value| value.as_string().ok());
    let severity = match text("severity") {
        Some(word) => Some(word.parse().ok()?),
        None => None,
    };
    Some(Violation { address: text("address")?.to_string(), message: text("message")?.to_string(), severity })
}

/// Asks for one rule. The only place that tells a limit from an error of the rule's own.
fn evaluate(engine: &mut regorus::Engine, query: &str) -> Result<Value, RegoError> {
    let failed = |source| RegoError::Evaluate { query: query.to_owned(), source };
    engine.eval_rule(query.to_owned()).map_err(|error| match error.downcast_ref::<LimitError>() {
        Some(LimitError::TimeLimitExceeded { limit, .. }) => {
            RegoError::TimedOut { query: query.to_owned(), limit: *limit }
        }
        _ => failed(error.into()),
    })
}
