//! What has changed since a commit, as git knows it.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use policies::Touched;

use crate::git::git;

/// The changed files, and the root of the repository that they are relative to.
pub(super) struct Changes {
    root: PathBuf,
    touched: Touched,
}

impl Changes {
    /// What differs between the working tree and the commit where this branch left another. Files that git does not know
    /// yet are changes, too.
    pub(super) fn since(reference: &str) -> anyhow::Result<Self> {
        if reference.starts_with('-') {
            bail!("--changed-since takes a commit or a branch, not {reference}");
        }
        let root = PathBuf::from(git(Path::new("."), &["rev-parse", "--show-toplevel"])?.trim_end());
        let commit = format!("{reference}^{{commit}}");
        git(&root, &["rev-parse", "--verify", "--quiet", &commit]).with_context(|| {
            format!("--changed-since {reference}: git knows no such commit; fetch it first")
        })?;
        // Histories without a common commit are compared as they are.
        let base = git(&root, &["merge-base", reference, "HEAD"]).unwrap_or_else(|_| reference.to_owned());
        let changed = git(&root, &["diff", "--name-only", "--no-renames", "-z", base.trim(), "--"])?;
        let unknown = git(&root, &["ls-files", "--others", "--exclude-standard", "-z"])?;
        let names = changed.split('\0').chain(unknown.split('\0')).filter(|name| !name.is_empty());
        Ok(Self { touched: Touched::new(names.map(str::to_owned)), root: real(&root) })
    }

    pub(super) fn touch(&self, finding: &policies::Finding) -> bool {
        self.touched.touches(finding, &|file| {
            let path = real(Path::new(file));
            path.strip_prefix(&self.root).unwrap_or(&path).display().to_string()
        })
    }
}

/// The working directory below the root of its repository, as `a/b/`; empty outside of one.
pub(super) fn prefix() -> String {
    git(Path::new("."), &["rev-parse", "--show-prefix"])
        .map(|prefix| prefix.trim_end().to_owned())
        .unwrap_or_default()
}

/// The path with links followed, or at least absolute.
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}
