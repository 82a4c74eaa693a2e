//! `POST /webhooks/{forge}`: limit, signature, delivery id, trigger, inbox; then 202.
//!
//! The forge is the route, never guessed from headers. Only GitHub's is read so far: the others' routes answer 501, so that
//! a forge's own delivery log says plainly that this server cannot take them yet.

mod command;
mod github;
mod parsed;
mod signature;

pub(crate) use command::word;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use landing_zone::ForgeKind;
use pipeline_core::{DeliveryId, Trigger};
use pipeline_engine::store::Accepted;
use serde_json::json;

use crate::app::App;
use crate::body;
use crate::problem::Problem;
use parsed::Parsed;

/// Takes a webhook of the forge that the route names.
pub(crate) async fn receive(
    State(app): State<App>,
    Path(forge): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Some(kind) = ForgeKind::ALL.into_iter().find(|kind| kind.as_str() == forge) else {
        return Problem::not_found("There is no such forge.").into_response();
    };
    let response = match kind {
        ForgeKind::Github => github(&app, &headers, body).await.unwrap_or_else(Problem::into_response),
        _ => not_yet(kind).into_response(),
    };
    let status = response.status().as_u16().to_string();
    metrics::counter!("wayleave_webhooks_total", "forge" => kind.as_str(), "status" => status).increment(1);
    response
}

async fn github(app: &App, headers: &HeaderMap, body: Body) -> Result<Response, Problem> {
    let body = body::read(headers, body, body::WEBHOOK).await?;
    check_signature(app, headers, &body)?;
    let event = required(headers, "X-GitHub-Event")?;
    let id = delivery(ForgeKind::Github, required(headers, "X-GitHub-Delivery")?)?;
    check_json(headers)?;
    let parsed = github::parse(event, &body, app.pipeline().zone())
        .map_err(|error| Problem::bad_request(sentence(&error.to_string())))?;
    match parsed {
        Parsed::Trigger(trigger) => accept(app, &id, &trigger).await,
        Parsed::Ignored(why) => {
            tracing::debug!(delivery = %id, event, "webhook ignored: {why}");
            Ok(body::answer(StatusCode::OK, &json!({"delivery": id, "ignored": why.to_string()})))
        }
    }
}

async fn accept(app: &App, id: &DeliveryId, trigger: &Trigger) -> Result<Response, Problem> {
    let accepted = app
        .pipeline()
        .accept(id, trigger)
        .await
        .map_err(|error| Problem::unavailable("storing a webhook", &error))?;
    tracing::info!(delivery = %id, repository = %trigger.repository(), outcome = ?accepted, "webhook received");
    Ok(match accepted {
        Accepted::New => body::answer(StatusCode::ACCEPTED, &json!({"delivery": id})),
        Accepted::Duplicate => body::answer(StatusCode::OK, &json!({"delivery": id, "duplicate": true})),
    })
}

fn check_signature(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<(), Problem> {
    let unauthorized = |detail| Problem::new(StatusCode::UNAUTHORIZED, detail);
    let Some(secret) = app.webhook_secret(ForgeKind::Github) else {
        return Err(Problem::not_found("The zone has no forge \"github\"; add a `forge \"github\"` block."));
    };
    let given = headers.get("X-Hub-Signature-256").and_then(|value| value.to_str().ok());
    let given =
        given.ok_or_else(|| unauthorized("X-Hub-Signature-256 is missing; give the webhook a secret."))?;
    if signature::fits(secret, given, body) {
        Ok(())
    } else {
        Err(unauthorized("X-Hub-Signature-256 does not fit; the webhook's secret is not the zone's."))
    }
}

fn check_json(headers: &HeaderMap) -> Result<(), Problem> {
    let kind = headers.get("Content-Type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
        return Ok(());
    }
    let detail = "Webhooks are taken as application/json; set the webhook's content type so.";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
}

fn required<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, Problem> {
    let value = headers.get(name).and_then(|value| value.to_str().ok()).filter(|value| !value.is_empty());
    value.ok_or_else(|| Problem::bad_request(format!("{name} is missing.")))
}

fn delivery(forge: ForgeKind, id: &str) -> Result<DeliveryId, Problem> {
    DeliveryId::parse(&format!("{forge}/{id}"))
        .map_err(|_| Problem::bad_request("The delivery's id is not printable, or is over 190 characters."))
}

fn not_yet(forge: ForgeKind) -> Problem {
    Problem::new(StatusCode::NOT_IMPLEMENTED, format!("Webhooks of {forge} are not taken yet."))
}

/// A message with its full stop. Its first letter stays as it is: it may be that of a name.
pub(crate) fn sentence(message: &str) -> String {
    format!("{message}.")
}
