//! Terraform and OpenTofu: a unit's plan, and the apply of that very plan.
//!
//! What the program writes is passed on for people and never read. Its exit status decides, and JSON that it documents.

mod backend;
mod changes;
mod environment;
mod error;
mod mirrors;
mod prepared;
mod requirements;
mod saved;
mod work;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_sdk_sts::config::Credentials;
use pipeline_core::Changes;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;

pub use backend::Backend;
pub use changes::{PlanJsonError, changes};
pub use environment::Passed;
pub use error::{Step, TerraformError};
pub use mirrors::{Discovered, Installation, Mirror, Places, discover};
pub use saved::{SavedPlan, StateVersion};

use self::prepared::Prepared;
use self::work::Work;
use crate::sandbox::{Exit, Sandbox, Stream};

/// The most that `show -json` and a state may have, in bytes.
const JSON: u64 = 256 << 20;
const VERSION: Duration = Duration::from_secs(60);
const LEFT_BEHIND: Duration = Duration::from_secs(24 * 3600);

/// Which program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flavor {
    /// HashiCorp Terraform: `terraform`.
    Terraform,
    /// OpenTofu: `tofu`.
    OpenTofu,
}

impl Flavor {
    const fn program(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::OpenTofu => "tofu",
        }
    }
}

/// One program on this machine, with the directories that its units share.
#[derive(Debug)]
pub struct Terraform {
    sandbox: Sandbox,
    program: PathBuf,
    passed: Passed,
    installation: Installation,
    dir: PathBuf,
    prepared: Prepared,
    version: OnceCell<String>,
}

/// One unit's work: what, where, and as whom.
#[derive(Debug)]
pub struct UnitWork<'a> {
    /// Names the work for whoever finds it running after this process has died.
    pub label: String,
    /// The unit's own checkout; files are written into it.
    pub tree: &'a Path,
    /// The stack's path in the repository.
    pub stack: &'a str,
    /// Where its state is kept.
    pub backend: Backend,
    /// The region that the AWS provider takes unless told otherwise.
    pub region: &'a str,
    /// The variables; those that the stack does not declare are ignored.
    pub variables: &'a BTreeMap<String, Value>,
    /// The account's credentials; none: the stack has none at all.
    pub credentials: Option<&'a Credentials>,
    /// How long each step may take.
    pub deadline: Duration,
    /// Told when the work is no longer wanted.
    pub cancel: CancellationToken,
}

/// A plan that was made.
#[derive(Debug, Clone)]
pub struct PlanOutcome {
    /// The saved plan, to be sealed.
    pub plan: SavedPlan,
    /// What it would do, with sensitive values masked.
    pub changes: Changes,
    /// The plan as JSON, for the policies. Sensitive values are in it as they are.
    pub json: Value,
}

/// How an apply ended that did not fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApplyOutcome {
    /// It was applied whole.
    Applied,
    /// Nothing was done: the state is another one than the plan was made from.
    Stale {
        /// The state that it was made from.
        planned: StateVersion,
        /// The state now.
        now: StateVersion,
    },
}

#[derive(Deserialize)]
struct Version {
    terraform_version: String,
}

/// Takes each line as it is written.
pub type OnLine<'a> = dyn FnMut(Stream, &str) + Send + 'a;

impl Terraform {
    /// The program on this machine. `data` is the server's data directory.
    ///
    /// # Errors
    /// [`TerraformError::File`] when the data directory cannot be used.
    pub fn new(
        flavor: Flavor,
        sandbox: Sandbox,
        data: &Path,
        installation: Installation,
        passed: Passed,
    ) -> Result<Self, TerraformError> {
        let dir = data.join("terraform");
        fs::create_dir_all(&dir).map_err(TerraformError::file(&dir))?;
        let dir = dir.canonicalize().map_err(TerraformError::file(&dir))?;
        forget_left_behind(&dir.join("units"));
        let prepared = Prepared::new(dir.join("prepared"));
        let program = flavor.program().into();
        Ok(Self { sandbox, program, passed, installation, dir, prepared, version: OnceCell::new() })
    }

    /// The program's version, asked for once.
    ///
    /// # Errors
    /// [`TerraformError::Missing`] when it is not installed.
    pub async fn version(&self) -> Result<&str, TerraformError> {
        self.version.get_or_try_init(|| self.ask_version()).await.map(String::as_str)
    }

    async fn ask_version(&self) -> Result<String, TerraformError> {
        let command = self.sandbox.command(&self.program).args(["version", "-json"]).deadline(VERSION);
        let command = command.env("CHECKPOINT_DISABLE", "1").env("HOME", &self.dir).pass(&["PATH"]);
        let answer = command.capture(JSON, |_, _| (), &CancellationToken::new()).await;
        let (exit, out) = answer.map_err(|error| TerraformError::run(Step::Version, error))?;
        if !exit.success() {
            return Err(TerraformError::Failed { step: Step::Version, exit, output: String::new() });
        }
        let json = |source| TerraformError::Json { step: Step::Version, source };
        serde_json::from_slice(&out).map(|version: Version| version.terraform_version).map_err(json)
    }

    /// Plans a unit: `init` unless it is prepared, `plan`, `show -json`. The state is read and not locked, since the role for
    /// plans cannot write; Terraform refuses to apply the plan to a later state.
    ///
    /// # Errors
    /// See [`TerraformError`].
    pub async fn plan(
        &self,
        unit: &UnitWork<'_>,
        on_line: &mut OnLine<'_>,
    ) -> Result<PlanOutcome, TerraformError> {
        let mut work = Work::enter(self, unit).await?;
        let prepared = work.prepare(on_line).await?;
        let mut planned = work.plan(on_line).await?;
        // What was prepared may be at fault: prepare it anew, and try again if that made a difference.
        if prepared.restored && planned.is_failure() && work.prepare_anew(on_line).await? {
            planned = work.plan(on_line).await?;
        }
        let has_changes = planned.has_changes()?;
        let json = work.show(on_line).await?;
        let mut changes = changes(&json)?;
        changes.other |= has_changes && changes.is_empty();
        Ok(PlanOutcome { plan: work.saved_plan()?, changes, json })
    }

    /// Applies a saved plan of the same unit.
    ///
    /// # Errors
    /// [`TerraformError::Apply`] when Terraform failed at it, which says whether a part may have been applied; and the
    /// others of [`TerraformError`]. After [`TerraformError::Deadline`] and [`TerraformError::Cancelled`] a part may be, too.
    pub async fn apply(
        &self,
        unit: &UnitWork<'_>,
        plan: &SavedPlan,
        on_line: &mut OnLine<'_>,
    ) -> Result<ApplyOutcome, TerraformError> {
        let planned = plan.state()?;
        let mut work = Work::enter(self, unit).await?;
        work.give(plan)?;
        work.prepare(on_line).await?;
        let now = work.state(on_line).await?;
        if now != planned {
            return Ok(ApplyOutcome::Stale { planned, now });
        }
        let ended = work.apply(on_line).await?;
        if ended.exit.success() {
            return Ok(ApplyOutcome::Applied);
        }
        let state_moved = work.state(on_line).await.map_or(true, |now| now != planned);
        Err(TerraformError::Apply { exit: ended.exit, state_moved, output: ended.output })
    }

    /// The version of the unit's state now; the default one when there is no state yet.
    ///
    /// # Errors
    /// See [`TerraformError`].
    pub async fn state(
        &self,
        unit: &UnitWork<'_>,
        on_line: &mut OnLine<'_>,
    ) -> Result<StateVersion, TerraformError> {
        let mut work = Work::enter(self, unit).await?;
        work.prepare(on_line).await?;
        work.state(on_line).await
    }

    /// Removes a lock that a program left behind when it was killed. The caller knows that it is dead.
    ///
    /// # Errors
    /// [`TerraformError::Failed`] when there is no lock of this id, and the others of [`TerraformError`].
    pub async fn unlock(
        &self,
        unit: &UnitWork<'_>,
        lock: &str,
        on_line: &mut OnLine<'_>,
    ) -> Result<(), TerraformError> {
        let mut work = Work::enter(self, unit).await?;
        work.prepare(on_line).await?;
        work.unlock(lock, on_line).await
    }

    /// The local backend of a unit, for a landing zone without a state bucket.
    pub fn local_backend(data: &Path, unit: &str) -> Backend {
        let plain = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
        let name: String = unit.chars().map(plain).collect();
        Backend::Local { path: data.join("state").join(name).join("terraform.tfstate") }
    }
}

/// How a step ended.
struct Ended {
    exit: Exit,
    output: String,
}

impl Ended {
    /// `-detailed-exitcode`: 0 nothing to do, 2 something, everything else a failure.
    fn has_changes(&self) -> Result<bool, TerraformError> {
        match self.exit {
            Exit::Code(0) => Ok(false),
            Exit::Code(2) => Ok(true),
            exit => Err(TerraformError::Failed { step: Step::Plan, exit, output: self.output.clone() }),
        }
    }

    fn is_failure(&self) -> bool {
        !matches!(self.exit, Exit::Code(0 | 2))
    }

    fn or_failed(self, step: Step) -> Result<(), TerraformError> {
        if self.exit.success() {
            return Ok(());
        }
        Err(TerraformError::Failed { step, exit: self.exit, output: self.output })
    }
}

/// Units' directories that a killed process left; their credentials have long expired.
pub(crate) fn forget_left_behind(units: &Path) {
    for entry in fs::read_dir(units).into_iter().flatten().flatten() {
        let made = entry.metadata().and_then(|about| about.modified());
        if made.is_ok_and(|made| made.elapsed().is_ok_and(|age| age > LEFT_BEHIND)) {
            fs::remove_dir_all(entry.path()).ok();
        }
    }
}
