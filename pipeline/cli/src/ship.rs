//! `wayleave ship`: the audit stream to the index, for further machines.

use std::process::ExitCode;

use crate::app;
use crate::zone_file::ZoneArgument;

/// Ship the audit stream to the index; `wayleave serve` does it too, unless told otherwise.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    zone: ZoneArgument,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let pipeline = app::pipeline(&arguments.zone).await?;
    tracing::info!("shipping the audit stream to the index");
    app::ship(&pipeline, true, &app::shutdown()?).await?;
    Ok(ExitCode::SUCCESS)
}
