//! Counts requests, and hands the counts out as
//! [Prometheus text](https://prometheus.io/docs/instrumenting/exposition_formats/).

use std::sync::OnceLock;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::app::App;

/// The process's one recorder; where another one was installed before, an empty one of our own.
pub(crate) fn handle() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(install).clone()
}

fn install() -> PrometheusHandle {
    let buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];
    let builder = || {
        let matcher = Matcher::Suffix("_seconds".to_owned());
        PrometheusBuilder::new().set_buckets_for_metric(matcher, &buckets).unwrap_or_default()
    };
    let handle = builder().install_recorder().unwrap_or_else(|_| builder().build_recorder().handle());
    metrics::describe_counter!("wayleave_http_requests_total", "Requests, by method, route and status.");
    metrics::describe_histogram!("wayleave_http_request_seconds", "The time to an answer's head, by route.");
    metrics::describe_counter!("wayleave_webhooks_total", "Webhooks, by forge and status.");
    metrics::describe_gauge!("wayleave_event_streams", "Event streams that are open.");
    handle
}

/// `GET /metrics`.
pub(crate) async fn show(State(app): State<App>) -> Response {
    app.metrics().run_upkeep();
    let text = app.metrics().render();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

/// Counts and times a request under its route, never under its path: paths have no bound.
pub(crate) async fn measure(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().as_str().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::histogram!("wayleave_http_request_seconds", "route" => route.clone())
        .record(begun.elapsed().as_secs_f64());
    metrics::counter!("wayleave_http_requests_total", "method" => method, "route" => route, "status" => status)
        .increment(1);
    response
}
