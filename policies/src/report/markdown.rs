//! Markdown, for comments and job summaries.

use super::{Report, counted, human, printable};
use crate::finding::{Finding, Location};

/// The whole report: the summary, a table of findings, and how to mend each rule's findings.
pub fn render(report: &Report<'_>) -> String {
    let scan = report.scan;
    let mut text = format!("## Scan: {}\n", inline(&human::summary(scan)));
    if !scan.findings.is_empty() {
        text.push_str("\n| severity | rule | where | what |\n|---|---|---|---|\n");
        text.extend(scan.findings.iter().map(row));
        text.push_str("\n### How to mend them\n\n");
        let mut told = std::collections::BTreeSet::new();
        let first = scan.findings.iter().filter(|finding| told.insert(&finding.rule));
        text.extend(first.map(remedy));
    }
    let places = scan.errors.iter().map(|error| (error.location.as_ref(), &error.message, &error.remedy));
    let errors = places
        .map(|(place, message, remedy)| format!("- {}{}: {}\n", at(place), inline(message), inline(remedy)));
    section(&mut text, "Not checked", &errors.collect::<Vec<_>>());
    let warnings =
        scan.warnings().map(|(place, message)| format!("- {}{}\n", at(Some(place)), inline(&message)));
    section(&mut text, "Warnings", &warnings.collect::<Vec<_>>());
    let skipped = scan.skipped.iter().map(|skipped| {
        let finding = &skipped.finding;
        format!("- `{}` {}: {}\n", finding.rule, code(&finding.address), inline(&skipped.comment))
    });
    section(&mut text, "Skipped", &skipped.collect::<Vec<_>>());
    let passed = report
        .passed()
        .map(|rule| format!("- `{}` {}\n", rule.metadata().id, inline(&rule.metadata().title)));
    section(&mut text, "Passed", &passed.collect::<Vec<_>>());
    let notes = report.subject.notes.iter().map(|note| format!("- {}\n", inline(note)));
    section(&mut text, "Notes", &notes.collect::<Vec<_>>());
    text
}

fn section(text: &mut String, title: &str, lines: &[String]) {
    if !lines.is_empty() {
        text.push_str(&format!("\n### {title}\n\n{}", lines.concat()));
    }
}

fn row(finding: &Finding) -> String {
    let more = match finding.instances.len() {
        0 | 1 => String::new(),
        instances => format!(" and {}", counted(instances - 1, "other")),
    };
    format!(
        "| {} | {} | {}{}{more} | {}: {} |\n",
        finding.severity,
        code(finding.rule.as_str()),
        at(finding.location.as_ref()),
        code(&finding.address),
        inline(&finding.title),
        inline(&finding.message)
    )
}

fn remedy(finding: &Finding) -> String {
    let fence = fence(&finding.remedy);
    format!(
        "**{}** {}. {}\n\n{fence}\n{}\n{fence}\n\n",
        code(finding.rule.as_str()),
        inline(finding.title.trim_end_matches('.')),
        inline(&finding.why),
        printable(&finding.remedy)
    )
}

/// More backticks than the text has in a row.
fn fence(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

fn at(place: Option<&Location>) -> String {
    place.map(|place| format!("{} ", code(&format!("{}:{}", place.file, place.line)))).unwrap_or_default()
}

/// Text on one line that starts no markup of its own and does not leave its cell.
fn inline(text: &str) -> String {
    let mut escaped = String::new();
    for letter in printable(text).chars() {
        match letter {
            '\n' => escaped.push(' '),
            '<' => escaped.push_str("&lt;"),
            '@' => escaped.push_str("&#64;"),
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '!' => escaped.extend(['\\', letter]),
            letter => escaped.push(letter),
        }
    }
    escaped
}

fn code(text: &str) -> String {
    let text = printable(text).replace(['\n', '\t'], " ").replace('|', "\\|");
    let fence = "`".repeat(text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0) + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}
