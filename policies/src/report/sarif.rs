//! SARIF 2.1.0, for code hosts and editors.
//! See <https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html>.

use std::collections::HashMap;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Report, all_findings};
use crate::finding::{Finding, Location, Severity};
use crate::metadata::Metadata;
use crate::scan::ScanError;
use crate::suppression::{EXPIRED, expiry_rule};

/// Who reads the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Any program: paths as they were named to the scan.
    Any,
    /// GitHub's code scanning: paths relative to the repository.
    /// See <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>.
    GitHub,
}

/// The whole log, with one run.
pub fn render(report: &Report<'_>, reader: Reader) -> Value {
    let log = Log::new(report, reader);
    let scan = report.scan;
    let found = scan.findings.iter().map(|finding| log.result(finding));
    let skipped = scan.skipped.iter().map(|skipped| {
        let mut result = log.result(&skipped.finding);
        put(&mut result, "suppressions", json!([{ "kind": "inSource", "justification": skipped.comment }]));
        result
    });
    let results: Vec<Value> = found.chain(skipped).collect();
    let errors = scan.errors.iter().map(|error| log.error(error));
    let warnings = scan.warnings().map(|(place, text)| log.notification("warning", &text, Some(place)));
    let notifications: Vec<Value> = errors.chain(warnings).collect();
    let mut run = json!({
        "tool": { "driver": {
            "name": "wayleave",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": log.rules,
        } },
        "columnKind": "unicodeCodePoints",
        "invocations": [{
            "executionSuccessful": scan.errors.is_empty(),
            "toolExecutionNotifications": notifications,
        }],
        "results": results,
    });
    if reader == Reader::GitHub {
        let root = json!({ "%SRCROOT%": { "description": { "text": "The root of the repository." } } });
        put(&mut run, "originalUriBaseIds", root);
    }
    json!({ "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run] })
}

fn put(object: &mut Value, key: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

/// The run's rules, and where each is among them.
struct Log<'a> {
    rules: Vec<Value>,
    index: HashMap<&'a str, usize>,
    prefix: Option<&'a str>,
}

impl<'a> Log<'a> {
    fn new(report: &Report<'a>, reader: Reader) -> Self {
        let rules = report.bundle.rules();
        let mut described: Vec<Value> =
            rules.iter().map(|rule| describe(rule.metadata(), rule.name())).collect();
        let ids = rules.iter().map(|rule| rule.metadata().id.as_str()).enumerate();
        let mut index: HashMap<&str, usize> = ids.map(|(index, id)| (id, index)).collect();
        if all_findings(report.scan).any(|finding| finding.rule.as_str() == EXPIRED) {
            index.insert(EXPIRED, described.len());
            described.push(describe(&expiry_rule(), "suppression_expired"));
        }
        let prefix = (reader == Reader::GitHub).then_some(report.subject.prefix.as_str());
        Self { rules: described, index, prefix }
    }

    fn result(&self, finding: &Finding) -> Value {
        let index = self.index.get(finding.rule.as_str());
        let index = index.map_or(-1, |index| i64::try_from(*index).unwrap_or(-1));
        let instances = finding.instances.iter();
        let logical: Vec<Value> =
            instances.map(|address| json!({ "fullyQualifiedName": address, "kind": "resource" })).collect();
        let mut location = json!({ "logicalLocations": logical });
        if let Some(place) = &finding.location {
            put(&mut location, "physicalLocation", self.physical(place));
        }
        let mut result = json!({
            "ruleId": finding.rule,
            "ruleIndex": index,
            "level": level(finding.severity),
            "message": { "text": format!("{}: {}", finding.address, finding.message) },
            "locations": [location],
            "partialFingerprints": { "resource/v1": fingerprint(finding) },
            "properties": { "severity": finding.severity, "category": finding.category },
        });
        if !finding.callers.is_empty() {
            let calls: Vec<Value> = finding.callers.iter().enumerate().map(|call| self.call(call)).collect();
            put(&mut result, "relatedLocations", Value::Array(calls));
        }
        result
    }

    fn call(&self, (index, place): (usize, &Location)) -> Value {
        let text = json!({ "text": "the module is called here" });
        json!({ "id": index, "physicalLocation": self.physical(place), "message": text })
    }

    fn physical(&self, location: &Location) -> Value {
        let artifact = match self.prefix {
            Some(prefix) if !location.file.starts_with('/') => {
                json!({ "uri": uri(&crate::source::join(prefix, &location.file)), "uriBaseId": "%SRCROOT%" })
            }
            _ => json!({ "uri": uri(&location.file) }),
        };
        json!({
            "artifactLocation": artifact,
            "region": { "startLine": location.line, "startColumn": location.column },
        })
    }

    fn error(&self, error: &ScanError) -> Value {
        let text = format!("{}; {}", error.message, error.remedy);
        let mut value = self.notification("error", &text, error.location.as_ref());
        if let Some(rule) = &error.rule {
            put(&mut value, "associatedRule", json!({ "id": rule }));
        }
        value
    }

    fn notification(&self, level: &str, text: &str, place: Option<&Location>) -> Value {
        let mut value = json!({ "level": level, "message": { "text": text } });
        if let Some(place) = place {
            put(&mut value, "locations", json!([{ "physicalLocation": self.physical(place) }]));
        }
        value
    }
}

fn describe(metadata: &Metadata, name: &str) -> Value {
    let mut value = json!({
        "id": metadata.id,
        "name": name,
        "shortDescription": { "text": metadata.title },
        "fullDescription": { "text": metadata.why },
        "help": { "text": metadata.remedy },
        "defaultConfiguration": { "level": level(metadata.severity) },
        "properties": properties(metadata),
    });
    if let Some(link) = metadata.links.first() {
        put(&mut value, "helpUri", link.as_str().into());
    }
    value
}

/// With the number that GitHub shows a severity by.
fn properties(metadata: &Metadata) -> Map<String, Value> {
    let score = match metadata.severity {
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
    };
    let mut properties = Map::new();
    properties.insert("severity".into(), json!(metadata.severity));
    properties.insert("security-severity".into(), score.into());
    properties.insert("category".into(), metadata.category.as_ref().into());
    properties.insert("tags".into(), json!(["security", metadata.category]));
    properties.insert("frameworks".into(), json!(metadata.frameworks));
    properties
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

/// The same for the same rule and resource, whatever lines move.
fn fingerprint(finding: &Finding) -> String {
    let file = finding.location.as_ref().map_or("", |place| place.file.as_str());
    let parts = [finding.rule.as_str(), file, finding.address.as_str()].join("\n");
    let mut digest = hex::encode(Sha256::digest(parts));
    digest.truncate(32);
    digest
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
