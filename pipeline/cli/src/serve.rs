//! `wayleave serve`.

use std::process::ExitCode;

/// Serve webhooks, Slack, the API, the pages and the workers.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) async fn run(_arguments: Arguments) -> anyhow::Result<ExitCode> {
    anyhow::bail!("under construction")
}
