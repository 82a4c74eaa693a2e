//! What the commands and the buttons do.

use landing_zone::Person;
use pipeline_core::RunView;
use pipeline_core::run::WaitingFor;
use pipeline_core::trigger::Actor;
use pipeline_engine::Act;

use super::message::{self, Message};
use super::request::Click;
use crate::api::act_problem;
use crate::app::App;
use crate::find;
use crate::problem::Problem;

/// How many runs a status lists.
const LISTED: u32 = 5;
/// The fewest digits of a digest that approve.
const FEWEST: usize = 12;

/// The newest runs.
pub(super) async fn statuses(app: &App) -> Message {
    match app.pipeline().runs(None, LISTED).await {
        Ok(page) => message::statuses(&page.items, &app.pipeline().zone().server.url),
        Err(error) => failed(&Problem::unavailable("listing runs", &error)),
    }
}

/// One run.
pub(super) async fn status(app: &App, run: &str) -> Message {
    match find::run(app.pipeline(), run).await {
        Ok(run) => message::status(&run, &app.pipeline().zone().server.url),
        Err(problem) => failed(&problem),
    }
}

/// What an approval would let happen, with the button that gives it.
pub(super) async fn show(app: &App, run: &str, person: &Person) -> Message {
    let (run, waiting) = match waiting(app, run).await {
        Ok(found) => found,
        Err(message) => return message,
    };
    let mut lines = Vec::new();
    for unit in run.units.iter().filter(|unit| unit.stage == waiting.stage && !unit.changes.is_empty()) {
        match app.pipeline().report(run.id, &unit.id).await {
            Ok(report) => lines.extend(message::changes(unit, report.as_ref())),
            Err(error) => return failed(&Problem::unavailable("reading a report", &error)),
        }
        if lines.len() > message::LINES {
            break;
        }
    }
    message::decision(&run, &waiting, &lines, person, &app.pipeline().zone().server.url)
}

/// Approves at once, when the digest that was written is the one that waits.
pub(super) async fn approve(app: &App, run: &str, digest: &str, person: &Person) -> Message {
    let (run, waiting) = match waiting(app, run).await {
        Ok(found) => found,
        Err(message) => return message,
    };
    let digits = digest.strip_prefix("sha256:").unwrap_or(digest).to_ascii_lowercase();
    let current = waiting.digest.as_str().trim_start_matches("sha256:");
    if digits.len() < FEWEST {
        return message::plain("Write at least the first twelve digits of the digest.");
    }
    if !current.starts_with(&digits) {
        return message::other_digest(&run, &waiting);
    }
    act(app, &run, person, Act::Approve { stage: waiting.stage, digest: waiting.digest }).await
}

/// Rejects the stage that waits.
pub(super) async fn reject(app: &App, run: &str, reason: &str, person: &Person) -> Message {
    let (run, WaitingFor { stage, digest, .. }) = match waiting(app, run).await {
        Ok(found) => found,
        Err(message) => return message,
    };
    let reason = reason.chars().take(1000).collect();
    act(app, &run, person, Act::Reject { stage, digest, reason }).await
}

/// Approves what the button named when its message was written, whatever waits by now: the run refuses another digest.
pub(super) async fn clicked(app: &App, click: &Click, person: &Person) -> Message {
    let Click { run, stage, digest } = click.clone();
    match find::run(app.pipeline(), &run.to_string()).await {
        Ok(run) => act(app, &run, person, Act::Approve { stage, digest }).await,
        Err(problem) => failed(&problem),
    }
}

async fn act(app: &App, run: &RunView, person: &Person, act: Act) -> Message {
    let actor = Actor { platform: None, login: person.name.to_string() };
    let (verb, digest) = match &act {
        Act::Reject { digest, .. } => ("rejected", digest.clone()),
        Act::Approve { digest, .. } => ("approved", digest.clone()),
        Act::Cancel { .. } | Act::Retry => return message::help(),
    };
    match app.pipeline().act(run.id, &actor, act).await {
        Ok(after) => message::decided(&after, verb, &digest, &app.pipeline().zone().server.url),
        Err(error) => failed(&act_problem(&error)),
    }
}

/// The run, and what it waits for people to decide.
async fn waiting(app: &App, run: &str) -> Result<(RunView, WaitingFor), Message> {
    let run = find::run(app.pipeline(), run).await.map_err(|problem| failed(&problem))?;
    match run.waiting_for.clone() {
        Some(waiting) => Ok((run, waiting)),
        None => Err(message::not_waiting(&run)),
    }
}

fn failed(problem: &Problem) -> Message {
    message::plain(problem.detail())
}
