//! The JSON that Terrascan 1.19 itself would print, repetitions and all: a violation for each resource of the same type and
//! name, in every module and directory. For those who compare.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::{Report, json};
use crate::bundle::{Kind, Rule};
use crate::finding::{Finding, Location, Severity};
use crate::scan::TerrascanViolation;
use crate::terrascan::{Document, Occurrence};

/// The whole report. The documents are those of [`crate::terrascan::whole`], one for each path that is scanned. They say where
/// resources of the same type and name stand; what they do not know is told once.
pub fn render(report: &Report<'_>, documents: &[Document]) -> Value {
    let rules = report.rules();
    let violations: Vec<TerrascanViolation> =
        documents.iter().flat_map(|document| report.bundle.terrascan_violations(document.clone())).collect();
    let mut found_by: HashMap<Key<'_>, Vec<&Occurrence>> = HashMap::new();
    for violation in &violations {
        let at = &violation.occurrence;
        found_by.entry((violation.rule.as_str(), at.location.as_ref(), &at.name)).or_default().push(at);
    }
    let repeated = |finding: &Finding, comment: Option<&str>| {
        let rule = rules.get(finding.rule.as_str()).copied();
        let places = match rule.map(Rule::kind) {
            Some(Kind::Terrascan { .. }) => {
                let key = (finding.rule.as_str(), finding.location.as_ref(), finding.resource_name());
                let places = found_by.get(&key).into_iter().flatten();
                or_once(places.map(|at| Place::Occurrence(at)).collect())
            }
            _ => repeat(finding, documents),
        };
        places.into_iter().map(|place| violation(finding, rule, place, comment)).collect()
    };
    let scan = report.scan;
    let found: Vec<(Severity, Vec<Value>)> =
        scan.findings.iter().map(|finding| (finding.severity, repeated(finding, None))).collect();
    let count =
        |severity| found.iter().filter(|found| found.0 == severity).map(|found| found.1.len()).sum::<usize>();
    let (low, medium, high) = (count(Severity::Low), count(Severity::Medium), count(Severity::High));
    let violations: Vec<Value> = found.into_iter().flat_map(|found| found.1).collect();
    let skipped = scan.skipped.iter();
    let skipped: Vec<Value> =
        skipped.flat_map(|skipped| repeated(&skipped.finding, Some(&skipped.comment))).collect();
    let mut results = Map::new();
    for (key, told) in
        [("scan_errors", json::scan_errors(report)), ("passed_rules", json::passed_rules(report))]
    {
        if !told.is_empty() {
            results.insert(key.to_owned(), told.into());
        }
    }
    results.insert("violations".into(), list(violations));
    results.insert("skipped_violations".into(), list(skipped));
    let mut summary = json::summary(report);
    if let Some(fields) = summary.as_object_mut() {
        for (key, number) in
            [("violated_policies", low + medium + high), ("low", low), ("medium", medium), ("high", high)]
        {
            fields.insert(key.to_owned(), number.into());
        }
    }
    results.insert("scan_summary".into(), summary);
    serde_json::json!({ "results": results })
}

/// As Go writes a list that nothing was put into.
fn list(items: Vec<Value>) -> Value {
    if items.is_empty() { Value::Null } else { Value::Array(items) }
}

/// One resource of the finding, in one of its places.
#[derive(Clone, Copy)]
enum Place<'a> {
    Occurrence(&'a Occurrence),
    Once,
}

/// Where Terrascan's rules find something: the rule, the place and the name.
type Key<'a> = (&'a str, Option<&'a Location>, &'a str);

/// The places of all resources of the types and names that a rule of ours found.
fn repeat<'a>(finding: &Finding, documents: &'a [Document]) -> Vec<Place<'a>> {
    let ids: BTreeSet<String> = finding.instances.iter().map(|address| id(address)).collect();
    let of = |document: &'a Document| ids.iter().flat_map(|id| document.occurrences(id));
    or_once(documents.iter().flat_map(of).map(Place::Occurrence).collect())
}

fn or_once(places: Vec<Place<'_>>) -> Vec<Place<'_>> {
    if places.is_empty() { vec![Place::Once] } else { places }
}

/// Type and name: the last two parts of the address, without an index.
fn id(address: &str) -> String {
    let parts = crate::finding::address_parts(address);
    let from = parts.len().saturating_sub(2);
    let plain = parts.iter().skip(from).map(|part| part.split('[').next().unwrap_or(part));
    plain.collect::<Vec<_>>().join(".")
}

fn violation(finding: &Finding, rule: Option<&Rule>, place: Place<'_>, comment: Option<&str>) -> Value {
    let mut violation = Map::new();
    let mut put = |key: &str, value: Value| {
        let is_empty = value.as_str() == Some("") || value.as_u64() == Some(0);
        if !is_empty || key == "resource_name" {
            violation.insert(key.to_owned(), value);
        }
    };
    put("rule_name", rule.map_or(finding.rule.as_str(), Rule::name).into());
    put("description", finding.title.as_ref().into());
    put("rule_id", finding.rule.as_str().into());
    put("severity", finding.severity.as_str().to_uppercase().into());
    put("category", finding.category.as_ref().into());
    put("skip_comment", comment.unwrap_or_default().into());
    match place {
        Place::Occurrence(at) => {
            put("resource_name", at.name.as_str().into());
            put("resource_type", at.kind.as_str().into());
            put("module_name", at.module_name.as_str().into());
            put("file", at.source.as_str().into());
            put("plan_root", at.plan_root.as_str().into());
            put("line", at.line.into());
        }
        Place::Once => {
            put("resource_name", finding.resource_name().into());
            put("resource_type", finding.resource_type.as_str().into());
            if let Some(location) = &finding.location {
                put("file", location.file.as_str().into());
                put("line", location.line.into());
            }
        }
    }
    Value::Object(violation)
}
