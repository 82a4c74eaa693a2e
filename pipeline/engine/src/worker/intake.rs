//! Makes runs of deliveries, each once.

use std::sync::Arc;

use jiff::Timestamp;
use landing_zone::Repository;
use pipeline_core::event::{Author, Mode, RunSpec};
use pipeline_core::trigger::{Actor, TriggerKind};
use pipeline_core::{Commit, Event, Run, RunId, Trigger};
use uuid::Uuid;

use super::Inner;
use crate::executor::Executor;
use crate::runs::SubmitError;
use crate::store::{Command, Delivery, RunRow, StoreError};

/// How many deliveries are taken at a time.
const BATCH: u32 = 100;
/// After this many failed tries a delivery is closed with the reason.
const TRIES: i64 = 20;

/// What is made of a delivery.
pub(super) enum Made {
    Run(Box<RunSpec>),
    Nothing(String),
    Command(Command),
}

impl<E: Executor> Inner<E> {
    pub(super) async fn take_deliveries(self: &Arc<Self>) -> Result<(), StoreError> {
        for delivery in self.pipeline.store().open_deliveries(BATCH).await? {
            if let Err(error) = self.take(&delivery).await {
                tracing::error!(delivery = %delivery.id, error = &error as &dyn std::error::Error, "delivery.take failed");
                if self.pipeline.store().count_attempt(&delivery.id).await? >= TRIES {
                    self.pipeline.store().close_delivery(&delivery.id, &format!("given up: {error}")).await?;
                }
            }
        }
        Ok(())
    }

    async fn take(self: &Arc<Self>, delivery: &Delivery) -> Result<(), SubmitError> {
        let store = self.pipeline.store();
        let Some(repository) = self.pipeline.zone().repository(delivery.trigger.repository()) else {
            return Ok(store.close_delivery(&delivery.id, "the zone does not name the repository").await?);
        };
        match self.make(repository, &delivery.trigger).await? {
            Made::Run(spec) => {
                self.foresee(&spec);
                let made = store.create_run(&delivery.id, &spec, Timestamp::now()).await;
                if !matches!(made, Ok(true)) {
                    self.foreseen.forget(spec.id);
                }
                if made? {
                    tracing::info!(run = %spec.id, repository = %spec.repository, commit = %spec.commit, "run made");
                }
                self.supersede_older(&spec).await
            }
            Made::Nothing(outcome) => Ok(store.close_delivery(&delivery.id, &outcome).await?),
            Made::Command(command) => {
                if let Some(answer) = &command.answer {
                    let Command { repository, change, login, said, .. } = &command;
                    tracing::info!(%repository, change, login, said, answer, "command not done");
                }
                store.close_command(&delivery.id, &command).await?;
                // The run has not moved, but there is something to be told on its pull request.
                if let Some(run) = command.run {
                    self.pipeline.runs_door().tell(run, self.look(run, Run::version).await?);
                }
                Ok(())
            }
        }
    }

    async fn make(&self, repository: &Repository, trigger: &Trigger) -> Result<Made, SubmitError> {
        let spec = |commit: &Commit, base: Option<Commit>, author, trigger, change, mode| {
            Made::Run(Box::new(spec(repository, commit, base, author, trigger, change, mode)))
        };
        Ok(match trigger {
            Trigger::Push { before, after, author, .. } => {
                let base = Some(before.clone()).filter(|commit| !commit.is_zero());
                spec(after, base, self.author(author), TriggerKind::Push, None, Mode::Apply)
            }
            Trigger::PullRequest { number, head, author, .. } => {
                spec(head, None, self.author(author), TriggerKind::PullRequest, Some(*number), Mode::PlanOnly)
            }
            Trigger::PullRequestClosed { number, merged, .. } => {
                let by = if *merged { "the merge" } else { "the closing of the pull request" };
                self.supersede(&self.pipeline.store().change_runs(&repository.name, *number).await?, by)
                    .await?;
                Made::Nothing("closed".to_owned())
            }
            Trigger::Comment { number, author, command, .. } => {
                self.command(repository, *number, author, command).await?
            }
            Trigger::Start { person, branch, .. } => match self.executor.head(repository, branch).await {
                Ok(head) => {
                    let author = Author { login: person.to_string(), person: Some(person.clone()) };
                    spec(&head, None, author, TriggerKind::Api, None, Mode::Apply)
                }
                Err(failure) => Made::Nothing(failure.to_string()),
            },
        })
    }

    fn author(&self, actor: &Actor) -> Author {
        let person = self.pipeline.person(actor).ok().map(|person| person.name.clone());
        Author { login: actor.login.clone(), person }
    }

    /// A newer run takes the place of those before it, unless something of them is being applied.
    async fn supersede_older(&self, spec: &RunSpec) -> Result<(), SubmitError> {
        let store = self.pipeline.store();
        let older = match spec.change {
            Some(change) => store.change_runs(&spec.repository, change).await?,
            None => store.branch_runs(&spec.repository, &spec.branch).await?,
        };
        let older: Vec<RunRow> = older.into_iter().filter(|row| row.id < spec.id).collect();
        self.supersede(&older, &spec.id.to_string()).await
    }

    async fn supersede(&self, runs: &[RunRow], by: &str) -> Result<(), SubmitError> {
        for row in runs.iter().filter(|row| !row.ended || row.state == "waiting") {
            let event = Event::Superseded { by: by.to_owned() };
            match self.pipeline.runs_door().submit_one(row.id, event, None, |_| ()).await {
                Ok(()) | Err(SubmitError::Illegal(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// A run of a repository's branch or pull request, with an id of its own.
pub(super) fn spec(
    repository: &Repository,
    commit: &Commit,
    base: Option<Commit>,
    author: Author,
    trigger: TriggerKind,
    change: Option<u64>,
    mode: Mode,
) -> RunSpec {
    RunSpec {
        id: RunId::new(Uuid::now_v7()),
        repository: repository.name.clone(),
        branch: repository.branch.clone(),
        commit: commit.clone(),
        base,
        author,
        trigger,
        change,
        mode,
    }
}
