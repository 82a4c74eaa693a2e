//! `wayleave zone`: what the two files mean.

mod accounts;
mod check;
pub(crate) mod stacks;
mod units;

use std::process::ExitCode;

use landing_zone::{Account, Diagnostic, Severity, Zone};
use pipeline_engine::organizations::{Discovery, DiscoveryCache};

use crate::output::Format;
use crate::zone_file::ZoneArgument;

/// Read zone.hcl and wayleave.hcl and say what they mean, touching nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    zone: ZoneArgument,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Check(check::Arguments),
    Accounts(accounts::Arguments),
    Units(units::Arguments),
}

pub(crate) async fn run(arguments: Arguments, format: Format) -> anyhow::Result<ExitCode> {
    match arguments.command {
        Command::Check(command) => check::run(&command, &arguments.zone, format).await,
        Command::Accounts(command) => accounts::run(&command, &arguments.zone, format).await,
        Command::Units(command) => units::run(&command, &arguments.zone, format).await,
    }
}

/// What was last read of AWS Organizations, if anything is kept and the zone wants it; no call is made.
async fn kept(zone: &Zone, argument: &ZoneArgument) -> Option<Discovery> {
    if !zone.organization.discover {
        return None;
    }
    DiscoveryCache::new(&argument.base().join(&zone.server.data)).load().await
}

/// Whether accounts are to be discovered and none have been, so that what is said about them is not the whole.
fn accounts_are_unknown(zone: &Zone, kept: Option<&Discovery>) -> bool {
    zone.organization.discover && kept.is_none()
}

fn discovered(kept: Option<&Discovery>) -> &[Account] {
    kept.map_or(&[], |kept| &kept.accounts)
}

fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
