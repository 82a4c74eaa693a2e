//! Runs every rule of a bundle over one input.

use serde::{Deserialize, Serialize};

use crate::bundle::{Bundle, Rule};
use crate::finding::{Counts, Finding, Location, RuleId, Severity};
use crate::input::Input;
use crate::rego::{Document, RegoError, Violation};
use crate::resource::Model;

/// Something that could not be read or judged. The gate treats it as a refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct ScanError {
    /// The rule that could not be judged; none when the input itself could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// What went wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
    /// Where, when known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

impl ScanError {
    /// An error of the input as a whole.
    pub fn input(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { rule: None, message: message.into(), remedy: remedy.into(), location: None }
    }

    /// The same error at a place.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }
}

/// The outcome of a scan, in a stable order: the worst first, then by rule, address and message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// What the rules found.
    pub findings: Vec<Finding>,
    /// What could not be read or judged.
    pub errors: Vec<ScanError>,
}

impl Scan {
    /// How many findings there are of each severity.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.findings.iter().for_each(|finding| counts.add(finding.severity));
        counts
    }

    /// The findings that are at least this bad, in order.
    pub fn at_or_over(&self, bound: Severity) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.severity >= bound)
    }

    /// Adds another scan's outcome and restores the order.
    pub fn merge(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.errors.extend(other.errors);
        self.sort();
    }

    fn sort(&mut self) {
        self.findings.sort_by(|a, b| {
            (b.severity.cmp(&a.severity))
                .then_with(|| (&a.rule, &a.location, &a.address).cmp(&(&b.rule, &b.location, &b.address)))
                .then_with(|| a.message.cmp(&b.message))
        });
    }
}

impl Bundle {
    /// Judges one input by every rule. Never fails as a whole: what could not be read or judged is
    /// in [`Scan::errors`].
    pub fn scan(&self, input: &Input<'_>) -> Scan {
        let mut scan = Scan::default();
        match input.model().and_then(|model| Ok((document(&model)?, model))) {
            Ok((document, model)) => {
                self.judge_model(&document, &model, &mut scan);
                scan.errors.extend(model.errors);
            }
            Err(error) => scan.errors.push(error),
        }
        scan.sort();
        scan
    }

    fn judge_model(&self, document: &Document, model: &Model, scan: &mut Scan) {
        for (rule, answer) in self.judge(document, model.engine) {
            match answer {
                Ok(violations) => {
                    scan.findings.extend(violations.into_iter().map(|found| finding(rule, model, found)));
                }
                Err(error) => scan.errors.push(unjudged(rule, &error)),
            }
        }
    }
}

fn document(model: &Model) -> Result<Document, ScanError> {
    let json = model.document().map_err(|error| {
        ScanError::input(format!("the input cannot be given to the rules: {error}"), "report this as a bug")
    })?;
    Ok(Document::new(json))
}

fn finding(rule: &Rule, model: &Model, found: Violation) -> Finding {
    let metadata = rule.metadata();
    let (resource_type, location) = model.find(&found.address).unwrap_or(("", None));
    Finding {
        rule: metadata.id.clone(),
        title: metadata.title.clone(),
        severity: rule.severity(found.severity),
        category: metadata.category.clone(),
        resource_type: resource_type.to_owned(),
        location: location.cloned(),
        address: found.address,
        message: found.message,
        why: metadata.why.clone(),
        remedy: metadata.remedy.clone(),
    }
}

fn unjudged(rule: &Rule, error: &RegoError) -> ScanError {
    let id = &rule.metadata().id;
    ScanError {
        rule: Some(id.clone()),
        message: format!("rule {id} in {} could not be judged: {}", rule.path(), error.with_source()),
        remedy: "mend the rule, or leave it out of the pack; its resources were not checked".into(),
        location: None,
    }
}
