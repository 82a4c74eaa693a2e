//! The writing end of a run's spool file.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot, watch};

use super::context::UnitContext;
use super::fact::Fact;
use super::spool::{Progress, SpoolError};
use super::writer::{Command, Entry};

/// Which of a program's outputs a line came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

impl Stream {
    /// The name in `event.action`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stdout => "stdout",
            Self::Stderr => "stderr",
        }
    }
}

/// Appends records to one run; clones write to the same chain. A full queue makes the callers wait: nothing is dropped.
///
/// Once a write has failed, every later call fails too: what cannot be recorded must not go on.
#[derive(Debug, Clone)]
pub struct RunLog {
    pub(super) commands: mpsc::Sender<Command>,
    pub(super) progress: watch::Receiver<Progress>,
}

/// Appends the output of one unit's step.
#[derive(Debug, Clone)]
pub struct UnitLog {
    run: RunLog,
    unit: Arc<UnitContext>,
}

impl RunLog {
    /// The log of one unit's step.
    pub fn unit(&self, unit: UnitContext) -> UnitLog {
        UnitLog { run: self.clone(), unit: Arc::new(unit) }
    }

    /// Records what derives from the run's core event of this number, and returns once it is on disk for good.
    ///
    /// The same event may be recorded again, with the same facts: what is on record already is left out. So after a crash a
    /// caller passes all events from [`Self::last_event`] on, that one included, since its facts may be there in part.
    ///
    /// # Errors
    /// [`SpoolError`] when the spool could not be written.
    pub async fn record(&self, event: u64, facts: Vec<Fact>) -> Result<(), SpoolError> {
        self.append(Entry::Event(event, facts)).await
    }

    /// Records a fact that no core event stands for, and returns once it is on disk for good.
    ///
    /// # Errors
    /// [`SpoolError`] when the spool could not be written.
    pub async fn note(&self, fact: Fact) -> Result<(), SpoolError> {
        self.append(Entry::Fact(Box::new(fact))).await
    }

    /// Waits until everything that was appended before is on disk for good.
    ///
    /// # Errors
    /// [`SpoolError`] when the spool could not be written.
    pub async fn flush(&self) -> Result<(), SpoolError> {
        self.append(Entry::Flush).await
    }

    /// The number of the last core event that was recorded; 0 before the first.
    pub fn last_event(&self) -> u64 {
        self.progress.borrow().last_event
    }

    /// How far the run's spool is.
    pub fn progress(&self) -> Progress {
        *self.progress.borrow()
    }

    pub(super) async fn close(&self) -> Result<(), SpoolError> {
        self.append(Entry::Close).await
    }

    async fn append(&self, entry: Entry) -> Result<(), SpoolError> {
        let (done, told) = oneshot::channel();
        let command = Command { entry, done: Some(done) };
        self.commands.send(command).await.map_err(|_| SpoolError::Closed)?;
        told.await.map_err(|_| SpoolError::Closed)?
    }
}

impl UnitLog {
    /// The same log, for work under the STS session of this name.
    #[must_use]
    pub fn in_session(&self, name: String) -> Self {
        let unit = UnitContext { role_session: Some(name), ..(*self.unit).clone() };
        Self { run: self.run.clone(), unit: Arc::new(unit) }
    }

    /// Records a line of output, now. Returns when the line is queued; it is on disk for good within 200 ms, or after
    /// [`RunLog::flush`].
    ///
    /// # Errors
    /// [`SpoolError::Closed`] when the spool could not be written, or the run's log was closed.
    pub async fn line(&self, stream: Stream, text: impl Into<String>) -> Result<(), SpoolError> {
        self.line_at(Timestamp::now(), stream, text).await
    }

    /// Records a line of output that was read at this time.
    ///
    /// # Errors
    /// As [`Self::line`].
    pub async fn line_at(
        &self,
        at: Timestamp,
        stream: Stream,
        text: impl Into<String>,
    ) -> Result<(), SpoolError> {
        let entry = Entry::Line { at, unit: Arc::clone(&self.unit), stream, text: text.into() };
        let command = Command { entry, done: None };
        self.run.commands.send(command).await.map_err(|_| SpoolError::Closed)
    }
}
