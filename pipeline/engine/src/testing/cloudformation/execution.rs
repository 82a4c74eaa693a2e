//! Executions, one step at a time.

use std::collections::VecDeque;

use super::Script;
use super::model::{Change, ChangeSet, Resource, Stack, Step};

/// The steps of an execution from its beginning to its end, as the service's events tell them.
pub(super) fn steps(set: &ChangeSet, script: &Script) -> VecDeque<Step> {
    let (mut steps, mut done) = (VecDeque::new(), Vec::new());
    let (removed, kept): (Vec<&Change>, Vec<&Change>) =
        set.changes.iter().partition(|change| change.action == "Remove");
    for change in kept {
        let (doing, did, failed) = words(change);
        steps.push_back(resource(change, doing, None));
        if let Some((_, reason)) = script.fails.as_ref().filter(|(name, _)| *name == change.logical_id) {
            steps.push_back(resource(change, failed, Some(reason.clone())));
            let why =
                format!("The following resource(s) failed to {}: [{}]. ", verb(change), change.logical_id);
            steps.extend(rollback(set.update, script, &done, Some(why)));
            return steps;
        }
        steps.push_back(resource(change, did, None));
        done.push(change.clone());
    }
    steps.push_back(Step::Adopt(Box::new(set.source.clone())));
    if set.update {
        steps.push_back(Step::Stack("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", None));
        for change in removed {
            steps.push_back(resource(change, "DELETE_IN_PROGRESS", None));
            steps.push_back(resource(change, "DELETE_COMPLETE", None));
        }
    }
    steps.push_back(Step::End("EXECUTE_COMPLETE"));
    steps.push_back(Step::Stack(if set.update { "UPDATE_COMPLETE" } else { "CREATE_COMPLETE" }, None));
    steps
}

/// The steps back, after a failure or a cancelling.
pub(super) fn rollback(update: bool, script: &Script, done: &[Change], why: Option<String>) -> Vec<Step> {
    let begun = if update { "UPDATE_ROLLBACK_IN_PROGRESS" } else { "ROLLBACK_IN_PROGRESS" };
    let mut steps = vec![Step::Stack(begun, why)];
    for change in done.iter().rev() {
        let status = if change.action == "Modify" { "UPDATE_COMPLETE" } else { "DELETE_COMPLETE" };
        steps.push(resource(change, status, None));
    }
    steps.push(Step::End("EXECUTE_FAILED"));
    match (update, script.rollback_fails) {
        (true, true) => steps.push(Step::Stack("UPDATE_ROLLBACK_FAILED", None)),
        (false, true) => steps.push(Step::Stack("ROLLBACK_FAILED", None)),
        (false, false) => steps.push(Step::Stack("ROLLBACK_COMPLETE", None)),
        (true, false) => steps.extend([
            Step::Stack("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", None),
            Step::Stack("UPDATE_ROLLBACK_COMPLETE", None),
        ]),
    }
    steps
}

fn resource(change: &Change, status: &'static str, reason: Option<String>) -> Step {
    Step::Resource { logical_id: change.logical_id.clone(), kind: change.kind.clone(), status, reason }
}

fn words(change: &Change) -> (&'static str, &'static str, &'static str) {
    match change.action {
        "Add" => ("CREATE_IN_PROGRESS", "CREATE_COMPLETE", "CREATE_FAILED"),
        _ => ("UPDATE_IN_PROGRESS", "UPDATE_COMPLETE", "UPDATE_FAILED"),
    }
}

fn verb(change: &Change) -> &'static str {
    if change.action == "Add" { "create" } else { "update" }
}

/// Lets one thing happen to a stack; returns the change set whose execution it ended, and how.
pub(super) fn advance(stack: &mut Stack, script: &Script) -> Option<(String, &'static str)> {
    match stack.steps.pop_front()? {
        Step::Stack(status, reason) => stack.come_to(status, reason),
        Step::Adopt(source) => stack.source = *source,
        Step::End(status) => {
            let ended = stack.running.as_ref().map(|(id, _)| (id.clone(), status));
            // What the stack says at last is still of this execution.
            if let Some(ended) = ended {
                return Some(ended);
            }
        }
        Step::Resource { logical_id, kind, status, reason } => {
            keep(stack, &logical_id, &kind, status, script);
            stack.tell(&logical_id, &kind, status, reason);
        }
    }
    None
}

fn keep(stack: &mut Stack, logical_id: &str, kind: &str, status: &str, script: &Script) {
    if status == "DELETE_COMPLETE" {
        stack.resources.remove(logical_id);
        return;
    }
    let exists =
        !matches!(status, "CREATE_IN_PROGRESS" | "CREATE_FAILED") && !script.skipped.contains(logical_id);
    let physical_id = exists.then(|| format!("{}-{logical_id}", stack.name));
    let resource = Resource { kind: kind.to_owned(), physical_id, status: status.to_owned() };
    stack.resources.insert(logical_id.to_owned(), resource);
}
