//! Runs from delivery to end, over a real store and spool, with an executor that only keeps a record.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use landing_zone::{Platform, StageName};
use pipeline_core::event::{Author, Mode, RunSpec};
use pipeline_core::trigger::{Actor, TriggerKind};
use pipeline_core::{Commit, DeliveryId, RunId, RunState, RunView, Trigger};
use pipeline_engine::executor::Executor;
use pipeline_engine::notify::GaveUp;
use pipeline_engine::store::Accepted;
use pipeline_engine::testing::executor::{Asked, FakeExecutor, FakeStage};
use pipeline_engine::testing::world::{Scene, ZONE};
use pipeline_engine::worker::{Limits, Workers};
use pipeline_engine::{Act, Pipeline};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

struct Site {
    pipeline: Pipeline,
    stop: CancellationToken,
    workers: JoinHandle<()>,
}

impl Site {
    async fn open(data: &Path, executor: impl Executor) -> Self {
        Self::start(pipeline(data).await, executor)
    }

    /// The same over a pipeline that is open.
    fn start(pipeline: Pipeline, executor: impl Executor) -> Self {
        let (stop, limits) = (CancellationToken::new(), Limits { plans: 4, applies: 4 });
        let workers = Workers::new(pipeline.clone(), executor, limits);
        let shutdown = stop.clone();
        let workers = tokio::spawn(async move { workers.run(shutdown).await });
        Self { pipeline, stop, workers }
    }

    async fn push(&self, delivery: &str, after: char) -> Accepted {
        self.pipeline.accept(&delivery_id(delivery), &push(after)).await.expect("kept")
    }

    /// The runs, oldest first, once they satisfy a condition.
    async fn wait_for(&self, condition: impl Fn(&[RunView]) -> bool) -> Vec<RunView> {
        let mut moved = self.pipeline.changes();
        let waited = async {
            loop {
                let mut runs = self.pipeline.runs(None, 50).await.expect("runs").items;
                runs.reverse();
                if condition(&runs) {
                    return runs;
                }
                let _ = tokio::time::timeout(Duration::from_millis(200), moved.recv()).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), waited).await.expect("the runs get there")
    }

    async fn approve(&self, run: &RunView, who: &str) {
        let waits = run.waiting_for.clone().expect("it waits");
        let act = Act::Approve { stage: waits.stage, digest: waits.digest };
        self.pipeline.act(run.id, &github(who), act).await.expect("approved");
    }

    async fn close(self) {
        self.stop.cancel();
        self.workers.await.expect("workers end");
        self.pipeline.store().close().await;
    }
}

fn commit(digit: char) -> Commit {
    Commit::parse(&digit.to_string().repeat(40)).expect("a commit")
}

fn delivery_id(text: &str) -> DeliveryId {
    DeliveryId::parse(text).expect("an id")
}

fn push(after: char) -> Trigger {
    Trigger::Push {
        repository: "acme/infra".parse().expect("a name"),
        branch: "main".to_owned(),
        before: commit('0'),
        after: commit(after),
        author: github("kim"),
    }
}

/// A run that is made and that nobody works on.
async fn made(pipeline: &Pipeline) -> RunId {
    let (delivery, id) = (delivery_id("github/1"), RunId::new(uuid::Uuid::now_v7()));
    pipeline.accept(&delivery, &push('b')).await.expect("kept");
    let spec = RunSpec {
        id,
        repository: "acme/infra".parse().expect("a name"),
        branch: "main".to_owned(),
        commit: commit('b'),
        base: None,
        author: Author { login: "kim".to_owned(), person: None },
        trigger: TriggerKind::Push,
        change: None,
        mode: Mode::Apply,
    };
    assert!(pipeline.store().create_run(&delivery, &spec, Timestamp::now()).await.expect("made"));
    id
}

async fn pipeline(data: &Path) -> Pipeline {
    Scene::open(data, ZONE).await.pipeline
}

fn github(login: &str) -> Actor {
    Actor { platform: Some(Platform::Github), login: login.to_owned() }
}

fn executor() -> FakeExecutor {
    let stage = |name: &str, units, approvals| FakeStage {
        name: StageName::parse(name).expect("a name"),
        units,
        approvals,
    };
    FakeExecutor::new(vec![stage("dev", 3, 0), stage("prd", 2, 2)])
}

fn states(runs: &[RunView]) -> Vec<RunState> {
    runs.iter().map(|run| run.state).collect()
}

#[tokio::test]
async fn a_push_is_applied_stage_by_stage_and_a_second_delivery_of_it_is_nothing() {
    let data = tempfile::tempdir().expect("a directory");
    let fake = executor();
    let site = Site::open(data.path(), fake.clone()).await;
    assert_eq!(site.push("github/1", 'b').await, Accepted::New);
    assert_eq!(site.push("github/1", 'b').await, Accepted::Duplicate);
    let runs = site.wait_for(|runs| states(runs) == [RunState::Waiting]).await;
    site.approve(&runs[0], "hong").await;
    site.approve(&runs[0], "lee").await;
    let runs = site.wait_for(|runs| states(runs) == [RunState::Applied]).await;
    assert_eq!(runs[0].approvals.len(), 2);
    assert_eq!(fake.applied().values().copied().collect::<Vec<_>>(), [1; 5]);
    assert_eq!(site.pipeline.store().count_targets().await.expect("a count"), 0, "no lock stays");
    site.close().await;
}

#[tokio::test]
async fn the_author_and_the_same_person_twice_do_not_count() {
    let data = tempfile::tempdir().expect("a directory");
    let site = Site::open(data.path(), executor()).await;
    site.push("github/1", 'b').await;
    let runs = site.wait_for(|runs| states(runs) == [RunState::Waiting]).await;
    let waits = runs[0].waiting_for.clone().expect("it waits");
    let act = || Act::Approve { stage: waits.stage.clone(), digest: waits.digest.clone() };
    let own = site.pipeline.act(runs[0].id, &github("kim"), act()).await.expect_err("the author's own");
    assert_eq!(own.to_string(), "kim made this change; somebody else must approve it");
    site.approve(&runs[0], "hong").await;
    let twice = site.pipeline.act(runs[0].id, &github("hong"), act()).await.expect_err("the same person");
    assert_eq!(twice.to_string(), "hong has approved this already; it takes another person");
    let stranger =
        site.pipeline.act(runs[0].id, &github("mallory"), act()).await.expect_err("nobody we know");
    assert!(stranger.to_string().contains("mallory"), "{stranger}");
    site.close().await;
}

#[tokio::test]
async fn work_that_was_cut_off_goes_on_where_it_was() {
    let data = tempfile::tempdir().expect("a directory");
    let fake = executor();
    let site = Site::open(data.path(), fake.clone()).await;
    fake.hold_applies(true);
    site.push("github/1", 'b').await;
    fake.wait_for(|asked| asked.iter().any(|asked| matches!(asked, Asked::Apply(..)))).await;
    // As when a machine is cut off from the others: its lease runs out, another takes the run, and it does not know.
    site.stop.cancel();
    let expire = "UPDATE runs SET lease_until = '1970-01-01T00:00:00Z'";
    sqlx::query(expire).execute(site.pipeline.store().writer()).await.expect("expired");
    let second = executor();
    let other = Site::open(data.path(), second.clone()).await;
    let fencing =
        || sqlx::query_scalar::<_, i64>("SELECT fencing FROM runs").fetch_one(site.pipeline.store().writer());
    while fencing().await.expect("a number") < 2 {
        tokio::task::yield_now().await;
    }
    // It comes back with results that count no more.
    fake.hold_applies(false);
    let runs = other.wait_for(|runs| states(runs) == [RunState::Waiting]).await;
    let resumed = second.asked().iter().filter(|asked| matches!(asked, Asked::Apply(_, true))).count();
    assert_eq!(resumed, 3, "what had begun is known to have begun: {:?}", second.asked());
    other.approve(&runs[0], "hong").await;
    other.approve(&runs[0], "lee").await;
    other.wait_for(|runs| states(runs) == [RunState::Applied]).await;
    site.close().await;
    other.close().await;
}

#[tokio::test]
async fn a_newer_push_takes_the_place_of_one_that_waits_and_forgets_nothing_of_it() {
    let data = tempfile::tempdir().expect("a directory");
    let fake = executor();
    let site = Site::open(data.path(), fake.clone()).await;
    site.push("github/1", 'b').await;
    site.wait_for(|runs| states(runs) == [RunState::Waiting]).await;
    site.push("github/2", 'c').await;
    let runs = site.wait_for(|runs| states(runs) == [RunState::Superseded, RunState::Waiting]).await;
    let by = runs[0].reason.clone().expect("a reason");
    assert_eq!(by, format!("superseded by {}", runs[1].id));
    assert_eq!(
        fake.asked().iter().filter(|asked| **asked == Asked::Prepare(None)).count(),
        2,
        "both begin from the branch's beginning"
    );
    site.close().await;
}

#[tokio::test]
async fn a_run_that_is_superseded_in_the_queue_is_let_go_of() {
    let data = tempfile::tempdir().expect("a directory");
    let fake = executor();
    fake.hold_applies(true);
    let site = Site::open(data.path(), fake.clone()).await;
    site.push("github/1", 'b').await;
    site.wait_for(|runs| states(runs) == [RunState::Applying]).await;
    site.push("github/2", 'c').await;
    site.wait_for(|runs| states(runs) == [RunState::Applying, RunState::Queued]).await;
    site.push("github/3", 'd').await;
    let runs = site.wait_for(|runs| runs.get(1).is_some_and(|run| run.state == RunState::Superseded)).await;
    let let_go = async {
        while site.pipeline.store().holder(runs[1].id).await.expect("a holder").is_some() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), let_go).await.expect("its worker lets go of it");
    fake.hold_applies(false);
    site.close().await;
}

#[tokio::test]
async fn a_failure_stops_the_run_and_a_retry_takes_it_up_again() {
    let data = tempfile::tempdir().expect("a directory");
    let fake = executor();
    let site = Site::open(data.path(), fake.clone()).await;
    let unit = pipeline_core::UnitId::parse("stack-dev.000000000001.eu-west-1").expect("an id");
    fake.fail(unit.clone(), true);
    site.push("github/1", 'b').await;
    let runs = site.wait_for(|runs| states(runs) == [RunState::Failed]).await;
    assert!(
        runs[0].reason.as_deref().is_some_and(|reason| reason.contains("the fake was told to fail")),
        "{:?}",
        runs[0].reason
    );
    fake.fail(unit, false);
    site.pipeline.act(runs[0].id, &github("kim"), Act::Retry).await.expect("retried");
    site.wait_for(|runs| states(runs) == [RunState::Waiting]).await;
    assert_eq!(fake.applied().values().copied().collect::<Vec<_>>(), [1; 3]);
    site.close().await;
}

#[tokio::test]
async fn a_failure_that_is_noted_while_a_run_is_taken_up_costs_it_nothing() {
    let data = tempfile::tempdir().expect("a directory");
    let pipeline = pipeline(data.path()).await;
    // The run is there and nobody's; from here on its log is opened and closed all the time until it waits.
    let id = made(&pipeline).await;
    let noting = pipeline.clone();
    let note = async |number: usize| {
        let gave_up = GaveUp { sink: "slack", run: id, reason: format!("reason {number}") };
        noting.record_gave_up(&gave_up).await;
        noting.run(id).await.expect("a run").is_some_and(|run| run.state != RunState::Waiting)
    };
    assert!(note(0).await, "nobody works on it");
    let site = Site::start(pipeline.clone(), executor());
    let mut noted = 1;
    while note(noted).await {
        noted += 1;
    }
    let fencing =
        sqlx::query_scalar::<_, i64>("SELECT fencing FROM runs").fetch_one(site.pipeline.store().writer());
    assert_eq!(fencing.await.expect("a number"), 1, "one worker from its begin on");
    site.close().await;
    let file = std::fs::read_to_string(pipeline.spool().path(id)).expect("records");
    assert_eq!(file.matches("notification-failed").count(), noted + 1, "each of them is on record");
}
