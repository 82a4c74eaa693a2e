//! `GET /api/v1/runs`, one run, and one of its units.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use pipeline_core::{RunId, UnitId};
use pipeline_engine::store::UnitReport;
use serde::Deserialize;
use serde_json::json;

use super::unreadable;
use crate::app::App;
use crate::problem::Problem;
use crate::{body, find};

/// The most runs in one page, and as many as there are without a limit.
const MOST: u32 = 200;
const USUAL: u32 = 50;

#[derive(Deserialize)]
pub(super) struct ListQuery {
    cursor: Option<String>,
    limit: Option<u32>,
}

/// Runs, newest first.
pub(super) async fn list(
    State(app): State<App>,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|rejection| unreadable(&rejection))?;
    let (after, limit) = (cursor(query.cursor.as_deref())?, query.limit.unwrap_or(USUAL).clamp(1, MOST));
    let page = app
        .pipeline()
        .runs(after, limit)
        .await
        .map_err(|error| Problem::unavailable("listing runs", &error))?;
    Ok(body::answer(StatusCode::OK, &json!({"runs": page.items, "next": page.next})))
}

/// One run.
pub(super) async fn show(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    Ok(body::answer(StatusCode::OK, &find::run(app.pipeline(), &id).await?))
}

/// One unit's changes and findings.
pub(super) async fn unit(
    State(app): State<App>,
    Path((id, unit)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let run = find::run(app.pipeline(), &id).await?;
    let unit = known_unit(&run, &unit)?;
    let report = app.pipeline().report(run.id, &unit.id).await;
    let report = report.map_err(|error| Problem::unavailable("reading a report", &error))?;
    let UnitReport { changes, findings, skipped, .. } = report.unwrap_or_default();
    Ok(body::answer(
        StatusCode::OK,
        &json!({"unit": unit, "changes": changes.resources, "other": changes.other, "findings": findings, "skipped": skipped}),
    ))
}

/// Reads the cursor of a list of runs.
pub(crate) fn cursor(text: Option<&str>) -> Result<Option<RunId>, Problem> {
    text.map(str::parse)
        .transpose()
        .map_err(|_| Problem::bad_request("`cursor` is not one that a list gave."))
}

/// The unit of that id in the run.
pub(crate) fn known_unit<'a>(
    run: &'a pipeline_core::RunView,
    unit: &str,
) -> Result<&'a pipeline_core::run::UnitView, Problem> {
    let missing = || Problem::not_found("The run has no such unit; its document names them.");
    let id = UnitId::parse(unit).map_err(|_| missing())?;
    run.units.iter().find(|unit| unit.id == id).ok_or_else(missing)
}
