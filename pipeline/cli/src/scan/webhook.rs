//! Sends the report to those who are to be told of it: `--webhook-url`, or the configuration file's notifications.

use std::time::Duration;

use policies::report::{Report, json};
use policies::terrascan::Document;
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, RequestBuilder, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use crate::client::is_here;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(30);
/// As many as browsers follow.
const MAX_REDIRECTS: usize = 10;
/// How long to wait before the second and each further attempt.
pub(super) const PATIENCE: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4), Duration::from_secs(8)];

/// Who is told.
#[derive(Debug, Clone)]
pub(super) struct Webhook {
    pub(super) url: Url,
    /// A bearer token.
    pub(super) token: Option<SecretString>,
}

/// Reads the address of a receiver.
///
/// # Errors
/// It is no address of HTTP.
pub(super) fn address(written: &str) -> Result<Url, &'static str> {
    let url = Url::parse(written).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.ok_or("write an address like https://host.example/path")
}

/// What is sent, in Terrascan's shape.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Message<V> {
    resource_config: serde_json::Value,
    violations: V,
}

/// The message about a scan; whether or not the report tells the rules that found nothing, the message does.
pub(super) fn message<'a>(report: &Report<'a>, documents: Vec<Document>) -> Message<json::Json<'a>> {
    let mut whole = Document::default();
    documents.into_iter().for_each(|document| whole.merge(document));
    let violations = json::render(&Report { show_passed: true, ..*report });
    Message { resource_config: whole.json(), violations }
}

/// Why a message did not arrive.
#[derive(Debug, thiserror::Error)]
pub(super) enum Undelivered {
    #[error("the address answers {0}")]
    Refused(StatusCode),
    #[error("no answer came")]
    Unreachable(#[source] reqwest::Error),
}

impl Undelivered {
    /// Whether it may arrive later.
    fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(_) => true,
            Self::Refused(StatusCode::NOT_IMPLEMENTED) => false,
            Self::Refused(status) => status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS,
        }
    }
}

impl Webhook {
    /// The address without what may be secret in it.
    pub(super) fn shown(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// Sends a message, again after each of the waits if it does not arrive and that may pass.
    ///
    /// # Errors
    /// The last attempt's.
    pub(super) async fn send(&self, body: &[u8], waits: &[Duration]) -> Result<(), Undelivered> {
        let mut waits = waits.iter();
        loop {
            let error = match self.attempt(body).await {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            match waits.next().filter(|_| error.may_pass()) {
                Some(wait) => tokio::time::sleep(*wait).await,
                None => return Err(error),
            }
        }
    }

    async fn attempt(&self, body: &[u8]) -> Result<(), Undelivered> {
        let request = self.request(body).map_err(Undelivered::Unreachable)?;
        let answer = request.send().await.map_err(|error| Undelivered::Unreachable(error.without_url()))?;
        if answer.status().is_success() { Ok(()) } else { Err(Undelivered::Refused(answer.status())) }
    }

    fn request(&self, body: &[u8]) -> Result<RequestBuilder, reqwest::Error> {
        let client = Client::builder()
            .user_agent(concat!("wayleave/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::custom(follow))
            .connect_timeout(CONNECT)
            .timeout(ANSWER);
        let client = if is_here(&self.url) { client.no_proxy() } else { client };
        let request = client.build()?.post(self.url.clone());
        let request = request.header(reqwest::header::CONTENT_TYPE, "application/json").body(body.to_vec());
        Ok(match &self.token {
            Some(token) => request.bearer_auth(token.expose_secret()),
            None => request,
        })
    }
}

/// Follows where the message itself goes along; by the other redirections nothing would arrive.
fn follow(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let keeps_the_message =
        matches!(attempt.status(), StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
    if keeps_the_message && attempt.previous().len() <= MAX_REDIRECTS {
        attempt.follow()
    } else {
        attempt.stop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wiremock::matchers::{any, header, path};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    fn webhook(server: &MockServer, token: Option<&str>) -> Webhook {
        let url = format!("{}/secret", server.uri()).parse().expect("an address");
        Webhook { url, token: token.map(SecretString::from) }
    }

    /// What is answered first, what then, how often is asked, and whether the message arrives.
    #[tokio::test]
    async fn what_may_pass_is_tried_again() {
        for (first, then, attempts, arrives) in [
            (200, 200, 1, true),
            (202, 200, 1, true),
            (500, 200, 2, true),
            (429, 200, 2, true),
            (500, 500, 3, false),
            (501, 200, 1, false),
            (404, 200, 1, false),
            (302, 200, 1, false),
        ] {
            let server = MockServer::start().await;
            let answer = ResponseTemplate::new(first).insert_header("location", "/elsewhere");
            Mock::given(any()).respond_with(answer).up_to_n_times(1).mount(&server).await;
            Mock::given(any()).respond_with(ResponseTemplate::new(then)).mount(&server).await;
            let sent = webhook(&server, None).send(b"{}", &[Duration::ZERO; 2]).await;
            assert_eq!(sent.is_ok(), arrives, "{first}: {sent:?}");
            assert_eq!(server.received_requests().await.expect("recorded").len(), attempts, "{first}");
        }
    }

    #[tokio::test]
    async fn a_message_goes_along_where_the_receiver_has_moved() {
        let server = MockServer::start().await;
        let moved = ResponseTemplate::new(308).insert_header("location", "/moved");
        Mock::given(path("/secret")).respond_with(moved).mount(&server).await;
        let arrived = Mock::given(path("/moved")).and(header("authorization", "Bearer t"));
        arrived.respond_with(ResponseTemplate::new(200)).mount(&server).await;
        let sent = webhook(&server, Some("t")).send(b"{\"a\": 1}", &[]).await;
        assert!(sent.is_ok(), "{sent:?}");
        let requests = server.received_requests().await.expect("recorded");
        assert_eq!(requests.last().map(|request| request.body.as_slice()), Some(b"{\"a\": 1}".as_slice()));
    }

    #[tokio::test]
    async fn nobody_listens_and_no_secret_is_told() {
        let closed =
            std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number");
        let webhook =
            Webhook { url: format!("http://{closed}/secret").parse().expect("an address"), token: None };
        let error = webhook.send(b"{}", &[Duration::ZERO]).await.expect_err("nobody is there");
        let told = format!("{} {:#}", webhook.shown(), anyhow::Error::new(error));
        assert!(told.starts_with(&format!("http://{closed} no answer came: ")), "{told}");
        assert!(!told.contains("secret"), "{told}");
    }
}
