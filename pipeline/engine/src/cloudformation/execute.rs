//! Executing: the very change set that was approved is executed once, and followed to the stack's end.

use std::collections::BTreeSet;

use aws_sdk_cloudformation::types::{
    ExecutionStatus, ResourceStatus, Stack, StackResourceSummary, StackStatus,
};
use pipeline_core::Action;
use sha2::{Digest as _, Sha256};

use super::status::{End, end};
use super::{ChangeSetPlan, CloudFormation, CloudFormationError, StackEvent};
use crate::aws::CallError;

/// The deepest that the cause of a failure is looked for in nested stacks.
const MAX_DEPTH: usize = 8;
/// The type of a nested stack.
const NESTED: &str = "AWS::CloudFormation::Stack";

/// The first resource that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Its logical id; in a nested stack, `Parent/Child`.
    pub logical_id: String,
    /// Its type.
    pub kind: String,
    /// Why, in its service's words.
    pub reason: String,
}

/// A resource that should be there and is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingResource {
    /// Its logical id.
    pub logical_id: String,
    /// Its type.
    pub kind: String,
}

/// Why a change set cannot be executed any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// It has been deleted, or its stack has.
    Deleted,
    /// The stack has changed since it was made.
    Obsolete,
}

/// How an execution has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// There was nothing to execute.
    Unchanged,
    /// The stack is as the template says, and each resource that was to be made or changed is there.
    Complete {
        /// The stack's exact status.
        status: StackStatus,
    },
    /// CloudFormation says that it is complete, but these resources have no id in their service.
    Incomplete {
        /// The resources.
        missing: Vec<MissingResource>,
    },
    /// It failed, and the stack is as it was before; a new stack has nothing in it and must be deleted by somebody.
    RolledBack {
        /// The stack's exact status.
        status: StackStatus,
        /// The first failure; `None` when it was cancelled.
        failure: Option<Failure>,
    },
    /// It failed and could not be undone: the stack is neither as before nor as wanted.
    Stuck {
        /// The stack's exact status.
        status: StackStatus,
        /// The first failure.
        failure: Option<Failure>,
        /// What somebody has to do.
        remedy: &'static str,
    },
    /// Nothing was executed: the change set is not there any more, or the stack is not what it was made for. Plan again.
    Gone(Gone),
}

/// What became of a wish to cancel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cancelled {
    /// The update is being rolled back; go on following it.
    Asked,
    /// Nothing to cancel in this status: the creation of a stack cannot be cancelled, nor an operation that has ended.
    Not(Option<StackStatus>),
}

/// What stands before following.
enum Start {
    Running,
    Gone(Gone),
}

impl CloudFormation {
    /// Executes a plan and follows it to its end, giving every event to `on_event`, oldest first. Doing it twice, or again after
    /// a crash, executes once: an execution that runs or has ended is followed from its first event on.
    ///
    /// # Errors
    /// [`CloudFormationError`]: a call failed, or the deadline passed while the stack was still changing. An execution that
    /// failed is no error but an [`Outcome`].
    pub async fn execute(
        &self,
        plan: &ChangeSetPlan,
        mut on_event: impl FnMut(&StackEvent) + Send,
    ) -> Result<Outcome, CloudFormationError> {
        let (Some(id), Some(stack_id)) = (&plan.change_set_id, &plan.stack_id) else {
            return Ok(Outcome::Unchanged);
        };
        match self.start(plan, id, stack_id).await? {
            Start::Gone(why) => Ok(Outcome::Gone(why)),
            Start::Running => self.follow(plan, stack_id, &mut on_event).await,
        }
    }

    /// Cancels the update that a plan's execution is, which rolls it back.
    ///
    /// # Errors
    /// [`CloudFormationError`].
    pub async fn cancel(&self, plan: &ChangeSetPlan) -> Result<Cancelled, CloudFormationError> {
        let Some(stack_id) = &plan.stack_id else { return Ok(Cancelled::Not(None)) };
        let status = self.stack(stack_id).await?.as_ref().and_then(Stack::stack_status).cloned();
        if status != Some(StackStatus::UpdateInProgress) {
            return Ok(Cancelled::Not(status));
        }
        let call = self.client.cancel_update_stack().stack_name(stack_id);
        let asked =
            call.client_request_token(token("cancel", plan.change_set_id.as_deref().unwrap_or(stack_id)));
        asked.send().await.map_err(|error| CallError::of("cloudformation:CancelUpdateStack", &error))?;
        Ok(Cancelled::Asked)
    }

    async fn start(
        &self,
        plan: &ChangeSetPlan,
        id: &str,
        stack_id: &str,
    ) -> Result<Start, CloudFormationError> {
        if let Some(start) = self.started(plan, id, stack_id).await? {
            return Ok(start);
        }
        let call =
            self.client.execute_change_set().change_set_name(id).client_request_token(token("execute", id));
        let Err(error) = call.send().await else { return Ok(Start::Running) };
        let error = CallError::of("cloudformation:ExecuteChangeSet", &error);
        // Whether the request came through although its answer was an error, the change set itself tells.
        if let Some(start) = self.started(plan, id, stack_id).await? {
            return Ok(start);
        }
        if !error.kind.is_transient()
            && let Err(untidy) = self.discard_set(id, stack_id).await
        {
            tracing::warn!(change_set = %id, error = %untidy, "cloudformation.changeset.left");
        }
        Err(error.into())
    }

    /// Where a change set stands; `None` when it waits to be executed.
    async fn started(
        &self,
        plan: &ChangeSetPlan,
        id: &str,
        stack_id: &str,
    ) -> Result<Option<Start>, CloudFormationError> {
        let described = self.describe(id).await?;
        let status = described.as_ref().and_then(|described| described.execution_status());
        Ok(match status {
            Some(ExecutionStatus::Available) => None,
            Some(
                ExecutionStatus::ExecuteInProgress
                | ExecutionStatus::ExecuteComplete
                | ExecutionStatus::ExecuteFailed,
            ) => Some(Start::Running),
            Some(ExecutionStatus::Obsolete) => Some(Start::Gone(Gone::Obsolete)),
            _ if self.was_executed(plan, id, stack_id).await? => Some(Start::Running),
            _ => Some(Start::Gone(Gone::Deleted)),
        })
    }

    /// True when the stack's events name this change set's execution: CloudFormation deletes the change sets of a stack that is
    /// updated, and the one that was executed may be among them.
    async fn was_executed(
        &self,
        plan: &ChangeSetPlan,
        id: &str,
        stack_id: &str,
    ) -> Result<bool, CloudFormationError> {
        if self.stack(stack_id).await?.is_none() {
            return Ok(false);
        }
        let events = self.events_after(stack_id, plan.last_event.as_deref()).await?;
        let ours = token("execute", id);
        Ok(events.iter().any(|event| event.token.as_ref() == Some(&ours)))
    }

    async fn follow(
        &self,
        plan: &ChangeSetPlan,
        stack_id: &str,
        on_event: &mut (impl FnMut(&StackEvent) + Send),
    ) -> Result<Outcome, CloudFormationError> {
        let mut watch = self.pace.watch(self.pace.execution);
        let (mut known, mut first_failure, mut shown) = (plan.last_event.clone(), None, None);
        loop {
            // The status first: then the events that led to it are among those read after it.
            let status = self.stack(stack_id).await?.and_then(|stack| stack.stack_status);
            for event in self.events_after(stack_id, known.as_deref()).await? {
                on_event(&event);
                known = Some(event.id.clone());
                if event.is_of_stack(stack_id) {
                    shown = Some(StackStatus::from(event.status.as_str()));
                } else if event.is_failure() && first_failure.is_none() {
                    first_failure = Some(event);
                }
            }
            // A status that no event since the plan tells of is the one from before the execution.
            let Some(status) = status else { return Ok(Outcome::Gone(Gone::Deleted)) };
            let ended = shown.as_ref() == Some(&status) && end(&status) != End::Running;
            if ended {
                return self.outcome(plan, stack_id, status, first_failure).await;
            }
            if !watch.wait().await {
                let (stack, status) = (plan.stack_name.clone(), status.to_string());
                return Err(CloudFormationError::Deadline { stack, doing: "its execution", status });
            }
        }
    }

    async fn outcome(
        &self,
        plan: &ChangeSetPlan,
        stack_id: &str,
        status: StackStatus,
        first: Option<StackEvent>,
    ) -> Result<Outcome, CloudFormationError> {
        Ok(match end(&status) {
            End::Complete | End::Running => {
                let missing = self.missing(plan, stack_id).await?;
                if missing.is_empty() {
                    Outcome::Complete { status }
                } else {
                    Outcome::Incomplete { missing }
                }
            }
            End::RolledBack => Outcome::RolledBack { status, failure: self.cause(first).await },
            End::Stuck(remedy) => Outcome::Stuck { status, failure: self.cause(first).await, remedy },
        })
    }

    /// The resource that failed; where that is a nested stack, the one in it that failed, as far as it can be read.
    async fn cause(&self, first: Option<StackEvent>) -> Option<Failure> {
        let mut event = first?;
        let mut path = event.logical_id.clone();
        for _ in 0..MAX_DEPTH {
            let Some(nested) = event.physical_id.clone().filter(|_| event.kind == NESTED) else { break };
            let Ok(events) = self.events_after(&nested, None).await else { break };
            let below = |event: &StackEvent| event.is_failure() && !event.is_of_stack(&nested);
            let Some(inner) = events.into_iter().find(below) else { break };
            path = format!("{path}/{}", inner.logical_id);
            event = inner;
        }
        let reason = event.reason.unwrap_or_else(|| "no reason was given".to_owned());
        Some(Failure { logical_id: path, kind: event.kind, reason })
    }

    /// What the change set was to make or change and that has no id in its service. The change set's own list is compared, not
    /// the template's: conditions and macros are resolved in it.
    async fn missing(
        &self,
        plan: &ChangeSetPlan,
        stack_id: &str,
    ) -> Result<Vec<MissingResource>, CloudFormationError> {
        let there = self.resources(stack_id).await?;
        let there: BTreeSet<&str> = there.iter().filter_map(present).collect();
        let wanted = plan.changes.resources.iter().filter(|change| {
            matches!(change.action, Action::Create | Action::Update | Action::Replace)
                && !change.address.contains('/')
        });
        let missing = wanted.filter(|change| !there.contains(change.address.as_str()));
        Ok(missing
            .map(|change| MissingResource { logical_id: change.address.clone(), kind: change.kind.clone() })
            .collect())
    }

    /// The stack's resources, all pages.
    pub(super) async fn resources(
        &self,
        stack_id: &str,
    ) -> Result<Vec<StackResourceSummary>, CloudFormationError> {
        let mut pages = self.client.list_stack_resources().stack_name(stack_id).into_paginator().send();
        let mut all = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| CallError::of("cloudformation:ListStackResources", &error))?;
            all.extend(page.stack_resource_summaries.unwrap_or_default());
        }
        Ok(all)
    }
}

/// The logical id of a resource that has an id in its service.
fn present(resource: &StackResourceSummary) -> Option<&str> {
    let deleted = resource.resource_status() == Some(&ResourceStatus::DeleteComplete);
    let physical = resource.physical_resource_id().filter(|id| !id.is_empty() && !deleted);
    physical.and(resource.logical_resource_id()).filter(|id| !id.is_empty())
}

/// One effect, one token: 1 to 128 letters, digits and hyphens.
fn token(effect: &str, change_set_id: &str) -> String {
    format!("wayleave-{effect}-{}", hex::encode(Sha256::digest(change_set_id)))
}
