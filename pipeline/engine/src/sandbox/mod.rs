//! Runs programs that are not to be trusted, or not to be waited for without end.
//!
//! A program starts with an empty environment and what it is explicitly given, no standard input, a deadline, and a process
//! group that is ended whole: first SIGINT, after a grace SIGKILL. Its output goes to files that are read while it runs. So a
//! program outlives the death of this process without being broken by it (a pipe would end a half-done `terraform apply` with
//! SIGPIPE, its state unsaved), and the next process finds it by its record: see [`orphans`].
//!
//! Not covered here: a program that leaves its group with `setsid`, and one that reads files of the same user. Both need
//! namespaces and Landlock; their place is `Command::spawn`, where a program is started.

mod command;
mod lines;
pub mod orphans;
mod process;
mod supervise;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub use command::Command;
pub use process::harden;

/// One of a program's two outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// How a program ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// With this status.
    Code(i32),
    /// By this signal, which the sandbox did not send.
    Signal(i32),
}

impl Exit {
    /// True for status 0.
    pub const fn success(self) -> bool {
        matches!(self, Self::Code(0))
    }
}

impl std::fmt::Display for Exit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "status {code}"),
            Self::Signal(signal) => write!(f, "signal {signal}"),
        }
    }
}

/// Why a program did not end by itself.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// There is no such program.
    #[error("{program} is not installed, or not on the PATH")]
    Missing {
        /// The program's name.
        program: String,
    },
    /// The program could not be started.
    #[error("{program} could not be started")]
    Spawn {
        /// The program's name.
        program: String,
        /// Why.
        source: std::io::Error,
    },
    /// The program was still running at its deadline and was ended.
    #[error("{program} was ended after its deadline of {} s", .after.as_secs())]
    Deadline {
        /// The program's name.
        program: String,
        /// The deadline.
        after: Duration,
    },
    /// The program was ended because its caller gave up.
    #[error("{program} was cancelled")]
    Cancelled {
        /// The program's name.
        program: String,
    },
    /// The program wrote more than it may and was ended.
    #[error("{program} was ended because it wrote more than {limit} bytes")]
    TooMuchOutput {
        /// The program's name.
        program: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// A file for the program's output, or its record, cannot be used.
    #[error(
        "{path}: the sandbox cannot use this file; is the data directory writable, and the disk not full?"
    )]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The kernel refused to wait for the program.
    #[error("{program} could not be waited for")]
    Wait {
        /// The program's name.
        program: String,
        /// Why.
        source: std::io::Error,
    },
}

/// Where programs' output and records are kept while they run.
#[derive(Debug, Clone)]
pub struct Sandbox {
    dir: Arc<PathBuf>,
}

impl Sandbox {
    /// Uses `dir`, which is made if missing and readable by this user alone.
    ///
    /// # Errors
    /// [`SandboxError::File`].
    pub fn open(dir: &Path) -> Result<Self, SandboxError> {
        use std::os::unix::fs::DirBuilderExt;
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir);
        made.and_then(|()| dir.canonicalize())
            .map(|dir| Self { dir: Arc::new(dir) })
            .map_err(|source| SandboxError::File { path: dir.to_owned(), source })
    }

    /// A command that runs `program`: a path, or a name that is looked up in this process's `PATH`.
    pub fn command(&self, program: impl Into<PathBuf>) -> Command {
        Command::new(self.clone(), program.into())
    }

    /// The directory that this sandbox uses.
    pub fn dir(&self) -> &Path {
        &self.dir
    }
}
