//! `/`: the runs.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::Timestamp;
use landing_zone::ForgeKind;
use pipeline_core::RunView;
use pipeline_core::trigger::TriggerKind;
use serde::Deserialize;

use super::grid::{Tally, tally};
use super::time::Moment;
use crate::api::{cursor, unreadable};
use crate::app::App;
use crate::find::short;
use crate::problem::Problem;

const RUNS: u32 = 30;
/// A row draws as many units as squares; of more it gives the numbers only.
const SQUARES: usize = 80;

#[derive(Deserialize)]
pub(super) struct RunsQuery {
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "runs.html")]
struct RunsPage {
    rows: Vec<Row>,
    next: Option<String>,
    older: bool,
    welcome: Welcome,
}

/// What somebody needs who has no run yet.
struct Welcome {
    webhook: String,
    repository: String,
    branch: String,
}

struct Row {
    id: String,
    short: String,
    repository: String,
    branch: String,
    commit: String,
    author: String,
    trigger: String,
    state: &'static str,
    note: Option<String>,
    started: Moment,
    squares: Vec<Square>,
    tally: Vec<Tally>,
}

struct Square {
    state: &'static str,
    name: String,
}

pub(super) async fn show(
    State(app): State<App>,
    query: Result<Query<RunsQuery>, QueryRejection>,
) -> Response {
    super::page(make(&app, query).await)
}

async fn make(app: &App, query: Result<Query<RunsQuery>, QueryRejection>) -> Result<RunsPage, Problem> {
    let Query(query) = query.map_err(|rejection| unreadable(&rejection))?;
    let after = cursor(query.cursor.as_deref())?;
    let page = app.pipeline().runs(after, RUNS).await;
    let page = page.map_err(|error| Problem::unavailable("listing runs", &error))?;
    let now = Timestamp::now();
    Ok(RunsPage {
        rows: page.items.iter().map(|run| row(run, now)).collect(),
        next: page.next.map(|id| id.to_string()),
        older: after.is_some(),
        welcome: welcome(app),
    })
}

fn welcome(app: &App) -> Welcome {
    let zone = app.pipeline().zone();
    let first = zone.repositories.first();
    let forge = first.map_or(ForgeKind::Github, |repository| repository.forge);
    Welcome {
        webhook: format!("{}/webhooks/{forge}", zone.server.url),
        repository: first.map(|repository| repository.name.to_string()).unwrap_or_default(),
        branch: first.map(|repository| repository.branch.clone()).unwrap_or_default(),
    }
}

fn row(run: &RunView, now: Timestamp) -> Row {
    let square = |unit: &pipeline_core::run::UnitView| Square {
        state: unit.state.name(),
        name: format!("{} in {}: {}", unit.stack, unit.account_name, unit.state.name()),
    };
    let few = run.units.len() <= SQUARES;
    Row {
        id: run.id.to_string(),
        short: short(run.id),
        repository: run.repository.to_string(),
        branch: run.branch.clone(),
        commit: run.commit.short().to_owned(),
        author: run.author.clone(),
        trigger: trigger(run),
        state: run.state.name(),
        note: note(run),
        started: Moment::new(run.started, now),
        squares: if few { run.units.iter().map(square).collect() } else { Vec::new() },
        tally: tally(&run.units),
    }
}

fn note(run: &RunView) -> Option<String> {
    match &run.waiting_for {
        Some(waiting) => {
            Some(format!("{} has {} of {} approvals", waiting.stage, waiting.have, waiting.approvals))
        }
        None => run.reason.clone(),
    }
}

/// What started a run, in a few words.
pub(super) fn trigger(run: &RunView) -> String {
    match (run.trigger, run.change) {
        (TriggerKind::PullRequest, Some(number)) => format!("pull request #{number}"),
        (TriggerKind::Command, Some(number)) => format!("command on #{number}"),
        (TriggerKind::Push, _) => "push".to_owned(),
        (TriggerKind::PullRequest, None) => "pull request".to_owned(),
        (TriggerKind::Command, None) => "command".to_owned(),
        (TriggerKind::Drift, _) => "drift".to_owned(),
        (TriggerKind::Api, _) => "API".to_owned(),
    }
}
