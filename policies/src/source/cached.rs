//! Texts that are read once, though several parts of a scan ask for them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Entry, Files, ReadError};

/// Texts of so many bytes are kept, all together; what comes after them is read again each time.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Files whose texts are kept: what is asked for twice is what it was the first time, though somebody writes to it meanwhile.
#[derive(Debug)]
pub struct Cached<F> {
    files: F,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    texts: HashMap<String, Arc<str>>,
    bytes: usize,
}

impl<F> Cached<F> {
    /// The same files; none of them is read yet.
    pub fn new(files: F) -> Self {
        Self { files, kept: Mutex::default() }
    }

    /// Nobody panics while holding it.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// The text that counts from now on: of two who have read it at once, the first one's.
    fn keep(&mut self, path: &str, text: Arc<str>) -> Arc<str> {
        if let Some(known) = self.texts.get(path) {
            return Arc::clone(known);
        }
        let bytes = self.bytes.saturating_add(text.len());
        if bytes <= MAX_BYTES {
            self.bytes = bytes;
            self.texts.insert(path.to_owned(), Arc::clone(&text));
        }
        text
    }
}

impl<F: Files> Files for Cached<F> {
    fn read(&self, path: &str) -> Result<Arc<str>, ReadError> {
        if let Some(text) = self.kept().texts.get(path) {
            return Ok(Arc::clone(text));
        }
        let text = self.files.read(path)?;
        Ok(self.kept().keep(path, text))
    }

    fn list(&self, directory: &str) -> Result<Vec<Entry>, ReadError> {
        self.files.list(directory)
    }

    fn is_file(&self, path: &str) -> bool {
        self.files.is_file(path)
    }

    fn is_directory(&self, path: &str) -> bool {
        self.files.is_directory(path)
    }

    fn real(&self, path: &str) -> String {
        self.files.real(path)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Files that count how often they are read.
    struct Counted(usize, AtomicUsize);

    impl Files for Counted {
        fn read(&self, path: &str) -> Result<Arc<str>, ReadError> {
            self.1.fetch_add(1, Ordering::Relaxed);
            if path == "none" { Err(ReadError::Missing(path.into())) } else { Ok("x".repeat(self.0).into()) }
        }

        fn list(&self, _: &str) -> Result<Vec<Entry>, ReadError> {
            Ok(Vec::new())
        }

        fn is_file(&self, _: &str) -> bool {
            true
        }

        fn is_directory(&self, _: &str) -> bool {
            true
        }
    }

    #[track_caller]
    fn check(size: usize, paths: &[&str], expected: usize) {
        let files = Cached::new(Counted(size, AtomicUsize::new(0)));
        for path in paths {
            assert_eq!(files.read(path).ok().map(|text| text.len()), (*path != "none").then_some(size));
        }
        assert_eq!(files.files.1.load(Ordering::Relaxed), expected, "{size} {paths:?}");
    }

    #[test]
    fn a_text_is_read_once() {
        check(3, &["a", "b", "a", "b", "a"], 2);
    }

    #[test]
    fn what_is_not_there_may_come() {
        check(3, &["none", "none"], 2);
    }

    #[test]
    fn what_has_no_room_is_read_again() {
        let half = MAX_BYTES / 2;
        check(half, &["a", "b", "c", "a", "b", "c"], 4);
    }
}
