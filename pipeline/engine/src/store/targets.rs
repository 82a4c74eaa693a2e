//! The queue of each target. A run joins all its targets' queues in one transaction, so that runs stand in the same order in
//! each, nobody waits in a circle, and the run at the head of every one of its queues holds them all.

use pipeline_core::{RunId, UnitId};
use sqlx::{Sqlite, Transaction};

use super::{Store, StoreError};

impl Store {
    /// Joins the queues of some targets, unless the run has joined before; then answers whether the run is first in all of them.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be read or written.
    pub async fn hold_targets(
        &self,
        run: RunId,
        repository: &str,
        units: &[UnitId],
    ) -> Result<bool, StoreError> {
        let failed = || StoreError::query("queue for the targets");
        let run = run.to_string();
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await.map_err(failed())?;
        let joined: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM targets WHERE run = $1")
            .bind(&run)
            .fetch_one(&mut *transaction)
            .await
            .map_err(failed())?;
        if joined == 0 {
            let place: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(place), 0) + 1 FROM targets")
                .fetch_one(&mut *transaction)
                .await
                .map_err(failed())?;
            for unit in units {
                sqlx::query("INSERT INTO targets (target, place, run) VALUES ($1, $2, $3)")
                    .bind(format!("{repository}/{unit}"))
                    .bind(place)
                    .bind(&run)
                    .execute(&mut *transaction)
                    .await
                    .map_err(failed())?;
            }
        }
        let ahead: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM targets AS mine JOIN targets AS other ON other.target = mine.target AND other.place < mine.place WHERE mine.run = $1",
        )
        .bind(&run)
        .fetch_one(&mut *transaction)
        .await
        .map_err(failed())?;
        transaction.commit().await.map_err(failed())?;
        Ok(ahead == 0)
    }

    /// How many targets are held or queued for.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be read.
    pub async fn count_targets(&self) -> Result<i64, StoreError> {
        sqlx::query_scalar("SELECT COUNT(*) FROM targets")
            .fetch_one(&self.read)
            .await
            .map_err(StoreError::query("count the targets"))
    }
}

/// Leaves all queues, as part of the transaction that ends the run.
pub(super) async fn release(
    transaction: &mut Transaction<'_, Sqlite>,
    run: RunId,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM targets WHERE run = $1")
        .bind(run.to_string())
        .execute(&mut **transaction)
        .await
        .map(|_| ())
}
