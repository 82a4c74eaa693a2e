//! The types of the AWS provider's attributes: a configuration may write `"80"` where the provider has a number, and
//! rules see what the provider sees.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::types::{Type, convert};
use super::value::Value;

/// Types by the attribute's name, and exceptions by resource type and path, as `scripts/provider-types` writes them.
const AWS: &str = include_str!("schema/aws.txt");

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::read(AWS));

struct Schema {
    usual: HashMap<&'static str, Kind>,
    exceptions: HashMap<(&'static str, &'static str), Kind>,
}

/// The type of an attribute that is no block.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Single(Primitive),
    List(Primitive),
    /// A map or object; none if its elements are left as they are.
    Map(Option<Primitive>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Primitive {
    Text,
    Number,
    Bool,
}

impl Schema {
    fn read(text: &'static str) -> Self {
        let mut schema = Self { usual: HashMap::new(), exceptions: HashMap::new() };
        let mut section = None;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = Kind::read(name);
            } else if let Some(kind) = section {
                schema.usual.extend(line.split(' ').map(|name| (name, kind)));
            } else if let [resource, path, kind] = line.split(' ').collect::<Vec<_>>().as_slice() {
                schema.exceptions.extend(Kind::read(kind).map(|kind| ((*resource, *path), kind)));
            }
        }
        schema
    }

    fn kind(&self, resource: &str, path: &str) -> Option<Kind> {
        let name = path.rsplit('.').next().unwrap_or(path);
        self.exceptions.get(&(resource, path)).or_else(|| self.usual.get(name)).copied()
    }
}

impl Kind {
    fn read(word: &str) -> Option<Self> {
        Some(match word.split_once('-') {
            Some(("list", element)) => Self::List(Primitive::read(element)?),
            Some(("map", element)) => Self::Map(Some(Primitive::read(element)?)),
            _ if word == "map" => Self::Map(None),
            _ => Self::Single(Primitive::read(word)?),
        })
    }
}

impl Primitive {
    fn read(word: &str) -> Option<Self> {
        match word {
            "string" => Some(Self::Text),
            "number" => Some(Self::Number),
            "bool" => Some(Self::Bool),
            _ => None,
        }
    }

    /// The value as the provider has it; as it is if it does not fit.
    fn fit(self, value: &mut Value) {
        let (kind, fits) = match self {
            Self::Text => (Type::Text, matches!(value, Value::Number(_) | Value::Bool(_))),
            Self::Number => (Type::Number, matches!(value, Value::Text(_))),
            Self::Bool => (Type::Bool, matches!(value, Value::Text(_))),
        };
        if fits && let Ok(converted) = convert(value.clone(), &kind) {
            *value = converted;
        }
    }
}

/// Whether resources of this type are in the schema.
pub(super) fn knows(resource: &str) -> bool {
    resource.starts_with("aws_")
}

/// Whether what has this name is most often a value, a list of such or a map, and no block.
pub(super) fn is_attribute(name: &str) -> bool {
    SCHEMA.usual.contains_key(name)
}

/// Gives an attribute's value, or nested blocks with all that is in them, the types that the provider has.
pub(super) fn fit(resource: &str, name: &str, value: &mut Value) {
    if knows(resource) {
        fit_at(resource, &mut name.to_owned(), value);
    }
}

fn fit_at(resource: &str, path: &mut String, value: &mut Value) {
    match (SCHEMA.kind(resource, path), value) {
        (Some(Kind::Single(kind)), value) if value.items().is_none() => kind.fit(value),
        (Some(Kind::List(kind)), Value::List(items) | Value::Tuple(items) | Value::Set(items)) => {
            items.iter_mut().for_each(|item| kind.fit(item));
        }
        (Some(Kind::Map(Some(kind))), Value::Map(entries) | Value::Object(entries)) => {
            entries.values_mut().for_each(|item| kind.fit(item));
        }
        (_, Value::List(items) | Value::Tuple(items)) => {
            items.iter_mut().for_each(|item| fit_block(resource, path, item));
        }
        _ => {}
    }
}

fn fit_block(resource: &str, path: &mut String, block: &mut Value) {
    let (Value::Object(entries) | Value::Map(entries)) = block else { return };
    for (name, value) in entries {
        let length = path.len();
        path.push('.');
        path.push_str(name);
        fit_at(resource, path, value);
        path.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_take_the_provider_s_types() {
        for (resource, name, written, expected) in [
            ("aws_db_instance", "allocated_storage", json!("20"), json!(20)),
            ("aws_db_instance", "storage_encrypted", json!("true"), json!(true)),
            ("aws_db_instance", "engine_version", json!(14), json!("14")),
            ("aws_db_instance", "allocated_storage", json!("many"), json!("many")),
            (
                "aws_security_group",
                "ingress",
                json!([{"from_port": "22", "protocol": -1}]),
                json!([{"from_port": 22, "protocol": "-1"}]),
            ),
            (
                "aws_db_instance",
                "tags",
                json!({"port": 1, "enabled": true}),
                json!({"port": "1", "enabled": "true"}),
            ),
            (
                "aws_alb_listener",
                "default_action",
                json!([{"redirect": [{"port": 443}]}]),
                json!([{"redirect": [{"port": "443"}]}]),
            ),
            ("aws_alb_listener", "port", json!("443"), json!(443)),
            ("google_x", "port", json!("443"), json!("443")),
            ("aws_x", "not_there_yet", json!("443"), json!("443")),
        ] {
            let mut value = Value::from_json(&written);
            fit(resource, name, &mut value);
            assert_eq!(value.to_json(), expected, "{resource}.{name}");
        }
    }
}
