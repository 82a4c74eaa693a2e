//! `wayleave scan`.

use std::process::ExitCode;

use crate::output::Format;

/// Scan plans and templates by policy rules.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_arguments: &Arguments, _format: Format) -> anyhow::Result<ExitCode> {
    anyhow::bail!("under construction")
}
