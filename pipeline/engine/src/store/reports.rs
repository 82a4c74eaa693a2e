//! What is too large for an event: a unit's changes and findings.

use pipeline_core::{Changes, Digest, RunId, UnitId};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::{Store, StoreError};

/// What a unit's plan would do and what the policies found in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct UnitReport {
    /// The changes.
    pub changes: Changes,
    /// The findings.
    pub findings: Vec<policies::Finding>,
    /// What was found and is suppressed in the files, with the reason that stands there.
    #[serde(default)]
    pub skipped: Vec<policies::Skipped>,
    /// What the apply needs and the event does not carry, as the unit's engine wrote it.
    #[serde(default)]
    pub plan: serde_json::Value,
}

/// A report as it is kept, under its unit's digest.
#[derive(Debug, Clone)]
pub struct KeptReport {
    unit: UnitId,
    digest: Digest,
    body: String,
}

impl KeptReport {
    /// The report of a unit's digest.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] when it cannot be written as JSON.
    pub fn of(unit: &UnitId, digest: &Digest, report: &UnitReport) -> Result<Self, StoreError> {
        let body = serde_json::to_string(report).map_err(StoreError::unreadable("a report"))?;
        Ok(Self { unit: unit.clone(), digest: digest.clone(), body })
    }
}

pub(super) async fn insert(
    connection: &mut SqliteConnection,
    run: RunId,
    report: &KeptReport,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO reports (run, unit, digest, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    sqlx::query(sql)
        .bind(run.to_string())
        .bind(report.unit.as_str())
        .bind(report.digest.as_str())
        .bind(&report.body)
        .execute(connection)
        .await
        .map(drop)
        .map_err(StoreError::query("keep a report"))
}

impl Store {
    /// The report of a unit's digest.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn report(
        &self,
        run: RunId,
        unit: &UnitId,
        digest: &Digest,
    ) -> Result<Option<UnitReport>, StoreError> {
        let body: Option<String> =
            sqlx::query_scalar("SELECT body FROM reports WHERE run = $1 AND unit = $2 AND digest = $3")
                .bind(run.to_string())
                .bind(unit.as_str())
                .bind(digest.as_str())
                .fetch_optional(&self.read)
                .await
                .map_err(StoreError::query("read a report"))?;
        body.map(|body| {
            serde_json::from_str(&body)
                .map_err(StoreError::unreadable(format!("the report of {unit} in {run}")))
        })
        .transpose()
    }
}
