//! Runs to tell of.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use futures::future::{BoxFuture, FutureExt};
use landing_zone::{AccountId, AccountName, Engine, RepositoryName, StackName, StageName};
use pipeline_core::event::FindingCounts;
use pipeline_core::run::{UnitStateView, UnitView, WaitingFor};
use pipeline_core::trigger::TriggerKind;
use pipeline_core::{Action, Change, Changes, Commit, Digest, RunId, RunState, RunView, UnitId};
use pipeline_engine::notify::{Reports, Source, SourceError};
use pipeline_engine::store::{Command, UnitReport};
use policies::{Finding, RuleId, Severity};
use serde_json::{Value, json};

pub(crate) const REPOSITORY: &str = "acme/infra";
pub(crate) const SHA: &str = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

/// Ids that sort by their number.
pub(crate) fn run_id(number: u32) -> RunId {
    format!("r-0193b7e5{number:04x}70008000000000000000").parse().unwrap()
}

pub(crate) fn commit() -> Commit {
    Commit::parse(SHA).unwrap()
}

pub(crate) fn repository() -> RepositoryName {
    RepositoryName::parse(REPOSITORY).unwrap()
}

/// A run without units.
pub(crate) fn run(number: u32, state: RunState) -> RunView {
    let id = run_id(number);
    RunView {
        id,
        repository: repository(),
        branch: "main".into(),
        commit: commit(),
        author: "kim".into(),
        trigger: TriggerKind::Push,
        change: None,
        state,
        reason: None,
        waiting_for: None,
        started: id.started(),
        changed: id.started(),
        units: Vec::new(),
        approvals: Vec::new(),
    }
}

/// One unit of a stack in the `number`th account of a stage.
pub(crate) fn unit(stage: &str, stack: &str, number: u64, state: UnitStateView) -> UnitView {
    let account = format!("{:012}", 200_000_000_000 + number);
    let id = UnitId::parse(&format!("{stack}.{account}.ap-northeast-2")).unwrap();
    UnitView {
        digest: Some(Digest::of(id.as_str().as_bytes())),
        id,
        stack: StackName::parse(stack).unwrap(),
        engine: Engine::Terraform,
        account: AccountId::parse(&account).unwrap(),
        account_name: AccountName::parse(&format!("{stage}-{number}")).unwrap(),
        region: "ap-northeast-2".parse().unwrap(),
        stage: StageName::parse(stage).unwrap(),
        wave: 1,
        state,
        reason: None,
        changes: Changes::default().counts(),
        findings: FindingCounts::default(),
    }
}

pub(crate) fn change(address: &str, action: Action, before: Value, after: Value) -> Change {
    Change { address: address.into(), kind: "aws_sns_topic".into(), action, before, after }
}

/// A topic named after the account, one that is changed, and an old one that goes.
pub(crate) fn changes(unit: &UnitView) -> Changes {
    let arn = format!("arn:aws:sns:ap-northeast-2:{}:alerts", unit.account);
    let resources = vec![
        change("aws_sns_topic.alerts", Action::Create, Value::Null, json!({"name": "alerts", "arn": arn})),
        change(
            "aws_sns_topic.events",
            Action::Update,
            json!({"name": "events", "display_name": "Events", "token": "(sensitive)"}),
            json!({"name": "events", "display_name": format!("Events of {}", unit.account_name), "token": "(sensitive)"}),
        ),
        change("aws_sns_topic.old", Action::Delete, json!({"name": "old"}), Value::Null),
    ];
    Changes { resources, other: false }
}

pub(crate) fn finding(address: &str, message: &str) -> Finding {
    Finding {
        rule: RuleId::new("WL-AWS-SNS-001"),
        title: "Topics are encrypted".into(),
        severity: Severity::Medium,
        category: "Data Protection".into(),
        resource_type: "aws_sns_topic".into(),
        address: address.into(),
        message: message.into(),
        why: "Messages may hold personal data".into(),
        remedy: "Set `kms_master_key_id`".into(),
        location: None,
        aliases: Vec::new(),
        instances: vec![address.into()],
        contents: vec![String::new()],
        name: None,
        callers: Vec::new(),
    }
}

/// Makes the unit's counts agree with a report, and keeps it.
pub(crate) fn report(unit: &mut UnitView, changes: Changes, findings: Vec<Finding>) -> (Digest, UnitReport) {
    unit.changes = changes.counts();
    unit.findings.medium = u32::try_from(findings.len()).unwrap();
    (unit.digest.clone().unwrap(), UnitReport { changes, findings, ..UnitReport::default() })
}

/// Makes a run wait for the approval of a stage.
pub(crate) fn asks(run: &mut RunView, stage: &str) {
    let stage = StageName::parse(stage).unwrap();
    let digests: Vec<&Digest> =
        run.units.iter().filter(|unit| unit.stage == stage).filter_map(|unit| unit.digest.as_ref()).collect();
    let digest = Digest::of_stage(digests);
    run.units
        .iter_mut()
        .filter(|unit| unit.stage == stage)
        .for_each(|unit| unit.state = UnitStateView::Waiting);
    run.state = RunState::Waiting;
    run.waiting_for = Some(WaitingFor { stage, approvals: 2, have: 1, digest });
}

/// A run whose stage `prd` waits, with the same changes in most accounts.
pub(crate) fn waiting(dev: u64, prd: u64, differ: u64) -> (RunView, Reports) {
    let mut run = run(1, RunState::Waiting);
    let mut reports = Vec::new();
    run.units = (0..dev).map(|n| unit("dev", "network", n, UnitStateView::Applied)).collect();
    run.units.extend((0..prd).map(|n| unit("prd", "network", 1_000 + n, UnitStateView::Waiting)));
    for (place, unit) in run.units.iter_mut().enumerate() {
        let mut changes = changes(unit);
        if u64::try_from(place).unwrap() >= dev + prd - differ {
            changes.resources.truncate(1);
        }
        let found = vec![finding("aws_sns_topic.alerts", "The topic is not encrypted")];
        reports.push(report(unit, changes, found));
    }
    asks(&mut run, "prd");
    (run, reports.into_iter().collect())
}

/// Texts that try to be more than text.
pub(crate) const HOSTILE: &str = "@team <!channel> <@U1> ```\n</details><script>alert(1)</script> | # x [a](http://evil.example) `*_~ \u{202e}--> #1 & <http://evil.example|b>";

/// A run in which everything that somebody else wrote is hostile.
pub(crate) fn hostile() -> (RunView, Reports) {
    let mut run = run(1, RunState::Failed);
    run.author = HOSTILE.into();
    run.branch = HOSTILE.into();
    run.reason = Some(HOSTILE.into());
    let mut unit = unit("dev", "network", 1, UnitStateView::Failed);
    unit.account_name = AccountName::parse("<!here> `a` | @b").unwrap();
    unit.reason = Some(HOSTILE.into());
    let mut changed = change(HOSTILE, Action::Update, json!({HOSTILE: "a"}), json!({HOSTILE: HOSTILE}));
    changed.kind = HOSTILE.into();
    let found = Finding { remedy: HOSTILE.into(), ..finding(HOSTILE, HOSTILE) };
    let report = report(&mut unit, Changes { resources: vec![changed], other: true }, vec![found]);
    run.units = vec![unit];
    (run, [report].into_iter().collect())
}

/// Runs in memory, as a notifier reads them.
#[derive(Default)]
pub(crate) struct Runs {
    runs: Mutex<HashMap<RunId, RunView>>,
    reports: Mutex<Reports>,
    refusals: Mutex<Vec<Command>>,
}

impl Runs {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    pub(crate) fn set(&self, run: &RunView) {
        self.runs.lock().unwrap().insert(run.id, run.clone());
    }

    /// Commands on the pull request that were not done, by their answers.
    pub(crate) fn set_refusals(&self, answers: &[&str]) {
        let command = |answer: &&str| Command {
            repository: repository(),
            change: 17,
            run: None,
            login: "kim".into(),
            said: "wayleave approve".into(),
            answer: Some((*answer).to_owned()),
        };
        *self.refusals.lock().unwrap() = answers.iter().map(command).collect();
    }

    pub(crate) fn set_reports(&self, reports: Reports) {
        *self.reports.lock().unwrap() = reports;
    }
}

impl Source for Runs {
    fn run(&self, id: RunId) -> BoxFuture<'_, Result<Option<RunView>, SourceError>> {
        let run = self.runs.lock().unwrap().get(&id).cloned();
        async move { Ok(run) }.boxed()
    }

    fn reports<'a>(&'a self, _: RunId, _: &'a [&'a UnitView]) -> BoxFuture<'a, Result<Reports, SourceError>> {
        let reports = self.reports.lock().unwrap().clone();
        async move { Ok(reports) }.boxed()
    }

    fn newest<'a>(
        &'a self,
        _: &'a RepositoryName,
        _: u64,
    ) -> BoxFuture<'a, Result<Option<RunId>, SourceError>> {
        let newest = self.runs.lock().unwrap().keys().max().copied();
        async move { Ok(newest) }.boxed()
    }

    fn refusals<'a>(
        &'a self,
        _: &'a RepositoryName,
        _: u64,
        _: Option<RunId>,
    ) -> BoxFuture<'a, Result<Vec<Command>, SourceError>> {
        let refusals = self.refusals.lock().unwrap().clone();
        async move { Ok(refusals) }.boxed()
    }
}
