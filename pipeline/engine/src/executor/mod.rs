//! Performs what a run asks for: prepares it, plans a unit, applies a unit.

mod cloudformation;
mod engines;
mod prepare;
mod repositories;
mod rules;
mod scanning;
mod terraform;

use std::future::Future;
use std::sync::Arc;

use landing_zone::{FailOn, Repository};
use pipeline_core::event::{FindingCounts, RunSpec, StageSpec, UnitSpec};
use pipeline_core::{ApplyPermit, Commit, Digest};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

pub use engines::{Engines, Selection};
pub use rules::{Rules, RulesError};

use crate::audit::UnitLog;
use crate::store::UnitReport;

/// What a run consists of.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Its stages.
    pub stages: Vec<StageSpec>,
    /// Its units.
    pub units: Vec<UnitSpec>,
    /// The severity that refuses.
    pub fail_on: FailOn,
}

/// Why something failed, in words for the people of the run: what was wrong and what to do. Never a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub String);

impl Failure {
    /// The error with all its sources, each once.
    pub fn of(error: &dyn std::error::Error) -> Self {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            let more = cause.to_string();
            if !text.contains(&more) {
                text = format!("{text}: {more}");
            }
            source = cause.source();
        }
        Self(text)
    }
}

/// One unit's work.
#[derive(Debug, Clone)]
pub struct Job {
    /// The run.
    pub run: Arc<RunSpec>,
    /// The unit.
    pub unit: UnitSpec,
    /// Which time this run plans the unit, from 1.
    pub attempt: u32,
    /// Where its output goes.
    pub log: UnitLog,
    /// Told when the work is no longer wanted.
    pub cancel: CancellationToken,
    /// How many may run programs at once. What goes before and after that needs no turn, so that the processors always have one.
    pub turns: Arc<Semaphore>,
}

impl Job {
    /// Waits for a turn to run programs; it lasts until it is dropped.
    ///
    /// # Errors
    /// [`Failure`] when no more turns are given: the server is ending.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit, Failure> {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        turn.map_err(|_| Failure("the server is ending".to_owned()))
    }
}

/// A plan that was made and scanned.
#[derive(Debug, Clone)]
pub struct Planned {
    /// What binds the plan, the policies and the variables together.
    pub digest: Digest,
    /// True when nothing at all would be done.
    pub unchanged: bool,
    /// How many findings of each severity.
    pub findings: FindingCounts,
    /// The changes, the findings, and what the apply needs.
    pub report: UnitReport,
}

/// A permit with what the plan left behind for the apply.
#[derive(Debug, Clone)]
pub struct Granted {
    /// The gate's permission.
    pub permit: ApplyPermit,
    /// The report under the permit's digest.
    pub report: UnitReport,
    /// True when this apply had begun before and was cut off.
    pub resumed: bool,
}

/// How an apply ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was applied.
    Applied,
    /// The plan no longer holds, or nobody can know how far it came: plan again.
    Voided(String),
}

/// The border to everything that a run changes. The real one is [`crate::executor`]'s `Engines`; benches and tests bring their own.
pub trait Executor: Send + Sync + 'static {
    /// The commit that a branch is at now.
    fn head(
        &self,
        repository: &Repository,
        branch: &str,
    ) -> impl Future<Output = Result<Commit, Failure>> + Send;

    /// Finds the stages and units of a run. `base` is the commit that it is compared with, newest known first; none: everything.
    fn prepare(
        &self,
        run: &RunSpec,
        base: Option<Commit>,
    ) -> impl Future<Output = Result<Prepared, Failure>> + Send;

    /// Plans and scans a unit.
    fn plan(&self, job: Job) -> impl Future<Output = Result<Planned, Failure>> + Send;

    /// Applies a unit's plan.
    fn apply(&self, job: Job, granted: Granted) -> impl Future<Output = Result<Outcome, Failure>> + Send;
}
