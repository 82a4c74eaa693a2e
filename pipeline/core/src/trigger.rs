//! What starts a run: the closed set of things that the outside may ask for, as parsed at the edge.

use std::fmt;

use landing_zone::{PersonName, Platform, RepositoryName};
use serde::{Deserialize, Serialize};

use crate::id::InvalidId;

/// A git commit: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Commit(String);

impl Commit {
    /// Reads a commit's hash.
    ///
    /// # Errors
    /// [`InvalidId`] when the text is no full hash in lower case.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        let hex_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if matches!(text.len(), 40 | 64) && text.bytes().all(hex_digit) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidId::new(text, "a full commit hash"))
        }
    }

    /// True for the hash of zeros that forges send for "there was nothing".
    pub fn is_zero(&self) -> bool {
        self.0.bytes().all(|byte| byte == b'0')
    }

    /// The hash as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first eight digits, for people.
    pub fn short(&self) -> &str {
        self.0.get(..8).unwrap_or(&self.0)
    }
}

impl fmt::Display for Commit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Commit {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<Commit> for String {
    fn from(commit: Commit) -> Self {
        commit.0
    }
}

/// Somebody as the outside names them: a login on a forge, a member of Slack, or a person of the zone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// Where they spoke; none when the zone's own name of the person is given.
    pub platform: Option<Platform>,
    /// Their login or member id there, or the person's name.
    pub login: String,
}

/// What a comment on a pull request asks for, in a line that begins with `wayleave`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum CommentCommand {
    /// `wayleave plan`: plan the head again.
    Plan,
    /// `wayleave apply`: apply before the merge, where the zone lets the repository.
    Apply,
    /// `wayleave approve`: approve the stage that waits, by the digest that the comment shows.
    Approve {
        /// The first digits of the digest that was looked at, or all of it.
        digest: Option<String>,
    },
    /// `wayleave reject REASON`.
    Reject {
        /// Why.
        reason: String,
    },
    /// `wayleave cancel`: end the run; what is being applied is let finish.
    Cancel,
    /// `wayleave help`, and the name alone.
    Help,
    /// Anything else that follows the name.
    Unknown {
        /// The first of it.
        words: String,
    },
}

impl fmt::Display for CommentCommand {
    /// The command as somebody wrote it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan => f.write_str("wayleave plan"),
            Self::Apply => f.write_str("wayleave apply"),
            Self::Approve { digest: Some(digest) } => write!(f, "wayleave approve {digest}"),
            Self::Approve { digest: None } => f.write_str("wayleave approve"),
            Self::Reject { reason } => write!(f, "wayleave reject {reason}"),
            Self::Cancel => f.write_str("wayleave cancel"),
            Self::Help => f.write_str("wayleave help"),
            Self::Unknown { words } => write!(f, "wayleave {words}"),
        }
    }
}

/// One thing that the outside asked for. Everything that a webhook can say and that calls for something is one of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "trigger", rename_all = "snake_case")]
pub enum Trigger {
    /// Commits arrived on the branch that the zone names.
    Push {
        /// The repository.
        repository: RepositoryName,
        /// The branch, without `refs/heads/`.
        branch: String,
        /// What the branch was at before; the zero hash for a new branch.
        before: Commit,
        /// What it is at now.
        after: Commit,
        /// Who pushed.
        author: Actor,
    },
    /// A pull request against that branch was opened, or its head moved.
    PullRequest {
        /// The repository.
        repository: RepositoryName,
        /// Its number.
        number: u64,
        /// Its head.
        head: Commit,
        /// The branch that it asks to be merged into.
        base: String,
        /// Who opened it.
        author: Actor,
    },
    /// A pull request was closed, merged or not.
    PullRequestClosed {
        /// The repository.
        repository: RepositoryName,
        /// Its number.
        number: u64,
        /// Whether it was merged.
        merged: bool,
    },
    /// Somebody gave a command in a comment on a pull request.
    Comment {
        /// The repository.
        repository: RepositoryName,
        /// The pull request's number.
        number: u64,
        /// Who wrote it.
        author: Actor,
        /// What it asks for.
        command: CommentCommand,
    },
    /// Somebody asked for a run of the branch's head, over the API or from a terminal.
    Start {
        /// The repository.
        repository: RepositoryName,
        /// The branch.
        branch: String,
        /// Who asked.
        person: PersonName,
    },
}

impl Trigger {
    /// The repository that this is about.
    pub const fn repository(&self) -> &RepositoryName {
        match self {
            Self::Push { repository, .. }
            | Self::PullRequest { repository, .. }
            | Self::PullRequestClosed { repository, .. }
            | Self::Comment { repository, .. }
            | Self::Start { repository, .. } => repository,
        }
    }
}

/// The trigger's kind, as section 3 of the contract spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TriggerKind {
    /// A push to the branch.
    Push,
    /// A pull request.
    PullRequest,
    /// A command, in a comment or in Slack or at a terminal.
    Command,
    /// A drift that was found.
    Drift,
    /// The API.
    Api,
}
