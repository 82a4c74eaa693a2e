//! A set of rules, compiled once.

pub(crate) mod own;

use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::finding::{RuleId, Severity};
use crate::metadata::{Metadata, MetadataError};
use crate::pack::{Pack, is_rule_file};
use crate::rego::{Compiled, Document, RegoError, TIME_LIMIT, Violation};
use crate::resource::Engine;
use crate::settings::{Settings, SettingsError};
use own::RuleFile;

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
    /// Settings fit no rule. All of them are listed.
    #[error("the settings do not fit the rules: {}", list(.0))]
    Settings(Vec<SettingsError>),
    /// There is no rule at all, and a gate without rules would pass everything.
    #[error("the pack has no rules: give files `*.rego` with a `# METADATA` block")]
    Empty,
}

fn list(errors: &[SettingsError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// One compiled rule.
#[derive(Clone, Debug)]
pub struct Rule {
    path: String,
    metadata: Metadata,
    severity: Option<Severity>,
    unit: usize,
    entry: String,
}

impl Rule {
    fn own(file: &RuleFile, unit: usize, entry: String) -> Self {
        let (path, metadata) = (file.path.clone(), file.metadata.clone());
        Self { path, metadata, severity: None, unit, entry }
    }

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

    /// How bad a violation is: what the user set, else what the rule says of the case, else what its metadata says.
    pub fn severity(&self, of_the_case: Option<Severity>) -> Severity {
        self.severity.or(of_the_case).unwrap_or(self.metadata.severity)
    }
}

/// A set of rules with the digest of their text and settings.
#[derive(Clone, Debug)]
pub struct Bundle {
    rules: Vec<Rule>,
    units: Vec<Compiled>,
    left_out: Vec<RuleId>,
    digest: String,
}

impl Bundle {
    /// The pack that comes with the program.
    ///
    /// # Errors
    /// None for a released program: a test compiles the pack.
    pub fn builtin() -> Result<Self, PackError> {
        Self::from_packs([Pack::builtin()], &Settings::default())
    }

    /// The files of that pack, to be put together with others in [`Bundle::from_files`].
    pub fn builtin_files() -> impl Iterator<Item = (String, String)> {
        BUILTIN.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
    }

    /// Compiles one pack from `(path, text)` pairs. See [`Bundle::from_packs`].
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
        build(vec![Pack::new("", files)], &Settings::default(), limit)
    }

    /// Compiles packs together, with what the user set. Files that are not `*.rego` and tests (`*_test.rego`)
    /// are left out; a file without a `# METADATA` block is a library that the rules of all packs may import.
    ///
    /// # Errors
    /// Every [`PackError`]; the first in the order of packs and paths.
    pub fn from_packs(packs: impl IntoIterator<Item = Pack>, settings: &Settings) -> Result<Self, PackError> {
        build(packs.into_iter().collect(), settings, TIME_LIMIT)
    }

    /// `sha256:<hex>` over the paths and texts of all rule files in the order of packs and paths, and over the settings.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The rules, in the order of their ids.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether the settings leave out the rule of this id, or the one that succeeds it.
    pub(crate) fn leaves_out(&self, id: &RuleId) -> bool {
        self.left_out.iter().any(|known| known.as_str().eq_ignore_ascii_case(id.as_str()))
    }

    /// Judges a document by every rule that understands the engine's inputs. One rule's error is of no concern to the next.
    pub(crate) fn judge(
        &self,
        document: &Document,
        engine: Engine,
    ) -> impl Iterator<Item = (&Rule, Result<Vec<Violation>, RegoError>)> {
        let mut sessions: Vec<_> = self.units.iter().map(|unit| unit.session_on(document)).collect();
        let rules = self.rules.iter().filter(move |rule| rule.metadata.engines.contains(&engine));
        rules.filter_map(move |rule| Some((rule, sessions.get_mut(rule.unit)?.deny(&rule.entry))))
    }
}

fn build(packs: Vec<Pack>, settings: &Settings, limit: Duration) -> Result<Bundle, PackError> {
    let digest = digest(&packs, settings);
    let (mut rules, mut libraries) = (Vec::new(), Vec::new());
    for (index, pack) in packs.into_iter().enumerate() {
        for file in pack.rule_files() {
            match Metadata::is_in(&file.1) {
                true => rules.push(RuleFile::read(index, file)?),
                false => libraries.push(file),
            }
        }
    }
    rules.sort_by(|a, b| (&a.metadata.id, a.pack, &a.path).cmp(&(&b.metadata.id, b.pack, &b.path)));
    no_duplicates(&rules)?;
    fits(settings, &rules)?;
    let library = own::library(&libraries, own::data(&rules, settings), limit)?;
    let mut compilation = own::compile(&library, &rules)?;
    let all = compilation.rules.iter().map(Rule::metadata);
    let left_out = all.filter(|rule| !settings.selects(rule)).flat_map(Metadata::names).collect();
    compilation.rules.retain(|rule| settings.selects(&rule.metadata));
    for rule in &mut compilation.rules {
        rule.severity = settings.severities.get(&rule.metadata.id).copied();
    }
    Ok(Bundle { rules: compilation.rules, units: compilation.units, left_out, digest })
}

/// Lengths go in before the bytes, so that no two sets of files have the same stream.
fn digest(packs: &[Pack], settings: &Settings) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    };
    for (index, pack) in packs.iter().enumerate() {
        if index > 0 {
            add("pack");
        }
        pack.files().filter(|(path, _)| is_rule_file(path)).for_each(|(path, text)| {
            add(path);
            add(text);
        });
    }
    if *settings != Settings::default() {
        add(&serde_json::to_string(settings).unwrap_or_default());
    }
    format!("sha256:{}", hex::encode(hash.finalize()))
}

fn no_duplicates(rules: &[RuleFile]) -> Result<(), PackError> {
    if rules.is_empty() {
        return Err(PackError::Empty);
    }
    for (first, second) in rules.iter().zip(rules.iter().skip(1)) {
        if first.metadata.id == second.metadata.id {
            let (id, first, second) = (first.metadata.id.clone(), first.path.clone(), second.path.clone());
            return Err(PackError::DuplicateId { id, first, second });
        }
    }
    Ok(())
}

fn fits(settings: &Settings, rules: &[RuleFile]) -> Result<(), PackError> {
    let errors = settings.check(&rules.iter().map(|rule| &rule.metadata).collect::<Vec<_>>());
    if errors.is_empty() { Ok(()) } else { Err(PackError::Settings(errors)) }
}
