//! `wayleave worker`: workers alone, for further machines.

use std::process::ExitCode;

use crate::app;
use crate::serve::work;
use crate::zone_file::ZoneArgument;

/// Work on runs without serving; for further processes beside `wayleave serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    zone: ZoneArgument,
    /// Units planned at once on this machine. Default: the zone's `server.workers`.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    workers: Option<u32>,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    app::harden();
    let pipeline = app::pipeline(&arguments.zone).await?;
    let workers = arguments.workers.unwrap_or(pipeline.zone().server.workers).max(1);
    tracing::info!(workers, "working on runs of {}", pipeline.zone().server.database.as_str());
    work(&arguments.zone, &pipeline, workers, &app::shutdown()?).await?;
    pipeline.store().close().await;
    Ok(ExitCode::SUCCESS)
}
