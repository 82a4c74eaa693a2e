//! `wayleave runs`: the server's runs.

use std::process::ExitCode;

use pipeline_core::{RunId, RunView};

use super::{ServerArgument, state_style, time, view};
use crate::output::{self, Format};
use crate::style::is_coloured;
use crate::table::{Cell, Table};

/// List a server's runs, newest first.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    server: ServerArgument,
    /// The most runs to list.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=200))]
    limit: u32,
    /// Go on where a list ended: the run that it named.
    #[arg(long, value_name = "RUN")]
    cursor: Option<RunId>,
}

pub(crate) async fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let client = arguments.server.client()?;
    let limit = arguments.limit.to_string();
    let cursor = arguments.cursor.map(|cursor| cursor.to_string());
    let mut query = vec![("limit", limit.as_str())];
    query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
    let page = client.get(&["runs"], &query).await?;
    if format == Format::Json {
        output::json(&page)?;
        return Ok(ExitCode::SUCCESS);
    }
    let runs = page.get("runs").and_then(serde_json::Value::as_array).map(Vec::as_slice).unwrap_or_default();
    show(&runs.iter().map(view).collect::<Result<Vec<_>, _>>()?)?;
    if let Some(next) = page.get("next").and_then(serde_json::Value::as_str) {
        output::notice(&format!("there are more: wayleave runs --cursor {next}"));
    }
    Ok(ExitCode::SUCCESS)
}

fn show(runs: &[RunView]) -> anyhow::Result<()> {
    if runs.is_empty() {
        return output::line("no runs");
    }
    let mut table = Table::new(["RUN", "STATE", "REPOSITORY", "COMMIT", "AUTHOR", "TRIGGER", "STARTED"]);
    for run in runs {
        table.row([
            run.id.to_string().into(),
            Cell::styled(state(run), state_style(run.state.name())),
            run.repository.as_str().into(),
            run.commit.as_str().chars().take(8).collect::<String>().into(),
            run.author.as_str().into(),
            trigger(run).into(),
            time(run.started).into(),
        ]);
    }
    output::lines(&table.lines(is_coloured()))
}

/// The state, and what is waited for.
fn state(run: &RunView) -> String {
    match &run.waiting_for {
        Some(waiting) => {
            format!("{} ({} {}/{})", run.state.name(), waiting.stage, waiting.have, waiting.approvals)
        }
        None => run.state.name().to_owned(),
    }
}

/// What started the run, with the number of the pull request.
pub(super) fn trigger(run: &RunView) -> String {
    let name = serde_json::to_value(run.trigger).ok();
    let name = name.as_ref().and_then(serde_json::Value::as_str).unwrap_or("unknown").replace('_', " ");
    match run.change {
        Some(change) => format!("{name} #{change}"),
        None => name,
    }
}
