//! Runs every rule of a bundle over one input.

mod content;
mod gather;
mod terrascan;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::terrascan::Violation as TerrascanViolation;
use crate::bundle::{Bundle, Rule};
use crate::finding::{Counts, Extent, Finding, Location, RuleId, Severity};
use crate::input::Input;
use crate::rego::{Document, RegoError, Violation};
use crate::resource::{Change, Model, ModuleCall, Provider, Resource};
#[cfg(doc)]
use crate::settings::Settings;
use crate::suppression::{Fate, Suppression, Suppressions, Verdict};

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

/// A finding that a suppression keeps from counting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// What would be found.
    #[serde(flatten)]
    pub finding: Finding,
    /// Why it does not count, as the author of the suppression says.
    pub comment: String,
}

/// The outcome of a scan, in a stable order: the worst first, then by rule, place and address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// What the rules found.
    pub findings: Vec<Finding>,
    /// What could not be read or judged.
    pub errors: Vec<ScanError>,
    /// What the rules found and a suppression keeps from counting.
    #[serde(default)]
    pub skipped: Vec<Skipped>,
    /// All suppressions of rules that were seen, and what became of them.
    #[serde(default)]
    pub suppressions: Vec<Suppression>,
    /// The rules that were judged, over at least one input.
    #[serde(default)]
    pub judged: BTreeSet<RuleId>,
}

impl Scan {
    /// How many findings there are of each severity.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.findings.iter().for_each(|finding| counts.add(finding.severity));
        counts
    }

    /// Whether everything could be judged, and nothing was found.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.errors.is_empty()
    }

    /// The findings that are at least this bad, in order.
    pub fn at_or_over(&self, bound: Severity) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.severity >= bound)
    }

    /// What authors of suppressions should know: the place, and what is wrong there.
    pub fn warnings(&self) -> impl Iterator<Item = (&Location, String)> {
        let seen = self.suppressions.iter();
        seen.filter_map(|suppression| Some((&suppression.location, suppression.warning()?)))
    }

    /// Keeps the findings that are wanted, skipped ones too, and answers how many findings were not.
    pub fn keep(&mut self, mut wanted: impl FnMut(&Finding) -> bool) -> usize {
        let before = self.findings.len();
        self.findings.retain(&mut wanted);
        self.skipped.retain(|skipped| wanted(&skipped.finding));
        before - self.findings.len()
    }

    /// Adds another scan's outcome and restores the order.
    pub fn merge(&mut self, other: Self) {
        self.append(other);
        self.tidy();
    }

    fn append(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.errors.extend(other.errors);
        self.skipped.extend(other.skipped);
        self.suppressions.extend(other.suppressions);
        self.judged.extend(other.judged);
    }

    /// Puts together what belongs together, and sorts.
    fn tidy(&mut self) {
        self.findings = gather::gather(std::mem::take(&mut self.findings));
        self.findings.sort_by(worst_first);
        self.skipped = gather_skipped(std::mem::take(&mut self.skipped));
        let mut fates: BTreeMap<(Location, RuleId), Fate> = BTreeMap::new();
        for Suppression { location, rule, fate } in std::mem::take(&mut self.suppressions) {
            fates.entry((location, rule)).and_modify(|known| *known = fate.max(*known)).or_insert(fate);
        }
        let suppressions = fates.into_iter();
        self.suppressions =
            suppressions.map(|((location, rule), fate)| Suppression { location, rule, fate }).collect();
        let mut seen: Vec<ScanError> = Vec::new();
        let errors = std::mem::take(&mut self.errors).into_iter();
        // A module that does not parse is met by each of its callers.
        let mut known = BTreeSet::new();
        seen.extend(errors.filter(|error| {
            error.location.is_none() || known.insert((error.location.clone(), error.message.clone()))
        }));
        self.errors = seen;
    }
}

impl FromIterator<Scan> for Scan {
    /// All of them as one.
    fn from_iter<T: IntoIterator<Item = Scan>>(scans: T) -> Self {
        let mut whole = Self::default();
        scans.into_iter().for_each(|scan| whole.append(scan));
        whole.tidy();
        whole
    }
}

fn worst_first(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    (b.severity.cmp(&a.severity))
        .then_with(|| (&a.rule, &a.location, &a.address).cmp(&(&b.rule, &b.location, &b.address)))
        .then_with(|| a.message.cmp(&b.message))
}

/// Each reason stays with its own findings.
fn gather_skipped(skipped: Vec<Skipped>) -> Vec<Skipped> {
    let mut by_comment: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for Skipped { finding, comment } in skipped {
        by_comment.entry(comment).or_default().push(finding);
    }
    let with = |comment: String| move |finding| Skipped { finding, comment: comment.clone() };
    let groups = by_comment.into_iter();
    let mut gathered: Vec<Skipped> = groups
        .flat_map(|(comment, findings)| gather::gather(findings).into_iter().map(with(comment)))
        .collect();
    gathered.sort_by(|a, b| worst_first(&a.finding, &b.finding).then_with(|| a.comment.cmp(&b.comment)));
    gathered
}

impl Bundle {
    /// Judges one input by every rule, whatever its authors would suppress. Never fails as a whole: what could not be read
    /// or judged is in [`Scan::errors`].
    pub fn scan(&self, input: &Input<'_>) -> Scan {
        self.scan_with(input, None, true)
    }

    /// As [`Bundle::scan`], with what the authors suppress left out of the findings, unless [`Settings::ignore_suppressions`] says
    /// that it counts; `today` decides which suppressions have expired.
    pub fn scan_suppressed(&self, input: &Input<'_>, today: Date) -> Scan {
        self.scan_with(input, Some(today), true)
    }

    /// As [`Bundle::scan_suppressed`], by rules of our own layout alone. Terrascan's compare resources of all inputs that are
    /// scanned together: [`Bundle::scan_terrascan`] is for them, once, with [`crate::terrascan::whole`].
    pub fn scan_own(&self, input: &Input<'_>, today: Date) -> Scan {
        self.scan_with(input, Some(today), false)
    }

    fn scan_with(&self, input: &Input<'_>, today: Option<Date>, all: bool) -> Scan {
        let mut scan = Scan::default();
        let today = today.filter(|_| !self.ignores_suppressions());
        match input.model().and_then(|model| Ok((document(&model)?, model))) {
            Ok((document, model)) => {
                let findings = self.judge_model(&document, &model, &mut scan);
                match today {
                    Some(today) => {
                        let written = Suppressions::read(&model, |file| input.text(file), today);
                        self.suppress(findings, written, &model, &mut scan);
                    }
                    None => scan.findings = findings,
                }
                if all && self.has_terrascan_rules() {
                    scan.append(self.scan_terrascan(input.terrascan(&model), |file| input.text(file), today));
                }
                scan.errors.extend(model.errors);
            }
            Err(error) => scan.errors.push(error),
        }
        scan.tidy();
        if let Some(bound) = self.min_severity() {
            scan.keep(|finding| finding.severity >= bound);
        }
        scan
    }

    fn judge_model(&self, document: &Document, model: &Model, scan: &mut Scan) -> Vec<Finding> {
        let index = Index::new(model);
        let mut findings = Vec::new();
        for (rule, answer) in self.judge(document, model.engine) {
            match answer {
                Ok(violations) => {
                    scan.judged.insert(rule.metadata().id.clone());
                    findings.extend(violations.into_iter().map(|found| finding(rule, &index, found)));
                }
                Err(error) => scan.errors.push(unjudged(rule, &error)),
            }
        }
        findings
    }

    fn suppress(&self, findings: Vec<Finding>, mut written: Suppressions, model: &Model, scan: &mut Scan) {
        let index = Index::new(model);
        for mut finding in findings {
            match written.judge(&finding, &index.blocks(&finding.address)) {
                Verdict::Counts(severity) => {
                    if severity < finding.severity {
                        finding.message =
                            format!("{} (the file lowers it from {})", finding.message, finding.severity);
                    }
                    finding.severity = severity;
                    scan.findings.push(finding);
                }
                Verdict::Skipped(comment) => scan.skipped.push(Skipped { finding, comment }),
            }
        }
        let (suppressions, expired) = written.finish(|id| self.standing(id, &scan.judged));
        scan.suppressions = suppressions;
        scan.findings.extend(expired);
    }

    /// What can be said of a suppression that was not used, by the rule that it names.
    fn standing(&self, id: &RuleId, judged: &BTreeSet<RuleId>) -> Fate {
        let mut rules = self.rules().iter().map(Rule::metadata);
        match rules.find(|rule| rule.is_named(id)) {
            Some(rule) if judged.contains(&rule.id) => Fate::Idle,
            Some(_) => Fate::Unjudged,
            None if self.leaves_out(id) => Fate::Unjudged,
            None => Fate::Unknown,
        }
    }
}

fn document(model: &Model) -> Result<Document, ScanError> {
    let json = model.document().map_err(|error| {
        ScanError::input(format!("the input cannot be given to the rules: {error}"), "report this as a bug")
    })?;
    Ok(Document::new(json))
}

/// What is behind an address that a rule named.
struct Index<'a> {
    /// A template's resource may be several of Terraform's, with one address.
    resources: HashMap<&'a str, Vec<&'a Resource>>,
    changes: HashMap<&'a str, &'a Change>,
    calls: HashMap<&'a str, &'a ModuleCall>,
    providers: HashMap<&'a str, &'a Provider>,
    /// Hashes of contents, each worked out when it is first asked for.
    contents: RefCell<HashMap<String, String>>,
}

impl<'a> Index<'a> {
    fn new(model: &'a Model) -> Self {
        let mut resources: HashMap<&str, Vec<&Resource>> = HashMap::new();
        for resource in model.resources.iter().chain(&model.data) {
            resources.entry(&resource.address).or_default().push(resource);
        }
        Self {
            resources,
            changes: model.changes.iter().map(|change| (change.address.as_str(), change)).collect(),
            calls: model.modules.iter().map(|call| (call.address.as_str(), call)).collect(),
            providers: model.providers.iter().map(|provider| (provider.address.as_str(), provider)).collect(),
            contents: RefCell::default(),
        }
    }

    fn resource(&self, address: &str) -> Option<&'a Resource> {
        self.resources.get(address)?.first().copied()
    }

    /// The blocks that what is behind an address stands in, the outermost first.
    fn blocks(&self, address: &str) -> Vec<&'a Extent> {
        match (self.resource(address), self.calls.get(address)) {
            (Some(resource), _) => resource.callers.iter().chain(&resource.extent).collect(),
            (None, Some(call)) => call.extent.iter().collect(),
            (None, None) => Vec::new(),
        }
    }

    fn content(&self, address: &str) -> String {
        let mut contents = self.contents.borrow_mut();
        let hash = || self.resources.get(address).map(|resources| content::hash(resources));
        contents.entry(address.to_owned()).or_insert_with(|| hash().unwrap_or_default()).clone()
    }

    /// The type as written, and the place.
    fn kind_and_place(&self, address: &str) -> (&'a str, Option<&'a Location>) {
        if let Some(resource) = self.resource(address) {
            (&resource.written_type, resource.location.as_ref())
        } else if let Some(call) = self.calls.get(address) {
            ("module", call.location.as_ref())
        } else if let Some(provider) = self.providers.get(address) {
            ("provider", provider.location.as_ref())
        } else {
            // A resource that goes away is written nowhere.
            (self.changes.get(address).map_or("", |change| change.kind.as_str()), None)
        }
    }
}

fn finding(rule: &Rule, index: &Index<'_>, found: Violation) -> Finding {
    let metadata = rule.metadata();
    let resource = index.resource(&found.address);
    let (resource_type, location) = index.kind_and_place(&found.address);
    let callers = resource.into_iter().flat_map(|resource| &resource.callers);
    let called = |extent: &Extent| Location { file: extent.file.clone(), line: extent.first, column: 1 };
    Finding {
        rule: metadata.id.clone(),
        title: metadata.title.clone(),
        severity: rule.severity(found.severity),
        category: metadata.category.clone(),
        resource_type: resource_type.to_owned(),
        location: location.cloned(),
        message: found.message,
        why: metadata.why.clone(),
        remedy: metadata.remedy.clone(),
        aliases: aliases(rule, found.aliases),
        instances: vec![found.address.clone()],
        contents: vec![index.content(&found.address)],
        callers: callers.map(called).collect::<BTreeSet<_>>().into_iter().collect(),
        address: found.address,
        name: None,
    }
}

/// The old ids of this case, else those of the rule.
fn aliases(rule: &Rule, of_the_case: Vec<RuleId>) -> Vec<RuleId> {
    if of_the_case.is_empty() { rule.metadata().aliases().map(RuleId::new).collect() } else { of_the_case }
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
