//! One unit of a run and its states, each with its evidence.

use crate::change::ChangeCounts;
use crate::digest::Digest;
use crate::event::{FindingCounts, UnitSpec};

/// What was planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanEvidence {
    /// What binds plan, policies and variables together.
    pub digest: Digest,
    /// What would be done.
    pub changes: ChangeCounts,
    /// What the policies found.
    pub findings: FindingCounts,
}

/// Where a unit stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitState {
    /// It is to be planned.
    Queued,
    /// It is being planned.
    Planning,
    /// It is planned and has changes.
    Planned(PlanEvidence),
    /// It is planned and has none.
    Unchanged(PlanEvidence),
    /// Findings refuse it.
    Refused(PlanEvidence),
    /// It is being applied.
    Applying {
        /// What is applied.
        plan: PlanEvidence,
        /// True once it was written down that the apply begins.
        started: bool,
    },
    /// It was applied.
    Applied(PlanEvidence),
    /// Planning or applying failed.
    Failed {
        /// What was wrong and what to do.
        reason: String,
        /// The plan whose apply failed.
        plan: Option<PlanEvidence>,
    },
    /// The run was ended before its turn.
    Cancelled,
    /// Its turn never came: what it depends on failed, or the run stopped.
    Skipped,
}

impl UnitState {
    /// The state's name as section 3 of the contract spells it; a planned unit may be shown as waiting by its stage.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Planning => "planning",
            Self::Planned(_) => "planned",
            Self::Unchanged(_) => "unchanged",
            Self::Refused(_) => "refused",
            Self::Applying { .. } => "applying",
            Self::Applied(_) => "applied",
            Self::Failed { .. } => "failed",
            Self::Cancelled => "cancelled",
            Self::Skipped => "skipped",
        }
    }

    /// The plan, where there is one.
    pub const fn plan(&self) -> Option<&PlanEvidence> {
        match self {
            Self::Planned(plan)
            | Self::Unchanged(plan)
            | Self::Refused(plan)
            | Self::Applied(plan)
            | Self::Applying { plan, .. } => Some(plan),
            Self::Failed { plan, .. } => plan.as_ref(),
            Self::Queued | Self::Planning | Self::Cancelled | Self::Skipped => None,
        }
    }

    /// True when nothing more is to be done to it.
    pub const fn is_settled(&self) -> bool {
        matches!(
            self,
            Self::Unchanged(_)
                | Self::Applied(_)
                | Self::Failed { .. }
                | Self::Cancelled
                | Self::Skipped
                | Self::Refused(_)
        )
    }

    /// True while it is being applied and that was written down: something may have been touched.
    pub const fn apply_began(&self) -> bool {
        matches!(self, Self::Applying { started: true, .. })
    }

    /// True when what depends on it may go on.
    pub const fn is_whole(&self) -> bool {
        matches!(self, Self::Unchanged(_) | Self::Applied(_))
    }
}

/// One unit of a run.
#[derive(Debug, Clone)]
pub struct Unit {
    pub(crate) spec: UnitSpec,
    pub(crate) state: UnitState,
    pub(crate) stage: usize,
    /// How many units of its stage must be whole before it is planned.
    pub(crate) blockers: u32,
    /// The units of its stage that wait for it.
    pub(crate) dependents: Vec<usize>,
    /// Its apply was cut off, so that a plan without changes means that it had been applied.
    pub(crate) interrupted: bool,
    /// How often its plan was voided since the run began or was retried.
    pub(crate) voided: u32,
    /// How often its plan was asked for.
    pub(crate) attempt: u32,
}

impl Unit {
    pub(crate) const fn new(spec: UnitSpec, stage: usize) -> Self {
        Self {
            spec,
            state: UnitState::Queued,
            stage,
            blockers: 0,
            dependents: Vec::new(),
            interrupted: false,
            voided: 0,
            attempt: 0,
        }
    }

    /// What and where it is.
    pub const fn spec(&self) -> &UnitSpec {
        &self.spec
    }

    /// Which time it is planned, from 1; 0 before the first. Folding the same events gives the same number.
    pub const fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Where it stands.
    pub const fn state(&self) -> &UnitState {
        &self.state
    }
}
