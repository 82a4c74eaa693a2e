//! Terraform directories as Terrascan sees them: every directory is a root, and is within every root that calls it.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Map, Value};

use super::document::{Document, Occurrence};
use super::module::Declared;
use super::resolve::Resolver;
use super::term::{Fields, fields_json};
use super::tree::{Modules, Tree};
use crate::find::MAX_DEPTH;
use crate::finding::Location;
use crate::source::{Files, join};

/// The version that Terrascan says to be.
const TERRAFORM_VERSION: &str = "0.15.0";

/// How Terraform directories are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Only the directory itself and the modules that it calls.
    pub non_recursive: bool,
    /// Directories of modules that are not local, by their source, as `terraform init` left them.
    pub installed: BTreeMap<String, String>,
    /// Whether the document says for each attribute where it stands (`line_config`). No rule that is known reads it, and
    /// it makes the document half as large again.
    pub lines: bool,
}

/// Reads a directory and those below it, hidden ones left out.
pub fn document(files: &dyn Files, root: &str, options: &Options) -> Document {
    document_of(files, root, options, &|_| false)
}

/// The same without the directories below it that are excluded, unless they are called as modules.
pub(super) fn document_of(
    files: &dyn Files,
    root: &str,
    options: &Options,
    is_excluded: &dyn Fn(&str) -> bool,
) -> Document {
    let root = join("", root);
    let document = Document::default();
    let mut reader = Reader { root: &root, lines: options.lines, document, seen: HashSet::new() };
    let mut modules = Modules::new(files, options.installed.clone(), options.lines);
    let mut cut = Vec::new();
    for directory in directories(files, &root, options.non_recursive, is_excluded) {
        if let Some(tree) = modules.tree(&directory) {
            (0..tree.len()).for_each(|instance| reader.instance(&tree, instance, &directory));
            cut.extend(tree.cut());
            drop(tree);
            modules.release(&directory);
        }
    }
    let mut document = reader.document;
    document.errors = modules.into_errors().chain(cut).collect();
    document
}

/// The directory and all below it, each before what is in it.
fn directories(
    files: &dyn Files,
    root: &str,
    non_recursive: bool,
    is_excluded: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(root.to_owned(), 0)];
    // Symbolic links may go round. Who looks for what is to be scanned tells what lies deeper.
    let mut seen = HashSet::new();
    while let Some((directory, depth)) = open.pop() {
        if !seen.insert(files.real(&directory)) {
            continue;
        }
        if !non_recursive && depth < MAX_DEPTH {
            let entries = files.list(&directory).unwrap_or_default();
            let below =
                entries.iter().rev().filter(|entry| entry.is_directory && !entry.name.starts_with('.'));
            let below = below.map(|entry| join(&directory, &entry.name)).filter(|path| !is_excluded(path));
            open.extend(below.map(|path| (path, depth + 1)));
        }
        found.push(directory);
    }
    found
}

/// Where a resource was written, and the hash of what it said there.
type Seen = HashSet<(String, String, String, u64)>;

struct Reader<'a> {
    root: &'a str,
    lines: bool,
    document: Document,
    seen: Seen,
}

impl Reader<'_> {
    fn instance(&mut self, tree: &Tree, instance: usize, directory: &str) {
        let resolver = Resolver { tree, instance, with_call: true };
        let module = tree.module(instance);
        for declared in &module.resources {
            let config = resolver.fields(&declared.config);
            let source = relative(self.root, &declared.extent.file);
            if !self.is_new(declared, &config, &source) {
                continue;
            }
            let mut more = Map::new();
            if self.lines {
                more.insert("line_config".into(), Value::Object(fields_json(declared.lines.clone())));
            }
            more.insert("terraform_version".into(), TERRAFORM_VERSION.into());
            more.extend(
                module
                    .provider_version(&declared.kind)
                    .map(|version| ("provider_version".into(), version.into())),
            );
            let plan_root =
                if directory == self.root { "./".to_owned() } else { relative(self.root, directory) };
            let occurrence = occurrence(tree, instance, declared, source, plan_root);
            self.document.push(occurrence, Value::Object(fields_json(config)), more);
        }
    }

    /// A resource that says the same as one before it, of the same file, is not repeated.
    fn is_new(&mut self, declared: &Declared, config: &Fields, source: &str) -> bool {
        let mut hash = DefaultHasher::new();
        config.hash(&mut hash);
        let key = (declared.kind.clone(), declared.name.clone(), source.to_owned(), hash.finish());
        self.seen.insert(key)
    }
}

fn occurrence(
    tree: &Tree,
    instance: usize,
    declared: &Declared,
    source: String,
    plan_root: String,
) -> Occurrence {
    let extent = declared.extent.clone();
    let id = format!("{}.{}", declared.kind, declared.name);
    Occurrence {
        address: format!("{}{id}", tree.path(instance)),
        id,
        kind: declared.kind.clone(),
        name: declared.name.clone(),
        source,
        line: extent.first,
        module_name: tree.name(instance).to_owned(),
        plan_root,
        directives: declared.directives.clone(),
        location: Some(Location { file: extent.file.clone(), line: extent.first, column: 1 }),
        callers: tree.callers(instance),
        extent: Some(extent),
    }
}

/// A path as seen from a directory, both in plain form.
pub(super) fn relative(base: &str, path: &str) -> String {
    let parts = |path: &'_ str| -> Vec<String> {
        path.split('/').filter(|part| !part.is_empty() && *part != ".").map(str::to_owned).collect()
    };
    let (base, path) = (parts(base), parts(path));
    let common = base.iter().zip(&path).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), base.len() - common);
    let parts: Vec<String> = up.chain(path.into_iter().skip(common)).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn paths_are_seen_from_the_root() {
        for (base, path, expected) in [
            ("a", "a/b.tf", "b.tf"),
            ("a/b", "a/c/d.tf", "../c/d.tf"),
            (".", "../c.tf", "../c.tf"),
            ("..", "../../m/c.tf", "../m/c.tf"),
            ("/a", "/a", "."),
        ] {
            assert_eq!(relative(base, path), expected, "{base} {path}");
        }
    }
}
