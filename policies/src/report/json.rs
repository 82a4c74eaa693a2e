//! JSON in the shape of Terrascan 1.19, with our own fields added: `message`, `title`, `why`, `remedy`, `address`, `column`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Subject;
use crate::bundle::Bundle;
use crate::finding::Finding;
use crate::scan::{Scan, ScanError};

/// The whole report.
pub fn render(scan: &Scan, bundle: &Bundle, subject: &Subject) -> Value {
    let mut results = Map::new();
    if !scan.errors.is_empty() {
        results.insert(
            "scan_errors".into(),
            scan.errors.iter().map(|error| scan_error(error, subject)).collect(),
        );
    }
    results.insert(
        "violations".into(),
        scan.findings.iter().map(|finding| violation(finding, bundle)).collect(),
    );
    results.insert("skipped_violations".into(), json!([]));
    results.insert("scan_summary".into(), summary(scan, bundle, subject));
    json!({ "results": results })
}

fn violation(finding: &Finding, bundle: &Bundle) -> Value {
    let name = bundle.rules().iter().find(|rule| rule.metadata().id == finding.rule).map(crate::Rule::name);
    let mut violation = json!({
        "rule_name": name.unwrap_or(finding.rule.as_str()),
        "description": finding.title,
        "rule_id": finding.rule,
        "severity": finding.severity.as_str().to_uppercase(),
        "category": finding.category,
        "resource_name": finding.address.rsplit('.').next().unwrap_or_default(),
        "resource_type": finding.resource_type,
        "address": finding.address,
        "message": finding.message,
        "why": finding.why,
        "remedy": finding.remedy,
    });
    if let (Some(fields), Some(location)) = (violation.as_object_mut(), &finding.location) {
        fields.insert("file".into(), location.file.as_str().into());
        fields.insert("line".into(), location.line.into());
        fields.insert("column".into(), location.column.into());
    }
    violation
}

fn scan_error(error: &ScanError, subject: &Subject) -> Value {
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

fn summary(scan: &Scan, bundle: &Bundle, subject: &Subject) -> Value {
    let counts = scan.counts();
    let violated: BTreeSet<_> = scan.findings.iter().map(|finding| &finding.rule).collect();
    json!({
        "file/folder": subject.paths.join(","),
        "iac_type": subject.kinds.join(","),
        "scanned_at": subject.scanned_at,
        "policies_validated": bundle.rules().len(),
        "violated_policies": violated.len(),
        "low": counts.low,
        "medium": counts.medium,
        "high": counts.high,
    })
}
