//! The lines and audit records of runs, as the routes read them.

use jiff::Timestamp;
use pipeline_core::{RunId, UnitId};
use pipeline_engine::Pipeline;
use serde::Serialize;
use serde_json::Value;

/// A line of output.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LogLine {
    /// Its place among the records of the run, from 1.
    pub(crate) number: u64,
    pub(crate) at: Timestamp,
    pub(crate) unit: Option<UnitId>,
    pub(crate) text: String,
    /// Whether it came over standard error.
    pub(crate) stderr: bool,
}

/// Audit records that a query found, newest first.
#[derive(Debug)]
pub(crate) struct AuditPage {
    pub(crate) records: Vec<Value>,
    pub(crate) next: Option<String>,
}

/// Why records could not be read.
#[derive(Debug, thiserror::Error)]
#[expect(dead_code, reason = "the spool and the index are not connected yet")]
pub(crate) enum RecordsError {
    /// The query cannot be understood; the text says why and is for its writer.
    #[error("{0}")]
    Query(String),
    #[error("the records cannot be read")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Lines of a run, or of one of its units, from a number on.
pub(crate) async fn lines(
    _pipeline: &Pipeline,
    _run: RunId,
    _unit: Option<&UnitId>,
    _from: u64,
    _limit: u32,
) -> Result<Vec<LogLine>, RecordsError> {
    Ok(Vec::new())
}

/// The last lines of a run, or of one of its units.
pub(crate) async fn last_lines(
    _pipeline: &Pipeline,
    _run: RunId,
    _unit: Option<&UnitId>,
    _count: u32,
) -> Result<Vec<LogLine>, RecordsError> {
    Ok(Vec::new())
}

/// Audit records.
pub(crate) async fn audit(
    _pipeline: &Pipeline,
    _query: &str,
    _cursor: Option<&str>,
) -> Result<AuditPage, RecordsError> {
    Ok(AuditPage { records: Vec::new(), next: None })
}
