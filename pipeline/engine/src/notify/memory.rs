//! What one sink was told, in the database: the intention before a call, its outcome after.

use pipeline_core::RunId;
use sqlx::{Row, Sqlite, SqlitePool, Transaction};

use super::topic::Topic;

/// The tables, made when a notifier starts.
pub const SCHEMA: &str = "
-- Runs to tell a sink of, and pull requests (`owner/name#number`) whose refused commands are to be answered: open while more
-- was wanted than told. `calls` are those that the sink took for it.
CREATE TABLE IF NOT EXISTS notify_runs (
    sink   TEXT NOT NULL,
    run    TEXT NOT NULL,
    wanted BIGINT NOT NULL,
    told   BIGINT NOT NULL DEFAULT 0,
    calls  BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (sink, run)
);
CREATE INDEX IF NOT EXISTS notify_open ON notify_runs (sink) WHERE wanted > told;

-- Messages by what they are about. Without a reference: a call was begun and its outcome is not known.
CREATE TABLE IF NOT EXISTS notify_messages (
    sink      TEXT NOT NULL,
    subject   TEXT NOT NULL,
    run       TEXT NOT NULL,
    reference TEXT,
    rendered  TEXT,
    PRIMARY KEY (sink, subject)
);

-- How far each reader of the events is.
CREATE TABLE IF NOT EXISTS notify_cursors (
    reader   TEXT PRIMARY KEY,
    position BIGINT NOT NULL
);
";

/// What one sink was told. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    db: SqlitePool,
    sink: &'static str,
}

/// A message that was sent, or is being sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    /// The run that it was about when it was last sent; empty for none.
    pub(super) run: String,
    /// Where it is; none while the outcome of the first call is not known.
    pub(super) reference: Option<String>,
    /// The digest of what was last sent.
    pub(super) rendered: Option<String>,
}

impl Memory {
    pub(super) const fn new(db: SqlitePool, sink: &'static str) -> Self {
        Self { db, sink }
    }

    /// Begins a transaction of several writes.
    pub(super) async fn begin(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.db.begin_with("BEGIN IMMEDIATE").await
    }

    /// The sink is to be told of something as it is now.
    pub(super) async fn want(
        &self,
        topic: &Topic,
        within: &mut Transaction<'_, Sqlite>,
    ) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO notify_runs (sink, run, wanted) VALUES ($1, $2, 1)
             ON CONFLICT (sink, run) DO UPDATE SET wanted = notify_runs.wanted + 1",
        )
        .bind(self.sink)
        .bind(topic.to_string())
        .execute(&mut **within)
        .await
        .map(drop)
    }

    /// How often that was wanted.
    pub(super) async fn wanted(&self, topic: &Topic) -> Result<i64, sqlx::Error> {
        let wanted = sqlx::query_scalar("SELECT wanted FROM notify_runs WHERE sink = $1 AND run = $2");
        let wanted = wanted.bind(self.sink).bind(topic.to_string()).fetch_optional(&self.db).await?;
        Ok(wanted.unwrap_or(0))
    }

    /// The sink was told of what was wanted up to a number.
    pub(super) async fn told(&self, topic: &Topic, wanted: i64) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE notify_runs SET told = $3 WHERE sink = $1 AND run = $2 AND told < $3")
            .bind(self.sink)
            .bind(topic.to_string())
            .bind(wanted)
            .execute(&self.db)
            .await
            .map(drop)
    }

    /// What the sink is still to be told of, oldest run first.
    pub(super) async fn open(&self) -> Result<Vec<Topic>, sqlx::Error> {
        let sql = "SELECT run FROM notify_runs WHERE sink = $1 AND wanted > told ORDER BY run";
        let topics: Vec<String> = sqlx::query_scalar(sql).bind(self.sink).fetch_all(&self.db).await?;
        // Only topics are ever written there.
        Ok(topics.iter().filter_map(|topic| Topic::parse(topic)).collect())
    }

    /// The calls that the sink took for something.
    pub(super) async fn calls(&self, topic: &Topic) -> Result<i64, sqlx::Error> {
        let calls = sqlx::query_scalar("SELECT calls FROM notify_runs WHERE sink = $1 AND run = $2");
        let calls = calls.bind(self.sink).bind(topic.to_string()).fetch_optional(&self.db).await?;
        Ok(calls.unwrap_or(0))
    }

    /// Sets the calls that the sink took for something.
    pub(super) async fn set_calls(&self, topic: &Topic, calls: i64) -> Result<(), sqlx::Error> {
        // Calls for answers may be noted before the sink is first wanted for them.
        sqlx::query(
            "INSERT INTO notify_runs (sink, run, wanted, calls) VALUES ($1, $2, 0, $3)
             ON CONFLICT (sink, run) DO UPDATE SET calls = excluded.calls",
        )
        .bind(self.sink)
        .bind(topic.to_string())
        .bind(calls)
        .execute(&self.db)
        .await
        .map(drop)
    }

    /// The message about a subject.
    pub(super) async fn message(&self, subject: &str) -> Result<Option<Message>, sqlx::Error> {
        let sql = "SELECT run, reference, rendered FROM notify_messages WHERE sink = $1 AND subject = $2";
        let row = sqlx::query(sql).bind(self.sink).bind(subject.to_owned()).fetch_optional(&self.db).await?;
        Ok(row.map(|row| Message { run: row.get(0), reference: row.get(1), rendered: row.get(2) }))
    }

    /// A first message about a subject is about to be sent. Any earlier one counts as gone.
    pub(super) async fn intend(&self, subject: &str, run: Option<RunId>) -> Result<(), sqlx::Error> {
        self.write(subject, run, None, None).await
    }

    /// A message about a subject was sent.
    pub(super) async fn sent(
        &self,
        subject: &str,
        run: Option<RunId>,
        reference: &str,
        rendered: &str,
    ) -> Result<(), sqlx::Error> {
        self.write(subject, run, Some(reference), Some(rendered)).await
    }

    /// The message that was about to be sent was certainly not sent.
    pub(super) async fn forget(&self, subject: &str) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM notify_messages WHERE sink = $1 AND subject = $2 AND reference IS NULL")
            .bind(self.sink)
            .bind(subject.to_owned())
            .execute(&self.db)
            .await
            .map(drop)
    }

    async fn write(
        &self,
        subject: &str,
        run: Option<RunId>,
        reference: Option<&str>,
        rendered: Option<&str>,
    ) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO notify_messages (sink, subject, run, reference, rendered) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (sink, subject) DO UPDATE
             SET run = excluded.run, reference = excluded.reference, rendered = excluded.rendered",
        )
        .bind(self.sink)
        .bind(subject.to_owned())
        .bind(run.map(|run| run.to_string()).unwrap_or_default())
        .bind(reference.map(str::to_owned))
        .bind(rendered.map(str::to_owned))
        .execute(&self.db)
        .await
        .map(drop)
    }

    /// How far a reader of the events is; none if it has never begun.
    pub(super) async fn position(&self) -> Result<Option<i64>, sqlx::Error> {
        let sql = "SELECT position FROM notify_cursors WHERE reader = $1";
        sqlx::query_scalar(sql).bind(self.sink).fetch_optional(&self.db).await
    }

    /// The reader has come as far as this.
    pub(super) async fn advance(
        &self,
        position: i64,
        within: &mut Transaction<'_, Sqlite>,
    ) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO notify_cursors (reader, position) VALUES ($1, $2)
             ON CONFLICT (reader) DO UPDATE SET position = excluded.position",
        )
        .bind(self.sink)
        .bind(position)
        .execute(&mut **within)
        .await
        .map(drop)
    }
}
