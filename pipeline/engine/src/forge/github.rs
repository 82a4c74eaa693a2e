//! GitHub, in the cloud or one's own: [statuses](https://docs.github.com/en/rest/commits/statuses),
//! [comments](https://docs.github.com/en/rest/issues/comments) and
//! [pull requests](https://docs.github.com/en/rest/pulls/pulls) of its REST API.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use futures::future::{BoxFuture, FutureExt};
use jiff::Timestamp;
use landing_zone::RepositoryName;
use pipeline_core::Commit;
use reqwest::{Method, Response, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{CommentId, CommitStatus, Error, Forge, Pull};

/// The context of Wayleave's commit statuses.
pub const CONTEXT: &str = "wayleave";
/// Comments on one page of a list, and pages that are read: GitHub lists the oldest first.
const PER_PAGE: usize = 100;
const PAGES: usize = 10;
/// The longest answer that is read: a page of comments of the greatest length.
const LONGEST_ANSWER: usize = 32 << 20;

/// How long calls are tried.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For one call, from the connection to the end of the answer.
    pub deadline: Duration,
    /// Further tries of one call, where it was certainly not done or may be done twice.
    pub retries: usize,
    /// The wait before the first further try; it doubles.
    pub first_wait: Duration,
    /// The longest wait for another try; where GitHub asks for more, the call fails with [`Error::RateLimited`].
    pub longest_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(20),
            retries: 3,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
        }
    }
}

/// A client of one GitHub. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    api: Url,
    token: SecretString,
    patience: Patience,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("github::Client").field("api", &self.api.as_str()).finish_non_exhaustive()
    }
}

/// One call.
struct Call<'a> {
    doing: &'static str,
    repository: &'a RepositoryName,
    method: Method,
    path: String,
    body: Option<Value>,
    /// Whether to do it twice is to do it once.
    repeatable: bool,
}

#[derive(Deserialize)]
struct User {
    login: String,
    #[serde(rename = "type", default)]
    kind: String,
}

#[derive(Deserialize)]
struct Comment {
    id: u64,
    #[serde(default)]
    body: Option<String>,
    user: Option<User>,
}

#[derive(Deserialize)]
struct PullAnswer {
    number: u64,
    state: String,
    #[serde(default)]
    merged: bool,
    user: Option<User>,
    head: Side,
    base: Side,
}

#[derive(Deserialize)]
struct Side {
    sha: String,
    #[serde(rename = "ref")]
    branch: String,
    repo: Option<Place>,
}

#[derive(Deserialize, PartialEq, Eq)]
struct Place {
    full_name: String,
}

impl Client {
    /// A client of the API at `api` (`https://api.github.com`, or `https://HOST/api/v3`).
    ///
    /// # Errors
    /// [`Error::Address`] when `api` is not an http or https address; [`Error::Setup`] when TLS cannot be set up.
    pub fn new(api: &str, token: SecretString, patience: Patience) -> Result<Self, Error> {
        let address = || Error::Address { text: api.to_owned() };
        let url = Url::parse(api.trim_end_matches('/')).map_err(|_| address())?;
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return Err(address());
        }
        let http = reqwest::Client::builder()
            .timeout(patience.deadline)
            .user_agent(concat!("wayleave/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|source| Error::Setup { source })?;
        Ok(Self { http, api: url, token, patience })
    }

    async fn call<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, Error> {
        let longest = self.patience.longest_wait;
        let times = ExponentialBuilder::default()
            .with_min_delay(self.patience.first_wait)
            .with_max_delay(longest)
            .with_max_times(self.patience.retries);
        let again = |error: &Error| {
            error.is_passing()
                && error.retry_after().is_none_or(|after| after <= longest)
                && (call.repeatable || error.was_not_done())
        };
        let bytes = (|| self.attempt(&call))
            .retry(times)
            .when(again)
            .adjust(|error, delay| delay.map(|delay| error.retry_after().unwrap_or(delay)))
            .await?;
        serde_json::from_slice(&bytes).map_err(|error| Error::Unreadable { what: error.to_string() })
    }

    async fn attempt(&self, call: &Call<'_>) -> Result<Vec<u8>, Error> {
        let base = self.api.as_str().trim_end_matches('/');
        let mut request = self
            .http
            .request(call.method.clone(), format!("{base}{}", call.path))
            .bearer_auth(self.token.expose_secret())
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28");
        if let Some(body) = &call.body {
            request = request.json(body);
        }
        let response = request.send().await.map_err(|error| self.failed(call.doing, error))?;
        let failure = failure(call, &response);
        let bytes = self.read(call.doing, response).await?;
        match failure {
            None => Ok(bytes),
            Some(Error::Refused { doing, status, .. }) => {
                Err(Error::Refused { doing, status, message: message(&bytes) })
            }
            Some(error) => Err(error),
        }
    }

    async fn read(&self, doing: &'static str, mut response: Response) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failed(doing, error))? {
            if bytes.len() + chunk.len() > LONGEST_ANSWER {
                return Err(Error::Unreadable { what: format!("it is longer than {LONGEST_ANSWER} bytes") });
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    fn failed(&self, doing: &'static str, error: reqwest::Error) -> Error {
        let source = error.without_url();
        if source.is_connect() {
            Error::Unreachable { host: self.api.host_str().unwrap_or_default().to_owned(), source }
        } else {
            Error::Unanswered { doing, source }
        }
    }

    /// The account that the token is of; none for an app's installation, which may not ask.
    async fn own_login(&self, repository: &RepositoryName) -> Result<Option<String>, Error> {
        let doing = "tell whose token this is";
        let call = Call {
            doing,
            repository,
            method: Method::GET,
            path: "/user".into(),
            body: None,
            repeatable: true,
        };
        match self.call::<User>(call).await {
            Ok(user) => Ok(Some(user.login)),
            Err(Error::Forbidden { .. } | Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn find(
        &self,
        repository: &RepositoryName,
        change: u64,
        marker: &str,
    ) -> Result<Option<CommentId>, Error> {
        let mut own = None;
        for page in 1..=PAGES {
            let path =
                format!("/repos/{repository}/issues/{change}/comments?per_page={PER_PAGE}&page={page}");
            let doing = "list the comments of a pull request";
            let call = Call { doing, repository, method: Method::GET, path, body: None, repeatable: true };
            let comments: Vec<Comment> = self.call(call).await?;
            for comment in comments.iter().filter(|comment| is_marked(comment, marker)) {
                if own.is_none() {
                    own = Some(self.own_login(repository).await?);
                }
                if is_own(comment, own.as_ref().and_then(Option::as_deref)) {
                    return Ok(Some(CommentId::new(comment.id.to_string())));
                }
            }
            if comments.len() < PER_PAGE {
                break;
            }
        }
        Ok(None)
    }
}

fn is_marked(comment: &Comment, marker: &str) -> bool {
    comment.body.as_deref().is_some_and(|body| body.starts_with(marker))
}

/// Anybody can write a comment that begins with the marker, and could later change what Wayleave wrote into it.
fn is_own(comment: &Comment, login: Option<&str>) -> bool {
    comment.user.as_ref().is_some_and(|user| match login {
        Some(login) => user.login.eq_ignore_ascii_case(login),
        None => user.kind == "Bot",
    })
}

fn failure(call: &Call<'_>, response: &Response) -> Option<Error> {
    let status = response.status();
    let (doing, repository) = (call.doing, call.repository.to_string());
    if status.is_success() {
        return None;
    }
    if let Some(after) = asked_to_wait(response) {
        return Some(Error::RateLimited { after });
    }
    Some(match status {
        StatusCode::UNAUTHORIZED => Error::Unauthorized,
        StatusCode::FORBIDDEN => Error::Forbidden { doing, repository },
        StatusCode::NOT_FOUND | StatusCode::GONE => Error::NotFound { doing, repository },
        _ if status.is_server_error() => Error::Server { doing, status: status.as_u16() },
        _ => Error::Refused { doing, status: status.as_u16(), message: String::new() },
    })
}

/// GitHub's [rate limits](https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api): 403 or 429, with
/// `retry-after` in seconds, or with no calls left until `x-ratelimit-reset` in seconds of the epoch; else a minute.
fn asked_to_wait(response: &Response) -> Option<Duration> {
    let status = response.status();
    let header = |name: &str| response.headers().get(name)?.to_str().ok()?.parse::<i64>().ok();
    let seconds = |seconds: i64| Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
    if !matches!(status, StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS) {
        return None;
    }
    if let Some(after) = header("retry-after") {
        return Some(seconds(after));
    }
    if header("x-ratelimit-remaining") == Some(0) {
        let reset = header("x-ratelimit-reset").unwrap_or(0);
        return Some(seconds(reset - Timestamp::now().as_second() + 1));
    }
    (status == StatusCode::TOO_MANY_REQUESTS).then(|| Duration::from_secs(60))
}

/// What GitHub said, for people: its message, and the fields that it did not like.
fn message(bytes: &[u8]) -> String {
    let answer: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let said = answer["message"].as_str().unwrap_or("no reason was given");
    let fields: Vec<String> =
        answer["errors"].as_array().into_iter().flatten().map(Value::to_string).collect();
    let text = if fields.is_empty() { said.to_owned() } else { format!("{said}: {}", fields.join(", ")) };
    text.chars().take(500).collect()
}

fn pull(answer: PullAnswer) -> Result<Pull, Error> {
    let head =
        Commit::parse(&answer.head.sha).map_err(|error| Error::Unreadable { what: error.to_string() })?;
    Ok(Pull {
        number: answer.number,
        head,
        fork: answer.head.repo != answer.base.repo,
        base: answer.base.branch,
        author: answer.user.map(|user| user.login).unwrap_or_default(),
        open: answer.state == "open",
        merged: answer.merged,
    })
}

impl Forge for Client {
    fn set_status<'a>(
        &'a self,
        repository: &'a RepositoryName,
        commit: &'a Commit,
        status: &'a CommitStatus,
    ) -> BoxFuture<'a, Result<(), Error>> {
        let body = json!({
            "state": status.state.as_str(),
            "context": CONTEXT,
            "description": status.description,
            "target_url": status.target_url,
        });
        let call = Call {
            doing: "set the status of a commit",
            repository,
            method: Method::POST,
            path: format!("/repos/{repository}/statuses/{commit}"),
            body: Some(body),
            repeatable: true,
        };
        async move { self.call::<Value>(call).await.map(drop) }.boxed()
    }

    fn create_comment<'a>(
        &'a self,
        repository: &'a RepositoryName,
        change: u64,
        body: &'a str,
    ) -> BoxFuture<'a, Result<CommentId, Error>> {
        let call = Call {
            doing: "comment on a pull request",
            repository,
            method: Method::POST,
            path: format!("/repos/{repository}/issues/{change}/comments"),
            body: Some(json!({"body": body})),
            repeatable: false,
        };
        async move { self.call::<Comment>(call).await.map(|made| CommentId::new(made.id.to_string())) }
            .boxed()
    }

    fn edit_comment<'a>(
        &'a self,
        repository: &'a RepositoryName,
        comment: &'a CommentId,
        body: &'a str,
    ) -> BoxFuture<'a, Result<(), Error>> {
        let call = Call {
            doing: "edit a comment",
            repository,
            method: Method::PATCH,
            path: format!("/repos/{repository}/issues/comments/{comment}"),
            body: Some(json!({"body": body})),
            repeatable: true,
        };
        async move { self.call::<Value>(call).await.map(drop) }.boxed()
    }

    fn find_comment<'a>(
        &'a self,
        repository: &'a RepositoryName,
        change: u64,
        marker: &'a str,
    ) -> BoxFuture<'a, Result<Option<CommentId>, Error>> {
        self.find(repository, change, marker).boxed()
    }

    fn pull<'a>(&'a self, repository: &'a RepositoryName, change: u64) -> BoxFuture<'a, Result<Pull, Error>> {
        let call = Call {
            doing: "read a pull request",
            repository,
            method: Method::GET,
            path: format!("/repos/{repository}/pulls/{change}"),
            body: None,
            repeatable: true,
        };
        async move { pull(self.call::<PullAnswer>(call).await?) }.boxed()
    }
}
