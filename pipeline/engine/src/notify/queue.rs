//! The runs that one sink is to be told of: each at most once, the one that is due first in front.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pipeline_core::RunId;
use tokio::sync::Notify;
use tokio::time::Instant;

#[derive(Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    waiting: HashMap<RunId, Entry>,
    working: Option<RunId>,
}

#[derive(Clone, Copy)]
struct Entry {
    due: Instant,
    attempts: u32,
}

impl Queue {
    /// True when the run stands in the queue. A run that is being told of does not: it may have moved since it was read.
    pub(super) fn holds(&self, run: RunId) -> bool {
        self.state().waiting.contains_key(&run)
    }

    /// Puts a run in. One that waits after a failure keeps its time, and gets all its tries again.
    pub(super) fn put(&self, run: RunId) {
        let entry = Entry { due: Instant::now(), attempts: 0 };
        self.state().waiting.entry(run).and_modify(|waiting| waiting.attempts = 0).or_insert(entry);
        self.changed.notify_waiters();
    }

    /// Waits for the next run that is due, takes it out, and tells how often it was tried.
    pub(super) async fn next(&self) -> (RunId, u32) {
        loop {
            let changed = self.changed.notified();
            match self.take_due() {
                Ok(taken) => return taken,
                Err(Some(due)) => tokio::select! {
                    () = tokio::time::sleep_until(due) => {}
                    () = changed => {}
                },
                Err(None) => changed.await,
            }
        }
    }

    /// Takes out the run that is due; else says when the first will be.
    fn take_due(&self) -> Result<(RunId, u32), Option<Instant>> {
        let mut state = self.state();
        let first =
            state.waiting.iter().min_by_key(|(_, entry)| entry.due).map(|(run, entry)| (*run, *entry));
        let (run, entry) = first.ok_or(None)?;
        if entry.due > Instant::now() {
            return Err(Some(entry.due));
        }
        state.waiting.remove(&run);
        state.working = Some(run);
        Ok((run, entry.attempts))
    }

    /// The run that was taken out is done with.
    pub(super) fn done(&self, run: RunId) {
        self.state().working.take_if(|working| *working == run);
        self.changed.notify_waiters();
    }

    /// The run that was taken out is to be tried again; if it has moved meanwhile, with all its tries.
    pub(super) fn again(&self, run: RunId, attempts: u32, due: Instant) {
        let mut state = self.state();
        state.working.take_if(|working| *working == run);
        state.waiting.entry(run).and_modify(|waiting| waiting.due = due).or_insert(Entry { due, attempts });
        drop(state);
        self.changed.notify_waiters();
    }

    /// Waits until no run stands in the queue and none is being told of.
    pub(super) async fn idle(&self) {
        loop {
            let changed = self.changed.notified();
            if self.is_idle() {
                return;
            }
            changed.await;
        }
    }

    fn is_idle(&self) -> bool {
        let state = self.state();
        state.waiting.is_empty() && state.working.is_none()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
