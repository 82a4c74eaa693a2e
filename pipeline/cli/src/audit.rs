//! `wayleave audit`: whether the audit record is whole.

mod index;
mod spool;

use std::process::ExitCode;

use pipeline_core::RunId;
use pipeline_engine::audit::Problem;
use serde::Serialize;
use serde_json::{Value, json};

use spool::Records;

use crate::output::{self, Format};
use crate::style::{Style, is_coloured};
use crate::zone_file::ZoneArgument;

/// What `audit verify` answers when a chain is broken.
const BROKEN: u8 = 3;

/// Check the audit record.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    zone: ZoneArgument,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Verify(Verify),
}

/// Recompute the hash chains and find every gap, duplicate and change.
///
/// Reads the spool in the zone's data directory, and with --index the index too, which must end where the spool does. A run
/// that the database knows to have ended must have its records to the end. Exit code 0 when everything is whole, 3 when not,
/// 1 when it cannot be read.
#[derive(Debug, clap::Args)]
struct Verify {
    /// The run's id, or the beginning of one; without this, every run.
    run: Option<String>,
    /// Check the records in the index as well.
    #[arg(long)]
    index: bool,
}

/// Where records were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    Spool,
    Index,
}

/// The records of one run in one place, checked.
#[derive(Debug)]
struct Checked {
    run: RunId,
    place: Place,
    /// How many there are, where they were counted.
    records: Option<usize>,
    /// Whether the database says that the run has ended.
    ended: bool,
    problems: Vec<Problem>,
}

pub(crate) async fn run(arguments: Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let Command::Verify(verify) = arguments.command;
    let zone = arguments.zone.read()?;
    let base = arguments.zone.base();
    let records = Records::open(&zone, &base, verify.run.as_deref()).await?;
    let mut checked =
        if verify.index && !records.has_spool() { Vec::new() } else { records.verify_spool()? };
    if verify.index {
        checked.extend(index::verify(&zone, &base, &records).await?);
    }
    match format {
        Format::Json => output::json(&document(&checked))?,
        Format::Human => output::lines(&lines(&checked, is_coloured()))?,
    }
    let whole = checked.iter().all(|checked| checked.problems.is_empty());
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(BROKEN) })
}

fn document(checked: &[Checked]) -> Value {
    let run = |checked: &Checked| {
        let problems: Vec<Told> = checked.problems.iter().map(Told::of).collect();
        json!({"run": checked.run, "place": checked.place, "records": checked.records, "ended": checked.ended, "problems": problems})
    };
    let whole = checked.iter().all(|checked| checked.problems.is_empty());
    json!({"whole": whole, "runs": checked.iter().map(run).collect::<Vec<_>>()})
}

/// A problem for programs.
#[derive(Debug, Serialize)]
struct Told {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence: Option<u64>,
    /// The last missing sequence.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<u64>,
    message: String,
}

impl Told {
    fn of(problem: &Problem) -> Self {
        let (kind, line, sequence, to) = match problem {
            Problem::Unreadable { line } => ("unreadable", Some(*line), None, None),
            Problem::Foreign { sequence } => ("foreign", None, Some(*sequence), None),
            Problem::Gap { from, to } => ("gap", None, Some(*from), Some(*to)),
            Problem::Duplicate { sequence } => ("duplicate", None, Some(*sequence), None),
            Problem::OutOfOrder { sequence } => ("out_of_order", None, Some(*sequence), None),
            Problem::Hash { sequence } => ("hash", None, Some(*sequence), None),
            Problem::Truncated { after } => ("truncated", None, Some(*after), None),
        };
        Self { kind, line, sequence, to, message: problem.to_string() }
    }
}

fn lines(checked: &[Checked], coloured: bool) -> Vec<String> {
    let mut lines: Vec<String> = checked.iter().flat_map(|checked| run_lines(checked, coloured)).collect();
    let broken = checked.iter().filter(|checked| !checked.problems.is_empty()).count();
    lines.push(match (checked.len(), broken) {
        (0, _) => "no records".to_owned(),
        (all, 0) => format!("{all} checked, all whole"),
        (all, broken) => format!("{all} checked, {broken} broken"),
    });
    lines
}

fn run_lines(checked: &Checked, coloured: bool) -> Vec<String> {
    let verdict = if checked.problems.is_empty() {
        Style::Good.paint("whole", coloured)
    } else {
        Style::Bad.paint("broken", coloured)
    };
    let place = match checked.place {
        Place::Spool => "spool",
        Place::Index => "index",
    };
    let records = checked.records.map(|records| format!("  {records} records")).unwrap_or_default();
    let mut lines = vec![format!("{}  {place}  {verdict}{records}", checked.run)];
    lines.extend(checked.problems.iter().map(|problem| format!("  {problem}")));
    lines
}
