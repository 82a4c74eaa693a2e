//! What is to be run, and how it is started.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::process::Child;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::orphans::Record;
use super::supervise::{Output, supervise};
use super::{Exit, Sandbox, SandboxError, Stream};

const DEADLINE: Duration = Duration::from_secs(3600);
const GRACE: Duration = Duration::from_secs(30);
const OUTPUT: u64 = 1 << 30;

/// A program with all that it is given: nothing else reaches it.
#[derive(Debug, Clone)]
pub struct Command {
    sandbox: Sandbox,
    program: PathBuf,
    args: Vec<OsString>,
    env: BTreeMap<OsString, OsString>,
    dir: Option<PathBuf>,
    label: String,
    pub(super) deadline: Duration,
    pub(super) grace: Duration,
    pub(super) output: u64,
}

/// A program that runs, with the files that it writes to.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) child: Child,
    pub(super) group: i32,
    pub(super) out: Spool,
    pub(super) err: Spool,
    pub(super) record: Option<Record>,
}

/// A file that a program appends to; removed with its owner.
#[derive(Debug)]
pub(super) struct Spool {
    pub(super) path: PathBuf,
    pub(super) reader: File,
}

impl Drop for Spool {
    fn drop(&mut self) {
        std::fs::remove_file(&self.path).ok();
    }
}

impl Command {
    pub(super) fn new(sandbox: Sandbox, program: PathBuf) -> Self {
        Self {
            sandbox,
            program,
            args: Vec::new(),
            env: BTreeMap::new(),
            dir: None,
            label: String::new(),
            deadline: DEADLINE,
            grace: GRACE,
            output: OUTPUT,
        }
    }

    /// Adds one argument.
    #[must_use]
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().to_owned());
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.args.extend(args.into_iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    /// Gives one environment variable.
    #[must_use]
    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.env.insert(name.as_ref().to_owned(), value.as_ref().to_owned());
        self
    }

    /// Gives environment variables.
    #[must_use]
    pub fn envs<N: AsRef<OsStr>, V: AsRef<OsStr>>(self, env: impl IntoIterator<Item = (N, V)>) -> Self {
        env.into_iter().fold(self, |command, (name, value)| command.env(name, value))
    }

    /// Gives those of the named variables that this process has itself.
    #[must_use]
    pub fn pass(self, names: &[&str]) -> Self {
        self.envs(names.iter().filter_map(|name| Some((*name, std::env::var_os(name)?))))
    }

    /// The directory to run in; this process's own when not given.
    #[must_use]
    pub fn dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.dir = Some(dir.into());
        self
    }

    /// Names what is run, for whoever finds it after this process has died.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// How long it may run; an hour when not given.
    #[must_use]
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How long it may take to end after SIGINT, before it is killed; 30 seconds when not given.
    #[must_use]
    pub const fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// How many bytes it may write in all; 1 GiB when not given. It is looked at from time to time, so it may be overrun a little.
    #[must_use]
    pub const fn output_limit(mut self, bytes: u64) -> Self {
        self.output = bytes;
        self
    }

    /// Runs it to its end and delivers each line while it runs: without ANSI sequences, at most 64 KiB long (a longer line
    /// comes in pieces), invalid UTF-8 replaced. Lines are in order within a stream, not between the two. When the returned future is dropped, the group gets SIGINT.
    ///
    /// # Errors
    /// See [`SandboxError`]; a status other than 0 is not an error here.
    pub async fn run(
        &self,
        mut on_line: impl FnMut(Stream, &str) + Send,
        cancel: &CancellationToken,
    ) -> Result<Exit, SandboxError> {
        let begun = Instant::now();
        let mut running = self.spawn()?;
        let mut output = Output::lines(&mut on_line);
        let exit = supervise(self, &mut running, &mut output, cancel).await;
        self.log(begun, exit.as_ref().ok());
        exit
    }

    /// Runs it to its end and returns the bytes of its standard output; the lines of standard error are delivered as by
    /// [`run`](Self::run).
    ///
    /// # Errors
    /// See [`SandboxError`]; [`SandboxError::TooMuchOutput`] also when standard output is longer than `limit` bytes.
    pub async fn capture(
        &self,
        limit: u64,
        mut on_line: impl FnMut(Stream, &str) + Send,
        cancel: &CancellationToken,
    ) -> Result<(Exit, Vec<u8>), SandboxError> {
        let limited = self.clone().output_limit(self.output.min(limit));
        let begun = Instant::now();
        let mut running = limited.spawn()?;
        let mut output = Output::capture(&mut on_line);
        let exit = supervise(&limited, &mut running, &mut output, cancel).await;
        self.log(begun, exit.as_ref().ok());
        Ok((exit?, output.into_captured()))
    }

    /// Where a run's time goes, for whoever looks for it. Arguments may hold a secret: only the first word that is no option.
    fn log(&self, begun: Instant, exit: Option<&Exit>) {
        let step = self.args.iter().find(|arg| is_step(arg)).map(|arg| arg.to_string_lossy());
        let exit = exit.map(ToString::to_string);
        tracing::debug!(program = self.name(), ?step, label = self.label, exit, took = ?begun.elapsed(), "sandbox.ran");
    }

    /// The program's name, for messages.
    pub(super) fn name(&self) -> String {
        self.program.file_name().unwrap_or(self.program.as_os_str()).to_string_lossy().into_owned()
    }

    /// Starts it. Landlock rules and namespaces belong here, before the program gets the processor.
    fn spawn(&self) -> Result<Running, SandboxError> {
        let (out, out_writer) = self.spool("out")?;
        let (err, err_writer) = self.spool("err")?;
        let mut command = tokio::process::Command::new(self.resolve()?);
        command.args(&self.args).env_clear().envs(&self.env).process_group(0);
        command.stdin(Stdio::null()).stdout(out_writer).stderr(err_writer);
        if let Some(dir) = &self.dir {
            command.current_dir(dir);
        }
        let child = command.spawn().map_err(|source| self.not_spawned(source))?;
        let group = child.id().and_then(|pid| i32::try_from(pid).ok()).unwrap_or(0);
        let record = Record::write(&self.sandbox, group, &self.label, &out.path, &err.path)?;
        Ok(Running { child, group, out, err, record })
    }

    fn not_spawned(&self, source: std::io::Error) -> SandboxError {
        match (source.kind(), &self.dir) {
            (ErrorKind::NotFound, Some(dir)) if !dir.is_dir() => {
                SandboxError::File { path: dir.clone(), source }
            }
            (ErrorKind::NotFound, _) => SandboxError::Missing { program: self.name() },
            _ => SandboxError::Spawn { program: self.name(), source },
        }
    }

    /// The program's path. A bare name is looked up here, so that the `PATH` given to the program has no say in it.
    fn resolve(&self) -> Result<PathBuf, SandboxError> {
        if self.program.components().count() > 1 {
            return Ok(self.program.clone());
        }
        find_program(&self.program).ok_or_else(|| SandboxError::Missing { program: self.name() })
    }

    fn spool(&self, suffix: &str) -> Result<(Spool, File), SandboxError> {
        let path = self.sandbox.dir().join(format!("{}.{suffix}", Uuid::now_v7().simple()));
        let failed = |source| SandboxError::File { path: path.clone(), source };
        let mut options = OpenOptions::new();
        let writer = options.append(true).create_new(true).mode(0o600).open(&path).map_err(failed)?;
        let reader = File::open(&path).map_err(failed)?;
        Ok((Spool { path, reader }, writer))
    }
}

/// `fetch` of `git -c name=value fetch`.
fn is_step(arg: &OsStr) -> bool {
    arg.to_str().is_some_and(|arg| !arg.starts_with('-') && !arg.contains('='))
}

fn find_program(name: &Path) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(name)).find(|program| program.is_file())
}
