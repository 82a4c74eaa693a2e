//! The programs that runs call.

use std::io::ErrorKind;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use super::{Check, State};

/// How long a program may take to tell its version.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program, how it tells its version, and what cannot be done without it.
struct Program {
    name: &'static str,
    arguments: &'static [&'static str],
    /// What it is without the program.
    without: State,
    cost: &'static str,
}

const PROGRAMS: [Program; 5] = [
    Program {
        name: "git",
        arguments: &["--version"],
        without: State::Broken,
        cost: "no repository can be read; install git",
    },
    Program {
        name: "terraform",
        arguments: &["version"],
        without: State::Lacks,
        cost: "stacks of engine terraform cannot be planned or applied on this machine",
    },
    Program {
        name: "tofu",
        arguments: &["version"],
        without: State::Lacks,
        cost: "stacks of engine opentofu cannot be planned or applied on this machine",
    },
    Program {
        name: "sam",
        arguments: &["--version"],
        without: State::Lacks,
        cost: "stacks of engine sam whose code must be built cannot be planned on this machine",
    },
    Program {
        name: "python3",
        arguments: &["--version"],
        without: State::Lacks,
        cost: "`wayleave demo` has no AWS to run against; nothing else needs it",
    },
];

/// Looks for each program.
pub(super) async fn all() -> Vec<Check> {
    let mut checks = Vec::new();
    for program in &PROGRAMS {
        checks.push(check(program).await);
    }
    checks
}

async fn check(program: &Program) -> Check {
    let Program { name, arguments, without, cost } = *program;
    let output = Command::new(name)
        .args(arguments)
        // Terraform and SAM would ask the network whether there is a newer version.
        .env("CHECKPOINT_DISABLE", "1")
        .env("SAM_CLI_TELEMETRY", "0")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let lacks = |found: String| Check { name, state: without, found, cost: Some(cost.to_owned()) };
    match tokio::time::timeout(PATIENCE, output).await {
        Ok(Ok(output)) if output.status.success() => {
            let text = String::from_utf8_lossy(&output.stdout);
            Check::has(name, text.lines().next().unwrap_or_default().trim())
        }
        Ok(Ok(output)) => lacks(format!("does not run: {}", output.status)),
        Ok(Err(error)) if error.kind() == ErrorKind::NotFound => lacks("not found".to_owned()),
        Ok(Err(error)) => lacks(format!("does not run: {error}")),
        Err(_) => lacks(format!("does not answer within {} seconds", PATIENCE.as_secs())),
    }
}
