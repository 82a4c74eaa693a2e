//! Performs one effect and answers the event that comes of it.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use pipeline_core::event::{RunSpec, UnitSpec};
use pipeline_core::{ApplyPermit, Commit, Effect, Event, UnitId};
use tokio_util::sync::CancellationToken;

use super::drive::{Drive, Task};
use super::{Inner, POLL};
use crate::audit::Phase;
use crate::executor::{Executor, Failure, Granted, Job, Outcome, Planned};
use crate::runs::SubmitError;
use crate::store::{KeptReport, StoreError};

/// What comes of an effect: an event, and the report that it names.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) event: Event,
    pub(super) report: Option<KeptReport>,
}

impl From<Event> for Told {
    fn from(event: Event) -> Self {
        Self { event, report: None }
    }
}

/// What is told of a unit whose run ended first.
const NOT_PLANNED: &str = "the run ended before this unit was planned";

impl<E: Executor> Inner<E> {
    /// `None` when nothing is to be told: the effect stays open, and is performed again by whoever has the run then.
    pub(super) async fn perform(self: &Arc<Self>, drive: &Drive, task: Task) -> Option<Told> {
        let attempt = task.attempt;
        let event = match (task.effect, task.unit) {
            (Effect::Prepare, _) => Some(self.prepare(drive).await),
            (Effect::HoldTargets, _) => self.hold(drive).await,
            (Effect::Wake { at }, _) => self.sleep_until(drive, at).await,
            (Effect::Plan { .. }, Some(unit)) => return self.plan(drive, unit, attempt).await,
            (Effect::Apply { permit }, Some(unit)) => self.apply(drive, unit, permit, task.started).await,
            (Effect::Plan { .. } | Effect::Apply { .. }, _) => None,
        };
        event.map(Told::from)
    }

    async fn prepare(&self, drive: &Drive) -> Event {
        match self.foreseen.take(drive.id).await {
            Some(event) => event,
            None => self.prepare_spec(&drive.spec).await,
        }
    }

    /// Begins to prepare a run that is about to be made, since that needs nothing which the disk is waited for.
    pub(super) fn foresee(self: &Arc<Self>, spec: &RunSpec) {
        let (inner, spec) = (Arc::clone(self), spec.clone());
        let id = spec.id;
        self.foreseen.put(id, tokio::spawn(async move { inner.prepare_spec(&spec).await }));
    }

    async fn prepare_spec(&self, spec: &RunSpec) -> Event {
        let prepared = match self.base(spec).await {
            Ok(base) => self.executor.prepare(spec, base).await,
            Err(error) => Err(Failure::of(&error)),
        };
        match prepared {
            Ok(prepared) => {
                Event::Prepared { stages: prepared.stages, units: prepared.units, fail_on: prepared.fail_on }
            }
            Err(Failure(reason)) => Event::PrepareFailed { reason },
        }
    }

    /// What a push is compared with: the last commit of the branch that was wholly applied, so that nothing which a failed,
    /// refused or superseded run left undone is forgotten; before the first of those, what the branch's first run began from.
    async fn base(&self, spec: &RunSpec) -> Result<Option<Commit>, StoreError> {
        if spec.change.is_some() {
            return Ok(spec.base.clone());
        }
        let runs = self.pipeline.store().branch_runs(&spec.repository, &spec.branch).await?;
        let earlier = || runs.iter().filter(|row| row.id < spec.id);
        if let Some(whole) = earlier().find(|row| matches!(row.state.as_str(), "applied" | "unchanged")) {
            return Ok(Some(whole.commit.clone()));
        }
        let Some(first) = earlier().next_back() else { return Ok(spec.base.clone()) };
        Ok(self.pipeline.runs_door().look(first.id, |run| run.spec().base.clone()).await?.flatten())
    }

    async fn hold(&self, drive: &Drive) -> Option<Event> {
        let units = self.look(drive.id, |run| {
            run.units().iter().map(|unit| unit.spec().id.clone()).collect::<Vec<UnitId>>()
        });
        let units = units.await.ok()?;
        while !self.stop.is_cancelled() && !drive.cancel_plans.is_cancelled() {
            let released = self.released.notified();
            match self.pipeline.store().hold_targets(drive.id, drive.spec.repository.as_str(), &units).await {
                Ok(true) => return Some(Event::TargetsHeld),
                Ok(false) => {}
                Err(error) => {
                    tracing::error!(run = %drive.id, error = &error as &dyn std::error::Error, "run.hold failed");
                }
            }
            tokio::select! {
                () = released => {}
                () = tokio::time::sleep(POLL) => {}
                () = drive.cancel_plans.cancelled() => {}
            }
        }
        None
    }

    async fn sleep_until(&self, drive: &Drive, at: Timestamp) -> Option<Event> {
        let rest = Duration::try_from(at.duration_since(Timestamp::now())).unwrap_or_default();
        tokio::select! {
            () = tokio::time::sleep(rest) => Some(Event::Woke),
            () = drive.cancel_plans.cancelled() => None,
            () = self.stop.cancelled() => None,
        }
    }

    async fn plan(&self, drive: &Drive, unit: UnitSpec, attempt: u32) -> Option<Told> {
        let _place = self.plans.places.acquire().await.ok()?;
        if self.stop.is_cancelled() {
            return None;
        }
        let id = unit.id.clone();
        let planned = if drive.cancel_plans.is_cancelled() {
            Err(Failure(NOT_PLANNED.to_owned()))
        } else {
            let job = Job { attempt, ..self.job(drive, unit, Phase::Plan, drive.cancel_plans.clone()).await };
            // What was cut off because the run had ended has no fault of its own to tell.
            let planned = self.executor.plan(job).await;
            planned.map_err(|failure| {
                if drive.cancel_plans.is_cancelled() { Failure(NOT_PLANNED.to_owned()) } else { failure }
            })
        };
        if self.stop.is_cancelled() {
            return None;
        }
        let told = planned
            .and_then(|planned| told(&id, planned).map_err(|error| Failure::of(&error)))
            .unwrap_or_else(|Failure(reason)| Event::PlanFailed { unit: id, reason }.into());
        Some(told)
    }

    async fn apply(
        &self,
        drive: &Drive,
        unit: UnitSpec,
        permit: ApplyPermit,
        resumed: bool,
    ) -> Option<Event> {
        let _place = self.applies.places.acquire().await.ok()?;
        let id = unit.id.clone();
        if !resumed {
            if self.stop.is_cancelled() {
                return None;
            }
            // On disk before anything is touched, so that after a crash it is known that something may have been.
            let started = Event::ApplyStarted { unit: id.clone() };
            self.pipeline
                .runs_door()
                .submit_one(drive.id, started, Some(drive.fencing), |_| ())
                .await
                .ok()?;
        }
        match self.try_apply(drive, unit, permit, resumed).await {
            Ok(Some(Outcome::Applied)) => Some(Event::Applied { unit: id }),
            Ok(Some(Outcome::Voided(reason))) => Some(Event::PlanVoided { unit: id, reason }),
            Ok(None) => None,
            Err(Failure(reason)) => Some(Event::ApplyFailed { unit: id, reason }),
        }
    }

    async fn try_apply(
        &self,
        drive: &Drive,
        unit: UnitSpec,
        permit: ApplyPermit,
        resumed: bool,
    ) -> Result<Option<Outcome>, Failure> {
        let failed = |error: StoreError| Failure::of(&error);
        let store = self.pipeline.store();
        // A worker that lost its lease is told here, at the effect itself.
        if !store.still_holds(drive.id, drive.fencing).await.map_err(failed)? {
            return Ok(None);
        }
        let Some(report) = store.report(drive.id, &unit.id, permit.digest()).await.map_err(failed)? else {
            return Ok(Some(Outcome::Voided("the plan is no longer kept".to_owned())));
        };
        let job = self.job(drive, unit, Phase::Apply, CancellationToken::new()).await;
        self.executor.apply(job, Granted { permit, report, resumed }).await.map(Some)
    }

    async fn job(&self, drive: &Drive, unit: UnitSpec, phase: Phase, cancel: CancellationToken) -> Job {
        let log = drive.log.unit(self.unit_context(&unit, Some(phase)).await);
        let turns = match phase {
            Phase::Plan => &self.plans.turns,
            Phase::Apply => &self.applies.turns,
        };
        Job { run: Arc::clone(&drive.spec), unit, attempt: 1, log, cancel, turns: Arc::clone(turns) }
    }
}

fn told(unit: &UnitId, planned: Planned) -> Result<Told, StoreError> {
    let report = KeptReport::of(unit, &planned.digest, &planned.report)?;
    let changes = planned.report.changes.counts();
    let (digest, unchanged, findings) = (planned.digest, planned.unchanged, planned.findings);
    let event = Event::Planned { unit: unit.clone(), digest, changes, unchanged, findings };
    Ok(Told { event, report: Some(report) })
}

impl From<SubmitError> for Failure {
    fn from(error: SubmitError) -> Self {
        Self::of(&error)
    }
}
