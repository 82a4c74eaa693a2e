//! From the spool to the stream.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use aws_sdk_kinesis::Client;
use backon::{BackoffBuilder, ExponentialBuilder};
use tokio_util::sync::CancellationToken;

use super::error::KinesisError;
use super::pack::{Pack, fitting, pack};
use crate::audit::{Feed, Spool};

/// How many bytes are taken from the spool at once.
const TAKE: u64 = 2 * 1024 * 1024;

/// What a producer did since it started.
#[derive(Debug, Default)]
pub struct ProducerStats {
    /// Audit records that the stream took.
    pub records: AtomicU64,
    /// Kinesis records that had to be sent again.
    pub retries: AtomicU64,
    /// Durable bytes of the spool that the stream has not taken yet.
    pub pending_bytes: AtomicU64,
}

/// Sends what is durable in the spool to the stream. Only one producer may read a spool.
#[derive(Debug)]
pub struct Producer {
    client: Client,
    stream: String,
    feed: Feed,
    stats: Arc<ProducerStats>,
}

impl Producer {
    /// A producer that goes on behind what the stream has acknowledged.
    ///
    /// # Errors
    /// [`KinesisError::Spool`] when the spool cannot be read.
    pub fn new(client: Client, stream: &str, spool: &Spool) -> Result<Self, KinesisError> {
        let feed = Feed::open(spool, "kinesis")?;
        Ok(Self { client, stream: stream.to_owned(), feed, stats: Arc::default() })
    }

    /// What it did; readable while it runs.
    pub fn stats(&self) -> Arc<ProducerStats> {
        Arc::clone(&self.stats)
    }

    /// Sends until it is cancelled. What is in flight then may be sent again by the next producer, which is harmless.
    ///
    /// # Errors
    /// [`KinesisError`] when nothing but a person can help; what can pass by itself is tried again for ever.
    pub async fn run(mut self, cancel: CancellationToken) -> Result<(), KinesisError> {
        let sending = async {
            loop {
                self.step().await?;
            }
        };
        tokio::select! {
            () = cancel.cancelled() => Ok(()),
            result = sending => result,
        }
    }

    /// Sends the next lines of one run, and remembers that they arrived.
    async fn step(&mut self) -> Result<(), KinesisError> {
        let chunk = self.feed.next(TAKE).await?;
        let packs = pack(chunk.run, &chunk.lines);
        let mut rest = packs.as_slice();
        while !rest.is_empty() {
            let (request, behind) = rest.split_at(fitting(rest));
            self.send(request.to_vec()).await?;
            rest = behind;
        }
        self.feed.acknowledge(chunk.run, chunk.end)?;
        self.stats.records.fetch_add(chunk.lines.len() as u64, Ordering::Relaxed);
        self.stats.pending_bytes.store(self.feed.pending(), Ordering::Relaxed);
        Ok(())
    }

    /// Sends the packs until each of them is taken; only those that were not are sent again.
    async fn send(&self, mut packs: Vec<Pack>) -> Result<(), KinesisError> {
        let slower = || {
            ExponentialBuilder::default()
                .with_jitter()
                .with_min_delay(Duration::from_millis(50))
                .with_max_delay(Duration::from_secs(10))
                .without_max_times()
                .build()
        };
        let mut backoff = slower();
        loop {
            let before = packs.len();
            packs = match self.put(&packs).await {
                Ok(refused) => refused,
                Err(error) if error.is_transient() => {
                    tracing::warn!(stream = self.stream, error = %error, "audit stream: sending again");
                    packs
                }
                Err(error) => return Err(error),
            };
            if packs.is_empty() {
                return Ok(());
            }
            if packs.len() < before {
                // The stream takes some, so it need not be left alone for long.
                backoff = slower();
            }
            self.stats.retries.fetch_add(packs.len() as u64, Ordering::Relaxed);
            tokio::time::sleep(backoff.next().unwrap_or_default()).await;
        }
    }

    /// One request; gives the packs that were refused.
    async fn put(&self, packs: &[Pack]) -> Result<Vec<Pack>, KinesisError> {
        const DOING: &str = "kinesis:PutRecords";
        let rejected = |reason: &dyn std::error::Error| KinesisError::Rejected {
            doing: DOING,
            stream: self.stream.clone(),
            reason: reason.to_string(),
        };
        let entries: Result<Vec<_>, _> = packs.iter().map(Pack::entry).collect();
        let request = self.client.put_records().stream_name(&self.stream);
        let sent = request.set_records(Some(entries.map_err(|error| rejected(&error))?)).send().await;
        let answer = sent.map_err(|error| KinesisError::of(DOING, &self.stream, &error))?;
        // A record without a result counts as refused: twice is harmless.
        let taken =
            |place: usize| answer.records().get(place).is_some_and(|result| result.error_code().is_none());
        Ok(packs
            .iter()
            .enumerate()
            .filter(|(place, _)| !taken(*place))
            .map(|(_, pack)| pack.clone())
            .collect())
    }
}
