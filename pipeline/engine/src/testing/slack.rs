//! A Slack on loopback: as strict as the real one about tokens, channels, timestamps and the limits of blocks.
//!
//! It keeps the messages that it was sent, and does what it is told to: answer 429, fail, be down, or do a thing and lose the answer.

mod blocks;
mod request;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

pub use request::{Click, Command};

/// The bot's token that it accepts.
pub const TOKEN: &str = "xoxb-fake-token";
/// The secret that its requests are signed with.
pub const SIGNING_SECRET: &str = "fake-slack-signing-secret";
/// The one channel that the app is in, by name.
pub const CHANNEL: &str = "#deploys";
/// The same channel by id.
pub const CHANNEL_ID: &str = "C0DEPLOYS";
/// A channel that the app is not in.
pub const OTHER_CHANNEL: &str = "#general";

/// A message as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The channel's id.
    pub channel: String,
    /// Its timestamp.
    pub ts: String,
    /// Its text, for notifications.
    pub text: String,
    /// Its blocks.
    pub blocks: Value,
    /// How often it was updated.
    pub updates: u32,
}

/// What it is to do with one call.
#[derive(Debug, Clone, Copy)]
pub enum Trouble {
    /// Answer 429 with `Retry-After`, and do nothing.
    RateLimited {
        /// The seconds to wait.
        seconds: u64,
    },
    /// Answer with an HTTP status, and do nothing.
    Status(u16),
    /// Answer `ok: false` with a code, and do nothing.
    Refuse(&'static str),
    /// Do it, and answer with status 500.
    DoAndFail,
}

/// All that it has been told, as it is now.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// What was answered to commands and clicks, oldest first.
    pub responses: Vec<Value>,
    /// The methods that were called, whether they succeeded or not.
    pub calls: Vec<String>,
}

#[derive(Default)]
struct Inner {
    seen: Seen,
    troubles: VecDeque<Trouble>,
    down: bool,
}

#[derive(Default)]
struct Shared {
    inner: Mutex<Inner>,
    changed: Notify,
}

impl Shared {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The fake. It ends when it is dropped.
#[derive(Debug)]
pub struct Slack {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Drop for Slack {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Slack {
    /// Starts it on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> std::io::Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let shared = Arc::<Shared>::default();
        let router = Router::new()
            .route("/api/{method}", post(call))
            .route("/hooks/{id}", post(respond))
            .with_state(Arc::clone(&shared));
        let task = tokio::spawn(async move {
            // It ends only with the task.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, shared, task })
    }

    /// The address of its Web API: `slack { api = … }`.
    pub fn api(&self) -> String {
        format!("http://{}/api", self.address)
    }

    /// An address to answer a command or a click at.
    pub fn response_url(&self) -> String {
        format!("http://{}/hooks/1", self.address)
    }

    /// The messages as they are now, oldest first.
    pub fn messages(&self) -> Vec<Message> {
        self.shared.inner().seen.messages.clone()
    }

    /// All that it has been told, as it is now.
    pub fn seen(&self) -> Seen {
        self.shared.inner().seen.clone()
    }

    /// What to do with the next calls, one for each; then all is well again.
    pub fn script(&self, troubles: impl IntoIterator<Item = Trouble>) {
        self.shared.inner().troubles.extend(troubles);
    }

    /// While it is down, every call is answered with status 503.
    pub fn set_down(&self, down: bool) {
        self.shared.inner().down = down;
    }

    /// Somebody deletes a message.
    pub fn delete(&self, ts: &str) {
        self.shared.inner().seen.messages.retain(|message| message.ts != ts);
    }

    /// Waits until it has been told what is wanted: until `find` finds something. None when `deadline` passes first.
    pub async fn wait_for<T>(&self, deadline: Duration, find: impl Fn(&Seen) -> Option<T>) -> Option<T> {
        let wait = async {
            loop {
                let changed = self.shared.changed.notified();
                if let Some(found) = find(&self.shared.inner().seen) {
                    return found;
                }
                changed.await;
            }
        };
        tokio::time::timeout(deadline, wait).await.ok()
    }
}

async fn call(
    State(shared): State<Arc<Shared>>,
    Path(method): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let response = answer(&mut shared.inner(), &method, &headers, &body);
    shared.changed.notify_waiters();
    response
}

async fn respond(
    State(shared): State<Arc<Shared>>,
    Path(_): Path<String>,
    Json(body): Json<Value>,
) -> Response {
    shared.inner().seen.responses.push(body);
    shared.changed.notify_waiters();
    "ok".into_response()
}

fn answer(slack: &mut Inner, method: &str, headers: &HeaderMap, body: &[u8]) -> Response {
    slack.seen.calls.push(method.to_owned());
    if slack.down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    match slack.troubles.pop_front() {
        Some(Trouble::RateLimited { seconds }) => rate_limited(seconds),
        Some(Trouble::Status(status)) => {
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        }
        Some(Trouble::Refuse(code)) => refusal(code),
        Some(Trouble::DoAndFail) => {
            let _ = perform(slack, method, headers, body);
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        None => match perform(slack, method, headers, body) {
            Ok(answer) => Json(answer).into_response(),
            Err(code) => refusal(code),
        },
    }
}

fn rate_limited(seconds: u64) -> Response {
    let headers = [(header::RETRY_AFTER, seconds.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, headers, Json(json!({"ok": false, "error": "ratelimited"})))
        .into_response()
}

fn refusal(code: &str) -> Response {
    Json(json!({"ok": false, "error": code})).into_response()
}

fn perform(slack: &mut Inner, method: &str, headers: &HeaderMap, body: &[u8]) -> Result<Value, &'static str> {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match header(header::AUTHORIZATION).strip_prefix("Bearer ") {
        None => return Err("not_authed"),
        Some(token) if token != TOKEN => return Err("invalid_auth"),
        Some(_) => {}
    }
    if !header(header::CONTENT_TYPE).starts_with("application/json") {
        return Err("invalid_post_type");
    }
    let body: Value = serde_json::from_slice(body).map_err(|_| "invalid_json")?;
    match method {
        "auth.test" => Ok(json!({"ok": true, "team": "fake", "user": "wayleave", "bot_id": "B0WAYLEAVE"})),
        "chat.postMessage" => post_message(slack, &body),
        "chat.update" => update(slack, &body),
        _ => Err("unknown_method"),
    }
}

fn post_message(slack: &mut Inner, body: &Value) -> Result<Value, &'static str> {
    let channel = match body["channel"].as_str() {
        Some(CHANNEL | CHANNEL_ID) => CHANNEL_ID,
        Some(OTHER_CHANNEL) => return Err("not_in_channel"),
        _ => return Err("channel_not_found"),
    };
    blocks::check(body)?;
    let message = Message {
        channel: channel.to_owned(),
        ts: format!("1700000000.{:06}", (slack.seen.messages.len() + 1) * 100),
        text: text(body),
        blocks: body["blocks"].clone(),
        updates: 0,
    };
    let answer = json!({"ok": true, "channel": channel, "ts": message.ts, "message": {"text": message.text}});
    slack.seen.messages.push(message);
    Ok(answer)
}

/// The real one takes no channel's name here.
fn update(slack: &mut Inner, body: &Value) -> Result<Value, &'static str> {
    let (channel, ts) = (body["channel"].as_str(), body["ts"].as_str());
    if channel != Some(CHANNEL_ID) {
        return Err("channel_not_found");
    }
    blocks::check(body)?;
    let message = slack.seen.messages.iter_mut().find(|message| Some(message.ts.as_str()) == ts);
    let message = message.ok_or("message_not_found")?;
    message.text = text(body);
    message.blocks = body["blocks"].clone();
    message.updates += 1;
    Ok(json!({"ok": true, "channel": CHANNEL_ID, "ts": message.ts, "text": message.text}))
}

fn text(body: &Value) -> String {
    body["text"].as_str().unwrap_or_default().to_owned()
}
