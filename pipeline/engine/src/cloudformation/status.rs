//! What a stack's exact status allows
//! ([statuses](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html)).

use aws_sdk_cloudformation::types::StackStatus;

use super::Kind;

/// What can be done with a stack in a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// A change set of this kind.
    Plan(Kind),
    /// Wait: an operation is under way.
    Wait,
    /// Nothing, until somebody has done what the remedy says.
    Refuse(&'static str),
}

/// How an operation has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It has not.
    Running,
    /// The stack is as the template says.
    Complete,
    /// It failed, and the stack is as it was before.
    RolledBack,
    /// It failed, and the stack is neither.
    Stuck(&'static str),
}

const DELETE_EMPTY: &str =
    "its creation failed and nothing of it is left: look at its events, delete the stack, then plan again";
const DELETE_REST: &str =
    "its creation failed and could not be undone: remove what blocks it, delete the stack, then plan again";
const CONTINUE: &str = "its last update could not be undone: mend what its events name, run \
                        `aws cloudformation continue-update-rollback` on it, then plan again";
const DELETE_AGAIN: &str =
    "its deletion failed: mend what its events name, delete it again or keep what blocks, then plan again";
const BROKEN: &str = "its last operation failed and was told not to roll back: look at its events, roll the stack back, then plan again";
const IMPORT: &str = "its import could not be undone: mend what its events name, then plan again";
const UNKNOWN: &str =
    "its status is not one that this version knows: look at the stack, or take a newer version";

/// What can be done next with a stack in this status; `None` is a stack that is not there.
pub(super) const fn next(status: Option<&StackStatus>) -> Next {
    let Some(status) = status else { return Next::Plan(Kind::Create) };
    match status {
        StackStatus::DeleteComplete | StackStatus::ReviewInProgress => Next::Plan(Kind::Create),
        StackStatus::CreateComplete
        | StackStatus::UpdateComplete
        | StackStatus::UpdateRollbackComplete
        | StackStatus::ImportComplete
        | StackStatus::ImportRollbackComplete => Next::Plan(Kind::Update),
        StackStatus::RollbackComplete => Next::Refuse(DELETE_EMPTY),
        StackStatus::RollbackFailed => Next::Refuse(DELETE_REST),
        StackStatus::UpdateRollbackFailed => Next::Refuse(CONTINUE),
        StackStatus::DeleteFailed => Next::Refuse(DELETE_AGAIN),
        StackStatus::CreateFailed | StackStatus::UpdateFailed => Next::Refuse(BROKEN),
        StackStatus::ImportRollbackFailed => Next::Refuse(IMPORT),
        StackStatus::CreateInProgress
        | StackStatus::DeleteInProgress
        | StackStatus::ImportInProgress
        | StackStatus::ImportRollbackInProgress
        | StackStatus::RollbackInProgress
        | StackStatus::UpdateCompleteCleanupInProgress
        | StackStatus::UpdateInProgress
        | StackStatus::UpdateRollbackCompleteCleanupInProgress
        | StackStatus::UpdateRollbackInProgress => Next::Wait,
        _ => Next::Refuse(UNKNOWN),
    }
}

/// Whether an executed change set has come to its end, and to which. A stack in review is one whose execution does not show yet.
pub(super) const fn end(status: &StackStatus) -> End {
    match status {
        StackStatus::CreateComplete | StackStatus::UpdateComplete | StackStatus::ImportComplete => {
            End::Complete
        }
        StackStatus::RollbackComplete
        | StackStatus::UpdateRollbackComplete
        | StackStatus::ImportRollbackComplete
        | StackStatus::DeleteComplete => End::RolledBack,
        StackStatus::ReviewInProgress => End::Running,
        other => match next(Some(other)) {
            Next::Refuse(remedy) => End::Stuck(remedy),
            Next::Wait | Next::Plan(_) => End::Running,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{End, Next, end, next};
    use crate::cloudformation::Kind;
    use aws_sdk_cloudformation::types::StackStatus;

    #[test]
    fn every_status_has_its_own_answer() {
        let answer = |status: &str| match next(Some(&StackStatus::from(status))) {
            Next::Plan(Kind::Create) => "create",
            Next::Plan(Kind::Update) => "update",
            Next::Wait => "wait",
            Next::Refuse(_) => "refuse",
        };
        let expected = |status: &str| match status {
            "DELETE_COMPLETE" | "REVIEW_IN_PROGRESS" => "create",
            "ROLLBACK_COMPLETE" => "refuse",
            _ if status.ends_with("_IN_PROGRESS") => "wait",
            _ if status.ends_with("_COMPLETE") => "update",
            _ => "refuse",
        };
        for status in StackStatus::values() {
            assert_eq!(answer(status), expected(status), "{status}");
        }
        assert_eq!(next(None), Next::Plan(Kind::Create));
    }

    /// The trap of matching by substring: this status holds the text `ROLLBACK_COMPLETE` and is a live stack's.
    #[test]
    fn a_stack_that_cleans_up_after_a_rollback_is_waited_for() {
        let status = StackStatus::from("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
        assert_eq!(next(Some(&status)), Next::Wait);
        assert_eq!(end(&status), End::Running);
    }

    #[test]
    fn a_status_of_the_future_is_refused() {
        assert!(matches!(next(Some(&StackStatus::from("CREATE_COMPLETE_MAYBE"))), Next::Refuse(_)));
    }
}
