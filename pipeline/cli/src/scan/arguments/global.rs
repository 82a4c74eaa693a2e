//! The options that Terrascan takes before its subcommand as well as behind it.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, FromArgMatches, ValueEnum};

use super::words::Output;

/// The options, wherever they stand.
#[derive(Debug, Default, clap::Args)]
pub(in crate::scan) struct Global {
    /// The configuration file, in TOML, or in YAML if it is called so. Default: the file that `TERRASCAN_CONFIG` names.
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::scan) config_path: Option<PathBuf>,
    /// How the report is written.
    #[arg(short, long, value_enum)]
    pub(in crate::scan) output: Option<Output>,
    /// What is logged on standard error, over the environment variable `WAYLEAVE_LOG`.
    #[arg(short = 'l', long, value_enum, value_name = "LEVEL")]
    log_level: Option<Level>,
    /// How the log is written. Default: as text on a terminal, else as JSON.
    #[arg(short = 'x', long, value_enum, value_name = "TYPE")]
    log_type: Option<LogType>,
    /// Write the log and the report into files of this directory, too.
    #[arg(long, value_name = "DIR")]
    pub(in crate::scan) log_output_dir: Option<PathBuf>,
    /// Where what comes from git is put while it is read. Default: what `TERRASCAN_CUSTOM_TEMP_DIR` names, else the system's
    /// temporary directory.
    #[arg(long, value_name = "DIR")]
    temp_dir: Option<PathBuf>,
}

impl Global {
    /// Takes what stands before the subcommand for what is not behind it.
    fn complete(&mut self, ahead: Self) {
        self.config_path = self.config_path.take().or(ahead.config_path);
        self.output = self.output.or(ahead.output);
        self.log_level = self.log_level.or(ahead.log_level);
        self.log_type = self.log_type.or(ahead.log_type);
        self.log_output_dir = self.log_output_dir.take().or(ahead.log_output_dir);
        self.temp_dir = self.temp_dir.take().or(ahead.temp_dir);
    }

    /// Where what is fetched is put while it is read.
    pub(in crate::scan) fn scratch(&self) -> PathBuf {
        let given = self.temp_dir.clone().or_else(|| variable("TERRASCAN_CUSTOM_TEMP_DIR"));
        given.unwrap_or_else(std::env::temp_dir)
    }

    /// The configuration file that is named, here or by the environment.
    pub(in crate::scan) fn config(&self) -> Option<PathBuf> {
        self.config_path.clone().or_else(|| variable("TERRASCAN_CONFIG"))
    }

    /// What is said of the log.
    pub(super) fn logging(&self) -> crate::output::Logging {
        let level = self.log_level.map(|level| match level {
            Level::Debug => "debug",
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error | Level::Panic | Level::Fatal => "error",
        });
        let json = self.log_type.map(|kind| kind == LogType::Json);
        let directory = self.log_output_dir.clone();
        crate::output::Logging { level, json, directory, ..crate::output::Logging::default() }
    }
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The options where they stand before a subcommand.
#[derive(Debug, Default)]
pub(crate) struct Ahead {
    options: Global,
    /// The first of them that was given, as in `--output`.
    given: Option<String>,
}

impl Ahead {
    /// Brings them to where `scan` looks.
    pub(crate) fn join(self, scan: &mut super::Arguments) {
        scan.global.complete(self.options);
    }

    /// The option that a subcommand which is not `scan` does not have.
    pub(crate) fn given(&self) -> Option<&str> {
        self.given.as_deref()
    }

    /// The options, for a command line that is read. Help and completions are made without them: they are `scan`'s.
    pub(crate) fn arguments() -> Vec<Arg> {
        let command = <Global as clap::Args>::augment_args(Command::new("scan"));
        let last_counts = |arg: &Arg| arg.clone().hide(true).overrides_with(arg.get_id());
        command.get_arguments().map(last_counts).collect()
    }
}

impl clap::Args for Ahead {
    fn augment_args(command: Command) -> Command {
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        command
    }
}

impl FromArgMatches for Ahead {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let options = Self::arguments();
        let given = options.iter().find(|option| matches.contains_id(option.get_id().as_str()));
        let given = given.and_then(|option| option.get_long()).map(|long| format!("--{long}"));
        Ok(Self { options: Global::from_arg_matches(matches)?, given })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Terrascan's levels of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    /// All that there is.
    Debug,
    /// What is done.
    Info,
    /// What may be wrong.
    Warn,
    /// What is wrong.
    Error,
    /// As error: nothing is worse here.
    #[value(alias = "dpanic")]
    Panic,
    /// As error.
    Fatal,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogType {
    /// Text.
    Console,
    /// A JSON object a line.
    Json,
}
