//! Why an event does not fit a run.

use landing_zone::StageName;

use crate::digest::Digest;
use crate::gate::NotCounted;
use crate::id::UnitId;

/// An event that the run refuses. The run is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Illegal {
    /// A run begins with `Started`, once.
    #[error("a run begins with its start, and only with that")]
    NotStarted,
    /// Events are taken in the order of their numbers.
    #[error("expected event {expected} of the run, got event {got}")]
    OutOfOrder {
        /// The number that is next.
        expected: u64,
        /// The number that came.
        got: u64,
    },
    /// The run has ended.
    #[error("the run has ended")]
    Ended,
    /// The run has not come so far, or is past it.
    #[error("the run is not at that point")]
    NotNow,
    /// The run has no such unit.
    #[error("the run has no unit {0}")]
    UnknownUnit(UnitId),
    /// The run has no such stage.
    #[error("the run has no stage {0}")]
    UnknownStage(StageName),
    /// The prepared units or stages contradict each other.
    #[error("the units do not fit the stages: {0}")]
    Inconsistent(String),
    /// The unit is not in the state that the event speaks of.
    #[error("unit {unit} is {state}")]
    UnitState {
        /// The unit.
        unit: UnitId,
        /// The state that it is in.
        state: &'static str,
    },
    /// The stage does not wait for anybody's approval.
    #[error("stage {0} does not wait for an approval")]
    NotWaiting(StageName),
    /// The digest is not the one that waits: the plan has changed since it was looked at.
    #[error("stage {stage} waits with digest {current}; look at it again")]
    WrongDigest {
        /// The stage.
        stage: StageName,
        /// The digest that waits.
        current: Digest,
    },
    /// The approval does not count.
    #[error(transparent)]
    NotCounted(#[from] NotCounted),
    /// Something of the run is being applied.
    #[error("something of the run is being applied")]
    Applying,
    /// Only what failed or was cancelled can be tried again.
    #[error("only a run that failed or was cancelled can be tried again")]
    NotRetriable,
}
