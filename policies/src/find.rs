//! Finds what can be scanned, by looking.

use std::collections::BTreeSet;

use crate::scan::ScanError;
use crate::source::{Files, join};
use crate::terraform;

/// Directories that hold copies, downloads and the history of what is elsewhere. One that is named is looked through.
const PASSED_BY: [&str; 5] = [".git", ".terraform", ".terragrunt-cache", ".aws-sam", "node_modules"];
/// Directories in directories.
pub(crate) const MAX_DEPTH: usize = 100;

/// What can be scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A directory with Terraform's own files.
    Terraform,
    /// What `terraform show -json` prints for a plan.
    Plan,
    /// A CloudFormation template.
    CloudFormation,
    /// A template with SAM's types.
    Sam,
}

impl Kind {
    /// The word for it: `terraform`, `tfplan`, `cloudformation` or `sam`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::Plan => "tfplan",
            Self::CloudFormation => "cloudformation",
            Self::Sam => "sam",
        }
    }
}

/// One thing to scan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// A directory for Terraform, else a file.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// The one file of the directory that was asked for, if it was one.
    pub only: Option<String>,
}

/// Where and how to look.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// What is wanted; a template counts as CloudFormation whether it is SAM or not.
    pub kinds: &'a [Kind],
    /// Whether directories below those that are named are looked through.
    pub recursive: bool,
    /// Whether a path is left out.
    pub is_excluded: &'a dyn Fn(&str) -> bool,
}

/// Looks at files and directories. A file that is named is taken whatever its name; in directories only what looks like it.
/// Directories that others call as modules are left to their callers. Also answers what could not be looked at.
pub fn find(files: &dyn Files, paths: &[String], look: &Look<'_>) -> (Vec<Found>, Vec<ScanError>) {
    let mut search = Search::new(files, look);
    for path in paths {
        if files.is_directory(path) {
            search.directory(&join("", path), 0);
        } else {
            search.named(path);
        }
    }
    search.finish()
}

struct Search<'a> {
    files: &'a dyn Files,
    look: &'a Look<'a>,
    found: Vec<Found>,
    errors: Vec<ScanError>,
    /// Directories with Terraform's files.
    sources: Vec<String>,
    /// Directories by where they really are: a link may lead round in a circle.
    seen: BTreeSet<String>,
}

impl<'a> Search<'a> {
    fn new(files: &'a dyn Files, look: &'a Look<'a>) -> Self {
        Self {
            files,
            look,
            found: Vec::new(),
            errors: Vec::new(),
            sources: Vec::new(),
            seen: BTreeSet::new(),
        }
    }

    fn wants(&self, kind: Kind) -> bool {
        self.look.kinds.contains(&kind)
            || (kind == Kind::Sam && self.look.kinds.contains(&Kind::CloudFormation))
    }

    fn directory(&mut self, path: &str, depth: usize) {
        if !self.seen.insert(self.files.real(path)) {
            return;
        }
        if depth > MAX_DEPTH {
            let message = format!("{path} lies deeper than {MAX_DEPTH} directories; it was not looked into");
            return self.errors.push(ScanError::input(message, "name it on the command line"));
        }
        let entries = match self.files.list(path) {
            Ok(entries) => entries,
            Err(error) => return self.errors.push(unreadable(&error.to_string())),
        };
        for entry in &entries {
            let inner = join(path, &entry.name);
            if (self.look.is_excluded)(&inner) {
                continue;
            }
            if !entry.is_directory {
                self.file(path, &entry.name, &inner);
            } else if self.look.recursive && !PASSED_BY.contains(&entry.name.as_str()) {
                self.directory(&inner, depth + 1);
            }
        }
    }

    fn file(&mut self, directory: &str, name: &str, path: &str) {
        if is_terraform(name) {
            if self.sources.last().is_none_or(|last| last != directory) {
                self.sources.push(directory.to_owned());
            }
            return;
        }
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if !["json", "yaml", "yml", "template"].contains(&extension) {
            return;
        }
        match self.files.read(path) {
            Ok(text) => {
                if let Some(kind) = recognize(&text).filter(|kind| self.wants(*kind)) {
                    self.found.push(Found { path: path.to_owned(), kind, only: None });
                }
            }
            // What is not text is no plan and no template.
            Err(crate::source::ReadError::NotText(_)) => {}
            Err(error) => self.errors.push(unreadable(&error.to_string())),
        }
    }

    fn named(&mut self, path: &str) {
        let path = join("", path);
        let (directory, name) = path.rsplit_once('/').unwrap_or((".", &path));
        if is_terraform(name) && self.files.is_file(&path) {
            let directory = if directory.is_empty() { "/" } else { directory };
            let found = Found { path: directory.to_owned(), kind: Kind::Terraform, only: Some(path.clone()) };
            return self.found.push(found);
        }
        match self.files.read(&path) {
            Ok(text) => {
                let kind = recognize(&text).unwrap_or_else(|| self.presumed(&text));
                self.found.push(Found { path, kind, only: None });
            }
            Err(error) => self.errors.push(unreadable(&error.to_string())),
        }
    }

    /// What a file that looks like nothing is to be read as, so that the reader says what is wrong with it.
    fn presumed(&self, text: &str) -> Kind {
        match self.look.kinds {
            [Kind::Plan] => Kind::Plan,
            [Kind::CloudFormation | Kind::Sam] => Kind::CloudFormation,
            _ if text.trim_start().starts_with('{') => Kind::Plan,
            _ => Kind::CloudFormation,
        }
    }

    fn finish(mut self) -> (Vec<Found>, Vec<ScanError>) {
        if self.wants(Kind::Terraform) {
            let roots = terraform::roots(self.files, &self.sources).into_iter();
            self.found.extend(roots.map(|path| Found { path, kind: Kind::Terraform, only: None }));
        }
        self.found.sort();
        self.found.dedup();
        (self.found, self.errors)
    }
}

fn is_terraform(name: &str) -> bool {
    [".tf", ".tf.json", ".tofu", ".tofu.json"].iter().any(|ending| name.ends_with(ending))
}

/// What a text is, by words that only such texts have.
fn recognize(text: &str) -> Option<Kind> {
    let is_json = text.trim_start().starts_with('{');
    if is_json && text.contains("\"format_version\"") && text.contains("\"planned_values\"") {
        return Some(Kind::Plan);
    }
    let has_section = match is_json {
        true => has_resources(text),
        false => text.lines().any(|line| {
            ["Resources:", "\"Resources\":", "'Resources':"].iter().any(|start| line.starts_with(start))
        }),
    };
    let is_template = has_section && (text.contains("AWS::") || text.contains("AWSTemplateFormatVersion"));
    match is_template {
        true if text.contains("AWS::Serverless") => Some(Kind::Sam),
        true => Some(Kind::CloudFormation),
        false => None,
    }
}

/// Whether a JSON text has the section at its top. One that does not parse may be a template that is broken.
fn has_resources(text: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Top {
        #[serde(rename = "Resources")]
        resources: Option<serde::de::IgnoredAny>,
    }
    text.contains("\"Resources\"")
        && serde_json::from_str::<Top>(text).map_or(true, |top| top.resources.is_some())
}

fn unreadable(what: &str) -> ScanError {
    ScanError::input(what, "make it readable, as text in UTF-8, or leave it out with --exclude")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Tree;

    const PLAN: &str = r#"{"format_version": "1.2", "planned_values": {}}"#;
    const TEMPLATE: &str = "Resources:\n  T: {Type: AWS::SNS::Topic}\n";
    const SAM: &str = "{\"Resources\": {\"F\": {\"Type\": \"AWS::Serverless::Function\"}}}";

    fn tree() -> Tree {
        let files = [
            ("main.tf", "module \"m\" {\n  source = \"./modules/m\"\n}\n"),
            ("modules/m/m.tf", "locals {}\n"),
            ("other/x.tofu", "locals {}\n"),
            ("other/plan.json", PLAN),
            ("app/t.yaml", TEMPLATE),
            ("app/sam.template", SAM),
            ("app/compose.yaml", "services: {image: 'AWS::x'}\n"),
            ("app/package.json", "{}"),
            ("app/event.json", "{\"fragment\": {\"Resources\": {\"T\": {\"Type\": \"AWS::SNS::Topic\"}}}}"),
            (".terraform/modules/m/t.yaml", TEMPLATE),
            (".hidden/t.yaml", TEMPLATE),
            ("node_modules/x/t.json", SAM),
            ("examples/t.yaml", TEMPLATE),
        ];
        Tree::new(files.map(|(path, text)| (path.to_owned(), text.to_owned())))
    }

    fn found(paths: &[&str], kinds: &[Kind], recursive: bool) -> Vec<String> {
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        let look = Look { kinds, recursive, is_excluded: &|path| path.starts_with("examples") };
        let (found, errors) = find(&tree(), &paths, &look);
        let errors = errors.into_iter().map(|error| error.message);
        let found = found.into_iter().map(|found| match found.only {
            Some(file) => format!("{} {file}", found.kind.as_str()),
            None => format!("{} {}", found.kind.as_str(), found.path),
        });
        found.chain(errors).collect()
    }

    #[test]
    fn a_tree_is_looked_through() {
        use Kind::{CloudFormation, Plan, Sam, Terraform};
        let all = [Terraform, Plan, CloudFormation, Sam];
        for (paths, kinds, recursive, expected) in [
            (
                &["."][..],
                &all[..],
                true,
                &[
                    "terraform .",
                    "cloudformation .hidden/t.yaml",
                    "sam app/sam.template",
                    "cloudformation app/t.yaml",
                    "terraform other",
                    "tfplan other/plan.json",
                ][..],
            ),
            (&["."], &all, false, &["terraform ."]),
            (
                &["."],
                &[CloudFormation],
                true,
                &["cloudformation .hidden/t.yaml", "sam app/sam.template", "cloudformation app/t.yaml"],
            ),
            (&["."], &[Sam], true, &["sam app/sam.template"]),
            (
                &["./app", "app/t.yaml", "other/"],
                &[CloudFormation, Plan],
                true,
                &["sam app/sam.template", "cloudformation app/t.yaml", "tfplan other/plan.json"],
            ),
            (&["modules"], &[Terraform], true, &["terraform modules/m"]),
            (&["main.tf"], &all, true, &["terraform main.tf"]),
            (&["app/package.json"], &all, true, &["tfplan app/package.json"]),
            (&["app/package.json"], &[CloudFormation], true, &["cloudformation app/package.json"]),
            (&["app/compose.yaml"], &all, true, &["cloudformation app/compose.yaml"]),
            (&["node_modules"], &all, true, &["sam node_modules/x/t.json"]),
            (&["gone"], &all, true, &["gone does not exist"]),
        ] {
            assert_eq!(found(paths, kinds, recursive), expected, "{paths:?} {kinds:?}");
        }
    }
}
