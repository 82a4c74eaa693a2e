//! What Slack sends: [slash commands](https://docs.slack.dev/interactivity/implementing-slash-commands) and
//! [clicks](https://docs.slack.dev/reference/interaction-payloads/block_actions-payload),
//! [signed](https://docs.slack.dev/authentication/verifying-requests-from-slack).

use reqwest::Url;
use serde_json::json;

use super::{CHANNEL_ID, SIGNING_SECRET};
use crate::testing::signed::{SignedRequest, sign};

/// A slash command: `/wayleave TEXT`.
#[derive(Debug, Clone)]
pub struct Command {
    /// The member's id.
    pub user: String,
    /// What follows the command's name.
    pub text: String,
    /// Where to answer.
    pub response_url: String,
}

/// A click on a button.
#[derive(Debug, Clone)]
pub struct Click {
    /// The member's id.
    pub user: String,
    /// The button's `action_id`.
    pub action_id: String,
    /// The button's value.
    pub value: String,
    /// The message's timestamp.
    pub ts: String,
    /// Where to answer.
    pub response_url: String,
}

impl Command {
    /// The request, signed at a time in seconds of the epoch.
    pub fn signed(&self, at: i64) -> SignedRequest {
        let fields = [
            ("token", "unused"),
            ("team_id", "T0FAKE"),
            ("team_domain", "fake"),
            ("channel_id", CHANNEL_ID),
            ("channel_name", "deploys"),
            ("user_id", &self.user),
            ("user_name", "someone"),
            ("command", "/wayleave"),
            ("text", &self.text),
            ("api_app_id", "A0WAYLEAVE"),
            ("is_enterprise_install", "false"),
            ("response_url", &self.response_url),
            ("trigger_id", "1.2.3"),
        ];
        signed(form(&fields), at)
    }
}

impl Click {
    /// The request, signed at a time in seconds of the epoch.
    pub fn signed(&self, at: i64) -> SignedRequest {
        let payload = json!({
            "type": "block_actions",
            "user": {"id": self.user, "username": "someone", "name": "someone", "team_id": "T0FAKE"},
            "api_app_id": "A0WAYLEAVE",
            "token": "unused",
            "container": {"type": "message", "message_ts": self.ts, "channel_id": CHANNEL_ID, "is_ephemeral": false},
            "trigger_id": "1.2.3",
            "team": {"id": "T0FAKE", "domain": "fake"},
            "enterprise": null,
            "is_enterprise_install": false,
            "channel": {"id": CHANNEL_ID, "name": "deploys"},
            "message": {"type": "message", "ts": self.ts, "text": "", "bot_id": "B0WAYLEAVE"},
            "response_url": self.response_url,
            "actions": [{
                "action_id": self.action_id, "block_id": "b1", "type": "button", "value": self.value,
                "text": {"type": "plain_text", "text": "Approve", "emoji": true}, "action_ts": "1700000000.000001",
            }],
        });
        signed(form(&[("payload", &payload.to_string())]), at)
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    let url = Url::parse_with_params("http://form.invalid/", fields);
    url.ok().and_then(|url| url.query().map(str::to_owned)).unwrap_or_default()
}

fn signed(body: String, at: i64) -> SignedRequest {
    let signature = sign(SIGNING_SECRET, &[format!("v0:{at}:").as_bytes(), body.as_bytes()]);
    let headers = vec![
        ("content-type", "application/x-www-form-urlencoded".to_owned()),
        ("x-slack-request-timestamp", at.to_string()),
        ("x-slack-signature", format!("v0={signature}")),
    ];
    SignedRequest { headers, body: body.into_bytes() }
}
