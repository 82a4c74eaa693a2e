//! Saved plans, sealed: named by the digest of their bytes, encrypted on disk, verified again when opened.
//!
//! A file is a nonce of 12 bytes and the plan encrypted with
//! [ChaCha20-Poly1305](https://www.rfc-editor.org/rfc/rfc8439), its digest as associated data. The key is made once, in a file
//! beside the plans that only this user reads.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chacha20poly1305::aead::rand_core::RngCore;
use chacha20poly1305::aead::{Aead, KeyInit, OsRng, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use pipeline_core::Digest;
use uuid::Uuid;

const NONCE: usize = 12;

/// Why a plan cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// There is no plan of this digest.
    #[error("the saved plan {digest} is not here; plan the unit again")]
    Missing {
        /// The plan that was asked for.
        digest: Digest,
    },
    /// The file is damaged, was changed, or was sealed with another key.
    #[error(
        "the saved plan {digest} in {path} was changed since it was sealed, or was sealed with another key; \
         plan the unit again"
    )]
    Damaged {
        /// The plan that was asked for.
        digest: Digest,
        /// Its file.
        path: PathBuf,
    },
    /// The key file is not a key.
    #[error("{path} is not a key of 32 bytes; restore it, or remove it and plan again what waits")]
    Key {
        /// The key file.
        path: PathBuf,
    },
    /// A plan could not be encrypted: it is larger than the cipher takes, 256 GiB.
    #[error("the saved plan {digest} cannot be encrypted")]
    Seal {
        /// The plan.
        digest: Digest,
    },
    /// A file cannot be read or written.
    #[error("{path}: cannot be used to keep plans; is the data directory writable, and the disk not full?")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// A plan in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its digest.
    pub digest: Digest,
    /// When it was last sealed.
    pub at: SystemTime,
}

/// Where saved plans are kept.
#[derive(Clone)]
pub struct Vault {
    dir: PathBuf,
    cipher: ChaCha20Poly1305,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl Vault {
    /// Opens the vault in `data/plans`, made with a new key if there is none. Several processes may open the same one.
    ///
    /// # Errors
    /// [`VaultError::File`] or [`VaultError::Key`].
    pub fn open(data: &Path) -> Result<Self, VaultError> {
        let dir = data.join("plans");
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(&dir);
        made.map_err(|source| file(&dir, source))?;
        let key = key(&dir)?;
        Ok(Self { cipher: ChaCha20Poly1305::new(&key), dir })
    }

    /// Keeps a plan and returns the digest of its bytes. Sealing the same bytes again changes only their age.
    ///
    /// # Errors
    /// [`VaultError::File`] or [`VaultError::Seal`].
    pub fn seal(&self, plan: &[u8]) -> Result<Digest, VaultError> {
        let digest = Digest::of(plan);
        let mut nonce = [0; NONCE];
        OsRng.fill_bytes(&mut nonce);
        let payload = Payload { msg: plan, aad: digest.as_str().as_bytes() };
        let encrypted = self.cipher.encrypt(Nonce::from_slice(&nonce), payload);
        let encrypted = encrypted.map_err(|_| VaultError::Seal { digest: digest.clone() })?;
        write_whole(&self.dir, &self.path(&digest), &[&nonce, &encrypted])?;
        Ok(digest)
    }

    /// The bytes of a plan, proved to be those that were sealed.
    ///
    /// # Errors
    /// [`VaultError::Missing`], [`VaultError::Damaged`] or [`VaultError::File`].
    pub fn unseal(&self, digest: &Digest) -> Result<Vec<u8>, VaultError> {
        let path = self.path(digest);
        let sealed = fs::read(&path).map_err(|source| match source.kind() {
            ErrorKind::NotFound => VaultError::Missing { digest: digest.clone() },
            _ => file(&path, source),
        })?;
        let damaged = || VaultError::Damaged { digest: digest.clone(), path: path.clone() };
        let (nonce, encrypted) = sealed.split_at_checked(NONCE).ok_or_else(damaged)?;
        let payload = Payload { msg: encrypted, aad: digest.as_str().as_bytes() };
        let plan = self.cipher.decrypt(Nonce::from_slice(nonce), payload).map_err(|_| damaged())?;
        if Digest::of(&plan) == *digest { Ok(plan) } else { Err(damaged()) }
    }

    /// The plans that are kept, in no order.
    ///
    /// # Errors
    /// [`VaultError::File`].
    pub fn list(&self) -> Result<Vec<Sealed>, VaultError> {
        let entries = fs::read_dir(&self.dir).map_err(|source| file(&self.dir, source))?;
        Ok(entries.flatten().filter_map(|entry| sealed(&entry)).collect())
    }

    /// Forgets a plan; one that is not there is forgotten already.
    ///
    /// # Errors
    /// [`VaultError::File`].
    pub fn remove(&self, digest: &Digest) -> Result<(), VaultError> {
        let path = self.path(digest);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != ErrorKind::NotFound => Err(file(&path, source)),
            _ => Ok(()),
        }
    }

    /// Forgets the plans that were sealed longer than `age` ago and that `keep` does not name; returns how many.
    ///
    /// # Errors
    /// [`VaultError::File`].
    pub fn collect(&self, age: Duration, keep: impl Fn(&Digest) -> bool) -> Result<usize, VaultError> {
        let old = |plan: &Sealed| plan.at.elapsed().is_ok_and(|elapsed| elapsed >= age);
        let gone: Vec<Sealed> =
            self.list()?.into_iter().filter(|plan| old(plan) && !keep(&plan.digest)).collect();
        gone.iter().try_for_each(|plan| self.remove(&plan.digest))?;
        Ok(gone.len())
    }

    fn path(&self, digest: &Digest) -> PathBuf {
        let name = digest.as_str();
        self.dir.join(name.strip_prefix("sha256:").unwrap_or(name))
    }
}

fn sealed(entry: &fs::DirEntry) -> Option<Sealed> {
    let digest = Digest::parse(&format!("sha256:{}", entry.file_name().to_str()?)).ok()?;
    Some(Sealed { digest, at: entry.metadata().ok()?.modified().ok()? })
}

fn key(dir: &Path) -> Result<Key, VaultError> {
    let path = dir.join("key");
    if !path.exists() {
        make_key(dir, &path)?;
    }
    let bytes = fs::read(&path).map_err(|source| file(&path, source))?;
    <[u8; 32]>::try_from(bytes.as_slice()).map(Key::from).map_err(|_| VaultError::Key { path })
}

/// A hard link fails when the key is there already, so of two processes that make a key at once one wins for both.
fn make_key(dir: &Path, path: &Path) -> Result<(), VaultError> {
    let fresh = dir.join(format!("key.{}", Uuid::new_v4().simple()));
    write_whole(dir, &fresh, &[&ChaCha20Poly1305::generate_key(&mut OsRng)])?;
    let linked = fs::hard_link(&fresh, path);
    fs::remove_file(&fresh).map_err(|source| file(&fresh, source))?;
    match linked {
        Err(source) if source.kind() != ErrorKind::AlreadyExists => Err(file(path, source)),
        _ => Ok(()),
    }
}

/// Writes a file so that it is there whole or not at all, even if the machine stops.
fn write_whole(dir: &Path, path: &Path, parts: &[&[u8]]) -> Result<(), VaultError> {
    let temporary = dir.join(format!("new.{}", Uuid::new_v4().simple()));
    let write = || {
        let mut new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&temporary)?;
        parts.iter().try_for_each(|part| new.write_all(part))?;
        new.sync_all()?;
        fs::rename(&temporary, path)?;
        File::open(dir)?.sync_all()
    };
    write().map_err(|source| {
        fs::remove_file(&temporary).ok();
        file(path, source)
    })
}

fn file(path: &Path, source: std::io::Error) -> VaultError {
    VaultError::File { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn vault() -> (tempfile::TempDir, Vault) {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::open(dir.path()).unwrap();
        (dir, vault)
    }

    #[test]
    fn what_is_sealed_comes_back_from_any_process_with_the_key() {
        let (dir, vault) = vault();
        let digest = vault.seal(b"a plan with a secret").unwrap();
        assert_eq!(digest, Digest::of(b"a plan with a secret"));
        assert_eq!(Vault::open(dir.path()).unwrap().unseal(&digest).unwrap(), b"a plan with a secret");
        assert_eq!(vault.seal(b"").map(|empty| vault.unseal(&empty).unwrap()).unwrap(), b"");
    }

    #[test]
    fn nothing_readable_lies_on_disk() {
        let (dir, vault) = vault();
        vault.seal(b"a plan with a secret").unwrap();
        for entry in fs::read_dir(dir.path().join("plans")).unwrap().flatten() {
            let bytes = fs::read(entry.path()).unwrap();
            assert!(!bytes.windows(6).any(|part| part == b"secret"));
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_changed_cut_moved_or_absent_plan_is_refused() {
        let (_dir, vault) = vault();
        let digest = vault.seal(b"plan").unwrap();
        let whole = fs::read(vault.path(&digest)).unwrap();
        let check = |bytes: &[u8]| {
            fs::write(vault.path(&digest), bytes).unwrap();
            assert!(matches!(vault.unseal(&digest), Err(VaultError::Damaged { .. })));
        };
        check(b"");
        check(&whole[..whole.len() - 1]);
        check(&whole.iter().map(|byte| byte ^ 1).collect::<Vec<_>>());
        let other = vault.seal(b"another").unwrap();
        check(&fs::read(vault.path(&other)).unwrap());

        let absent = Digest::of(b"absent");
        assert!(matches!(vault.unseal(&absent), Err(VaultError::Missing { digest }) if digest == absent));
    }

    #[test]
    fn another_key_opens_nothing_and_a_broken_key_is_said() {
        let (dir, vault) = vault();
        let digest = vault.seal(b"plan").unwrap();
        let key = dir.path().join("plans/key");
        fs::write(&key, [7; 32]).unwrap();
        assert!(matches!(Vault::open(dir.path()).unwrap().unseal(&digest), Err(VaultError::Damaged { .. })));
        fs::write(&key, "short").unwrap();
        assert!(matches!(Vault::open(dir.path()), Err(VaultError::Key { .. })));
    }

    #[test]
    fn old_plans_are_collected_unless_they_are_kept() {
        let (_dir, vault) = vault();
        let (kept, gone) = (vault.seal(b"kept").unwrap(), vault.seal(b"gone").unwrap());
        assert_eq!(vault.collect(Duration::from_secs(3600), |_| false).unwrap(), 0);
        assert_eq!(vault.collect(Duration::ZERO, |digest| *digest == kept).unwrap(), 1);
        assert_eq!(vault.list().unwrap().into_iter().map(|plan| plan.digest).collect::<Vec<_>>(), [kept]);
        vault.remove(&gone).unwrap();
    }
}
