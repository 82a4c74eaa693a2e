//! `person`: one human, wherever they speak.

use crate::ids::PersonName;
use crate::reader::table::Table;
use crate::reader::value::Value;
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

const ROLES: [(&str, Role); 4] = [
    ("viewer", Role::Viewer),
    ("operator", Role::Operator),
    ("approver", Role::Approver),
    ("admin", Role::Admin),
];

impl Person {
    pub(super) fn read(name: Option<PersonName>, table: &Table<'_>, earlier: &[Person]) -> Option<Self> {
        let [slack, github, gitlab, bitbucket, bitbucket_server, gitea] =
            Platform::ALL.map(|platform| read_handle(table, platform, earlier));
        let roles = table.or("roles", BTreeSet::from([Role::Viewer]), read_roles);
        table.close();
        let (name, slack, github, gitlab) = (name?, slack?, github?, gitlab?);
        let (bitbucket, bitbucket_server, gitea) = (bitbucket?, bitbucket_server?, gitea?);
        Some(Self { name, slack, github, gitlab, bitbucket, bitbucket_server, gitea, roles: roles? })
    }
}

fn read_handle(table: &Table<'_>, platform: Platform, earlier: &[Person]) -> Option<Option<String>> {
    table.or(platform.attribute(), None, |value| {
        let handle = value.checked(|text| valid_handle(platform, text))?;
        let taken = |p: &&Person| p.handle(platform).is_some_and(|own| platform.same(own, &handle));
        if let Some(other) = earlier.iter().find(taken) {
            let message = format!("{handle:?} is person {:?} already", other.name.as_str());
            value.error(message, "one name on a platform is one person");
        }
        Some(Some(handle))
    })
}

fn valid_handle(platform: Platform, text: &str) -> Result<String, String> {
    let slack_id =
        text.starts_with(['U', 'W']) && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let plain = !text.is_empty()
        && text.len() <= 255
        && !text.starts_with('@')
        && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    match platform {
        Platform::Slack if !slack_id => {
            Err("expected the id of a member, such as \"U012AB3CD\" (their profile has \"Copy member ID\")"
                .to_owned())
        }
        _ if !plain => Err("expected a user name, without the @".to_owned()),
        _ => Ok(text.to_owned()),
    }
}

fn read_roles(value: &Value<'_>) -> Option<BTreeSet<Role>> {
    let roles: Vec<Option<Role>> = value.list()?.iter().map(|item| item.choice(&ROLES)).collect();
    roles.into_iter().collect()
}
