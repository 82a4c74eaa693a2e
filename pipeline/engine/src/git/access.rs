//! What the `git` program is given: a closed environment, the protocols it may speak, and a login that no command line shows.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

use super::GitError;
use crate::sandbox::{Command, Sandbox};

/// Variables of this process that say how to reach the network, and nothing else.
const NETWORK: [&str; 11] = [
    "PATH",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "GIT_SSL_CAINFO",
    "SSH_AUTH_SOCK",
];

/// A user and a token for a repository over HTTP. The token never prints.
#[derive(Debug, Clone)]
pub struct Login {
    user: String,
    token: SecretString,
}

impl Login {
    /// The token of a forge, with the user name that it wants: `x-access-token` on GitHub, `oauth2` on GitLab.
    pub fn new(user: impl Into<String>, token: SecretString) -> Self {
        Self { user: user.into(), token }
    }

    fn header(&self) -> String {
        let pair = format!("{}:{}", self.user, self.token.expose_secret());
        format!("Authorization: Basic {}", STANDARD.encode(pair))
    }
}

/// Refuses what git must not speak, and passwords that would end up in messages.
pub(super) fn check(url: &str) -> Result<(), GitError> {
    let refused =
        |why| Err(GitError::Url { scheme: url.split(':').next().unwrap_or_default().to_owned(), why });
    let Some((scheme, rest)) = url.split_once("://") else {
        return refused("it needs a scheme: https://, ssh:// or file://");
    };
    let authority = rest.split('/').next().unwrap_or_default();
    match scheme {
        "http" if !is_loopback(authority) => refused("plain http is for this machine only; use https"),
        "http" | "https" if authority.contains('@') => {
            refused("a login in the URL shows in messages; give a token")
        }
        "ssh" if authority.starts_with('-') => refused("a host does not begin with a dash"),
        "http" | "https" | "ssh" | "file" => Ok(()),
        _ => refused("only https://, ssh:// and file:// are fetched from"),
    }
}

fn is_loopback(authority: &str) -> bool {
    ["127.0.0.1", "localhost", "[::1]"]
        .iter()
        .any(|host| authority.strip_prefix(host).is_some_and(|port| port.is_empty() || port.starts_with(':')))
}

/// `git` with nothing of this machine's configuration.
pub(super) fn command(sandbox: &Sandbox) -> Command {
    sandbox
        .command("git")
        .pass(&NETWORK)
        .env("HOME", sandbox.dir())
        .env("LC_ALL", "C.UTF-8")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_ATTR_NOSYSTEM", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_ASKPASS", "false")
        .env("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")
        .env("GIT_ALLOW_PROTOCOL", "http:https:ssh:file")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .args(["-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0", "-c", "maintenance.auto=false"])
        .args(["-c", "core.symlinks=true"])
        .args(["-c", "core.fsmonitor=false", "-c", "core.autocrlf=false", "-c", "credential.helper="])
}

/// Adds the login as a header for this repository's server alone.
pub(super) fn envs(command: Command, url: &str, login: Option<&Login>) -> Command {
    let Some(login) = login else { return command };
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let host = rest.split('/').next().unwrap_or_default();
    command
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", format!("http.{scheme}://{host}/.extraHeader"))
        .env("GIT_CONFIG_VALUE_0", login.header())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_that_are_fetched_from() {
        let check = |url: &str, fine: bool| assert_eq!(check(url).is_ok(), fine, "{url}");
        check("https://github.example/acme/infra.git", true);
        check("ssh://git@github.example/acme/infra.git", true);
        check("file:///srv/infra.git", true);
        check("http://127.0.0.1:3000/acme/infra.git", true);
        check("http://127.0.0.1.evil.example/infra.git", false);
        check("http://github.example/acme/infra.git", false);
        check("https://user:secret@github.example/acme/infra.git", false);
        check("ext::sh -c whoami", false);
        check("git://github.example/acme/infra.git", false);
        check("ssh://-oProxyCommand=whoami/x", false);
        check("--upload-pack=whoami", false);
    }

    #[test]
    fn a_token_does_not_print() {
        let login = Login::new("x-access-token", SecretString::from("t0ken"));
        assert!(!format!("{login:?}").contains("t0ken"));
        assert_eq!(login.header(), "Authorization: Basic eC1hY2Nlc3MtdG9rZW46dDBrZW4=");
    }
}
