//! `wayleave.hcl`: the stacks of one repository, owned by its developers.

mod read;

use crate::account::Scope;
use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use crate::expression::Formula;
use crate::ids::{Region, RepositoryName, StackName, StageName};
use crate::reader::table::Table;
use crate::reader::{Reader, parse};
use crate::zone::Zone;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What plans and applies a stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// Terraform.
    Terraform,
    /// OpenTofu.
    OpenTofu,
    /// AWS CloudFormation.
    CloudFormation,
    /// AWS SAM, built and then handed to CloudFormation.
    Sam,
}

impl Engine {
    /// Every engine.
    pub const ALL: [Engine; 4] = [Self::Terraform, Self::OpenTofu, Self::CloudFormation, Self::Sam];

    /// The engine as the file writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::OpenTofu => "opentofu",
            Self::CloudFormation => "cloudformation",
            Self::Sam => "sam",
        }
    }

    /// Whether it reads a template (CloudFormation and SAM) rather than a root module.
    #[must_use]
    pub fn has_template(self) -> bool {
        matches!(self, Self::CloudFormation | Self::Sam)
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One `stack` block.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stack {
    /// Its label.
    pub name: StackName,
    /// What plans and applies it.
    pub engine: Engine,
    /// Its directory from the root of the repository: parts joined by `/`, never `..`; `.` for the root itself.
    pub path: String,
    /// The template, from `path`; `None` for Terraform and OpenTofu. Default: `template.yaml`.
    pub template: Option<String>,
    /// The stages that it goes to, all of them allowed to the repository. Default: all that are.
    pub stages: BTreeSet<StageName>,
    /// The regions that it goes to, without duplicates, never empty. Default: the organization's.
    pub regions: Vec<Region>,
    /// Globs from the root of the repository; a changed file that matches one touches the stack.
    /// `None`: the path and every local module that it uses.
    pub when_modified: Option<Vec<String>>,
    /// Terraform variables by name; empty for other engines.
    pub variables: BTreeMap<String, Formula>,
    /// CloudFormation parameters by name; empty for other engines.
    pub parameters: BTreeMap<String, Formula>,
    /// Stacks of this file that are applied before it in the same stage.
    pub depends_on: BTreeSet<StackName>,
}

impl Stack {
    /// The variables or parameters for one unit. Variables are any JSON; parameters are strings, a list's items
    /// joined by commas. Every expression that fails is reported with its place in `wayleave.hcl`.
    pub fn inputs(&self, scope: &Scope<'_>) -> Result<BTreeMap<String, serde_json::Value>, Diagnostics> {
        let variables = self.variables.iter().map(|(name, formula)| (name, formula.evaluate(scope)));
        let parameters =
            self.parameters.iter().map(|(name, formula)| (name, formula.parameter(scope).map(Into::into)));
        let (mut inputs, mut failed) = (BTreeMap::new(), Vec::new());
        for (name, result) in variables.chain(parameters) {
            match result {
                Ok(value) => _ = inputs.insert(name.clone(), value),
                Err(found) => failed.extend(found.into_vec()),
            }
        }
        Diagnostics::new(failed).map_or(Ok(inputs), Err)
    }
}

/// Everything that one `wayleave.hcl` says, checked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StackFile {
    /// The stacks in the order of the file.
    pub stacks: Vec<Stack>,
}

impl StackFile {
    /// Reads a `wayleave.hcl` for a repository of the zone: the stacks with their warnings and notes, or every error
    /// at once.
    pub fn parse(
        source: &Source,
        zone: &Zone,
        repository: &RepositoryName,
    ) -> Result<(StackFile, Vec<Diagnostic>), Diagnostics> {
        let reader = Reader::new(source);
        let Some(allowed) = zone.repository(repository) else {
            let message = format!("the zone does not name the repository {:?}", repository.as_str());
            reader.error(
                &(0..0),
                message,
                format!("add a block `repository {:?} {{ … }}` to zone.hcl", repository.as_str()),
            );
            return reader.finish(None);
        };
        let rules = read::Rules { zone, repository: allowed };
        let stacks = parse::body(&reader).and_then(|body| read::stacks(&Table::root(&reader, &body), &rules));
        reader.finish(stacks.map(|stacks| StackFile { stacks }))
    }

    /// The stack of a name.
    #[must_use]
    pub fn stack(&self, name: &StackName) -> Option<&Stack> {
        self.stacks.iter().find(|s| &s.name == name)
    }
}
