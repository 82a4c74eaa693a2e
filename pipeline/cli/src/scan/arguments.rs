//! What `wayleave scan` takes: Terrascan's options, and ours.

use std::path::PathBuf;

use clap::ValueEnum;
use policies::Severity;
use policies::find;

/// Judge infrastructure code by rules: Terraform directories and plans, CloudFormation and SAM templates.
///
/// Exit code: 0 nothing found, 3 findings, 4 something could not be checked, 5 both, 1 wrong use.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Arguments {
    /// Files, or directories to look through. Default: this directory.
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<String>,
    /// A further directory to look through.
    #[arg(short = 'd', long, value_name = "DIR")]
    pub(super) iac_dir: Vec<String>,
    /// A further file.
    #[arg(short = 'f', long, value_name = "FILE")]
    pub(super) iac_file: Vec<String>,
    /// What to look for.
    #[arg(short, long, value_enum, default_value_t = Kind::All)]
    pub(super) iac_type: Kind,
    /// Accepted: every version is read.
    #[arg(long, value_name = "VERSION")]
    pub(super) iac_version: Option<String>,
    /// Look at the directories themselves, and not below them.
    #[arg(long)]
    pub(super) non_recursive: bool,
    /// Leave paths out, such as `examples/**`; may be given more than once.
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,
    #[command(flatten)]
    pub(super) values: Values,
    /// Accepted: modules that `terraform init` has downloaded are always read.
    #[arg(long)]
    pub(super) use_terraform_cache: bool,

    /// A directory of rules, `builtin`, or a git URL with `?ref=COMMIT`; may be given more than once.
    #[arg(short, long, value_name = "PACK")]
    pub(super) policy_path: Vec<String>,
    /// The provider whose rules are used.
    #[arg(short = 't', long, value_enum, value_delimiter = ',')]
    pub(super) policy_type: Vec<Provider>,
    /// Judge by these rules alone.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) scan_rules: Vec<String>,
    /// Judge by all rules but these.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) skip_rules: Vec<String>,
    /// Only findings that are at least this bad: low, medium or high.
    #[arg(long, value_name = "LEVEL")]
    pub(super) severity: Option<Severity>,
    /// Only rules of these categories.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(super) categories: Vec<String>,
    /// List the rules and scan nothing.
    #[arg(long)]
    pub(super) list_rules: bool,
    /// Tell all about a rule and scan nothing.
    #[arg(long, value_name = "ID")]
    pub(super) explain: Option<String>,

    /// Write what Terrascan's rules see of Terraform and templates, as JSON or YAML, and judge nothing.
    #[arg(long)]
    pub(super) config_only: bool,
    /// The same, with what could not be read.
    #[arg(long)]
    pub(super) config_with_error: bool,

    /// Leave out what this file says is known.
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write what is found into this file as known.
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(super) write_baseline: Option<PathBuf>,
    /// Only findings that the changes since this commit or branch could have made.
    #[arg(long, value_name = "REF", allow_hyphen_values = false)]
    pub(super) changed_since: Option<String>,
    /// The configuration file, in TOML.
    #[arg(short, long, value_name = "FILE", env = "TERRASCAN_CONFIG")]
    pub(super) config_path: Option<PathBuf>,

    /// How the report is written.
    #[arg(short, long, value_enum)]
    pub(super) output: Option<Output>,
    /// Write the JSON or YAML that Terrascan itself would, with a violation for each resource of the same type and name.
    #[arg(long)]
    pub(super) terrascan_output: bool,
    /// Tell the rules that found nothing, too.
    #[arg(long)]
    pub(super) show_passed: bool,
    /// Tell every instance, and skipped findings in full.
    #[arg(short, long)]
    pub(super) verbose: bool,
    /// Colours: on a terminal, always, or never.
    #[arg(long, value_enum, default_value_t = Colours::Auto)]
    pub(super) use_colors: Colours,
    /// The branch that is scanned, for the summary.
    #[arg(long, value_name = "BRANCH")]
    pub(super) repo_ref: Option<String>,

    /// What is logged on standard error, over the environment variable `WAYLEAVE_LOG`.
    #[arg(short = 'l', long, value_enum, value_name = "LEVEL")]
    log_level: Option<Level>,
    /// How the log is written. Default: as text on a terminal, else as JSON.
    #[arg(short = 'x', long, value_enum, value_name = "TYPE")]
    log_type: Option<LogType>,
    /// Where rules that come from git are put while they are read. Default: the system's temporary directory.
    #[arg(long, value_name = "DIR")]
    pub(super) temp_dir: Option<PathBuf>,

    #[command(flatten)]
    pub(super) foreign: Foreign,
}

/// `--var` and `--var-file` in the order of the command line: as for Terraform, the last one counts.
#[derive(Debug, Default)]
pub(super) struct Values(pub(super) Vec<Value>);

/// What gives variables their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// `NAME=VALUE`.
    One(String),
    /// A file.
    File(String),
}

impl clap::Args for Values {
    fn augment_args(command: clap::Command) -> clap::Command {
        let option = |name: &'static str, value: &'static str, help: &'static str| {
            clap::Arg::new(name).long(name).value_name(value).help(help).action(clap::ArgAction::Append)
        };
        command.arg(option("var", "NAME=VALUE", "The value of a variable or of a template's parameter")).arg(
            option("var-file", "FILE", "A file of values of variables; of it and `--var` the last counts"),
        )
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Values {
    fn from_arg_matches(matches: &clap::ArgMatches) -> Result<Self, clap::Error> {
        let given = |name: &str, value: fn(String) -> Value| {
            let at = matches.indices_of(name).into_iter().flatten();
            let texts = matches.get_many::<String>(name).into_iter().flatten().cloned();
            at.zip(texts.map(value)).collect::<Vec<_>>()
        };
        let mut values = given("var", Value::One);
        values.extend(given("var-file", Value::File));
        values.sort_by_key(|(at, _)| *at);
        Ok(Self(values.into_iter().map(|(_, value)| value).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &clap::ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Arguments {
    /// The level of `-l`, and whether `-x json` was given.
    pub(crate) fn logging(&self) -> crate::output::Logging {
        let level = self.log_level.map(|level| match level {
            Level::Debug => "debug",
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error | Level::Panic | Level::Fatal => "error",
        });
        let json = self.log_type.map(|kind| kind == LogType::Json);
        crate::output::Logging { level, json, ..crate::output::Logging::default() }
    }
}

/// Terrascan's levels of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
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
pub(super) enum LogType {
    /// Text.
    Console,
    /// A JSON object a line.
    Json,
}

/// Terrascan's options that mean nothing here. Some are accepted, others refused with what to do instead.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Foreign {
    #[arg(long, hide = true)]
    repo_url: Option<String>,
    #[arg(short = 'r', long, hide = true)]
    remote_type: Option<String>,
    #[arg(short = 'u', long, hide = true)]
    remote_url: Option<String>,
    #[arg(long, hide = true)]
    find_vuln: bool,
    #[arg(long, hide = true)]
    webhook_url: Option<String>,
    #[arg(long, hide = true)]
    webhook_token: Option<String>,
    #[arg(long, hide = true)]
    values_files: Option<String>,
    #[arg(long, hide = true)]
    log_output_dir: Option<String>,
}

impl Foreign {
    /// Why the command line is refused, and what to do instead.
    pub(super) fn refusal(&self) -> Option<&'static str> {
        let refused = [
            (
                self.remote_type.is_some() || self.remote_url.is_some(),
                "-r and -u: nothing is downloaded to be scanned; check the repository out and give its directory",
            ),
            (self.find_vuln, "--find-vuln: images are not looked into; use a scanner of images"),
            (
                self.webhook_url.is_some() || self.webhook_token.is_some(),
                "--webhook-url and --webhook-token: nothing is sent; write the report with -o json and send it",
            ),
            (self.values_files.is_some(), "--values-files: Helm charts are not scanned"),
            (
                self.log_output_dir.is_some(),
                "--log-output-dir: the report goes to standard output and all else to standard error; redirect them",
            ),
        ];
        refused.into_iter().find_map(|(given, reason)| given.then_some(reason))
    }
}

/// Kinds of input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// Whatever is there.
    #[default]
    All,
    /// Terraform's own files.
    Terraform,
    /// `terraform show -json` of a plan.
    Tfplan,
    /// CloudFormation templates, SAM's among them.
    #[value(alias = "cft")]
    Cloudformation,
    /// SAM templates.
    Sam,
}

impl Kind {
    pub(super) fn wanted(self) -> &'static [find::Kind] {
        use find::Kind::{CloudFormation, Plan, Sam, Terraform};
        match self {
            Self::All => &[Terraform, Plan, CloudFormation, Sam],
            Self::Terraform => &[Terraform],
            Self::Tfplan => &[Plan],
            Self::Cloudformation => &[CloudFormation],
            Self::Sam => &[Sam],
        }
    }
}

/// Providers with rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Provider {
    /// All that there are.
    All,
    /// Amazon Web Services.
    Aws,
}

/// Formats of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Output {
    /// For people.
    Human,
    /// JSON in Terrascan's shape.
    Json,
    /// The same as YAML.
    Yaml,
    /// XML in Terrascan's shape.
    Xml,
    /// JUnit XML, for build servers.
    JunitXml,
    /// SARIF 2.1.0.
    Sarif,
    /// SARIF with paths relative to the repository, for GitHub's code scanning.
    GithubSarif,
    /// Markdown, for comments and job summaries.
    Markdown,
}

/// When the report has colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Colours {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    #[value(name = "t", alias = "true", alias = "always")]
    Always,
    /// Never.
    #[value(name = "f", alias = "false", alias = "never")]
    Never,
}
