//! Modules that are compiled together, and asked rule by rule over one input.

use std::num::NonZeroU32;
use std::time::Duration;

use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{LimitError, Value};

use super::compat::{self, Dialect};
use super::recursion::Calls;
use super::{Document, RegoError, Violation, answer};

/// Steps of the interpreter between two looks at the clock.
const CHECK_INTERVAL: u32 = 1_000;

/// What one of our own rules answers with is the set of this name in its package.
const ENTRY: &str = "deny";

/// Modules on their way to be compiled together.
#[derive(Clone, Debug)]
pub(crate) struct Modules {
    engine: regorus::Engine,
    dialect: Dialect,
    calls: Calls,
}

impl Modules {
    pub(crate) fn new(dialect: Dialect, time_limit: Duration) -> Self {
        let mut engine = compat::engine(dialect);
        engine.set_execution_timer_config(ExecutionTimerConfig {
            limit: time_limit,
            check_interval: NonZeroU32::new(CHECK_INTERVAL).unwrap_or(NonZeroU32::MIN),
        });
        Self { engine, dialect, calls: Calls::default() }
    }

    /// Adds a module and returns its package, for example `data.wayleave.aws`.
    pub(crate) fn add(&mut self, file: &str, text: &str) -> Result<String, RegoError> {
        let text = compat::module(file, text, self.dialect)?;
        let package = self
            .engine
            .add_policy(file.to_owned(), text)
            .map_err(|source| RegoError::Parse { file: file.to_owned(), source: source.into() })?;
        self.engine.get_modules().last().into_iter().for_each(|module| self.calls.add(file, module));
        Ok(package)
    }

    /// Adds one of our own rules and returns what to ask for.
    pub(crate) fn add_rule(&mut self, file: &str, text: &str) -> Result<String, RegoError> {
        let package = self.add(file, text)?;
        if self.has_rule(file, ENTRY) {
            Ok(format!("{package}.{ENTRY}"))
        } else {
            let source = format!("it has no rule `{ENTRY}`: write `{ENTRY} contains {{…}} if {{…}}`").into();
            Err(RegoError::Compile { file: file.to_owned(), source })
        }
    }

    /// Whether a module that was added has a rule of this name.
    pub(crate) fn has_rule(&self, file: &str, name: &str) -> bool {
        matches!(self.engine.has_declared_rule_rooted_at(file, name), Ok(true))
    }

    /// Adds documents that rules read from `data`.
    pub(crate) fn add_data(&mut self, data: serde_json::Value) -> Result<(), RegoError> {
        self.engine.add_data(Value::from(data)).map_err(|source| RegoError::Data { source: source.into() })
    }

    /// Compiles all modules. The file in the error is that of a circle of calls, else empty: the interpreter's
    /// error says where.
    pub(crate) fn compile(mut self) -> Result<Compiled, RegoError> {
        if let Some((file, function)) = self.calls.cycle() {
            return Err(RegoError::Recursion { file: file.to_owned(), function: function.to_owned() });
        }
        // Any question makes the engine prepare itself.
        self.engine
            .eval_query("true".to_owned(), false)
            .map_err(|source| RegoError::Compile { file: String::new(), source: source.into() })?;
        Ok(Compiled { engine: self.engine })
    }
}

/// Compiled modules. A clone shares them.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    engine: regorus::Engine,
}

impl Compiled {
    /// A place to ask rules without any input of their own.
    pub(crate) fn session(&self) -> Session {
        Session { engine: self.engine.clone() }
    }

    /// A place to ask rules about one document.
    pub(crate) fn session_on(&self, document: &Document) -> Session {
        let mut session = self.session();
        session.engine.set_input(document.0.clone());
        session
    }
}

/// Where one thread asks rules. Each question has its own limits, and what one rule does is of no concern to the next.
pub(crate) struct Session {
    engine: regorus::Engine,
}

impl Session {
    /// The violations that a rule finds, in the rule's own (sorted) order.
    pub(crate) fn deny(&mut self, query: &str) -> Result<Vec<Violation>, RegoError> {
        answer::violations(query, &self.ask(query)?)
    }

    /// The ids that a rule of Terrascan's finds, in the rule's own (sorted) order.
    pub(crate) fn ids(&mut self, query: &str) -> Result<Vec<String>, RegoError> {
        answer::ids(query, &self.ask(query)?)
    }

    /// Whether a rule is true.
    pub(crate) fn holds(&mut self, query: &str) -> Result<bool, RegoError> {
        Ok(self.ask(query)? == Value::from(true))
    }

    /// Asks for one rule. The only place that tells a limit from an error of the rule's own.
    fn ask(&mut self, query: &str) -> Result<Value, RegoError> {
        let failed = |source| RegoError::Evaluate { query: query.to_owned(), source };
        self.engine.eval_rule(query.to_owned()).map_err(|error| match error.downcast_ref::<LimitError>() {
            Some(LimitError::TimeLimitExceeded { limit, .. }) => {
                RegoError::TimedOut { query: query.to_owned(), limit: *limit }
            }
            _ => failed(error.into()),
        })
    }
}
