//! `GET /api/v1/runs/{id}/events`: a run as it goes, by
//! [server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html).
//!
//! Three kinds: `event`, a fact of the run; `state`, where the run stands after the facts before it; `log`, a line. Each
//! has an id `EVENT.LINE`, the last fact and the last line that were sent, from which a client goes on.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::str::FromStr;
use std::time::Duration;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures::{Stream, stream};
use pipeline_core::RunId;
use pipeline_engine::audit::{Document, SpoolError, Tail};
use pipeline_engine::store::StoreError;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Interval;

use super::unreadable;
use crate::app::App;
use crate::problem::Problem;
use crate::records::RecordsError;
use crate::{find, records};

/// How often what other machines did is looked for.
const PERIOD: Duration = Duration::from_secs(1);

#[derive(Deserialize)]
pub(super) struct Start {
    /// As `Last-Event-ID`, for a first connection; `now.LINE` leaves out the facts that have been.
    after: Option<String>,
}

/// How far a client has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Cursor {
    /// The number of the last fact.
    event: u64,
    /// The number of the line to go on from.
    line: u64,
}

impl FromStr for Cursor {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let parts =
            text.split_once('.').and_then(|(event, line)| Some((event.parse().ok()?, line.parse().ok()?)));
        let (event, line) =
            parts.ok_or_else(|| Problem::bad_request("`Last-Event-ID` is not of this stream."))?;
        Ok(Self { event, line })
    }
}

/// Sends what happens to a run, until the client or the server ends it.
pub(super) async fn follow(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    query: Result<Query<Start>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|rejection| unreadable(&rejection))?;
    let run = find::run(app.pipeline(), &id).await?.id;
    let full =
        |_| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "Too many streams are open; try again in a while.");
    let place = app.streams().clone().try_acquire_owned().map_err(full)?;
    // Subscribed before the first look, so that nothing falls in between.
    let moved = app.pipeline().changes();
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()).filter(|id| !id.is_empty());
    let last = last.or(query.after.as_deref());
    let cursor = start(&app, run, last.unwrap_or_default()).await?;
    let follower = Follower::new(app, run, cursor, moved, place);
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(15));
    let mut response = Sse::new(follower.stream()).keep_alive(keep_alive).into_response();
    // Proxies that gather answers before they pass them on would hold lines back.
    response.headers_mut().insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    Ok(response)
}

/// Why what is new could not be read.
#[derive(Debug, thiserror::Error)]
enum LookError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Records(#[from] RecordsError),
}

impl LookError {
    fn problem(&self) -> Problem {
        Problem::unavailable("following a run", self)
    }
}

/// Where a client goes on: from the beginning, from a cursor, or from `now.LINE`, without the facts that have been.
async fn start(app: &App, run: RunId, last: &str) -> Result<Cursor, Problem> {
    match last.strip_prefix("now.") {
        None if last.is_empty() => Ok(Cursor::default()),
        None => last.parse(),
        Some(line) => {
            let events = app.pipeline().events_since(run, 0).await;
            let events = events.map_err(|error| LookError::from(error).problem())?;
            let event = events.last().map_or(0, |recorded| recorded.number);
            format!("{event}.{line}").parse()
        }
    }
}

struct Follower {
    app: App,
    run: RunId,
    cursor: Cursor,
    moved: Receiver<(RunId, u64)>,
    period: Interval,
    /// The run's records; none when their file has been read to its end and nobody in this process writes it.
    tail: Option<Tail>,
    /// The length of that file when it was opened last.
    length: u64,
    ready: VecDeque<Event>,
    /// Whether there may be facts that have not been sent.
    stale: bool,
    greeted: bool,
    _place: OwnedSemaphorePermit,
}

impl Follower {
    fn new(
        app: App,
        run: RunId,
        cursor: Cursor,
        moved: Receiver<(RunId, u64)>,
        place: OwnedSemaphorePermit,
    ) -> Self {
        metrics::gauge!("wayleave_event_streams").increment(1.0);
        let tail = Some(app.pipeline().spool().tail(run, None, cursor.line));
        let (period, ready) = (tokio::time::interval(PERIOD), VecDeque::new());
        Self {
            app,
            run,
            cursor,
            moved,
            period,
            tail,
            length: 0,
            ready,
            stale: true,
            greeted: false,
            _place: place,
        }
    }

    fn stream(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut follower| async move {
            let event = follower.next().await?;
            Some((Ok(event), follower))
        })
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let went_on = if self.stale { self.look().await.map(|()| true) } else { self.wait().await };
            match went_on {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    // The client connects again by itself, with the id of the last thing that it got.
                    error.problem();
                    return None;
                }
            }
        }
    }

    /// Gathers the facts that are new, and where the run stands after them.
    async fn look(&mut self) -> Result<(), LookError> {
        self.stale = false;
        let events = self.app.pipeline().events_since(self.run, self.cursor.event).await?;
        let any = !events.is_empty();
        for recorded in events {
            self.cursor.event = recorded.number;
            self.say("event", &recorded);
        }
        if any || !self.greeted {
            self.greeted = true;
            self.say_state().await?;
        }
        Ok(())
    }

    async fn say_state(&mut self) -> Result<(), StoreError> {
        if let Some(run) = self.app.pipeline().run(self.run).await? {
            let state = json!({"state": run.state, "reason": run.reason, "waiting_for": run.waiting_for,
                "changed": run.changed, "version": self.cursor.event});
            self.say("state", &state);
        }
        Ok(())
    }

    fn say(&mut self, kind: &str, data: &impl Serialize) {
        let id = format!("{}.{}", self.cursor.event, self.cursor.line);
        let data = serde_json::to_string(data).unwrap_or_default();
        self.ready.push_back(Event::default().event(kind).id(id).data(data));
    }

    /// Waits until there is a line, or may be facts. False when the server stops.
    async fn wait(&mut self) -> Result<bool, LookError> {
        tokio::select! {
            () = self.app.stopping().cancelled() => return Ok(false),
            moved = self.moved.recv() => match moved {
                Ok((run, _)) => self.stale |= run == self.run,
                Err(RecvError::Lagged(_)) => self.stale = true,
                Err(RecvError::Closed) => return Ok(false),
            },
            document = next(&mut self.tail) => match document.map_err(RecordsError::from)? {
                Some(document) => {
                    self.cursor.line = document.sequence.saturating_add(1);
                    if let Some(line) = records::line(&document) {
                        self.say("log", &line);
                    }
                }
                None => self.tail = None,
            },
            _ = self.period.tick() => {
                // Other machines, whose moves are not told here, may have moved it too.
                self.stale = true;
                self.reopen().await;
            }
        }
        Ok(true)
    }

    /// Reads on when the file that was read to its end has grown.
    async fn reopen(&mut self) {
        let spool = self.app.pipeline().spool();
        let length = match &self.tail {
            Some(_) => return,
            None => tokio::fs::metadata(spool.path(self.run)).await.map_or(0, |file| file.len()),
        };
        if length != self.length {
            self.length = length;
            self.tail = Some(spool.tail(self.run, None, self.cursor.line));
        }
    }
}

async fn next(tail: &mut Option<Tail>) -> Result<Option<Document>, SpoolError> {
    match tail {
        Some(tail) => tail.next().await,
        None => std::future::pending().await,
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        metrics::gauge!("wayleave_event_streams").decrement(1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_an_event_and_a_line() {
        assert_eq!("12.34".parse(), Ok(Cursor { event: 12, line: 34 }));
        for text in ["12", ".", "1.", "1.2.3", "-1.2", "a.b"] {
            assert!(text.parse::<Cursor>().is_err(), "{text}");
        }
    }
}
