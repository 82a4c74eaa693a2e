//! The commands that talk to a server over its API.

pub(crate) mod changes;
pub(crate) mod decide;
mod http;
pub(crate) mod logs;
mod pages;
pub(crate) mod runs;
pub(crate) mod show;
mod sse;

use anyhow::{Context, bail};
use pipeline_core::RunView;
use reqwest::Url;
use secrecy::SecretString;
use serde_json::Value;

use crate::style::Style;
use http::Client;
pub(crate) use http::is_here;

/// Which server.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ServerArgument {
    /// The server's address; WAYLEAVE_TOKEN holds the token for it.
    #[arg(
        long,
        value_name = "URL",
        env = "WAYLEAVE_SERVER",
        hide_env_values = true,
        default_value = "http://127.0.0.1:8080"
    )]
    server: Url,
}

impl ServerArgument {
    /// A client of the server, with the token of `WAYLEAVE_TOKEN` if that is set.
    fn client(&self) -> anyhow::Result<Client> {
        let url = &self.server;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            bail!("{url} is no address of a server; write it like https://wayleave.example");
        }
        if !url.username().is_empty() || url.password().is_some() {
            bail!("take the credentials out of the server's address; WAYLEAVE_TOKEN is for the token");
        }
        let token = std::env::var("WAYLEAVE_TOKEN").ok().filter(|token| !token.is_empty());
        Client::new(url.clone(), token.map(SecretString::from))
    }
}

/// Reads a run out of an answer.
fn view(document: &Value) -> anyhow::Result<RunView> {
    serde::Deserialize::deserialize(document)
        .context("cannot understand the server's answer; is it of this program's version?")
}

/// How the name of a run's or unit's state looks.
fn state_style(state: &str) -> Style {
    match state {
        "applied" => Style::Good,
        "failed" | "refused" => Style::Bad,
        "waiting" | "planning" | "applying" => Style::Warning,
        "unchanged" | "cancelled" | "superseded" | "skipped" => Style::Dim,
        _ => Style::Plain,
    }
}

/// A time to the second, in UTC.
fn time(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}
