//! `POST /slack/commands` and `/slack/interactions`: [signed requests](https://docs.slack.dev/authentication/verifying-requests-from-slack),
//! answered within Slack's three seconds by messages that only their asker sees.
//!
//! The routes are our own, not those of slack-morphism, whose receiver reads bodies without a limit.

mod command;
mod decide;
mod message;
mod request;

use std::future::Future;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use landing_zone::{Person, Platform};
use pipeline_core::trigger::Actor;

use crate::app::App;
use crate::body;
use crate::problem::Problem;
use command::Command;
use message::Message;
use request::{Click, Press, Slash};

/// Slack gives up after three seconds.
const PATIENCE: Duration = Duration::from_millis(2500);

/// `/wayleave …`.
pub(crate) async fn commands(
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let body = request::verified(&app, &headers, body).await?;
    let slash = Slash::read(&body)?;
    let message = in_time(answer(&app, &slash)).await;
    Ok(body::answer(StatusCode::OK, &message))
}

/// A button of one of our messages. Slack shows no answer of this request, so the message goes to the address that it gives.
pub(crate) async fn interactions(
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let body = request::verified(&app, &headers, body).await?;
    let Some(Press { user, click, reply_to }) = Press::read(&body)? else {
        return Ok(StatusCode::OK.into_response());
    };
    let message = in_time(press(&app, &user, &click)).await;
    if let Some(address) = reply_to.filter(|address| request::is_slacks(&app, address)) {
        tokio::spawn(reply(app, address, message));
    }
    Ok(StatusCode::OK.into_response())
}

async fn answer(app: &App, slash: &Slash) -> Message {
    let command = Command::parse(&slash.text);
    if command == Command::Help {
        return message::help();
    }
    let person = match person(app, &slash.user_id) {
        Ok(person) => person,
        Err(stranger) => return stranger,
    };
    match command {
        Command::Help => message::help(),
        Command::Status { run: None } => decide::statuses(app).await,
        Command::Status { run: Some(run) } => decide::status(app, &run).await,
        Command::Approve { run, digest: None } => decide::show(app, &run, person).await,
        Command::Approve { run, digest: Some(digest) } => decide::approve(app, &run, &digest, person).await,
        Command::Reject { run, reason } => decide::reject(app, &run, &reason, person).await,
        Command::Incomplete(what) => message::plain(what),
    }
}

async fn press(app: &App, user: &str, click: &Click) -> Message {
    match person(app, user) {
        Ok(person) => decide::clicked(app, click, person).await,
        Err(stranger) => stranger,
    }
}

/// The person of the zone who is this member of Slack, or what to tell somebody whom the zone does not know.
fn person<'a>(app: &'a App, member: &str) -> Result<&'a Person, Message> {
    let actor = Actor { platform: Some(Platform::Slack), login: member.to_owned() };
    app.pipeline().person(&actor).map_err(|_| message::stranger(member))
}

async fn in_time(answer: impl Future<Output = Message>) -> Message {
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(message) => message,
        Err(_) => {
            message::plain("This takes longer than Slack waits. Look at it again with `/wayleave status`.")
        }
    }
}

async fn reply(app: App, address: String, message: Message) {
    let sent = app.http().post(address).timeout(Duration::from_secs(10)).json(&message).send().await;
    if let Err(error) = sent.and_then(reqwest::Response::error_for_status) {
        tracing::warn!(error = %error.without_url(), "Slack did not take the answer to a button");
    }
}
