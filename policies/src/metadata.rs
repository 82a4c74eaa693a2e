//! A rule's `# METADATA` block: OPA's annotations, with ours under `custom`.
//! See <https://www.openpolicyagent.org/docs/policy-language#metadata>.

mod block;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::finding::{RuleId, Severity};
use crate::resource::Engine;
use crate::yaml;

/// What a rule says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The rule's stable name.
    pub id: RuleId,
    /// What a good resource does, in a few words.
    pub title: Arc<str>,
    /// Why it matters.
    pub why: Arc<str>,
    /// How to mend a resource that the rule finds, with code.
    pub remedy: Arc<str>,
    /// How bad a violation is, unless the rule says otherwise of a case.
    pub severity: Severity,
    /// What it is about, for example `Data Protection`.
    pub category: Arc<str>,
    /// Controls that the rule checks, by framework, for example `cis-aws-3.0: [2.1.4]`.
    pub frameworks: BTreeMap<String, Vec<String>>,
    /// Further reading.
    pub links: Vec<String>,
    /// Engines whose inputs the rule understands.
    pub engines: Vec<Engine>,
    /// What a user may set, by name. The rule reads it from `data.parameters[<id>]`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, Parameter>,
}

/// Something that a user may set for a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// What holds when the user sets nothing. What a user sets has the same type; null stands for any.
    pub default: serde_json::Value,
    /// What it means, with its unit and bounds.
    pub description: String,
}

/// The framework whose controls are ids of rules that a rule succeeds.
pub(crate) const TERRASCAN: &str = "terrascan";

/// What is wrong with a metadata block.
#[derive(Debug, thiserror::Error)]
pub enum MetadataError {
    /// The block is not YAML.
    #[error("line {line}, column {column}: {message}; write the block as YAML behind `# `")]
    Yaml {
        /// Line of the rule's file, from 1.
        line: usize,
        /// Column of the rule's file, from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// A field is missing or has the wrong type.
    #[error("give `title`, `description` and `custom` with id, remedy, severity, category and engines")]
    Field(#[source] serde_json::Error),
}

#[derive(Deserialize)]
struct Annotations {
    title: String,
    description: String,
    #[serde(default)]
    related_resources: Vec<String>,
    custom: Custom,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Custom {
    id: RuleId,
    remedy: String,
    severity: Severity,
    category: String,
    #[serde(default)]
    frameworks: BTreeMap<String, Vec<String>>,
    engines: Vec<Engine>,
    #[serde(default)]
    parameters: BTreeMap<String, Parameter>,
}

impl Metadata {
    /// The ids of the Terrascan rules that this one succeeds: what was skipped by an old id stays skipped.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        self.frameworks.get(TERRASCAN).into_iter().flatten().map(String::as_str)
    }

    /// Its own id, and those that it succeeds.
    pub(crate) fn names(&self) -> Vec<RuleId> {
        std::iter::once(self.id.clone()).chain(self.aliases().map(RuleId::new)).collect()
    }

    /// Whether the rule is called so, by its own id or by one of those that it succeeds, in any case.
    pub(crate) fn is_named(&self, id: &RuleId) -> bool {
        let named = |known: &str| known.eq_ignore_ascii_case(id.as_str());
        named(self.id.as_str()) || self.aliases().any(named)
    }

    /// Whether a file has a metadata block at all.
    pub(crate) fn is_in(text: &str) -> bool {
        block::start(text).is_some()
    }

    /// Reads the first block of a file.
    pub(crate) fn parse(text: &str) -> Result<Self, MetadataError> {
        let start = block::start(text).unwrap_or_default();
        let node = yaml::parse(&block::of(text, start)).map_err(|error| MetadataError::Yaml {
            line: error.mark.line + start,
            column: error.mark.column + 2,
            message: error.message,
        })?;
        let annotations =
            serde_json::from_value::<Annotations>(node.to_json()).map_err(MetadataError::Field)?;
        Ok(annotations.into())
    }

    /// Reads a block that was brought into JSON.
    pub(crate) fn from_json(block: &str) -> Result<Self, MetadataError> {
        let annotations = serde_json::from_str::<Annotations>(block).map_err(MetadataError::Field)?;
        Ok(annotations.into())
    }
}

impl From<Annotations> for Metadata {
    fn from(from: Annotations) -> Self {
        Self {
            id: from.custom.id,
            title: from.title.into(),
            why: from.description.trim().into(),
            remedy: from.custom.remedy.trim().into(),
            severity: from.custom.severity,
            category: from.custom.category.into(),
            frameworks: from.custom.frameworks,
            links: from.related_resources,
            engines: from.custom.engines,
            parameters: from.custom.parameters,
        }
    }
}
