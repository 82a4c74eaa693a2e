//! Makes runs of deliveries, each once.

use std::sync::Arc;

use jiff::Timestamp;
use landing_zone::{ApplyMode, Repository};
use pipeline_core::event::{Author, Mode, RunSpec};
use pipeline_core::trigger::{Actor, CommentCommand, TriggerKind};
use pipeline_core::{Commit, Event, RunId, Trigger};
use uuid::Uuid;

use super::Inner;
use crate::executor::Executor;
use crate::pipeline::{Act, ActError};
use crate::runs::SubmitError;
use crate::store::{Delivery, RunRow, StoreError};

/// How many deliveries are taken at a time.
const BATCH: u32 = 100;
/// After this many failed tries a delivery is closed with the reason.
const TRIES: i64 = 20;

/// What is made of a delivery.
enum Made {
    Run(Box<RunSpec>),
    Nothing(String),
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
        }
    }

    async fn make(&self, repository: &Repository, trigger: &Trigger) -> Result<Made, SubmitError> {
        let spec = |commit: &Commit, base: Option<Commit>, author: Author, trigger, change, mode| {
            let (name, branch) = (repository.name.clone(), repository.branch.clone());
            let id = RunId::new(Uuid::now_v7());
            Made::Run(Box::new(RunSpec {
                id,
                repository: name,
                branch,
                commit: commit.clone(),
                base,
                author,
                trigger,
                change,
                mode,
            }))
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
                let runs = self.pipeline.store().change_runs(&repository.name, *number).await?;
                let Some(newest) = runs.first() else {
                    return Ok(Made::Nothing("the pull request has no run yet".to_owned()));
                };
                match command {
                    CommentCommand::Plan => spec(
                        &newest.commit,
                        None,
                        self.author_of(newest).await?,
                        TriggerKind::Command,
                        Some(*number),
                        Mode::PlanOnly,
                    ),
                    CommentCommand::Apply if repository.apply == ApplyMode::BeforeMerge => spec(
                        &newest.commit,
                        None,
                        self.author_of(newest).await?,
                        TriggerKind::Command,
                        Some(*number),
                        Mode::Apply,
                    ),
                    CommentCommand::Apply => {
                        Made::Nothing("this repository applies on merge; merge to apply".to_owned())
                    }
                    other => Made::Nothing(self.obey(newest.id, author, other).await?),
                }
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

    /// Whoever asks for a plan or an apply in a comment, the change is still its author's.
    async fn author_of(&self, row: &RunRow) -> Result<Author, SubmitError> {
        self.look(row.id, |run| run.spec().author.clone()).await
    }

    /// Does what a comment asks of a pull request's newest run; answers what came of it.
    async fn obey(
        &self,
        run: RunId,
        author: &Actor,
        command: &CommentCommand,
    ) -> Result<String, SubmitError> {
        let Some(act) = self.act_of(run, command).await? else {
            return Ok(
                "nothing waits for that; wayleave understands: plan, apply, approve, reject REASON, cancel"
                    .to_owned(),
            );
        };
        match self.pipeline.act(run, author, act).await {
            Ok(_) => Ok(format!("done on {run}")),
            Err(ActError::Submit(error @ SubmitError::Store(_))) => Err(error),
            Err(error) => Ok(format!("refused: {error}")),
        }
    }

    async fn act_of(&self, run: RunId, command: &CommentCommand) -> Result<Option<Act>, SubmitError> {
        let waits = self.look(run, pipeline_core::Run::waiting_for).await?;
        Ok(match (command, waits) {
            (CommentCommand::Cancel, _) => {
                Some(Act::Cancel { reason: "by a comment on the pull request".to_owned() })
            }
            (CommentCommand::Approve { digest: Some(digest) }, Some(waits))
                if names(digest, waits.digest.as_str()) =>
            {
                Some(Act::Approve { stage: waits.stage, digest: waits.digest })
            }
            (CommentCommand::Reject { reason }, Some(waits)) => {
                Some(Act::Reject { stage: waits.stage, digest: waits.digest, reason: reason.clone() })
            }
            _ => None,
        })
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

/// True when the first digits that somebody gave, at least eight, are the digest's.
fn names(given: &str, digest: &str) -> bool {
    let digits = |text: &str| text.strip_prefix("sha256:").unwrap_or(text).to_ascii_lowercase();
    let given = digits(given);
    given.len() >= 8 && digits(digest).starts_with(&given)
}
