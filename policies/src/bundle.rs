//! A set of rules, compiled once.

use std::collections::BTreeMap;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::finding::RuleId;
use crate::metadata::{Metadata, MetadataError};
use crate::rego::{Library, Program, RegoError, TIME_LIMIT};

/// The files of `packs/`, by path relative to it: `(path, text)`.
const BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// A pack that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A file is not Rego that can be run.
    #[error("the pack has a file that cannot be compiled")]
    Rego(#[source] RegoError),
    /// A rule's `# METADATA` block is missing something.
    #[error("{file}: the `# METADATA` block cannot be used")]
    Metadata {
        /// The rule's file.
        file: String,
        /// What is wrong with it.
        source: MetadataError,
    },
    /// Two rules have the same id.
    #[error("{second} has the id {id} of {first}: give every rule an id of its own")]
    DuplicateId {
        /// The id.
        id: RuleId,
        /// The file that has it, too.
        first: String,
        /// The file that came later.
        second: String,
    },
    /// There is no rule at all, and a gate without rules would pass everything.
    #[error("the pack has no rules: give files `*.rego` with a `# METADATA` block")]
    Empty,
}

/// One compiled rule.
#[derive(Clone, Debug)]
pub struct Rule {
    path: String,
    metadata: Metadata,
    program: Program,
}

impl Rule {
    /// The rule's file, relative to its pack.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The rule's short name: its file's, without the ending.
    pub fn name(&self) -> &str {
        let file = self.path.rsplit('/').next().unwrap_or(&self.path);
        file.strip_suffix(".rego").unwrap_or(file)
    }

    /// What the rule says of itself.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    pub(crate) fn program(&self) -> &Program {
        &self.program
    }
}

/// A set of rules with the digest of their text.
#[derive(Clone, Debug)]
pub struct Bundle {
    rules: Vec<Rule>,
    digest: String,
}

impl Bundle {
    /// The pack that comes with the program.
    ///
    /// # Errors
    /// None for a released program: a test compiles the pack.
    pub fn builtin() -> Result<Self, PackError> {
        Self::from_files(Self::builtin_files())
    }

    /// The files of that pack, to be put together with others in [`Bundle::from_files`].
    pub fn builtin_files() -> impl Iterator<Item = (String, String)> {
        BUILTIN.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
    }

    /// Compiles a pack from `(path, text)` pairs. Files that are not `*.rego` and tests (`*_test.rego`)
    /// are left out; a file without a `# METADATA` block is a library that the rules may import.
    ///
    /// # Errors
    /// Every [`PackError`]; the first in the order of paths.
    pub fn from_files(files: impl IntoIterator<Item = (String, String)>) -> Result<Self, PackError> {
        Self::with_time_limit(files, TIME_LIMIT)
    }

    /// As [`Bundle::from_files`], with a bound on the time that one rule may take over one input.
    ///
    /// # Errors
    /// Every [`PackError`]; the first in the order of paths.
    pub fn with_time_limit(
        files: impl IntoIterator<Item = (String, String)>,
        limit: Duration,
    ) -> Result<Self, PackError> {
        let files: BTreeMap<String, String> =
            files.into_iter().filter(|(path, _)| is_rule_file(path)).collect();
        let digest = digest(&files);
        let (rules, libraries): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(_, text)| Metadata::is_in(text));
        let library = library(libraries, limit)?;
        let mut rules: Vec<Rule> =
            rules.into_iter().map(|(path, text)| compile(&library, path, &text)).collect::<Result<_, _>>()?;
        rules.sort_by(|a, b| (&a.metadata.id, &a.path).cmp(&(&b.metadata.id, &b.path)));
        no_duplicates(&rules)?;
        if rules.is_empty() { Err(PackError::Empty) } else { Ok(Self { rules, digest }) }
    }

    /// `sha256:<hex>` over the paths and texts of all rule files in the order of their paths.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The rules, in the order of their ids.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}

pub(crate) fn is_test_file(path: &str) -> bool {
    path.ends_with("_test.rego")
}

fn is_rule_file(path: &str) -> bool {
    path.ends_with(".rego") && !is_test_file(path)
}

/// Lengths go in before the bytes, so that no two sets of files have the same stream.
fn digest(files: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for part in files.iter().flat_map(|(path, text)| [path, text]) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    format!("sha256:{}", hex::encode(hash.finalize()))
}

pub(crate) fn library(files: Vec<(String, String)>, limit: Duration) -> Result<Library, PackError> {
    let mut library = Library::new(limit);
    for (path, text) in files {
        library.add(&path, &text).map_err(PackError::Rego)?;
    }
    Ok(library)
}

fn compile(library: &Library, path: String, text: &str) -> Result<Rule, PackError> {
    let metadata =
        Metadata::parse(text).map_err(|source| PackError::Metadata { file: path.clone(), source })?;
    let program = library.program(&path, text).map_err(PackError::Rego)?;
    Ok(Rule { path, metadata, program })
}

fn no_duplicates(rules: &[Rule]) -> Result<(), PackError> {
    for (first, second) in rules.iter().zip(rules.iter().skip(1)) {
        if first.metadata.id == second.metadata.id {
            let (id, first, second) = (first.metadata.id.clone(), first.path.clone(), second.path.clone());
            return Err(PackError::DuplicateId { id, first, second });
        }
    }
    Ok(())
}
