//! What the demo leaves: a summary for people, a file for programs.

use std::path::Path;

use anyhow::Context;
use pipeline_core::RunView;
use serde_json::{Value, json};

use super::landscape::Landscape;
use super::server::Server;
use crate::output::{self, Format};

/// Writes the run with `records` and `seconds` to a file, if one is wanted.
pub(super) fn write(file: Option<&Path>, run: &RunView, records: u64, seconds: f64) -> anyhow::Result<()> {
    let Some(file) = file else { return Ok(()) };
    let text =
        serde_json::to_string_pretty(&document(run, records, seconds)?).context("cannot write the report")?;
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

fn document(run: &RunView, records: u64, seconds: f64) -> anyhow::Result<Value> {
    let mut document = serde_json::to_value(run).context("cannot write the run as JSON")?;
    if let Value::Object(fields) = &mut document {
        fields.insert("records".to_owned(), json!(records));
        fields.insert("seconds".to_owned(), json!((seconds * 10.0).round() / 10.0));
    }
    Ok(document)
}

/// Tells how it went.
pub(super) fn tell(
    run: &RunView,
    records: u64,
    seconds: f64,
    server: &Server,
    landscape: &Landscape,
    format: Format,
) -> anyhow::Result<()> {
    if format == Format::Json {
        return output::json(&document(run, records, seconds)?);
    }
    let changes: u32 = run.units.iter().map(|unit| unit.changes.total()).sum();
    let accounts: std::collections::BTreeSet<_> = run.units.iter().map(|unit| &unit.account).collect();
    let messages = landscape.slack.messages().len();
    output::line(&format!("\n{} {} in {seconds:.0} s", run.id, run.state.name()))?;
    if let Some(reason) = &run.reason {
        output::line(&format!("  {reason}"))?;
    }
    output::line(&format!(
        "  {} units in {} accounts, {changes} resources changed",
        run.units.len(),
        accounts.len()
    ))?;
    output::line(&format!(
        "  {} approvals, {records} audit records in the index, {messages} Slack message kept up to date",
        run.approvals.len()
    ))?;
    output::line(&format!("  pages: {}/runs/{}", server.url, run.id))
}
