//! For people: each finding with its source line and a marker where there is one, why it matters and how to mend it.

use std::collections::HashMap;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Report, Sources, counted, printable};
use crate::bundle::Rule;
use crate::finding::{Finding, Location, Severity};
use crate::scan::{Scan, ScanError, Skipped};

/// Instances that are named without being asked for.
const INSTANCES: usize = 3;

/// Whether the report may have terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    Plain,
    /// With ANSI escapes.
    Coloured,
}

/// The whole report, ending with a line that counts.
pub fn render(report: &Report<'_>, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let (scan, sources, rules) = (report.scan, report.sources, report.rules());
    let mut text = String::new();
    let mut part = |group: Group<'_>| text.push_str(&(renderer.render(&[group]) + "\n\n"));
    scan.findings.iter().for_each(|finding| part(finding_group(finding, report, &rules)));
    if report.details {
        scan.skipped.iter().for_each(|skipped| part(skipped_group(skipped, sources)));
    }
    scan.warnings().for_each(|(place, message)| part(warning_group(place, &message, sources)));
    scan.errors.iter().for_each(|error| part(error_group(error, sources)));
    for rule in report.passed() {
        text.push_str(&format!("passed {}: {}\n", rule.metadata().id, printable(&rule.metadata().title)));
    }
    for note in &report.subject.notes {
        text.push_str(&format!("note: {}\n", printable(note)));
    }
    text.push_str(&summary(scan));
    text.push('\n');
    text
}

/// One line: `3 findings: 2 high, 1 medium, 0 low`, what was skipped, and what could not be checked.
pub fn summary(scan: &Scan) -> String {
    let counts = scan.counts();
    let mut line = match counts.total() {
        0 => "No findings".to_owned(),
        total => {
            let total = counted(total, "finding");
            format!("{total}: {} high, {} medium, {} low", counts.high, counts.medium, counts.low)
        }
    };
    if !scan.skipped.is_empty() {
        line.push_str(&format!("; {} skipped", scan.skipped.len()));
    }
    if !scan.errors.is_empty() {
        line.push_str(&format!("; {}: not everything was checked", counted(scan.errors.len(), "error")));
    }
    line
}

fn finding_group<'a>(
    finding: &'a Finding,
    report: &Report<'a>,
    rules: &HashMap<&str, &'a Rule>,
) -> Group<'a> {
    let level = match finding.severity {
        Severity::High => Level::ERROR,
        Severity::Medium => Level::WARNING,
        Severity::Low => Level::INFO,
    };
    let title = printable(&format!("{}: {}", finding.title, finding.message));
    let title =
        level.with_name(finding.severity.as_str()).primary_title(title).id(printable(finding.rule.as_str()));
    let group = title.elements(Vec::<Origin<'a>>::new());
    let mut group = placed(group, finding.location.as_ref(), report.sources, &label(finding));
    if let Some(which) = instances(finding, report.details) {
        group = group.element(Level::NOTE.with_name("of").message(which));
    }
    if let Some(calls) = calls(finding) {
        group = group.element(Level::NOTE.with_name("called").message(calls));
    }
    let links = rules.get(finding.rule.as_str()).and_then(|rule| rule.metadata().links.first());
    group = group.element(Level::NOTE.with_name("why").message(printable(&finding.why)));
    group = group.element(Level::HELP.with_name("fix").message(printable(&finding.remedy)));
    match links {
        Some(link) => group.element(Level::HELP.with_name("see").message(printable(link))),
        None => group,
    }
}

fn label(finding: &Finding) -> String {
    match finding.instances.len() {
        0 | 1 => format!("{} ({})", finding.address, finding.resource_type),
        more => format!("{} and {} more ({})", finding.address, more - 1, finding.resource_type),
    }
}

fn instances(finding: &Finding, all: bool) -> Option<String> {
    if finding.instances.len() < 2 {
        return None;
    }
    let shown = if all { usize::MAX } else { INSTANCES };
    let mut text = finding.instances.iter().take(shown).cloned().collect::<Vec<_>>().join(", ");
    let left = finding.instances.len().saturating_sub(shown);
    if left > 0 {
        text.push_str(&format!(", and {left} more"));
    }
    Some(printable(&text))
}

fn calls(finding: &Finding) -> Option<String> {
    let places: Vec<String> = finding
        .callers
        .iter()
        .take(INSTANCES)
        .map(|place| format!("{}:{}", place.file, place.line))
        .collect();
    let left = finding.callers.len().saturating_sub(INSTANCES);
    let more = if left > 0 { format!(", and {left} more") } else { String::new() };
    (!places.is_empty()).then(|| printable(&format!("from {}{more}", places.join(", "))))
}

fn skipped_group<'a>(skipped: &'a Skipped, sources: &'a Sources) -> Group<'a> {
    let Skipped { finding, comment } = skipped;
    let title = printable(&format!("{}: {}", finding.title, finding.message));
    let title = Level::INFO.with_name("skipped").primary_title(title).id(printable(finding.rule.as_str()));
    let group = title.elements(Vec::<Origin<'a>>::new());
    let reason = if comment.is_empty() { "no reason is given" } else { comment };
    placed(group, finding.location.as_ref(), sources, &label(finding))
        .element(Level::NOTE.with_name("reason").message(printable(reason)))
}

fn warning_group<'a>(place: &'a Location, message: &str, sources: &'a Sources) -> Group<'a> {
    let title = Level::WARNING.with_name("warning").primary_title(printable(message));
    placed(title.elements(Vec::<Origin<'a>>::new()), Some(place), sources, "")
}

fn error_group<'a>(error: &'a ScanError, sources: &'a Sources) -> Group<'a> {
    let title = Level::ERROR.with_name("not checked").primary_title(printable(&error.message));
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
        let place = Origin::path(printable(&location.file)).line(location.line).char_column(location.column);
        let group = group.element(place);
        return match label {
            "" => group,
            label => group.element(Level::NOTE.with_name("resource").message(printable(label))),
        };
    };
    let line = printable(line);
    let annotation = AnnotationKind::Primary.span(word(&line, location.column));
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
