//! Slack: one message a run, posted once and updated in place.

use std::sync::Arc;

use pipeline_core::run::UnitView;
use pipeline_core::{Digest, RunView};
use slack_morphism::prelude::SlackMessageContent;

use super::memory::{Memory, Message};
use super::{NotifyError, Sinks, Source};
use crate::slack::{Client, Error, Posted, render};

#[derive(Clone)]
pub(super) struct SlackSink {
    pub(super) client: Client,
    pub(super) channel: String,
    pub(super) sinks: Arc<Sinks>,
}

impl SlackSink {
    pub(super) async fn tell(
        &self,
        run: &RunView,
        source: &dyn Source,
        memory: &Memory,
    ) -> Result<(), NotifyError> {
        let asked = run.waiting_for.as_ref().map(|asked| &asked.stage);
        let shown: Vec<&UnitView> = run.units.iter().filter(|unit| Some(&unit.stage) == asked).collect();
        let reports = source.reports(run.id, &shown).await.map_err(NotifyError::Source)?;
        let message = render(run, &reports, &self.sinks.page(run.id));
        let rendered = Digest::of(&serde_json::to_vec(&message).unwrap_or_default());
        let subject = run.id.to_string();
        let last = memory.message(&subject).await?;
        if last.as_ref().and_then(|last| last.rendered.as_deref()) == Some(rendered.as_str()) {
            return Ok(());
        }
        let posted = match posted(last.as_ref()) {
            Some(posted) => self.update(posted, run, &message, memory).await?,
            None => self.post(run, &message, memory).await?,
        };
        let reference = serde_json::to_string(&posted).unwrap_or_default();
        memory.sent(&subject, Some(run.id), &reference, rendered.as_str()).await?;
        Ok(())
    }

    async fn post(
        &self,
        run: &RunView,
        message: &SlackMessageContent,
        memory: &Memory,
    ) -> Result<Posted, NotifyError> {
        let subject = run.id.to_string();
        memory.intend(&subject, Some(run.id)).await?;
        match self.client.post(&self.channel, message).await {
            Ok(posted) => Ok(posted),
            Err(error) => {
                if error.was_not_done() {
                    memory.forget(&subject).await?;
                }
                Err(error.into())
            }
        }
    }

    /// Updates the message; posts a new one where somebody has deleted it.
    async fn update(
        &self,
        posted: Posted,
        run: &RunView,
        message: &SlackMessageContent,
        memory: &Memory,
    ) -> Result<Posted, NotifyError> {
        match self.client.update(&posted, message).await {
            Ok(()) => Ok(posted),
            Err(error) if is_gone(&error) => self.post(run, message, memory).await,
            Err(error) => Err(error.into()),
        }
    }
}

fn posted(last: Option<&Message>) -> Option<Posted> {
    last.and_then(|last| last.reference.as_deref()).and_then(|text| serde_json::from_str(text).ok())
}

fn is_gone(error: &Error) -> bool {
    matches!(
        error.code(),
        Some(
            "message_not_found"
                | "cant_update_message"
                | "edit_window_closed"
                | "channel_not_found"
                | "is_archived"
        )
    )
}
