//! `wayleave doctor`.

use std::process::ExitCode;

use crate::output::Format;

/// Say what this machine has and lacks.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) async fn run(_arguments: &Arguments, _format: Format) -> anyhow::Result<ExitCode> {
    anyhow::bail!("under construction")
}
