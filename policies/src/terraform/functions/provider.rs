//! Functions of providers that only work on text.
//! See <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse> and its neighbours.

use std::collections::BTreeMap;

use super::{Arguments, Function, function};
use crate::terraform::eval::EvalError;
use crate::terraform::value::Value;

/// The parts of an ARN behind `arn:`.
const PARTS: [&str; 5] = ["partition", "service", "region", "account_id", "resource"];

pub(super) fn find(namespace: &[&str], name: &str) -> Option<Function> {
    match (namespace, name) {
        (["provider", "aws"], "arn_parse") => function(1, 1, parse),
        (["provider", "aws"], "arn_build") => function(5, 5, build),
        (["provider", "aws"], "trim_iam_role_path") => function(1, 1, trim_role_path),
        _ => None,
    }
}

fn parts(arn: &str) -> Result<Vec<&str>, EvalError> {
    let parts: Vec<&str> =
        arn.strip_prefix("arn:").map(|rest| rest.splitn(5, ':').collect()).unwrap_or_default();
    if parts.len() == PARTS.len() { Ok(parts) } else { Err(EvalError::Wrong(format!("{arn:?} is no ARN"))) }
}

fn parse(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let arn = arguments.text(0)?;
    let parts = PARTS.into_iter().zip(parts(&arn)?);
    let object: BTreeMap<String, Value> =
        parts.map(|(name, part)| (name.to_owned(), Value::text(part))).collect();
    Ok(Value::Object(object))
}

fn build(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let parts = (0..PARTS.len()).map(|index| arguments.text(index)).collect::<Result<Vec<_>, _>>()?;
    Ok(Value::Text(format!("arn:{}", parts.join(":"))))
}

/// `role/path/name` becomes `role/name`.
fn trim_role_path(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let arn = arguments.text(0)?;
    let parts = parts(&arn)?;
    match parts.as_slice() {
        [partition, "iam", region, account, resource] if resource.starts_with("role/") => {
            let name = resource.rsplit('/').next().unwrap_or_default();
            Ok(Value::Text(format!("arn:{partition}:iam:{region}:{account}:role/{name}")))
        }
        _ => Err(EvalError::wrong("this is no ARN of a role")),
    }
}
