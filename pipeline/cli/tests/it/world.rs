//! A server, a landing zone, and runs as far along as a test wants them.

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
use pipeline_engine::Pipeline;
use pipeline_engine::audit::{Phase, RunContext, Stream, UnitContext};
use pipeline_engine::secrets::Secrets;
use pipeline_engine::store::UnitReport;
use policies::{Finding, RuleId, Severity};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

const AFTER: &str = "2222222222222222222222222222222222222222";
pub(crate) const RUN: &str = "r-0192f0c1a2b37c4d8e5f60718293a4b5";

const ZONE: &str = include_str!("files/world.hcl");

/// A server that runs until it is dropped.
pub(crate) struct World {
    pipeline: Pipeline,
    base: String,
    // Dropping it stops the server.
    _stop: oneshot::Sender<()>,
    _directory: TempDir,
}

impl World {
    /// A server with an empty store.
    pub(crate) async fn new() -> Self {
        let directory = TempDir::new().unwrap();
        let pipeline = pipeline(directory.path()).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async move {
            let _ = stopped.await;
        };
        tokio::spawn(webhook_server::serve(listener, pipeline.clone(), shutdown));
        Self { pipeline, base, _stop: stop, _directory: directory }
    }

    /// The server's address.
    pub(crate) fn url(&self) -> &str {
        &self.base
    }

    pub(crate) async fn token(&self, person: &str) -> String {
        let person = PersonName::parse(person).unwrap();
        self.pipeline.store().create_token(&person, Timestamp::now(), None).await.unwrap()
    }

    /// A run by kim that has applied to dev and waits for two approvals of prd.
    pub(crate) async fn waiting_run(&self) -> RunView {
        self.begin(RUN).await;
        let run: RunId = RUN.parse().unwrap();
        let report = report();
        for unit in units() {
            let digest = unit_digest(&unit);
            self.pipeline.store().put_report(run, &unit.id, &digest, &report).await.unwrap();
        }
        let [dev, prd] = units();
        self.push(Event::Prepared { stages: stages(), units: units().to_vec(), fail_on: FailOn::High }).await;
        self.push(Event::TargetsHeld).await;
        self.push(planned(&dev)).await;
        self.push(Event::ApplyStarted { unit: dev.id.clone() }).await;
        self.push(Event::Applied { unit: dev.id }).await;
        self.push(planned(&prd)).await;
        self.pipeline.run(run).await.unwrap().unwrap()
    }

    /// A run that has only begun.
    pub(crate) async fn begin(&self, id: &str) {
        let delivery = DeliveryId::parse(&format!("github/{id}")).unwrap();
        let trigger = Trigger::Push {
            repository: repository(),
            branch: "main".to_owned(),
            before: Commit::parse(&"1".repeat(40)).unwrap(),
            after: Commit::parse(AFTER).unwrap(),
            author: Actor { platform: None, login: "kim".to_owned() },
        };
        self.pipeline.accept(&delivery, &trigger).await.unwrap();
        let now = Timestamp::now();
        assert!(self.pipeline.store().create_run(&delivery, &spec(id), now).await.unwrap());
    }

    /// Writes lines of output of the unit in prd, as its plan does.
    pub(crate) async fn write(&self, lines: &[(Stream, &str)]) {
        let log = self.pipeline.spool().writer(run_context()).unwrap();
        let unit = log.unit(unit_context());
        for (stream, text) in lines {
            unit.line(*stream, *text).await.unwrap();
        }
        log.flush().await.unwrap();
    }

    pub(crate) async fn push(&self, event: Event) {
        let run = RUN.parse().unwrap();
        self.pipeline.runs_door().submit_one(run, event, None, |_| ()).await.unwrap();
    }
}

async fn pipeline(directory: &Path) -> Pipeline {
    let source = Source::new("zone.hcl", ZONE);
    let (zone, _) = Zone::parse(&source).unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
    let variable = |name: &str| Some(format!("the value of {name}"));
    let secrets = Secrets::read(&zone, variable).unwrap();
    Pipeline::open(zone, secrets, directory).await.unwrap()
}

fn repository() -> RepositoryName {
    RepositoryName::parse("acme/infra").unwrap()
}

fn spec(id: &str) -> RunSpec {
    RunSpec {
        id: id.parse().unwrap(),
        repository: repository(),
        branch: "main".to_owned(),
        commit: Commit::parse(AFTER).unwrap(),
        base: None,
        author: Author { login: "kim".to_owned(), person: Some(PersonName::parse("kim").unwrap()) },
        trigger: TriggerKind::Push,
        change: None,
        mode: Mode::Apply,
    }
}

fn run_context() -> RunContext {
    RunContext {
        run: RUN.parse().unwrap(),
        repository: "acme/infra".to_owned(),
        repository_url: "https://github.example/acme/infra".to_owned(),
        branch: "main".to_owned(),
        commit: AFTER.to_owned(),
        change: None,
        run_url: None,
        author: None,
        source_ip: None,
    }
}

fn unit_context() -> UnitContext {
    let [_, unit] = units();
    UnitContext {
        unit: unit.id,
        stack: unit.stack.to_string(),
        engine: unit.engine.to_string(),
        stage: unit.stage.to_string(),
        wave: unit.wave,
        account_id: unit.account.to_string(),
        account_name: unit.account_name.to_string(),
        organizational_unit: None,
        region: unit.region.to_string(),
        digest: None,
        role_session: None,
        phase: Some(Phase::Plan),
    }
}

fn stages() -> Vec<StageSpec> {
    let stage = |name: &str, after: &[&str], approvals| StageSpec {
        name: StageName::parse(name).unwrap(),
        after: after.iter().map(|name| StageName::parse(name).unwrap()).collect(),
        approvals,
        soak: SignedDuration::ZERO,
        max_failures: 0,
        freezes: Vec::new(),
    };
    vec![stage("dev", &[], 0), stage("prd", &["dev"], 2)]
}

fn units() -> [UnitSpec; 2] {
    [("dev", "222222222222"), ("prd", "333333333333")].map(|(name, account)| UnitSpec {
        id: UnitId::parse(&format!("topics.{account}.eu-west-1")).unwrap(),
        stack: StackName::parse("topics").unwrap(),
        engine: Engine::Terraform,
        account: AccountId::parse(account).unwrap(),
        account_name: AccountName::parse(name).unwrap(),
        region: Region::parse("eu-west-1").unwrap(),
        stage: StageName::parse(name).unwrap(),
        wave: 1,
        depends_on: Vec::new(),
    })
}

fn unit_digest(unit: &UnitSpec) -> Digest {
    Digest::of(unit.id.as_str().as_bytes())
}

fn planned(unit: &UnitSpec) -> Event {
    Event::Planned {
        unit: unit.id.clone(),
        digest: unit_digest(unit),
        changes: ChangeCounts { create: 1, update: 1, ..ChangeCounts::default() },
        unchanged: false,
        findings: FindingCounts { medium: 1, ..FindingCounts::default() },
    }
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
        title: "Topics are encrypted".to_owned(),
        severity: Severity::Medium,
        category: "Data Protection".to_owned(),
        resource_type: "aws_sns_topic".to_owned(),
        address: "aws_sns_topic.events".to_owned(),
        message: "has no key".to_owned(),
        why: "Messages rest unencrypted.".to_owned(),
        remedy: "Set kms_master_key_id.".to_owned(),
        location: None,
        aliases: Vec::new(),
        instances: vec!["aws_sns_topic.events".to_owned()],
        contents: vec![String::new()],
        name: None,
        callers: Vec::new(),
    };
    UnitReport {
        changes: Changes { resources: vec![topic, queue], other: false },
        findings: vec![finding],
        ..UnitReport::default()
    }
}
