//! A unit of Terraform or OpenTofu.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use landing_zone::Engine;
use pipeline_core::Digest;
use pipeline_core::digest::UnitEvidence;
use policies::Input;
use policies::source::Disk;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::engines::{Engines, Ground};
use super::scanning::{Scanned, scan};
use super::{Failure, Granted, Job, Outcome, Planned};
use crate::audit::{self, UnitLog};
use crate::s3::Bucket;
use crate::sandbox::{Sandbox, Stream};
use crate::store::UnitReport;
use crate::terraform::{
    ApplyOutcome, Backend, Flavor, Passed, Places, PlanOutcome, SavedPlan, Terraform, TerraformError,
    UnitWork, discover, forget_left_behind,
};

/// How long one step of a plan may take.
const PLAN: Duration = Duration::from_secs(30 * 60);
/// How long one step of an apply may take: some databases take an hour.
const APPLY: Duration = Duration::from_secs(3 * 3600);
/// What a program that is ended gets to put its state away.
const GRACE: Duration = Duration::from_secs(60);

/// The programs of this machine.
#[derive(Debug)]
pub(super) struct Programs {
    sandbox: Sandbox,
    terraform: Arc<Terraform>,
    opentofu: Arc<Terraform>,
}

/// What an apply needs of its plan.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    plan: Digest,
}

impl Programs {
    pub(super) fn new(sandbox: &Sandbox, data: &Path) -> Result<Self, TerraformError> {
        forget_left_behind(&data.join("checkouts"));
        let found = discover(&Places::of_this_machine());
        if let Some(note) = &found.note {
            tracing::warn!(note, "terraform.mirrors");
        }
        let program = |flavor| {
            Terraform::new(flavor, sandbox.clone(), data, found.installation.clone(), Passed::from_env())
                .map(Arc::new)
        };
        Ok(Self {
            sandbox: sandbox.clone(),
            terraform: program(Flavor::Terraform)?,
            opentofu: program(Flavor::OpenTofu)?,
        })
    }

    fn of(&self, engine: Engine) -> &Terraform {
        match engine {
            Engine::OpenTofu => &self.opentofu,
            _ => &self.terraform,
        }
    }

    /// Asks for Terraform's version while there is nothing else to do, so that no run waits for the answer. Where it is not
    /// installed, the first unit that needs it says so.
    pub(super) fn warm(&self) {
        let terraform = Arc::clone(&self.terraform);
        tokio::spawn(async move { terraform.version().await.map(drop) });
    }

    /// Waits for what a process of this unit that has died left running, as long as that may take, and ends it after that.
    async fn settle_orphans(&self, label: &str) -> Result<(), Failure> {
        let orphans = self.sandbox.orphans().map_err(|error| Failure::of(&error))?;
        for orphan in orphans.into_iter().filter(|orphan| orphan.label() == label) {
            orphan.wait(APPLY, GRACE).await;
        }
        Ok(())
    }
}

pub(super) async fn plan(engines: &Engines, job: &Job, ground: &Ground) -> Result<Planned, Failure> {
    let programs = &engines.programs;
    programs.settle_orphans(&label(job)).await?;
    let role = &engines.zone().organization.plan_role;
    let outcome = with_work(engines, job, ground, role, PLAN, async |work, log| {
        let planned =
            programs.of(ground.stack.engine).plan(&work, &mut |stream, line| log.put(stream, line)).await;
        planned.map_err(|error| Failure::of(&error))
    })
    .await?;
    let (bundle, vault) = (Arc::clone(engines.bundle(&job.unit)), engines.vault.clone());
    let PlanOutcome { plan, changes, json } = outcome;
    // Neither computing nor waiting for the disk may hold up what else is served.
    let sealed = tokio::task::spawn_blocking(move || vault.seal(plan.bytes()));
    let path = ground.stack.path.clone();
    // What the commit says is suppressed, and not what programs made of its files since, nor what modules from elsewhere say.
    let judge = move |root: &Path, _: &[String]| {
        let files = Disk::confined(root);
        Ok(scan(&bundle, &Input::Plan { json: &json, configuration: Some((&files, &path)) }))
    };
    let mirror = engines.repositories.mirror(&job.run.repository)?;
    let scanned = mirror.in_tree(&job.run.commit, judge).await.map_err(|error| Failure::of(&error))?;
    let Scanned { findings, skipped, counts } = scanned?;
    let plan = sealed.await.map_err(|error| Failure::of(&error))?.map_err(|error| Failure::of(&error))?;
    let evidence = UnitEvidence {
        commit: job.run.commit.as_str(),
        unit: &job.unit.id,
        role: &engines.zone().organization.apply_role,
        plan: &plan,
        policies: engines.bundle(&job.unit).digest(),
        variables: &ground.inputs,
    };
    let digest = Digest::of_unit(&evidence);
    let unchanged = changes.is_empty();
    let kept = serde_json::to_value(Kept { plan }).map_err(|error| Failure::of(&error))?;
    let report = UnitReport { changes, findings, skipped, plan: kept };
    Ok(Planned { digest, unchanged, findings: counts, report })
}

pub(super) async fn apply(
    engines: &Engines,
    job: &Job,
    ground: &Ground,
    granted: Granted,
) -> Result<Outcome, Failure> {
    let kept: Kept = serde_json::from_value(granted.report.plan).map_err(|error| Failure::of(&error))?;
    let programs = &engines.programs;
    let role = &engines.zone().organization.apply_role;
    if granted.resumed {
        programs.settle_orphans(&label(job)).await?;
        remove_stale_lock(engines, job, ground).await?;
    }
    // Unsealing proves that these are the bytes whose digest was approved.
    let plan = match engines.vault.unseal(&kept.plan) {
        Ok(bytes) => SavedPlan::new(bytes),
        Err(error) => return Ok(Outcome::Voided(Failure::of(&error).0)),
    };
    let applied = with_work(engines, job, ground, role, APPLY, async |work, log| {
        let applied = programs
            .of(ground.stack.engine)
            .apply(&work, &plan, &mut |stream, line| log.put(stream, line))
            .await;
        applied.map_err(|error| Failure::of(&error))
    })
    .await?;
    Ok(match applied {
        ApplyOutcome::Applied => Outcome::Applied,
        ApplyOutcome::Stale { .. } => {
            Outcome::Voided("the state has moved since the plan was made".to_owned())
        }
    })
}

/// Sets a unit's work up, does something in it, and takes it down again.
async fn with_work<T>(
    engines: &Engines,
    job: &Job,
    ground: &Ground,
    role: &str,
    deadline: Duration,
    work: impl AsyncFnOnce(UnitWork<'_>, &mut Lines) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let tree = Tree::new(engines, job);
    let mirror = engines.repositories.mirror(&job.run.repository)?;
    let request = engines.session_request(job, role);
    let (session, checkout) =
        futures::join!(engines.sessions().assume(&request), mirror.checkout(&job.run.commit, &tree.0));
    let session = session.map_err(|error| Failure::of(&error))?;
    let checkout = checkout.map_err(|error| Failure::of(&error))?;
    let turn = job.turn().await?;
    let mut lines = Lines::start(ground.log.clone());
    let unit = UnitWork {
        label: label(job),
        tree: &checkout.dir,
        stack: &ground.stack.path,
        backend: backend(engines, job, ground),
        region: job.unit.region.as_str(),
        variables: &ground.inputs,
        credentials: Some(&session.credentials),
        deadline,
        cancel: job.cancel.clone(),
    };
    let done = work(unit, &mut lines).await;
    drop(turn);
    lines.finish().await?;
    if done.is_ok() {
        // All that ran in it has ended, so another unit may have it.
        tree.keep();
        mirror.give_back(checkout);
    }
    done
}

/// A program that was killed leaves its lock behind. Only this unit's run may have taken it, and what held it is dead by now.
async fn remove_stale_lock(engines: &Engines, job: &Job, ground: &Ground) -> Result<(), Failure> {
    let Some(bucket) = &ground.bucket else { return Ok(()) };
    let config =
        engines.sessions().config(engines.session_request(job, &engines.zone().organization.apply_role));
    let bucket = Bucket::new(&config, bucket, job.unit.account.clone(), job.unit.region.clone());
    let key = format!("{}.tflock", state_key(job));
    if let Some(lock) = bucket.read_lock(&key).await.map_err(|error| Failure::of(&error))? {
        tracing::warn!(unit = %job.unit.id, lock = %lock.id, "terraform.lock removed after a crash");
        bucket.delete_lock(&key, &lock).await.map_err(|error| Failure::of(&error))?;
    }
    Ok(())
}

fn backend(engines: &Engines, job: &Job, ground: &Ground) -> Backend {
    match &ground.bucket {
        Some(bucket) => Backend::S3 {
            bucket: bucket.clone(),
            key: state_key(job),
            region: engines.zone().organization.region.to_string(),
        },
        None => Terraform::local_backend(engines.data(), &format!("{}.{}", job.run.repository, job.unit.id)),
    }
}

/// One state a unit: `owner/name/stack/account/region/terraform.tfstate`.
fn state_key(job: &Job) -> String {
    let unit = &job.unit;
    format!("{}/{}/{}/{}/terraform.tfstate", job.run.repository, unit.stack, unit.account, unit.region)
}

fn label(job: &Job) -> String {
    format!("{}/{}", job.run.repository, job.unit.id)
}

/// Where a unit's own checkout is to be: gone when this is dropped.
struct Tree(PathBuf);

impl Tree {
    fn new(engines: &Engines, job: &Job) -> Self {
        let name = format!("{}.{}", job.unit.id, uuid::Uuid::new_v4().simple());
        Self(engines.data().join("checkouts").join(name))
    }

    /// Lets it stay.
    fn keep(mut self) {
        self.0 = PathBuf::new();
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        let directory = std::mem::take(&mut self.0);
        if directory.as_os_str().is_empty() {
            return;
        }
        // What cannot be removed now is in nobody's way.
        let remove = move || drop(std::fs::remove_dir_all(directory));
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(remove)),
            Err(_) => remove(),
        }
    }
}

/// Takes lines from a program and gives them to the log, which may be slower: more than a program can hold back are few.
struct Lines {
    sender: mpsc::UnboundedSender<(Stream, String)>,
    copied: tokio::task::JoinHandle<Result<(), Failure>>,
}

impl Lines {
    fn start(log: UnitLog) -> Self {
        let (sender, mut receiver) = mpsc::unbounded_channel::<(Stream, String)>();
        let copied = tokio::spawn(async move {
            while let Some((stream, line)) = receiver.recv().await {
                let stream = match stream {
                    Stream::Out => audit::Stream::Stdout,
                    Stream::Err => audit::Stream::Stderr,
                };
                log.line(stream, line).await.map_err(|error| Failure::of(&error))?;
            }
            Ok(())
        });
        Self { sender, copied }
    }

    fn put(&self, stream: Stream, line: &str) {
        // The receiver is gone only after an error, which `finish` answers.
        let _ = self.sender.send((stream, line.to_owned()));
    }

    async fn finish(self) -> Result<(), Failure> {
        drop(self.sender);
        self.copied.await.map_err(|error| Failure::of(&error))?
    }
}
