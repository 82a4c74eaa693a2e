//! Every route, and what all answers have in common.

use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use pipeline_engine::Pipeline;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::problem::Problem;
use crate::{access, api, meter, page, slack, webhook};

/// How long an answer's head may take. Slack and slow bodies have shorter limits of their own.
const PATIENCE: Duration = Duration::from_secs(30);

/// All routes over a pipeline, for a server of one's own. Without [`serve`](crate::serve) no request is known to come from this
/// machine, so that the pages and the API want a token.
pub fn router(pipeline: Pipeline) -> Router {
    with(App::new(pipeline, CancellationToken::new()))
}

pub(crate) fn with(app: App) -> Router {
    let api =
        api::routes().into_iter().fold(Router::new(), |router, (path, method)| router.route(path, method));
    let api = api
        .route("/metrics", get(meter::show))
        .route_layer(middleware::from_fn_with_state(app.clone(), access::readers));
    let pages = page::routes()
        .route_layer(middleware::from_fn_with_state(app.clone(), access::visitors))
        .layer(middleware::from_fn(page_headers));
    Router::new()
        .route("/webhooks/{forge}", post(webhook::receive))
        .route("/slack/commands", post(slack::commands))
        .route("/slack/interactions", post(slack::interactions))
        .merge(api::probes())
        .merge(api)
        .merge(pages)
        .fallback(|| async { Problem::not_found("There is nothing at this address.") })
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "This address does not take that method.")
        })
        .layer(middleware::from_fn(patience))
        .layer(middleware::from_fn(headers))
        .layer(middleware::from_fn(meter::measure))
        .with_state(app)
}

async fn patience(request: Request, next: Next) -> Response {
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "The answer took too long; try again in a while.")
                .into_response()
        }
    }
}

async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    set(&mut response, "x-content-type-options", "nosniff");
    set(&mut response, "referrer-policy", "same-origin");
    response
}

async fn page_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                  form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    set(&mut response, "content-security-policy", policy);
    set(&mut response, "x-frame-options", "DENY");
    set(&mut response, "cross-origin-opener-policy", "same-origin");
    set(&mut response, "cross-origin-resource-policy", "same-origin");
    response
}

fn set(response: &mut Response, name: &'static str, value: &'static str) {
    response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
}
