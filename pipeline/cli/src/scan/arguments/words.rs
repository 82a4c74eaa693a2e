//! The words that options take.

use clap::ValueEnum;
use clap::builder::{PossibleValue, TypedValueParser};
use policies::find;

/// Kinds of input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::scan) enum Kind {
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
    /// What Terrascan scans and nobody does here.
    #[value(name = "k8s", aliases = ["helm", "kustomize", "docker", "arm"], hide = true)]
    Foreign,
}

impl Kind {
    pub(in crate::scan) fn wanted(self) -> &'static [find::Kind] {
        use find::Kind::{CloudFormation, Plan, Sam, Terraform};
        match self {
            Self::All => &[Terraform, Plan, CloudFormation, Sam],
            Self::Terraform => &[Terraform],
            Self::Tfplan => &[Plan],
            Self::Cloudformation => &[CloudFormation],
            Self::Sam => &[Sam],
            Self::Foreign => &[],
        }
    }
}

/// Providers with rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::scan) enum Provider {
    /// All that there are.
    All,
    /// Amazon Web Services.
    Aws,
    /// Those that Terrascan has rules for, and the scanner has none.
    #[value(name = "azure", aliases = ["gcp", "github", "k8s", "docker"], hide = true)]
    Foreign,
}

/// Where Terrascan gets code from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::scan) enum RemoteType {
    /// A git repository.
    Git,
    /// Not fetched.
    #[value(hide = true)]
    S3,
    /// Not fetched.
    #[value(hide = true)]
    Gcs,
    /// Not fetched.
    #[value(hide = true)]
    Http,
    /// Not fetched.
    #[value(hide = true)]
    TerraformRegistry,
}

/// Formats of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::scan) enum Output {
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::scan) enum Colours {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Reads Terrascan's words for colours, in either case. Any word that it does not know means never to it, `yes` among them.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColoursParser;

impl TypedValueParser for ColoursParser {
    type Value = Colours;

    fn parse_ref(
        &self,
        _: &clap::Command,
        _: Option<&clap::Arg>,
        word: &std::ffi::OsStr,
    ) -> Result<Colours, clap::Error> {
        Ok(match word.to_string_lossy().to_lowercase().as_str() {
            "auto" => Colours::Auto,
            "t" | "true" | "y" | "1" | "force" | "always" => Colours::Always,
            _ => Colours::Never,
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let told = [
            PossibleValue::new("auto").help("On a terminal, unless `NO_COLOR` is set"),
            PossibleValue::new("t").help("Always, as are true, y, 1 and force"),
            PossibleValue::new("f").help("Never, as is any other word"),
        ];
        Some(Box::new(told.into_iter()))
    }
}
