//! Finds what can be scanned, and reads it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::bail;
use policies::ScanError;
use walkdir::{DirEntry, WalkDir};

use super::Kind;

/// One file to scan.
#[derive(Debug)]
pub(super) struct Found {
    /// The path as the user would write it.
    pub(super) path: String,
    pub(super) content: Content,
}

/// What a file holds.
#[derive(Debug)]
pub(super) enum Content {
    /// The text of a plan.
    Plan(String),
    /// The text of a template.
    Template(String),
    /// It should be scanned and cannot be.
    Unread(ScanError),
}

impl Content {
    /// The word for it, as `-i` takes it.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Plan(_) => "tfplan",
            Self::Template(_) => "cloudformation",
            Self::Unread(_) => "terraform",
        }
    }
}

impl Kind {
    fn wants_plans(self) -> bool {
        matches!(self, Self::All | Self::Tfplan)
    }

    fn wants_templates(self) -> bool {
        matches!(self, Self::All | Self::Cloudformation | Self::Sam)
    }

    fn wants_sources(self) -> bool {
        matches!(self, Self::All | Self::Terraform)
    }
}

/// Looks at the paths; a file that is named is scanned whatever its name, in directories only what looks like it.
pub(super) fn find(paths: &[PathBuf], kind: Kind) -> anyhow::Result<Vec<Found>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(in_directory(path, kind));
        } else if path.exists() {
            found.push(named(path, kind));
        } else {
            bail!("there is no file or directory {}", path.display());
        }
    }
    Ok(found)
}

fn named(path: &Path, kind: Kind) -> Found {
    let content = match std::fs::read_to_string(path) {
        Err(error) => Content::Unread(unreadable(path, &error.to_string())),
        Ok(_) if is_terraform(path) || kind == Kind::Terraform => Content::Unread(no_sources(path)),
        Ok(text) => match kind {
            Kind::Tfplan => Content::Plan(text),
            Kind::All if !looks_like_template(&text) && text.trim_start().starts_with('{') => {
                Content::Plan(text)
            }
            _ => Content::Template(text),
        },
    };
    Found { path: path.display().to_string(), content }
}

fn in_directory(root: &Path, kind: Kind) -> Vec<Found> {
    let mut found = Vec::new();
    let (mut with_sources, mut with_plans) = (BTreeSet::new(), BTreeSet::new());
    for entry in WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(is_looked_at) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root);
                found.push(unread(path, unreadable(path, &error.to_string())));
                continue;
            }
        };
        if !entry.file_type().is_file() {
            continue;
        }
        let directory = entry.path().parent().unwrap_or(root).to_path_buf();
        if is_terraform(entry.path()) {
            with_sources.insert(directory);
        } else if let Some(file) = by_content(entry.path(), kind) {
            if matches!(file.content, Content::Plan(_)) {
                with_plans.insert(directory);
            }
            found.push(file);
        }
    }
    if kind.wants_sources() {
        let unplanned = with_sources.difference(&with_plans);
        found.extend(unplanned.map(|directory| unread(directory, no_sources(directory))));
    }
    found
}

/// Neither hidden directories (with them `.git` and `.terraform`) nor installed packages.
fn is_looked_at(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0 || !entry.file_type().is_dir() || !(name.starts_with('.') || name == "node_modules")
}

fn by_content(path: &Path, kind: Kind) -> Option<Found> {
    let extension = path.extension()?.to_str()?;
    if !["json", "yaml", "yml", "template"].contains(&extension) {
        return None;
    }
    let name = path.display().to_string();
    let text = match std::fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes).ok()?,
        Err(error) => return Some(unread(path, unreadable(path, &error.to_string()))),
    };
    if extension == "json" && kind.wants_plans() && looks_like_plan(&text) {
        return Some(Found { path: name, content: Content::Plan(text) });
    }
    let is_template = kind.wants_templates() && looks_like_template(&text);
    is_template.then_some(Found { path: name, content: Content::Template(text) })
}

fn is_terraform(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    [".tf", ".tf.json", ".tofu"].iter().any(|ending| name.ends_with(ending))
}

fn looks_like_plan(text: &str) -> bool {
    text.contains("\"format_version\"") && text.contains("\"planned_values\"")
}

fn looks_like_template(text: &str) -> bool {
    text.contains("Resources") && (text.contains("AWSTemplateFormatVersion") || text.contains("AWS::"))
}

fn unread(path: &Path, error: ScanError) -> Found {
    Found { path: path.display().to_string(), content: Content::Unread(error) }
}

fn unreadable(path: &Path, cause: &str) -> ScanError {
    ScanError::input(
        format!("{} cannot be read: {cause}", path.display()),
        "make the file readable, as UTF-8",
    )
}

fn no_sources(path: &Path) -> ScanError {
    let message = format!("{}: Terraform's own files are not read yet and were not checked", path.display());
    let remedy =
        "give the plan: `terraform plan -out p`, `terraform show -json p > p.json`, `wayleave scan p.json`";
    ScanError::input(message, remedy)
}
