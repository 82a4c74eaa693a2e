//! The commands that talk to a server, against a real one over a store of its own.

use pipeline_core::Event;
use pipeline_engine::audit::Stream;
use serde_json::json;

use crate::here::{Here, Ran};
use crate::world::{RUN, World};

async fn run(here: Here, words: &[&str]) -> Ran {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let ran = move || here.words(&words.iter().map(String::as_str).collect::<Vec<_>>());
    tokio::task::spawn_blocking(ran).await.unwrap()
}

/// The time of a test's events differs; the lines that tell it are left out.
fn timeless(ran: &Ran) -> String {
    let lines: Vec<&str> = ran.stdout.lines().filter(|line| !line.starts_with("  changed")).collect();
    lines.join("\n")
}

fn at(world: &World) -> Here {
    Here::new().set("WAYLEAVE_SERVER", world.url())
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_are_listed_and_shown() {
    let world = World::new().await;
    assert_eq!(run(at(&world), &["runs"]).await.stdout, "no runs\n");
    world.waiting_run().await;
    insta::assert_snapshot!("runs", run(at(&world), &["runs"]).await.shown());
    insta::assert_snapshot!("show", timeless(&run(at(&world), &["show", &RUN[..14]]).await));
    let unit = ["show", RUN, "--unit", "topics.333333333333.eu-west-1"];
    insta::assert_snapshot!("show_unit", run(at(&world), &unit).await.stdout);
    let document = run(at(&world), &["runs", "--format", "json"]).await.json();
    assert_eq!(document["runs"][0]["id"], json!(RUN));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_goes_on_at_its_cursor() {
    let world = World::new().await;
    for digit in ["1", "2", "3"] {
        world.begin(&format!("r-0192f0c1a2b{digit}7c4d8e5f60718293a4b5")).await;
    }
    let first = run(at(&world), &["runs", "--limit", "2"]).await;
    let cursor = first.stderr.trim().rsplit(' ').next().unwrap().to_owned();
    let second = run(at(&world), &["runs", "--cursor", &cursor]).await;
    assert!(second.stdout.contains("r-0192f0c1a2b17c4d") && second.stderr.is_empty(), "{}", second.shown());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_is_approved_by_the_digest_that_was_looked_at() {
    let world = World::new().await;
    let waiting = world.waiting_run().await.waiting_for.unwrap();
    let hong = at(&world).set("WAYLEAVE_TOKEN", &world.token("hong").await);
    let blind = run(hong, &["approve", RUN]).await;
    assert_eq!(blind.code, 1);
    assert!(blind.stderr.contains("with --digest"), "{}", blind.shown());
    let hong = at(&world).set("WAYLEAVE_TOKEN", &world.token("hong").await);
    let wrong = format!("sha256:{}", "0".repeat(64));
    let refused = run(hong, &["approve", RUN, "--stage", "prd", "--digest", &wrong]).await;
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("(status 409)"), "{}", refused.shown());
    let hong = at(&world).set("WAYLEAVE_TOKEN", &world.token("hong").await);
    let once = run(hong, &["approve", RUN, "--digest", waiting.digest.as_str()]).await;
    assert_eq!(once.stdout, format!("{RUN} waiting, stage prd has 1 of 2 approvals\n"), "{}", once.shown());
    let lee = at(&world).set("WAYLEAVE_TOKEN", &world.token("lee").await);
    let words = ["approve", RUN, "--stage", "prd", "--digest", waiting.digest.as_str(), "--format", "json"];
    let both = run(lee, &words).await;
    assert_eq!(both.json()["state"], json!("applying"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_is_rejected_with_a_reason() {
    let world = World::new().await;
    world.waiting_run().await;
    let hong = at(&world).set("WAYLEAVE_TOKEN", &world.token("hong").await);
    let ran = run(hong, &["reject", RUN, "not on a Friday"]).await;
    assert!(
        ran.code == 0 && ran.stdout.contains("refused") && ran.stdout.contains("not on a Friday"),
        "{}",
        ran.shown()
    );
    let hong = at(&world).set("WAYLEAVE_TOKEN", &world.token("hong").await);
    let late = run(hong, &["cancel", RUN, "late"]).await;
    assert!(late.code == 1 && late.stderr.contains("(status 409)"), "{}", late.shown());
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_say_why_and_never_show_the_token() {
    let world = World::new().await;
    world.waiting_run().await;
    let none = run(at(&world), &["retry", RUN]).await;
    insta::assert_snapshot!("no_token", none.shown());
    let wrong = run(at(&world).set("WAYLEAVE_TOKEN", "wl_secret_of_mine"), &["cancel", RUN]).await;
    insta::assert_snapshot!("wrong_token", wrong.shown());
    assert!(!wrong.shown().contains("wl_secret_of_mine"));
    insta::assert_snapshot!("no_run", run(at(&world), &["show", "r-00000000"]).await.shown());
    let nobody = run(Here::new(), &["runs", "--server", "http://127.0.0.1:9"]).await;
    assert!(nobody.code == 1 && nobody.stderr.contains("is it running"), "{}", nobody.shown());
    let secret = run(Here::new(), &["runs", "--server", "http://kim:hunter2@127.0.0.1:9"]).await;
    assert!(secret.code == 1 && !secret.shown().contains("hunter2"), "{}", secret.shown());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_followed_to_its_end() {
    let world = World::new().await;
    world.waiting_run().await;
    world.write(&[(Stream::Stdout, "Creating…"), (Stream::Stderr, "a \u{1b}[31mwarning")]).await;
    let here = at(&world);
    let follower = tokio::spawn(async move { run(here, &["logs", RUN, "-f"]).await });
    // Whether the follower comes before or after this, it must see the end.
    world.push(Event::Cancelled { by: "hong".to_owned(), reason: "no more".to_owned() }).await;
    let ran = tokio::time::timeout(std::time::Duration::from_secs(60), follower).await.unwrap().unwrap();
    assert!(ran.code == 0 && ran.stderr.contains("-- cancelled"), "{}", ran.shown());
    insta::assert_snapshot!("followed", ran.stdout);
    let all = run(at(&world), &["logs", RUN]).await;
    assert_eq!(all.stdout, ran.stdout);
    let one = run(at(&world), &["logs", RUN, "--unit", "topics.333333333333.eu-west-1"]).await;
    insta::assert_snapshot!("one_unit", one.shown());
    let unknown = run(at(&world), &["logs", RUN, "--unit", "none"]).await;
    assert!(
        unknown.code == 1 && unknown.stderr.contains("topics.222222222222.eu-west-1"),
        "{}",
        unknown.shown()
    );
}
