//! Bounds of an evaluation: how deep it may nest, and how much it may make.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::EvalError;
use crate::terraform::value::Value;

/// Expressions in expressions, through names as well: what a name stands for counts where it is evaluated.
pub(crate) const MAX_DEPTH: usize = 220;
/// Collections in collections.
const MAX_NESTING: usize = 120;
/// What one evaluation may make: an element costs one, so do eight bytes of text.
const MAX_WORK: usize = 4_000_000;
/// Bytes of text for one unit of work.
const BYTES: usize = 8;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static PASSED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// The bounds that evaluations of this thread have passed since this was asked last: their values are unknown for no reason that
/// Terraform knows.
pub(crate) fn take_passed() -> BTreeSet<String> {
    PASSED.take()
}

/// A bound is passed.
pub(crate) fn passed(what: impl Into<String>) -> EvalError {
    let what = what.into();
    PASSED.with_borrow_mut(|passed| passed.insert(what.clone()));
    EvalError::Limit(what)
}

/// One level of an expression, until it is dropped.
pub(super) struct Level(());

impl Level {
    /// Goes a level deeper, if that is still allowed.
    pub(super) fn enter() -> Result<Self, EvalError> {
        DEPTH.with(|depth| {
            if depth.get() >= MAX_DEPTH {
                return Err(passed(format!("expressions that nest deeper than {MAX_DEPTH} levels")));
            }
            depth.set(depth.get() + 1);
            Ok(Self(()))
        })
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        DEPTH.with(|depth| depth.set(depth.get().saturating_sub(1)));
    }
}

/// What an evaluation may still make.
pub(crate) struct Budget(Cell<usize>);

impl Default for Budget {
    fn default() -> Self {
        Self(Cell::new(MAX_WORK))
    }
}

impl Budget {
    /// Pays for this many elements.
    pub(crate) fn elements(&self, count: usize) -> Result<(), EvalError> {
        match self.0.get().checked_sub(count) {
            Some(rest) => {
                self.0.set(rest);
                Ok(())
            }
            None => {
                self.0.set(0);
                Err(passed("expressions whose values are too large"))
            }
        }
    }

    /// Pays for this many bytes of text.
    pub(crate) fn bytes(&self, count: usize) -> Result<(), EvalError> {
        self.elements(count / BYTES)
    }

    /// Pays for a copy of a value, and refuses one that nests too deep.
    pub(crate) fn value(&self, value: &Value) -> Result<(), EvalError> {
        self.nested(value, 0)
    }

    fn nested(&self, value: &Value, depth: usize) -> Result<(), EvalError> {
        if depth > MAX_NESTING {
            return Err(passed(format!("values that nest deeper than {MAX_NESTING} levels")));
        }
        self.elements(1)?;
        match value {
            Value::Text(text) => self.bytes(text.len()),
            Value::Tuple(items) | Value::List(items) | Value::Set(items) => {
                items.iter().try_for_each(|item| self.nested(item, depth + 1))
            }
            Value::Object(entries) | Value::Map(entries) => {
                entries.values().try_for_each(|value| self.nested(value, depth + 1))
            }
            Value::Unknown(unknown) => {
                unknown.json.iter().try_for_each(|structure| self.nested(structure, depth + 1))?;
                unknown.attributes.values().try_for_each(|value| self.nested(value, depth + 1))
            }
            _ => Ok(()),
        }
    }
}
