//! Text to expressions and templates.

use hcl_edit::expr::Expression;
use hcl_edit::template::Template;

use super::{EvalError, limits, mend};

/// Text with more bytes than this is no expression that a person wrote.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Reads an expression.
///
/// # Errors
/// [`EvalError::Wrong`] with the place, if it is none.
pub(crate) fn parse_expression(text: &str) -> Result<Expression, EvalError> {
    let text = text.trim();
    small(text)?;
    let mut expression: Expression = text.parse().map_err(|error| syntax(&error))?;
    mend::expression(&mut expression, text);
    Ok(expression)
}

/// Reads a template: text with `${...}` and `%{...}`, without quotes around it.
///
/// # Errors
/// [`EvalError::Wrong`] with the place, if it is none.
pub(crate) fn parse_template(text: &str) -> Result<Template, EvalError> {
    small(text)?;
    let mut template: Template = text.parse().map_err(|error| syntax(&error))?;
    mend::template(&mut template, text);
    Ok(template)
}

fn small(text: &str) -> Result<(), EvalError> {
    let message = || limits::passed(format!("texts of expressions that are larger than {MAX_BYTES} bytes"));
    (text.len() <= MAX_BYTES).then_some(()).ok_or_else(message)
}

fn syntax(error: &hcl_edit::parser::Error) -> EvalError {
    let place = error.location();
    EvalError::Wrong(format!("line {}, column {}: {}", place.line(), place.column(), error.message()))
}
