//! [moto](https://docs.getmoto.org) as a local AWS: made from pinned packages, started on an ephemeral loopback port, ended with its owner.

use std::collections::VecDeque;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::Deserialize;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

const REQUIREMENTS: &str = include_str!("moto-requirements.txt");
const LAUNCHER: &str = include_str!("moto_launcher.py");
const READY: &str = "wayleave-ready";
const START: Duration = Duration::from_secs(120);
const TAIL: usize = 40;

/// Names the `moto_server` (or the `python3` beside it) of an installation to be used as it is.
pub const MOTO: &str = "WAYLEAVE_MOTO";

/// Why there is no moto.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MotoError {
    /// `python3` cannot be run.
    #[error(
        "python3 cannot be run; install Python 3.11 or newer (Debian: apt-get install python3 python3-venv)"
    )]
    NoPython(#[source] std::io::Error),
    /// `python3 -m venv` failed.
    #[error(
        "python3 could not make a virtual environment in {venv}; its venv module is needed \
         (Debian: apt-get install python3-venv)\n{output}"
    )]
    Venv {
        /// Where it was to be made.
        venv: PathBuf,
        /// The last lines that Python wrote.
        output: String,
    },
    /// `pip install` failed.
    #[error("pip could not install moto into {venv}; is a Python package index reachable?\n{output}")]
    Install {
        /// The virtual environment.
        venv: PathBuf,
        /// The last lines that pip wrote.
        output: String,
    },
    /// A file of the virtual environment cannot be written or read.
    #[error("{path}: cannot be used for moto's virtual environment")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// moto ended, or said nothing, before it listened.
    #[error("moto did not start; remove {venv} to have it made anew\n{output}")]
    Start {
        /// The virtual environment or installation that was used.
        venv: PathBuf,
        /// The last lines that it wrote.
        output: String,
    },
    /// moto does not answer.
    #[error("moto does not answer on {url}")]
    Answer {
        /// Where it should.
        url: String,
        /// Why not.
        source: reqwest::Error,
    },
}

/// A running moto. It ends when this is dropped, and also when this process is killed.
#[derive(Debug)]
pub struct Moto {
    child: Child,
    // moto ends when this end of the pipe closes.
    stdin: Option<ChildStdin>,
    port: u16,
    tail: Tail,
}

#[derive(Deserialize)]
struct Hello {
    port: u16,
}

impl Moto {
    /// Starts the moto of a virtual environment that [`prepare`] made, and waits until it answers.
    ///
    /// # Errors
    /// [`MotoError::NoPython`], [`MotoError::Start`] or [`MotoError::Answer`].
    pub async fn start(python: &Path) -> Result<Self, MotoError> {
        let mut child = launcher(python).spawn().map_err(MotoError::NoPython)?;
        let tail = Tail::default();
        if let Some(stderr) = child.stderr.take() {
            tokio::spawn(tail.clone().follow(stderr));
        }
        let stdin = child.stdin.take();
        let failed = || MotoError::Start { venv: python.to_owned(), output: tail.text() };
        let stdout = child.stdout.take().ok_or_else(failed)?;
        let hello = tokio::time::timeout(START, hello(stdout)).await.ok().flatten();
        let Some(Hello { port }) = hello else {
            child.kill().await.ok();
            return Err(failed());
        };
        let moto = Self { child, stdin, port, tail };
        moto.answers().await?;
        Ok(moto)
    }

    /// Starts moto for a test: the installation that [`MOTO`] names, else `.wayleave/venv` of the workspace, made if missing.
    ///
    /// # Errors
    /// As [`prepare`] and [`Moto::start`].
    pub async fn for_tests() -> Result<Self, MotoError> {
        let python = match installed() {
            Some(python) => python,
            None => prepare(&workspace().join(".wayleave/venv"), |_| ()).await?,
        };
        Self::start(&python).await
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The process's id, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// The last lines that moto wrote.
    pub fn log_tail(&self) -> String {
        self.tail.text()
    }

    /// Forgets everything. Temporary credentials made before then silently mean moto's default account: assume again.
    ///
    /// # Errors
    /// [`MotoError::Answer`].
    pub async fn reset(&self) -> Result<(), MotoError> {
        let request = client()?.post(format!("{}/moto-api/reset", self.url()));
        self.answered(request.send().await)
    }

    /// Ends it and waits until it is gone.
    pub async fn stop(mut self) {
        drop(self.stdin.take());
        self.child.kill().await.ok();
    }

    async fn answers(&self) -> Result<(), MotoError> {
        let request = client()?.get(format!("{}/moto-api/data.json", self.url()));
        self.answered(request.timeout(START).send().await)
    }

    fn answered(&self, answer: Result<reqwest::Response, reqwest::Error>) -> Result<(), MotoError> {
        let failed = |source| MotoError::Answer { url: self.url(), source };
        answer.and_then(reqwest::Response::error_for_status).map(drop).map_err(failed)
    }
}

/// A client that asks no proxy: moto is on this machine.
fn client() -> Result<reqwest::Client, MotoError> {
    let client = reqwest::Client::builder().no_proxy().build();
    client.map_err(|source| MotoError::Answer { url: "127.0.0.1".into(), source })
}

fn launcher(python: &Path) -> Command {
    let mut command = Command::new(python);
    command
        .args(["-c", LAUNCHER])
        .env("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
        .env("MOTO_ACM_VALIDATION_WAIT", "1")
        .env("AWS_ACCESS_KEY_ID", "moto")
        .env("AWS_SECRET_ACCESS_KEY", "moto")
        .env_remove("AWS_ENDPOINT_URL")
        .env_remove("AWS_PROFILE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

async fn hello(stdout: ChildStdout) -> Option<Hello> {
    let line = BufReader::new(stdout).lines().next_line().await.ok().flatten()?;
    serde_json::from_str(&line).ok()
}

fn installed() -> Option<PathBuf> {
    let program = PathBuf::from(std::env::var_os(MOTO)?);
    Some(program.with_file_name("python3"))
}

/// The nearest directory above the current one that has a `Cargo.lock`, else the current one.
fn workspace() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    here.ancestors().find(|dir| dir.join("Cargo.lock").is_file()).unwrap_or(&here).to_owned()
}

/// Makes a virtual environment with moto, unless it is there already, and returns its Python. Lines of progress go to
/// `progress`. Safe when several processes do it at once: one makes it, the others wait.
///
/// # Errors
/// [`MotoError::NoPython`], [`MotoError::Venv`], [`MotoError::Install`] or [`MotoError::File`].
pub async fn prepare(venv: &Path, mut progress: impl FnMut(&str)) -> Result<PathBuf, MotoError> {
    let python = venv.join("bin/python3");
    let _lock = lock(venv).await?;
    if std::fs::read_to_string(venv.join(READY)).is_ok_and(|made_of| made_of == REQUIREMENTS) {
        return Ok(python);
    }
    progress("making a Python virtual environment for moto");
    make(venv, &mut progress).await?;
    let ready = venv.join(READY);
    std::fs::write(&ready, REQUIREMENTS).map_err(|source| MotoError::File { path: ready, source })?;
    Ok(python)
}

async fn make(venv: &Path, progress: &mut impl FnMut(&str)) -> Result<(), MotoError> {
    let list = venv.with_extension("requirements.txt");
    std::fs::write(&list, REQUIREMENTS).map_err(|source| MotoError::File { path: list.clone(), source })?;
    let mut create = Command::new("python3");
    create.args(["-m", "venv", "--clear"]).arg(venv);
    run(create, progress).await?.map_err(|output| MotoError::Venv { venv: venv.to_owned(), output })?;
    let mut install = Command::new(venv.join("bin/python3"));
    install.args([
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--progress-bar",
        "off",
        "--requirement",
    ]);
    install.arg(&list);
    run(install, progress).await?.map_err(|output| MotoError::Install { venv: venv.to_owned(), output })
}

/// Runs a command to its end; the inner error is the last lines that it wrote.
async fn run(mut command: Command, progress: &mut impl FnMut(&str)) -> Result<Result<(), String>, MotoError> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().map_err(MotoError::NoPython)?;
    let tail = Tail::default();
    let errors = child.stderr.take().map(|stderr| tokio::spawn(tail.clone().follow(stderr)));
    if let Some(stdout) = child.stdout.take() {
        let mut lines = BufReader::new(stdout).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            progress(&line);
            tail.push(line);
        }
    }
    if let Some(errors) = errors {
        errors.await.ok();
    }
    let status = child.wait().await.map_err(MotoError::NoPython)?;
    Ok(if status.success() { Ok(()) } else { Err(tail.text()) })
}

async fn lock(venv: &Path) -> Result<File, MotoError> {
    let path = venv.with_extension("lock");
    let failed = |source| MotoError::File { path: path.clone(), source };
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(failed)?;
    }
    let file = File::create(&path).map_err(failed)?;
    let locked = tokio::task::spawn_blocking(move || file.lock().map(|()| file)).await;
    locked.map_err(std::io::Error::other).and_then(|file| file).map_err(failed)
}

/// The last lines that a process wrote.
#[derive(Debug, Clone, Default)]
struct Tail(Arc<Mutex<VecDeque<String>>>);

impl Tail {
    async fn follow(self, stream: impl AsyncRead + Unpin) {
        let mut lines = BufReader::new(stream).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            self.push(line);
        }
    }

    fn push(&self, line: String) {
        let mut lines = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if lines.len() == TAIL {
            lines.pop_front();
        }
        lines.push_back(line);
    }

    fn text(&self) -> String {
        let lines = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        lines.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}
