//! Reads a mirror by commit. Any number of readers may do so at once, also during a fetch.

use std::path::{Component, Path};

use pipeline_core::Commit;

use super::{GitError, Mirror};
use crate::sandbox::Exit;

/// The tree without files, which git knows everywhere.
const EMPTY_TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/// Which objects [`Mirror::list`] tells of.
struct Object {
    is_file: bool,
    id: String,
    path: String,
}

impl Mirror {
    /// True when the commit is in the mirror.
    ///
    /// # Errors
    /// [`GitError::Run`] when git cannot be run.
    pub async fn has(&self, commit: &Commit) -> Result<bool, GitError> {
        Ok(self.known().contains(commit) || self.resolve(commit.as_str()).await?.is_some())
    }

    /// The commit that a name means in the mirror as it was last fetched; `None` when it means none.
    ///
    /// # Errors
    /// [`GitError::Run`] when git cannot be run.
    pub async fn resolve(&self, name: &str) -> Result<Option<Commit>, GitError> {
        if !self.inner.dir.is_dir() {
            return Ok(None);
        }
        let command = self.git().args(["rev-parse", "--verify", "--quiet", "--end-of-options"]);
        let answer = self.ask(&command.arg(format!("{name}^{{commit}}"))).await?;
        let hash = String::from_utf8_lossy(&answer.out).trim().to_owned();
        let found = Commit::parse(&hash).ok().filter(|_| answer.exit.success());
        found.iter().for_each(|commit| self.remember(commit.clone()));
        Ok(found)
    }

    /// The commit that a branch is at, as last fetched.
    ///
    /// # Errors
    /// [`GitError::BranchGone`], or [`GitError::Run`] when git cannot be run.
    pub async fn head(&self, branch: &str) -> Result<Commit, GitError> {
        let head = self.resolve(&format!("refs/heads/{branch}")).await?;
        head.ok_or_else(|| GitError::BranchGone { branch: branch.to_owned() })
    }

    /// Where a branch is and where a commit left it, as last fetched, in one question: the head, and the newest commit that both
    /// have behind them. None when there is no such commit or one of them is not here, which the single questions tell apart.
    ///
    /// # Errors
    /// [`GitError::Run`] when git cannot be run.
    pub async fn meeting(&self, branch: &str, commit: &Commit) -> Result<Option<(Commit, Commit)>, GitError> {
        // `A...B` is answered with B, A and `^` before each merge base (https://git-scm.com/docs/git-rev-parse).
        let command = self.git().args(["rev-parse", "--quiet", "--revs-only"]);
        let answer = self.ask(&command.arg(format!("refs/heads/{branch}...{commit}"))).await?;
        let text = String::from_utf8_lossy(&answer.out).into_owned();
        let mut lines = text.lines().map(|line| Commit::parse(line.strip_prefix('^').unwrap_or(line)).ok());
        let (Some(Some(here)), Some(Some(head)), Some(Some(base))) =
            (lines.next(), lines.next(), lines.next())
        else {
            return Ok(None);
        };
        if !answer.exit.success() || here != *commit {
            return Ok(None);
        }
        [&here, &head, &base].into_iter().for_each(|known| self.remember(known.clone()));
        Ok(Some((head, base)))
    }

    /// The files that differ between two commits, both names of a renamed one. A base of zeros, which forges send for a new
    /// branch, stands for nothing: every file differs from it.
    ///
    /// # Errors
    /// [`GitError::CommitGone`] when one of them is not here.
    pub async fn changed_files(&self, base: &Commit, head: &Commit) -> Result<Vec<String>, GitError> {
        self.must_have(head).await?;
        if !base.is_zero() {
            self.must_have(base).await?;
        }
        let from = if base.is_zero() { EMPTY_TREE } else { base.as_str() };
        let command =
            self.git().args(["diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-commit-id"]);
        let answer = self.ask(&command.args(["--end-of-options", from, head.as_str()])).await?;
        Ok(names(&answer.or_failed("comparing commits")?))
    }

    /// The newest commit that both have behind them; `None` when their histories never meet.
    ///
    /// # Errors
    /// [`GitError::CommitGone`] when one of them is not here.
    pub async fn merge_base(&self, one: &Commit, other: &Commit) -> Result<Option<Commit>, GitError> {
        self.must_have(one).await?;
        self.must_have(other).await?;
        let answer = self.ask(&self.git().args(["merge-base", one.as_str(), other.as_str()])).await?;
        if answer.exit == Exit::Code(1) {
            return Ok(None);
        }
        let out = answer.or_failed("finding where two commits meet")?;
        let found = Commit::parse(String::from_utf8_lossy(&out).trim()).ok();
        found.iter().for_each(|commit| self.remember(commit.clone()));
        Ok(found)
    }

    /// True when `descendant` is `ancestor` or came after it: a push that is not forced.
    ///
    /// # Errors
    /// [`GitError::CommitGone`] when one of them is not here.
    pub async fn is_ancestor(&self, ancestor: &Commit, descendant: &Commit) -> Result<bool, GitError> {
        self.must_have(ancestor).await?;
        self.must_have(descendant).await?;
        let command =
            self.git().args(["merge-base", "--is-ancestor", ancestor.as_str(), descendant.as_str()]);
        let answer = self.ask(&command).await?;
        if answer.exit == Exit::Code(1) {
            return Ok(false);
        }
        answer.or_failed("comparing two commits' ages").map(|_| true)
    }

    /// The bytes of a file in a commit; `None` when there is no such file (a symbolic link and a directory are none).
    ///
    /// # Errors
    /// [`GitError::CommitGone`]; [`GitError::Path`] when the path leads out of the repository.
    pub async fn read_file(&self, commit: &Commit, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        let path = inside(path)?;
        let found = self.list(commit, &path, false).await?;
        let Some(file) = found.into_iter().find(|object| object.path == path && object.is_file) else {
            return Ok(None);
        };
        let answer = self.ask(&self.git().args(["cat-file", "blob", &file.id])).await?;
        answer.or_failed("reading a file").map(Some)
    }

    /// The paths of all files below a directory of a commit, symbolic links left out; the whole commit for an empty path.
    ///
    /// # Errors
    /// [`GitError::CommitGone`]; [`GitError::Path`] when the path leads out of the repository.
    pub async fn list_files(&self, commit: &Commit, dir: &str) -> Result<Vec<String>, GitError> {
        let dir = inside(dir)?;
        let found = self.list(commit, &dir, true).await?;
        Ok(found.into_iter().filter(|object| object.is_file).map(|object| object.path).collect())
    }

    async fn list(&self, commit: &Commit, path: &str, deep: bool) -> Result<Vec<Object>, GitError> {
        self.must_have(commit).await?;
        let command = self.git().args(["ls-tree", "-z", "--full-tree"]).args(deep.then_some("-r"));
        let command = command.arg(commit.as_str()).args((!path.is_empty()).then_some(path));
        let out = self.ask(&command).await?.or_failed("listing files")?;
        Ok(names(&out).iter().filter_map(|line| object(line)).collect())
    }

    pub(super) async fn must_have(&self, commit: &Commit) -> Result<(), GitError> {
        if self.has(commit).await? { Ok(()) } else { Err(GitError::CommitGone { commit: commit.clone() }) }
    }
}

/// Reads `<mode> <type> <id>\t<path>` ([git-ls-tree](https://git-scm.com/docs/git-ls-tree#_output_format)).
fn object(line: &str) -> Option<Object> {
    let (about, path) = line.split_once('\t')?;
    let mut about = about.split(' ');
    let (mode, _kind, id) = (about.next()?, about.next()?, about.next()?);
    Some(Object { is_file: mode.starts_with("100"), id: id.to_owned(), path: path.to_owned() })
}

fn names(bytes: &[u8]) -> Vec<String> {
    let names = bytes.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}

/// The path without `.` and closing slashes; refused when it is absolute or steps upwards.
pub(crate) fn inside(path: &str) -> Result<String, GitError> {
    let refused = || GitError::Path { path: path.to_owned() };
    let mut parts = Vec::new();
    for part in Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::Normal(name) => parts.push(name.to_str().ok_or_else(refused)?),
            _ => return Err(refused()),
        }
    }
    if path.contains('\0') { Err(refused()) } else { Ok(parts.join("/")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        let check = |path: &str, expected: Option<&str>| assert_eq!(inside(path).ok().as_deref(), expected);
        check("a/./b/", Some("a/b"));
        check("", Some(""));
        check(".", Some(""));
        check("a/../b", None);
        check("/etc", None);
        check("a\0b", None);
    }
}
