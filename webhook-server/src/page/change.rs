//! Changes and findings, as the pages show them.

use pipeline_core::{Action, Change};
use pipeline_engine::store::UnitReport;
use serde_json::Value;

use super::time;
use crate::api::visible;
use crate::records::LogLine;

/// The most changes of a unit on a run's page, and the most lines of a change anywhere.
pub(super) const CHANGES: usize = 40;
const LINES: usize = 200;
/// The longest value, in characters.
const LONGEST: usize = 2000;

/// What a plan does to one resource.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) address: String,
    pub(super) kind: String,
    pub(super) action: &'static str,
    pub(super) sign: &'static str,
    pub(super) lines: Vec<Line>,
    /// Lines that are left out.
    pub(super) more: usize,
}

/// One line of a difference.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// `add`, `del` or `mod`, and its sign.
    pub(super) class: &'static str,
    pub(super) sign: &'static str,
    pub(super) path: String,
    pub(super) value: String,
}

/// A finding of the policies.
pub(super) struct Finding {
    pub(super) severity: &'static str,
    pub(super) rule: String,
    pub(super) title: String,
    pub(super) address: String,
    pub(super) message: String,
    pub(super) remedy: String,
}

/// What was found and is suppressed in the files.
pub(super) struct Skipped {
    pub(super) finding: Finding,
    /// In the words of the file; empty where it gives none.
    pub(super) reason: String,
}

/// A line of a log.
pub(super) struct LogRow {
    pub(super) clock: String,
    pub(super) unit: String,
    pub(super) text: String,
    pub(super) stderr: bool,
}

pub(super) fn changes(report: &UnitReport, most: usize) -> Vec<Shown> {
    let changed = report.changes.resources.iter().filter(|change| change.action != Action::None);
    changed.take(most).map(shown).collect()
}

pub(super) fn findings(report: &UnitReport) -> Vec<Finding> {
    let mut found: Vec<&policies::Finding> = report.findings.iter().collect();
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    found.into_iter().map(finding).collect()
}

/// What is suppressed, in the scan's order: the worst first.
pub(super) fn skipped(report: &UnitReport) -> Vec<Skipped> {
    let shown = |skipped: &policies::Skipped| Skipped {
        finding: finding(&skipped.finding),
        reason: visible(&skipped.comment),
    };
    report.skipped.iter().map(shown).collect()
}

fn finding(finding: &policies::Finding) -> Finding {
    Finding {
        severity: finding.severity.as_str(),
        rule: finding.rule.to_string(),
        title: finding.title.to_string(),
        address: finding.address.clone(),
        message: finding.message.clone(),
        remedy: finding.remedy.to_string(),
    }
}

pub(super) fn log(lines: &[LogLine]) -> Vec<LogRow> {
    let row = |line: &LogLine| LogRow {
        clock: time::clock(line.at),
        unit: line.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
        text: visible(&line.text),
        stderr: line.stderr,
    };
    lines.iter().map(row).collect()
}

fn shown(change: &Change) -> Shown {
    let mut lines = Vec::new();
    differ("", &change.before, &change.after, &mut lines);
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    let (action, sign) = match change.action {
        Action::Create => ("create", "+"),
        Action::Update => ("update", "~"),
        Action::Replace => ("replace", "±"),
        Action::Delete => ("delete", "−"),
        Action::None => ("none", "="),
    };
    Shown { address: change.address.clone(), kind: change.kind.clone(), action, sign, lines, more }
}

/// Adds the lines of what differs between two values, down to the leaves.
fn differ(path: &str, before: &Value, after: &Value, lines: &mut Vec<Line>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                differ(&member(path, name), value, after.get(name).unwrap_or(&Value::Null), lines);
            }
            for (name, value) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
                differ(&member(path, name), &Value::Null, value, lines);
            }
        }
        (Value::Array(before), Value::Array(after)) => {
            for index in 0..before.len().max(after.len()) {
                let (old, new) = (before.get(index), after.get(index));
                let null = &Value::Null;
                differ(&format!("{path}[{index}]"), old.unwrap_or(null), new.unwrap_or(null), lines);
            }
        }
        (Value::Object(_) | Value::Array(_), Value::Null) => whole(path, before, ("del", "−"), lines),
        (Value::Null, Value::Object(_) | Value::Array(_)) => whole(path, after, ("add", "+"), lines),
        _ => {
            whole(path, before, ("del", "−"), lines);
            whole(path, after, ("add", "+"), lines);
        }
    }
}

/// Adds the lines of a value that is only on one side.
fn whole(path: &str, value: &Value, side: (&'static str, &'static str), lines: &mut Vec<Line>) {
    match value {
        Value::Null => {}
        Value::Object(members) if !members.is_empty() => {
            members.iter().for_each(|(name, value)| whole(&member(path, name), value, side, lines));
        }
        Value::Array(items) if !items.is_empty() => {
            let items = items.iter().enumerate();
            items.for_each(|(index, value)| whole(&format!("{path}[{index}]"), value, side, lines));
        }
        leaf => {
            let (class, sign) = side;
            lines.push(Line { class, sign, path: path.to_owned(), value: text(leaf) });
        }
    }
}

fn member(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn text(value: &Value) -> String {
    let text = match value {
        // A policy in a string is easier to read as what it is.
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(inner @ (Value::Object(_) | Value::Array(_))) => {
                serde_json::to_string_pretty(&inner).unwrap_or_else(|_| text.clone())
            }
            _ => text.clone(),
        },
        other => other.to_string(),
    };
    let lines: Vec<String> = text.lines().map(visible).collect();
    let text = lines.join("\n");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let mut cut: String = text.chars().take(LONGEST).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(before: &Value, after: &Value, expected: &[&str]) {
        let mut lines = Vec::new();
        differ("", before, after, &mut lines);
        let lines: Vec<String> =
            lines.iter().map(|line| format!("{} {} = {}", line.sign, line.path, line.value)).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn only_what_differs_is_shown() {
        check(&json!({"a": 1, "b": 2}), &json!({"a": 1, "b": 3}), &["− b = 2", "+ b = 3"]);
        check(&json!(null), &json!({"a": {"b": [true, "x"]}}), &["+ a.b[0] = true", "+ a.b[1] = x"]);
        check(&json!({"a": {"b": 1}}), &json!(null), &["− a.b = 1"]);
        check(&json!({"a": [1, 2]}), &json!({"a": [1, 3, 4]}), &["− a[1] = 2", "+ a[1] = 3", "+ a[2] = 4"]);
        check(&json!({"a": 1}), &json!({"a": {"b": 1}}), &["− a = 1", "+ a.b = 1"]);
        check(&json!({"a": 1}), &json!({"a": 1}), &[]);
        check(&json!(null), &json!({"tags": {}}), &["+ tags = {}"]);
    }

    #[test]
    fn values_are_cut_and_policies_laid_out() {
        check(&json!(null), &json!({"policy": "{\"a\":1}"}), &["+ policy = {\n  \"a\": 1\n}"]);
        assert_eq!(text(&json!("x".repeat(3000))).chars().count(), LONGEST + 1);
        assert_eq!(text(&json!("a\u{1b}[31mb")), "a\u{fffd}[31mb");
    }
}
