//! Preparations that have begun before their run was made and claimed.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use pipeline_core::{Event, RunId};
use tokio::task::JoinHandle;

/// How many are kept for their runs; the oldest are given up for more.
const KEPT: usize = 64;
/// How old one may be when its run is claimed: after that the repository may be another.
const AGE: Duration = Duration::from_secs(10);

/// What comes of preparing runs, under way or done. It is in memory alone: a run that another process claims, or this one after
/// a crash, is prepared then.
#[derive(Debug, Default)]
pub(super) struct Foreseen(Mutex<VecDeque<Preparation>>);

#[derive(Debug)]
struct Preparation {
    run: RunId,
    begun: Instant,
    task: JoinHandle<Event>,
}

impl Drop for Preparation {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Foreseen {
    /// Keeps a preparation for its run.
    pub(super) fn put(&self, run: RunId, task: JoinHandle<Event>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(Preparation { run, begun: Instant::now(), task });
        if kept.len() > KEPT {
            kept.pop_front();
        }
    }

    /// Gives up what was begun for a run.
    pub(super) fn forget(&self, run: RunId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|kept| kept.run != run);
    }

    /// What came of a run's preparation; none when it was not begun here, or too long ago.
    pub(super) async fn take(&self, run: RunId) -> Option<Event> {
        let mut preparation = {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let place = kept.iter().position(|kept| kept.run == run)?;
            kept.remove(place)?
        };
        if preparation.begun.elapsed() > AGE {
            return None;
        }
        (&mut preparation.task).await.ok()
    }
}
