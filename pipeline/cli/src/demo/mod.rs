//! `wayleave demo`: a whole landing zone on this machine, and one change on its way through it.

mod landscape;
mod people;
mod picture;
mod report;
mod server;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use pipeline_core::{RunState, RunView};

use crate::output::Format;
use landscape::Landscape;
use people::People;
use picture::Picture;
use server::Server;

/// After this the demo gives up; it takes a minute or two.
const DEADLINE: Duration = Duration::from_secs(900);
/// How often the server is asked how the run goes.
const LOOK: Duration = Duration::from_millis(400);

/// Run a whole landing zone on this machine: MGMT, DEV, STG and PRD on a local AWS emulator, a repository, a push, the run, the
/// approvals and the audit index.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// End when the run has ended, instead of staying up to be looked round in.
    #[arg(long)]
    exit: bool,
    /// Write the run as JSON to this file, with `records` (in the audit index) and `seconds`.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Keep everything in this directory, instead of one that is removed.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

pub(crate) async fn run(arguments: Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let scratch = match &arguments.keep {
        Some(_) => None,
        None => Some(tempfile::tempdir().context("cannot make a directory for the demo")?),
    };
    let directory =
        arguments.keep.clone().or_else(|| scratch.as_ref().map(|scratch| scratch.path().to_path_buf()));
    let directory = directory.context("no directory for the demo")?;
    std::fs::create_dir_all(&directory).with_context(|| format!("cannot make {}", directory.display()))?;
    let interrupted = tokio::signal::ctrl_c();
    tokio::select! {
        done = play(&arguments, &directory, format) => done,
        _ = interrupted => bail!("interrupted"),
    }
}

async fn play(
    arguments: &Arguments,
    directory: &std::path::Path,
    format: Format,
) -> anyhow::Result<ExitCode> {
    let mut picture = Picture::new();
    let landscape = Landscape::build(directory, |line| picture.tell(line)).await?;
    picture.tell("starting wayleave serve");
    let server = Server::start(directory, &landscape).await?;
    let people = People::new(&server, &landscape);
    picture.tell("pushing a change: kim adds four stacks to acme/infra");
    let begun = Instant::now();
    people.push().await?;
    let run = tokio::time::timeout(DEADLINE, follow(&people, &mut picture)).await;
    let run = run.with_context(|| format!("the run had not ended after {} s", DEADLINE.as_secs()))??;
    let records = tokio::time::timeout(DEADLINE, people.records(&run))
        .await
        .context("the audit index did not get everything")??;
    let seconds = begun.elapsed().as_secs_f64();
    picture.end(&run);
    report::write(arguments.report.as_deref(), &run, records, seconds)?;
    report::tell(&run, records, seconds, &server, &landscape, format)?;
    if !arguments.exit {
        picture.tell("the server stays up; Ctrl-C ends it");
        server.wait().await?;
    }
    server.stop().await?;
    landscape.stop().await;
    Ok(if run.state == RunState::Applied { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Watches the run to its end; whoever is to approve looks at what the stage's digest says, and approves.
async fn follow(people: &People<'_>, picture: &mut Picture) -> anyhow::Result<RunView> {
    loop {
        let Some(run) = people.run().await? else {
            tokio::time::sleep(LOOK).await;
            continue;
        };
        picture.show(&run);
        if let Some(waits) = &run.waiting_for {
            picture.tell(&people.approve(&run, waits).await?);
            continue;
        }
        match run.state {
            RunState::Queued | RunState::Planning | RunState::Waiting | RunState::Applying => {}
            RunState::Applied
            | RunState::Unchanged
            | RunState::Refused
            | RunState::Failed
            | RunState::Cancelled
            | RunState::Superseded => {
                return Ok(run);
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}
