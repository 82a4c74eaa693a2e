//! `slack`, `stream`, `index` and `server`: what Wayleave talks to, and how it runs.

use crate::reader::table::Table;
use crate::reader::text;
use crate::reader::value::Value;
use crate::zone::secret::Secret;
use serde::Serialize;
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

    /// The path of SQLite's file, as the zone writes it; `None` for PostgreSQL.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::Sqlite(url) => Some(url.strip_prefix("sqlite:").unwrap_or(url)),
            Self::Postgres(_) => None,
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

impl Slack {
    pub(super) fn read(table: &Table<'_>) -> Option<Self> {
        let api = table.or("api", "https://slack.com/api".to_owned(), |v| v.checked(text::web));
        let bot_token = Secret::required(table, "bot_token", "env(\"SLACK_BOT_TOKEN\")");
        let signing_secret = Secret::required(table, "signing_secret", "env(\"SLACK_SIGNING_SECRET\")");
        let channel = table.required("channel", "\"#deploys\"").and_then(|v| v.checked(channel));
        table.close();
        Some(Self { api: api?, bot_token: bot_token?, signing_secret: signing_secret?, channel: channel? })
    }
}

fn channel(text: &str) -> Result<String, String> {
    let name = text.strip_prefix('#').unwrap_or(text);
    if name.is_empty()
        || text.len() > 81
        || name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '#')
    {
        return Err("expected a channel, such as \"#deploys\", or its id".to_owned());
    }
    Ok(text.to_owned())
}

impl Stream {
    pub(super) fn read(table: &Table<'_>) -> Option<Self> {
        let kinesis = table.required("kinesis", "\"wayleave-audit\"").and_then(|v| v.checked(stream_name));
        table.close();
        Some(Self { kinesis: kinesis? })
    }
}

/// See [CreateStream](https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html).
fn stream_name(text: &str) -> Result<String, String> {
    let valid = (1..=128).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
    if valid { Ok(text.to_owned()) } else { Err("expected 1 to 128 letters, digits, _ . and -".to_owned()) }
}

impl Index {
    pub(super) fn read(table: &Table<'_>) -> Option<Self> {
        let url = table.required("url", "\"http://127.0.0.1:9200\"").and_then(|v| v.checked(text::web));
        table.close();
        Some(Self { url: url? })
    }
}

impl Server {
    pub(super) fn read(table: &Table<'_>) -> Option<Self> {
        let default = Self::default();
        let listen = table.or("listen", default.listen, |v| v.checked(listen));
        let url = table.or("url", None, |v| v.checked(text::web).map(Some));
        let database = table.or("database", default.database, read_database);
        let data = table.or("data", default.data, |v| v.line().map(str::to_owned));
        let workers = table.or("workers", default.workers, |v| v.integer(0..=1024));
        table.close();
        let listen = listen?;
        let url = url?.unwrap_or_else(|| format!("http://{listen}"));
        Some(Self { listen, url, database: database?, data: data?, workers: workers? })
    }
}

fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        "expected an IP address and a port, such as \"127.0.0.1:8080\" or \"[::1]:8080\"".to_owned()
    })
}

fn read_database(value: &Value<'_>) -> Option<Database> {
    let database = value.checked(database)?;
    if matches!(database, Database::Postgres(_)) {
        value.reader.not_yet("server", "database", "postgres", &value.span);
    }
    Some(database)
}

fn database(text: &str) -> Result<Database, String> {
    let bad = || "expected \"sqlite:wayleave.db\" or \"postgres://host/database\"".to_owned();
    match text.split_once(':') {
        Some(("sqlite", path)) if !path.is_empty() => Ok(Database::Sqlite(text.to_owned())),
        Some(("postgres" | "postgresql", rest)) => {
            let rest = rest.strip_prefix("//").ok_or_else(bad)?;
            let password = text::has_password(text::authority(rest)) || rest.contains("password=");
            if password {
                return Err(
                    "take the password out of the address and put it into PGPASSWORD or ~/.pgpass".to_owned()
                );
            }
            Ok(Database::Postgres(text.to_owned()))
        }
        _ => Err(bad()),
    }
}
