//! `wayleave approve`, `reject`, `cancel` and `retry`: what people decide about runs.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::process::ExitCode;

use anyhow::{Context, bail};
use landing_zone::StageName;
use pipeline_core::run::WaitingFor;
use pipeline_core::{Digest, RunView};
use serde_json::{Value, json};

use super::http::Client;
use super::{ServerArgument, changes, view};
use crate::output::{self, Format};

/// Which run.
#[derive(Debug, clap::Args)]
pub(crate) struct RunArguments {
    #[command(flatten)]
    server: ServerArgument,
    /// The run's id, or the first eight or more of its digits.
    run: String,
}

/// Which stage, and what was looked at.
#[derive(Debug, clap::Args)]
pub(crate) struct StageArguments {
    /// The stage; by default the one that waits.
    #[arg(long, value_name = "STAGE")]
    stage: Option<StageName>,
    /// What you looked at: the stage's digest, as `wayleave show` tells it.
    #[arg(long, value_name = "DIGEST", value_parser = digest)]
    digest: Option<Digest>,
}

/// Approve a run's stage.
///
/// Without --digest the stage's changes are shown first, and you are asked; that takes a terminal.
#[derive(Debug, clap::Args)]
pub(crate) struct Approve {
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    stage: StageArguments,
}

/// Reject a run's stage, which ends the run.
#[derive(Debug, clap::Args)]
pub(crate) struct Reject {
    #[command(flatten)]
    run: RunArguments,
    /// Why, for those who wait.
    reason: String,
    #[command(flatten)]
    stage: StageArguments,
}

/// End a run; what is being applied is let finish.
#[derive(Debug, clap::Args)]
pub(crate) struct Cancel {
    #[command(flatten)]
    run: RunArguments,
    /// Why, for those who wait.
    #[arg(default_value = "")]
    reason: String,
}

/// Do again what failed in a run.
#[derive(Debug, clap::Args)]
pub(crate) struct Retry {
    #[command(flatten)]
    run: RunArguments,
}

fn digest(text: &str) -> Result<Digest, String> {
    Digest::parse(text).map_err(|error| error.to_string())
}

pub(crate) async fn approve(arguments: &Approve, format: Format) -> anyhow::Result<ExitCode> {
    let client = arguments.run.server.client()?;
    let body = match &arguments.stage {
        StageArguments { stage: Some(stage), digest: Some(digest) } => {
            json!({"stage": stage, "digest": digest})
        }
        StageArguments { stage, digest } => {
            let run = arguments.run.look(&client).await?;
            let waiting = waiting(&run, stage.as_ref())?;
            if digest.is_none() && !show_and_ask(&client, &run, waiting).await? {
                output::notice("nothing was approved");
                return Ok(ExitCode::FAILURE);
            }
            json!({"stage": waiting.stage, "digest": digest.as_ref().unwrap_or(&waiting.digest)})
        }
    };
    arguments.run.act(&client, "approve", &body, format).await
}

pub(crate) async fn reject(arguments: &Reject, format: Format) -> anyhow::Result<ExitCode> {
    if arguments.reason.trim().is_empty() {
        bail!("a rejection needs a reason, for those who wait");
    }
    let client = arguments.run.server.client()?;
    let body = match (&arguments.stage.stage, &arguments.stage.digest) {
        (Some(stage), Some(digest)) => json!({"stage": stage, "digest": digest, "reason": arguments.reason}),
        (stage, digest) => {
            let run = arguments.run.look(&client).await?;
            let waiting = waiting(&run, stage.as_ref())?;
            let digest = digest.as_ref().unwrap_or(&waiting.digest);
            json!({"stage": waiting.stage, "digest": digest, "reason": arguments.reason})
        }
    };
    arguments.run.act(&client, "reject", &body, format).await
}

pub(crate) async fn cancel(arguments: &Cancel, format: Format) -> anyhow::Result<ExitCode> {
    let client = arguments.run.server.client()?;
    arguments.run.act(&client, "cancel", &json!({"reason": arguments.reason}), format).await
}

pub(crate) async fn retry(arguments: &Retry, format: Format) -> anyhow::Result<ExitCode> {
    let client = arguments.run.server.client()?;
    arguments.run.act(&client, "retry", &json!({}), format).await
}

impl RunArguments {
    async fn look(&self, client: &Client) -> anyhow::Result<RunView> {
        view(&client.get(&["runs", &self.run], &[]).await?)
    }

    /// Does it, and tells where the run then stands.
    async fn act(
        &self,
        client: &Client,
        act: &str,
        body: &Value,
        format: Format,
    ) -> anyhow::Result<ExitCode> {
        let document = client.post(&["runs", &self.run, act], body).await?;
        match format {
            Format::Json => output::json(&document)?,
            Format::Human => output::line(&standing(&view(&document)?))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Where a run stands, in one line.
fn standing(run: &RunView) -> String {
    let waiting = run.waiting_for.as_ref().map(|waiting| {
        format!(", stage {} has {} of {} approvals", waiting.stage, waiting.have, waiting.approvals)
    });
    let reason = run.reason.as_ref().map(|reason| format!(": {}", crate::style::visible(reason)));
    format!("{} {}{}{}", run.id, run.state.name(), waiting.unwrap_or_default(), reason.unwrap_or_default())
}

/// What the run waits for people to approve, if it is this stage.
fn waiting<'r>(run: &'r RunView, stage: Option<&StageName>) -> anyhow::Result<&'r WaitingFor> {
    let Some(waiting) = &run.waiting_for else {
        bail!("{} waits for nobody's approval; it is {}", run.id, run.state.name());
    };
    match stage {
        Some(stage) if *stage != waiting.stage => {
            bail!("stage {stage} waits for nobody's approval; {} does", waiting.stage)
        }
        _ => Ok(waiting),
    }
}

fn require_terminal(run: &RunView) -> anyhow::Result<()> {
    if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        return Ok(());
    }
    bail!(
        "there is no terminal to ask on; look at the changes with `wayleave show {}` and name what you looked at \
         with --digest",
        run.id
    )
}

/// Shows what the stage's digest changes, and asks. True for a yes.
async fn show_and_ask(client: &Client, run: &RunView, waiting: &WaitingFor) -> anyhow::Result<bool> {
    require_terminal(run)?;
    let id = run.id.to_string();
    for unit in run.units.iter().filter(|unit| unit.stage == waiting.stage) {
        let document = client.get(&["runs", &id, "units", unit.id.as_str()], &[]).await?;
        if changes::digest(&document) != unit.digest.as_ref().map(Digest::as_str) {
            bail!("{} was planned again meanwhile; look again", unit.id);
        }
        for line in changes::lines(&document, output::is_coloured())? {
            tell(&format!("{line}\n"))?;
        }
    }
    let (stage, digest) = (&waiting.stage, &waiting.digest);
    tell(&format!("\nApprove these changes of stage {stage} ({digest})? [y/N] "))?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).context("cannot read the answer")?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}

fn tell(text: &str) -> anyhow::Result<()> {
    std::io::stderr().lock().write_all(text.as_bytes()).context("cannot write to standard error")
}
