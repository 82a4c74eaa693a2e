//! Programs that outlived the process that started them.
//!
//! The kernel can end a child with its parent (`PR_SET_PDEATHSIG`), but only by a call between fork and exec, which Rust counts
//! as unsafe, and a `terraform apply` is better finished than ended. So each running group has a record, and the next process
//! decides: it waits for the group, or ends it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::sys::signal::Signal;
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep};

use super::process::{self, ProcessId};
use super::{Sandbox, SandboxError};

const LOOK: Duration = Duration::from_millis(50);

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    process: ProcessId,
    owner: ProcessId,
    label: String,
    out: PathBuf,
    err: PathBuf,
}

/// A running group's record; it stays on disk unless it is removed.
#[derive(Debug)]
pub(super) struct Record(PathBuf);

impl Record {
    /// Writes the record of a group's leader; none when the leader is gone already.
    pub(super) fn write(
        sandbox: &Sandbox,
        pid: i32,
        label: &str,
        out: &Path,
        err: &Path,
    ) -> Result<Option<Self>, SandboxError> {
        let (Some(process), Some(owner)) = (ProcessId::of(pid), ProcessId::this()) else { return Ok(None) };
        let path = sandbox.dir().join(format!("{pid}.json"));
        let entry =
            Entry { process, owner, label: label.to_owned(), out: out.to_owned(), err: err.to_owned() };
        let temporary = path.with_extension("new");
        let written = serde_json::to_vec(&entry).map_err(std::io::Error::other);
        written
            .and_then(|bytes| fs::write(&temporary, bytes))
            .and_then(|()| fs::rename(&temporary, &path))
            .map_err(|source| SandboxError::File { path: path.clone(), source })?;
        Ok(Some(Self(path)))
    }

    pub(super) fn remove(self) {
        fs::remove_file(self.0).ok();
    }
}

/// A group of processes whose starter is dead. Its files are removed when it is waited for or ended.
#[derive(Debug)]
pub struct Orphan {
    entry: Entry,
    path: PathBuf,
}

impl Orphan {
    /// What [`Command::label`](super::Command::label) named it.
    pub fn label(&self) -> &str {
        &self.entry.label
    }

    /// True while one of its processes lives.
    pub fn is_running(&self) -> bool {
        self.entry.process.group_is_alive()
    }

    /// Waits until it has ended by itself, but no longer than `patience`; then ends it as [`end`](Self::end) does. How it
    /// ended is not known: the kernel tells that to a parent only, so its effects have to be looked at.
    pub async fn wait(self, patience: Duration, grace: Duration) {
        if self.gone_within(patience).await {
            self.forget();
        } else {
            self.end(grace).await;
        }
    }

    /// Sends SIGINT, waits until all its processes are gone, and kills them after `grace`.
    pub async fn end(self, grace: Duration) {
        process::signal_if(&self.entry.process, Signal::SIGINT);
        if !self.gone_within(grace).await {
            process::signal_if(&self.entry.process, Signal::SIGKILL);
            self.gone_within(grace).await;
        }
        self.forget();
    }

    async fn gone_within(&self, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        while self.is_running() {
            if Instant::now() >= until {
                return false;
            }
            sleep(LOOK).await;
        }
        true
    }

    fn forget(&self) {
        for file in [&self.entry.out, &self.entry.err, &self.path] {
            fs::remove_file(file).ok();
        }
    }
}

impl Sandbox {
    /// The groups that other processes started here and left behind when they died, those that have ended meanwhile too.
    /// Groups whose starter lives are not listed.
    ///
    /// # Errors
    /// [`SandboxError::File`] when the directory cannot be read.
    pub fn orphans(&self) -> Result<Vec<Orphan>, SandboxError> {
        let entries = fs::read_dir(self.dir());
        let entries = entries.map_err(|source| SandboxError::File { path: self.dir().to_owned(), source })?;
        Ok(entries.flatten().filter_map(|entry| orphan(entry.path())).collect())
    }

    /// Ends all orphans at once, each as [`Orphan::end`] does, and returns their labels.
    ///
    /// # Errors
    /// [`SandboxError::File`] when the directory cannot be read.
    pub async fn reap(&self, grace: Duration) -> Result<Vec<String>, SandboxError> {
        let orphans = self.orphans()?;
        let labels = orphans.iter().map(|orphan| orphan.label().to_owned()).collect();
        futures::future::join_all(orphans.into_iter().map(|orphan| orphan.end(grace))).await;
        Ok(labels)
    }
}

fn orphan(path: PathBuf) -> Option<Orphan> {
    if path.extension()? != "json" {
        return None;
    }
    let entry: Entry = serde_json::from_slice(&fs::read(&path).ok()?).ok()?;
    (!entry.owner.is_alive()).then_some(Orphan { entry, path })
}
