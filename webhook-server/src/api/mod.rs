//! The JSON API, `/api/v1`, and the probes.

mod act;
mod events;
mod log;
mod openapi;
mod runs;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use serde::Deserialize;
use serde_json::json;

pub(crate) use act::problem as act_problem;
pub(crate) use log::visible;
pub(crate) use runs::{cursor, known_unit};

use crate::app::App;
use crate::problem::Problem;
use crate::records::RecordsError;
use crate::webhook::sentence;
use crate::{body, records};

/// The routes that readers may use, by path. A test holds them against the OpenAPI document.
pub(crate) fn routes() -> Vec<(&'static str, MethodRouter<App>)> {
    vec![
        ("/api/v1/runs", get(runs::list).post(act::start)),
        ("/api/v1/runs/{id}", get(runs::show)),
        ("/api/v1/runs/{id}/events", get(events::follow)),
        ("/api/v1/runs/{id}/units/{unit}", get(runs::unit)),
        ("/api/v1/runs/{id}/units/{unit}/log", get(log::show)),
        ("/api/v1/runs/{id}/approve", post(act::approve)),
        ("/api/v1/runs/{id}/reject", post(act::reject)),
        ("/api/v1/runs/{id}/cancel", post(act::cancel)),
        ("/api/v1/runs/{id}/retry", post(act::retry)),
        ("/api/v1/accounts", get(accounts)),
        ("/api/v1/audit", get(audit)),
        ("/api/v1/openapi.json", get(openapi::show)),
    ]
}

/// The probes, which everybody may ask.
pub(crate) fn probes() -> Router<App> {
    Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready))
}

/// Ready when the store answers.
async fn ready(State(app): State<App>) -> Result<&'static str, Problem> {
    app.pipeline().store().ping().await.map_err(|error| Problem::unavailable("asking the store", &error))?;
    Ok("ready\n")
}

async fn accounts(State(app): State<App>) -> Response {
    body::answer(StatusCode::OK, &json!({"accounts": app.pipeline().accounts().await}))
}

#[derive(Deserialize)]
pub(crate) struct AuditQuery {
    #[serde(default)]
    pub(crate) q: String,
    pub(crate) cursor: Option<String>,
    pub(crate) limit: Option<u32>,
}

impl AuditQuery {
    /// How many records a page is to have; the index bounds it.
    pub(crate) fn limit(&self) -> u32 {
        self.limit.unwrap_or(50)
    }
}

async fn audit(
    State(app): State<App>,
    query: Result<Query<AuditQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|rejection| unreadable(&rejection))?;
    let page = records::audit(app.pipeline(), &query.q, query.cursor.as_deref(), query.limit()).await;
    let page = page.map_err(|error| records_problem(&error))?;
    Ok(body::answer(
        StatusCode::OK,
        &json!({"records": page.records, "total": page.total, "next": page.next}),
    ))
}

/// A query that the index refused is the client's to mend; what kept it from answering is not.
pub(crate) fn records_problem(error: &RecordsError) -> Problem {
    match error {
        RecordsError::Query(why) => Problem::bad_request(sentence(why)),
        RecordsError::Unreadable(_) | RecordsError::Index(_) => {
            Problem::unavailable("reading records", error)
        }
    }
}

pub(crate) fn unreadable(rejection: &QueryRejection) -> Problem {
    Problem::bad_request(format!("The query cannot be read: {}.", rejection.body_text()))
}
