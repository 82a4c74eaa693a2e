//! Forges: a commit's status, and one comment a pull request, edited in place through all of its runs.
//!
//! Only milestones are told: begun, asks, ended. A run takes at most [`CALLS`] calls from its begin to its end, whatever the
//! number of its units; the last two are kept for the end. A retry begins anew.
//!
//! Commands in comments that were not done are answered in the same comment, where the digest to approve stands: a reply to each
//! would let anybody who may comment make Wayleave write as much as they like. They cost at most [`ANSWERS`] calls more a run,
//! however many they are.

use std::sync::Arc;

use landing_zone::{ApplyMode, RepositoryName};
use pipeline_core::run::UnitView;
use pipeline_core::{Digest, RunId, RunState, RunView};

use super::memory::{Memory, Message};
use super::outcome::Moment;
use super::topic::Topic;
use super::{NotifyError, Sinks, Source};
use crate::forge::comment::{Context, marker, render, render_answers};
use crate::forge::{CommentId, CommitStatus, Error, Forge, StatusState};

/// Calls for one run. A forge that fails or loses an answer may cost more.
const CALLS: i64 = 6;
/// Further calls for one run, or for a pull request without one, to answer commands that were not done.
const ANSWERS: i64 = 6;

#[derive(Clone)]
pub(super) struct ForgeSink {
    pub(super) sinks: Arc<Sinks>,
}

/// One run on its forge.
struct Teller<'a> {
    run: &'a RunView,
    moment: Moment,
    forge: &'a dyn Forge,
    apply: ApplyMode,
    page: String,
    source: &'a dyn Source,
    memory: &'a Memory,
}

impl ForgeSink {
    pub(super) async fn tell(
        &self,
        run: &RunView,
        source: &dyn Source,
        memory: &Memory,
    ) -> Result<(), NotifyError> {
        let Some((kind, apply)) = self.sinks.repositories.get(&run.repository) else { return Ok(()) };
        let Some(forge) = self.sinks.forges.get(kind) else { return Ok(()) };
        let (forge, page) = (forge.as_ref(), self.sinks.page(run.id));
        let teller = Teller { run, moment: Moment::of(run), forge, apply: *apply, page, source, memory };
        let commented = match run.change.filter(|_| teller.is_worth_a_comment()) {
            Some(change) => teller.comment(change, &Topic::Run(run.id)).await,
            None => Ok(()),
        };
        // A comment that fails does not keep the status from being set.
        let status = teller.status().await;
        commented.and(status)
    }

    /// Answers the commands on a pull request that were not done.
    pub(super) async fn answer(
        &self,
        repository: &RepositoryName,
        change: u64,
        source: &dyn Source,
        memory: &Memory,
    ) -> Result<(), NotifyError> {
        let Some((kind, apply)) = self.sinks.repositories.get(repository) else { return Ok(()) };
        let Some(forge) = self.sinks.forges.get(kind) else { return Ok(()) };
        let (forge, topic) = (forge.as_ref(), Topic::Commands(repository.clone(), change));
        let newest = source.newest(repository, change).await.map_err(NotifyError::Source)?;
        let Some(run) = newest else {
            let refused = source.refusals(repository, change, None).await.map_err(NotifyError::Source)?;
            let body = render_answers(repository, change, &refused);
            let comment = Comment { forge, memory, repository, change, run: None };
            return comment.put(&body, &Rendered::of(&body, ""), &topic).await;
        };
        let Some(run) = source.run(run).await.map_err(NotifyError::Source)? else { return Ok(()) };
        let (moment, page) = (Moment::of(&run), self.sinks.page(run.id));
        let teller = Teller { run: &run, moment, forge, apply: *apply, page, source, memory };
        teller.comment(change, &topic).await
    }
}

impl Teller<'_> {
    /// What a superseded run planned is left to be read until the newer run has planned.
    fn is_worth_a_comment(&self) -> bool {
        match self.moment {
            Moment::Asks(..) | Moment::Planned => true,
            Moment::Ended => self.run.state != RunState::Superseded,
            Moment::AtWork | Moment::Paused => false,
        }
    }

    async fn status(&self) -> Result<(), NotifyError> {
        let subject = format!("status:{}", self.run.id);
        let status = CommitStatus::of(self.run, &self.page);
        let last = self.memory.message(&subject).await?;
        let told = last.as_ref().and_then(|last| last.reference.as_deref());
        let text = Digest::of(format!("{}\n{}", status.state.as_str(), status.description).as_bytes());
        let same = last.as_ref().and_then(|last| last.rendered.as_deref()) == Some(text.as_str());
        if same || !self.is_worth_a_status(told) {
            return Ok(());
        }
        let topic = Topic::Run(self.run.id);
        if self.moment == Moment::AtWork {
            self.memory.set_calls(&topic, 0).await?;
            if let Some(change) = self.run.change {
                self.memory.set_calls(&Topic::Commands(self.run.repository.clone(), change), 0).await?;
            }
        }
        if may_spend(self.memory, &topic, Some((&self.moment, self.run))).await? {
            self.forge.set_status(&self.run.repository, &self.run.commit, &status).await?;
            spent(self.memory, &topic).await?;
            self.memory.sent(&subject, Some(self.run.id), status.state.as_str(), text.as_str()).await?;
        }
        Ok(())
    }

    /// While it goes on by itself, `pending` once is enough. A plan that was told as good is not called wrong because a newer run
    /// or the merge took its place.
    fn is_worth_a_status(&self, told: Option<&str>) -> bool {
        let pending = told == Some(StatusState::Pending.as_str());
        match self.moment {
            Moment::AtWork | Moment::Paused => !pending,
            Moment::Ended if self.run.state == RunState::Superseded => pending,
            _ => true,
        }
    }

    /// Tells the run in the pull request's comment, with what its commands are answered.
    async fn comment(&self, change: u64, topic: &Topic) -> Result<(), NotifyError> {
        let (run, failed) = (self.run, NotifyError::Source);
        let units: Vec<&UnitView> = run.units.iter().collect();
        let reports = self.source.reports(run.id, &units).await.map_err(failed)?;
        let refused = self.source.refusals(&run.repository, change, Some(run.id)).await.map_err(failed)?;
        let said = |refused| {
            render(run, change, &reports, &Context { page: &self.page, apply: self.apply, refused })
        };
        let (body, alone) = (said(&refused), said(&[]));
        let (forge, memory, repository) = (self.forge, self.memory, &run.repository);
        let comment = Comment { forge, memory, repository, change, run: Some((&self.moment, run)) };
        comment.put(&body, &Rendered::of(&body, &alone), topic).await
    }
}

/// What a comment says, as digests: all of it, and what it tells of the run alone.
struct Rendered {
    whole: Digest,
    alone: Digest,
}

impl Rendered {
    fn of(body: &str, alone: &str) -> Self {
        Self { whole: Digest::of(body.as_bytes()), alone: Digest::of(alone.as_bytes()) }
    }

    /// As it is kept.
    fn text(&self) -> String {
        format!("{} {}", self.whole.as_str(), self.alone.as_str())
    }

    /// Whether this was said last, and whether the same was then said of the run.
    fn compared(&self, last: Option<&Message>) -> (bool, bool) {
        let last = last.and_then(|last| last.rendered.as_deref()).unwrap_or_default();
        let (whole, alone) = last.split_once(' ').unwrap_or((last, ""));
        (whole == self.whole.as_str(), alone == self.alone.as_str())
    }
}

/// The comment of one pull request.
struct Comment<'a> {
    forge: &'a dyn Forge,
    memory: &'a Memory,
    repository: &'a RepositoryName,
    change: u64,
    /// The run that it tells of; none before the first.
    run: Option<(&'a Moment, &'a RunView)>,
}

impl Comment<'_> {
    fn run_id(&self) -> Option<RunId> {
        self.run.map(|(_, run)| run.id)
    }

    /// Makes the comment say this, if it does not yet and the topic may cost one more call. Where nothing but answers to commands is
    /// new, the call is theirs, whoever tells it: a run keeps its own for what becomes of it.
    async fn put(&self, body: &str, rendered: &Rendered, topic: &Topic) -> Result<(), NotifyError> {
        let subject = format!("comment:{}#{}", self.repository, self.change);
        let last = self.memory.message(&subject).await?;
        // Ids of runs sort by time: the comment belongs to the newest.
        let own = self.run_id().map(|run| run.to_string()).unwrap_or_default();
        if last.as_ref().is_some_and(|last| last.run > own) {
            return Ok(());
        }
        let (is_said, is_same_run) = rendered.compared(last.as_ref());
        // A command that was done leaves nothing to answer: what became of the run, the run's own topic tells.
        let is_done = matches!(topic, Topic::Commands(..)) && rendered.whole == rendered.alone;
        if is_done && !is_same_run {
            return Ok(());
        }
        let answers = Topic::Commands(self.repository.clone(), self.change);
        let topic = if is_same_run { &answers } else { topic };
        if is_said || !may_spend(self.memory, topic, self.run).await? {
            return Ok(());
        }
        let comment = match self.known(last.as_ref()).await? {
            Some(comment) => self.edit(comment, &subject, body).await?,
            None => self.create(&subject, body).await?,
        };
        self.memory.sent(&subject, self.run_id(), comment.as_str(), &rendered.text()).await?;
        spent(self.memory, topic).await
    }

    /// Where the comment is; none if there is none yet.
    async fn known(&self, last: Option<&Message>) -> Result<Option<CommentId>, NotifyError> {
        let Some(last) = last else { return Ok(None) };
        match &last.reference {
            Some(reference) => Ok(Some(CommentId::new(reference.clone()))),
            // An earlier call's outcome is not known.
            None => {
                let marker = marker(self.repository, self.change);
                Ok(self.forge.find_comment(self.repository, self.change, &marker).await?)
            }
        }
    }

    /// Edits the comment; writes a new one where somebody has deleted it.
    async fn edit(&self, comment: CommentId, subject: &str, body: &str) -> Result<CommentId, NotifyError> {
        match self.forge.edit_comment(self.repository, &comment, body).await {
            Ok(()) => Ok(comment),
            Err(Error::NotFound { .. }) => self.create(subject, body).await,
            Err(error) => Err(error.into()),
        }
    }

    async fn create(&self, subject: &str, body: &str) -> Result<CommentId, NotifyError> {
        self.memory.intend(subject, self.run_id()).await?;
        match self.forge.create_comment(self.repository, self.change, body).await {
            Ok(comment) => Ok(comment),
            Err(error) => {
                if error.was_not_done() {
                    self.memory.forget(subject).await?;
                }
                Err(error.into())
            }
        }
    }
}

/// Whether a topic may cost one more call; false when that is to be saved for the run's end, or answers have cost enough.
async fn may_spend(
    memory: &Memory,
    topic: &Topic,
    run: Option<(&Moment, &RunView)>,
) -> Result<bool, NotifyError> {
    let calls = memory.calls(topic).await?;
    Ok(match (topic, run) {
        (Topic::Run(_), Some((moment, run))) => {
            let end = 1 + i64::from(run.change.is_some());
            moment.is_final() || calls + 1 + end <= CALLS
        }
        _ => calls < ANSWERS,
    })
}

async fn spent(memory: &Memory, topic: &Topic) -> Result<(), NotifyError> {
    let calls = memory.calls(topic).await?;
    Ok(memory.set_calls(topic, calls + 1).await?)
}
