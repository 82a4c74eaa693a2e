//! What was wrong in a file, where, and what would be right.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// A file that was read: its name as people know it, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name shown in messages, such as `zone.hcl`.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// A source of a name and a text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

/// How bad it is. An error stops the file from being used; the others do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, and probably does not say what its author meant.
    Warning,
    /// Good to know.
    Note,
}

/// One finding in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What was wrong.
    pub message: String,
    /// The name of the source.
    pub file: String,
    /// The line where it starts, from 1.
    pub line: usize,
    /// The column where it starts, in characters from 1.
    pub column: usize,
    /// The bytes that it is about.
    pub span: Range<usize>,
    /// What would be right.
    pub help: Option<String>,
    /// Bytes of the source that may be a secret, and are shown as asterisks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<Range<usize>>,
}

impl Diagnostic {
    /// A finding about some bytes of a source; bytes outside of it are taken as its end.
    pub fn new(
        severity: Severity,
        source: &Source,
        span: &Range<usize>,
        message: impl Into<String>,
        help: Option<String>,
    ) -> Self {
        let span = within(&source.text, span);
        let (line, column) = position(&source.text, span.start);
        let message = message.into();
        Self { severity, message, file: source.name.clone(), line, column, span, help, hidden: None }
    }

    /// The finding with its source line, a marker under it and the help; `color` adds ANSI styles.
    #[must_use]
    pub fn render(&self, source: &Source, color: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let text = self.visible(&source.text);
        let marker = AnnotationKind::Primary.span(within(&source.text, &self.span));
        let snippet = Snippet::source(text).path(&self.file).annotation(marker);
        let mut group = level.primary_title(&self.message).element(snippet);
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help));
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }

    /// The text with what is hidden replaced, byte for byte, by asterisks.
    fn visible<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(hidden) = self.hidden.as_ref().map(|hidden| within(text, hidden)) else {
            return text.into();
        };
        let (before, rest) = text.split_at(hidden.start);
        let (secret, after) = rest.split_at(hidden.len());
        let mask: String = secret
            .bytes()
            .map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { '*' })
            .collect();
        format!("{before}{mask}{after}").into()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

/// Everything that was found in a file, never empty, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// The findings; `None` if there are none.
    #[must_use]
    pub fn new(mut found: Vec<Diagnostic>) -> Option<Self> {
        found.sort_by_key(|d| (d.span.start, d.severity));
        (!found.is_empty()).then_some(Self(found))
    }

    /// One finding alone.
    #[must_use]
    pub fn one(found: Diagnostic) -> Self {
        Self(vec![found])
    }

    /// The findings in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// The findings as a list.
    #[must_use]
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.0
    }

    /// Every finding with its source line and marker, an empty line between them.
    #[must_use]
    pub fn render(&self, source: &Source, color: bool) -> String {
        render_all(&self.0, source, color)
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

/// Renders findings of one source, an empty line between them.
#[must_use]
pub fn render_all(found: &[Diagnostic], source: &Source, color: bool) -> String {
    let rendered: Vec<String> = found.iter().map(|d| d.render(source, color)).collect();
    rendered.join("\n\n")
}

/// The span cut to the text and widened to whole characters.
fn within(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// Line and column of a byte, both from 1, the column in characters.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
    (line, column)
}
