//! `wayleave audit`.

use std::process::ExitCode;

use crate::output::Format;

/// Check the audit record.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) async fn run(_arguments: Arguments, _format: Format) -> anyhow::Result<ExitCode> {
    anyhow::bail!("under construction")
}
