//! Where a pack comes from, as a user names it. Nothing is fetched here.

use std::fmt;
use std::str::FromStr;

/// Where a pack comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackSource {
    /// The pack that comes with the program: `builtin`.
    Builtin,
    /// A directory: anything that is neither of the others.
    Directory(String),
    /// A commit of a git repository: `https://host/repository.git//directory?ref=<commit>`, with or without `git::` before it.
    Git(GitSource),
}

/// A directory of a commit of a git repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitSource {
    /// What `git` clones: `https`, `ssh` or `file`, without credentials, or `user@host:path`.
    pub url: String,
    /// The directory in it, relative and without `..`; none for all of it.
    pub directory: Option<String>,
    /// The commit: a full hash in lower case, of 40 digits (or 64, in a repository of SHA-256).
    pub commit: String,
}

/// A source that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackSourceError {
    /// Nothing was written.
    #[error("a pack has no name: give `builtin`, a directory, or a git URL with `?ref=<commit>`")]
    Empty,
    /// A branch or a tag may say something else tomorrow.
    #[error(
        "the pack {url} names no commit: add `?ref=` and the full hash of the commit, since what judges must not change by itself"
    )]
    NoCommit {
        /// What was written.
        url: String,
    },
    /// The reference is none that cannot change.
    #[error("the pack {url} has the ref `{got}`: give the full hash of a commit, 40 hexadecimal digits")]
    NotACommit {
        /// What was written, without the ref.
        url: String,
        /// The ref.
        got: String,
    },
    /// The URL has something that is not known here.
    #[error("the pack {url} has the parameter `{name}`, which is not known: only `ref` is")]
    UnknownParameter {
        /// What was written, without parameters.
        url: String,
        /// The parameter.
        name: String,
    },
    /// The URL's scheme is none that git packs are fetched by.
    #[error("the pack {url} cannot be fetched by `{scheme}`: use https, ssh, or file")]
    Scheme {
        /// What was written.
        url: String,
        /// The scheme.
        scheme: String,
    },
    /// Secrets in a URL end up in logs. The URL is not repeated for that reason.
    #[error("a pack's URL has a user name or a password in it: let git's credential helper give them")]
    Credentials,
    /// The URL has no host or no path.
    #[error("the pack {url} has no {what}")]
    Incomplete {
        /// What was written.
        url: String,
        /// `host` or `repository`.
        what: &'static str,
    },
    /// The directory leaves the repository.
    #[error("the pack {url} has the directory `{directory}`: give one within the repository, without `..`")]
    Directory {
        /// The repository.
        url: String,
        /// The directory.
        directory: String,
    },
}

impl FromStr for PackSource {
    type Err = PackSourceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let (is_git, url) = match text.strip_prefix("git::") {
            Some(url) => (true, url),
            None => (text.contains("://") || is_short(text), text),
        };
        match text {
            "" => Err(PackSourceError::Empty),
            "builtin" => Ok(Self::Builtin),
            _ if is_git => git(url).map(Self::Git),
            _ => Ok(Self::Directory(text.to_owned())),
        }
    }
}

impl fmt::Display for PackSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Builtin => f.write_str("builtin"),
            Self::Directory(directory) => f.write_str(directory),
            Self::Git(git) => write!(f, "git::{git}"),
        }
    }
}

impl fmt::Display for GitSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let directory = self.directory.as_ref().map(|directory| format!("//{directory}")).unwrap_or_default();
        write!(f, "{}{directory}?ref={}", self.url, self.commit)
    }
}

/// `git@host:path`.
fn is_short(text: &str) -> bool {
    let head = text.split(['?', '/']).next().unwrap_or_default();
    !text.contains("://")
        && head.split_once('@').is_some_and(|(user, rest)| !user.is_empty() && rest.contains(':'))
}

fn git(written: &str) -> Result<GitSource, PackSourceError> {
    let (url, parameters) = written.split_once('?').unwrap_or((written, ""));
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (path, directory) = match rest.split_once("//") {
        Some((path, directory)) => (path, Some(directory.trim_matches('/'))),
        None => (rest, None),
    };
    let url = if scheme.is_empty() { path.to_owned() } else { format!("{scheme}://{path}") };
    no_credentials(scheme, path)?;
    complete(&url, scheme, path)?;
    let commit = commit(&url, parameters)?;
    let directory =
        directory.filter(|directory| !directory.is_empty()).map(|directory| inside(&url, directory));
    Ok(GitSource { url, directory: directory.transpose()?, commit })
}

/// A user name alone is part of ssh's addresses; everywhere else it is, or comes with, a secret.
fn no_credentials(scheme: &str, path: &str) -> Result<(), PackSourceError> {
    let authority = path.split('/').next().unwrap_or_default();
    match authority.rsplit_once('@') {
        Some((user, _)) if scheme == "https" || scheme == "http" || user.contains(':') => {
            Err(PackSourceError::Credentials)
        }
        _ => Ok(()),
    }
}

fn complete(url: &str, scheme: &str, path: &str) -> Result<(), PackSourceError> {
    let incomplete = |what| Err(PackSourceError::Incomplete { url: url.to_owned(), what });
    // What starts with a dash is an option to git and to ssh, not a host.
    if path.starts_with('-') || path.split_once('@').is_some_and(|(_, host)| host.starts_with('-')) {
        return incomplete("host");
    }
    match scheme {
        "https" | "ssh" | "file" => match path.split_once('/') {
            Some(("", _)) if scheme != "file" => incomplete("host"),
            Some((_, repository)) if !repository.trim_matches('/').is_empty() => Ok(()),
            _ => incomplete("repository"),
        },
        "" if is_short(path) => match path.split_once(':') {
            Some((_, repository)) if !repository.is_empty() => Ok(()),
            _ => incomplete("repository"),
        },
        _ => Err(PackSourceError::Scheme { url: url.to_owned(), scheme: scheme.to_owned() }),
    }
}

fn commit(url: &str, parameters: &str) -> Result<String, PackSourceError> {
    let mut commit = None;
    for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
        match parameter.split_once('=').unwrap_or((parameter, "")) {
            ("ref", value) => commit = Some(value),
            (name, _) => {
                return Err(PackSourceError::UnknownParameter { url: url.to_owned(), name: name.to_owned() });
            }
        }
    }
    let got = commit.ok_or_else(|| PackSourceError::NoCommit { url: url.to_owned() })?;
    let is_hash = matches!(got.len(), 40 | 64) && got.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_hash {
        Ok(got.to_ascii_lowercase())
    } else {
        Err(PackSourceError::NotACommit { url: url.to_owned(), got: got.to_owned() })
    }
}

fn inside(url: &str, directory: &str) -> Result<String, PackSourceError> {
    let leaves = directory.split(['/', '\\']).any(|part| matches!(part, ".." | "." | ""));
    if leaves {
        return Err(PackSourceError::Directory { url: url.to_owned(), directory: directory.to_owned() });
    }
    Ok(directory.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{GitSource, PackSource};

    const HASH: &str = "0123456789abcdef0123456789abcdef01234567";

    #[test]
    fn sources_are_read_and_written_back() {
        let git = |url: &str, directory: Option<&str>| {
            let (url, directory) = (url.to_owned(), directory.map(str::to_owned));
            PackSource::Git(GitSource { url, directory, commit: HASH.to_owned() })
        };
        for (written, expected) in [
            ("builtin".to_owned(), PackSource::Builtin),
            ("packs/aws".to_owned(), PackSource::Directory("packs/aws".into())),
            ("./builtin".to_owned(), PackSource::Directory("./builtin".into())),
            ("C:\\packs".to_owned(), PackSource::Directory("C:\\packs".into())),
            ("a@b/c:d".to_owned(), PackSource::Directory("a@b/c:d".into())),
            (format!("https://host.example/a/b.git?ref={HASH}"), git("https://host.example/a/b.git", None)),
            (
                format!("git::https://host.example:8443/b//rules/aws/?ref={}", HASH.to_uppercase()),
                git("https://host.example:8443/b", Some("rules/aws")),
            ),
            (
                format!("git::file:///srv/packs.git//aws?ref={HASH}"),
                git("file:///srv/packs.git", Some("aws")),
            ),
            (format!("ssh://git@host.example/b.git?ref={HASH}"), git("ssh://git@host.example/b.git", None)),
            (format!("git@host.example:a/b.git//x?ref={HASH}"), git("git@host.example:a/b.git", Some("x"))),
        ] {
            let source: PackSource = written.parse().unwrap_or_else(|error| panic!("{written}: {error}"));
            assert_eq!(source, expected, "{written}");
            assert_eq!(source.to_string().parse(), Ok(expected), "{written}");
        }
    }

    #[test]
    fn sources_that_cannot_be_used_say_why() {
        for (written, expected) in [
            (" ".to_owned(), "a pack has no name"),
            ("https://host.example/a".to_owned(), "names no commit"),
            ("https://host.example/a?ref=main".to_owned(), "has the ref `main`: give the full hash"),
            ("https://host.example/a?ref=0123456".to_owned(), "has the ref `0123456`"),
            (format!("https://host.example/a?ref={HASH}&depth=1"), "has the parameter `depth`"),
            (format!("http://host.example/a?ref={HASH}"), "cannot be fetched by `http`"),
            (format!("ext::sh://x/a?ref={HASH}"), "cannot be fetched by `ext::sh`"),
            (format!("git::packs/aws?ref={HASH}"), "cannot be fetched by ``"),
            (format!("https://user:secret@host.example/a?ref={HASH}"), "has a user name or a password"),
            (format!("https://token@host.example/a?ref={HASH}"), "has a user name or a password"),
            (format!("https:///a?ref={HASH}"), "has no host"),
            (format!("https://host.example?ref={HASH}"), "has no repository"),
            (format!("https://host.example/?ref={HASH}"), "has no repository"),
            (format!("https://host.example/a//../x?ref={HASH}"), "without `..`"),
            (format!("git@host.example:?ref={HASH}"), "has no repository"),
            (format!("-oProxyCommand=x@host:a?ref={HASH}"), "has no host"),
            (format!("ssh://git@-oProxyCommand=x/a?ref={HASH}"), "has no host"),
        ] {
            let error = written.parse::<PackSource>().expect_err(&written).to_string();
            assert!(error.contains(expected), "{written}: {error}");
            assert!(!error.contains("secret") && !error.contains("token@"), "{error}");
        }
    }
}
