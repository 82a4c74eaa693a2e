//! A server, a landing zone, and runs as far along as a test wants them.

use std::path::Path;
use std::time::Duration;

use hmac::{Hmac, Mac as _};
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
use policies::{Finding, RuleId, Severity, Skipped};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use sha2::Sha256;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub(crate) const WEBHOOK_SECRET: &str = "a webhook's secret";
pub(crate) const SLACK_SECRET: &str = "a signing secret of Slack";
pub(crate) const AFTER: &str = "2222222222222222222222222222222222222222";
pub(crate) const RUN: &str = "r-0192f0c1a2b37c4d8e5f60718293a4b5";

const ZONE: &str = r##"
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
  slack = "U0LEE"
  roles = ["approver"]
}
person "vera" {
  slack = "U0VERA"
}
slack {
  api            = "SLACK_API"
  bot_token      = env("SLACK_BOT_TOKEN")
  signing_secret = env("SLACK_SIGNING_SECRET")
  channel        = "#deploys"
}
"##;

/// A server that runs until it is dropped.
pub(crate) struct World {
    pub(crate) pipeline: Pipeline,
    pub(crate) http: Client,
    base: String,
    stop: CancellationToken,
    server: Option<JoinHandle<()>>,
    _directory: TempDir,
}

impl World {
    /// A server with an empty store.
    pub(crate) async fn new() -> Self {
        Self::with_slack("https://slack.com/api").await
    }

    /// A server whose zone has Slack at this address.
    pub(crate) async fn with_slack(api: &str) -> Self {
        let directory = TempDir::new().unwrap();
        let pipeline = pipeline(directory.path(), &ZONE.replace("SLACK_API", api)).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let stop = CancellationToken::new();
        let server = webhook_server::serve(listener, pipeline.clone(), stop.clone().cancelled_owned());
        Self {
            pipeline,
            http: Client::builder().timeout(Duration::from_secs(30)).build().unwrap(),
            base,
            stop,
            server: Some(tokio::spawn(server)),
            _directory: directory,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The host and port, for clients that speak for themselves.
    pub(crate) fn address(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.http.get(self.url(path)).send().await.unwrap()
    }

    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(self.url(path))
    }

    pub(crate) async fn token(&self, person: &str) -> String {
        let person = PersonName::parse(person).unwrap();
        self.pipeline.store().create_token(&person, Timestamp::now(), None).await.unwrap()
    }

    /// Acts on a run with a token.
    pub(crate) async fn act(&self, token: &str, verb: &str, body: &Value) -> Response {
        let request = self.post(&format!("/api/v1/runs/{RUN}/{verb}"));
        request.bearer_auth(token).body(body.to_string()).send().await.unwrap()
    }

    /// Stops the server and waits until it has.
    pub(crate) async fn stop(mut self) {
        self.stop.cancel();
        self.server.take().unwrap().await.unwrap();
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

impl Drop for World {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn pipeline(directory: &Path, zone: &str) -> Pipeline {
    let source = Source::new("zone.hcl", zone);
    let (zone, _) = Zone::parse(&source).unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
    let variable = |name: &str| {
        Some(match name {
            "GITHUB_WEBHOOK_SECRET" => WEBHOOK_SECRET.to_owned(),
            "SLACK_SIGNING_SECRET" => SLACK_SECRET.to_owned(),
            other => format!("the value of {other}"),
        })
    };
    let secrets = Secrets::read(&zone, variable).unwrap();
    Pipeline::open(zone, secrets, directory).await.unwrap()
}

pub(crate) fn repository() -> RepositoryName {
    RepositoryName::parse("acme/infra").unwrap()
}

/// HMAC-SHA256 in hexadecimal.
pub(crate) fn hmac(secret: &str, message: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    hex::encode(mac.chain_update(message).finalize().into_bytes())
}

/// The body of an answer that must have this status.
pub(crate) async fn json(answer: Response, status: u16) -> Value {
    let got = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    assert_eq!(got, status, "{text}");
    serde_json::from_str(&text).unwrap()
}

/// A problem document that must have this status.
pub(crate) async fn problem(answer: Response, status: u16) -> Value {
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let problem = json(answer, status).await;
    assert_eq!(problem["status"], json!(status));
    problem
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
        findings: FindingCounts { medium: 1, skipped: 1, ..FindingCounts::default() },
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
