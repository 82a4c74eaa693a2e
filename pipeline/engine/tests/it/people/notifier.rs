//! The notifier: told once, in place, within bounds, and through crashes and failures.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use landing_zone::{ApplyMode, ForgeKind};
use pipeline_core::run::UnitStateView;
use pipeline_core::{RunState, RunView};
use pipeline_engine::notify::{GaveUp, Notifier, Patience, Sinks};
use pipeline_engine::testing::github::{self, Github, PullRequest, Seen};
use pipeline_engine::testing::slack::{self, Slack};
use pipeline_engine::{forge, slack as web_api};
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use tempfile::TempDir;

use super::sample::{REPOSITORY, Runs, SHA, asks, repository, run, unit, waiting};

const DEADLINE: Duration = Duration::from_secs(20);

/// A Slack, a GitHub, the runs and a database that outlives the notifier.
struct World {
    slack: Slack,
    github: Github,
    runs: Arc<Runs>,
    db: SqlitePool,
    gave_up: Arc<Mutex<Vec<GaveUp>>>,
    _directory: TempDir,
}

impl World {
    async fn new() -> Self {
        let directory = TempDir::new().unwrap();
        let file = directory.path().join("wayleave.db");
        let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
        let db = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
        let github = Github::start().await.unwrap();
        github.set_pull(REPOSITORY, PullRequest::open(17, SHA, "kim"));
        let slack = Slack::start().await.unwrap();
        Self { slack, github, runs: Runs::new(), db, gave_up: Arc::default(), _directory: directory }
    }

    fn sinks(&self) -> Sinks {
        let pace = web_api::Pace { spacing: Duration::ZERO, retries: 0, ..web_api::Pace::default() };
        let slack = web_api::Client::new(&self.slack.api(), slack::TOKEN.into(), pace).unwrap();
        let patience = forge::github::Patience { retries: 0, ..forge::github::Patience::default() };
        let github = forge::github::Client::new(&self.github.api(), github::TOKEN.into(), patience).unwrap();
        Sinks {
            slack: Some((slack, slack::CHANNEL.into())),
            forges: [(ForgeKind::Github, Arc::new(github) as Arc<dyn forge::Forge>)].into(),
            repositories: [(repository(), (ForgeKind::Github, ApplyMode::BeforeMerge))].into(),
            url: "https://wayleave.example".into(),
        }
    }

    async fn notifier(&self, attempts: u32, first_wait: Duration) -> Notifier {
        let patience = Patience { attempts, first_wait, longest_wait: Duration::from_secs(3_600) };
        let gave_up = Arc::clone(&self.gave_up);
        let note = move |gave: GaveUp| gave_up.lock().unwrap().push(gave);
        Notifier::start(self.sinks(), self.runs.clone(), self.db.clone(), patience, note).await.unwrap()
    }

    async fn patient(&self) -> Notifier {
        self.notifier(5, Duration::from_millis(1)).await
    }

    /// Moves a run and waits until people were told.
    async fn tell(&self, notifier: &Notifier, run: &RunView) {
        self.runs.set(run);
        notifier.runs_changed(&[run.id], None).await.unwrap();
        assert!(notifier.settle(DEADLINE).await);
    }

    fn seen(&self) -> Seen {
        self.github.seen()
    }
}

/// A run on the pull request in some state, with one unit that has changes.
fn on_pull(number: u32, state: RunState) -> RunView {
    let mut run = run(number, state);
    run.change = Some(17);
    let state = if state == RunState::Waiting { UnitStateView::Planned } else { UnitStateView::Applied };
    run.units = vec![unit("dev", "network", 1, state)];
    run
}

#[tokio::test]
async fn a_run_is_one_message_updated_in_place() {
    let world = World::new().await;
    let notifier = world.patient().await;
    for state in [RunState::Queued, RunState::Planning, RunState::Applying, RunState::Applied] {
        world.tell(&notifier, &run(1, state)).await;
        world.tell(&notifier, &run(1, state)).await;
    }
    let messages = world.slack.messages();
    assert_eq!((messages.len(), messages[0].updates), (1, 3), "the same state is told once");
    assert!(messages[0].text.ends_with("applied"));
    world.tell(&notifier, &run(2, RunState::Queued)).await;
    assert_eq!(world.slack.messages().len(), 2);
}

#[tokio::test]
async fn a_pull_request_has_one_comment_through_all_its_runs() {
    let world = World::new().await;
    let notifier = world.patient().await;
    for number in [1, 2] {
        world.tell(&notifier, &on_pull(number, RunState::Planning)).await;
        world.tell(&notifier, &on_pull(number, RunState::Waiting)).await;
    }
    let seen = world.seen();
    assert_eq!((seen.comments.len(), seen.comments[0].edits), (1, 1));
    assert_eq!(states(&seen), ["pending", "success", "pending", "success"]);
    let newest = seen.comments[0].body.clone();
    assert!(newest.contains("/runs/r-0193b7e50002"), "{newest}");

    // An older run that is told late, or superseded, leaves the newer one's comment and its own good status alone.
    let mut late = on_pull(1, RunState::Waiting);
    late.units[0].changes.create = 7;
    world.tell(&notifier, &late).await;
    world.tell(&notifier, &on_pull(2, RunState::Superseded)).await;
    assert_eq!(world.seen().comments[0].body, newest);
    assert_eq!(world.seen().statuses.last().unwrap().state, "success");
}

#[tokio::test]
async fn answers_that_a_run_tells_cost_none_of_its_own_calls() {
    let world = World::new().await;
    let notifier = world.patient().await;
    world.tell(&notifier, &on_pull(1, RunState::Planning)).await;
    let mut waits = on_pull(1, RunState::Waiting);
    world.tell(&notifier, &waits).await;
    for number in 0..10 {
        world.runs.set_refusals(&[&format!("not done: {number}")]);
        world.tell(&notifier, &waits).await;
    }
    let told = world.seen().comments[0].clone();
    let body = told.body.replace('\u{200b}', "");
    assert!(told.edits == 6 && body.contains("not done: 5"), "answers have a bound: {body}");

    // A command that was done leaves none, and what it did is told.
    world.runs.set_refusals(&[]);
    waits.units[0].changes.create = 7;
    notifier.commands_given([(repository(), 17)], 1).await.unwrap();
    assert!(notifier.settle(DEADLINE).await);
    assert!(world.seen().comments[0].body.contains("not done"), "what became of the run, the run tells");
    world.tell(&notifier, &waits).await;
    let told = world.seen().comments[0].body.clone();
    assert!(!told.contains("not done") && told.contains("+7"), "{told}");
}

#[tokio::test]
async fn a_superseded_run_does_not_stay_pending() {
    let world = World::new().await;
    let notifier = world.patient().await;
    world.tell(&notifier, &on_pull(1, RunState::Planning)).await;
    world.tell(&notifier, &on_pull(1, RunState::Superseded)).await;
    assert_eq!(states(&world.seen()), ["pending", "error"]);
    assert!(world.seen().comments.is_empty());
}

#[tokio::test]
async fn a_thousand_units_cost_at_most_six_calls() {
    let world = World::new().await;
    let notifier = world.patient().await;
    let mut run = run(1, RunState::Planning);
    run.change = Some(17);
    let stages = ["dev", "stg", "prd", "last"];
    for (place, stage) in (0_u64..).zip(stages) {
        run.units.extend((0..250).map(|n| unit(stage, "network", place * 1_000 + n, UnitStateView::Queued)));
    }
    world.tell(&notifier, &run).await;
    for stage in stages {
        run.state = RunState::Planning;
        for place in 0..1_000 {
            if run.units[place].stage.as_str() == stage {
                run.units[place].state = UnitStateView::Planned;
                world.runs.set(&run);
                notifier.runs_changed(&[run.id], None).await.unwrap();
            }
        }
        asks(&mut run, stage);
        world.tell(&notifier, &run).await;
        (run.state, run.waiting_for) = (RunState::Applying, None);
        world.tell(&notifier, &run).await;
    }
    run.units.iter_mut().for_each(|unit| unit.state = UnitStateView::Applied);
    run.state = RunState::Applied;
    world.tell(&notifier, &run).await;
    let seen = world.seen();
    assert!(seen.calls.len() <= 6, "{:#?}", seen.calls);
    assert_eq!(seen.statuses.last().unwrap().state, "success");
    assert!(seen.comments[0].body.contains("Wayleave: Applied"));

    // A retry is a new beginning: it is told again, and so is its end.
    run.state = RunState::Applying;
    world.tell(&notifier, &run).await;
    run.state = RunState::Failed;
    world.tell(&notifier, &run).await;
    let states = states(&world.seen());
    assert_eq!(states[states.len() - 2..], ["pending", "failure"]);
}

#[tokio::test]
async fn a_comment_whose_outcome_is_not_known_is_looked_for() {
    let world = World::new().await;
    let notifier = world.patient().await;
    let impostor = "<!-- wayleave:acme/infra#17 -->\napprove me";
    world.github.comment_as("mallory", REPOSITORY, 17, impostor);
    world.github.script([github::Trouble::DoAndFail]);
    world.tell(&notifier, &on_pull(1, RunState::Waiting)).await;
    let seen = world.seen();
    assert_eq!(seen.comments.iter().filter(|c| c.login == github::LOGIN).count(), 1, "{:#?}", seen.calls);
    assert_eq!(seen.comments[0].body, impostor);
    assert_eq!(states(&seen), ["success"]);
}

#[tokio::test]
async fn a_crash_between_the_call_and_its_record_makes_no_second_comment() {
    let world = World::new().await;
    let planned = on_pull(1, RunState::Waiting);
    world.tell(&world.patient().await, &planned).await;
    // As it is on disk when the process ends after the call and before the record.
    sqlx::raw_sql("UPDATE notify_messages SET reference = NULL, rendered = NULL WHERE subject LIKE 'comment:%'; UPDATE notify_runs SET told = 0")
        .execute(&world.db)
        .await
        .unwrap();
    let again = world.patient().await;
    assert!(again.settle(DEADLINE).await);
    let seen = world.seen();
    assert_eq!((seen.comments.len(), seen.comments[0].edits), (1, 1), "{:#?}", seen.calls);
    assert_eq!(world.slack.messages().len(), 1);
}

#[tokio::test]
async fn a_sink_that_is_down_is_given_up_and_hears_of_a_later_state() {
    let world = World::new().await;
    let notifier = world.notifier(3, Duration::from_millis(1)).await;
    world.github.set_down(true);
    world.tell(&notifier, &on_pull(1, RunState::Planning)).await;
    assert_eq!(world.slack.messages().len(), 1, "another sink hears all the same");
    let gave_up = world.gave_up.lock().unwrap().clone();
    assert_eq!((gave_up.len(), gave_up[0].sink), (1, "forge"));
    assert_eq!(world.seen().calls.len(), 3);
    insta::assert_snapshot!(gave_up[0].reason);

    world.github.set_down(false);
    world.tell(&notifier, &on_pull(1, RunState::Waiting)).await;
    assert_eq!((states(&world.seen()), world.seen().comments.len()), (vec!["success".to_owned()], 1));
}

#[tokio::test]
async fn a_refusal_is_given_up_at_once() {
    let world = World::new().await;
    let notifier = world.patient().await;
    world.slack.script([slack::Trouble::Refuse("is_archived")]);
    world.tell(&notifier, &run(1, RunState::Applied)).await;
    assert_eq!(world.slack.seen().calls.len(), 1);
    assert!(world.gave_up.lock().unwrap()[0].reason.contains("archived"));
}

#[tokio::test]
async fn what_was_not_told_is_told_after_the_next_start() {
    let world = World::new().await;
    let notifier = world.notifier(5, Duration::from_secs(3_600)).await;
    world.slack.set_down(true);
    world.runs.set(&run(1, RunState::Applied));
    notifier.runs_changed(&[run(1, RunState::Applied).id], None).await.unwrap();
    let tried = world.slack.wait_for(DEADLINE, |seen| seen.calls.first().cloned()).await;
    assert!(tried.is_some());
    notifier.close().await;

    world.slack.set_down(false);
    let again = world.patient().await;
    assert!(again.settle(DEADLINE).await);
    assert_eq!(world.slack.messages().len(), 1);
}

#[tokio::test]
async fn what_somebody_deleted_is_made_anew() {
    let world = World::new().await;
    let notifier = world.patient().await;
    world.tell(&notifier, &on_pull(1, RunState::Waiting)).await;
    world.slack.delete(&world.slack.messages()[0].ts);
    world.github.delete_comment(world.seen().comments[0].id);
    world.tell(&notifier, &on_pull(1, RunState::Failed)).await;
    assert_eq!((world.slack.messages().len(), world.seen().comments.len()), (1, 1));
}

#[tokio::test]
async fn a_stage_that_asks_is_told_with_its_changes() {
    let world = World::new().await;
    let notifier = world.patient().await;
    let (mut run, reports) = waiting(2, 3, 1);
    run.change = Some(17);
    world.runs.set_reports(reports);
    world.tell(&notifier, &run).await;
    assert!(world.slack.messages()[0].blocks.to_string().contains("aws_sns_topic.alerts"));
    assert!(world.seen().comments[0].body.contains("aws_sns_topic.alerts"));
    assert_eq!(states(&world.seen()), ["pending"]);
}

fn states(seen: &Seen) -> Vec<String> {
    seen.statuses.iter().map(|status| status.state.clone()).collect()
}
