//! `policy`: by which rules plans are judged, and how strictly.

mod doubt;

use crate::diagnostic::{Diagnostic, Severity as Level};
use crate::ids::{InvalidId, StageName};
use crate::reader::Spanned;
use crate::reader::table::Table;
use crate::reader::value::Value;
use crate::zone::names::Names;
use doubt::{Place, Subject};
use policies::settings::Selection;
use policies::{PackSource, RuleId, Settings, Severity};
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;
use std::str::FromStr;

/// The severity from which a finding refuses a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Any finding.
    Low,
    /// Medium and high.
    Medium,
    /// High alone.
    #[default]
    High,
}

impl FailOn {
    /// The severity itself.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::Low => Severity::Low,
            Self::Medium => Severity::Medium,
            Self::High => Severity::High,
        }
    }
}

/// The `policy` block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// Where rules come from. Default: the builtin ones.
    #[serde(serialize_with = "as_written")]
    pub packs: Vec<PackSource>,
    /// What refuses a plan. Default: high.
    pub fail_on: FailOn,
    /// What is set for every stage that has no block of its own: parameters, severities, which rules are judged, and whether what
    /// developers suppress in their files counts all the same.
    pub settings: Settings,
    /// The settings of stages that have a block of their own, with those for every stage in them.
    pub stages: BTreeMap<StageName, Settings>,
    /// Where the file names rules and what belongs to them.
    #[serde(skip)]
    places: Vec<Place>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            packs: vec![PackSource::Builtin],
            fail_on: FailOn::High,
            settings: Settings::default(),
            stages: BTreeMap::new(),
            places: Vec::new(),
        }
    }
}

fn as_written<S: Serializer>(packs: &[PackSource], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(packs.iter().map(ToString::to_string))
}

const FAIL_ON: [(&str, FailOn); 3] =
    [("low", FailOn::Low), ("medium", FailOn::Medium), ("high", FailOn::High)];
const SEVERITIES: [(&str, Severity); 3] =
    [("low", Severity::Low), ("medium", Severity::Medium), ("high", Severity::High)];

impl Policy {
    pub(super) fn read(table: &Table<'_>, names: &Names) -> Option<Self> {
        let packs = table.or("packs", vec![PackSource::Builtin], read_packs);
        let fail_on = table.or("fail_on", FailOn::default(), |v| v.choice(&FAIL_ON));
        let mut places = vec![place(table, None, Subject::Nothing, &table.span)];
        let settings = read_settings(table, None, &Settings::default(), fail_on, &mut places);
        let base = settings.clone().unwrap_or_default();
        let mut stages = Some(BTreeMap::new());
        for (name, stage) in table.labelled::<StageName>("stage", "dev") {
            let read = read_stage(name, &stage, names, (&base, fail_on), &mut places);
            stages = stages.zip(read).map(|(mut stages, (name, settings))| {
                stages.insert(name, settings);
                stages
            });
        }
        table.close();
        Some(Self { packs: packs?, fail_on: fail_on?, settings: settings?, stages: stages?, places })
    }
}

fn read_stage(
    name: Option<Spanned<StageName>>,
    table: &Table<'_>,
    names: &Names,
    (base, fail_on): (&Settings, Option<FailOn>),
    places: &mut Vec<Place>,
) -> Option<(StageName, Settings)> {
    let name = name.filter(|name| names.stage(table, name)).map(|name| name.value);
    places.push(place(table, name.as_ref(), Subject::Nothing, &table.span));
    let settings = read_settings(table, name.as_ref(), base, fail_on, places);
    table.close();
    Some((name?, settings?))
}

/// What the block sets, over what is set for every stage: what it skips is skipped as well, what it selects is selected in its
/// place, and parameters and severities count rule by rule.
fn read_settings(
    table: &Table<'_>,
    stage: Option<&StageName>,
    base: &Settings,
    fail_on: Option<FailOn>,
    places: &mut Vec<Place>,
) -> Option<Settings> {
    let min_severity = table.or("min_severity", base.min_severity, |v| min_severity(v, fail_on).map(Some));
    let suppressions = table.or("suppressions", !base.ignore_suppressions, Value::bool);
    let mut lists = Lists { table, stage, places };
    let only = lists.selection(["rules", "categories", "frameworks"]);
    let skip = lists.selection(["skip", "skip_categories", "skip_frameworks"]);
    let mut settings = base.clone();
    let severities = severities(table, stage, places);
    let severities = severities.map(|read| settings.severities.extend(read));
    let rules = rules(table, stage, places).map(|read| {
        for (id, rule) in read {
            settings.severities.extend(rule.severity.map(|severity| (id.clone(), severity)));
            settings.parameters.entry(id).or_default().extend(rule.parameters);
        }
    });
    settings.parameters.retain(|_, parameters| !parameters.is_empty());
    severities.and(rules)?;
    let (only, skip) = (only?, skip?);
    settings.min_severity = min_severity?;
    settings.ignore_suppressions = !suppressions?;
    replace(&mut settings.only.ids, only.ids);
    replace(&mut settings.only.categories, only.categories);
    replace(&mut settings.only.frameworks, only.frameworks);
    settings.skip.ids.extend(skip.ids);
    settings.skip.categories.extend(skip.categories);
    settings.skip.frameworks.extend(skip.frameworks);
    Some(settings)
}

/// What refuses a plan must be found first.
fn min_severity(value: &Value<'_>, fail_on: Option<FailOn>) -> Option<Severity> {
    let read = value.choice(&SEVERITIES)?;
    match fail_on.map(FailOn::severity) {
        Some(refused) if read > refused => {
            let message = format!(
                "`min_severity` leaves out findings that `fail_on = \"{refused}\"` refuses a plan for"
            );
            value.error(message, format!("write \"{refused}\" at most, or raise `fail_on`"));
            None
        }
        _ => Some(read),
    }
}

fn replace<T>(base: &mut Vec<T>, written: Vec<T>) {
    if !written.is_empty() {
        *base = written;
    }
}

/// Reads the lists of names of one block.
struct Lists<'t, 'a> {
    table: &'t Table<'a>,
    stage: Option<&'t StageName>,
    places: &'t mut Vec<Place>,
}

impl Lists<'_, '_> {
    fn selection(&mut self, [ids, categories, frameworks]: [&'static str; 3]) -> Option<Selection> {
        let ids = self.names(ids, |name| Subject::Rule(RuleId::new(name)));
        let categories = self.names(categories, |name| Subject::Category(name.to_owned()));
        let frameworks = self.names(frameworks, |name| Subject::Framework(name.to_owned()));
        let ids = ids?.into_iter().map(RuleId::new).collect();
        Some(Selection { ids, categories: categories?, frameworks: frameworks? })
    }

    fn names(&mut self, attribute: &'static str, subject: impl Fn(&str) -> Subject) -> Option<Vec<String>> {
        let items = self.table.or(attribute, Vec::new(), Value::list)?;
        let read: Vec<Option<String>> = items
            .iter()
            .map(|item| {
                let name = item.line()?;
                self.places.push(place(self.table, self.stage, subject(name), &item.span));
                Some(name.to_owned())
            })
            .collect();
        read.into_iter().collect()
    }
}

fn severities(
    table: &Table<'_>,
    stage: Option<&StageName>,
    places: &mut Vec<Place>,
) -> Option<BTreeMap<RuleId, Severity>> {
    let entries = table.or("severities", Vec::new(), Value::object)?;
    let mut read = Some(BTreeMap::new());
    for (name, value) in entries {
        let id = RuleId::new(name.value);
        places.push(place(table, stage, Subject::Rule(id.clone()), &name.span));
        read = read.zip(value.choice(&SEVERITIES)).map(|(mut read, severity)| {
            read.insert(id, severity);
            read
        });
    }
    read
}

/// What a `rule` block sets.
struct Rule {
    severity: Option<Severity>,
    parameters: serde_json::Map<String, serde_json::Value>,
}

/// A rule's id as a label.
#[derive(PartialEq)]
struct Id(RuleId);

impl FromStr for Id {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let invalid = || InvalidId {
            kind: "the id of a rule",
            value: text.to_owned(),
            expected: "an id, such as WL-AWS-S3-001",
        };
        let bad = text.is_empty() || text.contains(|c: char| c.is_whitespace() || c.is_control());
        if bad { Err(invalid()) } else { Ok(Self(RuleId::new(text))) }
    }
}

fn rules(
    table: &Table<'_>,
    stage: Option<&StageName>,
    places: &mut Vec<Place>,
) -> Option<Vec<(RuleId, Rule)>> {
    let blocks = table.labelled::<Id>("rule", "WL-AWS-S3-001");
    let read: Vec<Option<_>> = blocks
        .into_iter()
        .map(|(id, block)| {
            let id = id.map(|id| {
                places.push(place(table, stage, Subject::Rule(id.value.0.clone()), &id.span));
                id.value.0
            });
            let severity = block.or("severity", None, |v| v.choice(&SEVERITIES).map(Some));
            let parameters = block.or("parameters", Vec::new(), Value::object);
            let values = parameters.map(|entries| values(table, stage, id.as_ref(), entries, places));
            block.close();
            Some((id?, Rule { severity: severity?, parameters: values?? }))
        })
        .collect();
    read.into_iter().collect()
}

fn values(
    table: &Table<'_>,
    stage: Option<&StageName>,
    id: Option<&RuleId>,
    entries: Vec<(Spanned<String>, Value<'_>)>,
    places: &mut Vec<Place>,
) -> Option<serde_json::Map<String, serde_json::Value>> {
    let read: Vec<Option<_>> = entries
        .into_iter()
        .map(|(name, value)| {
            let subject = |id: &RuleId| Subject::Parameter(id.clone(), name.value.clone());
            let whole = name.span.start..value.span.end;
            places.extend(id.map(|id| place(table, stage, subject(id), &whole)));
            Some((name.value.clone(), value.json()?))
        })
        .collect();
    read.into_iter().collect()
}

fn place(
    table: &Table<'_>,
    stage: Option<&StageName>,
    subject: Subject,
    span: &std::ops::Range<usize>,
) -> Place {
    let at = Diagnostic::new(Level::Error, table.reader.source, span, "", None);
    Place { stage: stage.cloned(), subject, at }
}

fn read_packs(value: &Value<'_>) -> Option<Vec<PackSource>> {
    let items = value.list()?;
    if items.is_empty() {
        value.error("there are no rules, so that nothing could be judged", "\"builtin\" brings some");
        return None;
    }
    let packs: Vec<Option<PackSource>> = items.iter().map(|item| item.checked(pack)).collect();
    packs.into_iter().collect()
}

fn pack(text: &str) -> Result<PackSource, String> {
    if text.contains(char::is_control) {
        return Err("expected \"builtin\", a directory, or a git URL".to_owned());
    }
    text.parse().map_err(|error: policies::PackSourceError| error.to_string())
}
