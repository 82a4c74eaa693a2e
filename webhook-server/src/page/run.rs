//! `/runs/{id}`: one run.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use pipeline_core::RunView;
use pipeline_core::run::{RunState, UnitStateView, UnitView};
use pipeline_engine::store::UnitReport;

use super::change::{self, Finding, LogRow, Shown, Skipped};
use super::grid::{self, Stage};
use super::runs::trigger;
use super::time::Moment;
use crate::api::records_problem;
use crate::app::App;
use crate::find::short;
use crate::problem::Problem;
use crate::{find, records};

/// How many units show their changes here; the others' are behind their links.
const DETAILED: usize = 40;
/// How many lines of the log are shown.
const LINES: usize = 100;

#[derive(Template)]
#[template(path = "run.html")]
struct RunPage {
    id: String,
    short: String,
    repository: String,
    branch: String,
    commit: String,
    commit_short: String,
    author: String,
    trigger: String,
    state: &'static str,
    /// Whether nothing more will happen by itself.
    ended: bool,
    reason: Option<String>,
    waiting: Option<Waiting>,
    started: Moment,
    changed: Moment,
    stages: Vec<Stage>,
    units: Vec<Unit>,
    approvals: Vec<Approval>,
    log: Vec<LogRow>,
    /// The number of the line to go on from.
    next_line: u64,
}

struct Waiting {
    stage: String,
    have: u32,
    approvals: u32,
    digest: String,
    digest_short: String,
    slack: bool,
    change: Option<u64>,
}

pub(super) struct Unit {
    pub(super) id: String,
    pub(super) stack: String,
    pub(super) engine: &'static str,
    pub(super) account: String,
    pub(super) account_name: String,
    pub(super) region: String,
    pub(super) stage: String,
    pub(super) wave: u32,
    pub(super) state: &'static str,
    pub(super) reason: Option<String>,
    pub(super) digest: Option<String>,
    pub(super) counts: String,
    pub(super) high: u32,
    pub(super) medium: u32,
    pub(super) low: u32,
    pub(super) open: bool,
    pub(super) detail: Option<Detail>,
}

/// What a unit's newest plan does, and what the policies found in it.
pub(super) struct Detail {
    pub(super) changes: Vec<Shown>,
    pub(super) more: usize,
    pub(super) other: bool,
    pub(super) findings: Vec<Finding>,
    /// What was found and is suppressed in the files.
    pub(super) skipped: Vec<Skipped>,
}

struct Approval {
    stage: String,
    person: String,
    at: Moment,
    digest: String,
    current: bool,
}

pub(super) async fn show(State(app): State<App>, Path(id): Path<String>) -> Response {
    super::page(make(&app, &id).await)
}

async fn make(app: &App, id: &str) -> Result<RunPage, Problem> {
    let run = find::run(app.pipeline(), id).await?;
    let now = Timestamp::now();
    let log = records::last_lines(app.pipeline(), run.id, None, LINES).await;
    let log = log.map_err(|error| records_problem(&error))?;
    Ok(RunPage {
        id: run.id.to_string(),
        short: short(run.id),
        repository: run.repository.to_string(),
        branch: run.branch.clone(),
        commit: run.commit.to_string(),
        commit_short: run.commit.short().to_owned(),
        author: run.author.clone(),
        trigger: trigger(&run),
        state: run.state.name(),
        ended: has_ended(run.state),
        reason: run.reason.clone(),
        waiting: waiting(app, &run),
        started: Moment::new(run.started, now),
        changed: Moment::new(run.changed, now),
        stages: grid::stages(&run.units),
        units: units(app, &run).await?,
        approvals: approvals(&run, now),
        next_line: log.last().map_or(0, |line| line.number.saturating_add(1)),
        log: change::log(&log),
    })
}

const fn has_ended(state: RunState) -> bool {
    !matches!(state, RunState::Queued | RunState::Planning | RunState::Waiting | RunState::Applying)
}

fn waiting(app: &App, run: &RunView) -> Option<Waiting> {
    let waiting = run.waiting_for.as_ref()?;
    Some(Waiting {
        stage: waiting.stage.to_string(),
        have: waiting.have,
        approvals: waiting.approvals,
        digest: waiting.digest.to_string(),
        digest_short: waiting.digest.short().to_owned(),
        slack: app.pipeline().zone().slack.is_some(),
        change: run.change,
    })
}

fn approvals(run: &RunView, now: Timestamp) -> Vec<Approval> {
    let current = |approval: &pipeline_core::run::ApprovalView| {
        let digests = run.units.iter().filter(|unit| unit.stage == approval.stage);
        let digests = digests.filter_map(|unit| unit.digest.as_ref());
        approval.digest == pipeline_core::Digest::of_stage(digests)
    };
    let shown = |approval: &pipeline_core::run::ApprovalView| Approval {
        stage: approval.stage.to_string(),
        person: approval.person.to_string(),
        at: Moment::new(approval.at, now),
        digest: approval.digest.short().to_owned(),
        current: current(approval),
    };
    run.approvals.iter().map(shown).collect()
}

async fn units(app: &App, run: &RunView) -> Result<Vec<Unit>, Problem> {
    let (mut units, mut detailed) = (Vec::with_capacity(run.units.len()), 0);
    for view in &run.units {
        let mut unit = unit(view);
        if view.digest.is_some() && !is_dull(view) && detailed < DETAILED {
            detailed += 1;
            let report = app.pipeline().report(run.id, &view.id).await;
            let report = report.map_err(|error| Problem::unavailable("reading a report", &error))?;
            unit.detail = report.map(|report| detail(&report, change::CHANGES));
        }
        units.push(unit);
    }
    Ok(units)
}

/// A unit whose plan nobody needs to look into.
fn is_dull(unit: &UnitView) -> bool {
    unit.state == UnitStateView::Unchanged && unit.findings == Default::default()
}

/// A unit without its detail. What stands in the way is open from the start.
pub(super) fn unit(view: &UnitView) -> Unit {
    Unit {
        id: view.id.to_string(),
        stack: view.stack.to_string(),
        engine: view.engine.as_str(),
        account: view.account.to_string(),
        account_name: view.account_name.to_string(),
        region: view.region.to_string(),
        stage: view.stage.to_string(),
        wave: view.wave,
        state: view.state.name(),
        reason: view.reason.clone(),
        digest: view.digest.as_ref().map(ToString::to_string),
        counts: grid::counts(view.changes),
        high: view.findings.high,
        medium: view.findings.medium,
        low: view.findings.low,
        open: matches!(view.state, UnitStateView::Failed | UnitStateView::Refused | UnitStateView::Waiting),
        detail: None,
    }
}

pub(super) fn detail(report: &UnitReport, most: usize) -> Detail {
    let changes = change::changes(report, most);
    let all = usize::try_from(report.changes.counts().total()).unwrap_or(usize::MAX);
    let more = all.saturating_sub(changes.len());
    let (findings, skipped) = (change::findings(report), change::skipped(report));
    Detail { changes, more, other: report.changes.other, findings, skipped }
}
