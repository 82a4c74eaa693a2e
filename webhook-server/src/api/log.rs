//! `GET /api/v1/runs/{id}/units/{unit}/log`: a page of lines as JSON, or all of them as text.

use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures::stream;
use pipeline_core::{RunId, UnitId};
use pipeline_engine::Pipeline;
use serde::Deserialize;
use serde_json::json;

use super::{records_problem, runs, unreadable};
use crate::app::App;
use crate::problem::Problem;
use crate::records::{LogLine, RecordsError};
use crate::{body, find, records};

/// How many lines are read at once.
const LINES: usize = 1000;

#[derive(Deserialize)]
pub(super) struct LogQuery {
    #[serde(default)]
    from: u64,
    limit: Option<usize>,
}

/// The log of a unit, from the line of number `from` on.
pub(super) async fn show(
    State(app): State<App>,
    Path((id, unit)): Path<(String, String)>,
    headers: HeaderMap,
    query: Result<Query<LogQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|rejection| unreadable(&rejection))?;
    let run = find::run(app.pipeline(), &id).await?;
    let unit = runs::known_unit(&run, &unit)?.id.clone();
    if wants_text(&headers) {
        return Ok(text(app.pipeline().clone(), run.id, unit, query.from));
    }
    let limit = query.limit.unwrap_or(LINES).clamp(1, LINES);
    let lines = records::lines(app.pipeline(), run.id, Some(&unit), query.from, limit).await;
    let lines = lines.map_err(|error| records_problem(&error))?;
    let next = (lines.len() == limit).then(|| lines.last().map(after)).flatten();
    Ok(body::answer(StatusCode::OK, &json!({"lines": lines, "next": next})))
}

/// Text when the client asks for any and not for JSON, as browsers do.
fn wants_text(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("text/") && !accept.contains("application/json")
}

fn text(pipeline: Pipeline, run: RunId, unit: UnitId, from: u64) -> Response {
    let lines = stream::try_unfold((pipeline, from), move |(pipeline, from)| {
        let unit = unit.clone();
        async move {
            let lines = records::lines(&pipeline, run, Some(&unit), from, LINES).await?;
            let Some(next) = lines.last().map(after) else {
                return Ok::<_, RecordsError>(None);
            };
            let text: String = lines.iter().map(|line| format!("{}\n", visible(&line.text))).collect();
            Ok(Some((Bytes::from(text), (pipeline, next))))
        }
    });
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], Body::from_stream(lines)).into_response()
}

/// The number to go on from after a line.
pub(super) const fn after(line: &LogLine) -> u64 {
    line.number.saturating_add(1)
}

/// A line without what would steer a terminal: control characters become a sign that stands for them.
pub(crate) fn visible(line: &str) -> String {
    let shown = |character: char| match character {
        '\t' => '\t',
        character if character.is_control() => '\u{fffd}',
        character => character,
    };
    line.chars().map(shown).collect()
}
