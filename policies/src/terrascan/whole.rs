//! One document of all that lies below a path, as Terrascan makes it: its rules may compare resources of several
//! directories and templates.

use std::sync::Arc;

use super::configuration::{Options, document_of, relative};
use super::document::Document;
use crate::find::{Found, Kind, Look};
use crate::scan::ScanError;
use crate::source::{Entry, Files, ReadError, is_below, join};

/// What one document is made of.
#[derive(Clone, Copy)]
pub struct Whole<'a> {
    /// The directory or file that was named.
    pub path: &'a str,
    /// Everything that was found, below the path or elsewhere.
    pub found: &'a [Found],
    /// How it was looked for.
    pub look: &'a Look<'a>,
    /// Whether the document says for each attribute where it stands. No rule that is known reads it.
    pub lines: bool,
}

/// Reads all Terraform and all templates below a path into one document. Plans have documents of their own.
pub fn whole(files: &dyn Files, whole: &Whole<'_>) -> Document {
    let root = join("", whole.path);
    let mut document = Document::default();
    if files.is_directory(&root) {
        if whole.look.kinds.contains(&Kind::Terraform) {
            document = directory(files, &root, whole);
        }
        let below = |found: &&Found| is_template(found) && is_below(&root, &found.path);
        let templates = whole.found.iter().filter(below);
        templates.for_each(|found| document.merge(template(files, &root, &found.path)));
        return document;
    }
    let parent = join(&root, "..");
    for found in whole.found {
        if found.only.as_ref() == Some(&root) {
            let options = Options { non_recursive: true, lines: whole.lines, ..Options::default() };
            let alone = Alone { files, file: &root };
            document.merge(document_of(&alone, &parent, &options, &|_| false));
        } else if is_template(found) && found.path == root {
            document.merge(template(files, &parent, &root));
        }
    }
    document
}

fn directory(files: &dyn Files, root: &str, whole: &Whole<'_>) -> Document {
    let options = Options { non_recursive: !whole.look.recursive, lines: whole.lines, ..Options::default() };
    document_of(files, root, &options, whole.look.is_excluded)
}

fn is_template(found: &Found) -> bool {
    matches!(found.kind, Kind::CloudFormation | Kind::Sam)
}

fn template(files: &dyn Files, root: &str, path: &str) -> Document {
    match files.read(path) {
        Ok(text) => super::template(path, &relative(root, path), &text),
        Err(error) => {
            let mut document = Document::default();
            document.errors.push(ScanError::input(error.to_string(), "make it readable, as text in UTF-8"));
            document
        }
    }
}

/// The files as if this one were alone in its directory: a file that is named says nothing of its neighbours.
struct Alone<'a> {
    files: &'a dyn Files,
    file: &'a str,
}

impl Files for Alone<'_> {
    fn read(&self, path: &str) -> Result<Arc<str>, ReadError> {
        self.files.read(path)
    }

    fn list(&self, directory: &str) -> Result<Vec<Entry>, ReadError> {
        let mut entries = self.files.list(directory)?;
        entries.retain(|entry| join(directory, &entry.name) == self.file);
        Ok(entries)
    }

    fn is_file(&self, path: &str) -> bool {
        self.files.is_file(path)
    }

    fn is_directory(&self, path: &str) -> bool {
        self.files.is_directory(path)
    }
}
