//! `wayleave completions`: completion scripts for shells.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

/// Write a completion script for a shell to standard output.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    clap_complete::generate(
        arguments.shell,
        &mut crate::Arguments::command(),
        "wayleave",
        &mut std::io::stdout(),
    );
    Ok(ExitCode::SUCCESS)
}
