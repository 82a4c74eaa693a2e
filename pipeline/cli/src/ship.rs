//! `wayleave ship`.

use std::process::ExitCode;

/// Ship the audit stream to the index.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) async fn run(_arguments: Arguments) -> anyhow::Result<ExitCode> {
    anyhow::bail!("under construction")
}
