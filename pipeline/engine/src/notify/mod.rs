//! Tells people how a run goes: readers of its events that never write back.
//!
//! Each sink has a queue of runs that moved and one task that works it off, so that a sink which is slow or down holds up neither
//! the pipeline nor another sink. What is told is always the run as it is when its turn comes; states in between may be skipped,
//! the last one is not. That a run is to be told of is kept in the database first, and so is what was sent: to tell twice of the
//! same state is to tell once. After a crash in the middle of a call the outcome is not known: a comment is then looked for by its
//! marker; a Slack message, which a bot cannot look for with the rights it has, may be posted a second time.
//!
//! One process of a database tells people: the one that serves the webhooks.

mod follow;
mod forge;
pub mod group;
mod memory;
pub mod outcome;
mod queue;
mod report;
mod sinks;
mod slack;
mod source;
mod topic;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use landing_zone::RepositoryName;
use pipeline_core::RunId;
use sqlx::SqlitePool;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

pub use follow::follow;
pub use memory::SCHEMA;
pub use report::Reports;
pub use sinks::Sinks;
pub use source::{Source, SourceError};

use memory::Memory;
use queue::Queue;
use topic::Topic;

/// How long a sink that fails is tried.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Tries of one state; a later state begins anew.
    pub attempts: u32,
    /// The wait after the first failure; it doubles.
    pub first_wait: Duration,
    /// The longest wait that Wayleave chooses; a sink may ask for a longer one, up to an hour.
    pub longest_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { attempts: 10, first_wait: Duration::from_secs(2), longest_wait: Duration::from_secs(120) }
    }
}

/// A state that a sink was not told of, after all tries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GaveUp {
    /// `slack` or `forge`.
    pub sink: &'static str,
    /// The run.
    pub run: RunId,
    /// What was wrong and what to do.
    pub reason: String,
}

type OnGaveUp = Arc<dyn Fn(GaveUp) + Send + Sync>;

/// Why people could not be told.
#[derive(Debug, thiserror::Error)]
pub enum NotifyError {
    /// The database could not be read or written.
    #[error("the database refused to keep what people were told")]
    Memory(#[from] sqlx::Error),
    /// The run could not be read.
    #[error("the run could not be read")]
    Source(#[source] SourceError),
    /// Slack.
    #[error(transparent)]
    Slack(#[from] crate::slack::Error),
    /// A forge.
    #[error(transparent)]
    Forge(#[from] crate::forge::Error),
}

impl NotifyError {
    fn is_passing(&self) -> bool {
        match self {
            Self::Memory(_) | Self::Source(_) => true,
            Self::Slack(error) => error.is_passing(),
            Self::Forge(error) => error.is_passing(),
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Slack(error) => error.retry_after(),
            Self::Forge(error) => error.retry_after(),
            Self::Memory(_) | Self::Source(_) => None,
        }
    }
}

/// Tells the sinks of runs that move. Ends its tasks when it is dropped.
pub struct Notifier {
    lines: Vec<Line>,
    /// How far the reader of the events is, and the reader of the commands.
    cursors: Cursors,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl fmt::Debug for Notifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notifier").finish_non_exhaustive()
    }
}

struct Cursors {
    events: Memory,
    commands: Memory,
}

/// What leads to one sink.
#[derive(Clone)]
struct Line {
    sink: Sink,
    memory: Memory,
    queue: Arc<Queue>,
    source: Arc<dyn Source>,
    patience: Patience,
    gave_up: OnGaveUp,
}

#[derive(Clone)]
enum Sink {
    Slack(slack::SlackSink),
    Forge(forge::ForgeSink),
}

impl Notifier {
    /// Starts a task for each sink, beginning with what was left to tell when the process last ended.
    ///
    /// # Errors
    /// [`NotifyError::Memory`] when the tables cannot be made or read.
    pub async fn start(
        sinks: Sinks,
        source: Arc<dyn Source>,
        db: SqlitePool,
        patience: Patience,
        gave_up: impl Fn(GaveUp) + Send + Sync + 'static,
    ) -> Result<Self, NotifyError> {
        sqlx::raw_sql(SCHEMA).execute(&db).await?;
        let gave_up: OnGaveUp = Arc::new(gave_up);
        let stop = CancellationToken::new();
        let (mut lines, mut tasks) = (Vec::new(), Vec::new());
        for sink in kinds(&sinks) {
            let memory = Memory::new(db.clone(), sink.name());
            let queue = Arc::new(Queue::default());
            memory.open().await?.into_iter().for_each(|topic| queue.put(topic));
            let (source, gave_up) = (Arc::clone(&source), Arc::clone(&gave_up));
            let line = Line { sink, memory, queue, source, patience, gave_up };
            tasks.push(tokio::spawn(line.clone().work(stop.clone())));
            lines.push(line);
        }
        let cursors =
            Cursors { events: Memory::new(db.clone(), "reader"), commands: Memory::new(db, "commands") };
        Ok(Self { lines, cursors, stop, tasks })
    }

    /// Notes that some runs have moved, together with how far the reader of the events then is: one write to the disk. When this
    /// returns, the sinks will be told, even if the process ends; nothing is waited for but the database. May be called as often
    /// as one likes.
    ///
    /// # Errors
    /// [`NotifyError::Memory`] when that could not be kept.
    pub async fn runs_changed(&self, runs: &[RunId], position: Option<i64>) -> Result<(), NotifyError> {
        let topics: Vec<Topic> = runs.iter().copied().map(Topic::Run).collect();
        self.moved(&topics, &self.cursors.events, position).await
    }

    /// Notes that something became of commands on some pull requests, together with how far the reader of the commands then is.
    ///
    /// # Errors
    /// [`NotifyError::Memory`] when that could not be kept.
    pub async fn commands_given(
        &self,
        changes: impl IntoIterator<Item = (RepositoryName, u64)> + Send,
        position: i64,
    ) -> Result<(), NotifyError> {
        let topics: Vec<Topic> =
            changes.into_iter().map(|(repository, change)| Topic::Commands(repository, change)).collect();
        self.moved(&topics, &self.cursors.commands, Some(position)).await
    }

    async fn moved(
        &self,
        topics: &[Topic],
        reader: &Memory,
        position: Option<i64>,
    ) -> Result<(), NotifyError> {
        let mut transaction = reader.begin().await?;
        for line in &self.lines {
            // What stands in the queue has been kept already.
            for topic in topics.iter().filter(|topic| line.hears(topic) && !line.queue.holds(topic)) {
                line.memory.want(topic, &mut transaction).await?;
            }
        }
        if let Some(position) = position {
            reader.advance(position, &mut transaction).await?;
        }
        transaction.commit().await?;
        for line in &self.lines {
            topics.iter().filter(|topic| line.hears(topic)).for_each(|topic| line.queue.put(topic.clone()));
        }
        Ok(())
    }

    /// Waits until the sinks have been told of everything, or were given up; false if that took longer than `deadline`.
    pub async fn settle(&self, deadline: Duration) -> bool {
        let all = futures::future::join_all(self.lines.iter().map(|line| line.queue.idle()));
        tokio::time::timeout(deadline, all).await.is_ok()
    }

    /// Ends the tasks after the calls that are under way, or after ten seconds. What is left is told after the next start.
    pub async fn close(mut self) {
        self.stop.cancel();
        for mut task in std::mem::take(&mut self.tasks) {
            if tokio::time::timeout(Duration::from_secs(10), &mut task).await.is_err() {
                task.abort();
            }
        }
    }
}

impl Drop for Notifier {
    fn drop(&mut self) {
        self.stop.cancel();
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

fn kinds(sinks: &Sinks) -> Vec<Sink> {
    let mut kinds = Vec::new();
    if let Some((client, channel)) = &sinks.slack {
        let sink = slack::SlackSink {
            client: client.clone(),
            channel: channel.clone(),
            sinks: Arc::new(sinks.clone()),
        };
        kinds.push(Sink::Slack(sink));
    }
    if !sinks.forges.is_empty() {
        kinds.push(Sink::Forge(forge::ForgeSink { sinks: Arc::new(sinks.clone()) }));
    }
    kinds
}

impl Sink {
    const fn name(&self) -> &'static str {
        match self {
            Self::Slack(_) => "slack",
            Self::Forge(_) => "forge",
        }
    }
}

impl Line {
    /// Commands in comments are answered where they were given.
    const fn hears(&self, topic: &Topic) -> bool {
        matches!((topic, &self.sink), (Topic::Run(_), _) | (_, Sink::Forge(_)))
    }

    async fn work(self, stop: CancellationToken) {
        loop {
            let (topic, attempts) = tokio::select! {
                () = stop.cancelled() => return,
                next = self.queue.next() => next,
            };
            let told = self.tell(&topic).await;
            self.settle(topic, attempts + 1, told).await;
        }
    }

    async fn tell(&self, topic: &Topic) -> Result<(), NotifyError> {
        // Read before the run is: what moves after this is told of again.
        let wanted = self.memory.wanted(topic).await?;
        match (topic, &self.sink) {
            (Topic::Run(run), sink) => self.tell_run(*run, sink).await?,
            (Topic::Commands(repository, change), Sink::Forge(sink)) => {
                sink.answer(repository, *change, self.source.as_ref(), &self.memory).await?;
            }
            (Topic::Commands(..), Sink::Slack(_)) => {}
        }
        self.memory.told(topic, wanted).await?;
        Ok(())
    }

    async fn tell_run(&self, run: RunId, sink: &Sink) -> Result<(), NotifyError> {
        let Some(view) = self.source.run(run).await.map_err(NotifyError::Source)? else { return Ok(()) };
        match sink {
            Sink::Slack(sink) => sink.tell(&view, self.source.as_ref(), &self.memory).await,
            Sink::Forge(sink) => sink.tell(&view, self.source.as_ref(), &self.memory).await,
        }
    }

    async fn settle(&self, topic: Topic, attempts: u32, told: Result<(), NotifyError>) {
        match told {
            Ok(()) => self.queue.done(&topic),
            Err(error) if error.is_passing() && attempts < self.patience.attempts => {
                let wait = self.wait(attempts, &error);
                tracing::warn!(sink = self.sink.name(), %topic, attempts, ?wait, error = %chain(&error), "people were not told yet");
                self.queue.again(topic, attempts, Instant::now() + wait);
            }
            Err(error) => self.give_up(&topic, &error).await,
        }
    }

    fn wait(&self, attempts: u32, error: &NotifyError) -> Duration {
        let doubled = self.patience.first_wait.saturating_mul(1 << attempts.saturating_sub(1).min(16));
        let asked = error.retry_after().map(|asked| asked.min(Duration::from_secs(3_600)));
        asked.unwrap_or_else(|| doubled.min(self.patience.longest_wait))
    }

    async fn give_up(&self, topic: &Topic, error: &NotifyError) {
        let (sink, reason) = (self.sink.name(), chain(error));
        tracing::error!(sink, %topic, error = %reason, "people are not told of this state");
        // If this is not kept either, the next start tries the state once more.
        if let Ok(wanted) = self.memory.wanted(topic).await {
            let _ = self.memory.told(topic, wanted).await;
        }
        if let Topic::Run(run) = topic {
            (self.gave_up)(GaveUp { sink, run: *run, reason });
        }
        self.queue.done(topic);
    }
}

/// An error with what caused it, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
