//! Reads packs of rules: directories, the builtin one, and repositories at a commit.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use policies::Pack;

/// Files of a pack that are larger are passed by.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// Reads the packs; the builtin one if none is named. What is fetched is put below `scratch`, and removed.
pub(super) fn read(names: &[String], scratch: &Path) -> anyhow::Result<Vec<Pack>> {
    if names.is_empty() {
        return Ok(vec![Pack::builtin()]);
    }
    names.iter().map(|name| one(name, scratch)).collect()
}

fn one(name: &str, scratch: &Path) -> anyhow::Result<Pack> {
    if name == "builtin" {
        return Ok(Pack::builtin());
    }
    if let Some(remote) = Remote::parse(name)? {
        return remote.pack(name, scratch);
    }
    Ok(Pack::new(name, files(Path::new(name))?))
}

fn files(directory: &Path) -> anyhow::Result<Vec<(String, String)>> {
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

/// A repository at a commit: `URL//DIR?ref=COMMIT`.
#[derive(Debug, PartialEq, Eq)]
struct Remote {
    url: String,
    directory: String,
    commit: String,
}

impl Remote {
    /// None for what is no URL.
    fn parse(name: &str) -> anyhow::Result<Option<Self>> {
        let name = name.strip_prefix("git::").unwrap_or(name);
        if !["https://", "http://", "ssh://", "file://", "git@"].iter().any(|start| name.starts_with(start)) {
            return Ok(None);
        }
        let (address, commit) = name.split_once("?ref=").unwrap_or((name, ""));
        if commit.len() != 40 || !commit.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            bail!("{name}: name the commit, as ?ref= and 40 hexadecimal digits; what a branch holds changes");
        }
        let after_scheme = address.find("://").map_or(0, |at| at + 3);
        let (url, directory) = match address[after_scheme..].find("//") {
            Some(at) => (&address[..after_scheme + at], &address[after_scheme + at + 2..]),
            None => (address, ""),
        };
        if directory.split('/').any(|part| part == "..") {
            bail!("{name}: the directory leads out of the repository");
        }
        Ok(Some(Self { url: url.into(), directory: directory.into(), commit: commit.into() }))
    }

    fn pack(&self, name: &str, scratch: &Path) -> anyhow::Result<Pack> {
        let checkout = tempfile::tempdir_in(scratch)
            .with_context(|| format!("cannot make a directory for the rules in {}", scratch.display()))?;
        let git = |arguments: &[&str]| git(checkout.path(), arguments);
        git(&["init", "--quiet"])?;
        git(&["fetch", "--quiet", "--depth", "1", "--", &self.url, &self.commit])
            .with_context(|| format!("cannot fetch the rules of {name}"))?;
        git(&["checkout", "--quiet", "--detach", &self.commit])?;
        Ok(Pack::new(name, files(&checkout.path().join(&self.directory))?))
    }
}

fn git(directory: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    let mut command = Command::new("git");
    command.arg("-C").arg(directory).args(arguments).env("GIT_TERMINAL_PROMPT", "0");
    let output = command.output().context("cannot run git; is it installed?")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("git {} failed: {}", arguments.first().unwrap_or(&""), said.trim());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_a_commit() {
        let commit = "0123456789abcdef0123456789abcdef01234567";
        for (name, expected) in [
            (format!("https://git.example/r.git?ref={commit}"), Some(("https://git.example/r.git", ""))),
            (
                format!("git::ssh://git@git.example/r.git//aws/s3?ref={commit}"),
                Some(("ssh://git@git.example/r.git", "aws/s3")),
            ),
            (
                format!("git@git.example:acme/r.git//aws?ref={commit}"),
                Some(("git@git.example:acme/r.git", "aws")),
            ),
            ("rules".to_owned(), None),
            ("../https:/x".to_owned(), None),
        ] {
            let remote = Remote::parse(&name).expect("is well");
            let found = remote.as_ref().map(|remote| (remote.url.as_str(), remote.directory.as_str()));
            assert_eq!(found, expected, "{name}");
        }
        for name in ["https://git.example/r.git", "https://git.example/r.git?ref=main"] {
            assert!(Remote::parse(name).is_err(), "{name}");
        }
        assert!(Remote::parse(&format!("https://x/r//../y?ref={commit}")).is_err());
    }

    #[test]
    fn a_pack_is_fetched_at_its_commit() {
        let repository = tempfile::tempdir().expect("a directory");
        let run = |arguments: &[&str]| git(repository.path(), arguments).expect("git works");
        run(&["init", "--quiet"]);
        std::fs::create_dir(repository.path().join("aws")).expect("made");
        std::fs::write(repository.path().join("aws/a.rego"), "package a\n").expect("written");
        run(&["add", "."]);
        run(&["-c", "user.name=n", "-c", "user.email=e", "commit", "--quiet", "-m", "m"]);
        run(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
        let head = Command::new("git").arg("-C").arg(repository.path()).args(["rev-parse", "HEAD"]).output();
        let commit = String::from_utf8(head.expect("git works").stdout).expect("is text");
        let name = format!("file://{}//aws?ref={}", repository.path().display(), commit.trim());
        let pack = one(&name, &std::env::temp_dir()).expect("is fetched");
        assert_eq!(pack, Pack::new(name, [("a.rego".to_owned(), "package a\n".to_owned())]));
    }
}
