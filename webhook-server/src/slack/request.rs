//! What Slack sends, verified and read.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode};
use landing_zone::StageName;
use pipeline_core::{Digest, RunId};
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use slack_morphism::SlackSigningSecret;
use slack_morphism::signature_verifier::SlackEventSignatureVerifier as Verifier;

use crate::app::App;
use crate::body;
use crate::problem::Problem;

/// Where Slack takes answers to interactions.
const ANSWERS: &str = "https://hooks.slack.com/";

/// Reads a request whose signature fits and is at most five minutes old.
///
/// # Errors
/// 404 when the zone has no Slack, 401 when the signature is missing, wrong or old, and those of [`body::read`].
pub(super) async fn verified(app: &App, headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let Some(secret) = app.slack_signing_secret() else {
        return Err(Problem::not_found("The zone has no Slack; add a `slack` block."));
    };
    let body = body::read(headers, body, body::SMALL).await?;
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let signature = header(Verifier::SLACK_SIGNED_HASH_HEADER);
    let timestamp = header(Verifier::SLACK_SIGNED_TIMESTAMP);
    let verifier = Verifier::new(&SlackSigningSecret(secret.expose_secret().to_owned()));
    let fits =
        std::str::from_utf8(&body).is_ok_and(|text| verifier.verify(signature, text, timestamp).is_ok());
    if fits {
        return Ok(body);
    }
    let detail = "X-Slack-Signature is missing, does not fit or is older than five minutes; \
                  compare the app's signing secret with the zone's, and the clocks.";
    Err(Problem::new(StatusCode::UNAUTHORIZED, detail))
}

/// A [slash command](https://docs.slack.dev/interactivity/implementing-slash-commands), as far as it matters here.
#[derive(Debug, Deserialize)]
pub(super) struct Slash {
    pub(super) user_id: String,
    #[serde(default)]
    pub(super) text: String,
}

impl Slash {
    pub(super) fn read(body: &[u8]) -> Result<Self, Problem> {
        form(body)
    }
}

/// A button that somebody pressed.
#[derive(Debug)]
pub(super) struct Press {
    pub(super) user: String,
    pub(super) click: Click,
    pub(super) reply_to: Option<String>,
}

/// What a button of ours stands for: a stage's digest in a run, put into the button when its message was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Click {
    pub(super) run: RunId,
    pub(super) stage: StageName,
    pub(super) digest: Digest,
}

impl Click {
    /// The `action_id` of a button that approves.
    pub(super) const APPROVE: &str = "wayleave_approve";

    /// The button's value.
    pub(super) fn value(&self) -> String {
        format!("{}|{}|{}", self.run, self.stage, self.digest)
    }

    fn read(value: &str) -> Option<Self> {
        let mut parts = value.split('|');
        let click = Self {
            run: parts.next()?.parse().ok()?,
            stage: parts.next()?.parse().ok()?,
            digest: Digest::parse(parts.next()?).ok()?,
        };
        parts.next().is_none().then_some(click)
    }
}

#[derive(Deserialize)]
struct Interaction {
    payload: String,
}

#[derive(Deserialize)]
struct Payload {
    #[serde(rename = "type")]
    kind: String,
    user: Member,
    response_url: Option<String>,
    #[serde(default)]
    actions: Vec<Action>,
}

#[derive(Deserialize)]
struct Member {
    id: String,
}

#[derive(Deserialize)]
struct Action {
    action_id: String,
    #[serde(default)]
    value: String,
}

impl Press {
    /// Reads an [interaction](https://docs.slack.dev/reference/interaction-payloads/block_actions-payload); none when it is of no
    /// button of ours.
    pub(super) fn read(body: &[u8]) -> Result<Option<Self>, Problem> {
        let Interaction { payload } = form(body)?;
        let payload: Payload = serde_json::from_str(&payload)
            .map_err(|error| Problem::bad_request(format!("The payload cannot be read: {error}.")))?;
        let ours = |action: &&Action| payload.kind == "block_actions" && action.action_id == Click::APPROVE;
        let Some(action) = payload.actions.iter().find(ours) else {
            return Ok(None);
        };
        let click = Click::read(&action.value)
            .ok_or_else(|| Problem::bad_request("The button's value is not one that Wayleave writes."))?;
        Ok(Some(Self { user: payload.user.id, click, reply_to: payload.response_url }))
    }
}

/// Whether an address is Slack's own, or that of the zone's Slack: nothing is sent anywhere else.
pub(super) fn is_slacks(app: &App, address: &str) -> bool {
    let zones = app.pipeline().zone().slack.as_ref().map(|slack| format!("{}/", slack.api));
    address.starts_with(ANSWERS) || zones.is_some_and(|zones| address.starts_with(&zones))
}

fn form<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_urlencoded::from_bytes(body)
        .map_err(|error| Problem::bad_request(format!("The form cannot be read: {error}.")))
}
