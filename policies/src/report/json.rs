//! JSON in the shape of Terrascan 1.19, with our own fields added: `message`, `address`, `instances`, `column`, `why`,
//! `remedy` and `warnings`, among others.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::Report;
use crate::bundle::Rule;
use crate::finding::{Finding, Location, RuleId};
use crate::scan::ScanError;

/// The whole report, to be written by any serialiser. It borrows what it tells: there may be many findings.
#[derive(Debug, Serialize)]
pub struct Json<'a> {
    results: Results<'a>,
}

#[derive(Debug, Serialize)]
struct Results<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    scan_errors: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    passed_rules: Vec<Value>,
    violations: Vec<Violation<'a>>,
    skipped_violations: Vec<Violation<'a>>,
    scan_summary: Value,
}

#[derive(Debug, Serialize)]
struct Violation<'a> {
    rule_name: &'a str,
    description: &'a str,
    rule_id: &'a RuleId,
    severity: String,
    category: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    skip_comment: Option<&'a str>,
    resource_name: &'a str,
    resource_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    module_name: Option<&'a str>,
    #[serde(flatten)]
    location: Option<&'a Location>,
    address: &'a str,
    instances: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    callers: &'a [Location],
    message: &'a str,
    why: &'a str,
    remedy: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    aliases: &'a [RuleId],
}

/// The whole report.
pub fn render<'a>(report: &Report<'a>) -> Json<'a> {
    let (scan, rules) = (report.scan, report.rules());
    let warning =
        |(place, text): (&Location, String)| json!({"file": place.file, "line": place.line, "message": text});
    let skipped = scan.skipped.iter();
    Json {
        results: Results {
            scan_errors: scan_errors(report),
            warnings: scan.warnings().map(warning).collect(),
            notes: &report.subject.notes,
            passed_rules: passed_rules(report),
            violations: scan.findings.iter().map(|finding| violation(finding, None, &rules)).collect(),
            skipped_violations: skipped
                .map(|skipped| violation(&skipped.finding, Some(&skipped.comment), &rules))
                .collect(),
            scan_summary: summary(report),
        },
    }
}

pub(super) fn scan_errors(report: &Report<'_>) -> Vec<Value> {
    report.scan.errors.iter().map(|error| scan_error(error, report)).collect()
}

pub(super) fn passed_rules(report: &Report<'_>) -> Vec<Value> {
    report.passed().map(passed).collect()
}

fn passed(rule: &Rule) -> Value {
    let metadata = rule.metadata();
    json!({
        "rule_name": rule.name(),
        "description": metadata.title,
        "rule_id": metadata.id,
        "severity": rule.severity(None).as_str().to_uppercase(),
        "category": metadata.category,
    })
}

fn violation<'a>(
    finding: &'a Finding,
    comment: Option<&'a str>,
    rules: &HashMap<&str, &'a Rule>,
) -> Violation<'a> {
    let name = rules.get(finding.rule.as_str()).map(|rule| rule.name());
    Violation {
        rule_name: name.unwrap_or(finding.rule.as_str()),
        description: &finding.title,
        rule_id: &finding.rule,
        severity: finding.severity.as_str().to_uppercase(),
        category: &finding.category,
        skip_comment: comment.filter(|text| !text.is_empty()),
        resource_name: finding.resource_name(),
        resource_type: &finding.resource_type,
        module_name: finding.module_name(),
        location: finding.location.as_ref(),
        address: &finding.address,
        instances: &finding.instances,
        callers: &finding.callers,
        message: &finding.message,
        why: &finding.why,
        remedy: &finding.remedy,
        aliases: &finding.aliases,
    }
}

fn scan_error(error: &ScanError, report: &Report<'_>) -> Value {
    let subject = report.subject;
    let file = error.location.as_ref().map(|location| location.file.clone());
    json!({
        "iac_type": subject.kinds.join(","),
        "directory": file.unwrap_or_else(|| subject.paths.join(",")),
        "errMsg": error.message,
        "remedy": error.remedy,
        "rule_id": error.rule,
        "line": error.location.as_ref().map(|location| location.line),
        "column": error.location.as_ref().map(|location| location.column),
    })
}

/// As in Terrascan, `violated_policies` counts violations and not rules.
pub(super) fn summary(report: &Report<'_>) -> Value {
    let (counts, subject) = (report.scan.counts(), report.subject);
    let mut summary = json!({
        "file/folder": subject.paths.join(","),
        "iac_type": subject.kinds.join(","),
        "scanned_at": subject.scanned_at,
        "policies_validated": report.scan.judged.len(),
        "violated_policies": counts.total(),
        "low": counts.low,
        "medium": counts.medium,
        "high": counts.high,
    });
    if let (Some(fields), Some(branch)) = (summary.as_object_mut(), &subject.branch) {
        fields.insert("branch".into(), branch.as_str().into());
    }
    summary
}
