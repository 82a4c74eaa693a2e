//! The text of one file, in the pieces that can be parsed.

use std::collections::BTreeSet;
use std::sync::Arc;

use hcl_edit::Span;
use hcl_edit::structure::Body;

use super::repeated;
use crate::finding::{Extent, Location};
use crate::scan::ScanError;
use crate::terraform::eval::mend_body;

/// Words that start a block at the top of a file.
const TOP: [&str; 14] = [
    "resource",
    "data",
    "module",
    "variable",
    "locals",
    "output",
    "provider",
    "terraform",
    "moved",
    "import",
    "check",
    "removed",
    "ephemeral",
    "action",
];

/// A file: where each part of it stands, and its text.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) path: Arc<str>,
    text: Arc<str>,
    starts: Vec<usize>,
}

/// Parsed text that starts somewhere in its file.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) offset: usize,
    pub(super) body: Body,
    /// Where keys stand that the parser was given under other names.
    pub(super) renamed: BTreeSet<usize>,
}

impl Source {
    pub(super) fn new(path: &str, text: Arc<str>) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(breaks).collect();
        Self { path: path.into(), text, starts }
    }

    /// The text of a part of a piece.
    pub(super) fn slice(&self, offset: usize, span: std::ops::Range<usize>) -> &str {
        self.text.get(offset + span.start..offset + span.end).unwrap_or_default()
    }

    /// The line of a byte of the file, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1)
    }

    pub(super) fn extent(&self, offset: usize, item: &impl Span) -> Extent {
        let span = item.span().unwrap_or_default();
        let last = span.end.saturating_sub(1).max(span.start);
        Extent {
            file: self.path.to_string(),
            first: self.line(offset + span.start),
            last: self.line(offset + last),
        }
    }

    /// The file's blocks. What does not parse is left out with an error, and the blocks around it are read.
    pub(super) fn pieces(&self, errors: &mut Vec<ScanError>) -> Vec<Piece> {
        // A byte order mark is no part of the language.
        let start = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let text = self.text.get(start..).unwrap_or_default();
        match hcl_edit::parser::parse_body(text) {
            Ok(body) => vec![piece(text, start, body, BTreeSet::new())],
            Err(_) => self.broken(start, errors),
        }
    }

    /// Every block on its own.
    fn broken(&self, start: usize, errors: &mut Vec<ScanError>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut cuts: Vec<usize> = self.starts.iter().copied().filter(|at| self.is_top(*at)).collect();
        cuts.push(self.text.len());
        let mut from = start;
        for to in cuts {
            let text = self.text.get(from..to).unwrap_or_default();
            match repeated::parse(text) {
                Ok((body, renamed)) => pieces.push(piece(text, from, body, renamed)),
                Err(error) => errors.push(self.refused(from, &error)),
            }
            from = to;
        }
        pieces
    }

    fn is_top(&self, at: usize) -> bool {
        let rest = self.text.get(at..).unwrap_or_default();
        let word = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
        let follows = rest.get(word.len()..).and_then(|rest| rest.chars().next());
        TOP.contains(&word) && matches!(follows, Some(' ' | '\t' | '"' | '{'))
    }

    fn refused(&self, offset: usize, error: &hcl_edit::parser::Error) -> ScanError {
        let (path, place) = (&self.path, error.location());
        let line = self.line(offset) + place.line().saturating_sub(1);
        let message = format!("{path} does not parse: {}", error.message().trim());
        let location = Location { file: path.to_string(), line, column: place.column() };
        ScanError::input(message, "mend this block; everything else was scanned").at(location)
    }
}

fn piece(text: &str, offset: usize, mut body: Body, renamed: BTreeSet<usize>) -> Piece {
    mend_body(&mut body, text);
    Piece { offset, body, renamed }
}
