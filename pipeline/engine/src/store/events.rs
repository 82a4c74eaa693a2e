//! The events, with the version checked on append.

use std::collections::BTreeSet;

use jiff::Timestamp;
use landing_zone::RepositoryName;
use pipeline_core::event::{Mode, RunSpec};
use pipeline_core::{Commit, DeliveryId, Event, Recorded, Run, RunId};
use sqlx::{Row, Sqlite, Transaction};

use super::{Fencing, KeptReport, Store, StoreError, run_id};

/// Events to append to a run, with what its row is to say after.
#[derive(Debug)]
pub struct Append<'a> {
    /// The run as it is with the events taken.
    pub run: &'a Run,
    /// The events, numbered on from the last one that is kept.
    pub events: &'a [Recorded],
    /// The reports that the events name by their digests.
    pub reports: &'a [KeptReport],
    /// The lease under which they were made; none for what people ask for.
    pub fencing: Option<Fencing>,
}

/// Why events were not appended.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Somebody else appended first: load the run again.
    #[error("the run has moved on")]
    Moved,
    /// The lease was lost: another worker has the run.
    #[error("another worker has taken the run over")]
    LeaseLost,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A run's row: what it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// The run.
    pub id: RunId,
    /// The commit.
    pub commit: Commit,
    /// Its state's name.
    pub state: String,
    /// Whether it has ended.
    pub ended: bool,
}

impl Store {
    /// Makes a run out of a delivery, once: the run's row, its first event and the delivery's outcome in one transaction.
    /// Answers false when the delivery had an outcome before.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn create_run(
        &self,
        delivery: &DeliveryId,
        spec: &RunSpec,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let failed = StoreError::query("make a run");
        let first = Recorded { number: 1, at, event: Event::Started { spec: spec.clone() } };
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
        let closed = sqlx::query("UPDATE inbox SET outcome = $2 WHERE delivery = $1 AND outcome IS NULL")
            .bind(delivery.as_str())
            .bind(spec.id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(StoreError::query("close a delivery"))?;
        if closed.rows_affected() == 0 {
            return Ok(false);
        }
        insert_row(&mut transaction, delivery, spec).await?;
        insert_event(&mut transaction, spec.id, &first)
            .await
            .map_err(StoreError::query("append an event"))?;
        transaction.commit().await.map_err(StoreError::query("make a run"))?;
        Ok(true)
    }

    /// Appends events if the run is still at the version before them, and the lease, where one is given, still holds.
    ///
    /// # Errors
    /// [`AppendError::Moved`] and [`AppendError::LeaseLost`] say that nothing was written and why.
    pub async fn append(&self, append: Append<'_>) -> Result<(), AppendError> {
        let id = append.run.spec().id;
        let mut transaction =
            self.write.begin_with("BEGIN IMMEDIATE").await.map_err(StoreError::query("append events"))?;
        if let Some(fencing) = append.fencing {
            super::lease::check(&mut transaction, id, fencing).await?;
        }
        for report in append.reports {
            super::reports::insert(&mut transaction, id, report).await?;
        }
        for recorded in append.events {
            insert_event(&mut transaction, id, recorded).await.map_err(|error| match &error {
                sqlx::Error::Database(database) if database.is_unique_violation() => AppendError::Moved,
                _ => AppendError::Store(StoreError::query("append an event")(error)),
            })?;
        }
        sqlx::query("UPDATE runs SET state = $2, ended = $3 WHERE run = $1")
            .bind(id.to_string())
            .bind(append.run.state().name())
            .bind(append.run.has_ended())
            .execute(&mut *transaction)
            .await
            .map_err(StoreError::query("note a run's state"))?;
        if append.run.has_ended() {
            // With the end, not after it: a crash between the two would leave the targets held.
            super::targets::release(&mut transaction, id)
                .await
                .map_err(StoreError::query("give the targets back"))?;
        }
        transaction.commit().await.map_err(StoreError::query("append events"))?;
        Ok(())
    }

    /// A run's events after a number, in order.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn events_since(&self, run: RunId, number: u64) -> Result<Vec<Recorded>, StoreError> {
        let rows = sqlx::query(
            "SELECT number, at, event FROM events WHERE run = $1 AND number > $2 ORDER BY number",
        )
        .bind(run.to_string())
        .bind(i64::try_from(number).unwrap_or(i64::MAX))
        .fetch_all(&self.read)
        .await
        .map_err(StoreError::query("read a run's events"))?;
        rows.iter().map(|row| recorded(run, row)).collect()
    }

    /// The ids of runs, newest first, after a given one; at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn run_ids(&self, after: Option<RunId>, limit: u32) -> Result<Vec<RunId>, StoreError> {
        let after = after.map_or_else(|| "s".to_owned(), |run| run.to_string());
        let rows: Vec<String> =
            sqlx::query_scalar("SELECT run FROM runs WHERE run < $1 ORDER BY run DESC LIMIT $2")
                .bind(after)
                .bind(limit)
                .fetch_all(&self.read)
                .await
                .map_err(StoreError::query("list the runs"))?;
        rows.iter().map(|text| run_id(text)).collect()
    }

    /// The runs whose id begins with a text, at most two.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn runs_like(&self, prefix: &str) -> Result<Vec<RunId>, StoreError> {
        let rows: Vec<String> =
            sqlx::query_scalar("SELECT run FROM runs WHERE substr(run, 1, length($1)) = $1 LIMIT 2")
                .bind(prefix)
                .fetch_all(&self.read)
                .await
                .map_err(StoreError::query("find a run"))?;
        rows.iter().map(|text| run_id(text)).collect()
    }

    /// The runs of a branch that may apply, newest first, at most 100.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn branch_runs(
        &self,
        repository: &RepositoryName,
        branch: &str,
    ) -> Result<Vec<RunRow>, StoreError> {
        let sql = "SELECT run, commit_hash, state, ended FROM runs WHERE repository = $1 AND branch = $2 AND mode = 'apply' \
                   AND change IS NULL ORDER BY run DESC LIMIT 100";
        let query = sqlx::query(sql).bind(repository.as_str().to_owned()).bind(branch.to_owned());
        let rows =
            query.fetch_all(&self.read).await.map_err(StoreError::query("read the runs of a branch"))?;
        rows.iter().map(run_row).collect()
    }

    /// The runs of a pull request, newest first, at most 100.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn change_runs(
        &self,
        repository: &RepositoryName,
        change: u64,
    ) -> Result<Vec<RunRow>, StoreError> {
        let sql = "SELECT run, commit_hash, state, ended FROM runs WHERE repository = $1 AND change = $2 ORDER BY run DESC LIMIT 100";
        let change = i64::try_from(change).unwrap_or(i64::MAX);
        let query = sqlx::query(sql).bind(repository.as_str().to_owned()).bind(change);
        let rows = query
            .fetch_all(&self.read)
            .await
            .map_err(StoreError::query("read the runs of a pull request"))?;
        rows.iter().map(run_row).collect()
    }

    /// The runs that have moved since a position, at most `limit` events further, and the position then.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn moved_since(&self, position: i64, limit: u32) -> Result<(BTreeSet<RunId>, i64), StoreError> {
        let rows = sqlx::query("SELECT rowid, run FROM events WHERE rowid > $1 ORDER BY rowid LIMIT $2")
            .bind(position)
            .bind(limit)
            .fetch_all(&self.read)
            .await
            .map_err(StoreError::query("read what has moved"))?;
        let mut runs = BTreeSet::new();
        for row in &rows {
            runs.insert(run_id(row.get(1))?);
        }
        Ok((runs, rows.last().map_or(position, |row| row.get(0))))
    }

    /// The runs that have not ended, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn open_runs(&self) -> Result<Vec<RunId>, StoreError> {
        let rows: Vec<String> = sqlx::query_scalar("SELECT run FROM runs WHERE NOT ended ORDER BY run")
            .fetch_all(&self.read)
            .await
            .map_err(StoreError::query("list the runs that have not ended"))?;
        rows.iter().map(|text| run_id(text)).collect()
    }

    /// A number that grows with every event of any run, to see whether another process has written.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn last_event(&self) -> Result<i64, StoreError> {
        sqlx::query_scalar("SELECT COALESCE(MAX(rowid), 0) FROM events")
            .fetch_one(&self.read)
            .await
            .map_err(StoreError::query("read the last event"))
    }
}

async fn insert_row(
    transaction: &mut Transaction<'_, Sqlite>,
    delivery: &DeliveryId,
    spec: &RunSpec,
) -> Result<(), StoreError> {
    let mode = match spec.mode {
        Mode::PlanOnly => "plan_only",
        Mode::Apply => "apply",
    };
    sqlx::query("INSERT INTO runs (run, repository, branch, commit_hash, change, mode, state, ended, delivery) VALUES ($1, $2, $3, $4, $5, $6, 'queued', FALSE, $7)")
        .bind(spec.id.to_string())
        .bind(spec.repository.as_str())
        .bind(&spec.branch)
        .bind(spec.commit.as_str())
        .bind(spec.change.map(|number| i64::try_from(number).unwrap_or(i64::MAX)))
        .bind(mode)
        .bind(delivery.as_str())
        .execute(&mut **transaction)
        .await
        .map(|_| ())
        .map_err(StoreError::query("make a run"))
}

async fn insert_event(
    transaction: &mut Transaction<'_, Sqlite>,
    run: RunId,
    recorded: &Recorded,
) -> Result<(), sqlx::Error> {
    let event =
        serde_json::to_string(&recorded.event).map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
    sqlx::query("INSERT INTO events (run, number, at, event) VALUES ($1, $2, $3, $4)")
        .bind(run.to_string())
        .bind(i64::try_from(recorded.number).unwrap_or(i64::MAX))
        .bind(recorded.at.to_string())
        .bind(event)
        .execute(&mut **transaction)
        .await
        .map(|_| ())
}

fn recorded(run: RunId, row: &sqlx::sqlite::SqliteRow) -> Result<Recorded, StoreError> {
    let (number, at, event): (i64, String, String) = (row.get(0), row.get(1), row.get(2));
    Ok(Recorded {
        number: u64::try_from(number).unwrap_or_default(),
        at: at.parse().map_err(StoreError::unreadable(format!("the time of event {number} of {run}")))?,
        event: serde_json::from_str(&event)
            .map_err(StoreError::unreadable(format!("event {number} of {run}")))?,
    })
}

fn run_row(row: &sqlx::sqlite::SqliteRow) -> Result<RunRow, StoreError> {
    let (run, commit): (String, String) = (row.get(0), row.get(1));
    Ok(RunRow {
        id: run_id(&run)?,
        commit: Commit::parse(&commit).map_err(StoreError::unreadable(format!("the commit of {run}")))?,
        state: row.get(2),
        ended: row.get(3),
    })
}
