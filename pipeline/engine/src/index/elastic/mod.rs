//! Elasticsearch and OpenSearch, over HTTP: [`_bulk`](https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk),
//! [`_search`](https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-search) and an index template, which both share.

mod bulk;
mod dsl;
mod template;

use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use futures::future::BoxFuture;
use pipeline_core::RunId;
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};

use super::dead_letter::DeadLetters;
use super::page::{Cursor, Hits, Order, Page};
use super::query::Query;
use super::{INDICES, Index, IndexError, Put};
use crate::audit::Document;

/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(60);
/// How long a connection may take to open.
const CONNECT: Duration = Duration::from_secs(10);
/// How much of an error's text is kept, in bytes.
const REASON: usize = 500;

/// How to sign in.
#[derive(Debug, Clone)]
pub enum Authorization {
    /// A user and a password.
    Basic {
        /// The user.
        user: String,
        /// The password.
        password: SecretString,
    },
    /// An API key of Elasticsearch, in its encoded form.
    ApiKey(SecretString),
}

/// Which of the two answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// Elasticsearch.
    Elasticsearch,
    /// OpenSearch.
    OpenSearch,
    /// One that does not say: `GET /` is not served, or not permitted.
    Unknown,
}

/// A cluster.
#[derive(Debug)]
pub struct Elastic {
    http: reqwest::Client,
    base: Url,
    authorization: Option<Authorization>,
    dead: DeadLetters,
    flavour: OnceLock<Flavour>,
}

#[derive(Deserialize)]
struct Root {
    version: Option<Version>,
}

#[derive(Deserialize)]
struct Version {
    distribution: Option<String>,
    number: Option<String>,
}

#[derive(Deserialize)]
struct Found {
    hits: FoundHits,
}

#[derive(Deserialize)]
struct FoundHits {
    total: Option<Total>,
    hits: Vec<FoundHit>,
}

#[derive(Deserialize)]
struct Total {
    value: u64,
}

#[derive(Deserialize)]
struct FoundHit {
    #[serde(rename = "_source")]
    source: Value,
}

impl Elastic {
    /// A cluster at an address, which may have a path; what it rejects goes to the dead letters of the data directory.
    /// Nothing is asked of it yet.
    ///
    /// # Errors
    /// [`IndexError::Unreachable`] when no HTTP client can be made.
    pub fn new(url: &Url, authorization: Option<Authorization>, data: &Path) -> Result<Self, IndexError> {
        let mut base = url.clone();
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", url.path()));
        }
        let client = reqwest::Client::builder().timeout(TIMEOUT).connect_timeout(CONNECT).build();
        let http = client.map_err(|source| unreachable(&base, source))?;
        Ok(Self { http, base, authorization, dead: DeadLetters::new(data), flavour: OnceLock::new() })
    }

    /// Which of the two it is, once it was asked.
    pub fn flavour(&self) -> Option<Flavour> {
        self.flavour.get().copied()
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path()));
        let request = self.http.request(method, url);
        match &self.authorization {
            None => request,
            Some(Authorization::Basic { user, password }) => {
                request.basic_auth(user, Some(password.expose_secret()))
            }
            Some(Authorization::ApiKey(key)) => {
                request.header("authorization", format!("ApiKey {}", key.expose_secret()))
            }
        }
    }

    /// Sends a request and gives the answer's body if it succeeded.
    async fn answer(&self, request: RequestBuilder) -> Result<Vec<u8>, IndexError> {
        let response = request.send().await.map_err(|source| unreachable(&self.base, source))?;
        let response = checked(response).await?;
        let body = response.bytes().await.map_err(|source| unreachable(&self.base, source))?;
        Ok(body.to_vec())
    }

    async fn ask_flavour(&self) -> Result<Flavour, IndexError> {
        let body = match self.answer(self.request(Method::GET, "")).await {
            Ok(body) => body,
            Err(IndexError::Rejected { .. } | IndexError::Refused { .. }) => return Ok(Flavour::Unknown),
            Err(error) => return Err(error),
        };
        let version = serde_json::from_slice::<Root>(&body).ok().and_then(|root| root.version);
        Ok(match version {
            Some(Version { distribution: Some(name), .. }) if name == "opensearch" => Flavour::OpenSearch,
            Some(Version { number: Some(_), .. }) => Flavour::Elasticsearch,
            _ => Flavour::Unknown,
        })
    }

    async fn set_up(&self) -> Result<(), IndexError> {
        let flavour = self.ask_flavour().await?;
        let template =
            self.request(Method::PUT, "_index_template/wayleave-audit").json(&template::template());
        self.answer(template).await?;
        self.flavour.get_or_init(|| flavour);
        Ok(())
    }

    async fn query(&self, index: &str, body: &Value) -> Result<(Vec<Value>, u64), IndexError> {
        let request = self.request(Method::POST, &format!("{index}/_search")).query(&LENIENT).json(body);
        let answer = self.answer(request).await?;
        let Found { hits } = serde_json::from_slice(&answer).map_err(IndexError::Answer)?;
        let total = hits.total.map_or(0, |total| total.value);
        Ok((hits.hits.into_iter().map(|hit| hit.source).collect(), total))
    }

    async fn find(&self, query: &Query, page: &Page) -> Result<Hits, IndexError> {
        let order = match page.order {
            Order::Newest => "desc",
            Order::Oldest => "asc",
        };
        let mut body = json!({
            "query": dsl::query(query),
            "sort": [
                {"@timestamp": {"order": order, "unmapped_type": "date"}},
                {"wayleave.run": {"order": order, "unmapped_type": "keyword"}},
                {"event.sequence": {"order": order, "unmapped_type": "long"}},
            ],
            "size": page.size() + 1,
            "track_total_hits": true,
        });
        if let (Some(Cursor { millis, run, sequence }), Some(body)) = (page.after, body.as_object_mut()) {
            body.insert("search_after".to_owned(), json!([millis, run, sequence]));
        }
        let (records, total) = self.query(INDICES, &body).await?;
        Ok(Hits::new(records, total, page))
    }

    async fn read(&self, run: RunId, after: u64, limit: u32) -> Result<Vec<Value>, IndexError> {
        let body = json!({
            "query": {"bool": {"filter": [
                {"term": {"wayleave.run": run}}, {"range": {"event.sequence": {"gt": after}}},
            ]}},
            "sort": [{"event.sequence": {"order": "asc", "unmapped_type": "long"}}],
            "size": limit.min(10_000),
        });
        Ok(self.query(&index_of(run), &body).await?.0)
    }

    async fn refresh_run(&self, run: RunId) -> Result<(), IndexError> {
        let request = self.request(Method::POST, &format!("{}/_refresh", index_of(run))).query(&LENIENT);
        self.answer(request).await.map(drop)
    }
}

/// An index that is not there yet holds nothing, and is no error.
const LENIENT: [(&str, &str); 2] = [("ignore_unavailable", "true"), ("allow_no_indices", "true")];

fn index_of(run: RunId) -> String {
    format!("wayleave-audit-{}", run.day())
}

/// The response, if its status says that it worked.
async fn checked(response: Response) -> Result<Response, IndexError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let code = status.as_u16();
    if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
        return Err(IndexError::Busy { status: code });
    }
    if status == StatusCode::UNAUTHORIZED || status == StatusCode::FORBIDDEN {
        return Err(IndexError::Refused { status: code });
    }
    let mut reason = response.text().await.unwrap_or_default();
    reason.truncate(reason.floor_char_boundary(REASON));
    Err(IndexError::Rejected { status: code, reason })
}

fn unreachable(base: &Url, source: reqwest::Error) -> IndexError {
    let mut url = base.clone();
    // Both fail only for addresses that cannot have credentials.
    let _ = url.set_password(None);
    let _ = url.set_username("");
    IndexError::Unreachable { url: url.to_string(), source: source.without_url() }
}

impl Index for Elastic {
    fn ready(&self) -> BoxFuture<'_, Result<(), IndexError>> {
        Box::pin(self.set_up())
    }

    fn put<'a>(&'a self, documents: &'a [Document]) -> BoxFuture<'a, Result<Put, IndexError>> {
        Box::pin(bulk::put(self, documents))
    }

    fn search<'a>(&'a self, query: &'a Query, page: &'a Page) -> BoxFuture<'a, Result<Hits, IndexError>> {
        Box::pin(self.find(query, page))
    }

    fn records(&self, run: RunId, after: u64, limit: u32) -> BoxFuture<'_, Result<Vec<Value>, IndexError>> {
        Box::pin(self.read(run, after, limit))
    }

    fn refresh(&self, run: RunId) -> BoxFuture<'_, Result<(), IndexError>> {
        Box::pin(self.refresh_run(run))
    }
}
