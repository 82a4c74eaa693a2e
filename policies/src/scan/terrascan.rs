//! Judges Terrascan's documents by Terrascan's rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value;

use super::{Scan, Skipped, content, unjudged};
use crate::bundle::{Bundle, Rule};
use crate::finding::{Finding, Location, RuleId, Severity};
use crate::resource::{Engine, Model, Resource, Source};
use crate::suppression::{Suppressions, Verdict};
use crate::terrascan::{Document, Occurrence};

/// A violation as Terrascan counts it: one for each place of each resource that has the id which a rule answered with.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The rule's id.
    pub rule: RuleId,
    /// Its name within its file, by which Terrascan calls it.
    pub rule_name: String,
    /// Its description.
    pub description: Arc<str>,
    /// Its category.
    pub category: Arc<str>,
    /// Its severity, as the resource's comments change it.
    pub severity: Severity,
    /// The resource.
    pub occurrence: Occurrence,
    /// Why it does not count; none when it does.
    pub skipped: Option<String>,
}

impl Bundle {
    /// Judges a document by Terrascan's rules: one finding for each rule and place. With `today`, what authors suppress
    /// is left out of the findings; `text` gives the files that comments are read from.
    ///
    /// Terrascan itself makes one document of a whole directory, and rules may compare resources across it.
    pub fn scan_terrascan(
        &self,
        mut document: Document,
        text: impl Fn(&str) -> Option<Arc<str>>,
        today: Option<Date>,
    ) -> Scan {
        let mut scan = Scan { errors: std::mem::take(&mut document.errors), ..Scan::default() };
        let json = document.take_json();
        let found = self.found(json, &document, &mut scan);
        match today {
            Some(today) => self.count(&document, found, text, today, &mut scan),
            None => scan.findings = found.into_iter().map(|(finding, _)| finding).collect(),
        }
        scan.tidy();
        scan
    }

    /// All violations as Terrascan repeats them, those that its comments skip included.
    pub fn terrascan_violations(&self, mut document: Document) -> Vec<Violation> {
        let Value::Object(json) = document.take_json() else { return Vec::new() };
        let mut violations = Vec::new();
        for (rule, answer) in self.judge_terrascan(json) {
            let ids = answer.unwrap_or_default();
            let places = ids.iter().flat_map(|id| document.occurrences(id));
            violations.extend(places.map(|occurrence| violation(rule, occurrence)));
        }
        violations
    }

    fn found<'d>(
        &self,
        json: Value,
        document: &'d Document,
        scan: &mut Scan,
    ) -> Vec<(Finding, &'d Occurrence)> {
        let Value::Object(json) = json else { return Vec::new() };
        let contents = contents(&json);
        let mut found = Vec::new();
        for (rule, answer) in self.judge_terrascan(json) {
            match answer {
                Ok(ids) => {
                    scan.judged.insert(rule.metadata().id.clone());
                    let places = ids.iter().collect::<BTreeSet<_>>().into_iter();
                    let places = places.flat_map(|id| document.occurrences(id));
                    found.extend(places.map(|occurrence| (finding(rule, occurrence, &contents), occurrence)));
                }
                Err(error) => scan.errors.push(unjudged(rule, &error)),
            }
        }
        found
    }

    fn count(
        &self,
        document: &Document,
        found: Vec<(Finding, &Occurrence)>,
        text: impl Fn(&str) -> Option<Arc<str>>,
        today: Date,
        scan: &mut Scan,
    ) {
        let mut model = Model::new(Engine::Terraform, Source::Configuration);
        model.resources = document.all().map(resource).collect();
        let mut written = Suppressions::read(&model, text, today);
        for (mut finding, occurrence) in found {
            let blocks: Vec<_> = occurrence.callers.iter().chain(&occurrence.extent).collect();
            let verdict = written.judge(&finding, &blocks);
            match (verdict, skipped(&finding, occurrence)) {
                (Verdict::Skipped(comment), _) | (Verdict::Counts(_), Some(comment)) => {
                    scan.skipped.push(Skipped { finding, comment });
                }
                (Verdict::Counts(severity), None) => {
                    finding.severity = severity;
                    scan.findings.push(finding);
                }
            }
        }
        let (suppressions, expired) = written.finish(|id| self.standing(id, &scan.judged));
        scan.suppressions = suppressions;
        scan.findings.extend(expired);
    }
}

/// The hash of what a resource says, by its id, file, line and root.
type Contents = BTreeMap<(String, String, u64, String), String>;

fn contents(json: &serde_json::Map<String, Value>) -> Contents {
    let mut hashes = Contents::new();
    for entry in json.values().filter_map(Value::as_array).flatten() {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        if let Some(config) = entry.get("config") {
            let line = entry.get("line").and_then(Value::as_u64).unwrap_or_default();
            let place = (text("id"), text("source"), line, text("plan_root"));
            hashes.entry(place).or_insert_with(|| content::hash_of(&text("type"), config));
        }
    }
    hashes
}

fn content_of(occurrence: &Occurrence, contents: &Contents) -> String {
    let Occurrence { id, source, plan_root, .. } = occurrence;
    let place = (id.clone(), source.clone(), occurrence.line as u64, plan_root.clone());
    contents.get(&place).cloned().unwrap_or_default()
}

fn finding(rule: &Rule, occurrence: &Occurrence, contents: &Contents) -> Finding {
    let metadata = rule.metadata();
    let called =
        |extent: &crate::Extent| Location { file: extent.file.clone(), line: extent.first, column: 1 };
    let found = Finding {
        rule: metadata.id.clone(),
        title: metadata.title.clone(),
        severity: rule.severity(None),
        category: metadata.category.clone(),
        resource_type: occurrence.kind.clone(),
        address: occurrence.address.clone(),
        message: metadata.title.to_string(),
        why: metadata.why.clone(),
        remedy: metadata.remedy.clone(),
        location: occurrence.location.clone(),
        aliases: metadata.aliases().map(RuleId::new).collect(),
        instances: vec![occurrence.address.clone()],
        contents: vec![content_of(occurrence, contents)],
        callers: occurrence.callers.iter().map(called).collect::<BTreeSet<_>>().into_iter().collect(),
        name: None,
    };
    let name = Some(&occurrence.name).filter(|name| *name != found.resource_name()).cloned();
    Finding { name, ..found }
}

/// What suppressions need to know of a resource.
fn resource(occurrence: &Occurrence) -> Resource {
    Resource {
        address: occurrence.address.clone(),
        kind: occurrence.kind.clone(),
        written_type: occurrence.kind.clone(),
        name: occurrence.name.clone(),
        module: String::new(),
        engine: Engine::Terraform,
        values: Value::Null,
        unknown: BTreeSet::new(),
        links: BTreeMap::new(),
        written: None,
        documents: serde_json::Map::new(),
        actions: Vec::new(),
        location: occurrence.location.clone(),
        line: None,
        provisioners: Vec::new(),
        extent: occurrence.extent.clone(),
        callers: occurrence.callers.clone(),
        metadata: Value::Null,
    }
}

/// The comment with which the resource itself skips a rule.
fn skipped(finding: &Finding, occurrence: &Occurrence) -> Option<String> {
    let names = || std::iter::once(&finding.rule).chain(&finding.aliases);
    let is_named = |written: &str| names().any(|id| id.as_str().eq_ignore_ascii_case(written));
    let skip = occurrence.directives.skip.iter().find(|skip| is_named(&skip.rule));
    skip.map(|skip| skip.comment.clone())
}

fn violation(rule: &Rule, occurrence: &Occurrence) -> Violation {
    let metadata = rule.metadata();
    let found = finding(rule, occurrence, &Contents::new());
    let directives = &occurrence.directives;
    let is_none = directives.max_severity.eq_ignore_ascii_case("none");
    let severity =
        match (directives.min_severity.parse::<Severity>(), directives.max_severity.parse::<Severity>()) {
            _ if is_none => found.severity,
            (Ok(least), _) => found.severity.max(least),
            (Err(_), Ok(most)) => found.severity.min(most),
            (Err(_), Err(_)) => found.severity,
        };
    Violation {
        rule: metadata.id.clone(),
        rule_name: rule.name().to_owned(),
        description: metadata.title.clone(),
        category: metadata.category.clone(),
        severity,
        skipped: skipped(&found, occurrence).or_else(|| is_none.then(String::new)),
        occurrence: occurrence.clone(),
    }
}
