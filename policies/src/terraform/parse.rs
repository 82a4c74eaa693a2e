//! The text of one file, as a tree.

use std::collections::BTreeSet;

use hcl_edit::expr::{Object, ObjectKey};
use hcl_edit::structure::{self, Structure};
use hcl_edit::visit_mut::{VisitMut, visit_object_mut};
use hcl_edit::{Ident, Span};

use super::eval::mend_body;
use super::json;
use super::syntax::{Attribute, Block, Body, Lines};
use crate::finding::Location;
use crate::scan::ScanError;
use crate::terrascan::repeated;

const REMEDY: &str = "mend the file; everything else was scanned";

/// Parses a file in the syntax that its name says.
///
/// # Errors
/// [`ScanError`] with the place where the text is no Terraform.
pub(super) fn parse(path: &str, text: &str) -> Result<Body, ScanError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if path.ends_with(".json") { json::parse(path, text) } else { native(path, text) }
}

/// Parses a file of values for variables.
///
/// # Errors
/// [`ScanError`] with the place where the text is no such file.
pub(super) fn values(path: &str, text: &str) -> Result<Body, ScanError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if path.ends_with(".json") { json::values(path, text) } else { native(path, text) }
}

fn native(path: &str, text: &str) -> Result<Body, ScanError> {
    let (mut body, renamed) = repeated::parse(text).map_err(|error| {
        let place = error.location();
        refused(path, error.message(), place.line(), place.column())
    })?;
    let starts = LineStarts::new(text);
    if let Some(at) = restored(&mut body, text, renamed) {
        let (line, column) = starts.place(at);
        return Err(refused(path, "this argument was set before", line, column));
    }
    mend_body(&mut body, text);
    Ok(converted(body, &starts))
}

/// Gives keys that stand twice in an object their names back: the last one counts. Says where a name is left that is no
/// key of an object, but an argument of a block; those must not stand twice.
fn restored(body: &mut structure::Body, text: &str, renamed: BTreeSet<usize>) -> Option<usize> {
    let mut restorer = Restorer { text, renamed };
    if !restorer.renamed.is_empty() {
        restorer.visit_body_mut(body);
    }
    restorer.renamed.first().copied()
}

struct Restorer<'a> {
    text: &'a str,
    renamed: BTreeSet<usize>,
}

impl Restorer<'_> {
    fn key(&mut self, key: ObjectKey) -> ObjectKey {
        let span = key.span().unwrap_or_default();
        let Some(written) = self.text.get(span.clone()).filter(|_| self.renamed.remove(&span.start)) else {
            return key;
        };
        match written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(quoted) => ObjectKey::Expression(quoted.into()),
            None => Ident::try_new(written).map_or(key, |name| ObjectKey::Ident(name.into())),
        }
    }
}

impl VisitMut for Restorer<'_> {
    fn visit_object_mut(&mut self, object: &mut Object) {
        for (key, value) in std::mem::take(object) {
            object.insert(self.key(key), value);
        }
        visit_object_mut(self, object);
    }
}

/// An error of a file that is not what it should be.
pub(super) fn refused(path: &str, message: &str, line: usize, column: usize) -> ScanError {
    let location = Location { file: path.to_owned(), line, column };
    ScanError::input(format!("{path} does not parse: {}", message.trim()), REMEDY).at(location)
}

/// Moves the parser's tree into ours; comments and white space stay behind.
fn converted(body: structure::Body, starts: &LineStarts<'_>) -> Body {
    let mut ours = Body::default();
    for item in body {
        match item {
            Structure::Attribute(attribute) => ours
                .attributes
                .push(Attribute { name: attribute.key.into_value().to_string(), value: attribute.value }),
            Structure::Block(block) => ours.blocks.push(Block {
                lines: lines(&block, starts),
                kind: block.ident.into_value().to_string(),
                labels: block.labels.iter().map(|label| label.as_str().to_owned()).collect(),
                body: converted(block.body, starts),
            }),
        }
    }
    ours
}

fn lines(block: &structure::Block, starts: &LineStarts<'_>) -> Lines {
    let span = block.span().unwrap_or_default();
    let (first, column) = starts.place(span.start);
    let (last, _) = starts.place(span.end.saturating_sub(1).max(span.start));
    Lines { first, column, last }
}

/// Where the lines of a text start.
struct LineStarts<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineStarts<'a> {
    fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// Line and column, in characters, of a byte.
    fn place(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or_default();
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count());
        (line.max(1), column + 1)
    }
}
