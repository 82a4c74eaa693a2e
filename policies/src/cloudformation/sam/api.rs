//! REST, HTTP and GraphQL interfaces.

use serde_json::{Value, json};

use super::{Made, Own, function, same};
use crate::marker;

/// `AWS::Serverless::Api`: the interface, its deployment, stage and domain.
pub(super) fn rest(own: &Own<'_>, made: &mut Made) {
    let mut api = own.copied(&[
        ("Name", "Name"),
        ("Description", "Description"),
        ("DefinitionBody", "Body"),
        ("BinaryMediaTypes", "BinaryMediaTypes"),
        ("MinimumCompressionSize", "MinimumCompressionSize"),
        ("DisableExecuteApiEndpoint", "DisableExecuteApiEndpoint"),
        ("ApiKeySourceType", "ApiKeySourceType"),
        ("FailOnWarnings", "FailOnWarnings"),
        ("Mode", "Mode"),
    ]);
    api.insert("EndpointConfiguration".into(), endpoint(own.get("EndpointConfiguration")));
    api.insert("Tags".into(), own.tags());
    made.add(own.name, "AWS::ApiGateway::RestApi", api.into());
    let deployment = format!("{}Deployment", own.name);
    made.add(&*deployment, "AWS::ApiGateway::Deployment", json!({ "RestApiId": own.this() }));
    let mut stage = own.copied(&same([
        "StageName",
        "AccessLogSetting",
        "CacheClusterEnabled",
        "CacheClusterSize",
        "CanarySetting",
        "MethodSettings",
        "TracingEnabled",
        "Variables",
    ]));
    stage.insert("RestApiId".into(), own.this());
    stage.insert("DeploymentId".into(), Own::reference(&deployment));
    stage.insert("Tags".into(), own.tags());
    let name = own.text("StageName").unwrap_or_default();
    made.add(format!("{}{name}Stage", own.name), "AWS::ApiGateway::Stage", stage.into());
    domain(own, made);
}

/// A word in SAM, an object in CloudFormation.
fn endpoint(written: Option<&Value>) -> Value {
    match written {
        Some(Value::String(kind)) => json!({ "Types": [kind] }),
        Some(Value::Object(map)) if !written.is_some_and(marker::is_unknown) => {
            let kinds = map.get("Type").map(|kind| json!([kind]));
            json!({ "Types": kinds, "VpcEndpointIds": map.get("VPCEndpointIds") })
        }
        Some(other) => other.clone(),
        None => Value::Null,
    }
}

fn domain(own: &Own<'_>, made: &mut Made) {
    let Some(domain) = own.get("Domain").filter(|domain| !marker::is_unknown(domain)) else { return };
    let is_edge = domain.get("EndpointConfiguration").and_then(Value::as_str) == Some("EDGE");
    let certificate = if is_edge { "CertificateArn" } else { "RegionalCertificateArn" };
    let values = json!({
        "DomainName": domain.get("DomainName"), "SecurityPolicy": domain.get("SecurityPolicy"),
        "MutualTlsAuthentication": domain.get("MutualTlsAuthentication"),
        certificate: domain.get("CertificateArn"),
        "EndpointConfiguration": endpoint(domain.get("EndpointConfiguration")),
    });
    made.add(format!("{}DomainName", own.name), "AWS::ApiGateway::DomainName", values);
}

/// The interface of functions whose events name none.
pub(super) fn implicit_rest(made: &mut Made) {
    let own = Own { name: "ServerlessRestApi", properties: json!({ "StageName": "Prod" }) };
    rest(&own, made);
}

/// `AWS::Serverless::HttpApi`: the interface and its stage.
pub(super) fn http(own: &Own<'_>, made: &mut Made) {
    let mut api = own.copied(&[
        ("Name", "Name"),
        ("Description", "Description"),
        ("DefinitionBody", "Body"),
        ("CorsConfiguration", "CorsConfiguration"),
        ("DisableExecuteApiEndpoint", "DisableExecuteApiEndpoint"),
        ("FailOnWarnings", "FailOnWarnings"),
    ]);
    // `true` stands for every origin, and is written into the definition.
    if matches!(own.get("CorsConfiguration"), Some(Value::Bool(_) | Value::String(_))) {
        api.shift_remove("CorsConfiguration");
    }
    api.insert("ProtocolType".into(), "HTTP".into());
    api.insert("Tags".into(), own.get("Tags").cloned().unwrap_or_default());
    made.add(own.name, "AWS::ApiGatewayV2::Api", api.into());
    let mut stage = own.copied(&same([
        "AccessLogSettings",
        "DefaultRouteSettings",
        "RouteSettings",
        "StageVariables",
        "Tags",
    ]));
    stage.insert("StageName".into(), own.get("StageName").cloned().unwrap_or_else(|| "$default".into()));
    stage.insert("AutoDeploy".into(), true.into());
    stage.insert("ApiId".into(), own.this());
    let name = own.text("StageName").unwrap_or("ApiGatewayDefault");
    made.add(format!("{}{name}Stage", own.name), "AWS::ApiGatewayV2::Stage", stage.into());
}

/// The interface of functions whose events name none.
pub(super) fn implicit_http(made: &mut Made) {
    http(&Own { name: "ServerlessHttpApi", properties: json!({}) }, made);
}

/// `AWS::Serverless::GraphQLApi`: the interface and its schema.
pub(super) fn graphql(own: &Own<'_>, made: &mut Made) {
    let auth = own.get("Auth");
    let read = |key: &str| match auth {
        Some(unknown) if marker::is_unknown(unknown) => Some(unknown),
        auth => auth?.get(key),
    };
    let values = json!({
        "Name": own.get("Name").cloned().unwrap_or_else(|| own.name.into()),
        "AuthenticationType": read("Type"), "LogConfig": own.get("Logging"), "XrayEnabled": own.get("XrayEnabled"),
        "LambdaAuthorizerConfig": read("LambdaAuthorizer"), "OpenIDConnectConfig": read("OpenIDConnect"),
        "UserPoolConfig": read("UserPool"), "Tags": own.tags(),
    });
    made.add(own.name, "AWS::AppSync::GraphQLApi", values);
    let schema = json!({ "ApiId": own.this(), "Definition": own.get("SchemaInline"),
        "DefinitionS3Location": function::location(own.get("SchemaUri"), ("Bucket", "Key", "Version")) });
    made.add(format!("{}Schema", own.name), "AWS::AppSync::GraphQLSchema", schema);
}
