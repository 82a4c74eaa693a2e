//! CloudFormation types in the shape of the Terraform types that rules are written for.
//!
//! Nearly all of it is the table (`types/table/*.map`); the modules here do what rows cannot say. A type without a row
//! reaches the rules under its own name with its own properties.

mod convert;
mod database;
mod ec2;
mod iam;
mod parts;
mod place;
mod s3;
mod shape;
mod table;

use serde_json::Value;

use crate::marker;

/// A resource in Terraform's shape, with markers still in it.
#[derive(Debug)]
pub(super) struct Mapped {
    pub(super) kind: String,
    pub(super) values: Value,
}

impl Mapped {
    fn new(kind: &str, values: impl Into<Value>) -> Self {
        Self { kind: kind.to_owned(), values: values.into() }
    }
}

/// The Terraform resources that one CloudFormation resource stands for; never none.
///
/// `is_open` says that there are properties more, which cannot be told.
pub(super) fn map(written_type: &str, name: &str, properties: &Value, is_open: bool) -> Vec<Mapped> {
    let own = Written { name, values: properties };
    let Some(kind) = table::find(written_type) else {
        let mut mapped = vec![Mapped::new(written_type, properties.clone())];
        if written_type == "AWS::Route53::RecordSetGroup" {
            parts::records(&own, &mut mapped);
        }
        return mapped;
    };
    let mut mapped = convert::convert(kind, name, properties, is_open);
    finish(written_type, &own, &mut mapped);
    mapped
}

/// What rows cannot say.
fn finish(written_type: &str, own: &Written<'_>, mapped: &mut Vec<Mapped>) {
    match written_type {
        "AWS::S3::Bucket" => s3::bucket(mapped),
        "AWS::IAM::User" => iam::holder(own, "user", mapped),
        "AWS::IAM::Group" => iam::holder(own, "group", mapped),
        "AWS::IAM::Policy" => iam::inline_policy(own, mapped),
        "AWS::RDS::DBInstance" => database::instance(own, mapped),
        "AWS::RDS::DBCluster" | "AWS::DocDB::DBCluster" | "AWS::Neptune::DBCluster" => {
            database::cluster(mapped);
        }
        "AWS::DynamoDB::GlobalTable" => database::global_table(mapped),
        "AWS::EC2::Instance" | "AWS::AutoScaling::LaunchConfiguration" => ec2::root_disk(mapped),
        "AWS::EC2::FlowLog" => ec2::flow_log(own, mapped),
        "AWS::EC2::VPCGatewayAttachment" => ec2::gateway_attachment(own, mapped),
        "AWS::FSx::FileSystem" => ec2::file_system(own, mapped),
        "AWS::ECS::TaskDefinition" | "AWS::Batch::JobDefinition" => ec2::containers(mapped),
        "AWS::SNS::Topic" => parts::subscriptions(own, mapped),
        "AWS::Events::Rule" => parts::event_targets(own, mapped),
        "AWS::ApiGateway::Stage" => parts::stage(own, mapped),
        "AWS::ApiGateway::Deployment" => parts::deployment(own, mapped),
        _ => {}
    }
}

/// A resource's properties as they are written.
struct Written<'a> {
    /// The logical id.
    name: &'a str,
    values: &'a Value,
}

impl<'a> Written<'a> {
    /// A property; each of them where the whole cannot be known.
    fn get(&self, key: &str) -> Option<&'a Value> {
        if marker::is_unknown(self.values) { Some(self.values) } else { self.values.get(key) }
    }

    fn has(&self, key: &str) -> bool {
        self.values.get(key).is_some()
    }

    /// A marker that refers to this resource itself.
    fn this(&self) -> Value {
        marker::unknown([self.name.to_owned()])
    }
}

/// A value or a list of values as a list.
fn listed(value: Option<&Value>) -> Vec<Value> {
    match value {
        Some(Value::Array(items)) => items.clone(),
        Some(Value::Null) | None => Vec::new(),
        Some(single) => vec![single.clone()],
    }
}

/// A field of a value; a marker for the whole stands for each of its fields.
fn field(value: &Value, key: &str) -> Value {
    if marker::is_unknown(value) { value.clone() } else { value.get(key).map(flag).unwrap_or_default() }
}

/// CloudFormation takes `"true"` for `true`.
fn flag(value: &Value) -> Value {
    match value.as_str() {
        Some("true" | "True" | "TRUE") => true.into(),
        Some("false" | "False" | "FALSE") => false.into(),
        _ => value.clone(),
    }
}

/// `DBInstanceClass` as `db_instance_class`.
fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::with_capacity(name.len() + 8);
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| letters.get(index));
        let after = letters.get(index + 1);
        let starts_word = before.is_some_and(|before| !before.is_uppercase())
            || (before.is_some() && after.is_some_and(|after| after.is_lowercase()));
        if letter.is_uppercase() && starts_word && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_become_snake_case() {
        for (from, to) in [
            ("EnableKeyRotation", "enable_key_rotation"),
            ("DBInstanceClass", "db_instance_class"),
            ("KmsMasterKeyId", "kms_master_key_id"),
            ("Tags", "tags"),
        ] {
            assert_eq!(super::snake_case(from), to);
        }
    }
}
