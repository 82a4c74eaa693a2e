//! `person`: one human, wherever they speak.

use crate::ids::PersonName;
use crate::zone::repository::ForgeKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Where a person may be known by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Platform {
    /// Slack, by the member's id.
    Slack,
    /// GitHub, by login.
    Github,
    /// GitLab, by user name.
    Gitlab,
    /// Bitbucket Cloud, by account id or nickname.
    Bitbucket,
    /// Bitbucket Data Center, by user name.
    BitbucketServer,
    /// Gitea and Forgejo, by user name.
    Gitea,
}

impl Platform {
    /// Every platform.
    pub const ALL: [Platform; 6] =
        [Self::Slack, Self::Github, Self::Gitlab, Self::Bitbucket, Self::BitbucketServer, Self::Gitea];

    /// The attribute of a `person` block that names them there.
    #[must_use]
    pub fn attribute(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Bitbucket => "bitbucket",
            Self::BitbucketServer => "bitbucket_server",
            Self::Gitea => "gitea",
        }
    }

    /// The platform of a forge; `None` for one without people, such as a bucket.
    #[must_use]
    pub fn of(forge: ForgeKind) -> Option<Self> {
        match forge {
            ForgeKind::Github => Some(Self::Github),
            ForgeKind::Gitlab => Some(Self::Gitlab),
            ForgeKind::Bitbucket => Some(Self::Bitbucket),
            ForgeKind::BitbucketServer => Some(Self::BitbucketServer),
            ForgeKind::Gitea => Some(Self::Gitea),
            ForgeKind::S3 => None,
        }
    }

    /// Whether two names are the same there: forges take no account of case, Slack's ids are exact.
    pub(crate) fn same(self, a: &str, b: &str) -> bool {
        match self {
            Self::Slack => a == b,
            _ => a.eq_ignore_ascii_case(b),
        }
    }
}

/// What a person may do. Everybody may look, and an admin may do everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Looks.
    Viewer,
    /// Starts, cancels and retries runs.
    Operator,
    /// Approves and rejects.
    Approver,
    /// Everything.
    Admin,
}

/// One `person` block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Its label.
    pub name: PersonName,
    /// Their Slack member id.
    pub slack: Option<String>,
    /// Their GitHub login.
    pub github: Option<String>,
    /// Their GitLab user name.
    pub gitlab: Option<String>,
    /// Their Bitbucket Cloud account id or nickname.
    pub bitbucket: Option<String>,
    /// Their Bitbucket Data Center user name.
    pub bitbucket_server: Option<String>,
    /// Their Gitea user name.
    pub gitea: Option<String>,
    /// What they may do. Default: viewer.
    pub roles: BTreeSet<Role>,
}

impl Person {
    /// Their name on a platform.
    #[must_use]
    pub fn handle(&self, platform: Platform) -> Option<&str> {
        let handle = match platform {
            Platform::Slack => &self.slack,
            Platform::Github => &self.github,
            Platform::Gitlab => &self.gitlab,
            Platform::Bitbucket => &self.bitbucket,
            Platform::BitbucketServer => &self.bitbucket_server,
            Platform::Gitea => &self.gitea,
        };
        handle.as_deref()
    }

    /// Whether they may do what a role allows; an admin may do everything, everybody may look.
    #[must_use]
    pub fn may(&self, role: Role) -> bool {
        role == Role::Viewer || self.roles.contains(&role) || self.roles.contains(&Role::Admin)
    }
}
