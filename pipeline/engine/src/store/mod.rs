//! The store: the inbox, the events, the leases and the target queues, in SQLite.
//!
//! One connection writes, so that writers queue here and not in SQLite's lock; several read. Commits are on disk when a
//! function returns: [WAL with `synchronous = FULL`](https://www.sqlite.org/pragma.html#pragma_synchronous).

mod commands;
mod events;
mod inbox;
mod lease;
mod reports;
mod targets;
mod tokens;

use std::path::Path;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

pub use commands::Command;
pub use events::{Append, AppendError, RunRow};
pub use inbox::{Accepted, Delivery};
pub use lease::{Fencing, Holder};
pub use reports::{KeptReport, UnitReport};
pub use tokens::{Token, TokenError};

/// What the store could not do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database could not be opened or made.
    #[error("cannot open the database {path}; check that the directory exists and may be written to")]
    Open {
        /// Its path.
        path: String,
        /// Why.
        source: sqlx::Error,
    },
    /// A statement failed.
    #[error("the database refused to {doing}")]
    Query {
        /// What was being done.
        doing: &'static str,
        /// Why.
        source: sqlx::Error,
    },
    /// A row holds what this version cannot read.
    #[error("the database holds {what} that this version of wayleave cannot read")]
    Unreadable {
        /// What it is.
        what: String,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The events of a run do not fold.
    #[error("the events of {run} contradict each other: {source}")]
    Corrupt {
        /// The run.
        run: pipeline_core::RunId,
        /// Why.
        source: pipeline_core::run::Illegal,
    },
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
}

impl StoreError {
    pub(crate) fn query(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Query { doing, source }
    }

    pub(crate) fn unreadable<E: std::error::Error + Send + Sync + 'static>(
        what: impl Into<String>,
    ) -> impl FnOnce(E) -> Self {
        let what = what.into();
        move |source| Self::Unreadable { what, source: Box::new(source) }
    }
}

/// The store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    write: SqlitePool,
    read: SqlitePool,
    inbox: inbox::Writer,
}

impl Store {
    /// Opens the database file, makes it if it is not there, and brings its tables up.
    ///
    /// # Errors
    /// [`StoreError::Open`] when that cannot be done.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Open { path: path.display().to_string(), source };
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(20));
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await
            .map_err(failed)?;
        sqlx::raw_sql(include_str!("schema.sql")).execute(&write).await.map_err(failed)?;
        let readers = SqlitePoolOptions::new().max_connections(4).acquire_timeout(Duration::from_secs(20));
        let read = readers.connect_with(options.read_only(true)).await.map_err(failed)?;
        let inbox = inbox::Writer::start(write.clone());
        Ok(Self { write, read, inbox })
    }

    /// The connection that writes, for readers of events that keep cursors of their own.
    pub const fn writer(&self) -> &SqlitePool {
        &self.write
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Query`] when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.read).await.map(|_| ()).map_err(StoreError::query("answer"))
    }

    /// Closes all connections, after what was accepted is on disk.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

/// A run's id out of a row.
fn run_id(text: &str) -> Result<pipeline_core::RunId, StoreError> {
    text.parse().map_err(StoreError::unreadable(format!("the run id {text:?}")))
}
