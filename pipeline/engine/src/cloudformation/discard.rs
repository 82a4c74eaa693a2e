//! Change sets that are not wanted, deleted with the empty stacks that they have left.

use aws_sdk_cloudformation::types::{ChangeSetSummary, ExecutionStatus, Stack, StackStatus};

use super::{ChangeSetPlan, CloudFormation, CloudFormationError};
use crate::aws::CallError;

impl CloudFormation {
    /// Deletes a plan's change set, and its stack too when that is in review, has no resources, and no other change set wants
    /// it. One that is being executed or has been stays. Doing it twice is doing it once.
    ///
    /// # Errors
    /// [`CloudFormationError`].
    pub async fn discard(&self, plan: &ChangeSetPlan) -> Result<(), CloudFormationError> {
        match (&plan.change_set_id, &plan.stack_id) {
            (Some(id), Some(stack_id)) => self.discard_set(id, stack_id).await,
            _ => Ok(()),
        }
    }

    pub(super) async fn discard_set(&self, id: &str, stack_id: &str) -> Result<(), CloudFormationError> {
        if let Some(described) = self.describe(id).await? {
            let executed = [ExecutionStatus::ExecuteInProgress, ExecutionStatus::ExecuteComplete];
            if described.execution_status().is_some_and(|status| executed.contains(status)) {
                return Ok(());
            }
            let deleted = self.client.delete_change_set().change_set_name(id).send().await;
            deleted.map_err(|error| CallError::of("cloudformation:DeleteChangeSet", &error))?;
        }
        self.discard_empty_stack(stack_id).await
    }

    async fn discard_empty_stack(&self, stack_id: &str) -> Result<(), CloudFormationError> {
        let stack = self.stack(stack_id).await?;
        let in_review = stack.as_ref().and_then(Stack::stack_status) == Some(&StackStatus::ReviewInProgress);
        if !in_review || !self.resources(stack_id).await?.is_empty() || self.is_wanted(stack_id).await? {
            return Ok(());
        }
        let deleted = self.client.delete_stack().stack_name(stack_id).send().await;
        deleted.map(drop).map_err(|error| CallError::of("cloudformation:DeleteStack", &error).into())
    }

    /// True when a change set of the stack is left. Emulators list those of other stacks too.
    async fn is_wanted(&self, stack_id: &str) -> Result<bool, CloudFormationError> {
        let mut pages = self.client.list_change_sets().stack_name(stack_id).into_paginator().send();
        let this = |summary: &ChangeSetSummary| summary.stack_id() == Some(stack_id);
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| CallError::of("cloudformation:ListChangeSets", &error))?;
            if page.summaries().iter().any(this) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
