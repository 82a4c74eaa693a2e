//! Terraform's expressions, evaluated as far as they can be told without running Terraform.
//! See <https://developer.hashicorp.com/terraform/language/expressions>.
//!
//! The loader of configuration says through [`Scope`] what names mean, and asks [`evaluate`]. It may rely on:
//! - **A value is right or unknown.** An unknown value carries the resources it comes from. What is wrong in
//!   Terraform (a type that does not fit, an index out of range, an unknown function) is unknown too;
//!   [`evaluate_checked`] tells it from what merely cannot be known.
//! - **Nothing panics, overflows the stack or grows without bounds**: see [`limits`].
//! - Text becomes an expression or template with [`parse_expression`] and [`parse_template`]; a body that is parsed
//!   by other means goes through [`mend::body`] once.

use hcl_edit::expr::Expression;

use super::value::Value;
use crate::source::Files;

/// What names mean at a place of the configuration.
pub(crate) trait Scope {
    /// What a traversal is worth: called with the whole of it, the root name and all steps below, such as
    /// `var`, `[x, y]` or `aws_s3_bucket`, `[b, 0, arn]`. The rest of a path below a value that is known is
    /// walked with [`walk`], splats included. A name that does not exist is unknown.
    fn lookup(&self, root: &str, path: &[Step]) -> Value;

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

/// Why an expression has no value, in words for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct EvalError(pub(crate) String);

/// The value of an expression; unknown where it is wrong.
pub(crate) fn evaluate(expression: &Expression, scope: &dyn Scope) -> Value {
    evaluate_checked(expression, scope).unwrap_or_else(|_| Value::unknown())
}

/// The value of an expression, or why it has none.
pub(crate) fn evaluate_checked(_expression: &Expression, _scope: &dyn Scope) -> Result<Value, EvalError> {
    Ok(Value::unknown())
}

/// The value below a value: `walk(x, [Attribute(a), Index(0)])` is `x.a[0]`. Unknown where there is none.
pub(crate) fn walk(_value: Value, _path: &[Step]) -> Value {
    Value::unknown()
}
