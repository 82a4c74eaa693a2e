//! The inbox: a delivery is answered only after its row is on disk, and is there once.

use jiff::Timestamp;
use pipeline_core::{DeliveryId, Trigger};
use sqlx::{Row, SqlitePool};
use tokio::sync::{mpsc, oneshot};

use super::{Store, StoreError};

/// How many deliveries may wait to be written; more wait at the door.
const WAITING: usize = 1024;
/// How many are written in one transaction.
const BATCH: usize = 256;

/// Whether a delivery is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// It is, and is on disk.
    New,
    /// It was there before.
    Duplicate,
}

/// A delivery that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// When it came.
    pub received_at: Timestamp,
    /// What it asks for.
    pub trigger: Trigger,
}

struct Pending {
    id: String,
    trigger: String,
    done: oneshot::Sender<Result<Accepted, StoreError>>,
}

/// Writes deliveries together, so that many at once share one `fsync`.
#[derive(Debug, Clone)]
pub(super) struct Writer(mpsc::Sender<Pending>);

impl Writer {
    pub(super) fn start(pool: SqlitePool) -> Self {
        let (sender, mut receiver) = mpsc::channel(WAITING);
        tokio::spawn(async move {
            let mut batch = Vec::with_capacity(BATCH);
            while receiver.recv_many(&mut batch, BATCH).await > 0 {
                write(&pool, std::mem::take(&mut batch)).await;
            }
        });
        Self(sender)
    }
}

async fn write(pool: &SqlitePool, batch: Vec<Pending>) {
    let written = insert(pool, &batch).await;
    for (place, pending) in batch.into_iter().enumerate() {
        let answer = match &written {
            Ok(accepted) => Ok(accepted.get(place).copied().unwrap_or(Accepted::Duplicate)),
            Err(error) => Err(StoreError::Query {
                doing: "keep a delivery",
                source: sqlx::Error::Protocol(error.to_string()),
            }),
        };
        // Nobody waits any more when the client has gone; the row is there all the same.
        let _ = pending.done.send(answer);
    }
}

async fn insert(pool: &SqlitePool, batch: &[Pending]) -> Result<Vec<Accepted>, sqlx::Error> {
    let now = Timestamp::now().to_string();
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let mut accepted = Vec::with_capacity(batch.len());
    for pending in batch {
        let inserted = sqlx::query(
            "INSERT INTO inbox (delivery, received_at, trigger) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        )
        .bind(&pending.id)
        .bind(&now)
        .bind(&pending.trigger)
        .execute(&mut *transaction)
        .await?;
        accepted.push(if inserted.rows_affected() == 1 { Accepted::New } else { Accepted::Duplicate });
    }
    transaction.commit().await?;
    Ok(accepted)
}

impl Store {
    /// Keeps a delivery. When this returns, it is on disk.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be written; the sender should try again.
    pub async fn accept(&self, id: &DeliveryId, trigger: &Trigger) -> Result<Accepted, StoreError> {
        let trigger = serde_json::to_string(trigger).map_err(StoreError::unreadable("a trigger"))?;
        let (done, answer) = oneshot::channel();
        let pending = Pending { id: id.to_string(), trigger, done };
        self.inbox.0.send(pending).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// The deliveries that nothing has been made of, oldest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn open_deliveries(&self, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        let rows = sqlx::query(
            "SELECT delivery, received_at, trigger FROM inbox WHERE outcome IS NULL ORDER BY rowid LIMIT $1",
        )
        .bind(limit)
        .fetch_all(&self.read)
        .await
        .map_err(StoreError::query("read the inbox"))?;
        rows.iter().map(delivery).collect()
    }

    /// Notes what was made of a delivery that no run came of.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn close_delivery(&self, id: &DeliveryId, outcome: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE inbox SET outcome = $2 WHERE delivery = $1 AND outcome IS NULL")
            .bind(id.as_str())
            .bind(outcome)
            .execute(&self.write)
            .await
            .map(|_| ())
            .map_err(StoreError::query("close a delivery"))
    }

    /// Counts one more try at a delivery, and answers how many there have been.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn count_attempt(&self, id: &DeliveryId) -> Result<i64, StoreError> {
        sqlx::query_scalar("UPDATE inbox SET attempts = attempts + 1 WHERE delivery = $1 RETURNING attempts")
            .bind(id.as_str())
            .fetch_one(&self.write)
            .await
            .map_err(StoreError::query("count a try at a delivery"))
    }

    /// What was made of a delivery: none if it is not there, `Some(None)` if nothing was yet.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn delivery_outcome(&self, id: &DeliveryId) -> Result<Option<Option<String>>, StoreError> {
        sqlx::query_scalar("SELECT outcome FROM inbox WHERE delivery = $1")
            .bind(id.as_str())
            .fetch_optional(&self.read)
            .await
            .map_err(StoreError::query("read a delivery"))
    }
}

fn delivery(row: &sqlx::sqlite::SqliteRow) -> Result<Delivery, StoreError> {
    let (id, at, trigger): (String, String, String) = (row.get(0), row.get(1), row.get(2));
    Ok(Delivery {
        id: DeliveryId::parse(&id).map_err(StoreError::unreadable("a delivery id"))?,
        received_at: at.parse().map_err(StoreError::unreadable("a delivery's time"))?,
        trigger: serde_json::from_str(&trigger)
            .map_err(StoreError::unreadable(format!("the delivery {id}")))?,
    })
}
