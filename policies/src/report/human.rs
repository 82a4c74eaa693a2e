//! For people: each finding with its source line and a marker where there is one, why it matters and how to mend it.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::Sources;
use crate::finding::{Finding, Location, Severity};
use crate::scan::{Scan, ScanError};

/// Whether the report may have terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    Plain,
    /// With ANSI escapes.
    Coloured,
}

/// The whole report, ending with a line that counts.
pub fn render(scan: &Scan, sources: &Sources, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let errors = scan.errors.iter().map(|error| renderer.render(&[error_group(error, sources)]));
    let findings = scan.findings.iter().map(|finding| renderer.render(&[finding_group(finding, sources)]));
    let mut text: String = findings.chain(errors).map(|part| part + "\n\n").collect();
    text.push_str(&summary(scan));
    text.push('\n');
    text
}

/// One line: `2 high, 1 medium, 0 low`, and what could not be checked.
pub fn summary(scan: &Scan) -> String {
    let counts = scan.counts();
    let found = match counts.total() {
        0 => "No findings".to_owned(),
        total => {
            format!("{total} findings: {} high, {} medium, {} low", counts.high, counts.medium, counts.low)
        }
    };
    match scan.errors.len() {
        0 => found,
        1 => format!("{found}; 1 error: not everything was checked"),
        errors => format!("{found}; {errors} errors: not everything was checked"),
    }
}

fn finding_group<'a>(finding: &'a Finding, sources: &'a Sources) -> Group<'a> {
    let level = match finding.severity {
        Severity::High => Level::ERROR,
        Severity::Medium => Level::WARNING,
        Severity::Low => Level::INFO,
    };
    let title = format!("{}: {}", finding.title, finding.message);
    let title =
        level.with_name(finding.severity.as_str()).primary_title(title).id(printable(finding.rule.as_str()));
    let label = format!("{} ({})", finding.address, finding.resource_type);
    placed(title.elements(Vec::<Origin<'a>>::new()), finding.location.as_ref(), sources, &label)
        .element(Level::NOTE.with_name("why").message(printable(&finding.why)))
        .element(Level::HELP.with_name("fix").message(printable(&finding.remedy)))
}

fn error_group<'a>(error: &'a ScanError, sources: &'a Sources) -> Group<'a> {
    let title = Level::ERROR.with_name("not checked").primary_title(error.message.as_str());
    let group = title.elements(Vec::<Origin<'a>>::new());
    let group = match &error.location {
        Some(location) => placed(group, Some(location), sources, ""),
        None => group,
    };
    group.element(Level::HELP.message(printable(&error.remedy)))
}

/// Adds the source line with a marker, or what is known instead.
fn placed<'a>(
    group: Group<'a>,
    location: Option<&'a Location>,
    sources: &'a Sources,
    label: &str,
) -> Group<'a> {
    let Some(location) = location else { return group.element(Origin::path(printable(label))) };
    let line = sources.get(&location.file).and_then(|text| text.lines().nth(location.line.checked_sub(1)?));
    let Some(line) = line else {
        return group.element(
            Origin::path(printable(&location.file)).line(location.line).char_column(location.column),
        );
    };
    let annotation = AnnotationKind::Primary.span(word(line, location.column));
    let annotation = if label.is_empty() { annotation } else { annotation.label(printable(label)) };
    let snippet = Snippet::source(line).line_start(location.line).path(printable(&location.file));
    group.element(snippet.annotation(annotation))
}

/// The bytes of the word that starts at a column (in characters, from 1).
fn word(line: &str, column: usize) -> std::ops::Range<usize> {
    let mut letters = line.char_indices().skip(column.saturating_sub(1));
    let Some((start, _)) = letters.next() else { return line.len()..line.len() };
    let end =
        letters.find(|(_, letter)| letter.is_whitespace() || *letter == ':').map_or(line.len(), |(at, _)| at);
    start..end
}

/// Text of an input or a pack cannot steer the terminal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() && letter != '\n' { '\u{fffd}' } else { letter })
        .collect()
}
