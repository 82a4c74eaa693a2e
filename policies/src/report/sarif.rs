//! SARIF 2.1.0, for code hosts and editors.
//! See <https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html>.

use serde_json::{Value, json};

use crate::bundle::{Bundle, Rule};
use crate::finding::{Finding, Location, Severity};
use crate::scan::{Scan, ScanError};

/// The whole log, with one run.
pub fn render(scan: &Scan, bundle: &Bundle) -> Value {
    let rules: Vec<Value> = bundle.rules().iter().map(rule).collect();
    let results: Vec<Value> = scan.findings.iter().map(|finding| result(finding, bundle)).collect();
    let notifications: Vec<Value> = scan.errors.iter().map(notification).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "wayleave", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": scan.errors.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    })
}

fn rule(rule: &Rule) -> Value {
    let metadata = rule.metadata();
    let mut value = json!({
        "id": metadata.id,
        "name": rule.name(),
        "shortDescription": { "text": metadata.title },
        "fullDescription": { "text": metadata.why },
        "help": { "text": metadata.remedy },
        "defaultConfiguration": { "level": level(metadata.severity) },
        "properties": { "severity": metadata.severity, "category": metadata.category, "frameworks": metadata.frameworks },
    });
    if let (Some(fields), Some(link)) = (value.as_object_mut(), metadata.links.first()) {
        fields.insert("helpUri".into(), link.as_str().into());
    }
    value
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

fn result(finding: &Finding, bundle: &Bundle) -> Value {
    let index = bundle.rules().iter().position(|rule| rule.metadata().id == finding.rule);
    let logical = json!([{ "fullyQualifiedName": finding.address, "kind": "resource" }]);
    let mut location = json!({ "logicalLocations": logical });
    if let (Some(fields), Some(place)) = (location.as_object_mut(), &finding.location) {
        fields.insert("physicalLocation".into(), physical(place));
    }
    json!({
        "ruleId": finding.rule,
        "ruleIndex": index.map_or(-1, |index| i64::try_from(index).unwrap_or(-1)),
        "level": level(finding.severity),
        "message": { "text": format!("{}: {}", finding.address, finding.message) },
        "locations": [location],
    })
}

fn physical(location: &Location) -> Value {
    json!({
        "artifactLocation": { "uri": uri(&location.file) },
        "region": { "startLine": location.line, "startColumn": location.column },
    })
}

/// A relative path as a URI reference (RFC 3986): everything but unreserved letters and `/` is escaped.
fn uri(path: &str) -> String {
    let escaped = path.replace('\\', "/").bytes().fold(String::new(), |mut uri, byte| {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
        uri
    });
    if escaped.starts_with('/') { format!("file://{escaped}") } else { escaped }
}

fn notification(error: &ScanError) -> Value {
    let mut value =
        json!({ "level": "error", "message": { "text": format!("{}; {}", error.message, error.remedy) } });
    if let Some(fields) = value.as_object_mut() {
        if let Some(location) = &error.location {
            fields.insert("locations".into(), json!([{ "physicalLocation": physical(location) }]));
        }
        if let Some(rule) = &error.rule {
            fields.insert("associatedRule".into(), json!({ "id": rule }));
        }
    }
    value
}
