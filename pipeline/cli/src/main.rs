//! The `wayleave` program: one file a subcommand; [`app`] puts the parts together.

mod app;
mod audit;
mod client;
mod completions;
mod demo;
mod doctor;
mod git;
mod output;
mod packs;
mod rules;
mod scan;
mod serve;
mod ship;
mod style;
mod table;
mod terminal;
mod token;
mod worker;
mod zone;
mod zone_file;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use output::Format;

/// Rules make and drop small values all the time, which the C library's allocator takes a sixth of a scan for. How this one is built says
/// `.cargo/config.toml`.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Grants infrastructure changes their way into every account of an AWS Landing Zone: planned, scanned, approved, applied,
/// and on record.
#[derive(Debug, Parser)]
#[command(name = "wayleave", version, propagate_version = true, max_term_width = 100)]
struct Arguments {
    /// How results are written to standard output.
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    ahead: scan::Ahead,
    #[command(subcommand)]
    command: Command,
}

impl Arguments {
    /// Reads a command line.
    fn read(words: impl Iterator<Item = std::ffi::OsString>) -> Result<Self, clap::Error> {
        let command = Self::command().args(scan::Ahead::arguments());
        let mut command = command.mut_subcommand("scan", scan::with_values);
        let mut matches = command.try_get_matches_from_mut(words)?;
        let mut arguments =
            Self::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))?;
        let ahead = std::mem::take(&mut arguments.ahead);
        match (&mut arguments.command, ahead.given()) {
            (Command::Scan(scan), _) => ahead.join(scan),
            (_, None) => {}
            (_, Some(option)) => {
                let said =
                    format!("{option} is an option of `wayleave scan`; this subcommand has none of it");
                return Err(command.error(clap::error::ErrorKind::UnknownArgument, said));
            }
        }
        Ok(arguments)
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Arguments),
    Serve(serve::Arguments),
    Worker(worker::Arguments),
    Ship(ship::Arguments),
    Plan(terminal::Plan),
    Apply(terminal::Apply),
    Scan(Box<scan::Arguments>),
    Zone(zone::Arguments),
    Runs(client::runs::Arguments),
    Show(client::show::Arguments),
    Logs(client::logs::Arguments),
    Approve(client::decide::Approve),
    Reject(client::decide::Reject),
    Cancel(client::decide::Cancel),
    Retry(client::decide::Retry),
    Token(token::Arguments),
    Audit(audit::Arguments),
    Doctor(doctor::Arguments),
    Completions(completions::Arguments),
}

fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(error) => return output::usage(&error),
    };
    let logging = match &arguments.command {
        Command::Scan(scan) => scan.logging(),
        Command::Serve(_) | Command::Worker(_) | Command::Ship(_) => output::Logging::server(),
        _ => output::Logging::default(),
    };
    if let Err(error) = output::start_logging(&logging) {
        return output::fail(&error);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return output::fail(&anyhow::Error::new(error).context("cannot start threads")),
    };
    let done = runtime.block_on(run(arguments));
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    done.unwrap_or_else(|error| output::fail(&error))
}

async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let format = arguments.format;
    match arguments.command {
        Command::Demo(arguments) => demo::run(arguments, format).await,
        Command::Serve(arguments) => serve::run(arguments).await,
        Command::Worker(arguments) => worker::run(arguments).await,
        Command::Ship(arguments) => ship::run(arguments).await,
        Command::Plan(arguments) => terminal::plan(arguments, format).await,
        Command::Apply(arguments) => terminal::apply(arguments, format).await,
        Command::Scan(arguments) => scan::run(&arguments, format).await,
        Command::Zone(arguments) => zone::run(arguments, format).await,
        Command::Runs(arguments) => client::runs::run(&arguments, format).await,
        Command::Show(arguments) => client::show::run(&arguments, format).await,
        Command::Logs(arguments) => client::logs::run(&arguments, format).await,
        Command::Approve(arguments) => client::decide::approve(&arguments, format).await,
        Command::Reject(arguments) => client::decide::reject(&arguments, format).await,
        Command::Cancel(arguments) => client::decide::cancel(&arguments, format).await,
        Command::Retry(arguments) => client::decide::retry(&arguments, format).await,
        Command::Token(arguments) => token::run(arguments, format).await,
        Command::Audit(arguments) => audit::run(arguments, format).await,
        Command::Doctor(arguments) => doctor::run(&arguments, format).await,
        Command::Completions(arguments) => completions::run(&arguments),
    }
}
