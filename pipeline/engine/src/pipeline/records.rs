//! Audit records, as the outside searches them.

use std::str::FromStr;

use jiff::Timestamp;
use pipeline_core::event::RunSpec;
use serde_json::Value;

use super::Pipeline;
use crate::audit::{Fact, RunContext, User, What};
use crate::index::{Cursor, IndexError, InvalidCursor, Page, Query, QueryError};
use crate::notify::GaveUp;

/// Audit records that a query found, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditPage {
    /// The records.
    pub records: Vec<Value>,
    /// How many the query finds on all pages.
    pub total: u64,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// Why records could not be read.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// The query cannot be understood.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The cursor is none that was given.
    #[error(transparent)]
    Cursor(#[from] InvalidCursor),
    /// The index does not answer.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl Pipeline {
    /// What every audit record of a run tells of it.
    pub(crate) fn run_context(&self, spec: &RunSpec) -> RunContext {
        let repository = self.zone().repository(&spec.repository);
        RunContext {
            run: spec.id,
            repository: spec.repository.to_string(),
            repository_url: repository.map(|repository| repository.url.clone()).unwrap_or_default(),
            branch: spec.branch.clone(),
            commit: spec.commit.to_string(),
            change: spec.change,
            run_url: Some(format!("{}/runs/{}", self.zone().server.url.trim_end_matches('/'), spec.id)),
            author: Some(User { name: spec.author.name().to_owned(), id: None }),
            source_ip: None,
        }
    }

    /// Records that people were not told how a run stands. A record that cannot be written is logged: it holds up nothing.
    pub async fn record_gave_up(&self, gave_up: &GaveUp) {
        let GaveUp { sink, run, reason } = gave_up;
        tracing::error!(%run, sink, reason, "notify gave up");
        let context = self.0.runs.look(*run, |run| self.run_context(run.spec())).await;
        let context = match context {
            Ok(Some(context)) => context,
            Ok(None) => return,
            Err(error) => {
                return tracing::error!(%run, error = &error as &dyn std::error::Error, "notify.record");
            }
        };
        let what = What::NotTold { sink: (*sink).to_owned(), reason: reason.clone() };
        let noted = self.spool().note(context, Fact { at: Timestamp::now(), unit: None, what }).await;
        if let Err(error) = noted {
            tracing::error!(%run, error = &error as &dyn std::error::Error, "notify.record");
        }
    }

    /// Audit records that a query finds, newest first; at most 500 a page.
    ///
    /// # Errors
    /// [`RecordsError`] when the query or the cursor is wrong, or the index does not answer.
    pub async fn audit(
        &self,
        query: &str,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<AuditPage, RecordsError> {
        let query = Query::parse(query)?;
        let after = cursor.map(Cursor::from_str).transpose()?;
        let mut page = Page::first(limit);
        page.after = after;
        let hits = self.index().search(&query, &page).await?;
        Ok(AuditPage {
            records: hits.records,
            total: hits.total,
            next: hits.next.map(|next| next.to_string()),
        })
    }
}
