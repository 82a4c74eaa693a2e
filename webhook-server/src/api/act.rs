//! What people do to runs: start, approve, reject, cancel, retry. Each needs a token.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use landing_zone::{PersonName, RepositoryName, Role, StageName};
use pipeline_core::gate::NotCounted;
use pipeline_core::run::Illegal;
use pipeline_core::trigger::Actor;
use pipeline_core::{DeliveryId, Digest};
use pipeline_engine::runs::SubmitError;
use pipeline_engine::{Act, ActError};
use serde::Deserialize;
use serde_json::json;

use crate::access::Bearer;
use crate::app::App;
use crate::problem::Problem;
use crate::webhook::sentence;
use crate::{body, find};

/// The longest reason, in characters.
const LONGEST: usize = 1000;

#[derive(Deserialize)]
struct Start {
    repository: RepositoryName,
}

#[derive(Deserialize)]
struct Decision {
    stage: StageName,
    digest: Digest,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize, Default)]
struct Why {
    #[serde(default)]
    reason: String,
}

/// Starts a run of the head of the repository's branch.
pub(super) async fn start(
    State(app): State<App>,
    Bearer(person): Bearer,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let Start { repository } = body::json(&headers, body).await?;
    let delivery = start_run(&app, &repository, &person).await?;
    Ok(body::answer(StatusCode::ACCEPTED, &json!({"delivery": delivery})))
}

/// Keeps a request for a run, if the zone names the repository and the person may ask.
async fn start_run(
    app: &App,
    repository: &RepositoryName,
    person: &PersonName,
) -> Result<DeliveryId, Problem> {
    let zone = app.pipeline().zone();
    let detail = "The zone does not name this repository; zone.hcl lists those that may make changes.";
    let repository = zone.repository(repository).ok_or_else(|| Problem::not_found(detail))?;
    let actor = Actor { platform: None, login: person.to_string() };
    app.pipeline().person_with(&actor, Role::Operator).map_err(|error| problem(&error))?;
    let started = app.pipeline().start(&repository.name, &repository.branch, person).await;
    started.map_err(|error| Problem::unavailable("storing a request for a run", &error))
}

/// Approves a stage by the digest that was looked at.
pub(super) async fn approve(
    State(app): State<App>,
    Path(id): Path<String>,
    person: Bearer,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let Decision { stage, digest, .. } = body::json(&headers, body).await?;
    act(&app, &id, person, Act::Approve { stage, digest }).await
}

/// Rejects a stage by the digest that was looked at, and says why.
pub(super) async fn reject(
    State(app): State<App>,
    Path(id): Path<String>,
    person: Bearer,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let Decision { stage, digest, reason } = body::json(&headers, body).await?;
    if reason.trim().is_empty() {
        return Err(Problem::bad_request("A rejection needs a `reason`, for those who wait."));
    }
    act(&app, &id, person, Act::Reject { stage, digest, reason: cut(reason) }).await
}

/// Ends a run.
pub(super) async fn cancel(
    State(app): State<App>,
    Path(id): Path<String>,
    person: Bearer,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let Why { reason } = reason(&headers, body).await?;
    act(&app, &id, person, Act::Cancel { reason: cut(reason) }).await
}

/// Does again what failed.
pub(super) async fn retry(
    State(app): State<App>,
    Path(id): Path<String>,
    person: Bearer,
) -> Result<Response, Problem> {
    act(&app, &id, person, Act::Retry).await
}

async fn act(app: &App, id: &str, Bearer(person): Bearer, act: Act) -> Result<Response, Problem> {
    let run = find::run(app.pipeline(), id).await?;
    let who = Actor { platform: None, login: person.into() };
    let run = app.pipeline().act(run.id, &who, act).await.map_err(|error| problem(&error))?;
    Ok(body::answer(StatusCode::OK, &run))
}

async fn reason(headers: &HeaderMap, body: Body) -> Result<Why, Problem> {
    let bytes = body::read(headers, body, body::SMALL).await?;
    if bytes.is_empty() {
        return Ok(Why::default());
    }
    serde_json::from_slice(&bytes)
        .map_err(|error| Problem::bad_request(format!("The body is not what this route takes: {error}.")))
}

fn cut(reason: String) -> String {
    if reason.chars().count() <= LONGEST { reason } else { reason.chars().take(LONGEST).collect() }
}

/// What an act that was refused means to a client.
pub(crate) fn problem(error: &ActError) -> Problem {
    let plain = |status| Problem::new(status, sentence(&error.to_string()));
    match error {
        ActError::Unknown { .. } | ActError::Forbidden { .. } => plain(StatusCode::FORBIDDEN),
        ActError::Overtaken { .. } => plain(StatusCode::CONFLICT),
        ActError::Submit(SubmitError::NotFound(_)) => plain(StatusCode::NOT_FOUND),
        ActError::Submit(SubmitError::Illegal(illegal)) => refusal(illegal, plain),
        ActError::Submit(SubmitError::Busy(_) | SubmitError::LeaseLost(_)) => {
            plain(StatusCode::SERVICE_UNAVAILABLE)
        }
        ActError::Submit(SubmitError::Store(error)) => Problem::unavailable("acting on a run", error),
    }
}

fn refusal(illegal: &Illegal, plain: impl Fn(StatusCode) -> Problem) -> Problem {
    match illegal {
        Illegal::NotCounted(NotCounted::OwnChange { .. }) => plain(StatusCode::FORBIDDEN),
        Illegal::WrongDigest { current, .. } => plain(StatusCode::CONFLICT).with("digest", current.as_str()),
        _ => plain(StatusCode::CONFLICT),
    }
}
