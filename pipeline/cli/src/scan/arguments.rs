//! What `wayleave scan` takes: Terrascan's options, and ours.

mod global;
mod switch;
mod values;
mod words;

use std::path::PathBuf;

use policies::Severity;
use reqwest::Url;
use secrecy::SecretString;

pub(crate) use global::Ahead;
use global::Global;
pub(crate) use switch::with_values;
pub(super) use values::Value;
use values::Values;
pub(super) use words::{Colours, Output};
use words::{ColoursParser, Kind, Provider, RemoteType};

/// Judge infrastructure code by rules: Terraform directories and plans, CloudFormation and SAM templates.
///
/// Exit code: 0 nothing found, 3 findings, 4 something could not be checked, 5 both, 1 wrong use.
#[derive(Debug, Default, clap::Args)]
#[command(
    args_override_self = true,
    after_help = "\
    -c, -l, -o, -x, --log-output-dir and --temp-dir may stand before `scan`, too. Switches may be written \
    --switch=true and --switch=false; of options that take one value, the last counts."
)]
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
    /// Fetch what is to be scanned, from git.
    #[arg(short, long, value_enum, value_name = "TYPE", requires = "remote_url")]
    pub(super) remote_type: Option<RemoteType>,
    /// The repository to scan: `https://host/repository.git//DIR?ref=REF`, with or without DIR and REF.
    #[arg(
        short = 'u',
        long,
        value_name = "URL",
        requires = "remote_type",
        conflicts_with_all = ["paths", "iac_dir", "iac_file", "changed_since"]
    )]
    pub(super) remote_url: Option<String>,
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
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = ColoursParser)]
    pub(super) use_colors: Colours,
    /// The repository that is scanned, for the summary: in place of the paths.
    #[arg(long, value_name = "URL")]
    pub(super) repo_url: Option<String>,
    /// The branch that is scanned, for the summary.
    #[arg(long, value_name = "BRANCH")]
    pub(super) repo_ref: Option<String>,
    /// Send the report, and what Terrascan's rules see, to this address, as JSON.
    #[arg(long, value_name = "URL", value_parser = super::webhook::address)]
    pub(super) webhook_url: Option<Url>,
    /// What the receiver knows the sender by: a bearer token.
    #[arg(long, value_name = "TOKEN", requires = "webhook_url")]
    pub(super) webhook_token: Option<SecretString>,

    #[command(flatten)]
    pub(super) global: Global,
    /// Accepted when false: images are not looked into.
    #[arg(long, hide = true)]
    find_vuln: bool,
    /// Refused: Helm charts are not scanned.
    #[arg(long, hide = true)]
    values_files: Option<String>,
}

impl Arguments {
    /// What is said of the log.
    pub(crate) fn logging(&self) -> crate::output::Logging {
        self.global.logging()
    }

    /// What is not done here, and what to do instead.
    pub(super) fn refusal(&self) -> Option<&'static str> {
        let refused = [
            (self.find_vuln, "--find-vuln: images are not looked into; use a scanner of images"),
            (self.values_files.is_some(), "--values-files: Helm charts are not scanned"),
            (
                self.iac_type == Kind::Foreign,
                "-i: only Terraform, its plans, CloudFormation and SAM are scanned; use another scanner for what is written \
                 for Kubernetes, Docker or Azure",
            ),
            (
                self.policy_type.contains(&Provider::Foreign),
                "-t: there are rules for aws alone; leave it out to judge by the packs that -p names",
            ),
        ];
        refused.into_iter().find_map(|(given, reason)| given.then_some(reason)).or_else(|| self.not_fetched())
    }

    fn not_fetched(&self) -> Option<&'static str> {
        match self.remote_type? {
            RemoteType::Git => None,
            RemoteType::S3 => {
                Some("-r s3: only git is fetched; copy the files here (aws s3 sync) and give their directory")
            }
            RemoteType::Gcs => Some(
                "-r gcs: only git is fetched; copy the files here (gsutil rsync) and give their directory",
            ),
            RemoteType::Http => {
                Some("-r http: only git is fetched; download and unpack the files, and give their directory")
            }
            RemoteType::TerraformRegistry => Some(
                "-r terraform-registry: only git is fetched; give the module's repository with -r git, or call the module and \
                 run terraform init",
            ),
        }
    }
}
