//! A GitHub on loopback: as strict as the real one about tokens, commits, lengths and what is not there.
//!
//! It keeps statuses, comments and pull requests, counts calls, and does what it is told to: answer 429, fail, be down, or do a
//! thing and lose the answer.

mod answer;
mod webhook;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

pub use webhook::{Webhook, issue_comment, ping, pull_request, push};

/// The token that it accepts.
pub const TOKEN: &str = "ghp_fake_token";
/// The login that the token is of.
pub const LOGIN: &str = "wayleave-bot";
/// The secret that its webhooks are signed with.
pub const WEBHOOK_SECRET: &str = "fake-github-webhook-secret";

/// A commit's status, as it was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The repository.
    pub repository: String,
    /// The commit.
    pub sha: String,
    /// `pending`, `success`, `failure` or `error`.
    pub state: String,
    /// Its context.
    pub context: String,
    /// Its one line.
    pub description: String,
    /// Where it leads.
    pub target_url: String,
}

/// A comment as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: u64,
    /// The repository.
    pub repository: String,
    /// The pull request.
    pub number: u64,
    /// Who wrote it.
    pub login: String,
    /// What it says.
    pub body: String,
    /// How often it was edited.
    pub edits: u32,
}

/// A pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullRequest {
    /// Its number.
    pub number: u64,
    /// The head's commit.
    pub head: String,
    /// The head's branch.
    pub branch: String,
    /// The branch that it asks to be merged into.
    pub base: String,
    /// Who opened it.
    pub author: String,
    /// Whether it is open.
    pub open: bool,
    /// Whether it was merged.
    pub merged: bool,
    /// Whether its head is in a fork.
    pub fork: bool,
}

impl PullRequest {
    /// An open pull request against `main` by somebody.
    pub fn open(number: u64, head: &str, author: &str) -> Self {
        Self {
            number,
            head: head.to_owned(),
            branch: format!("change-{number}"),
            base: "main".to_owned(),
            author: author.to_owned(),
            open: true,
            merged: false,
            fork: false,
        }
    }
}

/// All that it has been told, as it is now.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Statuses, oldest first.
    pub statuses: Vec<Status>,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
    /// Calls as `METHOD /path`, whether they succeeded or not.
    pub calls: Vec<String>,
}

/// What it is to do with one call.
#[derive(Debug, Clone, Copy)]
pub enum Trouble {
    /// Answer 429 with `Retry-After`, and do nothing.
    RateLimited {
        /// The seconds to wait.
        seconds: u64,
    },
    /// Answer 403 with no calls left until a time in seconds of the epoch, and do nothing.
    NoCallsLeft {
        /// The time.
        reset: i64,
    },
    /// Answer with an HTTP status, and do nothing.
    Status(u16),
    /// Do it, and answer with status 502.
    DoAndFail,
}

#[derive(Debug, Default)]
struct Repository {
    commits: BTreeSet<String>,
    pulls: BTreeMap<u64, PullRequest>,
}

#[derive(Debug, Default)]
struct Inner {
    repositories: BTreeMap<String, Repository>,
    seen: Seen,
    troubles: VecDeque<Trouble>,
    down: bool,
    last_id: u64,
}

#[derive(Debug, Default)]
struct Shared {
    inner: Mutex<Inner>,
    changed: Notify,
}

impl Shared {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The fake. It ends when it is dropped.
#[derive(Debug)]
pub struct Github {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Drop for Github {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Github {
    /// Starts it on a free port of 127.0.0.1, without any repository.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> std::io::Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let shared = Arc::<Shared>::default();
        let router = Router::new().fallback(call).with_state(Arc::clone(&shared));
        let task = tokio::spawn(async move {
            // It ends only with the task.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, shared, task })
    }

    /// The address of its API: `forge "github" { api = … }`.
    pub fn api(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Makes a repository, if it is not there.
    pub fn add_repository(&self, name: &str) {
        self.shared.inner().repositories.entry(name.to_owned()).or_default();
    }

    /// Makes a commit known in a repository, and the repository too.
    pub fn add_commit(&self, repository: &str, sha: &str) {
        let mut inner = self.shared.inner();
        inner.repositories.entry(repository.to_owned()).or_default().commits.insert(sha.to_owned());
    }

    /// Opens or changes a pull request; its head becomes known.
    pub fn set_pull(&self, repository: &str, pull: PullRequest) {
        self.add_commit(repository, &pull.head);
        let mut inner = self.shared.inner();
        inner.repositories.entry(repository.to_owned()).or_default().pulls.insert(pull.number, pull);
    }

    /// Somebody comments on a pull request; answers the comment's id.
    pub fn comment_as(&self, login: &str, repository: &str, number: u64, body: &str) -> u64 {
        self.shared.inner().comment(login, repository, number, body).id
    }

    /// Somebody deletes a comment.
    pub fn delete_comment(&self, id: u64) {
        self.shared.inner().seen.comments.retain(|comment| comment.id != id);
    }

    /// All that it has been told, as it is now.
    pub fn seen(&self) -> Seen {
        self.shared.inner().seen.clone()
    }

    /// What to do with the next calls, one for each; then all is well again.
    pub fn script(&self, troubles: impl IntoIterator<Item = Trouble>) {
        self.shared.inner().troubles.extend(troubles);
    }

    /// While it is down, every call is answered with status 503.
    pub fn set_down(&self, down: bool) {
        self.shared.inner().down = down;
    }

    /// Waits until it has been told what is wanted: until `find` finds something. None when `deadline` passes first.
    pub async fn wait_for<T>(&self, deadline: Duration, find: impl Fn(&Seen) -> Option<T>) -> Option<T> {
        let wait = async {
            loop {
                let changed = self.shared.changed.notified();
                if let Some(found) = find(&self.shared.inner().seen) {
                    return found;
                }
                changed.await;
            }
        };
        tokio::time::timeout(deadline, wait).await.ok()
    }
}

impl Inner {
    fn comment(&mut self, login: &str, repository: &str, number: u64, body: &str) -> Comment {
        self.last_id += 1;
        let comment = Comment {
            id: 1_000 + self.last_id,
            repository: repository.to_owned(),
            number,
            login: login.to_owned(),
            body: body.to_owned(),
            edits: 0,
        };
        self.seen.comments.push(comment.clone());
        comment
    }
}

async fn call(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let response = answer::answer(&mut shared.inner(), &method, &uri, &headers, &body);
    shared.changed.notify_waiters();
    response
}
