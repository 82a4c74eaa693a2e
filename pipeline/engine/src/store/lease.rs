//! Leases: a run is worked on by one worker at a time. Each taking of a lease raises its fencing number, which is checked with
//! every append, since a worker that lost its lease may be told late or never.

use std::collections::HashSet;
use std::fmt;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use pipeline_core::RunId;
use sqlx::{Row, Sqlite, Transaction};
use uuid::Uuid;

use super::{AppendError, Store, StoreError, run_id};

/// How long a lease holds without being renewed.
pub(crate) const LEASE: Duration = Duration::from_secs(30);

/// A lease's number: it grows each time that the run changes hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fencing(pub(crate) i64);

impl fmt::Display for Fencing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A set of workers: its machine's boot, its process and when that began, so that one that has died here is known at once; and a
/// number of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder(String);

impl Default for Holder {
    fn default() -> Self {
        Self::new()
    }
}

impl Holder {
    /// A holder in this process.
    pub fn new() -> Self {
        let pid = std::process::id();
        Self(format!("{}/{pid}/{}/{}", boot_id(), started(pid).unwrap_or_default(), Uuid::new_v4().simple()))
    }

    /// The holder as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when the holder was a process of this machine and is no more; false when that cannot be known.
    fn has_died(text: &str) -> bool {
        let mut parts = text.split('/');
        let (Some(boot), Some(pid), Some(start)) = (parts.next(), parts.next(), parts.next()) else {
            return false;
        };
        let Ok(pid) = pid.parse::<u32>() else { return false };
        boot == boot_id() && started(pid).map(|ticks| ticks.to_string()).as_deref() != Some(start)
    }
}

fn boot_id() -> String {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .map(|id| id.trim().to_owned())
        .unwrap_or_else(|_| "unknown".to_owned())
}

/// When a process began, in clock ticks since the boot: field 22 of [`/proc/PID/stat`](https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
fn started(pid: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    after_name.split_whitespace().nth(19)?.parse().ok()
}

impl Store {
    /// Takes the lease of every open run that nobody holds, whose lease has run out, or whose holder has died; at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be read or written.
    pub async fn claim_runs(
        &self,
        holder: &Holder,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<(RunId, Fencing)>, StoreError> {
        let rows = sqlx::query("SELECT run, holder, lease_until FROM runs WHERE NOT ended ORDER BY run")
            .fetch_all(&self.read)
            .await
            .map_err(StoreError::query("read the open runs"))?;
        let mut claimed = Vec::new();
        for row in rows.iter().filter(|row| is_free(row, holder, now)).take(limit) {
            let run: String = row.get(0);
            if let Some(fencing) = self.claim(&run, row.get(1), holder, now).await? {
                claimed.push((run_id(&run)?, fencing));
            }
        }
        Ok(claimed)
    }

    async fn claim(
        &self,
        run: &str,
        before: Option<String>,
        holder: &Holder,
        now: Timestamp,
    ) -> Result<Option<Fencing>, StoreError> {
        let sql = "UPDATE runs SET holder = $2, lease_until = $3, fencing = fencing + 1 \
                   WHERE run = $1 AND NOT ended AND holder IS $4 RETURNING fencing";
        let taken: Option<i64> = sqlx::query_scalar(sql)
            .bind(run)
            .bind(holder.as_str())
            .bind(until(now))
            .bind(before)
            .fetch_optional(&self.write)
            .await
            .map_err(StoreError::query("take a run"))?;
        Ok(taken.map(Fencing))
    }

    /// Renews all leases of a holder, and answers which runs it still has; those that ended just now among them.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be written.
    pub async fn renew_leases(&self, holder: &Holder, now: Timestamp) -> Result<HashSet<RunId>, StoreError> {
        let held: Vec<String> =
            sqlx::query_scalar("UPDATE runs SET lease_until = $2 WHERE holder = $1 RETURNING run")
                .bind(holder.as_str())
                .bind(until(now))
                .fetch_all(&self.write)
                .await
                .map_err(StoreError::query("renew the leases"))?;
        held.iter().map(|run| run_id(run)).collect()
    }

    /// Gives a run's lease back.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be written.
    pub async fn release_run(&self, run: RunId, fencing: Fencing) -> Result<(), StoreError> {
        sqlx::query("UPDATE runs SET holder = NULL, lease_until = NULL WHERE run = $1 AND fencing = $2")
            .bind(run.to_string())
            .bind(fencing.0)
            .execute(&self.write)
            .await
            .map(|_| ())
            .map_err(StoreError::query("give a run back"))
    }

    /// Who works on a run, if anybody does.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be read.
    pub async fn holder(&self, run: RunId) -> Result<Option<String>, StoreError> {
        let holder: Option<Option<String>> = sqlx::query_scalar("SELECT holder FROM runs WHERE run = $1")
            .bind(run.to_string())
            .fetch_optional(&self.read)
            .await
            .map_err(StoreError::query("read who works on a run"))?;
        Ok(holder.flatten())
    }

    /// Whether a lease is still the run's newest.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be read.
    pub async fn still_holds(&self, run: RunId, fencing: Fencing) -> Result<bool, StoreError> {
        let current: Option<i64> = sqlx::query_scalar("SELECT fencing FROM runs WHERE run = $1")
            .bind(run.to_string())
            .fetch_optional(&self.write)
            .await
            .map_err(StoreError::query("read a run's lease"))?;
        Ok(current == Some(fencing.0))
    }
}

pub(super) async fn check(
    transaction: &mut Transaction<'_, Sqlite>,
    run: RunId,
    fencing: Fencing,
) -> Result<(), AppendError> {
    let current: i64 = sqlx::query_scalar("SELECT fencing FROM runs WHERE run = $1")
        .bind(run.to_string())
        .fetch_one(&mut **transaction)
        .await
        .map_err(StoreError::query("read a run's lease"))?;
    if current == fencing.0 { Ok(()) } else { Err(AppendError::LeaseLost) }
}

fn until(now: Timestamp) -> String {
    let lease = SignedDuration::try_from(LEASE).unwrap_or(SignedDuration::ZERO);
    now.checked_add(lease).unwrap_or(Timestamp::MAX).to_string()
}

fn is_free(row: &sqlx::sqlite::SqliteRow, me: &Holder, now: Timestamp) -> bool {
    let (holder, until): (Option<String>, Option<String>) = (row.get(1), row.get(2));
    let Some(holder) = holder else { return true };
    let expired = until.and_then(|text| text.parse::<Timestamp>().ok()).is_none_or(|until| until <= now);
    holder != me.as_str() && (expired || Holder::has_died(&holder))
}
