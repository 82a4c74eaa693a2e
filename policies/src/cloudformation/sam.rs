//! SAM: serverless types become the CloudFormation resources that they stand for.
//! See <https://github.com/aws/serverless-application-model/blob/master/docs/internals/generated_resources.rst>.

mod api;
mod events;
mod function;
mod policies;

use serde_json::{Map, Value, json};

use crate::marker;

/// A resource that a serverless one stands for.
#[derive(Debug)]
pub(super) struct Generated {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) properties: Value,
}

/// What a serverless resource stands for; none for another type, or one that is not known here.
pub(super) fn expand(kind: &str, name: &str, properties: &Value, globals: &Value) -> Option<Vec<Generated>> {
    let kind = kind.strip_prefix("AWS::Serverless::")?;
    let own = Own { name, properties: merged(globals.get(kind), properties) };
    let mut made = Made(Vec::new());
    match kind {
        "Function" => function::function(&own, &mut made),
        "StateMachine" => function::state_machine(&own, &mut made),
        "Api" => api::rest(&own, &mut made),
        "HttpApi" => api::http(&own, &mut made),
        "SimpleTable" => simple_table(&own, &mut made),
        "LayerVersion" => layer(&own, &mut made),
        "Application" => application(&own, &mut made),
        "Connector" => connector(&own, &mut made),
        "GraphQLApi" => api::graphql(&own, &mut made),
        _ => return None,
    }
    Some(made.0)
}

/// What `Globals` say of a type, under what the resource says: maps are merged, lists joined.
/// See <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html>.
fn merged(global: Option<&Value>, own: &Value) -> Value {
    match (global, own) {
        (Some(global), own) if marker::is_unknown(global) || marker::is_unknown(own) => own.clone(),
        (Some(Value::Object(global)), Value::Object(own)) => {
            let mut both = global.clone();
            for (key, value) in own {
                both.insert(key.clone(), merged(global.get(key), value));
            }
            both.into()
        }
        (Some(Value::Array(global)), Value::Array(own)) => global.iter().chain(own).cloned().collect(),
        _ => own.clone(),
    }
}

/// A serverless resource with what the globals say of it.
struct Own<'a> {
    name: &'a str,
    properties: Value,
}

impl Own<'_> {
    fn get(&self, key: &str) -> Option<&Value> {
        if marker::is_unknown(&self.properties) { Some(&self.properties) } else { self.properties.get(key) }
    }

    fn has(&self, key: &str) -> bool {
        self.get(key).is_some_and(|value| !value.is_null())
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::as_str)
    }

    /// A reference to this resource, or to one that it makes.
    fn reference(name: &str) -> Value {
        marker::unknown([name.to_owned()])
    }

    fn this(&self) -> Value {
        Self::reference(self.name)
    }

    /// These properties as they are, some under another name.
    fn copied(&self, names: &[(&str, &str)]) -> Map<String, Value> {
        let found = names.iter().filter_map(|(from, to)| Some(((*to).to_owned(), self.get(from)?.clone())));
        found.collect()
    }

    /// Tags, a map in SAM, as a list.
    fn tags(&self) -> Value {
        match self.get("Tags") {
            Some(Value::Object(map))
                if !map.contains_key("Key") && !self.get("Tags").is_some_and(marker::is_unknown) =>
            {
                map.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect()
            }
            Some(other) => other.clone(),
            None => Value::Null,
        }
    }
}

/// What a resource makes.
struct Made(Vec<Generated>);

impl Made {
    /// Adds a resource; properties that are null are left out.
    fn add(&mut self, name: impl Into<String>, kind: &'static str, mut properties: Value) {
        if !marker::is_unknown(&properties)
            && let Some(map) = properties.as_object_mut()
        {
            map.retain(|_, value| !value.is_null());
        }
        self.0.push(Generated { name: name.into(), kind, properties });
    }
}

/// The same names in SAM and in CloudFormation.
const fn same<const N: usize>(names: [&str; N]) -> [(&str, &str); N] {
    let mut pairs = [("", ""); N];
    let mut index = 0;
    while index < N {
        #[expect(clippy::indexing_slicing, reason = "the index is below the length of both")]
        {
            pairs[index] = (names[index], names[index]);
        }
        index += 1;
    }
    pairs
}

fn simple_table(own: &Own<'_>, made: &mut Made) {
    let mut table = own.copied(&same([
        "TableName",
        "ProvisionedThroughput",
        "SSESpecification",
        "PointInTimeRecoverySpecification",
    ]));
    let key = own.get("PrimaryKey");
    let read = |field: &str, default: &str| {
        key.and_then(|key| key.get(field)).cloned().unwrap_or_else(|| default.into())
    };
    let name = read("Name", "id");
    let kind = match read("Type", "String").as_str() {
        Some("Number") => "N",
        Some("Binary") => "B",
        _ => "S",
    };
    table.insert("KeySchema".into(), json!([{ "AttributeName": name, "KeyType": "HASH" }]));
    table.insert("AttributeDefinitions".into(), json!([{ "AttributeName": name, "AttributeType": kind }]));
    if !own.has("ProvisionedThroughput") {
        table.insert("BillingMode".into(), "PAY_PER_REQUEST".into());
    }
    table.insert("Tags".into(), own.tags());
    made.add(own.name, "AWS::DynamoDB::Table", table.into());
}

fn layer(own: &Own<'_>, made: &mut Made) {
    let mut layer = own.copied(&same([
        "LayerName",
        "Description",
        "CompatibleArchitectures",
        "CompatibleRuntimes",
        "LicenseInfo",
    ]));
    layer.insert(
        "Content".into(),
        function::location(own.get("ContentUri"), ("S3Bucket", "S3Key", "S3ObjectVersion")),
    );
    made.add(own.name, "AWS::Lambda::LayerVersion", layer.into());
}

fn application(own: &Own<'_>, made: &mut Made) {
    let mut stack = own.copied(&[
        ("Location", "TemplateURL"),
        ("Parameters", "Parameters"),
        ("NotificationARNs", "NotificationARNs"),
        ("TimeoutInMinutes", "TimeoutInMinutes"),
    ]);
    stack.insert("Tags".into(), own.tags());
    made.add(own.name, "AWS::CloudFormation::Stack", stack.into());
}

/// What a connector allows depends on what it connects, and is not worked out here.
fn connector(own: &Own<'_>, made: &mut Made) {
    let policy = json!({ "PolicyDocument": marker::unknown([]), "Roles": marker::unknown([]) });
    made.add(format!("{}Policy", own.name), "AWS::IAM::ManagedPolicy", policy);
}
