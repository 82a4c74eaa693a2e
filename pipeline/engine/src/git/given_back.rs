//! Trees that units have given back, made to hold a commit's files again.
//!
//! To make a thousand files and to remove them again costs more than to read them, so a tree that was worked in is compared with
//! the commit's files byte by byte and mended where it differs: what ran in it may have written whatever it liked.
//!
//! Not covered: a program that left its process group and still runs. It could write into any tree of this user, a new one too.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::tree::copy;

/// Trees of one repository that are kept; more are removed.
const KEPT: usize = 8;
/// How long after it was made a tree is used again. Well below the age at which trees count as left behind by a dead process.
const AGE: Duration = Duration::from_secs(3600);
/// Bytes of two files that are compared at once.
const CHUNK: u64 = 1 << 20;

/// A directory that was a unit's tree; removed when it is dropped.
#[derive(Debug)]
pub(super) struct Used {
    dir: PathBuf,
    made: Instant,
}

impl Drop for Used {
    fn drop(&mut self) {
        // What cannot be removed now is in nobody's way.
        fs::remove_dir_all(&self.dir).ok();
    }
}

/// The trees of one repository that wait to be used again.
#[derive(Debug, Default)]
pub(super) struct GivenBack(Mutex<Vec<Used>>);

impl GivenBack {
    /// Keeps a tree that nobody works in any more; answers one that is not kept, since it is too old or there are enough.
    pub(super) fn keep(&self, dir: PathBuf, made: Instant) -> Option<Used> {
        let used = Used { dir, made };
        if made.elapsed() >= AGE {
            return Some(used);
        }
        let mut trees = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        trees.push(used);
        (trees.len() > KEPT).then(|| trees.remove(0))
    }

    /// Makes one of the kept trees hold just what `pristine` holds, at `to`, which is not there yet; answers when that tree was
    /// made. None when there is no tree that can be.
    pub(super) fn renew(&self, pristine: &Path, to: &Path) -> Option<Instant> {
        let used = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
        if used.made.elapsed() >= AGE || renew(pristine, &used.dir).is_err() {
            return None;
        }
        fs::create_dir_all(to.parent()?).ok()?;
        fs::rename(&used.dir, to).ok()?;
        // Nothing is at its old place any more, so dropping it removes nothing.
        Some(used.made)
    }
}

/// Makes `to` a copy of `from`, leaving alone what is the same already.
fn renew(from: &Path, to: &Path) -> io::Result<()> {
    let about = from.symlink_metadata()?;
    if about.mode() != to.symlink_metadata()?.mode() {
        fs::set_permissions(to, about.permissions())?;
    }
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        let wanted = from.join(entry.file_name()).symlink_metadata();
        if !wanted.is_ok_and(|wanted| {
            wanted.file_type().is_dir() == entry.file_type().is_ok_and(|kind| kind.is_dir())
        }) {
            remove(&entry.path())?;
        }
    }
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            if target.symlink_metadata().is_err() {
                copy(&source, &target)?;
            } else {
                renew(&source, &target)?;
            }
        } else if !is_same(&source, &target) {
            if target.symlink_metadata().is_ok() {
                remove(&target)?;
            }
            copy(&source, &target)?;
        }
    }
    Ok(())
}

/// True when both are the same link, or files of the same mode and bytes. A file with another name elsewhere never is: it could
/// be changed under that name.
fn is_same(source: &Path, target: &Path) -> bool {
    let (Ok(wanted), Ok(there)) = (source.symlink_metadata(), target.symlink_metadata()) else {
        return false;
    };
    if wanted.is_symlink() {
        let (wanted, there) = (fs::read_link(source), fs::read_link(target));
        return there.is_ok_and(|there| wanted.is_ok_and(|wanted| wanted == there));
    }
    there.is_file()
        && there.nlink() == 1
        && owner(&wanted) == owner(&there)
        && wanted.permissions().mode() == there.permissions().mode()
        && wanted.len() == there.len()
        && same_bytes(source, target).unwrap_or(false)
}

fn owner(about: &Metadata) -> (u32, u32) {
    (about.uid(), about.gid())
}

fn same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) = (File::open(one)?, File::open(other)?);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    loop {
        left.clear();
        right.clear();
        one.by_ref().take(CHUNK).read_to_end(&mut left)?;
        other.by_ref().take(CHUNK).read_to_end(&mut right)?;
        if left != right {
            return Ok(false);
        }
        if left.is_empty() {
            return Ok(true);
        }
    }
}

fn remove(path: &Path) -> io::Result<()> {
    if path.symlink_metadata()?.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
}
