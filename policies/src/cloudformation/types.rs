//! CloudFormation types in the shape of the Terraform types that rules are written for.
//!
//! One module a service. A type without a function here reaches the rules under its own name with its own properties.

mod database;
mod ec2;
mod iam;
mod messaging;
mod s3;

use serde_json::{Map, Value};

use crate::marker;

/// A resource in Terraform's shape, with markers still in it.
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
pub(super) fn map(written_type: &str, name: &str, properties: Value) -> Vec<Mapped> {
    let own = Properties::new(name, &properties);
    match written_type {
        "AWS::S3::Bucket" => s3::bucket(&own),
        "AWS::S3::BucketPolicy" => s3::bucket_policy(&own),
        "AWS::IAM::Role" => iam::role(&own),
        "AWS::IAM::User" => iam::user(&own),
        "AWS::IAM::Group" => iam::group(&own),
        "AWS::IAM::ManagedPolicy" => iam::managed_policy(&own),
        "AWS::IAM::Policy" => iam::inline_policy(&own),
        "AWS::EC2::SecurityGroup" => ec2::security_group(&own),
        "AWS::EC2::SecurityGroupIngress" => ec2::rule(&own, "aws_vpc_security_group_ingress_rule"),
        "AWS::EC2::SecurityGroupEgress" => ec2::rule(&own, "aws_vpc_security_group_egress_rule"),
        "AWS::RDS::DBInstance" => database::db_instance(&own),
        "AWS::RDS::DBCluster" => database::db_cluster(&own),
        "AWS::DynamoDB::Table" => database::table(&own),
        "AWS::KMS::Key" => vec![Mapped::new("aws_kms_key", own.renamed(&[("KeyPolicy", "policy")]))],
        "AWS::SNS::Topic" => vec![Mapped::new("aws_sns_topic", own.renamed(&[]))],
        "AWS::SNS::TopicPolicy" => messaging::topic_policy(&own),
        "AWS::SQS::Queue" => vec![Mapped::new("aws_sqs_queue", own.renamed(&[]))],
        "AWS::SQS::QueuePolicy" => messaging::queue_policy(&own),
        other => vec![Mapped::new(other, properties)],
    }
}

/// A resource's properties with the readings that mapping functions need.
struct Properties<'a> {
    /// The logical id.
    name: &'a str,
    values: &'a Value,
}

impl<'a> Properties<'a> {
    fn new(name: &'a str, values: &'a Value) -> Self {
        Self { name, values }
    }

    fn get(&self, key: &str) -> Option<&'a Value> {
        if marker::is_unknown(self.values) { Some(self.values) } else { self.values.get(key) }
    }

    /// A marker that refers to this resource itself.
    fn this(&self) -> Value {
        marker::unknown([self.name.to_owned()])
    }

    /// All properties in snake case, with words for flags as flags; some under another name.
    fn renamed(&self, names: &[(&str, &str)]) -> Map<String, Value> {
        let Some(map) = self.values.as_object().filter(|_| !marker::is_unknown(self.values)) else {
            return Map::new();
        };
        let renamed = map.iter().map(|(key, value)| {
            let name = names.iter().find(|(from, _)| from == key).map(|(_, to)| (*to).to_owned());
            (name.unwrap_or_else(|| snake_case(key)), flag(value))
        });
        renamed.collect()
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
        Some("true" | "True") => true.into(),
        Some("false" | "False") => false.into(),
        _ => value.clone(),
    }
}

/// CloudFormation takes `"22"` for `22`.
fn whole_number(value: Value) -> Value {
    match value.as_str().map(str::parse::<i64>) {
        Some(Ok(number)) => number.into(),
        _ => value,
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
