//! Terrascan's layout of packs: a JSON file with the metadata of each rule, and a template for its Rego.
//! See <https://runterrascan.io/docs/policies/policies/>.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Pack;
use super::template::{self, TemplateError};
use crate::finding::{RuleId, Severity, UnknownSeverity};
use crate::metadata::{Metadata, TERRASCAN};
use crate::resource::Engine;

/// A rule's metadata file.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Description {
    pub(crate) name: String,
    file: String,
    #[serde(default)]
    pub(crate) policy_type: String,
    #[serde(default)]
    pub(crate) resource_type: String,
    #[serde(default)]
    template_args: Option<Map<String, Value>>,
    severity: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    reference_id: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    id: String,
}

/// A rule as it was found, rendered or not.
pub(crate) struct Found {
    /// The template's path in its pack.
    pub(crate) path: String,
    pub(crate) description: Description,
    pub(crate) metadata: Metadata,
    pub(crate) text: Result<String, Unusable>,
}

/// Why a rule of a pack can never be judged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unusable {
    /// The metadata names a file that the pack does not have.
    #[error("there is no file {0}")]
    NoFile(String),
    /// The name is no name of a rule.
    #[error("`{0}` is no name of a rule: it has a dot")]
    Name(String),
    /// The severity is none.
    #[error(transparent)]
    Severity(#[from] UnknownSeverity),
    /// The template cannot be rendered.
    #[error("{0}")]
    Template(String),
}

impl From<TemplateError> for Unusable {
    fn from(error: TemplateError) -> Self {
        Self::Template(error.to_string())
    }
}

/// Something about a pack that its author should know, and that changes what its rules can find.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackWarning {
    /// Two rules have the same id. As in Terrascan, the last one counts.
    #[error(
        "{pack}: {dropped} has the reference id {id} of {kept}, which counts instead; give every rule an id of its own"
    )]
    DuplicateId {
        /// The pack.
        pack: String,
        /// The id.
        id: String,
        /// The metadata file that is left out.
        dropped: String,
        /// The metadata file that counts.
        kept: String,
    },
    /// The metadata names a rule that the file does not have.
    #[error("{pack}: the rule {id} can never find anything, since {file} has no rule `{name}`")]
    NoSuchRule {
        /// The pack.
        pack: String,
        /// The rule's id.
        id: RuleId,
        /// The template's path.
        file: String,
        /// The name in the metadata.
        name: String,
    },
    /// A JSON file says something of a rule, but not all that it must.
    #[error("{pack}: {file} is not the metadata of a rule: {message}")]
    Metadata {
        /// The pack.
        pack: String,
        /// The metadata file.
        file: String,
        /// What is wrong.
        message: String,
    },
}

/// Whether a pack has rules of this layout.
pub(crate) fn is_in(pack: &Pack) -> bool {
    descriptions(pack).next().is_some()
}

/// All metadata files, in the order in which Terrascan reads them: by directory, then by name.
fn descriptions(pack: &Pack) -> impl Iterator<Item = (&str, Result<Description, serde_json::Error>)> {
    let mut files: Vec<_> = pack.files().filter(|(path, _)| path.ends_with(".json")).collect();
    files.sort_by_key(|(path, _)| split(path));
    files.into_iter().filter_map(|(path, text)| {
        let json: Value = serde_json::from_str(text).ok()?;
        let is_one = ["name", "file"].iter().all(|field| json.get(field).is_some_and(Value::is_string));
        let is_rule = is_one && (json.get("reference_id").is_some() || json.get("id").is_some());
        is_rule.then(|| (path, serde_json::from_value(json)))
    })
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The rules of a pack, and what its author should know.
pub(crate) fn rules(pack: &Pack) -> (Vec<Found>, Vec<PackWarning>) {
    let (mut found, mut warnings) = (BTreeMap::<String, (String, Description)>::new(), Vec::new());
    for (path, description) in descriptions(pack) {
        let description = match description {
            Ok(description) => description,
            Err(error) => {
                let (pack, file) = (pack.name().to_owned(), path.to_owned());
                warnings.push(PackWarning::Metadata { pack, file, message: error.to_string() });
                continue;
            }
        };
        let key = description.key().to_owned();
        if let Some((dropped, _)) = found.insert(key.clone(), (path.to_owned(), description)) {
            let (pack, kept) = (pack.name().to_owned(), path.to_owned());
            warnings.push(PackWarning::DuplicateId { pack, id: key, dropped, kept });
        }
    }
    (found.into_values().map(|(path, description)| rendered(pack, &path, description)).collect(), warnings)
}

fn rendered(pack: &Pack, path: &str, description: Description) -> Found {
    let (directory, _) = split(path);
    let file = &description.file;
    let path = if directory.is_empty() { file.clone() } else { format!("{directory}/{file}") };
    let severity = description.severity.parse::<Severity>();
    let metadata = description.metadata(*severity.as_ref().unwrap_or(&Severity::Medium));
    let text = severity.map_err(Unusable::from).and_then(|_| description.text(pack, &path));
    Found { path, description, metadata, text }
}

impl Description {
    /// What Terrascan tells rules apart by.
    fn key(&self) -> &str {
        if self.reference_id.is_empty() { &self.id } else { &self.reference_id }
    }

    /// The view that all rules have. Findings are told by `id`, as in Terrascan; the reference id is an alias.
    fn metadata(&self, severity: Severity) -> Metadata {
        let id = if self.id.is_empty() { &self.reference_id } else { &self.id };
        Metadata {
            id: RuleId::new(id.as_str()),
            title: self.description.as_str().into(),
            why: self.description.as_str().into(),
            remedy: "".into(),
            severity,
            category: self.category.as_str().into(),
            frameworks: [(TERRASCAN.to_owned(), vec![self.key().to_owned()])].into(),
            links: Vec::new(),
            engines: vec![Engine::Terraform, Engine::CloudFormation],
            parameters: BTreeMap::new(),
        }
    }

    fn text(&self, pack: &Pack, path: &str) -> Result<String, Unusable> {
        if self.name.contains('.') {
            return Err(Unusable::Name(self.name.clone()));
        }
        let template = pack.file(path).ok_or_else(|| Unusable::NoFile(path.to_owned()))?;
        let mut arguments = self.template_args.clone().unwrap_or_default();
        arguments.entry("name").or_insert_with(|| self.name.clone().into());
        Ok(template::render(template, &arguments.into())?)
    }
}
