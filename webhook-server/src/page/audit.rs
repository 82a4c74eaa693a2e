//! `/audit`: search of the audit records.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use serde_json::Value;

use crate::api::{AuditQuery, records_problem, unreadable, visible};
use crate::app::App;
use crate::problem::Problem;
use crate::records;

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    query: String,
    rows: Vec<Row>,
    next: Option<String>,
    /// Why the query was not understood.
    wrong: Option<String>,
}

struct Row {
    at: String,
    action: String,
    outcome: String,
    message: String,
    place: String,
    who: String,
    run: String,
    run_short: String,
}

pub(super) async fn show(
    State(app): State<App>,
    query: Result<Query<AuditQuery>, QueryRejection>,
) -> Response {
    super::page(make(&app, query).await)
}

async fn make(app: &App, query: Result<Query<AuditQuery>, QueryRejection>) -> Result<AuditPage, Problem> {
    let Query(query) = query.map_err(|rejection| unreadable(&rejection))?;
    let limit = query.limit();
    let AuditQuery { q, cursor, .. } = query;
    match records::audit(app.pipeline(), &q, cursor.as_deref(), limit).await {
        Ok(page) => {
            let rows = page.records.iter().map(row).collect();
            Ok(AuditPage { query: q, rows, next: page.next, wrong: None })
        }
        Err(error) => {
            let problem = records_problem(&error);
            if !problem.status().is_client_error() {
                return Err(problem);
            }
            Ok(AuditPage { query: q, rows: Vec::new(), next: None, wrong: Some(problem.detail().to_owned()) })
        }
    }
}

fn row(record: &Value) -> Row {
    let text = |pointer: &str| record.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let places = [text("/wayleave/stack"), text("/cloud/account/name"), text("/cloud/region")];
    let places: Vec<&str> = places.into_iter().filter(|place| !place.is_empty()).collect();
    Row {
        at: text("/@timestamp").replacen('T', " ", 1).chars().take(19).collect(),
        action: text("/event/action").to_owned(),
        outcome: text("/event/outcome").to_owned(),
        message: visible(text("/message")),
        place: places.join(" · "),
        who: text("/user/name").to_owned(),
        run: text("/wayleave/run").to_owned(),
        run_short: text("/wayleave/run").chars().take(14).collect(),
    }
}
