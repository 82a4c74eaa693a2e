//! What a unit's plan changes and what the policies found in it, for people.

use anyhow::Context;
use pipeline_core::change::{Action, Change};
use pipeline_core::run::UnitView;
use policies::{Finding, Severity, Skipped};
use serde::Deserialize;
use serde_json::Value;

use super::show::change_counts;
use crate::style::{Style, visible};

/// The longest value that is shown whole, in characters.
const LONGEST: usize = 80;

/// A unit as the API gives it.
#[derive(Debug, Deserialize)]
struct Report {
    unit: UnitView,
    changes: Vec<Change>,
    #[serde(default)]
    other: bool,
    findings: Vec<Finding>,
    #[serde(default)]
    skipped: Vec<Skipped>,
}

/// The digest that a unit's document is about.
pub(super) fn digest(document: &Value) -> Option<&str> {
    document.pointer("/unit/digest").and_then(Value::as_str)
}

/// The unit, each changed resource with the values that change, and each finding.
pub(crate) fn lines(document: &Value, coloured: bool) -> anyhow::Result<Vec<String>> {
    let report = Report::deserialize(document)
        .context("cannot understand the server's answer; is it of this program's version?")?;
    let unit = &report.unit;
    let counts = change_counts(unit.changes);
    let mut lines = vec![format!(
        "{} in {} ({}), {}: {}",
        Style::Bold.paint(unit.id.as_str(), coloured),
        unit.account_name,
        unit.stage,
        unit.state.name(),
        if counts.is_empty() { "no resource changes" } else { &counts }
    )];
    for change in report.changes.iter().filter(|change| change.action != Action::None) {
        lines.extend(resource(change, coloured));
    }
    if report.other {
        lines.push("  and something that no resource shows, such as an output".to_owned());
    }
    lines.extend(report.findings.iter().flat_map(|found| finding(found, coloured)));
    lines.extend(report.skipped.iter().map(skipped));
    Ok(lines)
}

fn resource(change: &Change, coloured: bool) -> Vec<String> {
    let (sign, style) = match change.action {
        Action::Create => ("+", Style::Good),
        Action::Update => ("~", Style::Warning),
        Action::Replace => ("-/+", Style::Bad),
        Action::Delete => ("-", Style::Bad),
        Action::None => (" ", Style::Plain),
    };
    let title = format!("{sign:>3} {} ({})", visible(&change.address), visible(&change.kind));
    let mut lines = vec![format!("  {}", style.paint(&title, coloured))];
    if matches!(change.action, Action::Update | Action::Replace) {
        lines.extend(differences(&change.before, &change.after));
    }
    lines
}

/// The members that differ; the whole when one side is no object.
fn differences(before: &Value, after: &Value) -> Vec<String> {
    let (Some(before), Some(after)) = (before.as_object(), after.as_object()) else {
        return Vec::new();
    };
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let difference = |name: &&String| {
        let (before, after) = (before.get(*name), after.get(*name));
        let line = || format!("        {}: {} -> {}", visible(name), value(before), value(after));
        (before != after).then(line)
    };
    names.iter().filter_map(difference).collect()
}

fn value(value: Option<&Value>) -> String {
    let Some(value) = value else { return "(none)".to_owned() };
    let text = visible(&value.to_string());
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

fn finding(found: &Finding, coloured: bool) -> Vec<String> {
    let style = match found.severity {
        Severity::High => Style::Bad,
        Severity::Medium => Style::Warning,
        Severity::Low => Style::Plain,
    };
    let severity = style.paint(found.severity.as_str(), coloured);
    let first = format!(
        "  {severity} {}: {} ({})",
        visible(found.rule.as_str()),
        visible(&found.message),
        visible(&found.address)
    );
    // A remedy has an example of some lines.
    let remedy = found.remedy.lines().map(|line| format!("        {}", visible(line)).trim_end().to_owned());
    [first].into_iter().chain(remedy).collect()
}

fn skipped(skipped: &Skipped) -> String {
    let Skipped { finding, comment } = skipped;
    let reason = if comment.is_empty() { "no reason is given".to_owned() } else { visible(comment) };
    format!(
        "  skipped {} {}: {} ({}): {reason}",
        finding.severity,
        visible(finding.rule.as_str()),
        visible(&finding.message),
        visible(&finding.address)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn people_see_what_changes_and_what_was_found() {
        let change = |address: &str, action: &str, before: Value, after: Value| json!({"address": address, "type": "aws_s3_bucket", "action": action, "before": before, "after": after});
        let document = json!({
            "unit": {"id": "data.222222222222.eu-west-1", "stack": "data", "engine": "terraform",
                "account": "222222222222", "account_name": "dev", "region": "eu-west-1", "stage": "dev", "wave": 1,
                "state": "waiting", "reason": null, "digest": null,
                "changes": {"create": 1, "update": 1, "replace": 0, "delete": 1},
                "findings": {"low": 0, "medium": 0, "high": 1}},
            "changes": [
                change("aws_s3_bucket.new", "create", Value::Null, json!({"bucket": "b"})),
                change("aws_s3_bucket.same", "update", json!({"acl": "private", "n": 1}),
                       json!({"acl": "public-read\u{1b}[2J", "n": 1, "policy": "x".repeat(200)})),
                change("aws_s3_bucket.old", "delete", json!({"bucket": "o"}), Value::Null),
                change("aws_s3_bucket.kept", "none", Value::Null, Value::Null)
            ],
            "other": true,
            "findings": [{"rule": "WL-AWS-S3-001", "title": "t", "severity": "high", "category": "c",
                "resource_type": "aws_s3_bucket", "address": "aws_s3_bucket.same", "message": "it is public",
                "why": "w", "remedy": "make it private\n\n  acl = \"private\""}],
            "skipped": [{"rule": "WL-AWS-S3-006", "title": "t", "severity": "low", "category": "c",
                "resource_type": "aws_s3_bucket", "address": "aws_s3_bucket.new", "message": "reads are not logged",
                "why": "w", "remedy": "log", "comment": "it is the bucket of the logs"}]
        });
        insta::assert_snapshot!(lines(&document, false).unwrap().join("\n"));
    }
}
