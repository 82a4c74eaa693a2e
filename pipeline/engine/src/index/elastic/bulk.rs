//! Many documents in one request, and each one's own result.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Elastic;
use super::template::WORDS;
use crate::audit::Document;
use crate::index::{IndexError, Put, words_of};

/// How many bytes of documents one request holds, unless a single one is longer.
const BYTES: usize = 5 * 1024 * 1024;
/// How many documents one request holds.
const DOCUMENTS: usize = 2000;
/// How often an item or a request is tried again before the whole is given back to the caller.
const RETRIES: usize = 8;

#[derive(Deserialize)]
struct Answer {
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    index: ItemResult,
}

#[derive(Deserialize)]
struct ItemResult {
    status: u16,
    #[serde(default)]
    error: Value,
}

/// What one request left to do.
struct Left<'a> {
    again: Vec<&'a Document>,
    busy: u16,
    dead: u64,
}

pub(super) async fn put(elastic: &Elastic, documents: &[Document]) -> Result<Put, IndexError> {
    let mut put = Put::default();
    let mut rest: Vec<&Document> = documents.iter().collect();
    while !rest.is_empty() {
        let behind = rest.split_off(length_of_request(&rest));
        let (retried, dead) = put_request(elastic, rest).await?;
        put.retried += retried;
        put.dead += dead;
        rest = behind;
    }
    put.indexed = documents.len() as u64 - put.dead;
    Ok(put)
}

fn length_of_request(documents: &[&Document]) -> usize {
    let mut bytes = 0;
    let fitting = documents.iter().take(DOCUMENTS).take_while(|document| {
        // Its words come on top, and are at most as long again.
        bytes += document.source.len() * 2;
        bytes <= BYTES
    });
    fitting.count().max(1)
}

/// Sends what fits one request, until each document is in or dead; gives how many were retried and how many are dead.
async fn put_request(elastic: &Elastic, mut pending: Vec<&Document>) -> Result<(u64, u64), IndexError> {
    let mut backoff = ExponentialBuilder::default()
        .with_jitter()
        .with_min_delay(Duration::from_millis(50))
        .with_max_delay(Duration::from_secs(5))
        .with_max_times(RETRIES)
        .build();
    let (mut retried, mut dead) = (0, 0);
    loop {
        let error = match send(elastic, &pending).await {
            Ok(left) => {
                dead += left.dead;
                pending = left.again;
                if pending.is_empty() {
                    return Ok((retried, dead));
                }
                IndexError::Busy { status: left.busy }
            }
            Err(IndexError::Rejected { status: 413, reason }) => {
                let (more, lost) = Box::pin(put_smaller(elastic, &pending, &reason)).await?;
                return Ok((retried + more, dead + lost));
            }
            Err(error) if error.is_transient() => error,
            Err(error) => return Err(error),
        };
        let Some(delay) = backoff.next() else { return Err(error) };
        retried += pending.len() as u64;
        tokio::time::sleep(delay).await;
    }
}

/// The request was too large for this cluster: sends its halves.
async fn put_smaller(
    elastic: &Elastic,
    documents: &[&Document],
    reason: &str,
) -> Result<(u64, u64), IndexError> {
    if let [only] = documents {
        elastic.dead.keep(&only.id, reason, &only.source).await?;
        return Ok((0, 1));
    }
    let (front, back) = documents.split_at(documents.len() / 2);
    let front = put_request(elastic, front.to_vec()).await?;
    let back = put_request(elastic, back.to_vec()).await?;
    Ok((front.0 + back.0, front.1 + back.1))
}

async fn send<'a>(elastic: &Elastic, documents: &[&'a Document]) -> Result<Left<'a>, IndexError> {
    let request = elastic
        .request(Method::POST, "_bulk")
        .header("content-type", "application/x-ndjson")
        .body(body(documents));
    let answer = elastic.answer(request).await?;
    let answer: Answer = serde_json::from_slice(&answer).map_err(IndexError::Answer)?;
    let mut left = Left { again: Vec::new(), busy: 0, dead: 0 };
    for (place, document) in documents.iter().copied().enumerate() {
        // An item without a result is sent again: twice is harmless.
        let result = answer.items.get(place).map(|item| &item.index);
        let status = result.map_or(500, |result| result.status);
        match status {
            // 409: a newer write of the same document is there already.
            200..=299 | 409 => {}
            429 | 500..=599 => {
                left.again.push(document);
                left.busy = status;
            }
            _ => {
                let reason = result.map(|result| result.error.to_string()).unwrap_or_default();
                elastic.dead.keep(&document.id, &reason, &document.source).await?;
                left.dead += 1;
            }
        }
    }
    Ok(left)
}

fn body(documents: &[&Document]) -> String {
    let mut body = String::new();
    for document in documents {
        let action = json!({"index": {"_index": document.index(), "_id": document.id}});
        body.push_str(&action.to_string());
        body.push('\n');
        push_source(&mut body, document);
        body.push('\n');
    }
    body
}

/// The record with its words, which the mapping leaves out of what is kept.
fn push_source(body: &mut String, document: &Document) {
    match document.source.strip_prefix('{') {
        Some(rest) => {
            body.push_str(&format!("{{\"{WORDS}\":{},", Value::from(words_of(document))));
            body.push_str(rest);
        }
        // Not an object: the index will say so.
        None => body.push_str(&document.source),
    }
}
