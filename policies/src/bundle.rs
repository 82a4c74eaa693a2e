//! A set of rules, compiled once.

pub(crate) mod own;
mod terrascan;

use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::builtin;
use crate::finding::{RuleId, Severity};
use crate::metadata::{Metadata, MetadataError};
use crate::pack::terrascan::{self as layout, PackWarning};
use crate::pack::{Pack, is_rule_file};
use crate::rego::{Compiled, Dialect, Document, Modules, RegoError, Session, TIME_LIMIT, Violation};
use crate::resource::Engine;
use crate::settings::{Settings, SettingsError};
use own::RuleFile;

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
    kind: Kind,
    ask: Ask,
}

/// The layout that a rule comes from, and with it the input that it judges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Our own: a file with a `# METADATA` block. It judges the resource model.
    Own,
    /// Terrascan's: metadata in JSON, and a template. It judges Terrascan's input document.
    Terrascan {
        /// The rule's name in its file.
        name: String,
        /// The provider, for example `aws`; empty when the metadata does not say.
        policy_type: String,
        /// The type that the input must have for the rule to run; empty for any.
        resource_type: String,
    },
}

/// How a rule is asked.
#[derive(Clone, Debug)]
enum Ask {
    /// A rule of one of the bundle's units.
    Query { unit: usize, entry: String },
    /// There is nothing to ask for: it never finds anything.
    Never,
    /// It cannot be asked, and why.
    Unusable(String),
}

impl Rule {
    fn own(file: &RuleFile, unit: usize, entry: String) -> Self {
        let (path, metadata) = (file.path.clone(), file.metadata.clone());
        Self { path, metadata, severity: None, kind: Kind::Own, ask: Ask::Query { unit, entry } }
    }

    /// The rule's file, relative to its pack.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the rule is asked as together with others.
    fn entry_together(&self) -> Option<&str> {
        match &self.ask {
            Ask::Query { unit: 0, entry } => Some(entry),
            _ => None,
        }
    }

    /// The layout that the rule comes from.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The rule's short name: its file's, without the ending; for Terrascan's rules that of their metadata.
    pub fn name(&self) -> &str {
        if let Kind::Terrascan { name, .. } = &self.kind {
            return name;
        }
        let file = self.path.rsplit('/').next().unwrap_or(&self.path);
        file.strip_suffix(".rego").unwrap_or(file)
    }

    /// What the rule says of itself.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Whether the rule has anything to say of a document of Terrascan's with these types; an empty one is judged by all.
    fn concerns(&self, document: &serde_json::Map<String, serde_json::Value>) -> bool {
        let Kind::Terrascan { policy_type, resource_type, .. } = &self.kind else { return false };
        let is_kubernetes =
            |kind: &String| policy_type == "k8s" && kind.to_lowercase().contains("kubernetes");
        document.is_empty()
            || resource_type.is_empty()
            || document.keys().any(|kind| kind == resource_type || is_kubernetes(kind))
    }

    fn ask<'s, T>(
        &self,
        sessions: &mut [Session<'s>],
        read: impl Fn(&mut Session<'s>, &str) -> Result<Vec<T>, RegoError>,
    ) -> Result<Vec<T>, RegoError> {
        match &self.ask {
            Ask::Query { unit, entry } => {
                sessions.get_mut(*unit).map_or(Ok(Vec::new()), |session| read(session, entry))
            }
            Ask::Never => Ok(Vec::new()),
            Ask::Unusable(why) => Err(RegoError::Unusable(why.clone())),
        }
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
    warnings: Vec<PackWarning>,
    left_out: Vec<RuleId>,
    min_severity: Option<Severity>,
    ignores_suppressions: bool,
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
        builtin::FILES.iter().map(|file| (file.path.to_owned(), file.text.to_owned()))
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
        build(&[Pack::new("", files)], &Settings::default(), limit)
    }

    /// Compiles packs together, with what the user set. Files that are not `*.rego` and tests (`*_test.rego`)
    /// are left out; a file without a `# METADATA` block is a library that the rules of all packs may import.
    ///
    /// # Errors
    /// Every [`PackError`]; the first in the order of packs and paths.
    pub fn from_packs(packs: impl IntoIterator<Item = Pack>, settings: &Settings) -> Result<Self, PackError> {
        build(&packs.into_iter().collect::<Vec<_>>(), settings, TIME_LIMIT)
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

    /// What is less severe than this is no finding.
    pub(crate) fn min_severity(&self) -> Option<Severity> {
        self.min_severity
    }

    /// Whether what authors suppress is found all the same.
    pub(crate) fn ignores_suppressions(&self) -> bool {
        self.ignores_suppressions
    }

    /// Judges a document by every rule that understands the engine's inputs. One rule's error is of no concern to the next.
    pub(crate) fn judge(
        &self,
        document: &Document,
        engine: Engine,
    ) -> impl Iterator<Item = (&Rule, Result<Vec<Violation>, RegoError>)> {
        let mut sessions: Vec<_> = self.units.iter().map(|unit| unit.session_together(document)).collect();
        let is_ours = move |rule: &&Rule| rule.kind == Kind::Own && rule.metadata.engines.contains(&engine);
        let rules = self.rules.iter().filter(is_ours);
        rules.map(move |rule| (rule, rule.ask(&mut sessions, Session::deny)))
    }

    /// Whether any rule judges Terrascan's input document, so that it is worth being made.
    pub fn has_terrascan_rules(&self) -> bool {
        self.rules.iter().any(|rule| rule.kind != Kind::Own)
    }

    /// Whether any rule judges the resource model.
    pub fn has_own_rules(&self) -> bool {
        self.rules.iter().any(|rule| rule.kind == Kind::Own)
    }

    /// Judges a document of Terrascan's by its rules: the ids of the resources that each one finds, in its own order.
    /// Rules whose resource type is not in the document are left out, unless it is empty, as in Terrascan.
    pub fn judge_terrascan(
        &self,
        document: serde_json::Map<String, serde_json::Value>,
    ) -> Vec<(&Rule, Result<Vec<String>, RegoError>)> {
        let rules: Vec<_> = self.rules.iter().filter(|rule| rule.concerns(&document)).collect();
        let document = Document::new(document.into());
        let mut sessions: Vec<_> = self.units.iter().map(|unit| unit.session_on(&document)).collect();
        rules.into_iter().map(|rule| (rule, rule.ask(&mut sessions, Session::ids))).collect()
    }

    /// Compiles at once what is else compiled when the first input needs it: some tenths of a second, and some ten MiB.
    pub fn warm(&self) {
        self.units.iter().for_each(Compiled::warm);
    }

    /// What the authors of the packs should know.
    pub fn warnings(&self) -> &[PackWarning] {
        &self.warnings
    }
}

fn build(packs: &[Pack], settings: &Settings, limit: Duration) -> Result<Bundle, PackError> {
    let (files, libraries) = own_files(packs)?;
    let fresh = Modules::new(Dialect::V1, limit);
    let fresh = if packs.iter().all(Pack::is_builtin) { fresh.known_to_compile() } else { fresh };
    let library = own::library(fresh, &libraries, &files, settings)?;
    let own::Compilation { mut rules, mut units } = own::compile(&library, &files, settings)?;
    let mut warnings = Vec::new();
    for pack in packs.iter().filter(|pack| layout::is_in(pack)) {
        let found = terrascan::compile(pack, units.len(), limit);
        rules.extend(found.rules);
        units.extend(found.unit);
        warnings.extend(found.warnings);
    }
    let left_out = settle(&mut rules, settings)?;
    let Settings { min_severity, ignore_suppressions: ignores_suppressions, .. } = *settings;
    let digest = digest(packs, settings);
    Ok(Bundle { rules, units, warnings, left_out, min_severity, ignores_suppressions, digest })
}

/// The rules of our own layout, in the order of their ids, and the libraries. Beside Terrascan's rules there are none: a file
/// without metadata is a template there.
fn own_files(packs: &[Pack]) -> Result<(Vec<RuleFile>, Vec<own::File>), PackError> {
    let (mut rules, mut libraries) = (Vec::new(), Vec::new());
    for (index, pack) in packs.iter().enumerate() {
        let is_terrascan = layout::is_in(pack);
        for (path, text) in pack.files().filter(|(path, _)| is_rule_file(path)) {
            let file = (path.to_owned(), text.to_owned());
            let known = if pack.is_builtin() { builtin::file(path) } else { None };
            if Metadata::is_in(text) {
                rules.push(RuleFile::read(index, file, known)?);
            } else if !is_terrascan {
                libraries.push(file);
            }
        }
    }
    rules.sort_by(|a, b| (&a.metadata.id, a.pack, &a.path).cmp(&(&b.metadata.id, b.pack, &b.path)));
    no_duplicates(&rules)?;
    Ok((rules, libraries))
}

/// Orders the rules and applies the settings to them. Returns all names of those that are left out.
fn settle(rules: &mut Vec<Rule>, settings: &Settings) -> Result<Vec<RuleId>, PackError> {
    if rules.is_empty() {
        return Err(PackError::Empty);
    }
    let errors = settings.check(&rules.iter().map(Rule::metadata).collect::<Vec<_>>());
    if !errors.is_empty() {
        return Err(PackError::Settings(errors));
    }
    rules.sort_by(|a, b| (&a.metadata.id, &a.path).cmp(&(&b.metadata.id, &b.path)));
    for rule in rules.iter_mut() {
        rule.severity = settings.severities.get(&rule.metadata.id).copied();
    }
    let all = rules.iter().map(Rule::metadata);
    let left_out = all.filter(|rule| !settings.selects(rule)).flat_map(Metadata::names).collect();
    rules.retain(|rule| settings.selects(&rule.metadata));
    Ok(left_out)
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
        let is_terrascan = layout::is_in(pack);
        let counts = |path: &str| is_rule_file(path) || is_terrascan && path.ends_with(".json");
        pack.files().filter(|(path, _)| counts(path)).for_each(|(path, text)| {
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
    for (first, second) in rules.iter().zip(rules.iter().skip(1)) {
        if first.metadata.id == second.metadata.id {
            let (id, first, second) = (first.metadata.id.clone(), first.path.clone(), second.path.clone());
            return Err(PackError::DuplicateId { id, first, second });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Bundle, Dialect, Metadata, Modules, TIME_LIMIT, builtin, is_rule_file};

    #[test]
    fn every_rule_of_ours_runs_on_the_machine() {
        let bundle = Bundle::builtin().expect("compiles");
        let slow: Vec<_> = bundle.units.iter().flat_map(super::Compiled::interpreted).collect();
        assert!(slow.is_empty(), "only the interpreter can judge {slow:#?}");
    }

    #[test]
    fn what_is_known_before_a_rule_is_read_is_what_is_read() {
        for file in builtin::FILES.iter().filter(|file| Metadata::is_in(file.text)) {
            let known = file.annotations.map(|text| Metadata::from_json(text).expect(file.path));
            assert_eq!(known, Metadata::parse(file.text).ok(), "{}", file.path);
        }
        assert_eq!(
            builtin::file("aws/s3/public_acl.rego").map(|file| file.path),
            Some("aws/s3/public_acl.rego")
        );
        assert!(builtin::file("aws/s3").is_none());
    }

    /// `packs/needs.json` has what each rule needs, as it is found by reading all. `WAYLEAVE_WRITE_PAGES=1` writes it.
    #[test]
    fn what_rules_need_is_current() {
        let mut modules = Modules::new(Dialect::V1, TIME_LIMIT);
        let mut entries = Vec::new();
        for file in builtin::FILES.iter().filter(|file| is_rule_file(file.path)) {
            let package = modules.add(file.path, file.text).expect(file.path);
            entries.extend(Metadata::is_in(file.text).then(|| (file.path, format!("{package}.deny"))));
        }
        let needs = entries.iter().filter_map(|(path, entry)| Some((path, modules.need_of(entry)?)));
        let lines = needs.map(|(path, need)| format!("  {path:?}: {}", serde_json::json!(need)));
        let text = format!("{{\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"));
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/packs/needs.json");
        if std::env::var_os("WAYLEAVE_WRITE_PAGES").is_some() {
            std::fs::write(path, &text).expect("packs/ is writable");
        }
        let written = std::fs::read_to_string(path).expect("packs/needs.json is there");
        assert!(written == text, "run `make rule-pages`: packs/needs.json is not current");
    }
}
