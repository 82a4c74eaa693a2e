//! An executor that changes nothing but a record of what it was asked for: for tests and benches of the workers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::SignedDuration;
use landing_zone::{AccountId, AccountName, Engine, FailOn, Region, Repository, StackName, StageName};
use pipeline_core::event::{FindingCounts, RunSpec, StageSpec, UnitSpec};
use pipeline_core::{Action, Change, Changes, Commit, Digest, UnitId};
use serde_json::Value;
use tokio::sync::watch;

use crate::executor::{Executor, Failure, Granted, Job, Outcome, Planned, Prepared};
use crate::store::UnitReport;

/// One stage of the fake's layout.
#[derive(Debug, Clone)]
pub struct FakeStage {
    /// Its name.
    pub name: StageName,
    /// How many units it has.
    pub units: usize,
    /// How many approvals it takes.
    pub approvals: u32,
}

/// What the fake was asked for, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// To prepare, compared with a commit.
    Prepare(Option<Commit>),
    /// To plan a unit.
    Plan(UnitId),
    /// To apply a unit, and whether for the second time.
    Apply(UnitId, bool),
}

/// The fake. Clones share their record.
#[derive(Debug, Clone)]
pub struct FakeExecutor {
    stages: Vec<FakeStage>,
    failing: Arc<Mutex<BTreeSet<UnitId>>>,
    asked: Arc<watch::Sender<Vec<Asked>>>,
    /// Applies wait while this is false.
    gate: Arc<watch::Sender<bool>>,
    applied: Arc<Mutex<BTreeMap<UnitId, u32>>>,
}

impl FakeExecutor {
    /// A fake whose runs have these stages, each after the one before it.
    pub fn new(stages: Vec<FakeStage>) -> Self {
        let (asked, gate) = (Arc::new(watch::Sender::new(Vec::new())), Arc::new(watch::Sender::new(true)));
        Self { stages, failing: Arc::default(), asked, gate, applied: Arc::default() }
    }

    /// Lets a unit's applies fail from now on, or not any more.
    pub fn fail(&self, unit: UnitId, fails: bool) {
        let mut failing = self.failing.lock().unwrap_or_else(PoisonError::into_inner);
        if fails {
            failing.insert(unit)
        } else {
            failing.remove(&unit)
        };
    }

    /// Holds all applies back, or lets them go.
    pub fn hold_applies(&self, hold: bool) {
        self.gate.send_replace(!hold);
    }

    /// What was asked for so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.borrow().clone()
    }

    /// Waits until what was asked for satisfies a condition.
    pub async fn wait_for(&self, condition: impl FnMut(&Vec<Asked>) -> bool) {
        // The sender lives as long as `self`, so this cannot fail.
        let _ = self.asked.subscribe().wait_for(condition).await;
    }

    /// How often each unit was applied to its end.
    pub fn applied(&self) -> BTreeMap<UnitId, u32> {
        self.applied.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, asked: Asked) {
        self.asked.send_modify(|all| all.push(asked));
    }

    fn unit(stage: &FakeStage, number: usize) -> Result<UnitSpec, Failure> {
        let failed = |error: &dyn std::error::Error| Failure::of(error);
        let account = format!("{number:012}");
        Ok(UnitSpec {
            id: UnitId::parse(&format!("stack-{}.{account}.eu-west-1", stage.name))
                .map_err(|error| failed(&error))?,
            stack: StackName::parse(&format!("stack-{}", stage.name)).map_err(|error| failed(&error))?,
            engine: Engine::Terraform,
            account: AccountId::parse(&account).map_err(|error| failed(&error))?,
            account_name: AccountName::parse(&format!("account {number}")).map_err(|error| failed(&error))?,
            region: Region::parse("eu-west-1").map_err(|error| failed(&error))?,
            stage: stage.name.clone(),
            wave: 1,
            depends_on: Vec::new(),
        })
    }
}

impl Executor for FakeExecutor {
    async fn head(&self, _: &Repository, _: &str) -> Result<Commit, Failure> {
        Commit::parse(&"a".repeat(40)).map_err(|error| Failure::of(&error))
    }

    async fn prepare(&self, _: &RunSpec, base: Option<Commit>) -> Result<Prepared, Failure> {
        self.note(Asked::Prepare(base));
        let (mut stages, mut units) = (Vec::new(), Vec::new());
        for stage in &self.stages {
            stages.push(StageSpec {
                name: stage.name.clone(),
                after: self
                    .stages
                    .iter()
                    .map(|other| other.name.clone())
                    .take_while(|name| *name != stage.name)
                    .collect(),
                approvals: stage.approvals,
                soak: SignedDuration::ZERO,
                max_failures: 0,
                freezes: Vec::new(),
            });
            for number in 0..stage.units {
                units.push(Self::unit(stage, number)?);
            }
        }
        Ok(Prepared { stages, units, fail_on: FailOn::High })
    }

    async fn plan(&self, job: Job) -> Result<Planned, Failure> {
        let _turn = job.turn().await?;
        self.note(Asked::Plan(job.unit.id.clone()));
        let change = Change {
            address: "terraform_data.it".to_owned(),
            kind: "terraform_data".to_owned(),
            action: Action::Create,
            before: Value::Null,
            after: serde_json::json!({ "input": job.unit.id }),
        };
        let digest = Digest::of(format!("{} {}", job.unit.id, job.run.commit).as_bytes());
        let changes = Changes { resources: vec![change], other: false };
        let report = UnitReport { changes, ..UnitReport::default() };
        Ok(Planned { digest, unchanged: false, findings: FindingCounts::default(), report })
    }

    async fn apply(&self, job: Job, granted: Granted) -> Result<Outcome, Failure> {
        let _turn = job.turn().await?;
        self.note(Asked::Apply(job.unit.id.clone(), granted.resumed));
        // The sender lives as long as `self`, so this cannot fail.
        let _ = self.gate.subscribe().wait_for(|open| *open).await;
        if self.failing.lock().unwrap_or_else(PoisonError::into_inner).contains(&job.unit.id) {
            return Err(Failure("the fake was told to fail".to_owned()));
        }
        *self.applied.lock().unwrap_or_else(PoisonError::into_inner).entry(job.unit.id).or_default() += 1;
        Ok(Outcome::Applied)
    }
}
