//! What `-r git -u URL` fetches: a repository, scanned and removed again.

use std::path::Path;

use anyhow::{Context, bail};
use policies::source::join;
use tempfile::TempDir;

use super::arguments::Arguments;
use crate::git;

/// A checkout; it is removed with this value.
pub(super) struct Remote {
    checkout: TempDir,
    /// The directory in it that is scanned; `.` for all of it.
    pub(super) directory: String,
    /// Where it comes from, as the user wrote it.
    pub(super) url: String,
}

impl Remote {
    /// Fetches what the command line asks for, if it does.
    ///
    /// # Errors
    /// The address makes no sense, or git cannot fetch it.
    pub(super) fn fetch(arguments: &Arguments) -> anyhow::Result<Option<Self>> {
        let Some(url) = &arguments.remote_url else { return Ok(None) };
        let address = Address::parse(url)?;
        tracing::info!(url, "fetching");
        let checkout = git::checkout(&arguments.global.scratch(), &address.repository, &address.reference)
            .with_context(|| format!("cannot fetch {url}"))?;
        git::submodules(checkout.path())
            .with_context(|| format!("cannot fetch the repositories within {url}"))?;
        if !checkout.path().join(&address.directory).is_dir() {
            bail!("there is no directory {} in the repository of {url}", address.directory);
        }
        Ok(Some(Self { checkout, directory: address.directory, url: url.clone() }))
    }

    pub(super) fn path(&self) -> &Path {
        self.checkout.path()
    }
}

/// Where a repository is, and what of it is meant.
#[derive(Debug, PartialEq, Eq)]
struct Address {
    /// What git fetches from.
    repository: String,
    /// A branch, a tag or a commit.
    reference: String,
    /// Below the repository's root; `.` for all of it.
    directory: String,
}

impl Address {
    /// Reads `[git::]REPOSITORY[//DIR][?ref=REF]`. A host without a scheme is taken for one of HTTPS.
    fn parse(written: &str) -> anyhow::Result<Self> {
        let plain = written.strip_prefix("git::").unwrap_or(written);
        let (url, parameters) = plain.split_once('?').unwrap_or((plain, ""));
        let start = url.find("://").map_or(0, |at| at + "://".len());
        let (scheme, rest) = url.split_at(start);
        let (path, directory) = rest.split_once("//").unwrap_or((rest, ""));
        let authority = path.split('/').next().unwrap_or_default();
        let user = authority.rsplit_once('@').map(|(user, _)| user);
        if user.is_some_and(|user| scheme.starts_with("http") || user.contains(':')) {
            bail!("-u: take the credentials out of the address, and let git's credential helper give them");
        }
        let directory = join("", directory);
        if path.is_empty() || path.starts_with('-') {
            bail!("-u {written}: write it as https://host/repository.git//DIR?ref=REF");
        }
        if directory.split('/').any(|part| part == "..") {
            bail!("-u {written}: the directory behind // lies within the repository, so write it without ..");
        }
        Ok(Self {
            repository: repository(scheme, path),
            reference: reference(written, parameters)?,
            directory,
        })
    }
}

fn repository(scheme: &str, path: &str) -> String {
    let head = path.split('/').next().unwrap_or_default();
    let is_short = head.contains('@') && head.contains(':');
    match (scheme, std::path::absolute(path)) {
        ("", Ok(here)) if here.exists() => here.display().to_string(),
        ("", _) if !is_short && head.contains('.') => format!("https://{path}"),
        _ => format!("{scheme}{path}"),
    }
}

fn reference(written: &str, parameters: &str) -> anyhow::Result<String> {
    let mut reference = "HEAD";
    for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
        match parameter.split_once('=').unwrap_or((parameter, "")) {
            ("ref", name) if !name.is_empty() && !name.starts_with('-') && !name.contains([':', '+']) => {
                reference = name;
            }
            ("ref", _) => bail!("-u {written}: ref is a branch, a tag or a commit"),
            // Nothing but the commit is fetched in any case.
            ("depth", _) => {}
            (name, _) => bail!("-u {written}: the parameter {name} is not known; ref is"),
        }
    }
    Ok(reference.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_terrascan() {
        for (written, repository, directory, reference) in [
            ("https://h.example/a/b.git", "https://h.example/a/b.git", ".", "HEAD"),
            ("git::https://h.example/a.git//x/y/?ref=v1.0", "https://h.example/a.git", "x/y", "v1.0"),
            ("ssh://git@h.example/a.git?depth=1&ref=main", "ssh://git@h.example/a.git", ".", "main"),
            ("git@h.example:a/b.git//x", "git@h.example:a/b.git", "x", "HEAD"),
            ("h.example/a/b//x", "https://h.example/a/b", "x", "HEAD"),
            ("file:///srv/a.git//x", "file:///srv/a.git", "x", "HEAD"),
            ("/srv/gone.git", "/srv/gone.git", ".", "HEAD"),
        ] {
            let expected = Address {
                repository: repository.to_owned(),
                directory: directory.to_owned(),
                reference: reference.to_owned(),
            };
            assert_eq!(Address::parse(written).expect(written), expected, "{written}");
        }
    }

    #[test]
    fn addresses_that_cannot_be_used_say_why() {
        for (written, said) in [
            ("", "write it as"),
            ("-oProxyCommand=x", "write it as"),
            ("https://h.example/a//../b", "without .."),
            ("https://h.example/a?ref=", "a branch, a tag or a commit"),
            ("https://h.example/a?ref=--x", "a branch, a tag or a commit"),
            ("https://h.example/a?sshkey=x", "sshkey is not known"),
            ("https://secret@h.example/a", "credential helper"),
            ("ssh://u:secret@h.example/a", "credential helper"),
        ] {
            let error = Address::parse(written).expect_err(written).to_string();
            assert!(error.contains(said) && !error.contains("secret"), "{written}: {error}");
        }
    }
}
