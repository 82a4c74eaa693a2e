//! What the core asks the engine to do. Each has a stable id and may be performed twice.

use jiff::Timestamp;

use crate::gate::ApplyPermit;
use crate::id::UnitId;

/// One thing to do; its result comes back as an [`Event`](crate::event::Event).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Check the commit out and find its units. Answered by `Prepared` or `PrepareFailed`.
    Prepare,
    /// Queue for the targets of all units. Answered by `TargetsHeld` when the run is first at each.
    HoldTargets,
    /// Plan and scan a unit. Answered by `Planned` or `PlanFailed`.
    Plan {
        /// The unit.
        unit: UnitId,
    },
    /// Apply a unit's plan. Answered by `Applied`, `ApplyFailed` or `PlanVoided`.
    Apply {
        /// The permission, which names the unit and the plan.
        permit: ApplyPermit,
    },
    /// Come back at a time. Answered by `Woke`.
    Wake {
        /// When.
        at: Timestamp,
    },
}
