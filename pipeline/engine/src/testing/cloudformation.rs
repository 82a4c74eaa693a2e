//! A CloudFormation with a memory and a script: what emulators cannot show, with the statuses, codes and texts of the real one.
//!
//! It speaks the [query protocol](https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/) on a loopback port. It is
//! strict: what the real service refuses, it refuses. It has no clock: a change set moves one step with each
//! `DescribeChangeSet`, a stack with each `DescribeStacks`. Templates are JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use tokio::task::JoinHandle;

mod actions;
mod execution;
mod model;
mod wire;

use model::World;
use wire::Refusal;

/// The text of an empty change set that the service gives as a rule.
pub const EMPTY: &str =
    "The submitted information didn't contain changes. Submit different information to create a change set.";
/// The other text of an empty change set.
pub const NO_UPDATES: &str = "No updates are to be performed.";

/// What happens to the stack of a name; by default everything succeeds.
#[derive(Debug, Clone)]
pub struct Script {
    /// This resource fails, for this reason.
    pub fails: Option<(String, String)>,
    /// The rollback after that fails too.
    pub rollback_fails: bool,
    /// These resources are replaced when they are modified.
    pub replaced: BTreeSet<String>,
    /// These resources never get an id in their service, and nobody says so.
    pub skipped: BTreeSet<String>,
    /// Change sets fail for this reason.
    pub change_set_fails: Option<String>,
    /// The reason that an empty change set gives.
    pub empty_reason: &'static str,
    /// How many changes, events and resources are on a page.
    pub page: usize,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            fails: None,
            rollback_fails: false,
            replaced: BTreeSet::new(),
            skipped: BTreeSet::new(),
            change_set_fails: None,
            empty_reason: EMPTY,
            page: 100,
        }
    }
}

/// The running stand-in; it ends when this is dropped.
#[derive(Debug)]
pub struct FakeCloudFormation {
    url: String,
    world: Arc<Mutex<World>>,
    server: JoinHandle<()>,
}

impl FakeCloudFormation {
    /// Starts one on a loopback port of its own.
    ///
    /// # Errors
    /// When no port can be listened on.
    pub async fn start() -> std::io::Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let world = Arc::new(Mutex::new(World::default()));
        let router = Router::new().route("/", post(answer)).with_state(world.clone());
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "fake.cloudformation.ended");
            }
        });
        Ok(Self { url, world, server })
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Says what happens to the stack of a name from now on.
    pub fn script(&self, stack: &str, script: Script) {
        self.world().scripts.insert(stack.to_owned(), script);
    }

    /// Answers the next calls of an action with `Throttling`.
    pub fn throttle(&self, action: &str, times: u32) {
        self.world().throttles.insert(action.to_owned(), times);
    }

    /// Performs the next call of an action, but answers that it failed with a 500, as when the answer is lost on its way.
    pub fn lose_answers(&self, action: &str, times: u32) {
        self.world().lost.insert(action.to_owned(), times);
    }

    /// Puts the newest stack of a name into a status, as somebody else's operation would.
    ///
    /// # Panics
    /// When there is no such stack.
    pub fn set_status(&self, stack: &str, status: &str) {
        let mut world = self.world();
        let Ok(stack) = world.stack_mut(stack) else { panic!("there is no stack {stack}") };
        status.clone_into(&mut stack.status);
    }

    /// The status of the newest stack of a name or ARN.
    pub fn status(&self, stack: &str) -> Option<String> {
        self.world().stack_mut(stack).ok().map(|stack| stack.status.clone())
    }

    /// The names of the change sets that are left.
    pub fn change_sets(&self) -> Vec<String> {
        self.world().change_sets.iter().map(|set| set.name.clone()).collect()
    }

    /// Deletes all change sets, as somebody else would.
    pub fn delete_change_sets(&self) {
        self.world().change_sets.clear();
    }

    /// Makes all change sets obsolete, as another update of their stacks would.
    pub fn make_obsolete(&self) {
        for set in &mut self.world().change_sets {
            "OBSOLETE".clone_into(&mut set.execution_status);
        }
    }

    /// How often an action was called, throttled calls among them.
    pub fn calls(&self, action: &str) -> usize {
        self.world().calls.iter().filter(|called| *called == action).count()
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for FakeCloudFormation {
    fn drop(&mut self) {
        self.server.abort();
    }
}

type Fields = BTreeMap<String, String>;

async fn answer(
    State(world): State<Arc<Mutex<World>>>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let mut world = world.lock().unwrap_or_else(PoisonError::into_inner);
    let action = fields.get("Action").cloned().unwrap_or_default();
    world.calls.push(action.clone());
    let answer = if headers.contains_key(header::AUTHORIZATION) {
        take(&mut world.throttles, &action, || Refusal::new("Throttling", "Rate exceeded"))
            .and_then(|()| actions::perform(&mut world, &action, &fields))
            .and_then(|result| take(&mut world.lost, &action, Refusal::internal).map(|()| result))
    } else {
        Err(Refusal::new("MissingAuthenticationToken", "Missing Authentication Token"))
    };
    let (status, body) = match answer {
        Ok(result) => (StatusCode::OK, wire::success(&action, &result)),
        Err(refusal) => (refusal.status(), refusal.to_xml()),
    };
    (status, [(header::CONTENT_TYPE, "text/xml")], body).into_response()
}

/// Takes one of the refusals that are due for an action.
fn take(due: &mut BTreeMap<String, u32>, action: &str, refusal: impl Fn() -> Refusal) -> Result<(), Refusal> {
    match due.get_mut(action) {
        Some(times) if *times > 0 => {
            *times -= 1;
            Err(refusal())
        }
        _ => Ok(()),
    }
}
