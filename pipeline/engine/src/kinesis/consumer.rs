//! From the stream to whoever takes it: every shard in order, each parent before its children.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_kinesis::Client;
use aws_sdk_kinesis::types::{Record, ShardIteratorType};
use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use futures::future::BoxFuture;
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use super::checkpoint::{Checkpoint, Checkpoints};
use super::error::KinesisError;
use super::shards;

/// How many Kinesis records one call reads; with packed records of 50 KiB they stay under the 10 MiB of a call.
const READ: i32 = 200;
/// How often the shards are listed, besides whenever one ends.
const LIST: Duration = Duration::from_secs(60);
/// The service allows five reads a second of a shard.
const PAUSE: Duration = Duration::from_millis(250);
/// How long a shard without records is left alone at most.
const IDLE: Duration = Duration::from_secs(1);

/// What was read from a shard in one call.
#[derive(Debug, Clone, Default)]
pub struct Delivery {
    /// The data of each Kinesis record.
    pub data: Vec<Vec<u8>>,
    /// How far behind the end of the shard this is.
    pub behind: Duration,
}

/// Takes deliveries. When it returns `Ok`, the records count as read and are not delivered again; a transient error has them
/// delivered again later.
pub trait Deliver: Send + Sync {
    /// Takes one delivery.
    fn deliver(&self, delivery: Delivery) -> BoxFuture<'_, Result<(), KinesisError>>;
}

/// Reads a stream.
#[derive(Debug)]
pub struct Consumer {
    client: Client,
    stream: String,
    checkpoints: Checkpoints,
}

impl Consumer {
    /// A consumer that goes on at its checkpoints, and begins a new shard at its oldest record.
    pub fn new(client: Client, stream: &str, checkpoints: Checkpoints) -> Self {
        Self { client, stream: stream.to_owned(), checkpoints }
    }

    /// Reads until it is cancelled; a delivery that has begun is finished first.
    ///
    /// # Errors
    /// [`KinesisError`] when nothing but a person can help; what can pass by itself is tried again for ever.
    pub async fn run(self, taker: Arc<dyn Deliver>, cancel: CancellationToken) -> Result<(), KinesisError> {
        let cancel = cancel.child_token();
        // Whichever way this ends, the shards' readers end too.
        let _guard = cancel.clone().drop_guard();
        let consumer = Arc::new(self);
        let mut readers = JoinSet::new();
        let mut reading = BTreeSet::new();
        loop {
            consumer.start(&taker, &cancel, &mut readers, &mut reading).await?;
            tokio::select! {
                () = cancel.cancelled() => break,
                () = tokio::time::sleep(LIST) => {}
                Some(ended) = readers.join_next() => { reading.remove(&joined(ended)?); }
            }
        }
        while let Some(ended) = readers.join_next().await {
            joined(ended)?;
        }
        Ok(())
    }

    /// Starts a reader for each shard that may be read and is not.
    async fn start(
        self: &Arc<Self>,
        taker: &Arc<dyn Deliver>,
        cancel: &CancellationToken,
        readers: &mut JoinSet<Result<String, KinesisError>>,
        reading: &mut BTreeSet<String>,
    ) -> Result<(), KinesisError> {
        let listed = match self.retried(cancel, || shards::list(&self.client, &self.stream)).await? {
            Some(listed) => listed,
            None => return Ok(()),
        };
        self.checkpoints.retain(|id| listed.iter().any(|shard| shard.id == id))?;
        for id in shards::readable(&listed, &self.checkpoints) {
            if reading.insert(id.to_owned()) {
                let (consumer, id) = (Arc::clone(self), id.to_owned());
                let (taker, cancel) = (Arc::clone(taker), cancel.clone());
                readers.spawn(async move { consumer.read(&id, &*taker, &cancel).await.map(|()| id) });
            }
        }
        Ok(())
    }

    /// Reads one shard to its end, or until cancelled.
    async fn read(
        &self,
        shard: &str,
        taker: &dyn Deliver,
        cancel: &CancellationToken,
    ) -> Result<(), KinesisError> {
        let mut iterator: Option<String> = None;
        let mut pause = PAUSE;
        let mut backoff = slower();
        loop {
            let step = async {
                let from = match iterator.take() {
                    Some(iterator) => iterator,
                    None => self.iterator(shard).await?,
                };
                self.step(shard, from, taker).await
            };
            match step.await {
                Ok(Step { next: None, .. }) => {
                    return self.checkpoints.set(shard, Checkpoint::End);
                }
                Ok(Step { next, empty }) => {
                    iterator = next;
                    pause = if empty { (pause * 2).min(IDLE) } else { PAUSE };
                    backoff = slower();
                }
                // A new iterator is made from the checkpoint, so nothing is skipped or kept from being delivered again.
                Err(KinesisError::ExpiredIterator) => pause = PAUSE,
                Err(error) if error.is_transient() => {
                    tracing::warn!(stream = self.stream, shard, error = %error, "audit stream: reading again");
                    pause = backoff.next().unwrap_or(IDLE);
                }
                Err(error) => return Err(error),
            }
            tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn iterator(&self, shard: &str) -> Result<String, KinesisError> {
        let request = self.client.get_shard_iterator().stream_name(&self.stream).shard_id(shard);
        let request = match self.checkpoints.get(shard) {
            Some(Checkpoint::After(sequence)) => request
                .shard_iterator_type(ShardIteratorType::AfterSequenceNumber)
                .starting_sequence_number(sequence),
            Some(Checkpoint::End) | None => request.shard_iterator_type(ShardIteratorType::TrimHorizon),
        };
        let doing = "kinesis:GetShardIterator";
        let answer = request.send().await.map_err(|error| KinesisError::of(doing, &self.stream, &error))?;
        answer.shard_iterator.ok_or_else(|| KinesisError::Busy { doing, reason: "it gave none".to_owned() })
    }

    /// Reads once, delivers, and only then moves the checkpoint.
    async fn step(&self, shard: &str, from: String, taker: &dyn Deliver) -> Result<Step, KinesisError> {
        let request = self.client.get_records().shard_iterator(from).limit(READ);
        let answer = request
            .send()
            .await
            .map_err(|error| KinesisError::of("kinesis:GetRecords", &self.stream, &error))?;
        let behind = Duration::from_millis(answer.millis_behind_latest().unwrap_or(0).unsigned_abs());
        let records: Vec<Record> = answer.records;
        let last = records.last().map(|record| record.sequence_number.clone());
        let empty = records.is_empty();
        let data = records.into_iter().map(|record| record.data.into_inner()).collect();
        taker.deliver(Delivery { data, behind }).await?;
        if let Some(last) = last {
            self.checkpoints.set(shard, Checkpoint::After(last))?;
        }
        Ok(Step { next: answer.next_shard_iterator, empty })
    }

    /// Tries until it works or is cancelled.
    async fn retried<T, F>(
        &self,
        cancel: &CancellationToken,
        attempt: impl Fn() -> F,
    ) -> Result<Option<T>, KinesisError>
    where
        F: Future<Output = Result<T, KinesisError>>,
    {
        let mut backoff = slower();
        loop {
            match attempt().await {
                Ok(value) => return Ok(Some(value)),
                Err(error) if error.is_transient() => {
                    tracing::warn!(stream = self.stream, error = %error, "audit stream: asking again");
                }
                Err(error) => return Err(error),
            }
            tokio::select! {
                () = cancel.cancelled() => return Ok(None),
                () = tokio::time::sleep(backoff.next().unwrap_or(IDLE)) => {}
            }
        }
    }
}

/// What a reader ended with; its panic is this task's.
fn joined(ended: Result<Result<String, KinesisError>, JoinError>) -> Result<String, KinesisError> {
    match ended.map_err(JoinError::try_into_panic) {
        Ok(ended) => ended,
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        // Nothing aborts the readers but the end of the whole set.
        Err(Err(_)) => Ok(String::new()),
    }
}

struct Step {
    next: Option<String>,
    empty: bool,
}

/// Waits that grow from a tenth of a second to ten, without end.
pub(crate) fn slower() -> ExponentialBackoff {
    ExponentialBuilder::default()
        .with_jitter()
        .with_min_delay(Duration::from_millis(100))
        .with_max_delay(Duration::from_secs(10))
        .without_max_times()
        .build()
}
