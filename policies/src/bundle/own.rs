//! Compiles packs of our own layout: Rego v1 files whose `# METADATA` blocks say everything.

use std::collections::BTreeSet;

use super::{PackError, Rule};
use crate::builtin;
use crate::metadata::Metadata;
use crate::rego::{Compiled, Modules, RegoError, package};
use crate::settings::Settings;

/// One file of a pack: `(path, text)`.
pub(super) type File = (String, String);

/// A file with the metadata of its rule.
pub(crate) struct RuleFile {
    pub(super) pack: usize,
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) metadata: Metadata,
    /// What is known of it, if it comes with the program.
    known: Option<&'static builtin::File>,
}

impl RuleFile {
    pub(crate) fn read(
        pack: usize,
        (path, text): File,
        known: Option<&'static builtin::File>,
    ) -> Result<Self, PackError> {
        let annotations = known.and_then(|file| file.annotations);
        match annotations.map_or_else(|| Metadata::parse(&text), Metadata::from_json) {
            Ok(metadata) => Ok(Self { pack, path, text, metadata, known }),
            Err(source) => Err(PackError::Metadata { file: path, source }),
        }
    }
}

/// Adds the modules that every rule may import, and the rules' parameters, by id and name.
pub(crate) fn library(
    mut modules: Modules,
    libraries: &[File],
    rules: &[RuleFile],
    settings: &Settings,
) -> Result<Modules, PackError> {
    for (path, text) in libraries {
        modules.add(path, text).map_err(PackError::Rego)?;
    }
    for rule in rules.iter().filter(|rule| !rule.metadata.parameters.is_empty()) {
        let parameters = settings.parameters_of(&rule.metadata);
        modules.add_parameters(rule.metadata.id.as_str(), &parameters);
    }
    Ok(modules)
}

/// Rules that are compiled together, and what was compiled.
pub(super) struct Compilation {
    pub(super) rules: Vec<Rule>,
    pub(super) units: Vec<Compiled>,
}

/// Compiles all rules on top of the library. Files of one package would add to each other's answers, so that each
/// file that shares its package with an earlier one is compiled apart.
pub(super) fn compile(
    library: &Modules,
    files: &[RuleFile],
    settings: &Settings,
) -> Result<Compilation, PackError> {
    let (mut together, mut apart) = (library.clone(), Vec::new());
    let (mut rules, mut packages) = (Vec::new(), BTreeSet::new());
    for file in files {
        let fresh = packages.insert(package(&file.text));
        let mut alone = if fresh { None } else { Some(library.clone()) };
        let modules = alone.as_mut().unwrap_or(&mut together);
        let entry = modules.add_rule(&file.path, &file.text).map_err(PackError::Rego)?;
        if let Some(known) = file.known {
            modules.know(&entry, known.need);
        }
        apart.extend(alone.map(|modules| (modules, file)));
        rules.push(Rule::own(file, if fresh { 0 } else { apart.len() }, entry));
    }
    let selected = rules.iter().filter(|rule| settings.selects(&rule.metadata));
    together.ask_together(&selected.filter_map(Rule::entry_together).collect::<Vec<_>>());
    let mut units = vec![together.compile().map_err(|error| blame(library, files, error))?];
    for (modules, file) in apart {
        units.push(modules.compile().map_err(|error| PackError::Rego(error.in_file(&file.path)))?);
    }
    Ok(Compilation { rules, units })
}

/// Which of many files is it that does not compile? Asked only when one of them does not.
fn blame(library: &Modules, files: &[RuleFile], error: RegoError) -> PackError {
    for file in files {
        let mut alone = library.clone();
        let compiled = alone.add_rule(&file.path, &file.text).and_then(|_| alone.compile());
        if let Err(error) = compiled {
            return PackError::Rego(error.in_file(&file.path));
        }
    }
    PackError::Rego(error.in_file("the pack as a whole"))
}
