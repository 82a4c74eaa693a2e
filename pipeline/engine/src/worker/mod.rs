//! Workers: they claim deliveries and runs, perform effects, and feed the results back.

mod command;
mod drive;
mod foreseen;
mod intake;
mod perform;
mod record;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use pipeline_core::RunId;
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::executor::Executor;
use crate::pipeline::Pipeline;
use crate::store::{Fencing, Holder, StoreError};
use foreseen::Foreseen;

/// How often the database is looked at for what other processes wrote.
const POLL: Duration = Duration::from_millis(500);
/// How often leases are renewed: a third of what they hold.
const RENEW: Duration = Duration::from_secs(10);
/// How many runs one process works on at once; the others wait in the store.
const RUNS: usize = 256;
/// How many units are made ready for a turn, or put away after it, while others have theirs.
const AHEAD: usize = 2;
/// What a unit's subprocesses need at their peak, in bytes: Terraform and the AWS provider, as measured.
const UNIT_MEMORY: u64 = 900 << 20;

/// How much is done at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Units planned at once.
    pub plans: usize,
    /// Units applied at once: applies wait far more than they compute.
    pub applies: usize,
}

impl Limits {
    /// The zone's number of workers, bounded by the memory that is available now.
    pub fn of(workers: u32) -> Self {
        let workers = usize::try_from(workers).unwrap_or(1).max(1);
        let fits = available_memory()
            .map_or(workers, |bytes| usize::try_from(bytes / UNIT_MEMORY).unwrap_or(workers));
        let plans = workers.min(fits.max(1));
        Self { plans, applies: (workers * 2).min(fits.max(1)) }
    }
}

/// `MemAvailable` of [`/proc/meminfo`](https://man7.org/linux/man-pages/man5/proc_meminfo.5.html), in bytes.
fn available_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kib| kib << 10)
}

/// The workers of one process.
pub struct Workers<E> {
    inner: Arc<Inner<E>>,
}

/// What a run's driver listens to.
#[derive(Debug, Default)]
struct Bell {
    rung: Notify,
    lost: AtomicBool,
}

impl Bell {
    async fn rings(&self) {
        self.rung.notified().await;
    }

    /// True once another worker has the run.
    fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Acquire)
    }
}

/// How many units are worked on at once; plans a few more than have a turn, so that the next ones are ready when a turn ends.
pub(crate) struct Desk {
    pub(crate) places: Semaphore,
    pub(crate) turns: Arc<Semaphore>,
}

impl Desk {
    fn new(turns: usize, ahead: usize) -> Self {
        Self { places: Semaphore::new(turns + ahead), turns: Arc::new(Semaphore::new(turns)) }
    }
}

pub(crate) struct Inner<E> {
    pub(crate) pipeline: Pipeline,
    pub(crate) executor: E,
    pub(crate) holder: Holder,
    pub(crate) plans: Desk,
    pub(crate) applies: Desk,
    pub(crate) released: Notify,
    pub(crate) stop: CancellationToken,
    foreseen: Foreseen,
    driving: Mutex<HashMap<RunId, Arc<Bell>>>,
    tasks: TaskTracker,
}

impl<E: Executor> Workers<E> {
    /// Workers for a pipeline. They do nothing until [`Workers::run`].
    pub fn new(pipeline: Pipeline, executor: E, limits: Limits) -> Self {
        Self {
            inner: Arc::new(Inner {
                pipeline,
                executor,
                holder: Holder::new(),
                plans: Desk::new(limits.plans, AHEAD),
                // An apply that waited for its turn here could lose its lease meanwhile and not hear of it.
                applies: Desk::new(limits.applies, 0),
                released: Notify::new(),
                stop: CancellationToken::new(),
                foreseen: Foreseen::default(),
                driving: Mutex::default(),
                tasks: TaskTracker::new(),
            }),
        }
    }

    /// Works until `shutdown`; then begins nothing more, lets what is being applied finish, and returns.
    /// What fails is logged and tried again.
    pub async fn run(self, shutdown: CancellationToken) {
        let inner = self.inner;
        let loops = TaskTracker::new();
        loops.spawn(Arc::clone(&inner).claim_loop());
        loops.spawn(Arc::clone(&inner).wake_loop());
        loops.spawn(Arc::clone(&inner).renew_loop());
        shutdown.cancelled().await;
        inner.stop.cancel();
        loops.close();
        inner.tasks.close();
        inner.tasks.wait().await;
        loops.wait().await;
    }
}

impl<E: Executor> Inner<E> {
    /// Makes runs of deliveries, and claims runs that nobody works on.
    async fn claim_loop(self: Arc<Self>) {
        while !self.stop.is_cancelled() {
            if let Err(error) = self.claim().await {
                tracing::error!(error = &error as &dyn std::error::Error, "worker.claim failed");
            }
            tokio::select! {
                () = self.pipeline.delivered() => {}
                () = tokio::time::sleep(POLL) => {}
                () = self.stop.cancelled() => {}
            }
        }
    }

    async fn claim(self: &Arc<Self>) -> Result<(), StoreError> {
        self.take_deliveries().await?;
        let free = RUNS.saturating_sub(self.driving().len());
        for (run, fencing) in self.pipeline.store().claim_runs(&self.holder, Timestamp::now(), free).await? {
            self.start_driving(run, fencing);
        }
        Ok(())
    }

    fn start_driving(self: &Arc<Self>, run: RunId, fencing: Fencing) {
        let bell = Arc::new(Bell::default());
        self.driving().insert(run, Arc::clone(&bell));
        let inner = Arc::clone(self);
        self.tasks.spawn(async move {
            inner.drive(run, fencing, &bell).await;
            inner.driving().remove(&run);
        });
    }

    /// Rings a run's bell when it moves, here or in another process.
    async fn wake_loop(self: Arc<Self>) {
        let mut moved = self.pipeline.changes();
        let mut last = 0;
        loop {
            tokio::select! {
                moved = moved.recv() => match moved {
                    Ok((run, _)) => self.ring(|id| *id == run),
                    // Too many at once to tell them apart: ring them all.
                    Err(_) => self.ring(|_| true),
                },
                () = tokio::time::sleep(POLL) => {
                    let newest = self.pipeline.store().last_event().await.unwrap_or(last);
                    if newest != last {
                        last = newest;
                        self.ring(|_| true);
                    }
                }
                () = self.stop.cancelled() => return self.ring(|_| true),
            }
        }
    }

    async fn renew_loop(self: Arc<Self>) {
        loop {
            tokio::select! {
                () = tokio::time::sleep(RENEW) => {}
                () = self.stop.cancelled() => return,
            }
            match self.pipeline.store().renew_leases(&self.holder, Timestamp::now()).await {
                Ok(held) => self.drop_lost(&held),
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "worker.renew failed");
                }
            }
        }
    }

    /// Tells the drivers whose runs others have now.
    fn drop_lost(&self, held: &HashSet<RunId>) {
        for (_, bell) in self.driving().iter().filter(|(run, _)| !held.contains(run)) {
            bell.lost.store(true, Ordering::Release);
            bell.rung.notify_one();
        }
    }

    fn ring(&self, which: impl Fn(&RunId) -> bool) {
        for (_, bell) in self.driving().iter().filter(|(id, _)| which(id)) {
            bell.rung.notify_one();
        }
    }

    fn driving(&self) -> std::sync::MutexGuard<'_, HashMap<RunId, Arc<Bell>>> {
        self.driving.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
