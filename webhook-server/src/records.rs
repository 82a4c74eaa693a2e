//! The lines and audit records of runs, as the routes read them.

use std::collections::VecDeque;

use jiff::Timestamp;
use pipeline_core::{RunId, UnitId};
use pipeline_engine::Pipeline;
use pipeline_engine::audit::{Document, SpoolError, Stream};
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
    /// How many the query finds on all pages.
    pub(crate) total: u64,
    pub(crate) next: Option<String>,
}

/// Why records could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RecordsError {
    /// The query cannot be understood; the text says why and is for its writer.
    #[error("{0}")]
    Query(String),
    #[error("the records cannot be read")]
    Unreadable(#[from] SpoolError),
    #[error("the audit index does not answer")]
    Index(#[source] pipeline_engine::pipeline::RecordsError),
}

/// Lines of a run, or of one of its units, from a number on.
///
/// # Errors
/// [`RecordsError::Unreadable`] when the spool cannot be read.
pub(crate) async fn lines(
    pipeline: &Pipeline,
    run: RunId,
    unit: Option<&UnitId>,
    from: u64,
    limit: usize,
) -> Result<Vec<LogLine>, RecordsError> {
    let mut lines = Vec::new();
    read(pipeline, run, unit, from, |line| {
        lines.push(line);
        lines.len() < limit
    })
    .await?;
    Ok(lines)
}

/// The last lines of a run, or of one of its units.
///
/// # Errors
/// [`RecordsError::Unreadable`] when the spool cannot be read.
pub(crate) async fn last_lines(
    pipeline: &Pipeline,
    run: RunId,
    unit: Option<&UnitId>,
    count: usize,
) -> Result<Vec<LogLine>, RecordsError> {
    let mut lines = VecDeque::new();
    read(pipeline, run, unit, 0, |line| {
        if lines.len() == count {
            lines.pop_front();
        }
        lines.push_back(line);
        true
    })
    .await?;
    Ok(lines.into())
}

/// Reads what is on record by now, until `take` has enough.
async fn read(
    pipeline: &Pipeline,
    run: RunId,
    unit: Option<&UnitId>,
    from: u64,
    mut take: impl FnMut(LogLine) -> bool,
) -> Result<(), RecordsError> {
    let spool = pipeline.spool();
    // A tail of a run that is being written waits at its end, so that the last record is asked for after the tail is made: what
    // the tail could wait for is then known. It is of all units, since the last record may be of another one.
    let mut tail = spool.tail(run, None, from);
    let end = spool.progress(run).map_or(u64::MAX, |progress| progress.sequence);
    if end < from.max(1) {
        return Ok(());
    }
    while let Some(document) = tail.next().await? {
        let line = line(&document).filter(|line| unit.is_none_or(|unit| line.unit.as_ref() == Some(unit)));
        let more = line.is_none_or(&mut take);
        if !more || document.sequence >= end {
            break;
        }
    }
    Ok(())
}

/// A record's line of output; none when the record is of something else.
pub(crate) fn line(document: &Document) -> Option<LogLine> {
    let record: Value = serde_json::from_str(&document.source).ok()?;
    let action = record.pointer("/event/action").and_then(Value::as_str)?;
    let stderr = action == Stream::Stderr.as_str();
    if !stderr && action != Stream::Stdout.as_str() {
        return None;
    }
    Some(LogLine {
        number: document.sequence,
        at: document.timestamp,
        unit: document.unit.as_deref().and_then(|unit| UnitId::parse(unit).ok()),
        text: record.get("message").and_then(Value::as_str).unwrap_or_default().to_owned(),
        stderr,
    })
}

/// Audit records.
///
/// # Errors
/// [`RecordsError::Query`] when the query or the cursor is wrong, [`RecordsError::Index`] when the index does not answer.
pub(crate) async fn audit(
    pipeline: &Pipeline,
    query: &str,
    cursor: Option<&str>,
    limit: u32,
) -> Result<AuditPage, RecordsError> {
    use pipeline_engine::pipeline::RecordsError as Engine;
    let page = pipeline.audit(query, cursor, limit).await.map_err(|error| match error {
        Engine::Query(_) | Engine::Cursor(_) => RecordsError::Query(error.to_string()),
        Engine::Index(_) => RecordsError::Index(error),
    })?;
    Ok(AuditPage { records: page.records, total: page.total, next: page.next })
}
