//! One unit's steps, in its own checkout and with its own environment.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use pipeline_core::Digest;
use serde_json::Value;

use super::environment::{Private, secret_file};
use super::error::{Step, TerraformError};
use super::prepared::{DATA_DIR, LOCK_FILE, fingerprint, replace};
use super::saved::{SavedPlan, StateVersion};
use super::{Backend, Ended, JSON, OnLine, Terraform, UnitWork, mirrors, requirements};
use crate::git;
use crate::sandbox::{Command, Stream};

/// An apply that is told to end finishes what it has begun with each resource, and saves its state.
const APPLY_GRACE: Duration = Duration::from_secs(600);
/// How long an apply waits for a lock that another process holds.
const LOCK_TIMEOUT: &str = "-lock-timeout=60s";
const TAIL: usize = 4096;
/// The saved plan's name in the unit's own directory.
const PLAN: &str = "plan";
/// The name of its backend's settings there.
const BACKEND: &str = "backend.json";

/// How a stack was made ready.
pub(super) struct Ready {
    /// True when an earlier init's work was used.
    pub(super) restored: bool,
}

/// A unit at work.
pub(super) struct Work<'a> {
    terraform: &'a Terraform,
    unit: &'a UnitWork<'a>,
    stack: PathBuf,
    private: Private,
    version: &'a str,
}

impl<'a> Work<'a> {
    /// Looks at the stack and gives it its backend, its variables and its credentials.
    pub(super) async fn enter(
        terraform: &'a Terraform,
        unit: &'a UnitWork<'a>,
    ) -> Result<Self, TerraformError> {
        let version = terraform.version().await?;
        let stack = stack_dir(unit.tree, unit.stack)?;
        unit.backend.write(&stack).map_err(TerraformError::file(&stack))?;
        if let Backend::Local { path } = &unit.backend {
            let dir = path.parent().unwrap_or(path);
            fs::create_dir_all(dir).map_err(TerraformError::file(dir))?;
        }
        let units = terraform.dir.join("units");
        let private = Private::make(&units, &terraform.passed, unit.region, unit.credentials, unit.variables);
        let private = private.map_err(TerraformError::file(units))?;
        Ok(Self { terraform, unit, stack, private, version })
    }

    /// Gives it a saved plan, and the provider versions that the plan was made with.
    pub(super) fn give(&self, plan: &SavedPlan) -> Result<(), TerraformError> {
        let path = self.private.path(PLAN);
        secret_file(&path, plan.bytes()).map_err(TerraformError::file(path))?;
        let lock = self.stack.join(LOCK_FILE);
        match plan.lock_file()? {
            Some(bytes) => replace(&lock, &bytes).map_err(TerraformError::file(lock)),
            None => Ok(()),
        }
    }

    /// Uses what an earlier init prepared for the same requirements, else runs one.
    pub(super) async fn prepare(&mut self, on_line: &mut OnLine<'_>) -> Result<Ready, TerraformError> {
        let data = self.stack.join(DATA_DIR);
        remove(&data).map_err(TerraformError::file(&data))?;
        let key = self.key();
        if key.as_ref().is_some_and(|key| self.terraform.prepared.restore(key, &self.stack)) {
            let by_path = self.terraform.passed.s3_by_path();
            if self.unit.backend.put_into(&data, by_path).map_err(TerraformError::file(&data))? {
                return Ok(Ready { restored: true });
            }
            remove(&data).map_err(TerraformError::file(&data))?;
        }
        self.init(key, on_line).await?;
        Ok(Ready { restored: false })
    }

    /// Runs an init over what was restored; true when that changed it.
    pub(super) async fn prepare_anew(&mut self, on_line: &mut OnLine<'_>) -> Result<bool, TerraformError> {
        let before = fingerprint(&self.stack);
        let key = self.key();
        if let Some(key) = &key {
            self.terraform.prepared.forget(key);
        }
        self.init(key, on_line).await?;
        Ok(fingerprint(&self.stack) != before)
    }

    async fn init(&mut self, key: Option<Digest>, on_line: &mut OnLine<'_>) -> Result<(), TerraformError> {
        let (by_path, file) = (self.terraform.passed.s3_by_path(), self.private.path(BACKEND));
        fs::write(&file, self.unit.backend.file(by_path)).map_err(TerraformError::file(&file))?;
        let command = self.command(Step::Init)?.args(["init", "-input=false", "-no-color"]);
        let command = command.arg(option("-backend-config=", &file));
        self.run(Step::Init, &command, on_line).await?.or_failed(Step::Init)?;
        let data = self.stack.join(DATA_DIR);
        if !self.unit.backend.was_chosen(&data, by_path) {
            return Err(TerraformError::Backend { path: self.unit.stack.to_owned() });
        }
        let Some(before) = key else { return Ok(()) };
        // The lock file is there now: an apply of this plan asks for the same under its digest.
        let keys = [Some(before), self.key()];
        let kept = mirrors::adopt(&data, &self.terraform.dir.join("providers")).and_then(|()| {
            keys.iter().flatten().try_for_each(|key| self.terraform.prepared.keep(key, &self.stack))
        });
        kept.map_err(TerraformError::file(data))
    }

    /// What an init depends on; none when that cannot be told.
    fn key(&self) -> Option<Digest> {
        let tree = self.unit.tree.canonicalize().ok()?;
        let lock = fs::read(self.stack.join(LOCK_FILE)).unwrap_or_default();
        let backend = self.unit.backend.text();
        requirements::digest(&tree, &self.stack, &[&lock, backend.as_bytes(), self.version.as_bytes()])
    }

    pub(super) async fn plan(&mut self, on_line: &mut OnLine<'_>) -> Result<Ended, TerraformError> {
        let command = self
            .command(Step::Plan)?
            .args(["plan", "-input=false", "-no-color", "-lock=false", "-detailed-exitcode"])
            .arg(option("-var-file=", &self.private.variables()))
            .arg(option("-out=", &self.private.path(PLAN)));
        self.run(Step::Plan, &command, on_line).await
    }

    pub(super) async fn show(&self, on_line: &mut OnLine<'_>) -> Result<Value, TerraformError> {
        let command = self.command(Step::Show)?.args(["show", "-json"]).arg(self.private.path(PLAN));
        let out = self.capture(Step::Show, &command, on_line).await?;
        serde_json::from_slice(&out).map_err(|source| TerraformError::Json { step: Step::Show, source })
    }

    pub(super) fn saved_plan(&self) -> Result<SavedPlan, TerraformError> {
        let path = self.private.path(PLAN);
        fs::read(&path).map(SavedPlan::new).map_err(TerraformError::file(path))
    }

    pub(super) async fn state(&self, on_line: &mut OnLine<'_>) -> Result<StateVersion, TerraformError> {
        let command = self.command(Step::State)?.args(["state", "pull"]);
        let state = self.capture(Step::State, &command, on_line).await?;
        StateVersion::read(&state, Step::State)
    }

    pub(super) async fn apply(&self, on_line: &mut OnLine<'_>) -> Result<Ended, TerraformError> {
        let command = self.command(Step::Apply)?.grace(APPLY_GRACE);
        let command =
            command.args(["apply", "-input=false", "-no-color", LOCK_TIMEOUT]).arg(self.private.path(PLAN));
        self.run(Step::Apply, &command, on_line).await
    }

    pub(super) async fn unlock(&self, lock: &str, on_line: &mut OnLine<'_>) -> Result<(), TerraformError> {
        let command = self.command(Step::Unlock)?.args(["force-unlock", "-force", "--", lock]);
        self.run(Step::Unlock, &command, on_line).await?.or_failed(Step::Unlock)
    }

    fn command(&self, step: Step) -> Result<Command, TerraformError> {
        let (dir, store) = (&self.terraform.dir, self.terraform.dir.join("providers"));
        let config = self.terraform.installation.config(dir, &store).map_err(TerraformError::file(dir))?;
        let command = self.terraform.sandbox.command(&self.terraform.program).envs(self.private.env());
        let command = command.env("TF_CLI_CONFIG_FILE", config).dir(&self.stack).deadline(self.unit.deadline);
        Ok(command.label(format!("{} {step}", self.unit.label)))
    }

    async fn run(
        &self,
        step: Step,
        command: &Command,
        on_line: &mut OnLine<'_>,
    ) -> Result<Ended, TerraformError> {
        let mut output = String::new();
        let each = |stream, line: &str| {
            remember(&mut output, stream, line);
            on_line(stream, line);
        };
        let exit =
            command.run(each, &self.unit.cancel).await.map_err(|error| TerraformError::run(step, error))?;
        Ok(Ended { exit, output })
    }

    async fn capture(
        &self,
        step: Step,
        command: &Command,
        on_line: &mut OnLine<'_>,
    ) -> Result<Vec<u8>, TerraformError> {
        let mut output = String::new();
        let each = |stream, line: &str| {
            remember(&mut output, stream, line);
            on_line(stream, line);
        };
        let captured = command.capture(JSON, each, &self.unit.cancel).await;
        let (exit, out) = captured.map_err(|error| TerraformError::run(step, error))?;
        Ended { exit, output }.or_failed(step).map(|()| out)
    }
}

/// Keeps the first of what stands on standard error, for people; the whole is in the unit's log.
fn remember(output: &mut String, stream: Stream, line: &str) {
    if stream == Stream::Err && output.len() + line.len() < TAIL && !(output.is_empty() && line.is_empty()) {
        output.push_str(line);
        output.push('\n');
    }
}

fn option(name: &str, path: &Path) -> std::ffi::OsString {
    let mut option = std::ffi::OsString::from(name);
    option.push(path);
    option
}

/// The stack's directory, proved to be inside the tree and to hold a root module.
fn stack_dir(tree: &Path, stack: &str) -> Result<PathBuf, TerraformError> {
    let outside = || TerraformError::Outside { path: stack.to_owned() };
    let missing = |_| TerraformError::NoStack { path: stack.to_owned() };
    let inside = git::inside(stack).map_err(|_| outside())?;
    let tree = tree.canonicalize().map_err(missing)?;
    let dir = tree.join(inside).canonicalize().map_err(missing)?;
    if !dir.starts_with(&tree) {
        return Err(outside());
    }
    if requirements::module_files(&dir).is_empty() {
        return Err(TerraformError::NoStack { path: stack.to_owned() });
    }
    Ok(dir)
}

/// Removes a directory, or whatever the repository has put in its place.
fn remove(path: &Path) -> std::io::Result<()> {
    match path.symlink_metadata() {
        Err(_) => Ok(()),
        Ok(about) if about.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
    }
}
