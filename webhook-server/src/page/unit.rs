//! `/runs/{id}/units/{unit}`: one unit of a run, with all of its changes.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::change::{self, LogRow};
use super::run::{self, Unit};
use crate::api::{known_unit, records_problem};
use crate::app::App;
use crate::find::short;
use crate::problem::Problem;
use crate::{find, records};

/// How many lines of the log are shown.
const LINES: usize = 500;
/// How many changes are shown.
const CHANGES: usize = 2000;

#[derive(Template)]
#[template(path = "unit.html")]
struct UnitPage {
    run: String,
    run_short: String,
    repository: String,
    unit: Unit,
    log: Vec<LogRow>,
}

pub(super) async fn show(State(app): State<App>, Path((id, unit)): Path<(String, String)>) -> Response {
    super::page(make(&app, &id, &unit).await)
}

async fn make(app: &App, id: &str, unit: &str) -> Result<UnitPage, Problem> {
    let run = find::run(app.pipeline(), id).await?;
    let view = known_unit(&run, unit)?;
    let report = app.pipeline().report(run.id, &view.id).await;
    let report = report.map_err(|error| Problem::unavailable("reading a report", &error))?;
    let log = records::last_lines(app.pipeline(), run.id, Some(&view.id), LINES).await;
    let mut unit = run::unit(view);
    unit.detail = report.map(|report| run::detail(&report, CHANGES));
    Ok(UnitPage {
        run: run.id.to_string(),
        run_short: short(run.id),
        repository: run.repository.to_string(),
        unit,
        log: change::log(&log.map_err(|error| records_problem(&error))?),
    })
}
