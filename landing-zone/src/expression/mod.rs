//! Expressions: what they may refer to, and their values for one unit.
//!
//! References and functions are checked when a file is read, so that a name that does not exist is reported with its
//! place then; a run later can fail only on what depends on the account, such as a tag that it lacks.

mod check;
mod function;

use crate::account::{Account, Scope};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Source};
use crate::reader::text;
use crate::reader::value::Value;
use hcl::eval::{Context, ErrorKind, Evaluate};
use serde::Serialize;
use serde_json::Value as Json;
use std::ops::Range;

/// The names that an expression may start from.
pub(crate) const IN_STACK: &[&str] = &["account", "stage", "region", "commit", "repository"];

/// The names for the state's bucket, which must not move with each commit.
pub(crate) const IN_STATE: &[&str] = &["account", "stage", "region", "repository"];

/// An expression of one of the two files, kept until there is a unit to evaluate it for.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    text: String,
    expression: hcl::Expression,
    place: Place,
}

/// Where an expression stands, kept without the file around it.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    file: String,
    line: usize,
    column: usize,
    span: Range<usize>,
}

impl Serialize for Formula {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl Formula {
    /// Reads an expression that may start from the given names. Everything wrong with it is reported; then there is
    /// no formula.
    pub(crate) fn read(value: &Value<'_>, names: &[&str]) -> Option<Self> {
        if !check::is_sound(value, names) {
            return None;
        }
        let Source { name, .. } = value.reader.source;
        let at = Diagnostic::new(Severity::Error, value.reader.source, &value.span, "", None);
        Some(Self {
            text: value.reader.text(&value.span).to_owned(),
            expression: value.expression.clone().into(),
            place: Place { file: name.clone(), line: at.line, column: at.column, span: at.span },
        })
    }

    /// The expression as the file writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The value for a unit as JSON; the error says where the expression stands and why it has none.
    pub fn evaluate(&self, scope: &Scope<'_>) -> Result<Json, Diagnostics> {
        let Scope { account, stage, region, .. } = scope;
        let place =
            || format!("in stage {stage}, account {} ({}) and region {region}", account.name, account.id);
        let value =
            self.expression.evaluate(&context(scope)).map_err(|error| self.failed(place(), &error))?;
        serde_json::to_value(value).map_err(|error| self.diagnostic(error.to_string(), None))
    }

    /// The value as the text of a CloudFormation parameter: items of a list are joined by commas.
    pub fn parameter(&self, scope: &Scope<'_>) -> Result<String, Diagnostics> {
        let value = self.evaluate(scope)?;
        let text = match &value {
            Json::Array(items) => {
                items.iter().map(scalar).collect::<Option<Vec<_>>>().and_then(|i| joined(&i))
            }
            other => scalar(other),
        };
        text.ok_or_else(|| {
            let help =
                "a parameter is a string, a number, a boolean, or a list of these without commas in them";
            self.diagnostic(format!("{value} cannot be the value of a parameter"), Some(help.to_owned()))
        })
    }

    /// The value as the name of a bucket.
    pub(crate) fn bucket(&self, scope: &Scope<'_>) -> Result<String, Diagnostics> {
        let value = self.evaluate(scope)?;
        let name = value.as_str().unwrap_or_default();
        match text::bucket(name) {
            Ok(()) => Ok(name.to_owned()),
            Err(expected) => {
                Err(self.diagnostic(format!("{value} is not the name of a bucket"), Some(expected)))
            }
        }
    }

    /// Why the expression can never work in this scope, whatever account it is evaluated for. What depends on the
    /// account, a key or an item that is not there, is left to the run.
    pub(crate) fn fault(&self, scope: &Scope<'_>) -> Option<Diagnostics> {
        let error = self.expression.evaluate(&context(scope)).err()?;
        let depends = matches!(error.kind(), ErrorKind::NoSuchKey(_) | ErrorKind::Index(_));
        (!depends).then(|| self.failed(format!("in stage {}", scope.stage), &error))
    }

    fn failed(&self, place: String, error: &hcl::eval::Error) -> Diagnostics {
        let help = match error.kind() {
            ErrorKind::NoSuchKey(_) => {
                format!("{place}; for a tag that may be missing: lookup(account.tags, \"name\", \"default\")")
            }
            _ => place,
        };
        self.diagnostic(format!("the expression has no value: {}", error.kind()), Some(help))
    }

    fn diagnostic(&self, message: String, help: Option<String>) -> Diagnostics {
        let Place { file, line, column, span } = self.place.clone();
        Diagnostics::one(Diagnostic {
            severity: Severity::Error,
            message,
            file,
            line,
            column,
            span,
            help,
            hidden: None,
        })
    }
}

/// The text of a string, number or boolean.
fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn joined(items: &[String]) -> Option<String> {
    (!items.iter().any(|item| item.contains(','))).then(|| items.join(","))
}

fn context(scope: &Scope<'_>) -> Context<'static> {
    let mut context = Context::new();
    context.declare_var("account", account(scope.account));
    context.declare_var("stage", hcl::value!({ "name" = (scope.stage.as_str()) }));
    context.declare_var("region", scope.region.as_str());
    context.declare_var("commit", scope.commit);
    context.declare_var("repository", scope.repository.as_str());
    function::declare(&mut context);
    context
}

fn account(account: &Account) -> hcl::Value {
    let tags: hcl::Map<String, hcl::Value> =
        account.tags.iter().map(|(key, value)| (key.clone(), value.as_str().into())).collect();
    let ou = account.ou.as_ref().map_or(hcl::Value::Null, |ou| ou.as_str().into());
    hcl::Value::Object(hcl::Map::from_iter([
        ("id".to_owned(), account.id.as_str().into()),
        ("name".to_owned(), account.name.as_str().into()),
        ("ou".to_owned(), ou),
        ("tags".to_owned(), hcl::Value::Object(tags)),
    ]))
}
