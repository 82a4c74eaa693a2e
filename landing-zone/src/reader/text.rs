//! Texts of a certain form: paths, addresses, durations. Each check returns what would be right as its error.

use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};

/// A path below some root, its `.` and `..` resolved: parts joined by `/`, `.` for the root itself.
pub(crate) fn path(text: &str) -> Result<String, String> {
    if text.is_empty() || text.chars().any(char::is_control) || text.contains('\\') {
        return Err("expected a relative path, its parts joined by /".to_owned());
    }
    if text.starts_with('/') {
        return Err("the path is absolute; write it relative, without the / at its start".to_owned());
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in text.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => {
                return Err("the path leads outside; take out the `..` that leaves".to_owned());
            }
            ".." => {}
            part => parts.push(part),
        }
    }
    Ok(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

/// A glob for paths from the root of a repository.
pub(crate) fn glob(text: &str) -> Result<String, String> {
    let leaves = text.starts_with('/') || text.split('/').any(|part| part == "..");
    if text.is_empty() || leaves {
        return Err("expected a glob from the root of the repository, such as \"modules/vpc/**\"".to_owned());
    }
    globset::Glob::new(text).map(|_| text.to_owned()).map_err(|error| error.kind().to_string())
}

/// An `http` or `https` address without user or password, and without a slash at its end.
pub(crate) fn web(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest.filter(|rest| is_address(rest)) else {
        return Err("expected an address that starts with https:// or http://".to_owned());
    };
    if authority(rest).contains('@') {
        return Err("take the user and password out of the address: secrets enter by env() alone".to_owned());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// What `git` may clone: https, http, ssh, file, `user@host:path`, or an absolute path.
pub(crate) fn git(text: &str) -> Result<String, String> {
    let expected = "expected an address that git clones, such as \"https://github.com/acme/infra.git\"";
    if let Some((scheme, rest)) = text.split_once("://") {
        if has_password(authority(rest)) || (scheme != "ssh" && authority(rest).contains('@')) {
            return Err(
                "take the user and password out of the address: secrets enter by env() alone".to_owned()
            );
        }
        let known = ["https", "http", "ssh", "file"].contains(&scheme);
        return if known && is_address(rest) { Ok(text.to_owned()) } else { Err(expected.to_owned()) };
    }
    let scp = text.split_once(':').is_some_and(|(host, path)| host.contains('@') && !path.is_empty());
    let plain = !text.starts_with('-') && is_address(text);
    if plain && (scp || text.starts_with('/')) { Ok(text.to_owned()) } else { Err(expected.to_owned()) }
}

/// Whether a wrong text may hold a secret, so that it must not be repeated.
pub(crate) fn may_hold_secret(text: &str) -> bool {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    (rest.contains('@') && !rest.starts_with('@')) || text.contains("password")
}

/// The part of an address before its path.
pub(crate) fn authority(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Whether the part before the path has a password.
pub(crate) fn has_password(authority: &str) -> bool {
    authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}

fn is_address(rest: &str) -> bool {
    !rest.is_empty() && !rest.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// The name of a branch, by the rules of `git check-ref-format` that matter for an argument.
pub(crate) fn branch(text: &str) -> Result<String, String> {
    let bad = text.is_empty()
        || text.starts_with(['-', '/', '.'])
        || text.ends_with(['/', '.'])
        || text.contains("..")
        || text.contains("@{")
        || text.contains("//")
        || text.chars().any(|c| c.is_whitespace() || c.is_control() || "~^:?*[\\".contains(c));
    if bad || text.starts_with("refs/") {
        return Err("expected the name of a branch, such as \"main\"".to_owned());
    }
    Ok(text.to_owned())
}

/// A duration such as `30m` or `1h 30m`, not negative and at most a year of 365 days.
pub(crate) fn duration(text: &str) -> Result<SignedDuration, String> {
    let expected = || "expected a duration from 0s to 365d, such as \"30m\" or \"2h 30m\"".to_owned();
    let span: Span = text.parse().map_err(|_| expected())?;
    let duration = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| expected())?;
    let year = SignedDuration::from_hours(365 * 24);
    if duration < SignedDuration::ZERO || duration > year { Err(expected()) } else { Ok(duration) }
}

/// A moment with its offset, as in [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339).
pub(crate) fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse()
        .map_err(|_| "expected a time with its offset, such as \"2026-12-20T00:00:00+09:00\"".to_owned())
}

/// The name of an [S3 bucket](https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
pub(crate) fn bucket(text: &str) -> Result<(), String> {
    let edge = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let valid = (3..=63).contains(&text.len())
        && text.starts_with(edge)
        && text.ends_with(edge)
        && !text.contains("..")
        && text.chars().all(|c| edge(c) || c == '-' || c == '.');
    if valid {
        return Ok(());
    }
    Err("the name of a bucket has 3 to 63 lower-case letters, digits, - and .".to_owned())
}

/// The name of an IAM role, without its path.
pub(crate) fn role(text: &str) -> Result<String, String> {
    let valid = (1..=64).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c));
    if valid {
        return Ok(text.to_owned());
    }
    Err("expected the name of a role: 1 to 64 letters, digits and any of _ + = , . @ -; not its ARN"
        .to_owned())
}
