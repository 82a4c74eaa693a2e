//! From an event to the people: the pipeline with its store and workers, the notifier, and both fakes.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use landing_zone::{ForgeKind, Platform, StageName, Zone};
use pipeline_core::trigger::Actor;
use pipeline_core::{DeliveryId, Trigger};
use pipeline_engine::notify::{Notifier, Patience, Sinks, follow};
use pipeline_engine::slack::ButtonValue;
use pipeline_engine::testing::executor::{FakeExecutor, FakeStage};
use pipeline_engine::testing::github::{self, Github};
use pipeline_engine::testing::slack::{self, Slack};
use pipeline_engine::testing::world::{Scene, ZONE};
use pipeline_engine::worker::{Limits, Workers};
use pipeline_engine::{Act, Pipeline, forge, slack as web_api};
use tokio_util::sync::CancellationToken;

use super::sample::{REPOSITORY, SHA, commit, repository};

const DEADLINE: Duration = Duration::from_secs(30);

async fn pipeline(slack: &Slack, github: &Github, data: &Path) -> Pipeline {
    let zone = ZONE.replace("https://api.github.example", &github.api());
    Scene::open(data, &zone.replace("https://slack.com/api", &slack.api())).await.pipeline
}

fn sinks(zone: &Zone) -> Sinks {
    let api = &zone.slack.as_ref().unwrap().api;
    let slack = web_api::Client::new(api, slack::TOKEN.into(), web_api::Pace::default()).unwrap();
    let patience = forge::github::Patience::default();
    let api = &zone.forge(ForgeKind::Github).unwrap().api;
    let github = forge::github::Client::new(api, github::TOKEN.into(), patience).unwrap();
    let mut sinks = Sinks::of_zone(zone);
    sinks.slack = Some((slack, slack::CHANNEL.into()));
    sinks.forges.insert(ForgeKind::Github, Arc::new(github));
    sinks
}

fn push() -> Trigger {
    Trigger::Push {
        repository: repository(),
        branch: "main".to_owned(),
        before: pipeline_core::Commit::parse(&"0".repeat(40)).unwrap(),
        after: commit(),
        author: Actor { platform: Some(Platform::Github), login: "kim".to_owned() },
    }
}

#[tokio::test]
async fn a_push_is_heard_of_and_approved_by_the_button() {
    let (slack, github) = (Slack::start().await.unwrap(), Github::start().await.unwrap());
    github.add_commit(REPOSITORY, SHA);
    let data = tempfile::tempdir().unwrap();
    let pipeline = pipeline(&slack, &github, data.path()).await;
    let stop = CancellationToken::new();

    let sinks = sinks(pipeline.zone());
    let (source, db) = (Arc::new(pipeline.clone()), pipeline.store().writer().clone());
    let notifier = Notifier::start(sinks, source, db, Patience::default(), |_| {}).await.unwrap();
    let (follower, stopped) = (pipeline.clone(), stop.clone());
    let follower = tokio::spawn(async move {
        follow(&follower, &notifier, &stopped).await;
        notifier.close().await;
    });
    let stage = FakeStage { name: StageName::parse("prd").unwrap(), units: 2, approvals: 1 };
    let workers =
        Workers::new(pipeline.clone(), FakeExecutor::new(vec![stage]), Limits { plans: 4, applies: 4 });
    let shutdown = stop.clone();
    let workers = tokio::spawn(async move { workers.run(shutdown).await });

    pipeline.accept(&DeliveryId::parse("github/1").unwrap(), &push()).await.unwrap();
    let button = slack.wait_for(DEADLINE, |seen| approve_button(seen.messages.last()?)).await;
    let button = button.expect("a message that asks");
    let actor = Actor { platform: Some(Platform::Slack), login: "U0HONG".to_owned() };
    let act = Act::Approve { stage: button.stage, digest: button.digest };
    pipeline.act(button.run, &actor, act).await.unwrap();

    let told = slack
        .wait_for(DEADLINE, |seen| seen.messages.last().filter(|m| m.text.ends_with(": applied")).cloned());
    assert!(told.await.is_some(), "{:#?}", slack.messages());
    let success =
        github.wait_for(DEADLINE, |seen| seen.statuses.last().filter(|s| s.state == "success").cloned());
    assert!(success.await.is_some(), "{:#?}", github.seen());
    assert_eq!(slack.messages().len(), 1);
    assert!(github.seen().calls.len() <= 6, "{:#?}", github.seen().calls);
    stop.cancel();
    workers.await.unwrap();
    follower.await.unwrap();
}

fn approve_button(message: &slack::Message) -> Option<ButtonValue> {
    let actions = message.blocks.as_array()?.iter().find(|block| block["type"] == "actions")?;
    actions["elements"][0]["value"].as_str()?.parse().ok()
}

#[tokio::test]
async fn a_sink_that_is_given_up_is_on_record() {
    let (slack, github) = (Slack::start().await.unwrap(), Github::start().await.unwrap());
    // GitHub knows no such commit, so it refuses the status; no other try would change that.
    github.add_repository(REPOSITORY);
    let data = tempfile::tempdir().unwrap();
    let pipeline = pipeline(&slack, &github, data.path()).await;
    let (source, db) = (Arc::new(pipeline.clone()), pipeline.store().writer().clone());
    let (told, mut gave_up) = tokio::sync::mpsc::unbounded_channel();
    let tell = move |gave_up| told.send(gave_up).unwrap();
    let notifier =
        Notifier::start(sinks(pipeline.zone()), source, db, Patience::default(), tell).await.unwrap();
    let stop = CancellationToken::new();
    let workers =
        Workers::new(pipeline.clone(), FakeExecutor::new(Vec::new()), Limits { plans: 1, applies: 1 });
    let workers = tokio::spawn(workers.run(stop.clone()));
    let mut moved = pipeline.changes();
    pipeline.accept(&DeliveryId::parse("github/1").unwrap(), &push()).await.unwrap();
    let (run, _) = tokio::time::timeout(DEADLINE, moved.recv()).await.unwrap().unwrap();
    notifier.runs_changed(&[run], None).await.unwrap();
    let gave_up = tokio::time::timeout(DEADLINE, gave_up.recv()).await.unwrap().unwrap();
    assert_eq!((gave_up.sink, gave_up.run), ("forge", run));
    stop.cancel();
    workers.await.unwrap();

    pipeline.record_gave_up(&gave_up).await;
    let text = std::fs::read_to_string(pipeline.spool().path(run)).unwrap();
    let last: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!(last["event"]["action"], "notification-failed");
    assert_eq!(last["event"]["outcome"], "failure");
    assert_eq!(last["event"]["reason"], gave_up.reason);
    assert!(last["message"].as_str().unwrap().starts_with("forge was not told how r-"), "{last}");
    assert!(pipeline.spool().progress(run).is_none(), "the log is closed again");
}
