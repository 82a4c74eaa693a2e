//! What one sink is to be told of: each topic at most once, the one that is due first in front.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::Instant;

use super::topic::Topic;

#[derive(Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    waiting: HashMap<Topic, Entry>,
    working: Option<Topic>,
}

#[derive(Clone, Copy)]
struct Entry {
    due: Instant,
    attempts: u32,
}

impl Queue {
    /// True when the topic stands in the queue. One that is being told of does not: it may have moved since it was read.
    pub(super) fn holds(&self, topic: &Topic) -> bool {
        self.state().waiting.contains_key(topic)
    }

    /// Puts a topic in. One that waits after a failure keeps its time, and gets all its tries again.
    pub(super) fn put(&self, topic: Topic) {
        let entry = Entry { due: Instant::now(), attempts: 0 };
        self.state().waiting.entry(topic).and_modify(|waiting| waiting.attempts = 0).or_insert(entry);
        self.changed.notify_waiters();
    }

    /// Waits for the next topic that is due, takes it out, and tells how often it was tried.
    pub(super) async fn next(&self) -> (Topic, u32) {
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

    /// Takes out the topic that is due; else says when the first will be.
    fn take_due(&self) -> Result<(Topic, u32), Option<Instant>> {
        let mut state = self.state();
        let first = state.waiting.iter().min_by_key(|(_, entry)| entry.due);
        let (topic, entry) = first.map(|(topic, entry)| (topic.clone(), *entry)).ok_or(None)?;
        if entry.due > Instant::now() {
            return Err(Some(entry.due));
        }
        state.waiting.remove(&topic);
        state.working = Some(topic.clone());
        Ok((topic, entry.attempts))
    }

    /// The topic that was taken out is done with.
    pub(super) fn done(&self, topic: &Topic) {
        self.state().working.take_if(|working| working == topic);
        self.changed.notify_waiters();
    }

    /// The topic that was taken out is to be tried again; if it has moved meanwhile, with all its tries.
    pub(super) fn again(&self, topic: Topic, attempts: u32, due: Instant) {
        let mut state = self.state();
        state.working.take_if(|working| *working == topic);
        state.waiting.entry(topic).and_modify(|waiting| waiting.due = due).or_insert(Entry { due, attempts });
        drop(state);
        self.changed.notify_waiters();
    }

    /// Waits until no topic stands in the queue and none is being told of.
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
