//! Parts of a resource that Terraform has as resources of their own, one for each item of a list.

use serde_json::{Map, Value, json};

use super::{Mapped, Written, field, flag, listed, snake_case};
use crate::marker;

/// The subscriptions that are written into a topic.
pub(super) fn subscriptions(own: &Written<'_>, mapped: &mut Vec<Mapped>) {
    for item in listed(own.get("Subscription")) {
        let values = json!({ "topic_arn": own.this(), "endpoint": field(&item, "Endpoint"), "protocol": field(&item, "Protocol") });
        mapped.push(Mapped::new("aws_sns_topic_subscription", values));
    }
}

/// The targets of an event rule.
pub(super) fn event_targets(own: &Written<'_>, mapped: &mut Vec<Mapped>) {
    for item in listed(own.get("Targets")) {
        let values = json!({
            "rule": own.this(), "target_id": field(&item, "Id"), "arn": field(&item, "Arn"),
            "role_arn": field(&item, "RoleArn"),
            "dead_letter_config": block(&field(&item, "DeadLetterConfig")),
        });
        mapped.push(Mapped::new("aws_cloudwatch_event_target", values));
    }
}

/// The settings of a stage's methods, and the stage that a deployment makes.
pub(super) fn stage(own: &Written<'_>, mapped: &mut Vec<Mapped>) {
    settings(own.get("MethodSettings"), own, &own.this(), mapped);
}

/// The stage that a deployment makes with itself.
pub(super) fn deployment(own: &Written<'_>, mapped: &mut Vec<Mapped>) {
    let Some(name) = own.get("StageName") else { return };
    let mut values = Map::from_iter([
        ("stage_name".to_owned(), name.clone()),
        ("rest_api_id".to_owned(), own.get("RestApiId").cloned().unwrap_or_default()),
        ("deployment_id".to_owned(), own.this()),
    ]);
    let description = own.get("StageDescription");
    let read = |key: &str| description.map(|description| field(description, key)).unwrap_or_default();
    values.insert("access_log_settings".into(), block(&read("AccessLogSetting")));
    values.insert("xray_tracing_enabled".into(), read("TracingEnabled"));
    values.insert("client_certificate_id".into(), read("ClientCertificateId"));
    values.insert("cache_cluster_enabled".into(), read("CacheClusterEnabled"));
    values.insert("variables".into(), read("Variables"));
    mapped.push(Mapped::new("aws_api_gateway_stage", Value::Object(values)));
    settings(Some(&read("MethodSettings")), own, name, mapped);
}

fn settings(list: Option<&Value>, own: &Written<'_>, stage: &Value, mapped: &mut Vec<Mapped>) {
    for item in listed(list) {
        let values = json!({
            "rest_api_id": own.get("RestApiId"), "stage_name": stage, "method_path": method_path(&item),
            "settings": block(&item),
        });
        mapped.push(Mapped::new("aws_api_gateway_method_settings", values));
    }
}

fn method_path(item: &Value) -> Value {
    let text =
        |key: &str| item.get(key).and_then(Value::as_str).unwrap_or("*").trim_start_matches('/').to_owned();
    if marker::is_within(item) {
        marker::unknown([])
    } else {
        format!("{}/{}", text("ResourcePath"), text("HttpMethod")).into()
    }
}

/// The records of a group.
pub(super) fn records(own: &Written<'_>, mapped: &mut Vec<Mapped>) {
    let shared = ["HostedZoneId", "HostedZoneName"];
    let records = listed(own.get("RecordSets"));
    let converted = records.into_iter().flat_map(|mut record| {
        if !marker::is_unknown(&record)
            && let Some(map) = record.as_object_mut()
        {
            for key in shared {
                own.get(key).map(|value| map.entry(key).or_insert_with(|| value.clone()));
            }
        }
        super::map("AWS::Route53::RecordSet", own.name, &record, false)
    });
    let converted: Vec<_> = converted.collect();
    if !converted.is_empty() {
        *mapped = converted;
    }
}

/// An object as a block in snake case.
fn block(value: &Value) -> Value {
    match value {
        Value::Object(map) if !marker::is_unknown(value) => {
            let fields = map.iter().map(|(key, value)| (snake_case(key), flag(value)));
            vec![Value::Object(fields.collect())].into()
        }
        other => other.clone(),
    }
}
