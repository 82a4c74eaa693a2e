//! The files of a tree that is scanned: the only way in which the crate reads anything.
//!
//! Paths are text with `/` between their parts, as the user named them, joined and made plain by [`join`]; a report
//! shows them as they are.

mod cached;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

pub use self::cached::Cached;

/// Files of more bytes than this are not read.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// A file or directory that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing under this path.
    #[error("{0} does not exist")]
    Missing(String),
    /// The file is not UTF-8.
    #[error("{0} is not text in UTF-8")]
    NotText(String),
    /// The file has more than [`MAX_FILE_BYTES`].
    #[error("{0} is larger than {MAX_FILE_BYTES} bytes")]
    TooLarge(String),
    /// The path leads out of the tree that may be read.
    #[error("{0} is outside of the tree that is scanned")]
    Outside(String),
    /// The system refused.
    #[error("{path} cannot be read: {reason}")]
    Refused {
        /// The path.
        path: String,
        /// What the system says.
        reason: String,
    },
}

/// What a directory holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name, without the directory.
    pub name: String,
    /// Whether it is a directory itself. Symbolic links count as what they lead to.
    pub is_directory: bool,
}

/// Where files come from.
pub trait Files: Sync {
    /// The text of a file.
    ///
    /// # Errors
    /// [`ReadError`], naming the path.
    fn read(&self, path: &str) -> Result<Arc<str>, ReadError>;

    /// What a directory holds, by name.
    ///
    /// # Errors
    /// [`ReadError`], naming the path.
    fn list(&self, directory: &str) -> Result<Vec<Entry>, ReadError>;

    /// Whether there is a file of this name.
    fn is_file(&self, path: &str) -> bool;

    /// Whether there is a directory of this name.
    fn is_directory(&self, path: &str) -> bool;

    /// Where a file or directory really is, links followed: the same for two names of one thing.
    fn real(&self, path: &str) -> String {
        join("", path)
    }
}

/// `base/path` in plain form: without `.`, empty parts, and `..` where a part before it can go. An absolute
/// `path` stands alone; the empty result is `.`.
pub fn join(base: &str, path: &str) -> String {
    let (absolute, joined) = match (path.starts_with('/'), base.starts_with('/')) {
        (true, _) => (true, path.to_owned()),
        (false, absolute) => (absolute, format!("{base}/{path}")),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            ".." if absolute => {}
            part => parts.push(part),
        }
    }
    match (absolute, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}

/// Files held in memory.
#[derive(Clone, Debug, Default)]
pub struct Tree(BTreeMap<String, Arc<str>>);

impl Tree {
    /// A tree of `(path, text)`.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(files.into_iter().map(|(path, text)| (join("", &path), text.into())).collect())
    }
}

impl Files for Tree {
    fn read(&self, path: &str) -> Result<Arc<str>, ReadError> {
        self.0.get(&join("", path)).cloned().ok_or_else(|| ReadError::Missing(path.to_owned()))
    }

    fn list(&self, directory: &str) -> Result<Vec<Entry>, ReadError> {
        if !self.is_directory(directory) {
            return Err(ReadError::Missing(directory.to_owned()));
        }
        let mut entries: BTreeMap<&str, bool> = BTreeMap::new();
        for path in self.0.keys() {
            if let Some(rest) = below(&join("", directory), path) {
                let (name, is_directory) =
                    rest.split_once('/').map_or((rest, false), |(name, _)| (name, true));
                *entries.entry(name).or_default() |= is_directory;
            }
        }
        let entry = |(name, is_directory): (&str, bool)| Entry { name: name.to_owned(), is_directory };
        Ok(entries.into_iter().map(entry).collect())
    }

    fn is_file(&self, path: &str) -> bool {
        self.0.contains_key(&join("", path))
    }

    fn is_directory(&self, path: &str) -> bool {
        let directory = join("", path);
        directory == "." || self.0.keys().any(|path| below(&directory, path).is_some())
    }
}

/// Whether a path lies under a directory, both in plain form.
pub(crate) fn is_below(directory: &str, path: &str) -> bool {
    match directory {
        "." => !path.starts_with("../") && !path.starts_with('/'),
        "/" => path.starts_with('/'),
        _ => below(directory, path).is_some_and(|rest| !rest.starts_with("../")),
    }
}

/// The rest of a path that lies under a directory.
fn below<'a>(directory: &str, path: &'a str) -> Option<&'a str> {
    match directory {
        "." => (!path.starts_with("../")).then_some(path),
        _ => path.strip_prefix(directory)?.strip_prefix('/'),
    }
}

/// Files on disk.
#[derive(Clone, Debug)]
pub struct Disk {
    base: PathBuf,
    bound: Option<PathBuf>,
}

impl Disk {
    /// Paths that are not absolute start at `base`. Whatever the user may read may be read.
    pub fn new(base: impl Into<PathBuf>) -> Self {
        Self { base: base.into(), bound: None }
    }

    /// Paths that are not absolute start at `base`, and nothing outside of it is read, symbolic links followed:
    /// for trees of strangers.
    pub fn confined(base: impl Into<PathBuf>) -> Self {
        let base = base.into();
        Self { bound: Some(base.canonicalize().unwrap_or_else(|_| base.clone())), base }
    }

    fn locate(&self, path: &str) -> Result<PathBuf, ReadError> {
        let full = self.base.join(path);
        let real = full.canonicalize().map_err(|error| refused(path, &error))?;
        match &self.bound {
            Some(bound) if !real.starts_with(bound) => Err(ReadError::Outside(path.to_owned())),
            _ => Ok(real),
        }
    }
}

fn refused(path: &str, error: &std::io::Error) -> ReadError {
    match error.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing(path.to_owned()),
        _ => ReadError::Refused { path: path.to_owned(), reason: error.to_string() },
    }
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Arc<str>, ReadError> {
        // Where a link leads matters only where there is a bound.
        let place = if self.bound.is_some() { self.locate(path)? } else { self.base.join(path) };
        let metadata = std::fs::metadata(&place).map_err(|error| refused(path, &error))?;
        if metadata.len() > MAX_FILE_BYTES {
            return Err(ReadError::TooLarge(path.to_owned()));
        }
        // Whoever opens a pipe waits for somebody to write into it.
        if !metadata.is_file() {
            let reason = "it is no regular file".to_owned();
            return Err(ReadError::Refused { path: path.to_owned(), reason });
        }
        let bytes = std::fs::read(&place).map_err(|error| refused(path, &error))?;
        String::from_utf8(bytes).map(Arc::from).map_err(|_| ReadError::NotText(path.to_owned()))
    }

    fn list(&self, directory: &str) -> Result<Vec<Entry>, ReadError> {
        let real = self.locate(directory)?;
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(&real).map_err(|error| refused(directory, &error))? {
            let entry = entry.map_err(|error| refused(directory, &error))?;
            // A name that is not UTF-8 cannot be shown, and a link that leads nowhere cannot be read.
            let (Ok(name), Ok(kind)) = (entry.file_name().into_string(), entry.file_type()) else { continue };
            let is_directory = match kind.is_symlink() {
                false => kind.is_dir(),
                true => match std::fs::metadata(entry.path()) {
                    Ok(metadata) => metadata.is_dir(),
                    Err(_) => continue,
                },
            };
            entries.push(Entry { name, is_directory });
        }
        entries.sort();
        Ok(entries)
    }

    fn is_file(&self, path: &str) -> bool {
        self.locate(path).is_ok_and(|real| real.is_file())
    }

    fn is_directory(&self, path: &str) -> bool {
        self.locate(path).is_ok_and(|real| real.is_dir())
    }

    fn real(&self, path: &str) -> String {
        self.locate(path).map_or_else(|_| join("", path), |real| real.display().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_plain() {
        for (base, path, expected) in [
            ("", "", "."),
            ("a/b", "../c", "a/c"),
            ("a", "../../c", "../c"),
            ("..", "../c", "../../c"),
            ("/a", "../../c", "/c"),
            ("a", "/c/./d", "/c/d"),
            (".", "./x//y/", "x/y"),
        ] {
            assert_eq!(join(base, path), expected, "{base} {path}");
        }
    }

    #[test]
    fn a_tree_lists_what_is_directly_below() {
        let tree = Tree::new(["a/b.tf", "a/c/d.tf", "./e.tf"].map(|path| (path.to_owned(), path.to_owned())));
        let names = |directory: &str| -> Vec<(String, bool)> {
            let listed = tree.list(directory).expect("is there");
            listed.into_iter().map(|entry| (entry.name, entry.is_directory)).collect()
        };
        assert_eq!(names("."), [("a".to_owned(), true), ("e.tf".to_owned(), false)]);
        assert_eq!(names("a"), [("b.tf".to_owned(), false), ("c".to_owned(), true)]);
        assert_eq!(tree.list("z"), Err(ReadError::Missing("z".into())));
        assert_eq!(tree.read("a/../e.tf").as_deref(), Ok("./e.tf"));
    }

    #[test]
    fn a_confined_disk_reads_nothing_outside() {
        let directory = std::env::temp_dir().join(format!("policies-source-{}", std::process::id()));
        std::fs::create_dir_all(directory.join("in")).expect("temporary directory");
        std::fs::write(directory.join("out.tf"), "x").expect("writable");
        let disk = Disk::confined(directory.join("in"));
        assert_eq!(disk.read("../out.tf"), Err(ReadError::Outside("../out.tf".into())));
        assert_eq!(Disk::new(directory.join("in")).read("../out.tf").as_deref(), Ok("x"));
        assert_eq!(disk.read("none"), Err(ReadError::Missing("none".into())));
        let pipe = std::process::Command::new("mkfifo").arg(directory.join("in/pipe.tf")).status();
        assert!(pipe.expect("mkfifo is there").success());
        let refused = |path: &str| ReadError::Refused {
            path: path.to_owned(),
            reason: "it is no regular file".to_owned(),
        };
        for path in ["pipe.tf", "."] {
            assert_eq!(disk.read(path), Err(refused(path)), "nobody writes into it");
            assert_eq!(Disk::new(directory.join("in")).read(path), Err(refused(path)));
        }
        std::fs::remove_dir_all(&directory).expect("removable");
    }
}
