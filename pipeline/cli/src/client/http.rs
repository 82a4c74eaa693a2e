//! HTTP with a server: bounded in time and size, errors as problem documents tell them.

use std::net::IpAddr;
use std::time::Duration;

use anyhow::Context;
use reqwest::header::ACCEPT;
use reqwest::{RequestBuilder, Response, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long an answer may take; the server gives up before.
const ANSWER: Duration = Duration::from_secs(40);
/// How long an open stream may be silent; the server sends something every 15 seconds.
const SILENCE: Duration = Duration::from_secs(45);
/// The most bytes of one answer.
const MOST: usize = 64 * 1024 * 1024;

/// Why there is no answer to use.
#[derive(Debug, thiserror::Error)]
pub(super) enum ClientError {
    /// No answer came, or it broke off.
    #[error("cannot reach the server at {server}; is it running, and is --server or WAYLEAVE_SERVER right?")]
    Unreachable { server: String, source: reqwest::Error },
    /// The server said no.
    #[error("{detail} (status {status}){hint}")]
    Problem { status: u16, detail: String, hint: &'static str },
    /// The answer is too long.
    #[error("the answer of {server} is longer than {MOST} bytes")]
    TooLong { server: String },
    /// The answer is no JSON.
    #[error("{server} does not answer like a Wayleave server; is --server or WAYLEAVE_SERVER right?")]
    Foreign { server: String, source: serde_json::Error },
}

/// A server's API, as one person.
#[derive(Debug)]
pub(super) struct Client {
    base: Url,
    token: Option<SecretString>,
    http: reqwest::Client,
}

impl Client {
    pub(super) fn new(base: Url, token: Option<SecretString>) -> anyhow::Result<Self> {
        let here = is_here(&base);
        if token.is_some() && base.scheme() == "http" && !here {
            tracing::warn!(server = %base, "the token goes over the network unencrypted; use https");
        }
        let builder = reqwest::Client::builder()
            .user_agent(concat!("wayleave/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE);
        // A proxy cannot reach this machine's own addresses.
        let builder = if here { builder.no_proxy() } else { builder };
        let http = builder.build().context("cannot set up HTTP")?;
        Ok(Self { base, token, http })
    }

    /// Asks for a document.
    pub(super) async fn get(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Value, ClientError> {
        let mut url = self.url(path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.document(self.http.get(url).timeout(ANSWER)).await
    }

    /// Does something.
    pub(super) async fn post(&self, path: &[&str], body: &Value) -> Result<Value, ClientError> {
        self.document(self.http.post(self.url(path)).timeout(ANSWER).json(body)).await
    }

    /// Opens a run's event stream behind an event, or at its beginning.
    pub(super) async fn events(&self, run: &str, last: Option<&str>) -> Result<Response, ClientError> {
        let mut request =
            self.http.get(self.url(&["runs", run, "events"])).header(ACCEPT, "text/event-stream");
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = self.send(request).await?;
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status();
        let bytes = self.read(response).await?;
        Err(self.problem(status, &bytes))
    }

    /// Tells that no answer came.
    pub(super) fn unreachable(&self, source: reqwest::Error) -> ClientError {
        ClientError::Unreachable { server: self.base.to_string(), source: source.without_url() }
    }

    fn url(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        // Only addresses like `mailto:` have no segments, and the argument's check leaves none of these.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["api", "v1"]).extend(path);
        }
        url
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, ClientError> {
        let request = match &self.token {
            Some(token) => request.bearer_auth(token.expose_secret()),
            None => request,
        };
        request.send().await.map_err(|error| self.unreachable(error))
    }

    async fn document(&self, request: RequestBuilder) -> Result<Value, ClientError> {
        let response = self.send(request.header(ACCEPT, "application/json")).await?;
        let status = response.status();
        let bytes = self.read(response).await?;
        if !status.is_success() {
            return Err(self.problem(status, &bytes));
        }
        serde_json::from_slice(&bytes)
            .map_err(|source| ClientError::Foreign { server: self.base.to_string(), source })
    }

    async fn read(&self, mut response: Response) -> Result<Vec<u8>, ClientError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.unreachable(error))? {
            if bytes.len() + chunk.len() > MOST {
                return Err(ClientError::TooLong { server: self.base.to_string() });
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// What the server's problem document says ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)).
    fn problem(&self, status: StatusCode, body: &[u8]) -> ClientError {
        let document: Option<Value> = serde_json::from_slice(body).ok();
        let detail = document.as_ref().and_then(|document| document.get("detail")).and_then(Value::as_str);
        let detail = detail.map_or_else(
            || format!("{} answers {} and does not say why", self.base, status),
            crate::style::visible,
        );
        let hint = match (status, &self.token) {
            (StatusCode::UNAUTHORIZED, None) => "; WAYLEAVE_TOKEN is not set",
            _ => "",
        };
        ClientError::Problem { status: status.as_u16(), detail, hint }
    }
}

impl ClientError {
    /// True when the same may work in a moment.
    pub(super) const fn is_transient(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::Problem { status: 502..=504, .. })
    }
}

/// True for this machine's own addresses.
pub(crate) fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    host == "localhost" || address.is_some_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(base: &str) -> Client {
        Client::new(base.parse().unwrap(), None).unwrap()
    }

    #[test]
    fn what_is_typed_stays_one_part_of_the_address() {
        let url = |base: &str, path: &[&str]| client(base).url(path).to_string();
        assert_eq!(url("http://127.0.0.1:8080", &["runs", "r-1"]), "http://127.0.0.1:8080/api/v1/runs/r-1");
        assert_eq!(url("https://a.example/b/", &["runs"]), "https://a.example/b/api/v1/runs");
        assert_eq!(
            url("https://a.example", &["runs", "../x?y#z"]),
            "https://a.example/api/v1/runs/..%2Fx%3Fy%23z"
        );
    }

    #[test]
    fn this_machine_is_known_by_its_addresses() {
        for (address, here) in [
            ("http://127.0.0.1:1", true),
            ("http://[::1]:1", true),
            ("http://localhost", true),
            ("http://10.0.0.1", false),
            ("http://localhost.example", false),
        ] {
            assert_eq!(is_here(&address.parse().unwrap()), here, "{address}");
        }
    }

    #[test]
    fn a_problem_document_is_told_by_its_detail() {
        let told = |status, body: &[u8]| client("http://127.0.0.1:1").problem(status, body).to_string();
        assert_eq!(
            told(StatusCode::CONFLICT, br#"{"detail": "The digest differs.", "digest": "sha256:1"}"#),
            "The digest differs. (status 409)"
        );
        assert_eq!(
            told(StatusCode::UNAUTHORIZED, br#"{"detail": "No."}"#),
            "No. (status 401); WAYLEAVE_TOKEN is not set"
        );
        assert_eq!(
            told(StatusCode::BAD_GATEWAY, b"<html>"),
            "http://127.0.0.1:1/ answers 502 Bad Gateway and does not say why (status 502)"
        );
    }
}
