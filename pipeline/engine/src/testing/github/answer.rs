//! How GitHub answers: its statuses and the messages that it gives with them.

use axum::Json;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{Comment, Inner, LOGIN, PullRequest, Status, TOKEN, Trouble};

/// An answer that is no success: its status, its message, and the fields it is about.
type Refusal = (u16, &'static str, Value);

const NOT_FOUND: (u16, &str) = (404, "Not Found");

pub(super) fn answer(
    github: &mut Inner,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
) -> Response {
    github.seen.calls.push(format!("{method} {}", uri.path()));
    if github.down {
        return refused((503, "Service Unavailable", Value::Null));
    }
    match github.troubles.pop_front() {
        Some(Trouble::RateLimited { seconds }) => {
            let response = refused((429, "You have exceeded a secondary rate limit.", Value::Null));
            ([("retry-after", seconds.to_string())], response).into_response()
        }
        Some(Trouble::NoCallsLeft { reset }) => {
            let left = [("x-ratelimit-remaining", "0".to_owned()), ("x-ratelimit-reset", reset.to_string())];
            (left, refused((403, "API rate limit exceeded", Value::Null))).into_response()
        }
        Some(Trouble::Status(status)) => refused((status, "Told to", Value::Null)),
        Some(Trouble::DoAndFail) => {
            let _ = perform(github, method, uri, headers, body);
            refused((502, "Server Error", Value::Null))
        }
        None => match perform(github, method, uri, headers, body) {
            Ok((status, answer)) => (status, Json(answer)).into_response(),
            Err(refusal) => refused(refusal),
        },
    }
}

fn refused((status, message, errors): Refusal) -> Response {
    let mut body = json!({"message": message, "documentation_url": "https://docs.github.com/rest", "status": status.to_string()});
    if !errors.is_null() {
        body["errors"] = errors;
    }
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(body)).into_response()
}

fn perform(
    github: &mut Inner,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(StatusCode, Value), Refusal> {
    check_caller(headers)?;
    let body: Value = match method {
        &Method::GET => Value::Null,
        _ => serde_json::from_slice(body).map_err(|_| (400, "Problems parsing JSON", Value::Null))?,
    };
    let path: Vec<&str> = uri.path().trim_matches('/').split('/').collect();
    match (method.as_str(), path.as_slice()) {
        ("GET", ["user"]) => Ok((StatusCode::OK, user(LOGIN))),
        (_, ["repos", owner, name, rest @ ..]) => {
            let repository = format!("{owner}/{name}");
            if !github.repositories.contains_key(&repository) {
                return Err(not_found());
            }
            in_repository(github, method.as_str(), &repository, rest, uri.query().unwrap_or_default(), &body)
        }
        _ => Err(not_found()),
    }
}

fn check_caller(headers: &HeaderMap) -> Result<(), Refusal> {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if header(header::USER_AGENT).is_empty() {
        return Err((
            403,
            "Request forbidden by administrative rules. Please make sure your request has a User-Agent header",
            Value::Null,
        ));
    }
    let token = header(header::AUTHORIZATION);
    let token = token.strip_prefix("Bearer ").or_else(|| token.strip_prefix("token "));
    match token {
        Some(TOKEN) => Ok(()),
        Some(_) => Err((401, "Bad credentials", Value::Null)),
        None => Err((401, "Requires authentication", Value::Null)),
    }
}

fn in_repository(
    github: &mut Inner,
    method: &str,
    repository: &str,
    path: &[&str],
    query: &str,
    body: &Value,
) -> Result<(StatusCode, Value), Refusal> {
    match (method, path) {
        ("POST", ["statuses", sha]) => set_status(github, repository, sha, body),
        ("GET", ["pulls", number]) => read_pull(github, repository, number),
        ("GET", ["issues", number, "comments"]) => list_comments(github, repository, number, query),
        ("POST", ["issues", number, "comments"]) => create_comment(github, repository, number, body),
        ("PATCH", ["issues", "comments", id]) => edit_comment(github, repository, id, body),
        _ => Err(not_found()),
    }
}

fn set_status(
    github: &mut Inner,
    repository: &str,
    sha: &str,
    body: &Value,
) -> Result<(StatusCode, Value), Refusal> {
    let field = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let known = github.repositories.get(repository).is_some_and(|known| known.commits.contains(sha));
    let status = Status {
        repository: repository.to_owned(),
        sha: sha.to_owned(),
        state: field("state"),
        context: field("context"),
        description: field("description"),
        target_url: field("target_url"),
    };
    if !known {
        return Err((422, "No commit found for SHA", Value::Null));
    }
    if !["pending", "success", "failure", "error"].contains(&status.state.as_str()) {
        return Err(invalid("Status", "state"));
    }
    if status.description.chars().count() > 140 {
        return Err(invalid("Status", "description"));
    }
    let same = |old: &&Status| old.sha == status.sha && old.context == status.context;
    if github.seen.statuses.iter().filter(same).count() >= 1_000 {
        return Err((422, "This SHA and context has reached the maximum number of statuses.", Value::Null));
    }
    let answer =
        json!({"id": github.seen.statuses.len() + 1, "state": status.state, "context": status.context});
    github.seen.statuses.push(status);
    Ok((StatusCode::CREATED, answer))
}

fn read_pull(github: &Inner, repository: &str, number: &str) -> Result<(StatusCode, Value), Refusal> {
    pull(github, repository, number).map(|pull| (StatusCode::OK, pull_json(repository, pull)))
}

fn pull<'a>(github: &'a Inner, repository: &str, number: &str) -> Result<&'a PullRequest, Refusal> {
    let number: u64 = number.parse().map_err(|_| not_found())?;
    github.repositories.get(repository).and_then(|known| known.pulls.get(&number)).ok_or_else(not_found)
}

/// A pull request as the API and the webhooks give it, shortened.
pub(super) fn pull_json(repository: &str, pull: &PullRequest) -> Value {
    let head = if pull.fork { format!("{}/fork", pull.author) } else { repository.to_owned() };
    json!({
        "id": 10_000 + pull.number, "number": pull.number, "state": if pull.open { "open" } else { "closed" },
        "locked": false, "title": "A change", "draft": false, "merged": pull.merged, "user": user(&pull.author),
        "html_url": format!("https://github.example/{repository}/pull/{}", pull.number),
        "head": {"ref": pull.branch, "sha": pull.head, "repo": {"full_name": head}},
        "base": {"ref": pull.base, "sha": "0".repeat(40), "repo": {"full_name": repository}},
    })
}

fn list_comments(
    github: &Inner,
    repository: &str,
    number: &str,
    query: &str,
) -> Result<(StatusCode, Value), Refusal> {
    let number = pull(github, repository, number)?.number;
    let parameter = |name: &str, default: usize| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(key, _)| *key == name).find_map(|(_, value)| value.parse().ok()).unwrap_or(default)
    };
    let size = parameter("per_page", 30).clamp(1, 100);
    let skipped = (parameter("page", 1).max(1) - 1) * size;
    let comments = github.seen.comments.iter();
    let own = comments.filter(|comment| comment.repository == repository && comment.number == number);
    let page: Vec<Value> = own.skip(skipped).take(size).map(comment_json).collect();
    Ok((StatusCode::OK, Value::Array(page)))
}

fn create_comment(
    github: &mut Inner,
    repository: &str,
    number: &str,
    body: &Value,
) -> Result<(StatusCode, Value), Refusal> {
    let number = pull(github, repository, number)?.number;
    let text = comment_body(body)?;
    let comment = github.comment(LOGIN, repository, number, text);
    Ok((StatusCode::CREATED, comment_json(&comment)))
}

fn edit_comment(
    github: &mut Inner,
    repository: &str,
    id: &str,
    body: &Value,
) -> Result<(StatusCode, Value), Refusal> {
    let id: u64 = id.parse().map_err(|_| not_found())?;
    let text = comment_body(body)?;
    let mut comments = github.seen.comments.iter_mut();
    let comment = comments.find(|comment| comment.id == id && comment.repository == repository);
    let comment = comment.ok_or_else(not_found)?;
    text.clone_into(&mut comment.body);
    comment.edits += 1;
    Ok((StatusCode::OK, comment_json(comment)))
}

fn comment_body(body: &Value) -> Result<&str, Refusal> {
    match body["body"].as_str() {
        Some(text) if !text.is_empty() && text.chars().count() <= 65_536 => Ok(text),
        Some("") => Err((
            422,
            "Validation Failed",
            json!([{"resource": "IssueComment", "code": "unprocessable", "field": "data", "message": "Body cannot be blank"}]),
        )),
        Some(_) => Err((
            422,
            "Validation Failed",
            json!([{"resource": "IssueComment", "code": "unprocessable", "field": "data", "message": "Body is too long (maximum is 65536 characters)"}]),
        )),
        None => Err((422, "Invalid request.", Value::Null)),
    }
}

fn comment_json(comment: &Comment) -> Value {
    json!({"id": comment.id, "body": comment.body, "user": user(&comment.login)})
}

pub(super) fn user(login: &str) -> Value {
    json!({"login": login, "id": 1, "type": "User", "site_admin": false})
}

fn not_found() -> Refusal {
    (NOT_FOUND.0, NOT_FOUND.1, Value::Null)
}

fn invalid(resource: &str, field: &str) -> Refusal {
    (422, "Validation Failed", json!([{"resource": resource, "code": "custom", "field": field}]))
}
