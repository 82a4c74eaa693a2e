//! The real executor: git, STS, Terraform and CloudFormation under one roof.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jiff::SignedDuration;
use landing_zone::{Account, Engine, Repository, Scope, Stack, StackName, StageName, Zone};
use pipeline_core::event::{RunSpec, UnitSpec};
use pipeline_core::{Commit, UnitId};
use policies::Bundle;
use serde_json::Value;

use super::repositories::Repositories;
use super::terraform::Programs;
use super::{
    Executor, Failure, Granted, Job, Outcome, Planned, Prepared, Rules, cloudformation, prepare, terraform,
};
use crate::audit::UnitLog;
use crate::aws::Aws;
use crate::organizations::DiscoveryCache;
use crate::pipeline::Pipeline;
use crate::plans::Vault;
use crate::sandbox::Sandbox;
use crate::sts::{SessionRequest, Sessions};

/// How old the list of accounts may be when a run is prepared.
const ACCOUNTS_AGE: SignedDuration = SignedDuration::from_mins(10);

/// Everything that a run may change, behind the border of [`Executor`].
#[derive(Debug)]
pub struct Engines {
    pipeline: Pipeline,
    aws: Aws,
    sessions: Sessions,
    rules: Rules,
    discovery: DiscoveryCache,
    pub(super) vault: Vault,
    pub(super) programs: Programs,
    pub(super) repositories: Repositories,
    selection: Selection,
}

/// Which units are wanted; the default: all.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Only this stage.
    pub stage: Option<StageName>,
    /// Only this stack.
    pub stack: Option<StackName>,
}

impl Selection {
    fn has(&self, unit: &UnitSpec) -> bool {
        self.stage.as_ref().is_none_or(|stage| *stage == unit.stage)
            && self.stack.as_ref().is_none_or(|stack| *stack == unit.stack)
    }
}

/// What one unit's work stands on.
pub(super) struct Ground {
    pub(super) stack: Stack,
    pub(super) inputs: BTreeMap<String, Value>,
    pub(super) bucket: Option<String>,
    pub(super) log: UnitLog,
}

impl Ground {
    pub(super) fn template_path(&self) -> String {
        let name = self.stack.template.as_deref().unwrap_or("template.yaml");
        if self.stack.path == "." { name.to_owned() } else { format!("{}/{name}", self.stack.path) }
    }
}

impl Engines {
    /// Makes the executor of a pipeline, which judges by `rules`: opens the vault, and finds what programs there are.
    ///
    /// # Errors
    /// [`Failure`] says what is missing.
    pub async fn new(pipeline: Pipeline, rules: Rules) -> Result<Self, Failure> {
        let data = pipeline.data().to_path_buf();
        let aws = Aws::from_env(&pipeline.zone().organization.region).await;
        let sandbox = Sandbox::open(&data.join("sandbox")).map_err(|error| Failure::of(&error))?;
        let failed = |error: &dyn std::error::Error| Failure::of(error);
        let programs = Programs::new(&sandbox, &data).map_err(|error| failed(&error))?;
        let repositories = Repositories::new(&sandbox, &data, &pipeline).map_err(|error| failed(&error))?;
        programs.warm();
        repositories.make().await;
        Ok(Self {
            sessions: Sessions::new(aws.clone()),
            rules,
            discovery: DiscoveryCache::new(&data),
            vault: Vault::open(&data).map_err(|error| failed(&error))?,
            programs,
            repositories,
            selection: Selection::default(),
            aws,
            pipeline,
        })
    }

    /// Fetches every repository in the background, so that the first run of each fetches only what is new, and what cannot be
    /// reached is told before anybody pushes; and compiles the rules meanwhile. For what runs on; a single run does so for itself.
    pub fn warm(&self) {
        self.repositories.fetch_all();
        let rules = self.rules.clone();
        tokio::task::spawn_blocking(move || rules.warm());
    }

    /// The same for some units alone; what they depend on outside the selection is taken to be there.
    #[must_use]
    pub fn only(self, selection: Selection) -> Self {
        Self { selection, ..self }
    }

    pub(super) fn select(&self, units: &mut Vec<UnitSpec>) {
        units.retain(|unit| self.selection.has(unit));
        let kept: BTreeSet<UnitId> = units.iter().map(|unit| unit.id.clone()).collect();
        for unit in units {
            unit.depends_on.retain(|id| kept.contains(id));
        }
    }

    pub(super) fn zone(&self) -> &Zone {
        self.pipeline.zone()
    }

    /// The rules that a unit is judged by.
    pub(super) fn bundle(&self, unit: &UnitSpec) -> &Arc<Bundle> {
        self.rules.of(&unit.stage)
    }

    pub(super) fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    pub(super) fn data(&self) -> &Path {
        self.pipeline.data()
    }

    /// The accounts, asked anew where the zone wants them discovered and they are old.
    ///
    /// # Errors
    /// [`Failure`] when Organizations does not answer and nothing is known from before.
    pub async fn accounts(&self) -> Result<Vec<Account>, Failure> {
        if self.zone().organization.discover {
            let config = self.aws.config();
            let found =
                self.discovery.refresh(config, ACCOUNTS_AGE).await.map_err(|error| Failure::of(&error))?;
            self.pipeline.set_accounts(&found.accounts).await;
        }
        Ok(self.pipeline.accounts().await)
    }

    pub(super) fn session_request(&self, job: &Job, role: &str) -> SessionRequest {
        SessionRequest {
            account: job.unit.account.clone(),
            region: job.unit.region.clone(),
            role: role.to_owned(),
            run: job.run.id,
            unit: job.unit.id.clone(),
            stage: job.unit.stage.clone(),
            person: job.run.author.person.as_ref().map(ToString::to_string),
            repository: job.run.repository.to_string(),
            commit: job.run.commit.to_string(),
        }
    }

    pub(super) async fn read_text(&self, job: &Job, path: &str) -> Result<String, Failure> {
        self.repositories.text(&job.run.repository, &job.run.commit, path).await
    }

    async fn ground(&self, job: &Job, role: &str) -> Result<Ground, Failure> {
        let repository = self.repository(&job.run)?;
        let stacks = self.repositories.stacks(self.zone(), repository, &job.run.commit).await?;
        let missing = || {
            Failure(format!(
                "{} has no stack {} at commit {}",
                repository.config, job.unit.stack, job.run.commit
            ))
        };
        let stack = stacks.stack(&job.unit.stack).ok_or_else(missing)?.clone();
        let accounts = self.pipeline.accounts().await;
        let gone = || Failure(format!("account {} is no longer in the landing zone", job.unit.account));
        let account = accounts.iter().find(|account| account.id == job.unit.account).ok_or_else(gone)?;
        let scope = Scope {
            account,
            stage: &job.unit.stage,
            region: &job.unit.region,
            commit: job.run.commit.as_str(),
            repository: &job.run.repository,
        };
        let inputs = stack.inputs(&scope).map_err(|error| Failure::of(&error))?;
        let bucket = self.zone().state_bucket(&scope).map_err(|error| Failure::of(&error))?;
        let log = job.log.in_session(self.session_request(job, role).session_name());
        Ok(Ground { stack, inputs, bucket, log })
    }

    pub(super) fn repository(&self, run: &RunSpec) -> Result<&Repository, Failure> {
        let missing = || Failure(format!("zone.hcl no longer names the repository {}", run.repository));
        self.zone().repository(&run.repository).ok_or_else(missing)
    }
}

impl Executor for Engines {
    async fn head(&self, repository: &Repository, branch: &str) -> Result<Commit, Failure> {
        self.repositories.head(repository, branch).await
    }

    async fn prepare(&self, run: &RunSpec, base: Option<Commit>) -> Result<Prepared, Failure> {
        let accounts = self.accounts().await?;
        prepare::prepare(self, run, base, &accounts).await
    }

    async fn plan(&self, job: Job) -> Result<Planned, Failure> {
        let ground = self.ground(&job, &self.zone().organization.plan_role).await?;
        match ground.stack.engine {
            Engine::Terraform | Engine::OpenTofu => terraform::plan(self, &job, &ground).await,
            Engine::CloudFormation | Engine::Sam => {
                let _turn = job.turn().await?;
                cloudformation::plan(self, &job, &ground).await
            }
        }
    }

    async fn apply(&self, job: Job, granted: Granted) -> Result<Outcome, Failure> {
        let ground = self.ground(&job, &self.zone().organization.apply_role).await?;
        match ground.stack.engine {
            Engine::Terraform | Engine::OpenTofu => terraform::apply(self, &job, &ground, granted).await,
            Engine::CloudFormation | Engine::Sam => {
                let _turn = job.turn().await?;
                cloudformation::apply(self, &job, &ground, granted).await
            }
        }
    }
}
