//! The one resource model that rules see, whichever engine makes the change.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::finding::{Extent, Location};
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

/// What a model was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// Terraform source: values are what expressions are worth, as far as it can be told.
    Configuration,
    /// A Terraform plan: values with the provider's defaults.
    Plan,
    /// A CloudFormation template.
    Template,
}

impl Source {
    /// The word that rules see as `input.source`: `configuration`, `plan` or `template`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::Plan => "plan",
            Self::Template => "template",
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
    /// The module's address, such as `module.a.module.b[0]`; empty for the root and for templates.
    pub module: String,
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
    /// The types of its provisioners, such as `local-exec`, in the order in which they are written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub provisioners: Vec<String>,
    /// The lines of its block, comments in it included.
    #[serde(skip)]
    pub extent: Option<Extent>,
    /// The blocks of the module calls that lead to it, the outermost first.
    #[serde(skip)]
    pub callers: Vec<Extent>,
    /// What a template's `Metadata` says of it; null for Terraform.
    #[serde(skip)]
    pub metadata: Value,
}

/// A call of a module.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ModuleCall {
    /// Its address without keys, such as `module.a.module.b`.
    pub address: String,
    /// Where the module comes from, as written.
    pub source: String,
    /// The version constraint, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The line of the call, from 1, as rules see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Where the call is written.
    #[serde(skip)]
    pub location: Option<Location>,
    /// The lines of the call's block.
    #[serde(skip)]
    pub extent: Option<Extent>,
}

/// A provider that the input needs or configures.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Provider {
    /// What findings name, such as `module.a.provider.aws.west`: without keys, with the alias.
    pub address: String,
    /// The name within the module, such as `aws`.
    pub name: String,
    /// Where it comes from, such as `hashicorp/aws`; a registry other than Terraform's and OpenTofu's stands before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The version constraint, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The name of a further configuration of the same provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// The attributes of its configuration that are text and known.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// Where it is configured, or else required.
    #[serde(skip)]
    pub location: Option<Location>,
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
    /// Dotted paths that are left out of either side.
    pub unknown: BTreeSet<String>,
    /// IAM policy documents among the attributes before, by the attribute's path.
    pub before_documents: Map<String, Value>,
    /// The same of the attributes after.
    pub after_documents: Map<String, Value>,
}

/// Everything that rules see of one input.
#[derive(Clone, Debug)]
pub struct Model {
    /// Who applies it.
    pub engine: Engine,
    /// What it was read from.
    pub source: Source,
    /// All resources after the change.
    pub resources: Vec<Resource>,
    /// Data sources, in the shape of resources.
    pub data: Vec<Resource>,
    /// What the plan does, resource by resource, deleted ones included.
    pub changes: Vec<Change>,
    /// Module calls; empty where the input does not say.
    pub modules: Vec<ModuleCall>,
    /// Providers; empty where the input does not say.
    pub providers: Vec<Provider>,
    /// Parts of the input that could not be read; the rest was.
    pub errors: Vec<ScanError>,
}

impl Model {
    /// A model of which nothing is read yet.
    pub(crate) fn new(engine: Engine, source: Source) -> Self {
        Self {
            engine,
            source,
            resources: Vec::new(),
            data: Vec::new(),
            changes: Vec::new(),
            modules: Vec::new(),
            providers: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// The input document of the rules: `engine` and `source`; `resources`, `data` and `changes` by type; `attributes`, which says for
    /// each name that resources write which types do; `modules` and `providers`.
    ///
    /// # Errors
    /// What serde says; a model holds nothing that has no JSON.
    pub fn document(&self) -> Result<Value, serde_json::Error> {
        let mut document = Map::new();
        document.insert("engine".into(), Value::from(self.engine.as_str()));
        document.insert("source".into(), Value::from(self.source.as_str()));
        document.insert("resources".into(), by_type(&self.resources, |resource| &resource.kind)?);
        document.insert("attributes".into(), serde_json::to_value(attributes(&self.resources))?);
        document.insert("data".into(), by_type(&self.data, |data| &data.kind)?);
        document.insert("changes".into(), by_type(&self.changes, |change| &change.kind)?);
        document.insert("modules".into(), serde_json::to_value(&self.modules)?);
        document.insert("providers".into(), serde_json::to_value(&self.providers)?);
        Ok(Value::Object(document))
    }
}

/// For each name of an attribute, of a resource's own or of a block right below: the types that have it.
fn attributes(resources: &[Resource]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for resource in resources {
        let own = resource.values.as_object().into_iter().flatten();
        let blocks = own.clone().filter_map(|(_, value)| value.as_array()).flatten();
        let inner = blocks.filter_map(Value::as_object).flatten();
        for (name, _) in own.chain(inner) {
            found.entry(name).or_default().insert(&resource.kind);
        }
    }
    found
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
