//! The document of one audit record, in the names of the
//! [Elastic Common Schema](https://www.elastic.co/guide/en/ecs/current/ecs-field-reference.html) and of OpenTelemetry's
//! [CI/CD](https://opentelemetry.io/docs/specs/semconv/registry/attributes/cicd/) and
//! [VCS](https://opentelemetry.io/docs/specs/semconv/registry/attributes/vcs/) attributes, as nested objects.

use std::net::IpAddr;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pipeline_core::{Digest, RunId, UnitId};
use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// The version of the Elastic Common Schema that the records follow.
pub(super) const ECS_VERSION: &str = "8.17.0";

/// One audit record, before it has its place in the chain: the writer of a run sets `event.sequence` and `event.hash`.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// When it happened, to the millisecond (what an Elasticsearch `date` keeps).
    #[serde(rename = "@timestamp", serialize_with = "as_millis")]
    pub timestamp: Timestamp,
    /// `ecs.version`.
    pub ecs: Ecs,
    /// What kind of thing happened.
    pub event: Event,
    /// The line of output, or the change in one sentence.
    pub message: String,
    /// `log.level`.
    pub log: Log,
    /// The account and region it happened in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud: Option<Cloud>,
    /// The account's organizational unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Organization>,
    /// Who caused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<User>,
    /// Where a request came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The policy rule of a finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// The repository and commit.
    pub vcs: Vcs,
    /// The run, as a pipeline run.
    pub cicd: Cicd,
    /// Wayleave's own fields.
    pub wayleave: Wayleave,
}

/// `ecs.version`.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Ecs {
    /// Always [`ECS_VERSION`].
    pub version: &'static str,
}

/// `log.level`.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Log {
    /// How grave it is.
    pub level: Level,
}

/// How grave a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As it should be.
    Info,
    /// Worth a look.
    Warn,
    /// Something failed.
    Error,
}

/// ECS's values of [`event.category`](https://www.elastic.co/guide/en/ecs/current/ecs-allowed-values-event-category.html) that
/// occur here; it has none for deployments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// A request to Wayleave: a webhook, an approval.
    Api,
    /// Infrastructure is being or has been changed, or was judged.
    Configuration,
    /// A program's output, or a step of the pipeline.
    Process,
}

/// ECS's values of [`event.type`](https://www.elastic.co/guide/en/ecs/current/ecs-allowed-values-event-type.html) that occur here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EventType {
    /// A request was received.
    Access,
    /// A person allowed it.
    Allowed,
    /// Something changed.
    Change,
    /// A person or a policy refused it.
    Denied,
    /// Something ended.
    End,
    /// For the record.
    Info,
    /// Something began.
    Start,
}

/// ECS's [`event.outcome`](https://www.elastic.co/guide/en/ecs/current/ecs-allowed-values-event-outcome.html).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It worked.
    Success,
    /// It did not.
    Failure,
    /// It is not known yet.
    Unknown,
}

/// The `event.*` fields.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// Always `event`.
    pub kind: &'static str,
    /// The ECS categories.
    pub category: Vec<Category>,
    /// The ECS types.
    #[serde(rename = "type")]
    pub types: Vec<EventType>,
    /// What happened: `stdout`, `stderr`, `run-applied`, `unit-planned`, `finding`, `approved`, `rejected`, …
    pub action: String,
    /// Whether it worked, where that can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The record's place in its run, from 1 without a gap; set by the run's writer.
    pub sequence: u64,
    /// `<run>/<n>` where the record tells of the run's n-th core event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The chained hash; set by the run's writer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// Always `wayleave`.
    pub provider: &'static str,
    /// Always `wayleave.audit`.
    pub dataset: &'static str,
    /// Why it happened, where somebody said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How long it took, in nanoseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<u64>,
}

/// The `cloud.*` fields.
#[derive(Debug, Clone, Serialize)]
pub struct Cloud {
    /// Always `aws`.
    pub provider: &'static str,
    /// The region.
    pub region: String,
    /// The account.
    pub account: Account,
}

/// `cloud.account.*`.
#[derive(Debug, Clone, Serialize)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// Its name in the zone.
    pub name: String,
}

/// `organization.unit`.
#[derive(Debug, Clone, Serialize)]
pub struct Organization {
    /// The path of the account's organizational unit.
    pub unit: String,
}

/// The `user.*` fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct User {
    /// The person's name in the zone, or at the forge.
    pub name: String,
    /// Their id at the system they spoke through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// `source.ip`.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Source {
    /// The address that the request came from.
    pub ip: IpAddr,
}

/// The `rule.*` fields.
#[derive(Debug, Clone, Serialize)]
pub struct Rule {
    /// The rule's id.
    pub id: String,
    /// The rule's name.
    pub name: String,
    /// The rule's category.
    pub category: String,
}

/// The `vcs.*` fields.
#[derive(Debug, Clone, Serialize)]
pub struct Vcs {
    /// `vcs.repository.url.full`.
    pub repository: Repository,
    /// `vcs.ref.head.*`.
    #[serde(rename = "ref")]
    pub reference: Reference,
    /// `vcs.change.id`: the pull request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

/// `vcs.repository.*`.
#[derive(Debug, Clone, Serialize)]
pub struct Repository {
    /// `vcs.repository.url.*`.
    pub url: Url,
}

/// A URL.
#[derive(Debug, Clone, Serialize)]
pub struct Url {
    /// The whole of it.
    pub full: String,
}

/// `vcs.ref.*`.
#[derive(Debug, Clone, Serialize)]
pub struct Reference {
    /// The commit that the run is of.
    pub head: Head,
}

/// `vcs.ref.head.*`.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// The branch.
    pub name: String,
    /// The commit.
    pub revision: String,
}

/// `vcs.change.*`.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// The pull request's number.
    pub id: String,
}

/// The `cicd.*` fields.
#[derive(Debug, Clone, Serialize)]
pub struct Cicd {
    /// `cicd.pipeline.*`.
    pub pipeline: Pipeline,
}

/// `cicd.pipeline.*`.
#[derive(Debug, Clone, Serialize)]
pub struct Pipeline {
    /// The repository's name.
    pub name: String,
    /// The run.
    pub run: PipelineRun,
    /// The unit's step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<Task>,
    /// How the run or the unit's step ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<PipelineResult>,
}

/// `cicd.pipeline.run.*`.
#[derive(Debug, Clone, Serialize)]
pub struct PipelineRun {
    /// The run's id.
    pub id: RunId,
    /// The run's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
}

/// `cicd.pipeline.task.*`.
#[derive(Debug, Clone, Serialize)]
pub struct Task {
    /// `plan` or `apply`, or the stack's name outside both.
    pub name: String,
    /// The step's run.
    pub run: TaskRun,
}

/// `cicd.pipeline.task.run.*`.
#[derive(Debug, Clone, Serialize)]
pub struct TaskRun {
    /// `<run>/<unit>`.
    pub id: String,
}

/// OpenTelemetry's values of `cicd.pipeline.result`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PipelineResult {
    /// Applied, or nothing to apply.
    Success,
    /// A policy, a person or the change itself said no.
    Failure,
    /// Wayleave or a program it ran failed.
    Error,
    /// Stopped by a person or by a newer push.
    Cancellation,
    /// Not started, since something before it failed.
    Skip,
}

/// The `wayleave.*` fields.
#[derive(Debug, Clone, Serialize)]
pub struct Wayleave {
    /// The run.
    pub run: RunId,
    /// The unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The stack's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stack: Option<String>,
    /// The stage's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// The wave within the stage, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wave: Option<u32>,
    /// `terraform`, `opentofu`, `cloudformation` or `sam`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
    /// What was planned, approved or applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The name of the STS session, as CloudTrail shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_session: Option<String>,
}

/// The document id of a record: a hash of run, unit and sequence, so that a record sent twice lands on itself.
pub(super) fn document_id(run: &RunId, unit: Option<&str>, sequence: u64) -> String {
    hex::encode(Sha256::digest(format!("{run}\n{}\n{sequence}", unit.unwrap_or_default())))
}

/// A time as the records write it: UTC, three digits of seconds' fraction, so that texts sort as times do.
pub(super) fn millis(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

fn as_millis<S: Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&millis(*time))
}
