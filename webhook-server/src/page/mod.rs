//! The pages: rendered here, whole without a script; a script only refreshes them as a run goes.

mod accounts;
mod audit;
mod change;
mod grid;
mod run;
mod runs;
mod time;
mod unit;

use askama::Template;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::app::App;
use crate::problem::Problem;

/// The pages, and the files that they load.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(runs::show))
        .route("/runs/{id}", get(run::show))
        .route("/runs/{id}/units/{unit}", get(unit::show))
        .route("/accounts", get(accounts::show))
        .route("/audit", get(audit::show))
        .route("/assets/style.css", get(style))
        .route("/assets/live.js", get(script))
        .route("/assets/icon.svg", get(icon))
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    status: u16,
    title: &'a str,
    detail: &'a str,
}

/// A problem, for people.
pub(crate) fn problem(problem: &Problem) -> Response {
    let status = problem.status();
    let title = status.canonical_reason().unwrap_or("Error");
    let page = ProblemPage { status: status.as_u16(), title, detail: problem.detail() };
    match page.render() {
        Ok(html) => (status, [(header::CONTENT_TYPE, HTML)], html).into_response(),
        Err(error) => Problem::internal("rendering a page", &error).into_response(),
    }
}

const HTML: &str = "text/html; charset=utf-8";

/// Renders a page, or says what kept it from being made.
fn page(made: Result<impl Template, Problem>) -> Response {
    let rendered =
        made.and_then(|page| page.render().map_err(|error| Problem::internal("rendering a page", &error)));
    match rendered {
        // A page shows a moment; the next look is to ask again.
        Ok(html) => {
            let headers = [(header::CONTENT_TYPE, HTML), (header::CACHE_CONTROL, "no-store")];
            (StatusCode::OK, headers, html).into_response()
        }
        Err(error) => problem(&error),
    }
}

async fn style() -> Response {
    asset("text/css; charset=utf-8", include_str!("../../assets/style.css"))
}

async fn script() -> Response {
    asset("text/javascript; charset=utf-8", include_str!("../../assets/live.js"))
}

async fn icon() -> Response {
    asset("image/svg+xml", include_str!("../../assets/icon.svg"))
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}
