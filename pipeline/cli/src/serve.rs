//! `wayleave serve`: webhooks, Slack, the API, the pages and the workers in one process.

use std::process::ExitCode;

use anyhow::Context;
use pipeline_engine::Pipeline;
use pipeline_engine::worker::{Limits, Workers};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::app;
use crate::zone_file::ZoneArgument;

/// Serve webhooks, Slack, the API and the pages, and work on runs.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    zone: ZoneArgument,
    /// Units planned at once on this machine; 0 for the front alone. Default: the zone's `server.workers`.
    #[arg(long, value_name = "N")]
    workers: Option<u32>,
    /// Leave the audit stream to `wayleave ship` in a process of its own.
    #[arg(long)]
    no_ship: bool,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    app::harden();
    let pipeline = app::pipeline(&arguments.zone).await?;
    let shutdown = app::shutdown()?;
    let listen = pipeline.zone().server.listen;
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen on {listen}; is another server there?"))?;
    let workers = arguments.workers.unwrap_or(pipeline.zone().server.workers);
    tracing::info!(workers, "serving on http://{}", listener.local_addr().unwrap_or(listen));
    let front = webhook_server::serve(listener, pipeline.clone(), shutdown.clone().cancelled_owned());
    let ((), worked, told, shipped) = tokio::join!(
        front,
        stopping(&shutdown, work(&arguments.zone, &pipeline, workers, &shutdown)),
        stopping(&shutdown, app::notify(&pipeline, &shutdown)),
        stopping(&shutdown, app::ship(&pipeline, !arguments.no_ship, &shutdown)),
    );
    worked.and(told).and(shipped)?;
    pipeline.store().close().await;
    Ok(ExitCode::SUCCESS)
}

/// Works on runs until the shutdown.
pub(crate) async fn work(
    zone: &ZoneArgument,
    pipeline: &Pipeline,
    workers: u32,
    shutdown: &CancellationToken,
) -> anyhow::Result<()> {
    if workers == 0 {
        return Ok(());
    }
    let executor = app::executor(zone, pipeline).await?;
    executor.warm();
    Workers::new(pipeline.clone(), executor, Limits::of(workers)).run(shutdown.clone()).await;
    Ok(())
}

/// A part that fails ends the others.
async fn stopping<T>(
    shutdown: &CancellationToken,
    part: impl Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<T> {
    let done = part.await;
    if done.is_err() {
        shutdown.cancel();
    }
    done
}
