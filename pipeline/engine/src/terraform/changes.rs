//! From a plan's JSON ([format](https://developer.hashicorp.com/terraform/internals/json-format#plan-representation)) to the
//! change model. Pure: no I/O.

use std::collections::BTreeSet;

use pipeline_core::{Action, Change, Changes};
use serde::Deserialize;
use serde_json::{Map, Value};

const SENSITIVE: &str = "(sensitive)";
const UNKNOWN: &str = "(known after apply)";
/// A shorter secret is looked for only where Terraform itself says that it stands.
const SHORTEST_SECRET: usize = 4;
/// From this length on a secret is looked for inside longer texts too.
const SHORTEST_INSIDE: usize = 8;

/// Why a plan's JSON could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanJsonError {
    /// It is not of the documented form.
    #[error("the plan's JSON is not of the form that Terraform documents; is this version supported?")]
    Form(#[source] serde_json::Error),
    /// It does something to a resource that this version does not know; it is not passed on unseen.
    #[error("the plan would do {actions:?} to {address}, which this version of Wayleave does not know")]
    Action {
        /// The resource.
        address: String,
        /// The actions as Terraform named them.
        actions: Vec<String>,
    },
}

#[derive(Deserialize)]
struct Plan {
    #[serde(default)]
    resource_changes: Vec<Resource>,
    #[serde(default)]
    output_changes: Map<String, Value>,
    #[serde(default)]
    action_invocations: Vec<Value>,
    #[serde(default)]
    variables: Map<String, Value>,
    #[serde(default)]
    configuration: Value,
}

#[derive(Deserialize)]
struct Resource {
    address: String,
    previous_address: Option<String>,
    mode: String,
    #[serde(rename = "type")]
    kind: String,
    deposed: Option<String>,
    change: Difference,
}

#[derive(Deserialize)]
struct Difference {
    actions: Vec<String>,
    #[serde(default)]
    before: Value,
    #[serde(default)]
    after: Value,
    #[serde(default)]
    after_unknown: Value,
    #[serde(default)]
    before_sensitive: Value,
    #[serde(default)]
    after_sensitive: Value,
    importing: Option<Value>,
}

/// What is done to a resource, and whether something is done that the action does not show.
#[derive(Debug, PartialEq, Eq)]
enum Done {
    Plain(Action),
    /// The state alone changes.
    Forgotten,
    /// A data source is read.
    Read,
}

/// Reads what a plan would do. Resources that nothing is done to are left out; values that are sensitive are masked, also
/// where a provider repeats one in an attribute that it does not mark.
///
/// # Errors
/// [`PlanJsonError`] when the JSON has another form, or holds an action that is not known here.
pub fn changes(plan: &Value) -> Result<Changes, PlanJsonError> {
    let plan = Plan::deserialize(plan).map_err(PlanJsonError::Form)?;
    let secrets = secrets(&plan);
    let mut changes = Changes { resources: Vec::new(), other: others(&plan) };
    for resource in &plan.resource_changes {
        if resource.mode != "managed" {
            continue;
        }
        let done = done(resource)?;
        changes.other |= done == Done::Forgotten || is_moved_or_imported(resource);
        if let Done::Plain(action @ (Action::Create | Action::Update | Action::Replace | Action::Delete)) =
            done
        {
            changes.resources.push(change(resource, action, &secrets));
        }
    }
    changes.resources.sort_by(|one, other| one.address.cmp(&other.address));
    Ok(changes)
}

fn others(plan: &Plan) -> bool {
    let nothing = |output: &Value| {
        output.get("actions").is_some_and(|actions| *actions == serde_json::json!(["no-op"]))
    };
    !plan.action_invocations.is_empty() || !plan.output_changes.values().all(nothing)
}

fn is_moved_or_imported(resource: &Resource) -> bool {
    let moved = resource.previous_address.as_ref().is_some_and(|previous| *previous != resource.address);
    moved || resource.change.importing.is_some()
}

fn done(resource: &Resource) -> Result<Done, PlanJsonError> {
    let actions: Vec<&str> = resource.change.actions.iter().map(String::as_str).collect();
    Ok(match actions.as_slice() {
        ["no-op"] => Done::Plain(Action::None),
        ["create"] => Done::Plain(Action::Create),
        ["update"] => Done::Plain(Action::Update),
        ["delete"] => Done::Plain(Action::Delete),
        // The last one makes a new resource and leaves the old one alone: what is known by the address is another one after.
        ["delete", "create"] | ["create", "delete"] | ["create", "forget"] => Done::Plain(Action::Replace),
        ["read"] => Done::Read,
        ["forget"] => Done::Forgotten,
        _ => {
            let actions = resource.change.actions.clone();
            return Err(PlanJsonError::Action { address: resource.address.clone(), actions });
        }
    })
}

fn change(resource: &Resource, action: Action, secrets: &BTreeSet<String>) -> Change {
    let Difference { before, after, after_unknown, before_sensitive, after_sensitive, .. } = &resource.change;
    let address = match &resource.deposed {
        Some(deposed) => format!("{} (deposed {deposed})", resource.address),
        None => resource.address.clone(),
    };
    let before = hide(masked(before, before_sensitive), secrets);
    let after = hide(masked(&with_unknown(after, after_unknown), after_sensitive), secrets);
    Change { address, kind: resource.kind.clone(), action, before, after }
}

/// Where the mask is `true`, the value is replaced; masks have the form of the value with everything else left out.
fn masked(value: &Value, mask: &Value) -> Value {
    match (value, mask) {
        (Value::Null, _) => Value::Null,
        (_, Value::Bool(true)) => Value::from(SENSITIVE),
        (Value::Object(fields), Value::Object(masks)) => {
            let field = |(name, value): (&String, &Value)| {
                (name.clone(), masks.get(name).map_or_else(|| value.clone(), |mask| masked(value, mask)))
            };
            Value::Object(fields.iter().map(field).collect())
        }
        (Value::Array(items), Value::Array(masks)) => {
            let masks = masks.iter().chain(std::iter::repeat(&Value::Null));
            Value::Array(items.iter().zip(masks).map(|(value, mask)| masked(value, mask)).collect())
        }
        _ => value.clone(),
    }
}

/// What is not known yet is absent from the value, and `true` in a mask of its form.
fn with_unknown(value: &Value, unknown: &Value) -> Value {
    match (value, unknown) {
        (_, Value::Bool(true)) => Value::from(UNKNOWN),
        (Value::Object(fields), Value::Object(masks)) => {
            let mut fields = fields.clone();
            for (name, mask) in masks {
                let value = with_unknown(fields.get(name).unwrap_or(&Value::Null), mask);
                fields.insert(name.clone(), value);
            }
            Value::Object(fields)
        }
        (Value::Array(items), Value::Array(masks)) => {
            let items = items.iter().chain(std::iter::repeat(&Value::Null));
            let longest = items.zip(masks).map(|(value, mask)| with_unknown(value, mask));
            let rest = value.as_array().into_iter().flatten().skip(masks.len()).cloned();
            Value::Array(longest.chain(rest).collect())
        }
        _ => value.clone(),
    }
}

/// The texts that Terraform marks as sensitive anywhere: sensitive variables, and masked places of resources and outputs.
fn secrets(plan: &Plan) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let declared = plan.configuration.pointer("/root_module/variables").and_then(Value::as_object);
    for (name, about) in declared.into_iter().flatten() {
        if about.get("sensitive") == Some(&Value::Bool(true)) {
            texts(plan.variables.get(name).and_then(|variable| variable.get("value")), &mut found);
        }
    }
    for resource in &plan.resource_changes {
        collect(&resource.change.before, &resource.change.before_sensitive, &mut found);
        collect(&resource.change.after, &resource.change.after_sensitive, &mut found);
    }
    for output in plan.output_changes.values() {
        for time in ["before", "after"] {
            let mask = output.get(format!("{time}_sensitive")).unwrap_or(&Value::Null);
            collect(output.get(time).unwrap_or(&Value::Null), mask, &mut found);
        }
    }
    found
}

fn collect(value: &Value, mask: &Value, found: &mut BTreeSet<String>) {
    match (value, mask) {
        (_, Value::Bool(true)) => texts(Some(value), found),
        (Value::Object(fields), Value::Object(masks)) => {
            for (name, mask) in masks {
                collect(fields.get(name).unwrap_or(&Value::Null), mask, found);
            }
        }
        (Value::Array(items), Value::Array(masks)) => {
            items.iter().zip(masks).for_each(|(value, mask)| collect(value, mask, found));
        }
        _ => {}
    }
}

fn texts(value: Option<&Value>, found: &mut BTreeSet<String>) {
    match value {
        Some(Value::String(text)) if text.len() >= SHORTEST_SECRET => drop(found.insert(text.clone())),
        Some(Value::Array(items)) => items.iter().for_each(|item| texts(Some(item), found)),
        Some(Value::Object(fields)) => fields.values().for_each(|field| texts(Some(field), found)),
        _ => {}
    }
}

fn hide(value: Value, secrets: &BTreeSet<String>) -> Value {
    let shows = |text: &str| {
        let inside = |secret: &&String| secret.len() >= SHORTEST_INSIDE && text.contains(secret.as_str());
        secrets.contains(text) || secrets.iter().any(|secret| inside(&secret))
    };
    match value {
        Value::String(text) if shows(&text) => Value::from(SENSITIVE),
        Value::Array(items) => Value::Array(items.into_iter().map(|item| hide(item, secrets)).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, hide(value, secrets))).collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn one(change: &Value) -> Changes {
        let resource = json!({"address": "terraform_data.a", "mode": "managed", "type": "terraform_data", "change": change});
        changes(&json!({"resource_changes": [resource]})).unwrap()
    }

    #[test]
    fn actions_are_those_of_the_model() {
        let check = |actions: &[&str], expected: Option<Action>, other: bool| {
            let found = one(&json!({"actions": actions, "before": null, "after": {}}));
            assert_eq!(found.resources.first().map(|change| change.action), expected, "{actions:?}");
            assert_eq!(found.other, other, "{actions:?}");
        };
        check(&["no-op"], None, false);
        check(&["create"], Some(Action::Create), false);
        check(&["update"], Some(Action::Update), false);
        check(&["delete"], Some(Action::Delete), false);
        check(&["delete", "create"], Some(Action::Replace), false);
        check(&["create", "delete"], Some(Action::Replace), false);
        check(&["create", "forget"], Some(Action::Replace), false);
        check(&["forget"], None, true);
        check(&["read"], None, false);
    }

    #[test]
    fn an_action_of_a_later_version_is_refused() {
        let resource =
            json!({"address": "a.b", "mode": "managed", "type": "a", "change": {"actions": ["explode"]}});
        let error = changes(&json!({"resource_changes": [resource]})).unwrap_err();
        assert!(error.to_string().contains("explode"), "{error}");
        assert!(matches!(changes(&json!({"resource_changes": 1})), Err(PlanJsonError::Form(_))));
    }

    #[test]
    fn sensitive_and_unknown_values_are_masked_at_any_depth() {
        let found = one(&json!({
            "actions": ["update"],
            "before": {"password": "hunter2!", "list": [{"a": "x", "b": "y"}], "plain": 1},
            "after": {"list": [{"a": "x"}, "z"], "plain": 2},
            "before_sensitive": {"password": true, "list": [{"b": true}]},
            "after_sensitive": {"password": true},
            "after_unknown": {"password": true, "id": true, "list": [{"b": true}]},
        }));
        let change = &found.resources[0];
        assert_eq!(
            change.before,
            json!({"password": "(sensitive)", "list": [{"a": "x", "b": "(sensitive)"}], "plain": 1})
        );
        assert_eq!(
            change.after,
            json!({"list": [{"a": "x", "b": "(known after apply)"}, "z"], "plain": 2,
                   "password": "(sensitive)", "id": "(known after apply)"})
        );
    }

    #[test]
    fn a_secret_that_a_provider_repeats_unmarked_is_hidden() {
        let found = one(&json!({
            "actions": ["create"], "before": null,
            "after": {"input": "hush-hush-hush", "output": "hush-hush-hush", "url": "https://x:hush-hush-hush@y", "n": "hush"},
            "after_sensitive": {"input": true},
        }));
        let hidden =
            json!({"input": "(sensitive)", "output": "(sensitive)", "url": "(sensitive)", "n": "hush"});
        assert_eq!(found.resources[0].after, hidden);
    }

    #[test]
    fn what_no_resource_shows_counts_as_other() {
        let resource = |more: Value| {
            let mut resource =
                json!({"address": "a.b", "mode": "managed", "type": "a", "change": {"actions": ["no-op"]}});
            let (fields, more) = (resource.as_object_mut().unwrap(), more.as_object().unwrap().clone());
            fields.extend(more);
            json!({"resource_changes": [resource]})
        };
        let check = |plan: Value, other: bool| assert_eq!(changes(&plan).unwrap().other, other, "{plan}");
        check(resource(json!({})), false);
        check(resource(json!({"previous_address": "a.old"})), true);
        check(resource(json!({"change": {"actions": ["no-op"], "importing": {"id": "x"}}})), true);
        check(json!({"output_changes": {"o": {"actions": ["update"]}}}), true);
        check(json!({"output_changes": {"o": {"actions": ["no-op"]}}}), false);
        check(json!({"action_invocations": [{}]}), true);
        check(json!({}), false);
    }

    #[test]
    fn a_deposed_object_has_an_address_of_its_own_and_data_is_left_out() {
        let plan = json!({"resource_changes": [
            {"address": "a.b", "mode": "managed", "type": "a", "deposed": "1f", "change": {"actions": ["delete"], "before": {}}},
            {"address": "data.a.b", "mode": "data", "type": "a", "change": {"actions": ["read"]}},
        ]});
        let found = changes(&plan).unwrap();
        assert_eq!(
            found.resources.iter().map(|change| change.address.as_str()).collect::<Vec<_>>(),
            ["a.b (deposed 1f)"]
        );
    }
}
