//! Plain trees of a commit, one for each unit, without a `.git` in them.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime};

use pipeline_core::Commit;
use uuid::Uuid;

use super::{GitError, Mirror};

const INDEX_AGE: Duration = Duration::from_secs(24 * 3600);

/// A commit's files in a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// The directory.
    pub dir: PathBuf,
    /// Symbolic links that pointed out of the tree and were left out, as paths in the repository.
    pub left_out: Vec<String>,
}

impl Mirror {
    /// Writes a commit's files into `dir`, which is made and must be empty. Many may be written at once. Symbolic links that
    /// leave the tree are left out, so that no file of this machine is read through them.
    ///
    /// # Errors
    /// [`GitError::CommitGone`]; [`GitError::Failed`] or [`GitError::File`] when the files cannot be written.
    pub async fn checkout(&self, commit: &Commit, dir: &Path) -> Result<Tree, GitError> {
        let file = |source| GitError::File { path: dir.to_owned(), source };
        fs::create_dir_all(dir).map_err(file)?;
        let dir = dir.canonicalize().map_err(file)?;
        let index = self.index(commit).await?;
        let command = self.git().env("GIT_INDEX_FILE", index).env("GIT_WORK_TREE", &dir).dir(&dir);
        let answer = self.ask(&command.args(["checkout-index", "--all", "--quiet"])).await?;
        answer.or_failed("writing a commit's files")?;
        let root = dir.clone();
        let left_out = tokio::task::spawn_blocking(move || remove_links_out(&root)).await;
        let left_out = left_out.map_err(std::io::Error::other).and_then(|left_out| left_out).map_err(file)?;
        Ok(Tree { dir, left_out })
    }

    /// The index of a commit: read once, then shared by all its checkouts, which only read it.
    async fn index(&self, commit: &Commit) -> Result<PathBuf, GitError> {
        let indexes = self.inner.dir.join("indexes");
        let index = indexes.join(commit.as_str());
        if index.is_file() {
            return Ok(index);
        }
        self.must_have(commit).await?;
        fs::create_dir_all(&indexes).map_err(|source| GitError::File { path: indexes.clone(), source })?;
        forget_old(&indexes);
        let new = indexes.join(format!("new.{}", Uuid::new_v4().simple()));
        let command = self.git().env("GIT_INDEX_FILE", &new).args(["read-tree", commit.as_str()]);
        self.ask(&command).await?.or_failed("reading a commit")?;
        match fs::rename(&new, &index) {
            Ok(()) => Ok(index),
            Err(source) => Err(GitError::File { path: index, source }),
        }
    }
}

/// An index that is forgotten while it is used is only made again.
fn forget_old(indexes: &Path) {
    let old = |modified: SystemTime| modified.elapsed().is_ok_and(|age| age > INDEX_AGE);
    for entry in fs::read_dir(indexes).into_iter().flatten().flatten() {
        if entry.metadata().and_then(|about| about.modified()).is_ok_and(old) {
            fs::remove_file(entry.path()).ok();
        }
    }
}

/// Removes links that lead out. Removing one may cut another that went through it, so it goes on until none is left.
fn remove_links_out(root: &Path) -> std::io::Result<Vec<String>> {
    let mut links = Vec::new();
    links_below(root, &mut links)?;
    let mut left_out = Vec::new();
    loop {
        let (out, inside): (Vec<_>, Vec<_>) = links.into_iter().partition(|link| leads_out(root, link));
        if out.is_empty() {
            left_out.sort();
            return Ok(left_out);
        }
        for link in out {
            fs::remove_file(&link)?;
            left_out.push(link.strip_prefix(root).unwrap_or(&link).to_string_lossy().into_owned());
        }
        links = inside;
    }
}

fn links_below(dir: &Path, links: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_symlink() {
            links.push(entry.path());
        } else if kind.is_dir() {
            links_below(&entry.path(), links)?;
        }
    }
    Ok(())
}

fn leads_out(root: &Path, link: &Path) -> bool {
    match link.canonicalize() {
        Ok(target) => !target.starts_with(root),
        // A link to nothing is harmless only where it could not become a link out: a later file may give it a target.
        Err(error) if error.kind() == ErrorKind::NotFound => dangles_out(root, link),
        Err(_) => true,
    }
}

fn dangles_out(root: &Path, link: &Path) -> bool {
    let (Ok(target), Some(parent)) = (fs::read_link(link), link.parent()) else { return true };
    let mut at = parent.to_owned();
    for part in target.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(name) => at.push(name),
            Component::ParentDir => {
                at.pop();
            }
            Component::RootDir | Component::Prefix(_) => return true,
        }
        if !at.starts_with(root) {
            return true;
        }
    }
    false
}
