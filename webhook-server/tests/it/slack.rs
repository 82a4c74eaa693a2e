//! Slack's commands and buttons, signed as Slack signs them.

use jiff::Timestamp;
use reqwest::Response;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::world::{RUN, SLACK_SECRET, World, hmac, json, problem};

fn form(fields: &[(&str, &str)]) -> String {
    let mut url = reqwest::Url::parse("http://x/").unwrap();
    url.query_pairs_mut().extend_pairs(fields);
    url.query().unwrap().to_owned()
}

async fn send(world: &World, path: &str, body: &str, at: i64, secret: &str) -> Response {
    let signature = format!("v0={}", hmac(secret, format!("v0:{at}:{body}").as_bytes()));
    let request = world.post(path).header("content-type", "application/x-www-form-urlencoded");
    let request = request.header("x-slack-request-timestamp", at).header("x-slack-signature", signature);
    request.body(body.to_owned()).send().await.unwrap()
}

/// What a member sees after a command.
async fn command(world: &World, member: &str, text: &str) -> Value {
    let body = form(&[("command", "/wayleave"), ("user_id", member), ("text", text)]);
    let now = Timestamp::now().as_second();
    let message = json(send(world, "/slack/commands", &body, now, SLACK_SECRET).await, 200).await;
    assert_eq!(message["response_type"], "ephemeral");
    message
}

async fn press(world: &World, member: &str, value: &str, reply_to: &str) -> Response {
    let payload = json!({"type": "block_actions", "user": {"id": member}, "response_url": reply_to,
        "actions": [{"action_id": "wayleave_approve", "value": value}]});
    let body = form(&[("payload", &payload.to_string())]);
    send(world, "/slack/interactions", &body, Timestamp::now().as_second(), SLACK_SECRET).await
}

fn text(message: &Value) -> String {
    let blocks = message["blocks"].as_array().unwrap();
    blocks.iter().filter_map(|block| block["text"]["text"].as_str()).collect::<Vec<_>>().join("\n")
}

async fn approvals(world: &World) -> usize {
    world.pipeline.run(RUN.parse().unwrap()).await.unwrap().unwrap().approvals.len()
}

#[tokio::test]
async fn only_fresh_signatures_are_taken() {
    let world = World::new().await;
    let body = form(&[("user_id", "U0HONG"), ("text", "help")]);
    let now = Timestamp::now().as_second();
    for path in ["/slack/commands", "/slack/interactions"] {
        for (at, secret) in [(now - 301, SLACK_SECRET), (now + 330, SLACK_SECRET), (now, "another"), (0, "")]
        {
            problem(send(&world, path, &body, at, secret).await, 401).await;
        }
        insta::assert_json_snapshot!(
            "unsigned_slack",
            problem(world.post(path).body(body.clone()).send().await.unwrap(), 401).await
        );
        let large = " ".repeat(256 * 1024 + 1);
        problem(world.post(path).body(large).send().await.unwrap(), 413).await;
    }
    assert_eq!(send(&world, "/slack/commands", &body, now - 200, SLACK_SECRET).await.status(), 200);
}

#[tokio::test]
async fn what_is_no_form_is_refused() {
    let world = World::new().await;
    let now = Timestamp::now().as_second();
    let mut details = Vec::new();
    let odd = form(&[(
        "payload",
        r#"{"type":"block_actions","user":{"id":"U"},"actions":[{"action_id":"wayleave_approve","value":"x"}]}"#,
    )]);
    for (path, body) in [
        ("/slack/commands", "text=help".to_owned()),
        ("/slack/interactions", "payload=%7B".to_owned()),
        ("/slack/interactions", odd),
    ] {
        let refused = problem(send(&world, path, &body, now, SLACK_SECRET).await, 400).await;
        details.push(refused["detail"].as_str().unwrap().to_owned());
    }
    insta::assert_snapshot!("slack_forms", details.join("\n"));
    let foreign = form(&[("payload", r#"{"type":"view_closed","user":{"id":"U"}}"#)]);
    assert_eq!(send(&world, "/slack/interactions", &foreign, now, SLACK_SECRET).await.status(), 200);
}

#[tokio::test]
async fn people_see_what_the_runs_do() {
    let world = World::new().await;
    let mut seen = vec![text(&command(&world, "U0VERA", "status").await)];
    world.waiting_run().await;
    for asked in [
        "help",
        "status",
        "status r-0192f0c1",
        "status r-00000000",
        "status x",
        "approve",
        "reject r-0192f0c1",
    ] {
        seen.push(format!("/wayleave {asked}\n{}", text(&command(&world, "U0VERA", asked).await)));
    }
    insta::assert_snapshot!("slack_status", seen.join("\n\n"));
}

#[tokio::test]
async fn strangers_are_told_why_nothing_happens() {
    let world = World::new().await;
    world.waiting_run().await;
    for asked in ["status", "approve r-0192f0c1", "reject r-0192f0c1 no"] {
        insta::assert_snapshot!("stranger", text(&command(&world, "U0<EVE>", asked).await));
    }
    assert!(text(&command(&world, "U0EVE", "help").await).contains("/wayleave status"));
    assert_eq!(approvals(&world).await, 0);
}

#[tokio::test]
async fn approving_shows_the_changes_before_it_decides() {
    let world = World::new().await;
    let run = world.waiting_run().await;
    let shown = command(&world, "U0HONG", "approve r-0192f0c1").await;
    insta::assert_json_snapshot!("slack_decision", shown);
    assert_eq!(approvals(&world).await, 0);

    let waiting = run.waiting_for.unwrap();
    let digest = waiting.digest.as_str().trim_start_matches("sha256:");
    let wrong = command(&world, "U0HONG", "approve r-0192f0c1 000000000000").await;
    let short = command(&world, "U0HONG", &format!("approve r-0192f0c1 {}", &digest[..11])).await;
    assert_eq!(approvals(&world).await, 0);
    let right = command(&world, "U0HONG", &format!("approve r-0192f0c1 {}", &digest[..12])).await;
    assert_eq!(approvals(&world).await, 1);
    let own = command(&world, "U0KIM", &format!("approve r-0192f0c1 {digest}")).await;
    let viewer = command(&world, "U0VERA", &format!("approve r-0192f0c1 {digest}")).await;
    assert_eq!(approvals(&world).await, 1);
    let answers = [wrong, short, right, own, viewer].map(|message| text(&message));
    insta::assert_snapshot!("slack_approve", answers.join("\n\n"));
}

#[tokio::test]
async fn a_rejection_ends_the_run() {
    let world = World::new().await;
    world.waiting_run().await;
    let rejected = text(&command(&world, "U0HONG", "reject r-0192f0c1 not on a <Friday>").await);
    let late = text(&command(&world, "U0LEE", "approve r-0192f0c1").await);
    insta::assert_snapshot!("slack_reject", [rejected, late].join("\n\n"));
}

#[tokio::test]
async fn a_button_approves_what_it_named_and_answers_at_slacks_address() {
    let slack = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", slack.local_addr().unwrap());
    let world = World::with_slack(&address).await;
    let run = world.waiting_run().await;
    let waiting = run.waiting_for.unwrap();
    let value = format!("{RUN}|prd|{}", waiting.digest);
    let stale = format!("{RUN}|prd|sha256:{}", "0".repeat(64));

    assert_eq!(press(&world, "U0HONG", &stale, &format!("{address}/answer")).await.status(), 200);
    assert!(posted(&slack).await.contains("look at it again"));
    assert_eq!(approvals(&world).await, 0);
    assert_eq!(press(&world, "U0HONG", &value, &format!("{address}/answer")).await.status(), 200);
    assert!(posted(&slack).await.contains("You approved"));
    assert_eq!(approvals(&world).await, 1);
    // The same button twice is one approval, and a stranger's press is none.
    assert_eq!(press(&world, "U0HONG", &value, &format!("{address}/answer")).await.status(), 200);
    assert!(posted(&slack).await.contains("already"));
    assert_eq!(press(&world, "U0EVE", &value, &format!("{address}/answer")).await.status(), 200);
    assert!(posted(&slack).await.contains("does not know you"));
    assert_eq!(approvals(&world).await, 1);
}

#[tokio::test]
async fn answers_go_to_no_other_address() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let slack = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let api = format!("http://{}", slack.local_addr().unwrap());
    let world = World::with_slack(&api).await;
    let run = world.waiting_run().await;
    let value = format!("{RUN}|prd|{}", run.waiting_for.unwrap().digest);
    let other = format!("http://{}/answer", elsewhere.local_addr().unwrap());
    assert_eq!(press(&world, "U0HONG", &value, &other).await.status(), 200);
    assert_eq!(press(&world, "U0LEE", &value, &format!("{api}/answer")).await.status(), 200);
    // The second answer came; had the first been sent, its connection would be waiting by now.
    posted(&slack).await;
    let waiting = std::pin::pin!(elsewhere.accept());
    assert!(futures::poll!(waiting).is_pending());
}

/// The body of the next request, answered with 200.
async fn posted(listener: &TcpListener) -> String {
    let (mut stream, _) = listener.accept().await.unwrap();
    let (mut request, mut chunk) = (Vec::new(), [0; 4096]);
    while !request.ends_with(b"}") {
        let read = stream.read(&mut chunk).await.unwrap();
        assert!(read > 0, "the request broke off: {}", String::from_utf8_lossy(&request));
        request.extend_from_slice(&chunk[..read]);
    }
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok";
    stream.write_all(answer.as_bytes()).await.unwrap();
    String::from_utf8(request).unwrap()
}
