//! What a webhook turns out to be.

use pipeline_core::Trigger;

/// A webhook that could be read.
#[derive(Debug, PartialEq)]
pub(crate) enum Parsed {
    /// It calls for something.
    Trigger(Box<Trigger>),
    /// It calls for nothing.
    Ignored(Ignored),
}

impl From<Trigger> for Parsed {
    fn from(trigger: Trigger) -> Self {
        Self::Trigger(Box::new(trigger))
    }
}

impl From<Ignored> for Parsed {
    fn from(ignored: Ignored) -> Self {
        Self::Ignored(ignored)
    }
}

/// Why a webhook calls for nothing.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(crate) enum Ignored {
    #[error("a ping; the webhook works")]
    Ping,
    #[error("events of the kind {0:?} call for nothing")]
    Event(String),
    #[error("the action {0:?} calls for nothing")]
    Action(String),
    #[error("the zone does not name the repository {0:?}")]
    Repository(String),
    #[error("{0:?} is not a branch")]
    NotABranch(String),
    #[error("the branch is {branch:?}; the zone names {expected:?}")]
    Branch { branch: String, expected: String },
    #[error("the branch {0:?} was deleted")]
    BranchDeleted(String),
    #[error("the pull request comes from a fork, whose code is not run here")]
    Fork,
    #[error("the comment is not on a pull request")]
    NotAPullRequest,
    #[error("the comment was written by a bot")]
    Bot,
    #[error("the comment's first line does not begin with \"wayleave\"")]
    NoCommand,
}

/// A known event whose body is not what the forge sends with it.
#[derive(Debug, thiserror::Error)]
#[error("the body is not that of the event {event:?}: {source}")]
pub(crate) struct Malformed {
    pub(crate) event: String,
    pub(crate) source: serde_json::Error,
}
