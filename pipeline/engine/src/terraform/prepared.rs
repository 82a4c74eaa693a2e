//! Keeps what `terraform init` prepared, by all that decides it, so that most units need no init.
//!
//! Each unit gets a copy (providers are links, so it is small): no two units ever write into the same directory.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use pipeline_core::Digest;
use serde_json::Value;

use super::backend::NOTE;

/// Older ones are made anew, so that a stack without a lock file hears of new versions.
const AGE: Duration = Duration::from_secs(24 * 3600);
const DATA: &str = "data";
const LOCK: &str = "lock.hcl";
/// Terraform's [dependency lock file](https://developer.hashicorp.com/terraform/language/files/dependency-lock).
pub(super) const LOCK_FILE: &str = ".terraform.lock.hcl";
/// The data directory of a stack. It is relative, as paths in it are.
pub(super) const DATA_DIR: &str = ".terraform";

/// The directory of what was prepared.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    dir: PathBuf,
}

impl Prepared {
    pub(super) fn new(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// Puts what was prepared under a key into a stack; false when there is nothing, or nothing whole.
    pub(super) fn restore(&self, key: &Digest, stack: &Path) -> bool {
        let kept = self.dir.join(key.short());
        let fresh = kept.metadata().and_then(|about| about.modified()).ok();
        if !fresh.is_some_and(|made| made.elapsed().is_ok_and(|age| age < AGE)) {
            return false;
        }
        let data = stack.join(DATA_DIR);
        let copied = copy(&kept.join(DATA), &data).and_then(|()| match fs::read(kept.join(LOCK)) {
            Ok(lock) => replace(&stack.join(LOCK_FILE), &lock),
            Err(_) => Ok(()),
        });
        if copied.is_err() {
            fs::remove_dir_all(&data).ok();
        }
        copied.is_ok()
    }

    /// Keeps what an init made in a stack. One that is there already is replaced.
    pub(super) fn keep(&self, key: &Digest, stack: &Path) -> std::io::Result<()> {
        fs::create_dir_all(&self.dir)?;
        self.forget_old();
        let new = tempfile::Builder::new().prefix("new.").tempdir_in(&self.dir)?;
        copy(&stack.join(DATA_DIR), &new.path().join(DATA))?;
        if stack.join(LOCK_FILE).is_file() {
            fs::copy(stack.join(LOCK_FILE), new.path().join(LOCK))?;
        }
        self.forget(key);
        // When another unit kept the same in this moment, its copy is as good.
        fs::rename(new.path(), self.dir.join(key.short())).or(Ok(()))
    }

    pub(super) fn forget(&self, key: &Digest) {
        fs::remove_dir_all(self.dir.join(key.short())).ok();
    }

    fn forget_old(&self) {
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            let made = entry.metadata().and_then(|about| about.modified());
            if made.is_ok_and(|made| made.elapsed().is_ok_and(|age| age > AGE)) {
                fs::remove_dir_all(entry.path()).ok();
            }
        }
    }
}

/// Writes a file anew, not through a link that may stand in its place.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if path.symlink_metadata().is_ok() {
        fs::remove_file(path)?;
    }
    fs::write(path, bytes)
}

/// What decides whether two data directories are the same: names, links, and the files that are not modules' sources.
pub(super) fn fingerprint(stack: &Path) -> Digest {
    let mut entries = Vec::new();
    describe(&stack.join(DATA_DIR), 0, &mut entries);
    entries.sort();
    entries.push(Digest::of(&fs::read(stack.join(LOCK_FILE)).unwrap_or_default()).to_string());
    Digest::of(entries.join("\n").as_bytes())
}

fn describe(dir: &Path, depth: usize, entries: &mut Vec<String>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < 8 => describe(&path, depth + 1, entries),
            Ok(kind) if kind.is_symlink() => {
                entries.push(format!("{} -> {:?}", path.display(), fs::read_link(&path).ok()));
            }
            _ => {
                let digest = Digest::of(&content(&path));
                entries.push(format!("{} {digest}", path.display()));
            }
        }
    }
}

/// A file's bytes; of the note about the backend, only what it says of that.
fn content(path: &Path) -> Vec<u8> {
    let bytes = fs::read(path).unwrap_or_default();
    if !path.ends_with(Path::new(DATA_DIR).join(NOTE)) {
        return bytes;
    }
    let noted = serde_json::from_slice::<Value>(&bytes).ok();
    noted.map_or(bytes, |noted| noted.get("backend").map(Value::to_string).unwrap_or_default().into_bytes())
}

/// Copies a directory; links stay links.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_symlink() {
            std::os::unix::fs::symlink(fs::read_link(&source)?, target)?;
        } else if kind.is_dir() {
            copy(&source, &target)?;
        } else {
            fs::copy(&source, &target)?;
        }
    }
    Ok(())
}
