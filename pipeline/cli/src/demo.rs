//! `wayleave demo`.

use std::process::ExitCode;

use crate::output::Format;

/// Run a whole landing zone on this machine.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) async fn run(_arguments: Arguments, _format: Format) -> anyhow::Result<ExitCode> {
    anyhow::bail!("under construction")
}
