//! `repository` and `forge`: where changes come from.

use crate::ids::{RepositoryName, StageName};
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
