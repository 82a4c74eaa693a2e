//! What a Terraform expression is worth, as far as it can be told without running Terraform.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::number::Number;
use crate::marker;

/// A value, or as much of it as is known.
///
/// Lists and tuples differ, as do maps and objects, because Terraform tells them apart: `tolist([]) == []` is false.
/// Who only wants what is in them asks [`Value::items`] and [`Value::entries`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// `null`: the same as not written.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(String),
    /// `[...]`: each element has a type of its own.
    Tuple(Vec<Value>),
    /// A list: all elements have one type.
    List(Vec<Value>),
    /// A set in Terraform's order, each element once. With something unknown in it, it is also any collection whose
    /// known elements are certainly in it, but neither their order and number nor what else is in it is known.
    Set(Vec<Value>),
    /// `{...}`: each attribute has a type of its own.
    Object(BTreeMap<String, Value>),
    /// A map: all elements have one type.
    Map(BTreeMap<String, Value>),
    /// What cannot be told.
    Unknown(Unknown),
}

/// A value that cannot be told: never a wrong one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Unknown {
    /// Addresses of the resources that it comes from, such as `aws_s3_bucket.logs` or `module.a.aws_kms_key.k[0]`.
    pub(crate) links: BTreeSet<String>,
    /// For a text that `jsonencode` or a policy document makes: what it encodes, with the unknown parts in it.
    pub(crate) json: Option<Box<Value>>,
    /// For an object of which some is known, such as a resource: these attributes are known, any other is unknown
    /// with the same links. It is not told whether the object has others, or how many.
    pub(crate) attributes: BTreeMap<String, Value>,
}

impl Value {
    /// A value of which nothing is known.
    pub(crate) fn unknown() -> Self {
        Self::Unknown(Unknown::default())
    }

    /// An unknown value that comes from these resources.
    pub(crate) fn linked(links: BTreeSet<String>) -> Self {
        Self::Unknown(Unknown { links, ..Unknown::default() })
    }

    /// A resource (or anything else) of which some attributes are known, and any other has these links.
    pub(crate) fn open_object(links: BTreeSet<String>, attributes: BTreeMap<String, Value>) -> Self {
        Self::Unknown(Unknown { links, json: None, attributes })
    }

    /// A text that encodes this in JSON. It is known only in its structure.
    pub(crate) fn json_text(structure: Value) -> Self {
        let links = structure.links();
        Self::Unknown(Unknown { links, json: Some(Box::new(structure)), attributes: BTreeMap::new() })
    }

    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A set of these elements, each once, in Terraform's order.
    pub(crate) fn set(items: impl IntoIterator<Item = Value>) -> Self {
        let mut items: Vec<Self> = items.into_iter().collect();
        items.sort_by(super::order::compare);
        items.dedup_by(|left, right| left == right && !left.has_unknown());
        Self::Set(items)
    }

    /// A collection that holds these and what else cannot be told, in any order.
    pub(crate) fn some_of(items: impl IntoIterator<Item = Value>, rest: Value) -> Self {
        let mut items: Vec<Self> = items.into_iter().collect();
        if items.is_empty() {
            return Self::linked(rest.links());
        }
        if !items.contains(&rest) {
            items.push(rest);
        }
        Self::set(items)
    }

    /// Whether this is a collection of which neither order nor number is known.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self, Self::Set(_)) && self.has_unknown()
    }

    /// Whether nothing, or not all, can be told about the value itself. Its elements may still be unknown.
    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    /// Whether the value or anything in it is unknown.
    pub(crate) fn has_unknown(&self) -> bool {
        match self {
            Self::Unknown(_) => true,
            Self::Tuple(items) | Self::List(items) | Self::Set(items) => items.iter().any(Self::has_unknown),
            Self::Object(entries) | Self::Map(entries) => entries.values().any(Self::has_unknown),
            _ => false,
        }
    }

    /// Addresses of all resources that the value and what is in it come from.
    pub(crate) fn links(&self) -> BTreeSet<String> {
        let mut links = BTreeSet::new();
        self.collect_links(&mut links);
        links
    }

    /// About how much memory it takes: one for each element and for each 32 bytes of text.
    pub(crate) fn weight(&self) -> usize {
        let inner: usize = match self {
            Self::Text(text) => text.len() / 32,
            Self::Tuple(items) | Self::List(items) | Self::Set(items) => items.iter().map(Self::weight).sum(),
            Self::Object(entries) | Self::Map(entries) => entries.values().map(Self::weight).sum(),
            Self::Unknown(unknown) => {
                let structure: usize = unknown.json.iter().map(|value| value.weight()).sum();
                structure + unknown.attributes.values().map(Self::weight).sum::<usize>()
            }
            _ => 0,
        };
        inner.saturating_add(1)
    }

    fn collect_links(&self, links: &mut BTreeSet<String>) {
        match self {
            Self::Unknown(unknown) => links.extend(unknown.links.iter().cloned()),
            Self::Tuple(items) | Self::List(items) | Self::Set(items) => {
                items.iter().for_each(|item| item.collect_links(links));
            }
            Self::Object(entries) | Self::Map(entries) => {
                entries.values().for_each(|value| value.collect_links(links));
            }
            _ => {}
        }
    }

    /// The elements of a list, tuple or set.
    pub(crate) fn items(&self) -> Option<&[Value]> {
        match self {
            Self::Tuple(items) | Self::List(items) | Self::Set(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a map or object.
    pub(crate) fn entries(&self) -> Option<&BTreeMap<String, Value>> {
        match self {
            Self::Object(entries) | Self::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The text of a string.
    pub(crate) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// As JSON with markers for what is unknown, see [`marker`].
    pub(crate) fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(*value),
            Self::Number(value) => value.to_json(),
            Self::Text(value) => Json::String(value.clone()),
            Self::Tuple(items) | Self::List(items) | Self::Set(items) => {
                items.iter().map(Self::to_json).collect()
            }
            Self::Object(entries) | Self::Map(entries) => {
                entries.iter().map(|(key, value)| (key.clone(), value.to_json())).collect()
            }
            Self::Unknown(unknown) => match &unknown.json {
                Some(structure) => marker::unknown_text(unknown.links.iter().cloned(), structure.to_json()),
                None => marker::unknown(unknown.links.iter().cloned()),
            },
        }
    }

    /// From JSON, as `jsondecode` understands it: arrays are tuples, objects are objects. Markers are understood.
    pub(crate) fn from_json(json: &Json) -> Self {
        if let Some(links) = marker::references(json) {
            let structure = marker::encoded(json).map(|structure| Box::new(Self::from_json(structure)));
            let links = links.into_iter().collect();
            return Self::Unknown(Unknown { links, json: structure, attributes: BTreeMap::new() });
        }
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(*value),
            Json::Number(value) => Number::parse(&value.to_string()).map_or_else(Self::unknown, Self::Number),
            Json::String(value) => Self::Text(value.clone()),
            Json::Array(items) => Self::Tuple(items.iter().map(Self::from_json).collect()),
            Json::Object(entries) => Self::Object(
                entries.iter().map(|(key, value)| (key.clone(), Self::from_json(value))).collect(),
            ),
        }
    }
}
