//! How the author of a resource keeps a rule from speaking of it: comments in its block, in a module call above it or at
//! the head of its file, and `Metadata` of a template's resource.

mod comment;
mod metadata;
mod scope;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::finding::{Extent, Finding, Location, RuleId, Severity};
use crate::metadata::Metadata;
use crate::resource::{Engine, Model};

use scope::{Places, Scope};

/// The rule that fires on suppressions that have expired.
pub const EXPIRED: &str = "WL-SCAN-001";

/// What became of a suppression. Of two inputs that hold the same source, the later word here counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// No rule of the bundle has the id.
    Unknown,
    /// It stands in no block that it could be about.
    Misplaced,
    /// Its date is not one, so it does not hold.
    Undated,
    /// Its rule was judged, and found nothing here.
    Idle,
    /// Its rule was not judged, or its block makes no resource in this input.
    Unjudged,
    /// Its last day is over, so it does not hold.
    Expired,
    /// It kept a finding from being counted.
    Used,
}

/// A suppression as it is written, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Suppression {
    /// Where it is written.
    pub location: Location,
    /// The rule that it names, as it names it.
    pub rule: RuleId,
    /// What became of it.
    pub fate: Fate,
}

impl Suppression {
    /// What its author should know of it; none where all is well, or a finding says so already.
    pub fn warning(&self) -> Option<String> {
        let rule = &self.rule;
        Some(match self.fate {
            Fate::Unknown => format!("there is no rule {rule}; this suppression does nothing"),
            Fate::Misplaced => format!(
                "the suppression of {rule} stands in no resource and no module call, and not before the first block of the file"
            ),
            Fate::Undated => {
                format!("the suppression of {rule} does not hold: write its last day as until=2027-01-31")
            }
            Fate::Idle => format!("the suppression of {rule} suppresses nothing: remove it"),
            Fate::Unjudged | Fate::Expired | Fate::Used => return None,
        })
    }
}

/// Until when a suppression holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Until {
    Always,
    Day(Date),
    /// Something that is no date.
    Garbled,
}

impl Until {
    fn parse(text: &str) -> Self {
        text.parse().map_or(Self::Garbled, Self::Day)
    }
}

/// What is written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Directive {
    /// The rule is skipped.
    Skip { rule: RuleId, until: Until, comment: String },
    /// Findings are at most this bad; none: they are skipped.
    AtMost(Option<Severity>),
    /// Findings are at least this bad.
    AtLeast(Severity),
}

/// A directive with its place and with what it covers.
#[derive(Clone, Debug)]
struct Written {
    location: Location,
    directive: Directive,
    scope: Scope,
    used: bool,
}

/// All that is written about one input.
#[derive(Debug)]
pub(crate) struct Suppressions {
    written: Vec<Written>,
    by_scope: BTreeMap<Scope, Vec<usize>>,
    today: Date,
}

/// What the suppressions say of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It counts, as bad as this.
    Counts(Severity),
    /// It does not count, for this reason.
    Skipped(String),
}

impl Suppressions {
    /// Reads what is written in the files that the model's blocks stand in, and in its resources' metadata.
    pub(crate) fn read(model: &Model, text: impl Fn(&str) -> Option<Arc<str>>, today: Date) -> Self {
        let places = Places::new(model);
        let mut written = Vec::new();
        for (file, blocks) in places.files() {
            if let Some(text) = text(file) {
                written.extend(comment::read(file, &text, blocks));
            }
        }
        written.extend(model.resources.iter().flat_map(metadata::read));
        let mut by_scope: BTreeMap<Scope, Vec<usize>> = BTreeMap::new();
        for (index, directive) in written.iter().enumerate() {
            by_scope.entry(directive.scope.clone()).or_default().push(index);
        }
        Self { written, by_scope, today }
    }

    /// What they say of a finding, which stands in these blocks: the module calls on the way, and its own.
    pub(crate) fn judge(&mut self, finding: &Finding, blocks: &[&Extent]) -> Verdict {
        let scopes = scope::of(finding, blocks);
        let covering = scopes.iter().filter_map(|scope| self.by_scope.get(scope)).flatten().copied();
        let covering: Vec<usize> = covering.collect();
        let mut reason = None;
        for index in &covering {
            let today = self.today;
            let Some(written) = self.written.get_mut(*index) else { continue };
            if written.skips(finding, today) {
                written.used = true;
                reason = reason.or_else(|| Some(written.comment().to_owned()));
            }
        }
        match reason {
            Some(reason) => Verdict::Skipped(reason),
            None => self.bounded(&covering, finding.severity),
        }
    }

    /// The severity within the bounds. As in Terrascan, a lower bound makes an upper one void, and `None` skips.
    fn bounded(&self, covering: &[usize], severity: Severity) -> Verdict {
        let directives = || covering.iter().filter_map(|index| self.written.get(*index));
        let (mut least, mut most) = (None, None);
        for written in directives() {
            match &written.directive {
                Directive::AtLeast(bound) => least = least.or(Some(*bound)),
                Directive::AtMost(bound) => most = most.or(Some(*bound)),
                Directive::Skip { .. } => {}
            }
        }
        match (most, least) {
            (Some(None), _) => Verdict::Skipped("maxseverity=None".into()),
            (_, Some(least)) => Verdict::Counts(severity.max(least)),
            (Some(Some(most)), None) => Verdict::Counts(severity.min(most)),
            (None, None) => Verdict::Counts(severity),
        }
    }

    /// What became of each, and the findings about those that have expired.
    pub(crate) fn finish(self, standing: impl Fn(&RuleId) -> Fate) -> (Vec<Suppression>, Vec<Finding>) {
        let expired = self.written.iter().filter_map(|written| written.expired(self.today)).collect();
        let seen = self.written.iter().filter_map(|written| {
            let Directive::Skip { rule, .. } = &written.directive else { return None };
            let fate = written.fate(self.today, &standing);
            Some(Suppression { location: written.location.clone(), rule: rule.clone(), fate })
        });
        (seen.collect(), expired)
    }
}

impl Written {
    fn skips(&self, finding: &Finding, today: Date) -> bool {
        let Directive::Skip { rule, until, .. } = &self.directive else { return false };
        let named = |id: &RuleId| id.as_str().eq_ignore_ascii_case(rule.as_str());
        let holds = match until {
            Until::Always => true,
            Until::Day(day) => *day >= today,
            Until::Garbled => false,
        };
        holds && (named(&finding.rule) || finding.aliases.iter().any(named))
    }

    fn comment(&self) -> &str {
        if let Directive::Skip { comment, .. } = &self.directive { comment } else { "" }
    }

    fn fate(&self, today: Date, standing: impl Fn(&RuleId) -> Fate) -> Fate {
        let Directive::Skip { rule, until, .. } = &self.directive else { return Fate::Unjudged };
        match (until, &self.scope, standing(rule)) {
            _ if self.used => Fate::Used,
            (Until::Day(day), ..) if *day < today => Fate::Expired,
            (_, _, Fate::Unknown) => Fate::Unknown,
            (_, Scope::Nowhere, _) => Fate::Misplaced,
            (Until::Garbled, ..) => Fate::Undated,
            (_, Scope::Unmade, _) => Fate::Unjudged,
            (_, _, standing) => standing,
        }
    }

    fn expired(&self, today: Date) -> Option<Finding> {
        let Directive::Skip { rule, until: Until::Day(day), comment } = &self.directive else { return None };
        let reason = if comment.is_empty() { String::new() } else { format!(" ({comment})") };
        let message = format!("the suppression of {rule} expired on {day}{reason}");
        let address = format!("suppression[\"{rule}\"]");
        (*day < today).then(|| about_expiry(self.location.clone(), address, message))
    }
}

fn about_expiry(location: Location, address: String, message: String) -> Finding {
    let rule = expiry_rule();
    Finding {
        rule: rule.id,
        title: rule.title,
        severity: rule.severity,
        category: rule.category,
        resource_type: "suppression".into(),
        address: address.clone(),
        message,
        why: rule.why,
        remedy: rule.remedy,
        location: Some(location),
        aliases: Vec::new(),
        instances: vec![address],
        contents: vec![String::new()],
        name: None,
        callers: Vec::new(),
    }
}

/// The page of the rule that fires on expired suppressions. It is in no pack: it needs no Rego.
pub fn expiry_rule() -> Metadata {
    Metadata {
        id: RuleId::new(EXPIRED),
        title: "A suppression is removed or renewed when its day has come".into(),
        why: "It was written to hold for a while only. What it hid counts again.".into(),
        remedy: "mend what it hides, or give `until=` another day and say why".into(),
        severity: Severity::Low,
        category: "Compliance Validation".into(),
        frameworks: BTreeMap::new(),
        links: Vec::new(),
        engines: vec![Engine::Terraform, Engine::CloudFormation],
        parameters: BTreeMap::new(),
    }
}
