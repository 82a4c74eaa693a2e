//! The calls of Slack's Web API that Wayleave makes.
//!
//! The messages are [`slack_morphism`]'s types; the connection is the one HTTP client that the rest of the engine uses, because
//! slack-morphism's own brings a second TLS stack, and its limiter counts a whole workspace where Slack counts a channel.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use reqwest::{Response, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use slack_morphism::prelude::SlackMessageContent;
use tokio::time::Instant;

use super::Error;

/// How fast calls are made and how long they are tried.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Between two calls about one channel. Slack takes one `chat.postMessage` a second, and 50 `chat.update` a minute
    /// ([rate limits](https://docs.slack.dev/apis/web-api/rate-limits)).
    pub spacing: Duration,
    /// For one call, from the connection to the end of the answer.
    pub deadline: Duration,
    /// Further tries of one call, where it was certainly not done or may be done twice.
    pub retries: usize,
    /// The longest wait for another try; where Slack asks for more, the call fails with [`Error::RateLimited`].
    pub longest_wait: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            spacing: Duration::from_millis(1_200),
            deadline: Duration::from_secs(15),
            retries: 3,
            longest_wait: Duration::from_secs(60),
        }
    }
}

/// Where a message is: what `chat.update` needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The channel's id, never its name.
    pub channel: String,
    /// The message's timestamp, which is its id within the channel.
    pub ts: String,
}

/// A client of one workspace. Cheap to clone; clones share the connection and the pace.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    api: Url,
    token: SecretString,
    pace: Pace,
    next: Arc<Mutex<HashMap<String, Instant>>>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("slack::Client").field("api", &self.api.as_str()).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    error: Option<String>,
    channel: Option<String>,
    ts: Option<String>,
}

impl Client {
    /// A client of the Web API at `api` (such as `https://slack.com/api`) with the bot's token.
    ///
    /// # Errors
    /// [`Error::Address`] when `api` is not an http or https address; [`Error::Setup`] when TLS cannot be set up.
    pub fn new(api: &str, token: SecretString, pace: Pace) -> Result<Self, Error> {
        let address = || Error::Address { text: api.to_owned() };
        let url = Url::parse(api.trim_end_matches('/')).map_err(|_| address())?;
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return Err(address());
        }
        let http = reqwest::Client::builder()
            .timeout(pace.deadline)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|source| Error::Setup { source })?;
        Ok(Self { http, api: url, token, pace, next: Arc::default() })
    }

    /// Posts a message (`chat.postMessage`). `channel` is an id or a name with `#`; the answer has the id.
    ///
    /// # Errors
    /// [`Error`]; after [`Error::Unanswered`] and [`Error::Status`] the message may be there all the same.
    pub async fn post(&self, channel: &str, message: &SlackMessageContent) -> Result<Posted, Error> {
        const METHOD: &str = "chat.postMessage";
        let body = body(message, &[("channel", channel)]);
        let attempt = || async {
            self.wait_turn(channel).await;
            self.call(METHOD, &body).await
        };
        let answer = self.tried(attempt, Error::was_not_done).await?;
        match (answer.channel, answer.ts) {
            (Some(channel), Some(ts)) => Ok(Posted { channel, ts }),
            _ => Err(Error::Refused { method: METHOD, code: "answer without channel and ts".to_owned() }),
        }
    }

    /// Puts a message in the place of an earlier one (`chat.update`); to do it twice is to do it once.
    ///
    /// # Errors
    /// [`Error`]; `message_not_found` when somebody deleted it.
    pub async fn update(&self, at: &Posted, message: &SlackMessageContent) -> Result<(), Error> {
        let body = body(message, &[("channel", &at.channel), ("ts", &at.ts)]);
        let attempt = || async {
            self.wait_turn(&at.channel).await;
            self.call("chat.update", &body).await
        };
        self.tried(attempt, |_| true).await.map(drop)
    }

    /// Answers a command or a click at its `response_url`, to the one person who gave it. The address is used only on Slack's
    /// own hosts, at most five times within 30 minutes.
    ///
    /// # Errors
    /// [`Error::ForeignResponseUrl`], or [`Error`] as for every call.
    pub async fn respond(&self, response_url: &str, text: &str) -> Result<(), Error> {
        const METHOD: &str = "response_url";
        let url = Url::parse(response_url).map_err(|_| Error::ForeignResponseUrl)?;
        if !self.is_slack(&url) {
            return Err(Error::ForeignResponseUrl);
        }
        let body = json!({"response_type": "ephemeral", "replace_original": false, "text": text});
        let response = self.http.post(url).json(&body).send().await.map_err(|e| self.failed(METHOD, e))?;
        check_status(METHOD, &response)
    }

    fn is_slack(&self, url: &Url) -> bool {
        let slack = url.scheme() == "https" && url.host_str() == Some("hooks.slack.com");
        slack || url.origin() == self.api.origin()
    }

    async fn tried<F>(
        &self,
        attempt: impl FnMut() -> F,
        may_repeat: impl Fn(&Error) -> bool,
    ) -> Result<Answer, Error>
    where
        F: Future<Output = Result<Answer, Error>>,
    {
        let longest = self.pace.longest_wait;
        let fits = |error: &Error| error.retry_after().is_none_or(|after| after <= longest);
        let times = ExponentialBuilder::default()
            .with_min_delay(self.pace.spacing)
            .with_max_delay(longest)
            .with_max_times(self.pace.retries);
        attempt
            .retry(times)
            .when(|error: &Error| error.is_passing() && fits(error) && may_repeat(error))
            .adjust(|error, delay| delay.map(|delay| error.retry_after().unwrap_or(delay)))
            .await
    }

    async fn call(&self, method: &'static str, body: &Value) -> Result<Answer, Error> {
        let mut url = self.api.clone();
        url.set_path(&format!("{}/{method}", self.api.path().trim_end_matches('/')));
        let request = self.http.post(url).bearer_auth(self.token.expose_secret()).json(body);
        let response = request.send().await.map_err(|error| self.failed(method, error))?;
        check_status(method, &response)?;
        let answer: Answer = response.json().await.map_err(|error| self.failed(method, error))?;
        match answer.error {
            Some(code) if !answer.ok => Err(refused(method, code)),
            None if !answer.ok => Err(refused(method, "unknown".to_owned())),
            _ => Ok(answer),
        }
    }

    fn failed(&self, method: &'static str, error: reqwest::Error) -> Error {
        let source = error.without_url();
        if source.is_connect() {
            Error::Unreachable { host: self.api.host_str().unwrap_or_default().to_owned(), source }
        } else {
            Error::Unanswered { method, source }
        }
    }

    /// Waits until the channel may be written to again, and takes the next place in its queue.
    async fn wait_turn(&self, channel: &str) {
        let turn = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            reserve(&mut next, channel, Instant::now(), self.pace.spacing)
        };
        tokio::time::sleep_until(turn).await;
    }
}

/// The time at which a call about this channel may be made; channels whose time is past are forgotten.
fn reserve(next: &mut HashMap<String, Instant>, channel: &str, now: Instant, spacing: Duration) -> Instant {
    next.retain(|_, free| *free > now);
    let turn = next.get(channel).copied().unwrap_or(now);
    next.insert(channel.to_owned(), turn + spacing);
    turn
}

fn refused(method: &'static str, code: String) -> Error {
    match code.as_str() {
        "ratelimited" | "rate_limited" => Error::RateLimited { method, after: Duration::from_secs(1) },
        "internal_error" | "fatal_error" | "service_unavailable" => Error::Status { method, status: 503 },
        _ => Error::Refused { method, code },
    }
}

fn check_status(method: &'static str, response: &Response) -> Result<(), Error> {
    match response.status() {
        StatusCode::TOO_MANY_REQUESTS => Err(Error::RateLimited { method, after: retry_after(response) }),
        status if status.is_success() => Ok(()),
        status => Err(Error::Status { method, status: status.as_u16() }),
    }
}

fn retry_after(response: &Response) -> Duration {
    let header = response.headers().get(reqwest::header::RETRY_AFTER);
    let seconds = header.and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(1))
}

fn body(message: &SlackMessageContent, fields: &[(&str, &str)]) -> Value {
    let mut body = serde_json::to_value(message).unwrap_or_else(|_| json!({}));
    for (name, value) in fields {
        body[*name] = json!(value);
    }
    body["unfurl_links"] = json!(false);
    body["unfurl_media"] = json!(false);
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_about_one_channel_are_spaced_and_others_are_not() {
        let (now, second) = (Instant::now(), Duration::from_secs(1));
        let mut next = HashMap::new();
        let mut turn = |channel: &str, at: Instant| reserve(&mut next, channel, at, second) - now;
        assert_eq!(turn("a", now), Duration::ZERO);
        assert_eq!(turn("a", now), second);
        assert_eq!(turn("b", now), Duration::ZERO);
        assert_eq!(turn("a", now + second * 5), second * 5);
        assert_eq!(next.len(), 1);
    }

    #[test]
    fn the_token_is_not_printed() {
        let client =
            Client::new("https://slack.example/api", "xoxb-very-secret".into(), Pace::default()).unwrap();
        assert!(!format!("{client:?}").contains("xoxb"));
    }
}
