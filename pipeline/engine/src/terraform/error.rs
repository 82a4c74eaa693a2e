//! What can go wrong with a unit's Terraform.

use std::path::PathBuf;
use std::time::Duration;

use super::changes::PlanJsonError;
use crate::sandbox::{Exit, SandboxError};

/// A step of a unit's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// `terraform version`
    Version,
    /// `terraform init`
    Init,
    /// `terraform plan`
    Plan,
    /// `terraform show`
    Show,
    /// `terraform state pull`
    State,
    /// `terraform apply`
    Apply,
    /// `terraform force-unlock`
    Unlock,
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Version => "version",
            Self::Init => "init",
            Self::Plan => "plan",
            Self::Show => "show",
            Self::State => "state pull",
            Self::Apply => "apply",
            Self::Unlock => "force-unlock",
        })
    }
}

/// Why a unit could not be planned or applied.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TerraformError {
    /// The program is not installed.
    #[error(
        "{program} is not installed on this machine, or not on the server's PATH; `wayleave doctor` says what is"
    )]
    Missing {
        /// `terraform` or `tofu`.
        program: String,
    },
    /// The stack's path leads out of the repository.
    #[error("the stack's path {path:?} leads out of the repository; give a path inside it")]
    Outside {
        /// The path.
        path: String,
    },
    /// There is no root module.
    #[error(
        "there is no Terraform root module in {path:?} at this commit; correct the stack's path in wayleave.hcl"
    )]
    NoStack {
        /// The path.
        path: String,
    },
    /// The stack's own override files lead its state elsewhere.
    #[error(
        "an override file in {path:?} replaces the state's backend that the landing zone gives; remove the backend from it"
    )]
    Backend {
        /// The stack's path.
        path: String,
    },
    /// A step failed.
    #[error("terraform {step} failed with {exit}; its own message says why\n{output}")]
    Failed {
        /// Which.
        step: Step,
        /// How it ended.
        exit: Exit,
        /// The last lines that it wrote to standard error.
        output: String,
    },
    /// The apply failed.
    #[error("terraform apply failed with {exit}; {}\n{output}", told(*.state_moved))]
    Apply {
        /// How it ended.
        exit: Exit,
        /// True when the state is another one than before, so a part of it was applied; also when that cannot be told.
        state_moved: bool,
        /// The last lines that it wrote to standard error.
        output: String,
    },
    /// A step took too long.
    #[error("terraform {step} was ended after {} s; plan again, or give the stack fewer resources", .after.as_secs())]
    Deadline {
        /// Which.
        step: Step,
        /// How long it had.
        after: Duration,
    },
    /// The work is no longer wanted.
    #[error("terraform {step} was cancelled")]
    Cancelled {
        /// The step that it was at.
        step: Step,
    },
    /// A step could not be run to its end.
    #[error("terraform {step} could not be run")]
    Run {
        /// Which.
        step: Step,
        /// Why.
        source: SandboxError,
    },
    /// A file of the unit cannot be used.
    #[error("{path}: cannot be used; is the data directory writable, and the disk not full?")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What Terraform wrote as JSON is none.
    #[error("terraform {step} wrote what is not the JSON that it documents; is this version supported?")]
    Json {
        /// Which step.
        step: Step,
        /// Why.
        source: serde_json::Error,
    },
    /// The plan's JSON is not understood.
    #[error(transparent)]
    PlanJson(#[from] PlanJsonError),
    /// The saved plan is not one that Terraform wrote.
    #[error("the saved plan cannot be read; plan the unit again")]
    SavedPlan(#[source] zip::result::ZipError),
}

const fn told(state_moved: bool) -> &'static str {
    if state_moved {
        "a part of it may have been applied, plan again to see what is left"
    } else {
        "nothing of it was applied"
    }
}

impl TerraformError {
    pub(super) fn run(step: Step, error: SandboxError) -> Self {
        match error {
            SandboxError::Missing { program } => Self::Missing { program },
            SandboxError::Deadline { after, .. } => Self::Deadline { step, after },
            SandboxError::Cancelled { .. } => Self::Cancelled { step },
            source => Self::Run { step, source },
        }
    }

    pub(super) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        |source| Self::File { path, source }
    }
}
