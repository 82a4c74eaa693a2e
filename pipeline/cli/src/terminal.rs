//! `wayleave plan` and `wayleave apply`: the same pipeline from a terminal, without a server.
//!
//! The run's own events live in a database that is gone with the command. Plans, checkouts, the audit spool and (for a zone
//! without a state bucket) the state stay in the zone's data directory.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use jiff::Timestamp;
use landing_zone::{Database, PersonName, StackName, StageName, Zone};
use pipeline_core::event::{Author, Mode, RunSpec};
use pipeline_core::trigger::TriggerKind;
use pipeline_core::{Commit, DeliveryId, Event, RunId, RunState, RunView, Trigger};
use pipeline_engine::Pipeline;
use pipeline_engine::executor::Selection;
use pipeline_engine::notify::outcome::counted;
use pipeline_engine::secrets::Secrets;
use pipeline_engine::worker::{Limits, Workers};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::client::changes;
use crate::output::{self, Format};
use crate::zone::stacks::RepoArguments;
use crate::zone_file::ZoneArgument;
use crate::{app, style};

/// How long the audit stream gets to take what is left when the run has ended.
const SHIP: Duration = Duration::from_secs(30);
/// What exit codes 1 and 2 tell.
const REFUSED: u8 = 2;

/// Plan and scan a repository's stacks in their accounts, and apply nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    common: Common,
}

/// Plan, scan and apply a repository's stacks, stage after stage; a stage that wants approvals is not applied from a terminal.
#[derive(Debug, clap::Args)]
pub(crate) struct Apply {
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
struct Common {
    #[command(flatten)]
    zone: ZoneArgument,
    #[command(flatten)]
    repo: RepoArguments,
    /// Only this stage.
    #[arg(long, value_name = "STAGE")]
    stage: Option<StageName>,
    /// Only this stack.
    #[arg(long, value_name = "STACK")]
    stack: Option<StackName>,
}

pub(crate) async fn plan(arguments: Plan, format: Format) -> anyhow::Result<ExitCode> {
    run(arguments.common, Mode::PlanOnly, format).await
}

pub(crate) async fn apply(arguments: Apply, format: Format) -> anyhow::Result<ExitCode> {
    run(arguments.common, Mode::Apply, format).await
}

/// A checkout that is planned: the zone with it in the repository's place, and what it is at.
struct Site {
    zone: Zone,
    spec: RunSpec,
}

async fn run(common: Common, mode: Mode, format: Format) -> anyhow::Result<ExitCode> {
    let scratch = tempfile::tempdir().context("cannot make a directory for the run")?;
    let site = site(&common, mode, scratch.path())?;
    let base = common.zone.base();
    let pipeline = Pipeline::open(site.zone, Secrets::default(), &base).await?;
    let selection = Selection { stage: common.stage, stack: common.stack };
    let executor = app::executor(&common.zone, &pipeline).await?.only(selection);
    let stop = app::shutdown()?;
    let id = site.spec.id;
    begin(&pipeline, &site.spec).await?;
    let workers = Workers::new(pipeline.clone(), executor, Limits::of(pipeline.zone().server.workers));
    let shipping = CancellationToken::new();
    let (ended, (), shipped) = tokio::join!(
        async {
            let ended = follow(&pipeline, id, mode, &stop).await;
            stop.cancel();
            settle(&pipeline, id, &shipping).await;
            ended
        },
        workers.run(stop.clone()),
        app::ship(&pipeline, true, &shipping),
    );
    shipped?;
    tell(&pipeline, &ended?, mode, format).await
}

fn site(common: &Common, mode: Mode, scratch: &Path) -> anyhow::Result<Site> {
    let mut zone = common.zone.read()?;
    let repository = common.repo.repository(&zone)?.name.clone();
    let directory = common.repo.repo.clone().unwrap_or_else(|| PathBuf::from("."));
    let root = PathBuf::from(git(&directory, &["rev-parse", "--show-toplevel"])?);
    let branch = git(&root, &["symbolic-ref", "--short", "HEAD"])
        .context("check a branch out first: a detached HEAD has no name")?;
    let commit = Commit::parse(&git(&root, &["rev-parse", "HEAD"])?)?;
    if !git(&root, &["status", "--porcelain"])?.is_empty() {
        output::notice(&format!(
            "{} has changes that are not committed; commit {} is used",
            root.display(),
            commit.short()
        ));
    }
    for known in zone.repositories.iter_mut().filter(|known| known.name == repository) {
        known.url = format!("file://{}", root.display());
        known.branch.clone_from(&branch);
    }
    zone.repositories.retain(|known| known.name == repository);
    // Nobody is told of it but who typed it.
    zone.slack = None;
    zone.forges.clear();
    zone.server.database = Database::Sqlite(format!("sqlite:{}", scratch.join("run.db").display()));
    let (login, person) = who(&zone);
    let spec = RunSpec {
        id: RunId::new(uuid::Uuid::now_v7()),
        repository,
        branch,
        commit,
        base: None,
        author: Author { login, person },
        trigger: TriggerKind::Command,
        change: None,
        mode,
    };
    Ok(Site { zone, spec })
}

/// Who types: the user's name, and the person of the zone who is called so.
fn who(zone: &Zone) -> (String, Option<PersonName>) {
    let login = std::env::var("USER").unwrap_or_else(|_| "terminal".to_owned());
    let person =
        zone.persons.iter().find(|person| person.name.as_str() == login).map(|person| person.name.clone());
    (login, person)
}

fn git(directory: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = std::process::Command::new("git").arg("-C").arg(directory).args(arguments).output();
    let output = output.context("cannot run git; is it installed?")?;
    if !output.status.success() {
        bail!(
            "git {} failed in {}: {}",
            arguments.join(" "),
            directory.display(),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

async fn begin(pipeline: &Pipeline, spec: &RunSpec) -> anyhow::Result<()> {
    let delivery = DeliveryId::parse(&format!("terminal/{}", spec.id))?;
    let person = spec.author.person.clone().map_or_else(|| PersonName::parse("terminal"), Ok)?;
    let trigger = Trigger::Start { repository: spec.repository.clone(), branch: spec.branch.clone(), person };
    // The store directly, so that no worker makes a run of its own of it.
    pipeline.store().accept(&delivery, &trigger).await?;
    pipeline.store().create_run(&delivery, spec, Timestamp::now()).await?;
    Ok(())
}

/// Tells what happens until the run has ended, or waits for what a terminal cannot give.
async fn follow(
    pipeline: &Pipeline,
    id: RunId,
    mode: Mode,
    stop: &CancellationToken,
) -> anyhow::Result<RunView> {
    let mut moved = pipeline.changes();
    let mut told = std::collections::BTreeMap::new();
    loop {
        let run = pipeline.run(id).await?.context("the run is gone")?;
        for unit in &run.units {
            if told.insert(unit.id.clone(), unit.state) != Some(unit.state) {
                output::notice(&format!(
                    "{:<9} {} in {} ({})",
                    unit.state.name(),
                    unit.stack,
                    unit.account_name,
                    unit.region
                ));
            }
        }
        // A run that waits for a time goes on by itself; one that waits for people does not, here.
        let goes_on = matches!(
            run.state,
            RunState::Queued | RunState::Planning | RunState::Applying | RunState::Waiting
        );
        let planned = mode == Mode::PlanOnly && run.state == RunState::Waiting;
        if !goes_on || planned || run.waiting_for.is_some() || stop.is_cancelled() {
            return Ok(run);
        }
        tokio::select! {
            _ = moved.recv() => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Ends a run that waits, and gives the audit stream time to take the last of it.
async fn settle(pipeline: &Pipeline, id: RunId, shipping: &CancellationToken) {
    let event = Event::Cancelled { by: "the end of the command".to_owned(), reason: String::new() };
    // A run that has ended by itself refuses this, and that is well.
    let _ = pipeline.runs_door().submit_one(id, event, None, |_| ()).await;
    let shipper = pipeline_engine::ship::Shipper::new(
        std::sync::Arc::clone(pipeline.index()),
        pipeline_engine::index::DeadLetters::new(pipeline.data()),
    );
    if tokio::time::timeout(SHIP, shipper.drained(pipeline.spool(), id)).await.is_err() {
        output::notice("the audit index has not taken everything yet; what is left stays in the spool");
    }
    shipping.cancel();
}

async fn tell(pipeline: &Pipeline, run: &RunView, mode: Mode, format: Format) -> anyhow::Result<ExitCode> {
    if format == Format::Json {
        output::json(run)?;
    } else {
        for unit in &run.units {
            let report = pipeline.report(run.id, &unit.id).await?;
            let document = report.map_or(Value::Null, |report| {
                json!({
                    "unit": unit,
                    "changes": report.changes.resources,
                    "other": report.changes.other,
                    "findings": report.findings,
                    "skipped": report.skipped,
                })
            });
            match (&unit.reason, document) {
                (Some(reason), _) => {
                    output::line(&format!("{} in {} failed: {reason}", unit.id, unit.account_name))?;
                }
                (None, Value::Null) => {
                    output::line(&format!("{} in {}: {}", unit.id, unit.account_name, unit.state.name()))?;
                }
                (None, document) => output::lines(&changes::lines(&document, style::is_coloured())?)?,
            }
        }
    }
    let waits = run.waiting_for.as_ref().filter(|_| mode == Mode::Apply);
    if let Some(waits) = waits {
        output::notice(&format!(
            "stage {} wants {}; push the change, and let it be approved there",
            waits.stage,
            counted(usize::try_from(waits.approvals).unwrap_or(usize::MAX), "approval")
        ));
    } else if let Some(reason) = run.reason.as_ref().filter(|_| run.state != RunState::Waiting) {
        output::notice(reason);
    }
    Ok(match run.state {
        _ if waits.is_some() => ExitCode::from(REFUSED),
        RunState::Refused => ExitCode::from(REFUSED),
        RunState::Applied | RunState::Unchanged => ExitCode::SUCCESS,
        RunState::Waiting if mode == Mode::PlanOnly => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}
