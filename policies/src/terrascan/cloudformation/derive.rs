//! What Terrascan works out of a resource's properties before it writes them down; under names with `$`, which no
//! property has.

use serde_json::{Map, Value, json};

use super::super::term::go_json;
use super::shape::text_of;

/// The properties with what is worked out of them. Some types stand for one resource for each item of a list.
pub(super) fn derive(kind: &str, logical: &str, properties: Value) -> Vec<Value> {
    match kind {
        "AWS::ElasticLoadBalancingV2::Listener" => {
            let actions = items(&properties, "DefaultActions").iter();
            actions
                .map(|action| with(properties.clone(), vec![("$DefaultAction", redirect(action))]))
                .collect()
        }
        "AWS::SNS::TopicPolicy" => each(&properties, "Topics"),
        "AWS::SQS::QueuePolicy" => each(&properties, "Queues"),
        _ => {
            let derived = derived(kind, logical, &properties);
            vec![with(properties, derived)]
        }
    }
}

type Derived = Vec<(&'static str, Value)>;

fn with(properties: Value, more: Derived) -> Value {
    let mut fields = match properties {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    fields.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
    Value::Object(fields)
}

fn each(properties: &Value, list: &str) -> Vec<Value> {
    let names: Vec<Value> = items(properties, list).iter().map(|item| text_of(item).into()).collect();
    names.into_iter().map(|name| with(properties.clone(), vec![("$Each", name)])).collect()
}

fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn at<'a>(value: &'a Value, path: &[&str]) -> &'a Value {
    path.iter().fold(value, |value, key| value.get(*key).unwrap_or(&Value::Null))
}

/// The list of this name, empty when there is none.
fn list(value: &Value, key: &str) -> Value {
    Value::Array(items(value, key).to_vec())
}

fn derived(kind: &str, logical: &str, properties: &Value) -> Derived {
    match kind {
        "AWS::ApiGateway::RestApi" => {
            vec![("$Endpoint", endpoint(at(properties, &["EndpointConfiguration"])))]
        }
        "AWS::CloudFront::Distribution" => distribution(at(properties, &["DistributionConfig"])),
        "AWS::EC2::Instance" => instance(logical, properties),
        "AWS::EC2::SecurityGroup" => vec![
            ("$Egress", list(properties, "SecurityGroupEgress")),
            ("$Ingress", list(properties, "SecurityGroupIngress")),
        ],
        "AWS::ECS::Cluster" => vec![
            ("$Settings", list(properties, "ClusterSettings")),
            ("$Strategy", list(properties, "DefaultCapacityProviderStrategy")),
        ],
        "AWS::ECS::TaskDefinition" => task(properties),
        "AWS::EKS::Cluster" => vec![("$LogTypes", log_types(properties))],
        "AWS::ElasticLoadBalancing::LoadBalancer" => classic_balancer(logical, properties),
        "AWS::ElasticLoadBalancingV2::LoadBalancer" => {
            vec![("$SubnetMappings", list(properties, "SubnetMappings"))]
        }
        "AWS::Elasticsearch::Domain" => vec![("$LogPublishing", log_publishing(properties))],
        "AWS::RDS::DBCluster" => {
            let is_serverless = at(properties, &["EngineMode"]) == "serverless";
            let scaling =
                if is_serverless { at(properties, &["ScalingConfiguration"]) } else { &Value::Null };
            vec![("$Scaling", scaling.clone())]
        }
        "AWS::S3::Bucket" => vec![("$Encryption", encryption(properties))],
        "AWS::Serverless::Function" => serverless(properties),
        _ => Vec::new(),
    }
}

fn redirect(action: &Value) -> Value {
    match action.get("RedirectConfig") {
        None | Some(Value::Null) => Value::Null,
        Some(to) => {
            let word = |key: &str| to.get(key).map(text_of).unwrap_or_default();
            json!([{"redirect": [{"protocol": word("Protocol"), "port": word("Port")}]}])
        }
    }
}

fn endpoint(configuration: &Value) -> Value {
    match configuration {
        Value::Null => json!([{}]),
        some => json!([{"types": at(some, &["Types"]), "vpc_endpoint_ids": at(some, &["VpcEndpointIds"])}]),
    }
}

fn distribution(configuration: &Value) -> Derived {
    let geo = at(configuration, &["Restrictions", "GeoRestriction"]);
    let mut derived = Vec::new();
    let kind = text_of(at(geo, &["RestrictionType"]));
    if !kind.is_empty() {
        let mut restriction = json!({"restriction_type": kind});
        if let (Some(fields), Some(places)) = (restriction.as_object_mut(), geo.get("Locations")) {
            fields.insert("locations".into(), places.clone());
        }
        derived.push(("$Restrictions", json!([{"geo_restriction": [restriction]}])));
    }
    match at(configuration, &["Logging"]) {
        Value::Null => {}
        logging => derived.push(("$Logging", json!([logging]))),
    }
    derived
}

fn instance(logical: &str, properties: &Value) -> Derived {
    let interfaces = items(properties, "NetworkInterfaces");
    let of_interfaces = interfaces.iter().flat_map(|interface| items(interface, "GroupSet"));
    let of_interfaces = of_interfaces.filter(|group| !text_of(group).is_empty());
    let groups: Vec<Value> = of_interfaces.chain(items(properties, "SecurityGroupIds")).cloned().collect();
    let is_public = interfaces.iter().any(|interface| {
        interface.get("AssociatePublicIpAddress").is_some_and(|flag| text_of(flag) == "true")
    });
    let named = |(number, interface): (usize, &Value)| {
        let address = at(interface, &["PrivateIpAddress"]);
        let addresses = if address.is_null() { Value::Null } else { json!([text_of(address)]) };
        let attachment = json!({"DeviceIndex": at(interface, &["DeviceIndex"])});
        let name = Value::from(format!("{logical}{number}"));
        with(
            interface.clone(),
            vec![("$Name", name), ("$PrivateIps", addresses), ("$Attachment", attachment)],
        )
    };
    vec![
        ("$SecurityGroups", if groups.is_empty() { Value::Null } else { Value::Array(groups) }),
        ("$NetworkInterfaces", interfaces.iter().enumerate().map(named).collect()),
        ("$AssociatePublicIpAddress", is_public.into()),
    ]
}

/// Of the containers only the names of their variables are kept, as text.
fn task(properties: &Value) -> Derived {
    let mut derived = Vec::new();
    if properties.get("ContainerDefinitions").is_some_and(Value::is_array) {
        let name = |variable: &Value| json!({"name": variable.get("Name").map(text_of).unwrap_or_default()});
        let environments =
            items(properties, "ContainerDefinitions").iter().filter_map(|one| one.get("Environment"));
        let environments = environments.filter_map(Value::as_array);
        let kept: Value = environments
            .map(|list| json!({"environment": list.iter().map(name).collect::<Vec<_>>()}))
            .collect();
        derived.push(("$ContainerDefinitions", go_json(&kept).into()));
    }
    if properties.get("Volumes").is_some_and(Value::is_array) {
        let is_shared = |volume: &&Value| !at(volume, &["EFSVolumeConfiguration"]).is_null();
        derived.push(("$Volumes", items(properties, "Volumes").iter().filter(is_shared).cloned().collect()));
    }
    derived
}

fn log_types(properties: &Value) -> Value {
    match items(at(properties, &["Logging", "ClusterLogging"]), "EnabledTypes") {
        [] => Value::Null,
        types => types.iter().map(|kind| kind.get("Type").map(text_of).unwrap_or_default()).collect(),
    }
}

fn classic_balancer(logical: &str, properties: &Value) -> Derived {
    let policy = |(number, policy): (usize, &Value)| {
        let name = Value::from(format!("{logical}{number}"));
        with(policy.clone(), vec![("$Name", name), ("Attributes", list(policy, "Attributes"))])
    };
    let mut derived: Derived = vec![];
    if properties.get("Policies").is_some_and(Value::is_array) {
        derived.push(("Policies", items(properties, "Policies").iter().enumerate().map(policy).collect()));
    }
    if let Some(logging) = properties.get("AccessLoggingPolicy").filter(|logging| !logging.is_null()) {
        let is_on = logging.get("Enabled").is_some_and(|flag| text_of(flag) == "true");
        derived.push(("$AccessLogs", json!({"enabled": is_on})));
    }
    derived
}

fn log_publishing(properties: &Value) -> Value {
    match at(properties, &["LogPublishingOptions"]) {
        Value::Object(options) => {
            let option = |(kind, option): (&String, &Value)| {
                with(option.clone(), vec![("$Type", kind.clone().into())])
            };
            options.iter().map(option).collect()
        }
        _ => Value::Null,
    }
}

fn encryption(properties: &Value) -> Value {
    let rules = items(at(properties, &["BucketEncryption"]), "ServerSideEncryptionConfiguration");
    rules.iter().filter(|rule| !at(rule, &["ServerSideEncryptionByDefault"]).is_null()).cloned().collect()
}

fn serverless(properties: &Value) -> Derived {
    let mut derived = vec![("$Tracing", json!({"Tracing": at(properties, &["Tracing"])}))];
    match at(properties, &["CodeUri"]) {
        _ if !at(properties, &["ImageUri"]).is_null() => {}
        Value::String(path) if !path.starts_with("s3") => derived.push(("$FileName", path.clone().into())),
        Value::Object(code) => {
            let version = code.get("Version").map(text_of).filter(|version| !version.is_empty());
            let version = Value::from(version.unwrap_or_else(|| "0".to_owned()));
            derived.push(("$Code", with(Value::Object(code.clone()), vec![("Version", version)])));
        }
        _ => {}
    }
    derived
}
