//! Commands in comments that are not done: answered in the pull request's comment, within bounds.

use std::sync::Arc;
use std::time::Duration;

use landing_zone::{ForgeKind, Platform, StageName};
use pipeline_core::trigger::{Actor, CommentCommand};
use pipeline_core::{DeliveryId, Trigger};
use pipeline_engine::forge::{self, Forge};
use pipeline_engine::notify::{Notifier, Patience, Sinks, follow};
use pipeline_engine::testing::executor::{FakeExecutor, FakeStage};
use pipeline_engine::testing::github::{self, Comment, Github, PullRequest};
use pipeline_engine::testing::world::{Scene, ZONE};
use pipeline_engine::worker::{Limits, Workers};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::sample::{REPOSITORY, SHA, commit, repository};

const DEADLINE: Duration = Duration::from_secs(30);
const NOAH: &str = "person \"noah\" {\n  github = \"noah\"\n  roles = [\"operator\"]\n}\n";

/// A pipeline at work, and a GitHub that is told of it.
struct World {
    github: Github,
    scene: Scene,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
    _directory: TempDir,
}

impl World {
    async fn new() -> Self {
        let (directory, github) = (TempDir::new().unwrap(), Github::start().await.unwrap());
        github.add_commit(REPOSITORY, SHA);
        for number in [17, 18] {
            github.set_pull(REPOSITORY, PullRequest::open(number, SHA, "kim"));
        }
        let zone = ZONE.replace("https://api.github.example", &github.api()).replace(
            "  stages = [\"dev\", \"prd\"]\n",
            "  stages = [\"dev\", \"prd\"]\n  apply = \"before_merge\"\n",
        );
        let scene = Scene::open(directory.path(), &(zone + NOAH)).await;
        let stop = CancellationToken::new();
        let tasks = vec![tell(&scene, &github, &stop).await, work(&scene, &stop)];
        Self { github, scene, stop, tasks, _directory: directory }
    }

    async fn accept(&self, trigger: &Trigger) {
        let id = DeliveryId::parse(&format!("github/{}", uuid::Uuid::new_v4())).unwrap();
        self.scene.pipeline.accept(&id, trigger).await.unwrap();
    }

    /// kim opens a pull request, or pushes to it.
    async fn open(&self, number: u64) {
        let (head, base, author) = (commit(), "main".to_owned(), actor("kim"));
        self.accept(&Trigger::PullRequest { repository: repository(), number, head, base, author }).await;
    }

    async fn comment(&self, number: u64, login: &str, command: CommentCommand) {
        let (repository, author) = (repository(), actor(login));
        self.accept(&Trigger::Comment { repository, number, author, command }).await;
    }

    /// Waits until the comment on a pull request says some words, and no other ones.
    async fn says(&self, number: u64, words: &str, but_not: &str) -> Comment {
        let told = |comment: &&Comment| {
            let body = &comment.body;
            comment.number == number
                && body.contains(words)
                && (but_not.is_empty() || !body.contains(but_not))
        };
        let said = self.github.wait_for(DEADLINE, |seen| seen.comments.iter().find(told).cloned()).await;
        said.unwrap_or_else(|| panic!("{words:?}: {:#?}", self.github.seen()))
    }

    async fn close(self) {
        self.stop.cancel();
        for task in self.tasks {
            task.await.unwrap();
        }
    }
}

async fn tell(scene: &Scene, github: &Github, stop: &CancellationToken) -> JoinHandle<()> {
    let (pipeline, stop) = (scene.pipeline.clone(), stop.clone());
    let patience = forge::github::Patience::default();
    let client = forge::github::Client::new(&github.api(), github::TOKEN.into(), patience).unwrap();
    let mut sinks = Sinks::of_zone(pipeline.zone());
    sinks.forges.insert(ForgeKind::Github, Arc::new(client) as Arc<dyn Forge>);
    let (source, db) = (Arc::new(pipeline.clone()), pipeline.store().writer().clone());
    let notifier = Notifier::start(sinks, source, db, Patience::default(), |_| {}).await.unwrap();
    tokio::spawn(async move {
        follow(&pipeline, &notifier, &stop).await;
        notifier.close().await;
    })
}

fn work(scene: &Scene, stop: &CancellationToken) -> JoinHandle<()> {
    let stage =
        |name: &str, approvals| FakeStage { name: StageName::parse(name).unwrap(), units: 1, approvals };
    let executor = FakeExecutor::new(vec![stage("dev", 0), stage("prd", 2)]);
    let workers = Workers::new(scene.pipeline.clone(), executor, Limits { plans: 2, applies: 2 });
    tokio::spawn(workers.run(stop.clone()))
}

fn actor(login: &str) -> Actor {
    Actor { platform: Some(Platform::Github), login: login.to_owned() }
}

fn approve(digest: Option<&str>) -> CommentCommand {
    CommentCommand::Approve { digest: digest.map(str::to_owned) }
}

fn unknown(words: &str) -> CommentCommand {
    CommentCommand::Unknown { words: words.to_owned() }
}

/// What the comment answers, without what it tells of the run.
fn answers(comment: &Comment) -> String {
    let lines: Vec<&str> = comment.body.lines().filter(|line| line.starts_with('>')).collect();
    // GitHub does not show what breaks a mention or an address.
    lines.join("\n").replace('\u{200b}', "")
}

#[tokio::test]
async fn a_command_that_is_not_done_is_answered_on_the_pull_request() {
    let world = World::new().await;
    world.open(17).await;
    world.says(17, "Wayleave: Planned", "").await;
    world.comment(17, "mallory", CommentCommand::Apply).await;
    world.says(17, "knows nobody", "").await;
    world.comment(17, "hong", CommentCommand::Apply).await;
    // A new run, which nothing was refused of yet.
    let asks = world.says(17, "waits for approval", "not done").await;
    let (_, digest) = asks.body.split_once("`wayleave approve ").unwrap();
    let digest = &digest[..12];

    for (login, command, expected) in [
        ("hong", approve(Some("00000000")), "that is not the digest that waits"),
        ("hong", approve(None), "say which digest you looked at"),
        ("noah", approve(Some(digest)), "noah lacks the role Approver"),
        ("kim", approve(Some(digest)), "kim made this change; somebody else must approve it"),
    ] {
        world.comment(17, login, command).await;
        world.says(17, expected, "").await;
    }
    world.comment(17, "hong", unknown("aprove it")).await;
    let three = world.says(17, "there is no such command", "say which digest").await;
    insta::assert_snapshot!(answers(&three).replace(digest, "DIGEST"));

    // What is done takes them away.
    world.comment(17, "hong", approve(Some(digest))).await;
    world.says(17, "1 of 2", "not done").await;
    assert_eq!(world.github.seen().comments.len(), 1, "one comment, edited in place");
    world.close().await;
}

#[tokio::test]
async fn a_pull_request_without_a_run_is_answered_too() {
    let world = World::new().await;
    world.comment(18, "hong", CommentCommand::Plan).await;
    let comment = world.says(18, "no run yet", "").await;
    insta::assert_snapshot!(comment.body);
    // The run's own comment takes its place.
    world.open(18).await;
    world.says(18, "Wayleave: Planned", "no run yet").await;
    assert_eq!(world.github.seen().comments.len(), 1);
    world.close().await;
}

#[tokio::test]
async fn a_flood_of_commands_costs_a_few_calls() {
    let world = World::new().await;
    world.open(17).await;
    world.says(17, "Wayleave: Planned", "").await;
    for number in 0..60 {
        let words = format!("now {number}");
        world.comment(17, "mallory", unknown(&words)).await;
        if number < 6 {
            world.says(17, &words, "").await;
        }
    }
    // What comes after it is told after it.
    world.comment(17, "hong", CommentCommand::Plan).await;
    world.says(17, "Wayleave: Planned", "no such command").await;
    let calls = world.github.seen().calls;
    assert!(calls.len() <= 3 + 6 + 3, "two runs and six answers: {calls:#?}");
    world.close().await;
}
