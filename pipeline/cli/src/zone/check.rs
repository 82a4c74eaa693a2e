//! `wayleave zone check`: everything that is wrong, doubtful or worth knowing in the two files.

use std::process::ExitCode;

use landing_zone::{Diagnostic, Severity, Source, Stage, Zone, render_all};

use super::stacks::RepoArguments;
use super::{accounts_are_unknown, has_errors, kept};
use crate::output::{self, Format};
use crate::rules;
use crate::style;
use crate::zone_file::ZoneArgument;

/// Check zone.hcl, and a repository's wayleave.hcl if one is named.
///
/// Shows every error, warning and note at once, what is understood but not yet acted on among them. Exit code 0 when both
/// files can be used, 1 when not. With --format json, a list of all that was found.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    repo: RepoArguments,
}

/// What was found in one file.
struct Checked {
    source: Source,
    found: Vec<Diagnostic>,
}

pub(super) async fn run(
    arguments: &Arguments,
    argument: &ZoneArgument,
    format: Format,
) -> anyhow::Result<ExitCode> {
    let source = argument.source()?;
    let (zone, mut found) = match Zone::parse(&source) {
        Ok((zone, found)) => (Some(zone), found),
        Err(found) => (None, found.into_vec()),
    };
    let mut unknown = false;
    if let Some(zone) = &zone {
        let kept = kept(zone, argument).await;
        unknown = accounts_are_unknown(zone, kept.as_ref());
        if let Some(kept) = &kept {
            found.extend(zone.check_accounts(&kept.accounts));
        }
        found.extend(rules::check(&zone.policy, &argument.base())?);
    }
    let mut checked = vec![Checked { source, found }];
    if let Some(zone) = &zone {
        checked.extend(check_stacks(arguments, zone)?);
    }
    match format {
        Format::Json => output::json(&checked.iter().flat_map(|file| &file.found).collect::<Vec<_>>())?,
        Format::Human => show(&checked, zone.as_ref(), unknown)?,
    }
    let wrong = checked.iter().any(|file| has_errors(&file.found));
    Ok(if wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn check_stacks(arguments: &Arguments, zone: &Zone) -> anyhow::Result<Option<Checked>> {
    let Some(stacks) = arguments.repo.read(zone)? else { return Ok(None) };
    let found = match stacks.parse(zone) {
        Ok((_, found)) | Err(found) => found,
    };
    Ok(Some(Checked { source: stacks.source, found }))
}

fn show(checked: &[Checked], zone: Option<&Zone>, unknown: bool) -> anyhow::Result<()> {
    for file in checked {
        if !file.found.is_empty() {
            output::line(&render_all(&file.found, &file.source, style::is_coloured()))?;
            output::line("")?;
        }
    }
    for file in checked {
        output::line(&format!("{}: {}", file.source.name, verdict(&file.found)))?;
    }
    let usable = checked.first().is_some_and(|file| !has_errors(&file.found));
    if let Some(zone) = zone.filter(|_| usable) {
        output::lines(&meaning(zone, unknown))?;
    }
    Ok(())
}

/// How many of each, or that all is well.
fn verdict(found: &[Diagnostic]) -> String {
    let count = |severity| found.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let counts: Vec<String> =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
            .into_iter()
            .map(|(severity, word)| (count(severity), word))
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| counted(count, word))
            .collect();
    match (counts.is_empty(), has_errors(found)) {
        (true, _) => "fine".to_owned(),
        (false, false) => format!("can be used, with {}", counts.join(", ")),
        (false, true) => format!("cannot be used: {}", counts.join(", ")),
    }
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// The zone in a few lines: stages in the order of promotion, then repositories.
fn meaning(zone: &Zone, unknown: bool) -> Vec<String> {
    let mut lines = vec![String::new(), "stages, in the order of promotion:".to_owned()];
    let order = zone.stage_order();
    lines.extend(order.iter().filter_map(|name| zone.stage(name)).map(stage));
    lines.push("repositories:".to_owned());
    for repository in &zone.repositories {
        let stages: Vec<&str> = order
            .iter()
            .filter(|stage| repository.stages.contains(*stage))
            .map(landing_zone::StageName::as_str)
            .collect();
        lines.push(format!("  {} may touch {}", repository.name, stages.join(", ")));
    }
    if unknown {
        lines.push(String::new());
        lines.push(
            "accounts are discovered, and have not been yet: `wayleave zone accounts` asks AWS Organizations,\n\
             after which stages are checked against them"
                .to_owned(),
        );
    }
    lines
}

fn stage(stage: &Stage) -> String {
    let mut text = format!("  {}", stage.name);
    if !stage.after.is_empty() {
        let after: Vec<&str> = stage.after.iter().map(landing_zone::StageName::as_str).collect();
        text.push_str(&format!(", after {}", after.join(" and ")));
    }
    if stage.approvals > 0 {
        text.push_str(&format!(", {}", counted(stage.approvals as usize, "approval")));
    }
    if !stage.soak.is_zero() {
        text.push_str(&format!(", soak {:#}", stage.soak));
    }
    for freeze in &stage.freezes {
        text.push_str(&format!(", frozen from {} to {} ({})", freeze.from, freeze.to, freeze.name));
    }
    text
}
