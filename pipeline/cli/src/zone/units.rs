//! `wayleave zone units`: the units that a repository's stacks make.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context, bail};
use landing_zone::{
    Account, Diagnostic, RepositoryName, Scope, Source, StackFile, StackName, StageName, Zone, render_all,
};
use pipeline_core::UnitId;
use pipeline_core::event::UnitSpec;
use pipeline_core::planner::{ChangedFiles, Layout, touched, units};
use serde_json::json;

use super::stacks::{RepoArguments, Stacks};
use super::{accounts_are_unknown, discovered, has_errors, kept};
use crate::output::{self, Format};
use crate::style;
use crate::table::Table;
use crate::zone_file::ZoneArgument;

/// Say which units a repository would have: each stack in each account and region, by stage and wave.
///
/// Nothing is asked: discovered accounts are those that `wayleave zone accounts` or a server last kept. Expressions are tried
/// for each unit. Exit code 1 when a file has an error or an expression fails.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    repo: RepoArguments,
    /// Show this stage alone.
    #[arg(long, value_name = "STAGE")]
    stage: Option<StageName>,
    /// Show this stack alone.
    #[arg(long, value_name = "STACK")]
    stack: Option<StackName>,
}

pub(super) async fn run(
    arguments: &Arguments,
    argument: &ZoneArgument,
    format: Format,
) -> anyhow::Result<ExitCode> {
    let zone_source = argument.source()?;
    let zone = argument.read()?;
    let Some(stacks) = arguments.repo.read(&zone)? else {
        bail!("name the directory of a repository with --repo DIR");
    };
    let Some(file) = parse(&zone, &stacks)? else { return Ok(ExitCode::FAILURE) };
    let kept = kept(&zone, argument).await;
    if accounts_are_unknown(&zone, kept.as_ref()) {
        output::notice(
            "nothing is kept of AWS Organizations, so units are told for the accounts of zone.hcl alone; \
             `wayleave zone accounts` asks it once there is a data directory",
        );
    }
    let accounts = zone.accounts(discovered(kept.as_ref()));
    let touched = touched(&file, ChangedFiles { files: None, previous: None }, &BTreeMap::new())?;
    let mut layout = units(&zone, stacks.repository, discovered(kept.as_ref()), &file, &touched)?;
    arguments.select(&mut layout, &file)?;
    match format {
        Format::Json => output::json(&document(&stacks.repository.name, &layout))?,
        Format::Human => show(&layout)?,
    }
    for warning in &layout.warnings {
        output::notice(&format!("warning: {warning}"));
    }
    let failed = Trial { zone: &zone, file: &file, repository: &stacks.repository.name, accounts: &accounts };
    let failed = failed.expressions(&layout.units);
    complain(&failed, &[&zone_source, &stacks.source])?;
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The stacks; what is wrong or worth knowing goes to standard error.
fn parse(zone: &Zone, stacks: &Stacks<'_>) -> anyhow::Result<Option<StackFile>> {
    let (file, found) = match stacks.parse(zone) {
        Ok((file, found)) => (Some(file), found),
        Err(found) => (None, found),
    };
    complain(&found, &[&stacks.source])?;
    Ok(file.filter(|_| !has_errors(&found)))
}

/// Shows findings, each with the lines of its own file.
fn complain(found: &[Diagnostic], sources: &[&Source]) -> anyhow::Result<()> {
    for source in sources {
        let own: Vec<Diagnostic> = found.iter().filter(|one| one.file == source.name).cloned().collect();
        if !own.is_empty() {
            let text = render_all(&own, source, output::is_coloured());
            writeln!(std::io::stderr().lock(), "{text}").context("cannot write to standard error")?;
        }
    }
    Ok(())
}

impl Arguments {
    /// Leaves what was asked for; waves keep the numbers that they have in a run of everything.
    fn select(&self, layout: &mut Layout, file: &StackFile) -> anyhow::Result<()> {
        if let Some(stage) = &self.stage {
            let names: Vec<&str> = layout.stages.iter().map(|known| known.name.as_str()).collect();
            if !names.contains(&stage.as_str()) {
                bail!("the repository has no stage {stage:?}; its stages are {}", names.join(", "));
            }
            layout.stages.retain(|known| known.name == *stage);
            layout.units.retain(|unit| unit.stage == *stage);
        }
        if let Some(stack) = &self.stack {
            let names: Vec<&str> = file.stacks.iter().map(|known| known.name.as_str()).collect();
            if !names.contains(&stack.as_str()) {
                bail!("the repository has no stack {stack:?}; its stacks are {}", names.join(", "));
            }
            layout.units.retain(|unit| unit.stack == *stack);
        }
        Ok(())
    }
}

fn document(repository: &RepositoryName, layout: &Layout) -> serde_json::Value {
    let warnings: Vec<String> = layout.warnings.iter().map(ToString::to_string).collect();
    json!({"repository": repository, "stages": layout.stages, "units": layout.units, "warnings": warnings})
}

fn show(layout: &Layout) -> anyhow::Result<()> {
    if layout.units.is_empty() {
        return output::line("no units");
    }
    let mut table = Table::new(["STAGE", "WAVE", "STACK", "ENGINE", "ACCOUNT", "REGION", "DEPENDS ON"]);
    for unit in &layout.units {
        let before: Vec<&str> = unit.depends_on.iter().map(UnitId::as_str).collect();
        table.row([
            unit.stage.as_str().into(),
            unit.wave.to_string().into(),
            unit.stack.as_str().into(),
            unit.engine.as_str().into(),
            format!("{} ({})", unit.account_name, unit.account).into(),
            unit.region.as_str().into(),
            before.join(" ").into(),
        ]);
    }
    output::lines(&table.lines(style::is_coloured()))
}

/// Evaluates what the files say for each unit, to find what fails.
struct Trial<'a> {
    zone: &'a Zone,
    file: &'a StackFile,
    repository: &'a RepositoryName,
    accounts: &'a [Account],
}

impl Trial<'_> {
    /// What fails, each finding once.
    fn expressions(&self, units: &[UnitSpec]) -> Vec<Diagnostic> {
        let mut failed: Vec<Diagnostic> = Vec::new();
        for found in units.iter().flat_map(|unit| self.unit(unit)) {
            if !failed.contains(&found) {
                failed.push(found);
            }
        }
        failed
    }

    fn unit(&self, unit: &UnitSpec) -> Vec<Diagnostic> {
        /// Stands for whichever commit is planned.
        const COMMIT: &str = "0000000000000000000000000000000000000000";
        let account = self.accounts.iter().find(|account| account.id == unit.account);
        let (Some(account), Some(stack)) = (account, self.file.stack(&unit.stack)) else {
            return Vec::new();
        };
        let scope = Scope {
            account,
            stage: &unit.stage,
            region: &unit.region,
            commit: COMMIT,
            repository: self.repository,
        };
        let inputs = stack.inputs(&scope).err();
        let bucket = self.zone.state_bucket(&scope).err();
        inputs.into_iter().chain(bucket).flat_map(landing_zone::Diagnostics::into_vec).collect()
    }
}
