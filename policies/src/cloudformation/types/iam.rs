//! AWS Identity and Access Management.

use serde_json::{Value, json};

use super::{Mapped, Properties, field, listed};

pub(super) fn role(own: &Properties<'_>) -> Vec<Mapped> {
    let mut values =
        own.renamed(&[("AssumeRolePolicyDocument", "assume_role_policy"), ("Policies", "inline_policy")]);
    values.insert("inline_policy".into(), inline(own).collect());
    vec![Mapped::new("aws_iam_role", values)]
}

pub(super) fn user(own: &Properties<'_>) -> Vec<Mapped> {
    let mut mapped = vec![Mapped::new("aws_iam_user", json!({ "name": own.get("UserName") }))];
    mapped.extend(attached(own, "aws_iam_user_policy", "user"));
    mapped
}

pub(super) fn group(own: &Properties<'_>) -> Vec<Mapped> {
    let mut mapped = vec![Mapped::new("aws_iam_group", json!({ "name": own.get("GroupName") }))];
    mapped.extend(attached(own, "aws_iam_group_policy", "group"));
    mapped
}

fn attached(own: &Properties<'_>, kind: &'static str, holder: &'static str) -> impl Iterator<Item = Mapped> {
    let this = own.this();
    inline(own).map(move |policy| {
        Mapped::new(
            kind,
            json!({ holder: this, "name": field(&policy, "name"), "policy": field(&policy, "policy") }),
        )
    })
}

/// The `Policies` of a role, user or group.
fn inline(own: &Properties<'_>) -> impl Iterator<Item = Value> + use<> {
    listed(own.get("Policies")).into_iter().map(
        |policy| json!({ "name": field(&policy, "PolicyName"), "policy": field(&policy, "PolicyDocument") }),
    )
}

pub(super) fn managed_policy(own: &Properties<'_>) -> Vec<Mapped> {
    let values = own.renamed(&[("PolicyDocument", "policy"), ("ManagedPolicyName", "name")]);
    vec![Mapped::new("aws_iam_policy", values)]
}

/// `AWS::IAM::Policy` is inline: it becomes one resource for each kind of holder it names.
pub(super) fn inline_policy(own: &Properties<'_>) -> Vec<Mapped> {
    let holders = [
        ("Users", "aws_iam_user_policy", "user"),
        ("Roles", "aws_iam_role_policy", "role"),
        ("Groups", "aws_iam_group_policy", "group"),
    ];
    let mapped: Vec<_> = holders
        .iter()
        .filter_map(|(property, kind, holder)| {
            Some((listed(own.get(property)).first()?.clone(), *kind, *holder))
        })
        .map(|(first, kind, holder)| Mapped::new(kind, inline_values(own, holder, &first)))
        .collect();
    if mapped.is_empty() {
        vec![Mapped::new("aws_iam_role_policy", inline_values(own, "role", &Value::Null))]
    } else {
        mapped
    }
}

fn inline_values(own: &Properties<'_>, holder: &str, first: &Value) -> Value {
    json!({ holder: first, "name": own.get("PolicyName"), "policy": own.get("PolicyDocument") })
}
