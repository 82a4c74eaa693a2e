//! From a commit to stages and units.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use landing_zone::{Account, Engine, Repository, StackFile, StackName};
use pipeline_core::Commit;
use pipeline_core::event::RunSpec;
use pipeline_core::planner::{self, ChangedFiles};

use super::engines::Engines;
use super::{Failure, Prepared};

pub(super) async fn prepare(
    engines: &Engines,
    run: &RunSpec,
    base: Option<Commit>,
    accounts: &[Account],
) -> Result<Prepared, Failure> {
    let repository = engines.repository(run)?;
    let source = &engines.repositories;
    let (head, met) = source.fetch(repository, &run.commit).await?;
    let base = match (base, met) {
        (None, Some(met)) if run.change.is_some() => Some(met),
        (base, _) => base,
    };
    let (now, before) =
        futures::join!(now(engines, run, repository), before(engines, run, repository, &head, base));
    let ((stacks, modules), (files, previous)) = (now?, before?);
    let changed = ChangedFiles { files: files.as_deref(), previous: previous.as_deref() };
    let touched = planner::touched(&stacks, changed, &modules).map_err(|error| Failure::of(&error))?;
    let mut layout = planner::units(engines.zone(), repository, accounts, &stacks, &touched)
        .map_err(|error| Failure::of(&error))?;
    for warning in &layout.warnings {
        tracing::warn!(run = %run.id, %warning, "run.prepare");
    }
    engines.select(&mut layout.units);
    Ok(Prepared { stages: layout.stages, units: layout.units, fail_on: engines.zone().policy.fail_on })
}

/// The stacks of the run's commit, and the local modules of those that are Terraform.
async fn now(
    engines: &Engines,
    run: &RunSpec,
    repository: &Repository,
) -> Result<(Arc<StackFile>, BTreeMap<StackName, BTreeSet<String>>), Failure> {
    let terraform = |engine| matches!(engine, Engine::Terraform | Engine::OpenTofu);
    let stacks = engines.repositories.stacks(engines.zone(), repository, &run.commit).await?;
    let tree = engines.repositories.terraform_files(&run.repository, &run.commit).await?;
    let mut modules = BTreeMap::new();
    for stack in stacks.stacks.iter().filter(|stack| terraform(stack.engine)) {
        let read = |directory: &str| tree.get(directory).cloned().unwrap_or_default();
        modules.insert(stack.name.clone(), planner::local_modules(&stack.path, read));
    }
    Ok((stacks, modules))
}

/// The files that differ from the commit that the run is compared with, and the stacks as they were there. What the file said
/// before does not matter when it could not be read then.
async fn before(
    engines: &Engines,
    run: &RunSpec,
    repository: &Repository,
    head: &Commit,
    base: Option<Commit>,
) -> Result<(Option<Vec<String>>, Option<Arc<StackFile>>), Failure> {
    let source = &engines.repositories;
    let base = match base {
        Some(base) => source.usable_base(repository, base).await?,
        None if run.change.is_some() => source.merge_base(&run.repository, head, &run.commit).await?,
        None => None,
    };
    let Some(base) = base else { return Ok((None, None)) };
    let (files, previous) = futures::join!(
        source.changed_files(&run.repository, &base, &run.commit),
        source.stacks_before(engines.zone(), repository, &base)
    );
    Ok((Some(files?), previous.ok()))
}
