//! `wayleave worker`.

use std::process::ExitCode;

/// Work on runs without serving.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) async fn run(_arguments: Arguments) -> anyhow::Result<ExitCode> {
    anyhow::bail!("under construction")
}
