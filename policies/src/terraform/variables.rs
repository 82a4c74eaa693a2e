//! What variables are worth: arguments, files of values, and defaults.
//! See <https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence>.

use std::collections::BTreeMap;

use hcl_edit::expr::Expression;

use super::eval::{Scope, Step, evaluate};
use super::scope::Frame;
use super::syntax::Body;
use super::types::{Type, convert, parse_constraint};
use super::value::Value;
use super::{Argument, parse};
use crate::scan::ScanError;
use crate::source::{Files, join};

/// A value for a variable of the root, from outside of the configuration.
#[derive(Clone, Debug)]
pub(super) enum Given {
    /// From `TF_VAR_*` or an argument: what it means depends on the variable's type.
    Text(String),
    /// From a file of values.
    Value(Value),
}

/// All given values of a root, and the files of values that could not be read.
pub(super) fn given(
    files: &dyn Files,
    directory: &str,
    options: &super::Options,
) -> (BTreeMap<String, Given>, Vec<ScanError>) {
    let mut found = Collected { files, given: BTreeMap::new(), errors: Vec::new() };
    for (name, text) in &options.environment {
        found.given.insert(name.clone(), Given::Text(text.clone()));
    }
    for path in automatic(files, directory) {
        found.file(&path);
    }
    for argument in &options.arguments {
        match argument {
            Argument::Variable { name, value } => {
                drop(found.given.insert(name.clone(), Given::Text(value.clone())));
            }
            Argument::File(path) => found.file(path),
        }
    }
    (found.given, found.errors)
}

/// Files of values that Terraform reads by itself, the strongest last.
fn automatic(files: &dyn Files, directory: &str) -> Vec<String> {
    let entries = files.list(directory).unwrap_or_default();
    let mut names: Vec<_> = entries
        .into_iter()
        .filter(|entry| !entry.is_directory)
        .map(|entry| entry.name)
        .filter(|name| name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json"))
        .collect();
    names.sort();
    let fixed = ["terraform.tfvars", "terraform.tfvars.json"].map(str::to_owned).into_iter();
    let fixed = fixed.filter(|name| files.is_file(&join(directory, name)));
    fixed.chain(names).map(|name| join(directory, &name)).collect()
}

struct Collected<'a> {
    files: &'a dyn Files,
    given: BTreeMap<String, Given>,
    errors: Vec<ScanError>,
}

impl Collected<'_> {
    fn file(&mut self, path: &str) {
        let unreadable = |error: crate::source::ReadError| {
            ScanError::input(error.to_string(), "name a file of values that can be read")
        };
        match self.files.read(path).map_err(unreadable).and_then(|text| parse::values(path, &text)) {
            Ok(body) => {
                let values = body.attributes.into_iter().map(|attribute| {
                    let value = evaluate(&attribute.value, &Nothing);
                    (attribute.name, Given::Value(value))
                });
                self.given.extend(values);
            }
            Err(error) => self.errors.push(error),
        }
    }
}

/// A place where no name means anything.
pub(super) struct Nothing;

impl Scope for Nothing {
    fn lookup(&self, _root: &str, _path: &[Step]) -> Value {
        Value::unknown()
    }

    fn files(&self) -> Option<&dyn Files> {
        None
    }

    fn directory(&self) -> &str {
        "."
    }
}

/// What a variable is worth at the top of its module.
pub(super) fn value(name: &str, declared: &Body, top: &Frame<'_>) -> Value {
    let wanted = declared
        .attribute("type")
        .map_or(Type::Any, |kind| parse_constraint(kind, &Nothing).unwrap_or(Type::Any));
    let from_outside = match &top.instance.origin {
        Some(origin) => argument(name, top, origin),
        None => top.world.given.get(name).map(|given| typed(given, declared, &wanted)),
    };
    match from_outside {
        Some(Value::Null) if !is_nullable(declared) => default(declared, &wanted),
        Some(value) => converted(value, &wanted),
        None => default(declared, &wanted),
    }
}

/// What the call of the module says.
fn argument(name: &str, top: &Frame<'_>, origin: &super::world::Origin) -> Option<Value> {
    let call = origin.parent.module.calls.get(origin.call)?;
    let expression = call.body.attribute(name)?;
    let parent = Frame::new(top.world, &origin.parent);
    Some(evaluate(expression, &parent.within(&origin.iteration)))
}

fn typed(given: &Given, declared: &Body, wanted: &Type) -> Value {
    let is_secret = |name| declared.attribute(name).is_some_and(|value| value.as_bool() == Some(true));
    match given {
        // What is secret and not written in the configuration must not get into a report.
        _ if is_secret("sensitive") || is_secret("ephemeral") => Value::unknown(),
        Given::Value(value) => value.clone(),
        Given::Text(text) if is_literal(declared, wanted) => Value::text(text),
        Given::Text(text) => match super::eval::parse_expression(text) {
            Ok(expression) => evaluate(&expression, &Nothing),
            Err(_) => Value::unknown(),
        },
    }
}

/// Whether a text is the value itself, and no expression for it.
fn is_literal(declared: &Body, wanted: &Type) -> bool {
    declared.attribute("type").is_none() || matches!(wanted, Type::Text | Type::Number | Type::Bool)
}

fn is_nullable(declared: &Body) -> bool {
    declared.attribute("nullable").and_then(Expression::as_bool) != Some(false)
}

/// The value in the variable's type; unknown if it does not fit.
fn converted(value: Value, wanted: &Type) -> Value {
    let links = value.links();
    convert(value, wanted).unwrap_or_else(|_| Value::linked(links))
}

fn default(declared: &Body, wanted: &Type) -> Value {
    match declared.attribute("default") {
        Some(default) => converted(evaluate(default, &Nothing), wanted),
        None => Value::unknown(),
    }
}
