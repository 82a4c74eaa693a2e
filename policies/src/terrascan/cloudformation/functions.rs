//! The functions of a template as Terrascan resolves them: parameters are their defaults, what it cannot tell is null.
//! After <https://github.com/awslabs/goformation/tree/master/intrinsics>.

use std::collections::BTreeSet;

use base64::Engine;
use serde_json::{Map, Value};

use crate::yaml::{Data, Node};

/// A template's functions may write this many bytes in all.
const MAX_BYTES: usize = 8 * 1024 * 1024;
const MAX_DEPTH: usize = 128;

/// A template with short tags written out, as JSON.
pub(super) fn long_form(node: &Node) -> Value {
    let plain = match &node.data {
        Data::Map(entries) => {
            Value::Object(entries.iter().map(|entry| (entry.key.clone(), long_form(&entry.value))).collect())
        }
        Data::List(items) => items.iter().map(long_form).collect(),
        _ => node.to_json(),
    };
    match node.tag.as_deref() {
        Some(tag @ ("Ref" | "Condition")) => call(tag, plain),
        Some(tag) if FUNCTIONS.contains(&tag) => call(&format!("Fn::{tag}"), plain),
        _ => plain,
    }
}

const FUNCTIONS: [&str; 16] = [
    "And",
    "Base64",
    "Cidr",
    "Equals",
    "FindInMap",
    "GetAZs",
    "GetAtt",
    "If",
    "ImportValue",
    "Join",
    "Not",
    "Or",
    "Select",
    "Split",
    "Sub",
    "Transform",
];

fn call(name: &str, argument: Value) -> Value {
    Value::Object(Map::from_iter([(name.to_owned(), argument)]))
}

/// Resolves the functions of one template.
pub(super) struct Functions<'a> {
    template: &'a Value,
    /// Resources that are no parameters: a reference to one is its name.
    resources: BTreeSet<&'a str>,
    bytes: usize,
    /// Whether a bound was passed, so that some values are null.
    pub(super) is_cut: bool,
}

impl<'a> Functions<'a> {
    pub(super) fn new(template: &'a Value) -> Self {
        let names =
            |section: &str| template.get(section).and_then(Value::as_object).into_iter().flat_map(Map::keys);
        let parameters: BTreeSet<&str> = names("Parameters").map(String::as_str).collect();
        let resources =
            names("Resources").map(String::as_str).filter(|name| !parameters.contains(name)).collect();
        Self { template, resources, bytes: MAX_BYTES, is_cut: false }
    }

    /// The value with its functions resolved.
    pub(super) fn resolve(&mut self, value: &Value) -> Value {
        self.value(value, MAX_DEPTH)
    }

    fn value(&mut self, value: &Value, depth: usize) -> Value {
        let Some(depth) = depth.checked_sub(1) else {
            self.is_cut = true;
            return Value::Null;
        };
        match value {
            Value::Object(fields) => {
                for (name, argument) in fields {
                    if let Some(resolved) = self.function(name, argument, depth) {
                        return resolved;
                    }
                }
                Value::Object(
                    fields.iter().map(|(key, item)| (key.clone(), self.value(item, depth))).collect(),
                )
            }
            Value::Array(items) => items.iter().map(|item| self.value(item, depth)).collect(),
            other => other.clone(),
        }
    }

    /// None for what is no function.
    fn function(&mut self, name: &str, argument: &Value, depth: usize) -> Option<Value> {
        if name == "Ref" {
            return Some(self.reference(argument.as_str().unwrap_or_default()));
        }
        let function = name.strip_prefix("Fn::")?;
        let mut argument = || self.value(argument, depth);
        let resolved = match function {
            "GetAtt" | "ImportValue" | "Cidr" | "Transform" => Value::Null,
            "Base64" => argument()
                .as_str()
                .map_or(Value::Null, |text| base64::engine::general_purpose::STANDARD.encode(text).into()),
            "Join" => {
                let argument = argument();
                let (separator, texts) = match argument.as_array().map(Vec::as_slice) {
                    None | Some([]) => return Some(self.bounded(Value::Null)),
                    Some([only]) => return Some(self.bounded(only.clone())),
                    Some(items) => joined(items),
                };
                let size = texts.iter().map(|text| text.len().saturating_add(separator.len())).sum();
                if self.has_room(size) { texts.join(separator).into() } else { Value::Null }
            }
            "Select" => select(&argument()),
            "Split" => split(&argument()),
            "GetAZs" => zones(&argument()),
            "Sub" => {
                let argument = argument();
                self.substituted(&argument)
            }
            "FindInMap" => {
                let argument = argument();
                self.found_in_map(&argument)
            }
            "If" => chosen(&argument()),
            "Equals" => argument()
                .as_array()
                .filter(|items| items.len() == 2)
                .map_or(Value::Null, |items| Value::Bool(items.first() == items.last())),
            "Not" => {
                argument().get(0).and_then(Value::as_bool).map_or(Value::Null, |truth| Value::Bool(!truth))
            }
            // Of conditions by name, which Terrascan does not evaluate.
            "And" | "Or" => Value::Null,
            _ => return None,
        };
        Some(self.bounded(resolved))
    }

    /// What is resolved again and again costs each time.
    fn bounded(&mut self, value: Value) -> Value {
        let size = value.as_str().map_or(16, str::len);
        match self.bytes.checked_sub(size) {
            Some(left) => {
                self.bytes = left;
                value
            }
            None => {
                self.is_cut = true;
                Value::Null
            }
        }
    }

    fn reference(&self, name: &str) -> Value {
        match name {
            "AWS::AccountId" => "123456789012".into(),
            "AWS::NotificationARNs" => Value::Array(vec!["arn:aws:sns:us-east-1:123456789012:MyTopic".into()]),
            "AWS::Region" => "us-east-1".into(),
            "AWS::StackId" => {
                "arn:aws:cloudformation:us-east-1:123456789012:stack/MyStack/1c2fa620-982a-11e3-aff7-50e2416294e0".into()
            }
            "AWS::StackName" => "goformation-stack".into(),
            name if self.resources.contains(name) => name.into(),
            name => self.default(name).cloned().unwrap_or_default(),
        }
    }

    fn default(&self, name: &str) -> Option<&'a Value> {
        self.template.get("Parameters")?.get(name)?.get("Default")
    }

    /// Whether so many bytes may still be written.
    fn has_room(&mut self, size: usize) -> bool {
        self.is_cut |= size > self.bytes;
        size <= self.bytes
    }

    fn substituted(&mut self, argument: &Value) -> Value {
        match argument {
            Value::Array(items) => {
                let (Some(Value::String(text)), Some(Value::Object(values))) = (items.first(), items.get(1))
                else {
                    return Value::Null;
                };
                let mut text = text.clone();
                for (key, value) in values {
                    let (Some(value), name) = (value.as_str(), format!("${{{key}}}")) else { continue };
                    let size = text.matches(&name).count().saturating_mul(value.len());
                    if !self.has_room(size) {
                        return Value::Null;
                    }
                    text = text.replace(&name, value);
                }
                text.into()
            }
            Value::String(text) => self.filled(text).map(Value::from).unwrap_or_default(),
            _ => Value::Null,
        }
    }

    /// `${name}` replaced; by nothing where it cannot be told. None if that is more than may be written.
    fn filled(&mut self, text: &str) -> Option<String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("${") {
            if !self.has_room(filled.len()) {
                return None;
            }
            filled.push_str(before);
            let name = behind.split('}').next().filter(|name| is_name(name) && name.len() < behind.len());
            rest = match name {
                Some(name) => {
                    match if name.contains('.') { Value::Null } else { self.plain_reference(name) } {
                        Value::Null => {}
                        Value::String(value) => filled.push_str(&value),
                        _ => filled.extend(["${", name, "}"]),
                    }
                    behind.get(name.len() + 1..).unwrap_or_default()
                }
                None => {
                    filled.push_str("${");
                    behind
                }
            };
        }
        Some(filled + rest)
    }

    /// Within a text a resource is not its name.
    fn plain_reference(&self, name: &str) -> Value {
        if self.resources.contains(name) { Value::Null } else { self.reference(name) }
    }

    fn found_in_map(&self, argument: &Value) -> Value {
        let key = |at: usize| argument.get(at).and_then(Value::as_str);
        let found = || self.template.get("Mappings")?.get(key(0)?)?.get(key(1)?)?.get(key(2)?);
        found().cloned().unwrap_or_default()
    }
}

/// An arm, where the condition is a literal: Terrascan does not evaluate those with a name, and sees nothing.
fn chosen(argument: &Value) -> Value {
    let arms = argument.as_array().filter(|arms| arms.len() == 3);
    match arms.map(Vec::as_slice) {
        Some([Value::Bool(true), yes, _]) => yes.clone(),
        Some([Value::Bool(false), _, no]) => no.clone(),
        _ => Value::Null,
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b':')
}

/// What is joined by what.
fn joined(items: &[Value]) -> (&str, Vec<&str>) {
    let (separator, items) = match items {
        [Value::String(separator), rest @ ..] if rest.first().is_some_and(Value::is_array) => {
            (separator.as_str(), rest)
        }
        all => ("", all),
    };
    let texts = items.iter().flat_map(|item| match item {
        Value::Array(inner) => inner.iter().filter_map(Value::as_str).collect::<Vec<_>>(),
        other => other.as_str().into_iter().collect(),
    });
    (separator, texts.collect())
}

fn select(argument: &Value) -> Value {
    let index = argument.get(0).and_then(|index| match index {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64().and_then(|index| usize::try_from(index).ok()),
    });
    index.and_then(|index: usize| argument.get(1)?.get(index)).cloned().unwrap_or_default()
}

fn split(argument: &Value) -> Value {
    match (argument.get(0).and_then(Value::as_str), argument.get(1).and_then(Value::as_str)) {
        (Some(separator), Some(text)) => text.split(separator).collect(),
        _ => Value::Array(Vec::new()),
    }
}

fn zones(argument: &Value) -> Value {
    let Some(region) = argument.as_str() else { return Value::Null };
    let region = if region.is_empty() { "us-east-1" } else { region };
    let letters: &[&str] = match region {
        "us-east-1" => &["a", "b", "c", "d"],
        "us-west-1" => &["a", "b"],
        _ => &["a", "b", "c"],
    };
    letters.iter().map(|letter| format!("{region}{letter}")).collect()
}
