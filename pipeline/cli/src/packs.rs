//! Reads packs of rules: directories, the builtin one, and repositories at a commit.

use std::path::Path;

use anyhow::{Context, bail};
use policies::{GitSource, Pack, PackSource};

use crate::git;

/// Files of a pack that are larger are passed by.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// Reads the packs; the builtin one if none is named. What is fetched is put below `scratch`, and removed.
pub(crate) fn read(names: &[String], scratch: &Path) -> anyhow::Result<Vec<Pack>> {
    if names.is_empty() {
        return Ok(vec![Pack::builtin()]);
    }
    names.iter().map(|name| one(name, scratch)).collect()
}

fn one(name: &str, scratch: &Path) -> anyhow::Result<Pack> {
    match name.parse()? {
        PackSource::Builtin => Ok(Pack::builtin()),
        PackSource::Directory(directory) => Ok(Pack::new(name, files(Path::new(&directory))?)),
        PackSource::Git(source) => fetch(&source, name, scratch),
    }
}

/// The files of a pack below a directory, each with its path from there.
pub(crate) fn files(directory: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let shown = directory.display();
    if !directory.is_dir() {
        bail!("there is no directory {shown} to read rules from");
    }
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(directory).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot read the rules in {shown}"))?;
        let path = entry.path();
        let is_wanted = path.extension().is_some_and(|extension| extension == "rego" || extension == "json");
        let small = |entry: &walkdir::DirEntry| entry.metadata().is_ok_and(|data| data.len() <= MAX_BYTES);
        if !(entry.file_type().is_file() && is_wanted && small(&entry)) {
            continue;
        }
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the rule {}", path.display()))?;
        let relative = path.strip_prefix(directory).unwrap_or(path);
        files.push((relative.display().to_string(), text));
    }
    Ok(files)
}

/// A repository at a commit.
fn fetch(source: &GitSource, name: &str, scratch: &Path) -> anyhow::Result<Pack> {
    let checkout = git::checkout(scratch, &source.url, &source.commit)
        .with_context(|| format!("cannot fetch the rules of {name}"))?;
    let directory = source.directory.as_deref().unwrap_or_default();
    Ok(Pack::new(name, files(&checkout.path().join(directory))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_is_fetched_at_its_commit() {
        let repository = tempfile::tempdir().expect("a directory");
        let run = |arguments: &[&str]| git::git(repository.path(), arguments).expect("git works");
        run(&["init", "--quiet"]);
        std::fs::create_dir(repository.path().join("aws")).expect("made");
        std::fs::write(repository.path().join("aws/a.rego"), "package a\n").expect("written");
        run(&["add", "."]);
        run(&["-c", "user.name=n", "-c", "user.email=e", "commit", "--quiet", "-m", "m"]);
        let commit = run(&["rev-parse", "HEAD"]);
        let name = format!("file://{}//aws?ref={}", repository.path().display(), commit.trim());
        let pack = one(&name, &std::env::temp_dir()).expect("is fetched");
        assert_eq!(pack, Pack::new(name, [("a.rego".to_owned(), "package a\n".to_owned())]));
    }
}
