//! What `regorus` answers otherwise than OPA 0.46.1, put right in one place.
//!
//! There is no hook for most of it, so that a module is read, and written anew where OPA would read it otherwise. Each gap
//! is a function of its own, with a test of what OPA answers (`compat/tests.rs`) and a note of what upstream would need:
//!
//! | gap | where |
//! |---|---|
//! | several bodies behind one head of a partial set, `r[x] {…} {…}` | [`tokens::chained_bodies`] |
//! | `some x` behind an iteration | [`printer`], `query` |
//! | `not f(undefined)` is undefined | [`negation`] |
//! | arithmetic on null ends one iteration | [`printer`], `operator`, and [`functions`] |
//! | `re_match` and other deprecated names | [`printer`], `function_name`, and [`functions`] |
//! | `some … in` and `every` over what is no collection | [`printer`], `collection` |
//! | `x := y in z` where one of them is undefined | [`printer`], `membership` |
//! | `sprintf` with too few, too many or wrong arguments | [`sprintf`] |
//! | `strings.replace_n` replaces in one go | [`functions`] |
//! | functions without a bound on what they allocate | [`bounds`] |
//! | `regex.match` forgets what matching has built | [`matching`] |
//! | on the virtual machine: an assignment of what is undefined | [`printer`], `assertion` |
//! | on the virtual machine: `every` over what is no collection | [`printer`], `domain` |
//! | on the virtual machine: what it would answer otherwise, and is not given | [`printer`], `is_fit`, and [`single`] |

mod bounds;
mod closed;
mod functions;
mod matching;
mod negation;
mod printer;
mod sprintf;
mod syntax;
#[cfg(test)]
mod tests;
mod tokens;
mod values;

pub(super) use bounds::begin;
use functions::FUNCTIONS;
pub(super) use functions::on_machine;
pub(super) use printer::written;

use std::num::{NonZeroU32, NonZeroUsize};

use regorus::PolicyLengthConfig;
use regorus::unstable::{Module, Ref};

use super::circular::circular;
use super::written::Written;
use super::{RegoError, single};

/// The function that every collection goes through which is iterated over, but those written out.
const ELEMENTS: &str = "opa_elements";
/// The function that `|` is.
const UNION: &str = "opa_or";

/// A rule's file: at most this many bytes.
const MAX_FILE_BYTES: usize = 256 * 1024;
/// A rule's file: at most this many lines.
const MAX_LINES: usize = 5_000;
/// A rule's line: at most this many columns, in bytes.
const MAX_COLUMNS: usize = 4096;
/// A rule's file: at most this many steps to read its brackets ([`tokens::steps`]), a few seconds' worth.
const MAX_STEPS: usize = 25_000_000;
/// What is written anew may be longer than what it was read from, by this factor.
const GROWTH: usize = 4;

/// The language that a module is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Rego v1: `deny contains x if {…}`.
    V1,
    /// Rego before 1.0: `deny[x] {…}`.
    V0,
}

/// What reads a module that was written anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// The interpreter, which walks the syntax tree.
    Interpreter,
    /// The compiler of the virtual machine.
    Machine,
}

/// The bounds that the interpreter sees: those of the source, with room for what is written anew.
pub(super) fn lengths() -> PolicyLengthConfig {
    PolicyLengthConfig {
        max_col: NonZeroU32::MAX,
        max_file_bytes: NonZeroUsize::new(MAX_FILE_BYTES * GROWTH).unwrap_or(NonZeroUsize::MAX),
        max_lines: NonZeroUsize::new(MAX_LINES * GROWTH).unwrap_or(NonZeroUsize::MAX),
    }
}

/// An engine that answers as OPA does.
pub(super) fn engine(dialect: Dialect) -> regorus::Engine {
    let mut engine = regorus::Engine::new();
    engine.set_policy_length_config(lengths());
    engine.set_rego_v0(dialect == Dialect::V0);
    // As in OPA: a builtin function that fails makes its expression undefined.
    engine.set_strict_builtin_errors(false);
    functions::register(&mut engine);
    engine
}

/// A module that was read.
#[derive(Debug)]
pub(super) struct Parsed {
    /// Its package, for example `data.wayleave.aws.s3.acl`.
    pub(super) package: String,
    pub(super) module: Ref<Module>,
    text: String,
}

impl Parsed {
    /// As the interpreter is to read it: the text itself, where it would be read as OPA reads it.
    pub(super) fn for_interpreter(self) -> String {
        printer::for_interpreter(&self.module).unwrap_or(self.text)
    }

    /// As the virtual machine is to read it; none if it is not for the machine.
    pub(super) fn for_machine(&self) -> Option<Written> {
        let is_safe = single::doubtful(&self.module).is_empty() && !circular(&self.module);
        if is_safe { printer::for_machine(&self.module) } else { None }
    }
}

/// Reads a module.
pub(super) fn parse(file: &str, text: &str, dialect: Dialect) -> Result<Parsed, RegoError> {
    within_bounds(file, text)?;
    let text = match dialect {
        Dialect::V0 => tokens::chained_bodies(text),
        Dialect::V1 => text.to_owned(),
    };
    let mut reader = regorus::Engine::new();
    reader.set_policy_length_config(lengths());
    reader.set_rego_v0(dialect == Dialect::V0);
    let wrong =
        |source: Box<dyn std::error::Error + Send + Sync>| RegoError::Parse { file: file.to_owned(), source };
    let package = reader.add_policy(file.to_owned(), text.clone()).map_err(|source| wrong(source.into()))?;
    let module = reader.get_modules().last().cloned().ok_or_else(|| wrong("it is no module".into()))?;
    Ok(Parsed { package, module, text })
}

/// The text with another package: references to the old one follow it.
pub(crate) fn in_package(text: &str, package: &str) -> String {
    tokens::in_package(text, package)
}

/// Formats JSON as Go's `fmt.Sprintf` does: every number is a `float64`.
pub(crate) fn go_format(format: &str, values: &[&serde_json::Value]) -> String {
    sprintf::json(format, values).unwrap_or_else(|error| format!("%!({error})"))
}

/// The package that a module says it belongs to, as it is written.
pub(crate) fn package(text: &str) -> String {
    tokens::package(text)
}

fn within_bounds(file: &str, text: &str) -> Result<(), RegoError> {
    let longest = text.lines().map(str::len).max().unwrap_or_default();
    for (what, got, limit) in [
        ("bytes", text.len(), MAX_FILE_BYTES),
        ("lines", text.lines().count(), MAX_LINES),
        ("columns in a line", longest, MAX_COLUMNS),
        ("steps to read brackets within brackets", tokens::steps(text), MAX_STEPS),
    ] {
        if got > limit {
            return Err(RegoError::TooLong { file: file.to_owned(), what, got, limit });
        }
    }
    Ok(())
}
