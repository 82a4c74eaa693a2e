//! IAM policy documents, understood as JSON and brought into one shape.
//! See <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>.
//!
//! `Action: "s3:*"` and `Action: ["s3:*"]` mean the same, as do `Principal: "*"` and `Principal: {AWS: "*"}`; rules
//! see lists only. A statement becomes `{sid, effect, actions, not_actions, resources, not_resources, principals,
//! not_principals, conditions}` where what is not written is absent, but for `conditions`, which is `{}` then.

use serde_json::{Map, Value};

use crate::marker;

/// All documents among a resource's values, by dotted path.
pub(crate) fn find(values: &Value) -> Map<String, Value> {
    let mut found = Map::new();
    search(values, &mut String::new(), &mut found);
    found
}

fn search(value: &Value, path: &mut String, found: &mut Map<String, Value>) {
    if let Some(document) = normalise(value) {
        found.insert(path.clone(), document);
        return;
    }
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| below(key, value, path, found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| below(&index.to_string(), value, path, found));
        }
        _ => {}
    }
}

fn below(key: &str, value: &Value, path: &mut String, found: &mut Map<String, Value>) {
    let length = path.len();
    if length > 0 {
        path.push('.');
    }
    path.push_str(key);
    search(value, path, found);
    path.truncate(length);
}

/// A document, from its text or its object form; none if the value is something else.
fn normalise(value: &Value) -> Option<Value> {
    let value = marker::encoded(value).unwrap_or(value);
    match value {
        Value::String(text) if text.trim_start().starts_with('{') => {
            normalise(&serde_json::from_str::<Map<String, Value>>(text).ok()?.into())
        }
        Value::Object(map) => {
            let statements = match map.get("Statement")? {
                Value::Array(items) => items.iter().filter_map(statement).collect(),
                single => statement(single).into_iter().collect::<Vec<_>>(),
            };
            Some(serde_json::json!({ "statements": statements }))
        }
        _ => None,
    }
}

fn statement(value: &Value) -> Option<Value> {
    let written = value.as_object()?;
    let mut statement = Map::new();
    for (from, to) in [("Sid", "sid"), ("Effect", "effect")] {
        written.get(from).map(|value| statement.insert(to.into(), value.clone()));
    }
    for (from, to) in [
        ("Action", "actions"),
        ("NotAction", "not_actions"),
        ("Resource", "resources"),
        ("NotResource", "not_resources"),
    ] {
        written.get(from).map(|value| statement.insert(to.into(), listed(value)));
    }
    for (from, to) in [("Principal", "principals"), ("NotPrincipal", "not_principals")] {
        written.get(from).map(|value| statement.insert(to.into(), principals(value)));
    }
    statement.insert("conditions".into(), conditions(written.get("Condition")));
    Some(statement.into())
}

/// Operators with their keys; anything else is no condition. One that cannot be known is an operator `unknown`
/// without keys, so that no rule takes it for absent.
fn conditions(written: Option<&Value>) -> Value {
    let Some((written, operators)) = written.and_then(|value| Some((value, value.as_object()?))) else {
        return Map::new().into();
    };
    if marker::is_unknown(written) || operators.values().any(marker::is_unknown) {
        return serde_json::json!({ "unknown": {} });
    }
    let known = operators.iter().filter(|(_, keys)| keys.is_object());
    Value::Object(known.map(|(operator, keys)| (operator.clone(), keys.clone())).collect())
}

fn listed(value: &Value) -> Value {
    if value.is_array() { value.clone() } else { vec![value.clone()].into() }
}

fn principals(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            Value::Object(map.iter().map(|(kind, value)| (kind.clone(), listed(value))).collect())
        }
        other => serde_json::json!({ "AWS": listed(other) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn text_and_objects_become_the_same() {
        let object =
            json!({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Principal": "*"}});
        let expected = json!({"policy": {"statements": [{"effect": "Allow", "actions": ["s3:*"], "resources": ["*"],
            "principals": {"AWS": ["*"]}, "conditions": {}}]}});
        assert_eq!(Value::Object(find(&json!({ "policy": object.clone() }))), expected);
        assert_eq!(Value::Object(find(&json!({ "policy": object.to_string() }))), expected);
    }

    #[test]
    fn what_is_no_document_is_left_alone() {
        for value in
            [json!({"a": "{"}), json!({"a": "{}"}), json!({"a": [1, null, "x"]}), json!("{\"Statement\":")]
        {
            assert!(find(&value).is_empty(), "{value}");
        }
        assert_eq!(find(&json!({"a": [{"b": {"Statement": [3]}}]})).keys().collect::<Vec<_>>(), ["a.0.b"]);
    }
}
