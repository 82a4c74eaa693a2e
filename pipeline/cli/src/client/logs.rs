//! `wayleave logs`: what the units of a run wrote, so far or as it comes.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use reqwest::Response;
use serde_json::Value;

use super::http::{Client, ClientError};
use super::pages::{self, Line, Printer};
use super::sse::{Event, Parser};
use super::{ServerArgument, view};
use crate::output::{self, Format};

/// How often a broken stream is opened again before giving up; what arrives starts the count anew.
const TRIES: u32 = 10;
/// How long to wait before that.
const PAUSE: Duration = Duration::from_secs(1);

/// Show what a run's units wrote.
///
/// With --format json, one document a line.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    server: ServerArgument,
    /// The run's id, or the first eight or more of its digits.
    run: String,
    /// Go on until the run has ended.
    #[arg(short, long)]
    follow: bool,
    /// Show this unit alone.
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
}

pub(crate) async fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let client = arguments.server.client()?;
    let printer = Printer { format, named: arguments.unit.is_none() };
    let mut from = 0;
    if arguments.follow {
        let follower = Follower { client: &client, arguments, printer: &printer, last: None, from: 0 };
        from = follower.follow().await?;
    }
    // Behind the end of a run some of its lines may still have been on their way.
    let run = view(&client.get(&["runs", &arguments.run], &[]).await?)?;
    let units: Vec<String> = run.units.iter().map(|unit| unit.id.to_string()).collect();
    let units = match &arguments.unit {
        Some(unit) if !units.contains(unit) => {
            bail!("the run has no unit {unit}; its units are {}", units.join(", "))
        }
        Some(unit) => vec![unit.clone()],
        None => units,
    };
    pages::print(&client, &run.id.to_string(), &units, from, &printer).await?;
    Ok(ExitCode::SUCCESS)
}

/// Follows a run's event stream.
struct Follower<'a> {
    client: &'a Client,
    arguments: &'a Arguments,
    printer: &'a Printer,
    /// The id of the last event, from which a new stream goes on.
    last: Option<String>,
    /// The number of the line to go on from.
    from: u64,
}

impl Follower<'_> {
    /// Shows lines until the run has ended. Answers the number of the line to go on from.
    async fn follow(mut self) -> anyhow::Result<u64> {
        let mut tries = 0;
        loop {
            let before = self.last.clone();
            match self.stream().await? {
                Ok(true) => return Ok(self.from),
                // A server that stops ends its streams in order.
                Ok(false) => {}
                Err(error) if error.is_transient() && tries < TRIES => {
                    tracing::info!(%error, "the stream broke off and is opened again");
                }
                Err(error) => return Err(error.into()),
            }
            tries = if self.last == before { tries + 1 } else { 0 };
            if tries > TRIES {
                bail!("the server ends the stream again and again without sending anything");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Opens the stream and shows what it brings. True when the run has ended. The outer error is this machine's.
    async fn stream(&mut self) -> anyhow::Result<Result<bool, ClientError>> {
        let mut response = match self.client.events(&self.arguments.run, self.last.as_deref()).await {
            Ok(response) => response,
            Err(error) => return Ok(Err(error)),
        };
        let mut parser = Parser::default();
        loop {
            match self.chunk(&mut response).await {
                Err(error) => return Ok(Err(error)),
                Ok(None) => return Ok(Ok(false)),
                Ok(Some(chunk)) => {
                    for event in parser.feed(&chunk) {
                        if self.event(event)? {
                            return Ok(Ok(true));
                        }
                    }
                }
            }
        }
    }

    async fn chunk(&self, response: &mut Response) -> Result<Option<Vec<u8>>, ClientError> {
        let chunk = response.chunk().await.map_err(|error| self.client.unreachable(error))?;
        Ok(chunk.map(|chunk| chunk.to_vec()))
    }

    /// Shows one event. True when it says that the run has ended.
    fn event(&mut self, event: Event) -> anyhow::Result<bool> {
        let ended = match event.kind.as_str() {
            "log" => self.line(&event.data)?,
            "state" => self.state(&event.data)?,
            _ => false,
        };
        self.last = event.id.or(self.last.take());
        Ok(ended)
    }

    fn line(&mut self, data: &str) -> anyhow::Result<bool> {
        let line: Line = serde_json::from_str(data).context("cannot understand the server's stream")?;
        let wanted = self.arguments.unit.is_none() || line.unit == self.arguments.unit;
        // A stream that was opened again may begin with what was shown.
        if line.number >= self.from {
            self.from = line.number.saturating_add(1);
            if wanted {
                self.printer.print(&line)?;
            }
        }
        Ok(false)
    }

    fn state(&self, data: &str) -> anyhow::Result<bool> {
        let document: Value = serde_json::from_str(data).context("cannot understand the server's stream")?;
        let state = document.get("state").and_then(Value::as_str).unwrap_or_default();
        if self.printer.format == Format::Human {
            let reason = document.get("reason").and_then(Value::as_str);
            let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
            output::notice(&format!("-- {state}{reason}"));
        }
        Ok(has_ended(state))
    }
}

/// Whether nothing more comes of a run in this state.
fn has_ended(state: &str) -> bool {
    matches!(state, "applied" | "unchanged" | "refused" | "failed" | "cancelled" | "superseded")
}
