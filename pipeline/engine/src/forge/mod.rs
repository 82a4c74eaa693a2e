//! Forges: where a repository's commits, statuses and comments live.

pub mod comment;
mod error;
pub mod github;
mod markdown;
mod status;

use std::fmt;

use futures::future::BoxFuture;
use landing_zone::RepositoryName;
use pipeline_core::Commit;
use serde::{Deserialize, Serialize};

pub use error::Error;
pub use status::{CommitStatus, StatusState};

/// A comment's id, as its forge writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentId(String);

impl CommentId {
    /// Takes an id as the forge gave it.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CommentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A pull request as it is now; what a comment's command is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    /// Its number.
    pub number: u64,
    /// The commit that it asks to be merged.
    pub head: Commit,
    /// The branch that it asks to be merged into.
    pub base: String,
    /// The login of who opened it.
    pub author: String,
    /// Whether it is open.
    pub open: bool,
    /// Whether it was merged.
    pub merged: bool,
    /// Whether its commits come from another repository.
    pub fork: bool,
}

/// What Wayleave asks of a forge.
pub trait Forge: fmt::Debug + Send + Sync {
    /// Sets the status of a commit; to do it twice is to do it once.
    fn set_status<'a>(
        &'a self,
        repository: &'a RepositoryName,
        commit: &'a Commit,
        status: &'a CommitStatus,
    ) -> BoxFuture<'a, Result<(), Error>>;

    /// Writes a new comment on a pull request. After [`Error::Unanswered`] it may be there all the same.
    fn create_comment<'a>(
        &'a self,
        repository: &'a RepositoryName,
        change: u64,
        body: &'a str,
    ) -> BoxFuture<'a, Result<CommentId, Error>>;

    /// Puts another text in the place of a comment's; to do it twice is to do it once.
    fn edit_comment<'a>(
        &'a self,
        repository: &'a RepositoryName,
        comment: &'a CommentId,
        body: &'a str,
    ) -> BoxFuture<'a, Result<(), Error>>;

    /// Looks for Wayleave's own comment on a pull request: one that begins with the marker and that nobody else wrote.
    fn find_comment<'a>(
        &'a self,
        repository: &'a RepositoryName,
        change: u64,
        marker: &'a str,
    ) -> BoxFuture<'a, Result<Option<CommentId>, Error>>;

    /// Reads a pull request.
    fn pull<'a>(&'a self, repository: &'a RepositoryName, change: u64) -> BoxFuture<'a, Result<Pull, Error>>;
}
