//! The role of a function or state machine: managed policies, documents, and SAM's policy templates.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::{Made, Own};
use crate::cloudformation::intrinsics::text_of;
use crate::marker;

/// Statements by the name of the template.
static TEMPLATES: LazyLock<HashMap<&str, Vec<Statement>>> =
    LazyLock::new(|| templates(include_str!("policies.txt")));

struct Statement {
    actions: Vec<&'static str>,
    resources: Vec<&'static str>,
    condition: Option<Value>,
}

fn templates(text: &'static str) -> HashMap<&'static str, Vec<Statement>> {
    let mut templates: HashMap<_, Vec<_>> = HashMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.splitn(4, ' ');
        let (Some(name), Some(actions), Some(resources)) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        let condition = words.next().and_then(|text| serde_json::from_str(text).ok());
        let statement = Statement {
            actions: actions.split(',').collect(),
            resources: resources.split(',').collect(),
            condition,
        };
        templates.entry(name).or_default().push(statement);
    }
    templates
}

/// The role that a resource gets where it names none.
pub(super) fn role(own: &Own<'_>, service: &str, managed: Vec<&str>, made: &mut Made) {
    let mut arns: Vec<Value> = managed.into_iter().map(arn).collect();
    let mut inline = Vec::new();
    let mut is_unknown = None;
    for policy in listed(own.get("Policies")) {
        match policy {
            Value::String(name) => arns.push(arn(name)),
            unknown if marker::is_unknown(unknown) => is_unknown = Some(unknown.clone()),
            document => inline.extend(documents(document)),
        }
    }
    let named = inline.into_iter().enumerate().map(|(index, document)| {
        json!({ "PolicyName": format!("{}RolePolicy{index}", own.name), "PolicyDocument": document })
    });
    let named: Vec<_> = named.collect();
    let trust = own.get("AssumeRolePolicyDocument").cloned().unwrap_or_else(|| trust(service));
    let role = json!({
        "AssumeRolePolicyDocument": trust,
        "ManagedPolicyArns": arns.into_iter().chain(is_unknown.clone()).collect::<Value>(),
        "Policies": is_unknown.unwrap_or_else(|| if named.is_empty() { Value::Null } else { named.into() }),
        "PermissionsBoundary": own.get("PermissionsBoundary"),
        "Path": own.get("RolePath"),
        "Tags": own.tags(),
    });
    made.add(format!("{}Role", own.name), "AWS::IAM::Role", role);
}

fn listed(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(items)) => items,
        Some(single) if !single.is_null() => std::slice::from_ref(single),
        _ => &[],
    }
}

/// A managed policy may be named without its ARN.
fn arn(name: &str) -> Value {
    if name.starts_with("arn:") { name.into() } else { format!("arn:aws:iam::aws:policy/{name}").into() }
}

/// Who may take a role.
pub(super) fn trust(service: &str) -> Value {
    json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": ["sts:AssumeRole"], "Principal": { "Service": [service] },
    }]})
}

/// A policy document, or the documents of the templates that an object names.
fn documents(written: &Value) -> Vec<Value> {
    let Some(map) = written.as_object() else { return Vec::new() };
    if map.contains_key("Statement") {
        return vec![written.clone()];
    }
    let found = map.iter().filter_map(|(name, parameters)| {
        let statements = TEMPLATES.get(name.as_str())?;
        let statements: Vec<_> =
            statements.iter().map(|statement| written_out(statement, parameters)).collect();
        Some(json!({ "Statement": statements }))
    });
    found.collect()
}

fn written_out(statement: &Statement, parameters: &Value) -> Value {
    let resources: Vec<_> = statement.resources.iter().map(|text| substituted(text, parameters)).collect();
    let mut written = json!({ "Effect": "Allow", "Action": statement.actions, "Resource": resources });
    if let (Some(condition), Some(map)) = (&statement.condition, written.as_object_mut()) {
        map.insert("Condition".into(), condition_of(condition, parameters));
    }
    written
}

fn condition_of(condition: &Value, parameters: &Value) -> Value {
    match condition {
        Value::String(text) => substituted(text, parameters),
        Value::Object(map) => {
            let fields = map.iter().map(|(key, value)| (key.clone(), condition_of(value, parameters)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// A text with the template's parameters in it.
fn substituted(text: &str, parameters: &Value) -> Value {
    let mut written = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, tail)) = after.split_once('}') else { break };
        written.push_str(before);
        match parameters.get(name) {
            _ if name == "AWS::Partition" => written.push_str("aws"),
            Some(value) if marker::is_unknown(value) => return value.clone(),
            Some(value) => match text_of(value) {
                Some(text) => written.push_str(&text),
                None => return marker::unknown([]),
            },
            None => return marker::unknown([]),
        }
        rest = tail;
    }
    written.push_str(rest);
    written.into()
}
