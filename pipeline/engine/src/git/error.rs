//! What can go wrong with a repository.

use std::path::PathBuf;

use pipeline_core::Commit;

use crate::sandbox::{Exit, SandboxError};

/// Why a repository could not be fetched or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GitError {
    /// The repository's URL is not one to fetch from.
    #[error("the repository's URL ({scheme}…) cannot be used: {why}")]
    Url {
        /// What stands before the first colon.
        scheme: String,
        /// What is wrong, and what would be right.
        why: &'static str,
    },
    /// The repository does not answer, or refuses.
    #[error(
        "{url} cannot be fetched (git ended with {exit}); check that it exists, that it can be reached from here, \
         and that the forge's token may read it\n{output}"
    )]
    Fetch {
        /// The repository.
        url: String,
        /// How git ended.
        exit: Exit,
        /// What git said.
        output: String,
    },
    /// The branch is not there.
    #[error("the branch {branch} is gone; it was deleted or renamed since")]
    BranchGone {
        /// The branch.
        branch: String,
    },
    /// The commit is not there.
    #[error("the commit {} is gone; it was probably replaced by a forced push", .commit.short())]
    CommitGone {
        /// The commit.
        commit: Commit,
    },
    /// The path leads out of the repository, or is none.
    #[error("{path:?} is not a path inside the repository")]
    Path {
        /// The path.
        path: String,
    },
    /// git failed at something else.
    #[error("git failed at {doing} with {exit}\n{output}")]
    Failed {
        /// What it was to do.
        doing: &'static str,
        /// How it ended.
        exit: Exit,
        /// What it said.
        output: String,
    },
    /// git could not be run to its end.
    #[error(transparent)]
    Run(#[from] SandboxError),
    /// A file of the mirror or the tree cannot be used.
    #[error("{path}: cannot be used; is the data directory writable, and the disk not full?")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}
