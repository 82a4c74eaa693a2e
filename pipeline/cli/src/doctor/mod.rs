//! `wayleave doctor`: what this machine has and lacks, and what each lack costs.

mod landing_zone;
mod machine;
mod programs;

use std::process::ExitCode;

use serde::Serialize;
use serde_json::json;

use crate::output::{self, Format};
use crate::style::{Style, is_coloured, visible};
use crate::zone_file::ZoneArgument;

/// Say what this machine has and lacks, and what each lack costs.
///
/// Exit code 1 when something is missing or wrong without which no run can be made, else 0.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    zone: ZoneArgument,
    /// Ask nobody: leave out what takes the network.
    #[arg(long)]
    offline: bool,
}

/// How one thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    /// It is there.
    Has,
    /// It is not there, and something cannot be done; other things can.
    Lacks,
    /// No run can be made until this is mended.
    Broken,
    /// It was not looked at.
    Skipped,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Check {
    name: &'static str,
    state: State,
    /// What is there, or what is wrong.
    found: String,
    /// What the lack costs, or how to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<String>,
}

impl Check {
    fn has(name: &'static str, found: impl Into<String>) -> Self {
        Self { name, state: State::Has, found: found.into(), cost: None }
    }

    fn lacks(name: &'static str, found: impl Into<String>, cost: impl Into<String>) -> Self {
        Self { name, state: State::Lacks, found: found.into(), cost: Some(cost.into()) }
    }

    fn broken(name: &'static str, found: impl Into<String>, cost: impl Into<String>) -> Self {
        Self { state: State::Broken, ..Self::lacks(name, found, cost) }
    }

    fn skipped(name: &'static str, why: impl Into<String>) -> Self {
        Self { name, state: State::Skipped, found: why.into(), cost: None }
    }
}

pub(crate) async fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let (zone, zone_checks) = landing_zone::zone(&arguments.zone);
    let mut checks = programs::all().await;
    checks.push(machine::providers());
    checks.push(machine::kernel());
    checks.push(machine::data(&arguments.zone.base(), zone.as_ref()));
    checks.extend(zone_checks);
    checks.push(landing_zone::credentials(zone.as_ref(), arguments.offline).await);
    let fit = checks.iter().all(|check| check.state != State::Broken);
    match format {
        Format::Json => output::json(&json!({"fit": fit, "checks": checks}))?,
        Format::Human => output::lines(&lines(&checks, is_coloured()))?,
    }
    Ok(if fit { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn lines(checks: &[Check], coloured: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for check in checks {
        let (word, style) = match check.state {
            State::Has => ("has", Style::Good),
            State::Lacks => ("lacks", Style::Warning),
            State::Broken => ("broken", Style::Bad),
            State::Skipped => ("skipped", Style::Dim),
        };
        let word = style.paint(&format!("{word:<8}"), coloured);
        lines.push(format!("{word} {:<13} {}", check.name, visible(&check.found)));
        lines.extend(check.cost.iter().map(|cost| format!("{:22} {}", "", visible(cost))));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lack_tells_its_cost() {
        let checks = [
            Check::has("git", "git version 2.47.3"),
            Check::lacks("tofu", "not found", "stacks of engine opentofu cannot be planned"),
            Check::broken("zone", "zone.hcl has errors", "`wayleave zone check` shows them"),
            Check::skipped("aws", "--offline"),
        ];
        insta::assert_snapshot!(lines(&checks, false).join("\n"), @"
        has      git           git version 2.47.3
        lacks    tofu          not found
                               stacks of engine opentofu cannot be planned
        broken   zone          zone.hcl has errors
                               `wayleave zone check` shows them
        skipped  aws           --offline
        ");
    }
}
