//! Plain trees of a commit, one for each unit, without a `.git` in them.
//!
//! git writes a commit's files once; each unit gets a copy of them, which costs it no process and no decompressing.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use pipeline_core::Commit;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::given_back::GivenBack;
use super::{GitError, Mirror, inside};

/// The commits of a repository whose files are kept, the newest used last.
const KEPT: usize = 4;
/// How long they are kept. What a process that was killed has left behind is removed when it is twice as old.
const AGE: Duration = Duration::from_secs(24 * 3600);

/// A commit's files in a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// The directory.
    pub dir: PathBuf,
    /// Symbolic links that pointed out of the tree and were left out, as paths in the repository.
    pub left_out: Vec<String>,
    /// When its directory was first made.
    made: Instant,
}

/// A commit's files as git wrote them; gone when nobody uses them any more.
#[derive(Debug)]
struct Pristine {
    dir: TempDir,
    left_out: Vec<String>,
}

#[derive(Debug)]
struct Slot {
    commit: Commit,
    made: Instant,
    files: Arc<OnceCell<Pristine>>,
}

/// The trees of one repository that are copied from.
#[derive(Debug)]
pub(super) struct Trees {
    dir: PathBuf,
    slots: Mutex<Vec<Slot>>,
    given_back: Arc<GivenBack>,
}

impl Trees {
    pub(super) fn new(mirror: &Path) -> Self {
        Self { dir: mirror.with_extension("trees"), slots: Mutex::default(), given_back: Arc::default() }
    }

    /// The place of a commit, the newest used last. One that is forgotten while it is used lives as long as that.
    fn slot(&self, commit: &Commit) -> Arc<OnceCell<Pristine>> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let known = slots.iter().position(|slot| slot.commit == *commit).map(|place| slots.remove(place));
        let slot = known.filter(|slot| slot.made.elapsed() < AGE).unwrap_or_else(|| Slot {
            commit: commit.clone(),
            made: Instant::now(),
            files: Arc::default(),
        });
        if slots.len() >= KEPT {
            slots.remove(0);
        }
        let files = Arc::clone(&slot.files);
        slots.push(slot);
        files
    }
}

impl Mirror {
    /// Copies a commit's files into `dir`, which is made and must be empty; where a tree was [given back](Self::give_back), it is
    /// made into one of this commit instead, which must hold the same. Many may be copied at once. Symbolic links that leave the
    /// tree are left out, so that no file of this machine is read through them.
    ///
    /// # Errors
    /// [`GitError::CommitGone`]; [`GitError::Failed`] or [`GitError::File`] when the files cannot be written.
    pub async fn checkout(&self, commit: &Commit, dir: &Path) -> Result<Tree, GitError> {
        let (to, given_back) = (dir.to_owned(), Arc::clone(&self.inner.trees.given_back));
        self.in_tree(commit, move |root, left_out| {
            let renewed = given_back.renew(root, &to);
            if renewed.is_none() {
                copy(root, &to)?;
            }
            let made = renewed.unwrap_or_else(Instant::now);
            Ok(Tree { dir: to.canonicalize()?, left_out: left_out.to_vec(), made })
        })
        .await
    }

    /// Gives a checkout back, whatever was done in it, for a later one to be made of it. Nothing may work in it any more.
    pub fn give_back(&self, tree: Tree) {
        if let Some(one_too_many) = self.inner.trees.given_back.keep(tree.dir, tree.made) {
            tokio::task::spawn_blocking(move || drop(one_too_many));
        }
    }

    /// The bytes of a file of a commit as a checkout has it; `None` when there is no such file (a symbolic link, what lies
    /// behind one, and a directory are none).
    ///
    /// # Errors
    /// [`GitError::CommitGone`]; [`GitError::Path`] when the path leads out of the repository.
    pub async fn file(&self, commit: &Commit, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        let path = inside(path)?;
        self.in_tree(commit, move |root, _| {
            let (root, file) = (root.canonicalize()?, root.join(path.as_str()));
            match file.canonicalize() {
                Ok(real) if real == root.join(path.as_str()) && real.is_file() => fs::read(real).map(Some),
                _ => Ok(None),
            }
        })
        .await
    }

    /// Does something with a commit's files, which it must not change.
    ///
    /// # Errors
    /// [`GitError::CommitGone`]; [`GitError::Failed`] or [`GitError::File`] when the files cannot be written or used.
    pub async fn in_tree<T: Send + 'static>(
        &self,
        commit: &Commit,
        work: impl FnOnce(&Path, &[String]) -> io::Result<T> + Send + 'static,
    ) -> Result<T, GitError> {
        let slot = self.inner.trees.slot(commit);
        slot.get_or_try_init(|| self.write_tree(commit)).await?;
        let done = tokio::task::spawn_blocking(move || match slot.get() {
            Some(files) => work(files.dir.path(), &files.left_out),
            None => Err(ErrorKind::NotFound.into()),
        });
        let done = done.await.map_err(io::Error::other).and_then(|done| done);
        done.map_err(|source| GitError::File { path: self.inner.trees.dir.clone(), source })
    }

    async fn write_tree(&self, commit: &Commit) -> Result<Pristine, GitError> {
        self.must_have(commit).await?;
        let trees = &self.inner.trees.dir;
        let file = |source| GitError::File { path: trees.clone(), source };
        fs::create_dir_all(trees).map_err(file)?;
        forget_left_behind(trees);
        let dir = tempfile::Builder::new().prefix("tree-").tempdir_in(trees).map_err(file)?;
        // Beside the files, under their own name: the trees of two commits may be written at once.
        let mut index = dir.path().as_os_str().to_owned();
        index.push(".index");
        let command =
            self.git().env("GIT_INDEX_FILE", &index).env("GIT_WORK_TREE", dir.path()).dir(dir.path());
        let answer = self.ask(&command.args(["read-tree", "--reset", "-u", commit.as_str()])).await;
        fs::remove_file(&index).ok();
        answer?.or_failed("writing a commit's files")?;
        let cleaned = tokio::task::spawn_blocking(move || {
            let left_out = remove_links_out(&dir.path().canonicalize()?)?;
            Ok(Pristine { dir, left_out })
        });
        cleaned.await.map_err(io::Error::other).and_then(|cleaned| cleaned).map_err(file)
    }
}

fn forget_left_behind(trees: &Path) {
    let old = |modified: SystemTime| modified.elapsed().is_ok_and(|age| age > 2 * AGE);
    for entry in fs::read_dir(trees).into_iter().flatten().flatten() {
        if entry.metadata().and_then(|about| about.modified()).is_ok_and(old) {
            fs::remove_dir_all(entry.path()).or_else(|_| fs::remove_file(entry.path())).ok();
        }
    }
}

/// Copies a file, a link as a link, or a directory with all that is in it.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let kind = from.symlink_metadata()?.file_type();
    if kind.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    if !kind.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let name = entry?.file_name();
        copy(&from.join(&name), &to.join(&name))?;
    }
    Ok(())
}

/// Removes links that lead out. Removing one may cut another that went through it, so it goes on until none is left.
fn remove_links_out(root: &Path) -> io::Result<Vec<String>> {
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

fn links_below(dir: &Path, links: &mut Vec<PathBuf>) -> io::Result<()> {
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
