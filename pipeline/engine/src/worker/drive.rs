//! Drives one run: performs its open effects and feeds the results back, until it has ended or another worker has it.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use pipeline_core::event::{RunSpec, UnitSpec};
use pipeline_core::run::{Illegal, Phase, UnitState};
use pipeline_core::{Effect, EffectId, Event, Run, RunId, RunState};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::perform::Told;
use super::{Bell, Inner};
use crate::audit::RunLog;
use crate::executor::Executor;
use crate::runs::SubmitError;
use crate::store::Fencing;

/// How many results may wait for the driver.
const RESULTS: usize = 256;

/// An effect with what performing it needs from the run as it was.
#[derive(Debug, Clone)]
pub(super) struct Task {
    pub(super) id: EffectId,
    pub(super) effect: Effect,
    pub(super) unit: Option<UnitSpec>,
    pub(super) started: bool,
    pub(super) attempt: u32,
}

impl Task {
    const fn applies(&self) -> bool {
        matches!(self.effect, Effect::Apply { .. })
    }
}

/// What the driver sees of the run.
struct Glance {
    tasks: Vec<Task>,
    ended: bool,
    ending: bool,
    waiting: bool,
    version: u64,
}

/// One run under one lease.
pub(super) struct Drive {
    pub(super) id: RunId,
    pub(super) spec: Arc<RunSpec>,
    pub(super) fencing: Fencing,
    pub(super) log: RunLog,
    pub(super) cancel_plans: CancellationToken,
    pub(super) results: mpsc::Sender<Performed>,
}

/// An effect that was performed, and what came of it; nothing when it is left to whoever has the run next, or the run has ended.
type Performed = (EffectId, Option<Told>);

/// The effects that this driver has begun.
#[derive(Debug, Default)]
struct Begun {
    /// Those that are being performed.
    running: HashSet<EffectId>,
    /// Those that nothing came of: not begun again here.
    left: HashSet<EffectId>,
}

impl Begun {
    fn has(&self, id: &EffectId) -> bool {
        self.running.contains(id) || self.left.contains(id)
    }

    fn end(&mut self, id: EffectId, left: bool) {
        self.running.remove(&id);
        if left {
            self.left.insert(id);
        }
    }
}

/// Why a driver stops before its run has ended.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error("the run could not be read or written")]
    Submit(#[from] SubmitError),
    #[error("the audit spool failed")]
    Spool(#[from] crate::audit::SpoolError),
    #[error("the audit record could not be written")]
    Record(#[from] super::record::RecordError),
}

impl<E: Executor> Inner<E> {
    pub(super) async fn drive(self: &Arc<Self>, id: RunId, fencing: Fencing, bell: &Bell) {
        match self.try_drive(id, fencing, bell).await {
            Ok(()) | Err(Stopped::Submit(SubmitError::LeaseLost(_))) => {}
            Err(error) => {
                tracing::error!(run = %id, error = &error as &dyn std::error::Error, "run.drive stopped");
            }
        }
        // The file's lock is let go with it, for whoever has the run next.
        if let Err(error) = self.pipeline.spool().close(id).await {
            tracing::error!(run = %id, error = &error as &dyn std::error::Error, "run.spool failed");
        }
        if let Err(error) = self.pipeline.store().release_run(id, fencing).await {
            tracing::error!(run = %id, error = &error as &dyn std::error::Error, "run.release failed");
        }
    }

    async fn try_drive(self: &Arc<Self>, id: RunId, fencing: Fencing, bell: &Bell) -> Result<(), Stopped> {
        let (results, mut inbox) = mpsc::channel(RESULTS);
        let spec = self.look(id, |run| Arc::new(run.spec().clone())).await?;
        let log = self.pipeline.spool().writer(self.pipeline.run_context(&spec)).await?;
        let drive =
            Arc::new(Drive { id, spec, fencing, log, cancel_plans: CancellationToken::new(), results });
        let mut begun = Begun::default();
        let mut batch = Vec::new();
        loop {
            if bell.is_lost() {
                return Err(SubmitError::LeaseLost(id).into());
            }
            let glance = self.look(id, |run| glance(run, &begun)).await?;
            if glance.ending || self.stop.is_cancelled() {
                drive.cancel_plans.cancel();
            }
            // What changes nothing may begin while the record of what led to it is on its way to the disk; an apply may not.
            let (applies, others): (Vec<_>, Vec<_>) = glance.tasks.into_iter().partition(Task::applies);
            self.begin_all(&drive, others, &mut begun);
            self.record_events(&drive, glance.version).await?;
            if glance.ended && begun.running.is_empty() {
                return self.finish(&drive).await;
            }
            if self.stop.is_cancelled() && !self.applying(id).await? {
                return Ok(());
            }
            if glance.waiting && self.supersede_if_newer(&drive).await? {
                continue;
            }
            self.begin_all(&drive, applies, &mut begun);
            tokio::select! {
                _ = inbox.recv_many(&mut batch, RESULTS) => self.feed(&drive, &mut batch, &mut begun).await?,
                () = bell.rings() => {}
            }
        }
    }

    fn begin_all(self: &Arc<Self>, drive: &Arc<Drive>, tasks: Vec<Task>, begun: &mut Begun) {
        for task in tasks.into_iter().filter(|_| !self.stop.is_cancelled()) {
            begun.running.insert(task.id);
            self.begin(drive, task);
        }
    }

    /// Gives results to the run. What it refuses came too late, and is dropped.
    async fn feed(
        &self,
        drive: &Drive,
        batch: &mut Vec<Performed>,
        begun: &mut Begun,
    ) -> Result<(), SubmitError> {
        let (mut ids, mut events, mut reports) = (Vec::new(), Vec::new(), Vec::new());
        for (id, told) in batch.drain(..) {
            begun.end(id, told.is_none());
            if let Some(Told { event, report }) = told {
                ids.push(id);
                events.push(event);
                reports.extend(report);
            }
        }
        let door = self.pipeline.runs_door();
        let (answers, ()) = door.submit(drive.id, &events, &reports, Some(drive.fencing), |_| ()).await?;
        for (id, answer) in ids.iter().zip(answers) {
            match answer {
                Ok(()) => {}
                Err(illegal @ Illegal::Inconsistent(_)) => self.prepare_failed(drive, &illegal).await?,
                Err(illegal) => {
                    tracing::debug!(run = %drive.id, effect = %id, reason = %illegal, "run.result dropped");
                }
            }
        }
        Ok(())
    }

    /// Units that contradict each other would be prepared again without end.
    async fn prepare_failed(&self, drive: &Drive, why: &Illegal) -> Result<(), SubmitError> {
        let event = Event::PrepareFailed { reason: why.to_string() };
        self.pipeline.runs_door().submit_one(drive.id, event, Some(drive.fencing), |_| ()).await
    }

    fn begin(self: &Arc<Self>, drive: &Arc<Drive>, task: Task) {
        let (inner, drive) = (Arc::clone(self), Arc::clone(drive));
        tokio::spawn(async move {
            let (id, began) = (task.id, Instant::now());
            let told = inner.perform(&drive, task).await;
            tracing::debug!(run = %drive.id, effect = %id, took = ?began.elapsed(), "run.performed");
            // The driver is gone when the lease is lost; the effect is performed again by whoever has it.
            let _ = drive.results.send((id, told)).await;
        });
    }

    async fn finish(&self, drive: &Drive) -> Result<(), Stopped> {
        self.released.notify_waiters();
        Ok(drive.log.flush().await?)
    }

    async fn applying(&self, id: RunId) -> Result<bool, SubmitError> {
        self.look(id, |run| run.open_effects().any(|(_, effect)| matches!(effect, Effect::Apply { .. })))
            .await
    }

    pub(super) async fn look<T>(&self, id: RunId, look: impl FnOnce(&Run) -> T) -> Result<T, SubmitError> {
        self.pipeline.runs_door().look(id, look).await?.ok_or(SubmitError::NotFound(id))
    }

    /// A run that waits gives way to a newer push to the same branch.
    async fn supersede_if_newer(&self, drive: &Drive) -> Result<bool, SubmitError> {
        if drive.spec.change.is_some() {
            return Ok(false);
        }
        let runs = self.pipeline.store().branch_runs(&drive.spec.repository, &drive.spec.branch).await?;
        let Some(newer) = runs.iter().map(|row| row.id).filter(|id| *id > drive.id).max() else {
            return Ok(false);
        };
        let event = Event::Superseded { by: newer.to_string() };
        match self.pipeline.runs_door().submit_one(drive.id, event, Some(drive.fencing), |_| ()).await {
            Ok(()) => Ok(true),
            Err(SubmitError::Illegal(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn glance(run: &Run, begun: &Begun) -> Glance {
    let task = |(id, effect): (&EffectId, &Effect)| {
        let unit = match effect {
            Effect::Plan { unit } => run.unit(unit),
            Effect::Apply { permit } => run.unit(permit.unit()),
            _ => None,
        };
        let started =
            unit.is_some_and(|unit| matches!(unit.state(), UnitState::Applying { started: true, .. }));
        let attempt = unit.map_or(0, pipeline_core::run::Unit::attempt);
        Task { id: *id, effect: effect.clone(), unit: unit.map(|unit| unit.spec().clone()), started, attempt }
    };
    Glance {
        tasks: run.open_effects().filter(|(id, _)| !begun.has(id)).map(task).collect(),
        ended: run.has_ended(),
        ending: matches!(run.phase(), Phase::Ending(_) | Phase::Ended(_)),
        waiting: !run.has_ended() && run.state() == RunState::Waiting,
        version: run.version(),
    }
}
