//! Bodies, read with a limit and a deadline.

use std::error::Error as _;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The largest webhook, in bytes.
pub(crate) const WEBHOOK: usize = 1024 * 1024;
/// The largest request from Slack or body of an API call, in bytes.
pub(crate) const SMALL: usize = 256 * 1024;

/// How long a whole body may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Reads a body whole, or stops as soon as it is over the limit or too slow.
///
/// # Errors
/// 413 over `limit` bytes, 408 when it takes longer than ten seconds, 400 when it breaks off.
pub(crate) async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, Problem> {
    if announced(headers).is_some_and(|length| length > limit as u64) {
        return Err(too_large(limit));
    }
    match tokio::time::timeout(PATIENCE, axum::body::to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_too_large(&error) => Err(too_large(limit)),
        Ok(Err(_)) => Err(Problem::bad_request("The body broke off before its end; send the request again.")),
        Err(_) => Err(Problem::new(
            StatusCode::REQUEST_TIMEOUT,
            format!("The body did not arrive within {} s.", PATIENCE.as_secs()),
        )),
    }
}

/// Reads a JSON body of the API.
///
/// # Errors
/// As [`read`], and 400 when it is not the JSON that the route takes.
pub(crate) async fn json<T: DeserializeOwned>(headers: &HeaderMap, body: Body) -> Result<T, Problem> {
    let bytes = read(headers, body, SMALL).await?;
    serde_json::from_slice(&bytes)
        .map_err(|error| Problem::bad_request(format!("The body is not what this route takes: {error}.")))
}

/// A JSON answer.
pub(crate) fn answer(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(bytes) => (status, [(header::CONTENT_TYPE, "application/json")], bytes).into_response(),
        Err(error) => Problem::internal("writing JSON", &error).into_response(),
    }
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn is_too_large(error: &axum::Error) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        if cause.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        source = cause.source();
    }
    false
}

fn too_large(limit: usize) -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!("The body is larger than {} KiB, the most that is taken here.", limit / 1024),
    )
}
