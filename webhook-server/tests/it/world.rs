//! A server over a small landing zone.

use std::ops::Deref;
use std::time::Duration;

use pipeline_engine::testing::world::{Scene, ZONE};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub(crate) use pipeline_engine::testing::github::WEBHOOK_SECRET;
pub(crate) use pipeline_engine::testing::signed::hmac;
pub(crate) use pipeline_engine::testing::slack::SIGNING_SECRET as SLACK_SECRET;
pub(crate) use pipeline_engine::testing::world::{AFTER, RUN};

/// A server that runs until it is dropped.
pub(crate) struct World {
    scene: Scene,
    pub(crate) http: Client,
    base: String,
    stop: CancellationToken,
    server: Option<JoinHandle<()>>,
    _directory: TempDir,
}

impl World {
    /// A server with an empty store.
    pub(crate) async fn new() -> Self {
        Self::with_slack("https://slack.com/api").await
    }

    /// A server whose zone has Slack at this address.
    pub(crate) async fn with_slack(api: &str) -> Self {
        let directory = TempDir::new().unwrap();
        let scene = Scene::open(directory.path(), &ZONE.replace("https://slack.com/api", api)).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let stop = CancellationToken::new();
        let server = webhook_server::serve(listener, scene.pipeline.clone(), stop.clone().cancelled_owned());
        Self {
            scene,
            http: Client::builder().timeout(Duration::from_secs(30)).build().unwrap(),
            base,
            stop,
            server: Some(tokio::spawn(server)),
            _directory: directory,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The host and port, for clients that speak for themselves.
    pub(crate) fn address(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.http.get(self.url(path)).send().await.unwrap()
    }

    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(self.url(path))
    }

    /// Acts on a run with a token.
    pub(crate) async fn act(&self, token: &str, verb: &str, body: &Value) -> Response {
        let request = self.post(&format!("/api/v1/runs/{RUN}/{verb}"));
        request.bearer_auth(token).body(body.to_string()).send().await.unwrap()
    }

    /// Stops the server and waits until it has.
    pub(crate) async fn stop(mut self) {
        self.stop.cancel();
        self.server.take().unwrap().await.unwrap();
    }
}

impl Deref for World {
    type Target = Scene;

    fn deref(&self) -> &Scene {
        &self.scene
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// The body of an answer that must have this status.
pub(crate) async fn json(answer: Response, status: u16) -> Value {
    let got = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    assert_eq!(got, status, "{text}");
    serde_json::from_str(&text).unwrap()
}

/// A problem document that must have this status.
pub(crate) async fn problem(answer: Response, status: u16) -> Value {
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let problem = json(answer, status).await;
    assert_eq!(problem["status"], json!(status));
    problem
}
