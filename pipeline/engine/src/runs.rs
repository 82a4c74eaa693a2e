//! Runs in memory: folded once, kept as long as they are in use, and stepped through one door.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use pipeline_core::run::Illegal;
use pipeline_core::{Event, Recorded, Run, RunId};
use tokio::sync::{Mutex, broadcast};

use crate::store::{Append, AppendError, Fencing, KeptReport, Store, StoreError};

/// How many folded runs are kept.
const KEPT: usize = 512;
/// How often an append is tried when others append at the same time.
const TRIES: u32 = 8;

/// Why an event was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// There is no such run.
    #[error("there is no run {0}")]
    NotFound(RunId),
    /// The run refuses it.
    #[error(transparent)]
    Illegal(#[from] Illegal),
    /// Another worker has the run.
    #[error("another worker has taken {0} over")]
    LeaseLost(RunId),
    /// Others appended each time that it was tried.
    #[error("{0} is too busy; try again")]
    Busy(RunId),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A run that moved: its id and its new version.
pub type Moved = (RunId, u64);

type Slot = Arc<Mutex<Option<Run>>>;

/// The door to all runs. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Runs {
    store: Store,
    slots: Arc<std::sync::Mutex<HashMap<RunId, Slot>>>,
    moved: broadcast::Sender<Moved>,
}

impl Runs {
    /// Opens the door.
    pub fn new(store: Store) -> Self {
        Self { store, slots: Arc::default(), moved: broadcast::channel(4096).0 }
    }

    /// The store behind it.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Tells of every run that moves, from now on.
    pub fn moved(&self) -> broadcast::Receiver<Moved> {
        self.moved.subscribe()
    }

    /// Tells that a run has moved, or may have: another process wrote.
    pub fn tell(&self, run: RunId, version: u64) {
        // Nobody listening is no error.
        let _ = self.moved.send((run, version));
    }

    /// Looks at a run as it is now; `None` when there is none.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn look<T>(&self, id: RunId, look: impl FnOnce(&Run) -> T) -> Result<Option<T>, StoreError> {
        let slot = self.slot(id);
        let mut run = slot.lock().await;
        self.refresh(id, &mut run).await?;
        Ok(run.as_ref().map(look))
    }

    /// Gives events to a run, one after the other, and keeps those that it takes in one transaction with the reports that they
    /// name. Answers for each whether it was taken, and runs `after` on the run as it then is.
    ///
    /// # Errors
    /// [`SubmitError`] when none could be kept. An event that the run refuses is no error here, but an answer.
    pub async fn submit<T>(
        &self,
        id: RunId,
        events: &[Event],
        reports: &[KeptReport],
        fencing: Option<Fencing>,
        after: impl FnOnce(&Run) -> T,
    ) -> Result<(Vec<Result<(), Illegal>>, T), SubmitError> {
        let slot = self.slot(id);
        let mut kept = slot.lock().await;
        for _ in 0..TRIES {
            self.refresh(id, &mut kept).await?;
            let run = kept.as_mut().ok_or(SubmitError::NotFound(id))?;
            let (answers, recorded) = take(run, events);
            if recorded.is_empty() {
                return Ok((answers, after(run)));
            }
            match self.store.append(Append { run, events: &recorded, reports, fencing }).await {
                Ok(()) => {
                    self.tell(id, run.version());
                    return Ok((answers, after(run)));
                }
                Err(error) => {
                    // What was stepped in memory is not on disk: fold it anew.
                    *kept = None;
                    match error {
                        AppendError::Moved => {}
                        AppendError::LeaseLost => return Err(SubmitError::LeaseLost(id)),
                        AppendError::Store(error) => return Err(error.into()),
                    }
                }
            }
        }
        Err(SubmitError::Busy(id))
    }

    /// Gives one event to a run.
    ///
    /// # Errors
    /// [`SubmitError`], with the run's refusal among them.
    pub async fn submit_one<T>(
        &self,
        id: RunId,
        event: Event,
        fencing: Option<Fencing>,
        after: impl FnOnce(&Run) -> T,
    ) -> Result<T, SubmitError> {
        let (answers, after) = self.submit(id, &[event], &[], fencing, after).await?;
        answers.into_iter().collect::<Result<(), Illegal>>()?;
        Ok(after)
    }

    fn slot(&self, id: RunId) -> Slot {
        let mut slots = self.slots.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if slots.len() >= KEPT && !slots.contains_key(&id) {
            // A slot in use has a second owner; the others can be folded again.
            slots.retain(|_, slot| Arc::strong_count(slot) > 1);
        }
        Arc::clone(slots.entry(id).or_default())
    }

    async fn refresh(&self, id: RunId, kept: &mut Option<Run>) -> Result<(), StoreError> {
        let version = kept.as_ref().map_or(0, Run::version);
        let tail = self.store.events_since(id, version).await?;
        let corrupt = |source| StoreError::Corrupt { run: id, source };
        match kept {
            Some(run) => tail.iter().try_for_each(|recorded| run.replay(recorded)).map_err(corrupt),
            None if tail.is_empty() => Ok(()),
            None => {
                *kept = Some(Run::fold(&tail).map_err(corrupt)?);
                Ok(())
            }
        }
    }
}

fn take(run: &mut Run, events: &[Event]) -> (Vec<Result<(), Illegal>>, Vec<Recorded>) {
    let mut recorded = Vec::with_capacity(events.len());
    let mut step = |event: &Event| {
        let at = Timestamp::now();
        run.step(event, at)?;
        recorded.push(Recorded { number: run.version(), at, event: event.clone() });
        Ok(())
    };
    let answers = events.iter().map(&mut step).collect();
    (answers, recorded)
}
