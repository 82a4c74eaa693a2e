//! A pipeline over a small landing zone, with runs as far along as a test wants them: nobody works on them.
//!
//! # Panics
//! Everything here panics when it cannot be done: it is for tests alone.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use landing_zone::{
    AccountId, AccountName, Engine, FailOn, PersonName, Region, RepositoryName, Source, StackName, StageName,
    Zone,
};
use pipeline_core::event::{Author, Event, FindingCounts, Mode, RunSpec, StageSpec, UnitSpec};
use pipeline_core::trigger::{Actor, TriggerKind};
use pipeline_core::{
    Action, Change, ChangeCounts, Changes, Commit, DeliveryId, Digest, RunId, RunView, Trigger, UnitId,
};
use policies::{Finding, RuleId, Severity, Skipped};
use serde_json::{Value, json};

use super::{github, slack};
use crate::Pipeline;
use crate::audit::{Phase, Stream, UnitContext};
use crate::secrets::Secrets;
use crate::store::{KeptReport, UnitReport};

/// The run that the functions here are about.
pub const RUN: &str = "r-0192f0c1a2b37c4d8e5f60718293a4b5";
/// Its commit.
pub const AFTER: &str = "2222222222222222222222222222222222222222";
/// The zone: dev, and prd after it with two approvals; kim, hong, lee and vera.
pub const ZONE: &str = r##"
organization {
  management_account = "111111111111"
  region             = "eu-west-1"
  plan_role          = "WayleavePlan"
  apply_role         = "WayleaveApply"
}
account "mgmt" {
  id = "111111111111"
}
account "dev" {
  id = "222222222222"
  ou = "Workloads/NonProd"
}
account "prd" {
  id = "333333333333"
  ou = "Workloads/Prod"
}
stage "dev" {
  accounts = ["dev"]
}
stage "prd" {
  accounts  = ["prd"]
  after     = ["dev"]
  approvals = 2
}
repository "acme/infra" {
  forge  = "github"
  url    = "https://github.example/acme/infra.git"
  branch = "main"
  stages = ["dev", "prd"]
}
forge "github" {
  api            = "https://api.github.example"
  token          = env("GITHUB_TOKEN")
  webhook_secret = env("GITHUB_WEBHOOK_SECRET")
}
person "kim" {
  slack  = "U0KIM"
  github = "kim"
  roles  = ["operator", "approver"]
}
person "hong" {
  slack  = "U0HONG"
  github = "hong"
  roles  = ["operator", "approver"]
}
person "lee" {
  slack  = "U0LEE"
  github = "lee"
  roles  = ["approver"]
}
person "vera" {
  slack = "U0VERA"
}
slack {
  api            = "https://slack.com/api"
  bot_token      = env("SLACK_BOT_TOKEN")
  signing_secret = env("SLACK_SIGNING_SECRET")
  channel        = "#deploys"
}
"##;

/// The pipeline of a zone.
#[derive(Debug)]
pub struct Scene {
    /// The pipeline.
    pub pipeline: Pipeline,
}

impl Scene {
    /// Opens the pipeline of a zone, [`ZONE`] or one like it, in a directory. Its secrets are those of the fakes.
    pub async fn open(directory: &Path, zone: &str) -> Self {
        let source = Source::new("zone.hcl", zone);
        let (zone, _) =
            Zone::parse(&source).unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
        let secrets = Secrets::read(&zone, secret).expect("every secret is there");
        Self { pipeline: Pipeline::open(zone, secrets, directory).await.expect("a pipeline") }
    }

    /// A token of somebody.
    pub async fn token(&self, person: &str) -> String {
        let person = PersonName::parse(person).expect("a name");
        self.pipeline.store().create_token(&person, Timestamp::now(), None).await.expect("a token")
    }

    /// A run by kim that has applied to dev and waits for two approvals of prd.
    pub async fn waiting_run(&self) -> RunView {
        self.begin(RUN).await;
        let [dev, prd] = units();
        self.push(Event::Prepared { stages: stages(), units: units().to_vec(), fail_on: FailOn::High }).await;
        self.push(Event::TargetsHeld).await;
        self.plan(&dev).await;
        self.push(Event::ApplyStarted { unit: dev.id.clone() }).await;
        self.push(Event::Applied { unit: dev.id }).await;
        self.plan(&prd).await;
        self.pipeline.run(run()).await.expect("a store").expect("the run")
    }

    /// A run that has only begun.
    pub async fn begin(&self, id: &str) {
        let delivery = DeliveryId::parse(&format!("github/{id}")).expect("an id");
        let trigger = Trigger::Push {
            repository: repository(),
            branch: "main".to_owned(),
            before: commit(&"1".repeat(40)),
            after: commit(AFTER),
            author: Actor { platform: None, login: "kim".to_owned() },
        };
        self.pipeline.accept(&delivery, &trigger).await.expect("kept");
        assert!(
            self.pipeline.store().create_run(&delivery, &spec(id), Timestamp::now()).await.expect("made")
        );
    }

    /// Gives [`RUN`] an event, which it must take.
    pub async fn push(&self, event: Event) {
        self.pipeline.runs_door().submit_one(run(), event, None, |_| ()).await.expect("taken");
    }

    /// Writes lines of output of the unit in prd, as its plan does.
    pub async fn write(&self, lines: &[(Stream, &str)]) {
        let log = self.pipeline.spool().writer(self.pipeline.run_context(&spec(RUN))).await.expect("a log");
        let [_, unit] = units();
        let unit = log.unit(UnitContext::of(&unit, None, Some(Phase::Plan)));
        for (stream, text) in lines {
            unit.line(*stream, *text).await.expect("written");
        }
        log.flush().await.expect("on disk");
    }

    async fn plan(&self, unit: &UnitSpec) {
        let digest = Digest::of(unit.id.as_str().as_bytes());
        let report = KeptReport::of(&unit.id, &digest, &report()).expect("a report");
        let planned = Event::Planned {
            unit: unit.id.clone(),
            digest,
            changes: ChangeCounts { create: 1, update: 1, ..ChangeCounts::default() },
            unchanged: false,
            findings: FindingCounts { medium: 1, skipped: 1, ..FindingCounts::default() },
        };
        let (answers, ()) =
            self.pipeline.runs_door().submit(run(), &[planned], &[report], None, |_| ()).await.expect("kept");
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    }
}

fn secret(name: &str) -> Option<String> {
    let value = match name {
        "GITHUB_TOKEN" => github::TOKEN,
        "GITHUB_WEBHOOK_SECRET" => github::WEBHOOK_SECRET,
        "SLACK_BOT_TOKEN" => slack::TOKEN,
        _ => slack::SIGNING_SECRET,
    };
    Some(value.to_owned())
}

/// The repository of [`ZONE`].
pub fn repository() -> RepositoryName {
    RepositoryName::parse("acme/infra").expect("a name")
}

fn run() -> RunId {
    RUN.parse().expect("an id")
}

fn commit(hash: &str) -> Commit {
    Commit::parse(hash).expect("a hash")
}

fn spec(id: &str) -> RunSpec {
    RunSpec {
        id: id.parse().expect("an id"),
        repository: repository(),
        branch: "main".to_owned(),
        commit: commit(AFTER),
        base: None,
        author: Author { login: "kim".to_owned(), person: Some(PersonName::parse("kim").expect("a name")) },
        trigger: TriggerKind::Push,
        change: None,
        mode: Mode::Apply,
    }
}

fn stages() -> Vec<StageSpec> {
    let stage = |name: &str, after: &[&str], approvals| StageSpec {
        name: StageName::parse(name).expect("it is one"),
        after: after.iter().map(|name| StageName::parse(name).expect("it is one")).collect(),
        approvals,
        soak: SignedDuration::ZERO,
        max_failures: 0,
        freezes: Vec::new(),
    };
    vec![stage("dev", &[], 0), stage("prd", &["dev"], 2)]
}

fn units() -> [UnitSpec; 2] {
    [("dev", "222222222222"), ("prd", "333333333333")].map(|(name, account)| UnitSpec {
        id: UnitId::parse(&format!("topics.{account}.eu-west-1")).expect("it is one"),
        stack: StackName::parse("topics").expect("it is one"),
        engine: Engine::Terraform,
        account: AccountId::parse(account).expect("it is one"),
        account_name: AccountName::parse(name).expect("it is one"),
        region: Region::parse("eu-west-1").expect("it is one"),
        stage: StageName::parse(name).expect("it is one"),
        wave: 1,
        depends_on: Vec::new(),
    })
}

/// Changes and a finding with what would break a page that forgets to escape.
fn report() -> UnitReport {
    let topic = Change {
        address: "aws_sns_topic.events[\"<script>alert(1)</script>\"]".to_owned(),
        kind: "aws_sns_topic".to_owned(),
        action: Action::Create,
        before: Value::Null,
        after: json!({"name": "events", "arn": "(known after apply)"}),
    };
    let queue = Change {
        address: "aws_sqs_queue.work".to_owned(),
        kind: "aws_sqs_queue".to_owned(),
        action: Action::Update,
        before: json!({"delay_seconds": 0, "name": "work"}),
        after: json!({"delay_seconds": 5, "name": "work"}),
    };
    let finding = Finding {
        rule: RuleId::new("WL-AWS-SNS-001"),
        title: "Topics are encrypted".into(),
        severity: Severity::Medium,
        category: "Data Protection".into(),
        resource_type: "aws_sns_topic".into(),
        address: "aws_sns_topic.events".into(),
        message: "has no key".into(),
        why: "Messages rest unencrypted.".into(),
        remedy: "Set kms_master_key_id.".into(),
        location: None,
        aliases: Vec::new(),
        instances: vec!["aws_sns_topic.events".to_owned()],
        contents: vec![String::new()],
        name: None,
        callers: Vec::new(),
    };
    let skipped = Skipped {
        finding: Finding {
            rule: RuleId::new("WL-AWS-SQS-002"),
            address: "aws_sqs_queue.work".into(),
            ..finding.clone()
        },
        comment: "only <b>public</b> data".to_owned(),
    };
    UnitReport {
        changes: Changes { resources: vec![topic, queue], other: false },
        findings: vec![finding],
        skipped: vec![skipped],
        plan: Value::Null,
    }
}
