//! A run as it goes, over server-sent events.

use std::time::Duration;

use pipeline_core::Event;
use pipeline_engine::audit::Stream;
use reqwest::Response;
use serde_json::{Value, json};

use crate::world::{RUN, World, problem};

/// Reads a stream's events as `(kind, id, data)`.
struct Reader {
    response: Response,
    text: String,
}

impl Reader {
    async fn next(&mut self) -> Option<(String, String, Value)> {
        loop {
            if let Some((message, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    message
                        .lines()
                        .find_map(|line| line.strip_prefix(name))
                        .unwrap_or_default()
                        .trim()
                        .to_owned()
                };
                let found = (field("event:"), field("id:"), field("data:"));
                self.text = rest.to_owned();
                if !found.0.is_empty() {
                    return Some((found.0, found.1, serde_json::from_str(&found.2).unwrap()));
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.response.chunk()).await;
            match chunk.expect("an event in time").unwrap() {
                Some(chunk) => self.text.push_str(std::str::from_utf8(&chunk).unwrap()),
                None => return None,
            }
        }
    }

    async fn until_state(&mut self) -> (Vec<String>, String, Value) {
        let mut events = Vec::new();
        loop {
            let (kind, id, data) = self.next().await.expect("the stream goes on");
            if kind == "state" {
                return (events, id, data);
            }
            events.push(data["event"].as_str().unwrap_or("a line").to_owned());
        }
    }
}

async fn follow(world: &World, query: &str, last: &str) -> Reader {
    let request = world.http.get(world.url(&format!("/api/v1/runs/{RUN}/events{query}")));
    let response = request.header("last-event-id", last).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    Reader { response, text: String::new() }
}

#[tokio::test]
async fn a_run_is_followed_and_resumed() {
    let world = World::new().await;
    world.waiting_run().await;
    let mut first = follow(&world, "", "").await;
    let (events, id, state) = first.until_state().await;
    let all = ["started", "prepared", "targets_held", "planned", "apply_started", "applied", "planned"];
    assert_eq!(events, all);
    assert_eq!((state["state"].as_str(), id.split('.').next()), (Some("waiting"), Some("7")));

    world.push(Event::Cancelled { by: "hong".to_owned(), reason: "no".to_owned() }).await;
    let (events, id, state) = first.until_state().await;
    assert_eq!(
        (events.as_slice(), state["state"].as_str()),
        (["cancelled".to_owned()].as_slice(), Some("cancelled"))
    );
    drop(first);

    let mut resumed = follow(&world, "", "5.0").await;
    let (events, again, _) = resumed.until_state().await;
    assert_eq!(
        (events.as_slice(), again),
        (["applied", "planned", "cancelled"].map(String::from).as_slice(), id)
    );
}

#[tokio::test]
async fn a_page_follows_from_now_on() {
    let world = World::new().await;
    world.waiting_run().await;
    let mut reader = follow(&world, "?after=now.0", "").await;
    let (events, _, state) = reader.until_state().await;
    assert_eq!((events.len(), state["state"].as_str()), (0, Some("waiting")));
}

#[tokio::test]
async fn what_is_no_cursor_is_refused() {
    let world = World::new().await;
    world.waiting_run().await;
    for after in ["x", "now", "now.x", "1"] {
        problem(world.get(&format!("/api/v1/runs/{RUN}/events?after={after}")).await, 400).await;
    }
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let world = World::new().await;
    world.waiting_run().await;
    let mut reader = follow(&world, "", "").await;
    reader.until_state().await;
    world.stop().await;
    assert_eq!(reader.next().await, None);
}

#[tokio::test]
async fn lines_come_as_they_are_written_and_a_reader_resumes_after_them() {
    let world = World::new().await;
    world.waiting_run().await;
    world.write(&[(Stream::Stdout, "Refreshing state…")]).await;
    let mut reader = follow(&world, "?after=now.0", "").await;
    reader.until_state().await;
    let (_, _, first) = reader.next().await.unwrap();
    assert_eq!((&first["text"], &first["stderr"]), (&json!("Refreshing state…"), &json!(false)));
    world.write(&[(Stream::Stderr, "a warning"), (Stream::Stdout, "done")]).await;
    let (kind, id, second) = reader.next().await.unwrap();
    assert_eq!(
        (kind.as_str(), &second["text"], &second["stderr"]),
        ("log", &json!("a warning"), &json!(true))
    );
    drop(reader);

    // The run's log is closed by now: the rest is read from the file.
    world.pipeline.spool().close(RUN.parse().unwrap()).await.unwrap();
    let mut resumed = follow(&world, "", &id).await;
    resumed.until_state().await;
    assert_eq!(resumed.next().await.unwrap().2["text"], json!("done"));
    // And another process, or this one after a while, may write on.
    world.write(&[(Stream::Stdout, "again")]).await;
    assert_eq!(resumed.next().await.unwrap().2["text"], json!("again"));
}
