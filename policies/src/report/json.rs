//! JSON in the shape of Terrascan 1.19, with our own fields added: `message`, `address`, `instances`, `column`, `why`,
//! `remedy` and `warnings`, among others.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::Report;
use crate::bundle::Rule;
use crate::finding::Finding;
use crate::scan::ScanError;

/// The whole report.
pub fn render(report: &Report<'_>) -> Value {
    let (scan, rules) = (report.scan, report.rules());
    let mut results = Map::new();
    let mut list = |name: &str, items: Vec<Value>| {
        if !items.is_empty() {
            results.insert(name.to_owned(), Value::Array(items));
        }
    };
    list("scan_errors", scan.errors.iter().map(|error| scan_error(error, report)).collect());
    list(
        "warnings",
        scan.warnings()
            .map(|(place, text)| json!({"file": place.file, "line": place.line, "message": text}))
            .collect(),
    );
    list("notes", report.subject.notes.iter().map(|note| note.as_str().into()).collect());
    list("passed_rules", report.passed().map(passed).collect());
    results.insert(
        "violations".into(),
        scan.findings.iter().map(|finding| violation(finding, None, &rules)).collect(),
    );
    let skipped = scan.skipped.iter();
    results.insert(
        "skipped_violations".into(),
        skipped.map(|skipped| violation(&skipped.finding, Some(&skipped.comment), &rules)).collect(),
    );
    results.insert("scan_summary".into(), summary(report));
    json!({ "results": results })
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

fn violation(finding: &Finding, comment: Option<&str>, rules: &HashMap<&str, &Rule>) -> Value {
    let name = rules.get(finding.rule.as_str()).map(|rule| rule.name());
    let mut violation = Map::new();
    let mut put = |key: &str, value: Value| drop(violation.insert(key.to_owned(), value));
    put("rule_name", name.unwrap_or(finding.rule.as_str()).into());
    put("description", finding.title.as_str().into());
    put("rule_id", finding.rule.as_str().into());
    put("severity", finding.severity.as_str().to_uppercase().into());
    put("category", finding.category.as_str().into());
    comment.filter(|text| !text.is_empty()).into_iter().for_each(|text| put("skip_comment", text.into()));
    put("resource_name", finding.resource_name().into());
    put("resource_type", finding.resource_type.as_str().into());
    finding.module_name().into_iter().for_each(|module| put("module_name", module.into()));
    if let Some(location) = &finding.location {
        put("file", location.file.as_str().into());
        put("line", location.line.into());
        put("column", location.column.into());
    }
    put("address", finding.address.as_str().into());
    put("instances", json!(finding.instances));
    if !finding.callers.is_empty() {
        put("callers", json!(finding.callers));
    }
    put("message", finding.message.as_str().into());
    put("why", finding.why.as_str().into());
    put("remedy", finding.remedy.as_str().into());
    if !finding.aliases.is_empty() {
        put("aliases", json!(finding.aliases));
    }
    Value::Object(violation)
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
fn summary(report: &Report<'_>) -> Value {
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
