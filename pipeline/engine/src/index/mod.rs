//! Where audit records are searched: Elasticsearch, OpenSearch, or the embedded index.

mod dead_letter;
mod elastic;
mod embedded;
mod page;
pub mod query;

use std::fmt;

use futures::future::BoxFuture;
use pipeline_core::RunId;
use serde_json::Value;

pub use dead_letter::DeadLetters;
pub use elastic::{Authorization, Elastic, Flavour};
pub use embedded::Embedded;
pub use page::{Cursor, Hits, InvalidCursor, Order, Page};
pub use query::{Query, QueryError};

use crate::audit::{Document, Problem};

/// The pattern of all audit indices.
pub const INDICES: &str = "wayleave-audit-*";

/// Why the index did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// It could not be reached, or the connection broke.
    #[error("the index at {url} does not answer; is it running, and is `index.url` in zone.hcl right?")]
    Unreachable {
        /// Its address, without credentials.
        url: String,
        /// Why.
        source: reqwest::Error,
    },
    /// It is overloaded or not ready; the same may work later.
    #[error("the index is busy (status {status}); it is asked again")]
    Busy {
        /// The HTTP status.
        status: u16,
    },
    /// It wants other credentials.
    #[error("the index refuses the credentials (status {status}); they need to write and read {INDICES}")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// It does not understand the request.
    #[error("the index rejects the request (status {status}): {reason}")]
    Rejected {
        /// The HTTP status.
        status: u16,
        /// What it said, shortened.
        reason: String,
    },
    /// Its answer is not what its documentation says.
    #[error(
        "the index gave an answer that is not understood; is this Elasticsearch 7.10 or newer, or OpenSearch?"
    )]
    Answer(#[source] serde_json::Error),
    /// The embedded index could not be read or written.
    #[error("the embedded audit index could not {doing}")]
    Embedded {
        /// What was being done.
        doing: &'static str,
        /// Why.
        source: sqlx::Error,
    },
    /// A record that the index rejects could not be put aside.
    #[error("a rejected audit record could not be put aside in {path}")]
    DeadLetter {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

impl IndexError {
    /// Whether the same request may work later without anybody doing anything.
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::Busy { .. })
    }
}

/// What became of some documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Put {
    /// How many the index has.
    pub indexed: u64,
    /// How many attempts had to be repeated.
    pub retried: u64,
    /// How many it rejects; they are with the dead letters.
    pub dead: u64,
}

/// An index of audit records.
pub trait Index: fmt::Debug + Send + Sync {
    /// Makes what the index needs before the first document, and finds out whether it answers. May be called again.
    fn ready(&self) -> BoxFuture<'_, Result<(), IndexError>>;

    /// Puts documents in, each under its id: one that is there already is replaced by itself. When it returns, each of them is in
    /// the index or with the dead letters.
    fn put<'a>(&'a self, documents: &'a [Document]) -> BoxFuture<'a, Result<Put, IndexError>>;

    /// One page of the records that a query finds.
    fn search<'a>(&'a self, query: &'a Query, page: &'a Page) -> BoxFuture<'a, Result<Hits, IndexError>>;

    /// A run's records with a sequence above `after`, in order, at most `limit` (and at most 10,000).
    fn records(&self, run: RunId, after: u64, limit: u32) -> BoxFuture<'_, Result<Vec<Value>, IndexError>>;

    /// Makes all that was put in of this run findable now.
    fn refresh(&self, run: RunId) -> BoxFuture<'_, Result<(), IndexError>>;
}

/// The words of a record's message, with spaces between them.
fn words_of(document: &Document) -> String {
    #[derive(serde::Deserialize, Default)]
    struct Message {
        #[serde(default)]
        message: String,
    }
    let Message { message } = serde_json::from_str(&document.source).unwrap_or_default();
    query::words(&message).join(" ")
}

/// Reads all of a run's records back and checks their chain.
///
/// # Errors
/// [`IndexError`] when they cannot be read.
pub async fn verify(
    index: &dyn Index,
    run: RunId,
    ending: &crate::audit::Ending,
) -> Result<Vec<Problem>, IndexError> {
    const PAGE: u32 = 2000;
    let mut chain = crate::audit::Check::new(run);
    let mut last = 0;
    loop {
        let page = index.records(run, last, PAGE).await?;
        for record in &page {
            chain.record(record);
            last = record.pointer("/event/sequence").and_then(Value::as_u64).unwrap_or(u64::MAX).max(last);
        }
        if page.len() < PAGE as usize {
            return Ok(chain.finish(ending));
        }
    }
}
