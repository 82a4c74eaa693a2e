//! Repositories: a bare mirror of each, read by commit, and plain trees of a commit for a unit to work in.
//!
//! Everything is done by the `git` program in the [sandbox](crate::sandbox): no configuration of the machine or of the
//! repository takes part, no hook runs, nothing asks for a password. What it answers is decided by its exit status.

mod access;
mod error;
mod given_back;
mod read;
mod tree;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use pipeline_core::{Commit, Digest};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

pub use access::Login;
pub use error::GitError;
pub use tree::Tree;

pub(crate) use read::inside;

use crate::sandbox::{Command, Exit, Sandbox};
use tree::Trees;

const FETCH: Duration = Duration::from_secs(900);
const READ: Duration = Duration::from_secs(120);
/// The most that one answer of git may have, in bytes: file lists and files.
const ANSWER: u64 = 64 << 20;
const BRANCHES: &str = "+refs/heads/*:refs/heads/*";
/// How many commits are remembered as being in a mirror.
const KNOWN: usize = 4096;

/// A local copy of one repository. Cheap to clone; clones share the mirror's lock, so one fetch runs at a time.
#[derive(Debug, Clone)]
pub struct Mirror {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    sandbox: Sandbox,
    url: String,
    login: Option<Login>,
    dir: PathBuf,
    fetching: Mutex<()>,
    /// Commits that git has said are here. Nothing takes them away again: it collects no garbage.
    known: std::sync::Mutex<HashSet<Commit>>,
    trees: Trees,
}

/// What git answered.
struct Answer {
    exit: Exit,
    out: Vec<u8>,
    errors: String,
}

impl Answer {
    fn or_failed(self, doing: &'static str) -> Result<Vec<u8>, GitError> {
        if self.exit.success() {
            return Ok(self.out);
        }
        Err(GitError::Failed { doing, exit: self.exit, output: self.errors })
    }
}

impl Mirror {
    /// The mirror of the repository at `url` (https, ssh or file; http on this machine only), in `data/mirrors`. Nothing is
    /// fetched yet.
    ///
    /// # Errors
    /// [`GitError::Url`] when the URL is of another kind or carries a password.
    pub fn new(sandbox: Sandbox, data: &Path, url: &str, login: Option<Login>) -> Result<Self, GitError> {
        access::check(url)?;
        let name = Digest::of(url.as_bytes());
        let dir = data.join("mirrors").join(format!("{}.git", name.short()));
        let (fetching, known, trees) = (Mutex::default(), Default::default(), Trees::new(&dir));
        let inner = Inner { sandbox, url: url.to_owned(), login, dir, fetching, known, trees };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Makes the mirror, still empty, where there is none: what the first fetch needs not wait for then.
    ///
    /// # Errors
    /// [`GitError::Failed`] or [`GitError::File`] when it cannot be made.
    pub async fn make(&self) -> Result<(), GitError> {
        let _one_at_a_time = self.inner.fetching.lock().await;
        self.initialise().await
    }

    /// Brings the mirror's branches up to date; branches that are gone there go here.
    ///
    /// # Errors
    /// [`GitError::Fetch`] when the repository does not answer or refuses.
    pub async fn fetch(&self) -> Result<(), GitError> {
        let _one_at_a_time = self.inner.fetching.lock().await;
        self.fetch_refs(&["--prune", "--no-tags"], BRANCHES).await
    }

    /// Makes sure that a commit is here, fetching the branches, then the commit itself (the head of a fork's pull request is
    /// on no branch). Does nothing when it is here already.
    ///
    /// # Errors
    /// [`GitError::CommitGone`] when the repository no longer has it; [`GitError::Fetch`] when it does not answer.
    pub async fn need(&self, commit: &Commit) -> Result<(), GitError> {
        if self.has(commit).await? {
            return Ok(());
        }
        let _one_at_a_time = self.inner.fetching.lock().await;
        self.fetch_refs(&["--prune", "--no-tags"], BRANCHES).await?;
        if self.has(commit).await? {
            return Ok(());
        }
        // The branches could be fetched just now, so a refusal here is about the commit.
        match self.fetch_refs(&["--no-tags"], commit.as_str()).await {
            Ok(()) => Ok(()),
            Err(GitError::Fetch { .. }) => Err(GitError::CommitGone { commit: commit.clone() }),
            Err(error) => Err(error),
        }
    }

    async fn fetch_refs(&self, options: &[&str], refs: &str) -> Result<(), GitError> {
        self.initialise().await?;
        let command = self.git().deadline(FETCH).arg("fetch").args(["--quiet", "--no-write-fetch-head"]);
        let command = command.args(options).args(["--end-of-options", &self.inner.url, refs]);
        let command = access::envs(command, &self.inner.url, self.inner.login.as_ref());
        let answer = self.ask(&command).await?;
        if answer.exit.success() {
            return Ok(());
        }
        Err(GitError::Fetch { url: self.inner.url.clone(), exit: answer.exit, output: answer.errors })
    }

    /// Makes the empty mirror under another name first, so that one cut short is not taken for whole.
    async fn initialise(&self) -> Result<(), GitError> {
        let dir = &self.inner.dir;
        if dir.join("HEAD").is_file() {
            return Ok(());
        }
        self.known().clear();
        let parent = dir.parent().unwrap_or(dir);
        let failed = |source| GitError::File { path: dir.clone(), source };
        std::fs::create_dir_all(parent).map_err(failed)?;
        let new = tempfile::Builder::new().prefix("new.").tempdir_in(parent).map_err(failed)?;
        let command = access::command(&self.inner.sandbox).deadline(READ);
        let command = command.args(["init", "--quiet", "--bare", "--template="]).arg(new.path());
        self.ask(&command).await?.or_failed("making a mirror")?;
        std::fs::rename(new.keep(), dir).map_err(failed)
    }

    fn remember(&self, commit: Commit) {
        let mut known = self.known();
        if known.len() >= KNOWN {
            known.clear();
        }
        known.insert(commit);
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashSet<Commit>> {
        self.inner.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn git(&self) -> Command {
        access::command(&self.inner.sandbox).deadline(READ).env("GIT_DIR", &self.inner.dir).dir(self.parent())
    }

    fn parent(&self) -> &Path {
        self.inner.dir.parent().unwrap_or(&self.inner.dir)
    }

    async fn ask(&self, command: &Command) -> Result<Answer, GitError> {
        let mut errors = String::new();
        let on_line = |_, line: &str| {
            if errors.len() < 4096 {
                errors.push_str(line);
                errors.push('\n');
            }
        };
        let (exit, out) = command.capture(ANSWER, on_line, &CancellationToken::new()).await?;
        Ok(Answer { exit, out, errors: errors.trim_end().to_owned() })
    }
}
