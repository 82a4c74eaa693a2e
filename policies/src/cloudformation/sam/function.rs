//! Functions and state machines.

use serde_json::{Value, json};

use super::{Made, Own, events, policies, same};
use crate::marker;

/// Properties that a function has under the same name.
const SAME: [(&str, &str); 21] = same([
    "Architectures",
    "CodeSigningConfigArn",
    "Description",
    "Environment",
    "EphemeralStorage",
    "FileSystemConfigs",
    "FunctionName",
    "Handler",
    "ImageConfig",
    "KmsKeyArn",
    "Layers",
    "LoggingConfig",
    "MemorySize",
    "PackageType",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "Runtime",
    "RuntimeManagementConfig",
    "SnapStart",
    "Timeout",
    "VpcConfig",
]);

/// A function, its role, versions, address and what its events make.
pub(super) fn function(own: &Own<'_>, made: &mut Made) {
    if marker::is_unknown(&own.properties) {
        return made.add(own.name, "AWS::Lambda::Function", own.properties.clone());
    }
    let mut values = own.copied(&SAME);
    values.insert("Code".into(), code(own));
    values.insert(
        "Role".into(),
        own.get("Role").cloned().unwrap_or_else(|| Own::reference(&format!("{}Role", own.name))),
    );
    values.insert("TracingConfig".into(), tracing(own));
    if let Some(queue) = own.get("DeadLetterQueue") {
        let target = if marker::is_unknown(queue) { Some(queue) } else { queue.get("TargetArn") };
        values.insert("DeadLetterConfig".into(), json!({ "TargetArn": target }));
    }
    values.insert("Tags".into(), own.tags());
    made.add(own.name, "AWS::Lambda::Function", values.into());
    if !own.has("Role") {
        policies::role(own, "lambda.amazonaws.com", managed(own), made);
    }
    versions(own, made);
    address(own, made);
    events::all(own, "lambda", made);
}

fn code(own: &Own<'_>) -> Value {
    match (own.get("InlineCode"), own.get("ImageUri")) {
        (Some(code), _) => json!({ "ZipFile": code }),
        (None, Some(image)) => json!({ "ImageUri": image }),
        (None, None) => location(own.get("CodeUri"), ("S3Bucket", "S3Key", "S3ObjectVersion")),
    }
}

/// An object in a bucket, from `s3://bucket/key` or `{Bucket, Key, Version}`; nothing for a local path.
pub(super) fn location(written: Option<&Value>, names: (&str, &str, &str)) -> Value {
    let (bucket, key, version) = names;
    match written {
        Some(Value::String(text)) => match text.strip_prefix("s3://").and_then(|rest| rest.split_once('/')) {
            Some((in_bucket, under)) => json!({ bucket: in_bucket, key: under }),
            None => Value::Null,
        },
        Some(unknown) if marker::is_unknown(unknown) => unknown.clone(),
        Some(map @ Value::Object(_)) => {
            json!({ bucket: map.get("Bucket"), key: map.get("Key"), version: map.get("Version") })
        }
        _ => Value::Null,
    }
}

fn tracing(own: &Own<'_>) -> Value {
    match own.get("Tracing") {
        None => Value::Null,
        Some(Value::String(mode)) if mode == "Disabled" => Value::Null,
        Some(mode) => json!({ "Mode": mode }),
    }
}

/// Managed policies that a function's own properties bring with them.
fn managed(own: &Own<'_>) -> Vec<&'static str> {
    let mut names = vec!["service-role/AWSLambdaBasicExecutionRole"];
    if own.text("Tracing").is_some_and(|mode| mode != "Disabled") {
        names.push("AWSXrayWriteOnlyAccess");
    }
    if own.has("VpcConfig") {
        names.push("service-role/AWSLambdaVPCAccessExecutionRole");
    }
    names
}

fn versions(own: &Own<'_>, made: &mut Made) {
    if let Some(alias) = own.get("AutoPublishAlias") {
        let version = format!("{}Version", own.name);
        made.add(&*version, "AWS::Lambda::Version", json!({ "FunctionName": own.this() }));
        let name = alias.as_str().unwrap_or_default();
        let values = json!({
            "Name": alias, "FunctionName": own.this(), "FunctionVersion": Own::reference(&version),
            "ProvisionedConcurrencyConfig": own.get("ProvisionedConcurrencyConfig"),
        });
        made.add(format!("{}Alias{name}", own.name), "AWS::Lambda::Alias", values);
    }
    if let Some(Value::Object(config)) = own.get("EventInvokeConfig") {
        let mut values = config.clone();
        values.insert("FunctionName".into(), own.this());
        made.add(format!("{}EventInvokeConfig", own.name), "AWS::Lambda::EventInvokeConfig", values.into());
    }
}

/// The function's own address; one without authorisation is open to everybody.
fn address(own: &Own<'_>, made: &mut Made) {
    let Some(config) = own.get("FunctionUrlConfig") else { return };
    let read = |key: &str| if marker::is_unknown(config) { Some(config) } else { config.get(key) };
    let values = json!({
        "AuthType": read("AuthType"), "Cors": read("Cors"), "InvokeMode": read("InvokeMode"),
        "TargetFunctionArn": own.this(),
    });
    made.add(format!("{}Url", own.name), "AWS::Lambda::Url", values);
    if read("AuthType").and_then(Value::as_str) == Some("NONE") {
        let open = json!({
            "Action": "lambda:InvokeFunctionUrl", "FunctionName": own.this(), "Principal": "*",
            "FunctionUrlAuthType": "NONE",
        });
        made.add(format!("{}UrlPublicPermissions", own.name), "AWS::Lambda::Permission", open);
        let invoke = json!({
            "Action": "lambda:InvokeFunction", "FunctionName": own.this(), "Principal": "*",
            "InvokedViaFunctionUrl": true,
        });
        made.add(format!("{}URLInvokeAllowPublicAccess", own.name), "AWS::Lambda::Permission", invoke);
    }
}

/// A state machine, its role and what its events make.
pub(super) fn state_machine(own: &Own<'_>, made: &mut Made) {
    let mut values = own.copied(&[
        ("Definition", "Definition"),
        ("Logging", "LoggingConfiguration"),
        ("Tracing", "TracingConfiguration"),
        ("Name", "StateMachineName"),
        ("Type", "StateMachineType"),
    ]);
    let role = own.get("Role").cloned().unwrap_or_else(|| Own::reference(&format!("{}Role", own.name)));
    values.insert("RoleArn".into(), role);
    values.insert("Tags".into(), own.tags());
    made.add(own.name, "AWS::StepFunctions::StateMachine", values.into());
    if !own.has("Role") && !marker::is_unknown(&own.properties) {
        let traced =
            own.get("Tracing").and_then(|tracing| tracing.get("Enabled")) == Some(&Value::Bool(true));
        policies::role(
            own,
            "states.amazonaws.com",
            if traced { vec!["AWSXrayWriteOnlyAccess"] } else { Vec::new() },
            made,
        );
    }
    events::all(own, "states", made);
}
