//! From a described change set to the change model.

use aws_sdk_cloudformation::types::{
    Capability, Change as SdkChange, ChangeAction, ParameterDeclaration, PolicyAction, Replacement,
    ResourceChange,
};
use pipeline_core::{Action, Change};
use serde_json::{Map, Value, json};

use super::{Kind, Request};

/// What stands in a context for a value that is known only after the execution.
const KNOWN_AFTER: &str = "{{changeSet:KNOWN_AFTER_APPLY}}";
/// What stands for the value of a `NoEcho` parameter.
pub(super) const MASKED: &str = "****";

/// A resource's change, and the change set of the nested stack that it stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Read {
    pub(super) change: Change,
    pub(super) nested: Option<String>,
}

/// Reads one change; `None` for what is not a resource's.
pub(super) fn read(change: &SdkChange, prefix: &str) -> Option<Read> {
    let resource = change.resource_change()?;
    let change = Change {
        address: format!("{prefix}{}", resource.logical_resource_id()?),
        kind: resource.resource_type().unwrap_or_default().to_owned(),
        action: action(resource),
        before: context(resource.before_context()),
        after: context(resource.after_context()),
    };
    Some(Read { change, nested: resource.change_set_id().map(str::to_owned) })
}

/// A replacement that may be one counts as one, and so does an action that CloudFormation learns at the execution only.
fn action(resource: &ResourceChange) -> Action {
    use PolicyAction::{ReplaceAndDelete, ReplaceAndRetain, ReplaceAndSnapshot};
    let replaced_by_policy =
        matches!(resource.policy_action(), Some(ReplaceAndDelete | ReplaceAndRetain | ReplaceAndSnapshot));
    let replaced = matches!(resource.replacement(), Some(Replacement::True | Replacement::Conditional));
    match resource.action() {
        Some(ChangeAction::Add) => Action::Create,
        Some(ChangeAction::Remove) => Action::Delete,
        Some(ChangeAction::Dynamic) => Action::Replace,
        _ if replaced || replaced_by_policy => Action::Replace,
        // Import and SyncWithActual too: the resource is there and stays.
        _ => Action::Update,
    }
}

/// A context is JSON in a text; what is hidden or not known yet is said in the model's own words.
fn context(text: Option<&str>) -> Value {
    let parsed = text.and_then(|text| serde_json::from_str(text).ok());
    parsed.map_or(Value::Null, in_our_words)
}

fn in_our_words(value: Value) -> Value {
    match value {
        Value::String(text) if text == KNOWN_AFTER => Value::from("(known after apply)"),
        Value::String(text) if text == MASKED => Value::from("(sensitive)"),
        Value::Array(items) => items.into_iter().map(in_our_words).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, in_our_words(value)));
            Value::Object(fields.collect())
        }
        other => other,
    }
}

/// Canonical JSON of a plan: the keys of every object sorted, nothing in it that differs between equal plans.
pub(super) fn canonical(
    request: &Request,
    declared: &[ParameterDeclaration],
    kind: Kind,
    changes: &pipeline_core::Changes,
) -> String {
    let whole = json!({
        "stack": request.stack_name,
        "type": kind,
        "template": request.template,
        "parameters": parameters(request, declared),
        "tags": request.tags,
        "role": request.service_role,
        "capabilities": request.capabilities.iter().map(Capability::as_str).collect::<Vec<_>>(),
        "changes": changes,
    });
    sorted(whole).to_string()
}

fn parameters(request: &Request, declared: &[ParameterDeclaration]) -> Map<String, Value> {
    let hidden = |name: &str| {
        let found = declared.iter().find(|parameter| parameter.parameter_key() == Some(name));
        found.is_none_or(|parameter| parameter.no_echo() == Some(true))
    };
    let shown = |name: &str, value: &str| match hidden(name) {
        true => pipeline_core::Digest::of(value.as_bytes()).to_string(),
        false => value.to_owned(),
    };
    request.parameters.iter().map(|(name, value)| (name.clone(), Value::from(shown(name, value)))).collect()
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        Value::Object(fields) => {
            let mut fields: Vec<(String, Value)> =
                fields.into_iter().map(|(name, value)| (name, sorted(value))).collect();
            fields.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(fields.into_iter().collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use aws_sdk_cloudformation::types::{
        Change, ChangeAction, ChangeType, PolicyAction, Replacement, ResourceChange,
    };
    use pipeline_core::Action;
    use serde_json::json;

    fn resource() -> aws_sdk_cloudformation::types::builders::ResourceChangeBuilder {
        ResourceChange::builder().logical_resource_id("Topic").resource_type("AWS::SNS::Topic")
    }

    fn check(resource: aws_sdk_cloudformation::types::builders::ResourceChangeBuilder, expected: Action) {
        let change = Change::builder().r#type(ChangeType::Resource).resource_change(resource.build()).build();
        let read = read(&change, "").map(|read| read.change.action);
        assert_eq!(read, Some(expected), "{change:?}");
    }

    #[test]
    fn an_action_is_told_by_what_becomes_of_the_resource() {
        check(resource().action(ChangeAction::Add), Action::Create);
        check(resource().action(ChangeAction::Remove), Action::Delete);
        check(resource().action(ChangeAction::Import), Action::Update);
        check(resource().action(ChangeAction::Dynamic), Action::Replace);
        let modify = || resource().action(ChangeAction::Modify);
        check(modify(), Action::Update);
        check(modify().replacement(Replacement::False), Action::Update);
        check(modify().replacement(Replacement::True), Action::Replace);
        check(modify().replacement(Replacement::Conditional), Action::Replace);
        check(modify().policy_action(PolicyAction::ReplaceAndRetain), Action::Replace);
        check(modify().policy_action(PolicyAction::Retain), Action::Update);
    }

    #[test]
    fn hidden_and_unknown_values_are_said_in_words() {
        let resource = resource().after_context(
            r#"{"Properties":{"Password":"****","Arn":"{{changeSet:KNOWN_AFTER_APPLY}}","Names":["a"]}}"#,
        );
        let change = Change::builder().resource_change(resource.build()).build();
        let change = read(&change, "Parent/").expect("a resource's change").change;
        assert_eq!(change.address, "Parent/Topic");
        assert_eq!(
            change.after,
            json!({"Properties": {"Password": "(sensitive)", "Arn": "(known after apply)", "Names": ["a"]}})
        );
        assert_eq!(change.before, serde_json::Value::Null);
    }
}
