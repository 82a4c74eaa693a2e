//! `repository` and `forge`: where changes come from.

use crate::ids::{InvalidId, RepositoryName, StageName};
use crate::reader::table::Table;
use crate::reader::text;
use crate::zone::names::Names;
use crate::zone::secret::Secret;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// A kind of forge, as in the route of its webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForgeKind {
    /// GitHub, in the cloud or one's own.
    Github,
    /// GitLab.
    Gitlab,
    /// Bitbucket Cloud.
    Bitbucket,
    /// Bitbucket Data Center.
    BitbucketServer,
    /// Gitea and Forgejo.
    Gitea,
    /// An S3 bucket that archives are put into.
    S3,
}

impl ForgeKind {
    /// Every kind.
    pub const ALL: [ForgeKind; 6] =
        [Self::Github, Self::Gitlab, Self::Bitbucket, Self::BitbucketServer, Self::Gitea, Self::S3];

    /// The kind as the zone and the webhook's route write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Bitbucket => "bitbucket",
            Self::BitbucketServer => "bitbucket-server",
            Self::Gitea => "gitea",
            Self::S3 => "s3",
        }
    }
}

impl fmt::Display for ForgeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// When a change is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplyMode {
    /// After it is on the branch.
    #[default]
    OnMerge,
    /// While it is still a pull request.
    BeforeMerge,
}

/// One `repository` block: a repository that may make changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repository {
    /// Its label.
    pub name: RepositoryName,
    /// The forge that it is on.
    pub forge: ForgeKind,
    /// What `git` clones: https, http, ssh or file, never with a password in it.
    pub url: String,
    /// The branch whose pushes are applied. Default: `main`.
    pub branch: String,
    /// All the stages that it may ever touch.
    pub stages: BTreeSet<StageName>,
    /// When it is applied. Default: on merge.
    pub apply: ApplyMode,
    /// The path of its stacks file from its root. Default: `wayleave.hcl`.
    pub config: String,
}

/// One `forge` block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Forge {
    /// Its label.
    pub kind: ForgeKind,
    /// The base address of its API, without a slash at the end. Default: the public one of its kind.
    pub api: String,
    /// The token for its API.
    pub token: Secret,
    /// The secret that its webhooks are signed with.
    pub webhook_secret: Secret,
}

impl std::str::FromStr for ForgeKind {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| InvalidId {
            kind: "a forge",
            value: text.to_owned(),
            expected: "github, gitlab, bitbucket, bitbucket-server, gitea or s3",
        })
    }
}

impl ForgeKind {
    /// The base address of the public API of the kind; `None` if there is none.
    fn public_api(self) -> Option<&'static str> {
        match self {
            Self::Github => Some("https://api.github.com"),
            Self::Gitlab => Some("https://gitlab.com/api/v4"),
            Self::Bitbucket => Some("https://api.bitbucket.org/2.0"),
            Self::BitbucketServer | Self::Gitea => None,
            // S3 is found by AWS's own configuration.
            Self::S3 => Some("https://s3.amazonaws.com"),
        }
    }
}

impl Forge {
    pub(super) fn read(kind: Option<ForgeKind>, table: &Table<'_>) -> Option<Self> {
        let api = match kind.map_or(Some(""), ForgeKind::public_api) {
            Some(public) => table.or("api", public.to_owned(), |v| v.checked(text::web)),
            None => table.required("api", "\"https://forge.example/api\"").and_then(|v| v.checked(text::web)),
        };
        let token = Secret::required(table, "token", "env(\"FORGE_TOKEN\")");
        let webhook_secret = Secret::required(table, "webhook_secret", "env(\"FORGE_WEBHOOK_SECRET\")");
        table.close();
        Some(Self { kind: kind?, api: api?, token: token?, webhook_secret: webhook_secret? })
    }
}

impl Repository {
    pub(super) fn read(name: Option<RepositoryName>, table: &Table<'_>, names: &Names) -> Option<Self> {
        let forge = Self::read_forge(table, names);
        let url =
            table.required("url", "\"https://github.com/acme/infra.git\"").and_then(|v| v.checked(text::git));
        let branch = table.or("branch", "main".to_owned(), |v| v.checked(text::branch));
        let stages = Self::read_stages(table, names);
        let modes = [("on_merge", ApplyMode::OnMerge), ("before_merge", ApplyMode::BeforeMerge)];
        let apply = table.or("apply", ApplyMode::default(), |v| v.choice(&modes));
        let config = table.or("config", "wayleave.hcl".to_owned(), |v| v.checked(text::path));
        table.close();
        let (url, branch, config) = (url?, branch?, config?);
        Some(Self { name: name?, forge: forge?, url, branch, stages: stages?, apply: apply?, config })
    }

    fn read_forge(table: &Table<'_>, names: &Names) -> Option<ForgeKind> {
        let value = table.required("forge", "\"github\"")?;
        let kind = value.choice(&ForgeKind::ALL.map(|kind| (kind.as_str(), kind)))?;
        table.reader.not_yet("repository", "forge", kind.as_str(), &value.span);
        if !names.forges.contains(&kind) {
            let help = format!("add a block `forge \"{kind}\" {{ token = env(\"…\") … }}`");
            value.error(format!("there is no block `forge \"{kind}\"`"), help);
        }
        Some(kind)
    }

    fn read_stages(table: &Table<'_>, names: &Names) -> Option<BTreeSet<StageName>> {
        let value = table.required("stages", "[\"dev\"]")?;
        let stages = value.ids::<StageName>("a string")?;
        if value.list()?.is_empty() {
            value.error("the repository may touch no stage", "name the stages that it may ever touch");
        }
        Some(stages.into_iter().filter(|s| names.stage(table, s)).map(|s| s.value).collect())
    }
}
