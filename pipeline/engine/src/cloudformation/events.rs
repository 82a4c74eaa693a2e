//! A stack's events, oldest first, from a known one on.

use std::fmt;

use aws_sdk_cloudformation::types::{ResourceStatus, StackEvent as SdkEvent};

use super::{CloudFormation, CloudFormationError};
use crate::aws::CallError;

/// The most pages that are read to find the event to go on from; a page holds up to 100 events.
const MAX_PAGES: usize = 200;
const DESCRIBE: &str = "cloudformation:DescribeStackEvents";

/// Something that happened to a stack or one of its resources. Its `Display` is a line for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackEvent {
    /// The event's id, unique in its stack.
    pub id: String,
    /// When it happened, in RFC 3339.
    pub at: String,
    /// The resource's logical id; the stack's name for the stack itself.
    pub logical_id: String,
    /// The resource's id in its service, once there is one.
    pub physical_id: Option<String>,
    /// The resource's type.
    pub kind: String,
    /// The exact status, such as `CREATE_COMPLETE`.
    pub status: String,
    /// Why, in the service's words.
    pub reason: Option<String>,
    /// The token of the execution that it belongs to, where the service tells.
    pub(super) token: Option<String>,
}

impl fmt::Display for StackEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.status, self.kind, self.logical_id)?;
        match &self.reason {
            Some(reason) => write!(f, ": {reason}"),
            None => Ok(()),
        }
    }
}

impl StackEvent {
    fn of(event: SdkEvent) -> Self {
        let at = event
            .timestamp
            .and_then(|at| at.fmt(aws_sdk_cloudformation::primitives::DateTimeFormat::DateTime).ok());
        let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
        Self {
            id: event.event_id.unwrap_or_default(),
            at: at.unwrap_or_default(),
            logical_id: event.logical_resource_id.unwrap_or_default(),
            physical_id: filled(event.physical_resource_id),
            kind: event.resource_type.unwrap_or_default(),
            status: event.resource_status.map(|status| status.to_string()).unwrap_or_default(),
            reason: filled(event.resource_status_reason),
            token: filled(event.client_request_token),
        }
    }

    /// True for an event of the stack itself, not of a resource in it.
    pub(super) fn is_of_stack(&self, stack_id: &str) -> bool {
        self.physical_id.as_deref() == Some(stack_id)
    }

    /// True when a resource could not be made, changed or deleted.
    pub(super) fn is_failure(&self) -> bool {
        matches!(
            ResourceStatus::from(self.status.as_str()),
            ResourceStatus::CreateFailed
                | ResourceStatus::UpdateFailed
                | ResourceStatus::DeleteFailed
                | ResourceStatus::ImportFailed
        )
    }
}

impl CloudFormation {
    /// The id of the newest event; `None` when there is none.
    pub(super) async fn newest_event(&self, stack_id: &str) -> Result<Option<String>, CloudFormationError> {
        let (events, _) = self.events_page(stack_id, None).await?;
        Ok(events.into_iter().next().map(|event| event.id))
    }

    /// The events after a known one, or all of them, oldest first. The service gives the newest first, page by page.
    pub(super) async fn events_after(
        &self,
        stack_id: &str,
        known: Option<&str>,
    ) -> Result<Vec<StackEvent>, CloudFormationError> {
        let (mut fresh, mut token) = (Vec::new(), None);
        for _ in 0..MAX_PAGES {
            let (events, next) = self.events_page(stack_id, token).await?;
            let before = events.len();
            let newer = events.into_iter().take_while(|event| Some(event.id.as_str()) != known);
            let taken = fresh.len();
            fresh.extend(newer);
            token = next;
            if token.is_none() || fresh.len() - taken < before {
                break;
            }
        }
        fresh.reverse();
        Ok(fresh)
    }

    async fn events_page(
        &self,
        stack_id: &str,
        token: Option<String>,
    ) -> Result<(Vec<StackEvent>, Option<String>), CloudFormationError> {
        let call = self.client.describe_stack_events().stack_name(stack_id).set_next_token(token);
        let answer = call.send().await.map_err(|error| CallError::of(DESCRIBE, &error))?;
        let events = answer.stack_events.unwrap_or_default().into_iter().map(StackEvent::of).collect();
        Ok((events, answer.next_token.filter(|token| !token.is_empty())))
    }
}
