//! From the stream to the index.
//!
//! A record may come more than once; it lands on itself in the index, by its id. What the index rejects for good is put aside
//! with the reason. Nothing counts as read before the index has it, so nothing is lost, however this ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::future::BoxFuture;
use jiff::Timestamp;
use pipeline_core::RunId;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::audit::{Document, Feed, Spool, SpoolError};
use crate::index::{DeadLetters, Index, IndexError, Page, Query};
use crate::kinesis::{Consumer, Deliver, Delivery, KinesisError, slower};

/// How many bytes are taken from the spool at once.
const TAKE: u64 = 2 * 1024 * 1024;
/// How often the index is asked whether a run is whole, besides whenever something was put in.
const LOOK: Duration = Duration::from_secs(1);

/// Why shipping ended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ShipError {
    /// The stream cannot be read.
    #[error(transparent)]
    Kinesis(#[from] KinesisError),
    /// The spool cannot be read.
    #[error(transparent)]
    Spool(#[from] SpoolError),
    /// The index cannot be asked.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Where the records come from.
#[derive(Debug)]
pub enum Source {
    /// A Kinesis stream.
    Kinesis(Consumer),
    /// This machine's spool: the embedded stream.
    Spool(Spool),
}

/// What a shipper did since it started.
#[derive(Debug, Default)]
pub struct ShipStats {
    /// Records that the index took, repeated ones included.
    pub records: AtomicU64,
    /// Records that had to be put again.
    pub retries: AtomicU64,
    /// Records that were put aside.
    pub dead_letters: AtomicU64,
    /// How old the newest record of the last batch was when it was in the index, in milliseconds.
    pub lag_millis: AtomicU64,
}

/// Ships records to an index. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Shipper(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    index: Arc<dyn Index>,
    dead: DeadLetters,
    stats: Arc<ShipStats>,
    shipped: watch::Sender<()>,
}

impl Shipper {
    /// A shipper to this index; lines that are no records go to the dead letters.
    pub fn new(index: Arc<dyn Index>, dead: DeadLetters) -> Self {
        Self(Arc::new(Inner { index, dead, stats: Arc::default(), shipped: watch::Sender::new(()) }))
    }

    /// What it did; readable while it runs.
    pub fn stats(&self) -> Arc<ShipStats> {
        Arc::clone(&self.0.stats)
    }

    /// Ships until it is cancelled. While the index is not well, it waits and tries again.
    ///
    /// # Errors
    /// [`ShipError`] when the source cannot be read and nothing but a person can help.
    pub async fn run(&self, source: Source, cancel: CancellationToken) -> Result<(), ShipError> {
        let mut backoff = slower();
        while let Err(error) = self.0.index.ready().await {
            tracing::warn!(error = %error, "audit index: not ready");
            tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                () = tokio::time::sleep(backoff.next().unwrap_or(LOOK)) => {}
            }
        }
        match source {
            Source::Kinesis(consumer) => Ok(consumer.run(Arc::new(self.clone()), cancel).await?),
            Source::Spool(spool) => {
                let feed = Feed::open(&spool, "index")?;
                tokio::select! {
                    () = cancel.cancelled() => Ok(()),
                    result = self.run_spool(feed) => result,
                }
            }
        }
    }

    async fn run_spool(&self, mut feed: Feed) -> Result<(), ShipError> {
        loop {
            let chunk = feed.next(TAKE).await?;
            let mut backoff = slower();
            while let Err(error) = self.put(chunk.lines.iter().map(String::as_str)).await {
                tracing::warn!(error = %error, "audit index: putting again");
                tokio::time::sleep(backoff.next().unwrap_or(LOOK)).await;
            }
            feed.acknowledge(chunk.run, chunk.end)?;
        }
    }

    async fn put<'a>(&self, lines: impl Iterator<Item = &'a str>) -> Result<(), IndexError> {
        let Inner { index, dead, stats, shipped } = &*self.0;
        let mut documents = Vec::new();
        for line in lines {
            match Document::parse(line) {
                Ok(document) => documents.push(document),
                Err(error) => {
                    dead.keep(
                        &pipeline_core::Digest::of(line.as_bytes()).to_string(),
                        &error.to_string(),
                        line,
                    )
                    .await?;
                    stats.dead_letters.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
        let Some(newest) = documents.iter().map(|document| document.timestamp).max() else { return Ok(()) };
        let put = index.put(&documents).await?;
        stats.records.fetch_add(put.indexed, Ordering::Relaxed);
        stats.retries.fetch_add(put.retried, Ordering::Relaxed);
        stats.dead_letters.fetch_add(put.dead, Ordering::Relaxed);
        let age = Timestamp::now().as_millisecond() - newest.as_millisecond();
        stats.lag_millis.store(u64::try_from(age).unwrap_or(0), Ordering::Relaxed);
        shipped.send_replace(());
        Ok(())
    }

    /// Waits until the index finds every record that this machine's spool holds of a run, and gives their number. A record among
    /// the dead letters is never found, so give the wait a deadline.
    ///
    /// # Errors
    /// [`ShipError`] when the spool or the index cannot be read.
    pub async fn drained(&self, spool: &Spool, run: RunId) -> Result<u64, ShipError> {
        let expected = spool.settle(run).await?;
        let mut shipped = self.0.shipped.subscribe();
        loop {
            shipped.mark_unchanged();
            self.0.index.refresh(run).await?;
            let found = self.0.index.search(&Query::run(run), &Page::first(1)).await?.total;
            if found >= expected {
                return Ok(found);
            }
            // Another machine may ship too, of which nothing is told here.
            let _ = tokio::time::timeout(LOOK, shipped.changed()).await;
        }
    }
}

impl Deliver for Shipper {
    fn deliver(&self, delivery: Delivery) -> BoxFuture<'_, Result<(), KinesisError>> {
        Box::pin(async move {
            let texts: Vec<_> = delivery.data.iter().map(|data| String::from_utf8_lossy(data)).collect();
            self.put(texts.iter().flat_map(|text| text.lines())).await.map_err(KinesisError::Index)
        })
    }
}
