//! Forges: a commit's status, and one comment a pull request, edited in place through all of its runs.
//!
//! Only milestones are told: begun, asks, ended. A run takes at most [`CALLS`] calls from its begin to its end, whatever the
//! number of its units; the last two are kept for the end. A retry begins anew.

use std::sync::Arc;

use landing_zone::ApplyMode;
use pipeline_core::run::UnitView;
use pipeline_core::{Digest, RunState, RunView};

use super::memory::Memory;
use super::outcome::Moment;
use super::{NotifyError, Sinks, Source};
use crate::forge::comment::{Context, marker, render};
use crate::forge::{CommentId, CommitStatus, Error, Forge, StatusState};

/// Calls for one run. A forge that fails or loses an answer may cost more.
const CALLS: i64 = 6;

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
            Some(change) => teller.comment(change).await,
            None => Ok(()),
        };
        // A comment that fails does not keep the status from being set.
        let status = teller.status().await;
        commented.and(status)
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

    /// Whether the run may cost one more call; false when it is to be saved for the end.
    async fn may_spend(&self) -> Result<bool, NotifyError> {
        let end = 1 + i64::from(self.run.change.is_some());
        Ok(self.moment.is_final() || self.memory.calls(self.run.id).await? + 1 + end <= CALLS)
    }

    async fn spent(&self) -> Result<(), NotifyError> {
        let calls = self.memory.calls(self.run.id).await?;
        Ok(self.memory.set_calls(self.run.id, calls + 1).await?)
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
        if self.moment == Moment::AtWork {
            self.memory.set_calls(self.run.id, 0).await?;
        }
        if self.may_spend().await? {
            self.forge.set_status(&self.run.repository, &self.run.commit, &status).await?;
            self.spent().await?;
            self.memory.sent(&subject, self.run.id, status.state.as_str(), text.as_str()).await?;
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

    async fn comment(&self, change: u64) -> Result<(), NotifyError> {
        let run = self.run;
        let subject = format!("comment:{}#{change}", run.repository);
        let last = self.memory.message(&subject).await?;
        // Ids of runs sort by time: the comment belongs to the newest.
        if last.as_ref().is_some_and(|last| last.run > run.id.to_string()) {
            return Ok(());
        }
        let units: Vec<&UnitView> = run.units.iter().collect();
        let reports = self.source.reports(run.id, &units).await.map_err(NotifyError::Source)?;
        let body = render(run, change, &reports, &Context { page: &self.page, apply: self.apply });
        let rendered = Digest::of(body.as_bytes());
        if last.as_ref().and_then(|last| last.rendered.as_deref()) == Some(rendered.as_str())
            || !self.may_spend().await?
        {
            return Ok(());
        }
        let known = match &last {
            Some(last) => match &last.reference {
                Some(reference) => Some(CommentId::new(reference.clone())),
                // An earlier call's outcome is not known.
                None => {
                    self.forge.find_comment(&run.repository, change, &marker(&run.repository, change)).await?
                }
            },
            None => None,
        };
        let comment = match known {
            Some(comment) => self.edit(change, comment, &subject, &body).await?,
            None => self.create(change, &subject, &body).await?,
        };
        self.memory.sent(&subject, run.id, comment.as_str(), rendered.as_str()).await?;
        self.spent().await
    }

    /// Edits the comment; writes a new one where somebody has deleted it.
    async fn edit(
        &self,
        change: u64,
        comment: CommentId,
        subject: &str,
        body: &str,
    ) -> Result<CommentId, NotifyError> {
        match self.forge.edit_comment(&self.run.repository, &comment, body).await {
            Ok(()) => Ok(comment),
            Err(Error::NotFound { .. }) => self.create(change, subject, body).await,
            Err(error) => Err(error.into()),
        }
    }

    async fn create(&self, change: u64, subject: &str, body: &str) -> Result<CommentId, NotifyError> {
        self.memory.intend(subject, self.run.id).await?;
        match self.forge.create_comment(&self.run.repository, change, body).await {
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
