//! `slack`, `stream`, `index`, `policy` and `server`: what Wayleave talks to, and how it runs.

use crate::zone::secret::Secret;
use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, SocketAddr};

/// The `slack` block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Slack {
    /// The base address of the Web API, without a slash at the end. Default: `https://slack.com/api`.
    pub api: String,
    /// The bot's token.
    pub bot_token: Secret,
    /// The secret that requests from Slack are signed with.
    pub signing_secret: Secret,
    /// The channel that hears of runs: a name with `#`, or an id.
    pub channel: String,
}

/// The `stream` block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stream {
    /// The name of the Kinesis stream.
    pub kinesis: String,
}

/// The `index` block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Index {
    /// The address of Elasticsearch or OpenSearch, without a slash at the end.
    pub url: String,
}

/// Where rules come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Pack {
    /// The rules that Wayleave brings.
    Builtin,
    /// A directory on the server.
    Directory(String),
    /// A commit of a git repository, written `URL?ref=COMMIT`.
    Git {
        /// What `git` clones.
        url: String,
        /// The full hash of the commit.
        commit: String,
    },
}

/// The severity from which a finding refuses a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Any finding.
    Low,
    /// Medium and high.
    Medium,
    /// High alone.
    #[default]
    High,
}

/// The `policy` block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// Where rules come from. Default: the builtin ones.
    pub packs: Vec<Pack>,
    /// What refuses a plan. Default: high.
    pub fail_on: FailOn,
}

impl Default for Policy {
    fn default() -> Self {
        Self { packs: vec![Pack::Builtin], fail_on: FailOn::High }
    }
}

/// Where runs are kept. Both hold the whole address, scheme included, and never a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Database {
    /// `sqlite:PATH`.
    Sqlite(String),
    /// `postgres://…`.
    Postgres(String),
}

impl Database {
    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Sqlite(url) | Self::Postgres(url) => url,
        }
    }
}

/// The `server` block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Server {
    /// The address that it listens on. Default: `127.0.0.1:8080`.
    pub listen: SocketAddr,
    /// How people reach it, without a slash at the end. Default: `http://` and the address it listens on.
    pub url: String,
    /// Where runs are kept. Default: `sqlite:wayleave.db`.
    pub database: Database,
    /// The directory for plans, checkouts and the spool. Default: `wayleave-data`.
    pub data: String,
    /// Units at once on this machine, at most 1024; 0 for the front alone. Default: 4.
    pub workers: u32,
}

impl Default for Server {
    fn default() -> Self {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080));
        Self {
            listen,
            url: format!("http://{listen}"),
            database: Database::Sqlite("sqlite:wayleave.db".to_owned()),
            data: "wayleave-data".to_owned(),
            workers: 4,
        }
    }
}
