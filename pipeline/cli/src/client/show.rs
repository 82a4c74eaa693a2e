//! `wayleave show`: one run, or one of its units.

use std::process::ExitCode;

use pipeline_core::RunView;
use pipeline_core::change::ChangeCounts;
use pipeline_core::event::FindingCounts;
use pipeline_core::run::UnitView;

use super::runs::trigger;
use super::{ServerArgument, changes, state_style, time, view};
use crate::output::{self, Format};
use crate::style::{Style, is_coloured, visible};
use crate::table::{Cell, Table};

/// Show a run: its units, what it waits for, who approved.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    server: ServerArgument,
    /// The run's id, or the first eight or more of its digits.
    run: String,
    /// Show what this unit's plan changes and what the policies found in it.
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
}

pub(crate) async fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let client = arguments.server.client()?;
    let document = match &arguments.unit {
        Some(unit) => client.get(&["runs", &arguments.run, "units", unit], &[]).await?,
        None => client.get(&["runs", &arguments.run], &[]).await?,
    };
    match (format, &arguments.unit) {
        (Format::Json, _) => output::json(&document)?,
        (Format::Human, Some(_)) => output::lines(&changes::lines(&document, is_coloured())?)?,
        (Format::Human, None) => output::lines(&lines(&view(&document)?, is_coloured()))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn lines(run: &RunView, coloured: bool) -> Vec<String> {
    let state = state_style(run.state.name()).paint(run.state.name(), coloured);
    let mut lines = vec![format!("{} {state}", run.id)];
    let facts = [
        ("reason", run.reason.clone()),
        ("repository", Some(format!("{}, branch {}", run.repository, run.branch))),
        ("commit", Some(run.commit.as_str().to_owned())),
        ("author", Some(format!("{}, by {}", run.author, trigger(run)))),
        ("started", Some(time(run.started))),
        ("changed", Some(time(run.changed))),
    ];
    let known = facts.into_iter().filter_map(|(name, value)| Some((name, value?)));
    lines.extend(known.map(|(name, value)| format!("  {name:<10}  {}", visible(&value))));
    lines.push(String::new());
    lines.extend(units(&run.units).lines(coloured));
    lines.extend(failures(run));
    lines.extend(approvals(run));
    lines
}

fn units(units: &[UnitView]) -> Table<7> {
    let mut table = Table::new(["UNIT", "ACCOUNT", "STAGE", "WAVE", "STATE", "CHANGES", "FINDINGS"]);
    for unit in units {
        table.row([
            unit.id.as_str().into(),
            unit.account_name.as_str().into(),
            unit.stage.as_str().into(),
            unit.wave.to_string().into(),
            Cell::styled(unit.state.name(), state_style(unit.state.name())),
            change_counts(unit.changes).into(),
            finding_counts(unit.findings),
        ]);
    }
    table
}

/// As in `+2 ~1 -/+1 -3`; empty for none.
pub(super) fn change_counts(counts: ChangeCounts) -> String {
    let parts = [("+", counts.create), ("~", counts.update), ("-/+", counts.replace), ("-", counts.delete)];
    let parts = parts.iter().filter(|(_, count)| *count > 0);
    parts.map(|(sign, count)| format!("{sign}{count}")).collect::<Vec<_>>().join(" ")
}

fn finding_counts(counts: FindingCounts) -> Cell {
    let FindingCounts { low, medium, high, skipped } = counts;
    let parts = [("high", high), ("medium", medium), ("low", low), ("skipped", skipped)];
    let text: Vec<String> = parts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| format!("{count} {severity}"))
        .collect();
    let style = if counts.high > 0 { Style::Bad } else { Style::Plain };
    Cell::styled(text.join(", "), style)
}

fn failures(run: &RunView) -> Vec<String> {
    let failed = run.units.iter().filter_map(|unit| Some((unit, unit.reason.as_ref()?)));
    failed.map(|(unit, reason)| format!("\n{}: {}", unit.id, visible(reason))).collect()
}

fn approvals(run: &RunView) -> Vec<String> {
    let mut lines: Vec<String> = run
        .approvals
        .iter()
        .map(|approval| {
            format!("\n{} approved stage {} at {}", approval.person, approval.stage, time(approval.at))
        })
        .collect();
    if let Some(waiting) = &run.waiting_for {
        lines.push(format!(
            "\nstage {} has {} of {} approvals; its digest is {}\n`wayleave approve {}` shows its changes and asks",
            waiting.stage, waiting.have, waiting.approvals, waiting.digest, run.id
        ));
    }
    lines
}
