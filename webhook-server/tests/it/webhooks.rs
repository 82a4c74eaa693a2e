//! What a forge sends, and each way in which it is refused or ignored.

use std::time::Duration;

use pipeline_core::{DeliveryId, Trigger};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::world::{AFTER, WEBHOOK_SECRET, World, hmac, json, problem};

const BEFORE: &str = "1111111111111111111111111111111111111111";

fn push() -> Value {
    json!({"ref": "refs/heads/main", "before": BEFORE, "after": AFTER, "deleted": false,
        "repository": {"full_name": "acme/infra"}, "pusher": {"name": "kim"},
        "sender": {"login": "kim", "type": "User"}})
}

fn pull_request(action: &str) -> Value {
    json!({"action": action, "number": 17, "repository": {"full_name": "acme/infra"},
        "pull_request": {"user": {"login": "kim"}, "merged": false, "draft": true,
            "head": {"sha": AFTER, "repo": {"full_name": "acme/infra"}}, "base": {"ref": "main"}}})
}

fn comment(body: &str) -> Value {
    json!({"action": "created", "repository": {"full_name": "acme/infra"},
        "issue": {"number": 17, "pull_request": {}},
        "comment": {"body": body, "user": {"login": "hong", "type": "User"}}})
}

fn signed(world: &World, event: &str, delivery: &str, body: &str) -> RequestBuilder {
    world
        .post("/webhooks/github")
        .header("content-type", "application/json")
        .header("x-github-event", event)
        .header("x-github-delivery", delivery)
        .header("x-hub-signature-256", format!("sha256={}", hmac(WEBHOOK_SECRET, body.as_bytes())))
        .body(body.to_owned())
}

async fn send(world: &World, event: &str, delivery: &str, body: &Value) -> Response {
    signed(world, event, delivery, &body.to_string()).send().await.unwrap()
}

/// The triggers in the inbox.
async fn inbox(world: &World) -> Vec<Trigger> {
    let open = world.pipeline.store().open_deliveries(100).await.unwrap();
    open.into_iter().map(|delivery| delivery.trigger).collect()
}

#[tokio::test]
async fn a_push_is_on_disk_before_its_202_and_once() {
    let world = World::new().await;
    let answer = json(send(&world, "push", "d-1", &push()).await, 202).await;
    assert_eq!(answer, json!({"delivery": "github/d-1"}));
    let id = DeliveryId::parse("github/d-1").unwrap();
    assert_eq!(world.pipeline.store().delivery_outcome(&id).await.unwrap(), Some(None));
    insta::assert_json_snapshot!("push", inbox(&world).await);

    let again = json(send(&world, "push", "d-1", &push()).await, 200).await;
    assert_eq!(again, json!({"delivery": "github/d-1", "duplicate": true}));
    assert_eq!(inbox(&world).await.len(), 1);
}

#[tokio::test]
async fn what_calls_for_something_becomes_a_trigger() {
    let world = World::new().await;
    let mut retargeted = pull_request("edited");
    retargeted["changes"] = json!({"base": {"ref": {"from": "old"}}});
    let mut merged = pull_request("closed");
    merged["pull_request"]["merged"] = json!(true);
    let mut other_case = push();
    other_case["repository"]["full_name"] = json!("Acme/Infra");
    let mut by_pusher = push();
    by_pusher["sender"] = Value::Null;
    let events = [
        ("pull_request", pull_request("opened")),
        ("pull_request", pull_request("reopened")),
        ("pull_request", pull_request("synchronize")),
        ("pull_request", retargeted),
        ("pull_request", merged),
        ("issue_comment", comment("Wayleave APPROVE sha256:0123\nthanks")),
        ("issue_comment", comment("wayleave reject not on a Friday")),
        ("push", other_case),
        ("push", by_pusher),
    ];
    for (number, (event, body)) in events.iter().enumerate() {
        json(send(&world, event, &format!("d-{number}"), body).await, 202).await;
    }
    insta::assert_json_snapshot!("triggers", inbox(&world).await);
}

#[tokio::test]
async fn what_calls_for_nothing_is_answered_and_ignored() {
    let world = World::new().await;
    let with = |mut body: Value, pointer: &str, value: Value| {
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let mut issue = comment("wayleave plan");
    issue["issue"].as_object_mut().unwrap().remove("pull_request");
    let events = [
        ("ping", json!({"zen": "Design for failure."})),
        ("star", json!({"action": "created"})),
        ("push", with(push(), "/repository/full_name", json!("acme/other"))),
        ("push", with(push(), "/repository/full_name", json!("<script>"))),
        ("push", with(push(), "/ref", json!("refs/heads/feature"))),
        ("push", with(push(), "/ref", json!("refs/tags/v1"))),
        ("push", with(push(), "/deleted", json!(true))),
        ("push", with(push(), "/after", json!("0".repeat(40)))),
        ("pull_request", pull_request("labeled")),
        ("pull_request", pull_request("edited")),
        ("pull_request", with(pull_request("opened"), "/pull_request/base/ref", json!("feature"))),
        ("pull_request", with(pull_request("opened"), "/pull_request/head/repo", Value::Null)),
        (
            "pull_request",
            with(pull_request("opened"), "/pull_request/head/repo/full_name", json!("eve/infra")),
        ),
        ("issue_comment", comment("looks good")),
        ("issue_comment", with(comment("wayleave plan"), "/comment/user/type", json!("Bot"))),
        ("issue_comment", with(comment("wayleave plan"), "/action", json!("edited"))),
        ("issue_comment", with(comment("wayleave plan"), "/comment/body", Value::Null)),
        ("issue_comment", issue),
    ];
    let mut reasons = Vec::new();
    for (event, body) in events {
        let answer = json(send(&world, event, "d-1", &body).await, 200).await;
        reasons.push(format!("{event}: {}", answer["ignored"].as_str().unwrap()));
    }
    insta::assert_snapshot!("ignored", reasons.join("\n"));
    assert_eq!(inbox(&world).await, []);
}

#[tokio::test]
async fn bad_signatures_are_refused_with_401() {
    let world = World::new().await;
    let body = push().to_string();
    let request = |signature: Option<String>| {
        let request = world.post("/webhooks/github").header("x-github-event", "push");
        let request = request.header("x-github-delivery", "d-1").header("content-type", "application/json");
        let request = request.body(body.clone());
        match signature {
            Some(signature) => request.header("x-hub-signature-256", signature),
            None => request,
        }
    };
    let good = hmac(WEBHOOK_SECRET, body.as_bytes());
    let wrong = [
        Some(format!("sha256={}", hmac("another secret", body.as_bytes()))),
        Some(format!("sha1={good}")),
        Some("sha256=".to_owned()),
        Some(good.clone()),
        Some(format!("sha256={}", good.to_uppercase().replace('A', "g"))),
        None,
    ];
    let mut details = Vec::new();
    for signature in wrong {
        let refused = problem(request(signature).send().await.unwrap(), 401).await;
        details.push(refused["detail"].as_str().unwrap().to_owned());
    }
    details.dedup();
    insta::assert_snapshot!("unsigned", details.join("\n"));
    assert_eq!(inbox(&world).await, []);
    assert_eq!(request(Some(format!("sha256={good}"))).send().await.unwrap().status(), 202);
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_400() {
    let world = World::new().await;
    let mut short = push();
    short["after"] = json!("2222");
    let broken = push().to_string().replace('}', "");
    let mut details = Vec::new();
    for body in [short.to_string(), broken, "[]".to_owned(), String::new(), "\u{0}".to_owned()] {
        let refused = problem(signed(&world, "push", "d-1", &body).send().await.unwrap(), 400).await;
        details.push(refused["detail"].as_str().unwrap().to_owned());
    }
    let body = push().to_string();
    let ids = [String::new(), "d 1".to_owned(), "d".repeat(300)];
    for delivery in ids {
        let refused = problem(signed(&world, "push", &delivery, &body).send().await.unwrap(), 400).await;
        details.push(refused["detail"].as_str().unwrap().to_owned());
    }
    let refused = problem(signed(&world, "", "d-1", &body).send().await.unwrap(), 400).await;
    details.push(refused["detail"].as_str().unwrap().to_owned());
    insta::assert_snapshot!("unreadable", details.join("\n"));
}

#[tokio::test]
async fn a_form_is_refused_with_415() {
    let world = World::new().await;
    let body = "payload=%7B%7D";
    let request = world.post("/webhooks/github").header("x-github-event", "push");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let request = request.header("x-github-delivery", "d-1");
    let request =
        request.header("x-hub-signature-256", format!("sha256={}", hmac(WEBHOOK_SECRET, body.as_bytes())));
    let refused = problem(request.body(body).send().await.unwrap(), 415).await;
    insta::assert_json_snapshot!("form", refused);
}

#[tokio::test]
async fn over_a_mebibyte_is_refused_with_413_announced_or_not() {
    let world = World::new().await;
    let large = vec![b' '; 1024 * 1024 + 1];
    let announced = world.post("/webhooks/github").body(large.clone()).send().await.unwrap();
    insta::assert_json_snapshot!("large", problem(announced, 413).await);

    // In chunks nothing is announced: the limit holds while the body is read.
    let mut stream = TcpStream::connect(world.address()).await.unwrap();
    let head = "POST /webhooks/github HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(format!("{:x}\r\n", large.len()).as_bytes()).await.unwrap();
    // The server may stop reading before everything is written.
    let _ = stream.write_all(&large).await;
    assert_eq!(status(&mut stream).await, "HTTP/1.1 413");
}

#[tokio::test]
async fn a_mebibyte_is_taken() {
    let world = World::new().await;
    let mut body = push().to_string();
    body.push_str(&" ".repeat(1024 * 1024 - body.len()));
    assert_eq!(signed(&world, "push", "d-1", &body).send().await.unwrap().status(), 202);
}

#[tokio::test]
async fn a_store_that_fails_is_a_503_without_its_words() {
    let world = World::new().await;
    world.pipeline.store().close().await;
    let refused = problem(send(&world, "push", "d-1", &push()).await, 503).await;
    insta::assert_json_snapshot!("store", refused);
}

#[tokio::test]
async fn other_forges_are_not_taken_yet_and_unknown_ones_not_at_all() {
    let world = World::new().await;
    for forge in ["gitlab", "bitbucket", "bitbucket-server", "gitea", "s3"] {
        let answer = world.post(&format!("/webhooks/{forge}")).body("{}").send().await.unwrap();
        problem(answer, 501).await;
    }
    problem(world.post("/webhooks/sourceforge").body("{}").send().await.unwrap(), 404).await;
    problem(world.get("/webhooks/github").await, 405).await;
}

/// The first twelve bytes of an answer: its protocol and status.
async fn status(stream: &mut TcpStream) -> String {
    let mut head = [0; 12];
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_exact(&mut head)).await;
    read.expect("an answer in time").expect("an answer");
    String::from_utf8_lossy(&head).into_owned()
}
