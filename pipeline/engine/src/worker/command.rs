//! Does what a comment on a pull request asks for, or says why not.

use landing_zone::{ApplyMode, Repository, Role, StageName};
use pipeline_core::event::Mode;
use pipeline_core::run::{Illegal, WaitingFor};
use pipeline_core::trigger::{Actor, CommentCommand, TriggerKind};
use pipeline_core::{Digest, Run, RunId, RunState};

use super::Inner;
use super::intake::{Made, spec};
use crate::executor::Executor;
use crate::pipeline::{Act, ActError};
use crate::runs::SubmitError;
use crate::store::{Command, RunRow};

const COMMANDS: &str = "the commands are \"wayleave plan\", \"wayleave apply\", \"wayleave approve DIGEST\", \
                        \"wayleave reject REASON\" and \"wayleave cancel\"";

const NO_RUN: &str = "this pull request has no run yet; push a commit to it, or close and open it again. Pull requests from \
                      forks get none";

const ON_MERGE: &str = "changes of this repository are applied when they are merged; merge the pull request";
const NO_REASON: &str = "say why, for those who wait; comment \"wayleave reject REASON\"";

/// What a command comes to: a run, something done, or words for whoever gave it.
enum Came {
    Run(Mode),
    Done,
    Refused(String),
    /// What somebody asked to be told.
    Told(String),
}

impl<E: Executor> Inner<E> {
    /// Does a command, which acts on the pull request's newest run.
    pub(super) async fn command(
        &self,
        repository: &Repository,
        number: u64,
        author: &Actor,
        command: &CommentCommand,
    ) -> Result<Made, SubmitError> {
        let runs = self.pipeline.store().change_runs(&repository.name, number).await?;
        let newest = runs.first();
        let came = match newest {
            Some(newest) => self.obey(repository, newest.id, author, command).await?,
            None if matches!(command, CommentCommand::Help | CommentCommand::Unknown { .. }) => {
                explained(command)
            }
            None => Came::Refused(NO_RUN.to_owned()),
        };
        let answer = match (came, newest) {
            (Came::Run(mode), Some(newest)) => return self.again(repository, number, newest, mode).await,
            (Came::Refused(why), _) => Some(format!("not done: {why}")),
            (Came::Told(answer), _) => Some(answer),
            (Came::Done | Came::Run(_), _) => None,
        };
        Ok(Made::Command(Command {
            repository: repository.name.clone(),
            change: number,
            run: newest.map(|row| row.id),
            login: author.login.clone(),
            said: command.to_string(),
            answer,
        }))
    }

    /// A run of the same commit. Whoever asks for it, the change is still its author's.
    async fn again(
        &self,
        repository: &Repository,
        number: u64,
        newest: &RunRow,
        mode: Mode,
    ) -> Result<Made, SubmitError> {
        let author = self.look(newest.id, |run| run.spec().author.clone()).await?;
        let run = spec(repository, &newest.commit, None, author, TriggerKind::Command, Some(number), mode);
        Ok(Made::Run(Box::new(run)))
    }

    async fn obey(
        &self,
        repository: &Repository,
        run: RunId,
        author: &Actor,
        command: &CommentCommand,
    ) -> Result<Came, SubmitError> {
        match command {
            CommentCommand::Plan => Ok(self.begin_again(author, Mode::PlanOnly)),
            CommentCommand::Apply if repository.apply == ApplyMode::BeforeMerge => {
                Ok(self.begin_again(author, Mode::Apply))
            }
            CommentCommand::Apply => Ok(Came::Refused(ON_MERGE.to_owned())),
            CommentCommand::Cancel => {
                let reason = "by a comment on the pull request".to_owned();
                self.act(run, author, Act::Cancel { reason }).await
            }
            CommentCommand::Approve { .. } | CommentCommand::Reject { .. } => {
                let (waits, state) = self.look(run, |run| (Run::waiting_for(run), run.state())).await?;
                match waits.map_or_else(|| Err(nothing_waits(state)), |waits| decision(command, waits)) {
                    Ok(act) => self.act(run, author, act).await,
                    Err(why) => Ok(Came::Refused(why)),
                }
            }
            CommentCommand::Help | CommentCommand::Unknown { .. } => Ok(explained(command)),
        }
    }

    async fn act(&self, run: RunId, author: &Actor, act: Act) -> Result<Came, SubmitError> {
        match self.pipeline.act(run, author, act).await {
            Ok(_) => Ok(Came::Done),
            Err(ActError::Submit(error @ SubmitError::Store(_))) => Err(error),
            Err(error) => {
                let ended = matches!(error.illegal(), Some(Illegal::Ended));
                let hint = if ended { "; \"wayleave plan\" begins a new one" } else { "" };
                Ok(Came::Refused(format!("{error}{hint}")))
            }
        }
    }

    /// To plan costs this machine and the accounts something, and to apply changes them: both take an operator.
    fn begin_again(&self, author: &Actor, mode: Mode) -> Came {
        match self.pipeline.person_with(author, Role::Operator) {
            Ok(_) => Came::Run(mode),
            Err(error) => Came::Refused(error.to_string()),
        }
    }
}

/// What commands there are, for somebody who asks or who wrote something else.
fn explained(command: &CommentCommand) -> Came {
    match command {
        CommentCommand::Help => Came::Told(COMMANDS.to_owned()),
        _ => Came::Refused(format!("there is no such command; {COMMANDS}")),
    }
}

/// What somebody decides of the stage that waits, or why that cannot be told.
fn decision(command: &CommentCommand, waits: WaitingFor) -> Result<Act, String> {
    let WaitingFor { stage, digest, .. } = waits;
    match command {
        CommentCommand::Reject { reason } if reason.trim().is_empty() => Err(NO_REASON.to_owned()),
        CommentCommand::Reject { reason } => Ok(Act::Reject { stage, digest, reason: reason.clone() }),
        CommentCommand::Approve { digest: Some(given) } if names(given, digest.as_str()) => {
            Ok(Act::Approve { stage, digest })
        }
        CommentCommand::Approve { digest: Some(_) } => {
            Err(format!("that is not the digest that waits; {}", how_to_approve(&stage, &digest)))
        }
        _ => Err(format!("say which digest you looked at; {}", how_to_approve(&stage, &digest))),
    }
}

fn how_to_approve(stage: &StageName, digest: &Digest) -> String {
    format!("read the changes of stage {stage}, then comment \"wayleave approve {}\"", digest.short())
}

fn nothing_waits(state: RunState) -> String {
    format!("the newest run of this pull request waits for nobody: it is {}", state.name())
}

/// True when the first digits that somebody gave, at least eight, are the digest's.
fn names(given: &str, digest: &str) -> bool {
    let digits = |text: &str| text.strip_prefix("sha256:").unwrap_or(text).to_ascii_lowercase();
    let given = digits(given);
    given.len() >= 8 && digits(digest).starts_with(&given)
}
