//! From a commit to stages and units.

use std::collections::{BTreeMap, BTreeSet};

use landing_zone::{Account, Engine, StackFile, StackName};
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
    source.fetch(repository, &run.commit).await?;
    let base = match base {
        Some(base) => source.usable_base(repository, base).await?,
        None if run.change.is_some() => source.merge_base(repository, &run.branch, &run.commit).await?,
        None => None,
    };
    let stacks = source.stacks(engines.zone(), repository, &run.commit).await?;
    let (files, previous) = match &base {
        Some(base) => {
            let files = source.changed_files(&run.repository, base, &run.commit).await?;
            // What the file said before does not matter when it could not be read then.
            (Some(files), source.stacks(engines.zone(), repository, base).await.ok())
        }
        None => (None, None),
    };
    let modules = modules(engines, run, &stacks).await?;
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

/// The local modules of every Terraform stack, out of the commit's tree.
async fn modules(
    engines: &Engines,
    run: &RunSpec,
    stacks: &StackFile,
) -> Result<BTreeMap<StackName, BTreeSet<String>>, Failure> {
    let terraform = |engine| matches!(engine, Engine::Terraform | Engine::OpenTofu);
    let mut found = BTreeMap::new();
    let scratch = engines.data().join("checkouts");
    let tree = engines.repositories.terraform_files(&run.repository, &run.commit, &scratch).await?;
    for stack in stacks.stacks.iter().filter(|stack| terraform(stack.engine)) {
        let read = |directory: &str| tree.get(directory).cloned().unwrap_or_default();
        found.insert(stack.name.clone(), planner::local_modules(&stack.path, read));
    }
    Ok(found)
}
