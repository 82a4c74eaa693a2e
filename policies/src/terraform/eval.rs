//! Terraform's expressions, evaluated as far as they can be told without running Terraform.
//! See <https://developer.hashicorp.com/terraform/language/expressions>.
//!
//! The loader of configuration says through [`Scope`] what names mean, and asks [`evaluate`]. It may rely on:
//! - **A value is right or unknown.** An unknown value carries the resources it comes from. What is wrong in
//!   Terraform (a type that does not fit, an index out of range, an unknown function) is unknown too;
//!   [`evaluate_checked`] tells it from what merely cannot be known.
//! - **Nothing panics, overflows the stack or grows without bounds**: see [`limits`].
//! - Text becomes an expression or template with [`parse_expression`] and [`parse_template`]. A body that is parsed
//!   by `hcl_edit` goes through [`mend_body`] once, before anything in it is evaluated.

mod expression;
mod iteration;
mod json_text;
pub(crate) mod limits;
mod mend;
mod operator;
mod parse;
mod template;
mod traversal;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use hcl_edit::expr::Expression;

pub(crate) use self::expression::{Evaluator, Names};
pub(crate) use self::mend::body as mend_body;
pub(crate) use self::operator::{equal, fits};
pub(crate) use self::parse::{parse_expression, parse_template};
use super::value::Value;
use crate::source::Files;

/// What names mean at a place of the configuration.
pub(crate) trait Scope {
    /// What a traversal is worth: called with the whole of it, the root name and all steps below, such as
    /// `var`, `[x, y]` or `aws_s3_bucket`, `[b, 0, arn]`. The rest of a path below a value that is known is
    /// walked with [`walk_checked`], splats included. A name that does not exist is unknown.
    fn lookup(&self, root: &str, path: &[Step]) -> Value;

    /// The same, and why there is none where Terraform would refuse, so that `try` and `can` see it.
    ///
    /// # Errors
    /// [`EvalError::Wrong`] where Terraform would refuse.
    fn lookup_checked(&self, root: &str, path: &[Step]) -> Result<Value, EvalError> {
        Ok(self.lookup(root, path))
    }

    /// Where `file`, `templatefile` and `fileset` read.
    fn files(&self) -> Option<&dyn Files>;

    /// The directory that relative paths in the functions of files start at: the root module's.
    fn directory(&self) -> &str;
}

/// A step of a traversal.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// `.name`.
    Attribute(String),
    /// `[key]`, its key evaluated, and the old `.0`.
    Index(Value),
    /// `.*`: the attributes that follow it are those of each element.
    AttributeSplat,
    /// `[*]`: all steps that follow it are those of each element.
    Splat,
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum EvalError {
    /// Terraform would refuse it as well: in words for the person who wrote it.
    #[error("{0}")]
    Wrong(String),
    /// It may have a value, but to find it is beyond the bounds.
    #[error("{0}")]
    Limit(String),
    /// It has a value that cannot be told. Only inside of the evaluator, where it becomes [`Value::Unknown`].
    #[error("the value cannot be known before it is applied")]
    Unknown(BTreeSet<String>),
}

impl EvalError {
    /// What Terraform would refuse.
    pub(crate) fn wrong(message: impl Into<String>) -> Self {
        Self::Wrong(message.into())
    }
}

/// The value of an expression; unknown where it is wrong.
pub(crate) fn evaluate(expression: &Expression, scope: &dyn Scope) -> Value {
    evaluate_checked(expression, scope).unwrap_or_else(|_| Value::unknown())
}

/// The value of an expression, or why it has none.
///
/// # Errors
/// [`EvalError::Wrong`] where Terraform would refuse it, [`EvalError::Limit`] where it is beyond the bounds.
pub(crate) fn evaluate_checked(expression: &Expression, scope: &dyn Scope) -> Result<Value, EvalError> {
    let budget = limits::Budget::default();
    known(Evaluator::new(scope, &budget).expression(expression))
}

/// The value below a value: that of `x` and `[Attribute(a), Index(0)]` is `x.a[0]`.
///
/// # Errors
/// [`EvalError::Wrong`] where Terraform would refuse.
pub(crate) fn walk_checked(value: &Value, path: &[Step]) -> Result<Value, EvalError> {
    known(traversal::walk_ref(value, path))
}

/// What cannot be told is a value too.
pub(crate) fn known(result: Result<Value, EvalError>) -> Result<Value, EvalError> {
    match result {
        Err(EvalError::Unknown(links)) => Ok(Value::linked(links)),
        other => other,
    }
}
