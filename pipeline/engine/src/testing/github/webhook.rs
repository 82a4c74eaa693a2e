//! What GitHub sends: [webhooks](https://docs.github.com/en/webhooks/webhook-events-and-payloads), shortened to the fields that
//! say something, and [signed](https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries).

use serde_json::{Value, json};

use super::answer::{pull_json, user};
use super::{PullRequest, WEBHOOK_SECRET};
use crate::testing::signed::{SignedRequest, sign};

/// A webhook before it is signed.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// `X-GitHub-Event`.
    pub event: &'static str,
    /// What it says.
    pub payload: Value,
}

impl Webhook {
    /// The request with a delivery's id, signed with [`WEBHOOK_SECRET`].
    pub fn signed(&self, delivery: &str) -> SignedRequest {
        self.signed_with(WEBHOOK_SECRET, delivery)
    }

    /// The request with a delivery's id, signed with another secret.
    pub fn signed_with(&self, secret: &str, delivery: &str) -> SignedRequest {
        let body = self.payload.to_string().into_bytes();
        let headers = vec![
            ("content-type", "application/json".to_owned()),
            ("user-agent", "GitHub-Hookshot/fake".to_owned()),
            ("x-github-event", self.event.to_owned()),
            ("x-github-delivery", delivery.to_owned()),
            ("x-github-hook-id", "1".to_owned()),
            ("x-hub-signature-256", format!("sha256={}", sign(secret, &[&body]))),
        ];
        SignedRequest { headers, body }
    }
}

/// A push of commits to a branch. `before` of zeros: the branch is new; `after` of zeros: it was deleted.
pub fn push(repository: &str, branch: &str, before: &str, after: &str, login: &str) -> Webhook {
    let zeros = |sha: &str| sha.bytes().all(|byte| byte == b'0');
    let commit = json!({
        "id": after, "message": "A change", "timestamp": "2026-11-23T00:00:00Z", "distinct": true,
        "author": {"name": login, "email": format!("{login}@example.com"), "username": login},
        "committer": {"name": login, "email": format!("{login}@example.com"), "username": login},
        "added": [], "removed": [], "modified": ["wayleave.hcl"],
    });
    let deleted = zeros(after);
    let commits = if deleted { Vec::new() } else { vec![commit.clone()] };
    let payload = json!({
        "ref": format!("refs/heads/{branch}"), "before": before, "after": after,
        "created": zeros(before), "deleted": deleted, "forced": false, "base_ref": null,
        "compare": format!("https://github.example/{repository}/compare"),
        "commits": commits, "head_commit": if deleted { Value::Null } else { commit },
        "repository": repository_json(repository),
        "pusher": {"name": login, "email": format!("{login}@example.com")}, "sender": user(login),
    });
    Webhook { event: "push", payload }
}

/// Something happened to a pull request: `opened`, `synchronize`, `reopened`, `closed`, or what calls for nothing, as `labeled`.
pub fn pull_request(repository: &str, action: &str, pull: &PullRequest) -> Webhook {
    let payload = json!({
        "action": action, "number": pull.number, "pull_request": pull_json(repository, pull),
        "repository": repository_json(repository), "sender": user(&pull.author),
    });
    Webhook { event: "pull_request", payload }
}

/// Somebody commented on a pull request.
pub fn issue_comment(repository: &str, number: u64, login: &str, body: &str) -> Webhook {
    let payload = json!({
        "action": "created",
        "issue": {
            "id": 10_000 + number, "number": number, "title": "A change", "state": "open", "user": user(login),
            "pull_request": {"url": format!("https://github.example/api/v3/repos/{repository}/pulls/{number}")},
        },
        "comment": {"id": 1, "body": body, "user": user(login), "author_association": "MEMBER"},
        "repository": repository_json(repository), "sender": user(login),
    });
    Webhook { event: "issue_comment", payload }
}

/// The first webhook of a new hook.
pub fn ping(repository: &str) -> Webhook {
    let payload =
        json!({"zen": "Keep it logically awesome.", "hook_id": 1, "repository": repository_json(repository)});
    Webhook { event: "ping", payload }
}

fn repository_json(full_name: &str) -> Value {
    let (owner, name) = full_name.rsplit_once('/').unwrap_or(("", full_name));
    json!({
        "id": 1, "node_id": "R_1", "name": name, "full_name": full_name, "private": true, "owner": user(owner),
        "html_url": format!("https://github.example/{full_name}"),
        "clone_url": format!("https://github.example/{full_name}.git"), "default_branch": "main",
    })
}
