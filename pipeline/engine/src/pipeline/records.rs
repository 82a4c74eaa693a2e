//! Audit records, as the outside searches them.

use std::str::FromStr;

use serde_json::Value;

use super::Pipeline;
use crate::index::{Cursor, IndexError, InvalidCursor, Page, Query, QueryError};

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
