//! The one resource model that rules see, whichever engine makes the change.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::finding::Location;
use crate::scan::ScanError;

/// Which engine applies the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// Terraform or OpenTofu, through a plan.
    Terraform,
    /// CloudFormation, through a template.
    CloudFormation,
}

impl Engine {
    /// The word used in metadata and in rules: `terraform` or `cloudformation`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::CloudFormation => "cloudformation",
        }
    }
}

/// A resource as it will be after the change.
#[derive(Clone, Debug, Serialize)]
pub struct Resource {
    /// Terraform address, or CloudFormation logical id.
    pub address: String,
    /// Terraform's name of the type where a mapping exists, else the type as written.
    #[serde(rename = "type")]
    pub kind: String,
    /// The type as its author wrote it.
    pub written_type: String,
    /// The last part of the address.
    pub name: String,
    /// Who applies it.
    pub engine: Engine,
    /// Attributes in the Terraform provider's shape. What is unknown or sensitive is left out.
    pub values: Value,
    /// Dotted paths into `values` that cannot be known before the apply, or are sensitive.
    pub unknown: BTreeSet<String>,
    /// For a path that refers to other resources of this input: their addresses.
    pub links: BTreeMap<String, BTreeSet<String>>,
    /// The attributes that the configuration writes; none where the input does not say. One that is unknown and not
    /// written gets the provider's default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<BTreeSet<String>>,
    /// IAM policy documents among the attributes, parsed and normalised, by the attribute's path.
    pub documents: Map<String, Value>,
    /// What the plan does to it, in Terraform's words; empty where no plan says so.
    pub actions: Vec<String>,
    /// Where it is written.
    #[serde(skip)]
    pub location: Option<Location>,
    /// The line, from 1, as rules see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

/// A change of one resource, with what it was before.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Terraform address.
    pub address: String,
    /// Terraform's name of the type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The last part of the address.
    pub name: String,
    /// `create`, `update`, `delete`, `no-op`, `read`, `forget`, in Terraform's order.
    pub actions: Vec<String>,
    /// Attributes before, with sensitive ones left out; null for a new resource.
    pub before: Value,
    /// Attributes after, with sensitive and unknown ones left out; null for a deleted resource.
    pub after: Value,
}

/// Everything that rules see of one input.
#[derive(Clone, Debug)]
pub struct Model {
    /// Who applies it.
    pub engine: Engine,
    /// All resources after the change.
    pub resources: Vec<Resource>,
    /// What the plan does, resource by resource, deleted ones included.
    pub changes: Vec<Change>,
    /// Parts of the input that could not be read; the rest was.
    pub(crate) errors: Vec<ScanError>,
}

impl Model {
    /// The input document of the rules: `engine`, `resources` by type, `changes` by type.
    pub(crate) fn document(&self) -> Result<Value, serde_json::Error> {
        let mut document = Map::new();
        document.insert("engine".into(), Value::from(self.engine.as_str()));
        document.insert("resources".into(), by_type(&self.resources, |resource| &resource.kind)?);
        document.insert("changes".into(), by_type(&self.changes, |change| &change.kind)?);
        Ok(Value::Object(document))
    }

    /// The resource (or, for one that goes away, the type alone) behind an address that a rule named.
    pub(crate) fn find(&self, address: &str) -> Option<(&str, Option<&Location>)> {
        let present = self.resources.iter().find(|resource| resource.address == address);
        present.map(|resource| (resource.written_type.as_str(), resource.location.as_ref())).or_else(|| {
            let gone = self.changes.iter().find(|change| change.address == address)?;
            Some((gone.kind.as_str(), None))
        })
    }
}

fn by_type<T: Serialize>(items: &[T], kind: impl Fn(&T) -> &String) -> Result<Value, serde_json::Error> {
    let mut groups = Map::new();
    for item in items {
        let group = groups.entry(kind(item).clone()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = group {
            list.push(serde_json::to_value(item)?);
        }
    }
    Ok(Value::Object(groups))
}
