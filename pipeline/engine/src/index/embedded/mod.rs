//! The embedded index: a SQLite file beside the store, which answers the same queries as Elasticsearch.

mod condition;

use std::path::Path;
use std::time::Duration;

use futures::future::BoxFuture;
use pipeline_core::RunId;
use serde_json::Value;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqlitePool};

use super::page::{Cursor, Hits, Order, Page};
use super::query::Query;
use super::{Index, IndexError, Put, words_of};
use crate::audit::Document;

/// The embedded index. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Embedded {
    write: SqlitePool,
    read: SqlitePool,
}

impl Embedded {
    /// Opens `<data>/audit-index.db`, and makes it if it is not there.
    ///
    /// # Errors
    /// [`IndexError::Embedded`] when that cannot be done.
    pub async fn open(data: &Path) -> Result<Self, IndexError> {
        let options = SqliteConnectOptions::new()
            .filename(data.join("audit-index.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(20));
        let writer = SqlitePoolOptions::new().max_connections(1);
        let write = writer.connect_with(options.clone()).await.map_err(failed("be opened"))?;
        sqlx::raw_sql(include_str!("schema.sql")).execute(&write).await.map_err(failed("be set up"))?;
        let readers = SqlitePoolOptions::new().max_connections(4);
        let read = readers.connect_with(options.read_only(true)).await.map_err(failed("be opened"))?;
        Ok(Self { write, read })
    }

    async fn put_all(&self, documents: &[Document]) -> Result<Put, sqlx::Error> {
        let mut transaction = self.write.begin().await?;
        for document in documents {
            put_one(&mut transaction, document).await?;
        }
        transaction.commit().await?;
        Ok(Put { indexed: documents.len() as u64, ..Put::default() })
    }

    async fn find(&self, query: &Query, page: &Page) -> Result<Hits, sqlx::Error> {
        let mut count = QueryBuilder::new("SELECT count(*) FROM records WHERE ");
        condition::push(&mut count, query);
        let total: i64 = count.build_query_scalar().fetch_one(&self.read).await?;
        let mut select = QueryBuilder::new("SELECT source FROM records WHERE ");
        condition::push(&mut select, query);
        push_page(&mut select, page);
        let sources: Vec<String> = select.build_query_scalar().fetch_all(&self.read).await?;
        Ok(Hits::new(parsed(&sources), total.unsigned_abs(), page))
    }
}

async fn put_one(connection: &mut SqliteConnection, document: &Document) -> Result<(), sqlx::Error> {
    let inserted = sqlx::query(
        "INSERT INTO records (id, run, sequence, millis, source) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )
    .bind(&document.id)
    .bind(document.run.to_string())
    .bind(i64::try_from(document.sequence).unwrap_or(i64::MAX))
    .bind(document.timestamp.as_millisecond())
    .bind(&document.source)
    .execute(&mut *connection)
    .await?;
    if inserted.rows_affected() == 1 {
        sqlx::query("INSERT INTO words (rowid, message) VALUES (?, ?)")
            .bind(inserted.last_insert_rowid())
            .bind(words_of(document))
            .execute(connection)
            .await?;
    }
    Ok(())
}

fn push_page(select: &mut QueryBuilder<Sqlite>, page: &Page) {
    let (beyond, direction) = match page.order {
        Order::Newest => ("<", "DESC"),
        Order::Oldest => (">", "ASC"),
    };
    if let Some(Cursor { millis, run, sequence }) = page.after {
        select.push(format_args!(" AND (millis, run, sequence) {beyond} ("));
        select.push_bind(millis).push(", ").push_bind(run.to_string()).push(", ");
        select.push_bind(i64::try_from(sequence).unwrap_or(i64::MAX)).push(")");
    }
    select.push(format_args!(" ORDER BY millis {direction}, run {direction}, sequence {direction} LIMIT "));
    // One more, which shows whether there is a next page.
    select.push_bind(i64::from(page.size()) + 1);
}

fn parsed(sources: &[String]) -> Vec<Value> {
    // Only what parsed as a record was put in.
    sources.iter().filter_map(|source| serde_json::from_str(source).ok()).collect()
}

fn failed(doing: &'static str) -> impl FnOnce(sqlx::Error) -> IndexError {
    move |source| IndexError::Embedded { doing, source }
}

impl Index for Embedded {
    fn ready(&self) -> BoxFuture<'_, Result<(), IndexError>> {
        Box::pin(async {
            sqlx::query("SELECT 1").execute(&self.read).await.map(drop).map_err(failed("answer"))
        })
    }

    fn put<'a>(&'a self, documents: &'a [Document]) -> BoxFuture<'a, Result<Put, IndexError>> {
        Box::pin(async { self.put_all(documents).await.map_err(failed("keep the records")) })
    }

    fn search<'a>(&'a self, query: &'a Query, page: &'a Page) -> BoxFuture<'a, Result<Hits, IndexError>> {
        Box::pin(async { self.find(query, page).await.map_err(failed("be searched")) })
    }

    fn records(&self, run: RunId, after: u64, limit: u32) -> BoxFuture<'_, Result<Vec<Value>, IndexError>> {
        Box::pin(async move {
            let sources: Vec<String> = sqlx::query_scalar(
                "SELECT source FROM records WHERE run = ? AND sequence > ? ORDER BY sequence LIMIT ?",
            )
            .bind(run.to_string())
            .bind(i64::try_from(after).unwrap_or(i64::MAX))
            .bind(limit.min(10_000))
            .fetch_all(&self.read)
            .await
            .map_err(failed("be read"))?;
            Ok(parsed(&sources))
        })
    }

    fn refresh(&self, _run: RunId) -> BoxFuture<'_, Result<(), IndexError>> {
        // What is committed is found.
        Box::pin(std::future::ready(Ok(())))
    }
}
