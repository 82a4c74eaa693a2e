//! The pack that comes with the program, with what is known of its rules before they are read.

/// A file of `packs/`.
pub(crate) struct File {
    /// Relative to `packs/`.
    pub(crate) path: &'static str,
    pub(crate) text: &'static str,
    /// Its annotations as JSON.
    pub(crate) annotations: Option<&'static str>,
    /// Of these parts of the input one must be there for the rule to find anything; none: it is always asked.
    pub(crate) need: Option<&'static [&'static str]>,
}

/// In the order of their paths.
pub(crate) const FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// What is known of a file; none of what is not in the pack.
pub(crate) fn file(path: &str) -> Option<&'static File> {
    let at = FILES.binary_search_by(|file| file.path.cmp(path)).ok()?;
    FILES.get(at)
}
